// SPDX-License-Identifier: Apache-2.0
//
// The C functions of feel.h on values: what they answer for each kind, for others and for NULL.
#include "feel_support.hpp"

namespace {

using namespace pship_testing;

struct Sample {
  const char* expression;
  std::int32_t kind;
};
constexpr Sample samples[] = {
    {"null", PSHIP_VALUE_NULL},
    {"true", PSHIP_VALUE_BOOL},
    {"1.5", PSHIP_VALUE_NUMBER},
    {"\"a\"", PSHIP_VALUE_STRING},
    {"@\"2026-01-05\"", PSHIP_VALUE_DATE},
    {"@\"10:00:00\"", PSHIP_VALUE_TIME},
    {"@\"2026-01-05T10:00:00Z\"", PSHIP_VALUE_DATE_TIME},
    {"@\"P1DT2H\"", PSHIP_VALUE_DAYS_TIME_DURATION},
    {"@\"P1Y2M\"", PSHIP_VALUE_YEARS_MONTHS_DURATION},
    {"[1, 2]", PSHIP_VALUE_LIST},
    {"{a: 1}", PSHIP_VALUE_CONTEXT},
    {"[1..2)", PSHIP_VALUE_RANGE},
    {"function(x) x", PSHIP_VALUE_FUNCTION},
};

TEST(CApi, pship_value_kind) {
  for (const Sample& sample : samples) {
    EXPECT_EQ(pship_value_kind(value_of(sample.expression).get()), sample.kind)
        << sample.expression;
  }
  EXPECT_EQ(pship_value_kind(nullptr), PSHIP_VALUE_NULL);
}

TEST(CApi, pship_value_bool) {
  EXPECT_EQ(pship_value_bool(value_of("true").get()), 1);
  EXPECT_EQ(pship_value_bool(value_of("false").get()), 0);
  EXPECT_EQ(pship_value_bool(value_of("1").get()), 0);
  EXPECT_EQ(pship_value_bool(nullptr), 0);
}

TEST(CApi, pship_value_double) {
  EXPECT_EQ(pship_value_double(value_of("0.1").get()), 0.1);
  EXPECT_EQ(pship_value_double(value_of("\"0.1\"").get()), 0);
  EXPECT_EQ(pship_value_double(nullptr), 0);
}

TEST(CApi, pship_value_int) {
  std::int32_t fits = spoiled;
  EXPECT_EQ(pship_value_int(value_of("-9223372036854775808").get(), &fits), INT64_MIN);
  EXPECT_EQ(fits, 1);
  EXPECT_EQ(pship_value_int(value_of("7.0").get(), nullptr), 7);
  for (const char* expression : {"9223372036854775808", "1.5", "true"}) {
    fits = spoiled;
    EXPECT_EQ(pship_value_int(value_of(expression).get(), &fits), 0);
    EXPECT_EQ(fits, 0);
  }
  EXPECT_EQ(pship_value_int(nullptr, &fits), 0);
}

TEST(CApi, pship_value_date) {
  EXPECT_EQ(pship_value_date(value_of("@\"1970-01-02\"").get()), 1);
  EXPECT_EQ(pship_value_date(value_of("@\"10000-01-01\"").get()), PSHIP_DATE_NONE);
  EXPECT_EQ(pship_value_date(value_of("1").get()), PSHIP_DATE_NONE);
  EXPECT_EQ(pship_value_date(nullptr), PSHIP_DATE_NONE);
}

TEST(CApi, pship_value_amount) {
  EXPECT_EQ(pship_value_amount(value_of("@\"00:00:01.5\"").get()), 1'500'000'000);
  EXPECT_EQ(pship_value_amount(value_of("@\"P1DT1.5S\"").get()), 86'401);
  EXPECT_EQ(pship_value_amount(value_of("-@\"PT1.5S\"").get()), -2);
  EXPECT_EQ(pship_value_amount(value_of("@\"-P1Y2M\"").get()), -14);
  EXPECT_EQ(pship_value_amount(value_of("3").get()), 0);
  EXPECT_EQ(pship_value_amount(nullptr), 0);
}

TEST(CApi, pship_value_string) {
  std::size_t size = 99;
  const auto text = value_of("\"أb\"");
  const char* bytes = pship_value_string(text.get(), &size);
  EXPECT_EQ(std::string_view(bytes, size), "أb");
  const auto empty = value_of("\"\"");
  EXPECT_NE(pship_value_string(empty.get(), &size), nullptr);
  EXPECT_EQ(size, 0U);
  EXPECT_NE(pship_value_string(empty.get(), nullptr), nullptr);
  for (const pship_value* other : {static_cast<const pship_value*>(nullptr)}) {
    size = 99;
    EXPECT_EQ(pship_value_string(other, &size), nullptr);
    EXPECT_EQ(size, 0U);
  }
  EXPECT_EQ(pship_value_string(value_of("1").get(), nullptr), nullptr);
}

TEST(CApi, pship_value_size) {
  EXPECT_EQ(pship_value_size(value_of("[1, 2, 3]").get()), 3);
  EXPECT_EQ(pship_value_size(value_of("{a: 1}").get()), 1);
  EXPECT_EQ(pship_value_size(value_of("[1..2]").get()), 2);
  EXPECT_EQ(pship_value_size(value_of("\"abc\"").get()), 0);
  EXPECT_EQ(pship_value_size(nullptr), 0);
}

TEST(CApi, pship_value_item) {
  const auto list = value_of("[1, [2, 3]]");
  EXPECT_EQ(pship_value_int(pship_value_item(list.get(), 0), nullptr), 1);
  EXPECT_EQ(pship_value_int(pship_value_item(pship_value_item(list.get(), 1), 1), nullptr), 3);
  EXPECT_EQ(pship_value_item(list.get(), 2), nullptr);
  EXPECT_EQ(pship_value_item(list.get(), -1), nullptr);
  const auto context = value_of("{a: 1, b: \"x\"}");
  EXPECT_EQ(expression_of(pship_value_item(context.get(), 1)), "\"x\"");
  const auto range = value_of("[1..2)");
  EXPECT_EQ(pship_value_int(pship_value_item(range.get(), 0), nullptr), 1);
  EXPECT_EQ(pship_value_int(pship_value_item(range.get(), 1), nullptr), 2);
  EXPECT_EQ(pship_value_kind(pship_value_item(value_of("(< 10)").get(), 0)), PSHIP_VALUE_NULL);
  EXPECT_EQ(pship_value_item(nullptr, 0), nullptr);
}

TEST(CApi, pship_value_key) {
  std::size_t size = 99;
  const auto context = value_of("{a: 1, \"b c\": 2}");
  const char* name = pship_value_key(context.get(), 1, &size);
  EXPECT_EQ(std::string_view(name, size), "b c");
  EXPECT_EQ(pship_value_key(context.get(), 2, &size), nullptr);
  EXPECT_EQ(size, 0U);
  EXPECT_EQ(pship_value_key(context.get(), -1, nullptr), nullptr);
  EXPECT_EQ(pship_value_key(value_of("[1]").get(), 0, nullptr), nullptr);
  EXPECT_EQ(pship_value_key(nullptr, 0, nullptr), nullptr);
}

TEST(CApi, pship_value_find) {
  const auto context = value_of("{a: 1, \"b c\": 2}");
  EXPECT_EQ(pship_value_int(pship_value_find(context.get(), "b c"), nullptr), 2);
  EXPECT_EQ(pship_value_find(context.get(), "c"), nullptr);
  EXPECT_EQ(pship_value_find(context.get(), nullptr), nullptr);
  EXPECT_EQ(pship_value_find(value_of("[1]").get(), "a"), nullptr);
  EXPECT_EQ(pship_value_find(nullptr, "a"), nullptr);
}

TEST(CApi, pship_value_range) {
  EXPECT_EQ(pship_value_range(value_of("[1..2)").get()), PSHIP_RANGE_LOW_CLOSED);
  EXPECT_EQ(pship_value_range(value_of("(1..2]").get()), PSHIP_RANGE_HIGH_CLOSED);
  EXPECT_EQ(pship_value_range(value_of("(< 2)").get()), PSHIP_RANGE_TEST);
  EXPECT_EQ(pship_value_range(value_of("(!= 2)").get()), PSHIP_RANGE_DIFFERS);
  EXPECT_EQ(pship_value_range(value_of("1").get()), 0);
  EXPECT_EQ(pship_value_range(nullptr), 0);
}

// What one of the functions that write a value says of it.
std::string written(pship_status (*write)(const pship_value*, pship_text**, pship_error**),
                    const char* expression) {
  const auto value = value_of(expression);
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return write(value.get(), &out, err); }));
  const Owned<pship_text> text(out);
  EXPECT_TRUE(refuses_misuse(write, static_cast<const pship_value*>(value.get()), &out));
  return said(text.get());
}

TEST(CApi, pship_value_text) {
  EXPECT_EQ(written(pship_value_text, "\"a\""), "a");
  EXPECT_EQ(written(pship_value_text, "[1, \"a\", @\"P1D\"]"), "[1, \"a\", P1D]");
  EXPECT_EQ(written(pship_value_text, "null"), "null");
}

TEST(CApi, pship_value_expression) {
  EXPECT_EQ(written(pship_value_expression, "\"a\""), "\"a\"");
  EXPECT_EQ(written(pship_value_expression, "[1.50, @\"P1D\"]"), "[1.5, @\"P1D\"]");
  EXPECT_EQ(written(pship_value_expression, "(< 10)"), "(<10)");
}

TEST(CApi, pship_value_json) {
  EXPECT_EQ(written(pship_value_json, "{a: [1.5, null, \"x\", @\"P1D\", 12345678901234567890]}"),
            R"({"a":[1.5,null,"x","P1D","12345678901234567890"]})");
}

TEST(CApi, pship_value_equal) {
  const auto one = value_of("1.0"), two = value_of("1"), three = value_of("3"),
             text = value_of("\"1\"");
  std::int32_t out = 0;
  const auto equal = [&](const pship_value* left, const pship_value* right) {
    EXPECT_TRUE(
        gives([&](pship_error** err) { return pship_value_equal(left, right, &out, err); }));
    return out;
  };
  EXPECT_EQ(equal(one.get(), two.get()), 1);
  EXPECT_EQ(equal(one.get(), three.get()), 0);
  EXPECT_EQ(equal(one.get(), text.get()), -1);
  EXPECT_TRUE(refuses_misuse(pship_value_equal, static_cast<const pship_value*>(one.get()),
                             static_cast<const pship_value*>(two.get()), &out));
}

TEST(CApi, pship_value_free) {
  pship_value_free(nullptr);
}

}  // namespace
