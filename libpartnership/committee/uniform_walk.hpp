// SPDX-License-Identifier: Apache-2.0
//
// Rounding of many numbers within 0 and 1 at once, so that some sums of them change little: the
// walk of Beck and Fiala ("Integer-making" theorems, Discrete Applied Mathematics 3, 1981). It
// moves along directions that change none of the sums that still have much to lose, until all are
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace partnership {

// sum over numbers of share * number; a share is within 0 and 1.
struct WalkColumn {
  double value;                                          // within 0 and 1
  std::vector<std::pair<std::uint32_t, double>> shares;  // of sums, by index
};

// Up (true) or down for each column. The sum of all values, which is whole but for errors of
// double, is kept. Where no column's shares sum to more than `most`, each of the `sums` changes by
// less than `most` (in exact arithmetic; the caller counts what came out). The time grows as the
// columns times the square of the sums with a share of more than `most`.
std::vector<bool> walk(const std::vector<WalkColumn>& columns, std::size_t sums, double most);

}  // namespace partnership
