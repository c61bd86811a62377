// SPDX-License-Identifier: Apache-2.0
//
// A list of panels, by type, whose numbers of seats a type are brought within given bounds by
// exchanges: a member of one type for one of another in a panel that stays within the model, two
// such exchanges at once where each alone would break a quota (uniform_pairs.cpp), one known panel
// for another, or a panel for one not known before that is sought near it. No solver is used: what
// it does not find, it says it did not find.
#pragma once

#include <algorithm>
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
  using Types = std::vector<std::uint64_t>;  // a set: a bit each, and one for nobody
  struct Panel {
    SeatCounts counts;
    std::vector<std::int64_t> sums;      // a row
    Types present;                       // of which one can go
    std::uint64_t above = 0, below = 0;  // bits of rows that have no room
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
  struct Way {  // a search for a chain of swaps, breadth first
    bool over;
    std::vector<Swap> came_by;  // a type, and nobody: the last swap of a chain to it
    std::vector<std::uint32_t> starts, queue;
    Types open;  // not yet come to
  };
  struct Harmless {  // types of which one seat fewer, or one more, does no harm
    Types fewer, more;
  };
  static constexpr std::uint32_t nobody = UINT32_MAX;

  static std::vector<std::uint64_t> masks_of(const PanelModel& model);
  static void add(Types& types, std::uint32_t type) {
    types[type / 64] |= std::uint64_t{1} << type % 64;
  }
  void note_room(Panel& panel, std::uint32_t type) const;
  void note_sum(Panel& panel, std::uint32_t row) const;
  void note_all(Panel& panel) const;
  bool has_room(const Panel& panel, std::uint32_t type, bool downwards) const;
  static bool is_empty(const Types& types) noexcept {
    return std::all_of(types.begin(), types.end(), [](std::uint64_t word) { return word == 0; });
  }
  void narrow(std::uint64_t above, std::uint64_t below, std::uint32_t here, bool over, Types& open);
  std::vector<std::vector<std::size_t>> panels_alike();
  std::vector<std::int64_t> sums_of(const SeatCounts& counts) const;  // of rows
  bool allowed(const Panel& panel, std::uint32_t from, std::uint32_t to);
  std::size_t place_of(Panel panel);  // where it stands or comes to stand
  Panel changed(const Panel& panel, std::uint32_t from, std::uint32_t to) const;
  std::size_t apply(const Swap& swap);  // gives the panel made
  void move_copy(std::size_t from, std::size_t to);
  bool shift(const std::vector<SeatBounds>& bounds, bool over);
  bool step(const std::vector<SeatBounds>& bounds, Way& way, std::uint32_t here,
            const std::vector<std::size_t>& panels);
  std::vector<Swap> chain(const Way& way, std::uint32_t end) const;
  bool exchange_pairs(const std::vector<SeatBounds>& bounds, bool anywhere);
  bool mend(std::size_t panel, const Swap& first, const Harmless& harmless);
  std::vector<std::uint32_t> broken_rows(const Panel& panel, const Swap& swap) const;
  std::int64_t coefficient(std::uint32_t type, std::uint32_t row) const;
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
  std::size_t moved_ = 0;  // how often a trouble was moved to another type, in the present call
  std::int64_t work_ = 0;  // steps left of the present call
  std::vector<std::vector<Entry>> entries_;  // a column
  Types narrowed_;                           // within a step
  std::vector<std::uint64_t> masks_;         // a type: bits of rows
  std::size_t words_;                        // of a set of types
  std::vector<Types> in_row_;                // of the first 64 rows: the types that have its bit
  std::vector<Panel> panels_;
  std::vector<std::size_t> free_;  // places of panels of which no copy is left
  std::map<SeatCounts, std::size_t> index_;
  std::vector<std::int64_t> seats_;
};

}  // namespace partnership
