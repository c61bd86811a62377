// SPDX-License-Identifier: Apache-2.0
//
// Integer programs by trying everything, and small ones at random.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "base/rational.hpp"
#include "solver/integer.hpp"
#include "solver/panel_programs.hpp"

namespace partnership::solver {

// Calls `visit` for every choice of values within the columns' bounds.
inline void for_each_choice(const IntegerProgram& program,
                            const std::function<void(std::span<const std::int64_t>)>& visit) {
  std::vector<std::int64_t> values;
  for (const auto& column : program.columns) {
    if (column.lower > column.upper) return;
    values.push_back(column.lower);
  }
  for (;;) {
    visit(values);
    std::size_t j = 0;
    while (j < values.size() && values[j] == program.columns[j].upper) {
      values[j] = program.columns[j].lower;
      ++j;
    }
    if (j == values.size()) return;
    ++values[j];
  }
}

inline bool obeys_rows(const IntegerProgram& program, std::span<const std::int64_t> values) {
  for (const auto& row : program.rows) {
    std::int64_t sum = 0;
    for (const auto& term : row.terms) {
      sum += term.coefficient * values[static_cast<std::size_t>(term.column)];
    }
    if (sum < row.lower || sum > row.upper) return false;  // no_bound is beyond every sum
  }
  return true;
}

inline std::optional<double> least_cost(const IntegerProgram& program,
                                        std::span<const double> costs) {
  std::optional<double> least;
  for_each_choice(program, [&](std::span<const std::int64_t> values) {
    if (!obeys_rows(program, values)) return;
    double cost = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
      cost += costs[j] * static_cast<double>(values[j]);
    }
    if (!least || cost < *least) least = cost;
  });
  return least;
}

inline std::optional<Rational> greatest_sum(const IntegerProgram& program,
                                            std::span<const Rational> terms) {
  std::optional<Rational> most;
  for_each_choice(program, [&](std::span<const std::int64_t> values) {
    if (!obeys_rows(program, values)) return;
    Rational sum;
    for (std::size_t j = 0; j < values.size(); ++j) sum += terms[j] * Rational(values[j]);
    if (!most || sum > *most) most = sum;
  });
  return most;
}

// Some are parity puzzles, which relaxations say nothing about.
inline IntegerProgram random_integer_program(std::mt19937& random) {
  IntegerProgram program;
  const int columns = number_below(random, 7), rows = number_below(random, 5);
  const int even = number_below(random, 4) == 0 ? 2 : 1;
  for (int j = 0; j < columns; ++j) {
    const std::int64_t lower = number_below(random, 4) == 0 ? -2 : 0;
    program.columns.push_back({lower, lower + number_below(random, 4)});
  }
  for (int i = 0; i < rows; ++i) {
    IntegerProgram::Row row{};
    for (int j = 0; j < columns; ++j) {
      const int coefficient = even * (number_below(random, 3) == 0 ? number_below(random, 7) - 3
                                                                   : number_below(random, 2));
      if (coefficient != 0) row.terms.push_back({j, coefficient});
    }
    row.lower = number_below(random, 8) - 2;
    row.upper = row.lower + (number_below(random, 2) == 0 ? 0 : number_below(random, 4));
    if (number_below(random, 4) == 0) row.lower = -no_bound;
    if (number_below(random, 4) == 0) row.upper = no_bound;
    program.rows.push_back(std::move(row));
  }
  return program;
}

}  // namespace partnership::solver
