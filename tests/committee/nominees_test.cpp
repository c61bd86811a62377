// SPDX-License-Identifier: Apache-2.0
//
// Nominees: what a cell means, how ids are found, and that every wrong row is named.
#include "committee/nominees.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "committee/committee_tools.hpp"
#include "committee/spelling.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

// The values of a cell joined by "|"; "?" when it is not known.
std::string fact(const Nominees& list, const std::string& column, std::uint32_t nominee) {
  const Nominees::Facts* facts = list.column(column);
  if (facts == nullptr) return "no column";
  if (facts->known[nominee] == 0) return "?";
  std::string out;
  for (const std::uint32_t value : facts->of(nominee)) {
    out += (out.empty() ? "" : "|") + facts->values[value];
  }
  return out;
}

Table texts(const std::vector<std::string>& columns,
            const std::vector<std::vector<std::optional<std::string>>>& rows) {
  TableBuilder table;
  for (const std::string& name : columns) table.add(name, ColumnType::text);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      table.text_or_null(static_cast<std::int32_t>(c),
                         row[c] ? std::optional<std::string_view>(*row[c]) : std::nullopt);
    }
  }
  return table.finish();
}

std::vector<std::string> complaints(const Table& table, const NomineeColumns& columns = {}) {
  try {
    Nominees::of(table, columns);
  } catch (const Error& error) {
    std::vector<std::string> out = {std::string(code_name(error.code()))};
    for (const Problem& problem : error.problems()) out.push_back(problem.message);
    return out;
  }
  return {};
}

TEST(Nominees, CutCellsAtSeparators) {
  const auto list = Nominees::of(texts({"issue", "id"}, {{"a", "1"},
                                                         {"a;b", "2"},
                                                         {" b ; a ", "3"},
                                                         {";;b;", "4"},
                                                         {"b;b", "5"},
                                                         {"", "6"},
                                                         {" ; ", "7"},
                                                         {std::nullopt, "8"}}));
  ASSERT_EQ(list->count(), 8U);
  std::vector<std::string> found;
  for (std::uint32_t i = 0; i < 8; ++i) found.push_back(fact(*list, "issue", i));
  EXPECT_THAT(found, ElementsAre("a", "a|b", "a|b", "b", "b", "", "", "?"));
  EXPECT_EQ(list->column("id"), nullptr);
  EXPECT_EQ(list->id(2), "3");
}

TEST(Nominees, SeparatorsAreTheCallers) {
  const auto split = [](const std::string& cell, const std::string& separator) {
    const auto list = Nominees::of(texts({"id", "x"}, {{"1", cell}}), {"id", separator});
    return fact(*list, "x", 0);
  };
  EXPECT_EQ(split("a, b;c", ","), "a|b;c");
  EXPECT_EQ(split("a--b - c", " -- "), "a|b - c");
  EXPECT_EQ(split("a b", " "), "a|b");
  EXPECT_EQ(split("a;b", ""), "a;b");
  EXPECT_EQ(split("صحة؛ بيئة", "؛"), "صحة|بيئة");
}

TEST(Nominees, OtherColumnTypesAreOneValue) {
  TableBuilder table;
  table.add("id", ColumnType::int64);
  table.add("b", ColumnType::boolean);
  table.add("i", ColumnType::int32);
  table.add("r", ColumnType::real);
  table.add("d", ColumnType::date);
  table.int64(0, -7);
  table.boolean(1, true);
  table.int32(2, 42);
  table.real(3, 0.5);
  table.date(4, 0);
  table.int64(0, 8);
  for (std::int32_t c = 1; c < 5; ++c) table.null(c);
  const auto list = Nominees::of(table.finish());
  EXPECT_EQ(list->id(0), "-7");
  EXPECT_EQ(fact(*list, "b", 0), "true");
  EXPECT_EQ(fact(*list, "i", 0), "42");
  EXPECT_EQ(fact(*list, "r", 0), "0.5");
  EXPECT_EQ(fact(*list, "d", 0), "1970-01-01");
  for (const char* column : {"b", "i", "r", "d"}) EXPECT_EQ(fact(*list, column, 1), "?");
}

TEST(Nominees, SpellingsThatLookTheSameAreTheSame) {
  const auto list =
      Nominees::of(texts({"id", "Re\u0301gion"}, {{"Re\u0301mi ", "\u00E9"}, {"x", "e\u0301"}}));
  EXPECT_EQ(fact(*list, "R\u00E9gion", 0), "\u00E9");
  EXPECT_EQ(fact(*list, "R\u00E9gion", 1), "\u00E9");
  EXPECT_EQ(list->find("R\u00E9mi"), 0U);
  EXPECT_EQ(list->find(" Re\u0301mi\u00A0"), 0U);
  EXPECT_EQ(list->find("remi"), std::nullopt);
  EXPECT_EQ(list->find("\xFF"), std::nullopt);
  EXPECT_THAT(complaints(texts({"id"}, {{"\u00E9"}, {"e\u0301"}})),
              ElementsAre("invalid_document", HasSubstr("row 2: the id `\u00E9` is repeated")));
  EXPECT_THAT(complaints(texts({"id", "\u00E9", "e\u0301"}, {})),
              ElementsAre("invalid_document", HasSubstr("two columns are")));
}

TEST(Nominees, EveryWrongRowIsNamed) {
  EXPECT_THAT(
      complaints(texts({"id", "x"}, {{"a", "1"},
                                     {std::nullopt, "1"},
                                     {"", "1"},
                                     {" ", "1"},
                                     {"a", "1"},
                                     {"\xFF", "1"},
                                     {"b", "\xFF"}})),
      ElementsAre("invalid_document", "row 2: the id is null", "row 3: the id is blank",
                  "row 4: the id is blank", "row 5: the id `a` is repeated; it was first in row 1",
                  "row 6: the id is not UTF-8", "row 7: `x` is not UTF-8"));
  TableBuilder table;
  table.add("id", ColumnType::real);
  table.add("d", ColumnType::date);
  table.real(0, std::numeric_limits<double>::infinity());
  table.date(1, std::numeric_limits<std::int32_t>::max());
  EXPECT_THAT(complaints(table.finish()),
              ElementsAre("invalid_document", "row 1: the id is not a finite number",
                          "row 1: `d` is a day outside the years 1 to 9999"));
}

TEST(Nominees, TheIdColumnMustBeThere) {
  const Table table = texts({"name", "side"}, {{"a", "public"}});
  EXPECT_EQ(Nominees::of(table, {" name", ";"})->count(), 1U);
  try {
    Nominees::of(table, {"nam", ";"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_argument);
    EXPECT_THAT(error.details(), ElementsAre(testing::Pair("nearest", "name")));
  }
  EXPECT_THAT(complaints(Table()), ElementsAre("invalid_argument", HasSubstr("no column `id`")));
  EXPECT_THAT(complaints(table, {"name", "\xC3"}), ElementsAre("invalid_argument", testing::_));
}

TEST(Nominees, MayBeNone) {
  const auto list = Nominees::of(texts({"id", "x"}, {}));
  EXPECT_EQ(list->count(), 0U);
  EXPECT_THAT(list->members({}), testing::IsEmpty());
}

TEST(Nominees, StructuresMeanTheSameAsTables) {
  const auto list = nominees({{"b", {{"x", {{"v", " v", ""}}}, {"y", std::nullopt}}},
                              {"a", {{"y", std::vector<std::string>()}}}});
  EXPECT_EQ(fact(*list, "x", 0), "v");
  EXPECT_EQ(fact(*list, "y", 0), "?");
  EXPECT_EQ(fact(*list, "x", 1), "?");
  EXPECT_EQ(fact(*list, "y", 1), "");
  EXPECT_THROW(nominees({{"a", {}}, {"a", {}}}), Error);
  EXPECT_THROW(nominees({{" ", {}}}), Error);
  EXPECT_THROW(nominees({{"\xFF", {}}}), Error);
  EXPECT_THROW(nominees({{"a", {{"\xFF", std::nullopt}}}}), Error);
  EXPECT_THROW(nominees({{"a", {{"x", {{"\xFF"}}}}}}), Error);
  EXPECT_THROW(nominees({{"a", {{"x", {{"1"}}}, {"x ", {{"2"}}}}}}), Error);
}

TEST(Nominees, MembersAreFoundAndSorted) {
  const auto list = nominees({{"a", {}}, {"b", {}}, {"c", {}}});
  const std::vector<std::string_view> good = {"c", "a"};
  EXPECT_THAT(list->members(good), ElementsAre(0U, 2U));
  const auto why = [&](const std::vector<std::string_view>& ids) {
    try {
      list->members(ids);
    } catch (const Error& error) {
      std::string out(code_name(error.code()));
      for (const Problem& problem : error.problems()) out += "|" + problem.message;
      return out;
    }
    return std::string();
  };
  EXPECT_EQ(why({"a", "x", "\xFF", "a"}), "not_found|`x` is no nominee|a member's id is not UTF-8");
  EXPECT_EQ(why({"b", "a", "b", "b", "a"}),
            "invalid_argument|the member `a` is named twice|the member `b` is named twice");
}

TEST(Spelling, TrimsEveryWhiteSpace) {
  EXPECT_EQ(trimmed(" \t\r\n\v\f\u00A0\u2003\u3000x y\u2028\u202F\u1680 "), "x y");
  EXPECT_EQ(trimmed("\u00A0"), "");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(trimmed("\u200Bx"), "\u200Bx");  // a zero-width space is no White_Space
  EXPECT_EQ(spelling("Beirut "), "Beirut");
  EXPECT_NE(spelling("Beirut"), spelling("beirut"));
  EXPECT_THROW(spelling("\xFF"), Error);
}

}  // namespace
}  // namespace partnership
