// SPDX-License-Identifier: Apache-2.0
#include "committee/placing.hpp"

#include <algorithm>

#include "committee/compiled.hpp"

namespace partnership {
namespace {

PlaceMask bit(std::uint32_t place) noexcept {
  return PlaceMask{1} << place;
}

const PlaceSet* find_set(const std::vector<PlaceSet>& sets, std::uint32_t place) noexcept {
  for (const PlaceSet& set : sets) {
    if ((set.places & bit(place)) != 0) return &set;
  }
  return nullptr;
}

PlaceMask all_of(const std::vector<PlaceSet>& sets) noexcept {
  PlaceMask all = 0;
  for (const PlaceSet& set : sets) all |= set.places;
  return all;
}

// Hands out the seats of each group to its members, both in order.
class Usher {
 public:
  Usher(std::vector<std::int64_t> flow, std::size_t places)
      : flow_(std::move(flow)), places_(places) {}

  std::int32_t seat(std::size_t group) {
    for (std::size_t p = 0; p < places_; ++p) {
      std::int64_t& left = flow_[group * places_ + p];
      if (left == 0) continue;
      --left;
      return static_cast<std::int32_t>(p);
    }
    return unseated;
  }

 private:
  std::vector<std::int64_t> flow_;
  std::size_t places_;
};

}  // namespace

Outcome Placing::outcome(std::uint32_t place) const noexcept {
  if (find_set(unmet, place) != nullptr) return Outcome::not_met;
  return find_set(open, place) != nullptr ? Outcome::undetermined : Outcome::met;
}

const PlaceSet* Placing::set_of(std::uint32_t place) const noexcept {
  const PlaceSet* set = find_set(unmet, place);
  return set != nullptr ? set : find_set(open, place);
}

std::int64_t Placing::seated(std::uint32_t place) const noexcept {
  return std::count(seat_of.begin(), seat_of.end(), static_cast<std::int32_t>(place));
}

std::int64_t Placing::unknown(std::uint32_t place) const noexcept {
  return std::count_if(may_fill.begin(), may_fill.end(),
                       [&](PlaceMask mask) { return (mask & bit(place)) != 0; });
}

Placing place_members(const Check& check, std::uint32_t rule) {
  const Checker::Compiled& compiled = check.compiled(rule);
  Scratch scratch;
  gather_groups(compiled, check.members(), scratch);
  const PlaceProblem problem(scratch.groups, compiled.bounds,
                             check.checker().criteria()->rules[rule].exactly_one);
  Placing placing;
  placing.unmet = problem.unmet(View::hopeful, problem.all());
  placing.open = problem.unmet(View::certain, problem.all() & ~all_of(placing.unmet));
  Usher usher(problem.seating(), compiled.bounds.size());
  const std::vector<std::uint32_t>& types = scratch.numbers;  // one a group, ascending
  for (const std::uint32_t member : check.members()) {
    const std::uint32_t type = compiled.type_of[member];
    const PlaceMask may = compiled.types[type].possible & ~compiled.types[type].certain;
    const auto at = std::lower_bound(types.begin(), types.end(), type);
    const bool grouped = at != types.end() && *at == type;
    const std::int32_t seat =
        grouped ? usher.seat(static_cast<std::size_t>(at - types.begin())) : unseated;
    placing.seat_of.push_back(seat);
    placing.may_fill.push_back(seat == unseated ? may : 0);
    placing.may_qualify.push_back(may);
  }
  return placing;
}

}  // namespace partnership
