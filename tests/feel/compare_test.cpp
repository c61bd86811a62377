// SPDX-License-Identifier: Apache-2.0
#include "feel/compare.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {
namespace {

class Compare : public testing::Test {
 protected:
  Value at(std::string_view text) {
    const auto out = parse_at_literal(arena_, text);
    EXPECT_TRUE(out) << text;
    return out.value_or(Value());
  }
  Value number(std::string_view text) { return *parse_number(arena_, text); }
  Value text(std::string_view text) { return make_string(arena_, text); }
  Value list(std::initializer_list<Value> items) {
    return make_list(arena_, {items.begin(), items.size()});
  }
  Value context(std::initializer_list<std::pair<std::string_view, Value>> entries) {
    std::vector<std::string_view> keys;
    std::vector<Value> values;
    for (const auto& [key, value] : entries) {
      keys.push_back(key);
      values.push_back(value);
    }
    return make_context(arena_, Shape::make(arena_, keys), values);
  }
  Value range(Value low, bool low_closed, Value high, bool high_closed,
              Range::Form form = Range::Form::interval) {
    return Value::range(arena_.make<Range>(low, high, low_closed, high_closed, form));
  }
  // Of every kind several, all different.
  std::vector<Value> different() {
    return {Value(),
            Value::boolean(true),
            Value::boolean(false),
            number("0"),
            number("1.5"),
            number("1e30"),
            text(""),
            text("a"),
            at("2024-01-01"),
            at("2024-01-02"),
            at("10:00:00"),
            at("10:00:01"),
            at("2024-01-01T10:00:00"),
            at("2024-01-01T10:00:01Z"),
            at("P1D"),
            at("PT0.5S"),
            at("P1M"),
            at("P2M"),
            list({}),
            list({number("1")}),
            list({number("1"), number("2")}),
            list({number("2"), number("1")}),
            list({list({})}),
            context({}),
            context({{"a", number("1")}}),
            context({{"b", number("1")}}),
            context({{"a", Value()}}),
            range(number("1"), true, number("10"), true),
            range(number("1"), false, number("10"), true),
            range(Value(), false, number("10"), true),
            range(number("10"), true, number("10"), true),
            range(number("10"), true, number("10"), true, Range::Form::test),
            range(number("10"), false, number("10"), false, Range::Form::differs)};
  }
  Arena arena_;
};

TEST_F(Compare, ValuesEqualThemselvesAndNothingElse) {
  const std::vector<Value> ones = different(), others = different();
  for (std::size_t i = 0; i < ones.size(); ++i) {
    for (std::size_t j = 0; j < others.size(); ++j) {
      const auto found = equal(ones[i], others[j]);
      std::string which;
      append_expression(which, list({ones[i], others[j]}));
      if (i == j) {
        EXPECT_EQ(found, true) << which;
        EXPECT_EQ(hash(ones[i]), hash(others[j])) << which;
      } else if (ones[i].kind() == others[j].kind() || ones[i].is_null() || others[j].is_null()) {
        EXPECT_EQ(found, false) << which;
      } else {
        EXPECT_EQ(found, std::nullopt) << which;
      }
      EXPECT_EQ(same(ones[i], others[j]), i == j) << which;
      EXPECT_EQ(identical(ones[i], others[j]), i == j) << which;
    }
  }
}

TEST_F(Compare, EqualValuesHaveEqualHashes) {
  const std::pair<Value, Value> pairs[] = {
      {number("1.0"), number("1.000")},
      {*multiply(arena_, number("1e20"), number("1e20")), number("1e40")},
      {at("P1D"), at("PT24H")},
      {at("P12M"), at("P1Y")},
      {at("2018-10-08T00:00:00+02:00"), at("2018-10-08T00:00:00@Europe/Paris")},
      {at("2018-02-08T00:00:00+01:00"), at("2018-02-08T00:00:00@Europe/Paris")},
      {at("2002-04-02T12:00:00-01:00"), at("2002-04-02T17:00:00+04:00")},
      {at("2002-04-02T12:00:00@Australia/Melbourne"), at("2002-04-02T12:00:00@Australia/Sydney")},
      {at("10:30:00Z"), at("10:30:00+00:00")},
      {at("10:30:00+02:00"), at("08:30:00Z")},
      {at("10:30:00.0001"), at("10:30:00.0002")},
      {at("2018-12-08T00:00:00.0001"), at("2018-12-08T00:00:00")},
      {context({{"a", number("1")}, {"b", number("2")}}),
       context({{"b", number("2.0")}, {"a", number("1")}})},
      {list({context({{"a", at("P1D")}})}), list({context({{"a", at("PT24H")}})})},
  };
  for (const auto& [left, right] : pairs) {
    std::string which;
    append_expression(which, list({left, right}));
    EXPECT_EQ(equal(left, right), true) << which;
    EXPECT_TRUE(same(left, right)) << which;
    EXPECT_EQ(hash(left), hash(right)) << which;
  }
}

TEST_F(Compare, IsAsksForTheSameParts) {
  EXPECT_TRUE(identical(at("23:00:50Z"), at("23:00:50+00:00")));
  EXPECT_TRUE(identical(at("P1Y"), at("P12M")));
  EXPECT_TRUE(identical(number("1"), number("1.0")));
  EXPECT_FALSE(identical(at("23:00:50"), at("23:00:50Z")));
  EXPECT_FALSE(identical(at("23:00:50@Etc/GMT"), at("23:00:50Z")));
  EXPECT_FALSE(identical(at("20:00:50+00:00"), at("21:00:50+01:00")));
  EXPECT_FALSE(identical(at("2002-04-02T23:00:00-04:00"), at("2002-04-03T02:00:00-01:00")));
  EXPECT_FALSE(
      identical(at("2021-04-02T23:00:00@Australia/Melbourne"), at("2021-04-02T23:00:00+11:00")));
  EXPECT_FALSE(identical(at("2012-12-25"), at("2012-12-25T00:00:00Z")));
  EXPECT_FALSE(identical(at("P0M"), at("PT0S")));
  EXPECT_FALSE(identical(list({at("20:00:50Z")}), list({at("21:00:50+01:00")})));
}

TEST_F(Compare, OrdersWhatHasAnOrder) {
  const std::vector<std::vector<Value>> ascending = {
      {number("-1e40"), number("-1"), number("0"), number("0.5"), number("1e40")},
      {text(""), text("A"), text("a"), text("ab"), text("b"), text("é"), text("\xf0\x9f\x90\x8e")},
      {at("-2024-01-01"), at("2023-12-31"), at("2024-01-01")},
      {at("09:00:00"), at("10:00:00"), at("23:59:59")},
      {at("10:00:00+03:00"), at("08:00:00Z"), at("06:00:00-05:00")},
      {at("2024-01-01T10:00:00"), at("2024-01-01T10:00:01"), at("2024-01-02T09:00:00")},
      {at("2024-01-01T10:00:00+01:00"), at("2024-01-01T10:00:00Z"),
       at("2024-01-01T09:00:00@America/New_York")},
      {at("-P1D"), at("-PT0.1S"), at("PT0S"), at("PT0.1S"), at("PT24H")},
      {at("-P1Y"), at("P0M"), at("P11M"), at("P1Y")}};
  for (const auto& values : ascending) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = 0; j < values.size(); ++j) {
        EXPECT_EQ(order(values[i], values[j]), i < j ? -1 : (i > j ? 1 : 0)) << i << " " << j;
      }
    }
  }
  EXPECT_EQ(order(number("1"), text("1")), std::nullopt);
  EXPECT_EQ(order(number("1"), Value()), std::nullopt);
  EXPECT_EQ(order(Value(), Value()), std::nullopt);
  EXPECT_EQ(order(Value::boolean(false), Value::boolean(true)), std::nullopt);
  EXPECT_EQ(order(list({}), list({})), std::nullopt);
  EXPECT_EQ(order(at("2024-01-01"), at("2024-01-01T00:00:00Z")), std::nullopt);
}

TEST_F(Compare, LocalAndZonedPointsDifferAndHaveNoOrder) {
  for (const auto& [local, zoned] : std::initializer_list<std::pair<const char*, const char*>>{
           {"10:00:00", "10:00:00Z"},
           {"10:00:00", "10:00:00@Asia/Beirut"},
           {"2024-01-01T10:00:00", "2024-01-01T10:00:00Z"},
           {"2024-01-01T10:00:00", "2024-01-01T10:00:00@Asia/Beirut"}}) {
    EXPECT_EQ(equal(at(local), at(zoned)), false);
    EXPECT_EQ(order(at(local), at(zoned)), std::nullopt);
  }
}

TEST_F(Compare, DepthIsBounded) {
  Value one = list({}), other = list({});
  for (int i = 0; i < 100'000; ++i) {
    one = i % 2 == 0 ? list({one}) : context({{"a", one}});
    other = i % 2 == 0 ? list({other}) : context({{"a", other}});
    if (i == 900) {
      EXPECT_EQ(equal(one, other), true);
      EXPECT_EQ(hash(one), hash(other));
    }
  }
  EXPECT_EQ(equal(one, other), false);
  EXPECT_EQ(hash(one), hash(other));
  std::string out;
  append_string(out, one);
  EXPECT_LT(out.size(), 10'000u);
  EXPECT_NE(out.find("..."), std::string::npos);
}

// 2^60 items of 60 lists.
TEST_F(Compare, WorkIsBounded) {
  Value one = list({}), other = list({});
  for (int i = 0; i < 60; ++i) {
    one = list({one, one});
    other = list({other, other});
  }
  EXPECT_EQ(equal(one, one), true);  // the same list
  EXPECT_THROW(equal(one, other), Error);
  EXPECT_THROW(identical(one, other), Error);
  EXPECT_THROW(hash(one), Error);
  std::string out;
  EXPECT_THROW(append_json(out, one), Error);
}

TEST_F(Compare, StringsArePlainOutsideAndQuotedInside) {
  const auto string = [](Value value) {
    std::string out;
    append_string(out, value);
    return out;
  };
  EXPECT_EQ(string(text("a \"b\"")), "a \"b\"");
  EXPECT_EQ(string(list({number("1.0"), text("a\n"), Value(), Value::boolean(true)})),
            "[1, \"a\\n\", null, true]");
  EXPECT_EQ(string(context({{"a", number("1")}, {"b c", at("2024-01-01")}, {"if", list({})}})),
            "{a: 1, \"b c\": 2024-01-01, \"if\": []}");
  EXPECT_EQ(string(at("2018-12-08T10:30:11@Australia/Melbourne")),
            "2018-12-08T10:30:11@Australia/Melbourne");
  EXPECT_EQ(string(range(number("1"), false, number("10"), true)), "(1..10]");
}

TEST_F(Compare, ExpressionsGiveTheValueAgain) {
  const auto expression = [](Value value) {
    std::string out;
    append_expression(out, value);
    return out;
  };
  EXPECT_EQ(expression(text("a\\\"\t\x01\u00e9")), "\"a\\\\\\\"\\t\\u0001\u00e9\"");
  EXPECT_EQ(expression(list({at("2024-01-01"), at("P1DT2H"), number("-1.50")})),
            "[@\"2024-01-01\", @\"P1DT2H\", -1.5]");
  EXPECT_EQ(expression(context({{"مهلة", text("x")}})), "{مهلة: \"x\"}");
  EXPECT_EQ(expression(range(text("a"), true, text("b"), false)), "[\"a\"..\"b\")");
  const auto test = Range::Form::test;
  EXPECT_EQ(expression(range(Value(), false, number("10"), false, test)), "(<10)");
  EXPECT_EQ(expression(range(Value(), false, number("10"), true, test)), "(<=10)");
  EXPECT_EQ(expression(range(number("10"), false, Value(), false, test)), "(>10)");
  EXPECT_EQ(expression(range(number("10"), true, Value(), false, test)), "(>=10)");
  EXPECT_EQ(expression(range(number("10"), true, number("10"), true, test)), "(=10)");
  EXPECT_EQ(expression(range(number("10"), false, number("10"), false, Range::Form::differs)),
            "(!=10)");
}

TEST_F(Compare, JsonIsReadByJson) {
  const auto json_of = [](Value value) {
    std::string out;
    append_json(out, value);
    return out;
  };
  EXPECT_EQ(json_of(context({{"a b", number("1.50")},
                             {"t", text("\"\n")},
                             {"d", at("2024-01-01")},
                             {"r", range(number("1"), true, text("x"), true)},
                             {"n", Value()}})),
            R"({"a b":1.5,"t":"\"\n","d":"2024-01-01","r":"[1..\"x\"]","n":null})");
  EXPECT_EQ(json_of(number("123456789012345")), "123456789012345");
  EXPECT_EQ(json_of(number("1234567890123456")), "\"1234567890123456\"");
  EXPECT_EQ(json_of(number("-0.00000000000000000001")), "-0.00000000000000000001");
  EXPECT_EQ(json_of(number("1e40")), "\"1E+40\"");
  EXPECT_EQ(json_of(number("0")), "0");
  for (const Value value : different()) {
    EXPECT_NO_THROW(json::Document::parse(json_of(value))) << json_of(value);
  }
}

}  // namespace
}  // namespace partnership::feel
