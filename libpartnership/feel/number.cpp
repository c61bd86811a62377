// SPDX-License-Identifier: Apache-2.0
#include "feel/number.hpp"

#include <limits>

#include "feel/number_big.hpp"
#include "feel/number_fast.hpp"
#include "feel/number_parts.hpp"

namespace partnership::feel {

namespace {

// The value of a decimal that one of Intel's operations gave.
std::optional<Value> settle(Arena& arena, const std::optional<Decimal>& decimal) {
  if (!decimal) return std::nullopt;
  return value_of(arena, parts_of(*decimal));
}

Parts negated(Parts parts) noexcept {
  parts.negative = !parts.negative && parts.coefficient != 0;
  return parts;
}

// left / right where the quotient has at most 18 digits behind the point and is small.
bool divide_small(Value left, Value right, Value& out) noexcept {
  if (!left.is_small() || !right.is_small()) return false;
  const std::int64_t dividend = left.coefficient(), divisor = right.coefficient();
  if (divisor == 0 || (divisor == -1 && dividend == std::numeric_limits<std::int64_t>::min())) {
    return false;
  }
  std::int64_t quotient = 0;
  int scale = static_cast<int>(left.scale()) - static_cast<int>(right.scale());
  if (dividend % divisor == 0) {
    quotient = dividend / divisor;
  } else {
    const I128 shifted = I128{dividend} * small_powers[most_scale];
    if (shifted % divisor != 0) return false;
    I128 wide = shifted / divisor;
    scale += static_cast<int>(most_scale);
    for (const int step : {16, 8, 4, 2, 1}) {
      const std::int64_t unit = small_powers[static_cast<std::size_t>(step)];
      if (wide % unit == 0) {
        wide /= unit;
        scale -= step;
      }
    }
    if (wide != static_cast<std::int64_t>(wide)) return false;
    quotient = static_cast<std::int64_t>(wide);
  }
  if (scale < 0) {
    if (scale < -static_cast<int>(most_scale) ||
        __builtin_mul_overflow(quotient, small_powers[static_cast<std::size_t>(-scale)],
                               &quotient)) {
      return false;
    }
    scale = 0;
  }
  if (scale > static_cast<int>(most_scale)) return false;
  out = Value::small_number(quotient, static_cast<unsigned>(scale));
  return true;
}

// For scales that a small number can have.
bool round_small(Value number, std::int64_t scale, Rounding rounding, Value& out) noexcept {
  if (scale < 0 || scale >= static_cast<std::int64_t>(number.scale())) return false;
  const std::int64_t unit = small_powers[number.scale() - static_cast<std::size_t>(scale)];
  const std::int64_t whole = number.coefficient() / unit, rest = number.coefficient() % unit;
  const std::int64_t step = number.coefficient() < 0 ? -1 : 1;  // away from zero
  const std::int64_t beyond = rest * step - unit / 2;           // the rest against one half
  bool away = false;
  switch (rounding) {
    case Rounding::half_even:
      away = beyond > 0 || (beyond == 0 && whole % 2 != 0);
      break;
    case Rounding::half_up:
      away = beyond >= 0;
      break;
    case Rounding::half_down:
      away = beyond > 0;
      break;
    case Rounding::up:
      away = rest != 0;
      break;
    case Rounding::down:
      break;
    case Rounding::floor:
      away = rest < 0;
      break;
    case Rounding::ceiling:
      away = rest > 0;
      break;
  }
  out = Value::small_number(away ? whole + step : whole, static_cast<unsigned>(scale));
  return true;
}

}  // namespace

Value number(Arena& /*arena*/, std::int64_t value) {
  return Value::small_number(value);
}

std::optional<std::int64_t> to_int64(Value number) noexcept {
  if (!number.is_small()) return std::nullopt;  // big numbers are none, or they would be small
  const std::int64_t unit = small_powers[number.scale()];
  if (number.coefficient() % unit != 0) return std::nullopt;
  return number.coefficient() / unit;
}

bool is_integer(Value number) noexcept {
  if (number.is_small()) return number.coefficient() % small_powers[number.scale()] == 0;
  return stripped(parts_of(number)).exponent >= 0;
}

int compare_numbers(Value left, Value right) noexcept {
  int order = 0;
  if (compare_small(left, right, order)) return order;
  return compare_parts(parts_of(left), parts_of(right));
}

bool equal_numbers(Value left, Value right) noexcept {
  if (left.is_small() != right.is_small()) return false;
  return compare_numbers(left, right) == 0;
}

std::size_t hash_number(Value number) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15u, other_odd = 0xc2b2ae3d27d4eb4fu;
  if (number.is_small()) {
    std::int64_t coefficient = number.coefficient();
    unsigned scale = number.scale();
    strip_small(coefficient, scale);
    const std::uint64_t mix = (static_cast<std::uint64_t>(coefficient) + scale * other_odd) * odd;
    return static_cast<std::size_t>(mix ^ (mix >> 32));
  }
  const Parts parts = stripped(parts_of(number));
  std::uint64_t mix = static_cast<std::uint64_t>(parts.coefficient) ^
                      (static_cast<std::uint64_t>(parts.coefficient >> 64) * odd);
  mix += static_cast<std::uint64_t>(parts.exponent) * other_odd + (parts.negative ? 1 : 0);
  mix *= odd;
  return static_cast<std::size_t>(mix ^ (mix >> 32));
}

int sign_of(Value number) noexcept {
  if (number.is_small()) return number.coefficient() < 0 ? -1 : (number.coefficient() > 0 ? 1 : 0);
  return parts_of(number).negative ? -1 : 1;
}

std::optional<Value> add(Arena& arena, Value left, Value right) {
  Value out;
  if (add_small(left, right, out)) return out;
  return settle(arena, big_add(decimal_of(left), decimal_of(right)));
}

std::optional<Value> subtract(Arena& arena, Value left, Value right) {
  Value out;
  if (subtract_small(left, right, out)) return out;
  return settle(arena, big_subtract(decimal_of(left), decimal_of(right)));
}

std::optional<Value> multiply(Arena& arena, Value left, Value right) {
  Value out;
  if (multiply_small(left, right, out)) return out;
  return settle(arena, big_multiply(decimal_of(left), decimal_of(right)));
}

std::optional<Value> divide(Arena& arena, Value left, Value right) {
  if (sign_of(right) == 0) return std::nullopt;
  Value out;
  if (divide_small(left, right, out)) return out;
  return settle(arena, big_divide(decimal_of(left), decimal_of(right)));
}

Value negate(Arena& arena, Value number) {
  if (number.is_small()) {
    std::int64_t opposite = 0;
    if (!__builtin_sub_overflow(std::int64_t{0}, number.coefficient(), &opposite)) {
      return Value::small_number(opposite, number.scale());
    }
  }
  return *value_of(arena, negated(parts_of(number)));
}

Value absolute(Arena& arena, Value number) {
  return sign_of(number) < 0 ? negate(arena, number) : number;
}

std::optional<Value> modulo(Arena& arena, Value dividend, Value divisor) {
  const int sign = sign_of(divisor);
  if (sign == 0) return std::nullopt;
  std::int64_t one = 0, other = 0;
  unsigned scale = 0;
  std::optional<Value> rest;
  if (dividend.is_small() && divisor.is_small() &&
      align_small(dividend, divisor, one, other, scale)) {
    rest = Value::small_number(other == -1 ? 0 : one % other, scale);
  } else {
    rest = settle(arena, big_remainder(decimal_of(dividend), decimal_of(divisor)));
  }
  if (!rest || sign_of(*rest) == 0 || sign_of(*rest) == sign) return rest;
  return add(arena, *rest, divisor);
}

std::optional<Value> square_root(Arena& arena, Value number) {
  if (sign_of(number) < 0) return std::nullopt;
  return settle(arena, big_square_root(decimal_of(number)));
}

std::optional<Value> round_to(Arena& arena, Value number, std::int64_t scale, Rounding rounding) {
  if (scale < -most_exponent || scale > -least_exponent) return std::nullopt;
  Value out;
  if (number.is_small() && round_small(number, scale, rounding, out)) return out;
  const Parts parts = parts_of(number);
  const std::int64_t drop = -scale - parts.exponent;
  if (drop <= 0) return number;
  return value_of(arena, Parts{round_off(parts, drop, false, rounding), -scale, parts.negative});
}

}  // namespace partnership::feel
