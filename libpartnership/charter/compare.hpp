// SPDX-License-Identifier: Apache-2.0
//
// Two charters, or two texts of one, side by side: what changed and for whom, and which cases come
// out differently.
//
// What it will not do: find out that two conditions that are worded differently say the same, or
// that a norm goes on under another id. Its tables show both texts; the cases show what they do.
#pragma once

#include <string_view>

#include "base/table.hpp"
#include "charter/assess.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

// A row a change: norm (null: of the charter as a whole), version_from (from which day the version
// is in force; null: no bound), change (added, removed, changed), what, before, after, bearer,
// counterparty (their labels in `language`).
//
// `what` is the member of the document: of the charter title, text, status, in force, source,
// calendar, party, principle, window, kind, fact; of a norm version (all of it, where it was added
// or removed), label, text, note, modality, bearer, shape, `within` and all others. Texts in
// several languages are compared one by one, as `label (ar)`. The rows of the charter come first;
// norms follow in the order of `after`, then those that are gone.
//
// Versions of a norm are compared with those that begin on the same day, the others one after
// another. One that was added is also compared with the version that it takes over from, so that an
// amendment shows what it amends.
Table compare(const Charter& before, const Charter& after, Language language);

// The cases of which some norm comes out differently, one row a case and norm: case (from 0), norm,
// outcome_before, outcome_after, state_before, state_after, due_before, due_after; null: there is
// no such norm or state or date. A norm that there is not is no different from one that is not
// applicable. `cases`: an array of cases of the kind, or one a line; a fact that only one of the
// charters declares is left out for the other. Throws Error(not_found): neither charter has the
// kind; the errors of ExpressionSet::read_cases for what neither knows; those of assess().
Table compare_cases(const Charter& before, const Charter& after, std::string_view kind,
                    std::string_view cases, const Question& question);

}  // namespace partnership::charter
