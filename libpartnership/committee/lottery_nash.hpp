// SPDX-License-Identifier: Apache-2.0
//
// The largest product of probabilities (Nash). The optimum may be irrational, so the target is what
// a lottery near it gives, and an inequality proves how far from the optimum that can be at most:
// sum over types of x_t / p_t <= N (1 + gap) for every committee, N the number of those who can
// sit. First where panels may be fractions, which is enough when that target is a lottery over
// committees; else over panels, asking for panels that break the inequality.
#pragma once

#include <optional>
#include <vector>

#include "committee/lottery_decompose.hpp"
#include "committee/lottery_known.hpp"
#include "committee/lottery_logs.hpp"
#include "committee/lottery_weights.hpp"

namespace partnership::lottery {

class Nash {
 public:
  Nash(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery);

  void run();

 private:
  // Each of these returns true when there is nothing more to do.
  bool find_excluded();
  bool take_apart();
  bool survey();

  void climb();
  void end_early();
  Mixture weigh_roughly(std::span<const Panel> panels);
  std::optional<Mixture> weigh_known(std::span<const Panel> panels);
  double worth_of(const Panel& panel) const;
  bool add_better(std::vector<Panel>& panels, Search& search);
  LogProgram relaxed_program() const;
  LogProgram panels_program(std::span<const Panel> panels) const;

  void complete(Mixture mixture);
  bool prove_by_rows();
  bool prove_by_branching();
  void set_terms(LotteryLevel& level) const;
  void end(LotteryStatus status) { lottery_.status = status; }

  Space& space_;
  Watch& watch_;
  const LotteryRequest& request_;
  Lottery& lottery_;
  Pricing pricing_;
  Dice dice_;
  KnownPanels known_;
  bool surveyed_ = false;
  std::vector<bool> excluded_;   // types that no lottery gives a chance
  std::int64_t selectable_ = 0;  // nominees of the others
  std::vector<double> inverse_;  // 1 / p, a column each, of the last weights
};

}  // namespace partnership::lottery
