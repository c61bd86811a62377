// SPDX-License-Identifier: Apache-2.0
//
// Fits weighted panels to a target by least squares, asking for panels along the residual until
// nothing is left of it or no panel reaches as far along it as the target does; the target is then
// apart from all lotteries over panels in the box.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "committee/lottery_fit.hpp"
#include "committee/lottery_peel.hpp"

namespace partnership::lottery {

enum class Fate : std::uint8_t {
  complete,  // the weighted panels add up to the target
  apart,     // no lottery does, as far as floating-point numbers tell
  open,      // not settled: the pricer or `keep_on` gave up
};

class Fitting {
 public:
  Fitting(const Space& space, Search& search, Dice& dice, const Pricer& pricer,
          const std::function<bool()>& keep_on);

  // Of the columns of `space` that `targets` names, in probability 1. The box must stay.
  void begin(const Box& box, const std::vector<std::pair<std::uint32_t, double>>& targets);
  void add(Panel panel, double weight);
  // A column may come to more than its target, by what `weight` says at first.
  void add_excess(std::uint32_t column, double weight);

  // Until what is left is at most `tolerance`.
  Fate run(double tolerance);

  std::uint32_t coordinates() const noexcept { return coordinates_; }
  const std::vector<Panel>& panels() const noexcept { return panels_; }  // given, then found
  std::size_t given() const noexcept { return given_; }
  double weight(std::size_t panel) const noexcept { return fit_.weight(vectors_[panel]); }
  double excess(std::uint32_t column) const noexcept;
  std::int64_t priced() const noexcept { return priced_; }  // panels that the search did not find

  // Along the residual, a column each: the target comes to `reach`, and if it is apart no panel
  // does.
  const std::vector<double>& direction() const noexcept { return wish_; }
  double reach() const noexcept { return reach_; }

 private:
  bool find_panel();
  void search_panel(double enough);
  std::vector<Component> vector_of(const Panel& panel) const;

  const Space& space_;
  Search& search_;
  Dice& dice_;
  const Pricer& pricer_;
  const std::function<bool()>& keep_on_;

  const Box* box_ = nullptr;
  Fit fit_{{}};
  std::vector<std::uint32_t> coordinate_;  // of a column, + 1; 0: it has none
  std::uint32_t coordinates_ = 0;          // the last one is the probability
  std::vector<Panel> panels_;
  std::vector<std::size_t> vectors_;    // of panels, in the fit
  std::vector<std::int32_t> panel_of_;  // of vectors; -1: an excess
  std::vector<std::size_t> excess_;     // of a column, + 1; 0: it has none
  std::size_t given_ = 0;
  std::int64_t priced_ = 0;

  std::vector<double> wish_;
  double reach_ = 0;
  Panel found_;
  double worth_ = 0;
  int luck_;              // of the search, of late: how often it is tried
  bool certain_ = false;  // there is no panel to be found
};

}  // namespace partnership::lottery
