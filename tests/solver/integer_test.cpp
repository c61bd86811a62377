// SPDX-License-Identifier: Apache-2.0
#include "solver/integer.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"
#include "solver/naive_integer.hpp"

namespace partnership::solver {
namespace {

std::vector<double> costs_for(std::mt19937& random, const IntegerProgram& program) {
  std::vector<double> costs = random_costs(random, program.columns.size(), 9);
  if (number_below(random, 2) == 0) {
    for (double& cost : costs) cost /= 8;  // exact in doubles, and not whole
  }
  return costs;
}

double cost_of(std::span<const std::int64_t> values, std::span<const double> costs) {
  double sum = 0;
  for (std::size_t j = 0; j < values.size(); ++j) sum += costs[j] * static_cast<double>(values[j]);
  return sum;
}

TEST(Integer, FindsWhatTryingEverythingFinds) {
  std::mt19937 random(1);
  int found = 0, none = 0;
  for (int run = 0; run < 6000; ++run) {
    const IntegerProgram program = random_integer_program(random);
    const std::vector<double> costs = costs_for(random, program);
    const std::optional<double> least = least_cost(program, costs);
    IntegerSolver solver(program);
    IntegerQuestion question;
    question.costs = costs;
    const IntegerAnswer answer = solver.solve(question);
    ASSERT_EQ(answer.status, least ? Status::optimal : Status::infeasible) << run;
    ++(least ? found : none);
    if (!least) continue;
    EXPECT_EQ(answer.cost, *least) << run;
    EXPECT_EQ(cost_of(answer.values, costs), *least);
    EXPECT_TRUE(program.obeyed_by(answer.values));
    EXPECT_TRUE(obeys_rows(program, answer.values));
    EXPECT_EQ(answer.bound, *least);
    // Nothing is better than the best; something is better than what is worse.
    question.better_than = *least;
    EXPECT_EQ(solver.solve(question).status, Status::infeasible);
    question.better_than = *least + 0.125;
    EXPECT_EQ(solver.solve(question).cost, *least);
    question.better_than = infinite;
    question.first = true;
    const IntegerAnswer first = solver.solve(question);
    EXPECT_EQ(first.status, Status::optimal);
    EXPECT_TRUE(program.obeyed_by(first.values));
    EXPECT_GE(first.cost, *least);
    EXPECT_LE(first.bound, *least + 1e-6);
  }
  EXPECT_GT(found, 1500);
  EXPECT_GT(none, 1500);
}

// One solver that is asked again and again against a new one each time.
TEST(Integer, KeepsWarmThroughOtherBounds) {
  std::mt19937 random(2);
  for (int run = 0; run < 60; ++run) {
    IntegerProgram program = panel_program({60, 10, 3, 3, 2, static_cast<unsigned>(run)});
    IntegerSolver kept(program);
    const std::vector<IntegerProgram::Column> widest = program.columns;
    for (int turn = 0; turn < 12; ++turn) {
      for (int changes = number_below(random, 12); changes > 0; --changes) {
        const auto j = static_cast<std::size_t>(
            number_below(random, static_cast<int>(program.columns.size())));
        IntegerProgram::Column& column = program.columns[j];
        column = widest[j];
        if (number_below(random, 3) > 0) {
          column.lower = number_below(random, static_cast<int>(widest[j].upper) + 1);
        }
        if (number_below(random, 3) == 0) column.lower = column.upper = 0;
        if (number_below(random, 40) == 0) column.lower = column.upper + 1;
        kept.set_column(static_cast<std::int32_t>(j), column.lower, column.upper);
      }
      const auto i =
          static_cast<std::size_t>(number_below(random, static_cast<int>(program.rows.size())));
      if (i > 0) {
        program.rows[i].upper += number_below(random, 3) - 1;
        program.rows[i].lower = std::min(program.rows[i].lower, program.rows[i].upper);
        kept.set_row(static_cast<std::int32_t>(i), program.rows[i].lower, program.rows[i].upper);
      }
      const std::vector<double> costs = costs_for(random, program);
      IntegerQuestion question;
      question.costs = costs;
      const IntegerAnswer again = kept.solve(question);
      const IntegerAnswer fresh = IntegerSolver(program).solve(question);
      ASSERT_EQ(again.status, fresh.status) << run << ' ' << turn;
      EXPECT_EQ(again.cost, fresh.cost);
      if (fresh.status == Status::optimal) {
        EXPECT_TRUE(program.obeyed_by(again.values));
      }
    }
  }
}

TEST(Integer, AnswersTheSameEachTime) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const IntegerProgram program = panel_program({200, 30, 5, 4, 0, seed});
    std::mt19937 random(seed);
    const std::vector<double> costs = random_costs(random, program.columns.size(), 1000);
    IntegerQuestion question;
    question.costs = costs;
    const IntegerAnswer one = IntegerSolver(program).solve(question);
    const IntegerAnswer other = IntegerSolver(program).solve(question);
    EXPECT_EQ(one.status, Status::optimal);
    EXPECT_EQ(one.values, other.values);
    EXPECT_EQ(one.nodes, other.nodes);
    EXPECT_EQ(one.iterations, other.iterations);
  }
}

TEST(Integer, TellsWhatItFinds) {
  const IntegerProgram program = panel_program({300, 40, 5, 4, 1, 3});
  std::mt19937 random(3);
  const std::vector<double> costs = random_costs(random, program.columns.size(), 100000);
  IntegerSolver solver(program);
  IntegerQuestion question;
  question.costs = costs;
  double last = infinite;
  int told = 0;
  question.found = [&](std::span<const std::int64_t> values, double cost) {
    EXPECT_TRUE(program.obeyed_by(values));
    EXPECT_NEAR(cost, cost_of(values, costs), 1e-6);
    EXPECT_LT(cost, last);
    last = cost;
    ++told;
    return false;
  };
  const IntegerAnswer answer = solver.solve(question);
  EXPECT_GE(told, 1);
  EXPECT_NEAR(answer.cost, last, 1e-6);
  question.found = [](std::span<const std::int64_t>, double) { return true; };
  const IntegerAnswer first = solver.solve(question);
  EXPECT_EQ(first.status, Status::optimal);
  EXPECT_GE(first.cost, answer.cost);
}

// Even coefficients and an odd sum: only trying everything shows that there is nothing.
IntegerProgram parity(std::int32_t columns) {
  IntegerProgram program;
  IntegerProgram::Row row{columns | 1, columns | 1, {}};
  for (std::int32_t j = 0; j < columns; ++j) {
    program.columns.push_back({0, 1});
    row.terms.push_back({j, 2});
  }
  program.rows.push_back(row);
  return program;
}

TEST(Integer, KeepsToItsLimits) {
  IntegerSolver small(parity(8));
  EXPECT_EQ(small.solve().status, Status::infeasible);
  IntegerSolver large(parity(60));
  IntegerQuestion question;
  question.limits.nodes = 500;
  const IntegerAnswer by_nodes = large.solve(question);
  EXPECT_EQ(by_nodes.status, Status::limit);
  EXPECT_LE(by_nodes.nodes, 501);
  question.limits = {};
  question.limits.iterations = 300;
  const IntegerAnswer by_iterations = large.solve(question);
  EXPECT_EQ(by_iterations.status, Status::limit);
  EXPECT_LE(by_iterations.iterations, 301);
}

TEST(Integer, StopsAtAnyQuestion) {
  const IntegerProgram program = panel_program({300, 40, 6, 4, 0, 5});
  std::mt19937 random(5);
  const std::vector<double> costs = random_costs(random, program.columns.size(), 1000);
  IntegerSolver solver(program);
  IntegerQuestion question;
  question.costs = costs;
  const IntegerAnswer whole = IntegerSolver(program).solve(question);
  int asked = 0, last = 0;
  for (int n = 0;; ++n) {
    asked = 0;
    question.limits.stop = [&] { return asked++ == n; };
    const IntegerAnswer answer = solver.solve(question);
    if (answer.status == Status::optimal) break;
    ASSERT_EQ(answer.status, Status::cancelled);
    EXPECT_EQ(asked, n + 1);
    EXPECT_TRUE(answer.values.empty() || program.obeyed_by(answer.values));
    last = n;
  }
  EXPECT_GT(last, 3);
  question.limits.stop = [] { return false; };
  EXPECT_EQ(solver.solve(question).cost, whole.cost);
}

TEST(Integer, TakesEmptyAndFixedPrograms) {
  EXPECT_EQ(IntegerSolver({}).solve().status, Status::optimal);
  IntegerProgram program{{{2, 2}, {3, 3}}, {{5, 5, {{0, 1}, {1, 1}}}}};
  const std::vector<double> costs = {1, 10};
  IntegerQuestion question;
  question.costs = costs;
  const IntegerAnswer fixed = IntegerSolver(program).solve(question);
  EXPECT_EQ(fixed.status, Status::optimal);
  EXPECT_EQ(fixed.cost, 32);
  EXPECT_EQ(fixed.values, (std::vector<std::int64_t>{2, 3}));
  program.rows[0].lower = 6;
  program.rows[0].upper = 7;
  EXPECT_EQ(IntegerSolver(program).solve().status, Status::infeasible);
  program.rows[0] = {1, 0, {}};
  EXPECT_EQ(IntegerSolver(program).solve().status, Status::infeasible);
  program.rows[0] = {1, 0, {{0, 1}}};
  EXPECT_EQ(IntegerSolver(program).solve().status, Status::infeasible);
  const IntegerProgram alone{{{-3, 5}}, {}};
  const std::vector<double> cost = {-2};
  question.costs = cost;
  EXPECT_EQ(IntegerSolver(alone).solve(question).cost, -10);
}

TEST(Integer, TakesAnySolutionWhereNothingCosts) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const IntegerProgram program = panel_program({400, 50, 6, 5, 0, seed});
    const IntegerAnswer answer = IntegerSolver(program).solve();
    ASSERT_EQ(answer.status, Status::optimal) << seed;
    EXPECT_TRUE(program.obeyed_by(answer.values));
    EXPECT_EQ(answer.cost, 0);
    EXPECT_LT(answer.nodes, 100);
  }
  IntegerQuestion question;
  question.better_than = 0;
  EXPECT_EQ(IntegerSolver(panel_program({})).solve(question).status, Status::infeasible);
}

TEST(Integer, RefusesWhatDoublesCannotHold) {
  IntegerProgram program{{{0, std::int64_t{1} << 40}}, {{0, 1, {{0, std::int64_t{1} << 20}}}}};
  EXPECT_THROW(IntegerSolver{program}, Error);
  program.rows[0].terms[0].coefficient = 1;
  EXPECT_NO_THROW(IntegerSolver{program});
  program.rows[0].terms.push_back({0, 1});
  EXPECT_THROW(IntegerSolver{program}, Error);
  program.rows[0].terms = {{1, 1}};
  EXPECT_THROW(IntegerSolver{program}, Error);
}

}  // namespace
}  // namespace partnership::solver
