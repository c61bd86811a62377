// SPDX-License-Identifier: Apache-2.0
//
// The tables of a lottery by nominee, value, criterion, panel and level.
#include <algorithm>
#include <map>
#include <utility>

#include "committee/composition.hpp"
#include "committee/lottery_seating.hpp"

namespace partnership {
namespace {

void int64_or_null(TableBuilder& table, std::int32_t column, std::optional<std::int64_t> value) {
  value ? table.int64(column, *value) : table.null(column);
}

// The lowest and the highest of a number over panels, and its mean.
struct Spread {
  std::int64_t lowest = INT64_MAX, highest = INT64_MIN;
  Integer weighted;

  void add(std::int64_t number, const Integer& weight) {
    lowest = std::min(lowest, number);
    highest = std::max(highest, number);
    weighted += Integer(number) * weight;
  }
  bool empty() const noexcept { return lowest > highest; }
};

}  // namespace

Table Composition::probabilities_table() const {
  TableBuilder table;
  table.add("id", ColumnType::text);
  table.add("probability", ColumnType::real);
  table.add("exact", ColumnType::text);
  table.add("target", ColumnType::text);
  table.add("type", ColumnType::int64);
  table.add("level", ColumnType::int64);
  const bool aimed = lottery_.kind != LotteryKind::legacy &&
                     lottery_.target.size() == model_.types.size() && has_lottery();
  std::vector<std::string> exact, target;  // a type: a text costs more than its row
  for (const Rational& probability : probabilities_) exact.push_back(probability.text());
  if (aimed) {
    for (const Rational& value : lottery_.target) target.push_back(value.text());
  }
  for (std::uint32_t i = 0; i < nominees().count(); ++i) {
    const std::uint32_t type = type_of_[i];
    table.text(0, nominees().id(i));
    if (has_lottery()) {
      table.real(1, probabilities_[type].approximate());
      table.text(2, exact[type]);
    } else {
      table.null(1);
      table.null(2);
    }
    table.text_or_null(3, aimed ? std::optional<std::string_view>(target[type]) : std::nullopt);
    table.int64(4, type + 1);
    int64_or_null(
        table, 5,
        level_of_[type] > 0 ? std::optional<std::int64_t>(level_of_[type]) : std::nullopt);
  }
  return table.finish();
}

Table Composition::panels() const {
  TableBuilder table;
  table.add("panel", ColumnType::int64);
  table.add("probability", ColumnType::real);
  table.add("exact", ColumnType::text);
  table.add("member", ColumnType::text);
  if (!has_lottery()) return table.finish();
  const Seating seating(model_, lottery_);
  std::int64_t number = 0;
  seating.each([&](const SeatedPanel& panel) {
    ++number;
    const Rational probability(panel.weight, seating.denominator());
    const std::string exact = probability.text();
    for (const std::uint32_t member : panel.members) {
      table.int64(0, number);
      table.real(1, probability.approximate());
      table.text(2, exact);
      table.text(3, nominees().id(member));
    }
  });
  return table.finish();
}

Table Composition::levels() const {
  TableBuilder table;
  table.add("level", ColumnType::int64);
  table.add("value", ColumnType::text);
  table.add("probability", ColumnType::real);
  table.add("types", ColumnType::int64);
  table.add("nominees", ColumnType::int64);
  table.add("proof", ColumnType::text);
  table.add("nodes", ColumnType::int64);
  for (std::size_t i = 0; i < lottery_.levels.size(); ++i) {
    const LotteryLevel& level = lottery_.levels[i];
    const bool product = lottery_.kind == LotteryKind::nash && i + 1 == lottery_.levels.size();
    std::int64_t count = 0;
    for (const std::uint32_t type : level.types) {
      count += static_cast<std::int64_t>(model_.types[type].size());
    }
    table.int64(0, static_cast<std::int64_t>(i + 1));
    if (product) {
      table.null(1);
      table.null(2);
    } else {
      table.text(1, level.value.text());
      table.real(2, level.value.approximate());
    }
    table.int64(3, static_cast<std::int64_t>(level.types.size()));
    table.int64(4, count);
    table.text(5, level.proof.size() > 1 ? "branching" : "rows");
    table.int64(6, static_cast<std::int64_t>(level.proof.size()));
  }
  return table.finish();
}

// ---- by value

namespace {

// Quotas of one value alone, without `within`, in force: what they ask in a committee of a size
// (no_bound: not fixed).
struct ValueQuota {
  std::optional<std::int64_t> least, most;
};

void narrow(ValueQuota& quota, std::optional<std::int64_t> least,
            std::optional<std::int64_t> most) {
  if (least) quota.least = std::max(*least, quota.least.value_or(*least));
  if (most) quota.most = std::min(*most, quota.most.value_or(*most));
}

std::map<std::pair<std::string_view, std::string_view>, ValueQuota> quotas_of(
    const Criteria& criteria, Date on, std::int64_t size) {
  std::map<std::pair<std::string_view, std::string_view>, ValueQuota> out;
  for (const Rule& rule : criteria.rules) {
    if (rule.kind != Kind::quota || rule.within || !rule.in_force(on)) continue;
    if (rule.who.values.size() != 1) continue;
    const Attribute& attribute = criteria.attributes[rule.who.attribute];
    ValueQuota& quota = out[{attribute.name, attribute.values[rule.who.values.front()].text}];
    narrow(quota, rule.bounds.least, rule.bounds.most);
    if (size == no_bound) continue;
    const auto& [least, most] = std::pair(rule.bounds.share_least, rule.bounds.share_most);
    narrow(quota, least ? std::optional(least->ceil_of(size)) : std::nullopt,
           most ? std::optional(most->floor_of(size)) : std::nullopt);
  }
  return out;
}

// What is counted of one value of an attribute.
struct ValueCount {
  std::int64_t nominees = 0, seated = 0;  // seated: in the panel at hand
  Spread seats;
  double least = 1, most = 0;
};

// The values of one attribute over all panels; behind the last value: not known.
class AttributeCount {
 public:
  explicit AttributeCount(const Nominees::Facts& facts)
      : facts_(facts), counts_(facts.values.size() + 1) {}

  template <class Visit>
  void each_value(std::uint32_t nominee, Visit visit) {
    if (facts_.known[nominee] == 0) return visit(counts_.back());
    for (const std::uint32_t value : facts_.of(nominee)) visit(counts_[value]);
  }
  void add_nominee(std::uint32_t nominee, double probability) {
    each_value(nominee, [&](ValueCount& count) {
      ++count.nominees;
      count.least = std::min(count.least, probability);
      count.most = std::max(count.most, probability);
    });
  }
  void add_panel(const SeatedPanel& panel) {
    for (const std::uint32_t member : panel.members) {
      each_value(member, [](ValueCount& count) { ++count.seated; });
    }
    for (ValueCount& count : counts_) {
      count.seats.add(count.seated, panel.weight);
      count.seated = 0;
    }
  }
  const Nominees::Facts& facts() const noexcept { return facts_; }
  const std::vector<ValueCount>& counts() const noexcept { return counts_; }

 private:
  const Nominees::Facts& facts_;
  std::vector<ValueCount> counts_;
};

std::string label_of(const Attribute& attribute, std::string_view value, Language language) {
  for (const Attribute::Value& known : attribute.values) {
    if (known.text == value && !known.label.empty()) return std::string(known.label.get(language));
  }
  return std::string(value);
}

}  // namespace

Table Composition::values(Language language) const {
  TableBuilder table;
  for (const char* name : {"attribute", "attribute_label", "value", "label"}) {
    table.add(name, ColumnType::text);
  }
  table.add("nominees", ColumnType::int64);
  table.add("pool_share", ColumnType::real);
  table.add("expected", ColumnType::real);
  table.add("exact", ColumnType::text);
  table.add("seat_share", ColumnType::real);
  table.add("least", ColumnType::real);
  table.add("most", ColumnType::real);
  for (const char* name : {"lowest", "highest", "quota_least", "quota_most"}) {
    table.add(name, ColumnType::int64);
  }
  if (!has_lottery()) return table.finish();

  std::vector<std::pair<std::uint32_t, AttributeCount>> attributes;
  for (std::uint32_t a = 0; a < criteria().attributes.size(); ++a) {
    const Nominees::Facts* facts = nominees().column(criteria().attributes[a].name);
    if (facts != nullptr) attributes.emplace_back(a, *facts);
  }
  for (auto& [attribute, count] : attributes) {
    for (std::uint32_t i = 0; i < nominees().count(); ++i) {
      count.add_nominee(i, probabilities_[type_of_[i]].approximate());
    }
  }
  Spread size;
  const Seating seating(model_, lottery_);
  seating.each([&](const SeatedPanel& panel) {
    size.add(static_cast<std::int64_t>(panel.members.size()), panel.weight);
    for (auto& [attribute, count] : attributes) count.add_panel(panel);
  });
  const std::int64_t fixed = size.lowest == size.highest ? size.lowest : no_bound;
  const auto quotas = quotas_of(criteria(), request_.model.on, fixed);
  for (const auto& [at, count] : attributes) {
    const Attribute& attribute = criteria().attributes[at];
    for (std::size_t v = 0; v < count.counts().size(); ++v) {
      const ValueCount& of = count.counts()[v];
      const bool known = v < count.facts().values.size();
      if (of.nominees == 0) continue;
      const std::string_view value = known ? std::string_view(count.facts().values[v]) : "";
      const Rational expected(of.seats.weighted, seating.denominator());
      table.text(0, attribute.name);
      table.text(1, criteria().attribute_label(at, language));
      table.text_or_null(2, known ? std::optional(value) : std::nullopt);
      known ? table.text(3, label_of(attribute, value, language)) : table.null(3);
      table.int64(4, of.nominees);
      table.real(5, static_cast<double>(of.nominees) / static_cast<double>(nominees().count()));
      table.real(6, expected.approximate());
      table.text(7, expected.text());
      table.real(8, size.weighted.sign() > 0
                        ? Rational(of.seats.weighted, size.weighted).approximate()
                        : 0);
      table.real(9, of.least);
      table.real(10, of.most);
      table.int64(11, of.seats.lowest);
      table.int64(12, of.seats.highest);
      const auto quota = known ? quotas.find({attribute.name, value}) : quotas.end();
      int64_or_null(table, 13, quota == quotas.end() ? std::nullopt : quota->second.least);
      int64_or_null(table, 14, quota == quotas.end() ? std::nullopt : quota->second.most);
    }
  }
  return table.finish();
}

// ---- by criterion

namespace {

// A criterion over all panels, from what the check says of each.
struct QuotaUse {
  bool applies = false;
  bool same_least = true, same_most = true;  // in all panels
  std::optional<std::int64_t> least, most;
  Spread count;
  Integer at_least, at_most, met;  // weights

  void add(const Tally& tally, const Integer& weight) {
    if (tally.outcome == Outcome::not_applicable) return;
    const auto bound = [](std::int64_t value) {
      return value == no_bound ? std::nullopt : std::optional(value);
    };
    const auto lower = bound(tally.least), upper = bound(tally.most);
    if (!applies) {
      least = lower;
      most = upper;
    }
    same_least = same_least && least == lower;
    same_most = same_most && most == upper;
    applies = true;
    count.add(tally.count, weight);
    if (lower && tally.count == *lower) at_least += weight;
    if (upper && tally.count == *upper) at_most += weight;
    if (tally.outcome == Outcome::met) met += weight;
  }
};

// A criterion's tally as the check's table has it; for places, which have no tally of their own.
Tally tally_of(const Table& criteria, std::int64_t row) {
  const auto number = [&](const char* name) {
    const Column& column = criteria.column(criteria.find(name));
    return column.is_null(row) ? no_bound : column.int64s[static_cast<std::size_t>(row)];
  };
  Tally tally;
  const std::string_view outcome = criteria.column(criteria.find("outcome")).text(row);
  for (const Outcome known : {Outcome::not_met, Outcome::undetermined, Outcome::not_applicable}) {
    if (outcome_name(known) == outcome) tally.outcome = known;
  }
  tally.count = number("count");
  tally.least = number("least");
  tally.most = number("most");
  return tally;
}

}  // namespace

Table Composition::quotas(Language language) const {
  TableBuilder table;
  for (const char* name : {"criterion", "kind", "label"}) table.add(name, ColumnType::text);
  for (const char* name : {"least", "most"}) table.add(name, ColumnType::int64);
  table.add("expected", ColumnType::real);
  for (const char* name : {"lowest", "highest"}) table.add(name, ColumnType::int64);
  for (const char* name : {"at_least", "at_most", "met"}) table.add(name, ColumnType::real);
  if (!has_lottery()) return table.finish();

  const std::vector<CriterionRow>& rows = criteria().rows;
  std::vector<QuotaUse> uses(rows.size());
  const bool places =
      std::any_of(rows.begin(), rows.end(), [](const CriterionRow& row) { return row.place >= 0; });
  const Seating seating(model_, lottery_);
  seating.each([&](const SeatedPanel& panel) {
    const Check check = checker_->check(panel.members, request_.model.on);
    const Table told = places ? check.criteria(language) : Table();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      uses[i].add(rows[i].place >= 0 ? tally_of(told, static_cast<std::int64_t>(i))
                                     : check.tally(rows[i].rule),
                  panel.weight);
    }
  });
  const auto share = [&](std::int32_t column, bool there, const Integer& weight) {
    there ? table.real(column, Rational(weight, seating.denominator()).approximate())
          : table.null(column);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const QuotaUse& use = uses[i];
    table.text(0, criteria().row_id(rows[i]));
    table.text(1, kind_name(criteria().rules[rows[i].rule].kind));
    table.text(2, criteria().row_label(rows[i], language));
    int64_or_null(table, 3, use.same_least ? use.least : std::nullopt);
    int64_or_null(table, 4, use.same_most ? use.most : std::nullopt);
    share(5, use.applies, use.count.weighted);
    int64_or_null(table, 6, use.applies ? std::optional(use.count.lowest) : std::nullopt);
    int64_or_null(table, 7, use.applies ? std::optional(use.count.highest) : std::nullopt);
    share(8, use.applies && use.least, use.at_least);
    share(9, use.applies && use.most, use.at_most);
    share(10, use.applies, use.met);
  }
  return table.finish();
}

}  // namespace partnership
