// SPDX-License-Identifier: Apache-2.0
//
// Fixed-point numbers of 192 bits before the point and 320 behind it (96 decimals), for the
// functions whose 34 digits must be right: logarithm, exponential, powers. Only
// number_functions.cpp includes it. What it will not do: notice overflow; callers bound what they
// put in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "feel/number_parts.hpp"

namespace partnership::feel {

class Fixed {
 public:
  static constexpr std::size_t limb_count = 8, fraction_limbs = 5;

  constexpr Fixed() = default;
  constexpr explicit Fixed(std::int64_t whole) noexcept : negative_(whole < 0) {
    const auto bits = static_cast<std::uint64_t>(whole);
    limbs_[fraction_limbs] = whole < 0 ? std::uint64_t{0} - bits : bits;
  }
  // Truncated behind the last bit. |parts| < 2^192.
  static constexpr Fixed of(Parts parts) noexcept {
    Fixed out;
    out.limbs_[fraction_limbs] = static_cast<std::uint64_t>(parts.coefficient);
    out.limbs_[fraction_limbs + 1] = static_cast<std::uint64_t>(parts.coefficient >> 64);
    out.negative_ = parts.negative;
    out.shift_decimally(parts.exponent);
    return out;
  }

  constexpr bool negative() const noexcept { return negative_; }
  constexpr bool is_zero() const noexcept {
    for (const std::uint64_t limb : limbs_) {
      if (limb != 0) return false;
    }
    return true;
  }
  constexpr Fixed magnitude() const noexcept {
    Fixed out = *this;
    out.negative_ = false;
    return out;
  }
  constexpr Fixed operator-() const noexcept {
    Fixed out = *this;
    out.negative_ = !negative_;
    return out;
  }
  friend constexpr Fixed operator+(const Fixed& left, const Fixed& right) noexcept {
    if (left.negative_ == right.negative_) return plus(left, right);
    return less(left, right) ? minus(right, left) : minus(left, right);
  }
  friend constexpr Fixed operator-(const Fixed& left, const Fixed& right) noexcept {
    return left + -right;
  }
  friend constexpr Fixed operator*(const Fixed& left, const Fixed& right) noexcept {
    std::array<std::uint64_t, 2 * limb_count> product{};
    for (std::size_t i = 0; i < limb_count; ++i) {
      if (left.limbs_[i] == 0) continue;
      std::uint64_t carry = 0;
      for (std::size_t j = 0; j < limb_count; ++j) {
        const U128 sum = U128{left.limbs_[i]} * right.limbs_[j] + product[i + j] + carry;
        product[i + j] = static_cast<std::uint64_t>(sum);
        carry = static_cast<std::uint64_t>(sum >> 64);
      }
      product[i + limb_count] = carry;
    }
    Fixed out;
    for (std::size_t i = 0; i < limb_count; ++i) out.limbs_[i] = product[i + fraction_limbs];
    out.negative_ = left.negative_ != right.negative_;
    return out;
  }
  constexpr Fixed& operator*=(std::uint64_t factor) noexcept {
    std::uint64_t carry = 0;
    for (std::uint64_t& limb : limbs_) {
      const U128 product = U128{limb} * factor + carry;
      limb = static_cast<std::uint64_t>(product);
      carry = static_cast<std::uint64_t>(product >> 64);
    }
    return *this;
  }
  constexpr Fixed& operator/=(std::uint64_t divisor) noexcept {
    U128 rest = 0;
    for (std::size_t i = limb_count; i-- > 0;) {
      const U128 part = (rest << 64) | limbs_[i];
      limbs_[i] = static_cast<std::uint64_t>(part / divisor);
      rest = part % divisor;
    }
    return *this;
  }
  constexpr void halve(unsigned times) noexcept {  // fewer than 64
    for (std::size_t i = 0; i < limb_count; ++i) {
      const std::uint64_t above = i + 1 < limb_count ? limbs_[i + 1] : 0;
      limbs_[i] = (limbs_[i] >> times) | (above << (64 - times));
    }
  }
  // Times 10^power.
  constexpr void shift_decimally(std::int64_t power) noexcept {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000u;  // 10^19
    for (; power >= 19; power -= 19) *this *= chunk;
    for (; power > 0; --power) *this *= 10;
    if (power < -250) *this = Fixed();
    for (; power <= -19; power += 19) *this /= chunk;
    for (; power < 0; ++power) *this /= 10;
  }

  // The magnitude's integer part (below 2^128), and whether the rest is a half or more.
  constexpr U128 whole() const noexcept {
    return (U128{limbs_[fraction_limbs + 1]} << 64) | limbs_[fraction_limbs];
  }
  constexpr bool rounds_up() const noexcept { return limbs_[fraction_limbs - 1] >> 63 != 0; }
  double estimate() const noexcept {
    double out = 0, unit = 1.0 / 18446744073709551616.0;
    unit = unit * unit * unit * unit * unit;
    for (const std::uint64_t limb : limbs_) {
      out += static_cast<double>(limb) * unit;
      unit *= 18446744073709551616.0;
    }
    return negative_ ? -out : out;
  }

 private:
  static constexpr bool less(const Fixed& left, const Fixed& right) noexcept {  // magnitudes
    for (std::size_t i = limb_count; i-- > 0;) {
      if (left.limbs_[i] != right.limbs_[i]) return left.limbs_[i] < right.limbs_[i];
    }
    return false;
  }
  static constexpr Fixed plus(const Fixed& left, const Fixed& right) noexcept {
    Fixed out = left;
    U128 carry = 0;
    for (std::size_t i = 0; i < limb_count; ++i) {
      carry += U128{left.limbs_[i]} + right.limbs_[i];
      out.limbs_[i] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
    return out;
  }
  static constexpr Fixed minus(const Fixed& left, const Fixed& right) noexcept {  // left >= right
    Fixed out = left;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < limb_count; ++i) {
      const U128 taken = U128{right.limbs_[i]} + borrow;
      borrow = left.limbs_[i] < taken ? 1 : 0;
      out.limbs_[i] = left.limbs_[i] - static_cast<std::uint64_t>(taken);
    }
    return out;
  }

  std::array<std::uint64_t, limb_count> limbs_{};  // the lowest first
  bool negative_ = false;
};

}  // namespace partnership::feel
