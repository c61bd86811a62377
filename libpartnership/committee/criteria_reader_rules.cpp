// SPDX-License-Identifier: Apache-2.0
#include "committee/criteria_reader_rules.hpp"

#include <array>

#include "base/text.hpp"

namespace partnership {
namespace {

constexpr std::array kinds = {Kind::quota,        Kind::each,         Kind::spread,
                              Kind::at_most_per,  Kind::must_include, Kind::must_exclude,
                              Kind::incompatible, Kind::places,       Kind::where};

}  // namespace

void RuleReader::read_size(json::Value size) {
  const std::size_t before = problems_.size();
  Rule rule;
  rule.id = "size";
  if (size.is(json::Type::object)) {
    json::ObjectReader reader(size, problems_);
    rule.bounds.least = parts_.count(reader, "min");
    rule.bounds.most = parts_.count(reader, "max");
    parts_.read_flexible(reader, rule.bounds);
    reader.finish();
    if (!rule.bounds.least && !rule.bounds.most && problems_.size() == before) {
      problems_.add(size, "expected min, max or both");
    }
    parts_.demand_order(size, rule.bounds);
  } else {
    rule.bounds.least = rule.bounds.most = parts_.count_of(size);
  }
  add(std::move(rule), size, {});
}

void RuleReader::read_rules(json::Value rules) {
  if (rules.size() > most_rules) {
    problems_.add(rules, "expected at most " + std::to_string(most_rules) + " rules");
    return;
  }
  for (const json::Value rule : rules) {
    if (problems_.full()) return;
    read_rule(rule);
  }
}

void RuleReader::read_rule(json::Value value) {
  const std::size_t before = problems_.size();
  json::ObjectReader reader(value, problems_);
  if (!reader.ok()) return;
  Rule rule;
  rule.id = parts_.name(reader, "id", true);
  if (const auto id = reader.any("id"); id && !rule.id.empty()) take_row_id(*id, rule.id);
  rule.label = parts_.label(reader, "label");
  rule.source = reader.text("source").value_or("");
  rule.from = parts_.date(reader, "from");
  rule.to = parts_.date(reader, "to");
  if (rule.from != date_none && rule.to != date_none && rule.to <= rule.from) {
    problems_.add(value, "this ends on or before the day on which it begins");
  }
  const auto kind = parts_.text(reader, "kind", true);
  if (!kind || !read_kind(*kind, rule)) return;
  std::vector<json::Value> members;
  read_body(reader, value, rule, members);
  reader.finish();
  if (problems_.size() == before) add(std::move(rule), value, std::move(members));
}

bool RuleReader::read_kind(json::Value value, Rule& rule) {
  std::vector<std::string_view> names;
  for (const Kind kind : kinds) {
    names.push_back(kind_name(kind));
    if (value.text() != names.back()) continue;
    rule.kind = kind;
    return true;
  }
  problems_.add(value, backticked(value.text()) + " is no kind of rule" +
                           CriteriaParts::hint(value.text(), names));
  return false;
}

void RuleReader::read_body(json::ObjectReader& reader, json::Value value, Rule& rule,
                           std::vector<json::Value>& members) {
  switch (rule.kind) {
    case Kind::quota:
      return read_quota(reader, value, rule);
    case Kind::each:
      rule.who = attributes_.listed(reader, value);
      rule.bounds.least =
          reader.any("min") ? parts_.count(reader, "min") : std::optional(std::int64_t{1});
      return;
    case Kind::spread:
      return read_spread(reader, value, rule);
    case Kind::at_most_per:
      if (const auto attribute = parts_.text(reader, "attribute", true)) {
        rule.who.attribute = attributes_.attribute_of(*attribute).value_or(0);
      }
      rule.bounds.most =
          reader.any("max") ? parts_.count(reader, "max") : std::optional(std::int64_t{1});
      return;
    case Kind::must_include:
      members = read_members(reader, value, rule, 1);
      rule.bounds.least = static_cast<std::int64_t>(rule.members.size());
      return;
    case Kind::must_exclude:
      members = read_members(reader, value, rule, 1);
      rule.bounds.most = 0;
      return;
    case Kind::incompatible:
      members = read_members(reader, value, rule, 2);
      rule.bounds.most =
          reader.any("max") ? parts_.count(reader, "max") : std::optional(std::int64_t{1});
      return;
    case Kind::places:
      return read_places(reader, rule);
    case Kind::where:
      parts_.read_bounds(reader, value, rule);
      if (const auto expression = parts_.text(reader, "expression", true)) {
        rule.predicate = predicates_.compile(*expression, problems_);
      }
      return;
    case Kind::size:
      return;  // no rule of a document has this kind
  }
}

void RuleReader::read_quota(json::ObjectReader& reader, json::Value value, Rule& rule) {
  rule.who = attributes_.selection(reader, value, true);
  parts_.read_bounds(reader, value, rule);
  if (const auto within = reader.object("within")) {
    json::ObjectReader inner(*within, problems_);
    rule.within = attributes_.selection(inner, *within, true);
    inner.finish();
  }
  if (const auto counting = parts_.text(reader, "counting", false);
      counting && counting->text() != "overlap") {
    problems_.add(*counting, "expected `overlap`, not " + backticked(counting->text()) +
                                 "; counting by assignment is a rule of kind `places`");
  }
}

void RuleReader::read_spread(json::ObjectReader& reader, json::Value value, Rule& rule) {
  rule.who = attributes_.listed(reader, value);
  rule.bounds.least = parts_.count(reader, "min");
  const auto object = reader.object("share");
  if (object) {
    json::ObjectReader shares(*object, problems_);
    rule.bounds.share_least = parts_.share(shares, "min");
    shares.finish();
    if (!shares.any("min")) problems_.add(*object, "expected min");
  }
  if (!object && !reader.any("min")) problems_.add(value, "a spread needs min or share");
  const auto values = static_cast<std::int64_t>(rule.who.values.size());
  if (values > 0 && rule.bounds.least.value_or(0) > values) {
    problems_.add(value, "min " + std::to_string(*rule.bounds.least) + " is above the " +
                             std::to_string(values) + " values that there are");
  }
}

void RuleReader::read_places(json::ObjectReader& reader, Rule& rule) {
  if (const auto fill = parts_.text(reader, "fill", false)) {
    rule.exactly_one = fill->text() == "exactly one";
    if (!rule.exactly_one && fill->text() != "at most one") {
      problems_.add(*fill,
                    "expected `at most one` or `exactly one`, not " + backticked(fill->text()));
    }
  }
  const auto places = reader.array("places", true);
  if (!places) return;
  if (places->size() == 0 || places->size() > most_places) {
    problems_.add(*places, "expected 1 to " + std::to_string(most_places) + " places");
    return;
  }
  for (const json::Value value : *places) {
    if (problems_.full()) return;
    json::ObjectReader inner(value, problems_);
    if (!inner.ok()) continue;
    PlaceRule& place = rule.places.emplace_back();
    place.id = parts_.name(inner, "id", true);
    if (const auto id = inner.any("id"); id && !place.id.empty()) {
      take_row_id(*id, rule.id + "/" + place.id);
    }
    place.label = parts_.label(inner, "label");
    place.who = attributes_.selection(inner, value, true);
    place.least = inner.any("min") ? parts_.count(inner, "min").value_or(1) : 1;
    place.most = parts_.count(inner, "max");
    parts_.demand_order(value, {place.least, place.most, {}, {}, {}, {}});
    inner.finish();
  }
}

std::vector<json::Value> RuleReader::read_members(json::ObjectReader& reader, json::Value value,
                                                  Rule& rule, std::size_t least) {
  std::vector<json::Value> sources_of_members;
  const auto members = reader.array("members", true);
  if (!members) return sources_of_members;
  std::unordered_set<std::string> seen;
  for (const json::Value member : *members) {
    if (problems_.full()) break;
    std::string id = parts_.name_of(member);
    if (id.empty()) continue;
    if (!seen.insert(id).second) problems_.add(member, backticked(id) + " is listed twice");
    rule.members.push_back(std::move(id));
    sources_of_members.push_back(member);
  }
  if (members->size() < least) {
    problems_.add(value, "expected at least " + std::to_string(least) +
                             (least == 1 ? " member" : " members"));
  }
  return sources_of_members;
}

void RuleReader::take_row_id(json::Value where, const std::string& id) {
  if (id == "size") {
    problems_.add(where, "`size` is the criterion of the committee's size");
  } else if (!row_ids_.insert(id).second) {
    problems_.add(where, "two criteria are " + backticked(id));
  }
}

void RuleReader::add(Rule rule, json::Value value, std::vector<json::Value> members) {
  const auto index = static_cast<std::uint32_t>(criteria_.rules.size());
  if (rule.kind == Kind::places) {
    for (std::size_t p = 0; p < rule.places.size(); ++p) {
      criteria_.rows.push_back({index, static_cast<std::int32_t>(p)});
    }
  } else {
    criteria_.rows.push_back({index, -1});
  }
  criteria_.rules.push_back(std::move(rule));
  sources_.push_back({value, std::move(members)});
}

}  // namespace partnership
