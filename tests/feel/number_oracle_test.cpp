// SPDX-License-Identifier: Apache-2.0
//
// Numbers against a second way: schoolbook arithmetic on strings of digits; and the fast path
// against decimal128.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "feel/naive_decimal.hpp"
#include "feel/number.hpp"
#include "feel/number_big.hpp"
#include "feel/number_fast.hpp"
#include "feel/number_parts.hpp"

namespace partnership::feel {
namespace {

std::string text_of(const std::optional<Value>& number) {
  if (!number) return "none";
  std::string out;
  append_number(out, *number);
  return out;
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }

  // Of up to `digits` digits: many nines, zeros and fives, since that is where roundings turn.
  std::string number(int digits) {
    std::string out = below(2) == 0 ? "" : "-";
    const int count = 1 + below(digits);
    const int style = below(4);
    for (int i = 0; i < count; ++i) {
      constexpr std::string_view edge = "0459";
      out += style == 0 ? edge[static_cast<std::size_t>(below(4))] : digit();
    }
    if (below(3) > 0) {
      const auto at = out.size() - static_cast<std::size_t>(below(count));
      if (at < out.size()) out.insert(at, 1, '.');
    }
    if (below(5) == 0) out += "e" + std::to_string(below(41) - 20);
    return out;
  }
  Value small() {
    constexpr std::int64_t bounds[] = {10, 1000, 1'000'000, 10'000'000'000, 0};
    const std::int64_t bound = bounds[below(5)];
    auto coefficient = static_cast<std::int64_t>(engine64_());
    if (bound != 0) coefficient %= bound;
    return Value::small_number(coefficient, static_cast<unsigned>(below(below(2) == 0 ? 4 : 19)));
  }

 private:
  char digit() { return static_cast<char>('0' + below(10)); }
  std::mt19937 engine_;
  std::mt19937_64 engine64_{engine_()};
};

TEST(NumberOracle, ArithmeticIsThatOfTheSchoolbook) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    Arena arena;
    const int digits = i % 3 == 0 ? 34 : 18;
    const std::string left = random.number(digits), right = random.number(digits);
    const Value one = *parse_number(arena, left), other = *parse_number(arena, right);
    const auto naive_one = naive::Number::of(left), naive_other = naive::Number::of(right);
    SCOPED_TRACE(left + " and " + right);
    ASSERT_EQ(text_of(one), naive_one.text());
    ASSERT_EQ(text_of(add(arena, one, other)), (naive_one + naive_other).to_34_digits().text());
    ASSERT_EQ(text_of(subtract(arena, one, other)),
              (naive_one - naive_other).to_34_digits().text());
    ASSERT_EQ(text_of(multiply(arena, one, other)),
              (naive_one * naive_other).to_34_digits().text());
    ASSERT_EQ(compare_numbers(one, other), naive::compare(naive_one, naive_other));
    if (naive_other.digits.empty()) {
      ASSERT_EQ(divide(arena, one, other), std::nullopt);
      ASSERT_EQ(modulo(arena, one, other), std::nullopt);
    } else {
      ASSERT_EQ(text_of(divide(arena, one, other)), (naive_one / naive_other).text());
      ASSERT_EQ(text_of(modulo(arena, one, other)),
                naive::modulo(naive_one, naive_other).to_34_digits().text());
    }
  }
}

TEST(NumberOracle, RoundingIsThatOfTheDigits) {
  constexpr std::pair<Rounding, naive::Mode> modes[] = {
      {Rounding::half_even, naive::Mode::half_even}, {Rounding::half_up, naive::Mode::half_up},
      {Rounding::half_down, naive::Mode::half_down}, {Rounding::up, naive::Mode::up},
      {Rounding::down, naive::Mode::down},           {Rounding::floor, naive::Mode::floor},
      {Rounding::ceiling, naive::Mode::ceiling},
  };
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    Arena arena;
    const std::string text = random.number(i % 2 == 0 ? 8 : 34);
    const int scale = random.below(60) - 30;
    const Value number = *parse_number(arena, text);
    for (const auto& [rounding, mode] : modes) {
      ASSERT_EQ(text_of(round_to(arena, number, scale, rounding)),
                naive::Number::of(text).rounded(-scale, mode).text())
          << text << " to " << scale << " by " << static_cast<int>(mode);
    }
  }
}

TEST(NumberOracle, MoreThan34DigitsAreRoundedOnce) {
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    Arena arena;
    const std::string text = random.number(80);
    ASSERT_EQ(text_of(parse_number(arena, text)), naive::Number::of(text).to_34_digits().text())
        << text;
  }
}

// Whatever the fast path answers, decimal128 answers too.
TEST(NumberOracle, TheFastPathIsDecimal128) {
  Random random(4);
  Arena arena;
  int sums = 0, products = 0, quotients = 0;
  const auto big = [&arena](const std::optional<Decimal>& decimal) {
    return *value_of(arena, parts_of(*decimal));
  };
  for (int i = 0; i < 1'000'000; ++i) {
    if (i % 100 == 0) arena.clear();
    const Value left = random.small(), right = random.small();
    const Decimal one = decimal_of(left), other = decimal_of(right);
    Value fast;
    if (add_small(left, right, fast)) {
      ++sums;
      ASSERT_TRUE(equal_numbers(fast, big(big_add(one, other))));
    }
    if (subtract_small(left, right, fast)) {
      ASSERT_TRUE(equal_numbers(fast, big(big_subtract(one, other))));
    }
    if (multiply_small(left, right, fast)) {
      ++products;
      ASSERT_TRUE(equal_numbers(fast, big(big_multiply(one, other))));
    }
    if (right.coefficient() != 0) {
      const Value quotient = *divide(arena, left, right);
      quotients += quotient.is_small() ? 1 : 0;
      ASSERT_TRUE(equal_numbers(quotient, big(big_divide(one, other))));
    }
    int order = 0;
    if (compare_small(left, right, order)) {
      ASSERT_EQ(order, compare_parts(parts_of(left), parts_of(right)));
    }
  }
  EXPECT_GT(sums, 100'000);
  EXPECT_GT(products, 100'000);
  EXPECT_GT(quotients, 10'000);
}

// A big number is never one that a small one could be, and equal numbers are equal in every way.
TEST(NumberOracle, EqualNumbersAreAlike) {
  Random random(5);
  for (int i = 0; i < 20'000; ++i) {
    Arena arena;
    const std::string text = random.number(30);
    const Value number = *parse_number(arena, text);
    const Value there = *multiply(arena, number, *parse_number(arena, "1.000"));
    const Value back =
        *subtract(arena, *add(arena, number, Value::small_number(1)), Value::small_number(1));
    for (const Value other : {there, back}) {
      if (text_of(other) != text_of(number)) continue;  // rounded away
      ASSERT_TRUE(equal_numbers(number, other)) << text;
      ASSERT_EQ(hash_number(number), hash_number(other)) << text;
      ASSERT_EQ(number.is_small(), other.is_small()) << text;
    }
    const Value read_again = *parse_number(arena, text_of(number));
    ASSERT_TRUE(equal_numbers(number, read_again)) << text;
    ASSERT_EQ(is_integer(number), text_of(number).find_first_of(".E") == std::string::npos ||
                                      text_of(number).find("E+") != std::string::npos)
        << text;
  }
}

// The identities that bind the three: each holds to the last digits only if all are right.
TEST(NumberOracle, ExponentialAndLogarithmUndoEachOther) {
  Random random(6);
  Arena kept, arena;
  const Value tolerance = *parse_number(kept, "1e-31");
  for (int i = 0; i < 2'000; ++i) {
    arena.clear();
    const Value number = absolute(arena, *parse_number(arena, random.number(20)));
    if (sign_of(number) == 0) continue;
    const Value log = *natural_log(arena, number);
    const Value back = *exponential(arena, log);
    const Value off = *divide(arena, *subtract(arena, back, number), number);
    // The log is right to half a unit of its 34th digit; exp carries that over.
    ASSERT_LE(compare_numbers(absolute(arena, off), tolerance), 0)
        << text_of(number) << " " << text_of(back);
    const Value root = *square_root(arena, number);
    ASSERT_EQ(text_of(power(arena, number, *parse_number(arena, "0.5"))), text_of(root));
  }
}

}  // namespace
}  // namespace partnership::feel
