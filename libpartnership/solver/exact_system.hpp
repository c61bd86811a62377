// SPDX-License-Identifier: Apache-2.0
//
// Square systems of linear equations in whole numbers, solved exactly: elimination modulo one
// prime, then Hensel lifting (Dixon 1982), then the fractions that these digits are (Wang 1981),
// which are checked. So the work grows with the length of the answer, not with the worst case.
//
// What it will not do: tell a matrix that is singular from one that only is modulo the prime, which
// is 2^61 - 1. Either way it says which rows and columns go without a pivot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/rational.hpp"

namespace partnership::solver {

struct ExactCell {
  std::int32_t index;  // of a column (in a row) or a row (in a column)
  Integer value;
};

inline std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

// Fractions over one denominator > 0, which need not be the least.
struct ExactVector {
  std::vector<Integer> num;
  Integer den = 1;
};

class ExactSystem {
 public:
  // `rows` hold indices below `columns`, each at most once.
  ExactSystem(std::vector<std::vector<ExactCell>> rows, std::int32_t columns);

  // Without a pivot, ascending. A system can be solved where there are none of either.
  std::span<const std::int32_t> spare_rows() const noexcept { return spare_rows_; }
  std::span<const std::int32_t> spare_columns() const noexcept { return spare_columns_; }

  bool regular() const noexcept { return spare_rows_.empty() && spare_columns_.empty(); }

  ExactVector solve(std::span<const Integer> right) const;             // M x = right
  ExactVector solve_transposed(std::span<const Integer> right) const;  // x M = right

 private:
  struct Remainder {
    std::int32_t index;
    std::uint64_t value;  // modulo the prime
  };
  // One step of the elimination, in the matrix's own indices.
  struct Step {
    std::int32_t row, column;
    std::uint64_t inverse;             // of the pivot
    std::vector<Remainder> multiples;  // of the pivot's row, taken off other rows
    std::vector<Remainder> rest;       // of the pivot's row
  };
  // The equations of one side. `small` where a row of them adds up within 62 bits.
  struct Side {
    std::vector<std::vector<ExactCell>> rows;
    std::vector<bool> small;
    double bits = 0;  // of the determinant at most (Hadamard)
  };

  class Elimination;
  class Lifting;
  static Side side_of(std::vector<std::vector<ExactCell>> rows);
  void digits(std::vector<std::uint64_t>& right, std::vector<std::uint64_t>& answer) const;
  void digits_transposed(std::vector<std::uint64_t>& right,
                         std::vector<std::uint64_t>& answer) const;
  ExactVector lift(const Side& side, bool transposed, std::span<const Integer> right) const;

  Side rows_, columns_;
  std::vector<Step> steps_;
  std::vector<std::int32_t> spare_rows_, spare_columns_;
};

}  // namespace partnership::solver
