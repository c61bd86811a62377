// SPDX-License-Identifier: Apache-2.0
//
// FEEL through partnership.hpp, linked with the shared library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "capi/owners.hpp"
#include "partnership/partnership.hpp"
#include "partnership/table_builder.hpp"

namespace {

using pship::Circumstances;
using pship::Date;
using pship::Feel;
using pship::FeelBuilder;
using pship::FeelCase;
using pship::FeelCases;
using pship::Options;
using pship::Table;
using pship::Value;
using pship::ValueKind;
using pship::Verdict;
using pship::testing::code_of;
using testing::ElementsAre;

constexpr const char* rules =
    R"json({"late": "day > today()", "enough": "count(votes[item >= 2]) >= n",
            "side": "side"})json";
constexpr const char* schema =
    R"({"day": "date", "n": "number", "side": "string?", "votes": "list<number>"})";
constexpr const char* json = R"({"day": "2026-01-05", "n": 1, "side": "a", "votes": [1, 2.5]})";

Feel compiled() {
  return Feel::compile(rules, schema, Options().set("strict", true));
}

TEST(HppFeel, CompilesAndListsItself) {
  const Feel feel = compiled();
  EXPECT_EQ(feel.size(), 3);
  EXPECT_EQ(feel.find("enough"), 1);
  EXPECT_EQ(feel.find("none"), -1);
  EXPECT_EQ(feel.find(std::string_view("enough\0", 7)), -1);
  EXPECT_EQ(feel.table().texts("expression")[2], "side");
  EXPECT_GT(Feel::functions().rows(), 80);
  EXPECT_EQ(Feel::diagnose(rules, schema).rows(), 0);
  EXPECT_EQ(Feel::diagnose(R"({"a": "1 +"})").texts("severity")[0], "error");
  try {
    Feel::compile(R"({"a": "1 +"})");
    FAIL();
  } catch (const pship::Error& error) {
    EXPECT_EQ(error.code(), PSHIP_INVALID_DOCUMENT);
    EXPECT_EQ(error.problems()[0].pointer, "/a");
    EXPECT_EQ(error.problems()[0].column, 4);
  }
}

TEST(HppFeel, DecidesAndEvaluates) {
  const Feel feel = compiled();
  const FeelCase one = feel.read_case(json);
  Options options;
  options.set("today", Date::parse("2026-01-04"));
  const Circumstances under{nullptr, &options};
  EXPECT_THAT(feel.decide(one, under),
              ElementsAre(Verdict::yes, Verdict::yes, Verdict::undetermined));
  EXPECT_THAT(feel.decide(one),
              ElementsAre(Verdict::undetermined, Verdict::yes, Verdict::undetermined));
  const pship::Evaluated side = feel.evaluate("side", one);
  EXPECT_EQ(side.value.string(), "a");
  EXPECT_EQ(side.warnings.rows(), 0);
  EXPECT_EQ(feel.evaluate(0, one).warnings.texts("kind")[0], "no result");
  EXPECT_EQ(code_of([&] { feel.evaluate("none", one); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([&] { feel.evaluate(7, one); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { feel.decide(compiled().read_case(json)); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(one.value().find("day")->date(), Date::parse("2026-01-05"));
}

TEST(HppFeel, AsksACalendar) {
  const auto calendar = pship::Calendar::load(
      R"({"calendar": "t", "title": {"en": "T"}, "valid": {"from": "2024-01-01", "to": "2025-01-01"},
          "weekend": ["saturday", "sunday"]})");
  const Feel feel = Feel::compile(R"json({"a": "is working day(@\"2024-05-04\")"})json");
  EXPECT_EQ(feel.evaluate("a", {}, {&calendar, nullptr}).value.kind(), ValueKind::boolean);
  EXPECT_TRUE(feel.evaluate("a").value.is_null());
}

TEST(HppFeel, TakesManyCases) {
  const Feel feel = compiled();
  const std::string lines = std::string(json) + "\n" + R"({"n": 0, "votes": []})";
  const FeelCases read = feel.read_cases(lines);
  EXPECT_EQ(read.count(), 2);
  const Table table = feel.decide_all(read);
  EXPECT_EQ(table.booleans("enough")[1], 1);
  EXPECT_TRUE(table.booleans("late").is_null(0));
  EXPECT_EQ(feel.evaluate_all("side", read).texts("value")[0], "a");

  pship::TableBuilder cases, votes;
  cases.i64("n", {1, 1});
  votes.i64("case", {1}).reals("item", {3});
  const FeelCases from = feel.cases(cases.build(), {{"votes", votes.build()}});
  EXPECT_EQ(feel.decide_all(from).booleans("enough")[1], 1);

  ArrowArrayStream stream{};
  pship::TableBuilder().i64("n", {1, 2, 3}).build().to_arrow(&stream);
  EXPECT_EQ(feel.cases_from_arrow(&stream).count(), 3);
}

TEST(HppFeel, BuildsCases) {
  const Feel feel = compiled();
  FeelBuilder builder(feel);
  builder.add("day", Date::parse("2026-01-05")).add("n", 1).add("side", "a");
  builder.begin_list("votes").add_number(std::nullopt, "2.5").end();
  const FeelCase one = builder.finish();
  EXPECT_EQ(one.value().json(), R"({"day":"2026-01-05","n":1,"side":"a","votes":[2.5]})");
  EXPECT_EQ(code_of([&] { builder.add("m", true); }), PSHIP_INVALID_ARGUMENT);
  builder.add_null("side").next().next();
  EXPECT_EQ(builder.cases().count(), 2);

  const Feel plain = Feel::compile(R"({"a": "whole"})");
  FeelBuilder any(plain);
  any.begin_context("whole").add_temporal("t", "PT1H").begin_range("r", PSHIP_RANGE_TEST);
  any.add_null(std::nullopt).add(std::nullopt, std::int64_t{10}).end();
  any.add("v", one.value()).end();
  EXPECT_EQ(plain.evaluate("a", any.finish()).value.expression(),
            R"({t: @"PT1H", r: (<10), v: {day: @"2026-01-05", n: 1, side: "a", votes: [2.5]}})");
}

TEST(HppFeel, ValuesKeepWhatTheyLieIn) {
  Value inner;
  EXPECT_TRUE(inner.is_null());
  EXPECT_EQ(code_of([&] { inner.text(); }), PSHIP_INVALID_ARGUMENT);
  {
    const Value whole =
        Feel::compile(R"({"a": "{l: [1, 2.5, \"x\"], d: @\"2026-01-05\", r: (1..2]}"})")
            .evaluate("a")
            .value;
    EXPECT_EQ(whole.size(), 3);
    EXPECT_EQ(whole.key(1), "d");
    EXPECT_EQ(whole[1].date(), Date::parse("2026-01-05"));
    EXPECT_EQ(whole.find("r")->range(), PSHIP_RANGE_HIGH_CLOSED);
    EXPECT_FALSE(whole.find("none").has_value());
    inner = *whole.find("l");
  }
  EXPECT_EQ(inner[0].integer(), 1);
  EXPECT_FALSE(inner[1].integer().has_value());
  EXPECT_EQ(inner[1].real(), 2.5);
  EXPECT_EQ(inner[2].string(), "x");
  EXPECT_TRUE(inner[9].is_null());
  EXPECT_EQ(inner[0].equals(inner[1]), false);
  EXPECT_EQ(inner[0].equals(inner[2]), std::nullopt);
}

TEST(HppFeel, Explains) {
  const Feel feel = compiled();
  const FeelCase one = feel.read_case(R"({"n": 2, "votes": [1]})");
  EXPECT_EQ(feel.explain("enough", one).texts("value")[0], "false");
  EXPECT_NE(feel.explain_text("enough", one).view().find("<- decides"), std::string_view::npos);
  EXPECT_EQ(feel.explain_json(1, one).view().front(), '{');
}

TEST(HppFeel, HandlesThatHoldNothingFailAsNullDoes) {
  const Feel none;
  EXPECT_EQ(none.size(), 0);
  EXPECT_EQ(code_of([&] { none.read_case(json); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { none.evaluate("a"); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { FeelBuilder().add("a", 1); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { compiled().decide(FeelCase()); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(FeelCases().count(), 0);
}

TEST(HppFeel, ThreadsShareASetAndItsCases) {
  const Feel feel = compiled();
  const FeelCase cases[] = {feel.read_case(json), feel.read_case(R"({"n": 3, "votes": [2]})")};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const FeelCase mine = cases[t % 2];
      for (int i = 0; i < 2000; ++i) {
        if (feel.decide(mine)[1] != (t % 2 == 0 ? Verdict::yes : Verdict::no)) ++wrong;
        if (i % 50 == 0 && feel.evaluate("enough", mine).value.boolean() != (t % 2 == 0)) ++wrong;
        if (i % 50 == 0 && feel.read_case(json).value().size() != 4) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
