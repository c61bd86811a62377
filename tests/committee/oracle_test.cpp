// SPDX-License-Identifier: Apache-2.0
//
// The check against the oracle of naive_check.hpp on thousands of small random instances.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "committee/committee_tools.hpp"
#include "committee/naive_check.hpp"
#include "committee/random_criteria.hpp"

namespace partnership {
namespace {

using namespace test;

struct Seen {
  int met = 0, not_met = 0, undetermined = 0, incomplete = 0, refused = 0, sets = 0;
  void note(const std::string& outcome) {
    (outcome == "met" ? met : outcome == "not met" ? not_met : undetermined) += 1;
  }
};

std::string criterion_outcome(const Table& table, const std::string& criterion) {
  return cell(table, "outcome", row_of(table, criterion));
}

// Of a rule of places: the set of its places with this outcome.
std::set<std::size_t> places_with(const Table& table, const naive::Rule& rule,
                                  const std::string& outcome) {
  std::set<std::size_t> out;
  for (std::size_t p = 0; p < rule.places.size(); ++p) {
    if (criterion_outcome(table, rule.id + "/" + rule.places[p].id) == outcome) out.insert(p);
  }
  return out;
}

std::vector<std::set<std::size_t>> unmet_sets(const Table& unmet, const naive::Rule& rule) {
  std::map<std::string, std::set<std::size_t>> sets;
  for (std::int64_t row = 0; row < unmet.rows(); ++row) {
    for (std::size_t p = 0; p < rule.places.size(); ++p) {
      if (cell(unmet, "criterion", row) == rule.id + "/" + rule.places[p].id) {
        sets[cell(unmet, "set", row)].insert(p);
      }
    }
  }
  std::vector<std::set<std::size_t>> out;
  for (auto& [number, set] : sets) out.push_back(std::move(set));
  return out;
}

class Judge {
 public:
  Judge(const Instance& instance, const Check& answer, Seen& counted)
      : instance_(instance),
        answer_(answer),
        table_(answer.criteria(Language::en)),
        counts_(answer.counts()),
        unmet_(answer.unmet()),
        seen_(counted) {}

  void judge() {
    std::string whole = "met";
    for (const naive::Rule& rule : instance_.rules) {
      const std::string outcome = rule.kind == "places" ? judge_places(rule) : judge_overlap(rule);
      seen_.note(outcome);
      if (outcome == "not met") whole = "not met";
      if (outcome == "undetermined" && whole == "met") whole = "undetermined";
    }
    EXPECT_EQ(outcome_name(answer_.outcome()), whole);
    judge_order();
  }

 private:
  std::string expected(const naive::Rule& rule) const {
    return naive::outcome(instance_.attributes, instance_.members,
                          [&](const auto& members) { return naive::holds(rule, members); });
  }

  std::string judge_overlap(const naive::Rule& rule) {
    const std::string outcome = criterion_outcome(table_, rule.id);
    EXPECT_EQ(outcome, expected(rule)) << rule.id;
    int in_sets = 0;
    for (const std::string& criterion : column(unmet_, "criterion"))
      in_sets += criterion == rule.id;
    EXPECT_EQ(in_sets, outcome == "not met" ? 1 : 0);
    if (rule.kind == "quota" || rule.kind == "where") judge_quota(rule);
    return outcome;
  }

  // Who counts in every completion, and who in some.
  void judge_quota(const naive::Rule& rule) {
    std::map<std::string, std::pair<bool, bool>> expected;  // always, ever
    for (const naive::Member& member : instance_.members) expected[member.id] = {true, false};
    naive::for_each_completion(instance_.attributes, instance_.members, [&](const auto& members) {
      for (const naive::Member& member : members) {
        const bool counts = naive::counted(rule, member);
        expected[member.id].first &= counts;
        expected[member.id].second |= counts;
      }
    });
    std::set<std::string> certain, open;
    for (const auto& [id, found] : expected) {
      if (found.first) certain.insert(id);
      if (!found.first && found.second) open.insert(id);
    }
    std::set<std::string> certain_rows, open_rows;
    for (std::int64_t row = 0; row < counts_.rows(); ++row) {
      if (cell(counts_, "criterion", row) != rule.id) continue;
      const bool sure = cell(counts_, "certain", row) == "true";
      (sure ? certain_rows : open_rows).insert(cell(counts_, "member", row));
    }
    EXPECT_EQ(certain_rows, certain);
    EXPECT_EQ(open_rows, open);
    const std::int64_t row = row_of(table_, rule.id);
    EXPECT_EQ(cell(table_, "count", row), std::to_string(certain.size()));
    EXPECT_EQ(cell(table_, "unknown", row), std::to_string(open.size()));
  }

  bool ever(const naive::Rule& rule, const std::set<std::size_t>& active) const {
    return with(rule, active) != "not met";
  }
  bool always(const naive::Rule& rule, const std::set<std::size_t>& active) const {
    return with(rule, active) == "met";
  }
  std::string with(const naive::Rule& rule, const std::set<std::size_t>& active) const {
    return naive::outcome(instance_.attributes, instance_.members, [&](const auto& members) {
      return naive::places_hold(rule, members, active);
    });
  }

  // The outcome of a rule of places: the worst of its places'.
  std::string judge_places(const naive::Rule& rule) {
    const auto all = naive::all_places(rule);
    const auto unmet = places_with(table_, rule, "not met");
    const auto open = places_with(table_, rule, "undetermined");
    const auto met = places_with(table_, rule, "met");
    EXPECT_EQ(unmet.size() + open.size() + met.size(), all.size());
    const std::string outcome = !unmet.empty() ? "not met" : !open.empty() ? "undetermined" : "met";
    const std::string truth = expected(rule);
    // Not met is exact, met is sound; for "at most one" it is exact, too.
    EXPECT_EQ(outcome == "not met", truth == "not met") << rule.id;
    if (outcome == "met") {
      EXPECT_EQ(truth, "met") << rule.id;
    }
    if (!rule.exactly_one) {
      EXPECT_EQ(outcome, truth) << rule.id;
    }
    if (outcome != truth) ++seen_.incomplete;
    EXPECT_TRUE(always(rule, met)) << "places that are met hold together, whatever is not known";
    judge_sets(rule, unmet);
    judge_seats(rule, outcome);
    return outcome;
  }

  void judge_sets(const naive::Rule& rule, const std::set<std::size_t>& unmet) {
    std::set<std::size_t> covered;
    for (const std::set<std::size_t>& set : unmet_sets(unmet_, rule)) {
      ++seen_.sets;
      EXPECT_FALSE(ever(rule, set)) << "a set of " << rule.id << " is not unmet";
      const std::vector<std::size_t> places(set.begin(), set.end());
      for (std::uint32_t bits = 0; bits + 1 < (1U << places.size()); ++bits) {
        std::set<std::size_t> part;
        for (std::size_t i = 0; i < places.size(); ++i) {
          if (((bits >> i) & 1U) != 0) part.insert(places[i]);
        }
        EXPECT_TRUE(ever(rule, part)) << "a set of " << rule.id << " is not minimal";
      }
      for (const std::size_t place : set) EXPECT_TRUE(covered.insert(place).second);
    }
    EXPECT_EQ(covered, unmet) << "the places that are not met are those of the sets";
    std::set<std::size_t> rest;
    for (const std::size_t place : naive::all_places(rule)) {
      if (covered.count(place) == 0) rest.insert(place);
    }
    EXPECT_TRUE(ever(rule, rest)) << "without the sets the rest holds";
  }

  // Members sit once, where they qualify, within the most; and where all is well, everything is
  // full.
  void judge_seats(const naive::Rule& rule, const std::string& outcome) {
    std::map<std::string, std::set<std::size_t>> seats;
    std::vector<std::int64_t> filled(rule.places.size(), 0);
    for (std::int64_t row = 0; row < counts_.rows(); ++row) {
      for (std::size_t p = 0; p < rule.places.size(); ++p) {
        if (cell(counts_, "criterion", row) != rule.id + "/" + rule.places[p].id) continue;
        if (cell(counts_, "certain", row) == "true") seats[cell(counts_, "member", row)].insert(p);
      }
    }
    for (const naive::Member& member : instance_.members) {
      bool qualifies = false;
      for (const naive::Place& place : rule.places) {
        qualifies = qualifies || naive::has_any(member, place.attribute, place.values);
      }
      const auto& sits = seats[member.id];
      EXPECT_LE(sits.size(), 1U);
      if (outcome == "met" && rule.exactly_one) {
        EXPECT_EQ(sits.size(), qualifies ? 1U : 0U);
      }
      for (const std::size_t p : sits) {
        ++filled[p];
        EXPECT_TRUE(naive::has_any(member, rule.places[p].attribute, rule.places[p].values));
      }
    }
    for (std::size_t p = 0; p < rule.places.size(); ++p) {
      const std::int64_t row = row_of(table_, rule.id + "/" + rule.places[p].id);
      EXPECT_EQ(cell(table_, "count", row), std::to_string(filled[p]));
      if (rule.places[p].max) {
        EXPECT_LE(filled[p], *rule.places[p].max);
      }
      if (outcome == "met") {
        EXPECT_GE(filled[p], rule.places[p].min);
      }
    }
  }

  // A committee is a set: the order in which its members are named changes nothing.
  void judge_order() {
    std::vector<std::string_view> ids;
    for (const naive::Member& member : instance_.members) ids.insert(ids.begin(), member.id);
    const Checker& checker = answer_.checker();
    const Check again = checker.check(checker.nominees()->members(ids), date_none);
    EXPECT_EQ(again.criteria(Language::en), table_);
    EXPECT_EQ(again.counts(), counts_);
    EXPECT_EQ(again.unmet(), unmet_);
  }

  const Instance& instance_;
  const Check& answer_;
  Table table_, counts_, unmet_;
  Seen& seen_;
};

TEST(CheckOracle, AgreesWithTryingEverything) {
  Seen seen;
  Maker maker(20260);
  for (int i = 0; i < 6000; ++i) {
    const Instance instance = maker.make();
    if (naive::completions(instance.attributes, instance.members) > 600) continue;
    const std::string json = write(instance);
    std::shared_ptr<const Criteria> criteria;
    try {
      criteria = load_criteria(json);
    } catch (const Error&) {
      ++seen.refused;  // contradictions, which random rules now and then are
      continue;
    }
    const auto checker = Checker::make(criteria, nominees_of(instance, i % 2 == 0));
    const Check answer = checker->check_all(date_none);
    Judge(instance, answer, seen).judge();
    if (testing::Test::HasFailure()) {
      FAIL() << "instance " << i << ": " << json << "\n"
             << "nominees as in " << (i % 2 == 0 ? "a table" : "structures");
    }
  }
  // The instances are worth something: every outcome is common, and so are sets of places.
  EXPECT_GT(seen.met, 1000);
  EXPECT_GT(seen.not_met, 1000);
  EXPECT_GT(seen.undetermined, 500);
  EXPECT_GT(seen.sets, 300);
  EXPECT_LT(seen.incomplete, seen.met / 20);
  EXPECT_LT(seen.refused, 2000);
  RecordProperty("met", seen.met);
  RecordProperty("not_met", seen.not_met);
  RecordProperty("undetermined", seen.undetermined);
  RecordProperty("incomplete", seen.incomplete);
  RecordProperty("refused", seen.refused);
  RecordProperty("sets", seen.sets);
}

}  // namespace
}  // namespace partnership
