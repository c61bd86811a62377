// SPDX-License-Identifier: Apache-2.0
#include "committee/uniform_exchange.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace partnership {

namespace {

constexpr int search_steps = 300;  // for a panel

// How far a number of seats is outside its bounds.
std::int64_t beyond(std::int64_t seats, const SeatBounds& bounds) noexcept {
  return std::max<std::int64_t>({0, bounds.lower - seats, seats - bounds.upper});
}

}  // namespace

Exchange::Exchange(const PanelModel& model, std::vector<SeatCounts> panels,
                   std::vector<std::uint32_t> copies)
    : model_(&model),
      given_(panels.size()),
      entries_(model.columns.size()),
      masks_(masks_of(model)),
      seats_(model.type_count()) {
  for (std::uint32_t row = 0; row < model.rows.size(); ++row) {
    for (const PanelModel::Term& term : model.rows[row].terms) {
      if (term.column < model.type_count())
        entries_[term.column].push_back({row, term.coefficient});
    }
  }
  for (std::size_t i = 0; i < panels.size(); ++i) {
    Panel& panel = panels_.emplace_back();
    panel.counts = std::move(panels[i]);
    panel.copies = copies[i];
    panel.sums = sums_of(panel.counts);
    for (std::size_t t = 0; t < seats_.size(); ++t) {
      seats_[t] += std::int64_t{panel.copies} * panel.counts[t];
    }
    index_.emplace(panel.counts, i);
  }
}

std::vector<std::int64_t> Exchange::sums_of(const SeatCounts& counts) const {
  std::vector<std::int64_t> sums;
  for (const PanelModel::Row& row : model_->rows) {
    std::int64_t& sum = sums.emplace_back();
    for (const PanelModel::Term& term : row.terms) {
      sum += term.coefficient * counts[term.column];
    }
  }
  return sums;
}

// Of the first 64 rows those whose coefficients are not negative and which the type is in.
std::vector<std::uint64_t> Exchange::masks_of(const PanelModel& model) {
  std::vector<std::uint64_t> out(model.type_count());
  for (std::size_t row = 0; row < std::min<std::size_t>(64, model.rows.size()); ++row) {
    const auto& terms = model.rows[row].terms;
    const bool plain = std::none_of(terms.begin(), terms.end(), [](const PanelModel::Term& term) {
      return term.coefficient < 0;
    });
    for (const PanelModel::Term& term : terms) {
      if (plain && term.column < out.size() && term.coefficient > 0) {
        out[term.column] |= std::uint64_t{1} << row;
      }
    }
  }
  return out;
}

// Which of the first 64 rows have no room upwards, and which none downwards.
Exchange::Full Exchange::full_rows(const Panel& panel) const {
  Full full;
  for (std::size_t row = 0; row < std::min<std::size_t>(64, panel.sums.size()); ++row) {
    const std::uint64_t bit = std::uint64_t{1} << row;
    if (panel.sums[row] >= model_->rows[row].upper) full.above |= bit;
    if (panel.sums[row] <= model_->rows[row].lower) full.below |= bit;
  }
  return full;
}

// Whether the swap breaks a full row: what most swaps fail by, told at a glance.
bool Exchange::breaks(const Full& full, const Swap& swap) const {
  const std::uint64_t out = swap.from == nobody ? 0 : masks_[swap.from];
  const std::uint64_t in = swap.to == nobody ? 0 : masks_[swap.to];
  return (((in & ~out) & full.above) | ((out & ~in) & full.below)) != 0;
}

// Whether the panel stays within the model when one of type `from` goes and one of type `to` comes;
// `nobody` is no one.
bool Exchange::allowed(const Panel& panel, std::uint32_t from, std::uint32_t to) {
  const auto column_allows = [&](std::uint32_t column, std::int32_t change) {
    const std::int64_t now = panel.counts[column] + change;
    return now >= model_->columns[column].lower && now <= model_->columns[column].upper;
  };
  --work_;
  if (from == to || (from != nobody && !column_allows(from, -1)) ||
      (to != nobody && !column_allows(to, 1))) {
    return false;
  }
  using Entries = std::span<const Entry>;
  const Entries out = from == nobody ? Entries() : Entries(entries_[from]);
  const Entries in = to == nobody ? Entries() : Entries(entries_[to]);
  auto a = out.begin(), b = in.begin();
  while (a != out.end() || b != in.end()) {
    const bool first = b == in.end() || (a != out.end() && a->row <= b->row);
    const bool second = a == out.end() || (b != in.end() && b->row <= a->row);
    const std::uint32_t row = first ? a->row : b->row;
    std::int64_t change = 0;
    if (first) change -= (a++)->coefficient;
    if (second) change += (b++)->coefficient;
    --work_;
    if (change == 0) continue;
    const std::int64_t sum = panel.sums[row] + change;
    if (sum < model_->rows[row].lower || sum > model_->rows[row].upper) return false;
  }
  return true;
}

// The panel that a swap makes of a copy of another.
std::size_t Exchange::made_by(const Swap& swap) {
  Panel made = panels_[swap.panel];
  made.copies = 0;
  const auto change = [&](std::uint32_t type, std::int32_t by) {
    if (type == nobody) return;
    made.counts[type] += by;
    for (const Entry& entry : entries_[type]) made.sums[entry.row] += by * entry.coefficient;
  };
  change(swap.from, -1);
  change(swap.to, 1);
  return place_of(std::move(made));
}

std::size_t Exchange::place_of(Panel panel) {
  const auto found = index_.find(panel.counts);
  if (found != index_.end()) return found->second;
  std::size_t place = panels_.size();
  if (free_.empty()) {
    panels_.push_back(std::move(panel));
  } else {
    place = free_.back();
    free_.pop_back();
    panels_[place] = std::move(panel);
  }
  index_.emplace(panels_[place].counts, place);
  return place;
}

std::size_t Exchange::apply(const Swap& swap) {
  const std::size_t made = made_by(swap);
  move_copy(swap.panel, made);
  return made;
}

// A shortest chain of swaps that takes a seat from a type that has too many (`over`), or brings one
// to a type that has too few, and ends where it does no harm.
std::optional<std::vector<Exchange::Swap>> Exchange::find_path(
    const std::vector<SeatBounds>& bounds, bool over) {
  const std::uint32_t types = model_->type_count();  // as a place: nobody
  const auto type_at = [&](std::uint32_t place) { return place == types ? nobody : place; };
  std::vector<Swap> came_by(types + 1);
  std::vector<std::uint32_t> queue, left;
  for (std::uint32_t t = 0; t < types; ++t) {
    const bool start = over ? seats_[t] > bounds[t].upper : seats_[t] < bounds[t].lower;
    (start ? queue : left).push_back(t);
  }
  const std::vector<std::uint32_t> starts = queue;
  if (starts.empty()) return std::nullopt;
  left.push_back(types);
  const auto ends = [&](std::uint32_t t) {
    return t == types || (over ? seats_[t] < bounds[t].upper : seats_[t] > bounds[t].lower);
  };
  for (std::size_t at = 0; at < queue.size() && work_ > 0; ++at) {
    const std::uint32_t here = queue[at];
    for (std::size_t p = 0; p < panels_.size() && work_ > 0; ++p) {
      if (panels_[p].copies == 0) continue;
      const Full full = full_rows(panels_[p]);
      work_ -= static_cast<std::int64_t>(left.size() / 2 + panels_[p].sums.size());
      for (std::size_t i = 0; i < left.size();) {
        const std::uint32_t there = left[i];
        const Swap swap =
            over ? Swap{type_at(here), type_at(there), p} : Swap{type_at(there), type_at(here), p};
        if (breaks(full, swap) || !allowed(panels_[p], swap.from, swap.to)) {
          ++i;
          continue;
        }
        came_by[there] = swap;
        queue.push_back(there);
        left[i] = left.back();
        left.pop_back();
        if (ends(there)) return chain(came_by, starts, there, over);
      }
    }
  }
  return std::nullopt;
}

std::vector<Exchange::Swap> Exchange::chain(const std::vector<Swap>& came_by,
                                            const std::vector<std::uint32_t>& starts,
                                            std::uint32_t end, bool over) const {
  std::vector<Swap> path;
  std::uint32_t here = end;
  while (std::find(starts.begin(), starts.end(), here) == starts.end()) {
    path.push_back(came_by[here]);
    const std::uint32_t before = over ? path.back().from : path.back().to;
    here = before == nobody ? model_->type_count() : before;
  }
  return path;
}

// Makes all the swaps or none. A panel of which no copy is left is replaced by another where the
// same swap is allowed.
bool Exchange::follow(const std::vector<Swap>& path) {
  std::vector<std::pair<Swap, SeatCounts>> back;  // what undoes each, in a panel of these counts
  for (Swap swap : path) {
    const auto possible = [&](std::size_t p) {
      return panels_[p].copies > 0 && allowed(panels_[p], swap.from, swap.to);
    };
    if (!possible(swap.panel)) {
      for (swap.panel = 0; swap.panel < panels_.size() && !possible(swap.panel);) ++swap.panel;
    }
    if (swap.panel == panels_.size()) {
      for (; !back.empty(); back.pop_back()) {
        back.back().first.panel = index_.at(back.back().second);
        apply(back.back().first);
      }
      return false;
    }
    const std::size_t made = apply(swap);
    back.push_back({{swap.to, swap.from, made}, panels_[made].counts});
  }
  return true;
}

std::int64_t Exchange::outside(const std::vector<SeatBounds>& bounds) const {
  std::int64_t sum = 0;
  for (std::size_t t = 0; t < seats_.size(); ++t) sum += beyond(seats_[t], bounds[t]);
  return sum;
}

// Replaces a copy of one panel by a copy of a given one where that brings the seats nearer.
bool Exchange::exchange_panels(const std::vector<SeatBounds>& bounds) {
  for (std::size_t from = 0; from < panels_.size(); ++from) {
    if (panels_[from].copies == 0) continue;
    for (std::size_t to = 0; to < given_ && work_ > 0; ++to) {
      const SeatCounts &old = panels_[from].counts, &now = panels_[to].counts;
      std::int64_t change = 0;
      work_ -= static_cast<std::int64_t>(seats_.size());
      for (std::size_t t = 0; t < seats_.size(); ++t) {
        if (old[t] == now[t]) continue;
        change += beyond(seats_[t] + now[t] - old[t], bounds[t]) - beyond(seats_[t], bounds[t]);
      }
      if (change >= 0) continue;
      move_copy(from, to);
      return true;
    }
  }
  return false;
}

void Exchange::move_copy(std::size_t from, std::size_t to) {
  for (std::size_t t = 0; t < seats_.size(); ++t) {
    seats_[t] += panels_[to].counts[t] - panels_[from].counts[t];
  }
  ++panels_[to].copies;
  if (--panels_[from].copies == 0 && from >= given_) {
    index_.erase(panels_[from].counts);
    free_.push_back(from);
  }
}

// Replaces a copy of the panel by one in which the types have what the bounds leave to them: no
// more seats where there are enough, no fewer where there are not too many. The box is one of the
// model.
bool Exchange::seek_near(std::size_t place, const std::vector<SeatBounds>& bounds,
                         lottery::Box& box, lottery::Search& search) {
  const SeatCounts& counts = panels_[place].counts;
  std::vector<double> wish(counts.size());
  for (std::size_t t = 0; t < seats_.size(); ++t) {
    const std::int64_t room = bounds[t].upper - seats_[t], spare = seats_[t] - bounds[t].lower;
    box.upper[t] = std::min(model_->columns[t].upper, counts[t] + std::max<std::int64_t>(room, 0));
    box.lower[t] = std::max(model_->columns[t].lower, counts[t] - std::max<std::int64_t>(spare, 0));
    wish[t] = spare < 0 ? 1 : room < 0 ? -1 : 0;
  }
  search.enter(box);
  search.values.assign(counts.begin(), counts.end());
  work_ -= static_cast<std::int64_t>(40 * search_steps * counts.size());  // about what it takes
  if (!search.improve(wish, search_steps)) return false;
  Panel made;
  made.counts.assign(search.values.begin(), search.values.end());
  std::int64_t change = 0;
  for (std::size_t t = 0; t < seats_.size(); ++t) {
    change +=
        beyond(seats_[t] + made.counts[t] - counts[t], bounds[t]) - beyond(seats_[t], bounds[t]);
  }
  if (change >= 0) return false;
  made.sums = sums_of(made.counts);
  const std::size_t to = place_of(std::move(made));
  move_copy(place, to);
  return true;
}

bool Exchange::seek_panel(const std::vector<SeatBounds>& bounds, const lottery::Space& space,
                          lottery::Search& search) {
  lottery::Box box = lottery::whole_box(space);
  for (std::size_t t = 0; t < seats_.size(); ++t) {
    const bool over = seats_[t] > bounds[t].upper;
    if (!over && seats_[t] >= bounds[t].lower) continue;
    for (std::size_t p = 0; p < panels_.size() && work_ > 0; ++p) {
      const Panel& panel = panels_[p];
      const bool useful = over ? panel.counts[t] > model_->columns[t].lower
                               : panel.counts[t] < model_->columns[t].upper;
      if (panel.copies > 0 && useful && seek_near(p, bounds, box, search)) return true;
    }
  }
  return false;
}

bool Exchange::fit(const std::vector<SeatBounds>& bounds, std::int64_t work,
                   const lottery::Space& space, lottery::Search& search) {
  work_ = work;
  while (outside(bounds) > 0) {
    if (work_ <= 0) return false;
    const auto path = find_path(bounds, true);
    if (path && follow(*path)) continue;
    const auto other = find_path(bounds, false);
    if (other && follow(*other)) continue;
    if (exchange_panels(bounds)) continue;
    // The ways above take long to find that there is none; this one is followed as far as it leads.
    bool found = false;
    while (outside(bounds) > 0 && seek_panel(bounds, space, search)) found = true;
    if (!found) return false;
  }
  return true;
}

// Of the sum of squares, were there one more of each given panel.
std::vector<std::int64_t> Exchange::slopes(const std::vector<std::int64_t>& wanted,
                                           const std::vector<std::int64_t>& weight) {
  std::vector<std::int64_t> out(given_);
  for (std::size_t p = 0; p < given_; ++p) {
    for (std::size_t t = 0; t < seats_.size(); ++t) {
      if (panels_[p].counts[t] == 0) continue;
      out[p] += weight[t] * panels_[p].counts[t] * (1024 * seats_[t] - wanted[t]);
    }
  }
  work_ -= static_cast<std::int64_t>(given_ * seats_.size());
  return out;
}

// The move of a copy between given panels that helps most, among those of the steepest panels.
std::optional<std::pair<std::size_t, std::size_t>> Exchange::best_move(
    const std::vector<std::int64_t>& slope, const std::vector<std::int64_t>& weight) {
  constexpr std::size_t most = 48;  // panels looked at on each side
  std::vector<std::size_t> up(given_), down;
  std::iota(up.begin(), up.end(), std::size_t{0});
  std::sort(up.begin(), up.end(), [&](std::size_t a, std::size_t b) {
    return slope[a] != slope[b] ? slope[a] < slope[b] : a < b;
  });
  for (std::size_t i = given_; i > 0 && down.size() < most; --i) {
    if (panels_[up[i - 1]].copies > 0) down.push_back(up[i - 1]);
  }
  up.resize(std::min(given_, most));
  work_ -= static_cast<std::int64_t>(up.size() * down.size() * seats_.size());
  std::int64_t best = 0;
  std::optional<std::pair<std::size_t, std::size_t>> move;
  for (const std::size_t from : down) {
    for (const std::size_t to : up) {
      std::int64_t apart = 0;
      for (std::size_t t = 0; t < seats_.size(); ++t) {
        const std::int64_t by = panels_[from].counts[t] - panels_[to].counts[t];
        apart += weight[t] * by * by;
      }
      const std::int64_t change = 1024 * apart - 2 * (slope[from] - slope[to]);
      if (change >= best) continue;
      best = change;
      move = {from, to};
    }
  }
  return move;
}

void Exchange::approach(const std::vector<std::int64_t>& wanted, std::int64_t work) {
  work_ = work;
  std::vector<std::int64_t> weight;
  for (const auto& nominees : model_->types) {
    weight.push_back(std::max<std::int64_t>(
        1, (std::int64_t{1} << 20) / static_cast<std::int64_t>(nominees.size())));
  }
  while (work_ > 0) {
    const auto move = best_move(slopes(wanted, weight), weight);
    if (!move) return;
    move_copy(move->first, move->second);
  }
}

}  // namespace partnership
