// SPDX-License-Identifier: Apache-2.0
//
// The obligation calendar: what is due over all cases, as of a day. A finding is due where it is
// pending with a due date, overdue (not done, and still to be done), or met by something that has
// to happen again.
//
// What it will not do: list what can no longer be done, or has no date.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "charter/assess.hpp"
#include "charter/history.hpp"

namespace partnership::charter {

struct Obligation {
  std::string id;          // of the case
  std::uint32_t kind = 0;  // of Charter::kinds()
  std::uint32_t norm = 0;  // of Charter::norms()
  Finding finding;         // its version is there, and its due date
  // What can be done, and what follows.
  Date extendable_until = date_none;  // an extension can still be given by that day
  bool extended = false;              // due is that of an extension
  std::int64_t lacking = 0;           // recurrence with a count: so many more by then

  Date due() const noexcept { return finding.due; }
};

struct ObligationFilter {
  std::string bearer;                             // an id; empty: all
  Date due_from = date_none, due_to = date_none;  // half-open; date_none: no bound
};

// By due date, then by bearer's id, then in the order of the cases and of the norms of their kind.
std::vector<Obligation> obligations(const Charter& charter, std::span<const CasesOfKind> cases,
                                    const Question& question, const ObligationFilter& filter = {});
std::vector<Obligation> obligations(const History& history, const Question& question,
                                    const ObligationFilter& filter = {});

// The version of the norm that an obligation comes from.
const NormVersion& version_of(const Charter& charter, const Obligation& obligation);
// What can be done now and what follows, as sentences without a full stop.
std::string say_next_step(const Charter& charter, const Obligation& obligation, Date on,
                          Language language);

// Columns case, kind, norm, article, citation, label, bearer_id, bearer, counterparty_id,
// counterparty, due, state, days_left (negative: overdue), next_step. `on`: the day that was asked.
Table obligations_table(const Charter& charter, std::span<const Obligation> obligations, Date on,
                        Language language);

}  // namespace partnership::charter
