// SPDX-License-Identifier: Apache-2.0
//
// What the parts of a charter and of its findings are called in Arabic, English and French. Arabic
// and French adjectives go with "القاعدة" and "la norme".
#pragma once

#include <string>
#include <string_view>

#include "base/langmap.hpp"
#include "base/words.hpp"
#include "charter/assess.hpp"

namespace partnership::charter {

std::string_view say_outcome(Outcome outcome, Language language) noexcept;
std::string_view say_state(State state, Language language) noexcept;  // of none nothing

// The label of a fact, or its name as code where it has none.
std::string say_fact(const Fact& fact, Language language);
// The same of a path (Examination::missing): of a member the label of the fact it lies in, and its
// path as code.
std::string say_fact(const Kind& kind, std::string_view path, Language language);
// The fact that a path lies in; nullptr: none.
const Fact* fact_of(const Kind& kind, std::string_view path) noexcept;
// The label of the norm's version, or of its first where `version` is -1; its id where it has none.
std::string say_norm(const Charter& charter, std::uint32_t norm, Language language,
                     std::int16_t version = -1);
std::string say_party(const Charter& charter, std::string_view id, Language language);
// "from DAY, before DAY"; empty where there is no bound.
std::string say_bounds(const InForce& in_force, Language language);
// "ROW – COLUMN"; of the one that there is, where the other is none of the values.
std::string say_cell(const Coverage& coverage, std::uint32_t row, std::uint32_t column,
                     Language language);
// "15 days"; empty where a fact says how long it is.
std::string say_period(const PeriodOf& period, Stands stands, Language language);

}  // namespace partnership::charter
