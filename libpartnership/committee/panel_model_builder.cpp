// SPDX-License-Identifier: Apache-2.0
#include "committee/panel_model_builder.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "committee/compiled.hpp"
#include "committee/model_counts.hpp"
#include "committee/model_places.hpp"
#include "committee/model_rows.hpp"
#include "committee/where.hpp"

namespace partnership {
namespace {

using Part = RowOrigin::Part;

class Builder {
 public:
  Builder(const Checker& checker, const ModelOptions& options)
      : checker_(checker),
        criteria_(*checker.criteria()),
        nominees_(*checker.nominees()),
        options_(options),
        rows_(nominees_.count(), options.every_row ? 0 : size_least(),
              options.every_row ? no_end : size_most(), options.every_row) {}

  BuiltModel build() {
    for (std::uint32_t r = 0; r < criteria_.rules.size(); ++r) {
      if (criteria_.rules[r].in_force(options_.on)) add_rule(r);
    }
    if (options_.size_least || options_.size_most) {
      DraftRow row = count_row(options_.size_least, options_.size_most, "size",
                               {RowOrigin::no_rule, -1, -1, Part::option});
      add_everyone(row);
      rows_.add(std::move(row), true);
    }
    BuiltModel built = rows_.finish();
    if (options_.counts && !options_.every_row) add_counts(built, rows_.size_most());
    return built;
  }

 private:
  std::int64_t size_least() const {
    std::int64_t least = options_.size_least.value_or(0);
    for (const Rule& rule : criteria_.rules) {
      if (rule.kind != Kind::size || !rule.in_force(options_.on)) continue;
      least = std::max(least, rule.bounds.least.value_or(0));
    }
    return least;
  }

  std::int64_t size_most() const {
    std::int64_t most = options_.size_most.value_or(no_end);
    for (const Rule& rule : criteria_.rules) {
      if (rule.kind != Kind::size || !rule.in_force(options_.on)) continue;
      most = std::min(most, rule.bounds.most.value_or(no_end));
    }
    return most;
  }

  static DraftRow count_row(std::optional<std::int64_t> least, std::optional<std::int64_t> most,
                            std::string criterion, RowOrigin origin) {
    DraftRow row;
    row.lower = least.value_or(-no_end);
    row.upper = most.value_or(no_end);
    row.criterion = std::move(criterion);
    row.origin = origin;
    return row;
  }

  void add_everyone(DraftRow& row) const {
    for (std::uint32_t i = 0; i < nominees_.count(); ++i) row.members.emplace_back(i, 1);
  }

  void add_rule(std::uint32_t r) {
    const Rule& rule = criteria_.rules[r];
    switch (rule.kind) {
      case Kind::size: {
        DraftRow row = count_row(rule.bounds.least, rule.bounds.most, rule.id, {r});
        add_everyone(row);
        return rows_.add(std::move(row), true);
      }
      case Kind::quota:
      case Kind::where:
        return add_quota(r);
      case Kind::each:
        return add_each(r);
      case Kind::spread:
        return add_spread(r);
      case Kind::at_most_per:
        return add_at_most_per(r);
      case Kind::must_include:
      case Kind::must_exclude:
      case Kind::incompatible: {
        DraftRow row = count_row(rule.bounds.least, rule.bounds.most, rule.id, {r});
        add_coded(row, checker_.compiled(r).codes, [](std::uint8_t code) { return code != 0; });
        return rows_.add(std::move(row));
      }
      case Kind::places:
        return add_places(criteria_, r, checker_.compiled(r), rows_);
    }
  }

  template <class Counts>
  static void add_coded(DraftRow& row, const std::vector<std::uint8_t>& codes, Counts counts) {
    for (std::uint32_t i = 0; i < codes.size(); ++i) {
      if (counts(codes[i])) row.members.emplace_back(i, 1);
    }
  }

  // ---- quotas

  static bool counts_for_certain(std::uint8_t code) noexcept { return code == is_counted; }
  static bool may_count(std::uint8_t code) noexcept { return (code & is_counted) != 0; }

  void add_quota(std::uint32_t r) {
    const Rule& rule = criteria_.rules[r];
    const std::vector<std::uint8_t>& codes = checker_.compiled(r).codes;
    add_count(r, rule.bounds.least, rule.bounds.most, Part::count);
    const auto within = std::count_if(codes.begin(), codes.end(),
                                      [](std::uint8_t code) { return code != is_outside; });
    const std::int64_t total = std::min<std::int64_t>(within, rows_.size_most());
    if (total == 0) return;  // a share of nobody
    const bool fixed =
        !rule.within && !options_.every_row && rows_.size_least() == rows_.size_most();
    if (const auto& share = rule.bounds.share_least) {
      if (fixed) {
        add_count(r, share->ceil_of(total), std::nullopt, Part::share_least);
      } else {
        add_share(r, share_above(*share, total), Part::share_least);
      }
    }
    if (const auto& share = rule.bounds.share_most) {
      if (fixed) {
        add_count(r, std::nullopt, share->floor_of(total), Part::share_most);
      } else {
        add_share(r, share_below(*share, total), Part::share_most);
      }
    }
  }

  // Whoever may count, but need not, is of no help to the least number and too much for the most.
  void add_count(std::uint32_t r, std::optional<std::int64_t> least,
                 std::optional<std::int64_t> most, Part part) {
    const std::vector<std::uint8_t>& codes = checker_.compiled(r).codes;
    const bool known = std::none_of(codes.begin(), codes.end(), [](std::uint8_t code) {
      return may_count(code) && !counts_for_certain(code);
    });
    const auto add = [&](std::optional<std::int64_t> lower, std::optional<std::int64_t> upper,
                         bool (*counts)(std::uint8_t) noexcept) {
      if (!lower && !upper) return;
      DraftRow row = count_row(lower, upper, criteria_.rules[r].id, {r, -1, -1, part});
      add_coded(row, codes, counts);
      rows_.add(std::move(row));
    };
    if (known) return add(least, most, counts_for_certain);
    add(least, std::nullopt, counts_for_certain);
    add(std::nullopt, most, may_count);
  }

  // den * counted - num * total, at least or at most 0. Each member is taken as what is worst,
  // which is the worst of all completions, since each member's facts are his own.
  void add_share(std::uint32_t r, const Fraction& share, Part part) {
    const bool least = part == Part::share_least;
    DraftRow row = count_row(least ? std::optional<std::int64_t>(0) : std::nullopt,
                             least ? std::nullopt : std::optional<std::int64_t>(0),
                             criteria_.rules[r].id, {r, -1, -1, part, share.den});
    const std::vector<std::uint8_t>& codes = checker_.compiled(r).codes;
    for (std::uint32_t i = 0; i < codes.size(); ++i) {
      std::optional<std::int64_t> worst;
      const auto take = [&](std::int64_t value) {
        worst = !worst ? value : least ? std::min(*worst, value) : std::max(*worst, value);
      };
      if ((codes[i] & is_outside) != 0) take(0);
      if ((codes[i] & is_within) != 0) take(-share.num);
      if ((codes[i] & is_counted) != 0) take(share.den - share.num);
      if (worst.value_or(0) != 0) row.members.emplace_back(i, *worst);
    }
    rows_.add(std::move(row));
  }

  // ---- values

  // The nominees of each cell (position or value), ascending.
  std::vector<std::vector<std::uint32_t>> by_cell(const Checker::Compiled& compiled) const {
    std::vector<std::vector<std::uint32_t>> lists(compiled.distinct);
    for (std::uint32_t i = 0; i < nominees_.count(); ++i) {
      for (const std::uint32_t cell : compiled.values_of(i)) {
        // Several spellings of a nominee may be one value of the rule.
        if (lists[cell].empty() || lists[cell].back() != i) lists[cell].push_back(i);
      }
    }
    return lists;
  }

  const std::string& value_text(const Rule& rule, std::size_t position) const {
    return criteria_.attributes[rule.who.attribute].values[rule.who.values[position]].text;
  }

  void add_each(std::uint32_t r) {
    const Rule& rule = criteria_.rules[r];
    const auto lists = by_cell(checker_.compiled(r));
    for (std::size_t v = 0; v < rule.who.values.size(); ++v) {
      DraftRow row =
          count_row(rule.bounds.least, std::nullopt, rule.id + ": " + value_text(rule, v),
                    {r, -1, static_cast<std::int32_t>(v)});
      if (v < lists.size()) {
        for (const std::uint32_t i : lists[v]) row.members.emplace_back(i, 1);
      }
      rows_.add(std::move(row));
    }
  }

  // A column a value that is 1 only where the value is present.
  void add_spread(std::uint32_t r) {
    const Rule& rule = criteria_.rules[r];
    const auto values = static_cast<std::int64_t>(rule.who.values.size());
    std::int64_t least = rule.bounds.least.value_or(0);
    if (rule.bounds.share_least) least = std::max(least, rule.bounds.share_least->ceil_of(values));
    if (least == 0) return;
    DraftRow present = count_row(least, std::nullopt, rule.id, {r});
    std::vector<DraftRow> ties;
    for (const auto& list : by_cell(checker_.compiled(r))) {
      if (list.empty()) continue;
      const std::uint32_t column = rows_.add_auxiliary(0, 1);
      present.auxiliary.emplace_back(column, 1);
      DraftRow tie = count_row(0, std::nullopt, rule.id, {r, -1, -1, Part::structure});
      for (const std::uint32_t i : list) tie.members.emplace_back(i, 1);
      tie.auxiliary.emplace_back(column, -1);
      ties.push_back(std::move(tie));
    }
    rows_.add(std::move(present));
    for (DraftRow& tie : ties) rows_.add(std::move(tie));
  }

  // Whoever has no known value may share any.
  void add_at_most_per(std::uint32_t r) {
    const Rule& rule = criteria_.rules[r];
    const Checker::Compiled& compiled = checker_.compiled(r);
    const std::int64_t most = rule.bounds.most.value_or(1);
    std::vector<std::uint32_t> unknown;
    for (std::uint32_t i = 0; i < nominees_.count(); ++i) {
      if (compiled.known[i] == 0) unknown.push_back(i);
    }
    const auto lists = by_cell(compiled);
    for (std::size_t v = 0; v < lists.size(); ++v) {
      if (static_cast<std::int64_t>(lists[v].size() + unknown.size()) <= most) continue;
      DraftRow row = count_row(std::nullopt, most, rule.id + ": " + compiled.column->values[v],
                               {r, -1, static_cast<std::int32_t>(v)});
      std::vector<std::uint32_t> all;
      std::merge(lists[v].begin(), lists[v].end(), unknown.begin(), unknown.end(),
                 std::back_inserter(all));
      for (const std::uint32_t i : all) row.members.emplace_back(i, 1);
      rows_.add(std::move(row));
    }
    if (!lists.empty()) return;
    DraftRow row = count_row(std::nullopt, most, rule.id, {r});
    for (const std::uint32_t i : unknown) row.members.emplace_back(i, 1);
    rows_.add(std::move(row));
  }

  const Checker& checker_;
  const Criteria& criteria_;
  const Nominees& nominees_;
  const ModelOptions& options_;
  ModelRows rows_;
};

// The attributes of which a rule in force speaks and nominees know nothing.
void require_columns(const Criteria& criteria, const Nominees& nominees, Date on) {
  std::vector<std::string_view> names;
  for (const Nominees::Facts& column : nominees.columns()) names.push_back(column.name);
  std::unordered_set<std::uint32_t> missing;
  std::vector<Problem> problems;
  std::string nearest;
  const auto require = [&](const Rule& rule, std::uint32_t attribute) {
    const std::string& name = criteria.attributes[attribute].name;
    if (nominees.column(name) != nullptr || !missing.insert(attribute).second) return;
    const std::string_view near = nearest_spelling(name, names);
    if (problems.empty()) nearest = near;
    problems.push_back({"the criterion " + backticked(rule.id) + " speaks of " + backticked(name) +
                            ", of which nominees have no column" +
                            (near.empty() ? "" : ", did you mean " + backticked(near) + "?"),
                        {}});
  };
  for (const Rule& rule : criteria.rules) {
    if (!rule.in_force(on)) continue;
    const bool by_value = rule.kind == Kind::quota || rule.kind == Kind::each ||
                          rule.kind == Kind::spread || rule.kind == Kind::at_most_per;
    if (by_value) require(rule, rule.who.attribute);
    if (rule.within) require(rule, rule.within->attribute);
    for (const PlaceRule& place : rule.places) require(rule, place.who.attribute);
    if (rule.predicate == nullptr) continue;
    for (const std::uint32_t attribute : rule.predicate->reads()) require(rule, attribute);
  }
  if (problems.empty()) return;
  Error error(Code::invalid_document, std::move(problems));
  if (!nearest.empty()) error.with("nearest", nearest);
  throw error;
}

void require_options(const ModelOptions& options) {
  if (options.on != date_none && (options.on < date_min || options.on > date_max)) {
    throw Error(Code::invalid_argument,
                "day number `" + std::to_string(options.on) + "` is outside the years 1 to 9999");
  }
  for (const auto& size : {options.size_least, options.size_most}) {
    if (size && (*size < 0 || *size > most_count)) {
      throw Error(Code::invalid_argument, "a size is from 0 to " + std::to_string(most_count));
    }
  }
  if (options.size_least && options.size_most && *options.size_least > *options.size_most) {
    throw Error(Code::invalid_argument, "the least size " + std::to_string(*options.size_least) +
                                            " is above the most, " +
                                            std::to_string(*options.size_most));
  }
}

}  // namespace

BuiltModel build_model(const Checker& checker, const ModelOptions& options) {
  require_options(options);
  if (checker.nominees()->count() == 0) {
    throw Error(Code::invalid_argument, "there are no nominees");
  }
  require_columns(*checker.criteria(), *checker.nominees(), options.on);
  checker.refuse_faults();
  return Builder(checker, options).build();
}

PanelModel build_panel_model(const Criteria& criteria, const Nominees& nominees,
                             const ModelOptions& options) {
  // Not owned: the checker goes before they can.
  const auto checker =
      Checker::make(std::shared_ptr<const Criteria>(std::shared_ptr<const Criteria>(), &criteria),
                    std::shared_ptr<const Nominees>(std::shared_ptr<const Nominees>(), &nominees));
  return build_model(*checker, options).model;
}

std::vector<std::uint32_t> members_of(const PanelModel& model,
                                      const std::vector<std::int64_t>& columns) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t t = 0; t < model.type_count(); ++t) {
    const auto& type = model.types[t];
    members.insert(members.end(), type.begin(), type.begin() + columns[t]);
  }
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace partnership
