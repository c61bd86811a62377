// SPDX-License-Identifier: Apache-2.0
//
// An oracle: linear programs in exact fractions by the textbook (a full table, Bland's rule), for
// programs of a few dozen rows.
#pragma once

#include <vector>

#include "base/rational.hpp"

namespace partnership::naive {

// Maximise cost x over x >= 0 with matrix x <= bound.
struct Program {
  std::vector<std::vector<Rational>> matrix;  // by row
  std::vector<Rational> bound;                // a row
  std::vector<Rational> cost;                 // a column
};

struct Answer {
  enum class Kind { optimal, infeasible, unbounded };
  Kind kind = Kind::optimal;
  Rational value;
  std::vector<Rational> x;
  // A row, >= 0. Optimal: multipliers * matrix >= cost and multipliers * bound == value.
  // Infeasible: multipliers * matrix >= 0 and multipliers * bound < 0.
  std::vector<Rational> multipliers;
};

Answer solve(const Program& program);

}  // namespace partnership::naive
