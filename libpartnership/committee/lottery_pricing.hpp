// SPDX-License-Identifier: Apache-2.0
//
// Panels found, or shown not to be there, by branch and bound, within what the request allows.
#pragma once

#include <optional>
#include <span>

#include "committee/lottery_peel.hpp"
#include "committee/lottery_relaxation.hpp"
#include "committee/lottery_watch.hpp"
#include "solver/branch_proof.hpp"
#include "solver/integer.hpp"

namespace partnership::lottery {

class Pricing {
 public:
  Pricing(const Space& space, Watch& watch);

  // For decompose(): see Pricer. At most `nodes` of branch and bound.
  Priced find(const Box& box, std::span<const double> wish, double beyond, std::int64_t nodes);

  // The panel for which the sum is largest; `certain` where it is known to be.
  Priced best(const Box& box, std::span<const double> wish, std::int64_t nodes);

  // The inequality proved of all committees, or a panel that breaks it, or neither (the limits).
  // No terms: that there is no committee (the bound is then -1).
  struct Settled {
    std::optional<Proof> proof;
    std::optional<Panel> counter;
  };
  Settled settle(const Inequality& inequality);

  std::int64_t nodes() const noexcept { return nodes_; }  // so far

 private:
  void enter(const Box& box);
  solver::IntegerAnswer ask(const Box& box, std::span<const double> wish, double beyond,
                            std::int64_t nodes, bool first);
  static Rational provable(const Inequality& inequality);

  const Space& space_;
  Watch& watch_;
  solver::IntegerProgram program_;  // the model's, with no bound that has been proved since
  solver::IntegerSolver solver_;
  Box box_;  // that the solver has
  std::int64_t nodes_ = 0;
};

}  // namespace partnership::lottery
