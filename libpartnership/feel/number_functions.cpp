// SPDX-License-Identifier: Apache-2.0
//
// Powers, exponential and logarithm, rounded from 96 decimals: the 34 digits are right unless the
// true value lies within about 10^-25 of a last digit from a tie. (Intel's own functions go by
// binary128, which has no more than 34 digits itself.)
#include <cmath>
#include <cstdlib>

#include "feel/number_big.hpp"
#include "feel/number_fixed.hpp"

namespace partnership::feel {

namespace {

// exp of these is past the range in either direction; near enough, decimal_of() decides.
constexpr double overflow_bound = 14'200, underflow_bound = -14'300;

// atanh(1 / q) = 1/q + 1/(3 q^3) + 1/(5 q^5) + ...
constexpr Fixed inverse_atanh(std::uint64_t q) {
  Fixed power(1), sum;
  power /= q;
  for (std::uint64_t n = 1; !power.is_zero(); n += 2) {
    Fixed term = power;
    term /= n;
    sum = sum + term;
    power /= q * q;
  }
  return sum;
}

// ln 10 = 3 ln 2 + ln 5/4 = 6 atanh 1/3 + 2 atanh 1/9
constexpr Fixed ln_ten = [] {
  Fixed six = inverse_atanh(3), two = inverse_atanh(9);
  six *= 6;
  two *= 2;
  return six + two;
}();

// e^x for |x| < 4: the series at x / 2^10, squared ten times.
Fixed series_exp(Fixed x) {
  constexpr unsigned halvings = 10;
  x.halve(halvings);
  Fixed sum(1), term(1);
  for (std::uint64_t n = 1; !term.is_zero(); ++n) {
    term = term * x;
    term /= n;
    sum = sum + term;
  }
  for (unsigned i = 0; i < halvings; ++i) sum = sum * sum;
  return sum;
}

// e^x = value * 10^power, 0.3 < value < 3.3. |x| < 20,000.
struct Scaled {
  Fixed value;
  std::int64_t power;
};
Scaled exp_of(const Fixed& x) {
  const auto power = static_cast<std::int64_t>(std::nearbyint(x.estimate() / 2.302585092994046));
  return {series_exp(x - Fixed(power) * ln_ten), power};
}

// The natural logarithm of a positive number.
Fixed log_of(const Parts& positive) {
  const Parts parts = stripped(positive);
  // number = m * 10^power, 0.3 < m < 3.2
  std::int64_t power = parts.exponent + digits_of(parts.coefficient) - 1;
  Fixed m = Fixed::of({parts.coefficient, parts.exponent - power, false});
  if (m.estimate() > 3.2) {
    m /= 10;
    ++power;
  }
  // A guess by double, as an integer of 2^-60; then ln m = guess + ln(m e^-guess), by series.
  Fixed guess(static_cast<std::int64_t>(std::nearbyint(std::ldexp(std::log(m.estimate()), 60))));
  guess.halve(60);
  const Fixed off = m * series_exp(-guess) - Fixed(1);
  Fixed sum, term = off;
  for (std::uint64_t n = 1; !term.is_zero(); ++n) {
    Fixed part = term;
    part /= n;
    sum = n % 2 == 1 ? sum + part : sum - part;
    term = term * off;
  }
  return Fixed(power) * ln_ten + guess + sum;
}

// To 34 digits.
Parts parts_of(Fixed value, std::int64_t power) {
  const bool negative = value.negative();
  value = value.magnitude();
  std::int64_t shift =
      number_digits - 1 - static_cast<std::int64_t>(std::floor(std::log10(value.estimate())));
  Fixed shifted = value;
  shifted.shift_decimally(shift);
  if (shifted.whole() >= coefficient_end) {
    shifted = value;
    shifted.shift_decimally(--shift);
  } else if (shifted.whole() < coefficient_end / 10) {
    shifted = value;
    shifted.shift_decimally(++shift);
  }
  Parts out{shifted.whole() + (shifted.rounds_up() ? 1u : 0u), power - shift, negative};
  if (out.coefficient == coefficient_end) {
    out.coefficient /= 10;
    ++out.exponent;
  }
  return out;
}

std::optional<Value> exp_to_value(Arena& arena, const Fixed& x, bool negative) {
  const Scaled result = exp_of(x);
  Parts parts = parts_of(result.value, result.power);
  parts.negative = negative;
  return value_of(arena, parts);
}

// base^exponent by multiplication while the coefficient stays within 128 bits.
std::optional<Parts> exact_power(const Parts& base, std::int64_t exponent) {
  Parts out{1, base.exponent * exponent, base.negative && exponent % 2 != 0};
  U128 square = base.coefficient;
  for (std::int64_t rest = exponent; rest > 0; rest /= 2) {
    if (rest % 2 != 0 && __builtin_mul_overflow(out.coefficient, square, &out.coefficient)) {
      return std::nullopt;
    }
    if (rest > 1 && __builtin_mul_overflow(square, square, &square)) return std::nullopt;
  }
  const std::int64_t drop = digits_of(out.coefficient) - number_digits;
  if (drop > 0) {
    out.coefficient = round_off(out, drop, false, Rounding::half_even);
    out.exponent += drop;
  }
  return out;
}

std::optional<Value> integer_power(Arena& arena, const Parts& base, std::int64_t exponent) {
  const std::int64_t magnitude = std::abs(exponent);
  const std::optional<Parts> power = exact_power(base, magnitude);
  if (!power) return std::nullopt;
  if (exponent > 0) return value_of(arena, *power);
  if (power->coefficient == 1) return value_of(arena, {1, -power->exponent, power->negative});
  // (The reciprocal of a power that was rounded would be rounded twice.)
  const std::optional<Parts> exact =
      digits_of(power->coefficient) < number_digits ? power : std::nullopt;
  const std::optional<Decimal> divisor =
      exact ? decimal_of(Parts{exact->coefficient, 0, exact->negative}) : std::nullopt;
  if (!divisor) return std::nullopt;
  const std::optional<Decimal> quotient = big_divide(*decimal_of(Parts{1, 0, false}), *divisor);
  Parts parts = feel::parts_of(*quotient);
  parts.exponent -= exact->exponent;
  return value_of(arena, parts);
}

}  // namespace

std::optional<Value> power(Arena& arena, Value base, Value exponent) {
  const int sign = sign_of(base), direction = sign_of(exponent);
  if (direction == 0) return Value::small_number(1);  // also 0 ** 0, as IEEE 754 has it
  if (sign == 0) return direction > 0 ? std::optional(Value::small_number(0)) : std::nullopt;
  const bool whole = is_integer(exponent);
  if (sign < 0 && !whole) return std::nullopt;
  Parts parts = stripped(parts_of(base));
  const Parts power = stripped(parts_of(exponent));
  const bool negative = sign < 0 && power.exponent == 0 && power.coefficient % 2 != 0;
  if (parts.coefficient == 1 && parts.exponent == 0) {
    return Value::small_number(negative ? -1 : 1);
  }
  if (const auto small = to_int64(exponent); small && *small < 20'000 && *small > -20'000) {
    if (const auto out = integer_power(arena, parts, *small)) return out;
  }
  parts.negative = false;
  const Fixed log = log_of(parts);
  const double estimate = log.estimate() * to_double(exponent);
  if (estimate > overflow_bound) return std::nullopt;
  if (estimate < underflow_bound) return Value::small_number(0);
  return exp_to_value(arena, log * Fixed::of(power), negative);
}

std::optional<Value> exponential(Arena& arena, Value number) {
  if (sign_of(number) == 0) return Value::small_number(1);
  const double estimate = to_double(number);
  if (estimate > overflow_bound) return std::nullopt;
  if (estimate < underflow_bound) return Value::small_number(0);
  return exp_to_value(arena, Fixed::of(parts_of(number)), false);
}

std::optional<Value> natural_log(Arena& arena, Value number) {
  if (sign_of(number) <= 0) return std::nullopt;
  const Fixed log = log_of(parts_of(number));
  if (log.is_zero()) return Value::small_number(0);
  return value_of(arena, parts_of(log, 0));
}

}  // namespace partnership::feel
