// SPDX-License-Identifier: Apache-2.0
//
// How calendar documents write weekdays and dates, for the files of this room that read them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/date.hpp"
#include "base/json.hpp"

namespace partnership::calendar {

// ISO weekday (1 Monday to 7 Sunday) of "monday", ...; what is none goes to `problems`.
std::optional<std::int32_t> read_weekday(json::Value value, json::Problems& problems);

// "YYYY-MM-DD"; what is none goes to `problems`.
std::optional<Date> read_date(json::Value value, json::Problems& problems);

}  // namespace partnership::calendar
