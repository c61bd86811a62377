// SPDX-License-Identifier: Apache-2.0
//
// The handles of charters, for the files charter*.cpp.
#pragma once

#include <memory>
#include <string_view>

#include "capi/feel_handles.hpp"
#include "charter/assess.hpp"
#include "charter/history.hpp"
#include "charter/obligations.hpp"
#include "partnership/charter.h"

struct pship_charter {
  std::shared_ptr<const partnership::charter::Charter> charter;
};

struct pship_findings {
  std::shared_ptr<const partnership::charter::Charter> charter;
  partnership::charter::Findings findings;
  partnership::Date on;
};

struct pship_history {
  std::shared_ptr<const partnership::charter::History> history;
};

namespace partnership::capi {

// The number of a kind of case; throws Error(not_found) with the nearest.
std::uint32_t kind_of(const charter::Charter& charter, const char* kind);
// The number of a norm about the kind; throws Error(not_found) with the nearest.
std::uint32_t norm_of(const charter::Charter& charter, std::uint32_t kind, const char* norm);
// The options of one of the scopes charter.assess, charter.obligations, charter.icalendar.
charter::Question question_of(const pship_options* options, std::string_view scope);
// bearer, due_from, due_to.
charter::ObligationFilter filter_of(const Options& chosen, std::string_view scope);

}  // namespace partnership::capi
