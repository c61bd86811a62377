// SPDX-License-Identifier: Apache-2.0
//
// Memory that runs out at every allocation, Clp's own ones included.
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "solver/branch_proof.hpp"
#include "solver/exact.hpp"
#include "solver/integer.hpp"
#include "solver/linear.hpp"
#include "solver/naive_linear.hpp"
#include "solver/panel_programs.hpp"
#include "support/clp_leaks.hpp"
#include "support/failing_memory.hpp"

namespace partnership::solver {
namespace {

void build(Linear& linear) {
  for (int j = 0; j < 6; ++j) linear.add_column(0, 4 + j, -1 - j % 3);
  for (int i = 0; i < 5; ++i) {
    std::vector<Cell> cells;
    for (int j = 0; j < 6; ++j) {
      if ((i + j) % 3 != 0) cells.push_back({j, static_cast<double>(1 + (i * j) % 4)});
    }
    linear.add_row(1, 9 + i, cells);
  }
}

// Clp itself forgets some of what it had when memory runs out, in its constructors above all. It is
// held to little of it, and everything else to nothing.
template <class Work>
void expect_to_survive_in_clp(const Work& work, long least) {
  for (const bool lasting : {true, false}) {
    failing_memory::lasting = lasting;
    long leaked = 0;
    const long took = failing_memory::run_out(
        [&] {
          try {
            work();
            return failing_memory::refused == 0;
          } catch (const std::bad_alloc&) {
            failing_memory::refused = 0;
            return false;
          }
        },
        200000, leaked);
    EXPECT_GE(took, least);
    EXPECT_LE(leaked, took);
  }
  failing_memory::lasting = true;
}

TEST(Memory, MayRunOutInLinearPrograms) {
  expect_to_survive_in_clp(
      [] {
        Linear linear;
        build(linear);
        EXPECT_EQ(linear.solve(), Status::optimal);
        linear.set_row(0, 100, infinite);
        EXPECT_EQ(linear.solve(), Status::infeasible);
        linear.remove_rows_from(3);
        linear.set_row(0, 1, 9);
        EXPECT_EQ(linear.solve(), Status::optimal);
      },
      300);
}

TEST(Memory, LeavesALinearProgramThatGoesOn) {
  Linear whole;
  build(whole);
  ASSERT_EQ(whole.solve(), Status::optimal);
  const std::vector<Cell> cells = {{0, 1}, {3, 2}};
  for (long n = 0;; ++n) {
    Linear linear;
    build(linear);
    if (n % 2 == 0) linear.solve();
    failing_memory::allowance = n / 2;
    bool enough = false;
    try {
      linear.set_column(0, 1, 2);
      linear.add_row(0, 7, cells);
      linear.solve();
      linear.remove_rows_from(5);
      linear.add_column(0, 0, 1, cells);
      linear.solve();
      enough = true;
    } catch (const std::bad_alloc&) {
    }
    failing_memory::allowance = std::numeric_limits<long>::max();
    linear.remove_rows_from(5);
    linear.set_column(0, 0, 4);
    ASSERT_EQ(linear.solve(), Status::optimal) << n;
    EXPECT_NEAR(linear.objective(), whole.objective(), 1e-9) << n;
    if (enough && n % 2 == 1) break;
    ASSERT_LT(n, 10000);
  }
}

TEST(Memory, MayRunOutInExactAnswers) {
  std::mt19937 random(2);
  for (int run = 0; run < 5; ++run) {
    const ExactProgram program = random_program(random, 5, 5);
    failing_memory::expect_to_survive([&] { solve_exactly(program); }, 0);
  }
}

TEST(Memory, MayRunOutInIntegerPrograms) {
  const IntegerProgram program = panel_program({60, 10, 3, 3, 1, 1});
  std::mt19937 random(1);
  const std::vector<double> costs = random_costs(random, program.columns.size(), 50);
  IntegerQuestion question;
  question.costs = costs;
  const IntegerAnswer best = IntegerSolver(program).solve(question);
  ASSERT_EQ(best.status, Status::optimal);
  failing_memory::expect_to_survive(
      [&] { EXPECT_EQ(IntegerSolver(program).solve(question).cost, best.cost); }, 50);
  // One solver that goes on after each time.
  IntegerSolver solver(program);
  for (long n = 0;; ++n) {
    ASSERT_LT(n, 20000);
    failing_memory::allowance = n;
    bool enough = false;
    try {
      solver.set_column(static_cast<std::int32_t>(n % 5), 0, 0);
      solver.solve(question);
      enough = true;
    } catch (const std::bad_alloc&) {
    }
    failing_memory::allowance = std::numeric_limits<long>::max();
    const auto column = static_cast<std::size_t>(n % 5);
    solver.set_column(static_cast<std::int32_t>(column), 0, program.columns[column].upper);
    EXPECT_EQ(solver.solve(question).cost, best.cost);
    if (enough) break;
  }
}

TEST(Memory, MayRunOutInProofs) {
  const IntegerProgram program{{{0, 1}, {0, 1}, {0, 1}},
                               {{-no_bound, 1, {{0, 1}, {1, 1}}},
                                {-no_bound, 1, {{1, 1}, {2, 1}}},
                                {-no_bound, 1, {{0, 1}, {2, 1}}}}};
  const std::vector<Rational> terms = {1, 1, 1};
  failing_memory::expect_to_survive(
      [&] {
        const ProofAnswer answer = prove_bound(program, {terms, 1, {}});
        EXPECT_EQ(answer.status, Status::optimal);
        EXPECT_TRUE(holds(answer.proof, program, terms, 1));
      },
      50);
}

}  // namespace
}  // namespace partnership::solver
