// SPDX-License-Identifier: Apache-2.0
//
// Working-day calendars: any set of weekend days, by period where it changed; holidays, dated or
// made by rules; days that are worked although they would be off; a range of validity. All days are
// laid out when a calendar is loaded; prefix sums over the range make every question O(1) (adding
// days: O(1) by an inverse table). Boost.Date_Time is used in calendar.cpp.
//
// What it will not do: compute the months of the Islamic calendar. Its holidays begin with what
// somebody saw and announced, so they are dated entries, or are left out and the note says so.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/langmap.hpp"

namespace partnership {

struct Holiday {
  Date date;
  LangMap name;
  std::string source;           // where it was read, or empty
  bool verified = false;        // false: its source was not seen
  Date moved_from = date_none;  // the day that it would have been on; date_none: it was not moved
};

// A day of every year.
struct HolidayRule {
  enum class Kind : std::uint8_t {
    fixed,            // month, day; there is none in a year without that day (02-29)
    western_easter,   // offset: days after (before, where negative) Easter Sunday, Gregorian
                      // computus (in use since 1583; before, it is reckoned backwards)
    orthodox_easter,  // the same from the Easter of the Julian computus, as a Gregorian date
    nth_weekday,      // nth (1 to 5, or -1 for the last) weekday (ISO, 1 Monday) of the month
  };
  Kind kind = Kind::fixed;
  std::int32_t month = 0, day = 0, offset = 0, weekday = 0, nth = 0;
  // Its day of (the Easter of) that year; with an offset it may lie in a neighbouring year.
  // nullopt: that year has none, or day or year are not of the years 1 to 9999.
  std::optional<Date> in_year(std::int32_t year) const noexcept;

  // Reads "MM-DD", {"easter": "western" or "orthodox", "offset": -366 to 366} or {"weekday":
  // "monday", "nth": 1 to 5 or -1, "month": 1 to 12}; "02-29" is a day, "02-30" is none. nullopt
  // when something is wrong, which goes to `problems`.
  static std::optional<HolidayRule> read(json::Value value, json::Problems& problems);
};

// Immutable once made; may be shared between threads.
class Calendar {
 public:
  // The document (its JSON Schema: packs/schemas/calendar.schema.json):
  //   {"calendar": "lb-public", "title": {...}, "note": {...},
  //    "valid": {"from": "2004-01-01", "to": "2030-01-01"},
  //    "weekend": ["saturday", "sunday"],
  //    "holidays": [{"date": "2019-11-22", "name": {...}, "source": "...", "verified": true}],
  //    "rules": [{"name": {...}, "on": "05-01", "moves": "next working day", "valid": {"from":
  //    ...},
  //               "source": "...", "verified": false}],
  //    "working": [{"date": "2018-04-28", "name": {...}, "source": "...", "verified": true}]}
  //
  // valid     half-open, at most 400 years, from 1400-01-01 on (Boost's range).
  // weekend   0 to 6 days; or, where it changed, periods by date, each until the next one begins:
  //           [{"days": ["sunday"]}, {"days": ["saturday", "sunday"], "from": "2017-08-23"}], with
  //           `source` and `verified`. The first needs no `from`.
  // holidays  single days. `moved from` is the day on which a rule of the same name would have put
  // it
  //           that year; the rule then makes none there.
  // rules     a holiday a year. `on` is a day as HolidayRule::read takes it, `valid` the days
  // between
  //           which it may fall (either end may be left out). `moves` says where it goes from a
  //           weekday of the weekend: `next working day` (the first one later that no other holiday
  //           has; holidays that stay are placed first, then those that move by their dates), `next
  //           monday`, or `nearest weekday` (the nearest day not of the weekend, the later of two),
  //           the last two wherever other holidays are; or {"when": ["sunday"], "to": "next
  //           monday"}: only from those weekdays. Two rules that put one name on one day make one
  //           holiday; so do a rule and a dated holiday.
  // working   days that are worked although weekend or rules would have them off. No holiday moves
  //           there.
  // A holiday that a rule has up to 40 days outside `valid` may move into it.
  //
  // A day outside `valid`, two dated holidays of one name (in any language) on one date, an unknown
  // weekday, a `moved from` where no rule makes that holiday, a day of `working` that is a dated
  // holiday or is worked anyway, rules that make more than 64 MiB of holidays:
  // Error(invalid_document), all at once; text that is no JSON: Error(malformed).
  static Calendar load(std::string_view json);

  const std::string& id() const noexcept;
  const LangMap& title() const noexcept;
  const LangMap& note() const noexcept;  // what its reader should know; may be empty
  Date valid_from() const noexcept;
  Date valid_to() const noexcept;
  const std::vector<Holiday>& holidays() const noexcept;  // by date

  // Every question below throws Error(invalid_argument), naming the range, when it needs a day
  // outside `valid`, or is given what is no day of the years 1 to 9999. A day that only bounds the
  // days asked about (`to` below, `day` of add_working_days) may itself lie just outside.
  bool is_working_day(Date day) const;
  // Working days in [from, to); negative when to < from.
  std::int32_t working_days_between(Date from, Date to) const;
  // The n-th working day after `day` (n > 0) or before it (n < 0), not counting `day` itself;
  // n = 0 gives `day`, working or not.
  Date add_working_days(Date day, std::int32_t n) const;
  // `day` if it is a working day, else the next one.
  Date next_working_day(Date day) const;

 private:
  struct Impl;
  explicit Calendar(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace partnership
