// SPDX-License-Identifier: Apache-2.0
//
// The tables of a finished check. They are made from the compiled criteria when they are asked for;
// the numbers are those of the tallies.
#include <algorithm>
#include <bit>

#include "committee/compiled.hpp"
#include "committee/placing.hpp"
#include "committee/sentences.hpp"

namespace partnership {
namespace {

using Names = std::vector<std::string>;

std::optional<std::int64_t> bound(std::int64_t number) {
  return number == no_bound ? std::nullopt : std::optional(number);
}

// What the reasons and the counts both need to know about a check.
class Reading {
 public:
  explicit Reading(const Check& finished)
      : check(finished),
        criteria(*finished.checker().criteria()),
        nominees(*finished.checker().nominees()) {}

  const Check& check;
  const Criteria& criteria;
  const Nominees& nominees;

  template <class Test>
  Names members_where(Test test) const {
    Names names;
    for (const std::uint32_t member : check.members()) {
      if (test(member)) names.push_back(nominees.id(member));
    }
    return names;
  }

  // Of a quota: who may count, or be of the number that a share is of.
  Names open_to_quota(const Rule& rule, const Checker::Compiled& compiled) const {
    const bool shares = rule.bounds.share_least || rule.bounds.share_most;
    return members_where([&](std::uint32_t member) {
      const std::uint8_t code = compiled.codes[member];
      const bool open = !std::has_single_bit(code);
      return open && ((code & is_counted) != 0 || shares);
    });
  }

  Names unknown(const Checker::Compiled& compiled) const {
    return members_where([&](std::uint32_t member) { return compiled.known[member] == 0; });
  }

  Names sitting(const Checker::Compiled& compiled) const {
    return members_where([&](std::uint32_t member) { return compiled.codes[member] != 0; });
  }

  // Of must_include: those listed who do not sit, nominees or not.
  Names missing(const Rule& rule) const {
    Names names;
    for (const std::string& id : rule.members) {
      const auto nominee = nominees.find(id);
      const auto members = check.members();
      if (!nominee || !std::binary_search(members.begin(), members.end(), *nominee)) {
        names.push_back(id);
      }
    }
    return names;
  }

  // Members of each of the rule's values (each and spread).
  std::vector<std::int64_t> members_of_values(const Rule& rule,
                                              const Checker::Compiled& compiled) const {
    std::vector<std::int64_t> counts(rule.who.values.size(), 0);
    for (const std::uint32_t member : check.members()) {
      for (const std::uint32_t value : compiled.values_of(member)) ++counts[value];
    }
    return counts;
  }
};

// Reasons in one language.
class Reasons {
 public:
  Reasons(const Reading& reading, Language language) : read_(reading), in_(language) {}

  std::string of_rule(const Rule& rule, const Tally& tally,
                      const Checker::Compiled& compiled) const {
    switch (rule.kind) {
      case Kind::size:
        return counted(tally, Unit::members);
      case Kind::quota:
      case Kind::where:
        return of_quota(rule, tally, compiled);
      case Kind::each:
        return of_each(rule, tally, compiled);
      case Kind::spread:
        return of_spread(rule, tally, compiled);
      case Kind::at_most_per:
        return of_at_most_per(rule, tally, compiled);
      case Kind::must_include:
        return tally.outcome == Outcome::met ? say_all_sit(in_)
                                             : say_missing(read_.missing(rule), in_);
      case Kind::must_exclude:
        return tally.outcome == Outcome::met ? say_none_sits(in_)
                                             : say_sitting(read_.sitting(compiled), in_);
      case Kind::incompatible:
        return counted(tally, Unit::members) +
               (tally.count > 0 ? say_among(read_.sitting(compiled), in_) : "");
      case Kind::places:
        break;
    }
    return {};
  }

  std::string of_place(const Rule& rule, std::uint32_t place, const Placing& placing) const {
    const PlaceSet* set = placing.set_of(place);
    const Names others = set == nullptr ? Names() : labels_beside(rule, place, set->places);
    const bool surely = placing.outcome(place) == Outcome::not_met;
    if (surely && set->surplus) return say_surplus(set->members, set->bound, others, in_);
    if (surely && !others.empty()) return say_shortage(set->bound, set->members, others, in_);
    const PlaceRule& asked = rule.places[place];
    const Count count{placing.seated(place), asked.least, asked.most};
    std::string out = say_count(count, in_) + say_gap(count, in_);
    if (!others.empty()) out += say_together(others, in_);
    const PlaceMask about = set != nullptr ? set->places : PlaceMask{1} << place;
    Names names;
    for (std::size_t i = 0; i < placing.may_qualify.size(); ++i) {
      const PlaceMask may = set != nullptr ? placing.may_qualify[i] : placing.may_fill[i];
      if ((may & about) != 0) names.push_back(read_.nominees.id(read_.check.members()[i]));
    }
    return out + unknown(names);
  }

 private:
  std::string unknown(const Names& names) const {
    return names.empty() ? std::string() : say_unknown(names, in_);
  }

  std::string counted(const Tally& tally, Unit unit) const {
    const Count count{tally.count, bound(tally.least), bound(tally.most), unit};
    return say_count(count, in_) + say_gap(count, in_);
  }

  std::string of_quota(const Rule& rule, const Tally& tally,
                       const Checker::Compiled& compiled) const {
    const Count count{tally.count, bound(tally.least), bound(tally.most)};
    const Range total = quota_total(compiled.codes, read_.check.members());
    const std::string gap = say_gap(count, in_);
    std::string out =
        say_count(count, in_) + say_shares(rule.bounds, {total.least, total.most}, in_) + gap;
    out += unknown(read_.open_to_quota(rule, compiled));
    // Within its bounds as far as they are known, and yet nothing can meet them.
    const bool in_bounds = gap.empty() && (tally.most == no_bound || tally.least <= tally.most);
    if (tally.outcome == Outcome::not_met && in_bounds) out += say_unmeetable(in_);
    return out;
  }

  std::string of_each(const Rule& rule, const Tally& tally,
                      const Checker::Compiled& compiled) const {
    const std::int64_t least = rule.bounds.least.value_or(1);
    Names lacking;
    const auto counts = read_.members_of_values(rule, compiled);
    for (std::size_t v = 0; v < counts.size(); ++v) {
      if (counts[v] >= least) continue;
      lacking.push_back(value_label(rule, v) + " (" + std::to_string(counts[v]) + ")");
    }
    std::string out = say_each(tally.count, tally.least, least, in_);
    if (!lacking.empty()) out += say_too_few(lacking, in_);
    return out + unknown(read_.unknown(compiled));
  }

  std::string of_spread(const Rule& rule, const Tally& tally,
                        const Checker::Compiled& compiled) const {
    const Count count{tally.count, tally.least, std::nullopt, Unit::values};
    const auto values = static_cast<std::int64_t>(rule.who.values.size());
    std::string out = say_count(count, in_) + say_shares(rule.bounds, {values, values}, in_) +
                      say_gap(count, in_);
    if (tally.count < tally.least) {
      Names absent;
      const auto counts = read_.members_of_values(rule, compiled);
      for (std::size_t v = 0; v < counts.size(); ++v) {
        if (counts[v] == 0) absent.push_back(value_label(rule, v));
      }
      out += say_absent(absent, in_);
    }
    return out + unknown(read_.unknown(compiled));
  }

  std::string of_at_most_per(const Rule& rule, const Tally& tally,
                             const Checker::Compiled& compiled) const {
    std::string out = say_at_most_per(tally.count, tally.most, in_);
    if (tally.count > tally.most) out += say_too_many(crowds(rule, tally.most, compiled), in_);
    return out + unknown(read_.unknown(compiled));
  }

  // "VALUE (member, member)" for each value that too many share.
  Names crowds(const Rule& rule, std::int64_t most, const Checker::Compiled& compiled) const {
    Scratch scratch;
    gather_runs(compiled, read_.check.members(), scratch);
    Names out;
    for (const Run& run : scratch.runs) {
      if (run.count <= most) continue;
      const Names members = read_.members_where([&](std::uint32_t member) {
        const auto values = compiled.values_of(member);
        return std::find(values.begin(), values.end(), run.value) != values.end();
      });
      out.push_back(column_value_label(rule, compiled, run.value) + " (" +
                    join_names(members, in_) + ")");
    }
    return out;
  }

  std::string value_label(const Rule& rule, std::size_t position) const {
    return read_.criteria.value_label(rule.who.attribute, rule.who.values[position], in_);
  }

  // A value as the nominees spell it, by its label where the criteria declare one.
  std::string column_value_label(const Rule& rule, const Checker::Compiled& compiled,
                                 std::uint32_t value) const {
    const std::string& text = compiled.column->values[value];
    const auto& declared = read_.criteria.attributes[rule.who.attribute].values;
    for (std::uint32_t v = 0; v < declared.size(); ++v) {
      if (declared[v].text == text) {
        return read_.criteria.value_label(rule.who.attribute, v, in_);
      }
    }
    return text;
  }

  Names labels_beside(const Rule& rule, std::uint32_t place, PlaceMask set) const {
    Names labels;
    const auto index = static_cast<std::uint32_t>(&rule - read_.criteria.rules.data());
    for (std::uint32_t p = 0; p < rule.places.size(); ++p) {
      if (p == place || ((set >> p) & 1) == 0) continue;
      labels.push_back(read_.criteria.row_label({index, static_cast<std::int32_t>(p)}, in_));
    }
    return labels;
  }

  const Reading& read_;
  Language in_;
};

// Goes through the rows; places of one rule are placed once.
template <class Rule_, class Place_>
void for_each_row(const Check& check, Rule_ on_rule, Place_ on_place) {
  const Criteria& criteria = *check.checker().criteria();
  std::optional<Placing> placing;
  for (const CriterionRow& row : criteria.rows) {
    if (row.place < 0) {
      on_rule(row, check.tally(row.rule));
      continue;
    }
    const bool applies = check.tally(row.rule).outcome != Outcome::not_applicable;
    if (row.place == 0) placing = applies ? place_members(check, row.rule) : Placing();
    on_place(row, static_cast<std::uint32_t>(row.place), applies, *placing);
  }
}

void int64_or_null(TableBuilder& table, std::int32_t column, std::optional<std::int64_t> number) {
  if (number) {
    table.int64(column, *number);
  } else {
    table.null(column);
  }
}

}  // namespace

Table Check::criteria(Language language) const {
  const Reading reading(*this);
  const Reasons reasons(reading, language);
  TableBuilder table;
  for (const char* name : {"criterion", "kind", "label", "outcome"}) {
    table.add(name, ColumnType::text);
  }
  for (const char* name : {"count", "unknown", "least", "most"}) {
    table.add(name, ColumnType::int64);
  }
  table.add("reason", ColumnType::text);

  const auto add = [&](const CriterionRow& row, const Tally& tally, const std::string& reason) {
    const Rule& rule = reading.criteria.rules[row.rule];
    const bool applies = tally.outcome != Outcome::not_applicable;
    table.text(0, reading.criteria.row_id(row));
    table.text(1, kind_name(rule.kind));
    table.text(2, reading.criteria.row_label(row, language));
    table.text(3, outcome_name(tally.outcome));
    int64_or_null(table, 4, applies ? std::optional(tally.count) : std::nullopt);
    int64_or_null(table, 5, applies ? std::optional(tally.unknown) : std::nullopt);
    int64_or_null(table, 6, applies ? bound(tally.least) : std::nullopt);
    int64_or_null(table, 7, applies ? bound(tally.most) : std::nullopt);
    table.text(8, applies ? reason : say_not_in_force(rule, on_, language));
  };
  for_each_row(
      *this,
      [&](const CriterionRow& row, const Tally& tally) {
        const Rule& rule = reading.criteria.rules[row.rule];
        add(row, tally, reasons.of_rule(rule, tally, compiled(row.rule)));
      },
      [&](const CriterionRow& row, std::uint32_t place, bool applies, const Placing& placing) {
        const Rule& rule = reading.criteria.rules[row.rule];
        Tally tally;
        tally.outcome = Outcome::not_applicable;
        if (!applies) return add(row, tally, {});
        const PlaceRule& asked = rule.places[place];
        tally = {placing.outcome(place), placing.seated(place), placing.unknown(place), asked.least,
                 asked.most.value_or(no_bound)};
        add(row, tally, reasons.of_place(rule, place, placing));
      });
  return table.finish();
}

namespace {

// The rows of Check::counts for one rule.
class CountsTable {
 public:
  explicit CountsTable(const Reading& reading) : read_(reading) {
    for (const char* name : {"criterion", "member", "value"}) table_.add(name, ColumnType::text);
    table_.add("certain", ColumnType::boolean);
  }

  void add_rule(const CriterionRow& row, const Checker::Compiled& compiled) {
    const Rule& rule = read_.criteria.rules[row.rule];
    for (const std::uint32_t member : read_.check.members()) {
      switch (rule.kind) {
        case Kind::quota:
          add_quota(row, member, rule.who, compiled.codes[member]);
          break;
        case Kind::where:
          if (const std::uint8_t code = compiled.codes[member]; (code & is_counted) != 0) {
            add(row, member, std::nullopt, code == is_counted);
          }
          break;
        case Kind::each:
        case Kind::spread:
        case Kind::at_most_per:
          add_listed(row, member, compiled);
          break;
        case Kind::must_include:
        case Kind::must_exclude:
        case Kind::incompatible:
          if (compiled.codes[member] != 0) add(row, member, std::nullopt, true);
          break;
        case Kind::size:
        case Kind::places:
          break;
      }
    }
  }

  void add_place(const CriterionRow& row, std::uint32_t place, const Placing& placing) {
    const Selection& who =
        read_.criteria.rules[row.rule].places[static_cast<std::size_t>(row.place)].who;
    for (std::size_t i = 0; i < placing.seat_of.size(); ++i) {
      const std::uint32_t member = read_.check.members()[i];
      if (placing.seat_of[i] == static_cast<std::int32_t>(place)) {
        add_values(row, member, who, true);
      } else if (((placing.may_fill[i] >> place) & 1) != 0) {
        add(row, member, std::nullopt, false);
      }
    }
  }

  Table finish() { return table_.finish(); }

 private:
  void add(const CriterionRow& row, std::uint32_t member, std::optional<std::string_view> value,
           bool certain) {
    table_.text(0, read_.criteria.row_id(row));
    table_.text(1, read_.nominees.id(member));
    table_.text_or_null(2, value);
    table_.boolean(3, certain);
  }

  // A row for each value of the selection that the member has; one without a value when that is not
  // known.
  void add_values(const CriterionRow& row, std::uint32_t member, const Selection& who,
                  bool certain) {
    const Attribute& attribute = read_.criteria.attributes[who.attribute];
    const Nominees::Facts* column = read_.nominees.column(attribute.name);
    bool any = false;
    if (column != nullptr) {
      for (const std::uint32_t value : column->of(member)) {
        const std::string& text = column->values[value];
        if (!selects(who, attribute, text)) continue;
        add(row, member, text, certain);
        any = true;
      }
    }
    if (!any) add(row, member, std::nullopt, certain);
  }

  static bool selects(const Selection& who, const Attribute& attribute, const std::string& text) {
    return std::any_of(who.values.begin(), who.values.end(),
                       [&](std::uint32_t value) { return attribute.values[value].text == text; });
  }

  void add_quota(const CriterionRow& row, std::uint32_t member, const Selection& who,
                 std::uint8_t code) {
    if ((code & is_counted) != 0) add_values(row, member, who, code == is_counted);
  }

  void add_listed(const CriterionRow& row, std::uint32_t member,
                  const Checker::Compiled& compiled) {
    if (compiled.known[member] == 0) return add(row, member, std::nullopt, false);
    const Rule& rule = read_.criteria.rules[row.rule];
    const Attribute& attribute = read_.criteria.attributes[rule.who.attribute];
    for (const std::uint32_t value : compiled.values_of(member)) {
      const bool by_column = rule.kind == Kind::at_most_per;
      add(row, member,
          by_column ? compiled.column->values[value]
                    : attribute.values[rule.who.values[value]].text,
          true);
    }
  }

  const Reading& read_;
  TableBuilder table_;
};

}  // namespace

Table Check::counts() const {
  const Reading reading(*this);
  CountsTable table(reading);
  for_each_row(
      *this,
      [&](const CriterionRow& row, const Tally& tally) {
        if (tally.outcome != Outcome::not_applicable) table.add_rule(row, compiled(row.rule));
      },
      [&](const CriterionRow& row, std::uint32_t place, bool applies, const Placing& placing) {
        if (applies) table.add_place(row, place, placing);
      });
  return table.finish();
}

Table Check::unmet() const {
  const Criteria& criteria = *checker_->criteria();
  TableBuilder table;
  table.add("set", ColumnType::int64);
  table.add("criterion", ColumnType::text);
  std::int64_t set = 0;
  const auto add = [&](const CriterionRow& row) {
    table.int64(0, set);
    table.text(1, criteria.row_id(row));
  };
  for_each_row(
      *this,
      [&](const CriterionRow& row, const Tally& tally) {
        if (tally.outcome != Outcome::not_met) return;
        ++set;
        add(row);
      },
      [&](const CriterionRow& row, std::uint32_t place, bool, const Placing& placing) {
        // A set is listed where its first place stands.
        const PlaceSet* found =
            placing.outcome(place) == Outcome::not_met ? placing.set_of(place) : nullptr;
        if (found == nullptr || std::countr_zero(found->places) != row.place) return;
        ++set;
        for (std::int32_t p = 0; p < 64; ++p) {
          if (((found->places >> p) & 1) != 0) add({row.rule, p});
        }
      });
  return table.finish();
}

}  // namespace partnership
