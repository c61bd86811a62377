// SPDX-License-Identifier: Apache-2.0
//
// What would come out if some facts of a case were otherwise: the findings with and without the
// changes, and where they differ.
#pragma once

#include <string>
#include <string_view>

#include "base/table.hpp"
#include "charter/assess.hpp"

namespace partnership::charter {

// The facts of a case (a JSON object) with changes made to them. `changes` is an object of facts,
// each of which replaces that of the case, whole; null says of a date that it has not happened. Or
// it is an object of "facts", "append" and "withdraw", as events have them (changes.hpp), where
// none of its members is the name of a fact. Throws Error(malformed), Error(limit);
// Error(invalid_document) with what is wrong with the changes: facts that are not declared, values
// of another type.
std::string changed_facts(const Kind& kind, std::string_view facts, std::string_view changes);

// A row a norm whose finding differs (in its outcome, state, due date, version or why): norm,
// article, citation, label, outcome_before, outcome_after, state_before, state_after, due_before,
// due_after, reason_before, reason_after. Throws the errors of ExpressionSet::read_case, assess()
// and changed_facts().
Table what_if(const Charter& charter, std::uint32_t kind, std::string_view facts,
              std::string_view changes, const Question& question, Language language);

}  // namespace partnership::charter
