// SPDX-License-Identifier: Apache-2.0
//
// Which days two calendars take differently.
#pragma once

#include <string>
#include <vector>

#include "base/calendar.hpp"

namespace partnership::charter {

// Days one after another that differ in the same way: "2019-05-01: a working day" against
// "2019-05-01: a day off"; "2030-01-01 to 2030-12-31: not known" where only one calendar goes so
// far. Behind some thirty of them only how many days more there are.
struct CalendarDifference {
  std::string before, after;
};
std::vector<CalendarDifference> differing_days(const Calendar& before, const Calendar& after);

// As documents write it: "08-15", "western easter -2", "monday 1 of month 5" (-1: the last).
std::string text_of(const HolidayRule& day);

}  // namespace partnership::charter
