// SPDX-License-Identifier: Apache-2.0
//
// Two swaps in one panel at once, of which neither is allowed alone: where quotas leave no room,
// one mends what the other breaks. See uniform_exchange.hpp.
#include <algorithm>
#include <bit>
#include <utility>

#include "committee/uniform_exchange.hpp"

namespace partnership {

std::int64_t Exchange::coefficient(std::uint32_t type, std::uint32_t row) const {
  const auto& entries = entries_[type];
  const auto at =
      std::lower_bound(entries.begin(), entries.end(), row,
                       [](const Entry& entry, std::uint32_t r) { return entry.row < r; });
  return at != entries.end() && at->row == row ? at->coefficient : 0;
}

// Of the panel that the swap has made.
std::vector<std::uint32_t> Exchange::broken_rows(const Panel& panel, const Swap& swap) const {
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t type : {swap.from, swap.to}) {
    for (const Entry& entry : entries_[type]) {
      const PanelModel::Row& row = model_->rows[entry.row];
      const std::int64_t sum = panel.sums[entry.row];
      if (sum >= row.lower && sum <= row.upper) continue;
      if (std::find(rows.begin(), rows.end(), entry.row) == rows.end()) rows.push_back(entry.row);
    }
  }
  return rows;
}

// Makes the first swap in a copy of the panel, and a second one that mends what the first breaks.
bool Exchange::mend(std::size_t place, const Swap& first, const Harmless& harmless) {
  constexpr std::size_t most_broken = 3;  // of more, one swap hardly mends all
  const Panel made = changed(panels_[place], first.from, first.to);
  const std::vector<std::uint32_t> broken = broken_rows(made, first);
  work_ -= 200 + static_cast<std::int64_t>(made.counts.size() / 8);
  if (broken.empty() || broken.size() > most_broken) return false;
  Types going = harmless.fewer, coming = harmless.more;
  for (std::size_t w = 0; w < words_; ++w) going[w] &= made.present[w];
  for (const std::uint32_t row : broken) {
    if (row >= in_row_.size()) continue;
    const bool above = made.sums[row] > model_->rows[row].upper;
    for (std::size_t w = 0; w < words_; ++w) {
      (above ? going : coming)[w] &= in_row_[row][w];
      (above ? coming : going)[w] &= ~in_row_[row][w];
    }
  }
  const auto mends = [&](std::uint32_t from, std::uint32_t to) {
    return from != first.to && from != first.from && to != first.from && to != first.to &&
           allowed(made, from, to) &&
           std::all_of(broken.begin(), broken.end(), [&](std::uint32_t row) {
             const std::int64_t sum =
                 made.sums[row] + coefficient(to, row) - coefficient(from, row);
             return sum >= model_->rows[row].lower && sum <= model_->rows[row].upper;
           });
  };
  const auto each = [&](const Types& types, const auto& call) {  // until one says true
    for (std::size_t word = 0; word < words_; ++word) {
      for (std::uint64_t bits = types[word]; bits != 0; bits &= bits - 1) {
        if (call(static_cast<std::uint32_t>(64 * word +
                                            static_cast<unsigned>(std::countr_zero(bits))))) {
          return true;
        }
      }
    }
    return false;
  };
  return each(going, [&](std::uint32_t from) {
    narrowed_ = coming;
    narrow(made.above, made.below, from, true, narrowed_);
    return each(narrowed_, [&](std::uint32_t to) {
      if (!mends(from, to)) return false;
      move_copy(place, place_of(changed(made, from, to)));
      return true;
    });
  });
}

// A pair that takes a seat from a type that has too many, or brings one to a type that has too few,
// and does no harm; or (`anywhere`) harm only to the type that takes the seat or gives it, which
// may then be made good from there.
bool Exchange::exchange_pairs(const std::vector<SeatBounds>& bounds, bool anywhere) {
  Harmless harmless{Types(words_), Types(words_)};
  for (std::uint32_t t = 0; t < seats_.size(); ++t) {
    if (seats_[t] > bounds[t].lower) add(harmless.fewer, t);
    if (seats_[t] < bounds[t].upper) add(harmless.more, t);
  }
  const auto types = static_cast<std::uint32_t>(seats_.size());
  const auto is_in = [](const Types& set, std::uint32_t t) {
    return (set[t / 64] >> t % 64 & 1U) != 0;
  };
  // Troubles are moved from one type after another, to another each time.
  const std::size_t first = anywhere ? moved_ * 7919 : 0;
  for (std::uint32_t i = 0; i < types; ++i) {
    const auto t = static_cast<std::uint32_t>((first + i) % types);
    const bool over = seats_[t] > bounds[t].upper;
    if (!over && seats_[t] >= bounds[t].lower) continue;
    for (std::size_t k = 0; k < panels_.size() && work_ > 0; ++k) {
      const std::size_t p = (first + k) % panels_.size();
      if (panels_[p].copies == 0 || !has_room(panels_[p], t, over)) continue;
      for (std::uint32_t j = 0; j < types && work_ > 0; ++j) {
        const auto other = static_cast<std::uint32_t>((first + j) % types);
        const bool fits = anywhere || is_in(over ? harmless.more : harmless.fewer, other);
        if (other == t || !fits || !has_room(panels_[p], other, !over)) continue;
        if (mend(p, over ? Swap{t, other, p} : Swap{other, t, p}, harmless)) return true;
      }
    }
  }
  return false;
}

}  // namespace partnership
