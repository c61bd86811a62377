// SPDX-License-Identifier: Apache-2.0
//
// What periods make of days. Days are inclusive: 15 days after the 1st is the 16th, and what is
// done on the 16th is done in time.
//
// What it will not do: throw, or guess. Where a day would lie outside the years 1 to 9999, or
// outside the validity of the calendar whose working days are counted, the answer is date_none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "charter/charter.hpp"
#include "feel/value.hpp"

namespace partnership::charter {

// A period whose length is known: of any unit but `feel`.
struct Length {
  PeriodOf::Unit unit = PeriodOf::Unit::days;
  std::int32_t count = 0;
  std::int32_t month = 0, day = 0;  // next_year
  bool operator==(const Length&) const = default;
};

// Of a period that is written out (its unit is not `feel`).
constexpr Length length_of(const PeriodOf& period) noexcept {
  return {period.unit, period.count, period.month, period.day};
}
// Of what a FEEL expression gave: a whole number of days, a duration of whole days, a duration of
// months; none of them below zero. nullopt: anything else.
std::optional<Length> length_of(feel::Value value) noexcept;

// The day that lies `times` periods after `day`.
//   days, weeks: so many days after;
//   working days: the n-th working day after, not counting `day` itself;
//   months, years: the same day of the month, or its last day where the month is shorter (31
//     January and a month: 28 or 29 February);
//   next_year: that day of the year after `day`'s (02-29: the last of February); once.
Date day_after(Date day, const Length& length, const Calendar* calendar, std::int64_t times = 1);
// The day that lies a period before `day`; of next_year there is none.
Date day_before(Date day, const Length& length, const Calendar* calendar);

// `day`, or the next working day where it is a day off.
Date working_day_from(Date day, const Calendar* calendar);

// Both ends inclusive; date_none: there are none.
struct Days {
  Date from = date_none, to = date_none;
  bool operator==(const Days&) const = default;
};
// The window that begins in a year (02-29 is the last of February). None where it does not lie in
// the years 1 to 9999.
Days window_in(const Window& window, std::int32_t year) noexcept;

// The same, from a table where the year is one of our time.
class WindowDays {
 public:
  explicit WindowDays(const Window& window);
  Days in(std::int32_t year) const noexcept {
    const auto at = static_cast<std::uint32_t>(year - first_year);
    return at < years ? table_[at] : window_in(window_, year);
  }

 private:
  static constexpr std::int32_t first_year = 1900;
  static constexpr std::uint32_t years = 300;
  Window window_;
  std::vector<Days> table_;
};

// How a duration grows: [from, least) becomes longer by `by` for each window of any year that it
// meets, once each; also for those that it meets only because it has grown. date_none: to more than
// four hundred years.
struct Growing {
  const WindowDays* window;
  Length by;
};
Date grown(Date from, Date least, std::span<const Growing> grows, const Calendar* calendar);

}  // namespace partnership::charter
