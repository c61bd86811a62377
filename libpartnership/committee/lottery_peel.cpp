// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_peel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace partnership::lottery {
namespace {

constexpr int search_steps = 200;
constexpr std::int64_t few_nodes = 300;    // of branch and bound, for a panel of the narrow box
constexpr std::int64_t many_nodes = 3000;  // and for one of the face, the last resort
constexpr double least_mass = 1e-11;       // what is below it is not worth a panel

std::int64_t whole_below(double value) noexcept {
  return std::llround(std::floor(value));
}
std::int64_t whole_above(double value) noexcept {
  return std::llround(std::ceil(value));
}

// The whole numbers next to `part / mass`, within the bounds.
void narrow(double part, double mass, std::int64_t least, std::int64_t most, std::int64_t& lower,
            std::int64_t& upper) {
  const double slack = nothing_of(part);
  lower = std::clamp(whole_below((part + slack) / mass), least, most);
  upper = std::clamp(whole_above((part - slack) / mass), lower, most);
}

void face(double part, double mass, std::int64_t least, std::int64_t most, std::int64_t& lower,
          std::int64_t& upper) {
  const double slack = nothing_of(part);
  const bool at_least = least != -no_end && part - mass * static_cast<double>(least) <= slack;
  const bool at_most = most != no_end && mass * static_cast<double>(most) - part <= slack;
  lower = at_most && !at_least ? most : least;
  upper = at_least ? least : most;
}

// How much of `value` can be taken off so that the rest keeps within [lower, upper].
double room(double part, double mass, std::int64_t value, std::int64_t lower, std::int64_t upper) {
  double most = mass;
  if (lower != -no_end && value > lower) {
    most = std::min(
        most, (part - mass * static_cast<double>(lower)) / static_cast<double>(value - lower));
  }
  if (upper != no_end && value < upper) {
    most = std::min(
        most, (mass * static_cast<double>(upper) - part) / static_cast<double>(upper - value));
  }
  return most;
}

double largest_step(const Space& space, const Rest& rest, const Box& box,
                    std::span<const std::int64_t> values, std::span<const std::int64_t> rows) {
  double most = rest.mass;
  for (std::uint32_t j = 0; j < space.columns(); ++j) {
    most = std::min(most, room(rest.columns[j], rest.mass, values[j], box.lower[j], box.upper[j]));
  }
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    most =
        std::min(most, room(rest.rows[i], rest.mass, rows[i], box.row_lower[i], box.row_upper[i]));
  }
  return most;
}

// A whole number near each column's part, up or down by chance, so that the mean is right.
void round_by_chance(const Rest& rest, Dice& dice, std::span<std::int64_t> values) {
  for (std::size_t j = 0; j < values.size(); ++j) {
    values[j] = whole_below(rest.columns[j] / rest.mass + dice.unit());
  }
}

}  // namespace

double nothing_of(double size) noexcept {
  return 1e-11 * std::max(1.0, std::abs(size));
}

Rest Rest::of(const Space& space, std::vector<double> target) {
  Rest rest;
  rest.columns = std::move(target);
  rest.rows.assign(space.rows(), 0);
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    for (const Entry& entry : space.row(i)) {
      rest.rows[i] += static_cast<double>(entry.value) * rest.columns[entry.index];
    }
  }
  return rest;
}

void Rest::take(const Space& space, const Panel& panel, double weight) {
  mass -= weight;
  for (const Seat& seat : panel) {
    const double part = weight * seat.count;
    columns[seat.column] -= part;
    for (const Entry& entry : space.column(seat.column)) {
      rows[entry.index] -= part * static_cast<double>(entry.value);
    }
  }
}

Box narrow_box(const Space& space, const Rest& rest) {
  Box box = whole_box(space);
  for (std::uint32_t j = 0; j < space.columns(); ++j) {
    narrow(rest.columns[j], rest.mass, space.lower[j], space.upper[j], box.lower[j], box.upper[j]);
  }
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    narrow(rest.rows[i], rest.mass, space.row_lower[i], space.row_upper[i], box.row_lower[i],
           box.row_upper[i]);
  }
  return box;
}

Box face_box(const Space& space, const Rest& rest, bool free_auxiliary) {
  Box box = whole_box(space);
  const std::uint32_t judged = free_auxiliary ? space.types() : space.columns();
  for (std::uint32_t j = 0; j < judged; ++j) {
    face(rest.columns[j], rest.mass, space.lower[j], space.upper[j], box.lower[j], box.upper[j]);
  }
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    const std::span<const Entry> row = space.row(i);
    if (!row.empty() && row.back().index >= judged) continue;
    face(rest.rows[i], rest.mass, space.row_lower[i], space.row_upper[i], box.row_lower[i],
         box.row_upper[i]);
  }
  return box;
}

Peeler::Peeler(const Space& space, Search& search, Dice& dice, const Pricer& pricer,
               const std::function<bool()>& keep_on)
    : space_(space),
      search_(search),
      dice_(dice),
      pricer_(pricer),
      keep_on_(keep_on),
      wish_(space.columns(), 0),
      values_(space.columns(), 0),
      rows_(space.rows(), 0) {}

// From the last panel, or from a rounding by chance.
bool Peeler::search(const Rest& rest, const Box& box, bool fresh) {
  search_.enter(box);
  if (fresh) round_by_chance(rest, dice_, search_.values);
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    wish_[j] = rest.columns[j] / rest.mass - static_cast<double>(search_.values[j]);
  }
  if (!search_.find(wish_, search_steps)) return false;
  values_ = search_.values;
  const std::span<const std::int64_t> rows = search_.activities();
  rows_.assign(rows.begin(), rows.end());
  return true;
}

bool Peeler::price(const Rest& rest, const Box& box, std::int64_t nodes) {
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    wish_[j] = rest.columns[j] / rest.mass * (1 + 0.25 * dice_.unit());
  }
  const Priced priced = pricer_(box, wish_, -std::numeric_limits<double>::infinity(), nodes);
  if (!priced.panel) return false;
  ++priced_;
  std::fill(values_.begin(), values_.end(), 0);
  std::fill(rows_.begin(), rows_.end(), 0);
  for (const Seat& seat : *priced.panel) {
    values_[seat.column] = seat.count;
    for (const Entry& entry : space_.column(seat.column)) {
      rows_[entry.index] += entry.value * seat.count;
    }
  }
  search_.values = values_;
  return true;
}

// The search costs little where it has luck; where it has none, it is tried seldom.
bool Peeler::find(const Rest& rest, const Box& box, bool fresh, std::int64_t nodes) {
  if (luck_ > 0 || dice_.below(16) == 0) {
    if (search(rest, box, fresh) || search(rest, box, true)) {
      luck_ = std::min(luck_ + 1, 8);
      return true;
    }
    luck_ /= 2;
  }
  return price(rest, box, nodes);
}

void Peeler::peel(Rest& rest, Mixture& mixture) {
  while (rest.mass > least_mass && keep_on_()) {
    Box box = narrow_box(space_, rest);
    if (!find(rest, box, false, few_nodes)) {
      box = face_box(space_, rest, false);
      if (!find(rest, box, true, many_nodes)) return;
    }
    const double weight = largest_step(space_, rest, box, values_, rows_);
    if (!(weight > 0)) return;
    Panel panel = panel_of(values_);
    rest.take(space_, panel, weight);
    mixture.add(std::move(panel), weight);
  }
}

}  // namespace partnership::lottery
