// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_peel.hpp"

#include <algorithm>
#include <cmath>

namespace partnership::lottery {
namespace {

constexpr int narrow_tries = 2;
constexpr int tries = 6;
constexpr double least_mass = 1e-11;  // what is below it is not worth a panel

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

void peel(const Space& space, Search& search, Dice& dice, Rest& rest, Mixture& mixture,
          const std::function<bool()>& keep_on) {
  std::vector<double> wish(space.columns(), 0);
  int failures = 0;
  while (rest.mass > least_mass && failures < tries && keep_on()) {
    const Box box =
        failures < narrow_tries ? narrow_box(space, rest) : face_box(space, rest, false);
    search.enter(box);
    if (failures > 0) round_by_chance(rest, dice, search.values);
    for (std::uint32_t j = 0; j < space.columns(); ++j) {
      wish[j] = rest.columns[j] / rest.mass - static_cast<double>(search.values[j]);
    }
    const int steps = mixture.panels.empty() ? 4000 : 1000;
    if (!search.find(wish, steps)) {
      ++failures;
      continue;
    }
    const double weight = largest_step(space, rest, box, search.values, search.activities());
    if (!(weight > 0)) {
      ++failures;
      continue;
    }
    failures = 0;
    Panel panel = panel_of(search.values);
    rest.take(space, panel, weight);
    mixture.add(std::move(panel), weight);
  }
}

}  // namespace partnership::lottery
