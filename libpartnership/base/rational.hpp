// SPDX-License-Identifier: Apache-2.0
//
// Whole numbers and fractions of any length, exact. What fits 64 bits is kept and computed there;
// anything longer goes to Boost.Multiprecision, which is seen in rational.cpp only.
//
// What they will not do: bound themselves. Texts are bounded when they are read; who computes on
// with hostile numbers looks at bits().
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace partnership {

inline constexpr std::size_t most_digits = 4000;  // of a text, unless the reader says otherwise

class Integer {
 public:
  Integer() noexcept = default;
  Integer(std::int64_t value) noexcept : small_(value) {}  // NOLINT: it is one
  Integer(const Integer& other);
  Integer(Integer&& other) noexcept
      : small_(std::exchange(other.small_, 0)), big_(std::move(other.big_)) {}
  Integer& operator=(const Integer& other);
  Integer& operator=(Integer&& other) noexcept {
    big_ = std::move(other.big_);
    small_ = std::exchange(other.small_, 0);
    return *this;
  }
  ~Integer() = default;

  // "-12", "0": digits without a plus, spaces or needless zeros in front. nullopt for anything
  // else, and for more than `digits` of them.
  static std::optional<Integer> parse(std::string_view text, std::size_t digits = most_digits);
  static Integer power_of_two(std::uint32_t exponent);
  std::string text() const;

  bool fits() const noexcept { return big_ == nullptr; }  // 64 bits, with a sign
  std::int64_t small() const noexcept { return small_; }  // where it fits; else 0
  int sign() const noexcept;
  std::uint32_t bits() const noexcept;          // of the magnitude; 0 for 0
  double approximate() const noexcept;          // off by one unit in the last place at most
  std::uint64_t modulo(std::uint64_t m) const;  // 0 ... m - 1, also of negative ones; m > 0

  Integer operator-() const;
  Integer& operator+=(const Integer& other);
  Integer& operator-=(const Integer& other);
  Integer& operator*=(const Integer& other);
  friend Integer operator+(Integer a, const Integer& b) { return std::move(a += b); }
  friend Integer operator-(Integer a, const Integer& b) { return std::move(a -= b); }
  friend Integer operator*(Integer a, const Integer& b) { return std::move(a *= b); }

  friend bool operator==(const Integer& a, const Integer& b) noexcept {
    return std::is_eq(a <=> b);
  }
  friend std::strong_ordering operator<=>(const Integer& a, const Integer& b) noexcept {
    if (!a.big_ && !b.big_) return a.small_ <=> b.small_;
    return compare_big(a, b);
  }

  // Division by what is not 0 (asserted). `floor` and `ceil` round down and up; `exact` wants that
  // there is no rest.
  static Integer floor(const Integer& a, const Integer& b);
  static Integer ceil(const Integer& a, const Integer& b);
  static Integer exact(const Integer& a, const Integer& b);
  static Integer rest(const Integer& a, const Integer& b);  // a - b * floor(a, b)
  static Integer gcd(const Integer& a, const Integer& b);   // >= 0
  static Integer lcm(const Integer& a, const Integer& b);   // >= 0

 private:
  friend class Rational;
  struct Big;
  struct Free {
    void operator()(Big* big) const noexcept;
  };
  using Held = std::unique_ptr<Big, Free>;
  struct Ways;                                  // between Integer and Big
  double scaled(int& exponent) const noexcept;  // times 2^exponent
  static std::strong_ordering compare_big(const Integer& a, const Integer& b) noexcept;

  std::int64_t small_ = 0;
  Held big_;  // only for what does not fit
};

class Rational {
 public:
  Rational() noexcept = default;
  Rational(std::int64_t value) noexcept : num_(value) {}        // NOLINT: it is one
  Rational(Integer value) noexcept : num_(std::move(value)) {}  // NOLINT: it is one
  Rational(Integer num, Integer den);                           // asserted: den != 0

  // "2/5", "-3": two Integers as above, the second above 0; need not be in lowest terms.
  static std::optional<Rational> parse(std::string_view text, std::size_t digits = most_digits);
  static Rational of(double value);  // exactly; asserted: finite
  // The nearest with a denominator of at most `most_den` >= 1 (of two, the one found first).
  static Rational near(double value, std::int64_t most_den);
  static Rational near(const Rational& value, const Integer& most_den);
  std::string text() const;

  const Integer& num() const noexcept { return num_; }
  const Integer& den() const noexcept { return den_; }  // > 0; lowest terms
  int sign() const noexcept { return num_.sign(); }
  bool whole() const noexcept { return den_.fits() && den_.small() == 1; }
  double approximate() const noexcept;  // off by some units in the last place at most
  Integer floor() const { return Integer::floor(num_, den_); }
  Integer ceil() const { return Integer::ceil(num_, den_); }

  Rational operator-() const;
  Rational& operator+=(const Rational& other);
  Rational& operator-=(const Rational& other);
  Rational& operator*=(const Rational& other);
  Rational& operator/=(const Rational& other);  // asserted: not by 0
  friend Rational operator+(Rational a, const Rational& b) { return std::move(a += b); }
  friend Rational operator-(Rational a, const Rational& b) { return std::move(a -= b); }
  friend Rational operator*(Rational a, const Rational& b) { return std::move(a *= b); }
  friend Rational operator/(Rational a, const Rational& b) { return std::move(a /= b); }

  friend bool operator==(const Rational& a, const Rational& b) noexcept {
    return a.num_ == b.num_ && a.den_ == b.den_;
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

 private:
  bool small() const noexcept { return num_.fits() && den_.fits(); }

  Integer num_;
  Integer den_ = 1;
};

}  // namespace partnership
