// SPDX-License-Identifier: Apache-2.0
//
// Exact fractions for shares. Comparisons never overflow: they go through 128-bit products.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace partnership {

struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;  // > 0; lowest terms

  // "2/5", "3" or "0.4" (exact decimal, at most 18 digits), also with a "-" in front. nullopt for
  // anything else (a "+", spaces, needless zeros in front), a zero denominator, or terms that do
  // not fit.
  static std::optional<Fraction> parse(std::string_view text) noexcept;
  // Reduced. Asserted: den != 0, and the reduced terms fit (those of -2^63/-1 do not).
  static Fraction of(std::int64_t num, std::int64_t den) noexcept;
  std::string text() const;  // "2/5", "3"

  bool operator==(const Fraction&) const = default;
  std::strong_ordering operator<=>(const Fraction& other) const noexcept;
  // ceil(this * n) and floor(this * n) for n >= 0: exact where they fit (always for shares of at
  // most 1), else the limit of int64.
  std::int64_t ceil_of(std::int64_t n) const noexcept;
  std::int64_t floor_of(std::int64_t n) const noexcept;
};

}  // namespace partnership
