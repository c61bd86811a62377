// SPDX-License-Identifier: Apache-2.0
//
// Linear programs the naive way: a dense tableau in fractions, two phases, Bland's rule. Also
// programs at random, and what an exact answer must obey.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "solver/exact.hpp"
#include "solver/exact_system.hpp"

namespace partnership::solver {

class Tableau {
 public:
  // Minimise costs * x over x >= 0 with M x = right.
  Tableau(std::vector<std::vector<Rational>> rows, std::vector<Rational> right,
          std::vector<Rational> costs)
      : rows_(std::move(rows)), right_(std::move(right)), costs_(std::move(costs)) {}

  Status solve(Rational& objective) {
    const std::size_t real = costs_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (right_[i].sign() < 0) {
        for (Rational& value : rows_[i]) value = -value;
        right_[i] = -right_[i];
      }
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].resize(real + rows_.size());
      rows_[i][real + i] = 1;
      basis_.push_back(real + i);
    }
    std::vector<Rational> phase(real + rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) phase[real + i] = 1;
    run(phase, phase.size());
    if (value_of(phase).sign() != 0) return Status::infeasible;
    // Artificial variables leave the basis where they can; a row where none can is redundant.
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (basis_[i] < real) continue;
      for (std::size_t j = 0; j < real; ++j) {
        if (rows_[i][j].sign() == 0) continue;
        pivot(i, j);
        break;
      }
    }
    costs_.resize(real + rows_.size());
    if (!run(costs_, real)) return Status::unbounded;
    objective = value_of(costs_);
    return Status::optimal;
  }

 private:
  Rational value_of(const std::vector<Rational>& costs) const {
    Rational sum;
    for (std::size_t i = 0; i < rows_.size(); ++i) sum += costs[basis_[i]] * right_[i];
    return sum;
  }

  bool run(const std::vector<Rational>& costs, std::size_t end) {
    for (;;) {
      std::size_t entering = end;
      for (std::size_t j = 0; j < end && entering == end; ++j) {
        Rational reduced = costs[j];
        for (std::size_t i = 0; i < rows_.size(); ++i) {
          reduced -= costs[basis_[i]] * rows_[i][j];
        }
        if (reduced.sign() < 0) entering = j;
      }
      if (entering == end) return true;
      std::size_t leaving = rows_.size();
      std::optional<Rational> best;
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i][entering].sign() <= 0) continue;
        const Rational ratio = right_[i] / rows_[i][entering];
        if (!best || ratio < *best || (ratio == *best && basis_[i] < basis_[leaving])) {
          best = ratio;
          leaving = i;
        }
      }
      if (!best) return false;
      pivot(leaving, entering);
    }
  }

  void pivot(std::size_t row, std::size_t column) {
    const Rational divisor = rows_[row][column];
    for (Rational& value : rows_[row]) value /= divisor;
    right_[row] /= divisor;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Rational factor = rows_[i][column];
      if (i == row || factor.sign() == 0) continue;
      for (std::size_t j = 0; j < rows_[i].size(); ++j) rows_[i][j] -= factor * rows_[row][j];
      right_[i] -= factor * right_[row];
    }
    basis_[row] = column;
  }

  std::vector<std::vector<Rational>> rows_;
  std::vector<Rational> right_, costs_;
  std::vector<std::size_t> basis_;
};

// Every variable is split into two that are at least 0, every bound is an equation with a slack.
inline Status solve_naively(const ExactProgram& program, Rational& objective) {
  std::vector<std::vector<Rational>> rows;
  std::vector<Rational> right;
  const std::size_t n = program.columns.size();
  const auto inequality = [&](const std::vector<Rational>& terms, const Rational& most) {
    std::vector<Rational> row;
    for (const Rational& term : terms) {
      row.push_back(term);
      row.push_back(-term);
    }
    rows.push_back(std::move(row));
    right.push_back(most);
  };
  const auto between = [&](std::vector<Rational> terms, const ExactBounds& bounds) {
    if (bounds.upper) inequality(terms, *bounds.upper);
    for (Rational& term : terms) term = -term;
    if (bounds.lower) inequality(terms, -*bounds.lower);
  };
  std::vector<Rational> costs;
  for (std::size_t j = 0; j < n; ++j) {
    std::vector<Rational> unit(n);
    unit[j] = 1;
    between(unit, program.columns[j].bounds);
    costs.push_back(program.columns[j].cost);
    costs.push_back(-program.columns[j].cost);
  }
  for (const ExactProgram::Row& row : program.rows) {
    std::vector<Rational> terms(n);
    for (const auto& cell : row.cells) terms[at(cell.column)] += cell.value;
    between(terms, row.bounds);
  }
  const std::size_t width = 2 * n + rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].resize(width);
    rows[i][2 * n + i] = 1;
  }
  costs.resize(width);
  return Tableau(rows, right, costs).solve(objective);
}

// Sizes, signs, bounds and degeneracy of all kinds.
inline ExactProgram random_program(std::mt19937& random, std::int32_t most_columns,
                                   std::int32_t most_rows) {
  const auto number = [&](std::int32_t least, std::int32_t most) {
    return std::uniform_int_distribution<std::int32_t>(least, most)(random);
  };
  const bool fractions = number(0, 2) == 0;
  const auto value = [&](std::int32_t reach) {
    return Rational(number(-reach, reach), fractions ? number(1, 7) : 1);
  };
  const std::int32_t openness = number(0, 2);
  const auto bounds = [&](std::int32_t least, std::int32_t reach) {
    ExactBounds result{Rational(number(least, reach)), std::nullopt};
    result.upper = *result.lower + Rational(number(0, 2) == 0 ? 0 : number(0, reach));
    if (number(0, 3) < openness) result.lower.reset();
    if (number(0, 3) < openness) result.upper.reset();
    return result;
  };
  ExactProgram program;
  const std::int32_t columns = number(0, most_columns), rows = number(0, most_rows);
  const bool costless = number(0, 6) == 0;
  for (std::int32_t j = 0; j < columns; ++j) {
    program.columns.push_back({bounds(number(0, 3) == 0 ? -3 : 0, 3), costless ? 0 : value(4)});
  }
  for (std::int32_t i = 0; i < rows; ++i) {
    ExactProgram::Row row{bounds(-2, 6), {}};
    for (std::int32_t j = 0; j < columns; ++j) {
      if (number(0, 2) == 0) continue;
      row.cells.push_back({j, number(0, 3) == 0 ? value(3) : Rational(number(-1, 1))});
    }
    program.rows.push_back(std::move(row));
    if (number(0, 9) == 0) program.rows.push_back(program.rows.back());  // says it twice
  }
  return program;
}

inline bool obeys(const Rational& value, const ExactBounds& bounds) {
  return (!bounds.lower || value >= *bounds.lower) && (!bounds.upper || value <= *bounds.upper);
}

// Gains nothing by moving: at least 0 where it could rise, at most 0 where it could fall.
inline bool rests(const Rational& value, const Rational& reduced, const ExactBounds& bounds) {
  if (reduced.sign() > 0) return bounds.lower && value == *bounds.lower;
  return reduced.sign() == 0 || (bounds.upper && value == *bounds.upper);
}

// What makes an answer proved, calculated anew.
inline void expect_proved(const ExactProgram& program, const ExactAnswer& answer) {
  if (answer.status == Status::infeasible) {
    for (const auto& column : program.columns) {
      const ExactBounds& b = column.bounds;
      if (b.lower && b.upper && *b.lower > *b.upper) return;
    }
    const std::optional<Rational> bound = proved_bound(program, {}, answer.ray);
    ASSERT_TRUE(bound.has_value());
    EXPECT_LT(*bound, Rational(0));
  }
  if (answer.status != Status::optimal) return;
  ASSERT_EQ(answer.values.size(), program.columns.size());
  ASSERT_EQ(answer.duals.size(), program.rows.size());
  std::vector<Rational> reduced;
  Rational objective;
  for (std::size_t j = 0; j < program.columns.size(); ++j) {
    objective += program.columns[j].cost * answer.values[j];
    reduced.push_back(program.columns[j].cost);
    EXPECT_TRUE(obeys(answer.values[j], program.columns[j].bounds));
  }
  EXPECT_EQ(objective, answer.objective);
  for (std::size_t i = 0; i < program.rows.size(); ++i) {
    Rational sum;
    for (const auto& cell : program.rows[i].cells) {
      sum += cell.value * answer.values[at(cell.column)];
      reduced[at(cell.column)] -= cell.value * answer.duals[i];
    }
    EXPECT_EQ(sum, answer.activities[i]);
    EXPECT_TRUE(obeys(sum, program.rows[i].bounds));
    EXPECT_TRUE(rests(sum, answer.duals[i], program.rows[i].bounds));
  }
  EXPECT_EQ(reduced, answer.reduced_costs);
  for (std::size_t j = 0; j < program.columns.size(); ++j) {
    EXPECT_TRUE(rests(answer.values[j], reduced[j], program.columns[j].bounds));
  }
}

}  // namespace partnership::solver
