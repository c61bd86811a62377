// SPDX-License-Identifier: Apache-2.0
#include "solver/branching.hpp"

#include <algorithm>
#include <cmath>

namespace partnership::solver {
namespace {

constexpr double nearly_whole = 1e-6;
constexpr std::size_t most_tried = 8;  // columns at a node; half as many where that is enough,
constexpr int reliable = 4;            // trials of a column; likewise
constexpr std::int64_t iterations_of_a_trial = 12;

}  // namespace

double Branching::score(const Choice& choice, double enough) const {
  const double little = 1e-6 * enough;
  return (std::clamp(choice.below, 0.0, enough) + little) *
         (std::clamp(choice.above, 0.0, enough) + little);
}

double Branching::reached(Relaxation& relaxation, const Limits& limits) {
  if (cancelled_) return -infinite;
  const Status status = relaxation.solve(
      {std::min(iterations_of_a_trial, limits.iterations - iterations_), limits.stop});
  iterations_ += relaxation.iterations();
  cancelled_ = cancelled_ || status == Status::cancelled;
  if (status == Status::infeasible) return infinite;
  const bool known = status == Status::optimal || status == Status::limit;
  return known ? relaxation.objective() : -infinite;
}

void Branching::try_out(Relaxation& relaxation, const IntegerProgram::Column& bounds,
                        double objective, Choice& choice, const Limits& limits) {
  const auto lower = static_cast<double>(bounds.lower), upper = static_cast<double>(bounds.upper);
  const double floor = std::floor(choice.value);
  relaxation.set_bounds(choice.column, lower, floor);
  choice.below = std::max(0.0, reached(relaxation, limits) - objective);
  relaxation.set_bounds(choice.column, floor + 1, upper);
  choice.above = std::max(0.0, reached(relaxation, limits) - objective);
  relaxation.set_bounds(choice.column, lower, upper);
}

Branching::Choice Branching::choose(Relaxation& relaxation,
                                    std::span<const IntegerProgram::Column> bounds, double enough,
                                    const Limits& limits) {
  iterations_ = 0;
  cancelled_ = false;
  candidates_.clear();
  const std::span<const double> values = relaxation.values();
  const double objective = relaxation.objective();
  enough = std::max(enough, 1e-6 * (1 + std::abs(objective)));
  const auto expected = [&](std::int32_t column, double value) {
    const Gain& gain = gains_[static_cast<std::size_t>(column)];
    const double part = value - std::floor(value);
    return Choice{column, value, gain.below * part, gain.above * (1 - part)};
  };
  for (std::size_t j = 0; j < bounds.size(); ++j) {
    const double off = std::abs(values[j] - std::round(values[j]));
    if (off <= nearly_whole) continue;
    const auto column = static_cast<std::int32_t>(j);
    // Those not tried yet first, the farthest from whole before others.
    double wanted = infinite;
    if (gains_[j].tried != 0) wanted = score(expected(column, values[j]), enough);
    candidates_.push_back({column, values[j], wanted});
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    const double off_a = std::abs(a.value - std::round(a.value));
    const double off_b = std::abs(b.value - std::round(b.value));
    return off_a != off_b ? off_a > off_b : a.column < b.column;
  });
  Choice best;
  double best_score = -1;
  std::size_t trials = 0;
  const std::size_t most_trials = hasty_ ? most_tried / 2 : most_tried;
  const int enough_trials = hasty_ ? reliable / 2 : reliable;
  for (const Candidate& candidate : candidates_) {
    Choice choice = expected(candidate.column, candidate.value);
    Gain& gain = gains_[static_cast<std::size_t>(candidate.column)];
    if (candidates_.size() > 1 && gain.tried < enough_trials && trials < most_trials) {
      ++trials;
      try_out(relaxation, bounds[static_cast<std::size_t>(candidate.column)], objective, choice,
              limits);
      if (cancelled_) {
        choice.cancelled = true;
        return choice;
      }
      const double part = candidate.value - std::floor(candidate.value);
      const auto learn = [&](double& mean, double gained) {
        mean += (std::min(gained, enough) - mean) / (gain.tried + 1);
      };
      learn(gain.below, choice.below / part);
      learn(gain.above, choice.above / (1 - part));
      ++gain.tried;
    }
    const double found = score(choice, enough);
    if (found <= best_score) continue;
    best_score = found;
    best = choice;
  }
  return best;
}

}  // namespace partnership::solver
