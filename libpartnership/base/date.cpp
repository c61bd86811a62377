// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/icu_status.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

// ------------------------------------------------------------------------------------ reading

// The value of a run of ASCII digits, or -1.
std::int32_t digits(std::string_view text) noexcept {
  std::int32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// A year, month or day as written: what is not written is 0.
struct Part {
  YearMonthDay ymd;
  bool operator==(const Part& other) const noexcept {
    return ymd.year == other.ymd.year && ymd.month == other.ymd.month && ymd.day == other.ymd.day;
  }
};

// "YYYY", "YYYY-MM" or "YYYY-MM-DD" by form alone; months may be 99.
std::optional<Part> part_of(std::string_view text) noexcept {
  const std::size_t size = text.size();
  if (size != 4 && size != 7 && size != 10) return std::nullopt;
  Part part{{digits(text.substr(0, 4)), 0, 0}};
  if (size >= 7) part.ymd.month = text[4] == '-' ? digits(text.substr(5, 2)) : -1;
  if (size == 10) part.ymd.day = text[7] == '-' ? digits(text.substr(8, 2)) : -1;
  if (part.ymd.year < 0 || part.ymd.month < 0 || part.ymd.day < 0) return std::nullopt;
  return part;
}

std::optional<Period> days_of(const Part& part, std::size_t size) noexcept {
  const std::optional<Date> from =
      date_from({part.ymd.year, size >= 7 ? part.ymd.month : 1, size == 10 ? part.ymd.day : 1});
  if (!from) return std::nullopt;
  if (size == 10) return Period{*from, *from + 1};
  const std::chrono::year year(part.ymd.year);
  const std::chrono::month month(size == 7 ? static_cast<unsigned>(part.ymd.month) : 12u);
  const std::chrono::sys_days last(year / month / std::chrono::last);
  return Period{*from, static_cast<Date>(last.time_since_epoch().count()) + 1};
}

struct Parsed {
  Part first, second;  // the same when there is one
  Period period;
};

std::optional<Parsed> parsed_of(std::string_view text) noexcept {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view head = text.substr(0, slash);
  const std::string_view tail = slash == text.size() ? head : text.substr(slash + 1);
  const std::optional<Part> first = part_of(head), second = part_of(tail);
  if (!first || !second) return std::nullopt;
  const std::optional<Period> from = days_of(*first, head.size());
  const std::optional<Period> to = days_of(*second, tail.size());
  if (!from || !to || from->from >= to->to) return std::nullopt;
  return Parsed{*first, *second, {from->from, to->to}};
}

constexpr std::array<std::string_view, 12> english_months = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// Why a text of the right form names no day.
std::string no_such_day(const YearMonthDay& ymd) {
  if (ymd.year < 1) return "years are 0001 to 9999";
  if (ymd.month < 1 || ymd.month > 12) return "months are 01 to 12";
  const std::chrono::year_month_day_last last =
      std::chrono::year(ymd.year) / std::chrono::month(static_cast<unsigned>(ymd.month)) /
      std::chrono::last;
  std::string out(english_months[static_cast<std::size_t>(ymd.month - 1)]);
  out += ' ';
  out += std::to_string(ymd.year);
  out += " has ";
  out += std::to_string(static_cast<unsigned>(last.day()));
  out += " days";
  return out;
}

// ---------------------------------------------------------------------------------- rendering

struct Months {
  std::array<std::string, 12> in_dates;  // "27 août 2018"
  std::array<std::string, 12> alone;     // "août 2018"; some languages inflect, these may
  bool filled = false;
};

// "numbers=latn" as AFKAR's pages print; only month names are asked for here, but the locale says
// what is meant. Plain ar_LB months are the Levantine ones.
icu::Locale locale_of(Language language) {
  switch (language) {
    case Language::ar:
      return icu::Locale("ar", "LB", nullptr, "numbers=latn");
    case Language::fr:
      return icu::Locale("fr");
    case Language::en:
      break;
  }
  return icu::Locale("en", "GB");
}

void fill(std::array<std::string, 12>& out, const icu::DateFormatSymbols& symbols,
          icu::DateFormatSymbols::DtContextType context) {
  std::int32_t count = 0;
  const icu::UnicodeString* names = symbols.getMonths(count, context, icu::DateFormatSymbols::WIDE);
  if (names == nullptr || count < 12) throw Error(Code::internal, "icu has no month names");
  for (std::size_t i = 0; i < 12; ++i) {
    out[i].clear();
    names[i].toUTF8String(out[i]);
  }
}

// Asking ICU takes some 35 us, so each thread remembers; nothing is shared between threads.
const Months& months_of(Language language) {
  thread_local std::array<Months, 3> remembered;
  Months& months = remembered[static_cast<std::size_t>(language)];
  if (months.filled) return months;
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale_of(language), status);
  raise_icu(status);
  fill(months.in_dates, symbols, icu::DateFormatSymbols::FORMAT);
  fill(months.alone, symbols, icu::DateFormatSymbols::STANDALONE);
  months.filled = true;
  return months;
}

// CLDR's pattern for a long date is "d MMMM y" in all three languages, and "MMMM y" without a day;
// in logical order, which the bidirectional algorithm shows right to left for Arabic. French
// writes the first of a month as an ordinal, which CLDR's patterns cannot say.
class Renderer {
 public:
  explicit Renderer(Language language) : language_(language), months_(months_of(language)) {}

  void day(std::int32_t value) {
    gap();
    out_ += std::to_string(value);
    if (value == 1 && language_ == Language::fr) out_ += "er";
  }
  void month(const YearMonthDay& ymd) {
    gap();
    const auto& names = ymd.day > 0 ? months_.in_dates : months_.alone;
    out_ += names[static_cast<std::size_t>(ymd.month - 1)];
  }
  void year(std::int32_t value) {
    gap();
    out_ += std::to_string(value);
  }
  void all(const YearMonthDay& ymd) {
    if (ymd.day > 0) day(ymd.day);
    if (ymd.month > 0) month(ymd);
    year(ymd.year);
  }
  // The en dash of CLDR's intervals: close between numbers, spaced between words. (A hyphen would
  // keep the two numbers left to right in Arabic text.)
  void dash(bool close) {
    out_ += close ? "\u2013" : " \u2013 ";
    started_ = false;
  }
  std::string take() { return std::move(out_); }

 private:
  void gap() {
    if (started_) out_ += ' ';
    started_ = true;
  }
  Language language_;
  const Months& months_;
  std::string out_;
  bool started_ = false;
};

// What both ends share, from the year down, is said once.
std::string render_range(const YearMonthDay& a, const YearMonthDay& b, Language language) {
  Renderer out(language);
  const bool same_precision = (a.day > 0) == (b.day > 0) && (a.month > 0) == (b.month > 0);
  if (!same_precision || a.year != b.year) {
    out.all(a);
    out.dash(a.month == 0 && b.month == 0);
  } else {
    if (a.day > 0) out.day(a.day);
    const bool same_month = a.month == b.month;
    if (!same_month) out.month(a);
    out.dash(same_month);
  }
  out.all(b);
  return out.take();
}

}  // namespace

std::optional<Date> date_from(YearMonthDay ymd) noexcept {
  if (ymd.year < 1 || ymd.year > 9999 || ymd.month < 1 || ymd.month > 12 || ymd.day < 1 ||
      ymd.day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day day(std::chrono::year(ymd.year),
                                        std::chrono::month(static_cast<unsigned>(ymd.month)),
                                        std::chrono::day(static_cast<unsigned>(ymd.day)));
  if (!day.ok()) return std::nullopt;
  return static_cast<Date>(std::chrono::sys_days(day).time_since_epoch().count());
}

YearMonthDay ymd_of(Date date) noexcept {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(date))};
  return {static_cast<int>(ymd.year()),
          static_cast<std::int32_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::int32_t>(static_cast<unsigned>(ymd.day()))};
}

std::int32_t weekday_of(Date date) noexcept {
  const std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(date))};
  return static_cast<std::int32_t>(weekday.iso_encoding());
}

std::optional<Date> date_of(std::string_view iso) noexcept {
  if (iso.size() != 10) return std::nullopt;
  const std::optional<Part> part = part_of(iso);
  return part ? date_from(part->ymd) : std::nullopt;
}

Date parse_date(std::string_view iso) {
  if (const std::optional<Date> date = date_of(iso)) return *date;
  const std::optional<Part> part = iso.size() == 10 ? part_of(iso) : std::nullopt;
  if (!part) {
    throw Error(Code::malformed, "expected a date such as `2018-08-27`, got " + backticked(iso));
  }
  throw Error(Code::malformed, backticked(iso) + " is no day: " + no_such_day(part->ymd));
}

std::string iso(Date date) {
  std::string out;
  append_iso(out, date);
  return out;
}

void append_iso(std::string& out, Date date) {
  assert(date >= date_min && date <= date_max);
  const YearMonthDay ymd = ymd_of(date);
  const auto put = [&out](std::int32_t value, std::int32_t unit) {
    for (; unit > 0; unit /= 10) out.push_back(static_cast<char>('0' + value / unit % 10));
  };
  put(ymd.year, 1000);
  out.push_back('-');
  put(ymd.month, 10);
  out.push_back('-');
  put(ymd.day, 10);
}

std::optional<Period> period_of(std::string_view text) noexcept {
  const std::optional<Parsed> parsed = parsed_of(text);
  if (!parsed) return std::nullopt;
  return parsed->period;
}

std::string render(Date date, Language language) {
  assert(date >= date_min && date <= date_max);
  Renderer out(language);
  out.all(ymd_of(date));
  return out.take();
}

std::string render_period(std::string_view text, Language language) {
  const std::optional<Parsed> parsed = parsed_of(text);
  if (!parsed) {
    throw Error(
        Code::malformed,
        "expected a year, month or day such as `2018`, `2018-08` or `2018-08-27`, or two of "
        "them in order joined by `/`, got " +
            backticked(text));
  }
  if (parsed->first == parsed->second) {
    Renderer out(language);
    out.all(parsed->first.ymd);
    return out.take();
  }
  return render_range(parsed->first.ymd, parsed->second.ymd, language);
}

bool is_instant(std::string_view text) noexcept {
  if (text.size() != 20 || !date_of(text.substr(0, 10)) || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z') {
    return false;
  }
  const std::int32_t hour = digits(text.substr(11, 2)), minute = digits(text.substr(14, 2)),
                     second = digits(text.substr(17, 2));
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
}

}  // namespace partnership
