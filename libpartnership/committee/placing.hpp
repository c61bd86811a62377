// SPDX-License-Identifier: Apache-2.0
//
// A rule of places, judged place by place for the tables of a check: who fills what, and which sets
// of places cannot be filled together.
#pragma once

#include <cstdint>
#include <vector>

#include "committee/checker.hpp"
#include "committee/places.hpp"

namespace partnership {

inline constexpr std::int32_t unseated = -1;

struct Placing {
  std::vector<std::int32_t> seat_of;  // a member of the check each: its place, or unseated
  std::vector<PlaceMask> may_fill;    // a member each: places for which it may qualify, for want of
                                      // knowing; 0 for members who are seated
  std::vector<PlaceMask> may_qualify;  // a member each: the same, seated or not
  std::vector<PlaceSet> unmet;         // surely not met
  std::vector<PlaceSet> open;          // not met in the worst case

  Outcome outcome(std::uint32_t place) const noexcept;
  // The set of unmet or open to which a place belongs, or nullptr.
  const PlaceSet* set_of(std::uint32_t place) const noexcept;
  std::int64_t seated(std::uint32_t place) const noexcept;
  std::int64_t unknown(std::uint32_t place) const noexcept;
};

Placing place_members(const Check& check, std::uint32_t rule);

}  // namespace partnership
