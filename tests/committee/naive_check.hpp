// SPDX-License-Identifier: Apache-2.0
//
// The oracle of the check: small instances, judged by trying everything. Nothing of the library's
// committee room is used here. Facts that are not known are completed in every way, places are
// filled in every way, and sets of places are judged subset by subset.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace naive {

using Values = std::set<std::string>;

struct Attribute {
  std::string name;
  bool multiple = true;
  Values universe;  // everything a fact that is not known may be, beside nothing
};

struct Member {
  std::string id;
  std::map<std::string, std::optional<Values>> facts;
};

struct Share {
  std::int64_t num = 0, den = 1;
};

struct Place {
  std::string id, attribute;
  Values values;
  std::int64_t min = 1;
  std::optional<std::int64_t> max;
};

struct Rule {
  std::string id, kind, attribute;
  Values values;
  std::optional<std::int64_t> min, max;
  std::optional<Share> share_min, share_max;
  std::string within_attribute;  // empty: none
  Values within_values;
  Values members;
  std::vector<Place> places;
  bool exactly_one = false;
  bool negated = false;  // where: those count who have none of the values
};

inline bool has_any(const Member& member, const std::string& attribute, const Values& wanted) {
  const auto at = member.facts.find(attribute);
  if (at == member.facts.end() || !at->second) return false;
  for (const std::string& value : *at->second) {
    if (wanted.count(value) != 0) return true;
  }
  return false;
}

inline bool counted(const Rule& rule, const Member& member) {
  if (rule.kind == "where") return has_any(member, rule.attribute, rule.values) != rule.negated;
  if (!rule.within_attribute.empty() &&
      !has_any(member, rule.within_attribute, rule.within_values)) {
    return false;
  }
  return has_any(member, rule.attribute, rule.values);
}

// Whether the places in `active` (by index) can hold; the others ask nothing and take anyone.
inline bool places_hold(const Rule& rule, const std::vector<Member>& members,
                        const std::set<std::size_t>& active) {
  std::vector<std::int64_t> filled(rule.places.size(), 0);
  const std::function<bool(std::size_t)> go = [&](std::size_t m) {
    if (m == members.size()) {
      for (const std::size_t p : active) {
        const Place& place = rule.places[p];
        if (filled[p] < place.min || (place.max && filled[p] > *place.max)) return false;
      }
      return true;
    }
    bool qualifies = false;
    for (std::size_t p = 0; p < rule.places.size(); ++p) {
      if (!has_any(members[m], rule.places[p].attribute, rule.places[p].values)) continue;
      qualifies = true;
      ++filled[p];
      const bool good = go(m + 1);
      --filled[p];
      if (good) return true;
    }
    return (!qualifies || !rule.exactly_one) && go(m + 1);
  };
  return go(0);
}

inline std::set<std::size_t> all_places(const Rule& rule) {
  std::set<std::size_t> all;
  for (std::size_t p = 0; p < rule.places.size(); ++p) all.insert(p);
  return all;
}

// One rule, all facts known.
inline bool holds(const Rule& rule, const std::vector<Member>& members) {
  const auto n = static_cast<std::int64_t>(members.size());
  if (rule.kind == "size") return (!rule.min || n >= *rule.min) && (!rule.max || n <= *rule.max);
  if (rule.kind == "quota" || rule.kind == "where") {
    std::int64_t count = 0, total = 0;
    for (const Member& member : members) {
      if (counted(rule, member)) ++count;
      if (rule.within_attribute.empty() ||
          has_any(member, rule.within_attribute, rule.within_values)) {
        ++total;
      }
    }
    return (!rule.min || count >= *rule.min) && (!rule.max || count <= *rule.max) &&
           (!rule.share_min || count * rule.share_min->den >= rule.share_min->num * total) &&
           (!rule.share_max || count * rule.share_max->den <= rule.share_max->num * total);
  }
  if (rule.kind == "each" || rule.kind == "spread") {
    std::int64_t enough = 0;
    for (const std::string& value : rule.values) {
      std::int64_t count = 0;
      for (const Member& member : members)
        count += has_any(member, rule.attribute, {value}) ? 1 : 0;
      if (count >= (rule.kind == "each" ? rule.min.value_or(1) : 1)) ++enough;
    }
    const auto values = static_cast<std::int64_t>(rule.values.size());
    if (rule.kind == "each") return enough == values;
    return enough >= rule.min.value_or(0) &&
           (!rule.share_min || enough * rule.share_min->den >= rule.share_min->num * values);
  }
  if (rule.kind == "at_most_per") {
    std::map<std::string, std::int64_t> counts;
    for (const Member& member : members) {
      const auto at = member.facts.find(rule.attribute);
      if (at == member.facts.end() || !at->second) continue;
      for (const std::string& value : *at->second) {
        if (++counts[value] > rule.max.value_or(1)) return false;
      }
    }
    return true;
  }
  if (rule.kind == "places") return places_hold(rule, members, all_places(rule));
  std::int64_t sitting = 0;
  for (const Member& member : members)
    sitting += static_cast<std::int64_t>(rule.members.count(member.id));
  if (rule.kind == "must_include") return sitting == static_cast<std::int64_t>(rule.members.size());
  if (rule.kind == "must_exclude") return sitting == 0;
  return sitting <= rule.max.value_or(1);  // incompatible
}

// What a fact that is not known may be.
inline std::vector<Values> possibilities(const Attribute& attribute) {
  std::vector<Values> out = {{}};
  if (!attribute.multiple) {
    for (const std::string& value : attribute.universe) out.push_back({value});
    return out;
  }
  for (const std::string& value : attribute.universe) {
    const std::size_t size = out.size();
    for (std::size_t i = 0; i < size; ++i) {
      out.push_back(out[i]);
      out.back().insert(value);
    }
  }
  return out;
}

// How many completions there are.
inline double completions(const std::vector<Attribute>& attributes,
                          const std::vector<Member>& members) {
  double product = 1;
  for (const Member& member : members) {
    for (const Attribute& attribute : attributes) {
      if (!member.facts.at(attribute.name)) {
        product *= static_cast<double>(possibilities(attribute).size());
      }
    }
  }
  return product;
}

// Calls visit(members) for every completion.
inline void for_each_completion(const std::vector<Attribute>& attributes,
                                const std::vector<Member>& members,
                                const std::function<void(const std::vector<Member>&)>& visit) {
  std::vector<Member> current = members;
  std::vector<std::pair<std::size_t, const Attribute*>> open;
  for (std::size_t m = 0; m < members.size(); ++m) {
    for (const Attribute& attribute : attributes) {
      if (!members[m].facts.at(attribute.name)) open.emplace_back(m, &attribute);
    }
  }
  const std::function<void(std::size_t)> go = [&](std::size_t i) {
    if (i == open.size()) return visit(current);
    for (const Values& values : possibilities(*open[i].second)) {
      current[open[i].first].facts[open[i].second->name] = values;
      go(i + 1);
    }
  };
  go(0);
}

// "met", "not met" or "undetermined", over all completions.
inline std::string outcome(const std::vector<Attribute>& attributes,
                           const std::vector<Member>& members,
                           const std::function<bool(const std::vector<Member>&)>& test) {
  bool always = true, ever = false;
  for_each_completion(attributes, members, [&](const std::vector<Member>& complete) {
    const bool good = test(complete);
    always = always && good;
    ever = ever || good;
  });
  return always ? "met" : ever ? "undetermined" : "not met";
}

}  // namespace naive
