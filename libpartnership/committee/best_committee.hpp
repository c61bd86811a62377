// SPDX-License-Identifier: Apache-2.0
//
// One committee: any, or the best or the worst one for whole weights of nominees (endorsements,
// scores). An optimum is proved: no committee is better, by branches whose leaves are added up in
// fractions; so is that there is no committee at all.
//
// What it will not do: be fair (lottery.hpp), or list all that are as good. The same request gives
// the same committee.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "committee/lottery.hpp"

namespace partnership {

enum class ChoiceStatus : std::uint8_t {
  optimal,     // no committee is better; without weights: a committee
  infeasible,  // there is none: see `infeasible`
  limit,       // of nodes, or the caller said to finish: the best so far, if any
  cancelled,
  trouble,  // the solver's numbers could not be trusted and could not be mended
};
std::string_view choice_status_name(ChoiceStatus status) noexcept;  // "optimal", "infeasible", ...

struct ChoiceRequest {
  std::span<const std::int64_t> weights;  // a nominee; empty: any committee will do
  bool least = false;                     // the least sum of weights, not the largest
  std::int64_t nodes = 1'000'000;         // of branch and bound, all together
  std::function<Pace()> pace;             // asked often; may be empty
};

struct Choice {
  ChoiceStatus status = ChoiceStatus::trouble;
  std::vector<std::uint32_t> members;  // ascending; empty where none was found
  bool found = false;                  // a committee may be empty
  std::vector<Seat> auxiliary;         // of columns that are no types, not zero
  Integer sum;                         // of the members' weights
  // Status limit: no committee's sum is better than this, as far as floating-point numbers tell;
  // nothing where not even that is known.
  std::optional<Integer> bound;
  Proof infeasible;  // of 0 <= -1
  std::int64_t nodes = 0;
};

// Of nominees whom no criterion tells apart, those with the better weights sit, the first ones
// where weights are equal. Throws Error(invalid_argument) where the model is not as described or
// there is not one weight a nominee, and Error(limit) where numbers of the model, or weights, are
// beyond 2^31 - 1.
Choice best_committee(const PanelModel& model, const ChoiceRequest& request = {});

}  // namespace partnership
