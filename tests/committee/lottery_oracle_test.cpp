// SPDX-License-Identifier: Apache-2.0
//
// Lotteries against enumeration: on thousands of small instances leximin and maximin are exactly
// what a naive method finds over all committees in fractions, Nash is within its gap of what can be
// had, whatever is ended early is still true, and the verifier accepts every certificate.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "base/error.hpp"
#include "committee/lottery_certificate.hpp"
#include "committee/lottery_instances.hpp"
#include "verify/certificate.hpp"
#include "verify/naive_claim.hpp"

namespace partnership {
namespace {

using namespace test;
using Verdict = verify::CertificateReport::Verdict;

constexpr std::size_t most_committees = 150;  // for the naive method

int rounds(int few) {
  return std::getenv("PSHIP_LONG") != nullptr ? 10 * few : few;
}

struct Case {
  naive::Instance instance;
  PanelModel model;
  std::vector<naive::Numbers> committees;
};

// Instances of both kinds in turn, by number.
Case case_of(int number) {
  std::mt19937_64 random(static_cast<std::uint64_t>(number));
  Case result;
  result.instance = number % 4 == 0 ? naive::random_instance(random)
                                    : HardInstances(static_cast<std::uint64_t>(number)).next();
  result.model = model_of(result.instance);
  result.committees = naive::committees(result.instance);
  return result;
}

std::string certificate_of(const Case& one, const Lottery& lottery) {
  const std::vector<std::string> ids = ids_of(one.model);
  return lottery_certificate(one.model, lottery, {{}, {}, ids});
}

// What the verifier and the naive reading of the claim have against it.
std::string against(const Case& one, const Lottery& lottery, Verdict verdict) {
  const std::string text = certificate_of(one, lottery);
  const verify::CertificateReport report = verify::verify_certificate(text);
  if (report.verdict != verdict) {
    return std::string(verify::verdict_name(report.verdict)) + ": " +
           (report.faults.empty() ? "" : report.faults[0].pointer + " " + report.faults[0].message);
  }
  return naive::untrue(text);
}

bool branches(const Lottery& lottery) {
  return std::any_of(lottery.levels.begin(), lottery.levels.end(),
                     [](const LotteryLevel& level) { return level.proof.size() > 1; });
}

TEST(LotteryOracle, LeximinAndMaximinAreExact) {
  int solved = 0, empty = 0, branched = 0, zeros = 0, auxiliary = 0, everybody = 0;
  for (int i = 0; i < rounds(3000); ++i) {
    SCOPED_TRACE(i);
    const Case one = case_of(i);
    if (one.committees.size() > most_committees) continue;
    for (const LotteryKind kind : {LotteryKind::leximin, LotteryKind::maximin}) {
      LotteryRequest request;
      request.kind = kind;
      request.seed = static_cast<std::uint64_t>(i);
      const Lottery lottery = compose_lottery(one.model, request);
      if (one.committees.empty()) {
        ASSERT_EQ(lottery.status, LotteryStatus::infeasible);
        ASSERT_EQ(against(one, lottery, Verdict::infeasible), "");
        ++empty;
        continue;
      }
      ASSERT_EQ(lottery.status, LotteryStatus::proved);
      ASSERT_EQ(against(one, lottery, Verdict::proved), "");
      if (kind == LotteryKind::maximin) {
        const naive::Lottery expected = naive::maximin(one.instance, one.committees);
        ASSERT_EQ(lottery.levels[0].value, expected.levels[0].value);
        continue;
      }
      const naive::Lottery expected = naive::leximin(one.instance, one.committees);
      ASSERT_EQ(lottery.target, expected.target);
      ++solved;
      branched += branches(lottery) ? 1 : 0;
      zeros += lottery.target.front().sign() == 0 ? 1 : 0;
      auxiliary += one.instance.lower.size() > one.instance.types.size() ? 1 : 0;
      everybody += lottery.target.front() == Rational(1) && lottery.target.back() == Rational(1);
    }
  }
  // What the instances are for is in them.
  EXPECT_GT(solved, 1000);
  EXPECT_GT(empty, 500);
  EXPECT_GT(branched, 15);
  EXPECT_GT(zeros, 50);
  EXPECT_GT(auxiliary, 200);
  EXPECT_GT(everybody, 10);
}

// The largest product of probabilities that a naive method comes to; sum of logarithms.
double logs(const naive::Instance& instance, const std::vector<Rational>& target) {
  double sum = 0;
  for (std::size_t t = 0; t < target.size(); ++t) {
    if (target[t].sign() > 0) {
      sum += static_cast<double>(instance.size_of(t)) * std::log(target[t].approximate());
    }
  }
  return sum;
}

TEST(LotteryOracle, NashIsWithinItsGap) {
  int solved = 0;
  double worst = 0;
  for (int i = 0; i < rounds(1500); ++i) {
    SCOPED_TRACE(i);
    const Case one = case_of(i);
    if (one.committees.empty() || one.committees.size() > most_committees) continue;
    LotteryRequest request;
    request.kind = LotteryKind::nash;
    const Lottery lottery = compose_lottery(one.model, request);
    ASSERT_EQ(lottery.status, LotteryStatus::proved);
    ASSERT_EQ(against(one, lottery, Verdict::proved), "");
    worst = std::max(worst, lottery.gap.approximate());
    const naive::Lottery other = naive::nash(one.instance, one.committees);
    ASSERT_GE(logs(one.instance, lottery.target), logs(one.instance, other.target) - 1e-6);
    ++solved;
  }
  EXPECT_GT(solved, 500);
  EXPECT_LT(worst, 1e-6);
}

// Ended at every question it asks: what comes out is true, and a lottery where one was found.
TEST(LotteryOracle, WhatIsEndedEarlyIsStillTrue) {
  std::map<LotteryStatus, int> statuses;
  int products = 0;
  for (int i = 0; i < rounds(150); ++i) {
    const Case one = case_of(i);
    if (one.committees.empty() || one.committees.size() > most_committees) continue;
    for (const LotteryKind kind : {LotteryKind::leximin, LotteryKind::maximin, LotteryKind::nash}) {
      for (int asks = 0; asks < 200; asks += 1 + asks / 8) {
        SCOPED_TRACE(std::to_string(i) + ", " + std::to_string(asks));
        LotteryRequest request;
        request.kind = kind;
        int left = asks;
        request.pace = [&] { return left-- > 0 ? Pace::go_on : Pace::finish; };
        const Lottery lottery = compose_lottery(one.model, request);
        ++statuses[lottery.status];
        if (lottery.status == LotteryStatus::bound) {
          const bool product = kind == LotteryKind::nash;  // of which a gap is all that is said
          products += product ? 1 : 0;
          ASSERT_EQ(against(one, lottery, product ? Verdict::proved : Verdict::bound), "");
        } else if (lottery.status == LotteryStatus::proved) {
          ASSERT_EQ(against(one, lottery, Verdict::proved), "");
        } else {
          ASSERT_EQ(lottery.status, LotteryStatus::limit);
        }
        if (left > 0) break;  // it came to its end
      }
    }
  }
  EXPECT_GT(statuses[LotteryStatus::bound], 50);
  EXPECT_GT(statuses[LotteryStatus::proved], 50);
  EXPECT_GT(products, 20);
}

TEST(LotteryOracle, FewNodesGiveABoundAndNotAWrongProof) {
  int bounds = 0;
  for (int i = 0; i < rounds(600); ++i) {
    SCOPED_TRACE(i);
    const Case one = case_of(i);
    if (one.committees.empty() || one.committees.size() > most_committees) continue;
    LotteryRequest request;
    request.nodes = i % 12;
    request.proof_numbers = i % 7 == 0 ? 3 : 1000;
    const Lottery lottery = compose_lottery(one.model, request);
    if (lottery.status == LotteryStatus::proved) {
      ASSERT_EQ(against(one, lottery, Verdict::proved), "");
    } else if (lottery.status == LotteryStatus::bound) {
      ASSERT_EQ(against(one, lottery, Verdict::bound), "");
      ++bounds;
    } else {
      ASSERT_EQ(lottery.status, LotteryStatus::limit);
    }
  }
  EXPECT_GT(bounds, 5);
}

TEST(LotteryOracle, CancellingSaysSo) {
  for (int i = 0; i < rounds(100); ++i) {
    const Case one = case_of(i);
    for (int asks = 0; asks < 30; ++asks) {
      LotteryRequest request;
      int left = asks;
      request.pace = [&] { return left-- > 0 ? Pace::go_on : Pace::cancel; };
      const Lottery lottery = compose_lottery(one.model, request);
      if (left >= 0) break;
      ASSERT_EQ(lottery.status, LotteryStatus::cancelled);
    }
  }
}

TEST(LotteryOracle, TheSameRequestGivesTheSameBytes) {
  for (int i = 0; i < rounds(200); ++i) {
    const Case one = case_of(i);
    if (one.committees.empty()) continue;
    for (const LotteryKind kind : {LotteryKind::leximin, LotteryKind::nash}) {
      LotteryRequest request;
      request.kind = kind;
      request.seed = 7;
      ASSERT_EQ(certificate_of(one, compose_lottery(one.model, request)),
                certificate_of(one, compose_lottery(one.model, request)));
    }
  }
}

TEST(LotteryOracle, LegacyPanelsAreCommittees) {
  int drawn = 0;
  for (int i = 0; i < rounds(300); ++i) {
    SCOPED_TRACE(i);
    const Case one = case_of(i);
    if (one.committees.size() > most_committees) continue;
    LotteryRequest request;
    request.kind = LotteryKind::legacy;
    request.samples = 50;
    const Lottery lottery = compose_lottery(one.model, request);
    if (one.committees.empty()) {
      ASSERT_EQ(lottery.status, LotteryStatus::infeasible);
      continue;
    }
    if (lottery.status == LotteryStatus::limit) continue;  // greed does not always find one
    ASSERT_EQ(lottery.status, LotteryStatus::proved);
    Integer sum;
    for (const LotteryPanel& panel : lottery.panels) {
      naive::Numbers seats(one.instance.types.size());
      for (const Seat& seat : panel.seats) {
        if (seat.column < seats.size()) seats[seat.column] = seat.count;
      }
      const bool known = std::any_of(
          one.committees.begin(), one.committees.end(), [&](const naive::Numbers& committee) {
            return std::equal(seats.begin(), seats.end(), committee.begin());
          });
      ASSERT_TRUE(known);
      sum += panel.weight;
    }
    ASSERT_EQ(sum, lottery.denominator);
    ++drawn;
  }
  EXPECT_GT(drawn, 60);
}

// Of a range from 0 the empty committee may be the only one.
TEST(LotteryRequests, NobodyMayBeSelected) {
  PanelModel model;
  model.types = {{0, 1}, {2}};
  model.columns = {{0, 2}, {0, 1}};
  model.nominees = 3;
  model.rows.push_back({0, 2, {{0, 1}, {1, 1}}, "size"});
  model.rows.push_back({-no_end, 0, {{0, 1}, {1, 1}}, "nobody"});
  const std::vector<std::string> ids = {"a", "b", "c"};
  for (const LotteryKind kind : {LotteryKind::leximin, LotteryKind::maximin, LotteryKind::nash}) {
    LotteryRequest request;
    request.kind = kind;
    const Lottery lottery = compose_lottery(model, request);
    EXPECT_EQ(lottery.status, LotteryStatus::proved);
    EXPECT_EQ(lottery.gap, Rational(0));
    const std::string text = lottery_certificate(model, lottery, {{}, {}, ids});
    EXPECT_EQ(verify::verify_certificate(text).verdict, verify::CertificateReport::Verdict::proved);
    EXPECT_EQ(naive::untrue(text), "");
    for (int asks = 0; asks < 40; ++asks) {  // told to finish at any moment
      int left = asks;
      request.pace = [&] { return left-- > 0 ? Pace::go_on : Pace::finish; };
      const Lottery early = compose_lottery(model, request);
      if (early.status == LotteryStatus::limit) continue;
      ASSERT_TRUE(early.status == LotteryStatus::proved || early.status == LotteryStatus::bound);
      const std::string told = lottery_certificate(model, early, {{}, {}, ids});
      EXPECT_EQ(naive::untrue(told), "");
      EXPECT_NE(verify::verify_certificate(told).verdict,
                verify::CertificateReport::Verdict::refused);
    }
  }
}

TEST(LotteryRequests, WhatIsNotAsDescribedIsRefused) {
  PanelModel model;
  model.types = {{0, 1}, {2}};
  model.columns = {{0, 2}, {0, 1}};
  model.nominees = 3;
  model.rows.push_back({1, 1, {{0, 1}, {1, 1}}, "size"});
  const auto refused = [](const PanelModel& given, const LotteryRequest& request = {}) {
    try {
      compose_lottery(given, request);
    } catch (const Error& error) {
      return error.code();
    }
    return Code::ok;
  };
  EXPECT_EQ(refused(model), Code::ok);
  LotteryRequest request;
  request.delta = Rational(Integer(1), Integer(10'000'000'000'000));
  EXPECT_EQ(refused(model, request), Code::invalid_argument);
  request = {};
  request.samples = 0;
  EXPECT_EQ(refused(model, request), Code::invalid_argument);
  PanelModel wrong = model;
  wrong.types[1] = {1};
  EXPECT_EQ(refused(wrong), Code::invalid_argument);
  wrong = model;
  wrong.columns[1].upper = 2;
  EXPECT_EQ(refused(wrong), Code::invalid_argument);
  wrong = model;
  wrong.rows[0].terms = {{1, 1}, {0, 1}};
  EXPECT_EQ(refused(wrong), Code::invalid_argument);
  wrong = model;
  wrong.rows[0].terms[0].coefficient = std::int64_t{1} << 40;
  EXPECT_EQ(refused(wrong), Code::limit);
}

}  // namespace
}  // namespace partnership
