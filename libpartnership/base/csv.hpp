// SPDX-License-Identifier: Apache-2.0
//
// CSV (RFC 4180) in and out. Read leniently where people's files differ (LF or CRLF, a byte order
// mark, a last line without an end), strictly where data could be lost (a row with too many or too
// few cells, an unclosed quote, a repeated or empty column name, bytes that are not UTF-8).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/table.hpp"

namespace partnership {

struct CsvOptions {
  char delimiter = ',';
  bool empty_is_null = true;  // an empty cell without quotes is null; "" is an empty text
};

// The first record names the columns; every column is text. Throws Error(malformed) with all rows
// that are wrong (up to 100), each with line, column and offset.
Table read_csv(std::string_view text, const CsvOptions& options = {});
// What could be read of a text, for those who find faults of their own in it and tell all at once.
struct CsvRows {
  Table table;                      // without the rows that are wrong; empty where the names are
  std::vector<std::int64_t> lines;  // on which each row began, from 1
  std::vector<Problem> problems;    // those that read_csv throws, in the order of the text
};
CsvRows read_csv_rows(std::string_view text, const CsvOptions& options = {});
// CRLF line ends (RFC 4180), quotes where needed; a null and an open end (date_none) are an empty
// cell, an empty text is "", numbers are as ECMAScript writes them. Throws Error(invalid_argument)
// for a day outside the years 1 to 9999.
std::string write_csv(const Table& table, const CsvOptions& options = {});

// A JSON array of objects <-> a table. Reading: a column a member name in order of first
// appearance; booleans, integers, numbers and texts keep their type (integers among numbers are
// numbers); a column that mixes types, or holds arrays or objects, is text (arrays and objects as
// canonical JSON, except that an array of texts is joined by ';' when no text of it holds one).
// Dates stay text, an absent member is null. Throws Error(malformed) with all rows that are no
// objects (up to 100), and Error(limit) when nearly all cells would be empty.
Table read_json_rows(std::string_view text);
// One object a line; dates as ISO text, whole reals with a fraction (2.0); null members are
// written. Throws Error(invalid_argument) for NaN and infinities, and for days as write_csv does.
std::string write_json_rows(const Table& table);

}  // namespace partnership
