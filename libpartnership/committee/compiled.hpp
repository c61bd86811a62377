// SPDX-License-Identifier: Apache-2.0
//
// Inside of the checker: one rule, compiled for all nominees, and how it is counted for some of
// them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "committee/checker.hpp"
#include "committee/places.hpp"

namespace partnership {

// What a nominee may be to a quota: bits, one or more. Without `within` everybody is within.
inline constexpr std::uint8_t is_outside = 1;  // not in the group within which it counts
inline constexpr std::uint8_t is_within = 2;   // in the group, without the value
inline constexpr std::uint8_t is_counted = 4;  // in the group, with the value

struct Checker::Compiled {
  // quota: the bits above. Rules that list members: 1 for those listed.
  std::vector<std::uint8_t> codes;

  // each and spread: positions among the rule's values; at_most_per: values of the nominees'
  // column.
  std::vector<std::uint32_t> offsets, cells;  // offsets: nominees + 1
  std::vector<std::uint8_t> known;
  std::uint32_t distinct = 0;               // cells are below it
  const Nominees::Facts* column = nullptr;  // nullptr: nothing is known of anybody

  // places: nominees who qualify for the same places share a type.
  struct Type {
    PlaceMask certain, possible;
  };
  std::vector<std::uint32_t> type_of;
  std::vector<Type> types;
  std::vector<PlaceBound> bounds;

  std::span<const std::uint32_t> values_of(std::uint32_t nominee) const noexcept {
    return std::span(cells).subspan(offsets[nominee], offsets[nominee + 1] - offsets[nominee]);
  }
};

// A value of each, spread or at_most_per, and how many members have it.
struct Run {
  std::uint32_t value;
  std::int64_t count;
};

// Room that evaluations share, so that a check allocates a few times and not a few times a rule.
struct Scratch {
  std::vector<std::uint32_t> numbers;
  std::vector<Run> runs;
  std::vector<PlaceGroup> groups;
};

// Fills scratch.runs, by ascending value; returns the number of members of whom nothing is known.
std::int64_t gather_runs(const Checker::Compiled& compiled, std::span<const std::uint32_t> members,
                         Scratch& scratch);
// Fills scratch.groups with the members who qualify, or may, for some place, by ascending type; the
// types go to scratch.numbers.
void gather_groups(const Checker::Compiled& compiled, std::span<const std::uint32_t> members,
                   Scratch& scratch);

Tally tally_size(const Rule& rule, std::int64_t members);
Tally tally_quota(const Rule& rule, std::span<const std::uint8_t> codes,
                  std::span<const std::uint32_t> members);
Tally tally_each(const Rule& rule, bool multiple, std::span<const Run> runs, std::int64_t unknown);
Tally tally_spread(const Rule& rule, bool multiple, std::span<const Run> runs,
                   std::int64_t unknown);
Tally tally_at_most_per(const Rule& rule, std::span<const Run> runs, std::int64_t unknown);
Tally tally_members(const Rule& rule, std::span<const std::uint8_t> codes,
                    std::span<const std::uint32_t> members);

// How many members a quota's share is of: at least and at most.
struct Range {
  std::int64_t least, most;
};
Range quota_total(std::span<const std::uint8_t> codes, std::span<const std::uint32_t> members);

}  // namespace partnership
