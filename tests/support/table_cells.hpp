// SPDX-License-Identifier: Apache-2.0
//
// The cells of tables as texts, to be compared.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/table.hpp"

namespace partnership::test {

// A cell as text; "-" for null.
inline std::string cell(const Table& table, std::string_view name, std::int64_t row) {
  const std::int32_t index = table.find(name);
  if (index < 0) return "no column " + std::string(name);
  const Column& column = table.column(index);
  if (column.is_null(row)) return "-";
  const auto i = static_cast<std::size_t>(row);
  switch (column.type) {
    case ColumnType::boolean:
      return column.booleans[i] != 0 ? "true" : "false";
    case ColumnType::int32:
      return std::to_string(column.int32s[i]);
    case ColumnType::int64:
      return std::to_string(column.int64s[i]);
    case ColumnType::real:
      return std::to_string(column.reals[i]);
    case ColumnType::date:
      return iso(column.int32s[i]);
    case ColumnType::text:
      return std::string(column.text(row));
  }
  return "?";
}

// The cells of some columns of a row, joined by "|".
inline std::string cells(const Table& table, std::int64_t row,
                         std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += "|";
    out += cell(table, name, row);
  }
  return out;
}

inline std::vector<std::string> column(const Table& table, std::string_view name) {
  std::vector<std::string> out;
  for (std::int64_t row = 0; row < table.rows(); ++row) out.push_back(cell(table, name, row));
  return out;
}

}  // namespace partnership::test
