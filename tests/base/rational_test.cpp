// SPDX-License-Identifier: Apache-2.0
#include "base/rational.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace partnership {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

Integer whole(std::string_view text) {
  const std::optional<Integer> value = Integer::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Integer(-99));
}

Rational part(std::string_view text) {
  const std::optional<Rational> value = Rational::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Rational(-99));
}

// The naive way: decimal digits, as taught at school. The lowest first; no sign.
using Digits = std::string;

Digits digits_of(std::string_view text) {
  return {text.rbegin(), text.rend()};
}

std::string text_of(Digits digits) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return {digits.rbegin(), digits.rend()};
}

Digits sum(const Digits& a, const Digits& b) {
  Digits result;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
    const int s = (i < a.size() ? a[i] - '0' : 0) + (i < b.size() ? b[i] - '0' : 0) + carry;
    result += static_cast<char>('0' + s % 10);
    carry = s / 10;
  }
  return result;
}

Digits product(const Digits& a, const Digits& b) {
  Digits result = "0";
  for (std::size_t i = 0; i < b.size(); ++i) {
    for (int times = b[i] - '0'; times > 0; --times) {
      result = sum(result, Digits(i, '0') + a);
    }
  }
  return result;
}

// Lengths around 64 and 128 bits come often, and so do the ends themselves.
std::string random_digits(std::mt19937_64& random) {
  static const std::vector<std::string> ends = {"9223372036854775807",
                                                "9223372036854775808",
                                                "18446744073709551615",
                                                "18446744073709551616",
                                                "340282366920938463463374607431768211456",
                                                "1",
                                                "2"};
  if (random() % 4 == 0) return ends[random() % ends.size()];
  std::string text(1, static_cast<char>('1' + random() % 9));
  const std::size_t length = random() % (random() % 3 == 0 ? 60 : 20);
  for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('0' + random() % 10);
  return text;
}

TEST(Integer, ReadsAndWritesAnyLength) {
  for (const char* text :
       {"0", "7", "-7", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "-9223372036854775809", "123456789012345678901234567890123456789012345678901234567890"}) {
    EXPECT_EQ(whole(text).text(), text);
  }
  EXPECT_TRUE(whole("-9223372036854775808").fits());
  EXPECT_FALSE(whole("9223372036854775808").fits());
  EXPECT_EQ(whole("-9223372036854775808"), Integer(least));
}

TEST(Integer, RefusesEverythingElse) {
  for (const char* text : {"", "-", "+1", "01", "-0", "00", " 1", "1 ", "1.0", "0x10", "1e3", "--1",
                           "12a", "1/2", "\u0661"}) {
    EXPECT_FALSE(Integer::parse(text).has_value()) << text;
  }
}

TEST(Integer, BoundsTheDigitsItReads) {
  EXPECT_TRUE(Integer::parse(std::string(most_digits, '9')).has_value());
  EXPECT_FALSE(Integer::parse(std::string(most_digits + 1, '9')).has_value());
  EXPECT_TRUE(Integer::parse("-123", 3).has_value());
  EXPECT_FALSE(Integer::parse("1234", 3).has_value());
  EXPECT_FALSE(Rational::parse("1/1234", 3).has_value());
}

TEST(Integer, CalculatesAsOnPaper) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    const std::string x = random_digits(random), y = random_digits(random);
    const Integer a = whole(x), b = whole(y);
    const std::string added = text_of(sum(digits_of(x), digits_of(y)));
    const std::string multiplied = text_of(product(digits_of(x), digits_of(y)));
    EXPECT_EQ((a + b).text(), added);
    EXPECT_EQ((-a - b).text(), "-" + added);
    EXPECT_EQ(a + b - b, a);
    EXPECT_EQ((a - b) + b, a);
    EXPECT_EQ((a * b).text(), multiplied);
    EXPECT_EQ((-a * b).text(), "-" + multiplied);
    EXPECT_EQ((a <=> b) < 0, x.size() != y.size() ? x.size() < y.size() : x < y);
    EXPECT_EQ((-a <=> -b), (b <=> a));
    EXPECT_LT(-a, b);
    EXPECT_EQ((a + b).fits(), a + b <= Integer(most));
  }
}

TEST(Integer, DividesRoundingDownAndUp) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 3000; ++i) {
    Integer a = whole(random_digits(random)), b = whole(random_digits(random));
    if (random() % 2 == 0) a = -a;
    if (random() % 2 == 0) b = -b;
    const Integer down = Integer::floor(a, b), up = Integer::ceil(a, b);
    const Integer rest = a - b * down;
    EXPECT_EQ(Integer::rest(a, b), rest);
    EXPECT_TRUE(rest == 0 || rest.sign() == b.sign());
    EXPECT_LT(b.sign() < 0 ? -rest : rest, b.sign() < 0 ? -b : b);
    EXPECT_EQ(up - down, rest == 0 ? 0 : 1);
    EXPECT_EQ(Integer::exact(a * b, b), a);
  }
  EXPECT_EQ(Integer::floor(least, -1).text(), "9223372036854775808");
  EXPECT_EQ(Integer::exact(least, -1).text(), "9223372036854775808");
  EXPECT_EQ((-Integer(least)).text(), "9223372036854775808");
}

TEST(Integer, DividesLongNumbersByShorterOnes) {
  std::mt19937_64 random(5);
  const auto power = [&](std::size_t most_words) {  // and a bit less or more, with zeros within
    const auto bits = static_cast<std::uint32_t>(1 + random() % (64 * most_words));
    const Integer edge = static_cast<std::int64_t>(random() % 3) - 1;
    return Integer::power_of_two(bits) + edge;
  };
  const auto digits = [&](std::size_t most_words) {
    std::string text(1 + random() % (19 * most_words), '0');
    for (char& c : text) c = static_cast<char>('0' + random() % 10);
    text[0] = '1';
    return whole(text);
  };
  for (int i = 0; i < 3000; ++i) {
    const Integer divisor = i % 2 == 0 ? digits(6) : power(6);
    const Integer times = i % 3 == 0 ? power(40) : digits(40);
    Integer rest = i % 5 == 0 ? Integer(0) : Integer::rest(digits(5), divisor);
    if (i % 7 == 0) rest = divisor - 1;
    const Integer a = times * divisor + rest;
    ASSERT_EQ(Integer::floor(a, divisor), times) << a.text() << " / " << divisor.text();
    ASSERT_EQ(Integer::rest(a, divisor), rest);
    ASSERT_EQ(Integer::floor(-a, divisor), rest == 0 ? -times : -times - 1);
    ASSERT_EQ(Integer::exact(a - rest, -divisor), -times);
    Integer x = divisor, y = rest;
    while (y != 0) x = std::exchange(y, Integer::rest(x, y));
    ASSERT_EQ(Integer::gcd(a, divisor), x);
    ASSERT_EQ(Integer::gcd(-divisor, a), x);
  }
}

TEST(Integer, KnowsGreatestCommonDivisors) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 1000; ++i) {
    const Integer a = whole(random_digits(random)), b = whole(random_digits(random));
    Integer x = a, y = b;  // Euclid's own way
    while (y != 0) x = std::exchange(y, Integer::rest(x, y));
    EXPECT_EQ(Integer::gcd(a, -b), x);
    EXPECT_EQ(Integer::lcm(a, -b) * x, a * b);
  }
  EXPECT_EQ(Integer::gcd(0, 0), 0);
  EXPECT_EQ(Integer::gcd(0, -6), 6);
  EXPECT_EQ(Integer::gcd(least, 0).text(), "9223372036854775808");
  EXPECT_EQ(Integer::lcm(0, 5), 0);
}

TEST(Integer, TellsItsSizeAndRests) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 1000; ++i) {
    const Integer a = whole(random_digits(random));
    const std::uint64_t m = random() % 3 == 0 ? random() | 1 : random() % 1000 + 1;
    const Integer modulus = whole(std::to_string(m));
    EXPECT_EQ(std::to_string(a.modulo(m)), Integer::rest(a, modulus).text());
    EXPECT_EQ(std::to_string((-a).modulo(m)), Integer::rest(-a, modulus).text());
    EXPECT_LT(a, Integer::power_of_two(a.bits()));
    EXPECT_GE(a, Integer::power_of_two(a.bits() - 1));
    EXPECT_EQ((-a).bits(), a.bits());
    EXPECT_NEAR(a.approximate() / std::stod(a.text()), 1, 3e-16);
    EXPECT_EQ((-a).approximate(), -a.approximate());
  }
  EXPECT_EQ(Integer(0).bits(), 0U);
  EXPECT_EQ(Integer(least).bits(), 64U);
}

TEST(Integer, SurvivesBeingAssignedToItself) {
  Integer a = whole("123456789012345678901234567890");
  const Integer copy = a;
  Integer& same = a;
  a = same;
  EXPECT_EQ(a, copy);
  a += same;
  EXPECT_EQ(a, copy + copy);
  a *= same;
  EXPECT_EQ(a, copy * copy * 4);
  a -= same;
  EXPECT_EQ(a, 0);
  const Integer moved = std::move(a);
  EXPECT_EQ(moved, 0);
}

TEST(Rational, ReadsAndWrites) {
  EXPECT_EQ(part("4/10").text(), "2/5");
  EXPECT_EQ(part("-3/6").text(), "-1/2");
  EXPECT_EQ(part("8/4").text(), "2");
  EXPECT_EQ(part("0/7").text(), "0");
  EXPECT_EQ(part("36893488147419103232/18446744073709551616").text(), "2");
  for (const char* text :
       {"", "/", "1/", "/2", "1/0", "1/-2", "-1/-2", "1/2/3", "1/02", "0.5", "a/b"}) {
    EXPECT_FALSE(Rational::parse(text).has_value()) << text;
  }
}

// Against the rules of fractions in whole numbers, without a short cut.
TEST(Rational, CalculatesByTheRulesOfFractions) {
  std::mt19937_64 random(5);
  const auto signed_digits = [&] {
    Integer value = whole(random_digits(random));
    return random() % 2 == 0 ? -value : value;
  };
  for (int i = 0; i < 3000; ++i) {
    const Integer a = signed_digits(), b = signed_digits(), c = signed_digits(),
                  d = random() % 4 == 0 ? b : signed_digits();
    const Rational x(a, b), y(c, d);
    const auto equals = [](const Rational& value, const Integer& num, const Integer& den) {
      return value.num() * den == num * value.den() && value.den() > 0 &&
             Integer::gcd(value.num(), value.den()) == 1;
    };
    EXPECT_TRUE(equals(x, a, b));
    EXPECT_TRUE(equals(x + y, a * d + c * b, b * d));
    EXPECT_TRUE(equals(x - y, a * d - c * b, b * d));
    EXPECT_TRUE(equals(x * y, a * c, b * d));
    EXPECT_TRUE(equals(x / y, a * d, b * c));
    EXPECT_TRUE(equals(-x, -a, b));
    const Integer left = x.num() * y.den(), right = y.num() * x.den();
    EXPECT_EQ(x <=> y, left <=> right);
    EXPECT_EQ(x == y, left == right);
    EXPECT_LE(Rational(x.floor()), x);
    EXPECT_LT(x, Rational(x.floor() + 1));
    EXPECT_GE(Rational(x.ceil()), x);
    EXPECT_EQ(x.whole(), x.floor() == x.ceil());
    EXPECT_EQ(part(x.text()), x);
  }
}

TEST(Rational, IsExactlyADouble) {
  std::mt19937_64 random(6);
  EXPECT_EQ(Rational::of(0.375), Rational(3, 8));
  EXPECT_EQ(Rational::of(-0.0), Rational(0));
  EXPECT_EQ(Rational::of(0.1).text(), "3602879701896397/36028797018963968");
  for (int i = 0; i < 2000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(random()) - 9e18, static_cast<int>(random() % 400) - 200);
    EXPECT_EQ(Rational::of(value).approximate(), value);
  }
  for (const double value : {5e-324, 1e308, -std::numeric_limits<double>::max(),
                             std::numeric_limits<double>::min() / 3}) {
    EXPECT_EQ(Rational::of(value).approximate(), value);
  }
}

TEST(Rational, ApproximatesLongFractions) {
  const Integer huge = whole("1" + std::string(700, '0'));
  EXPECT_NEAR(Rational(huge * 2, huge * 3 + 1).approximate(), 2.0 / 3, 1e-15);
  EXPECT_EQ(Rational(1, huge).approximate(), 0);
  EXPECT_EQ(Rational(huge).approximate(), std::numeric_limits<double>::infinity());
}

// Every fraction with a denominator up to the bound is tried.
TEST(Rational, FindsTheNearestOfABoundedDenominator) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::int64_t bound = 1 + static_cast<std::int64_t>(random() % 60);
    const Rational value(static_cast<std::int64_t>(random() % 20001) - 10000,
                         1 + static_cast<std::int64_t>(random() % 5000));
    const auto distance = [&](const Rational& other) {
      return other < value ? value - other : other - value;
    };
    const Rational found = Rational::near(value, Integer(bound));
    EXPECT_LE(found.den(), Integer(bound));
    for (std::int64_t den = 1; den <= bound; ++den) {
      const Integer low = (value * Rational(den)).floor();
      EXPECT_LE(distance(found), distance(Rational(low, den)));
      EXPECT_LE(distance(found), distance(Rational(low + 1, den)));
    }
  }
  EXPECT_EQ(Rational::near(1.0 / 3, 1000), Rational(1, 3));
  EXPECT_EQ(Rational::near(0.142857142857, 100), Rational(1, 7));
  EXPECT_EQ(Rational::near(3.141592653589793, 113), Rational(355, 113));
  EXPECT_EQ(Rational::near(-2.5, 1).den(), 1);
}

}  // namespace
}  // namespace partnership
