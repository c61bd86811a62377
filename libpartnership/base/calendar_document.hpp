// SPDX-License-Identifier: Apache-2.0
//
// A calendar document once it is read, and the holidays that it comes to, day by day. The
// document's form is told in calendar.hpp; calendar.cpp answers questions about it.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/langmap.hpp"

namespace partnership::calendar {

using Weekdays = std::bitset<8>;  // by ISO weekday; bit 0 stays unused

struct Days {  // half-open
  Date from, to;
  bool holds(Date day) const noexcept { return day >= from && day < to; }
};

struct WeekendFrom {
  Date from;
  Weekdays days;
};

// Where a holiday goes from a day off.
enum class Move : std::uint8_t { none, next_working_day, next_monday, nearest_weekday };

struct Rule {
  LangMap name;
  HolidayRule on;
  Days valid{date_min, date_max + 1};
  Move move = Move::none;
  std::optional<Weekdays> when;  // it moves from these weekdays; else from those of the weekend
  std::string source;
  bool verified = false;
};

struct Dated {
  Holiday holiday;  // with the `moved from` of the document
  json::Value where;
};
struct Worked {  // a day of `working`
  Date date;
  json::Value where;
};

struct Document {
  std::string id;
  LangMap title, note;
  Days valid{};
  std::vector<WeekendFrom> weekends;  // by date; the first holds before its date as well
  std::vector<Dated> dated;
  std::vector<Rule> rules;
  std::optional<json::Value> rules_at;
  std::vector<Worked> working;  // by date
  bool laid_out = false;        // valid, weekends and rules were read without a problem

  const Weekdays& weekend(Date day) const noexcept;
  bool in_weekend(Date day) const noexcept;  // whatever `working` says
};

// What is wrong goes to `problems`. The document's Values point into the text of `root`.
Document read(json::Value root, json::Problems& problems);

// The holidays of `document` within its range, by date; those of one date in the order of the
// document, dated ones first. For a document that is `laid_out`.
std::vector<Holiday> lay_out(const Document& document, json::Problems& problems);

}  // namespace partnership::calendar
