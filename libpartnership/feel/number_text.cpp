// SPDX-License-Identifier: Apache-2.0
//
// Numbers from text and from doubles, and back.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "feel/number_fast.hpp"
#include "feel/number_parts.hpp"

namespace partnership::feel {

namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// The digits of a literal, of which the first 35 are kept: 34 and one to round by.
struct Digits {
  U128 kept = 0;
  std::int64_t count = 0;  // from the first that is not zero on
  bool more = false;       // one behind those kept is not zero

  void take(char c) noexcept {
    const auto digit = static_cast<unsigned>(c - '0');
    if (count == 0 && digit == 0) return;
    if (count <= number_digits) {
      kept = kept * 10 + digit;
    } else {
      more = more || digit != 0;
    }
    ++count;
  }
};

// "e-12": the exponent, held at a bound that no literal's length reaches; nullopt: malformed.
std::optional<std::int64_t> read_exponent(std::string_view text) noexcept {
  constexpr std::int64_t bound = 100'000'000'000'000'000;
  std::size_t at = 1;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == text.size()) return std::nullopt;
  std::int64_t out = 0;
  for (; at < text.size(); ++at) {
    if (!is_digit(text[at])) return std::nullopt;
    out = std::min(bound, out * 10 + (text[at] - '0'));
  }
  return negative ? -out : out;
}

void append_exponent(std::string& out, std::string_view digits, std::int64_t power) {
  out += digits[0];
  if (digits.size() > 1) {
    out += '.';
    out += digits.substr(1);
  }
  out += power < 0 ? "E-" : "E+";
  out += std::to_string(power < 0 ? -power : power);
}

void append_small(std::string& out, Value number) {
  std::int64_t coefficient = number.coefficient();
  unsigned scale = number.scale();
  strip_small(coefficient, scale);
  char digits[24];
  const char* const end = std::to_chars(digits, digits + sizeof digits, coefficient).ptr;
  const char* begin = digits;
  if (coefficient < 0) out += *begin++;
  if (scale == 0) {
    out.append(begin, end);
    return;
  }
  const auto count = static_cast<std::size_t>(end - begin);
  if (count <= scale) {
    out += "0.";
    out.append(scale - count, '0');
    out.append(begin, end);
  } else {
    out.append(begin, end - scale);
    out += '.';
    out.append(end - scale, end);
  }
}

}  // namespace

std::optional<Value> parse_number(Arena& arena, std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  Digits digits;
  const std::size_t whole = at;
  while (at < text.size() && is_digit(text[at])) digits.take(text[at++]);
  std::size_t written = at - whole;
  std::int64_t exponent = 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = ++at;
    while (at < text.size() && is_digit(text[at])) digits.take(text[at++]);
    if (at == fraction) return std::nullopt;
    written += at - fraction;
    exponent = -static_cast<std::int64_t>(at - fraction);
  }
  if (written == 0) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    const auto power = read_exponent(text.substr(at));
    if (!power) return std::nullopt;
    exponent += *power;
  }
  if (digits.count == 0) return Value::small_number(0);

  const std::int64_t kept = std::min<std::int64_t>(digits.count, number_digits + 1);
  Parts parts{digits.kept, exponent + (digits.count - kept), negative};
  const std::int64_t drop =
      std::max(kept - number_digits, least_exponent - parts.exponent);  // so many digits go
  if (drop > 0) {
    parts.coefficient = round_off(parts, drop, digits.more, Rounding::half_even);
    parts.exponent += drop;
    if (parts.coefficient == coefficient_end) {
      parts.coefficient /= 10;
      ++parts.exponent;
    }
  }
  return value_of(arena, parts);
}

std::optional<Value> number(Arena& arena, double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value);
  return parse_number(arena, {text, static_cast<std::size_t>(end.ptr - text)});
}

void append_number(std::string& out, Value number) {
  if (number.is_small()) return append_small(out, number);
  const Parts parts = stripped(parts_of(number));
  char buffer[40];
  char* const end = buffer + sizeof buffer;
  char* begin = end;
  U128 rest = parts.coefficient;
  while (rest > std::numeric_limits<std::uint64_t>::max()) {
    *--begin = static_cast<char>('0' + static_cast<unsigned>(rest % 10));
    rest /= 10;
  }
  for (auto low = static_cast<std::uint64_t>(rest); low != 0 || begin == end; low /= 10) {
    *--begin = static_cast<char>('0' + low % 10);
  }
  const std::string_view digits(begin, static_cast<std::size_t>(end - begin));
  const auto count = static_cast<std::int64_t>(digits.size());
  const std::int64_t point = count + parts.exponent;  // so many digits stand before it

  if (parts.negative) out += '-';
  if (point > number_digits || point <= -number_digits) {
    append_exponent(out, digits, point - 1);
  } else if (parts.exponent >= 0) {
    out += digits;
    out.append(static_cast<std::size_t>(parts.exponent), '0');
  } else if (point > 0) {
    out += digits.substr(0, static_cast<std::size_t>(point));
    out += '.';
    out += digits.substr(static_cast<std::size_t>(point));
  } else {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  }
}

double to_double(Value number) noexcept {
  if (number.is_small() && number.scale() == 0) return static_cast<double>(number.coefficient());
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (number.is_small() && number.coefficient() <= exact && number.coefficient() >= -exact) {
    // Both are exact, so that the quotient is rounded once.
    return static_cast<double>(number.coefficient()) /
           static_cast<double>(static_cast<std::uint64_t>(powers_of_ten[number.scale()]));
  }
  const Parts parts = parts_of(number);
  char text[64];
  char* at = text;
  if (parts.negative) *at++ = '-';
  char reversed[40];
  std::size_t count = 0;
  for (U128 rest = parts.coefficient; rest != 0; rest /= 10) {
    reversed[count++] = static_cast<char>('0' + static_cast<unsigned>(rest % 10));
  }
  while (count > 0) *at++ = reversed[--count];
  *at++ = 'e';
  at = std::to_chars(at, text + sizeof text, parts.exponent).ptr;
  double out = 0;
  if (std::from_chars(text, at, out).ec == std::errc::result_out_of_range) {
    const bool large = parts.exponent + digits_of(parts.coefficient) > 0;
    out = large ? std::numeric_limits<double>::infinity() : 0.0;
    if (parts.negative) out = -out;
  }
  return out;
}

}  // namespace partnership::feel
