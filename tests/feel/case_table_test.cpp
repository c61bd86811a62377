// SPDX-License-Identifier: Apache-2.0
//
// Cases from tables.
#include "feel/case_table.hpp"

#include <cmath>
#include <limits>

#include "base/arrow.hpp"
#include "base/error.hpp"
#include "feel/columns_tools.hpp"

namespace partnership::feel {
namespace {

constexpr const char* schema =
    R"({"id": "string", "n": "number", "on": "boolean", "day": "date", "took": "days and time duration",
        "box": {"n": "number", "words": ["string"]}, "a.b": "string", "free": "Any",
        "people": [{"side": "string", "age": "number", "home": {"town": "string"}}]})";

Table cases() {
  TableBuilder table;
  const auto id = table.add("id", ColumnType::text), n = table.add("n", ColumnType::real),
             on = table.add("on", ColumnType::boolean), day = table.add("day", ColumnType::date),
             took = table.add("took", ColumnType::text),
             box = table.add("box.n", ColumnType::int64),
             dotted = table.add("a.b", ColumnType::text),
             free = table.add("free", ColumnType::int32);
  for (std::int32_t row = 0; row < 3; ++row) {
    table.text(id, "case " + std::to_string(row));
    if (row == 1) {
      table.null(n);
      table.null(day);
    } else {
      table.real(n, row == 0 ? 0.1 : std::numeric_limits<double>::quiet_NaN());
      table.date(day, 18262 + row);
    }
    table.boolean(on, row == 2);
    table.text(took, "P" + std::to_string(row + 1) + "D");
    table.int64(box, std::int64_t{row} * 1'000'000'000'000);
    table.text(dotted, "x");
    table.int32(free, row);
  }
  return table.finish();
}

Table people(std::int64_t last_row) {
  TableBuilder table;
  const auto row = table.add("row", ColumnType::int64), side = table.add("side", ColumnType::text),
             town = table.add("home.town", ColumnType::text);
  for (const std::int64_t of : {std::int64_t{0}, std::int64_t{0}, last_row}) {
    table.int64(row, of);
    table.text(side, of == 0 ? "gov" : "civil");
    table.text_or_null(town, of == 0 ? std::optional<std::string_view>("Beirut") : std::nullopt);
  }
  return table.finish();
}

Table words() {
  TableBuilder table;
  const auto row = table.add("row", ColumnType::int32), item = table.add("item", ColumnType::text);
  table.int32(row, 1);
  table.text(item, "a");
  table.int32(row, 1);
  table.null(item);
  return table.finish();
}

TEST(CaseTable, FillsCasesAndTheirLists) {
  const TriedSet set(schema, {"count(people[side = \"gov\"]) > 1", "n < 1"});
  Batch batch(set.evaluator->layout());
  const Table items = people(2), texts = words();
  // Through an Arrow stream, as they come.
  ArrowArrayStream stream;
  export_stream(cases(), &stream);
  const ItemTable lists[] = {{"people", &items, "row"}, {"box.words", &texts, "row"}};
  read_tables(import_stream(&stream), lists, {}, batch);
  batch.finish();
  ASSERT_EQ(batch.rows(), 3U);
  const auto shown = [&](std::uint32_t row) {
    Arena arena;
    return text_of(batch.row(row, arena));
  };
  EXPECT_EQ(shown(0), R"({id: "case 0", n: 0.1, on: false, day: @"2020-01-01", took: @"P1D", )"
                      R"(box: {n: 0, words: []}, "a.b": "x", free: 0, people: )"
                      R"([{side: "gov", home: {town: "Beirut"}}, {side: "gov", home: )"
                      R"({town: "Beirut"}}]})");
  EXPECT_EQ(shown(1), R"({id: "case 1", n: null, on: false, day: null, took: @"P2D", )"
                      R"(box: {n: 1000000000000, words: ["a", null]}, "a.b": "x", free: 1, )"
                      R"(people: []})");
  EXPECT_EQ(shown(2), R"({id: "case 2", n: null, on: true, day: @"2020-01-03", took: @"P3D", )"
                      R"(box: {n: 2000000000000, words: []}, "a.b": "x", free: 2, people: )"
                      R"([{side: "civil", home: {town: null}}]})");
  EXPECT_EQ(compare_ways(set, batch), 0);
}

std::vector<std::string> problems_of(const Table& table, std::span<const ItemTable> lists,
                                     const ReadOptions& options = {}) {
  const TriedSet set(schema, {"true"});
  Batch batch(set.evaluator->layout());
  std::vector<std::string> out;
  try {
    read_tables(table, lists, options, batch);
  } catch (const Error& error) {
    EXPECT_EQ(batch.rows(), 0U);
    for (const Problem& problem : error.problems()) out.push_back(problem.message);
  }
  return out;
}

TEST(CaseTable, SaysWhatDoesNotFit) {
  TableBuilder odd;
  odd.add("idd", ColumnType::text);
  odd.add("n", ColumnType::text);
  odd.add("people", ColumnType::text);
  const Table empty = odd.finish();
  EXPECT_EQ(problems_of(empty, {}),
            (std::vector<std::string>{
                "column `idd` is no member of the schema, did you mean `id`?",
                "column `n` has values of type text, expected number",
                "column `people` has values of type text, expected "
                "list<context<side: string, age: number, home: context<town: string>>>"}));
  const Table items = people(2), late = people(3), falling = people(-1);
  const ItemTable wrong[] = {{"persons", &items, "row"}, {"people", &items, "side"}};
  EXPECT_EQ(problems_of(cases(), wrong),
            (std::vector<std::string>{"the schema has no list `persons` of the cases",
                                      "table of `people` has no column `side` of row numbers"}));
  const ItemTable twice[] = {{"people", &items, "row"}, {"people", &items, "row"}};
  EXPECT_EQ(problems_of(cases(), twice), std::vector<std::string>{"list `people` has two tables"});
  const ItemTable too_late[] = {{"people", &late, "row"}};
  EXPECT_EQ(problems_of(cases(), too_late),
            std::vector<std::string>{"table of `people` speaks of row 3, but there are 3 cases, or "
                                     "its rows fall"});
  const ItemTable fall[] = {{"people", &falling, "row"}};
  EXPECT_EQ(problems_of(cases(), fall).size(), 1U);
}

TEST(CaseTable, RefusesOrKeepsTextsOfNoSense) {
  TableBuilder builder;
  const auto day = builder.add("day", ColumnType::text);
  builder.text(day, "2020-01-31");
  builder.text(day, "2020-02-31");
  const Table table = builder.finish();
  EXPECT_EQ(problems_of(table, {}),
            std::vector<std::string>{"column `day` has in row 1 `2020-02-31`, expected date"});
  ReadOptions options;
  options.keep_misfits = true;
  EXPECT_TRUE(problems_of(table, {}, options).empty());
}

}  // namespace
}  // namespace partnership::feel
