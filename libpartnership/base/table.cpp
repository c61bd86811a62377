// SPDX-License-Identifier: Apache-2.0
#include "base/table.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace partnership {

namespace {

// Values are equal as numbers; NaN is equal to NaN, so that a table always equals itself.
bool same_reals(const std::vector<double>& a, const std::vector<double>& b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool same_nulls(const Column& a, const Column& b) noexcept {
  if (a.nulls != b.nulls) return false;
  if (a.nulls == 0) return true;
  for (std::int64_t row = 0; row < a.size; ++row) {
    if (a.is_null(row) != b.is_null(row)) return false;
  }
  return true;
}

// A null's slot always holds 0 or an empty text, so that the vectors can be compared whole.
bool same(const Column& a, const Column& b) noexcept {
  return a.name == b.name && a.type == b.type && a.size == b.size && same_nulls(a, b) &&
         a.booleans == b.booleans && a.int32s == b.int32s && a.int64s == b.int64s &&
         same_reals(a.reals, b.reals) && a.offsets == b.offsets && a.bytes == b.bytes;
}

void set_bit(std::vector<std::uint8_t>& bits, std::int64_t index, bool value) {
  const auto byte = static_cast<std::size_t>(index / 8);
  if (byte == bits.size()) bits.push_back(0);
  if (value) bits[byte] = static_cast<std::uint8_t>(bits[byte] | (1U << (index % 8)));
}

}  // namespace

std::string_view column_type_name(ColumnType type) noexcept {
  switch (type) {
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::int32:
      return "int32";
    case ColumnType::int64:
      return "int64";
    case ColumnType::real:
      return "real";
    case ColumnType::date:
      return "date";
    case ColumnType::text:
      return "text";
  }
  return "unknown";
}

bool Column::is_null(std::int64_t row) const noexcept {
  assert(row >= 0 && row < size);
  if (validity.empty()) return false;
  return ((validity[static_cast<std::size_t>(row / 8)] >> (row % 8)) & 1U) == 0;
}

std::string_view Column::text(std::int64_t row) const noexcept {
  assert(type == ColumnType::text && row >= 0 && row < size);
  const auto begin = static_cast<std::size_t>(offsets[static_cast<std::size_t>(row)]);
  const auto end = static_cast<std::size_t>(offsets[static_cast<std::size_t>(row) + 1]);
  return std::string_view(bytes).substr(begin, end - begin);
}

std::int32_t Table::find(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i]->name == name) return static_cast<std::int32_t>(i);
  }
  return -1;
}

bool Table::operator==(const Table& other) const noexcept {
  return rows_ == other.rows_ &&
         std::equal(columns_.begin(), columns_.end(), other.columns_.begin(), other.columns_.end(),
                    [](const auto& a, const auto& b) { return a == b || same(*a, *b); });
}

std::int32_t TableBuilder::add(std::string name, ColumnType type) {
  assert(std::none_of(columns_.begin(), columns_.end(),
                      [&](const auto& column) { return column->name == name; }));
  auto column = std::make_shared<Column>();
  column->name = std::move(name);
  column->type = type;
  if (type == ColumnType::text) column->offsets.push_back(0);
  columns_.push_back(std::move(column));
  return static_cast<std::int32_t>(columns_.size()) - 1;
}

Column& TableBuilder::at(std::int32_t column, [[maybe_unused]] ColumnType type) {
  assert(column >= 0 && static_cast<std::size_t>(column) < columns_.size());
  Column& found = *columns_[static_cast<std::size_t>(column)];
  assert(found.type == type);
  return found;
}

// Counts a cell whose value is there. The bitmap exists only from the first null on.
void TableBuilder::present(Column& column) {
  if (column.nulls != 0) set_bit(column.validity, column.size, true);
  ++column.size;
}

void TableBuilder::boolean(std::int32_t column, bool value) {
  Column& to = at(column, ColumnType::boolean);
  to.booleans.push_back(value ? 1 : 0);
  present(to);
}

void TableBuilder::int32(std::int32_t column, std::int32_t value) {
  Column& to = at(column, ColumnType::int32);
  to.int32s.push_back(value);
  present(to);
}

void TableBuilder::int64(std::int32_t column, std::int64_t value) {
  Column& to = at(column, ColumnType::int64);
  to.int64s.push_back(value);
  present(to);
}

void TableBuilder::real(std::int32_t column, double value) {
  Column& to = at(column, ColumnType::real);
  to.reals.push_back(value);
  present(to);
}

void TableBuilder::date(std::int32_t column, std::int32_t days) {
  Column& to = at(column, ColumnType::date);
  to.int32s.push_back(days);
  present(to);
}

void TableBuilder::text(std::int32_t column, std::string_view value) {
  Column& to = at(column, ColumnType::text);
  to.bytes.append(value);
  to.offsets.push_back(static_cast<std::int64_t>(to.bytes.size()));
  present(to);
}

void TableBuilder::null(std::int32_t column) {
  assert(column >= 0 && static_cast<std::size_t>(column) < columns_.size());
  Column& to = *columns_[static_cast<std::size_t>(column)];
  if (to.nulls == 0) {
    for (std::int64_t row = 0; row < to.size; ++row) set_bit(to.validity, row, true);
  }
  set_bit(to.validity, to.size, false);
  switch (to.type) {
    case ColumnType::boolean:
      to.booleans.push_back(0);
      break;
    case ColumnType::int32:
    case ColumnType::date:
      to.int32s.push_back(0);
      break;
    case ColumnType::int64:
      to.int64s.push_back(0);
      break;
    case ColumnType::real:
      to.reals.push_back(0);
      break;
    case ColumnType::text:
      to.offsets.push_back(static_cast<std::int64_t>(to.bytes.size()));
      break;
  }
  ++to.nulls;
  ++to.size;
}

void TableBuilder::text_or_null(std::int32_t column, std::optional<std::string_view> value) {
  if (value) {
    text(column, *value);
  } else {
    null(column);
  }
}

Table TableBuilder::finish() {
  Table table;
  if (!columns_.empty()) table.rows_ = columns_.front()->size;
  for (auto& column : columns_) {
    assert(column->size == table.rows_);
    table.columns_.push_back(std::move(column));
  }
  columns_.clear();
  return table;
}

}  // namespace partnership
