// SPDX-License-Identifier: Apache-2.0
//
// Linear programs in fractions. What Linear found in doubles is a basis; here the basis is solved
// exactly, and where it is not quite the right one, exact pivots go on from it. So an answer is
// proved: the optimum with values and duals, or multipliers of the rows that no solution can obey.
//
// What it will not do: be fast from a bad basis. A pivot costs about as much as solving the basis.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/rational.hpp"
#include "solver/linear.hpp"

namespace partnership::solver {

struct ExactBounds {
  std::optional<Rational> lower, upper;  // nothing: none
};

// Minimise the sum of cost * x, where x and what the rows add up to are within their bounds.
struct ExactProgram {
  struct Column {
    ExactBounds bounds;
    Rational cost;
  };
  struct Cell {
    std::int32_t column;  // at most once in a row
    Rational value;
  };
  struct Row {
    ExactBounds bounds;
    std::vector<Cell> cells;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;

  Linear linear() const;  // the same in doubles
};

struct ExactLimits {
  std::int32_t pivots = 2000;
  std::int32_t size = 1000;    // of a system to be solved: rows that bind, columns that are basic
  std::function<bool()> stop;  // asked before each basis is solved; true: end
};

struct ExactAnswer {
  // optimal, infeasible, unbounded: proved. limit, cancelled: by ExactLimits. trouble: a basis that
  // cannot be solved modulo the prime (exact_system.hpp), of which none is known.
  Status status = Status::limit;
  std::int32_t pivots = 0;
  std::vector<Basis> basis;  // the last one, as Linear gives it

  // Where optimal. Duals as Linear's: reduced cost = cost - duals * column; at least 0 where a
  // column is at its lower bound, at most 0 where it is at its upper one, and the same holds for a
  // row's dual.
  Rational objective;
  std::vector<Rational> values, reduced_costs, activities, duals;
  // Where infeasible: of the rows, as Linear's; empty where a lower bound is above its upper one.
  std::vector<Rational> ray;
};

// `basis` as Linear gives it, of any quality; empty: all rows are basic.
ExactAnswer solve_exactly(const ExactProgram& program, std::span<const Basis> basis = {},
                          const ExactLimits& limits = {});

// What multipliers of the rows prove: every solution has sum of terms * x <= the result, where rows
// with positive multipliers count by their upper bounds, those with negative ones by their lower
// bounds, and columns fill in the rest by theirs. Nothing where a bound that it would take is not
// there. `terms` empty: zeros (a result below 0 then proves that there is no solution).
std::optional<Rational> proved_bound(const ExactProgram& program, std::span<const Rational> terms,
                                     std::span<const Rational> multipliers);

}  // namespace partnership::solver
