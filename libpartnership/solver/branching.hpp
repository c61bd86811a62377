// SPDX-License-Identifier: Apache-2.0
//
// Which column to branch over: the one whose two branches are expected to gain most. What a column
// gains is tried on the relaxation a few times, and then known from experience (reliability
// branching, Achterberg, Koch and Martin 2005). Behind integer.hpp and branch_proof.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "solver/integer.hpp"
#include "solver/relaxation.hpp"

namespace partnership::solver {

class Branching {
 public:
  struct Choice {
    std::int32_t column = -1;     // -1: all values are whole
    double value = 0;             // in the relaxation
    double below = 0, above = 0;  // what the branches are expected to gain
    bool cancelled = false;       // the limits' stop said so; nothing is chosen
  };

  explicit Branching(std::size_t columns) : gains_(columns) {}

  // Where any solution will do, fewer trials pay.
  void set_hasty(bool hasty) noexcept { hasty_ = hasty; }

  // The relaxation has just been solved under `bounds` (of columns), and is disturbed afterwards.
  // `enough`: a gain that closes a branch. Trials stop with the limits.
  Choice choose(Relaxation& relaxation, std::span<const IntegerProgram::Column> bounds,
                double enough, const Limits& limits);
  std::int64_t iterations() const noexcept { return iterations_; }  // of the last choice

 private:
  struct Gain {  // of the objective for each unit of the value's way
    double below = 0, above = 0;
    int tried = 0;
  };
  struct Candidate {
    std::int32_t column;
    double value, score;
  };

  void try_out(Relaxation& relaxation, const IntegerProgram::Column& bounds, double objective,
               Choice& choice, const Limits& limits);
  double reached(Relaxation& relaxation, const Limits& limits);
  double score(const Choice& choice, double enough) const;

  std::vector<Gain> gains_;
  std::vector<Candidate> candidates_;
  std::int64_t iterations_ = 0;
  bool cancelled_ = false, hasty_ = false;
};

}  // namespace partnership::solver
