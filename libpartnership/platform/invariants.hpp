// SPDX-License-Identifier: Apache-2.0
//
// Whether an event may be, given what is recorded. Every reason against it is noted, each with its
// place in the event and what would have been right.
#pragma once

#include "base/json.hpp"
#include "platform/event.hpp"
#include "platform/journal.hpp"
#include "platform/projection.hpp"

namespace partnership::platform {

void check_invariants(const Event& event, Projection& projection, const Journal& journal, Sql& sql,
                      json::Problems& reasons);

}  // namespace partnership::platform
