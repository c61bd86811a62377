// SPDX-License-Identifier: Apache-2.0
#include "solver/exact.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "solver/exact_system.hpp"
#include "solver/naive_linear.hpp"

namespace partnership::solver {
namespace {

std::vector<std::vector<ExactCell>> random_matrix(std::mt19937_64& random, std::int32_t size,
                                                  std::int64_t reach, unsigned density) {
  std::vector<std::vector<ExactCell>> rows(at(size));
  for (auto& row : rows) {
    for (std::int32_t j = 0; j < size; ++j) {
      if (random() % 100 >= density) continue;
      Integer value(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * reach)) -
                    reach);
      if (reach > 1000000 && random() % 4 == 0) value *= value * value;
      if (value != 0) row.push_back({j, value});
    }
  }
  return rows;
}

TEST(ExactSystem, SolvesWhatItSays) {
  std::mt19937_64 random(1);
  int solved = 0;
  for (int run = 0; run < 300; ++run) {
    const auto size = static_cast<std::int32_t>(random() % 25);
    const std::int64_t reach = run % 20 == 0 ? std::int64_t{1} << 61 : run % 2 == 0 ? 2 : 40;
    const auto rows = random_matrix(random, size, reach, 20 + static_cast<unsigned>(random() % 80));
    const ExactSystem system(rows, size);
    EXPECT_EQ(system.spare_rows().size(), system.spare_columns().size());
    if (!system.regular()) continue;
    ++solved;
    std::vector<Integer> right;
    for (std::int32_t i = 0; i < size; ++i) {
      right.emplace_back(static_cast<std::int64_t>(random()));
      if (run % 5 == 0) right.back() *= Integer::power_of_two(200);
      if (run % 7 == 0) right.back() = 0;
    }
    const ExactVector x = system.solve(right), y = system.solve_transposed(right);
    std::vector<Integer> sums(at(size));
    EXPECT_GT(x.den, 0);
    for (std::int32_t i = 0; i < size; ++i) {
      Integer sum = 0;
      for (const ExactCell& cell : rows[at(i)]) {
        sum += cell.value * x.num[at(cell.index)];
        sums[at(cell.index)] += cell.value * y.num[at(i)];
      }
      EXPECT_EQ(sum, right[at(i)] * x.den);
    }
    for (std::int32_t i = 0; i < size; ++i) EXPECT_EQ(sums[at(i)], right[at(i)] * y.den);
  }
  EXPECT_GT(solved, 100);
}

TEST(ExactSystem, NamesWhatHasNoPivot) {
  // The third row is the sum of the others, the second column twice the first.
  std::vector<std::vector<ExactCell>> rows = {
      {{0, 1}, {1, 2}, {2, 5}}, {{0, 3}, {1, 6}}, {{0, 4}, {1, 8}, {2, 5}}};
  const ExactSystem system(rows, 3);
  EXPECT_FALSE(system.regular());
  ASSERT_EQ(system.spare_rows().size(), 1U);
  ASSERT_EQ(system.spare_columns().size(), 1U);
  EXPECT_LT(system.spare_columns()[0], 2);
  const ExactSystem wide({{{0, 1}, {3, 1}}}, 4);
  EXPECT_TRUE(wide.spare_rows().empty());
  EXPECT_EQ(wide.spare_columns().size(), 3U);
  // Multiples of the prime are taken for zeros, whichever they are.
  const ExactSystem multiple({{{0, Integer((std::int64_t{1} << 61) - 1) * 12}}}, 1);
  EXPECT_FALSE(multiple.regular());
  EXPECT_TRUE(ExactSystem({}, 0).regular());
}

std::string name(Status status) {
  static const std::map<Status, std::string> names = {
      {Status::optimal, "optimal"},     {Status::infeasible, "infeasible"},
      {Status::unbounded, "unbounded"}, {Status::limit, "limit"},
      {Status::cancelled, "cancelled"}, {Status::trouble, "trouble"}};
  return names.at(status);
}

TEST(Exact, AgreesWithTheNaiveWayFromAnyBasis) {
  std::mt19937 random(2);
  std::map<Status, int> seen;
  for (int run = 0; run < 3000; ++run) {
    const ExactProgram program = random_program(random, 6, 5);
    Rational expected;
    const Status status = solve_naively(program, expected);
    std::vector<Basis> basis(program.columns.size() + program.rows.size());
    for (Basis& one : basis) one = static_cast<Basis>(random() % 4);
    for (const bool given : {false, true}) {
      const ExactAnswer answer =
          solve_exactly(program, given ? std::span<const Basis>(basis) : std::span<const Basis>());
      ASSERT_EQ(name(answer.status), name(status)) << run;
      if (status == Status::optimal) {
        EXPECT_EQ(answer.objective, expected) << run;
      }
      expect_proved(program, answer);
      const ExactAnswer again = solve_exactly(program, answer.basis);
      EXPECT_TRUE(again.pivots == 0 || status != Status::optimal);
      EXPECT_EQ(again.status, answer.status);
      EXPECT_EQ(again.values, answer.values);
    }
    ++seen[status];
  }
  EXPECT_GT(seen[Status::optimal], 500);
  EXPECT_GT(seen[Status::infeasible], 300);
  EXPECT_GT(seen[Status::unbounded], 100);
}

TEST(Exact, NeedsHardlyAPivotFromTheBasisInDoubles) {
  std::mt19937 random(3);
  int pivots = 0;
  for (int run = 0; run < 1500; ++run) {
    const ExactProgram program = random_program(random, 12, 10);
    Linear linear = program.linear();
    const Status status = linear.solve();
    const ExactAnswer answer = solve_exactly(program, linear.basis());
    EXPECT_EQ(name(status), name(answer.status)) << run;
    expect_proved(program, answer);
    if (answer.status == Status::optimal) {
      EXPECT_NEAR(answer.objective.approximate(), linear.objective(), 1e-6);
      pivots += answer.pivots;
    }
  }
  EXPECT_LT(pivots, 20);
}

}  // namespace
}  // namespace partnership::solver
