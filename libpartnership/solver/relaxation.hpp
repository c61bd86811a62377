// SPDX-License-Identifier: Apache-2.0
//
// The linear relaxation of an integer program, as its search uses it: warm from one node to the
// next, over a dense tableau where that is small, else over Linear. Behind integer.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "solver/integer.hpp"
#include "solver/linear.hpp"

namespace partnership::solver {

// Variables are the columns, then the rows (what they add up to).
class Relaxation {
 public:
  virtual ~Relaxation() = default;

  virtual void set_bounds(std::int32_t variable, double lower, double upper) = 0;
  virtual void set_cost(std::int32_t column, double cost) = 0;
  virtual void set_basis(std::span<const Basis> basis) = 0;
  virtual Status solve(const Limits& limits) = 0;

  virtual double objective() const = 0;                          // after a limit: a bound below it
  virtual std::span<const double> values() const = 0;            // of variables
  virtual double reduced_cost(std::int32_t variable) const = 0;  // of a row: its dual
  virtual std::vector<double> ray() const = 0;                   // as Linear's
  virtual std::vector<Basis> basis() const = 0;
  virtual std::int64_t iterations() const = 0;  // of the last solve

  // With the bounds of the program; no costs yet. `robust`: over Linear in any case.
  static std::unique_ptr<Relaxation> of(const IntegerProgram& program, bool robust = false);
};

}  // namespace partnership::solver
