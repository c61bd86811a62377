// SPDX-License-Identifier: Apache-2.0
//
// What is due and what takes place, as an iCalendar file (RFC 5545) for people's calendars: tasks
// (VTODO) and events (VEVENT) on whole days. The same entries give the same bytes.
//
// What it will not do: read iCalendar, times of day, alarms, recurrence. Nothing is asked of a
// clock: the instant of the file is the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/langmap.hpp"

namespace partnership::exchange {

struct CalendarEntry {
  enum class Kind : std::uint8_t { todo, event };
  // RFC 5545, 3.8.1.11. A todo may be needs_action, in_process, completed or cancelled, an event
  // tentative, confirmed or cancelled; none leaves it out.
  enum class Status : std::uint8_t {
    none,
    needs_action,
    in_process,
    completed,
    cancelled,
    tentative,
    confirmed,
  };
  Kind kind = Kind::todo;
  Status status = Status::none;
  std::string uid;          // the same for the same entry in every file; not empty, once a file
  std::string summary;      // one line
  std::string description;  // may have several lines
  std::string link;         // a URI (RFC 3986); URL, and the last line of the description
  std::vector<std::string> categories;
  std::optional<Language> language;  // of the three texts above
  // A todo has `due` and may have `start`, a day before it; an event has `start` and may have
  // `end`, the first day after it (else it takes one day).
  Date start = date_none, due = date_none, end = date_none;
  std::string modified;  // when the entry was last changed, as `stamp`; empty: not said
};

struct CalendarFile {
  std::string stamp;      // when the file is made: an RFC 3339 instant in UTC, 2026-11-25T10:00:00Z
  std::string name;       // for its reader; may be empty
  std::string organizer;  // a URI, such as mailto:desk@example.org; may be empty
  // METHOD:PUBLISH (RFC 5546), which demands an organizer, and of every todo a `start`. A file that
  // is only stored or fetched needs none.
  bool publish = false;
  std::span<const CalendarEntry> entries;
};

// Lines end in CR LF and have at most 75 octets without them (3.1); they are folded between
// characters, never inside one. Control characters become U+FFFD, line ends of any kind LF. Throws
// Error(invalid_argument) with everything that is wrong, by entry; Error(malformed): text that is
// not UTF-8.
std::string icalendar(const CalendarFile& file);

}  // namespace partnership::exchange
