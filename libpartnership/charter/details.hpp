// SPDX-License-Identifier: Apache-2.0
//
// What a finding was decided from, taken down by the function that decides while it decides: an
// explanation can say nothing else than what was decided.
//
// What it will not do: hold values of expressions. Those of a case can be had again (explain.hpp).
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "charter/assess.hpp"
#include "feel/case_layout.hpp"

namespace partnership::charter {

// What an expression is for in its norm.
enum class Role : std::uint8_t {
  dated_by,          // of the kind
  applies,           //
  that,              // require
  by,                // require, coverage
  after,             // deadline
  within,            //
  done,              // deadline, notice
  extended,          // extension.when
  extended_by,       //
  extension_reason,  //
  extension_told,    //
  before,            // notice
  at_least,          // notice, duration
  from,              // duration, recurrence
  to,                //
  grows_by,          // duration
  of,                // recurrence, coverage
  gap,               // recurrence
  per,               //
  unless,            //
  unless_reason,     //
};
std::string_view role_name(Role role) noexcept;  // as a document says it: "dated by", "unless"

struct Details {
  struct Consulted {
    Role role;
    std::uint32_t expression;  // of the kind's set
    bool operator==(const Consulted&) const = default;
  };
  // The expressions that were looked at, in that order; each once.
  std::vector<Consulted> consulted;
  // The facts that are missing: slots of the layout of the kind's set, rising, each once.
  std::vector<feel::SlotId> missing;

  Date chosen_on = date_none;  // the day that chooses the version
  Date begin = date_none;      // what the period counts from: after, before, from
  Date first_due = date_none;  // deadline: before any extension
  bool extended = false;       // deadline: due is that of the extension
  Date done = date_none;     // done, or `to` of a duration: also one that lies after the day asked
  bool done_absent = false;  // that fact is missing
  Date told = date_none;     // extension
  // recurrence: the gap or period that decided, from its first day to its last, both inclusive,
  // and how many events it holds. Of a gap the days are those of its events, or of the beginning
  // or end where there is none.
  Date span_from = date_none, span_to = date_none;
  std::int64_t count = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;  // required and empty: row, column
  std::int32_t evidence = -1;  // of NormVersion::evidence: the fact that does not exist
  std::int32_t other = -1;     // the norm that defeats it, that repairs it, or that it repairs

  void clear() noexcept;  // keeps the memory
};

// As assess() of one case, with the details of each finding, in the order of Findings::norms().
void assess(const Charter& charter, std::uint32_t kind, const feel::Case& of,
            const Question& question, Findings& out, std::vector<Details>& details);

}  // namespace partnership::charter
