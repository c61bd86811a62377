// SPDX-License-Identifier: Apache-2.0
#include "feel/case_arrow_time.hpp"

#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

std::optional<std::int64_t> per_second(char unit) noexcept {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 1'000;
    case 'u':
      return 1'000'000;
    case 'n':
      return 1'000'000'000;
    default:
      return std::nullopt;
  }
}

struct Split {
  std::int64_t whole, rest;  // 0 <= rest < by
};
constexpr Split split(std::int64_t number, std::int64_t by) noexcept {
  const std::int64_t rest = number % by;
  return rest < 0 ? Split{number / by - 1, rest + by} : Split{number / by, rest};
}

bool in_range(std::int64_t day) noexcept {
  return day >= least_day && day <= most_day;
}

// "UTC", "+02:00", "Europe/Paris".
bool read_place(std::string_view text, Clock& clock) {
  if (text.empty()) return true;
  if (text == "UTC" || text == "Z") {
    clock.place = Clock::Place::offset;
    return true;
  }
  if (const auto zone = find_zone(text)) {
    clock.place = Clock::Place::zone;
    clock.zone = *zone;
    return true;
  }
  const std::optional<Value> time = parse_time("00:00:00" + std::string(text));
  if (!time || time->zoning() != Zoning::offset) return false;
  clock.place = Clock::Place::offset;
  clock.offset = time->offset();
  return true;
}

std::optional<Value> timestamp(Arena& arena, const Clock& clock, Split seconds, const Type* type) {
  const std::int64_t nanoseconds = seconds.rest * (nanoseconds_per_second / clock.per_second);
  DateTime out{};
  if (clock.place != Clock::Place::local) {
    out.offset = clock.place == Clock::Place::zone ? zone_offset_at(clock.zone, seconds.whole)
                                                   : clock.offset;
  }
  const Split day = split(seconds.whole + out.offset, seconds_per_day);
  if (!in_range(day.whole)) return std::nullopt;
  out.days = day.whole;
  out.nanoseconds = day.rest * nanoseconds_per_second + nanoseconds;
  if (clock.place == Clock::Place::local) {
    const bool date = type != nullptr && type->is(TypeKind::date) && out.nanoseconds == 0;
    return date ? Value::date(out.days) : make_date_time(arena, out);
  }
  out.zoning = Zoning::offset;
  // The second of two equal hours is none that the zone could say.
  if (clock.place == Clock::Place::zone &&
      zone_offset(clock.zone, out.days, out.nanoseconds) == out.offset) {
    out.zoning = Zoning::zone;
    out.zone = clock.zone;
    out.offset = 0;
  }
  return make_date_time(arena, out);
}

}  // namespace

std::optional<Clock> Clock::read(std::string_view format) {
  Clock clock;
  if (format == "tdD" || format == "tdm") {
    clock.bytes = format == "tdD" ? 4 : 8;
    clock.per_second = format == "tdD" ? 0 : 1'000;
    return clock;
  }
  if (format.size() < 3) return std::nullopt;
  const auto unit = feel::per_second(format[2]);
  if (!unit) return std::nullopt;
  clock.per_second = *unit;
  if (format.starts_with("ts") && format.size() > 3 && format[3] == ':') {
    clock.of = Of::timestamp;
    if (!read_place(format.substr(4), clock)) return std::nullopt;
    return clock;
  }
  if (format.size() != 3) return std::nullopt;
  clock.of = format[1] == 't' ? Of::time : Of::duration;
  if (format[0] != 't' || (format[1] != 't' && format[1] != 'D')) return std::nullopt;
  if (clock.of == Of::time && *unit <= 1'000) clock.bytes = 4;
  return clock;
}

std::optional<Value> Clock::value(Arena& arena, std::int64_t ticks, const Type* type) const {
  if (of == Of::days) {
    const std::int64_t day =
        per_second == 0 ? ticks : split(ticks, per_second * seconds_per_day).whole;
    return in_range(day) ? std::optional<Value>(Value::date(day)) : std::nullopt;
  }
  const Split seconds = split(ticks, per_second);
  if (of == Of::timestamp) return timestamp(arena, *this, seconds, type);
  const std::int64_t nanoseconds = seconds.rest * (nanoseconds_per_second / per_second);
  if (of == Of::duration) {
    if (seconds.whole > most_duration || seconds.whole < -most_duration) return std::nullopt;
    return Value::days_time(seconds.whole, static_cast<std::uint32_t>(nanoseconds));
  }
  if (seconds.whole < 0 || seconds.whole >= seconds_per_day) return std::nullopt;
  return Value::time(seconds.whole * nanoseconds_per_second + nanoseconds);
}

}  // namespace partnership::feel
