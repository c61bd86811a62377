// SPDX-License-Identifier: Apache-2.0
//
// A target as a lottery over panels, if it is one. Peeling does nearly all of it; what it leaves,
// together with some of the panels taken off last, is then fitted by least squares over the face on
// which it lies, with panels that the residual asks for, until nothing is left. Where that fails,
// with ever more of the panels; only with all of them can it be said that there is no such lottery.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "committee/lottery_peel.hpp"

namespace partnership::lottery {

// Looks, in earnest, for a panel in the box for which the sum of wish times value is above
// `beyond`.
struct Priced {
  std::optional<Panel> panel;
  bool certain = false;  // without a panel: there is none
};
using Pricer = std::function<Priced(const Box& box, std::span<const double> wish, double beyond)>;

enum class Fate : std::uint8_t {
  complete,  // the mixture adds up to the target
  apart,     // no lottery does, as far as floating-point numbers tell
  open,      // not settled: the pricer or `keep_on` gave up
};

struct Decomposition {
  Fate fate = Fate::open;
  Mixture mixture;           // of panels on the target's face; complete: weights sum to 1
  std::vector<Panel> spare;  // further panels that were found
  std::int64_t peeled = 0;   // panels that peeling found
  std::int64_t fitted = 0;   // panels that the fit asked for
  std::int64_t priced = 0;   // of these, those that the pricer found
};

Decomposition decompose(const Space& space, std::span<const double> target, std::uint64_t seed,
                        const Pricer& pricer, const std::function<bool()>& keep_on);

}  // namespace partnership::lottery
