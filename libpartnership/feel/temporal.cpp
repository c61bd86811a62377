// SPDX-License-Identifier: Apache-2.0
//
// The calendar, instants, and the properties of temporal values.
#include "feel/temporal.hpp"

#include <array>

#include "feel/number.hpp"
#include "feel/temporal_parts.hpp"

namespace partnership::feel {

namespace {

// Years that begin in March put the leap day last; 400 of them are 146,097 days.
constexpr std::int64_t days_per_cycle = 146'097;
constexpr std::int64_t march_of_0000 = -719'468;  // 0000-03-01

constexpr std::array<std::int32_t, 12> month_lengths{31, 28, 31, 30, 31, 30,
                                                     31, 31, 30, 31, 30, 31};

struct Property {
  std::string_view name;
  bool date, time, date_time, days_time, years_months;
};
constexpr std::array<Property, 14> properties{{
    {"year", true, false, true, false, false},
    {"month", true, false, true, false, false},
    {"day", true, false, true, false, false},
    {"weekday", true, false, true, false, false},
    {"hour", false, true, true, false, false},
    {"minute", false, true, true, false, false},
    {"second", false, true, true, false, false},
    {"time offset", false, true, true, false, false},
    {"timezone", false, true, true, false, false},
    {"days", false, false, false, true, false},
    {"hours", false, false, false, true, false},
    {"minutes", false, false, false, true, false},
    {"seconds", false, false, false, true, false},
    {"years", false, false, false, false, true},
}};

Value with_fraction(std::int64_t seconds, std::int64_t nanoseconds) {
  if (nanoseconds == 0) return Value::small_number(seconds);
  return Value::small_number(seconds * nanoseconds_per_second + nanoseconds, 9);
}

std::optional<Value> date_property(std::int64_t days, std::string_view name) {
  if (name == "weekday") return Value::small_number(weekday(days));
  const Civil civil = civil_of(days);
  if (name == "year") return Value::small_number(civil.year);
  if (name == "month") return Value::small_number(civil.month);
  if (name == "day") return Value::small_number(civil.day);
  return std::nullopt;
}

std::optional<Value> time_property(const DateTime& at, std::optional<std::int32_t> offset,
                                   std::string_view name) {
  const std::int64_t second = at.nanoseconds / nanoseconds_per_second;
  if (name == "hour") return Value::small_number(second / 3600);
  if (name == "minute") return Value::small_number(second / 60 % 60);
  if (name == "second") return with_fraction(second % 60, at.nanoseconds % nanoseconds_per_second);
  if (name == "time offset") return offset ? Value::days_time(*offset) : Value();
  if (name == "timezone") {
    return at.zoning == Zoning::zone ? Value::string(zone_id(at.zone)) : Value();
  }
  return std::nullopt;
}

// The parts of a negative duration are negative or zero, as in XPath.
std::optional<Value> days_time_property(Value duration, std::string_view name) {
  std::int64_t seconds = duration.seconds();
  std::int64_t nanoseconds = duration.nanoseconds();
  if (seconds < 0 && nanoseconds > 0) {
    ++seconds;
    nanoseconds -= nanoseconds_per_second;
  }
  if (name == "days") return Value::small_number(seconds / seconds_per_day);
  if (name == "hours") return Value::small_number(seconds / 3600 % 24);
  if (name == "minutes") return Value::small_number(seconds / 60 % 60);
  if (name == "seconds") return with_fraction(seconds % 60, nanoseconds);
  return std::nullopt;
}

}  // namespace

std::int32_t month_length(std::int64_t year, std::int32_t month) noexcept {
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : month_lengths[static_cast<std::size_t>(month - 1)];
}

std::optional<std::int64_t> days_of(Civil civil) noexcept {
  if (civil.year < -most_year || civil.year > most_year || civil.month < 1 || civil.month > 12 ||
      civil.day < 1 || civil.day > month_length(civil.year, civil.month)) {
    return std::nullopt;
  }
  const std::int64_t year = civil.month > 2 ? civil.year : civil.year - 1;
  const std::int64_t cycle = floor_divide(year, 400);
  const std::int64_t of_cycle = year - cycle * 400;
  const std::int64_t month = civil.month > 2 ? civil.month - 3 : civil.month + 9;
  const std::int64_t of_year = (153 * month + 2) / 5 + civil.day - 1;
  return march_of_0000 + cycle * days_per_cycle + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 +
         of_year;
}

Civil civil_of(std::int64_t days) noexcept {
  const std::int64_t since = days - march_of_0000;
  const std::int64_t cycle = floor_divide(since, days_per_cycle);
  const std::int64_t of_cycle = since - cycle * days_per_cycle;  // 0 to 146,096
  const std::int64_t year =
      (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
  const std::int64_t of_year = of_cycle - (365 * year + year / 4 - year / 100);
  const std::int64_t march_month = (5 * of_year + 2) / 153;
  const auto month =
      static_cast<std::int32_t>(march_month < 10 ? march_month + 3 : march_month - 9);
  const auto day = static_cast<std::int32_t>(of_year - (153 * march_month + 2) / 5 + 1);
  return {cycle * 400 + year + (month <= 2 ? 1 : 0), month, day};
}

int weekday(std::int64_t days) noexcept {  // 1970-01-01 was a Thursday
  return static_cast<int>(floor_modulo(days + 3, 7)) + 1;
}

Value make_date_time(Arena& arena, const DateTime& value) {
  return Value::date_time(arena.make<DateTime>(value));
}

std::optional<std::int32_t> offset_of(const DateTime& value) {
  switch (value.zoning) {
    case Zoning::offset:
      return value.offset;
    case Zoning::zone:
      return zone_offset(value.zone, value.days, value.nanoseconds) + value.offset;
    case Zoning::local:
      break;
  }
  return std::nullopt;
}

std::optional<std::int32_t> offset_of_time(Value time) {
  switch (time.zoning()) {
    case Zoning::offset:
      return time.offset();
    case Zoning::zone:
      return zone_standard_offset(time.zone());
    case Zoning::local:
      break;
  }
  return std::nullopt;
}

Instant instant_of(const DateTime& value) {
  return {value.days * seconds_per_day + value.nanoseconds / nanoseconds_per_second -
              offset_of(value).value_or(0),
          value.nanoseconds % nanoseconds_per_second};
}

std::optional<DateTime> moment_in_zone(const Instant& instant, std::uint16_t zone) {
  const std::int32_t offset = zone_offset_at(zone, instant.seconds);
  const std::int64_t local = instant.seconds + offset;
  const std::int64_t days = floor_divide(local, seconds_per_day);
  if (days < least_day || days > most_day) return std::nullopt;
  const std::int64_t nanoseconds =
      floor_modulo(local, seconds_per_day) * nanoseconds_per_second + instant.nanoseconds;
  const std::int32_t first = zone_offset(zone, days, nanoseconds);
  return DateTime{days, nanoseconds, offset - first, zone, Zoning::zone};
}

Instant instant_of_time(Value time) {
  return {time.nanoseconds_of_day() / nanoseconds_per_second - offset_of_time(time).value_or(0),
          time.nanoseconds_of_day() % nanoseconds_per_second};
}

bool has_temporal_property(Kind kind, std::string_view name) noexcept {
  if (kind == Kind::years_months_duration && name == "months") return true;
  for (const Property& property : properties) {
    if (property.name != name) continue;
    switch (kind) {
      case Kind::date:
        return property.date;
      case Kind::time:
        return property.time;
      case Kind::date_time:
        return property.date_time;
      case Kind::days_time_duration:
        return property.days_time;
      case Kind::years_months_duration:
        return property.years_months;
      default:
        return false;
    }
  }
  return false;
}

std::optional<Value> temporal_property(Arena& /*arena*/, Value value, std::string_view name) {
  switch (value.kind()) {
    case Kind::date:
      return date_property(value.days(), name);
    case Kind::time:
      return time_property(parts_of_time(value), offset_of_time(value), name);
    case Kind::date_time: {
      const DateTime& at = value.date_time();
      if (const auto out = date_property(at.days, name)) return out;
      return time_property(at, name == "time offset" ? offset_of(at) : std::nullopt, name);
    }
    case Kind::days_time_duration:
      return days_time_property(value, name);
    case Kind::years_months_duration:
      if (name == "years") return Value::small_number(value.months() / 12);
      if (name == "months") return Value::small_number(value.months() % 12);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace partnership::feel
