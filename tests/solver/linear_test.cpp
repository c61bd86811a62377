// SPDX-License-Identifier: Apache-2.0
#include "solver/linear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <stdexcept>

#include "base/error.hpp"
#include "solver/exact.hpp"
#include "solver/naive_linear.hpp"

namespace partnership::solver {
namespace {

// min -3x - 5y; x <= 4; 2y <= 12; 3x + 2y <= 18: 36 at (2, 6).
struct Textbook {
  Linear linear;
  Textbook() {
    linear.add_column(0, infinite, -3);
    linear.add_column(0, infinite, -5);
    const Cell x{0, 1}, y{1, 2}, both[] = {{0, 3}, {1, 2}};
    linear.add_row(-infinite, 4, {&x, 1});
    linear.add_row(-infinite, 12, {&y, 1});
    linear.add_row(-infinite, 18, both);
  }
};

TEST(Linear, SolvesATextbookProgram) {
  Textbook book;
  ASSERT_EQ(book.linear.solve(), Status::optimal);
  EXPECT_NEAR(book.linear.objective(), -36, 1e-9);
  EXPECT_NEAR(book.linear.values()[0], 2, 1e-9);
  EXPECT_NEAR(book.linear.values()[1], 6, 1e-9);
  EXPECT_NEAR(book.linear.duals()[0], 0, 1e-9);
  EXPECT_NEAR(book.linear.duals()[1], -1.5, 1e-9);
  EXPECT_NEAR(book.linear.duals()[2], -1, 1e-9);
  EXPECT_NEAR(book.linear.activities()[2], 18, 1e-9);
  const std::vector<Basis> expected = {Basis::basic, Basis::basic, Basis::basic, Basis::at_upper,
                                       Basis::at_upper};
  EXPECT_EQ(book.linear.basis(), expected);
}

TEST(Linear, KeepsWarm) {
  Textbook book;
  Linear& linear = book.linear;
  ASSERT_EQ(linear.solve(), Status::optimal);
  linear.set_column(1, 0, 5);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -33, 1e-9);
  const std::vector<Cell> sum = {{0, 1}, {1, 1}};
  const std::int32_t row = linear.add_row(-infinite, 6, sum);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -28, 1e-9);
  linear.set_row(row, 100, infinite);
  ASSERT_EQ(linear.solve(), Status::infeasible);
  ASSERT_EQ(linear.ray().size(), 4U);
  EXPECT_LT(linear.ray()[3], 0);
  linear.remove_rows_from(row);
  EXPECT_EQ(linear.rows(), 3);
  linear.set_column(1, 0, infinite);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -36, 1e-9);
  EXPECT_TRUE(linear.ray().empty());
  linear.set_cost(0, 3);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -30, 1e-9);
}

void expect_the_same(Linear& linear, const ExactProgram& program, int run, int turn) {
  const Status status = linear.solve();
  const ExactAnswer exact = solve_exactly(program);
  ASSERT_EQ(status, exact.status) << run << ' ' << turn;
  if (status == Status::infeasible) {
    std::vector<Rational> ray;
    for (const double y : linear.ray()) ray.push_back(Rational::near(y, 1000000));
    bool crossed = false;
    for (const auto& column : program.columns) {
      const ExactBounds& b = column.bounds;
      crossed = crossed || (b.lower && b.upper && *b.lower > *b.upper);
    }
    const std::optional<Rational> total = proved_bound(program, {}, ray);
    EXPECT_TRUE(crossed || (total && total->sign() < 0)) << run << ' ' << turn;
  }
  if (status != Status::optimal) return;
  EXPECT_NEAR(linear.objective(), exact.objective.approximate(), 1e-6);
  // Its basis is an optimal one, and its answers are those of the basis.
  const ExactAnswer own = solve_exactly(program, linear.basis());
  ASSERT_EQ(own.pivots, 0) << run << ' ' << turn;
  // A nonbasic variable without bounds may rest anywhere, not only at the basis's 0.
  const std::vector<Basis> basis = linear.basis();
  if (std::find(basis.begin(), basis.end(), Basis::free) != basis.end()) return;
  for (std::size_t j = 0; j < program.columns.size(); ++j) {
    EXPECT_NEAR(linear.values()[j], own.values[j].approximate(), 1e-6);
    EXPECT_NEAR(linear.reduced_costs()[j], own.reduced_costs[j].approximate(), 1e-6);
  }
  for (std::size_t i = 0; i < program.rows.size(); ++i) {
    EXPECT_NEAR(linear.duals()[i], own.duals[i].approximate(), 1e-6);
    EXPECT_NEAR(linear.activities()[i], own.activities[i].approximate(), 1e-6);
  }
}

// One program that is changed again and again, in every way, against the exact answer.
TEST(Linear, StaysRightThroughAllChanges) {
  std::mt19937 random(1);
  const auto below = [&](std::size_t end) { return random() % end; };
  const auto number = [&](int end) { return static_cast<std::int64_t>(random()) % end; };
  for (int run = 0; run < 250; ++run) {
    ExactProgram program = random_program(random, 7, 6);
    Linear linear = program.linear();
    for (int turn = 0; turn < 12; ++turn) {
      expect_the_same(linear, program, run, turn);
      if (testing::Test::HasFailure()) return;
      const std::int32_t columns = linear.columns(), rows = linear.rows();
      const Rational lower(number(4) - 2), upper = lower + number(4);
      const double low = lower.approximate(), high = upper.approximate();
      const std::size_t what = below(6);
      if (what == 0 && columns > 0) {
        const std::size_t j = below(program.columns.size());
        program.columns[j].bounds = {lower, upper};
        linear.set_column(static_cast<std::int32_t>(j), low, high);
      } else if (what == 1 && rows > 0) {
        const std::size_t i = below(program.rows.size());
        program.rows[i].bounds = {lower, upper};
        linear.set_row(static_cast<std::int32_t>(i), low, high);
      } else if (what == 2 && columns > 0) {
        const std::size_t j = below(program.columns.size());
        program.columns[j].cost = lower;
        linear.set_cost(static_cast<std::int32_t>(j), low);
      } else if (what == 3) {
        std::vector<Cell> cells;
        ExactProgram::Row row{{lower, upper}, {}};
        for (std::int32_t j = 0; j < columns; ++j) {
          if (below(2) == 0) continue;
          cells.push_back({j, 1 + static_cast<double>(j % 3)});
          row.cells.push_back({j, 1 + j % 3});
        }
        EXPECT_EQ(linear.add_row(low, high, cells), rows);
        program.rows.push_back(row);
      } else if (what == 4) {
        std::vector<Cell> cells;
        for (std::int32_t i = 0; i < rows; ++i) {
          if (below(2) == 0) continue;
          cells.push_back({i, 1});
          program.rows[at(i)].cells.push_back({columns, 1});
        }
        EXPECT_EQ(linear.add_column(low, high, 1, cells), columns);
        program.columns.push_back({{lower, upper}, 1});
      } else if (rows > 0) {
        const std::size_t kept = below(program.rows.size() + 1);
        program.rows.resize(kept);
        linear.remove_rows_from(static_cast<std::int32_t>(kept));
      }
    }
  }
}

TEST(Linear, StartsFromAGivenBasis) {
  Textbook book;
  ASSERT_EQ(book.linear.solve(), Status::optimal);
  const std::vector<Basis> best = book.linear.basis();
  const std::int64_t cold = book.linear.iterations();
  EXPECT_GT(cold, 0);
  Textbook other;
  other.linear.set_basis(best);
  ASSERT_EQ(other.linear.solve(), Status::optimal);
  EXPECT_EQ(other.linear.iterations(), 0);
  EXPECT_EQ(other.linear.basis(), best);
  EXPECT_THROW(other.linear.set_basis(std::vector<Basis>(3)), Error);
}

TEST(Linear, AnswersTheSameEachTime) {
  std::mt19937 random(5);
  for (int run = 0; run < 30; ++run) {
    const ExactProgram program = random_program(random, 40, 25);
    Linear one = program.linear(), other = program.linear();
    ASSERT_EQ(one.solve(), other.solve());
    EXPECT_EQ(one.basis(), other.basis());
    EXPECT_EQ(one.iterations(), other.iterations());
    const std::vector<double> values(one.values().begin(), one.values().end());
    EXPECT_EQ(values, std::vector<double>(other.values().begin(), other.values().end()));
  }
}

TEST(Linear, AddsUpCellsOfOneIndexAndRefusesWhatIsNoProgram) {
  Linear linear;
  EXPECT_EQ(linear.solve(), Status::optimal);
  linear.add_column(0, 10, 1);
  const std::vector<Cell> twice = {{0, 1}, {0, 2}};
  linear.add_row(6, infinite, twice);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.values()[0], 2, 1e-9);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const Cell beyond{1, 1}, before{-1, 1}, not_one{0, nan};
  EXPECT_THROW(linear.add_row(0, 1, {&beyond, 1}), Error);
  EXPECT_THROW(linear.add_row(0, 1, {&before, 1}), Error);
  EXPECT_THROW(linear.add_row(0, 1, {&not_one, 1}), Error);
  EXPECT_THROW(linear.add_row(nan, 1, {}), Error);
  EXPECT_THROW(linear.add_column(0, nan, 0), Error);
  EXPECT_THROW(linear.add_column(infinite, infinite, 0), Error);
  EXPECT_THROW(linear.add_column(0, 1, infinite), Error);
  EXPECT_THROW(linear.set_cost(0, nan), Error);
  EXPECT_THROW(linear.set_column(7, 0, 1), std::out_of_range);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_EQ(linear.rows(), 1);
  EXPECT_EQ(linear.columns(), 1);
}

// Larger, so that there is something to interrupt.
ExactProgram large_program() {
  std::mt19937 random(7);
  ExactProgram program;
  for (int j = 0; j < 160; ++j) {
    program.columns.push_back({{Rational(0), Rational(9)}, 20 + static_cast<int>(random() % 10)});
  }
  for (int i = 0; i < 120; ++i) {
    ExactProgram::Row row{{Rational(20 + static_cast<int>(random() % 10)), std::nullopt}, {}};
    for (int j = 0; j < 160; ++j) {
      if (random() % 10 == 0) row.cells.push_back({j, 1 + static_cast<int>(random() % 5)});
    }
    program.rows.push_back(std::move(row));
  }
  return program;
}

TEST(Linear, KeepsToItsLimitsAndGoesOn) {
  Linear linear = large_program().linear();
  Linear whole = large_program().linear();
  ASSERT_EQ(whole.solve(), Status::optimal);
  ASSERT_GT(whole.iterations(), 40);
  EXPECT_EQ(linear.solve({10, {}}), Status::limit);
  EXPECT_LE(linear.iterations(), 11);
  EXPECT_EQ(linear.solve({0, {}}), Status::limit);
  EXPECT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), whole.objective(), 1e-6);
}

TEST(Linear, StopsAtAnyQuestion) {
  Linear whole = large_program().linear();
  ASSERT_EQ(whole.solve(), Status::optimal);
  int n = 0;
  for (;; ++n) {
    Linear linear = large_program().linear();
    int asked = 0;
    Limits limits;
    limits.stop = [&] { return asked++ == n; };
    const Status status = linear.solve(limits);
    if (status == Status::optimal) break;
    ASSERT_EQ(status, Status::cancelled);
    EXPECT_EQ(asked, n + 1);
    EXPECT_EQ(linear.solve(), Status::optimal);
    EXPECT_NEAR(linear.objective(), whole.objective(), 1e-6);
  }
  EXPECT_GE(n, 2);
}

TEST(Linear, LetsTheCallersExceptionThrough) {
  for (int n = 0; n < 3; ++n) {
    Linear linear = large_program().linear();
    int asked = 0;
    Limits limits;
    limits.stop = [&]() -> bool {
      if (asked++ == n) throw std::runtime_error("enough");
      return false;
    };
    if (n < 2) {
      EXPECT_THROW(linear.solve(limits), std::runtime_error);
    }
    EXPECT_EQ(linear.solve(), Status::optimal);
  }
}

// Numbers far apart, bounds that nearly cross, rows that say nothing: whatever comes of it, it is a
// status, and Clp has no word in it.
TEST(Linear, PrintsNothingWhateverComes) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  std::mt19937 random(9);
  std::map<Status, int> seen;
  for (int run = 0; run < 400; ++run) {
    const auto number = [&] {
      return std::ldexp(1.0 + static_cast<double>(random() % 8),
                        static_cast<int>(random() % 60) - 30) *
             (random() % 2 == 0 ? 1 : -1);
    };
    Linear linear;
    for (int j = 0; j < 8; ++j) {
      const double base = number();
      linear.add_column(random() % 3 == 0 ? -infinite : base,
                        random() % 3 == 0 ? infinite : base + std::abs(number()), number());
    }
    for (int i = 0; i < 6; ++i) {
      std::vector<Cell> cells;
      for (int j = 0; j < 8; ++j) {
        if (random() % 2 == 0) cells.push_back({j, number()});
      }
      const double base = number();
      linear.add_row(random() % 3 == 0 ? -infinite : base,
                     random() % 3 == 0 ? infinite : base + std::abs(number()) * 1e-9, cells);
    }
    ++seen[linear.solve()];
    linear.set_column(static_cast<std::int32_t>(random() % 8), number(), infinite);
    ++seen[linear.solve({5, {}})];
    ++seen[linear.solve()];
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_GT(seen[Status::optimal], 50);
  EXPECT_GT(seen[Status::infeasible], 50);
  EXPECT_EQ(seen[Status::cancelled], 0);
}

}  // namespace
}  // namespace partnership::solver
