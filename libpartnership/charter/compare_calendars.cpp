// SPDX-License-Identifier: Apache-2.0
#include "charter/compare_calendars.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace partnership::charter {

namespace {

constexpr std::size_t most_told = 31;

enum class Day : std::uint8_t { unknown, off, working };

Day day_of(const Calendar& calendar, Date day) {
  if (day < calendar.valid_from() || day >= calendar.valid_to()) return Day::unknown;
  return calendar.is_working_day(day) ? Day::working : Day::off;
}

std::string told(Date first, Date last, Day day) {
  std::string out = iso(first);
  if (first != last) out += " to " + iso(last);
  switch (day) {
    case Day::unknown:
      return out + ": not known";
    case Day::off:
      return out + (first == last ? ": a day off" : ": days off");
    case Day::working:
      return out + (first == last ? ": a working day" : ": working days");
  }
  return out;
}

}  // namespace

std::vector<CalendarDifference> differing_days(const Calendar& before, const Calendar& after) {
  std::vector<CalendarDifference> out;
  // Beyond where both hold only that one of them does is told.
  const Date first = std::min(before.valid_from(), after.valid_from());
  const Date both_from = std::max(before.valid_from(), after.valid_from());
  const Date both_to = std::min(before.valid_to(), after.valid_to());
  const Date last = std::max(before.valid_to(), after.valid_to());
  const auto known = [&](const Calendar& calendar, Date from, Date to) {
    const bool holds = calendar.valid_from() <= from && to <= calendar.valid_to();
    return iso(from) + " to " + iso(to - 1) + (holds ? ": known" : ": not known");
  };
  const auto edge = [&](Date from, Date to) {
    if (from < to) out.push_back({known(before, from, to), known(after, from, to)});
  };
  if (both_from >= both_to) {  // nothing in common
    edge(before.valid_from(), before.valid_to());
    edge(after.valid_from(), after.valid_to());
    return out;
  }
  edge(first, both_from);
  Date further = 0;
  for (Date day = both_from; day < both_to;) {
    const Day a = day_of(before, day), b = day_of(after, day);
    if (a == b) {
      ++day;
      continue;
    }
    Date end = day + 1;
    while (end < both_to && day_of(before, end) == a && day_of(after, end) == b) ++end;
    if (out.size() < most_told) {
      out.push_back({told(day, end - 1, a), told(day, end - 1, b)});
    } else {
      further += end - day;
    }
    day = end;
  }
  if (further > 0) {
    const std::string more = std::to_string(further) + " further days";
    out.push_back({more, more});
  }
  edge(both_to, last);
  return out;
}

std::string text_of(const HolidayRule& day) {
  static constexpr std::array<std::string_view, 8> weekdays = {
      "", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  const auto two = [](std::int32_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  switch (day.kind) {
    case HolidayRule::Kind::fixed:
      return two(day.month) + "-" + two(day.day);
    case HolidayRule::Kind::western_easter:
    case HolidayRule::Kind::orthodox_easter: {
      const bool western = day.kind == HolidayRule::Kind::western_easter;
      return (western ? "western easter " : "orthodox easter ") +
             std::string(day.offset < 0 ? "" : "+") + std::to_string(day.offset);
    }
    case HolidayRule::Kind::nth_weekday:
      return std::string(weekdays[static_cast<std::size_t>(day.weekday)]) + " " +
             std::to_string(day.nth) + " of month " + std::to_string(day.month);
  }
  return {};
}

}  // namespace partnership::charter
