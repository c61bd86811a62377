// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "feel/builtins_support.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"

namespace partnership::feel {
namespace {

// DMN 1.5, tables 76, 78 and 82.
TEST(BuiltinList, GivesTheExamplesOfTheStandard) {
  expect({
      {"list contains([1, 2, 3], 2)", "true"},
      {"count([1, 2, 3])", "3"},
      {"count([])", "0"},
      {"count([1, [2, 3]])", "2"},
      {"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
      {"append([1], 2, 3)", "[1, 2, 3]"},
      {"concatenate([1, 2], [3])", "[1, 2, 3]"},
      {"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
      {"remove([1, 2, 3], 2)", "[1, 3]"},
      {"reverse([1, 2, 3])", "[3, 2, 1]"},
      {"index of([1, 2, 3, 2], 2)", "[2, 4]"},
      {"union([1, 2], [2, 3])", "[1, 2, 3]"},
      {"distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"},
      {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
      {"list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"},
      {"list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"},
      {"sort([3, 1, 4, 5, 2], function(x, y) x < y)", "[1, 2, 3, 4, 5]"},
      {R"(get value({key1: "value1"}, "key1"))", R"("value1")"},
      {R"(get entries({key1: "value1"}))", R"([{key: "key1", value: "value1"}])"},
      {R"(context([{key: "a", value: 1}, {key: "b", value: 2}]))", "{a: 1, b: 2}"},
      {R"(context put({x: 1}, "y", 2))", "{x: 1, y: 2}"},
      {R"(context put({x: 1, y: {a: 0}}, "y", {a: 2}))", "{x: 1, y: {a: 2}}"},
      {R"(context put({x: 1, y: {a: 0}}, ["y", "a"], 2))", "{x: 1, y: {a: 2}}"},
      {"context merge([{x: 1}, {y: 2}])", "{x: 1, y: 2}"},
      {"context merge([{x: 1, y: 0}, {y: 2}])", "{x: 1, y: 2}"},
  });
}

TEST(BuiltinList, KeepsPositionsToTheList) {
  expect({
      {"sublist([1, 2, 3], 2)", "[2, 3]"},
      {"sublist([1, 2, 3], -1)", "[3]"},
      {"sublist([1, 2, 3], -3, 2)", "[1, 2]"},
      {"sublist([1, 2, 3], 1, 0)", "null !"},
      {"sublist([1, 2, 3], 0)", "null !"},
      {"sublist([1, 2, 3], 4)", "null !"},
      {"sublist([1, 2, 3], 2, 3)", "null !"},
      {"sublist([1, 2, 3], 2, -1)", "null !"},
      {"sublist([1, 2, 3], 10 ** 30)", "null !"},
      {"sublist([], 1)", "null !"},
      {"insert before([1, 3], -1, 2)", "[1, 2, 3]"},
      {"insert before([1, 3], 3, 2)", "null !"},
      {"insert before([1, 3], 0, 2)", "null !"},
      {"insert before([1, 3], 2, null)", "[1, null, 3]"},
      {"insert before([], 1, 2)", "null !"},
      {"remove([1, 2, 3], -1)", "[1, 2]"},
      {"remove([1], 1)", "[]"},
      {"remove([1, 2, 3], 4)", "null !"},
      {"remove([1, 2, 3], 0)", "null !"},
      {"list replace([1, 2, 3], -3, null)", "[null, 2, 3]"},
      {"list replace([1, 2, 3], 0, 4)", "null !"},
      {"list replace([1, 2, 3], 2.9, 4)", "[1, 4, 3]"},
      {"list replace([], 1, 4)", "null !"},
  });
}

TEST(BuiltinList, TakesAnItemForAListOfOneAndNoNull) {
  expect({
      {"count(5)", "1"},
      {"count([null])", "1"},
      {"list contains(1, 1)", "true"},
      {"list contains([1, null], null)", "true"},
      {"list contains([1, 2], null)", "false"},
      {R"(list contains([1, 2], "1"))", "false"},
      {"list contains([[1, 2], {a: 1}], {a: 1.0})", "true"},
      {"append(1, 2)", "[1, 2]"},
      {"append([1], null)", "[1, null]"},
      {"append([1])", "null !"},
      {"append(list: [1], item: 2)", "[1, 2]"},
      {"concatenate([1], 2)", "[1, 2]"},
      {"concatenate([1])", "[1]"},
      {"concatenate([1], null)", "null !"},
      {"union([1, 1], 1)", "[1]"},
      {"union([1], null)", "null !"},
      {"reverse([])", "[]"},
      {"reverse(1)", "[1]"},
      {"index of([1, null, 1], null)", "[2]"},
      {"index of([], 1)", "[]"},
      {"flatten(1)", "[1]"},
      {"flatten([[], [[]]])", "[]"},
      {"flatten([null, [null]])", "[null, null]"},
      {R"(distinct values([1, 1.0, "1", null, null, [1], [1.00]]))", R"([1, "1", null, [1]])"},
      {"distinct values([])", "[]"},
  });
  for (const char* call : {"count(null)",
                           "list contains(null, 1)",
                           "sublist(null, 1)",
                           "append(null, 1)",
                           "insert before(null, 1, 1)",
                           "remove(null, 1)",
                           "reverse(null)",
                           "index of(null, 1)",
                           "distinct values(null)",
                           "flatten(null)",
                           "list replace(null, 1, 1)",
                           "sort(null)",
                           "sublist([1], null)",
                           "remove([1], null)",
                           "insert before([1], null, 1)",
                           R"(sublist([1], "1"))",
                           "list replace([1], null, 2)",
                           "sublist([1], 1, null)",
                           "context put(null, \"a\", 1)",
                           "context merge(null)",
                           "get value(null, \"a\")",
                           "get entries(null)",
                           "context(null)",
                           "count()",
                           "count([1], [2])",
                           "reverse(liste: [1])"}) {
    EXPECT_EQ(given(call), "null !") << call;
  }
}

TEST(BuiltinList, ReplacesWhereAFunctionSaysSo) {
  expect({
      {"list replace([1, 2, 3], function(item, newItem) item = newItem, 2)", "[1, 2, 3]"},
      {"list replace([1, 2, 3], function(item, newItem) true, null)", "[null, null, null]"},
      {"list replace([1, 2, 3], function(item, newItem) null, 1)", "null !"},
      {"list replace([1, 2, 3], function(item, newItem) 1, 1)", "null !"},
      {"list replace([1, 2, 3], function(item) true, 1)", "null !"},
      {"list replace(list: [1, 2], position: 1, newItem: 3)", "[3, 2]"},
      {"list replace(list: [1, 2], match: function(a, b) a = 2, newItem: 3)", "[1, 3]"},
  });
}

TEST(BuiltinList, SortsByAFunctionOrByItself) {
  expect({
      {"sort([3, 1, 2])", "[1, 2, 3]"},
      {"sort([])", "[]"},
      {"sort([1])", "[1]"},
      {R"(sort(["b", "a", "é", "z"]))", R"(["a", "b", "z", "é"])"},
      {R"(sort([@"2024-03-01", @"2024-01-01"]))", R"([@"2024-01-01", @"2024-03-01"])"},
      {R"(sort([1, "a"]))", "null !"},
      {"sort([1, null])", "null !"},
      {"sort([[1], [2]])", "null !"},
      {"sort([2, 1], null)", "null !"},
      {"sort([2, 1], 5)", "null !"},
      {"sort([2, 1], function(x, y) null)", "null !"},
      {"sort([2, 1], function(x) true)", "null !"},
      {"sort(list: [1, 2], precedes: function(x, y) x > y)", "[2, 1]"},
      // Stable: of equal ones the first stays first.
      {R"(sort([{k: 2, n: "a"}, {k: 1, n: "b"}, {k: 2, n: "c"}, {k: 1, n: "d"}],
             function(x, y) x.k < y.k).n)",
       R"(["b", "d", "a", "c"])"},
  });
}

// Functions that contradict themselves give some order of the same items, and no harm.
TEST(BuiltinList, SortsWhateverTheFunctionSays) {
  for (const char* precedes : {"true", "false", "x != y", "x >= y", "modulo(x * y, 3) = 1"}) {
    const std::string sorted =
        "sort(sort(for i in 1..100 return modulo(i * 37, 101), function(x, y) " +
        std::string(precedes) + "))";
    EXPECT_EQ(given(sorted), given("for i in 1..100 return i")) << precedes;
  }
}

TEST(BuiltinList, PutsContextsTogether) {
  expect({
      {R"(get value({a: 1}, "b"))", "null"},
      {R"(get value({a: null}, "a"))", "null"},
      {R"(get value({a: 1}, 1))", "null !"},
      {"get entries({})", "[]"},
      {"context([])", "{}"},
      {R"(context([{key: "a", value: 1}, {key: "a", value: 2}]))", "null !"},
      {R"(context([{key: null, value: 1}]))", "null !"},
      {R"(context([{key: 1, value: 1}]))", "null !"},
      {R"(context([{key: "a"}]))", "null !"},
      {R"(context([1]))", "null !"},
      {R"(context({key: "a", value: null}))", "{a: null}"},
      {R"(context put({}, "a", 1))", "{a: 1}"},
      {R"(context put({a: 1, b: 2}, "a", 3))", "{a: 3, b: 2}"},
      {R"(context put({}, ["a"], 1))", "{a: 1}"},
      {R"(context put({}, [], 1))", "null !"},
      {R"(context put({}, ["a", "b"], 1))", "null !"},
      {R"(context put({a: 1}, ["a", "b"], 1))", "null !"},
      {R"(context put({a: {}}, ["a", null], 1))", "null !"},
      {R"(context put(context: {}, key: "a", value: 1))", "{a: 1}"},
      {R"(context put(context: {}, keys: ["a"], value: 1))", "{a: 1}"},
      {R"(context put(context: {a: {}}, key: ["a", "b"], value: 1))", "null !"},
      {R"(context put({"مهلة": 1}, "مهلة", 2))", "{مهلة: 2}"},
      {"context merge([])", "{}"},
      {"context merge({a: 1})", "{a: 1}"},
      {"context merge([{a: 1}, 2])", "null !"},
      {"context merge([{a: 1, b: 2}, {b: 3, c: 4}, {a: 5}])", "{a: 5, b: 3, c: 4}"},
      {"context merge([{a: {b: 1}}, {a: {c: 2}}])", "{a: {c: 2}}"},
  });
}

TEST(BuiltinList, EntriesMakeTheirContextAgain) {
  const char* contexts[] = {"{}", "{a: 1}", R"({a: 1, "b c": [2, {d: null}], "": "x"})"};
  for (const std::string context : contexts) {
    EXPECT_EQ(given("context(get entries(" + context + "))"), given(context));
  }
}

class RandomLists : public testing::Test {
 protected:
  RandomLists() { evaluation.begin({}); }

  Value list(std::size_t most = 12) {
    std::vector<Value> items;
    for (std::size_t n = random() % (most + 1); n > 0; --n) {
      const std::int64_t value = static_cast<std::int64_t>(random() % 4);
      switch (random() % 4) {
        case 0:
          items.push_back(number(value));
          break;
        case 1:
          items.push_back(Value::small_number(value * 100, 2));
          break;
        case 2:
          items.push_back(Value());
          break;
        default:
          items.push_back(Value::string(std::string_view("abcd").substr(0, random() % 4)));
      }
    }
    return make_list(evaluation.arena(), items);
  }
  Value ask(const char* function, std::vector<Value> arguments) {
    return call(evaluation, function, std::move(arguments));
  }

  std::mt19937 random{11};
  Evaluation evaluation;
};

TEST_F(RandomLists, TurnedTwiceAreTheSame) {
  for (int round = 0; round < 500; ++round) {
    const Value one = list(), other = list();
    const Value reversed = ask("reverse", {one});
    EXPECT_TRUE(same(ask("reverse", {reversed}), one));
    const Value both = ask("concatenate", {one, other});
    EXPECT_EQ(both.items().size(), one.items().size() + other.items().size());
    EXPECT_TRUE(
        same(ask("reverse", {both}), ask("concatenate", {ask("reverse", {other}), reversed})));
  }
}

TEST_F(RandomLists, HoldDistinctValuesAsANaiveSearchFindsThem) {
  for (int round = 0; round < 1000; ++round) {
    const Value one = list(), other = list();
    std::vector<Value> naive;
    for (const Value part : {one, other}) {
      for (const Value& item : part.items()) {
        const bool seen = std::ranges::any_of(naive, [&](Value v) { return same(v, item); });
        if (!seen) naive.push_back(item);
      }
    }
    EXPECT_TRUE(same(ask("union", {one, other}), Value::list(naive)));
    EXPECT_TRUE(
        same(ask("distinct values", {ask("concatenate", {one, other})}), Value::list(naive)));
    for (const Value& item : naive) {
      EXPECT_EQ(ask("list contains", {one, item}).boolean(),
                !ask("index of", {one, item}).items().empty());
    }
  }
}

TEST_F(RandomLists, AreCutAsTheyAreByHand) {
  for (int round = 0; round < 1000; ++round) {
    const Value one = list();
    const auto size = static_cast<std::int64_t>(one.items().size());
    const auto start = static_cast<std::int64_t>(random() % 29) - 14;
    const auto length = static_cast<std::int64_t>(random() % 15) - 1;
    const std::int64_t first = start > 0 ? start - 1 : size + start;
    const bool fits = start != 0 && first >= 0 && first < size;
    const Value part = ask("sublist", {one, number(start), number(length)});
    if (!fits || length < 1 || first + length > size) {
      EXPECT_TRUE(part.is_null());
    } else {
      EXPECT_TRUE(same(part, Value::list(one.items().subspan(static_cast<std::size_t>(first),
                                                             static_cast<std::size_t>(length)))));
    }
    const Value less = ask("remove", {one, number(start)});
    const Value more = ask("insert before", {one, number(start), number(77)});
    const Value other = ask("list replace", {one, number(start), number(77)});
    EXPECT_EQ(less.is_null(), !fits);
    EXPECT_EQ(more.is_null(), !fits);
    EXPECT_EQ(other.is_null(), !fits);
    if (!fits) continue;
    EXPECT_TRUE(same(ask("remove", {more, number(first + 1)}), one));
    EXPECT_TRUE(same(ask("remove", {other, number(first + 1)}), less));
    EXPECT_TRUE(same(more.items()[static_cast<std::size_t>(first)], number(77)));
    EXPECT_TRUE(same(other.items()[static_cast<std::size_t>(first)], number(77)));
  }
}

TEST_F(RandomLists, OfNumbersHaveTheModesThatCountingFinds) {
  for (int round = 0; round < 500; ++round) {
    std::vector<Value> numbers;
    std::map<std::int64_t, std::size_t> counts;
    std::size_t most = 0;
    for (std::size_t n = 1 + random() % 15; n > 0; --n) {
      const std::int64_t value = static_cast<std::int64_t>(random() % 6);
      most = std::max(most, ++counts[value]);
      numbers.push_back(random() % 2 == 0 ? number(value) : Value::small_number(value * 10, 1));
    }
    std::vector<Value> naive;
    for (const auto& [value, count] : counts) {
      if (count == most) naive.push_back(number(value));
    }
    EXPECT_TRUE(same(ask("mode", {Value::list(numbers)}), Value::list(naive)));
    std::ranges::sort(numbers, [](Value a, Value b) { return compare_numbers(a, b) < 0; });
    const std::size_t half = numbers.size() / 2;
    const Value median = ask("median", {Value::list(numbers)});
    if (numbers.size() % 2 == 1) {
      EXPECT_TRUE(same(median, numbers[half]));
    } else {
      const auto both = add(evaluation.arena(), numbers[half - 1], numbers[half]);
      EXPECT_TRUE(same(median, *divide(evaluation.arena(), *both, number(2))));
    }
  }
}

// A list of lists of lists, each of which is twice the one below: 2^40 items to look at.
TEST(BuiltinList, PaysForWhatItComparesAndWrites) {
  std::string value = "[1]";
  std::string names = "{a0: [1]";
  for (int i = 1; i <= 40; ++i) {
    const std::string below = "a" + std::to_string(i - 1);
    names += ", a" + std::to_string(i) + ": [" + below + ", " + below + "]";
  }
  for (const char* end : {"count(distinct values([a40, a40]))", "count(flatten(a40))",
                          "string length(string(a40))", "list contains([a40], a40)"}) {
    const Answer got = answer(names + ", r: " + end + "}.r");
    EXPECT_EQ(got.value, "null") << end;
    ASSERT_EQ(got.warnings.size(), 1U) << end;
    EXPECT_NE(got.warnings[0].find("budget"), std::string::npos) << got.warnings[0];
  }
}

TEST(BuiltinList, KeepsToTheLengthOfLists) {
  Budget budget;
  budget.list = 1000;
  for (const char* expression :
       {"count(concatenate(for i in 1..600 return i, for i in 1..600 return i))",
        R"x(count(split(string join(for i in 1..900 return "aa"), "a")))x",
        "count(flatten([for i in 1..600 return i, for i in 1..600 return i]))"}) {
    const Answer got = answer(expression, {}, budget);
    EXPECT_EQ(got.value, "null") << expression;
    ASSERT_EQ(got.warnings.size(), 1U) << expression;
    EXPECT_EQ(got.warnings[0], "the budget of `list` is used up");
  }
}

// A thousand times as many items as a quadratic way could take within the budget of steps.
TEST(BuiltinList, FindsDistinctValuesOfManyItems) {
  EXPECT_EQ(given("count(distinct values(for i in 1..200000 return modulo(i, 50000)))"), "50000");
  EXPECT_EQ(given("count(union(for i in 1..100000 return i, for i in 50001..150000 return i))"),
            "150000");
  EXPECT_EQ(given("sort(for i in 1..100000 return 100001 - i)[5]"), "5");
}

}  // namespace
}  // namespace partnership::feel
