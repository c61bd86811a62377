// SPDX-License-Identifier: Apache-2.0
//
// A charter as tables: what it is, its norms, the facts it speaks of.
#pragma once

#include <string>

#include "base/table.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

// "15 days", "10 working days", "03-31 of the next year", a FEEL expression: as documents have it.
std::string period_text(const PeriodOf& period);
// What a version of a norm demands, on a line, in the words of its document: "`answered on` <=
// `registered on` + 15 days", with what proves it and what excuses from it.
std::string condition_text(const NormVersion& version);

// One row: charter, version, title, status, in_force_from, in_force_to, source, address, calendar,
// norms, hash (hex).
Table about_table(const Charter& charter, Language language);
// A row a version of a norm, in the document's order: norm, kind, article, citation, label, text,
// note, modality, bearer_id, bearer, counterparty_id, counterparty, shape, applies, condition,
// in_force_from, in_force_to, principle, source, address, exception_of, reparation, covers (joined
// by ";"), standing, enabled, tests. What a norm does not have is null.
Table norms_table(const Charter& charter, Language language);
// A row a fact of each kind of case: kind, kind_label, fact, type, label, optional.
Table kinds_table(const Charter& charter, Language language);

}  // namespace partnership::charter
