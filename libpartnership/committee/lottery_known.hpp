// SPDX-License-Identifier: Apache-2.0
//
// The panels that are known, and who sits on none of them: by searching for panels with as many of
// these as there can be, or by a proof that there are none.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "committee/lottery_decompose.hpp"
#include "committee/lottery_pricing.hpp"

namespace partnership::lottery {

class KnownPanels {
 public:
  KnownPanels(Space& space, Pricing& pricing, Watch& watch, std::uint64_t seed);

  void keep(const std::vector<Panel>& panels);
  // Takes a target apart and keeps the panels that this finds. `survey`, where it is there, is
  // called when peeling took much: it says whether all is ended, and then there is no answer.
  std::optional<Decomposition> take_apart(std::span<const double> target, std::uint64_t seed,
                                          const std::function<bool()>& keep_on,
                                          const std::function<bool()>& survey, double tolerance,
                                          LotteryStatistics& statistics);
  const std::vector<Panel>& panels() const noexcept { return panels_; }

  enum class Survey : std::uint8_t {
    done,     // every type is on a panel or proved unseatable, or its case could not be settled
    empty,    // there is no committee: `proof`
    stopped,  // by the limits, before there was a panel
  };
  // Types that are proved to sit on no committee get levels of value 0 and upper bounds of 0.
  Survey survey();
  Survey find_any();  // a first panel
  const std::vector<LotteryLevel>& unseatable() const noexcept { return unseatable_; }
  bool covered(std::uint32_t type) const noexcept { return covered_[type]; }
  const Proof& empty() const noexcept { return empty_; }

 private:
  std::vector<std::uint32_t> uncovered() const;
  bool cover(const std::vector<std::uint32_t>& types);
  std::optional<Panel> search_for(const Box& box, std::span<const double> wish);
  bool settle(const std::vector<std::uint32_t>& types);

  Space& space_;
  Pricing& pricing_;
  Watch& watch_;
  Dice dice_;
  int luck_ = 0;             // of the search: how often it may still fail, or find one type only
  double search_worth_ = 0;  // types on the last panel that it found
  std::vector<Panel> panels_;
  std::vector<bool> covered_;  // types that sit on a panel
  std::vector<LotteryLevel> unseatable_;
  Proof empty_;
};

}  // namespace partnership::lottery
