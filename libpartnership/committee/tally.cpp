// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic of the kinds that count by overlap. All of it is exact over every completion of
// the facts that are not known.
#include <algorithm>
#include <array>

#include "committee/compiled.hpp"

namespace partnership {
namespace {

constexpr std::uint32_t small = 32;

Outcome outcome_of(bool always, bool ever) noexcept {
  return always ? Outcome::met : ever ? Outcome::undetermined : Outcome::not_met;
}

using Histogram = std::array<std::int64_t, 8>;

Histogram histogram(std::span<const std::uint8_t> codes, std::span<const std::uint32_t> members) {
  Histogram count{};
  for (const std::uint32_t member : members) ++count[codes[member]];
  return count;
}

Range total_of(const Histogram& n) noexcept {
  const std::int64_t certain = n[is_within] + n[is_counted] + n[is_within | is_counted];
  const std::int64_t open = n[is_outside | is_within] + n[is_outside | is_counted] +
                            n[is_outside | is_within | is_counted];
  return {certain, certain + open};
}

// Asks whether `counted` of `total` is within the bounds, for all totals of a range: for all of
// them, or for any.
class ShareTest {
 public:
  explicit ShareTest(const Bounds& bounds) : bounds_(bounds) {}

  bool always(std::int64_t counted, Range total) const noexcept {
    return in_counts(counted) &&
           (!bounds_.share_least || counted >= bounds_.share_least->ceil_of(total.most)) &&
           (!bounds_.share_most || counted <= bounds_.share_most->floor_of(total.least));
  }

  bool ever(std::int64_t counted, Range total) const noexcept {
    if (!in_counts(counted)) return false;
    // counted >= s * total holds for totals up to counted / s, counted <= s * total from there on.
    if (const auto& s = bounds_.share_least; s && s->num > 0) {
      total.most = std::min(total.most, Fraction{s->den, s->num}.floor_of(counted));
    }
    if (const auto& s = bounds_.share_most) {
      if (s->num == 0 && counted > 0) return false;
      if (s->num > 0) {
        total.least = std::max(total.least, Fraction{s->den, s->num}.ceil_of(counted));
      }
    }
    return total.least <= total.most;
  }

 private:
  bool in_counts(std::int64_t counted) const noexcept {
    return (!bounds_.least || counted >= *bounds_.least) &&
           (!bounds_.most || counted <= *bounds_.most);
  }
  const Bounds& bounds_;
};

// Goes through every number of counted members that the open ones allow. When x of them count, the
// number of those who are within without counting can be anything from low to high: first those who
// count or are outside count (they would add nothing otherwise), then the others.
Outcome quota_outcome(const Bounds& bounds, const Histogram& n) {
  const std::int64_t within_or_outside = n[is_outside | is_within];
  const std::int64_t counted_or_outside = n[is_outside | is_counted];
  const std::int64_t counted_or_within = n[is_within | is_counted];
  const std::int64_t any = n[is_outside | is_within | is_counted];
  const std::int64_t open = counted_or_outside + counted_or_within + any;
  const ShareTest test(bounds);
  bool always = true, ever = false;
  for (std::int64_t x = 0; x <= open && (always || !ever); ++x) {
    const std::int64_t low = counted_or_within - std::min(counted_or_within, x);
    const std::int64_t high = within_or_outside + counted_or_within + any -
                              std::max<std::int64_t>(0, x - counted_or_outside);
    const std::int64_t counted = n[is_counted] + x;
    const std::int64_t base = counted + n[is_within];
    always = always && test.always(counted, {base + low, base + high});
    ever = ever || test.ever(counted, {base + low, base + high});
  }
  return outcome_of(always, ever);
}

// Sorts the numbers and hands out each with how often it occurs.
template <class Take>
void count_runs(std::vector<std::uint32_t>& numbers, Take take) {
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[i]) ++end;
    take(numbers[i], static_cast<std::int64_t>(end - i));
    i = end;
  }
}

}  // namespace

std::int64_t gather_runs(const Checker::Compiled& compiled, std::span<const std::uint32_t> members,
                         Scratch& scratch) {
  scratch.runs.clear();
  std::int64_t unknown = 0;
  if (compiled.distinct <= small) {
    // Few values: a counter each, no sorting.
    std::array<std::int64_t, small> counts{};
    for (const std::uint32_t member : members) {
      if (compiled.known[member] == 0) ++unknown;
      for (const std::uint32_t value : compiled.values_of(member)) ++counts[value];
    }
    for (std::uint32_t value = 0; value < compiled.distinct; ++value) {
      if (counts[value] != 0) scratch.runs.push_back({value, counts[value]});
    }
    return unknown;
  }
  scratch.numbers.clear();
  for (const std::uint32_t member : members) {
    if (compiled.known[member] == 0) ++unknown;
    for (const std::uint32_t value : compiled.values_of(member)) scratch.numbers.push_back(value);
  }
  count_runs(scratch.numbers, [&](std::uint32_t value, std::int64_t count) {
    scratch.runs.push_back({value, count});
  });
  return unknown;
}

void gather_groups(const Checker::Compiled& compiled, std::span<const std::uint32_t> members,
                   Scratch& scratch) {
  scratch.numbers.clear();
  scratch.groups.clear();
  for (const std::uint32_t member : members) {
    const std::uint32_t type = compiled.type_of[member];
    if (compiled.types[type].possible != 0) scratch.numbers.push_back(type);
  }
  std::vector<std::uint32_t>& types = scratch.numbers;
  count_runs(types, [&](std::uint32_t type, std::int64_t count) {
    scratch.groups.push_back({compiled.types[type].certain, compiled.types[type].possible, count});
  });
  types.erase(std::unique(types.begin(), types.end()), types.end());
}

Tally tally_size(const Rule& rule, std::int64_t members) {
  const Bounds& bounds = rule.bounds;
  const bool met = members >= bounds.least.value_or(0) && members <= bounds.most.value_or(members);
  return {outcome_of(met, met), members, 0, bounds.least.value_or(no_bound),
          bounds.most.value_or(no_bound)};
}

Range quota_total(std::span<const std::uint8_t> codes, std::span<const std::uint32_t> members) {
  return total_of(histogram(codes, members));
}

Tally tally_quota(const Rule& rule, std::span<const std::uint8_t> codes,
                  std::span<const std::uint32_t> members) {
  const Histogram n = histogram(codes, members);
  const Bounds& bounds = rule.bounds;
  Tally tally;
  tally.count = n[is_counted];
  tally.unknown = n[is_outside | is_counted] + n[is_within | is_counted] +
                  n[is_outside | is_within | is_counted];
  const Range total = total_of(n);
  if (bounds.least) tally.least = *bounds.least;
  if (bounds.share_least) {
    tally.least = std::max(tally.least, bounds.share_least->ceil_of(total.least));
  }
  if (bounds.most) tally.most = *bounds.most;
  if (bounds.share_most) {
    const std::int64_t most = bounds.share_most->floor_of(total.most);
    tally.most = bounds.most ? std::min(tally.most, most) : most;
  }
  tally.outcome = quota_outcome(bounds, n);
  return tally;
}

Tally tally_each(const Rule& rule, bool multiple, std::span<const Run> runs, std::int64_t unknown) {
  const std::int64_t least = rule.bounds.least.value_or(1);
  const auto values = static_cast<std::int64_t>(rule.who.values.size());
  std::int64_t enough = 0, lowest = least, found = 0;
  std::int64_t lacking = values * least;  // members for all values together
  for (const Run& run : runs) {
    ++found;
    if (run.count >= least) ++enough;
    lowest = std::min(lowest, run.count);
    lacking -= std::min(run.count, least);
  }
  if (found < values) lowest = 0;
  if (least == 0) enough = values;
  // An unknown fact helps every value where several are allowed, else one.
  const bool ever = multiple ? lowest + unknown >= least : lacking <= unknown;
  return {outcome_of(lacking == 0, ever), enough, unknown, values, no_bound};
}

Tally tally_spread(const Rule& rule, bool multiple, std::span<const Run> runs,
                   std::int64_t unknown) {
  const auto values = static_cast<std::int64_t>(rule.who.values.size());
  const auto present = static_cast<std::int64_t>(runs.size());
  std::int64_t least = rule.bounds.least.value_or(0);
  if (rule.bounds.share_least) least = std::max(least, rule.bounds.share_least->ceil_of(values));
  const std::int64_t reach = unknown == 0 ? present
                             : multiple   ? values
                                          : std::min(values, present + unknown);
  return {outcome_of(present >= least, reach >= least), present, unknown, least, no_bound};
}

Tally tally_at_most_per(const Rule& rule, std::span<const Run> runs, std::int64_t unknown) {
  const std::int64_t most = rule.bounds.most.value_or(1);
  std::int64_t largest = 0;
  for (const Run& run : runs) largest = std::max(largest, run.count);
  // At worst all that are not known share the most crowded value; at best they have none.
  return {outcome_of(largest + unknown <= most, largest <= most), largest, unknown, no_bound, most};
}

Tally tally_members(const Rule& rule, std::span<const std::uint8_t> codes,
                    std::span<const std::uint32_t> members) {
  std::int64_t count = 0;
  for (const std::uint32_t member : members) count += codes[member];
  const Bounds& bounds = rule.bounds;
  const bool met = count >= bounds.least.value_or(0) && count <= bounds.most.value_or(count);
  return {outcome_of(met, met), count, 0, bounds.least.value_or(no_bound),
          bounds.most.value_or(no_bound)};
}

}  // namespace partnership
