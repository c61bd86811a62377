// SPDX-License-Identifier: Apache-2.0
//
// A second way to reckon with days: one day after another, on a calendar kept by hand. It shares no
// code with charter/period.cpp or base/calendar.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/json.hpp"
#include "charter/charter.hpp"

namespace partnership::charter::naive {

// A day that knows the next one.
struct Day {
  int year, month, day;
  Date number;
  int weekday;  // 1 Monday to 7 Sunday

  static Day of(Date number) {
    Day out{1970, 1, 1, 0, 4};
    while (out.number + 365 < number) out.add_year();
    while (out.number < number) out.step();
    return out;
  }
  static int length(int year, int month) {
    constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  }
  int last() const { return length(year, month); }
  void step() {
    ++number;
    weekday = weekday % 7 + 1;
    if (++day <= last()) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }

 private:
  void add_year() {  // from one 1 January to the next
    const int days = 337 + length(year, 2);
    number += days;
    weekday = (weekday - 1 + days) % 7 + 1;
    ++year;
  }
};

struct Calendar {
  Date from, to;
  std::set<int> weekend;
  std::set<Date> holidays;

  bool works(const Day& day) const {
    return weekend.count(day.weekday) == 0 && holidays.count(day.number) == 0;
  }
  std::string json() const {
    constexpr std::array<std::string_view, 7> names = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    json::Writer out;
    out.begin_object().key("calendar").value("naive").key("title").value("Naive");
    out.key("valid").begin_object().key("from").value(iso(from)).key("to").value(iso(to));
    out.end_object().key("weekend").begin_array();
    for (const int day : weekend) out.value(names[static_cast<std::size_t>(day - 1)]);
    out.end_array().key("holidays").begin_array();
    for (const Date day : holidays) {
      out.begin_object().key("date").value(iso(day)).key("name").value("Holiday").end_object();
    }
    out.end_array().end_object();
    return out.take();
  }

  // A weekend of one to two days and a holiday in fourteen days.
  static Calendar random(std::mt19937& random, Date from, Date to) {
    static const std::array<std::set<int>, 4> weekends = {std::set<int>{6, 7}, std::set<int>{5, 6},
                                                          std::set<int>{5}, std::set<int>{7}};
    Calendar out{from, to, weekends[random() % weekends.size()], {}};
    for (Date day = from; day < to; day += 1 + static_cast<Date>(random() % 28)) {
      out.holidays.insert(day);
    }
    return out;
  }
};

using Unit = PeriodOf::Unit;

struct Period {
  Unit unit = Unit::days;
  int count = 1;
  int month = 1, day = 1;  // next_year

  std::string text() const {
    constexpr std::array<std::string_view, 5> units = {"days", "working days", "weeks", "months",
                                                       "years"};
    if (unit == Unit::next_year) {
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      return two(month) + "-" + two(day) + " of the next year";
    }
    return std::to_string(count) + " " + std::string(units[static_cast<std::size_t>(unit)]);
  }
};

// Steps from a day until a period has passed.
inline Date after(Date start, const Period& period, const Calendar& calendar) {
  Day day = Day::of(start);
  const Day first = day;
  int days = 0, working = 0, months = 0;
  for (;;) {
    const int clipped = first.day < day.last() ? first.day : day.last();
    const int wanted = period.day < day.last() ? period.day : day.last();
    switch (period.unit) {
      case Unit::days:
        if (days == period.count) return day.number;
        break;
      case Unit::weeks:
        if (days == 7 * period.count) return day.number;
        break;
      case Unit::working_days:
        if (working == period.count) return day.number;
        break;
      case Unit::months:
        if (months == period.count && day.day == clipped) return day.number;
        break;
      case Unit::years:
        if (months == 12 * period.count && day.day == clipped) return day.number;
        break;
      default:
        if (day.year == first.year + 1 && day.month == period.month && day.day == wanted) {
          return day.number;
        }
        break;
    }
    day.step();
    ++days;
    if (calendar.works(day)) ++working;
    if (day.day == 1) ++months;
  }
}

// The day from which a period leads to `end`, or for months and years the same day of an earlier
// month or its last.
inline Date before(Date end, const Period& period, const Calendar& calendar) {
  const Day last = Day::of(end);
  Date day = end;
  int days = 0, working = 0;
  int year = last.year, month = last.month;
  for (int i = 0; i < period.count * (period.unit == Unit::years ? 12 : 1); ++i) {
    if (--month == 0) {
      month = 12;
      --year;
    }
  }
  for (;; --day, ++days) {
    const Day at = Day::of(day);
    if (day != end && calendar.works(at)) ++working;
    const int clipped = last.day < at.last() ? last.day : at.last();
    switch (period.unit) {
      case Unit::days:
        if (days == period.count) return day;
        break;
      case Unit::weeks:
        if (days == 7 * period.count) return day;
        break;
      case Unit::working_days:
        if (working == period.count) return day;
        break;
      default:
        if (at.year == year && at.month == month && at.day == clipped) return day;
        break;
    }
  }
}

inline Date working_day_from(Date start, const Calendar& calendar) {
  Day day = Day::of(start);
  while (!calendar.works(day)) day.step();
  return day.number;
}

}  // namespace partnership::charter::naive
