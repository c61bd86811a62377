// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic of small numbers (an int64 with a scale) that stays small, to be inlined where
// expressions run. Each gives false, and leaves `out` alone, where number.hpp must be asked.
#pragma once

#include <array>
#include <cstdint>

#include "feel/value.hpp"

namespace partnership::feel {

inline constexpr unsigned most_scale = 18;
inline constexpr std::array<std::int64_t, most_scale + 1> small_powers = [] {
  std::array<std::int64_t, most_scale + 1> out{};
  std::int64_t power = 1;
  for (unsigned i = 0; i <= most_scale; ++i) {
    out[i] = power;
    if (i < most_scale) power *= 10;
  }
  return out;
}();

// Both numbers to the larger of their scales.
inline bool align_small(Value left, Value right, std::int64_t& one, std::int64_t& other,
                        unsigned& scale) noexcept {
  one = left.coefficient();
  other = right.coefficient();
  const unsigned scale_left = left.scale(), scale_right = right.scale();
  scale = scale_left;
  if (scale_left == scale_right) return true;
  if (scale_left > scale_right) {
    return !__builtin_mul_overflow(other, small_powers[scale_left - scale_right], &other);
  }
  scale = scale_right;
  return !__builtin_mul_overflow(one, small_powers[scale_right - scale_left], &one);
}

inline bool add_small(Value left, Value right, Value& out) noexcept {
  std::int64_t one = 0, other = 0, sum = 0;
  unsigned scale = 0;
  if (!left.is_small() || !right.is_small() || !align_small(left, right, one, other, scale) ||
      __builtin_add_overflow(one, other, &sum)) {
    return false;
  }
  out = Value::small_number(sum, scale);
  return true;
}

inline bool subtract_small(Value left, Value right, Value& out) noexcept {
  std::int64_t one = 0, other = 0, difference = 0;
  unsigned scale = 0;
  if (!left.is_small() || !right.is_small() || !align_small(left, right, one, other, scale) ||
      __builtin_sub_overflow(one, other, &difference)) {
    return false;
  }
  out = Value::small_number(difference, scale);
  return true;
}

inline bool multiply_small(Value left, Value right, Value& out) noexcept {
  std::int64_t product = 0;
  if (!left.is_small() || !right.is_small() || left.scale() + right.scale() > most_scale ||
      __builtin_mul_overflow(left.coefficient(), right.coefficient(), &product)) {
    return false;
  }
  out = Value::small_number(product, left.scale() + right.scale());
  return true;
}

// Without zeros behind the point: equal numbers become the same pair.
inline void strip_small(std::int64_t& coefficient, unsigned& scale) noexcept {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
}

// `order` becomes -1, 0 or 1.
inline bool compare_small(Value left, Value right, int& order) noexcept {
  std::int64_t one = 0, other = 0;
  unsigned scale = 0;
  if (!left.is_small() || !right.is_small() || !align_small(left, right, one, other, scale)) {
    return false;
  }
  order = one < other ? -1 : (one > other ? 1 : 0);
  return true;
}

}  // namespace partnership::feel
