// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the committee room share: tables as plain cells, checks in one line.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/table.hpp"
#include "committee/checker.hpp"
#include "support/table_cells.hpp"

namespace partnership::test {

// The row of Check::criteria for a criterion; -1 when there is none.
inline std::int64_t row_of(const Table& table, std::string_view criterion) {
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    if (cell(table, "criterion", row) == criterion) return row;
  }
  return -1;
}

// A document around some rules.
inline std::string document(const std::string& rules, const std::string& more = "") {
  return R"({"criteria": "c", "version": "1", "title": "Test", )" + more + "\"rules\": [" + rules +
         "]}";
}

using Facts = std::map<std::string, std::optional<std::vector<std::string>>>;

inline std::shared_ptr<const Nominees> nominees(const std::vector<Nominee>& list) {
  return Nominees::of(list);
}

inline Check check(const std::string& json, const std::vector<Nominee>& list, Date on = date_none) {
  return Checker::make(load_criteria(json), Nominees::of(list))->check_all(on);
}

// The problems of a document that is refused, each "line:pointer: message".
inline std::vector<std::string> problems_of(const std::string& json) {
  try {
    load_criteria(json);
  } catch (const Error& error) {
    std::vector<std::string> out;
    for (const Problem& problem : error.problems()) {
      out.push_back(std::to_string(problem.line) + ":" + problem.pointer + ": " + problem.message);
    }
    return out;
  }
  return {};
}

}  // namespace partnership::test
