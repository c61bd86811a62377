// SPDX-License-Identifier: Apache-2.0
#include "committee/uniform_exchange.hpp"

#include <algorithm>
#include <bit>
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
      words_(model.type_count() / 64 + 1),
      seats_(model.type_count()) {
  for (std::uint32_t row = 0; row < std::min<std::size_t>(64, model.rows.size()); ++row) {
    Types& in = in_row_.emplace_back(words_);
    for (std::uint32_t t = 0; t < masks_.size(); ++t) {
      if ((masks_[t] >> row & 1U) != 0) add(in, t);
    }
  }
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
    note_all(panel);
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

void Exchange::note_room(Panel& panel, std::uint32_t type) const {
  const std::uint64_t bit = std::uint64_t{1} << type % 64;
  if (has_room(panel, type, true)) {
    panel.present[type / 64] |= bit;
  } else {
    panel.present[type / 64] &= ~bit;
  }
}

void Exchange::note_sum(Panel& panel, std::uint32_t row) const {
  if (row >= in_row_.size()) return;
  const std::uint64_t bit = std::uint64_t{1} << row;
  panel.above &= ~bit;
  panel.below &= ~bit;
  if (panel.sums[row] >= model_->rows[row].upper) panel.above |= bit;
  if (panel.sums[row] <= model_->rows[row].lower) panel.below |= bit;
}

// Sums, and what is looked up again and again.
void Exchange::note_all(Panel& panel) const {
  panel.sums = sums_of(panel.counts);
  panel.present.assign(words_, 0);
  for (std::uint32_t t = 0; t < seats_.size(); ++t) note_room(panel, t);
  add(panel.present, model_->type_count());  // nobody can always go
  for (std::uint32_t row = 0; row < panel.sums.size(); ++row) note_sum(panel, row);
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

// Of the types in `open` those that may come for one of `here` (`over`), or for whom one of `here`
// may come, without breaking one of the first 64 rows that has no room. This rules out nearly all,
// 64 at a time.
void Exchange::narrow(std::uint64_t above, std::uint64_t below, std::uint32_t here, bool over,
                      Types& open) {
  const std::uint64_t mask = here < masks_.size() ? masks_[here] : 0;
  // Where one of `here` goes: rows that are full upwards and do not have it take nobody more, rows
  // that are full downwards and have it need another of their own. Where it comes, the other way.
  std::uint64_t without = (over ? above : below) & ~mask;
  std::uint64_t within = (over ? below : above) & mask;
  const int rows = std::popcount(without) + std::popcount(within);
  work_ -= static_cast<std::int64_t>(words_) * (rows + 3) / 2;
  for (; without != 0; without &= without - 1) {
    const Types& in = in_row_[static_cast<std::size_t>(std::countr_zero(without))];
    for (std::size_t w = 0; w < words_; ++w) open[w] &= ~in[w];
  }
  for (; within != 0; within &= within - 1) {
    const Types& in = in_row_[static_cast<std::size_t>(std::countr_zero(within))];
    for (std::size_t w = 0; w < words_; ++w) open[w] &= in[w];
  }
}

// Whether one of the type can go, or one more come, as far as its own bounds say.
bool Exchange::has_room(const Panel& panel, std::uint32_t type, bool downwards) const {
  const PanelModel::Column& column = model_->columns[type];
  return downwards ? panel.counts[type] > column.lower : panel.counts[type] < column.upper;
}

// Whether the panel stays within the model when one of type `from` goes and one of type `to` comes;
// `nobody` is no one.
bool Exchange::allowed(const Panel& panel, std::uint32_t from, std::uint32_t to) {
  --work_;
  if (from == to || (from != nobody && !has_room(panel, from, true)) ||
      (to != nobody && !has_room(panel, to, false))) {
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

// Another panel in which one of `from` has gone and one of `to` has come; no copy of it.
Exchange::Panel Exchange::changed(const Panel& panel, std::uint32_t from, std::uint32_t to) const {
  Panel made = panel;
  made.copies = 0;
  const auto change = [&](std::uint32_t type, std::int32_t by) {
    if (type == nobody) return;
    made.counts[type] += by;
    note_room(made, type);
    for (const Entry& entry : entries_[type]) {
      made.sums[entry.row] += by * entry.coefficient;
      note_sum(made, entry.row);
    }
  };
  change(from, -1);
  change(to, 1);
  return made;
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
  const std::size_t made = place_of(changed(panels_[swap.panel], swap.from, swap.to));
  move_copy(swap.panel, made);
  return made;
}

// Follows a short chain of swaps that takes a seat from a type that has too many (`over`), or
// brings one to a type that has too few, and ends where it does no harm. False where there is none
// that can be followed.
bool Exchange::shift(const std::vector<SeatBounds>& bounds, bool over) {
  const std::uint32_t types = model_->type_count();  // as a place: nobody
  Way way{over, std::vector<Swap>(types + 1), {}, {}, Types(words_)};
  for (std::uint32_t t = 0; t < types; ++t) {
    const bool start = over ? seats_[t] > bounds[t].upper : seats_[t] < bounds[t].lower;
    if (start) way.queue.push_back(t);
    if (!start) add(way.open, t);
  }
  add(way.open, types);
  way.starts = way.queue;
  const std::vector<std::vector<std::size_t>> alike = panels_alike();
  for (std::size_t at = 0; at < way.queue.size(); ++at) {
    const std::uint32_t here = way.queue[at];
    for (const auto& panels : alike) {
      if (work_ <= 0) return false;
      if (step(bounds, way, here, panels)) return true;
    }
  }
  return false;
}

// Those of which there are copies, by the rows that have no room.
std::vector<std::vector<std::size_t>> Exchange::panels_alike() {
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<std::size_t>> by_rows;
  for (std::size_t p = 0; p < panels_.size(); ++p) {
    if (panels_[p].copies > 0) by_rows[{panels_[p].above, panels_[p].below}].push_back(p);
  }
  work_ -= static_cast<std::int64_t>(50 * panels_.size());
  std::vector<std::vector<std::size_t>> out;
  out.reserve(by_rows.size());
  for (auto& [rows, panels] : by_rows) out.push_back(std::move(panels));
  return out;
}

// Goes on from `here` by swaps in some panels, which have room in the same rows. True when a chain
// has been followed to its end.
bool Exchange::step(const std::vector<SeatBounds>& bounds, Way& way, std::uint32_t here,
                    const std::vector<std::size_t>& panels) {
  const std::uint32_t types = model_->type_count();
  const auto type_at = [&](std::uint32_t place) { return place == types ? nobody : place; };
  const auto ends = [&](std::uint32_t t) {
    return t == types || (way.over ? seats_[t] < bounds[t].upper : seats_[t] > bounds[t].lower);
  };
  Types open = way.open;
  narrow(panels_[panels[0]].above, panels_[panels[0]].below, here, way.over, open);
  for (const std::size_t p : panels) {
    if (is_empty(open) || work_ <= 0) return false;
    work_ -= static_cast<std::int64_t>(words_);
    if (here != types && !has_room(panels_[p], here, way.over)) continue;
    for (std::size_t word = 0; word < words_; ++word) {
      const std::uint64_t there_now = way.over ? ~std::uint64_t{0} : panels_[p].present[word];
      for (std::uint64_t bits = open[word] & there_now; bits != 0; bits &= bits - 1) {
        const auto there =
            static_cast<std::uint32_t>(64 * word + static_cast<unsigned>(std::countr_zero(bits)));
        const Swap swap = way.over ? Swap{type_at(here), type_at(there), p}
                                   : Swap{type_at(there), type_at(here), p};
        if (!allowed(panels_[p], swap.from, swap.to)) continue;
        way.came_by[there] = swap;
        if (ends(there)) {
          if (follow(chain(way, there))) return true;
          continue;  // by another panel, or to another end
        }
        way.queue.push_back(there);
        way.open[word] &= ~(bits & (0 - bits));
        open[word] &= ~(bits & (0 - bits));
      }
    }
  }
  return false;
}

std::vector<Exchange::Swap> Exchange::chain(const Way& way, std::uint32_t end) const {
  std::vector<Swap> path;
  std::uint32_t here = end;
  while (std::find(way.starts.begin(), way.starts.end(), here) == way.starts.end()) {
    path.push_back(way.came_by[here]);
    const std::uint32_t before = way.over ? path.back().from : path.back().to;
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
  std::vector<std::uint32_t> wrong, right;  // types
  for (std::uint32_t t = 0; t < seats_.size(); ++t) {
    (beyond(seats_[t], bounds[t]) > 0 ? wrong : right).push_back(t);
  }
  for (std::size_t from = 0; from < panels_.size(); ++from) {
    if (panels_[from].copies == 0) continue;
    for (std::size_t to = 0; to < given_ && work_ > 0; ++to) {
      const SeatCounts &old = panels_[from].counts, &now = panels_[to].counts;
      const auto change = [&](const std::vector<std::uint32_t>& types) {
        std::int64_t sum = 0;
        work_ -= static_cast<std::int64_t>(types.size());
        for (const std::uint32_t t : types) {
          if (old[t] == now[t]) continue;
          sum += beyond(seats_[t] + now[t] - old[t], bounds[t]) - beyond(seats_[t], bounds[t]);
        }
        return sum;
      };
      const std::int64_t better = change(wrong);
      if (better >= 0 || better + change(right) >= 0) continue;
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
  work_ -= std::int64_t{15} * search_steps *
           static_cast<std::int64_t>(counts.size());  // about what it takes
  if (!search.improve(wish, search_steps)) return false;
  Panel made;
  made.counts.assign(search.values.begin(), search.values.end());
  std::int64_t change = 0;
  for (std::size_t t = 0; t < seats_.size(); ++t) {
    change +=
        beyond(seats_[t] + made.counts[t] - counts[t], bounds[t]) - beyond(seats_[t], bounds[t]);
  }
  if (change >= 0) return false;
  note_all(made);
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
  constexpr std::size_t most_moved = 100;  // times that a trouble goes to another type
  work_ = work;
  moved_ = 0;
  while (outside(bounds) > 0) {
    if (work_ <= 0) return false;
    if (shift(bounds, true) || shift(bounds, false)) continue;
    bool paired = false;
    while (moved_ % 4 == 0 && exchange_pairs(bounds, false)) paired = true;
    if (paired) continue;
    if (moved_++ < most_moved && exchange_pairs(bounds, true)) continue;
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
