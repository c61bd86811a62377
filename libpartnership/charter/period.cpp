// SPDX-License-Identifier: Apache-2.0
#include "charter/period.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::charter {

namespace {

using Unit = PeriodOf::Unit;

std::optional<Date> day_in_range(std::int64_t day) noexcept {
  if (day < date_min || day > date_max) return std::nullopt;
  return static_cast<Date>(day);
}

std::int32_t last_day_of(std::int32_t year, std::int32_t month) noexcept {
  constexpr std::array<std::int8_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> clipped(std::int32_t year, std::int32_t month, std::int32_t day) noexcept {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  return date_from({year, month, std::min(day, last_day_of(year, month))});
}

std::optional<Date> add_months(Date day, std::int64_t months) noexcept {
  const YearMonthDay ymd = ymd_of(day);
  const std::int64_t month = std::int64_t{ymd.year} * 12 + (ymd.month - 1) + months;
  if (month < 12 || month >= 120'000) return std::nullopt;  // the years 1 to 9999
  return clipped(static_cast<std::int32_t>(month / 12), static_cast<std::int32_t>(month % 12) + 1,
                 ymd.day);
}

// Asks the calendar nothing that it would refuse.
std::optional<Date> add_working_days(Date day, std::int64_t n, const Calendar* calendar) {
  if (n == 0) return day;
  if (calendar == nullptr) return std::nullopt;
  const Date first = calendar->valid_from(), end = calendar->valid_to();
  const std::int64_t edge = n > 0 ? std::int64_t{day} + 1 : day;
  if (edge < first || edge > end) return std::nullopt;
  const Date from = n > 0 ? static_cast<Date>(edge) : first;
  const Date to = n > 0 ? end : static_cast<Date>(edge);
  const std::int64_t there = from == to ? 0 : calendar->working_days_between(from, to);
  if (there < (n > 0 ? n : -n)) return std::nullopt;
  return calendar->add_working_days(day, static_cast<std::int32_t>(n));
}

std::optional<Date> shifted(Date day, const Length& length, std::int64_t times,
                            const Calendar* calendar) {
  std::int64_t count = 0;
  if (__builtin_mul_overflow(std::int64_t{length.count}, times, &count)) return std::nullopt;
  constexpr std::int64_t most = std::int64_t{1} << 40;  // more than any two days are apart
  if (count > most || count < -most) return std::nullopt;
  switch (length.unit) {
    case Unit::days:
      return day_in_range(day + count);
    case Unit::weeks:
      return day_in_range(day + 7 * count);
    case Unit::working_days:
      return add_working_days(day, count, calendar);
    case Unit::months:
      return add_months(day, count);
    case Unit::years:
      return add_months(day, 12 * count);
    default:
      return std::nullopt;
  }
}

std::optional<Length> days_length(std::int64_t days) noexcept {
  if (days < 0 || days > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return Length{Unit::days, static_cast<std::int32_t>(days)};
}

// The day of a rule in a year; of 02-29 the last of February.
std::optional<Date> day_of(const HolidayRule& rule, std::int32_t year) noexcept {
  if (rule.kind == HolidayRule::Kind::fixed) return clipped(year, rule.month, rule.day);
  return rule.in_year(year);
}

}  // namespace

std::optional<Length> length_of(feel::Value value) noexcept {
  switch (value.kind()) {
    case feel::Kind::number: {
      const std::optional<std::int64_t> days = feel::to_int64(value);
      return days ? days_length(*days) : std::nullopt;
    }
    case feel::Kind::days_time_duration:
      if (value.nanoseconds() != 0 || value.seconds() % feel::seconds_per_day != 0) {
        return std::nullopt;
      }
      return days_length(value.seconds() / feel::seconds_per_day);
    case feel::Kind::years_months_duration: {
      const std::int64_t months = value.months();
      if (months < 0 || months > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
      return Length{Unit::months, static_cast<std::int32_t>(months)};
    }
    default:
      return std::nullopt;
  }
}

std::optional<Date> day_after(Date day, const Length& length, const Calendar* calendar,
                              std::int64_t times) {
  if (length.unit == Unit::next_year) {
    return clipped(ymd_of(day).year + 1, length.month, length.day);
  }
  return shifted(day, length, times, calendar);
}

std::optional<Date> day_before(Date day, const Length& length, const Calendar* calendar) {
  return shifted(day, length, -1, calendar);
}

std::optional<Date> working_day_from(Date day, const Calendar* calendar) {
  if (calendar == nullptr || day < calendar->valid_from() || day >= calendar->valid_to()) {
    return std::nullopt;
  }
  if (calendar->working_days_between(day, calendar->valid_to()) == 0) return std::nullopt;
  return calendar->next_working_day(day);
}

std::optional<Days> window_in(const Window& window, std::int32_t year) noexcept {
  const std::optional<Date> from = day_of(window.from, year);
  std::optional<Date> to = day_of(window.to, year);
  if (from && to && *to < *from) to = day_of(window.to, year + 1);  // over the turn of the year
  if (!from || !to) return std::nullopt;
  return Days{*from, *to};
}

std::optional<Date> grown(Date from, Date least, std::span<const Growing> grows,
                          const Calendar* calendar) {
  if (grows.empty()) return least;
  // Windows of a later year begin later, and `from` stays: those of one rule are met in turn. The
  // days that one counts from Easter may lie in the year beside.
  std::array<std::int32_t, 8> few{};
  std::vector<std::int32_t> many(grows.size() > few.size() ? grows.size() : 0);
  const std::span<std::int32_t> next = many.empty() ? std::span<std::int32_t>(few) : many;
  std::ranges::fill(next, ymd_of(from).year - 2);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < grows.size(); ++i) {
      for (; next[i] <= ymd_of(least).year + 2; ++next[i]) {
        const std::optional<Days> days = window_in(*grows[i].window, next[i]);
        if (!days || days->to < from) continue;
        if (days->from >= least) break;
        const std::optional<Date> longer = day_after(least, grows[i].by, calendar);
        if (!longer) return std::nullopt;
        changed = changed || *longer != least;
        least = *longer;
      }
    }
  }
  return least;
}

}  // namespace partnership::charter
