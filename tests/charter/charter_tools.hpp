// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the charter room share: charters in one line, and what is wrong with them.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/table.hpp"
#include "charter/charter.hpp"

namespace partnership::charter::test {

inline std::string file(const std::string& path) {
  const char* root = std::getenv("PSHIP_SOURCE_DIR");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A charter with everything in it that a document may say.
inline std::string whole() {
  return file("tests/fuzz/corpus/fuzz_charter/whole.json");
}

// A small charter with these norms and, among its other members, `more`.
inline std::string document(const std::string& norms, const std::string& more = "",
                            const std::string& facts = "") {
  return R"({"charter": "c", "version": "1", "title": "C", )" + more +
         R"("parties": {"state": "The state", "people": "The people"},
             "kinds": {"case": {"label": "Case", "facts": {"a": "boolean", "b": "boolean?",
               "n": "number", "d": "date", "e": "date?", "days": "list<date>", "t": "string?")" +
         facts + R"(}}, "other": {"label": "Other", "facts": {"z": "boolean"}}}, "norms": [)" +
         norms + "]}";
}

// A norm of that charter with an id and the members of `body`.
inline std::string norm(const std::string& id, const std::string& body,
                        const std::string& about = "case") {
  return R"({"id": ")" + id + R"(", "citation": "art.", "label": "L", "modality": "obligation",
             "bearer": "state", "about": ")" +
         about + "\", " + body + "}";
}

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

// "LINE:POINTER: MESSAGE" of each problem, in the order in which they are told.
inline std::vector<std::string> problems_of(const std::string& json) {
  try {
    Charter::load(json);
    return {};
  } catch (const Error& error) {
    std::vector<std::string> out;
    for (const Problem& problem : error.problems()) {
      out.push_back(std::to_string(problem.line) + ":" + problem.pointer + ": " + problem.message);
    }
    return out;
  }
}

}  // namespace partnership::charter::test
