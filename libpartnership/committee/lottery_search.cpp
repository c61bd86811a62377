// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace partnership::lottery {
namespace {

constexpr std::size_t most_offers = 256;   // columns looked at for the first half of a move
constexpr std::size_t most_choices = 12;   // of which these are tried with a second half,
constexpr std::size_t most_seconds = 256;  // one of so many

}  // namespace

Box whole_box(const Space& space) {
  return {space.lower, space.upper, space.row_lower, space.row_upper};
}

Search::Search(const Space& space, std::uint64_t seed)
    : values(space.columns(), 0),
      space_(space),
      dice_(seed),
      activities_(space.rows(), 0),
      broken_place_(space.rows(), 0),
      raised_place_(space.columns(), 0),
      barred_(space.columns(), 0) {}

void Search::enter(const Box& box) {
  box_ = &box;
  movable_.clear();
  row_starts_.assign(space_.rows() + 1, 0);
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (box.lower[j] >= box.upper[j]) continue;
    movable_.push_back(j);
    for (const Entry& entry : space_.column(j)) ++row_starts_[entry.index + 1];
  }
  for (std::uint32_t i = 0; i < space_.rows(); ++i) row_starts_[i + 1] += row_starts_[i];
  row_cells_.resize(row_starts_.back());
  std::vector<std::size_t> next(row_starts_.begin(), row_starts_.end() - 1);
  for (const std::uint32_t j : movable_) {
    for (const Entry& entry : space_.column(j)) {
      row_cells_[next[entry.index]++] = {j, entry.value};
    }
  }
}

void Search::note_outside(std::uint32_t row) {
  const bool is = outside(row, activities_[row]) > 0;
  std::uint32_t& place = broken_place_[row];
  if (is == (place > 0)) return;
  if (is) {
    broken_.push_back(row);
    place = static_cast<std::uint32_t>(broken_.size());
  } else {
    broken_place_[broken_.back()] = place;
    broken_[place - 1] = broken_.back();
    broken_.pop_back();
    place = 0;
  }
}

void Search::note_raised(std::uint32_t column) {
  const bool is = values[column] > box_->lower[column];
  std::uint32_t& place = raised_place_[column];
  if (is == (place > 0)) return;
  if (is) {
    raised_.push_back(column);
    place = static_cast<std::uint32_t>(raised_.size());
  } else {
    raised_place_[raised_.back()] = place;
    raised_[place - 1] = raised_.back();
    raised_.pop_back();
    place = 0;
  }
}

void Search::start() {
  std::fill(activities_.begin(), activities_.end(), 0);
  std::fill(broken_place_.begin(), broken_place_.end(), 0);
  std::fill(raised_place_.begin(), raised_place_.end(), 0);
  std::fill(barred_.begin(), barred_.end(), 0);
  broken_.clear();
  raised_.clear();
  now_ = 0;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    values[j] = std::max(std::min(values[j], box_->upper[j]), box_->lower[j]);
    if (values[j] != 0) {
      for (const Entry& entry : space_.column(j)) {
        activities_[entry.index] += entry.value * values[j];
      }
    }
  }
  for (const std::uint32_t j : movable_) note_raised(j);
  excess_ = 0;
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    excess_ += outside(i, activities_[i]);
    note_outside(i);
  }
}

std::int64_t Search::change(std::uint32_t column, std::int64_t up) const noexcept {
  std::int64_t sum = 0;
  for (const Entry& entry : space_.column(column)) {
    const std::int64_t before = activities_[entry.index];
    sum += outside(entry.index, before + up * entry.value) - outside(entry.index, before);
  }
  return sum;
}

void Search::apply(std::uint32_t column, std::int64_t up) {
  values[column] += up;
  for (const Entry& entry : space_.column(column)) {
    const std::int64_t before = activities_[entry.index];
    activities_[entry.index] = before + up * entry.value;
    excess_ += outside(entry.index, activities_[entry.index]) - outside(entry.index, before);
    note_outside(entry.index);
  }
  note_raised(column);
}

void Search::offer(std::span<const double> wish, double weight, std::uint32_t column,
                   std::int64_t up) {
  if (barred_[column] > now_ || !can(column, up)) return;
  const double score = wish[column] * static_cast<double>(up) -
                       weight * (static_cast<double>(change(column, up)) + 1e-6 * dice_.unit());
  choices_.push_back({score, column, up});
}

// Columns that would mend a row that is broken; where none is, those that the wish is for.
void Search::choose_first(std::span<const double> wish, double weight, bool climb) {
  choices_.clear();
  if (!broken_.empty()) {
    const std::uint32_t row = broken_[dice_.below(broken_.size())];
    const std::int64_t sign = activities_[row] < box_->row_lower[row] ? 1 : -1;
    const std::size_t size = row_starts_[row + 1] - row_starts_[row];
    std::size_t at = size > most_offers ? dice_.below(size) : 0;
    for (std::size_t k = 0; k < size && choices_.size() < most_offers; ++k, ++at) {
      const Entry& entry = row_cells_[row_starts_[row] + at % size];
      offer(wish, weight, entry.index, entry.value > 0 ? sign : -sign);
    }
  }
  if (choices_.empty()) {
    const std::size_t size = movable_.size();
    std::size_t at = size > most_offers ? dice_.below(size) : 0;
    for (std::size_t k = 0; k < size && choices_.size() < 2 * most_offers; ++k, ++at) {
      const std::uint32_t column = movable_[at % size];
      offer(wish, weight, column, 1);
      if (!climb || space_.has_auxiliary()) offer(wish, weight, column, -1);
    }
  }
  const std::size_t kept = std::min(most_choices, choices_.size());
  std::partial_sort(choices_.begin(), choices_.begin() + static_cast<std::ptrdiff_t>(kept),
                    choices_.end(), [](const Choice& a, const Choice& b) {
                      return a.score != b.score     ? a.score > b.score
                             : a.column != b.column ? a.column < b.column
                                                    : a.up < b.up;
                    });
  choices_.resize(kept);
}

void Search::try_second(std::span<const double> wish, double weight, const Move& half, Move& best,
                        std::uint32_t column, std::int64_t up) {
  if (static_cast<std::int32_t>(column) == half.first || barred_[column] > now_) return;
  if (!can(column, up)) return;
  const std::int64_t excess = half.excess + change(column, up);
  const double gain = half.gain + wish[column] * static_cast<double>(up);
  const double score = gain - weight * static_cast<double>(excess);
  if (best.first < 0 || score > best.gain - weight * static_cast<double>(best.excess)) {
    best = half;
    best.second = static_cast<std::int32_t>(column);
    best.second_up = up;
    best.excess = excess;
    best.gain = gain;
  }
}

Search::Move Search::best_move(std::span<const double> wish, double weight) {
  Move best;
  for (const Choice& choice : choices_) {
    Move half;
    half.first = static_cast<std::int32_t>(choice.column);
    half.up = choice.up;
    half.excess = change(choice.column, choice.up);
    half.gain = wish[choice.column] * static_cast<double>(choice.up);
    const double score = half.gain - weight * static_cast<double>(half.excess);
    if (best.first < 0 || score > best.gain - weight * static_cast<double>(best.excess)) {
      best = half;
    }
    apply(choice.column, choice.up);
    // Types are swapped; auxiliary columns may have to move in the same direction.
    const bool both = space_.has_auxiliary();
    if (choice.up > 0 || both) {
      for (const std::uint32_t raised : raised_) {
        try_second(wish, weight, half, best, raised, -1);
      }
    }
    if (choice.up < 0 || both) {
      const std::size_t size = movable_.size(), tries = std::min(size, most_seconds);
      std::size_t at = size > most_seconds ? dice_.below(size) : 0;
      for (std::size_t k = 0; k < tries; ++k, ++at) {
        try_second(wish, weight, half, best, movable_[at % size], 1);
      }
    }
    apply(choice.column, -choice.up);
  }
  return best;
}

bool Search::step(std::span<const double> wish, double weight, bool climb) {
  ++now_;
  choose_first(wish, weight, climb);
  const Move move = best_move(wish, weight);
  if (move.first < 0) return false;
  const auto make = [&](std::int32_t column, std::int64_t up) {
    const auto at = static_cast<std::uint32_t>(column);
    apply(at, up);
    barred_[at] = now_ + 3 + static_cast<std::int32_t>(dice_.below(8));
  };
  make(move.first, move.up);
  if (move.second >= 0) make(move.second, move.second_up);
  worth += move.gain;
  return true;
}

double Search::largest(std::span<const double> wish) const noexcept {
  double result = 0;
  for (const std::uint32_t j : movable_) result = std::max(result, std::abs(wish[j]));
  return result;
}

bool Search::find(std::span<const double> wish, int steps) {
  start();
  const double weight = 1e4 * std::max(largest(wish), 1e-300);
  for (int k = 0; k < steps && excess_ > 0 && !movable_.empty(); ++k) {
    if (!step(wish, weight, false)) now_ += 3;
  }
  return excess_ == 0;
}

bool Search::improve(std::span<const double> wish, int steps) {
  constexpr std::array<double, 3> weights{1, 2, 0.5};  // of being outside, in units of the wish
  start();
  worth = 0;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    worth += wish[j] * static_cast<double>(values[j]);
  }
  bool met = excess_ == 0;
  double best_worth = worth;
  std::vector<std::int64_t> best = values;
  const double scale = largest(wish);
  if (scale == 0) return met;
  for (int k = 0; k < steps; ++k) {
    if (!step(wish, scale * weights[static_cast<std::size_t>(k / 32) % 3], true)) now_ += 3;
    if (excess_ > 0 || (met && worth <= best_worth)) continue;
    met = true;
    best_worth = worth;
    best = values;
  }
  values = std::move(best);
  worth = best_worth;
  return met;
}

}  // namespace partnership::lottery
