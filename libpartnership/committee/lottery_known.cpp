// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_known.hpp"

#include <algorithm>
#include <limits>

namespace partnership::lottery {
namespace {

constexpr double anything = -std::numeric_limits<double>::infinity();
constexpr int searches = 4;
constexpr int search_steps = 64;

}  // namespace

KnownPanels::KnownPanels(Space& space, Pricing& pricing, Watch& watch, std::uint64_t seed)
    : space_(space),
      pricing_(pricing),
      watch_(watch),
      dice_(seed),
      covered_(space.types(), false) {}

void KnownPanels::keep(const std::vector<Panel>& panels) {
  for (const Panel& panel : panels) {
    panels_.push_back(panel);
    for (const Seat& seat : panel) {
      if (seat.column < space_.types()) covered_[seat.column] = true;
    }
  }
}

std::optional<Decomposition> KnownPanels::take_apart(
    std::span<const double> target, std::uint64_t seed, const std::function<bool()>& keep_on,
    const std::function<bool()>& survey, double tolerance, LotteryStatistics& statistics) {
  const Pricer pricer = [&](const Box& box, std::span<const double> wish, double beyond,
                            std::int64_t nodes) { return pricing_.find(box, wish, beyond, nodes); };
  DecomposeLimits limits;
  limits.tolerance = tolerance;
  bool ended = false;
  if (survey) {
    limits.before_fit = [&](const Mixture& mixture) {
      keep(mixture.panels);
      ended = survey();
      return !ended && unseatable_.empty();
    };
  }
  Decomposition parts = decompose(space_, target, seed, pricer, keep_on, limits);
  statistics.peeled += parts.peeled;
  statistics.fitted += parts.fitted;
  statistics.priced += parts.priced;
  keep(parts.mixture.panels);
  keep(parts.spare);
  if (ended) return std::nullopt;
  return parts;
}

KnownPanels::Survey KnownPanels::find_any() {
  const std::vector<double> wish(space_.columns(), 0);
  Priced priced = pricing_.find(whole_box(space_), wish, anything, watch_.nodes_left);
  if (priced.panel) {
    keep({std::move(*priced.panel)});
    return Survey::done;
  }
  if (!priced.certain) return Survey::stopped;
  Pricing::Settled settled = pricing_.settle({{}, Rational(-1)});
  if (settled.counter) {
    keep({std::move(*settled.counter)});
    return Survey::done;
  }
  if (!settled.proof) return Survey::stopped;
  empty_ = std::move(*settled.proof);
  return Survey::empty;
}

std::vector<std::uint32_t> KnownPanels::uncovered() const {
  std::vector<std::uint32_t> result;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!covered_[t] && space_.upper[t] > 0) result.push_back(t);
  }
  return result;
}

std::optional<Panel> KnownPanels::search_for(const Box& box, std::span<const double> wish) {
  Search search(space_, dice_.next());
  search.enter(box);
  for (int k = 0; k < searches; ++k) {
    std::fill(search.values.begin(), search.values.end(), 0);
    for (const Seat& seat : panels_[dice_.below(panels_.size())]) {
      search.values[seat.column] = seat.count;
    }
    if (search.improve(wish, search_steps) && search.worth > 0.5) {
      search_worth_ = search.worth;
      return panel_of(search.values);
    }
  }
  return std::nullopt;
}

// Finds a panel with some of the types, or proves that there is none, or (false) does neither.
bool KnownPanels::cover(const std::vector<std::uint32_t>& types) {
  const Box box = whole_box(space_);
  std::vector<double> wish(space_.columns(), 0);
  for (const std::uint32_t type : types) wish[type] = 1;
  if (luck_ > 0) {
    std::optional<Panel> panel = search_for(box, wish);
    if (!panel || search_worth_ < 2) --luck_;
    if (panel) {
      keep({std::move(*panel)});
      return true;
    }
  }
  Priced priced = pricing_.find(box, wish, 0.5, watch_.nodes_left);
  if (!priced.panel) return priced.certain && settle(types);
  keep({std::move(*priced.panel)});
  return true;
}

// That none of the types sits on a committee; true also where a panel shows that one does.
bool KnownPanels::settle(const std::vector<std::uint32_t>& types) {
  Inequality none;
  for (const std::uint32_t type : types) none.terms.emplace_back(type, Rational(1));
  Pricing::Settled settled = pricing_.settle(none);
  if (settled.counter) keep({std::move(*settled.counter)});
  if (!settled.proof) return settled.counter.has_value();
  unseatable_.push_back(
      {Rational(0), types, std::move(none.terms), Rational(0), std::move(*settled.proof)});
  for (const std::uint32_t type : types) space_.upper[type] = 0;
  return true;
}

KnownPanels::Survey KnownPanels::survey() {
  if (panels_.empty()) {
    const Survey any = find_any();
    if (any != Survey::done) return any;
  }
  luck_ = searches;
  while (watch_.keep_on()) {
    const std::vector<std::uint32_t> types = uncovered();
    if (types.empty()) break;
    watch_.tell(LotteryProgress::Phase::panels, static_cast<std::int64_t>(panels_.size()));
    if (cover(types)) continue;
    // All at once were too many: one by one.
    for (const std::uint32_t type : types) {
      if (!covered_[type] && watch_.keep_on()) cover({type});
    }
    break;
  }
  return Survey::done;
}

}  // namespace partnership::lottery
