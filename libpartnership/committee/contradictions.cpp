// SPDX-License-Identifier: Apache-2.0
#include "committee/contradictions.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.hpp"

namespace partnership {
namespace {

// The most members the committee can have.
std::int64_t largest_size(const Criteria& criteria) {
  if (criteria.rules.empty() || criteria.rules.front().kind != Kind::size) return most_count;
  return criteria.rules.front().bounds.most.value_or(most_count);
}

// The members that a rule needs at the least, whoever they are; 0 when it cannot be said.
std::int64_t members_needed(const Criteria& criteria, const Rule& rule) {
  const bool by_value = rule.kind == Kind::each || rule.kind == Kind::spread;
  const bool one_value = by_value && !criteria.attributes[rule.who.attribute].multiple;
  const auto values = static_cast<std::int64_t>(rule.who.values.size());
  switch (rule.kind) {
    case Kind::quota:
    case Kind::where:
      return rule.bounds.least.value_or(0);
    case Kind::each:
      return rule.bounds.least.value_or(0) * (one_value ? values : 1);
    case Kind::spread:
      if (!one_value) return 0;
      return std::max(rule.bounds.least.value_or(0),
                      rule.bounds.share_least.value_or(Fraction()).ceil_of(values));
    case Kind::must_include:
      return static_cast<std::int64_t>(rule.members.size());
    case Kind::places: {
      std::int64_t sum = 0;
      for (const PlaceRule& place : rule.places) sum += place.least;
      return sum;
    }
    case Kind::size:
    case Kind::at_most_per:
    case Kind::must_exclude:
    case Kind::incompatible:
      break;
  }
  return 0;
}

// Goes through the days on which a rule about named members begins or ends, and keeps what is in
// force, so that each list is read twice whatever the dates are.
class Sweep {
 public:
  Sweep(const Criteria& criteria, std::span<const RuleSource> sources, json::Problems& problems)
      : criteria_(criteria),
        sources_(sources),
        problems_(problems),
        state_(criteria.rules.size()) {}

  void run() {
    struct Event {
      Date day;  // date_none: since ever
      bool begins;
      std::uint32_t rule;
    };
    std::vector<Event> events;
    for (std::uint32_t r = 0; r < criteria_.rules.size(); ++r) {
      const Rule& rule = criteria_.rules[r];
      if (rule.members.empty()) continue;
      if (rule.kind == Kind::incompatible) {
        for (const std::string& member : rule.members) named_[member].sets.push_back(r);
      }
      events.push_back({rule.from, true, r});
      if (rule.to != date_none) events.push_back({rule.to, false, r});
    }
    // What ends on a day makes room for what begins on it.
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return a.day != b.day ? a.day < b.day : a.begins < b.begins;
    });
    for (std::size_t i = 0; i < events.size(); ++i) {
      change(events[i].rule, events[i].begins);
      if (i + 1 == events.size() || events[i + 1].day != events[i].day) check_sets();
    }
  }

 private:
  struct Named {
    std::vector<std::uint32_t> required;  // rules in force by which the member must sit
    std::vector<std::uint32_t> sets;      // of incompatible members to which it belongs
  };
  struct State {
    bool in_force = false;
    bool reported = false;
    std::int64_t required = 0;  // of a set: its members that must sit now
  };

  void change(std::uint32_t r, bool begins) {
    const Rule& rule = criteria_.rules[r];
    state_[r].in_force = begins;
    touched_.push_back(r);
    for (std::size_t i = 0; i < rule.members.size(); ++i) {
      Named& named = named_[rule.members[i]];
      if (rule.kind == Kind::must_include) require(named, r, begins);
      if (rule.kind == Kind::must_exclude) {
        if (begins) {
          excluded_[rule.members[i]].push_back({r, i});
        } else {
          std::erase_if(excluded_[rule.members[i]],
                        [&](const Exclusion& e) { return e.rule == r; });
        }
      }
      check_exclusion(rule.members[i]);
    }
  }

  void require(Named& named, std::uint32_t r, bool begins) {
    const bool before = !named.required.empty();
    if (begins) {
      named.required.push_back(r);
    } else {
      std::erase(named.required, r);
    }
    const bool after = !named.required.empty();
    if (before == after) return;
    for (const std::uint32_t set : named.sets) {
      state_[set].required += after ? 1 : -1;
      touched_.push_back(set);
    }
  }

  void check_exclusion(const std::string& member) {
    const auto excluded = excluded_.find(member);
    const Named& named = named_[member];
    if (excluded == excluded_.end() || named.required.empty()) return;
    for (Exclusion& exclusion : excluded->second) {
      if (exclusion.reported) continue;
      exclusion.reported = true;
      problems_.add(sources_[exclusion.rule].members[exclusion.member],
                    backticked(member) + " must not sit, but must by " +
                        backticked(criteria_.rules[named.required.front()].id));
    }
  }

  void check_sets() {
    for (const std::uint32_t r : touched_) {
      const Rule& rule = criteria_.rules[r];
      State& state = state_[r];
      if (rule.kind != Kind::incompatible || !state.in_force || state.reported) continue;
      if (state.required <= rule.bounds.most.value_or(1)) continue;
      state.reported = true;
      problems_.add(sources_[r].rule, "at most " + std::to_string(rule.bounds.most.value_or(1)) +
                                          " of these members may sit, but " +
                                          std::to_string(state.required) +
                                          " must by other rules in force on the same day");
    }
    touched_.clear();
  }

  struct Exclusion {
    std::uint32_t rule;
    std::size_t member;
    bool reported = false;
  };

  const Criteria& criteria_;
  std::span<const RuleSource> sources_;
  json::Problems& problems_;
  std::vector<State> state_;
  std::vector<std::uint32_t> touched_;
  std::unordered_map<std::string, Named> named_;
  std::unordered_map<std::string, std::vector<Exclusion>> excluded_;
};

}  // namespace

void find_contradictions(const Criteria& criteria, std::span<const RuleSource> sources,
                         json::Problems& problems) {
  const std::int64_t size = largest_size(criteria);
  for (std::size_t r = 0; r < criteria.rules.size(); ++r) {
    const std::int64_t needed = members_needed(criteria, criteria.rules[r]);
    if (needed > size) {
      problems.add(sources[r].rule, "this needs " + std::to_string(needed) +
                                        " members, but the committee has at most " +
                                        std::to_string(size));
    }
  }
  Sweep(criteria, sources, problems).run();
}

}  // namespace partnership
