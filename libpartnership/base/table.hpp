// SPDX-License-Identifier: Apache-2.0
//
// Immutable result tables: named, typed columns of equal length. Every answer of more than one
// value crosses the C API as a table, and its memory is handed out as an Arrow C stream
// (arrow.hpp).
//
// A Table is cheap to copy (columns are shared) and may be read from any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partnership {

// The values are those of PSHIP_COLUMN_* in include/partnership/table.h and are frozen.
enum class ColumnType : std::int32_t {
  boolean = 1,  // std::uint8_t, 0 or 1
  int32 = 2,
  int64 = 3,
  real = 4,  // double
  date = 5,  // int32, days since 1970-01-01
  text = 6,  // UTF-8: bytes and size() + 1 offsets (int64)
};
std::string_view column_type_name(ColumnType type) noexcept;

struct Column {
  std::string name;
  ColumnType type;
  std::int64_t size = 0;
  std::int64_t nulls = 0;
  // Exactly one of these holds the values; a null's slot holds 0 or an empty text.
  std::vector<std::uint8_t> booleans;
  std::vector<std::int32_t> int32s;  // int32 and date
  std::vector<std::int64_t> int64s;
  std::vector<double> reals;
  std::vector<std::int64_t> offsets;
  std::string bytes;
  std::vector<std::uint8_t> validity;  // Arrow's bitmap, least bit first, 1 = there; or no nulls

  bool is_null(std::int64_t row) const noexcept;
  std::string_view text(std::int64_t row) const noexcept;
};

class Table {
 public:
  Table() = default;  // no columns, no rows
  std::int64_t rows() const noexcept { return rows_; }
  std::int32_t columns() const noexcept { return static_cast<std::int32_t>(columns_.size()); }
  const Column& column(std::int32_t index) const noexcept {
    return *columns_[static_cast<std::size_t>(index)];
  }
  std::shared_ptr<const Column> share(std::int32_t index) const noexcept {
    return columns_[static_cast<std::size_t>(index)];
  }
  std::int32_t find(std::string_view name) const noexcept;  // -1 if absent
  bool operator==(const Table& other) const noexcept;       // by value: names, types, nulls, cells

 private:
  friend class TableBuilder;
  std::vector<std::shared_ptr<const Column>> columns_;
  std::int64_t rows_ = 0;
};

// Fills a table row by row: declare the columns, then append one cell a column and row, in any
// order of columns within a row. finish() pads nothing: columns of unequal length are a
// programmer's error (asserted).
class TableBuilder {
 public:
  // Declares a column and returns its index. Names must be unique (asserted).
  std::int32_t add(std::string name, ColumnType type);

  void boolean(std::int32_t column, bool value);
  void int32(std::int32_t column, std::int32_t value);
  void int64(std::int32_t column, std::int64_t value);
  void real(std::int32_t column, double value);
  void date(std::int32_t column, std::int32_t days);
  void text(std::int32_t column, std::string_view value);
  void null(std::int32_t column);
  void text_or_null(std::int32_t column, std::optional<std::string_view> value);

  Table finish();

 private:
  Column& at(std::int32_t column, ColumnType type);
  void present(Column& column);
  std::vector<std::shared_ptr<Column>> columns_;
};

}  // namespace partnership
