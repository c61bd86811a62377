// SPDX-License-Identifier: Apache-2.0
//
// A lottery as a list of equally likely, numbered panels, so that one number drawn in public
// decides. The list is near the lottery: the largest difference of a nominee's probability is
// sought to be as small as possible, below 1/m for m panels where that is found. It is at most
// about k/m, k the largest committee (Flanigan, Kehne and Procaccia, "Fair sortition made
// transparent", NeurIPS 2021); what it is, is counted and reported exactly.
//
// How: the copies of each panel are rounded together (uniform_walk.hpp), then panels are exchanged
// (uniform_exchange.hpp) until each type has the seats it should have; last, the nominees of a type
// take its seats in turn, so that their numbers differ by one at most. Whoever can be selected by
// the lottery stays in at least one panel before the differences are looked at.
//
// What it will not do: prove that no list is nearer. The same input gives the same list.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "base/rational.hpp"
#include "committee/lottery.hpp"
#include "committee/panel_model.hpp"
#include "committee/uniform_exchange.hpp"

namespace partnership {

struct WeightedPanel {
  SeatCounts counts;  // a column of the model
  Integer weight;     // >= 0; 0: a panel that may serve for exchanges
};

struct UniformRequest {
  std::uint32_t panels = 1000;      // m, 1 to 1,000,000
  std::int64_t work = 800'000'000;  // steps of the exchanges, about as many nanoseconds
  std::function<bool()> stop;       // asked now and then; true: end with Error(cancelled)
};

struct UniformPanel {
  std::vector<std::uint32_t> members;                             // ascending
  std::vector<std::pair<std::uint32_t, std::int64_t>> auxiliary;  // column and value, without zeros
  auto operator<=>(const UniformPanel&) const = default;
};

struct UniformLottery {
  std::vector<UniformPanel> panels;  // in the order of their numbers, from 1; sorted
  std::vector<std::uint32_t> seats;  // a nominee: of how many panels a member
  Rational deviation;                // the largest difference of a nominee's probability
  // Nominees whom the lottery can select and no panel has, with their probability in the lottery:
  // so small that m panels that kept them were not found.
  std::vector<std::pair<std::uint32_t, Rational>> lost;
};

// Every panel must be a point of the model, and the weights sum to `denominator` > 0: throws
// Error(invalid_argument) otherwise, or for a number of panels out of range.
UniformLottery make_uniform(const PanelModel& model, std::span<const WeightedPanel> panels,
                            const Integer& denominator, const UniformRequest& request = {});
// Of a lottery made of `model`; it has panels (throws Error(state) otherwise).
UniformLottery make_uniform(const PanelModel& model, const Lottery& lottery,
                            const UniformRequest& request = {});

}  // namespace partnership
