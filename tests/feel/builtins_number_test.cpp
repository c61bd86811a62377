// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "feel/builtins_support.hpp"

namespace partnership::feel {
namespace {

// DMN 1.5, table 77.
TEST(BuiltinNumber, GivesTheExamplesOfTheStandard) {
  expect({
      {"decimal(1/3, 2)", "0.33"},
      {"decimal(1.5, 0)", "2"},
      {"decimal(2.5, 0)", "2"},
      {"floor(1.5)", "1"},
      {"floor(-1.56, 1)", "-1.6"},
      {"ceiling(1.5)", "2"},
      {"ceiling(-1.56, 1)", "-1.5"},
      {"round up(5.5, 0)", "6"},
      {"round up(-5.5, 0)", "-6"},
      {"round up(1.121, 2)", "1.13"},
      {"round up(-1.126, 2)", "-1.13"},
      {"round down(5.5, 0)", "5"},
      {"round down(-5.5, 0)", "-5"},
      {"round down(1.121, 2)", "1.12"},
      {"round down(-1.126, 2)", "-1.12"},
      {"round half up(5.5, 0)", "6"},
      {"round half up(-5.5, 0)", "-6"},
      {"round half up(1.121, 2)", "1.12"},
      {"round half up(-1.126, 2)", "-1.13"},
      {"round half down(5.5, 0)", "5"},
      {"round half down(-5.5, 0)", "-5"},
      {"round half down(1.121, 2)", "1.12"},
      {"round half down(-1.126, 2)", "-1.13"},
      {"abs(10)", "10"},
      {"abs(-10)", "10"},
      {R"(abs(@"PT5H"))", R"(@"PT5H")"},
      {R"(abs(@"-PT5H"))", R"(@"PT5H")"},
      {"modulo(12, 5)", "2"},
      {"modulo(-12, 5)", "3"},
      {"modulo(12, -5)", "-3"},
      {"modulo(-12, -5)", "-2"},
      {"modulo(10.1, 4.5)", "1.1"},
      {"modulo(-10.1, 4.5)", "3.4"},
      {"modulo(10.1, -4.5)", "-3.4"},
      {"modulo(-10.1, -4.5)", "-1.1"},
      {"sqrt(16)", "4"},
      {"decimal(log(10), 8)", "2.30258509"},
      {"decimal(exp(5), 8)", "148.4131591"},
      {"odd(5)", "true"},
      {"odd(2)", "false"},
      {"even(5)", "false"},
      {"even(2)", "true"},
  });
}

TEST(BuiltinNumber, RoundsToAnyScale) {
  expect({
      {"floor(1234.5, -2)", "1200"},
      {"ceiling(1234.5, -2)", "1300"},
      {"round half up(1250, -2)", "1300"},
      {"decimal(1250, -2)", "1200"},
      {"decimal(1/3, 2.9)", "0.33"},
      {"floor(1.5, 10 ** 20)", "null !"},
      {"round up(5.5, 6177)", "null !"},
      {"round up(5.5, -6112)", "null !"},
      {"round up(5.5, 6176)", "5.5"},
      {"round up(5.5)", "null !"},
      {"decimal(5.5)", "null !"},
      {"floor(n: 1.56, scale: 1)", "1.5"},
      {"round half down(scale: 0, n: 5.5)", "5"},
      {"floor([1.5])", "1"},
      {"floor([1.5, 2])", "null !"},
  });
}

TEST(BuiltinNumber, TakesNoNullAndNothingElse) {
  for (const char* function : {"floor", "ceiling", "abs", "sqrt", "log", "exp", "odd", "even"}) {
    for (const char* argument : {"null", R"("4")", "true", "[]", "{}", R"(@"2024-01-01")", ""}) {
      const std::string call = std::string(function) + "(" + argument + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
  }
  for (const char* function : {"decimal", "floor", "round up", "round down", "round half up",
                               "round half down", "modulo"}) {
    for (const char* arguments : {"null, 1", "1, null", R"("1", 1)", R"(1, "1")", "1, 2, 3"}) {
      const std::string call = std::string(function) + "(" + arguments + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
  }
}

TEST(BuiltinNumber, HasNoResultWhereThereIsNone) {
  expect({
      {"sqrt(-1)", "null !"},
      {"log(0)", "null !"},
      {"log(-1)", "null !"},
      {"exp(100000)", "null !"},
      {"modulo(1, 0)", "null !"},
      {"odd(1.5)", "false"},
      {"even(1.5)", "false"},
      {"odd(-3)", "true"},
      {"even(10 ** 33)", "true"},
      {R"(abs(@"-P1Y2M"))", R"(@"P1Y2M")"},
      {R"(abs(@"-PT0.5S"))", R"(@"PT0.5S")"},
      {"abs(n: -1)", "1"},
      {"abs(number: -1)", "null !"},
  });
}

// DMN 1.5, table 74, and the third truth value.
TEST(BuiltinNumber, NotTurnsTruthAround) {
  expect({
      {"not(true)", "false"},
      {"not(null)", "null"},
      {"not(1)", "null !"},
      {"not([false])", "true"},
      {"not(negand: false)", "true"},
  });
}

// Published values of the sample standard deviation, and the rest of table 76 over numbers.
TEST(BuiltinNumber, AggregatesNumbers) {
  expect({
      {"sum([1, 2, 3])", "6"},
      {"sum(1, 2, 3)", "6"},
      {"sum(1)", "1"},
      {"sum([])", "null"},
      {"mean([1, 2, 3])", "2"},
      {"mean(1, 2, 3)", "2"},
      {"mean([])", "null"},
      {"product([2, 3, 4])", "24"},
      {"product(2, 3, 4)", "24"},
      {"product([])", "null !"},
      {"median(8, 2, 5, 3, 4)", "4"},
      {"median([6, 1, 2, 3])", "2.5"},
      {"median([])", "null"},
      {"decimal(stddev(2, 4, 7, 5), 13)", "2.0816659994661"},
      {"stddev([47])", "null !"},
      {"stddev(47)", "null !"},
      {"stddev([])", "null !"},
      {"stddev([3, 3, 3])", "0"},
      {"mode(6, 3, 9, 6, 6)", "[6]"},
      {"mode([6, 1, 9, 6, 1])", "[1, 6]"},
      {"mode([])", "[]"},
      {"mode([1, 1.0, 2])", "[1]"},
      {"sum([0.1, 0.2])", "0.3"},
      {"sum([9 * 10 ** 6144, 9 * 10 ** 6144])", "null !"},
      {"product([10 ** 4000, 10 ** 4000])", "null !"},
  });
  for (const char* function : {"sum", "mean", "product", "median", "stddev", "mode"}) {
    for (const char* arguments : {"null", R"([1, "2"])", "[1, null]", "1, null", R"(1, "2")",
                                  "[[1], 2]", "", "l: [1, 2]", "list: null"}) {
      const std::string call = std::string(function) + "(" + arguments + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
    EXPECT_EQ(given(std::string(function) + "(list: [1, 2, 2, 4])"),
              given(std::string(function) + "(1, 2, 2, 4)"));
  }
}

TEST(BuiltinNumber, FindsTheLeastAndTheGreatest) {
  expect({
      {"min([1, 2, 3])", "1"},
      {"min(1)", "1"},
      {"min(1, 2, 3)", "1"},
      {"max([1, 2, 3])", "3"},
      {"max(1, 2, 3)", "3"},
      {"min([])", "null"},
      {"max([])", "null"},
      {R"(max("a", "c", "b"))", R"("c")"},
      {R"(min([@"2024-02-01", @"2024-01-01"]))", R"(@"2024-01-01")"},
      {R"(max(@"PT1H", @"PT61M"))", R"(@"PT1H1M")"},
      {R"(max(@"P1Y", @"P11M"))", R"(@"P1Y")"},
      {R"(max(1, "a"))", "null !"},
      {"max(1, null)", "null !"},
      {"max(null, null)", "null !"},
      {"max(null)", "null !"},
      {"max([null])", "null !"},
      {"max([1], [2])", "null !"},
      {"max([[1, 2]])", "null !"},
      {"max(true, false)", "null !"},
      {"max({a: 1}, {a: 2})", "null !"},
      {"min(list: [4, 2])", "2"},
      {"min()", "null !"},
  });
}

TEST(BuiltinNumber, KnowsThreeTruthValues) {
  expect({
      {"all([false, null, true])", "false"},
      {"all([true, true])", "true"},
      {"all([true])", "true"},
      {"all(true)", "true"},
      {"all([])", "true"},
      {"all(0)", "null !"},
      {"all([true, null])", "null"},
      {"all([true, 1, null])", "null !"},
      {"all([1, false])", "false"},
      {"any([false, null, true])", "true"},
      {"any([false, false])", "false"},
      {"any([])", "false"},
      {"any(0)", "null !"},
      {"any([false, null])", "null"},
      {"any(true, false)", "true"},
      {"any(null)", "null !"},
      {"all(null)", "null !"},
      {"all()", "null !"},
      {"any(list: [true])", "true"},
  });
}

}  // namespace
}  // namespace partnership::feel
