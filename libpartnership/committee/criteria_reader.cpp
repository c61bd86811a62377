// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/json.hpp"
#include "base/text.hpp"
#include "committee/contradictions.hpp"
#include "committee/criteria.hpp"
#include "committee/spelling.hpp"
#include "committee/where.hpp"

namespace partnership {
namespace {

constexpr std::size_t most_rules = 1000;
constexpr std::array statuses = {std::string_view("proposed"), std::string_view("agreed"),
                                 std::string_view("example")};
constexpr std::array kinds = {Kind::quota,        Kind::each,         Kind::spread,
                              Kind::at_most_per,  Kind::must_include, Kind::must_exclude,
                              Kind::incompatible, Kind::places,       Kind::where};

std::string hint(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_spelling(word, candidates);
  return nearest.empty() ? std::string() : ", did you mean " + backticked(nearest) + "?";
}

class Reader {
 public:
  explicit Reader(json::Problems& problems) : problems_(problems) { row_ids_.insert("size"); }

  void read(json::Value root) {
    json::ObjectReader reader(root, problems_);
    criteria.id = name(reader, "criteria", true);
    criteria.version = name(reader, "version", true);
    criteria.title = label(reader, "title", true);
    criteria.source = reader.text("source").value_or("");
    if (const auto status = text(reader, "status", false)) {
      criteria.status = status->text();
      if (std::find(statuses.begin(), statuses.end(), status->text()) == statuses.end()) {
        problems_.add(*status, "expected `proposed`, `agreed` or `example`, not " +
                                   backticked(status->text()) + hint(status->text(), statuses));
      }
    }
    if (const auto attributes = reader.object("attributes")) {
      read_attributes(*attributes);
      predicates_.declare(criteria.attributes);
    }
    if (const auto size = reader.any("size")) read_size(*size);
    if (const auto rules = reader.array("rules", true)) read_rules(*rules);
    reader.finish();
  }

  Criteria criteria;
  std::vector<RuleSource> sources;

 private:
  bool full() const noexcept { return problems_.full(); }

  // ---- pieces

  // A text with its place.
  std::optional<json::Value> text(json::ObjectReader& reader, std::string_view key, bool required) {
    if (!reader.text(key, required)) return std::nullopt;
    return reader.any(key);
  }

  std::string name_of(json::Value value) {
    if (!value.is(json::Type::string)) {
      problems_.add(value, "expected a text");
      return {};
    }
    std::string name = spelling(value.text());
    if (name.empty()) problems_.add(value, "expected a text that is not blank");
    return name;
  }

  std::string name(json::ObjectReader& reader, std::string_view key, bool required) {
    const auto value = text(reader, key, required);
    return value ? name_of(*value) : std::string();
  }

  LangMap label(json::ObjectReader& reader, std::string_view key, bool required = false) {
    const auto value = reader.any(key, required);
    return value ? LangMap::read(*value, problems_) : LangMap();
  }

  std::optional<std::int64_t> count_of(json::Value value) {
    if (value.is(json::Type::integer) && value.integer() >= 0 && value.integer() <= most_count) {
      return value.integer();
    }
    problems_.add(value, "expected a count from 0 to " + std::to_string(most_count));
    return std::nullopt;
  }

  std::optional<std::int64_t> count(json::ObjectReader& reader, std::string_view key) {
    const auto value = reader.any(key);
    return value ? count_of(*value) : std::nullopt;
  }

  std::optional<Fraction> fraction(json::ObjectReader& reader, std::string_view key) {
    const auto value = text(reader, key, false);
    if (!value) return std::nullopt;
    const auto fraction = Fraction::parse(value->text());
    if (fraction && value->text().front() != '-' && *fraction <= Fraction{1, 1}) return fraction;
    problems_.add(*value,
                  "expected a share from 0 to 1 such as `2/5`, not " + backticked(value->text()));
    return std::nullopt;
  }

  Date date(json::ObjectReader& reader, std::string_view key) {
    const auto value = text(reader, key, false);
    if (!value) return date_none;
    try {
      return parse_date(value->text());
    } catch (const Error& error) {
      problems_.add(*value, error.problems().front().message);
      return date_none;
    }
  }

  void ordered(json::Value where, const Bounds& bounds) {
    if (bounds.least && bounds.most && *bounds.least > *bounds.most) {
      problems_.add(where, "min " + std::to_string(*bounds.least) + " is above max " +
                               std::to_string(*bounds.most));
    }
    if (bounds.share_least && bounds.share_most && *bounds.share_least > *bounds.share_most) {
      problems_.add(where, "the least share " + backticked(bounds.share_least->text()) +
                               " is above the most, " + backticked(bounds.share_most->text()));
    }
  }

  // min, max and share, at least one of them.
  void read_bounds(json::ObjectReader& reader, json::Value value, Rule& rule) {
    rule.bounds.least = count(reader, "min");
    rule.bounds.most = count(reader, "max");
    bool share = false;
    if (const auto object = reader.object("share")) {
      share = true;
      json::ObjectReader shares(*object, problems_);
      rule.bounds.share_least = fraction(shares, "min");
      rule.bounds.share_most = fraction(shares, "max");
      shares.finish();
      if (object->size() == 0) problems_.add(*object, "expected min, max or both");
    }
    if (!share && !reader.any("min") && !reader.any("max")) {
      problems_.add(
          value, "a " + std::string(rule.kind == Kind::where ? "rule of kind `where`" : "quota") +
                     " needs min, max or share");
    }
    read_flexible(reader, rule.bounds);
    ordered(value, rule.bounds);
  }

  // How far the bounds, which were read before, may be moved.
  void read_flexible(json::ObjectReader& reader, Bounds& bounds) {
    const auto object = reader.object("flexible");
    if (!object) return;
    json::ObjectReader inner(*object, problems_);
    bounds.flexible_least = count(inner, "min");
    bounds.flexible_most = count(inner, "max");
    const auto least = inner.any("min"), most = inner.any("max");
    inner.finish();
    if (object->size() == 0) problems_.add(*object, "expected min, max or both");
    if (least && !reader.any("min")) problems_.add(*least, "there is no min that could be lowered");
    if (most && !reader.any("max")) problems_.add(*most, "there is no max that could be raised");
    if (bounds.flexible_least && bounds.least && *bounds.flexible_least > *bounds.least) {
      problems_.add(*least, "the flexible min " + std::to_string(*bounds.flexible_least) +
                                " is above the min, " + std::to_string(*bounds.least));
    }
    if (bounds.flexible_most && bounds.most && *bounds.flexible_most < *bounds.most) {
      problems_.add(*most, "the flexible max " + std::to_string(*bounds.flexible_most) +
                               " is below the max, " + std::to_string(*bounds.most));
    }
  }

  // ---- attributes and size

  void read_attributes(json::Value attributes) {
    attributes_declared_ = true;
    for (const json::Value declared : attributes) {
      if (full()) return;
      const std::string name = spelling(declared.key());
      if (name.empty()) problems_.add(declared, "the attribute's name is blank");
      const auto [at, fresh] =
          attribute_index_.emplace(name, static_cast<std::uint32_t>(criteria.attributes.size()));
      if (!fresh) {
        problems_.add(declared, "the attribute " + backticked(name) + " is declared twice");
        continue;
      }
      Attribute& attribute = criteria.attributes.emplace_back();
      value_index_.emplace_back();
      attribute.name = name;
      attribute.declared = true;
      json::ObjectReader reader(declared, problems_);
      attribute.label = label(reader, "label");
      attribute.multiple = reader.boolean("multiple").value_or(false);
      if (const auto values = reader.object("values")) read_values(*values, attribute);
      reader.finish();
    }
  }

  void read_values(json::Value values, Attribute& attribute) {
    attribute.closed = true;
    if (values.size() == 0) problems_.add(values, "expected at least one value");
    for (const json::Value declared : values) {
      if (full()) return;
      const std::string text = spelling(declared.key());
      if (text.empty()) problems_.add(declared, "the value is blank");
      const auto [at, fresh] =
          value_index_.back().emplace(text, static_cast<std::uint32_t>(attribute.values.size()));
      if (!fresh) {
        problems_.add(declared, "the value " + backticked(text) + " is declared twice");
      } else {
        attribute.values.push_back({text, LangMap::read(declared, problems_)});
      }
    }
  }

  void read_size(json::Value size) {
    const std::size_t before = problems_.size();
    Rule rule;
    rule.id = "size";
    if (size.is(json::Type::object)) {
      json::ObjectReader reader(size, problems_);
      rule.bounds.least = count(reader, "min");
      rule.bounds.most = count(reader, "max");
      read_flexible(reader, rule.bounds);
      reader.finish();
      if (!rule.bounds.least && !rule.bounds.most && problems_.size() == before) {
        problems_.add(size, "expected min, max or both");
      }
      ordered(size, rule.bounds);
    } else {
      rule.bounds.least = rule.bounds.most = count_of(size);
    }
    add(std::move(rule), size, {});
  }

  // ---- rules

  void read_rules(json::Value rules) {
    if (rules.size() > most_rules) {
      problems_.add(rules, "expected at most " + std::to_string(most_rules) + " rules");
      return;
    }
    for (const json::Value rule : rules) {
      if (full()) return;
      read_rule(rule);
    }
  }

  void read_rule(json::Value value) {
    const std::size_t before = problems_.size();
    json::ObjectReader reader(value, problems_);
    if (!reader.ok()) return;
    Rule rule;
    rule.id = name(reader, "id", true);
    if (const auto id = reader.any("id"); id && !rule.id.empty()) take_row_id(*id, rule.id);
    rule.label = label(reader, "label");
    rule.source = reader.text("source").value_or("");
    rule.from = date(reader, "from");
    rule.to = date(reader, "to");
    if (rule.from != date_none && rule.to != date_none && rule.to <= rule.from) {
      problems_.add(value, "this ends on or before the day on which it begins");
    }
    const auto kind = text(reader, "kind", true);
    if (!kind || !read_kind(*kind, rule)) return;
    std::vector<json::Value> members;
    read_body(reader, value, rule, members);
    reader.finish();
    if (problems_.size() == before) add(std::move(rule), value, std::move(members));
  }

  bool read_kind(json::Value value, Rule& rule) {
    std::vector<std::string_view> names;
    for (const Kind kind : kinds) {
      names.push_back(kind_name(kind));
      if (value.text() != names.back()) continue;
      rule.kind = kind;
      return true;
    }
    problems_.add(value,
                  backticked(value.text()) + " is no kind of rule" + hint(value.text(), names));
    return false;
  }

  void read_body(json::ObjectReader& reader, json::Value value, Rule& rule,
                 std::vector<json::Value>& members) {
    switch (rule.kind) {
      case Kind::quota:
        return read_quota(reader, value, rule);
      case Kind::each:
        read_listed(reader, value, rule);
        rule.bounds.least =
            reader.any("min") ? count(reader, "min") : std::optional(std::int64_t{1});
        return;
      case Kind::spread:
        return read_spread(reader, value, rule);
      case Kind::at_most_per:
        if (const auto attribute = text(reader, "attribute", true)) {
          rule.who.attribute = attribute_of(*attribute).value_or(0);
        }
        rule.bounds.most =
            reader.any("max") ? count(reader, "max") : std::optional(std::int64_t{1});
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
            reader.any("max") ? count(reader, "max") : std::optional(std::int64_t{1});
        return;
      case Kind::places:
        return read_places(reader, rule);
      case Kind::where:
        read_bounds(reader, value, rule);
        if (const auto expression = text(reader, "expression", true)) {
          rule.predicate = predicates_.compile(*expression, problems_);
        }
        return;
      case Kind::size:
        return;  // no rule of a document has this kind
    }
  }

  void read_quota(json::ObjectReader& reader, json::Value value, Rule& rule) {
    rule.who = selection(reader, value, true);
    read_bounds(reader, value, rule);
    if (const auto within = reader.object("within")) {
      json::ObjectReader inner(*within, problems_);
      rule.within = selection(inner, *within, true);
      inner.finish();
    }
    if (const auto counting = text(reader, "counting", false);
        counting && counting->text() != "overlap") {
      problems_.add(*counting, "expected `overlap`, not " + backticked(counting->text()) +
                                   "; counting by assignment is a rule of kind `places`");
    }
  }

  void read_spread(json::ObjectReader& reader, json::Value value, Rule& rule) {
    read_listed(reader, value, rule);
    rule.bounds.least = count(reader, "min");
    const auto object = reader.object("share");
    if (object) {
      json::ObjectReader shares(*object, problems_);
      rule.bounds.share_least = fraction(shares, "min");
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

  void read_places(json::ObjectReader& reader, Rule& rule) {
    if (const auto fill = text(reader, "fill", false)) {
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
      if (full()) return;
      json::ObjectReader inner(value, problems_);
      if (!inner.ok()) continue;
      PlaceRule& place = rule.places.emplace_back();
      place.id = name(inner, "id", true);
      if (const auto id = inner.any("id"); id && !place.id.empty()) {
        take_row_id(*id, rule.id + "/" + place.id);
      }
      place.label = label(inner, "label");
      place.who = selection(inner, value, true);
      place.least = inner.any("min") ? count(inner, "min").value_or(1) : 1;
      place.most = count(inner, "max");
      ordered(value, {place.least, place.most, {}, {}, {}, {}});
      inner.finish();
    }
  }

  std::vector<json::Value> read_members(json::ObjectReader& reader, json::Value value, Rule& rule,
                                        std::size_t least) {
    std::vector<json::Value> sources_of_members;
    const auto members = reader.array("members", true);
    if (!members) return sources_of_members;
    std::unordered_set<std::string> seen;
    for (const json::Value member : *members) {
      if (full()) break;
      std::string id = name_of(member);
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

  // ---- what rules speak of

  // `values` where they are listed, else those that the attribute declares.
  void read_listed(json::ObjectReader& reader, json::Value value, Rule& rule) {
    const std::size_t before = problems_.size();
    rule.who = selection(reader, value, false);
    if (!rule.who.values.empty() || problems_.size() != before) return;
    const Attribute& attribute = criteria.attributes[rule.who.attribute];
    if (!attribute.closed) {
      problems_.add(value, "this needs values: the attribute " + backticked(attribute.name) +
                               " declares none");
      return;
    }
    for (std::uint32_t v = 0; v < attribute.values.size(); ++v) rule.who.values.push_back(v);
  }

  // attribute with value or values; `required`: one of the two must be there. Without `required`
  // only `values` is known.
  Selection selection(json::ObjectReader& reader, json::Value where, bool required) {
    Selection found;
    const auto name = text(reader, "attribute", true);
    const auto one = required ? text(reader, "value", false) : std::nullopt;
    const auto several = reader.array("values");
    if (required && !reader.any("value") && !reader.any("values")) {
      problems_.add(where, "expected value or values");
    }
    if (one && several) problems_.add(where, "expected value or values, not both");
    if (several && several->size() == 0) problems_.add(*several, "expected at least one value");
    const auto attribute = name ? attribute_of(*name) : std::nullopt;
    if (!attribute) return found;
    found.attribute = *attribute;
    listed_.clear();
    if (one) add_value(found, *one);
    if (several) {
      for (const json::Value value : *several) {
        if (full()) break;
        add_value(found, value);
      }
    }
    return found;
  }

  std::optional<std::uint32_t> attribute_of(json::Value value) {
    const std::string name = name_of(value);
    if (name.empty()) return std::nullopt;
    if (const auto at = attribute_index_.find(name); at != attribute_index_.end()) {
      return at->second;
    }
    if (attributes_declared_) {
      std::vector<std::string_view> names;
      for (const Attribute& attribute : criteria.attributes) names.push_back(attribute.name);
      problems_.add(value, "the attribute " + backticked(name) + " is not among those declared" +
                               hint(name, names));
      return std::nullopt;
    }
    const auto index = static_cast<std::uint32_t>(criteria.attributes.size());
    criteria.attributes.emplace_back().name = name;
    value_index_.emplace_back();
    attribute_index_.emplace(name, index);
    return index;
  }

  void add_value(Selection& selection, json::Value value) {
    const std::string text = name_of(value);
    if (text.empty()) return;
    Attribute& attribute = criteria.attributes[selection.attribute];
    auto& index = value_index_[selection.attribute];
    auto at = index.find(text);
    if (at == index.end() && attribute.closed) {
      std::vector<std::string_view> texts;
      for (const Attribute::Value& known : attribute.values) texts.push_back(known.text);
      problems_.add(value, backticked(text) + " is not among the values of " +
                               backticked(attribute.name) + hint(text, texts));
      return;
    }
    if (at == index.end()) {
      at = index.emplace(text, static_cast<std::uint32_t>(attribute.values.size())).first;
      attribute.values.push_back({text, {}});
    }
    if (!listed_.insert(at->second).second) {
      problems_.add(value, backticked(text) + " is listed twice");
      return;
    }
    selection.values.push_back(at->second);
  }

  void take_row_id(json::Value where, const std::string& id) {
    if (id == "size") {
      problems_.add(where, "`size` is the criterion of the committee's size");
    } else if (!row_ids_.insert(id).second) {
      problems_.add(where, "two criteria are " + backticked(id));
    }
  }

  void add(Rule rule, json::Value value, std::vector<json::Value> members) {
    const auto index = static_cast<std::uint32_t>(criteria.rules.size());
    if (rule.kind == Kind::places) {
      for (std::size_t p = 0; p < rule.places.size(); ++p) {
        criteria.rows.push_back({index, static_cast<std::int32_t>(p)});
      }
    } else {
      criteria.rows.push_back({index, -1});
    }
    criteria.rules.push_back(std::move(rule));
    sources.push_back({value, std::move(members)});
  }

  json::Problems& problems_;
  PredicateCompiler predicates_;
  bool attributes_declared_ = false;
  std::unordered_map<std::string, std::uint32_t> attribute_index_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> value_index_;  // an attribute each
  std::unordered_set<std::uint32_t> listed_;  // values of the selection that is being read
  std::unordered_set<std::string> row_ids_;
};

}  // namespace

std::shared_ptr<const Criteria> load_criteria(std::string_view json) {
  const std::unique_ptr<const json::Document> document = json::Document::parse(json);
  json::Problems problems;
  Reader reader(problems);
  reader.read(document->root());
  find_contradictions(reader.criteria, reader.sources, problems);
  problems.raise(Code::invalid_document);
  reader.criteria.hash = sha256(json::canonical(document->root()));
  return std::make_shared<const Criteria>(std::move(reader.criteria));
}

}  // namespace partnership
