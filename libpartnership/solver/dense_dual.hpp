// SPDX-License-Identifier: Apache-2.0
//
// The dual simplex method over a dense tableau, for the small programs of a branch and bound: every
// variable has two bounds, so any basis is dual feasible once each nonbasic variable is at its
// better bound, and a change of bounds or costs costs a few pivots of microseconds.
//
// What it will not do: large or sparse programs (linear.hpp), or an exact answer (exact.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "solver/linear.hpp"

namespace partnership::solver {

// Minimises costs * x. Variables are the columns x, then the rows (what they add up to).
class DenseDual {
 public:
  using Index = std::int32_t;

  // All bounds finite. `rows` of cells, each column at most once.
  DenseDual(Index columns, std::vector<std::vector<Cell>> rows);

  Index columns() const noexcept { return columns_; }
  Index rows() const noexcept { return rows_; }
  void set_bounds(Index variable, double lower, double upper);
  void set_cost(Index column, double cost);
  void set_basis(std::span<const Basis> basis);

  // optimal, infeasible (shown by the ray, checked on the program itself), limit (objective() then
  // is a bound below the optimum), cancelled, or trouble: nothing was reached for rounding.
  Status solve(const Limits& limits);

  double objective() const noexcept { return objective_; }
  std::span<const double> values() const noexcept { return value_; }  // of variables
  double value(Index variable) const noexcept { return value_[index(variable)]; }
  double lower(Index variable) const noexcept { return lower_[index(variable)]; }
  double upper(Index variable) const noexcept { return upper_[index(variable)]; }
  bool basic(Index variable) const noexcept { return place_[index(variable)] < 0; }
  // Of a nonbasic variable; of a row, its dual. 0 for basic ones.
  double reduced_cost(Index variable) const noexcept;
  std::vector<double> ray() const { return ray_; }  // as Linear's
  std::vector<Basis> basis() const;
  std::int64_t iterations() const noexcept { return iterations_; }  // of the last solve

 private:
  struct Step {  // a nonbasic column whose reduced cost becomes 0, and when
    double ratio, pivot;
    Index column;
  };

  static std::size_t index(Index i) noexcept { return static_cast<std::size_t>(i); }
  double* row(Index i) noexcept { return table_.data() + index(i) * width_; }
  const double* row(Index i) const noexcept { return table_.data() + index(i) * width_; }

  Status run(const Limits& limits);
  double dual_objective() const;
  void start_over();
  void refresh();
  void price();
  void rest_nonbasic();
  void move(Index column, double to);
  void find_side(Index column);
  void find_basic_values();
  Index leaving_row() const;
  bool choose(Index leaving, Index& entering);
  void pivot(Index leaving, Index entering);
  void step(Index leaving, Index entering);
  void perturb();
  bool sound() const;
  bool shows_infeasible(Index leaving);

  Index columns_, rows_;
  std::size_t width_;
  std::vector<std::vector<Cell>> cells_;  // of rows
  std::vector<double> lower_, upper_, value_, costs_;
  std::vector<Index> place_;   // of a variable: its column in the table, or -1 - its row
  std::vector<Index> head_;    // of a row of the table: its variable
  std::vector<Index> tail_;    // of a column of the table: its variable
  std::vector<double> table_;  // basic variables = table * nonbasic ones
  std::vector<double> reduced_;
  std::vector<double> side_;   // of a column of the table; holds while a solve runs
  std::vector<Index> picked_;  // room for a column each
  std::vector<Step> steps_;
  std::vector<double> ray_, left_;
  double objective_ = 0;
  std::int64_t iterations_ = 0;
  std::int64_t pivots_ = 0;  // since the table was made from the program
  bool priced_ = false;      // reduced costs are those of the costs
};

}  // namespace partnership::solver
