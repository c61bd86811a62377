// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_decompose.hpp"

#include <algorithm>
#include <cmath>

namespace partnership::lottery {
namespace {

constexpr double least_mass = 1e-11;     // of what is left
constexpr std::size_t least_given = 10;  // panels that are fitted anew
constexpr std::int64_t few_priced = 20;  // panels, before peeling took much

// Fits what is left and the panels from `first` on, which it replaces where it succeeds. `extra`:
// panels that were found for smaller parts; those found now are added.
Fate fit_part(const Space& space, Fitting& fitting, const Rest& part, std::size_t first,
              Mixture& mixture, double tolerance, std::vector<Panel>& extra) {
  const Box box = face_box(space, part, true);
  std::vector<std::pair<std::uint32_t, double>> targets;
  for (std::uint32_t t = 0; t < space.types(); ++t) {
    if (box.lower[t] < box.upper[t]) targets.emplace_back(t, part.columns[t] / part.mass);
  }
  fitting.begin(box, targets);
  for (std::size_t i = first; i < mixture.panels.size(); ++i) {
    fitting.add(mixture.panels[i], mixture.weights[i] / part.mass);
  }
  for (const Panel& panel : extra) fitting.add(panel, 0);
  const Fate fate = fitting.run(tolerance / part.mass);
  const std::vector<Panel>& panels = fitting.panels();
  extra.insert(extra.end(), panels.begin() + static_cast<std::ptrdiff_t>(fitting.given()),
               panels.end());
  if (fate != Fate::complete) return fate;
  mixture.panels.resize(first);
  mixture.weights.resize(first);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (fitting.weight(i) > 0) mixture.add(panels[i], fitting.weight(i) * part.mass);
  }
  return fate;
}

}  // namespace

Decomposition decompose(const Space& space, std::span<const double> target, std::uint64_t seed,
                        const Pricer& pricer, const std::function<bool()>& keep_on,
                        const DecomposeLimits& limits) {
  Decomposition result;
  Dice dice(seed);
  Search search(space, dice.next());
  Rest rest = Rest::of(space, {target.begin(), target.end()});
  Peeler peeler(space, search, dice, pricer, keep_on);
  Mixture& mixture = result.mixture;
  peeler.peel(rest, mixture);
  result.peeled = static_cast<std::int64_t>(mixture.panels.size());
  if (rest.mass <= least_mass) result.fate = Fate::complete;
  Fitting fitting(space, search, dice, pricer, keep_on);
  std::size_t first = mixture.panels.size();
  double goal = 4 * rest.mass;
  bool given_up = false;
  if (result.fate != Fate::complete && peeler.priced() > few_priced && limits.before_fit) {
    given_up = !limits.before_fit(mixture);
  }
  while (!given_up && result.fate != Fate::complete && keep_on()) {
    while (first > 0 && (rest.mass < goal || mixture.panels.size() - first < least_given)) {
      --first;
      rest.take(space, mixture.panels[first], -mixture.weights[first]);
    }
    result.fate = fit_part(space, fitting, rest, first, mixture, limits.tolerance, result.spare);
    if (first == 0) break;
    goal *= 8;
  }
  result.fitted = static_cast<std::int64_t>(result.spare.size());
  result.priced = peeler.priced() + fitting.priced();
  double sum = 0;
  for (const double weight : mixture.weights) sum += weight;
  if (sum > 0) {
    for (double& weight : mixture.weights) weight /= sum;
  }
  return result;
}

}  // namespace partnership::lottery
