// SPDX-License-Identifier: Apache-2.0
#include "feel/loops.hpp"

#include <algorithm>
#include <cstring>

#include "feel/number.hpp"

namespace partnership::feel {

namespace {

bool cannot_iterate(Evaluation& evaluation, Value low, Value high) {
  const bool null = low.is_null() || high.is_null();
  evaluation.warn(null ? WarningKind::null_operand : WarningKind::wrong_type, "..", low, high);
  return false;
}

void over_items(Loop& loop, std::span<const Value> items) {
  loop.over = Loop::Over::items;
  loop.items = items.data();
  loop.count = items.size();
  loop.at = 0;
}

// From `first` on so many steps as reach `last`; wholes of int64.
void count_to(Loop& loop, Loop::Over over, std::int64_t first, std::int64_t last) {
  loop.over = over;
  loop.first = first;
  loop.step = first <= last ? 1 : -1;
  const auto distance = first <= last
                            ? static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
                            : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last);
  loop.count = distance == UINT64_MAX ? distance : distance + 1;
  loop.at = 0;
}

// Fractions count from the first end on in steps of one.
bool count_fractions(Evaluation& evaluation, Loop& loop, Value low, Value high) {
  Arena& arena = evaluation.arena();
  const bool up = compare_numbers(low, high) <= 0;
  const auto distance = up ? subtract(arena, high, low) : subtract(arena, low, high);
  const auto whole = distance ? round_to(arena, *distance, 0, Rounding::floor) : distance;
  const auto steps = whole ? to_int64(*whole) : std::nullopt;
  if (!steps) return cannot_iterate(evaluation, low, high);
  loop.over = Loop::Over::numbers;
  loop.single = low;
  loop.step = up ? 1 : -1;
  loop.count = static_cast<std::uint64_t>(*steps) + 1;
  loop.at = 0;
  return true;
}

// The ends of a range value that are open are left out.
bool over_interval(Evaluation& evaluation, Loop& loop, const Range& range) {
  if (range.form != Range::Form::interval || range.low.is_null() || range.high.is_null() ||
      !iterate_range(evaluation, loop, range.low, range.high)) {
    evaluation.warn(WarningKind::wrong_type, "in", Value::range(&range));
    return false;
  }
  const std::uint64_t before = loop.count;
  if (!range.high_closed && loop.count > 0) {
    Loop last = loop;
    last.at = loop.count - 1;
    const Value end = counted_item(evaluation, last);
    const bool reached =
        end.is(Kind::date) ? end.days() == range.high.days() : equal_numbers(end, range.high);
    if (reached) --loop.count;
  }
  if (!range.low_closed && before > 0) loop.at = 1;
  return true;
}

}  // namespace

bool iterate_range(Evaluation& evaluation, Loop& loop, Value low, Value high) {
  if (low.is(Kind::date) && high.is(Kind::date)) {
    count_to(loop, Loop::Over::dates, low.days(), high.days());
    return true;
  }
  if (!low.is(Kind::number) || !high.is(Kind::number)) {
    return cannot_iterate(evaluation, low, high);
  }
  const auto first = to_int64(low);
  const auto last = to_int64(high);
  if (first && last) {
    count_to(loop, Loop::Over::whole_numbers, *first, *last);
    return true;
  }
  return count_fractions(evaluation, loop, low, high);
}

bool iterate(Evaluation& evaluation, Loop& loop, Value domain) {
  switch (domain.kind()) {
    case Kind::list:
      over_items(loop, domain.items());
      return true;
    case Kind::null:
      evaluation.warn(WarningKind::null_operand, "in");
      return false;
    case Kind::range:
      return over_interval(evaluation, loop, domain.range());
    default:
      loop.single = domain;
      over_items(loop, {&loop.single, 1});
      return true;
  }
}

Value counted_item(Evaluation& evaluation, const Loop& loop) {
  // Without a sign, as a step from one end of int64 to the other is too long for it.
  const std::uint64_t offset = loop.step < 0 ? 0 - loop.at : loop.at;
  const auto counted = static_cast<std::int64_t>(static_cast<std::uint64_t>(loop.first) + offset);
  switch (loop.over) {
    case Loop::Over::items:
      return loop.items[loop.at];
    case Loop::Over::whole_numbers:
      return number(counted);
    case Loop::Over::dates:
      return Value::date(counted);
    case Loop::Over::numbers:
      break;
  }
  return add(evaluation.arena(), loop.single, number(static_cast<std::int64_t>(offset)))
      .value_or(Value());
}

void grow(Evaluation& evaluation, Loop& loop) {
  evaluation.check_list(std::size_t{loop.kept_count} + 1);
  const std::uint64_t wanted = loop.kept_room == 0 ? std::clamp<std::uint64_t>(loop.count, 4, 64)
                                                   : std::uint64_t{loop.kept_room} * 2;
  const auto room =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted, evaluation.budget().list));
  auto* kept = static_cast<Value*>(
      evaluation.arena().allocate(std::size_t{room} * sizeof(Value), alignof(Value)));
  if (loop.kept_count != 0) std::memcpy(kept, loop.kept, loop.kept_count * sizeof(Value));
  loop.kept = kept;
  loop.kept_room = room;
}

}  // namespace partnership::feel
