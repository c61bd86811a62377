// SPDX-License-Identifier: Apache-2.0
#include "charter/period.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::charter {

namespace {

using Unit = PeriodOf::Unit;

Date in_range(std::int64_t day) noexcept {
  return day < date_min || day > date_max ? date_none : static_cast<Date>(day);
}

// The conversions of base/date.hpp, for days that are known to be in range: written here, the
// compiler keeps their parts in registers, which halves what a deadline costs. After Howard
// Hinnant's days_from_civil; years begin on 1 March.
constexpr Date march_of_0 = -719'468;

struct Civil {
  std::int32_t year, month, day;
};

inline Civil civil_of(Date date) noexcept {
  const auto days = static_cast<std::uint32_t>(date - march_of_0);
  const std::uint32_t era = days / 146'097, of_era = days % 146'097;
  const std::uint32_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::uint32_t month = (5 * of_year + 2) / 153;
  const std::uint32_t day = of_year - (153 * month + 2) / 5 + 1;
  const bool next = month >= 10;
  return {static_cast<std::int32_t>(year + era * 400 + (next ? 1 : 0)),
          static_cast<std::int32_t>(next ? month - 9 : month + 3), static_cast<std::int32_t>(day)};
}

inline Date date_of(Civil civil) noexcept {
  const auto year = static_cast<std::uint32_t>(civil.month <= 2 ? civil.year - 1 : civil.year);
  const std::uint32_t era = year / 400, of_era = year % 400;
  const auto month =
      static_cast<std::uint32_t>(civil.month > 2 ? civil.month - 3 : civil.month + 9);
  const std::uint32_t of_year = (153 * month + 2) / 5 + static_cast<std::uint32_t>(civil.day) - 1;
  return static_cast<Date>(era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year) +
         march_of_0;
}

inline std::int32_t last_day_of(std::int32_t year, std::int32_t month) noexcept {
  if (month != 2) return 30 + ((month + (month >> 3)) & 1);
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return leap ? 29 : 28;
}

// That day of the month, or its last.
inline Date clipped(Civil civil) noexcept {
  if (civil.year < 1 || civil.year > 9999) return date_none;
  civil.day = std::min(civil.day, last_day_of(civil.year, civil.month));
  return date_of(civil);
}

Date add_months(Date day, std::int64_t months) noexcept {
  const Civil civil = civil_of(day);
  const std::int64_t month = std::int64_t{civil.year} * 12 + (civil.month - 1) + months;
  if (month < 12 || month >= 120'000) return date_none;  // the years 1 to 9999
  return clipped({static_cast<std::int32_t>(month / 12), static_cast<std::int32_t>(month % 12) + 1,
                  civil.day});
}

// Asks the calendar nothing that it would refuse.
Date add_working_days(Date day, std::int64_t n, const Calendar* calendar) {
  if (n == 0) return day;
  if (calendar == nullptr) return date_none;
  const Date first = calendar->valid_from(), end = calendar->valid_to();
  const std::int64_t edge = n > 0 ? std::int64_t{day} + 1 : day;
  if (edge < first || edge > end) return date_none;
  const Date from = n > 0 ? static_cast<Date>(edge) : first;
  const Date to = n > 0 ? end : static_cast<Date>(edge);
  const std::int64_t there = from == to ? 0 : calendar->working_days_between(from, to);
  if (there < (n > 0 ? n : -n)) return date_none;
  return calendar->add_working_days(day, static_cast<std::int32_t>(n));
}

Date shifted(Date day, const Length& length, std::int64_t times, const Calendar* calendar) {
  std::int64_t count = 0;
  if (__builtin_mul_overflow(std::int64_t{length.count}, times, &count)) return date_none;
  constexpr std::int64_t most = std::int64_t{1} << 40;  // more than any two days are apart
  if (count > most || count < -most) return date_none;
  switch (length.unit) {
    case Unit::days:
      return in_range(day + count);
    case Unit::weeks:
      return in_range(day + 7 * count);
    case Unit::working_days:
      return add_working_days(day, count, calendar);
    case Unit::months:
      return add_months(day, count);
    case Unit::years:
      return add_months(day, 12 * count);
    default:
      return date_none;
  }
}

std::optional<Length> days_length(std::int64_t days) noexcept {
  if (days < 0 || days > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return Length{Unit::days, static_cast<std::int32_t>(days)};
}

// The day of a rule in a year; of 02-29 the last of February.
Date day_of(const HolidayRule& rule, std::int32_t year) noexcept {
  if (rule.kind == HolidayRule::Kind::fixed) return clipped({year, rule.month, rule.day});
  return rule.in_year(year).value_or(date_none);
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

Date day_after(Date day, const Length& length, const Calendar* calendar, std::int64_t times) {
  if (length.unit == Unit::next_year) {
    return clipped({civil_of(day).year + 1, length.month, length.day});
  }
  return shifted(day, length, times, calendar);
}

Date day_before(Date day, const Length& length, const Calendar* calendar) {
  return shifted(day, length, -1, calendar);
}

Date working_day_from(Date day, const Calendar* calendar) {
  if (calendar == nullptr || day < calendar->valid_from() || day >= calendar->valid_to()) {
    return date_none;
  }
  if (calendar->working_days_between(day, calendar->valid_to()) == 0) return date_none;
  return calendar->next_working_day(day);
}

Days window_in(const Window& window, std::int32_t year) noexcept {
  const Date from = day_of(window.from, year);
  Date to = day_of(window.to, year);
  // Over the turn of the year.
  if (from != date_none && to != date_none && to < from) to = day_of(window.to, year + 1);
  if (from == date_none || to == date_none) return {};
  return {from, to};
}

WindowDays::WindowDays(const Window& window) : window_(window), table_(years) {
  for (std::uint32_t i = 0; i < years; ++i) {
    table_[i] = window_in(window, first_year + static_cast<std::int32_t>(i));
  }
}

namespace {

constexpr Date most_grown = 400 * 366;  // some that grow by nearly a year each year never end

}  // namespace

Date grown(Date from, Date least, std::span<const Growing> grows, const Calendar* calendar) {
  if (grows.empty()) return least;
  // Windows of a later year begin later, and `from` stays: those of one rule are met in turn. The
  // days that one counts from Easter may lie in the year beside.
  std::array<std::int32_t, 8> few;
  std::vector<std::int32_t> many(grows.size() > few.size() ? grows.size() : 0);
  const std::span<std::int32_t> next =
      many.empty() ? std::span<std::int32_t>(few).first(grows.size()) : many;
  std::ranges::fill(next, civil_of(from).year - 2);
  std::int32_t last = civil_of(least).year + 2;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < grows.size(); ++i) {
      for (; next[i] <= last; ++next[i]) {
        const Days days = grows[i].window->in(next[i]);
        if (days.from == date_none || days.to < from) continue;
        if (days.from >= least) break;
        const Date longer = day_after(least, grows[i].by, calendar);
        if (longer == date_none || longer - from > most_grown) return date_none;
        if (longer == least) continue;
        changed = true;
        least = longer;
        last = civil_of(least).year + 2;
      }
    }
  }
  return least;
}

}  // namespace partnership::charter
