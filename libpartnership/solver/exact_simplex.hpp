// SPDX-License-Identifier: Apache-2.0
//
// The simplex method in fractions over the bounded variables x (columns) and s (what rows add up
// to), A x - s = 0. First the dual method, with costs changed where the basis is not dual feasible,
// until the basis is primal feasible; then the primal method with the true costs. Rows and costs
// are scaled to whole numbers. Every basis is solved anew. Behind exact.hpp, for nobody else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/rational.hpp"
#include "solver/exact.hpp"
#include "solver/exact_system.hpp"

namespace partnership::solver {

class ExactSimplex {
 public:
  ExactSimplex(const ExactProgram& program, std::span<const Basis> basis,
               const ExactLimits& limits);
  ExactAnswer run();

 private:
  using Index = std::int32_t;  // of a variable: columns, then rows

  void scale();
  void take_basis(std::span<const Basis> basis);
  bool factor();
  void repair();
  void give_up_basis(Index variable);

  bool is_row(Index variable) const noexcept { return variable >= columns_; }
  bool fixed(Index variable) const {
    const ExactBounds& bounds = bounds_[at(variable)];
    return bounds.lower && bounds.upper && *bounds.lower == *bounds.upper;
  }
  const Rational* resting_at(Index variable) const;  // nullptr: 0

  void find_values();
  void find_reduced_costs();
  ExactVector column_of(Index entering) const;
  ExactVector multipliers_of(const std::vector<Integer>& costs) const;
  Integer times_column(const std::vector<Integer>& multipliers, Index variable) const;

  int beyond(Index variable) const;     // -1 below its lower bound, 1 above its upper one
  int wrong_way(Index variable) const;  // the direction in which a nonbasic variable gains, or 0

  Status solve();
  bool make_dual_feasible();
  std::optional<Status> dual_pivot();
  std::optional<Status> primal_pivot();
  void exchange(Index entering, Index leaving, Basis resting);
  bool patient() const noexcept { return pivots_ < 2 * (columns_ + rows_) + 50; }
  void fill(ExactAnswer& answer, Status status);

  const ExactProgram& program_;
  const ExactLimits& limits_;
  Index columns_, rows_;
  std::vector<std::vector<ExactCell>> by_row_, by_column_;
  std::vector<Integer> row_scale_;
  Integer cost_scale_ = 1;
  std::vector<ExactBounds> bounds_;  // of variables, rows' scaled
  std::vector<Integer> true_costs_, costs_;

  std::vector<Basis> basis_;
  std::vector<Index> tight_rows_, basic_columns_;  // of the system
  std::vector<Index> place_;                       // of a basic column in the system
  std::optional<ExactSystem> system_;
  ExactVector values_, reduced_;  // of variables
  std::vector<Integer> duals_;    // over the denominator of reduced_
  std::vector<Integer> proof_;    // of infeasibility, for scaled rows
  std::int32_t pivots_ = 0;
};

}  // namespace partnership::solver
