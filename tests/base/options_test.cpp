// SPDX-License-Identifier: Apache-2.0
#include "base/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <limits>
#include <map>
#include <string>

#include "base/error.hpp"

namespace partnership {
namespace {

using testing::HasSubstr;
using Value = Options::Value;

Value whole(std::int64_t value) {
  return Value(std::in_place_type<std::int64_t>, value);
}
Value day(Date value) {
  return Value(std::in_place_type<Date>, value);
}
Value words(std::string_view value) {
  return Value(std::string(value));
}

// The error of a call that must fail.
template <class Call>
Error error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Code::ok, "none");
}

TEST(OptionRegistry, IsSortedAndSaysWhatEachOptionIs) {
  std::string last;
  for (const OptionSpec& spec : option_registry()) {
    const std::string key = std::string(spec.scope) + '\n' + std::string(spec.name);
    EXPECT_LT(last, key);
    last = key;
    for (const char c : spec.name) {
      EXPECT_TRUE(std::islower(static_cast<unsigned char>(c)) || c == '_') << spec.name;
    }
    ASSERT_FALSE(spec.sentence.empty()) << key;
    EXPECT_FALSE(spec.sentence.ends_with('.')) << key;
    EXPECT_EQ(spec.sentence.find('\n'), std::string_view::npos) << key;
    if (spec.type == OptionType::integer || spec.type == OptionType::real) {
      EXPECT_LE(spec.least, spec.most) << key;
    }
    EXPECT_TRUE(spec.choices.empty() || spec.type == OptionType::text) << key;
  }
}

TEST(OptionRegistry, EveryDefaultFitsItsOwnRow) {
  for (const OptionSpec& spec : option_registry()) {
    const std::optional<Value> value = default_of(spec);
    EXPECT_EQ(value.has_value(), !spec.default_text.empty());
    if (!value) continue;
    EXPECT_EQ(fit_option(spec, *value), *value) << spec.scope << ' ' << spec.name;
  }
}

TEST(OptionRegistry, RowsOfOneNameHaveOneType) {
  std::map<std::string_view, OptionType> types;
  for (const OptionSpec& spec : option_registry()) {
    EXPECT_EQ(types.emplace(spec.name, spec.type).first->second, spec.type) << spec.name;
  }
}

TEST(OptionRegistry, IsDescribedRowByRow) {
  const Table table = describe_options();
  const auto registry = option_registry();
  ASSERT_EQ(table.rows(), static_cast<std::int64_t>(registry.size()));
  ASSERT_EQ(table.columns(), 8);
  const auto column = [&table](std::string_view name) -> const Column& {
    return table.column(table.find(name));
  };
  for (std::size_t i = 0; i < registry.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    EXPECT_EQ(column("scope").text(row), registry[i].scope);
    EXPECT_EQ(column("name").text(row), registry[i].name);
    EXPECT_EQ(column("type").text(row), option_type_name(registry[i].type));
    EXPECT_EQ(column("default").text(row), registry[i].default_text);
    EXPECT_EQ(column("default").is_null(row), registry[i].default_text.empty());
    EXPECT_EQ(column("choices").text(row), registry[i].choices);
    EXPECT_EQ(column("sentence").text(row), registry[i].sentence);
    const bool ranged = registry[i].type == OptionType::integer;
    EXPECT_EQ(column("most").is_null(row), !ranged && registry[i].type != OptionType::real);
    EXPECT_TRUE(!ranged || column("most").reals[i] == registry[i].most);
  }
}

TEST(Options, AnswerTheDefaultUntilSet) {
  Options options;
  EXPECT_TRUE(options.boolean("platform.open", "create"));
  EXPECT_FALSE(options.boolean("platform.open", "read_only"));
  EXPECT_EQ(options.integer("platform.open", "busy_timeout_ms"), 5000);
  EXPECT_EQ(options.text("platform.open", "durability"), "full");
  EXPECT_EQ(options.date("platform.query", "on"), date_none);
  EXPECT_EQ(options.integer("platform.query", "known_at"), 0);
  EXPECT_EQ(options.text("platform.query", "search"), "");
  EXPECT_FALSE(options.has("known_at"));

  options.set("create", false);
  options.set("busy_timeout_ms", whole(600000));
  options.set("durability", words("normal"));
  options.set("on", day(17770));
  options.set("known_at", whole(0));
  EXPECT_FALSE(options.boolean("platform.open", "create"));
  EXPECT_EQ(options.integer("platform.open", "busy_timeout_ms"), 600000);
  EXPECT_EQ(options.text("platform.open", "durability"), "normal");
  EXPECT_EQ(options.date("platform.query", "on"), 17770);
  EXPECT_TRUE(options.has("known_at"));

  options.set("on", day(date_none));
  options.set("durability", words("full"));
  EXPECT_EQ(options.date("platform.query", "on"), date_none);
  EXPECT_EQ(options.text("platform.open", "durability"), "full");
}

TEST(Options, AnUnknownNameIsRefusedWithTheNearest) {
  Options options;
  const Error error = error_of([&] { options.set("limmit", whole(3)); });
  EXPECT_EQ(error.code(), Code::invalid_argument);
  EXPECT_STREQ(error.what(), "there is no option `limmit`, the nearest is `limit`");
  EXPECT_EQ(error.details(), (Error::Details{{"nearest", "limit"}}));
  const Error far = error_of([&] { options.set("colour", words("red")); });
  EXPECT_STREQ(far.what(), "there is no option `colour`");
  EXPECT_TRUE(far.details().empty());
  EXPECT_EQ(error_of([&] { options.set("", true); }).code(), Code::invalid_argument);
  EXPECT_EQ(error_of([&] { options.set("\xFF\n", true); }).what(),
            std::string("there is no option `\uFFFD\uFFFD`"));
  EXPECT_FALSE(options.has("limmit"));
}

TEST(Options, AnotherTypeIsRefused) {
  Options options;
  const Error error = error_of([&] { options.set("limit", words("3")); });
  EXPECT_EQ(error.code(), Code::invalid_argument);
  EXPECT_STREQ(error.what(), "option `limit` is of type integer, got a value of type text");
  for (const Value& value : {whole(1), Value(1.0), words("true"), day(1)}) {
    EXPECT_EQ(error_of([&] { options.set("create", value); }).code(), Code::invalid_argument);
  }
  for (const Value& value : {whole(1), Value(1.0), words("2018-08-27"), Value(true)}) {
    EXPECT_EQ(error_of([&] { options.set("on", value); }).code(), Code::invalid_argument);
  }
  for (const Value& value : {day(1), Value(1.0), Value(true)}) {
    EXPECT_EQ(error_of([&] { options.set("limit", value); }).code(), Code::invalid_argument);
  }
  EXPECT_FALSE(options.has("create") || options.has("on") || options.has("limit"));
}

TEST(Options, WhatIsOutOfRangeIsRefused) {
  Options options;
  const Error error = error_of([&] { options.set("busy_timeout_ms", whole(600001)); });
  EXPECT_EQ(error.code(), Code::invalid_argument);
  EXPECT_STREQ(error.what(), "option `busy_timeout_ms` expects 0 to 600000, got `600001`");
  EXPECT_THROW(options.set("busy_timeout_ms", whole(-1)), Error);
  EXPECT_THROW(options.set("known_at", whole(std::numeric_limits<std::int64_t>::min())), Error);
  EXPECT_THROW(options.set("known_at", whole(std::numeric_limits<std::int64_t>::max())), Error);
  EXPECT_THROW(options.set("on", day(date_max + 1)), Error);
  EXPECT_THROW(options.set("on", day(date_min - 1)), Error);
  const Error choice = error_of([&] { options.set("language", words("de")); });
  EXPECT_STREQ(choice.what(), "option `language` expects `ar`, `en` or `fr`, got `de`");
  EXPECT_THROW(options.set("language", words("")), Error);
  EXPECT_THROW(options.set("language", words("ar|en")), Error);
  EXPECT_EQ(error_of([&] { options.set("search", words("a\xFF")); }).code(), Code::malformed);
}

TEST(Options, RealsTakeIntegersAndKnowTheirRange) {
  const OptionSpec spec{"test", "seconds", OptionType::real, "1.5", 0, 10, "", "how long"};
  EXPECT_EQ(fit_option(spec, whole(3)), Value(3.0));
  EXPECT_EQ(fit_option(spec, Value(0.25)), Value(0.25));
  EXPECT_EQ(default_of(spec), Value(1.5));
  EXPECT_THROW(fit_option(spec, Value(10.5)), Error);
  EXPECT_THROW(fit_option(spec, whole(-1)), Error);
  EXPECT_THROW(fit_option(spec, Value(std::numeric_limits<double>::quiet_NaN())), Error);
  EXPECT_THROW(fit_option(spec, Value(std::numeric_limits<double>::infinity())), Error);
  EXPECT_THROW(fit_option(spec, Value(true)), Error);
  EXPECT_STREQ(error_of([&] { fit_option(spec, Value(10.5)); }).what(),
               "option `seconds` expects 0 to 10, got `10.5`");
  const OptionSpec wrong{"test", "n", OptionType::integer, "many", 0, 10, "", "how many"};
  EXPECT_EQ(error_of([&] { default_of(wrong); }).code(), Code::internal);
  const OptionSpec dated{"test", "d", OptionType::date, "1970-01-02", 0, 0, "", "when"};
  EXPECT_EQ(default_of(dated), day(1));
}

TEST(Options, AScopeRefusesAllThatItDoesNotKnow) {
  Options options;
  options.set("limit", whole(3));
  options.set("create", false);
  options.set("language", words("ar"));
  const Error error = error_of([&] { options.check("platform.open"); });
  EXPECT_EQ(error.code(), Code::invalid_argument);
  ASSERT_EQ(error.problems().size(), 2U);
  EXPECT_EQ(error.problems()[0].message,
            "option `language` means nothing to `platform.open`, which takes `busy_timeout_ms`, "
            "`create`, `durability`, `read_only`");
  EXPECT_THAT(error.problems()[1].message, HasSubstr("`limit`"));
  EXPECT_THAT(error_of([&] { options.check("nothing"); }).what(), HasSubstr("takes no options"));

  Options query;
  query.set("limit", whole(3));
  query.set("language", words("ar"));
  EXPECT_NO_THROW(query.check("platform.query"));
  EXPECT_NO_THROW(Options().check("platform.open"));
}

}  // namespace
}  // namespace partnership
