// SPDX-License-Identifier: Apache-2.0
#include "committee/model_counts.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace partnership {
namespace {

using Columns = std::vector<std::uint32_t>;

class Counts {
 public:
  Counts(BuiltModel& built, std::int64_t most)
      : model_(built.model), origins_(built.origins), most_(most) {}

  void add_to(std::size_t row) {
    std::map<std::int64_t, Columns> by_weight;
    for (const PanelModel::Term& term : model_.rows[row].terms) {
      if (term.column >= model_.type_count()) return;  // has columns of its own already
      by_weight[term.coefficient].push_back(term.column);
    }
    if (by_weight.size() < 2) return;
    std::vector<PanelModel::Term> terms;
    for (const auto& [weight, columns] : by_weight) {
      const bool alone = columns.size() == 1;
      terms.push_back({alone ? columns.front() : count_of(columns, row), weight});
    }
    std::sort(terms.begin(), terms.end(),
              [](const auto& a, const auto& b) { return a.column < b.column; });
    model_.rows[row].terms = std::move(terms);
  }

 private:
  // The column that is the sum of these: the criterion's own.
  std::uint32_t count_of(const Columns& columns, std::size_t row) {
    const auto [at, fresh] = known_.try_emplace({model_.rows[row].criterion, columns}, 0);
    if (!fresh) return at->second;
    const auto count = static_cast<std::uint32_t>(model_.columns.size());
    at->second = count;
    std::int64_t all = 0;
    PanelModel::Row tie{0, 0, {}, model_.rows[row].criterion};
    for (const std::uint32_t column : columns) {
      all += model_.columns[column].upper;
      tie.terms.push_back({column, 1});
    }
    tie.terms.push_back({count, -1});
    RowOrigin origin = origins_[row];
    origin.part = RowOrigin::Part::structure;
    origin.unit = 1;
    model_.columns.push_back({0, std::min(all, most_)});
    model_.rows.push_back(std::move(tie));
    origins_.push_back(origin);
    return count;
  }

  PanelModel& model_;
  std::vector<RowOrigin>& origins_;
  std::int64_t most_;
  std::map<std::pair<std::string, Columns>, std::uint32_t> known_;
};

}  // namespace

void add_counts(BuiltModel& built, std::int64_t most) {
  Counts counts(built, most);
  const std::size_t rows = built.model.rows.size();
  for (std::size_t row = 0; row < rows; ++row) counts.add_to(row);
}

}  // namespace partnership
