// SPDX-License-Identifier: Apache-2.0
//
// Findings as a table for people: a row a case and norm, each with its reason in a sentence.
//
// What it will not do: look into a case again. A reason says what the finding itself knows;
// explain.hpp says more of one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/table.hpp"
#include "charter/assess.hpp"

namespace partnership::charter {

struct FindingsFilter {
  std::int32_t norm = -1;          // of Charter::norms(); -1: all
  std::optional<Outcome> outcome;  // none: all
  std::uint32_t first = 0;         // rows [first, first + rows), as far as there are so many
  std::uint32_t rows = 0xffffffff;
};

// Columns case, norm, article, citation, label, outcome, state (null: none), due, bearer_id,
// bearer, counterparty_id, counterparty, version_from (null: no bound, or no version), reason,
// charter_hash (hex). `case` is the number of the row, from 0. Rows by case, then in the order of
// Findings::norms(). `on`: the day that was asked.
Table findings_table(const Charter& charter, const Findings& findings, Date on,
                     const FindingsFilter& filter, Language language);

// The same of cases that have names, of several kinds one after another: `case` is a text, and
// behind it stands a column `kind`.
class FindingsTable {
 public:
  FindingsTable(const Charter& charter, Date on, Language language);
  ~FindingsTable();
  FindingsTable(const FindingsTable&) = delete;
  FindingsTable& operator=(const FindingsTable&) = delete;

  // `ids`: one a row.
  void add(std::uint32_t kind, const Findings& findings, std::span<const std::string> ids,
           const FindingsFilter& filter = {});
  Table finish();

 private:
  friend Table findings_table(const Charter& charter, const Findings& findings, Date on,
                              const FindingsFilter& filter, Language language);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace partnership::charter
