// SPDX-License-Identifier: Apache-2.0
//
// Which committees there may be: criteria and nominees as integer rows over types. Nominees whom no
// criterion tells apart are of one type; a committee is how many of each type sit. Rules that need
// more (an assignment to places, a spread over values) bring auxiliary columns.
//
// What it will not do: choose. lottery.hpp does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace partnership {

inline constexpr std::int64_t no_end =
    INT64_MAX;  // of a row: unbounded on that side (-no_end below)

struct PanelModel {
  // Columns: the types first, then auxiliary ones. All are integer.
  struct Column {
    std::int64_t lower = 0, upper = 0;
  };
  struct Term {
    std::uint32_t column;
    std::int64_t coefficient;
  };
  struct Row {
    std::int64_t lower, upper;  // both inclusive; -no_end, no_end: no bound
    std::vector<Term> terms;    // by column
    std::string criterion;      // of the answer: "size", a rule's id, "RULE/PLACE", "RULE: value"
  };
  std::vector<std::vector<std::uint32_t>> types;  // the nominees of each, ascending
  std::vector<Column> columns;                    // types.size() or more; a type's upper is at most
                                                  // the number of its nominees
  std::vector<Row> rows;
  std::uint32_t nominees = 0;

  std::uint32_t type_count() const noexcept { return static_cast<std::uint32_t>(types.size()); }
};

}  // namespace partnership
