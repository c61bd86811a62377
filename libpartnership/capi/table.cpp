// SPDX-License-Identifier: Apache-2.0
#include "partnership/table.h"

#include "base/arrow.hpp"
#include "base/csv.hpp"
#include "base/text.hpp"
#include "capi/guard.hpp"

using namespace partnership;
using namespace partnership::capi;

namespace {

const Column* column_of(const pship_table* table, std::int32_t column) noexcept {
  if (table == nullptr || column < 0 || column >= table->table.columns()) return nullptr;
  return &table->table.column(column);
}

const Column* column_of(const pship_table* table, std::int32_t column, ColumnType type) noexcept {
  const Column* found = column_of(table, column);
  return found != nullptr && found->type == type ? found : nullptr;
}

CsvOptions csv_options(const pship_options* options) {
  const std::string delimiter = options_for(options, "csv").text("csv", "delimiter");
  if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r") {
    throw Error(Code::invalid_argument, "option `delimiter` is " + backticked(delimiter) +
                                            ", expected one ASCII character that is no quote "
                                            "and no line end");
  }
  CsvOptions chosen;
  chosen.delimiter = delimiter.front();
  return chosen;
}

}  // namespace

std::int64_t pship_table_rows(const pship_table* table) {
  return table == nullptr ? 0 : table->table.rows();
}

std::int32_t pship_table_columns(const pship_table* table) {
  return table == nullptr ? 0 : table->table.columns();
}

const char* pship_table_name(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column);
  return found == nullptr ? nullptr : found->name.c_str();
}

std::int32_t pship_table_type(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column);
  return found == nullptr ? 0 : static_cast<std::int32_t>(found->type);
}

std::int32_t pship_table_find(const pship_table* table, const char* name) {
  return table == nullptr || name == nullptr ? -1 : table->table.find(name);
}

const std::uint8_t* pship_table_bool(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::boolean);
  return found == nullptr ? nullptr : found->booleans.data();
}

const std::int32_t* pship_table_i32(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::int32);
  return found == nullptr ? nullptr : found->int32s.data();
}

const std::int64_t* pship_table_i64(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::int64);
  return found == nullptr ? nullptr : found->int64s.data();
}

const double* pship_table_double(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::real);
  return found == nullptr ? nullptr : found->reals.data();
}

const pship_date* pship_table_date(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::date);
  return found == nullptr ? nullptr : found->int32s.data();
}

const std::int64_t* pship_table_text_offsets(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::text);
  return found == nullptr ? nullptr : found->offsets.data();
}

const char* pship_table_text_bytes(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column, ColumnType::text);
  return found == nullptr ? nullptr : found->bytes.c_str();
}

const char* pship_table_text(const pship_table* table, std::int32_t column, std::int64_t row,
                             std::size_t* size) {
  if (size != nullptr) *size = 0;
  const Column* found = column_of(table, column, ColumnType::text);
  if (found == nullptr || row < 0 || row >= found->size || found->is_null(row)) return nullptr;
  const std::string_view text = found->text(row);
  if (size != nullptr) *size = text.size();
  return text.data();
}

std::int32_t pship_table_is_null(const pship_table* table, std::int32_t column, std::int64_t row) {
  const Column* found = column_of(table, column);
  if (found == nullptr || row < 0 || row >= found->size) return 0;
  return found->is_null(row) ? 1 : 0;
}

std::int64_t pship_table_nulls(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column);
  return found == nullptr ? 0 : found->nulls;
}

const std::uint8_t* pship_table_validity(const pship_table* table, std::int32_t column) {
  const Column* found = column_of(table, column);
  return found == nullptr || found->validity.empty() ? nullptr : found->validity.data();
}

pship_status pship_table_to_arrow(const pship_table* table, struct ArrowArrayStream* out,
                                  pship_error** err) {
  if (out != nullptr) out->release = nullptr;
  return guard(err, [&] {
    require(table, "table");
    require(out, "out");
    export_stream(table->table, out);
  });
}

pship_status pship_table_from_arrow(struct ArrowArrayStream* stream, pship_table** out,
                                    pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(stream, "stream");
    if (stream->release == nullptr) {
      throw Error(Code::invalid_argument, "the Arrow stream is released already");
    }
    if (out == nullptr) {  // the promise to release it holds for every failure
      stream->release(stream);
      require(out, "out");
    }
    *out = new_table(import_stream(stream));
  });
}

pship_status pship_table_read_csv(const char* text, std::size_t size, const pship_options* options,
                                  pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(read_csv(view(text, size, "text"), csv_options(options)));
  });
}

pship_status pship_table_write_csv(const pship_table* table, const pship_options* options,
                                   pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(table, "table");
    require(out, "out");
    *out = new_text(write_csv(table->table, csv_options(options)));
  });
}

pship_status pship_table_read_json(const char* text, std::size_t size, pship_table** out,
                                   pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(read_json_rows(view(text, size, "text")));
  });
}

pship_status pship_table_write_json(const pship_table* table, pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(table, "table");
    require(out, "out");
    *out = new_text(write_json_rows(table->table));
  });
}

std::int32_t pship_table_equal(const pship_table* left, const pship_table* right) {
  if (left == nullptr || right == nullptr) return left == right ? 1 : 0;
  return left->table == right->table ? 1 : 0;
}

void pship_table_free(pship_table* table) {
  delete table;
}
