// SPDX-License-Identifier: Apache-2.0
//
// Dates as days since 1970-01-01 in the proleptic Gregorian calendar (Arrow's date32). Conversions
// are exact for years 1 to 9999; std::chrono::year_month_day does the arithmetic.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/langmap.hpp"

namespace partnership {

using Date = std::int32_t;
inline constexpr Date date_none = std::numeric_limits<std::int32_t>::min();  // an open end
inline constexpr Date date_min = -719162;                                    // 0001-01-01
inline constexpr Date date_max = 2932896;                                    // 9999-12-31

struct YearMonthDay {
  std::int32_t year, month, day;
};

// nullopt when there is no such day (2019-02-29) or the year is outside 1 to 9999.
std::optional<Date> date_from(YearMonthDay ymd) noexcept;
YearMonthDay ymd_of(Date date) noexcept;      // date_min <= date <= date_max
std::int32_t weekday_of(Date date) noexcept;  // ISO 8601: 1 Monday to 7 Sunday

// "YYYY-MM-DD", exactly. nullopt for anything else.
std::optional<Date> date_of(std::string_view iso) noexcept;
// As date_of, but throws Error(malformed) that says what is wrong (form, or no such day) and, where
// there is no such day, which last day the month has.
Date parse_date(std::string_view iso);
std::string iso(Date date);  // date_min <= date <= date_max
void append_iso(std::string& out, Date date);

// A date or period of reduced precision, as sources give them: "2004", "2004-01", "2004-01-24", or
// two of these joined by "/" ("2018-09-25/2018-09-26"), of which the second must not end before the
// first begins. Half-open days [from, to); `to` is date_max + 1 where the last day is date_max.
struct Period {
  Date from, to;
  bool operator==(const Period&) const = default;
};
std::optional<Period> period_of(std::string_view text) noexcept;

// As people read it: "27 آب 2018" (ar_LB: Levantine months, Latin digits), "27 August 2018", "27
// août 2018", "1er août 2018". Month names are those of the Unicode CLDR, through ICU; each thread
// keeps those it has asked for. Text is in logical order. date_min <= date <= date_max. Throws
// Error(internal) when ICU has no data.
std::string render(Date date, Language language);
// As precise as the text is, and what both ends share is said once: "كانون الثاني 2004", "January
// 2004", "25–26 September 2018", "30 septembre – 2 octobre 2018", "2017–2018" (en dashes).
// Throws Error(malformed) when period_of(text) would give none.
std::string render_period(std::string_view text, Language language);

// RFC 3339 instants in UTC, to the second: "2019-12-04T10:00:00Z". They are recorded as given. Leap
// seconds (":60") are refused, since hardly any reader of a record takes them.
bool is_instant(std::string_view text) noexcept;

}  // namespace partnership
