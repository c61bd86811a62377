// SPDX-License-Identifier: Apache-2.0
//
// From panels of types to panels of nominees, so that every nominee of a type has exactly the same
// probability: McNaughton's wrap-around (1959). The time that a lottery gives to a type is laid out
// row by row, a row a seat, and cut into as many equal parts as there are nominees; where a part
// ends within a panel, the panel is split. So there are at most as many panels as there were, and
// nominees, together.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "committee/lottery.hpp"

namespace partnership {

struct SeatedPanel {
  std::vector<std::uint32_t> members;  // ascending
  Integer weight;                      // > 0
  std::uint32_t panel = 0;             // of Lottery::panels; its auxiliary columns are there
};

class Seating {
 public:
  Seating(const PanelModel& model, const Lottery& lottery);

  const Integer& denominator() const noexcept { return denominator_; }
  std::size_t panels() const noexcept { return panels_; }
  std::size_t members() const noexcept { return members_; }  // of all panels together
  // In the order of the lottery's panels. The panel is the visitor's for the time of the call.
  void each(const std::function<void(const SeatedPanel&)>& visit) const;

 private:
  struct Stay {  // of a nominee in a panel, of which the time is [0, its weight)
    std::uint32_t nominee;
    Integer from, to;
  };
  struct Place {  // a panel in which a type sits
    std::uint32_t panel;
    std::int64_t seats;
    Integer start, end;  // where it lies on the line of the type's panels
  };
  class Dealer;
  std::vector<Place> places_of(std::uint32_t type) const;
  void wrap_around(const std::vector<std::uint32_t>& nominees, const std::vector<Place>& places,
                   const Integer& share);
  void by_need(const std::vector<std::uint32_t>& nominees, const std::vector<Place>& places,
               const Integer& share);
  std::vector<Integer> cuts_of(std::size_t panel) const;

  std::vector<Integer> weights_;  // of the lottery's panels
  std::vector<std::vector<std::pair<std::uint32_t, std::int32_t>>> seats_;  // by type: panel, seats
  std::vector<std::vector<Stay>> stays_;                                    // by panel
  Integer denominator_;
  std::size_t panels_ = 0, members_ = 0;
};

}  // namespace partnership
