// SPDX-License-Identifier: Apache-2.0
//
// Leximin and maximin. The relaxation's leximin is tried first: if it is a lottery over committees,
// it is the answer, and the relaxation's inequalities prove it. Where it is not, those who sit on
// no committee at all are found, and it is tried again without them; then level by level, over
// committees.
#pragma once

#include <optional>
#include <vector>

#include "committee/lottery_decompose.hpp"
#include "committee/lottery_known.hpp"
#include "committee/lottery_master.hpp"
#include "committee/lottery_weights.hpp"

namespace partnership::lottery {

class Leximin {
 public:
  Leximin(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery);

  void run();

 private:
  void find();
  // Each of these returns true when there is nothing more to do.
  bool relax();
  bool take_apart();
  bool survey();

  void climb();
  bool reach(Master& master, Step step);
  bool prove(const Step& step, bool rows, Proof& proof);
  void complete_maximin(Master& master);
  Mixture fit_known(const Master& master) const;

  void complete(Mixture mixture);
  void end_early();
  void end_with_bound(Mixture mixture, std::optional<LotteryLevel> open);
  void set_target(const std::vector<Rational>& probabilities);
  std::optional<LotteryLevel> open_first();
  void set_gap(LotteryLevel open);
  void end(LotteryStatus status) { lottery_.status = status; }
  bool maximin() const noexcept { return request_.kind == LotteryKind::maximin; }

  Space& space_;
  Watch& watch_;
  const LotteryRequest& request_;
  Lottery& lottery_;
  Pricing pricing_;
  Dice dice_;
  std::optional<Relaxation> relaxation_;
  std::optional<LotteryLevel> first_;  // of the last chain,
  std::size_t first_after_ = 0;        // which began after so many levels of who cannot sit
  KnownPanels known_;
  Mixture part_;  // of the target that was not taken apart
  bool surveyed_ = false;
};

}  // namespace partnership::lottery
