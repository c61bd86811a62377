// SPDX-License-Identifier: Apache-2.0
//
// The inside of a decimal: sign, coefficient and exponent, as integers. What the parts of
// number*.cpp share; nothing else includes it.
//
// The encoding is that of IEEE 754-2008 decimal128 with a binary coefficient: the sign, 14 bits of
// exponent (biased by 6176), 113 bits of coefficient, which is always below 10^34.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "feel/number.hpp"

namespace partnership::feel {

__extension__ using U128 = unsigned __int128;
__extension__ using I128 = __int128;

struct Parts {  // (negative ? -1 : 1) * coefficient * 10^exponent
  U128 coefficient;
  std::int64_t exponent;
  bool negative;
};

inline constexpr int number_digits = 34;
inline constexpr std::int64_t least_exponent = -6176, most_exponent = 6111;

inline constexpr std::array<U128, 39> powers_of_ten = [] {
  std::array<U128, 39> out{};
  U128 power = 1;
  for (U128& each : out) {
    each = power;
    power *= 10;
  }
  return out;
}();
inline constexpr U128 coefficient_end = powers_of_ten[number_digits];

constexpr int digits_of(U128 coefficient) noexcept {  // 0 has none
  int low = 0, high = 39;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (coefficient < powers_of_ten[static_cast<std::size_t>(middle)]) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

Parts parts_of(const Decimal& decimal) noexcept;
Parts parts_of(Value number) noexcept;
// Without trailing zeros; 0 is 0 * 10^0.
Parts stripped(Parts parts) noexcept;
// coefficient / 10^drop, to an integer. `more`: digits other than zero follow behind the
// coefficient.
U128 round_off(Parts parts, std::int64_t drop, bool more, Rounding rounding) noexcept;
// Rounded half even where the exponent is too small; nullopt where it is too large. The coefficient
// is below 10^34.
std::optional<Decimal> decimal_of(Parts parts) noexcept;
Decimal decimal_of(Value number) noexcept;
// The one way results become values: a small number wherever one is exact, so that a big number
// never equals a small one.
std::optional<Value> value_of(Arena& arena, Parts parts);
int compare_parts(const Parts& left, const Parts& right) noexcept;

}  // namespace partnership::feel
