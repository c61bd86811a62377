// SPDX-License-Identifier: Apache-2.0
#include "base/fraction.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <limits>

namespace partnership {
namespace {

__extension__ using Wide = __int128;  // the one extension used; gcc and clang both have it

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

// Digits without a sign, and without a zero in front of others.
std::optional<std::int64_t> whole(std::string_view digits) noexcept {
  if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
  if (digits[0] < '0' || digits[0] > '9') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<Fraction> decimal(std::string_view before, std::string_view after) noexcept {
  if (after.empty() || before.size() + after.size() > 18) return std::nullopt;
  const std::optional<std::int64_t> integer = whole(before);
  if (!integer) return std::nullopt;
  std::int64_t num = *integer, den = 1;
  for (const char c : after) {
    if (c < '0' || c > '9') return std::nullopt;
    num = num * 10 + (c - '0');
    den *= 10;
  }
  return Fraction::of(num, den);
}

std::int64_t clamp(Wide value) noexcept {
  return static_cast<std::int64_t>(std::clamp<Wide>(value, least, most));
}

}  // namespace

std::optional<Fraction> Fraction::parse(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::optional<Fraction> result;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    const std::optional<std::int64_t> num = whole(text.substr(0, slash));
    const std::optional<std::int64_t> den = whole(text.substr(slash + 1));
    if (num && den && *den != 0) result = of(*num, *den);
  } else if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
    result = decimal(text.substr(0, point), text.substr(point + 1));
  } else if (const std::optional<std::int64_t> num = whole(text)) {
    result = Fraction{*num, 1};
  }
  if (result && negative) result->num = -result->num;
  return result;
}

Fraction Fraction::of(std::int64_t num, std::int64_t den) noexcept {
  assert(den != 0);
  Wide n = num, d = den;
  if (d < 0) {
    n = -n;
    d = -d;
  }
  Wide a = n < 0 ? -n : n, b = d;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  n /= a;
  d /= a;
  assert(n <= most && d <= most);
  return {static_cast<std::int64_t>(n), static_cast<std::int64_t>(d)};
}

std::string Fraction::text() const {
  std::string out = std::to_string(num);
  if (den != 1) {
    out += '/';
    out += std::to_string(den);
  }
  return out;
}

std::strong_ordering Fraction::operator<=>(const Fraction& other) const noexcept {
  const Wide left = static_cast<Wide>(num) * other.den;
  const Wide right = static_cast<Wide>(other.num) * den;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

std::int64_t Fraction::ceil_of(std::int64_t n) const noexcept {
  assert(n >= 0);
  const Wide product = static_cast<Wide>(num) * n;
  // Division truncates towards zero, which is up for what is negative.
  return clamp(product / den + (product % den > 0 ? 1 : 0));
}

std::int64_t Fraction::floor_of(std::int64_t n) const noexcept {
  assert(n >= 0);
  const Wide product = static_cast<Wide>(num) * n;
  return clamp(product / den - (product % den < 0 ? 1 : 0));
}

}  // namespace partnership
