// SPDX-License-Identifier: Apache-2.0
//
// Conflicts and relaxations against brute force, on thousands of small random criteria: a conflict
// verifies and is minimal, relaxations cost the least that any committee needs.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "committee/infeasible.hpp"
#include "committee/random_criteria.hpp"
#include "verify/certificate.hpp"

namespace partnership {
namespace {

using namespace test;
using Verdict = verify::CertificateReport::Verdict;

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max() / 4;

std::int64_t lacking(std::int64_t asked, std::int64_t there) {
  return std::max<std::int64_t>(0, asked - there);
}

std::int64_t ceil_of(const naive::Share& share, std::int64_t n) {
  return (share.num * n + share.den - 1) / share.den;
}

// How much the numbers of a rule must move, at the least, for these members to meet it.
std::int64_t cost_of_places(const naive::Rule& rule, const std::vector<naive::Member>& members) {
  std::vector<std::int64_t> filled(rule.places.size(), 0);
  const std::function<std::int64_t(std::size_t)> go = [&](std::size_t m) {
    std::int64_t least = never;
    if (m == members.size()) {
      least = 0;
      for (std::size_t p = 0; p < filled.size(); ++p) {
        least += lacking(rule.places[p].min, filled[p]);
        if (rule.exactly_one && rule.places[p].max)
          least += lacking(filled[p], *rule.places[p].max);
      }
      return least;
    }
    bool qualifies = false;
    for (std::size_t p = 0; p < filled.size(); ++p) {
      if (!naive::has_any(members[m], rule.places[p].attribute, rule.places[p].values)) continue;
      qualifies = true;
      ++filled[p];
      least = std::min(least, go(m + 1));
      --filled[p];
    }
    if (!qualifies || !rule.exactly_one) least = std::min(least, go(m + 1));
    return least;
  };
  return go(0);
}

std::int64_t cost_of_values(const naive::Rule& rule, const std::vector<naive::Member>& members) {
  std::map<std::string, std::int64_t> counts;
  for (const naive::Member& member : members) {
    for (const std::string& value : *member.facts.at(rule.attribute)) ++counts[value];
  }
  std::int64_t cost = 0, present = 0;
  if (rule.kind == "at_most_per") {
    for (const auto& [value, count] : counts) {
      cost = std::max(cost, lacking(count, rule.max.value_or(1)));
    }
    return cost;
  }
  for (const std::string& value : rule.values) {
    present += counts[value] > 0 ? 1 : 0;
    cost = std::max(cost, lacking(rule.min.value_or(1), counts[value]));
  }
  if (rule.kind == "each") return cost;
  std::int64_t asked = rule.min.value_or(0);
  const auto values = static_cast<std::int64_t>(rule.values.size());
  if (rule.share_min) asked = std::max(asked, ceil_of(*rule.share_min, values));
  return lacking(asked, present);
}

std::int64_t cost_of_quota(const naive::Rule& rule, const std::vector<naive::Member>& members) {
  std::int64_t count = 0, total = 0;
  for (const naive::Member& member : members) {
    const bool within = rule.within_attribute.empty() ||
                        naive::has_any(member, rule.within_attribute, rule.within_values);
    total += within ? 1 : 0;
    count += naive::counted(rule, member) ? 1 : 0;
  }
  std::int64_t cost = 0;
  if (rule.min) cost += lacking(*rule.min, count);
  if (rule.max) cost += lacking(count, *rule.max);
  if (rule.share_min) cost += lacking(ceil_of(*rule.share_min, total), count);
  if (rule.share_max) cost += lacking(count, rule.share_max->num * total / rule.share_max->den);
  return cost;
}

std::int64_t cost_of(const naive::Rule& rule, const std::vector<naive::Member>& members,
                     Reach reach) {
  const auto n = static_cast<std::int64_t>(members.size());
  if (rule.kind == "places") return cost_of_places(rule, members);
  if (rule.kind == "each" || rule.kind == "spread" || rule.kind == "at_most_per") {
    return cost_of_values(rule, members);
  }
  if (rule.kind == "quota" || rule.kind == "where") return cost_of_quota(rule, members);
  if (rule.kind == "size") {
    if (naive::holds(rule, members)) return 0;
    if (reach < Reach::size) return never;
    return lacking(rule.min.value_or(0), n) + lacking(n, rule.max.value_or(n));
  }
  std::int64_t sitting = 0;
  for (const naive::Member& member : members) {
    sitting += static_cast<std::int64_t>(rule.members.count(member.id));
  }
  if (rule.kind == "incompatible") return lacking(sitting, rule.max.value_or(1));
  if (naive::holds(rule, members)) return 0;
  if (reach < Reach::members) return never;
  return rule.kind == "must_include" ? static_cast<std::int64_t>(rule.members.size()) - sitting
                                     : sitting;
}

std::int64_t least_cost(const Instance& instance, Reach reach) {
  std::int64_t least = never;
  for (std::uint32_t bits = 0; bits < (1U << instance.members.size()); ++bits) {
    std::vector<naive::Member> members;
    for (std::size_t i = 0; i < instance.members.size(); ++i) {
      if (((bits >> i) & 1U) != 0) members.push_back(instance.members[i]);
    }
    std::int64_t cost = 0;
    for (const naive::Rule& rule : instance.rules) {
      cost = std::min(never, cost + cost_of(rule, members, reach));
    }
    least = std::min(least, cost);
  }
  return least;
}

struct Count {
  int feasible = 0, infeasible = 0, several = 0, reaches[4] = {}, alone = 0;
};

void judge(const Instance& instance, const std::string& json,
           const std::shared_ptr<const Checker>& checker, Count& count) {
  const Infeasibility found = explain_infeasible(checker);
  const bool feasible = least_cost(instance, Reach::numbers) == 0;
  ASSERT_EQ(found.status, feasible ? InfeasibleStatus::feasible : InfeasibleStatus::infeasible);
  if (feasible) {
    ++count.feasible;
    ASSERT_EQ(checker->check(found.committee, date_none).outcome(), Outcome::met);
    return;
  }
  ++count.infeasible;
  std::vector<std::string> ids;
  for (const naive::Member& member : instance.members) ids.push_back(member.id);
  const auto report = verify::verify_certificate(
      conflict_certificate(found.built.model, *found.conflict, {{}, {}, ids}));
  ASSERT_EQ(report.verdict, Verdict::infeasible);
  ASSERT_TRUE(report.minimal);
  count.several += found.conflict->parts.size() > 1 ? 1 : 0;
  for (const ConflictPart& part : found.conflict->parts) {
    // What is asked is out of reach.
    if (part.reach_most) {
      ASSERT_LT(*part.reach_most, *part.asked_least);
    }
    if (part.reach_least) {
      ASSERT_GT(*part.reach_least, *part.asked_most);
    }
  }
  ASSERT_FALSE(found.relaxations.empty());
  const Relaxation& first = found.relaxations.front();
  ASSERT_TRUE(first.cheapest);
  ASSERT_EQ(first.cost, least_cost(instance, first.reach));
  if (first.reach > Reach::numbers) {
    const auto before = static_cast<Reach>(static_cast<int>(first.reach) - 1);
    ASSERT_EQ(least_cost(instance, before), never) << "a smaller reach would do";
  }
  ++count.reaches[static_cast<int>(first.reach)];
  count.alone += static_cast<int>(found.relaxations.size()) - 1;
  for (const Relaxation& relaxation : found.relaxations) {
    const auto changed =
        Checker::make(relaxed(*checker->criteria(), relaxation.changes), checker->nominees());
    ASSERT_EQ(changed->check(relaxation.committee, date_none).outcome(), Outcome::met);
    ASSERT_GE(relaxation.cost, least_cost(instance, Reach::members));
    const auto written = load_criteria(relaxed_document(json, relaxation.changes));
    const auto again = Checker::make(written, checker->nominees());
    ASSERT_EQ(again->check(relaxation.committee, date_none).outcome(), Outcome::met);
  }
}

TEST(InfeasibleOracle, ConflictsAreMinimalAndRelaxationsCheapest) {
  Count count;
  Maker maker(815, 6, 0);
  for (int i = 0; i < 4000; ++i) {
    const Instance instance = maker.make();
    if (instance.members.empty()) continue;
    const std::string json = write(instance);
    std::shared_ptr<const Criteria> criteria;
    try {
      criteria = load_criteria(json);
    } catch (const Error&) {
      continue;  // contradictions
    }
    judge(instance, json, Checker::make(criteria, nominees_of(instance, i % 2 == 0)), count);
    if (testing::Test::HasFatalFailure()) FAIL() << "instance " << i << ": " << json;
  }
  EXPECT_GT(count.feasible, 500);
  EXPECT_GT(count.infeasible, 500);
  EXPECT_GT(count.several, 200);
  EXPECT_GT(count.reaches[static_cast<int>(Reach::numbers)], 200);
  EXPECT_GT(count.reaches[static_cast<int>(Reach::size)], 10);
  EXPECT_GT(count.reaches[static_cast<int>(Reach::members)], 50);
  EXPECT_GT(count.alone, 100);
}

}  // namespace
}  // namespace partnership
