// SPDX-License-Identifier: Apache-2.0
//
// What is due under a charter, for people's calendars: each obligation a task (VTODO) with its due
// date, and an event (VEVENT) on that whole day, for calendars that show no tasks.
#pragma once

#include <span>
#include <string>

#include "charter/obligations.hpp"

namespace partnership::exchange {

struct ObligationCalendar {
  Date on = date_none;  // the day that was asked
  std::string stamp;    // when the file is made: an RFC 3339 instant in UTC
  std::string link;     // a URI behind every description; may be empty
  Language language = Language::en;
};

// The uid of an obligation depends on the charter, the norm, the case and the due date alone, so
// that a newer file replaces its entries. Throws as icalendar().
std::string obligation_calendar(const charter::Charter& charter,
                                std::span<const charter::Obligation> obligations,
                                const ObligationCalendar& calendar);

}  // namespace partnership::exchange
