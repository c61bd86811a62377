// SPDX-License-Identifier: Apache-2.0
//
// A second way to calculate with decimals, for tests: integers as strings of digits, schoolbook
// arithmetic, and rounding by looking at the digits.
#pragma once

#include <algorithm>
#include <compare>
#include <string>
#include <string_view>

namespace partnership::feel::naive {

// Natural numbers as digits, the highest first; "" is 0.
inline std::string trim(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}
inline int compare(const std::string& left, const std::string& right) {  // trimmed
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  const int order = left.compare(right);
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}
inline std::string add(std::string left, std::string right) {
  const std::size_t width = std::max(left.size(), right.size()) + 1;
  left.insert(0, width - left.size(), '0');
  right.insert(0, width - right.size(), '0');
  int carry = 0;
  for (std::size_t i = width; i-- > 0;) {
    const int sum = (left[i] - '0') + (right[i] - '0') + carry;
    left[i] = static_cast<char>('0' + sum % 10);
    carry = sum / 10;
  }
  return trim(left);
}
inline std::string subtract(std::string left, std::string right) {  // left >= right
  right.insert(0, left.size() - right.size(), '0');
  int borrow = 0;
  for (std::size_t i = left.size(); i-- > 0;) {
    int rest = (left[i] - '0') - (right[i] - '0') - borrow;
    borrow = rest < 0 ? 1 : 0;
    if (rest < 0) rest += 10;
    left[i] = static_cast<char>('0' + rest);
  }
  return trim(left);
}
inline std::string multiply(const std::string& left, const std::string& right) {
  std::string out(left.size() + right.size(), '\0');
  for (std::size_t i = left.size(); i-- > 0;) {
    int carry = 0;
    for (std::size_t j = right.size(); j-- > 0;) {
      const int sum = out[i + j + 1] + (left[i] - '0') * (right[j] - '0') + carry;
      out[i + j + 1] = static_cast<char>(sum % 10);
      carry = sum / 10;
    }
    out[i] = static_cast<char>(out[i] + carry);
  }
  for (char& digit : out) digit = static_cast<char>(digit + '0');
  return trim(out);
}
struct Quotient {
  std::string whole, rest;
};
inline Quotient divide(const std::string& dividend, const std::string& divisor) {
  Quotient out;
  for (const char digit : dividend) {
    out.rest = trim(out.rest + digit);
    int times = 0;
    while (compare(out.rest, divisor) >= 0) {
      out.rest = subtract(out.rest, divisor);
      ++times;
    }
    out.whole += static_cast<char>('0' + times);
  }
  out.whole = trim(out.whole);
  return out;
}

enum class Mode { half_even, half_up, half_down, up, down, floor, ceiling };

struct Number {
  bool negative = false;
  std::string digits;  // trimmed
  long exponent = 0;

  // Plain digits with a point, or with an exponent.
  static Number of(std::string_view text) {
    Number out;
    if (text.starts_with('-')) {
      out.negative = true;
      text.remove_prefix(1);
    }
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos) {
      out.exponent = std::stol(std::string(text.substr(e + 1)));
      text = text.substr(0, e);
    }
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos) {
      out.exponent -= static_cast<long>(text.size() - point - 1);
    }
    for (const char c : text) {
      if (c != '.') out.digits += c;
    }
    out.digits = trim(out.digits);
    return out;
  }

  // To a multiple of 10^to. `more`: something other than zero follows behind the digits.
  Number rounded(long to, Mode mode, bool more = false) const {
    if (to <= exponent) return *this;
    const auto drop = static_cast<std::size_t>(to - exponent);
    std::string all = digits;
    if (all.size() < drop + 1) all.insert(0, drop + 1 - all.size(), '0');
    Number out{negative, all.substr(0, all.size() - drop), to};
    const std::string tail = all.substr(all.size() - drop);
    const bool rest = more || tail.find_first_not_of('0') != std::string::npos;
    const bool half =
        tail[0] == '5' && !more && tail.find_first_not_of('0', 1) == std::string::npos;
    const bool above = tail[0] >= '5' && !half;
    const bool odd = (out.digits.back() - '0') % 2 == 1;
    const bool away = (mode == Mode::half_even && (above || (half && odd))) ||
                      (mode == Mode::half_up && (above || half)) ||
                      (mode == Mode::half_down && above) || (mode == Mode::up && rest) ||
                      (mode == Mode::floor && rest && negative) ||
                      (mode == Mode::ceiling && rest && !negative);
    out.digits = away ? add(out.digits, "1") : trim(out.digits);
    return out;
  }
  Number to_34_digits(bool more = false) const {
    const long extra = static_cast<long>(digits.size()) - 34;
    return extra > 0 ? rounded(exponent + extra, Mode::half_even, more) : *this;
  }

  std::string aligned(long to) const {
    return digits.empty() ? digits
                          : digits + std::string(static_cast<std::size_t>(exponent - to), '0');
  }

  // As append_number() prints.
  std::string text() const {
    if (digits.empty()) return "0";
    std::string d = digits;
    long e = exponent;
    while (d.back() == '0') {
      d.pop_back();
      ++e;
    }
    const std::string sign = negative ? "-" : "";
    const long point = static_cast<long>(d.size()) + e;
    if (point > 34 || point <= -34) {
      const std::string fraction = d.size() > 1 ? "." + d.substr(1) : "";
      return sign + d[0] + fraction + (point > 0 ? "E+" : "E-") +
             std::to_string(point > 0 ? point - 1 : 1 - point);
    }
    if (e >= 0) return sign + d + std::string(static_cast<std::size_t>(e), '0');
    if (point > 0) return sign + d.insert(static_cast<std::size_t>(point), 1, '.');
    return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + d;
  }
};

inline Number operator+(const Number& left, const Number& right) {
  const long exponent = std::min(left.exponent, right.exponent);
  const std::string one = left.aligned(exponent), other = right.aligned(exponent);
  if (left.negative == right.negative) return {left.negative, add(one, other), exponent};
  if (compare(one, other) >= 0) return {left.negative, subtract(one, other), exponent};
  return {right.negative, subtract(other, one), exponent};
}
inline Number operator-(const Number& left, Number right) {
  right.negative = !right.negative;
  return left + right;
}
inline Number operator*(const Number& left, const Number& right) {
  return {left.negative != right.negative, multiply(left.digits, right.digits),
          left.exponent + right.exponent};
}
// To 34 digits; right is not 0.
inline Number operator/(const Number& left, const Number& right) {
  constexpr long more = 80;  // digits behind: far more than 34 come out
  const Quotient out = divide(left.digits + std::string(more, '0'), right.digits);
  return Number{left.negative != right.negative, out.whole, left.exponent - right.exponent - more}
      .to_34_digits(!out.rest.empty());
}
// left - right * floor(left / right), exact.
inline Number modulo(const Number& left, const Number& right) {
  const long exponent = std::min(left.exponent, right.exponent);
  const Quotient out = divide(left.aligned(exponent), right.aligned(exponent));
  const Number rest{left.negative, out.rest, exponent};
  return out.rest.empty() || left.negative == right.negative ? rest : rest + right;
}
inline int compare(const Number& left, const Number& right) {
  const Number difference = left - right;
  return difference.digits.empty() ? 0 : (difference.negative ? -1 : 1);
}

}  // namespace partnership::feel::naive
