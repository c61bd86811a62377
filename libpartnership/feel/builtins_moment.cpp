// SPDX-License-Identifier: Apache-2.0
//
// The functions over dates: their parts in words and numbers (DMN 1.5, table 79), the moment of the
// call, and the working days of its calendar.
#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

std::int64_t first_of_year(std::int64_t year) {
  return days_of({year, 1, 1}).value_or(0);
}

// The week of a day is that of its Thursday.
std::int64_t iso_week(std::int64_t day) {
  const std::int64_t thursday = day + 4 - weekday(day);
  // Counted from the day itself where the Thursday lies outside the years there are.
  const Civil civil = civil_of(thursday);
  return (thursday - first_of_year(civil.year)) / 7 + 1;
}

// Days that are too far away for a calendar become ones that it refuses.
Date calendar_day(std::int64_t day) noexcept {
  const bool fits = day >= date_min && day <= date_max;
  return fits ? static_cast<Date>(day) : day < 0 ? date_min - 1 : date_max + 1;
}

// The calendar's answer; null and a warning with its words where it has none.
template <class Ask>
Value ask_calendar(Evaluation& evaluation, std::string_view function, const Ask& ask) {
  const Calendar* calendar = evaluation.moment().calendar;
  std::string problem = "no calendar was given";
  try {
    if (calendar != nullptr) return ask(*calendar);
  } catch (const Error& error) {
    problem = error.what();
  }
  const std::string what = std::string(function) + ": " + problem;
  return evaluation.warn(WarningKind::no_result, evaluation.arena().copy(what));
}

}  // namespace

Value is(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "is", given);
  if (!in.has(0) && !in.has(1)) return in.wrong(WarningKind::wrong_call);
  const Value left = in.value(0), right = in.value(1);
  spend_on(evaluation, left);
  return yes_or_no(identical(left, right));
}

Value day_of_year(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "day of year", given);
  const std::int64_t day = in.day(0);
  if (in.failed()) return {};
  return number(day - first_of_year(civil_of(day).year) + 1);
}

Value day_of_week(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "day of week", given);
  const std::int64_t day = in.day(0);
  if (in.failed()) return {};
  return Value::string(weekdays[static_cast<std::size_t>(weekday(day) - 1)]);
}

Value month_of_year(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "month of year", given);
  const std::int64_t day = in.day(0);
  if (in.failed()) return {};
  return Value::string(months[static_cast<std::size_t>(civil_of(day).month - 1)]);
}

Value week_of_year(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "week of year", given);
  const std::int64_t day = in.day(0);
  return in.failed() ? Value() : number(iso_week(day));
}

Value now(Evaluation& evaluation, std::span<const Value>) {
  const Moment& moment = evaluation.moment();
  if (!moment.given) return evaluation.warn(WarningKind::no_result, "now");
  return make_date_time(evaluation.arena(),
                        {moment.today, moment.nanoseconds, 0, 0, Zoning::offset});
}

Value today(Evaluation& evaluation, std::span<const Value>) {
  const Moment& moment = evaluation.moment();
  if (!moment.given) return evaluation.warn(WarningKind::no_result, "today");
  return Value::date(moment.today);
}

Value working_days_between(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "working days between", given);
  const Date from = calendar_day(in.day(0)), to = calendar_day(in.day(1));
  if (in.failed()) return {};
  return ask_calendar(evaluation, "working days between", [&](const Calendar& calendar) {
    return number(std::int64_t{calendar.working_days_between(from, to)});
  });
}

Value add_working_days(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "add working days", given);
  const Date day = calendar_day(in.day(0));
  const std::int64_t n = in.integer(1);
  if (in.failed()) return {};
  using Limits = std::numeric_limits<std::int32_t>;
  if (n < Limits::min() + 1 || n > Limits::max()) return in.no_result(given[0], given[1]);
  return ask_calendar(evaluation, "add working days", [&](const Calendar& calendar) {
    return Value::date(calendar.add_working_days(day, static_cast<std::int32_t>(n)));
  });
}

Value is_working_day(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "is working day", given);
  const Date day = calendar_day(in.day(0));
  if (in.failed()) return {};
  return ask_calendar(evaluation, "is working day", [&](const Calendar& calendar) {
    return yes_or_no(calendar.is_working_day(day));
  });
}

}  // namespace partnership::feel::builtin
