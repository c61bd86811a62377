// SPDX-License-Identifier: Apache-2.0
//
// What the parts of temporal*.cpp share.
#pragma once

#include <cstdint>
#include <optional>

#include "feel/temporal.hpp"

namespace partnership::feel {

constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) noexcept {
  const std::int64_t quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}
constexpr std::int64_t floor_modulo(std::int64_t dividend, std::int64_t divisor) noexcept {
  const std::int64_t rest = dividend % divisor;
  return rest < 0 ? rest + divisor : rest;
}

std::int32_t month_length(std::int64_t year, std::int32_t month) noexcept;

// A time as the date and time of its day.
inline DateTime parts_of_time(Value time) noexcept {
  const Zoning zoning = time.zoning();
  return {0, time.nanoseconds_of_day(), zoning == Zoning::offset ? time.offset() : 0,
          zoning == Zoning::zone ? time.zone() : std::uint16_t{0}, zoning};
}

constexpr std::optional<Value> bounded_days_time(std::int64_t seconds,
                                                 std::uint32_t nanoseconds) noexcept {
  if (seconds < -most_duration || seconds > most_duration ||
      (seconds == most_duration && nanoseconds > 0)) {
    return std::nullopt;
  }
  return Value::days_time(seconds, nanoseconds);
}
constexpr std::optional<Value> bounded_years_months(std::int64_t months) noexcept {
  if (months < -most_duration || months > most_duration) return std::nullopt;
  return Value::years_months(months);
}

}  // namespace partnership::feel
