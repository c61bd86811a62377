// SPDX-License-Identifier: Apache-2.0
//
// Who stays and who may join after a departure, and whether given numbers of each type are a
// committee. Behind replace.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "committee/lottery_space.hpp"
#include "committee/lottery_watch.hpp"
#include "committee/replace.hpp"
#include "solver/integer.hpp"

namespace partnership::replace {

struct Standing {
  std::vector<std::vector<std::uint32_t>> stay, free;  // of a type; ascending. free: may join
  std::vector<std::int64_t> leave;                     // of a type: how many

  std::int64_t staying(std::uint32_t type) const noexcept {
    return static_cast<std::int64_t>(stay[type].size());
  }
  std::int64_t joining(std::uint32_t type) const noexcept {  // at most
    return static_cast<std::int64_t>(free[type].size());
  }
};

// Throws Error(invalid_argument) as replace.hpp says. The model's types have been checked.
Standing standing_of(const PanelModel& model, const Departure& departure);

// A bound of a row less `by`; no_end and -no_end stay.
std::int64_t less(std::int64_t bound, std::int64_t by) noexcept;

solver::IntegerLimits limits_of(lottery::Watch& watch);
// What is to be said when a search ended without an answer.
LotteryStatus ended_by(const lottery::Watch& watch, solver::Status status) noexcept;

// Numbers of seats, a type each, that change one by one. Rows over types alone are counted;
// auxiliary columns, once all types have their numbers, are a small integer program of their own.
// Its "no" is proved exactly, its "yes" has the values.
class SeatTest {
 public:
  SeatTest(const lottery::Space& space, lottery::Watch& watch);

  void set(std::span<const std::int64_t> counts);  // a type each
  void move(std::uint32_t type, std::int64_t by);
  // nullopt: not found out, see `ended`.
  std::optional<bool> is_committee();
  // After "yes": those that are not zero, by column of the model.
  const std::vector<Seat>& auxiliary() const noexcept { return auxiliary_; }
  LotteryStatus ended() const noexcept { return ended_; }

 private:
  bool is_outside(std::uint32_t row) const noexcept;
  bool is_outside_type(std::uint32_t type) const noexcept;
  void bring_up_to_date();
  bool is_out_of_reach() const noexcept;
  std::optional<bool> search();
  void keep(std::vector<std::int64_t> values);

  const lottery::Space& space_;
  lottery::Watch& watch_;
  std::vector<std::int64_t> counts_;        // a type
  std::vector<std::int64_t> activities_;    // a row: of the types
  std::vector<bool> mixed_;                 // a row: has auxiliary columns
  std::int64_t outside_ = 0;                // types and rows over types alone that are broken
  bool possible_ = true;                    // no auxiliary column's bounds cross each other
  std::vector<std::uint32_t> rows_;         // those that are mixed: the rows of the program
  std::vector<std::int64_t> least_, most_;  // of such a row, by its auxiliary columns
  std::optional<solver::IntegerSolver> solver_;
  std::vector<std::int64_t> values_;  // the last solution
  std::vector<Seat> auxiliary_;
  LotteryStatus ended_ = LotteryStatus::limit;
};

}  // namespace partnership::replace
