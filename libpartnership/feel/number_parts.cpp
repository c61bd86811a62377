// SPDX-License-Identifier: Apache-2.0
#include "feel/number_parts.hpp"

#include <algorithm>

namespace partnership::feel {

namespace {

constexpr unsigned exponent_shift = 49;
constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
constexpr U128 small_end = U128{1} << 63;

constexpr U128 ten_to(std::int64_t power) noexcept {
  return powers_of_ten[static_cast<std::size_t>(power)];
}

bool fits_small(const Parts& parts) noexcept {
  return parts.coefficient < small_end || (parts.negative && parts.coefficient == small_end);
}

Value small_of(const Parts& parts, std::int64_t scale) noexcept {
  const auto magnitude = static_cast<std::uint64_t>(parts.coefficient);
  return Value::small_number(
      static_cast<std::int64_t>(parts.negative ? std::uint64_t{0} - magnitude : magnitude),
      static_cast<unsigned>(scale));
}

}  // namespace

Parts parts_of(const Decimal& decimal) noexcept {
  const std::uint64_t high = decimal.words[1];
  return {(U128{high & ((std::uint64_t{1} << exponent_shift) - 1)} << 64) | decimal.words[0],
          static_cast<std::int64_t>((high & ~sign_bit) >> exponent_shift) + least_exponent,
          (high & sign_bit) != 0};
}

Parts parts_of(Value number) noexcept {
  if (!number.is_small()) return parts_of(number.decimal());
  const std::int64_t coefficient = number.coefficient();
  const auto bits = static_cast<std::uint64_t>(coefficient);
  return {coefficient < 0 ? std::uint64_t{0} - bits : bits,
          -static_cast<std::int64_t>(number.scale()), coefficient < 0};
}

Parts stripped(Parts parts) noexcept {
  if (parts.coefficient == 0) return {0, 0, false};
  if (parts.coefficient % 2 != 0) return parts;
  for (const std::int64_t step : {32, 16, 8, 4, 2, 1}) {
    if (parts.coefficient % ten_to(step) == 0) {
      parts.coefficient /= ten_to(step);
      parts.exponent += step;
    }
  }
  return parts;
}

U128 round_off(Parts parts, std::int64_t drop, bool more, Rounding rounding) noexcept {
  if (drop <= 0) return parts.coefficient;
  U128 whole = 0;
  int to_half = -1;  // the rest against one half
  bool exact = false;
  if (drop < static_cast<std::int64_t>(powers_of_ten.size())) {
    const U128 unit = ten_to(drop);
    whole = parts.coefficient / unit;
    const U128 rest = parts.coefficient % unit;
    exact = rest == 0 && !more;
    if (rest != unit / 2) {
      to_half = rest < unit / 2 ? -1 : 1;
    } else {
      to_half = more ? 1 : 0;
    }
  } else {
    exact = parts.coefficient == 0 && !more;
  }
  if (exact) return whole;
  bool away = false;
  switch (rounding) {
    case Rounding::half_even:
      away = to_half > 0 || (to_half == 0 && whole % 2 != 0);
      break;
    case Rounding::half_up:
      away = to_half >= 0;
      break;
    case Rounding::half_down:
      away = to_half > 0;
      break;
    case Rounding::up:
      away = true;
      break;
    case Rounding::down:
      break;
    case Rounding::floor:
      away = parts.negative;
      break;
    case Rounding::ceiling:
      away = !parts.negative;
      break;
  }
  return away ? whole + 1 : whole;
}

std::optional<Decimal> decimal_of(Parts parts) noexcept {
  if (parts.exponent < least_exponent) {
    parts.coefficient =
        round_off(parts, least_exponent - parts.exponent, false, Rounding::half_even);
    parts.exponent = least_exponent;
  }
  if (parts.coefficient == 0) return Decimal{{0, std::uint64_t{6176} << exponent_shift}};
  if (parts.exponent > most_exponent) {
    const std::int64_t room = number_digits - digits_of(parts.coefficient);
    if (parts.exponent - most_exponent > room) return std::nullopt;
    parts.coefficient *= ten_to(parts.exponent - most_exponent);
    parts.exponent = most_exponent;
  }
  return Decimal{
      {static_cast<std::uint64_t>(parts.coefficient),
       static_cast<std::uint64_t>(parts.coefficient >> 64) |
           (static_cast<std::uint64_t>(parts.exponent - least_exponent) << exponent_shift) |
           (parts.negative ? sign_bit : 0)}};
}

Decimal decimal_of(Value number) noexcept {
  return number.is_small() ? *decimal_of(parts_of(number)) : number.decimal();
}

std::optional<Value> value_of(Arena& arena, Parts parts) {
  if (parts.coefficient == 0) return Value::small_number(0);
  if (parts.exponent <= 0 && parts.exponent >= -18 && fits_small(parts)) {
    return small_of(parts, -parts.exponent);
  }
  if (parts.exponent > 0 && parts.exponent <= 18 && parts.coefficient < small_end) {
    Parts whole = parts;
    whole.coefficient *= ten_to(parts.exponent);  // below 2^63 * 10^18
    if (fits_small(whole)) return small_of(whole, 0);
  } else if (parts.exponent < 0 && parts.coefficient % 2 == 0) {
    Parts short_one = stripped(parts);
    if (short_one.exponent > 0 && short_one.exponent <= 18 && short_one.coefficient < small_end) {
      short_one.coefficient *= ten_to(short_one.exponent);
      short_one.exponent = 0;
    }
    if (short_one.exponent <= 0 && short_one.exponent >= -18 && fits_small(short_one)) {
      return small_of(short_one, -short_one.exponent);
    }
  }
  const std::optional<Decimal> decimal = decimal_of(parts);
  if (!decimal) return std::nullopt;
  if (parts_of(*decimal).coefficient == 0) return Value::small_number(0);  // it was too little
  return Value::big_number(arena.make<Decimal>(*decimal));
}

int compare_parts(const Parts& left, const Parts& right) noexcept {
  if (left.coefficient == 0 || right.coefficient == 0) {
    const int sign_left = left.coefficient == 0 ? 0 : (left.negative ? -1 : 1);
    const int sign_right = right.coefficient == 0 ? 0 : (right.negative ? -1 : 1);
    return sign_left < sign_right ? -1 : (sign_left > sign_right ? 1 : 0);
  }
  if (left.negative != right.negative) return left.negative ? -1 : 1;
  const int digits_left = digits_of(left.coefficient), digits_right = digits_of(right.coefficient);
  const std::int64_t top_left = left.exponent + digits_left;
  const std::int64_t top_right = right.exponent + digits_right;
  int order = 0;
  if (top_left != top_right) {
    order = top_left < top_right ? -1 : 1;
  } else {
    const int digits = std::max(digits_left, digits_right);
    const U128 one = left.coefficient * ten_to(digits - digits_left);
    const U128 other = right.coefficient * ten_to(digits - digits_right);
    order = one < other ? -1 : (one > other ? 1 : 0);
  }
  return left.negative ? -order : order;
}

}  // namespace partnership::feel
