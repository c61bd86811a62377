// SPDX-License-Identifier: Apache-2.0
//
// A list of panels, by type, whose numbers of seats a type are brought within given bounds by
// exchanges: a member of one type for one of another in a panel that stays within the model, one
// known panel for another, or a panel for one not known before that is sought near it. No solver is
// used: what it does not find, it says it did not find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "committee/lottery_search.hpp"
#include "committee/panel_model.hpp"

namespace partnership {

using SeatCounts = std::vector<std::int32_t>;  // a column of the model

struct SeatBounds {
  std::int64_t lower, upper;
};

class Exchange {
 public:
  // `panels` are points of the model; copies[i] of panels[i] are in the list. The model must
  // outlive this object. `work` below is the number of steps that a call may take.
  Exchange(const PanelModel& model, std::vector<SeatCounts> panels,
           std::vector<std::uint32_t> copies);

  // Exchanges known panels while the sum over types of (seats - wanted)^2 / nominees falls.
  // `wanted` is in 1/1024 seats.
  void approach(const std::vector<std::int64_t>& wanted, std::int64_t work);
  // Exchanges until every type has within its bounds. False when no way was found or the work was
  // used up; then the seats are no further from the bounds than before, all taken together.
  bool fit(const std::vector<SeatBounds>& bounds, std::int64_t work, const lottery::Space& space,
           lottery::Search& search);

  const std::vector<std::int64_t>& seats() const noexcept { return seats_; }  // a type
  std::size_t panels() const noexcept { return panels_.size(); }
  const SeatCounts& panel(std::size_t index) const { return panels_[index].counts; }
  std::uint32_t copies(std::size_t index) const { return panels_[index].copies; }

 private:
  struct Panel {
    SeatCounts counts;
    std::vector<std::int64_t> sums;  // a row
    std::uint32_t copies = 0;
  };
  struct Swap {  // in a copy of a panel
    std::uint32_t from, to;
    std::size_t panel;
  };
  struct Entry {
    std::uint32_t row;
    std::int64_t coefficient;
  };
  struct Full {  // bits of rows
    std::uint64_t above = 0, below = 0;
  };
  static constexpr std::uint32_t nobody = UINT32_MAX;

  static std::vector<std::uint64_t> masks_of(const PanelModel& model);
  Full full_rows(const Panel& panel) const;
  bool breaks(const Full& full, const Swap& swap) const;
  std::vector<std::int64_t> sums_of(const SeatCounts& counts) const;  // of rows
  bool allowed(const Panel& panel, std::uint32_t from, std::uint32_t to);
  std::size_t place_of(Panel panel);  // where it stands or comes to stand
  std::size_t made_by(const Swap& swap);
  std::size_t apply(const Swap& swap);  // gives the panel made
  void move_copy(std::size_t from, std::size_t to);
  std::optional<std::vector<Swap>> find_path(const std::vector<SeatBounds>& bounds, bool over);
  std::vector<Swap> chain(const std::vector<Swap>& came_by,
                          const std::vector<std::uint32_t>& starts, std::uint32_t end,
                          bool over) const;
  bool follow(const std::vector<Swap>& path);
  bool seek_panel(const std::vector<SeatBounds>& bounds, const lottery::Space& space,
                  lottery::Search& search);
  bool seek_near(std::size_t panel, const std::vector<SeatBounds>& bounds, lottery::Box& box,
                 lottery::Search& search);
  bool exchange_panels(const std::vector<SeatBounds>& bounds);
  std::vector<std::int64_t> slopes(const std::vector<std::int64_t>& wanted,
                                   const std::vector<std::int64_t>& weight);
  std::optional<std::pair<std::size_t, std::size_t>> best_move(
      const std::vector<std::int64_t>& slope, const std::vector<std::int64_t>& weight);
  std::int64_t outside(const std::vector<SeatBounds>& bounds) const;

  const PanelModel* model_;
  std::size_t given_;      // panels that the caller gave; the others come from swaps
  std::int64_t work_ = 0;  // steps left of the present call
  std::vector<std::vector<Entry>> entries_;  // a column
  std::vector<std::uint64_t> masks_;         // a type: bits of rows
  std::vector<Panel> panels_;
  std::vector<std::size_t> free_;  // places of panels of which no copy is left
  std::map<SeatCounts, std::size_t> index_;
  std::vector<std::int64_t> seats_;
};

}  // namespace partnership
