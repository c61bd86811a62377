// SPDX-License-Identifier: Apache-2.0
//
// One committee against enumeration: the best and the worst sums of weights are what a naive method
// finds over all committees, and that there is none is proved to the verifier's satisfaction.
#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <optional>

#include "base/error.hpp"
#include "committee/best_committee.hpp"
#include "committee/lottery_certificate.hpp"
#include "committee/lottery_instances.hpp"
#include "committee/lottery_tools.hpp"
#include "verify/certificate.hpp"

namespace partnership {
namespace {

using namespace test;
using Weights = std::vector<std::int64_t>;

naive::Instance instance_of(int number) {
  std::mt19937_64 random(static_cast<std::uint64_t>(number));
  return number % 3 == 0 ? naive::random_instance(random)
                         : HardInstances(static_cast<std::uint64_t>(number)).next();
}

Weights random_weights(std::mt19937_64& random, std::size_t nominees) {
  Weights result;
  const std::uint64_t kind = random() % 4;
  for (std::size_t i = 0; i < nominees; ++i) {
    const auto small = static_cast<std::int64_t>(random() % 7) - 3;
    const auto large = static_cast<std::int64_t>(random() % 0xffffffffu) - INT32_MAX;
    result.push_back(kind == 0 ? 1 : kind == 1 ? large : small);
  }
  return result;
}

// The best sum that seats by type allow.
std::int64_t best_sum(const naive::Instance& instance, const naive::Numbers& committee,
                      const Weights& weights, bool least) {
  std::int64_t sum = 0;
  for (std::size_t t = 0; t < instance.types.size(); ++t) {
    Weights own;
    for (const std::uint32_t nominee : instance.types[t]) own.push_back(weights[nominee]);
    std::sort(own.begin(), own.end());
    if (!least) std::reverse(own.begin(), own.end());
    sum += std::accumulate(own.begin(), own.begin() + committee[t], std::int64_t{0});
  }
  return sum;
}

// Whether the members, with the auxiliary columns as given, obey the model.
bool obeys(const PanelModel& model, const Choice& choice) {
  std::vector<std::int64_t> values(model.columns.size(), 0);
  for (const Seat& seat : choice.auxiliary) values[seat.column] = seat.count;
  for (std::uint32_t t = 0; t < model.type_count(); ++t) {
    for (const std::uint32_t nominee : model.types[t]) {
      values[t] += std::count(choice.members.begin(), choice.members.end(), nominee);
    }
  }
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (values[j] < model.columns[j].lower || values[j] > model.columns[j].upper) return false;
  }
  return std::all_of(model.rows.begin(), model.rows.end(), [&](const PanelModel::Row& row) {
    std::int64_t sum = 0;
    for (const auto& [column, coefficient] : row.terms) sum += coefficient * values[column];
    return sum >= row.lower && sum <= row.upper;
  });
}

TEST(BestCommittee, IsAsGoodAsAnyOfAll) {
  std::mt19937_64 random(17);
  int solved = 0, empty = 0;
  for (int i = 0; i < 4000; ++i) {
    SCOPED_TRACE(i);
    const naive::Instance instance = instance_of(i);
    const PanelModel model = model_of(instance);
    const std::vector<naive::Numbers> committees = naive::committees(instance);
    const Weights weights = random_weights(random, instance.nominees());
    for (const bool least : {false, true}) {
      ChoiceRequest request;
      request.weights = weights;
      request.least = least;
      const Choice choice = best_committee(model, request);
      if (committees.empty()) {
        ASSERT_EQ(choice.status, ChoiceStatus::infeasible);
        ASSERT_FALSE(choice.found);
        ++empty;
        continue;
      }
      ASSERT_EQ(choice.status, ChoiceStatus::optimal);
      ASSERT_TRUE(choice.found);
      ASSERT_TRUE(obeys(model, choice));
      std::optional<std::int64_t> best;
      for (const naive::Numbers& committee : committees) {
        const std::int64_t sum = best_sum(instance, committee, weights, least);
        if (!best || (least ? sum < *best : sum > *best)) best = sum;
      }
      ASSERT_EQ(choice.sum, Integer(*best));
      Integer sum;
      for (const std::uint32_t member : choice.members) sum += weights[member];
      ASSERT_EQ(sum, choice.sum);
      ++solved;
    }
  }
  EXPECT_GT(solved, 2000);
  EXPECT_GT(empty, 1000);
}

TEST(BestCommittee, WithoutWeightsIsAnyOrProvedToBeNone) {
  int found = 0, empty = 0;
  for (int i = 0; i < 2000; ++i) {
    SCOPED_TRACE(i);
    const naive::Instance instance = instance_of(i);
    const PanelModel model = model_of(instance);
    const Choice choice = best_committee(model);
    if (!naive::committees(instance).empty()) {
      ASSERT_EQ(choice.status, ChoiceStatus::optimal);
      ASSERT_TRUE(obeys(model, choice));
      ++found;
      continue;
    }
    ASSERT_EQ(choice.status, ChoiceStatus::infeasible);
    Lottery none;
    none.status = LotteryStatus::infeasible;
    none.infeasible = choice.infeasible;
    const verify::CertificateReport report =
        verify::verify_certificate(lottery_certificate(model, none, {{}, {}, ids_of(model)}));
    ASSERT_EQ(report.verdict, verify::CertificateReport::Verdict::infeasible);
    ++empty;
  }
  EXPECT_GT(found, 800);
  EXPECT_GT(empty, 400);
}

TEST(BestCommittee, OfThePoolsIsBetterThanThoseOfALottery) {
  if (!std::filesystem::is_directory(pools_folder())) GTEST_SKIP() << "no pools";
  std::mt19937_64 random(3);
  for (const auto& entry : std::filesystem::directory_iterator(pools_folder())) {
    if (!std::filesystem::exists(entry.path() / "criteria.csv")) continue;
    SCOPED_TRACE(entry.path().filename());
    const Pool pool = read_pool(entry.path());
    Weights weights;
    for (std::uint32_t i = 0; i < pool.model.nominees; ++i) {
      weights.push_back(static_cast<std::int64_t>(random() % 1000));
    }
    ChoiceRequest request;
    request.weights = weights;
    const Choice best = best_committee(pool.model, request);
    request.least = true;
    const Choice worst = best_committee(pool.model, request);
    if (pool.leximin.empty()) {
      EXPECT_EQ(best.status, ChoiceStatus::infeasible);
      EXPECT_EQ(worst.status, ChoiceStatus::infeasible);
      continue;
    }
    ASSERT_EQ(best.status, ChoiceStatus::optimal);
    ASSERT_EQ(worst.status, ChoiceStatus::optimal);
    EXPECT_TRUE(obeys(pool.model, best));
    EXPECT_TRUE(obeys(pool.model, worst));
    const Choice any = best_committee(pool.model);
    Integer sum;
    for (const std::uint32_t member : any.members) sum += weights[member];
    EXPECT_LE(worst.sum, sum);
    EXPECT_GE(best.sum, sum);
  }
}

TEST(BestCommittee, EndsWhenItIsToldTo) {
  int limits = 0, cancelled = 0, bounds = 0;
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(i);
    const PanelModel model = model_of(instance_of(i));
    std::mt19937_64 random(static_cast<std::uint64_t>(i));
    const Weights weights = random_weights(random, model.nominees);
    ChoiceRequest whole;
    whole.weights = weights;
    const Choice best = best_committee(model, whole);
    EXPECT_FALSE(best.bound);
    for (const Pace pace : {Pace::finish, Pace::cancel}) {
      for (int asks = 0; asks < 12; ++asks) {
        ChoiceRequest request;
        request.weights = weights;
        int left = asks;
        request.pace = [&] { return left-- > 0 ? Pace::go_on : pace; };
        const Choice choice = best_committee(model, request);
        if (left >= 0) break;
        if (choice.status == ChoiceStatus::limit) ++limits;
        if (choice.status == ChoiceStatus::cancelled) ++cancelled;
        EXPECT_TRUE(choice.status != ChoiceStatus::cancelled || pace == Pace::cancel);
        if (choice.found) {
          EXPECT_TRUE(obeys(model, choice));
        }
        if (!choice.bound) continue;
        ++bounds;
        EXPECT_EQ(choice.status, ChoiceStatus::limit);
        EXPECT_LE(best.sum, *choice.bound);
      }
    }
    for (int nodes = 0; nodes < 8; ++nodes) {
      ChoiceRequest request;
      request.weights = weights;
      request.nodes = nodes;
      const Choice some = best_committee(model, request);
      EXPECT_NE(some.status, ChoiceStatus::trouble);
      if (!some.bound) continue;
      ++bounds;
      EXPECT_LE(best.sum, *some.bound);
    }
  }
  EXPECT_GT(bounds, 20);
  EXPECT_GT(limits, 100);
  EXPECT_GT(cancelled, 100);
}

TEST(BestCommittee, RefusesWeightsThatDoNotFit) {
  PanelModel model;
  model.types = {{0, 1}};
  model.columns = {{0, 2}};
  model.nominees = 2;
  const auto refused = [&](const Weights& weights) {
    ChoiceRequest request;
    request.weights = weights;
    try {
      best_committee(model, request);
    } catch (const Error& error) {
      return error.code();
    }
    return Code::ok;
  };
  EXPECT_EQ(refused({1, 2}), Code::ok);
  EXPECT_EQ(refused({1}), Code::invalid_argument);
  EXPECT_EQ(refused({1, std::int64_t{1} << 31}), Code::limit);
}

}  // namespace
}  // namespace partnership
