// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "feel/builtins.hpp"
#include "feel/builtins_support.hpp"

namespace partnership::feel {
namespace {

// The names in the tables of DMN 1.5, 10.3.4, and ours.
TEST(BuiltinTable, HasEveryFunctionOfTheStandard) {
  const std::set<std::string_view> standard{"abs",
                                            "after",
                                            "all",
                                            "any",
                                            "append",
                                            "before",
                                            "ceiling",
                                            "coincides",
                                            "concatenate",
                                            "contains",
                                            "context",
                                            "context merge",
                                            "context put",
                                            "count",
                                            "date",
                                            "date and time",
                                            "day of week",
                                            "day of year",
                                            "decimal",
                                            "distinct values",
                                            "duration",
                                            "during",
                                            "ends with",
                                            "even",
                                            "exp",
                                            "finished by",
                                            "finishes",
                                            "flatten",
                                            "floor",
                                            "get entries",
                                            "get value",
                                            "includes",
                                            "index of",
                                            "insert before",
                                            "is",
                                            "list contains",
                                            "list replace",
                                            "log",
                                            "lower case",
                                            "matches",
                                            "max",
                                            "mean",
                                            "median",
                                            "meets",
                                            "met by",
                                            "min",
                                            "mode",
                                            "modulo",
                                            "month of year",
                                            "not",
                                            "now",
                                            "number",
                                            "odd",
                                            "overlaps",
                                            "overlaps after",
                                            "overlaps before",
                                            "product",
                                            "range",
                                            "remove",
                                            "replace",
                                            "reverse",
                                            "round down",
                                            "round half down",
                                            "round half up",
                                            "round up",
                                            "sort",
                                            "split",
                                            "sqrt",
                                            "started by",
                                            "starts",
                                            "starts with",
                                            "stddev",
                                            "string",
                                            "string join",
                                            "string length",
                                            "sublist",
                                            "substring",
                                            "substring after",
                                            "substring before",
                                            "sum",
                                            "time",
                                            "today",
                                            "union",
                                            "upper case",
                                            "week of year",
                                            "years and months duration"};
  std::set<std::string_view> ours{"add working days", "is working day", "working days between"};
  ours.insert(standard.begin(), standard.end());
  std::set<std::string_view> table;
  for (const Builtin& builtin : builtins()) table.insert(builtin.name);
  EXPECT_EQ(table, ours);
  EXPECT_EQ(standard.size(), 86U);
}

TEST(BuiltinTable, FindsWhatItHas) {
  for (const Builtin& builtin : builtins()) EXPECT_EQ(find_builtin(builtin.name), &builtin);
  for (const char* name : {"", "a", "zz", "Abs", "ab", "abs ", "date  and time"}) {
    EXPECT_EQ(find_builtin(name), nullptr) << name;
  }
}

TEST(BuiltinTable, IsWhole) {
  for (const Builtin& builtin : builtins()) {
    EXPECT_FALSE(builtin.sentence.empty()) << builtin.name;
    EXPECT_FALSE(builtin.signatures.empty()) << builtin.name;
    for (const Signature& signature : builtin.signatures) {
      EXPECT_NE(signature.call, nullptr) << builtin.name;
      EXPECT_EQ(signature.parameters.size(), signature.parameter_types.size()) << builtin.name;
      EXPECT_LE(signature.required, signature.parameters.size()) << builtin.name;
      const std::set<std::string_view> names(signature.parameters.begin(),
                                             signature.parameters.end());
      EXPECT_EQ(names.size(), signature.parameters.size()) << builtin.name;
    }
  }
}

TEST(BuiltinTable, CountsArguments) {
  const auto takes = [](const char* name, std::size_t n) {
    return signature_for(*find_builtin(name), n) != nullptr;
  };
  EXPECT_FALSE(takes("substring", 1));
  EXPECT_TRUE(takes("substring", 2) && takes("substring", 3));
  EXPECT_FALSE(takes("substring", 4));
  EXPECT_FALSE(takes("min", 0));
  EXPECT_TRUE(takes("min", 1) && takes("min", 100));
  EXPECT_FALSE(takes("append", 1));
  EXPECT_TRUE(takes("append", 2) && takes("append", 50));
  EXPECT_TRUE(takes("date", 1) && takes("date", 3));
  EXPECT_FALSE(takes("date", 2) || takes("date", 4));
  EXPECT_TRUE(takes("now", 0));
  EXPECT_FALSE(takes("now", 1));
}

TEST(BuiltinTable, PlacesArgumentsByTheirNames) {
  std::array<std::uint8_t, most_parameters> order{};
  const auto signature = [&](const char* function, std::initializer_list<std::string_view> names) {
    return signature_for(*find_builtin(function), std::span(names.begin(), names.size()), order);
  };
  const Builtin& date = *find_builtin("date");
  EXPECT_EQ(signature("date", {"from"}), &date.signatures[0]);
  EXPECT_EQ(signature("date", {"day", "year", "month"}), &date.signatures[1]);
  EXPECT_EQ(order[0], 2);
  EXPECT_EQ(order[1], 0);
  EXPECT_EQ(order[2], 1);
  EXPECT_EQ(signature("date", {"day", "year"}), &date.signatures[1]) << "the month is null";
  EXPECT_EQ(signature("date", {"day", "from"}), nullptr);
  EXPECT_EQ(signature("date", {"day", "year", "month", "from"}), nullptr);
  EXPECT_EQ(signature("date", {"day", "day", "year", "month"}), nullptr);
  EXPECT_EQ(signature("date", {}), nullptr);
  EXPECT_NE(signature("substring", {"length", "string", "start position"}), nullptr);
  EXPECT_NE(signature("min", {"list"}), nullptr);
  EXPECT_EQ(signature("min", {"list", "list"}), nullptr);
  EXPECT_NE(signature("append", {"list"}), nullptr);
}

// Every function with every small number of arguments of every kind: an answer, or null and a
// warning; never an exception, and never a warning with an answer.
TEST(BuiltinTable, AnswersAnything) {
  const Value kinds[] = {Value(),
                         Value::boolean(true),
                         Value::small_number(2),
                         Value::small_number(-15, 1),
                         Value::string("[1..2]"),
                         Value::string(""),
                         Value::date(19000),
                         Value::time(0),
                         Value::days_time(5),
                         Value::years_months(5),
                         Value::list({})};
  std::vector<Value> values(std::begin(kinds), std::end(kinds));
  const Value two[] = {Value::small_number(1), Value::string("a")};
  values.push_back(Value::list(two));
  values.push_back(Value::list(std::span(kinds).subspan(2, 1)));
  const Range range{Value::small_number(1), Value::small_number(3), true, false};
  values.push_back(Value::range(&range));
  Arena arena;
  const std::string_view keys[] = {"key", "value"};
  const Value entry[] = {Value::string("a"), Value::small_number(1)};
  values.push_back(make_context(arena, Shape::make(arena, keys), entry));
  Evaluation evaluation;
  for (const Builtin& builtin : builtins()) {
    for (std::size_t count = 0; count <= 3; ++count) {
      const Signature* signature = signature_for(builtin, count);
      if (signature == nullptr) continue;
      std::size_t combinations = 1;
      for (std::size_t i = 0; i < count; ++i) combinations *= values.size();
      for (std::size_t which = 0; which < combinations; ++which) {
        std::vector<Value> arguments;
        for (std::size_t i = 0, rest = which; i < count; ++i, rest /= values.size()) {
          arguments.push_back(values[rest % values.size()]);
        }
        evaluation.begin({});
        const Value got = signature->call(evaluation, arguments);
        EXPECT_LE(evaluation.warning_count(), 1U) << builtin.name << " " << which;
        EXPECT_TRUE(got.is_null() || evaluation.warning_count() == 0)
            << builtin.name << " " << which;
      }
    }
  }
}

}  // namespace
}  // namespace partnership::feel
