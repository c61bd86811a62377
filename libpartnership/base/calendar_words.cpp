// SPDX-License-Identifier: Apache-2.0
#include "base/calendar_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::calendar {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

}  // namespace

std::optional<std::int32_t> read_weekday(json::Value value, json::Problems& problems) {
  if (!value.is(json::Type::string)) {
    problems.add(value, "expected the name of a weekday, got " + json::a_type(value.type()));
    return std::nullopt;
  }
  const auto* found = std::find(weekdays.begin(), weekdays.end(), value.text());
  if (found != weekdays.end()) return static_cast<std::int32_t>(found - weekdays.begin()) + 1;
  std::string message = "there is no weekday " + backticked(value.text());
  const std::string_view nearest = nearest_spelling(value.text(), weekdays);
  if (!nearest.empty()) message += ", the nearest is " + backticked(nearest);
  problems.add(value, std::move(message));
  return std::nullopt;
}

std::optional<Date> read_date(json::Value value, json::Problems& problems) {
  if (!value.is(json::Type::string)) {
    problems.add(
        value, "expected a date as a text such as `2018-08-27`, got " + json::a_type(value.type()));
    return std::nullopt;
  }
  try {
    return parse_date(value.text());
  } catch (const Error& error) {
    problems.add(value, error.problems().front().message);
    return std::nullopt;
  }
}

}  // namespace partnership::calendar
