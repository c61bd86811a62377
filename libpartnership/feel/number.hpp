// SPDX-License-Identifier: Apache-2.0
//
// FEEL's numbers: decimals of 34 significant digits (IEEE 754-2008 decimal128, rounding half even),
// from -(10^34 - 1) * 10^6111 on. A number is an int64 coefficient with a scale wherever that is
// exact (the fast path), and a decimal128 of Intel's library otherwise. Both give the same answers.
// A big number is never one that a small number could be: make numbers with these functions only.
// There is no NaN, no infinity and no negative zero: an operation that would give one has no
// result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feel/value.hpp"

namespace partnership::feel {

struct alignas(16) Decimal {
  std::uint64_t words[2];  // as BID_UINT128
};

// FEEL's numeric literal or JSON's number: "-1.5", ".5", "1e3". nullopt for anything else, and past
// the range. More than 34 digits are rounded.
std::optional<Value> parse_number(Arena& arena, std::string_view text);
Value number(Arena& arena, std::int64_t value);
constexpr Value number(std::int64_t value) noexcept {
  return Value::small_number(value);
}
// The shortest decimal that reads back as `value`; nullopt for NaN and infinities.
std::optional<Value> number(Arena& arena, double value);

// As FEEL's string() writes it: plain digits without a needless point or zeros behind it, never an
// exponent where digits + zeros stay within 34, else as 1.5E+40. Equal numbers have equal texts.
void append_number(std::string& out, Value number);
double to_double(Value number) noexcept;
// The value where it is an integer of int64, else nullopt.
std::optional<std::int64_t> to_int64(Value number) noexcept;
bool is_integer(Value number) noexcept;

int compare_numbers(Value left, Value right) noexcept;  // -1, 0, 1; exact
bool equal_numbers(Value left, Value right) noexcept;
std::size_t hash_number(Value number) noexcept;  // equal numbers have equal hashes
int sign_of(Value number) noexcept;

// nullopt: overflow, or (division, modulo) by zero, or no real result.
std::optional<Value> add(Arena& arena, Value left, Value right);
std::optional<Value> subtract(Arena& arena, Value left, Value right);
std::optional<Value> multiply(Arena& arena, Value left, Value right);
std::optional<Value> divide(Arena& arena, Value left, Value right);
std::optional<Value> power(Arena& arena, Value base, Value exponent);
Value negate(Arena& arena, Value number);
Value absolute(Arena& arena, Value number);
// dividend - divisor * floor(dividend / divisor): the sign of the divisor (DMN 1.5, 10.3.4.5).
std::optional<Value> modulo(Arena& arena, Value dividend, Value divisor);
std::optional<Value> square_root(Arena& arena, Value number);
std::optional<Value> natural_log(Arena& arena, Value number);
std::optional<Value> exponential(Arena& arena, Value number);

enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };
// To `scale` digits behind the point (negative: before it). nullopt: scale outside -6111 to 6176,
// or the result needs more than 34 digits.
std::optional<Value> round_to(Arena& arena, Value number, std::int64_t scale, Rounding rounding);

}  // namespace partnership::feel
