// SPDX-License-Identifier: Apache-2.0
//
// A target as a lottery over panels, if it is one. Peeling does nearly all of it; what it leaves,
// together with some of the panels taken off last, is then fitted by least squares over the face on
// which it lies, with panels that the residual asks for, until nothing is left. Where that fails,
// with ever more of the panels; only with all of them can it be said that there is no such lottery.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "committee/lottery_fitting.hpp"

namespace partnership::lottery {

struct Decomposition {
  Fate fate = Fate::open;
  Mixture mixture;           // of panels on the target's face; complete: weights sum to 1
  std::vector<Panel> spare;  // further panels that were found
  std::int64_t peeled = 0;   // panels that peeling found
  std::int64_t fitted = 0;   // panels that the fit asked for
  std::int64_t priced = 0;   // of both, those that the pricer found
};

struct DecomposeLimits {
  double tolerance = 2e-12;  // of what may be left, in seats
  // Asked when peeling, which took much, has not finished: false: give up (the fate is open then).
  std::function<bool(const Mixture&)> before_fit;
};

Decomposition decompose(const Space& space, std::span<const double> target, std::uint64_t seed,
                        const Pricer& pricer, const std::function<bool()>& keep_on,
                        const DecomposeLimits& limits = {});

}  // namespace partnership::lottery
