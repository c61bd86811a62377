// SPDX-License-Identifier: Apache-2.0
#include "committee/checker.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "committee/compiled.hpp"
#include "committee/where.hpp"

namespace partnership {
namespace {

constexpr std::uint32_t nowhere = ~std::uint32_t{0};

enum class Has : std::uint8_t { no, yes, unknown };

// A selection of the criteria, translated to the nominees' column.
class Matcher {
 public:
  Matcher(const Criteria& criteria, const Nominees& nominees, const Selection& selection)
      : column_(nominees.column(criteria.attributes[selection.attribute].name)) {
    if (column_ == nullptr) return;
    const auto& values = criteria.attributes[selection.attribute].values;
    std::unordered_map<std::string_view, std::uint32_t> wanted;
    for (std::uint32_t i = 0; i < selection.values.size(); ++i) {
      wanted.emplace(values[selection.values[i]].text, i);
    }
    position_.assign(column_->values.size(), nowhere);
    for (std::size_t v = 0; v < column_->values.size(); ++v) {
      if (const auto at = wanted.find(column_->values[v]); at != wanted.end()) {
        position_[v] = at->second;
      }
    }
  }

  const Nominees::Facts* column() const noexcept { return column_; }

  // The position of a column's value among the selection's, or nowhere.
  std::uint32_t position(std::uint32_t value) const noexcept { return position_[value]; }

  Has has(std::uint32_t nominee) const noexcept {
    if (column_ == nullptr || column_->known[nominee] == 0) return Has::unknown;
    for (const std::uint32_t value : column_->of(nominee)) {
      if (position_[value] != nowhere) return Has::yes;
    }
    return Has::no;
  }

 private:
  const Nominees::Facts* column_;
  std::vector<std::uint32_t> position_;
};

// What an unknown cell can be to a quota whose `within` speaks of the same attribute: one fact.
std::uint8_t unknown_within_itself(const Rule& rule, bool multiple) {
  const std::unordered_set<std::uint32_t> counted(rule.who.values.begin(), rule.who.values.end());
  bool both = false, group_only = false;
  for (const std::uint32_t value : rule.within->values) {
    (counted.contains(value) ? both : group_only) = true;
  }
  std::uint8_t code = is_outside;
  if (group_only) code |= is_within;
  if (multiple || both) code |= is_counted;
  return code;
}

std::vector<std::uint8_t> quota_codes(const Criteria& criteria, const Nominees& nominees,
                                      const Rule& rule) {
  const Matcher who(criteria, nominees, rule.who);
  const Matcher within(criteria, nominees, rule.within ? *rule.within : rule.who);
  const bool same = rule.within && rule.within->attribute == rule.who.attribute;
  const std::uint8_t unknown_itself =
      same ? unknown_within_itself(rule, criteria.attributes[rule.who.attribute].multiple) : 0;
  std::vector<std::uint8_t> codes(nominees.count());
  for (std::uint32_t i = 0; i < nominees.count(); ++i) {
    const Has value = who.has(i);
    const Has group = rule.within ? within.has(i) : Has::yes;
    std::uint8_t code = 0;
    if (same && value == Has::unknown) {
      code = unknown_itself;
    } else {
      if (group != Has::yes) code |= is_outside;
      if (group != Has::no && value != Has::yes) code |= is_within;
      if (group != Has::no && value != Has::no) code |= is_counted;
    }
    codes[i] = code;
  }
  return codes;
}

std::vector<std::uint8_t> listed_codes(const Nominees& nominees, const Rule& rule) {
  std::vector<std::uint8_t> codes(nominees.count(), 0);
  for (const std::string& member : rule.members) {
    if (const auto nominee = nominees.find(member)) codes[*nominee] = 1;
  }
  return codes;
}

// Goes through the cells that break what the criteria declare: calls
// fault(nominee, attribute, value), where value is nowhere when there are several and one is
// allowed.
template <class Fault>
void for_each_fault(const Criteria& criteria, const Nominees& nominees,
                    std::span<const std::uint32_t> of, Fault fault) {
  for (std::uint32_t a = 0; a < criteria.attributes.size(); ++a) {
    const Attribute& attribute = criteria.attributes[a];
    const Nominees::Facts* column = nominees.column(attribute.name);
    if (!attribute.declared || column == nullptr) continue;
    Selection all{a, std::vector<std::uint32_t>(attribute.values.size())};
    std::iota(all.values.begin(), all.values.end(), 0U);
    const Matcher known(criteria, nominees, all);
    for (const std::uint32_t nominee : of) {
      const auto values = column->of(nominee);
      if (!attribute.multiple && values.size() > 1) fault(nominee, attribute, nowhere);
      if (!attribute.closed) continue;
      for (const std::uint32_t value : values) {
        if (known.position(value) == nowhere) fault(nominee, attribute, value);
      }
    }
  }
}

std::vector<std::uint32_t> everyone(const Nominees& nominees) {
  std::vector<std::uint32_t> all(nominees.count());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

}  // namespace

std::string_view outcome_name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::met:
      return "met";
    case Outcome::not_met:
      return "not met";
    case Outcome::undetermined:
      return "undetermined";
    case Outcome::not_applicable:
      return "not applicable";
  }
  return "unknown";
}

namespace {

// Positions among the rule's values (each and spread) or values of the column (at_most_per).
void compile_values(const Criteria& criteria, const Nominees& nominees, const Rule& rule,
                    Checker::Compiled& to) {
  const Matcher matcher(criteria, nominees, rule.who);
  to.column = matcher.column();
  to.offsets.assign(nominees.count() + std::size_t{1}, 0);
  to.known.assign(nominees.count(), 0);
  if (to.column == nullptr) return;
  to.known = to.column->known;
  const bool by_column = rule.kind == Kind::at_most_per;
  to.distinct =
      static_cast<std::uint32_t>(by_column ? to.column->values.size() : rule.who.values.size());
  for (std::uint32_t i = 0; i < nominees.count(); ++i) {
    for (const std::uint32_t value : to.column->of(i)) {
      const std::uint32_t cell = by_column ? value : matcher.position(value);
      if (cell != nowhere) to.cells.push_back(cell);
    }
    to.offsets[i + 1] = static_cast<std::uint32_t>(to.cells.size());
  }
}

}  // namespace

Checker::Checker(std::shared_ptr<const Criteria> criteria, std::shared_ptr<const Nominees> nominees)
    : criteria_(std::move(criteria)), nominees_(std::move(nominees)) {
  for_each_fault(*criteria_, *nominees_, everyone(*nominees_),
                 [this](std::uint32_t nominee, const Attribute&, std::uint32_t) {
                   faulty_.resize(nominees_->count(), 0);
                   faulty_[nominee] = 1;
                 });
  for (const Rule& rule : criteria_->rules) {
    Compiled& compiled = rules_.emplace_back();
    switch (rule.kind) {
      case Kind::size:
        break;
      case Kind::quota:
        compiled.codes = quota_codes(*criteria_, *nominees_, rule);
        break;
      case Kind::where:
        compiled.codes = predicate_codes(*criteria_, *nominees_, *rule.predicate);
        break;
      case Kind::each:
      case Kind::spread:
      case Kind::at_most_per:
        compile_values(*criteria_, *nominees_, rule, compiled);
        break;
      case Kind::must_include:
      case Kind::must_exclude:
      case Kind::incompatible:
        compiled.codes = listed_codes(*nominees_, rule);
        break;
      case Kind::places:
        compile_places(rule, compiled);
        break;
    }
  }
}

Checker::~Checker() = default;

std::shared_ptr<const Checker> Checker::make(std::shared_ptr<const Criteria> criteria,
                                             std::shared_ptr<const Nominees> nominees) {
  return std::shared_ptr<const Checker>(new Checker(std::move(criteria), std::move(nominees)));
}

void Checker::compile_places(const Rule& rule, Compiled& compiled) const {
  std::vector<Matcher> matchers;
  for (const PlaceRule& place : rule.places) {
    matchers.emplace_back(*criteria_, *nominees_, place.who);
    compiled.bounds.push_back({place.least, place.most.value_or(no_most)});
  }
  std::map<std::pair<PlaceMask, PlaceMask>, std::uint32_t> types;
  for (std::uint32_t i = 0; i < nominees_->count(); ++i) {
    PlaceMask certain = 0, possible = 0;
    for (std::size_t p = 0; p < matchers.size(); ++p) {
      const Has has = matchers[p].has(i);
      if (has == Has::yes) certain |= PlaceMask{1} << p;
      if (has != Has::no) possible |= PlaceMask{1} << p;
    }
    const auto [at, fresh] = types.emplace(std::pair(certain, possible),
                                           static_cast<std::uint32_t>(compiled.types.size()));
    if (fresh) compiled.types.push_back({certain, possible});
    compiled.type_of.push_back(at->second);
  }
}

const Checker::Compiled& Checker::compiled(std::uint32_t rule) const noexcept {
  return rules_[rule];
}

void Checker::refuse_faults() const {
  if (!faulty_.empty()) refuse_faults(everyone(*nominees_));
}

void Checker::refuse_faults(std::span<const std::uint32_t> members) const {
  if (faulty_.empty()) return;
  std::vector<std::uint32_t> faulty;
  for (const std::uint32_t member : members) {
    if (faulty_[member] != 0) faulty.push_back(member);
  }
  json::Problems problems;
  for_each_fault(
      *criteria_, *nominees_, faulty,
      [&](std::uint32_t nominee, const Attribute& attribute, std::uint32_t value) {
        if (problems.full()) return problems.add(Problem{});  // counted
        std::string message = "the member " + backticked(nominees_->id(nominee)) + " has ";
        if (value == nowhere) {
          message += "several values of " + backticked(attribute.name) + ", which allows one";
        } else {
          const std::string& text = nominees_->column(attribute.name)->values[value];
          std::vector<std::string_view> texts;
          for (const Attribute::Value& known : attribute.values) texts.push_back(known.text);
          const std::string_view nearest = nearest_spelling(text, texts);
          message +=
              backticked(text) + ", which is not among the values of " + backticked(attribute.name);
          if (!nearest.empty()) message += ", did you mean " + backticked(nearest) + "?";
        }
        problems.add(Problem{std::move(message), {}});
      });
  problems.raise(Code::invalid_document);
}

Check Checker::check(std::vector<std::uint32_t> members, Date on) const {
  if (on != date_none && (on < date_min || on > date_max)) {
    throw Error(Code::invalid_argument,
                "day number `" + std::to_string(on) + "` is outside the years 1 to 9999");
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i] >= nominees_->count() || (i > 0 && members[i] <= members[i - 1])) {
      throw Error(Code::invalid_argument, "members must be indices of nominees in ascending order");
    }
  }
  refuse_faults(members);
  return {shared_from_this(), std::move(members), on};
}

Check Checker::check_all(Date on) const {
  return check(everyone(*nominees_), on);
}

}  // namespace partnership
