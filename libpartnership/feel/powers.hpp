// SPDX-License-Identifier: Apache-2.0
//
// Powers of ten within int64.
#pragma once

#include <cstdint>
#include <optional>

namespace partnership::feel {

inline constexpr unsigned most_power = 18;
inline constexpr std::int64_t powers_of_ten[most_power + 1] = {1,
                                                               10,
                                                               100,
                                                               1000,
                                                               10000,
                                                               100000,
                                                               1000000,
                                                               10000000,
                                                               100000000,
                                                               1000000000,
                                                               10000000000,
                                                               100000000000,
                                                               1000000000000,
                                                               10000000000000,
                                                               100000000000000,
                                                               1000000000000000,
                                                               10000000000000000,
                                                               100000000000000000,
                                                               1000000000000000000};

// value * 10^power; nullopt past int64 or where the power is more than 18.
constexpr std::optional<std::int64_t> times_power(std::int64_t value, unsigned power) noexcept {
  std::int64_t out = 0;
  if (power > most_power) return value == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
  if (__builtin_mul_overflow(value, powers_of_ten[power], &out)) return std::nullopt;
  return out;
}

}  // namespace partnership::feel
