// SPDX-License-Identifier: Apache-2.0
#include "base/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

using testing::ElementsAre;

// A cell as a list of rows shows it; nullopt is a null.
using Cell = std::optional<std::string>;
using Rows = std::vector<std::vector<Cell>>;

Rows rows_of(const Table& table) {
  Rows rows;
  std::vector<Cell> names;
  for (std::int32_t c = 0; c < table.columns(); ++c) names.push_back(table.column(c).name);
  rows.push_back(names);
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    std::vector<Cell> cells;
    for (std::int32_t c = 0; c < table.columns(); ++c) {
      const Column& column = table.column(c);
      EXPECT_EQ(column.type, ColumnType::text);
      cells.push_back(column.is_null(row) ? Cell() : Cell(std::string(column.text(row))));
    }
    rows.push_back(cells);
  }
  return rows;
}

Table table_of(const Rows& rows) {
  TableBuilder builder;
  for (const Cell& name : rows[0]) builder.add(name.value(), ColumnType::text);
  for (std::size_t row = 1; row < rows.size(); ++row) {
    for (std::size_t c = 0; c < rows[row].size(); ++c) {
      builder.text_or_null(static_cast<std::int32_t>(c), rows[row][c]);
    }
  }
  return builder.finish();
}

std::vector<std::string> problems_of(const Error& error) {
  std::vector<std::string> out;
  for (const Problem& problem : error.problems()) {
    out.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + "@" +
                  std::to_string(problem.offset) + " " + problem.message);
  }
  return out;
}

std::vector<std::string> refusal(std::string_view text, const CsvOptions& options = {}) {
  try {
    read_csv(text, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::malformed);
    for (const Problem& problem : error.problems()) {
      const Place place = place_of(text, static_cast<std::size_t>(problem.offset));
      EXPECT_EQ(problem.line, place.line);
      EXPECT_EQ(problem.column, place.column);
    }
    return problems_of(error);
  }
  ADD_FAILURE() << "not refused: " << text;
  return {};
}

TEST(Csv, ReadsTheFormsOfRfc4180) {
  const Rows expected = {{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}};
  EXPECT_EQ(rows_of(read_csv("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n")), expected);
  EXPECT_EQ(rows_of(read_csv("aaa,bbb,ccc\r\nzzz,yyy,xxx")), expected);
  EXPECT_EQ(rows_of(read_csv("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx")), expected);
  EXPECT_EQ(rows_of(read_csv("aaa,bbb,ccc\nzzz,yyy,xxx\n")), expected);
  EXPECT_EQ(rows_of(read_csv("\xEF\xBB\xBF"
                             "aaa,bbb,ccc\nzzz,yyy,xxx\n")),
            expected);
  EXPECT_EQ(rows_of(read_csv("\xEF\xBB\xBF\"aaa\",bbb,ccc\nzzz,yyy,xxx\n")), expected);
  EXPECT_EQ(rows_of(read_csv("a,b\r\n\"b CRLF\r\nbb\",\"b\"\"bb, \n\"\r\n")),
            (Rows{{"a", "b"}, {"b CRLF\r\nbb", "b\"bb, \n"}}));
}

TEST(Csv, KeepsSpacesAndEmptyCells) {
  EXPECT_EQ(rows_of(read_csv("a,b,c\n x ,,\"\"\n,\"\"\"\",\n")),
            (Rows{{"a", "b", "c"}, {" x ", {}, ""}, {{}, "\"", {}}}));
  EXPECT_EQ(rows_of(read_csv("a,b\n,\"\"\n", {',', false})), (Rows{{"a", "b"}, {"", ""}}));
  EXPECT_EQ(rows_of(read_csv("a,b")), (Rows{{"a", "b"}}));
  EXPECT_EQ(rows_of(read_csv("a\n\nx\n\n")), (Rows{{"a"}, {Cell()}, {"x"}, {Cell()}}));
  EXPECT_EQ(rows_of(read_csv("a,b\n1,")), (Rows{{"a", "b"}, {"1", {}}}));
  EXPECT_EQ(rows_of(read_csv("a;b\n1,5;\"x;y\"\n", {';', true})),
            (Rows{{"a", "b"}, {"1,5", "x;y"}}));
  EXPECT_EQ(rows_of(read_csv("a\tb\n1\t2\n", {'\t', true})), (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, NamesEveryWrongRowWithItsPlace) {
  EXPECT_THAT(
      refusal("a,b\n1\n1,2\n1,2,3\nبيروت,\"x\" y\nok,ok\nc\"d,e\n\"open,\n"),
      ElementsAre("2:1@4 record of 1 cell, expected 2", "4:1@10 record of 3 cells, expected 2",
                  "5:10@30 text after a closing quote, expected `,` or the end of the line",
                  "7:2@40 quote inside a cell that does not begin with one",
                  "8:1@45 quote that is never closed"));
  EXPECT_THAT(refusal("a,b\r\n1\r,2\r\n1\r\n"),
              ElementsAre("2:2@6 carriage return without a line feed after it",
                          "3:1@11 record of 1 cell, expected 2"));
  EXPECT_THAT(refusal("a,b\n1,2\r"),
              ElementsAre("2:4@7 carriage return without a line feed after it"));
  EXPECT_THAT(refusal("a,b\n\n1,2\n"), ElementsAre("2:1@4 record of 1 cell, expected 2"));
  EXPECT_THAT(refusal("a;b\n\"x\"y\n", {';', true}),
              ElementsAre("2:4@7 text after a closing quote, expected `;` or the end of the line"));
}

TEST(Csv, RefusesWrongHeaders) {
  EXPECT_THAT(refusal(""),
              ElementsAre("1:1@0 empty text, expected a record that names the columns"));
  EXPECT_THAT(refusal("\xEF\xBB\xBF"),
              ElementsAre("1:2@3 empty text, expected a record that names the columns"));
  EXPECT_THAT(refusal("\n1\n"), ElementsAre("1:1@0 column without a name"));
  EXPECT_THAT(refusal("a,,b,\"\",a,\"b\"\n1,2\n"),
              ElementsAre("1:3@2 column without a name", "1:6@5 column without a name",
                          "1:9@8 column `a` stands twice", "1:11@10 column `b` stands twice",
                          "2:1@14 record of 2 cells, expected 6"));
  EXPECT_THAT(refusal("a\"b,c\n1,2\n1,2,3\n\"\n"),
              ElementsAre("1:2@1 quote inside a cell that does not begin with one",
                          "4:1@16 quote that is never closed"));
  EXPECT_THAT(refusal("\"a\nb\",\"a\nb\"\n"), ElementsAre("2:4@6 column `a\\nb` stands twice"));
}

TEST(Csv, RefusesBytesThatAreNotUtf8) {
  EXPECT_THAT(refusal("a,b\n1,\xC3\n2,3\n\xFF,1\n4\n"),
              ElementsAre("2:3@6 bytes that are not UTF-8", "4:1@12 bytes that are not UTF-8",
                          "5:1@16 record of 1 cell, expected 2"));
}

TEST(Csv, ReportsAHundredProblemsAtMost) {
  std::string text = "a,b\n";
  for (int i = 0; i < 300; ++i) text += "1\n";
  EXPECT_EQ(refusal(text).size(), 100u);
}

TEST(Csv, RefusesADelimiterThatCannotBeOne) {
  for (const char delimiter : {'"', '\n', '\r', '\0', '\x7f', '\xe9'}) {
    EXPECT_THROW(read_csv("a", {delimiter, true}), Error);
    EXPECT_THROW(write_csv(Table(), {delimiter, true}), Error);
  }
}

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "a", ",", "\"",  "\n",   "\r",           "\r\n", ";", "\t", " ",
      "é", "ب", "1.5", "\"\"", "\xEF\xBB\xBF", "😀",    "'", "x"};
  std::string out;
  for (std::size_t n = random() % 5; n > 0; --n) out += pieces[random() % pieces.size()];
  return out;
}

TEST(Csv, ReadsBackWhatItWrites) {
  std::mt19937 random(19);
  for (int i = 0; i < 5000; ++i) {
    Rows rows(1);
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      rows[0].push_back(random_text(random) + std::to_string(n));
    }
    for (std::size_t n = random() % 5; n > 0; --n) {
      std::vector<Cell> row;
      for (std::size_t c = 0; c < rows[0].size(); ++c) {
        row.push_back(random() % 5 == 0 ? Cell() : Cell(random_text(random)));
      }
      rows.push_back(row);
    }
    const Table table = table_of(rows);
    for (const char delimiter : {',', ';', '\t', 'a'}) {
      const std::string text = write_csv(table, {delimiter, true});
      ASSERT_TRUE(read_csv(text, {delimiter, true}) == table) << text;
    }
  }
}

// A plain automaton for the language that read_csv accepts, as an oracle on random bytes.
bool naive_valid(const std::string& text) {
  std::size_t at = text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
  if (at == text.size()) return false;
  std::vector<std::vector<std::string>> records;
  while (at < text.size()) {
    records.emplace_back();
    while (true) {
      std::string cell;
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at == text.size()) return false;
          if (text[at] == '"' && (at + 1 == text.size() || text[at + 1] != '"')) break;
          if (text[at] == '"') ++at;
          cell += text[at];
        }
        ++at;
      } else {
        while (at < text.size() && std::string("\",\r\n").find(text[at]) == std::string::npos) {
          cell += text[at++];
        }
      }
      records.back().push_back(cell);
      if (at < text.size() && text[at] == ',') {
        ++at;
        continue;
      }
      if (text.compare(at, 2, "\r\n") == 0) ++at;
      if (at < text.size() && text[at] != '\n') return false;
      ++at;
      break;
    }
  }
  for (std::size_t i = 0; i < records[0].size(); ++i) {
    if (records[0][i].empty()) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (records[0][i] == records[0][j]) return false;
    }
  }
  for (const auto& record : records) {
    if (record.size() != records[0].size()) return false;
  }
  return true;
}

TEST(Csv, KnowsTheLineOfEachRow) {
  EXPECT_THAT(read_csv_rows("a\n").lines, testing::IsEmpty());
  EXPECT_THAT(read_csv_rows("a\r\n\r\nx\r\n").lines, testing::ElementsAre(2, 3));
  std::mt19937 random(20);
  const std::vector<std::string> pieces = {"", "x", "a\nb", "\r\n", "\"", ",", "\n\n"};
  for (int i = 0; i < 200; ++i) {
    TableBuilder builder;
    for (const char* name : {"a", "b\n", "c"}) builder.add(name, ColumnType::text);
    std::vector<std::int64_t> expected;
    for (int row = 0; row < 6; ++row) {
      for (int c = 0; c < 3; ++c) builder.text(c, pieces[random() % pieces.size()]);
    }
    const std::string whole = write_csv(builder.finish());
    const Table table = read_csv(whole);
    const CsvRows rows = read_csv_rows(whole);
    EXPECT_EQ(rows.table, table);
    EXPECT_THAT(rows.problems, testing::IsEmpty());
    // A row begins where what is written of the rows before it ends.
    for (int count = 0; count < 6; ++count) {
      TableBuilder before;
      for (std::int32_t c = 0; c < 3; ++c) before.add(table.column(c).name, ColumnType::text);
      for (std::int64_t row = 0; row < count; ++row) {
        for (std::int32_t c = 0; c < 3; ++c) before.text(c, table.column(c).text(row));
      }
      const std::string text = write_csv(before.finish());
      ASSERT_TRUE(whole.starts_with(text));
      expected.push_back(1 + std::count(text.begin(), text.end(), '\n'));
    }
    EXPECT_EQ(rows.lines, expected);
  }
}

TEST(Csv, KeepsTheRowsThatAreRight) {
  std::mt19937 random(21);
  const std::vector<std::string> right = {"1,2", "x,", "\"\"\"\",\"a b\""};
  const std::vector<std::string> wrong = {"1", "", "1,2,3", "a\"b,c", "\"x\"y,2", "\xFF,1"};
  for (int i = 0; i < 500; ++i) {
    std::string text = "a,b\n", rest = text;
    std::vector<std::int64_t> lines;
    std::vector<std::int64_t> faults;
    for (std::int64_t line = 2; line < 10; ++line) {
      const bool good = random() % 3 != 0;
      const std::string& record =
          good ? right[random() % right.size()] : wrong[random() % wrong.size()];
      text += record + "\n";
      if (good) rest += record + "\n";
      (good ? lines : faults).push_back(line);
    }
    const CsvRows rows = read_csv_rows(text);
    EXPECT_EQ(rows.table, read_csv(rest));
    EXPECT_EQ(rows.lines, lines);
    std::vector<std::int64_t> found;
    for (const Problem& problem : rows.problems) found.push_back(problem.line);
    EXPECT_EQ(found, faults);
    if (faults.empty()) continue;
    EXPECT_EQ(refusal(text).size(), faults.size());
  }
  EXPECT_EQ(read_csv_rows("a,a\n1,2\n1\n").table.columns(), 0);
  EXPECT_EQ(read_csv_rows("a,a\n1,2\n1\n").problems.size(), 2U);
  EXPECT_EQ(read_csv_rows("").problems.size(), 1U);
}

TEST(Csv, AcceptsWhatAPlainAutomatonAccepts) {
  std::mt19937 random(23);
  const std::vector<std::string> pieces = {"a",    "b",  ",",  ",",    "\n",
                                           "\r\n", "\r", "\"", "\"\"", " "};
  std::size_t valid = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text = i % 2 == 0 ? "" : "a,b\n";
    for (std::size_t n = random() % 10; n > 0; --n) text += pieces[random() % pieces.size()];
    bool accepted = true;
    try {
      read_csv(text);
    } catch (const Error&) {
      accepted = false;
    }
    ASSERT_EQ(accepted, naive_valid(text)) << testing::PrintToString(text);
    if (accepted) ++valid;
  }
  EXPECT_GT(valid, 3000u);
}

Table of_every_type() {
  TableBuilder builder;
  const auto flag = builder.add("flag", ColumnType::boolean);
  const auto small = builder.add("small", ColumnType::int32);
  const auto large = builder.add("large", ColumnType::int64);
  const auto real = builder.add("real", ColumnType::real);
  const auto day = builder.add("day", ColumnType::date);
  const auto text = builder.add("text, \"quoted\"", ColumnType::text);
  builder.boolean(flag, true);
  builder.int32(small, -7);
  builder.int64(large, std::numeric_limits<std::int64_t>::min());
  builder.real(real, 0.1);
  builder.date(day, 17770);
  builder.text(text, "بيروت");
  builder.boolean(flag, false);
  builder.int32(small, 0);
  builder.int64(large, 0);
  builder.real(real, 2);
  builder.date(day, date_none);
  builder.text(text, "");
  for (std::int32_t c = 0; c < 6; ++c) builder.null(c);
  return builder.finish();
}

TEST(Csv, WritesEveryType) {
  EXPECT_EQ(write_csv(of_every_type()),
            "flag,small,large,real,day,\"text, \"\"quoted\"\"\"\r\n"
            "true,-7,-9223372036854775808,0.1,2018-08-27,بيروت\r\n"
            "false,0,0,2,,\"\"\r\n"
            ",,,,,\r\n");
  EXPECT_EQ(write_csv(Table()), "");
}

TEST(Csv, QuotesNumbersWhenTheDelimiterAsksForIt) {
  TableBuilder builder;
  builder.add("x", ColumnType::real);
  builder.real(0, -1.5);
  EXPECT_EQ(write_csv(builder.finish(), {'.', true}), "x\r\n\"-1.5\"\r\n");
}

TEST(Csv, WritesNumbersThatAreNone) {
  TableBuilder builder;
  builder.add("x", ColumnType::real);
  builder.real(0, std::numeric_limits<double>::infinity());
  builder.real(0, -std::numeric_limits<double>::infinity());
  builder.real(0, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(write_csv(builder.finish()), "x\r\nInfinity\r\n-Infinity\r\nNaN\r\n");
}

TEST(Csv, RefusesDaysThatHaveNoDate) {
  TableBuilder builder;
  builder.add("d", ColumnType::date);
  builder.date(0, date_max);
  builder.date(0, date_max + 1);
  const Table table = builder.finish();
  EXPECT_THROW(write_csv(table), Error);
  EXPECT_THROW(write_json_rows(table), Error);
}

// ---- JSON rows

std::vector<std::string> json_refusal(std::string_view text, Code code = Code::malformed) {
  try {
    read_json_rows(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    return problems_of(error);
  }
  ADD_FAILURE() << "not refused: " << text;
  return {};
}

TEST(JsonRows, KeepTheTypesOfTheirValues) {
  const Table table = read_json_rows(R"([
    {"b":true,"i":1,"r":1.5,"t":"x","n":null},
    {"i":-9223372036854775808,"b":false,"r":2,"t":"","z":[]},
    {}])");
  ASSERT_EQ(table.columns(), 6);
  ASSERT_EQ(table.rows(), 3);
  const auto type = [&](const char* name) { return table.column(table.find(name)).type; };
  EXPECT_EQ(type("b"), ColumnType::boolean);
  EXPECT_EQ(type("i"), ColumnType::int64);
  EXPECT_EQ(type("r"), ColumnType::real);
  EXPECT_EQ(type("t"), ColumnType::text);
  EXPECT_EQ(type("n"), ColumnType::text);
  EXPECT_EQ(table.column(0).name, "b");
  EXPECT_EQ(table.column(5).name, "z");
  EXPECT_EQ(table.column(1).int64s[1], std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(table.column(2).reals[1], 2.0);
  EXPECT_EQ(table.column(4).nulls, 3);
  for (std::int32_t c = 0; c < 6; ++c) EXPECT_TRUE(table.column(c).is_null(2));
}

TEST(JsonRows, MakeTextOfWhatIsMixedOrDeep) {
  const Table table = read_json_rows(R"([
    {"m":1,"o":{"b":1,"a":[2]},"a":["x","y"],"k":["x;y","z"],"e":[],"w":9007199254740993},
    {"m":"1","o":null,"a":["z"],"k":[1,"x"],"e":[[]],"w":0.5},
    {"m":true,"o":1.50},{"m":null},{"m":[true]}])");
  const auto cells = [&](const char* name) {
    std::vector<std::string> out;
    const Column& column = table.column(table.find(name));
    EXPECT_EQ(column.type, ColumnType::text);
    for (std::int64_t row = 0; row < table.rows(); ++row) {
      out.push_back(column.is_null(row) ? "-" : std::string(column.text(row)));
    }
    return out;
  };
  EXPECT_THAT(cells("m"), ElementsAre("1", "1", "true", "-", "[true]"));
  EXPECT_THAT(cells("o"), ElementsAre(R"({"a":[2],"b":1})", "-", "1.5", "-", "-"));
  EXPECT_THAT(cells("a"), ElementsAre("x;y", "z", "-", "-", "-"));
  EXPECT_THAT(cells("k"), ElementsAre(R"(["x;y","z"])", R"([1,"x"])", "-", "-", "-"));
  EXPECT_THAT(cells("e"), ElementsAre("", "[[]]", "-", "-", "-"));
  EXPECT_THAT(cells("w"), ElementsAre("9007199254740993", "0.5", "-", "-", "-"));
}

TEST(JsonRows, NameEveryWrongRow) {
  EXPECT_THAT(json_refusal("{\"a\":1}"),
              ElementsAre("1:1@0 expected an array of objects, found an object"));
  EXPECT_THAT(json_refusal("[{},\n1,[],{}]"),
              ElementsAre("2:1@5 expected an object, found an integer",
                          "2:3@7 expected an object, found an array"));
  EXPECT_EQ(json_refusal("[{}").size(), 1u);
  std::string many = "[0";
  for (int i = 0; i < 300; ++i) many += ",0";
  EXPECT_EQ(json_refusal(many + "]").size(), 100u);
}

TEST(JsonRows, BoundHowManyCellsAShortTextMakes) {
  std::string text = "[{}";
  for (int i = 0; i < 20000; ++i) text += ",{\"" + std::to_string(i) + "\":0}";
  EXPECT_EQ(json_refusal(text + "]", Code::limit).size(), 1u);
}

TEST(JsonRows, WriteEveryType) {
  EXPECT_EQ(
      write_json_rows(of_every_type()),
      "[\n"
      R"({"flag":true,"small":-7,"large":-9223372036854775808,"real":0.1,"day":"2018-08-27",)"
      R"("text, \"quoted\"":"بيروت"})"
      ",\n"
      R"({"flag":false,"small":0,"large":0,"real":2.0,"day":null,"text, \"quoted\"":""})"
      ",\n"
      R"({"flag":null,"small":null,"large":null,"real":null,"day":null,"text, \"quoted\"":null})"
      "\n]");
  EXPECT_EQ(write_json_rows(Table()), "[]");
  TableBuilder builder;
  builder.add("x", ColumnType::real);
  builder.real(0, std::nan(""));
  EXPECT_THROW(write_json_rows(builder.finish()), Error);
}

TEST(JsonRows, ReadBackWhatTheyWrite) {
  std::mt19937 random(29);
  for (int i = 0; i < 500; ++i) {
    TableBuilder builder;
    builder.add("b", ColumnType::boolean);
    builder.add("i", ColumnType::int64);
    builder.add("r", ColumnType::real);
    builder.add("t\n", ColumnType::text);
    const std::size_t rows = 1 + random() % 6;
    for (std::size_t row = 0; row < rows; ++row) {
      // The first row has no nulls: a column of nulls alone has no type to read back.
      const auto null = [&] { return row > 0 && random() % 4 == 0; };
      null() ? builder.null(0) : builder.boolean(0, random() % 2 == 0);
      null() ? builder.null(1) : builder.int64(1, static_cast<std::int64_t>(random()) << 31U);
      null() ? builder.null(2) : builder.real(2, static_cast<double>(random() % 64) / 8);
      null() ? builder.null(3) : builder.text(3, random_text(random));
    }
    const Table table = builder.finish();
    ASSERT_TRUE(read_json_rows(write_json_rows(table)) == table) << write_json_rows(table);
  }
}

}  // namespace
}  // namespace partnership
