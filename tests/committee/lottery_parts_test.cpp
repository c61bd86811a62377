// SPDX-License-Identifier: Apache-2.0
//
// The parts that lotteries are made of, each by itself.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "committee/lottery_fit.hpp"
#include "committee/lottery_logs.hpp"
#include "committee/lottery_seating.hpp"
#include "committee/lottery_weights.hpp"

namespace partnership {
namespace {

using namespace lottery;

// Of a random lottery over types: every nominee of a type has the same probability, exactly, nobody
// sits twice, seats are as the panels say, and there are no more panels than promised.
TEST(LotterySeating, SharesEachTypeEqually) {
  std::mt19937_64 random(3);
  const auto pick = [&](std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from + 1));
  };
  int uneven = 0;
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    PanelModel model;
    const std::int64_t types = pick(1, 4);
    for (std::int64_t t = 0; t < types; ++t) {
      std::vector<std::uint32_t>& type = model.types.emplace_back();
      for (std::int64_t i = pick(1, 7); i > 0; --i) type.push_back(model.nominees++);
      model.columns.push_back({0, static_cast<std::int64_t>(type.size())});
    }
    Lottery lottery;
    lottery.denominator = 0;
    std::vector<std::int64_t> totals(model.types.size(), 0);
    for (std::int64_t p = pick(1, 6); p > 0; --p) {
      LotteryPanel panel;
      panel.weight = pick(1, 12);
      for (std::uint32_t t = 0; t < model.types.size(); ++t) {
        const std::int64_t most = model.columns[t].upper;
        const auto seats = static_cast<std::int32_t>(pick(0, round % 2 == 0 ? most : most / 2));
        if (seats > 0) panel.seats.push_back({t, seats});
        totals[t] += seats * panel.weight.small();
      }
      lottery.denominator += panel.weight;
      lottery.panels.push_back(std::move(panel));
    }
    const Seating seating(model, lottery);
    std::vector<Integer> have(model.nominees), weights(lottery.panels.size());
    std::size_t panels = 0, members = 0;
    seating.each([&](const SeatedPanel& panel) {
      ++panels;
      members += panel.members.size();
      ASSERT_GT(panel.weight.sign(), 0);
      weights[panel.panel] += panel.weight;
      std::map<std::size_t, std::int32_t> seats;
      for (std::size_t i = 0; i < panel.members.size(); ++i) {
        const std::uint32_t member = panel.members[i];
        if (i > 0) {
          ASSERT_GT(member, panel.members[i - 1]);
        }
        have[member] += panel.weight;
        for (std::size_t t = 0; t < model.types.size(); ++t) {
          if (member >= model.types[t].front() && member <= model.types[t].back()) ++seats[t];
        }
      }
      for (const Seat& seat : lottery.panels[panel.panel].seats) {
        ASSERT_EQ(seats[seat.column], seat.count);
      }
    });
    EXPECT_EQ(panels, seating.panels());
    EXPECT_EQ(members, seating.members());
    EXPECT_LE(panels, lottery.panels.size() + model.nominees);
    const Integer scale = Integer::exact(seating.denominator(), lottery.denominator);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      ASSERT_EQ(weights[i], lottery.panels[i].weight * scale);
    }
    for (std::size_t t = 0; t < model.types.size(); ++t) {
      const Rational share(Integer(totals[t]) * scale,
                           Integer(static_cast<std::int64_t>(model.types[t].size())));
      for (const std::uint32_t nominee : model.types[t]) ASSERT_EQ(Rational(have[nominee]), share);
      uneven += share.whole() ? 0 : 1;
    }
  }
  EXPECT_EQ(uneven, 0);
}

TEST(LotteryFit, FindsWeightsOfASumAndWhatIsLeftOfOthers) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 300; ++round) {
    SCOPED_TRACE(round);
    const std::size_t size = 3 + random() % 20, count = 1 + random() % 30;
    std::vector<std::vector<Component>> vectors(count);
    std::vector<double> target(size, 0);
    for (auto& vector : vectors) {
      const double weight = random() % 3 == 0 ? 0.0 : static_cast<double>(random() % 1000) / 1000;
      for (std::uint32_t i = 0; i < size; ++i) {
        if (random() % 2 == 0) continue;
        vector.push_back({i, static_cast<double>(1 + random() % 3)});
        target[i] += weight * vector.back().value;
      }
    }
    const bool apart = round % 3 == 0;
    if (apart) target[0] -= 5;
    Fit fit(target);
    for (auto& vector : vectors) fit.add(vector, random() % 2 == 0 ? 0.1 : 0.0);
    fit.solve();
    if (!apart) {
      EXPECT_LT(fit.error(), 1e-10);
    }
    // The conditions of an optimum: no vector goes along the residual, those in use not at all.
    std::vector<double> left = target;
    for (std::size_t v = 0; v < count; ++v) {
      EXPECT_GE(fit.weight(v), 0);
      double along = 0;
      for (const Component& c : vectors[v]) {
        along += c.value * fit.residual()[c.index];
        left[c.index] -= fit.weight(v) * c.value;
      }
      EXPECT_LT(along, 1e-8);
      if (fit.weight(v) > 0) {
        EXPECT_GT(along, -1e-8);
      }
    }
    for (std::size_t i = 0; i < size; ++i) EXPECT_NEAR(left[i], fit.residual()[i], 1e-9);
  }
}

// The optimum's conditions, and a case that can be done by hand.
TEST(LotteryLogs, MeetsTheConditionsOfTheOptimum) {
  LogProgram by_hand;  // log x + 3 log y, x + y = 2, y <= 1.2
  by_hand.columns = {{0, 10, 1, {{0, 1.0}}}, {0, 1.2, 3, {{0, 1.0}}}};
  by_hand.rows = {{2, 2}};
  const LogAnswer simple = maximise_logs(by_hand, [] { return true; });
  ASSERT_TRUE(simple.converged);
  EXPECT_NEAR(simple.values[0], 0.8, 1e-12);
  EXPECT_NEAR(simple.values[1], 1.2, 1e-12);

  std::mt19937_64 random(11);
  int exact = 0;  // rows that are tight to nearly the last digit
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    const std::size_t columns = 2 + random() % 30, rows = 1 + random() % 6;
    LogProgram program;
    std::vector<double> sums(rows, 0);
    for (std::size_t j = 0; j < columns; ++j) {
      const double upper = static_cast<double>(1 + random() % 5);
      program.columns.push_back({0, upper, random() % 5 == 0 ? 0 : upper, {}});
      for (std::uint32_t i = 0; i < rows; ++i) {
        if (i > 0 && random() % 3 == 0) continue;
        program.columns.back().cells.emplace_back(i, 1.0);
        sums[i] += 0.4 * upper;
      }
    }
    for (std::size_t i = 0; i < rows; ++i) {
      const double slack = random() % 2 == 0 ? 0 : 0.3;
      program.rows.push_back({sums[i] - slack, sums[i] + slack});
    }
    const LogAnswer answer = maximise_logs(program, [] { return true; });
    ASSERT_TRUE(answer.converged);
    std::vector<double> activities(rows, 0);
    for (std::size_t j = 0; j < columns; ++j) {
      const LogProgram::Column& column = program.columns[j];
      double pull = column.weight > 0 ? column.weight / answer.values[j] : 0;
      for (const auto& [row, value] : column.cells) {
        activities[row] += value * answer.values[j];
        pull -= value * answer.multipliers[row];
      }
      EXPECT_GE(answer.values[j], -1e-9);
      EXPECT_LE(answer.values[j], column.upper + 1e-9);
      if (column.weight > 0 && answer.values[j] < column.upper - 1e-6) {
        EXPECT_NEAR(pull, 0, 1e-6);
      }
      if (answer.values[j] > 1e-6) {
        EXPECT_GT(pull, -1e-6);
      }
    }
    for (std::size_t i = 0; i < rows; ++i) {
      EXPECT_GE(activities[i], program.rows[i].lower - 1e-6);
      EXPECT_LE(activities[i], program.rows[i].upper + 1e-6);
      exact += std::abs(activities[i] - program.rows[i].upper) < 1e-10 ||
               std::abs(activities[i] - program.rows[i].lower) < 1e-10;
      if (answer.multipliers[i] > 1e-5) {
        EXPECT_NEAR(activities[i], program.rows[i].upper, 1e-5);
      }
      if (answer.multipliers[i] < -1e-5) {
        EXPECT_NEAR(activities[i], program.rows[i].lower, 1e-5);
      }
    }
  }
  EXPECT_GT(exact, 300);
}

TEST(LotteryWeights, AreExactWhereTheyAreSmallFractions) {
  PanelModel model;
  model.types = {{0}, {1}, {2}};
  model.columns = {{0, 1}, {0, 1}, {0, 1}};
  model.nominees = 3;
  const Space space(model);
  Mixture mixture;
  mixture.add({{0, 1}}, 1.0 / 3);
  mixture.add({{1, 1}}, 1.0 / 6);
  mixture.add({{2, 1}}, 1.0 / 3);
  mixture.add({{1, 1}}, 1.0 / 6);
  const std::vector<Rational> third(3, Rational(Integer(1), Integer(3)));
  const Rational delta(Integer(1), Integer(1'000'000'000));
  const Weighted weighted = weigh(space, mixture, third, delta);
  EXPECT_EQ(weighted.denominator, Integer(3));
  EXPECT_EQ(weighted.panels.size(), 3u);
  EXPECT_EQ(largest_deviation(weighted.probabilities, third).sign(), 0);

  mixture.weights = {0.1234567890123, 0.2, 0.3, 0.3765432109877};
  std::vector<Rational> target;
  for (const double p : {0.1234567890123, 0.5765432109877, 0.3}) target.push_back(Rational::of(p));
  const Weighted rounded = weigh(space, mixture, target, delta);
  Integer sum;
  for (const LotteryPanel& panel : rounded.panels) sum += panel.weight;
  EXPECT_EQ(sum, rounded.denominator);
  EXPECT_LE(largest_deviation(rounded.probabilities, target), delta);
  EXPECT_GT(largest_deviation(rounded.probabilities, target).sign(), 0);
}

}  // namespace
}  // namespace partnership
