// SPDX-License-Identifier: Apache-2.0
//
// Finds panels inside a box quickly: a local search that moves one or two columns by one, towards
// what rows demand and then towards what is wished for (min-conflicts with a tabu list; Minton et
// al. 1992). It is what nearly all panels of a lottery are found by.
//
// What it will not do: prove anything. Where it finds nothing there may be something.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "committee/lottery_space.hpp"

namespace partnership::lottery {

// Numbers that look random and always are the same; only for the order in which things are tried.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) noexcept : state_(seed) {}
  std::uint64_t next() noexcept {  // SplitMix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::size_t n) noexcept {  // n > 0
    return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
  }
  double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

// Bounds within which a panel is sought, a column and a row each.
struct Box {
  std::vector<std::int64_t> lower, upper;
  std::vector<std::int64_t> row_lower, row_upper;
};
Box whole_box(const Space& space);

class Search {
 public:
  Search(const Space& space, std::uint64_t seed);

  // Must be called before the others, and again when `box` has changed.
  void enter(const Box& box);

  // Starts from `values` (brought into the box) and stops at the first panel. `wish` decides, a
  // column each, between moves that are as good: the larger the better.
  bool find(std::span<const double> wish, int steps);
  // Starts likewise, and keeps the panel with the largest sum of wish times value that it meets.
  // False where it met none.
  bool improve(std::span<const double> wish, int steps);

  std::span<const std::int64_t> activities() const noexcept { return activities_; }  // of rows

  // What the next call starts from; after a call that returned true, the panel.
  std::vector<std::int64_t> values;
  double worth = 0;  // of the panel that improve() kept

 private:
  struct Move {  // a column, or two, up or down by one
    std::int32_t first = -1, second = -1;
    std::int64_t up = 0, second_up = 0;
    std::int64_t excess = 0;  // change of how far rows are outside
    double gain = 0;          // change of the wish
  };
  struct Choice {
    double score;
    std::uint32_t column;
    std::int64_t up;
  };

  void start();
  double largest(std::span<const double> wish) const noexcept;  // of the columns that can move
  bool step(std::span<const double> wish, double weight, bool climb);
  void choose_first(std::span<const double> wish, double weight, bool climb);
  void offer(std::span<const double> wish, double weight, std::uint32_t column, std::int64_t up);
  Move best_move(std::span<const double> wish, double weight);
  void try_second(std::span<const double> wish, double weight, const Move& half, Move& best,
                  std::uint32_t column, std::int64_t up);
  void apply(std::uint32_t column, std::int64_t up);
  std::int64_t change(std::uint32_t column, std::int64_t up) const noexcept;
  std::int64_t outside(std::uint32_t row, std::int64_t activity) const noexcept {
    if (activity < box_->row_lower[row]) return box_->row_lower[row] - activity;
    return activity > box_->row_upper[row] ? activity - box_->row_upper[row] : 0;
  }
  bool can(std::uint32_t column, std::int64_t up) const noexcept {
    return up > 0 ? values[column] < box_->upper[column] : values[column] > box_->lower[column];
  }
  void note_outside(std::uint32_t row);
  void note_raised(std::uint32_t column);

  const Space& space_;
  const Box* box_ = nullptr;
  Dice dice_;
  std::vector<std::uint32_t> movable_;                // columns that have room in the box
  std::vector<std::size_t> row_starts_;               // into row_cells_
  std::vector<Entry> row_cells_;                      // of movable columns, by row
  std::vector<std::int64_t> activities_;              // of rows
  std::vector<std::uint32_t> broken_, broken_place_;  // rows outside their bounds, and where they
                                                      // stand in it + 1
  std::vector<std::uint32_t> raised_, raised_place_;  // columns above their lower bound, likewise
  std::vector<std::int32_t> barred_;                  // until which step a column does not move
  std::vector<Choice> choices_;
  std::int64_t excess_ = 0;  // how far rows are outside, all together
  std::int32_t now_ = 0;
};

}  // namespace partnership::lottery
