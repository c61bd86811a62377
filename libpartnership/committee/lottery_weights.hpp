// SPDX-License-Identifier: Apache-2.0
//
// Weights in doubles become whole numbers over one denominator, and how far the probabilities are
// then from the target is calculated exactly.
#pragma once

#include <span>
#include <vector>

#include "committee/lottery.hpp"
#include "committee/lottery_peel.hpp"

namespace partnership::lottery {

struct Weighted {
  std::vector<LotteryPanel> panels;
  Integer denominator = 1;
  std::vector<Rational> probabilities;  // a type
};

// The exact small fractions that the weights seem to be, where these give the target exactly; else
// over the first power of ten (12, 15) that keeps within `delta`, or else over the last. Equal
// panels become one.
Weighted weigh(const Space& space, Mixture mixture, std::span<const Rational> target,
               const Rational& delta);

Rational largest_deviation(std::span<const Rational> probabilities,
                           std::span<const Rational> target);

}  // namespace partnership::lottery
