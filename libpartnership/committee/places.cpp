// SPDX-License-Identifier: Apache-2.0
#include "committee/places.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace partnership {
namespace {

PlaceMask bit(std::size_t place) noexcept {
  return PlaceMask{1} << place;
}

std::size_t lowest(PlaceMask mask) noexcept {
  return static_cast<std::size_t>(std::countr_zero(mask));
}

// Members in places, improved by augmenting paths. Groups and places are small integers.
class Matching {
 public:
  Matching(std::span<const PlaceMask> masks, std::span<const std::int64_t> members,
           std::size_t places)
      : masks_(masks),
        free_(members.begin(), members.end()),
        sits_(masks.size(), 0),
        flow_(masks.size() * places, 0),
        filled_(places, 0),
        places_(places) {}

  // Puts up to `want` more members into `place`, moving others where that helps; says how many.
  std::int64_t fill(std::size_t place, std::int64_t want) {
    std::int64_t done = 0;
    while (done < want) {
      const std::int64_t step = fill_once(place, want - done);
      if (step == 0) break;
      done += step;
    }
    return done;
  }

  // Seats all free members of `group` within `most`, moving others where that helps; true when none
  // is left.
  bool seat(std::size_t group, std::span<const std::int64_t> most) {
    while (free_[group] > 0) {
      if (!seat_once(group, most)) return false;
    }
    return true;
  }

  // The places that the last search which failed had seen. No way leads out of them: for fill() all
  // members who qualify for one of them sit in one of them; for seat() all are full.
  PlaceMask seen() const noexcept { return seen_; }

  std::vector<std::int64_t> take_flow() { return std::move(flow_); }

 private:
  std::int64_t& flow(std::size_t group, std::size_t place) noexcept {
    return flow_[group * places_ + place];
  }

  void move(std::size_t group, std::size_t place, std::int64_t change) noexcept {
    std::int64_t& sitting = flow(group, place);
    sitting += change;
    if (sitting == 0) {
      sits_[group] &= ~bit(place);
    } else {
      sits_[group] |= bit(place);
    }
  }

  // The first group with free members for a place, or the number of groups. Free members only
  // become fewer, so the search goes on where it stopped.
  std::size_t free_group(std::size_t place) noexcept {
    std::size_t& g = next_free_[place];
    while (g < masks_.size() && ((masks_[g] & bit(place)) == 0 || free_[g] == 0)) ++g;
    return g;
  }

  // Breadth first from `place` over places that could give it a member.
  std::int64_t fill_once(std::size_t place, std::int64_t want) {
    std::size_t tail = 0;
    queue_[tail++] = place;
    seen_ = bit(place);
    for (std::size_t head = 0; head < tail; ++head) {
      const std::size_t at = queue_[head];
      if (const std::size_t g = free_group(at); g < masks_.size()) {
        return hand_on(place, at, g, want);
      }
      for (std::size_t g = 0; g < masks_.size(); ++g) {
        if ((masks_[g] & bit(at)) == 0) continue;
        for (PlaceMask next = sits_[g] & ~seen_; next != 0; next &= next - 1) {
          const std::size_t q = lowest(next);
          seen_ |= bit(q);
          from_[q] = at;
          via_[q] = g;
          queue_[tail++] = q;
        }
      }
    }
    return 0;
  }

  // Free members of `group` go to `at`, whose members go on along the path, up to `place`.
  std::int64_t hand_on(std::size_t place, std::size_t at, std::size_t group, std::int64_t want) {
    std::int64_t step = std::min(want, free_[group]);
    for (std::size_t q = at; q != place; q = from_[q]) step = std::min(step, flow(via_[q], q));
    free_[group] -= step;
    move(group, at, step);
    for (std::size_t q = at; q != place; q = from_[q]) {
      move(via_[q], q, -step);
      move(via_[q], from_[q], step);
    }
    filled_[place] += step;
    return step;
  }

  // Breadth first from `group` over places whose members could move elsewhere.
  bool seat_once(std::size_t group, std::span<const std::int64_t> most) {
    std::size_t tail = 0;
    seen_ = masks_[group];
    for (PlaceMask next = seen_; next != 0; next &= next - 1) {
      const std::size_t q = lowest(next);
      from_[q] = q;
      queue_[tail++] = q;
    }
    for (std::size_t head = 0; head < tail; ++head) {
      const std::size_t at = queue_[head];
      if (filled_[at] < most[at]) {
        move_up(group, at, most[at] - filled_[at]);
        return true;
      }
      for (std::size_t g = 0; g < masks_.size(); ++g) {
        if ((sits_[g] & bit(at)) == 0) continue;
        for (PlaceMask next = masks_[g] & ~seen_; next != 0; next &= next - 1) {
          const std::size_t q = lowest(next);
          seen_ |= bit(q);
          from_[q] = at;
          via_[q] = g;
          queue_[tail++] = q;
        }
      }
    }
    return false;
  }

  // `last` has room: members move towards it along the path, and `group` takes the first place.
  void move_up(std::size_t group, std::size_t last, std::int64_t room) {
    std::int64_t step = std::min(room, free_[group]);
    std::size_t q = last;
    for (; from_[q] != q; q = from_[q]) step = std::min(step, flow(via_[q], from_[q]));
    move(group, q, step);
    for (q = last; from_[q] != q; q = from_[q]) {
      move(via_[q], from_[q], -step);
      move(via_[q], q, step);
    }
    free_[group] -= step;
    filled_[last] += step;
  }

  std::span<const PlaceMask> masks_;
  std::vector<std::int64_t> free_;
  std::vector<PlaceMask> sits_;  // the places in which members of a group sit
  std::vector<std::int64_t> flow_;
  std::vector<std::int64_t> filled_;
  std::size_t places_;
  PlaceMask seen_ = 0;
  std::array<std::size_t, 64> queue_{}, from_{}, via_{}, next_free_{};
};

}  // namespace

// The problem as one view sees it: no possibilities left.
struct PlaceProblem::Plain {
  std::vector<PlaceMask> masks;
  std::vector<std::int64_t> members;
  std::vector<PlaceMask> must;  // masks of those who must fill a place, else 0
  std::vector<std::int64_t> least, most;

  // The places that a search found short, or 0. By Mendelsohn and Dulmage, the least numbers and
  // the most numbers can be met together whenever each can be met alone.
  PlaceMask short_of(PlaceMask active) const {
    Matching matching(masks, members, least.size());
    for (PlaceMask rest = active; rest != 0; rest &= rest - 1) {
      const std::size_t p = lowest(rest);
      if (matching.fill(p, least[p]) < least[p]) return matching.seen();
    }
    return 0;
  }

  PlaceMask too_full(PlaceMask active) const {
    std::vector<std::int64_t> room(most.size(), no_most);
    for (PlaceMask rest = active; rest != 0; rest &= rest - 1) {
      const std::size_t p = lowest(rest);
      if (most[p] < 0) return bit(p);
      room[p] = most[p];
    }
    Matching matching(must, members, most.size());
    for (std::size_t g = 0; g < must.size(); ++g) {
      if (must[g] != 0 && !matching.seat(g, room)) return matching.seen();
    }
    return 0;
  }

  template <class Fails>
  static PlaceMask shrink(PlaceMask set, Fails fails) {
    for (PlaceMask rest = set; rest != 0; rest &= rest - 1) {
      const PlaceMask one = rest & ~(rest - 1);
      if ((set & one) != 0 && fails(set & ~one) != 0) set &= ~one;
    }
    return set;
  }
};

PlaceMask PlaceProblem::all() const noexcept {
  return places_.size() >= 64 ? ~PlaceMask{0} : bit(places_.size()) - 1;
}

PlaceProblem::Plain PlaceProblem::plain(View view, PlaceMask active) const {
  Plain plain;
  plain.masks.reserve(groups_.size());
  plain.members.reserve(groups_.size());
  plain.least.reserve(places_.size());
  for (const PlaceBound& place : places_) plain.least.push_back(place.least);
  for (const PlaceGroup& group : groups_) {
    plain.masks.push_back(view == View::hopeful ? group.possible : group.certain);
    plain.members.push_back(group.members);
  }
  if (!exactly_one_) return plain;
  for (const PlaceBound& place : places_) plain.most.push_back(place.most);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    plain.must.push_back(groups_[g].certain != 0 ? plain.masks[g] : 0);
    if (view == View::hopeful || groups_[g].certain != 0) continue;
    // Whoever may qualify may have to fill any one of these: keep room in each.
    for (PlaceMask rest = groups_[g].possible & active; rest != 0; rest &= rest - 1) {
      std::int64_t& most = plain.most[lowest(rest)];
      if (most != no_most) most -= groups_[g].members;
    }
  }
  return plain;
}

bool PlaceProblem::holds(View view, PlaceMask active) const {
  const Plain seen = plain(view, active);
  return seen.short_of(active) == 0 && (!exactly_one_ || seen.too_full(active) == 0);
}

std::optional<PlaceSet> PlaceProblem::minimal(View view, PlaceMask active) const {
  const Plain seen = plain(view, active);
  PlaceSet set;
  set.places = seen.short_of(active);
  if (set.places != 0) {
    set.places = Plain::shrink(set.places, [&](PlaceMask m) { return seen.short_of(m); });
  } else if (exactly_one_) {
    set.surplus = true;
    set.places = seen.too_full(active);
    if (set.places == 0) return std::nullopt;
    set.places = Plain::shrink(set.places, [&](PlaceMask m) { return seen.too_full(m); });
  } else {
    return std::nullopt;
  }
  for (PlaceMask rest = set.places; rest != 0; rest &= rest - 1) {
    const PlaceBound& place = places_[lowest(rest)];
    set.bound += set.surplus ? place.most : place.least;
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const PlaceMask mask = set.surplus ? seen.must[g] : seen.masks[g];
    const bool counts =
        set.surplus ? mask != 0 && (mask & ~set.places) == 0 : (mask & set.places) != 0;
    if (counts) set.members += groups_[g].members;
  }
  return set;
}

std::vector<PlaceSet> PlaceProblem::unmet(View view, PlaceMask active) const {
  std::vector<PlaceSet> sets;
  while (const std::optional<PlaceSet> set = minimal(view, active)) {
    sets.push_back(*set);
    active &= ~set->places;
  }
  return sets;
}

std::vector<std::int64_t> PlaceProblem::seating() const {
  std::vector<PlaceMask> masks;
  std::vector<std::int64_t> members, most;
  for (const PlaceGroup& group : groups_) {
    masks.push_back(group.certain);
    members.push_back(group.members);
  }
  for (const PlaceBound& place : places_) most.push_back(place.most);
  Matching matching(masks, members, places_.size());
  for (std::size_t p = 0; p < places_.size(); ++p) matching.fill(p, places_[p].least);
  for (std::size_t g = 0; g < masks.size(); ++g) {
    if (masks[g] != 0) matching.seat(g, most);
  }
  return matching.take_flow();
}

}  // namespace partnership
