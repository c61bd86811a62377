// SPDX-License-Identifier: Apache-2.0
//
// Coefficients of int64 at another scale.
#pragma once

#include <cstdint>
#include <optional>

#include "feel/number_fast.hpp"

namespace partnership::feel {

// value * 10^power; nullopt past int64.
constexpr std::optional<std::int64_t> times_power(std::int64_t value, unsigned power) noexcept {
  if (power > most_scale) return value == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
  std::int64_t out = 0;
  if (__builtin_mul_overflow(value, small_powers[power], &out)) return std::nullopt;
  return out;
}

}  // namespace partnership::feel
