// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_fitting.hpp"

#include <algorithm>
#include <cmath>

namespace partnership::lottery {
namespace {

constexpr int most_starts = 8;  // of the local search, for one panel
constexpr int search_steps = 96;
constexpr std::int64_t nodes = 2000;     // of branch and bound, likewise
constexpr std::size_t most_used = 4000;  // vectors at once: their triangle has half as many squared

}  // namespace

Fitting::Fitting(const Space& space, Search& search, Dice& dice, const Pricer& pricer,
                 const std::function<bool()>& keep_on)
    : space_(space),
      search_(search),
      dice_(dice),
      pricer_(pricer),
      keep_on_(keep_on),
      luck_(most_starts) {}

void Fitting::begin(const Box& box, const std::vector<std::pair<std::uint32_t, double>>& targets) {
  box_ = &box;
  coordinate_.assign(space_.columns(), 0);
  excess_.assign(space_.columns(), 0);
  wish_.assign(space_.columns(), 0);
  coordinates_ = 0;
  std::vector<double> target;
  for (const auto& [column, value] : targets) {
    coordinate_[column] = ++coordinates_;
    target.push_back(value);
  }
  ++coordinates_;
  target.push_back(1);
  fit_ = Fit(std::move(target));
  panels_.clear();
  vectors_.clear();
  panel_of_.clear();
  given_ = 0;
}

std::vector<Component> Fitting::vector_of(const Panel& panel) const {
  std::vector<Component> vector;
  for (const Seat& seat : panel) {
    if (coordinate_[seat.column] > 0) {
      vector.push_back({coordinate_[seat.column] - 1, static_cast<double>(seat.count)});
    }
  }
  vector.push_back({coordinates_ - 1, 1});
  return vector;
}

void Fitting::add(Panel panel, double weight) {
  vectors_.push_back(fit_.add(vector_of(panel), weight));
  panel_of_.push_back(static_cast<std::int32_t>(panels_.size()));
  panels_.push_back(std::move(panel));
  given_ = panels_.size();
}

void Fitting::add_excess(std::uint32_t column, double weight) {
  excess_[column] = fit_.add({{coordinate_[column] - 1, -1}}, weight) + 1;
  panel_of_.push_back(-1);
}

double Fitting::excess(std::uint32_t column) const noexcept {
  return excess_[column] > 0 ? fit_.weight(excess_[column] - 1) : 0;
}

// By local search from panels in use, each of which has worth 0.
void Fitting::search_panel(double enough) {
  const double constant = fit_.residual()[coordinates_ - 1];
  const std::span<const std::uint32_t> used = fit_.used();
  search_.enter(*box_);
  // Where it has no luck it is tried seldom.
  const int tries = luck_ > 0 ? luck_ : dice_.below(8) == 0 ? 1 : 0;
  for (int k = 0; k < tries && worth_ < enough && !used.empty(); ++k) {
    const std::int32_t from = panel_of_[used[dice_.below(used.size())]];
    if (from >= 0) {
      std::fill(search_.values.begin(), search_.values.end(), 0);
      for (const Seat& seat : panels_[static_cast<std::size_t>(from)]) {
        search_.values[seat.column] = seat.count;
      }
    }
    if (!search_.improve(wish_, search_steps) || search_.worth + constant <= worth_) continue;
    worth_ = search_.worth + constant;
    found_ = panel_of(search_.values);
  }
  luck_ = worth_ >= enough ? std::min(luck_ + 1, most_starts) : luck_ / 2;
}

// Along the residual w, which has worth 0 for all panels in use, the target itself has worth |w|^2.
// If no panel has as much, the target is apart from all of them.
bool Fitting::find_panel() {
  const std::span<const double> residual = fit_.residual();
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    wish_[j] = coordinate_[j] > 0 ? residual[coordinate_[j] - 1] : 0;
  }
  double square = 0;
  for (const double component : residual) square += component * component;
  reach_ = square - residual[coordinates_ - 1];
  worth_ = 0;
  certain_ = false;
  search_panel(square);
  if (worth_ >= square) return true;
  // In a scale in which it does not drown in tolerances.
  const double scale = 1 / fit_.error();
  std::vector<double> scaled = wish_;
  for (double& value : scaled) value *= scale;
  const double enough = reach_ * scale;
  Priced priced = pricer_(*box_, scaled, enough - 1e-7 * std::max(1.0, std::abs(enough)), nodes);
  if (priced.panel) {
    found_ = std::move(*priced.panel);
    ++priced_;
    return true;
  }
  certain_ = priced.certain;
  return !certain_ && worth_ > 0.01 * square;
}

Fate Fitting::run(double tolerance) {
  const std::size_t most = panels_.size() + 20 * std::size_t{coordinates_} + 200;
  if (coordinates_ > most_used) return Fate::open;
  for (;;) {
    fit_.solve();
    if (fit_.error() <= tolerance) return Fate::complete;
    if (!keep_on_() || panels_.size() >= most) return Fate::open;
    if (!find_panel()) return certain_ ? Fate::apart : Fate::open;
    if (std::find(panels_.begin(), panels_.end(), found_) != panels_.end()) return Fate::open;
    vectors_.push_back(fit_.add(vector_of(found_)));
    panel_of_.push_back(static_cast<std::int32_t>(panels_.size()));
    panels_.push_back(std::move(found_));
  }
}

}  // namespace partnership::lottery
