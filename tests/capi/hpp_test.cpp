// SPDX-License-Identifier: Apache-2.0
//
// partnership.hpp as its users have it: C++17, linked with the shared library and nothing else.
#include "partnership/partnership.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <type_traits>

#include "capi/owners.hpp"
#include "partnership/table_builder.hpp"

static_assert(__cplusplus == 201703L, "this test is about C++17");

namespace {

using pship::Date;
using pship::Error;
using pship::Hash;
using pship::Language;
using pship::Options;
using pship::Platform;
using pship::Table;
using pship::testing::code_of;
using testing::ElementsAre;
using testing::HasSubstr;

static_assert(std::is_nothrow_move_constructible_v<Platform>);
static_assert(!std::is_copy_constructible_v<Platform>);
static_assert(std::is_copy_constructible_v<Table>);
static_assert(!std::is_copy_constructible_v<Options>);
static_assert(std::is_nothrow_copy_constructible_v<Error>);

TEST(Hpp, LoadedLibraryIsTheOneOfTheHeaders) {
  EXPECT_EQ(pship::abi(), PSHIP_ABI);
  EXPECT_EQ(pship::version(), PSHIP_VERSION);
}

// ---- errors

TEST(HppError, CarriesEveryProblemWithItsPlace) {
  try {
    pship::Calendar::load("{\"calendar\": 1,\n \"weekend\": [\"someday\"]}");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), PSHIP_INVALID_DOCUMENT);
    EXPECT_EQ(error.code_name(), "invalid_document");
    ASSERT_GE(error.problems().size(), 2U);
    bool weekday = false;
    for (const pship::Problem& problem : error.problems()) {
      weekday = weekday || (problem.pointer == "/weekend/0" && problem.line == 2);
    }
    EXPECT_TRUE(weekday);
    const Error copy = error;
    EXPECT_EQ(copy.problems().size(), error.problems().size());
  }
}

TEST(HppError, MalformedTextHasAnOffset) {
  try {
    pship::canonical_json("{\"a\": }");
    FAIL();
  } catch (const std::runtime_error& base) {
    const auto& error = dynamic_cast<const Error&>(base);
    EXPECT_EQ(error.code(), PSHIP_MALFORMED);
    EXPECT_EQ(error.problems().front().offset, 6);
    EXPECT_EQ(error.problems().front().line, 1);
  }
}

TEST(HppError, NamesTheNearestOption) {
  try {
    Options().set("bussy_timeout_ms", 5);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), PSHIP_INVALID_ARGUMENT);
    EXPECT_EQ(error.detail("nearest"), "busy_timeout_ms");
    EXPECT_EQ(error.detail("no such key"), "");
  }
}

TEST(HppError, NamesWithANulAreRefusedNotCut) {
  using namespace std::string_view_literals;
  EXPECT_EQ(code_of([] { Platform::open(":memory:\0x"sv); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([] { Options().set("create\0x"sv, true); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(Table::read_json("[{\"a\": 1}]").find("a\0b"sv), -1);
}

// ---- texts, dates, hashes

TEST(HppText, IsSharedAndEmptyByDefault) {
  pship::Text text;
  EXPECT_EQ(text, "");
  text = pship::canonical_json("{\"b\": 1, \"a\": [true, null]}");
  const pship::Text copy = text;
  EXPECT_EQ(copy.c_str(), text.c_str());
  text = pship::Text();
  EXPECT_EQ(copy, R"({"a":[true,null],"b":1})");
  EXPECT_EQ(copy.str().size(), copy.view().size());
}

TEST(HppDate, GoesBothWays) {
  const Date date = Date::parse("2018-08-27");
  EXPECT_EQ(date.days(), 17770);
  EXPECT_EQ(date, Date::from_ymd(2018, 8, 27));
  EXPECT_EQ(date.ymd().year, 2018);
  EXPECT_EQ(date.ymd().month, 8);
  EXPECT_EQ(date.ymd().day, 27);
  EXPECT_EQ(date.iso(), "2018-08-27");
  EXPECT_EQ(date.render(Language::en), "27 August 2018");
  EXPECT_EQ(pship::render_period("2004", Language::fr), "2004");
  EXPECT_LT(date, Date::parse("2018-08-28"));
}

TEST(HppDate, NoneIsNoDay) {
  const Date none;
  EXPECT_FALSE(none);
  EXPECT_EQ(none.days(), PSHIP_DATE_NONE);
  EXPECT_EQ(code_of([&] { none.iso(); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([] { Date::parse("2018-02-30"); }), PSHIP_MALFORMED);
  EXPECT_EQ(code_of([] { Date::from_ymd(2018, 2, 30); }), PSHIP_INVALID_ARGUMENT);
}

TEST(HppHash, HexGoesBothWays) {
  // FIPS 180-4 example: SHA-256 of "abc".
  const Hash hash = pship::sha256("abc");
  const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(pship::to_hex(hash), hex);
  EXPECT_EQ(pship::hash_from_hex(hex), hash);
  EXPECT_EQ(pship::hash_from_hex("BA" + hex.substr(2)), hash);
  for (const std::string& bad : {hex.substr(1), hex + "0", "x" + hex.substr(1), std::string()}) {
    EXPECT_EQ(code_of([&] { pship::hash_from_hex(bad); }), PSHIP_MALFORMED) << bad;
  }
}

TEST(HppHash, CommitmentIsOfTheCanonicalForm) {
  const Hash salt = pship::sha256("salt");
  std::string bytes(1, '\x02');
  bytes.append(reinterpret_cast<const char*>(salt.data()), salt.size());
  bytes.append(R"({"a":1,"b":2})");
  EXPECT_EQ(pship::commitment("{ \"b\": 2, \"a\": 1 }", salt), pship::sha256(bytes));
}

TEST(HppText, SearchKeysFindSpellings) {
  EXPECT_EQ(pship::search_key("أفكار"), pship::search_key("افكـــار"));
}

// ---- options

TEST(HppOptions, TakeTheirTypes) {
  Options options;
  EXPECT_EQ(options.raw(), nullptr);
  options.set("create", false).set("busy_timeout_ms", 7).set("durability", "normal");
  options.set("on", Date::parse("2020-01-01")).set("known_at", std::size_t{3} > 2 ? 1L : 2L);
  EXPECT_NE(options.raw(), nullptr);
  EXPECT_EQ(code_of([&] { options.set("create", 1); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { options.set("create", "yes"); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { options.set("busy_timeout_ms", 0.5); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { options.set("on", 5); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { options.set("durability", "none"); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_GE(Options::describe().find("sentence"), 0);
}

// ---- tables

Table sample() {
  return pship::TableBuilder()
      .booleans("yes", {true, false, true}, {true, true, false})
      .i32("small", {1, -2, 3})
      .i64("large", {1, 1LL << 40, 3})
      .reals("real", {0.5, 1.5, 2.5}, {false, true, true})
      .dates("day", {0, 17770, 9}, {true, true, false})
      .texts("name", {"", "أفكار", "lost"}, {true, true, false})
      .build();
}

TEST(HppTable, BuilderGivesWhatWasAppended) {
  const Table table = sample();
  ASSERT_EQ(table.rows(), 3);
  ASSERT_EQ(table.columns(), 6);
  EXPECT_EQ(table.name(0), "yes");
  EXPECT_EQ(table.type(4), pship::ColumnType::date);
  EXPECT_THAT(table.i32("small").values(), ElementsAre(1, -2, 3));
  EXPECT_THAT(table.i64("large").values(), ElementsAre(1, 1LL << 40, 3));
  EXPECT_EQ(table.booleans("yes").get(1), std::optional<std::uint8_t>(0));
  EXPECT_EQ(table.booleans("yes").get(2), std::nullopt);
  EXPECT_EQ(table.reals("real").nulls(), 1);
  EXPECT_EQ(table.reals("real").get(0), std::nullopt);
  EXPECT_EQ(table.reals(3)[2], 2.5);
  EXPECT_EQ(table.reals(3)[0], 0.0);  // a null's slot, whatever was in it
  EXPECT_EQ(table.dates("day")[1].iso(), "2018-08-27");
  EXPECT_FALSE(table.dates("day")[2]);
  EXPECT_EQ(table.texts("name")[1], "أفكار");
  EXPECT_EQ(table.texts("name").get(0), std::optional<std::string_view>(""));
  EXPECT_EQ(table.texts("name").get(2), std::nullopt);
  EXPECT_EQ(table.texts("name").bytes(), "أفكار");
}

TEST(HppTable, BuilderRefusesUnequalColumnsAndRepeatedNames) {
  EXPECT_EQ(code_of([] {
              pship::TableBuilder().i32("a", {1}).i32("b", {1, 2});
            }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([] {
              pship::TableBuilder().i32("a", {1}, {true, true});
            }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_NE(code_of([] { pship::TableBuilder().i32("a", {1}).i32("a", {1}).build(); }), PSHIP_OK);
  EXPECT_NE(code_of([] { pship::TableBuilder().texts("a", {"\xff"}).build(); }), PSHIP_OK);
}

TEST(HppTable, BuilderMakesEmptyTablesAndIsEmptyAfterwards) {
  pship::TableBuilder builder;
  EXPECT_EQ(builder.build().columns(), 0);
  const Table table = builder.dates("day", {}).texts("name", {}).build();
  EXPECT_EQ(table.rows(), 0);
  EXPECT_EQ(table.columns(), 2);
  EXPECT_EQ(table.type(0), pship::ColumnType::date);
  EXPECT_EQ(table.texts(1).size(), 0);
  EXPECT_EQ(builder.build().columns(), 0);
}

TEST(HppTable, ColumnsOutliveTheTable) {
  const pship::TextColumn names = sample().texts("name");
  const auto large = sample().i64("large");
  EXPECT_EQ(names[1], "أفكار");
  EXPECT_EQ(large[1], 1LL << 40);
}

TEST(HppTable, WrongColumnsAreNamed) {
  const Table table = sample();
  try {
    table.texts("nam");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), PSHIP_NOT_FOUND);
    EXPECT_THAT(error.what(), HasSubstr("`nam`"));
    EXPECT_THAT(error.what(), HasSubstr("`large`"));
  }
  try {
    table.texts("large");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), PSHIP_INVALID_ARGUMENT);
    EXPECT_STREQ(error.what(), "column `large` is of type int64, expected text");
  }
  EXPECT_EQ(code_of([&] { table.i32(6); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([&] { table.i32(-1); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([] { Table().texts("x"); }), PSHIP_NOT_FOUND);
}

TEST(HppTable, JsonCsvAndArrowRoundTrip) {
  const Table table = Table::read_json(R"([{"n": 1, "t": "a;b"}, {"n": null, "t": "ö"}])");
  EXPECT_EQ(table.i64("n").get(1), std::nullopt);
  EXPECT_EQ(Table::read_json(table.write_json()), table);

  const pship::Text csv = table.write_csv(Options().set("delimiter", ";"));
  EXPECT_EQ(csv, "n;t\r\n1;\"a;b\"\r\n;ö\r\n");
  EXPECT_EQ(Table::read_csv(csv, Options().set("delimiter", ";")).texts("t")[1], "ö");
  EXPECT_EQ(code_of([] { Table::read_csv("a,b\n1\n"); }), PSHIP_MALFORMED);

  for (const Table& source : {table, sample()}) {
    ArrowArrayStream stream{};
    source.to_arrow(&stream);
    const Table back = Table::from_arrow(&stream);
    EXPECT_EQ(stream.release, nullptr);
    EXPECT_EQ(back, source);
  }
  EXPECT_NE(table, sample());
}

// ---- calendars

TEST(HppCalendar, CountsWorkingDays) {
  const auto calendar = pship::Calendar::load(R"({
    "calendar": "test", "title": {"en": "Test"},
    "valid": {"from": "2024-01-01", "to": "2025-01-01"}, "weekend": ["saturday", "sunday"],
    "holidays": [{"date": "2024-05-01", "name": {"en": "Labour Day"}}]})");
  EXPECT_FALSE(calendar.is_working_day(Date::parse("2024-05-01")));
  EXPECT_TRUE(calendar.is_working_day(Date::parse("2024-05-02")));
  EXPECT_EQ(calendar.working_days_between(Date::parse("2024-04-29"), Date::parse("2024-05-06")), 4);
  EXPECT_EQ(calendar.add_working_days(Date::parse("2024-04-30"), 1).iso(), "2024-05-02");
  EXPECT_EQ(calendar.holidays().texts("name_en")[0], "Labour Day");
  EXPECT_EQ(code_of([&] { calendar.is_working_day(Date::parse("2030-01-01")); }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([] { pship::Calendar().is_working_day(Date(0)); }), PSHIP_INVALID_ARGUMENT);
}

}  // namespace
