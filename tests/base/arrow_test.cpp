// SPDX-License-Identifier: Apache-2.0
#include "base/arrow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/arrow_fake.hpp"
#include "base/error.hpp"

namespace partnership {
namespace {

using fake::Bytes;
using fake::bytes_of_values;

// ---- Reading by hand, as a consumer does

bool bit(const void* bits, std::int64_t i) {
  return (static_cast<const std::uint8_t*>(bits)[i / 8] >> (i % 8) & 1) != 0;
}

std::string cell(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
  if (array.buffers[0] != nullptr && !bit(array.buffers[0], row)) return "-";
  const std::string format = schema.format;
  const void* values = array.buffers[1];
  if (format == "b") return bit(values, row) ? "true" : "false";
  if (format == "i" || format == "tdD") {
    return std::to_string(static_cast<const std::int32_t*>(values)[row]);
  }
  if (format == "l") return std::to_string(static_cast<const std::int64_t*>(values)[row]);
  if (format == "g") return std::to_string(static_cast<const double*>(values)[row]);
  EXPECT_EQ(format, "U");
  const auto* offsets = static_cast<const std::int64_t*>(values);
  const auto* bytes = static_cast<const char*>(array.buffers[2]);
  return std::string(bytes + offsets[row], bytes + offsets[row + 1]);
}

std::string cell(const Column& column, std::int64_t row) {
  const auto at = static_cast<std::size_t>(row);
  if (column.is_null(row)) return "-";
  switch (column.type) {
    case ColumnType::boolean:
      return column.booleans[at] != 0 ? "true" : "false";
    case ColumnType::int32:
    case ColumnType::date:
      return std::to_string(column.int32s[at]);
    case ColumnType::int64:
      return std::to_string(column.int64s[at]);
    case ColumnType::real:
      return std::to_string(column.reals[at]);
    case ColumnType::text:
      return std::string(column.text(row));
  }
  return "?";
}

Table random_table(std::mt19937& random, std::size_t rows, unsigned nulls_in_eight) {
  TableBuilder builder;
  builder.add("flag", ColumnType::boolean);
  builder.add("small", ColumnType::int32);
  builder.add("large", ColumnType::int64);
  builder.add("real", ColumnType::real);
  builder.add("day", ColumnType::date);
  builder.add("نص", ColumnType::text);
  const auto null = [&] { return random() % 8 < nulls_in_eight; };
  for (std::size_t row = 0; row < rows; ++row) {
    null() ? builder.null(0) : builder.boolean(0, random() % 2 == 0);
    null() ? builder.null(1) : builder.int32(1, static_cast<std::int32_t>(random()));
    null() ? builder.null(2) : builder.int64(2, static_cast<std::int64_t>(random()) << 20U);
    null() ? builder.null(3) : builder.real(3, static_cast<double>(random()) / 3);
    null() ? builder.null(4) : builder.date(4, static_cast<std::int32_t>(random() % 20000));
    null() ? builder.null(5) : builder.text(5, std::string(random() % 4, 'x') + "é");
  }
  return builder.finish();
}

TEST(Arrow, ExportsWhatAConsumerReads) {
  std::mt19937 random(31);
  const std::vector<std::string> formats = {"b", "i", "l", "g", "tdD", "U"};
  for (const std::size_t rows : {0u, 1u, 7u, 8u, 9u, 100u}) {
    for (const unsigned nulls : {0u, 3u, 8u}) {
      const Table table = random_table(random, rows, nulls);
      ArrowArrayStream stream;
      export_stream(table, &stream);
      ArrowSchema schema;
      ASSERT_EQ(stream.get_schema(&stream, &schema), 0);
      EXPECT_STREQ(schema.format, "+s");
      ASSERT_EQ(schema.n_children, 6);
      ArrowArray array;
      ASSERT_EQ(stream.get_next(&stream, &array), 0);
      EXPECT_EQ(array.length, table.rows());
      EXPECT_EQ(array.null_count, 0);
      EXPECT_EQ(array.offset, 0);
      EXPECT_EQ(array.n_buffers, 1);
      ASSERT_EQ(array.n_children, 6);
      for (std::int32_t c = 0; c < 6; ++c) {
        const Column& column = table.column(c);
        EXPECT_EQ(schema.children[c]->format, formats[static_cast<std::size_t>(c)]);
        EXPECT_EQ(schema.children[c]->name, column.name);
        EXPECT_EQ(schema.children[c]->flags, ARROW_FLAG_NULLABLE);
        EXPECT_EQ(schema.children[c]->n_children, 0);
        const ArrowArray& child = *array.children[c];
        EXPECT_EQ(child.length, table.rows());
        EXPECT_EQ(child.null_count, column.nulls);
        EXPECT_EQ(child.n_buffers, c == 5 ? 3 : 2);
        EXPECT_EQ(child.buffers[0] == nullptr, column.nulls == 0);
        for (std::int64_t row = 0; row < table.rows(); ++row) {
          EXPECT_EQ(cell(*schema.children[c], child, row), cell(column, row));
        }
      }
      ArrowArray end;
      ASSERT_EQ(stream.get_next(&stream, &end), 0);
      EXPECT_EQ(end.release, nullptr);
      EXPECT_EQ(stream.get_last_error(&stream), nullptr);
      array.release(&array);
      EXPECT_EQ(array.release, nullptr);
      schema.release(&schema);
      EXPECT_EQ(schema.release, nullptr);
      stream.release(&stream);
      EXPECT_EQ(stream.release, nullptr);
    }
  }
}

TEST(Arrow, ReadsBackWhatItExports) {
  std::mt19937 random(37);
  for (std::size_t rows = 0; rows < 70; ++rows) {
    for (const unsigned nulls : {0u, 1u, 4u, 8u}) {
      const Table table = random_table(random, rows, nulls);
      ArrowArrayStream stream;
      export_stream(table, &stream);
      EXPECT_TRUE(import_stream(&stream) == table);
      EXPECT_EQ(stream.release, nullptr);
    }
  }
  ArrowArrayStream stream;
  export_stream(Table(), &stream);
  EXPECT_TRUE(import_stream(&stream) == Table());
}

TEST(Arrow, OneChildMayBeMovedOutAndOutliveEverything) {
  for (std::int32_t kept = 0; kept < 6; ++kept) {
    ArrowArray child;
    ArrowSchema child_schema;
    std::vector<std::string> expected;
    {
      std::mt19937 random(41);
      const Table table = random_table(random, 40, 2);
      for (std::int64_t row = 0; row < 40; ++row) {
        expected.push_back(cell(table.column(kept), row));
      }
      ArrowArrayStream stream;
      export_stream(table, &stream);
      ArrowSchema schema;
      ArrowArray array;
      ASSERT_EQ(stream.get_schema(&stream, &schema), 0);
      ASSERT_EQ(stream.get_next(&stream, &array), 0);
      stream.release(&stream);
      child = *array.children[kept];
      array.children[kept]->release = nullptr;
      child_schema = *schema.children[kept];
      schema.children[kept]->release = nullptr;
      array.release(&array);
      schema.release(&schema);
    }
    for (std::int64_t row = 0; row < 40; ++row) {
      EXPECT_EQ(cell(child_schema, child, row), expected[static_cast<std::size_t>(row)]);
    }
    child.release(&child);
    EXPECT_EQ(child.release, nullptr);
    child_schema.release(&child_schema);
    EXPECT_EQ(child_schema.release, nullptr);
  }
}

TEST(Arrow, ChildrenMayBeReleasedBeforeTheirParent) {
  std::mt19937 random(43);
  ArrowArrayStream stream;
  export_stream(random_table(random, 10, 2), &stream);
  ArrowArray array;
  ASSERT_EQ(stream.get_next(&stream, &array), 0);
  array.children[5]->release(array.children[5]);
  array.children[0]->release(array.children[0]);
  array.release(&array);
  stream.release(&stream);
}

TEST(Arrow, GivesItsSchemaAgainAndWithoutReadingItsArray) {
  std::mt19937 random(47);
  ArrowArrayStream stream;
  export_stream(random_table(random, 3, 0), &stream);
  for (int i = 0; i < 3; ++i) {
    ArrowSchema schema;
    ASSERT_EQ(stream.get_schema(&stream, &schema), 0);
    EXPECT_EQ(schema.n_children, 6);
    schema.release(&schema);
  }
  stream.release(&stream);
}

TEST(Arrow, DoesNotExportANameWithANul) {
  TableBuilder builder;
  builder.add(std::string("a\0b", 3), ColumnType::text);
  const Table table = builder.finish();
  ArrowArrayStream stream;
  EXPECT_THROW(export_stream(table, &stream), Error);
}

// ---- Importing what others produce

// One column: its schema, and an array whose values from `offset` on are the expected ones.
struct Source {
  std::string format;
  fake::Array array;
  ColumnType type;
  std::vector<std::string> expected;
};

Bytes bitmap(std::mt19937& random, std::vector<std::string>& expected, std::size_t offset,
             std::size_t size) {
  Bytes bits((size + 7) / 8);
  for (std::size_t i = 0; i < size; ++i) {
    if (random() % 3 != 0) {
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
    } else if (i >= offset) {
      expected[i - offset] = "-";
    }
  }
  return bits;
}

template <class T>
Source numbers(const std::string& format, ColumnType type, std::mt19937& random, std::size_t offset,
               std::size_t rows) {
  std::vector<T> values;
  Source source{format, {}, type, {}};
  for (std::size_t i = 0; i < offset + rows; ++i) {
    std::uint64_t draw = random() | std::uint64_t{random()} << 32U;
    if (std::is_same_v<T, std::uint64_t>) draw >>= 1U;
    values.push_back(static_cast<T>(draw));
    if (i < offset) continue;
    source.expected.push_back(type == ColumnType::real
                                  ? std::to_string(static_cast<double>(values.back()))
                                  : std::to_string(values.back()));
  }
  source.array.buffers = {std::nullopt, bytes_of_values(values)};
  return source;
}

template <class Offset>
Source texts(const std::string& format, std::mt19937& random, std::size_t offset,
             std::size_t rows) {
  std::vector<Offset> offsets = {3};  // texts need not begin at the start of their bytes
  std::string bytes = "...";
  Source source{format, {}, ColumnType::text, {}};
  for (std::size_t i = 0; i < offset + rows; ++i) {
    const std::string text = std::string(random() % 3, 'a') + (random() % 2 == 0 ? "é" : "");
    bytes += text;
    offsets.push_back(static_cast<Offset>(bytes.size()));
    if (i >= offset) source.expected.push_back(text);
  }
  source.array.buffers = {std::nullopt, bytes_of_values(offsets),
                          Bytes(bytes.begin(), bytes.end())};
  return source;
}

template <class Index>
Source dictionary(const std::string& format, std::mt19937& random, std::size_t offset,
                  std::size_t rows) {
  std::vector<Index> indices;
  const std::vector<std::string> words = {"zero", "", "-", "بيروت"};  // word 2 is null
  Source source{format, {}, ColumnType::text, {}};
  for (std::size_t i = 0; i < offset + rows; ++i) {
    indices.push_back(static_cast<Index>(random() % 4));
    if (i >= offset) source.expected.push_back(words[static_cast<std::size_t>(indices.back())]);
  }
  source.array.buffers = {std::nullopt, bytes_of_values(indices)};
  fake::Array values;
  values.length = 4;
  values.nulls = 1;
  values.offset = 1;
  const std::string bytes = "skippedzeronullبيروت";
  values.buffers = {Bytes{0b10111},
                    bytes_of_values(std::vector<std::int32_t>{0, 7, 11, 11, 15, 25}),
                    Bytes(bytes.begin(), bytes.end())};
  source.array.dictionary = std::make_shared<fake::Array>(values);
  return source;
}

Source booleans(std::mt19937& random, std::size_t offset, std::size_t rows) {
  Bytes bits((offset + rows + 7) / 8);
  Source source{"b", {}, ColumnType::boolean, {}};
  for (std::size_t i = 0; i < offset + rows; ++i) {
    const bool value = random() % 2 == 0;
    if (value) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
    if (i >= offset) source.expected.push_back(value ? "true" : "false");
  }
  source.array.buffers = {std::nullopt, bits};
  return source;
}

std::vector<Source> sources(std::mt19937& random, std::size_t offset, std::size_t rows) {
  using enum ColumnType;
  std::vector<Source> all;
  all.push_back(booleans(random, offset, rows));
  all.push_back(numbers<std::int8_t>("c", int32, random, offset, rows));
  all.push_back(numbers<std::uint8_t>("C", int32, random, offset, rows));
  all.push_back(numbers<std::int16_t>("s", int32, random, offset, rows));
  all.push_back(numbers<std::uint16_t>("S", int32, random, offset, rows));
  all.push_back(numbers<std::int32_t>("i", int32, random, offset, rows));
  all.push_back(numbers<std::uint32_t>("I", int64, random, offset, rows));
  all.push_back(numbers<std::int64_t>("l", int64, random, offset, rows));
  all.push_back(numbers<std::uint64_t>("L", int64, random, offset, rows));
  all.push_back(numbers<float>("f", real, random, offset, rows));
  all.push_back(numbers<double>("g", real, random, offset, rows));
  all.push_back(numbers<std::int32_t>("tdD", date, random, offset, rows));
  all.push_back(texts<std::int32_t>("u", random, offset, rows));
  all.push_back(texts<std::int64_t>("U", random, offset, rows));
  all.push_back(dictionary<std::int8_t>("c", random, offset, rows));
  all.push_back(dictionary<std::uint16_t>("S", random, offset, rows));
  all.push_back(dictionary<std::uint64_t>("L", random, offset, rows));
  all.push_back({"n", {}, text, std::vector<std::string>(rows, "-")});
  return all;
}

fake::Schema schema_of(const std::vector<Source>& columns) {
  fake::Schema schema{"+s", "", {}, nullptr, -1, false};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    fake::Schema child{columns[c].format, "c" + std::to_string(c), {}, nullptr, -1, false};
    if (columns[c].array.dictionary) {
      child.dictionary =
          std::make_shared<fake::Schema>(fake::Schema{"u", std::nullopt, {}, nullptr, -1, false});
    }
    schema.children.push_back(child);
  }
  return schema;
}

TEST(Arrow, ImportsEveryFormatWithOffsetsNullsAndBatches) {
  std::mt19937 random(53);
  for (int round = 0; round < 60; ++round) {
    fake::Stream plan;
    std::vector<std::vector<std::string>> expected;
    std::vector<ColumnType> types;
    for (std::size_t batch = random() % 4; batch < 4; ++batch) {
      // The struct's own offset comes on top of each child's.
      const std::size_t outer = random() % 3;
      const std::size_t inner = random() % 12;
      const std::size_t rows = random() % 20;
      auto columns = sources(random, outer + inner, rows);
      fake::Array array;
      array.length = static_cast<std::int64_t>(rows);
      array.offset = static_cast<std::int64_t>(outer);
      array.buffers = {std::nullopt};
      std::vector<bool> row_is_null(rows);
      if (random() % 3 == 0) {
        Bytes bits((outer + rows + 7) / 8);
        for (std::size_t i = 0; i < outer + rows; ++i) {
          const bool there = random() % 4 != 0;
          if (there) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
          if (!there && i >= outer) row_is_null[i - outer] = true;
        }
        array.buffers = {bits};
        array.nulls = -1;
      }
      expected.resize(columns.size());
      types.clear();
      for (std::size_t c = 0; c < columns.size(); ++c) {
        Source& column = columns[c];
        column.array.length = static_cast<std::int64_t>(outer + rows);
        column.array.offset = static_cast<std::int64_t>(inner);
        if (column.format == "n") {
          column.array.nulls = column.array.length;
        } else if (random() % 2 == 0) {
          column.array.buffers[0] =
              bitmap(random, column.expected, outer + inner, outer + inner + rows);
          column.array.nulls = -1;
        }
        for (std::size_t row = 0; row < rows; ++row) {
          expected[c].push_back(row_is_null[row] ? "-" : column.expected[row]);
        }
        array.children.push_back(column.array);
        types.push_back(column.type);
      }
      plan.schema = schema_of(columns);
      plan.batches.push_back(array);
    }
    fake::Count count;
    ArrowArrayStream stream;
    fake::fill(plan, &count, &stream);
    const Table table = import_stream(&stream);
    EXPECT_EQ(count.live, 0);
    ASSERT_EQ(table.columns(), static_cast<std::int32_t>(types.size()));
    for (std::int32_t c = 0; c < table.columns(); ++c) {
      const auto at = static_cast<std::size_t>(c);
      EXPECT_EQ(table.column(c).name, "c" + std::to_string(c));
      ASSERT_EQ(table.column(c).type, types[at]);
      ASSERT_EQ(table.rows(), static_cast<std::int64_t>(expected[at].size()));
      for (std::int64_t row = 0; row < table.rows(); ++row) {
        ASSERT_EQ(cell(table.column(c), row), expected[at][static_cast<std::size_t>(row)])
            << plan.schema.children[at].format.value() << " row " << row;
      }
    }
  }
}

TEST(Arrow, ImportsAStreamWithoutBatches) {
  std::mt19937 random(59);
  fake::Stream plan;
  plan.schema = schema_of(sources(random, 0, 0));
  fake::Count count;
  ArrowArrayStream stream;
  fake::fill(plan, &count, &stream);
  const Table table = import_stream(&stream);
  EXPECT_EQ(table.rows(), 0);
  EXPECT_EQ(table.columns(), 18);
  EXPECT_EQ(count.live, 0);
}

}  // namespace
}  // namespace partnership
