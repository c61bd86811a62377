// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_known.hpp"

#include <algorithm>
#include <limits>

namespace partnership::lottery {
namespace {

constexpr double anything = -std::numeric_limits<double>::infinity();
constexpr int searches = 4;
constexpr int search_steps = 300;

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

std::optional<Panel> KnownPanels::search_with(const Box& box) {
  const std::vector<double> wish(space_.columns(), 0);
  Search search(space_, dice_.next());
  search.enter(box);
  for (int k = 0; k < searches; ++k) {
    std::fill(search.values.begin(), search.values.end(), 0);
    for (const Seat& seat : panels_[dice_.below(panels_.size())]) {
      search.values[seat.column] = seat.count;
    }
    if (search.find(wish, search_steps)) return panel_of(search.values);
  }
  return std::nullopt;
}

std::optional<Panel> KnownPanels::find_with(std::uint32_t type, bool& certain) {
  Box box = whole_box(space_);
  box.lower[type] = std::max<std::int64_t>(box.lower[type], 1);
  std::optional<Panel> panel = search_with(box);
  if (panel) return panel;
  const std::vector<double> wish(space_.columns(), 0);
  Priced priced = pricing_.find(box, wish, anything, watch_.nodes_left);
  certain = priced.certain;
  return std::move(priced.panel);
}

void KnownPanels::settle(std::uint32_t type) {
  Inequality none{{{type, Rational(1)}}, Rational(0)};
  Pricing::Settled settled = pricing_.settle(none);
  if (settled.counter) keep({std::move(*settled.counter)});
  if (!settled.proof) return;
  unseatable_.push_back(
      {Rational(0), {type}, std::move(none.terms), Rational(0), std::move(*settled.proof)});
  space_.upper[type] = 0;
}

KnownPanels::Survey KnownPanels::survey() {
  if (panels_.empty()) {
    const Survey any = find_any();
    if (any != Survey::done) return any;
  }
  for (std::uint32_t t = 0; t < space_.types() && watch_.keep_on(); ++t) {
    if (covered_[t] || space_.upper[t] <= 0) continue;
    watch_.tell(LotteryProgress::Phase::panels, static_cast<std::int64_t>(panels_.size()));
    bool certain = false;
    std::optional<Panel> panel = find_with(t, certain);
    if (panel) keep({std::move(*panel)});
    if (certain) settle(t);
  }
  return Survey::done;
}

}  // namespace partnership::lottery
