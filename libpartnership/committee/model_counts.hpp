// SPDX-License-Identifier: Apache-2.0
//
// Rows that weigh members differently, such as shares of a number that is not fixed, get columns
// for how many members have each weight. Fractions of panels obey such rows where no committee
// does; a search that can branch over the number itself settles in hundreds of steps what takes a
// million over single types.
#pragma once

#include <cstdint>

#include "committee/panel_model_builder.hpp"

namespace partnership {

// Each new row ties a column to its types (RowOrigin::Part::structure) under the name of the
// criterion that it is for: no criterion depends on another's rows. `most`: of members.
void add_counts(BuiltModel& built, std::int64_t most);

}  // namespace partnership
