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
#include "support/table_cells.hpp"

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

using partnership::test::cell;
using partnership::test::cells;
using partnership::test::column;

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
