// SPDX-License-Identifier: Apache-2.0
//
// Dates, times, dates and times, and the two durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.10): their
// texts (XML Schema Part 2, ISO 8601, with `@` and an IANA zone), and their arithmetic. Years run
// from -999,999,999 to 999,999,999. Offsets run from -18:00 to +18:00.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feel/value.hpp"

namespace partnership::feel {

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanoseconds_per_day = seconds_per_day * nanoseconds_per_second;

struct DateTime {
  std::int64_t days;         // local
  std::int64_t nanoseconds;  // of the local day
  // Seconds east of UTC, where zoning is offset. Where it is zone: 0, or in the second run of a
  // repeated hour what that is away from the first.
  std::int32_t offset;
  std::uint16_t zone;  // where zoning is zone
  Zoning zoning;
};

struct Civil {
  std::int64_t year;
  std::int32_t month, day;
};
std::optional<std::int64_t> days_of(Civil civil) noexcept;  // nullopt: no such day
Civil civil_of(std::int64_t days) noexcept;
int weekday(std::int64_t days) noexcept;  // 1 Monday to 7 Sunday

// IANA zones, through ICU. An index is good for the life of the process.
std::optional<std::uint16_t> find_zone(std::string_view id);  // exact spelling; also links
std::string_view zone_id(std::uint16_t zone) noexcept;
// Seconds east of UTC at a local date and time (the earlier of two in a repeated hour, the offset
// before the gap in a skipped one).
std::int32_t zone_offset(std::uint16_t zone, std::int64_t days, std::int64_t nanoseconds);
// At an instant: seconds since 1970-01-01T00:00:00Z.
std::int32_t zone_offset_at(std::uint16_t zone, std::int64_t seconds);
// What a time of day without a date goes by: standard time, without summer time, of the year 2024.
std::int32_t zone_standard_offset(std::uint16_t zone);

// The texts FEEL's functions of these names take. nullopt for anything else.
std::optional<Value> parse_date(std::string_view text);
std::optional<Value> parse_time(std::string_view text);
std::optional<Value> parse_date_time(Arena& arena,
                                     std::string_view text);  // also a bare date: midnight
std::optional<Value> parse_duration(std::string_view text);   // of either kind
// What stands in quotes behind `@`: a date, time, date and time or duration by its form.
std::optional<Value> parse_at_literal(Arena& arena, std::string_view text);

inline constexpr std::int64_t most_year = 999'999'999;
inline constexpr std::int32_t most_offset = 18 * 3600;
// What makes temporal values must keep to these bounds; the functions here do.
// Durations run from -10^18 to 10^18 seconds or months: more than any two dates are apart.
inline constexpr std::int64_t most_duration = 1'000'000'000'000'000'000;
inline constexpr std::int64_t least_day = -365'243'219'162, most_day = 365'241'780'471;

// FEEL's string() of a value of these kinds; parsing it gives the value again (of an hour that
// comes twice in a zone the first run: there is no text for the second).
void append_temporal(std::string& out, Value value);

Value make_date_time(Arena& arena, const DateTime& value);
// The instant in UTC: seconds since 1970-01-01T00:00:00Z and nanoseconds; local ones count as UTC.
struct Instant {
  std::int64_t seconds;
  std::int64_t nanoseconds;  // 0 to 999,999,999
  auto operator<=>(const Instant&) const = default;
};
Instant instant_of(const DateTime& value);
// The date and time of an instant in a zone. nullopt: past the range of dates.
std::optional<DateTime> moment_in_zone(const Instant& instant, std::uint16_t zone);
Instant instant_of_time(Value time);  // of 1970-01-01
// Seconds east of UTC; nullopt for local ones.
std::optional<std::int32_t> offset_of(const DateTime& value);
std::optional<std::int32_t> offset_of_time(Value time);

// Arithmetic of DMN 1.5 table 45. nullopt: the operands do not go together, or the result is out of
// range. At least one operand is of a temporal kind.
std::optional<Value> temporal_add(Arena& arena, Value left, Value right);
std::optional<Value> temporal_subtract(Arena& arena, Value left, Value right);
std::optional<Value> temporal_multiply(Arena& arena, Value left, Value right);
std::optional<Value> temporal_divide(Arena& arena, Value left, Value right);
Value temporal_negate(Value duration);

// A property such as `year`, `time offset` or `timezone` (DMN 1.5 table 66). nullopt: the kind has
// no such property. A null Value: it has, but this one does not (the offset of a local time).
std::optional<Value> temporal_property(Arena& arena, Value value, std::string_view name);
bool has_temporal_property(Kind kind, std::string_view name) noexcept;

}  // namespace partnership::feel
