// SPDX-License-Identifier: Apache-2.0
#include "solver/dense_dual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "solver/exact.hpp"
#include "solver/naive_integer.hpp"
#include "solver/naive_linear.hpp"

namespace partnership::solver {
namespace {

// The same program twice: in fractions, and for the dense method, which wants every bound.
struct Pair {
  ExactProgram exact;
  std::unique_ptr<DenseDual> dense;

  explicit Pair(std::mt19937& random, int most_columns, int most_rows) {
    const int columns = number_below(random, most_columns + 1);
    const int rows = number_below(random, most_rows + 1);
    std::vector<std::vector<Cell>> cells(static_cast<std::size_t>(rows));
    exact.columns.resize(static_cast<std::size_t>(columns));
    exact.rows.resize(static_cast<std::size_t>(rows));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (int j = 0; j < columns; ++j) {
        const int value =
            number_below(random, 4) == 0 ? number_below(random, 9) - 4 : number_below(random, 2);
        if (value == 0) continue;
        cells[i].push_back({j, static_cast<double>(value)});
        exact.rows[i].cells.push_back({j, value});
      }
    }
    dense = std::make_unique<DenseDual>(columns, std::move(cells));
    for (int j = 0; j < columns; ++j) set_cost(j, number_below(random, 13) - 6);
  }

  void set_cost(int column, int cost) {
    exact.columns[at(column)].cost = cost;
    dense->set_cost(column, cost);
  }
  void set_bounds(int variable, int lower, int upper) {
    const ExactBounds bounds{Rational(lower), Rational(upper)};
    if (variable < dense->columns()) {
      exact.columns[at(variable)].bounds = bounds;
    } else {
      exact.rows[at(variable - dense->columns())].bounds = bounds;
    }
    dense->set_bounds(variable, lower, upper);
  }
  void change(std::mt19937& random, int variable) {
    const int lower = number_below(random, variable < dense->columns() ? 3 : 5) - 1;
    set_bounds(variable, lower, lower + number_below(random, 4));
  }
};

TEST(DenseDual, StaysRightThroughAllChanges) {
  std::mt19937 random(1);
  int optimal = 0, infeasible = 0;
  for (int run = 0; run < 400; ++run) {
    Pair pair(random, 12, 8);
    DenseDual& dense = *pair.dense;
    const int count = dense.columns() + dense.rows();
    for (int v = 0; v < count; ++v) pair.change(random, v);
    for (int turn = 0; turn < 25; ++turn) {
      const Status status = dense.solve({});
      const ExactAnswer exact = solve_exactly(pair.exact);
      ASSERT_EQ(status, exact.status) << run << ' ' << turn;
      if (status == Status::optimal) {
        ++optimal;
        EXPECT_NEAR(dense.objective(), exact.objective.approximate(), 1e-6);
        // Its basis is the optimum's, and says the same about duals.
        const ExactAnswer of_basis = solve_exactly(pair.exact, dense.basis());
        EXPECT_EQ(of_basis.objective, exact.objective);
        for (int v = 0; v < count; ++v) {
          const bool row = v >= dense.columns();
          const Rational& value =
              row ? of_basis.activities[at(v - dense.columns())] : of_basis.values[at(v)];
          const Rational& cost =
              row ? of_basis.duals[at(v - dense.columns())] : of_basis.reduced_costs[at(v)];
          if (of_basis.pivots > 0) break;
          EXPECT_NEAR(dense.value(v), value.approximate(), 1e-6);
          EXPECT_NEAR(dense.reduced_cost(v), cost.approximate(), 1e-6);
        }
      } else {
        ++infeasible;
        std::vector<Rational> ray;
        for (const double y : dense.ray()) ray.push_back(Rational::near(y, 100000));
        const std::optional<Rational> proved = proved_bound(pair.exact, {}, ray);
        ASSERT_TRUE(proved.has_value());
        EXPECT_LT(*proved, Rational(0)) << run;
      }
      for (int changes = number_below(random, 4); changes > 0 && count > 0; --changes) {
        pair.change(random, number_below(random, count));
      }
      if (dense.columns() > 0 && number_below(random, 3) == 0) {
        pair.set_cost(number_below(random, dense.columns()), number_below(random, 13) - 6);
      }
      if (number_below(random, 10) == 0) dense.set_basis(exact.basis);
    }
  }
  EXPECT_GT(optimal, 2000);
  EXPECT_GT(infeasible, 500);
}

// No costs at all: every basis is dual degenerate.
TEST(DenseDual, DoesNotCycleWithoutCosts) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const IntegerProgram program = panel_program({400, 50, 6, 5, 0, seed});
    std::vector<std::vector<Cell>> rows;
    for (const auto& row : program.rows) {
      std::vector<Cell>& cells = rows.emplace_back();
      for (const auto& term : row.terms) cells.push_back({term.column, 1});
    }
    const auto columns = static_cast<std::int32_t>(program.columns.size());
    DenseDual dense(columns, std::move(rows));
    for (std::int32_t j = 0; j < columns; ++j) {
      dense.set_bounds(j, 0, static_cast<double>(program.columns[at(j)].upper));
    }
    for (std::int32_t i = 0; i < dense.rows(); ++i) {
      dense.set_bounds(columns + i, static_cast<double>(program.rows[at(i)].lower),
                       static_cast<double>(program.rows[at(i)].upper));
    }
    EXPECT_EQ(dense.solve({}), Status::optimal);
    EXPECT_LT(dense.iterations(), 2000);
  }
}

TEST(DenseDual, KeepsToItsLimits) {
  std::mt19937 random(4);
  for (int run = 0; run < 200; ++run) {
    Pair pair(random, 14, 8);
    for (int v = 0; v < pair.dense->columns() + pair.dense->rows(); ++v) pair.change(random, v);
    const ExactAnswer exact = solve_exactly(pair.exact);
    if (exact.status != Status::optimal) continue;
    for (std::int64_t most = 0;; ++most) {
      const Status status = pair.dense->solve({1, {}});
      if (status == Status::optimal) break;
      ASSERT_EQ(status, Status::limit);
      EXPECT_LE(pair.dense->iterations(), 1);
      EXPECT_LE(pair.dense->objective(), exact.objective.approximate() + 1e-6);
      ASSERT_LT(most, 100);
    }
    EXPECT_NEAR(pair.dense->objective(), exact.objective.approximate(), 1e-6);
    EXPECT_EQ(pair.dense->solve({}), Status::optimal);
  }
}

}  // namespace
}  // namespace partnership::solver
