// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"
#include "base/calendar_words.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

// ------------------------------------------------------------------------------------- answers

// Easter Sunday of the Gregorian computus, without exceptions to it: Jones, Butcher's
// Ecclesiastical Calendar (1876); Meeus, Astronomical Algorithms, chapter 8.
std::optional<Date> western_easter(std::int32_t year) noexcept {
  const std::int32_t golden = year % 19, century = year / 100, rest = year % 100;
  const std::int32_t correction = (century - (century + 8) / 25 + 1) / 3;
  const std::int32_t moon = (19 * golden + century - century / 4 - correction + 15) % 30;
  const std::int32_t sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
  const std::int32_t last = (golden + 11 * moon + 22 * sunday) / 451;
  const std::int32_t days = moon + sunday - 7 * last + 114;
  return date_from({year, days / 31, days % 31 + 1});
}

// Easter Sunday of the Julian computus (Meeus, chapter 8), as days since 1970-01-01.
Date orthodox_easter(std::int32_t year) noexcept {
  const std::int32_t moon = (19 * (year % 19) + 15) % 30;
  const std::int32_t sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const std::int32_t after_march = moon + sunday + 21;  // 0: 1 March of the Julian calendar
  // 1 March of year 0 of that calendar is 719470 days before 1970-01-01.
  return 365 * year + year / 4 + after_march - 719470;
}

std::optional<Date> nth_weekday(std::int32_t year, const HolidayRule& rule) noexcept {
  const bool last = rule.nth < 0;
  const std::optional<Date> first = date_from({year, rule.month, 1});
  if (!first) return std::nullopt;
  const Date found = *first + (rule.weekday - weekday_of(*first) + 7) % 7;
  const Date next = rule.month == 12 ? *first + 31 : *date_from({year, rule.month + 1, 1});
  if (last) return found + (next - 1 - found) / 7 * 7;
  const Date nth = found + 7 * (rule.nth - 1);
  return nth < next ? std::optional(nth) : std::nullopt;
}

// ------------------------------------------------------------------------------------- reading

std::optional<std::int32_t> bounded(json::ObjectReader& reader, json::Value object,
                                    std::string_view key, std::int32_t least, std::int32_t most,
                                    json::Problems& problems) {
  const std::optional<std::int64_t> number = reader.integer(key, true);
  if (!number) return std::nullopt;
  if (*number >= least && *number <= most) return static_cast<std::int32_t>(*number);
  problems.add(*object.find(key), "expected a number from " + std::to_string(least) + " to " +
                                      std::to_string(most) + ", got `" + std::to_string(*number) +
                                      "`");
  return std::nullopt;
}

std::optional<HolidayRule> read_fixed(json::Value value, json::Problems& problems) {
  const std::string_view text = value.text();
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && text[2] == '-' && digit(0) && digit(1) && digit(3) && digit(4)) {
    HolidayRule rule;
    rule.month = (text[0] - '0') * 10 + (text[1] - '0');
    rule.day = (text[3] - '0') * 10 + (text[4] - '0');
    if (rule.in_year(2000)) return rule;  // a leap year
    problems.add(value, backticked(text) + " is no day of any year");
  } else {
    problems.add(value, "expected a day of the year such as `08-15`, got " + backticked(text));
  }
  return std::nullopt;
}

std::optional<HolidayRule> read_easter(json::Value value, json::Problems& problems) {
  json::ObjectReader reader(value, problems);
  HolidayRule rule;
  const std::optional<std::string_view> easter = reader.text("easter", true);
  if (easter == "western") {
    rule.kind = HolidayRule::Kind::western_easter;
  } else if (easter == "orthodox") {
    rule.kind = HolidayRule::Kind::orthodox_easter;
  } else if (easter) {
    problems.add(*value.find("easter"),
                 "expected `western` or `orthodox`, got " + backticked(*easter));
  }
  const auto offset = bounded(reader, value, "offset", -366, 366, problems);
  reader.finish();
  if (rule.kind == HolidayRule::Kind::fixed || !offset) return std::nullopt;
  rule.offset = *offset;
  return rule;
}

std::optional<HolidayRule> read_weekday(json::Value value, json::Problems& problems) {
  json::ObjectReader reader(value, problems);
  HolidayRule rule;
  rule.kind = HolidayRule::Kind::nth_weekday;
  std::optional<std::int32_t> weekday;
  if (const auto written = reader.any("weekday", true)) {
    weekday = calendar::read_weekday(*written, problems);
  }
  const auto nth = bounded(reader, value, "nth", -1, 5, problems);
  if (nth == 0) problems.add(*value.find("nth"), "expected 1 to 5, or -1 for the last");
  const auto month = bounded(reader, value, "month", 1, 12, problems);
  reader.finish();
  if (!weekday || !nth || *nth == 0 || !month) return std::nullopt;
  rule.weekday = *weekday;
  rule.nth = *nth;
  rule.month = *month;
  return rule;
}

}  // namespace

std::optional<Date> HolidayRule::in_year(std::int32_t year) const noexcept {
  if (year < 1 || year > 9999) return std::nullopt;
  std::optional<Date> sunday;
  switch (kind) {
    case Kind::fixed:
      return date_from({year, month, day});
    case Kind::nth_weekday:
      return nth_weekday(year, *this);
    case Kind::western_easter:
      sunday = western_easter(year);
      break;
    case Kind::orthodox_easter:
      sunday = orthodox_easter(year);
      break;
  }
  if (!sunday) return std::nullopt;
  const std::int64_t moved = std::int64_t{*sunday} + offset;
  if (moved < date_min || moved > date_max) return std::nullopt;
  return static_cast<Date>(moved);
}

std::optional<HolidayRule> HolidayRule::read(json::Value value, json::Problems& problems) {
  if (value.is(json::Type::string)) return read_fixed(value, problems);
  if (value.is(json::Type::object)) {
    if (value.find("easter")) return read_easter(value, problems);
    if (value.find("weekday")) return read_weekday(value, problems);
  }
  problems.add(value,
               "expected a day of every year: `MM-DD`, an object with `easter` and `offset`, or "
               "one with `weekday`, `nth` and `month`");
  return std::nullopt;
}

}  // namespace partnership
