// SPDX-License-Identifier: Apache-2.0
//
// Small random criteria and nominees, of every kind of rule, for oracles.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "committee/committee_tools.hpp"
#include "committee/naive_check.hpp"

namespace partnership::test {

struct Instance {
  std::vector<naive::Attribute> attributes;
  bool declared = true;
  std::vector<std::string> closed;  // attributes whose values are declared
  std::vector<naive::Rule> rules;
  std::vector<naive::Member> members;
};

inline std::string quote(const std::string& text) {
  return "\"" + text + "\"";
}

inline std::string list(const naive::Values& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "[" : ", ") + quote(value);
  return out.empty() ? "[]" : out + "]";
}

inline std::string share(const std::optional<naive::Share>& min,
                         const std::optional<naive::Share>& max) {
  std::string out;
  const auto add = [&](const char* name, const std::optional<naive::Share>& share) {
    if (!share) return;
    out += (out.empty() ? "" : ", ") + quote(name) + ": " +
           quote(std::to_string(share->num) + "/" + std::to_string(share->den));
  };
  add("min", min);
  add("max", max);
  return out.empty() ? "" : ", \"share\": {" + out + "}";
}

inline std::string bounds(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
  std::string out;
  if (min) out += ", \"min\": " + std::to_string(*min);
  if (max) out += ", \"max\": " + std::to_string(*max);
  return out;
}

// value and values mean the same; both spellings are written.
inline std::string selection(const std::string& attribute, const naive::Values& values) {
  std::string out = "\"attribute\": " + quote(attribute);
  if (values.size() == 1) return out + ", \"value\": " + quote(*values.begin());
  return out + ", \"values\": " + list(values);
}

// Quotes inside are written for JSON.
inline std::string expression(const naive::Rule& rule, bool multiple) {
  std::string any;
  for (const std::string& value : rule.values) {
    any += (any.empty() ? "" : " or ") + (multiple ? std::string("v") : rule.attribute) +
           " = \\\"" + value + "\\\"";
  }
  if (multiple) any = "some v in " + rule.attribute + " satisfies " + any;
  return rule.negated ? "not(" + any + ")" : any;
}

inline std::string write(const naive::Rule& rule, bool multiple) {
  std::string out = "{\"id\": " + quote(rule.id) + ", \"kind\": " + quote(rule.kind);
  if (rule.kind == "where") out += ", \"expression\": " + quote(expression(rule, multiple));
  if (rule.kind == "quota") out += ", " + selection(rule.attribute, rule.values);
  if (rule.kind == "each" || rule.kind == "spread") {
    out += ", \"attribute\": " + quote(rule.attribute) + ", \"values\": " + list(rule.values);
  }
  if (rule.kind == "at_most_per") out += ", \"attribute\": " + quote(rule.attribute);
  if (!rule.members.empty()) out += ", \"members\": " + list(rule.members);
  out += bounds(rule.min, rule.max) + share(rule.share_min, rule.share_max);
  if (!rule.within_attribute.empty()) {
    out += ", \"within\": {" + selection(rule.within_attribute, rule.within_values) + "}";
  }
  if (rule.kind == "places") {
    out += std::string(", \"fill\": ") +
           (rule.exactly_one ? "\"exactly one\"" : "\"at most one\"") + ", \"places\": [";
    for (const naive::Place& place : rule.places) {
      out += (&place == rule.places.data() ? "" : ", ");
      out += "{\"id\": " + quote(place.id) + ", " + selection(place.attribute, place.values) +
             bounds(place.min, place.max) + "}";
    }
    out += "]";
  }
  return out + "}";
}

inline std::string write(const Instance& instance) {
  std::string attributes;
  for (const naive::Attribute& attribute : instance.attributes) {
    if (!attributes.empty()) attributes += ", ";
    attributes +=
        quote(attribute.name) + ": {\"multiple\": " + (attribute.multiple ? "true" : "false");
    if (std::find(instance.closed.begin(), instance.closed.end(), attribute.name) !=
        instance.closed.end()) {
      std::string values;
      for (const std::string& value : attribute.universe) {
        values += (values.empty() ? "" : ", ") + quote(value) + ": " + quote(value);
      }
      attributes += ", \"values\": {" + values + "}";
    }
    attributes += "}";
  }
  std::string rules;
  for (const naive::Rule& rule : instance.rules) {
    if (rule.kind == "size") continue;
    bool multiple = false;
    for (const naive::Attribute& attribute : instance.attributes) {
      if (attribute.name == rule.attribute) multiple = attribute.multiple;
    }
    rules += (rules.empty() ? "" : ", ") + write(rule, multiple);
  }
  std::string more = instance.declared ? "\"attributes\": {" + attributes + "}, " : "";
  for (const naive::Rule& rule : instance.rules) {
    if (rule.kind != "size") continue;
    more += "\"size\": {" + bounds(rule.min, rule.max).substr(2) + "}, ";
  }
  return document(rules, more);
}

// As a table with cells joined by ";", or as plain structures.
inline std::shared_ptr<const Nominees> nominees_of(const Instance& instance, bool as_table) {
  if (!as_table) {
    std::vector<Nominee> list;
    for (const naive::Member& member : instance.members) {
      Nominee& nominee = list.emplace_back();
      nominee.id = member.id;
      for (const auto& [name, values] : member.facts) {
        auto& fact = nominee.attributes[name];
        if (values) fact.emplace(values->begin(), values->end());
      }
    }
    return Nominees::of(list);
  }
  TableBuilder table;
  table.add("id", ColumnType::text);
  for (const naive::Attribute& attribute : instance.attributes) {
    table.add(attribute.name, ColumnType::text);
  }
  for (const naive::Member& member : instance.members) {
    table.text(0, member.id);
    for (std::size_t a = 0; a < instance.attributes.size(); ++a) {
      const auto& values = member.facts.at(instance.attributes[a].name);
      std::string joined;
      if (values) {
        for (const std::string& value : *values) joined += (joined.empty() ? "" : "; ") + value;
      }
      table.text_or_null(static_cast<std::int32_t>(a) + 1,
                         values ? std::optional<std::string_view>(joined) : std::nullopt);
    }
  }
  return Nominees::of(table.finish());
}

class Maker {
 public:
  // `most` nominees, of whom at most `unknown` facts are not known.
  explicit Maker(std::uint32_t seed, int most = 5, int unknown = 3)
      : random_(seed), most_(most), unknown_(unknown) {}

  Instance make() {
    Instance instance;
    instance.declared = below(3) != 0;
    add_attribute(instance, "a", {"x", "y", "z"}, false);
    add_attribute(instance, "b", {"p", "q"}, true);
    add_attribute(instance, "c", {"u", "v"}, below(2) == 0);
    const int members = below(most_ + 1);
    int unknown = below(3) == 0 ? 0 : unknown_;
    for (int m = 0; m < members; ++m) {
      naive::Member& member = instance.members.emplace_back();
      member.id = "m" + std::to_string(m);
      for (const naive::Attribute& attribute : instance.attributes) {
        auto& fact = member.facts[attribute.name];
        if (unknown > 0 && below(5) == 0) {
          --unknown;
        } else {
          fact = some(attribute, attribute.multiple ? 2 : 1);
        }
      }
    }
    const int rules = 1 + below(4);
    for (int r = 0; r < rules; ++r) instance.rules.push_back(rule(instance, r));
    return instance;
  }

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

 private:
  void add_attribute(Instance& instance, const std::string& name, naive::Values values,
                     bool multiple) {
    naive::Attribute attribute{name, multiple || !instance.declared, std::move(values)};
    if (instance.declared && below(2) == 0) {
      instance.closed.push_back(name);
    } else {
      // Anything may occur: one or two values that nobody speaks of stand for all of them.
      attribute.universe.insert("other");
      if (!attribute.multiple) attribute.universe.insert("another");
    }
    instance.attributes.push_back(std::move(attribute));
  }

  naive::Values some(const naive::Attribute& attribute, int most, int least = 0) {
    naive::Values out;
    const std::vector<std::string> all(attribute.universe.begin(), attribute.universe.end());
    const int wanted = least + below(most - least + 1);
    while (static_cast<int>(out.size()) < wanted) {
      out.insert(all[static_cast<std::size_t>(below(static_cast<int>(all.size())))]);
    }
    return out;
  }

  const naive::Attribute& any(const Instance& instance) {
    return instance.attributes[static_cast<std::size_t>(below(3))];
  }

  naive::Values members() {
    naive::Values out;
    const int n = 2 + below(2);
    while (static_cast<int>(out.size()) < n) out.insert("m" + std::to_string(below(7)));
    return out;
  }

  void some_bounds(naive::Rule& rule) {
    if (below(2) == 0) rule.min = below(4);
    if (below(2) == 0) rule.max = rule.min.value_or(0) + below(3);
  }

  naive::Share share() {
    const std::int64_t den = 1 + below(5);
    return {static_cast<std::int64_t>(below(static_cast<int>(den) + 1)), den};
  }

  naive::Rule rule(const Instance& instance, int index) {
    static const char* const kinds[] = {
        "quota",        "quota",        "quota",  "each",   "spread", "at_most_per", "must_include",
        "must_exclude", "incompatible", "places", "places", "size",   "where"};
    naive::Rule rule;
    rule.id = "r" + std::to_string(index);
    rule.kind = kinds[below(13)];
    if (rule.kind == "where" && !instance.declared) rule.kind = "quota";
    const naive::Attribute& attribute = any(instance);
    rule.attribute = attribute.name;
    if (rule.kind == "size" && index > 0) rule.kind = "quota";
    if (rule.kind == "size") {
      rule.id = "size";
      rule.min = below(4);
      rule.max = 4 + below(2);
    } else if (rule.kind == "quota" || rule.kind == "where") {
      rule.values = some(attribute, 2, 1);
      some_bounds(rule);
      if (below(2) == 0) rule.share_min = share();
      if (below(2) == 0) rule.share_max = share();
      if (rule.share_min && rule.share_max &&
          rule.share_min->num * rule.share_max->den > rule.share_max->num * rule.share_min->den) {
        std::swap(rule.share_min, rule.share_max);
      }
      if (!rule.min && !rule.max && !rule.share_min && !rule.share_max) rule.min = 1;
      rule.negated = rule.kind == "where" && below(2) == 0;
      if (rule.kind == "quota" && below(2) == 0) {
        const naive::Attribute& group = any(instance);
        rule.within_attribute = group.name;
        rule.within_values = some(group, 2, 1);
      }
    } else if (rule.kind == "each") {
      rule.values = some(attribute, 2, 1);
      if (below(2) == 0) rule.min = below(3);
    } else if (rule.kind == "spread") {
      rule.values = some(attribute, static_cast<int>(attribute.universe.size()), 1);
      if (below(2) == 0) rule.min = below(static_cast<int>(rule.values.size()) + 1);
      if (!rule.min || below(2) == 0) rule.share_min = share();
    } else if (rule.kind == "at_most_per") {
      if (below(2) == 0) rule.max = below(3);
    } else if (rule.kind == "places") {
      make_places(instance, rule);
    } else {
      rule.members = members();
      if (rule.kind == "incompatible" && below(2) == 0) rule.max = below(3);
    }
    return rule;
  }

  void make_places(const Instance& instance, naive::Rule& rule) {
    rule.attribute.clear();
    rule.exactly_one = below(2) == 0;
    const int places = 1 + below(4);
    for (int p = 0; p < places; ++p) {
      naive::Place& place = rule.places.emplace_back();
      const naive::Attribute& attribute = any(instance);
      place.id = "p" + std::to_string(p);
      place.attribute = attribute.name;
      place.values = some(attribute, 2, 1);
      place.min = below(3);
      if (below(2) == 0) place.max = place.min + below(2);
    }
  }

  std::mt19937 random_;
  int most_, unknown_;
};

}  // namespace partnership::test
