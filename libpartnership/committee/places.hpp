// SPDX-License-Identifier: Apache-2.0
//
// Counting by assignment: members fill places, each member at most one. A flow over groups of
// members that qualify for the same places.
//
// What is certain. A member qualifies for some places for certain, and for others possibly (its
// facts are not known). A completion makes each possibility true or false.
//   - holds(hopeful) is false only if no completion satisfies the rule, and whenever none does: it
//   is
//     exact. (Every member needs one place only, and a fact that is not known may be what that
//     place asks, or none.)
//   - holds(certain) is true only if every completion satisfies the rule: it is sound. It is exact
//   for
//     "at most one" (the worst completion is that nobody else qualifies). For "exactly one" it is
//     not complete where `most` binds and some members may, but need not, qualify: such a member is
//     set against every place that it may have to fill, so the answer may be undetermined although
//     each completion would do. Deciding that exactly asks for the worst choice over all
//     completions.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace partnership {

using PlaceMask = std::uint64_t;  // a bit a place of the rule

struct PlaceGroup {
  PlaceMask certain;   // qualifies for these
  PlaceMask possible;  // may qualify for these; includes `certain`
  std::int64_t members;
};

struct PlaceBound {
  std::int64_t least;
  std::int64_t most;  // no_most: open
};
inline constexpr std::int64_t no_most = std::numeric_limits<std::int64_t>::max();

// Places that cannot all be satisfied, as small as can be: without any one of them the others can.
//   shortage: the places need `bound` members, and only `members` qualify for any of them;
//   surplus:  `members` must fill one of these places and no other, which take at most `bound`.
struct PlaceSet {
  PlaceMask places = 0;
  bool surplus = false;
  std::int64_t bound = 0;
  std::int64_t members = 0;
};

enum class View { hopeful, certain };

class PlaceProblem {
 public:
  PlaceProblem(std::span<const PlaceGroup> groups, std::span<const PlaceBound> places,
               bool exactly_one)
      : groups_(groups), places_(places), exactly_one_(exactly_one) {}

  // Whether the bounds of the places in `active` can hold together; the other places are there, but
  // ask nothing and take anyone.
  bool holds(View view, PlaceMask active) const;
  PlaceMask all() const noexcept;

  // One after another, each minimal, no two of which share a place; without all of them the rest of
  // `active` holds.
  std::vector<PlaceSet> unmet(View view, PlaceMask active) const;

  // Who fills which place, counting only what is certain: [group * places + place] members. Fills
  // as many of the least numbers as can be, earlier places first, then seats as many members as can
  // be within the most. Satisfies the rule whenever holds(certain, all()).
  std::vector<std::int64_t> seating() const;

 private:
  struct Plain;
  Plain plain(View view, PlaceMask active) const;
  std::optional<PlaceSet> minimal(View view, PlaceMask active) const;

  std::span<const PlaceGroup> groups_;
  std::span<const PlaceBound> places_;
  bool exactly_one_;
};

}  // namespace partnership
