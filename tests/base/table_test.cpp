// SPDX-License-Identifier: Apache-2.0
#include "base/table.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace partnership {
namespace {

// One row of the reference: a table as a person would write it down.
struct Row {
  std::optional<bool> flag;
  std::optional<std::int32_t> small;
  std::optional<std::int64_t> large;
  std::optional<double> real;
  std::optional<std::int32_t> day;
  std::optional<std::string> text;
};

Table build(const std::vector<Row>& rows) {
  TableBuilder builder;
  const auto flag = builder.add("flag", ColumnType::boolean);
  const auto small = builder.add("small", ColumnType::int32);
  const auto large = builder.add("large", ColumnType::int64);
  const auto real = builder.add("real", ColumnType::real);
  const auto day = builder.add("day", ColumnType::date);
  const auto text = builder.add("text", ColumnType::text);
  for (const Row& row : rows) {
    row.text ? builder.text(text, *row.text) : builder.null(text);
    row.flag ? builder.boolean(flag, *row.flag) : builder.null(flag);
    row.small ? builder.int32(small, *row.small) : builder.null(small);
    row.large ? builder.int64(large, *row.large) : builder.null(large);
    row.real ? builder.real(real, *row.real) : builder.null(real);
    row.day ? builder.date(day, *row.day) : builder.null(day);
  }
  return builder.finish();
}

template <class T>
std::optional<T> cell(const Column& column, const std::vector<T>& values, std::size_t row) {
  if (column.is_null(static_cast<std::int64_t>(row))) {
    EXPECT_EQ(values[row], T{}) << "a null's slot holds zero";
    return std::nullopt;
  }
  return values[row];
}

std::vector<Row> random_rows(std::mt19937& random, std::size_t count, unsigned nulls_in_eight) {
  std::vector<Row> rows(count);
  const auto there = [&] { return random() % 8 >= nulls_in_eight; };
  for (Row& row : rows) {
    if (there()) row.flag = random() % 2 == 0;
    if (there()) row.small = static_cast<std::int32_t>(random());
    if (there()) row.large = static_cast<std::int64_t>(random()) << 20U;
    if (there()) row.real = static_cast<double>(random()) / 7;
    if (there()) row.day = static_cast<std::int32_t>(random() % 30000);
    if (there()) row.text = std::string(random() % 5, static_cast<char>('a' + random() % 26));
  }
  return rows;
}

TEST(Table, HoldsWhatWasAppended) {
  std::mt19937 random(1);
  for (std::size_t count = 0; count < 40; ++count) {
    for (const unsigned nulls : {0u, 1u, 4u, 8u}) {
      const std::vector<Row> rows = random_rows(random, count, nulls);
      const Table table = build(rows);
      ASSERT_EQ(table.rows(), static_cast<std::int64_t>(count));
      ASSERT_EQ(table.columns(), 6);
      std::int64_t null_flags = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const Row& row = rows[i];
        EXPECT_EQ(cell(table.column(1), table.column(1).int32s, i), row.small);
        EXPECT_EQ(cell(table.column(2), table.column(2).int64s, i), row.large);
        EXPECT_EQ(cell(table.column(3), table.column(3).reals, i), row.real);
        EXPECT_EQ(cell(table.column(4), table.column(4).int32s, i), row.day);
        const Column& flags = table.column(0);
        const auto flag = cell(flags, flags.booleans, i);
        EXPECT_EQ(flag.has_value(), row.flag.has_value());
        if (flag) {
          EXPECT_EQ(*flag, *row.flag ? 1 : 0);
        }
        if (!flag) ++null_flags;
        const auto at = static_cast<std::int64_t>(i);
        EXPECT_EQ(table.column(5).is_null(at), !row.text);
        EXPECT_EQ(table.column(5).text(at), row.text.value_or(""));
      }
      EXPECT_EQ(table.column(0).nulls, null_flags);
      EXPECT_EQ(table.column(0).validity.size(), null_flags == 0 ? 0 : (count + 7) / 8);
      EXPECT_TRUE(table == build(rows));
    }
  }
}

TEST(Table, DiffersWhenAnyCellDiffers) {
  std::mt19937 random(2);
  const std::vector<Row> rows = random_rows(random, 12, 2);
  const Table table = build(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto changed = [&](auto change) {
      std::vector<Row> other = rows;
      change(other[i]);
      return build(other);
    };
    EXPECT_FALSE(table ==
                 changed([](Row& r) { r.flag = r.flag ? std::nullopt : std::optional(false); }));
    EXPECT_FALSE(table == changed([](Row& r) { r.small = r.small.value_or(0) + 1; }));
    EXPECT_FALSE(table == changed([](Row& r) { r.large = r.large.value_or(0) + 1; }));
    EXPECT_FALSE(table == changed([](Row& r) { r.real = r.real.value_or(0) + 1; }));
    EXPECT_FALSE(table == changed([](Row& r) { r.day = r.day.value_or(0) + 1; }));
    EXPECT_FALSE(table == changed([](Row& r) { r.text = r.text.value_or("") + "x"; }));
  }
  EXPECT_FALSE(table == build({rows.begin(), rows.end() - 1}));
  EXPECT_FALSE(table == Table());
}

TEST(Table, TellsANullFromAZero) {
  EXPECT_FALSE(build({Row{}}) == build({Row{false, 0, 0, 0.0, 0, ""}}));
}

TEST(Table, EqualsItselfWithNotANumber) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(build({Row{{}, {}, {}, nan, {}, {}}}) == build({Row{{}, {}, {}, nan, {}, {}}}));
  EXPECT_FALSE(build({Row{{}, {}, {}, nan, {}, {}}}) == build({Row{{}, {}, {}, 1.0, {}, {}}}));
}

TEST(Table, DiffersByNamesAndTypes) {
  const auto one = [](std::string name, ColumnType type) {
    TableBuilder builder;
    builder.add(std::move(name), type);
    return builder.finish();
  };
  EXPECT_TRUE(one("a", ColumnType::int32) == one("a", ColumnType::int32));
  EXPECT_FALSE(one("a", ColumnType::int32) == one("b", ColumnType::int32));
  EXPECT_FALSE(one("a", ColumnType::int32) == one("a", ColumnType::date));
}

TEST(Table, FindsColumnsByName) {
  const Table table = build({});
  EXPECT_EQ(table.find("flag"), 0);
  EXPECT_EQ(table.find("text"), 5);
  EXPECT_EQ(table.find("texts"), -1);
  EXPECT_EQ(table.find(""), -1);
  EXPECT_EQ(Table().find("text"), -1);
}

TEST(Table, SharesItsColumnsWithCopies) {
  std::shared_ptr<const Column> kept;
  {
    const Table table = build({Row{true, 1, 2, 3.0, 4, "five"}});
    const Table copy = table;
    EXPECT_EQ(&copy.column(5), &table.column(5));
    kept = copy.share(5);
  }
  EXPECT_EQ(kept->text(0), "five");
}

TEST(Table, NamesItsTypes) {
  EXPECT_EQ(column_type_name(ColumnType::boolean), "boolean");
  EXPECT_EQ(column_type_name(ColumnType::int32), "int32");
  EXPECT_EQ(column_type_name(ColumnType::int64), "int64");
  EXPECT_EQ(column_type_name(ColumnType::real), "real");
  EXPECT_EQ(column_type_name(ColumnType::date), "date");
  EXPECT_EQ(column_type_name(ColumnType::text), "text");
}

TEST(Table, AppendsATextOrANull) {
  TableBuilder builder;
  const auto column = builder.add("t", ColumnType::text);
  builder.text_or_null(column, "a");
  builder.text_or_null(column, std::nullopt);
  builder.text_or_null(column, "");
  const Table table = builder.finish();
  EXPECT_EQ(table.rows(), 3);
  EXPECT_FALSE(table.column(0).is_null(0));
  EXPECT_TRUE(table.column(0).is_null(1));
  EXPECT_FALSE(table.column(0).is_null(2));
  EXPECT_EQ(table.column(0).nulls, 1);
}

}  // namespace
}  // namespace partnership
