// SPDX-License-Identifier: Apache-2.0
//
// A linear program in doubles as it was given, and what can be said of it without a solver. Behind
// linear.hpp, which keeps it beside the solver's own copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "solver/linear.hpp"

namespace partnership::solver {

template <class T>
void make_room(std::vector<T>& list) {
  if (list.size() == list.capacity()) list.reserve(2 * list.size() + 8);
}

struct LinearAnswer {
  double objective = 0;
  std::vector<double> values, reduced_costs, duals, activities;
};

struct LinearProgram {
  struct Bounds {
    double lower, upper;
  };
  std::vector<Bounds> columns, rows;
  std::vector<double> costs;
  std::vector<std::vector<Cell>> cells;  // of rows

  static void check_bounds(double lower, double upper);  // throws what is not a bound
  static void check_finite(double value);
  // By index, those of one index added up, without zeros. Throws what is beyond `end`.
  static std::vector<Cell> tidy(std::span<const Cell> cells, std::int32_t end);

  std::int32_t column_count() const noexcept { return static_cast<std::int32_t>(columns.size()); }
  std::int32_t row_count() const noexcept { return static_cast<std::int32_t>(rows.size()); }
  std::size_t size() const noexcept { return columns.size() + rows.size(); }

  // A row without cells that 0 does not obey, or a lower bound above its upper one. `ray` as
  // Linear::ray, empty in the second case.
  bool plainly_infeasible(std::vector<double>& ray) const;
  // Without cells: each column goes to its better end. Not for what is plainly infeasible.
  bool has_cells() const noexcept;
  Status solve_alone(LinearAnswer& answer, std::vector<Basis>& basis) const;
  // Fills in what values say of rows and costs. False where they break a bound by more than
  // `tolerance`, relative where the value is above 1.
  bool complete(LinearAnswer& answer, double tolerance) const;
  // What multipliers of the rows prove about 0: below zero, that there is no solution
  // (Linear::ray).
  double proved_by(const std::vector<double>& multipliers) const;
};

}  // namespace partnership::solver
