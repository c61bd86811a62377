// SPDX-License-Identifier: Apache-2.0
//
// The fewest changes that make a committee. See replace.hpp.
#include <algorithm>
#include <utility>

#include "committee/replace_parts.hpp"
#include "solver/branch_proof.hpp"

namespace partnership {

namespace {

using replace::Standing;
using solver::IntegerAnswer;
using solver::IntegerProgram;
using solver::ProofAnswer;
using solver::Status;

constexpr std::int32_t none = -1;

class Changing {
 public:
  Changing(const PanelModel& model, const Departure& departure, const LotteryRequest& search)
      : space_(model), watch_(search), standing_(replace::standing_of(model, departure)) {}
  Changes run();

 private:
  void add_columns();
  void add_row(IntegerProgram::Row row);
  void add_rows();
  void set_costs();
  std::int64_t cost_of(const std::vector<std::int64_t>& values) const;
  void prove();
  void settle(const ProofAnswer& proof);
  void list_members();

  lottery::Space space_;
  lottery::Watch watch_;
  Standing standing_;
  // A type with members who stay has a column of how many of them leave, one with others of how
  // many of these join.
  IntegerProgram program_;
  std::vector<std::int32_t> leaving_, joining_;  // a type's columns, or none
  std::vector<std::int64_t> costs_;
  std::vector<std::int64_t> best_;
  bool possible_ = true;
  Changes out_;
};

void Changing::add_columns() {
  const auto add = [&](std::int64_t upper) {
    program_.columns.push_back({0, upper});
    return static_cast<std::int32_t>(program_.columns.size() - 1);
  };
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    leaving_.push_back(standing_.staying(t) > 0 ? add(standing_.staying(t)) : none);
    joining_.push_back(standing_.joining(t) > 0 ? add(standing_.joining(t)) : none);
  }
  for (std::uint32_t j = space_.types(); j < space_.columns(); ++j) {
    program_.columns.push_back({space_.lower[j], space_.upper[j]});
  }
}

void Changing::add_row(IntegerProgram::Row row) {
  if (row.terms.empty()) {
    possible_ = possible_ && row.lower <= 0 && row.upper >= 0;
  } else {
    program_.rows.push_back(std::move(row));
  }
}

void Changing::add_rows() {
  const auto change = [&](IntegerProgram::Row& row, std::uint32_t type, std::int64_t coefficient) {
    if (leaving_[type] != none) row.terms.push_back({leaving_[type], -coefficient});
    if (joining_[type] != none) row.terms.push_back({joining_[type], coefficient});
  };
  const auto first = static_cast<std::int32_t>(program_.columns.size()) -
                     static_cast<std::int32_t>(space_.columns() - space_.types());
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    IntegerProgram::Row row;
    std::int64_t sum = 0;
    for (const lottery::Entry& entry : space_.row(i)) {
      if (entry.index >= space_.types()) {
        const auto past = static_cast<std::int32_t>(entry.index - space_.types());
        row.terms.push_back({first + past, entry.value});
        continue;
      }
      sum += entry.value * standing_.staying(entry.index);
      change(row, entry.index, entry.value);
    }
    row.lower = replace::less(space_.row_lower[i], sum);
    row.upper = replace::less(space_.row_upper[i], sum);
    add_row(std::move(row));
  }
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const std::int64_t stay = standing_.staying(t);
    if (space_.lower[t] <= 0 && space_.upper[t] >= stay + standing_.joining(t)) continue;
    IntegerProgram::Row row{space_.lower[t] - stay, space_.upper[t] - stay, {}};
    change(row, t, 1);
    add_row(std::move(row));
  }
}

// That one member fewer leaves is worth more than all who might join.
void Changing::set_costs() {
  std::int64_t all = 1;
  for (std::uint32_t t = 0; t < space_.types(); ++t) all += standing_.joining(t);
  costs_.assign(program_.columns.size(), 0);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (leaving_[t] != none) costs_[static_cast<std::size_t>(leaving_[t])] = all;
    if (joining_[t] != none) costs_[static_cast<std::size_t>(joining_[t])] = 1;
  }
}

std::int64_t Changing::cost_of(const std::vector<std::int64_t>& values) const {
  std::int64_t sum = 0;
  for (std::size_t j = 0; j < values.size(); ++j) sum += costs_[j] * values[j];
  return sum;
}

void Changing::settle(const ProofAnswer& proof) {
  out_.status = best_.empty() ? LotteryStatus::infeasible : LotteryStatus::proved;
  if (proof.status != Status::optimal) {
    out_.status = replace::ended_by(watch_, proof.status);
    if (!best_.empty() && out_.status != LotteryStatus::cancelled) {
      out_.status = LotteryStatus::bound;
    }
    return;
  }
  out_.nodes = static_cast<std::int64_t>(proof.proof.nodes.size());
  for (const auto& node : proof.proof.nodes) out_.leaves += node.column < 0 ? 1 : 0;
}

// That nothing costs less than the best, or that there is nothing. A refutation is a better one.
void Changing::prove() {
  std::vector<Rational> terms;
  for (const std::int64_t cost : costs_) terms.emplace_back(-cost);
  for (;;) {
    solver::ProofQuestion question;
    question.bound = Rational(-1);
    if (!best_.empty()) {
      question.terms = terms;
      question.bound = Rational(-cost_of(best_));
      question.rounded = true;
    }
    question.limits = replace::limits_of(watch_);
    ProofAnswer proof = solver::prove_bound(program_, question);
    watch_.nodes_left -= proof.nodes;
    if (proof.status != Status::infeasible) return settle(proof);
    best_ = std::move(proof.against);
  }
}

void Changing::list_members() {
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const auto& stay = standing_.stay[t];
    const auto& free = standing_.free[t];
    const auto count = [&](std::int32_t column) {
      return column == none ? std::ptrdiff_t{0}
                            : static_cast<std::ptrdiff_t>(best_[static_cast<std::size_t>(column)]);
    };
    const auto gone = stay.begin() + count(leaving_[t]);
    const auto come = free.begin() + count(joining_[t]);
    out_.leave.insert(out_.leave.end(), stay.begin(), gone);
    out_.join.insert(out_.join.end(), free.begin(), come);
    out_.members.insert(out_.members.end(), gone, stay.end());
    out_.members.insert(out_.members.end(), free.begin(), come);
  }
  std::sort(out_.members.begin(), out_.members.end());
  std::sort(out_.leave.begin(), out_.leave.end());
  std::sort(out_.join.begin(), out_.join.end());
}

Changes Changing::run() {
  add_columns();
  add_rows();
  set_costs();
  if (!possible_ || !program_.has_room()) {
    out_.status = LotteryStatus::infeasible;
    return std::move(out_);
  }
  const std::vector<double> costs(costs_.begin(), costs_.end());
  solver::IntegerSolver solver(program_);
  solver::IntegerQuestion question;
  question.costs = costs;
  question.limits = replace::limits_of(watch_);
  IntegerAnswer answer = solver.solve(question);
  watch_.nodes_left -= answer.nodes;
  best_ = std::move(answer.values);
  prove();
  if (!best_.empty()) list_members();
  return std::move(out_);
}

}  // namespace

Changes fewest_changes(const PanelModel& model, const Departure& departure,
                       const LotteryRequest& search) {
  return Changing(model, departure, search).run();
}

}  // namespace partnership
