// SPDX-License-Identifier: Apache-2.0
//
// Arithmetic of temporal values (DMN 1.5, 10.3.2.4 and table 55). Days and time are added to the
// instant, years and months to the local date, whose day is cut back to the end of the month. A
// date among dates and times is midnight UTC; local and zoned ones are no two instants of one
// scale, and have no difference.
#include <utility>

#include "feel/number.hpp"
#include "feel/temporal_parts.hpp"

namespace partnership::feel {

namespace {

bool is_duration(Value value) noexcept {
  return value.is(Kind::days_time_duration) || value.is(Kind::years_months_duration);
}

std::optional<std::int64_t> add_months(std::int64_t days, std::int64_t months) noexcept {
  const Civil civil = civil_of(days);
  const std::int64_t total = civil.year * 12 + (civil.month - 1) + months;  // far from overflow
  const std::int64_t year = floor_divide(total, 12);
  if (year < -most_year || year > most_year) return std::nullopt;
  const auto month = static_cast<std::int32_t>(total - year * 12) + 1;
  const std::int32_t last = month_length(year, month);
  return days_of({year, month, civil.day < last ? civil.day : last});
}

// A point on the local scale, moved. False: past the range of dates.
bool move(std::int64_t& days, std::int64_t& nanoseconds, Value duration) noexcept {
  const std::int64_t fraction =
      nanoseconds % nanoseconds_per_second + std::int64_t{duration.nanoseconds()};
  const std::int64_t seconds = days * seconds_per_day + nanoseconds / nanoseconds_per_second +
                               fraction / nanoseconds_per_second + duration.seconds();
  days = floor_divide(seconds, seconds_per_day);
  nanoseconds = (seconds - days * seconds_per_day) * nanoseconds_per_second +
                fraction % nanoseconds_per_second;
  return days >= least_day && days <= most_day;
}

std::optional<Value> add_to_date(std::int64_t days, Value duration) noexcept {
  if (duration.is(Kind::years_months_duration)) {
    const auto moved = add_months(days, duration.months());
    return moved ? std::optional(Value::date(*moved)) : std::nullopt;
  }
  std::int64_t nanoseconds = 0;
  return move(days, nanoseconds, duration) ? std::optional(Value::date(days)) : std::nullopt;
}

std::optional<Value> add_to_time(Value time, Value duration) noexcept {
  if (!duration.is(Kind::days_time_duration)) return std::nullopt;
  std::int64_t days = 0, nanoseconds = time.nanoseconds_of_day();
  const Value of_day =
      Value::days_time(floor_modulo(duration.seconds(), seconds_per_day), duration.nanoseconds());
  move(days, nanoseconds, of_day);
  const DateTime parts = parts_of_time(time);
  return Value::time(nanoseconds, parts.zoning, parts.offset, parts.zone);
}

std::optional<Value> add_to_date_time(Arena& arena, DateTime at, Value duration) {
  if (duration.is(Kind::years_months_duration)) {
    const auto moved = add_months(at.days, duration.months());
    if (!moved) return std::nullopt;
    at.days = *moved;
    if (at.zoning == Zoning::zone) at.offset = 0;
    return make_date_time(arena, at);
  }
  if (at.zoning == Zoning::zone) {  // by way of UTC
    move(at.days, at.nanoseconds, Value::days_time(-std::int64_t{*offset_of(at)}));
    move(at.days, at.nanoseconds, duration);
    const auto moved =
        moment_in_zone({at.days * seconds_per_day + at.nanoseconds / nanoseconds_per_second,
                        at.nanoseconds % nanoseconds_per_second},
                       at.zone);
    return moved ? std::optional(make_date_time(arena, *moved)) : std::nullopt;
  }
  if (!move(at.days, at.nanoseconds, duration)) return std::nullopt;
  return make_date_time(arena, at);
}

std::optional<Value> add_duration(Arena& arena, Value point, Value duration) {
  switch (point.kind()) {
    case Kind::date:
      return add_to_date(point.days(), duration);
    case Kind::time:
      return add_to_time(point, duration);
    case Kind::date_time:
      return add_to_date_time(arena, point.date_time(), duration);
    case Kind::days_time_duration: {
      if (!duration.is(Kind::days_time_duration)) return std::nullopt;
      const std::int64_t fraction =
          std::int64_t{point.nanoseconds()} + std::int64_t{duration.nanoseconds()};
      return bounded_days_time(
          point.seconds() + duration.seconds() + fraction / nanoseconds_per_second,
          static_cast<std::uint32_t>(fraction % nanoseconds_per_second));
    }
    case Kind::years_months_duration:
      if (!duration.is(Kind::years_months_duration)) return std::nullopt;
      return bounded_years_months(point.months() + duration.months());
    default:
      return std::nullopt;
  }
}

Value difference(const Instant& later, const Instant& earlier) noexcept {
  std::int64_t seconds = later.seconds - earlier.seconds;
  std::int64_t nanoseconds = later.nanoseconds - earlier.nanoseconds;
  if (nanoseconds < 0) {
    --seconds;
    nanoseconds += nanoseconds_per_second;
  }
  return Value::days_time(seconds, static_cast<std::uint32_t>(nanoseconds));
}

// A date or a date and time; dates are midnight UTC.
DateTime moment_of(Value value) noexcept {
  if (value.is(Kind::date_time)) return value.date_time();
  return {value.days(), 0, 0, 0, Zoning::offset};
}

std::optional<Value> subtract_moments(Value left, Value right) {
  if (left.is(Kind::date) && right.is(Kind::date)) {
    return Value::days_time((left.days() - right.days()) * seconds_per_day);
  }
  const DateTime later = moment_of(left), earlier = moment_of(right);
  if ((later.zoning == Zoning::local) != (earlier.zoning == Zoning::local)) return std::nullopt;
  return difference(instant_of(later), instant_of(earlier));
}

std::optional<Value> subtract_times(Value left, Value right) {
  if ((left.zoning() == Zoning::local) != (right.zoning() == Zoning::local)) return std::nullopt;
  return difference(instant_of_time(left), instant_of_time(right));
}

// A duration as the number of its seconds or months, and back (rounded towards zero to whole
// nanoseconds or months).
std::optional<Value> number_of(Arena& arena, Value duration) {
  if (duration.is(Kind::years_months_duration)) return Value::small_number(duration.months());
  return add(arena, Value::small_number(duration.seconds()),
             Value::small_number(duration.nanoseconds(), 9));
}

std::optional<Value> duration_of(Arena& arena, Kind kind, std::optional<Value> amount) {
  if (!amount) return std::nullopt;
  const std::int64_t decimals = kind == Kind::years_months_duration ? 0 : 9;
  amount = round_to(arena, *amount, decimals, Rounding::down);
  if (!amount) return std::nullopt;
  if (kind == Kind::years_months_duration) {
    const auto months = to_int64(*amount);
    return months ? bounded_years_months(*months) : std::nullopt;
  }
  const auto floor = round_to(arena, *amount, 0, Rounding::floor);
  const auto seconds = floor ? to_int64(*floor) : std::nullopt;
  if (!seconds) return std::nullopt;
  const auto fraction = subtract(arena, *amount, *floor);
  const auto scaled = multiply(arena, *fraction, Value::small_number(nanoseconds_per_second));
  return bounded_days_time(*seconds, static_cast<std::uint32_t>(*to_int64(*scaled)));
}

}  // namespace

std::optional<Value> temporal_add(Arena& arena, Value left, Value right) {
  if (is_duration(right)) return add_duration(arena, left, right);
  if (is_duration(left)) return add_duration(arena, right, left);
  return std::nullopt;
}

std::optional<Value> temporal_subtract(Arena& arena, Value left, Value right) {
  if (is_duration(right)) return add_duration(arena, left, temporal_negate(right));
  if (left.is(Kind::time) && right.is(Kind::time)) return subtract_times(left, right);
  const auto is_moment = [](Value value) {
    return value.is(Kind::date) || value.is(Kind::date_time);
  };
  if (is_moment(left) && is_moment(right)) return subtract_moments(left, right);
  return std::nullopt;
}

std::optional<Value> temporal_multiply(Arena& arena, Value left, Value right) {
  if (is_duration(right)) std::swap(left, right);
  if (!is_duration(left) || !right.is(Kind::number)) return std::nullopt;
  const auto amount = number_of(arena, left);
  return amount ? duration_of(arena, left.kind(), multiply(arena, *amount, right)) : std::nullopt;
}

std::optional<Value> temporal_divide(Arena& arena, Value left, Value right) {
  if (!is_duration(left)) return std::nullopt;
  const auto dividend = number_of(arena, left);
  if (!dividend) return std::nullopt;
  if (right.is(Kind::number)) {
    return duration_of(arena, left.kind(), divide(arena, *dividend, right));
  }
  if (right.kind() != left.kind()) return std::nullopt;
  const auto divisor = number_of(arena, right);
  return divisor ? divide(arena, *dividend, *divisor) : std::nullopt;
}

Value temporal_negate(Value duration) {
  if (duration.is(Kind::years_months_duration)) return Value::years_months(-duration.months());
  if (duration.nanoseconds() == 0) return Value::days_time(-duration.seconds());
  return Value::days_time(
      -1 - duration.seconds(),
      static_cast<std::uint32_t>(nanoseconds_per_second) - duration.nanoseconds());
}

}  // namespace partnership::feel
