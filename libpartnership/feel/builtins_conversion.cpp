// SPDX-License-Identifier: Apache-2.0
//
// The functions that make values of texts and of parts (DMN 1.5, table 73).
#include <string>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

namespace {

constexpr std::int64_t hour_seconds = 3600;
constexpr std::int64_t longest_offset = 18 * hour_seconds;

// As parsed from a text; nullopt: the text does not go.
Value read(Arguments& in, Value text, const std::optional<Value>& parsed) {
  return parsed ? *parsed : in.wrong(WarningKind::wrong_text, text);
}

// What the parts of a call say, in the order year, month, day.
std::optional<std::int64_t> day_of_parts(Arguments& in) {
  const std::int64_t year = in.integer(0), month = in.integer(1), day = in.integer(2);
  if (in.failed()) return {};
  const bool fits = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const auto found =
      fits ? days_of({year, static_cast<std::int32_t>(month), static_cast<std::int32_t>(day)})
           : std::nullopt;
  if (!found) in.no_result(in.value(0), fits ? in.value(2) : in.value(1));
  return found;
}

// Nanoseconds of the day that the parts from argument `first` on say: hour, minute, second.
std::optional<std::int64_t> time_of_parts(Evaluation& evaluation, Arguments& in,
                                          std::size_t first) {
  const std::int64_t hour = in.integer(first), minute = in.integer(first + 1);
  const Value second = in.number(first + 2);
  if (in.failed()) return {};
  Arena& arena = evaluation.arena();
  const auto scaled = multiply(arena, second, number(nanoseconds_per_second));
  const auto whole = scaled ? round_to(arena, *scaled, 0, Rounding::down) : scaled;
  const std::int64_t fine = whole ? to_int64(*whole).value_or(-1) : -1;
  const bool fits = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && sign_of(second) >= 0;
  if (!fits || fine < 0 || fine >= 60 * nanoseconds_per_second) {
    in.no_result(in.value(first), in.value(first + 1));
    return {};
  }
  return (hour * 60 + minute) * 60 * nanoseconds_per_second + fine;
}

// The place of a time: nothing (local), a duration or a number of hours from UTC, or a zone.
struct Place {
  Zoning zoning = Zoning::local;
  std::int32_t offset = 0;
  std::uint16_t zone = 0;
};

std::optional<Place> zone_of(Arguments& in, Value name) {
  if (const auto zone = find_zone(name.text())) return Place{Zoning::zone, 0, *zone};
  in.wrong(WarningKind::wrong_text, name);
  return {};
}

std::optional<Place> offset_of(Arguments& in, Value given, std::int64_t seconds) {
  if (seconds < -longest_offset || seconds > longest_offset) {
    in.no_result(given);
    return {};
  }
  return Place{Zoning::offset, static_cast<std::int32_t>(seconds), 0};
}

std::optional<Place> place_of(Arguments& in, std::size_t i) {
  if (in.value(i).is_null()) return Place{};
  const Value given = in.one_of(i, {Kind::days_time_duration, Kind::number, Kind::string});
  if (in.failed()) return {};
  if (given.is(Kind::string)) return zone_of(in, given);
  if (given.is(Kind::number)) {
    const std::int64_t hours = in.integer(i);
    return offset_of(in, given,
                     hours > 18 || hours < -18 ? 19 * hour_seconds : hours * hour_seconds);
  }
  if (given.nanoseconds() != 0) {
    in.no_result(given);
    return {};
  }
  return offset_of(in, given, given.seconds());
}

// The same instant in a zone; a local one is taken to be there already.
Value in_zone(Evaluation& evaluation, Arguments& in, const DateTime& from, std::uint16_t zone) {
  Arena& arena = evaluation.arena();
  if (from.zoning == Zoning::local) {
    return make_date_time(arena, {from.days, from.nanoseconds, 0, zone, Zoning::zone});
  }
  const auto out = moment_in_zone(instant_of(from), zone);
  if (out) return make_date_time(arena, *out);
  in.no_result(in.value(0));
  return {};
}

DateTime midnight(std::int64_t day, Zoning zoning) noexcept {
  return {day, 0, 0, 0, zoning};
}

Value date_and_time_of(Evaluation& evaluation, Arguments& in) {
  const Value date = in.one_of(0, {Kind::date, Kind::date_time});
  const Value second = in.one_of(1, {Kind::time, Kind::string});
  if (in.failed()) return {};
  if (second.is(Kind::string)) {
    const auto place = zone_of(in, second);
    if (!place) return {};
    return in_zone(evaluation, in,
                   date.is(Kind::date) ? midnight(date.days(), Zoning::local) : date.date_time(),
                   place->zone);
  }
  return make_date_time(
      evaluation.arena(),
      {in.day(0), second.nanoseconds_of_day(),
       second.zoning() == Zoning::offset ? second.offset() : 0, second.zone(), second.zoning()});
}

}  // namespace

Value make_date(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "date", given);
  if (in.has(1)) {
    const auto day = day_of_parts(in);
    return day ? Value::date(*day) : Value();
  }
  const Value from = in.one_of(0, {Kind::string, Kind::date, Kind::date_time});
  if (in.failed()) return {};
  if (from.is(Kind::string)) return read(in, from, parse_date(from.text()));
  return Value::date(in.day(0));
}

Value make_time(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "time", given);
  if (in.has(1)) {
    const auto nanoseconds = time_of_parts(evaluation, in, 0);
    if (!nanoseconds) return {};
    if (!in.value(3).is_null()) in.one_of(3, {Kind::days_time_duration});
    const auto place = in.failed() ? std::nullopt : place_of(in, 3);
    return place ? Value::time(*nanoseconds, place->zoning, place->offset, place->zone) : Value();
  }
  const Value from = in.one_of(0, {Kind::string, Kind::time, Kind::date, Kind::date_time});
  if (in.failed()) return {};
  switch (from.kind()) {
    case Kind::string:
      return read(in, from, parse_time(from.text()));
    case Kind::time:
      return from;
    case Kind::date:
      return Value::time(0, Zoning::offset);  // midnight UTC
    default:
      break;
  }
  const DateTime& whole = from.date_time();
  const std::int32_t offset = whole.zoning == Zoning::offset ? whole.offset : 0;
  return Value::time(whole.nanoseconds, whole.zoning, offset, whole.zone);
}

Value make_date_and_time(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "date and time", given);
  if (in.has(2)) {
    const auto day = day_of_parts(in);
    const auto nanoseconds = day ? time_of_parts(evaluation, in, 3) : day;
    const auto place = nanoseconds ? place_of(in, 6) : std::nullopt;
    if (!place) return {};
    return make_date_time(evaluation.arena(),
                          {*day, *nanoseconds, place->offset, place->zone, place->zoning});
  }
  if (in.has(1)) return date_and_time_of(evaluation, in);
  const Value from = in.one_of(0, {Kind::string, Kind::date, Kind::date_time});
  if (in.failed()) return {};
  if (from.is(Kind::date_time)) return from;
  if (from.is(Kind::date)) {
    return make_date_time(evaluation.arena(), midnight(from.days(), Zoning::offset));
  }
  return read(in, from, parse_date_time(evaluation.arena(), from.text()));
}

Value make_number(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "number", given);
  const std::string_view from = in.text(0);
  const std::string_view grouping = in.text_or_nothing(1), decimal = in.text_or_nothing(2);
  if (in.failed()) return {};
  const bool known_grouping =
      in.value(1).is_null() || grouping == " " || grouping == "," || grouping == ".";
  const bool known_decimal = in.value(2).is_null() || decimal == "," || decimal == ".";
  if (!known_grouping || !known_decimal || (!grouping.empty() && grouping == decimal)) {
    return in.no_result(in.value(1), in.value(2));
  }
  evaluation.spend(from.size() / 16);
  const char group = grouping.empty() ? '\0' : grouping[0];
  const char point = decimal.empty() ? '.' : decimal[0];
  std::string plain;
  for (const char c : from) {
    if (c == group && group != '\0') continue;
    if (c == '.' && point != '.') return in.wrong(WarningKind::wrong_text, given[0]);
    plain += c == point ? '.' : c;
  }
  return read(in, given[0], parse_number(evaluation.arena(), plain));
}

Value make_text(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "string", given);
  const Value from = in.value(0);
  if (from.is_null()) return in.wrong_type(from);
  if (from.is(Kind::string)) return from;
  spend_on(evaluation, from);
  std::string out;
  append_string(out, from);
  return make_string(evaluation.arena(), out);
}

Value make_duration(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "duration", given);
  const Value from =
      in.one_of(0, {Kind::string, Kind::days_time_duration, Kind::years_months_duration});
  if (in.failed() || !from.is(Kind::string)) return from;
  return read(in, from, parse_duration(from.text()));
}

Value make_years_and_months(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "years and months duration", given);
  const Civil from = civil_of(in.day(0)), to = civil_of(in.day(1));
  if (in.failed()) return {};
  // Whole months from day to day; the times of the day do not count.
  std::int64_t months = (to.year - from.year) * 12 + (to.month - from.month);
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return Value::years_months(months);
}

}  // namespace partnership::feel::builtin
