// SPDX-License-Identifier: Apache-2.0
#include "base/fraction.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <string>

namespace partnership {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

Fraction parsed(std::string_view text) {
  const std::optional<Fraction> fraction = Fraction::parse(text);
  EXPECT_TRUE(fraction.has_value()) << text;
  return fraction.value_or(Fraction{-99, 1});
}

TEST(Fraction, ReadsTheThreeForms) {
  EXPECT_EQ(parsed("2/5"), (Fraction{2, 5}));
  EXPECT_EQ(parsed("4/10"), (Fraction{2, 5}));
  EXPECT_EQ(parsed("0.4"), (Fraction{2, 5}));
  EXPECT_EQ(parsed("0.40"), (Fraction{2, 5}));
  EXPECT_EQ(parsed("3"), (Fraction{3, 1}));
  EXPECT_EQ(parsed("0"), (Fraction{0, 1}));
  EXPECT_EQ(parsed("0/7"), (Fraction{0, 1}));
  EXPECT_EQ(parsed("-0.5"), (Fraction{-1, 2}));
  EXPECT_EQ(parsed("-3/6"), (Fraction{-1, 2}));
  EXPECT_EQ(parsed("0.1"), (Fraction{1, 10}));  // not the nearest double
  EXPECT_EQ(parsed("0.33333333333333333"), (Fraction{33333333333333333, 100000000000000000}));
  EXPECT_EQ(parsed("9223372036854775807"), (Fraction{most, 1}));
  EXPECT_EQ(parsed("1/9223372036854775807"), (Fraction{1, most}));
}

TEST(Fraction, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "-",
                                      "/",
                                      ".",
                                      "1/",
                                      "/2",
                                      "1/0",
                                      "0/0",
                                      "1/-2",
                                      "--1",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1 /2",
                                      "1.",
                                      ".5",
                                      "1.5/2",
                                      "1/2/3",
                                      "1.2.3",
                                      "1e3",
                                      "0x10",
                                      "01",
                                      "00.5",
                                      "01/2",
                                      "1/02",
                                      "50%",
                                      "nan",
                                      "inf",
                                      "9223372036854775808",
                                      "1/9223372036854775808",
                                      "0.123456789012345678",
                                      "1.-5",
                                      "1,5",
                                      "\u0662/\u0665"}) {
    EXPECT_FALSE(Fraction::parse(text).has_value()) << text;
  }
  EXPECT_FALSE(Fraction::parse(std::string_view("1\0", 2)).has_value());
  EXPECT_FALSE(Fraction::parse(std::string(1 << 20, '1')).has_value());
  EXPECT_TRUE(Fraction::parse("0.12345678901234567").has_value());  // 18 digits
}

TEST(Fraction, IsAlwaysInLowestTerms) {
  for (std::int64_t num = -40; num <= 40; ++num) {
    for (std::int64_t den = -40; den <= 40; ++den) {
      if (den == 0) continue;
      const Fraction fraction = Fraction::of(num, den);
      ASSERT_GT(fraction.den, 0);
      ASSERT_EQ(std::gcd(fraction.num, fraction.den), 1);
      ASSERT_EQ(fraction.num * den, num * fraction.den);
      ASSERT_EQ(Fraction::parse(fraction.text()), fraction) << fraction.text();
    }
  }
  EXPECT_EQ(Fraction::of(least, least), (Fraction{1, 1}));
  EXPECT_EQ(Fraction::of(least, 2), (Fraction{least / 2, 1}));
  EXPECT_EQ(Fraction::of(2, least), (Fraction{-1, -(least / 2)}));
  EXPECT_EQ(Fraction::of(0, least), (Fraction{0, 1}));
}

TEST(Fraction, WritesItself) {
  EXPECT_EQ(parsed("0.4").text(), "2/5");
  EXPECT_EQ(parsed("6/2").text(), "3");
  EXPECT_EQ(parsed("-0.5").text(), "-1/2");
}

// The oracle walks: the greatest k with k/1 <= f * n, found by counting.
TEST(Fraction, RoundsAsCountingDoes) {
  for (std::int64_t num = -9; num <= 9; ++num) {
    for (std::int64_t den = 1; den <= 9; ++den) {
      const Fraction fraction = Fraction::of(num, den);
      for (std::int64_t n = 0; n <= 40; ++n) {
        std::int64_t floor = -400;
        while ((floor + 1) * den <= num * n) ++floor;
        const std::int64_t ceil = floor * den == num * n ? floor : floor + 1;
        ASSERT_EQ(fraction.floor_of(n), floor) << fraction.text() << " of " << n;
        ASSERT_EQ(fraction.ceil_of(n), ceil) << fraction.text() << " of " << n;
      }
    }
  }
}

TEST(Fraction, RoundsExactlyWhereADoubleWouldNot) {
  EXPECT_EQ(parsed("0.3").ceil_of(10), 3);
  EXPECT_EQ(parsed("0.07").ceil_of(100), 7);
  EXPECT_EQ(parsed("1/3").ceil_of(30), 10);
  EXPECT_EQ((Fraction{most - 1, most}.floor_of(most)), most - 1);
  EXPECT_EQ((Fraction{most - 1, most}.ceil_of(most - 1)), most - 1);
  EXPECT_EQ((Fraction{most, 1}.ceil_of(2)), most);
  EXPECT_EQ((Fraction{least, 1}.floor_of(2)), least);
}

TEST(Fraction, ComparesWithoutOverflow) {
  EXPECT_LT((Fraction{1, most}), (Fraction{1, most - 1}));
  EXPECT_LT((Fraction{most - 2, most - 1}), (Fraction{most - 1, most}));
  EXPECT_LT((Fraction{least, 1}), (Fraction{most, 1}));
  EXPECT_GT((Fraction{most, 1}), (Fraction{most, 2}));
  std::mt19937_64 random(3);
  for (int round = 0; round < 20000; ++round) {
    const auto small = [&random] { return static_cast<std::int64_t>(random() % 2000) - 1000; };
    const Fraction a = Fraction::of(small(), 1 + static_cast<std::int64_t>(random() % 1000));
    const Fraction b = Fraction::of(small(), 1 + static_cast<std::int64_t>(random() % 1000));
    ASSERT_EQ(a <=> b, a.num * b.den <=> b.num * a.den);
    ASSERT_EQ(a == b, (a <=> b) == 0);
  }
}

}  // namespace
}  // namespace partnership
