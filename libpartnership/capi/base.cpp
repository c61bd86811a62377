// SPDX-License-Identifier: Apache-2.0
#include "partnership/base.h"

#include <algorithm>

#include "base/calendar.hpp"
#include "base/commitment.hpp"
#include "base/date.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/options.hpp"
#include "base/text.hpp"
#include "capi/guard.hpp"

using namespace partnership;
using namespace partnership::capi;

const char* pship_version(void) {
  return PSHIP_VERSION;
}

std::int32_t pship_abi(void) {
  return PSHIP_ABI;
}

// ---- texts

const char* pship_text_data(const pship_text* text) {
  return text == nullptr ? "" : text->text.c_str();
}

std::size_t pship_text_size(const pship_text* text) {
  return text == nullptr ? 0 : text->text.size();
}

void pship_text_free(pship_text* text) {
  delete text;
}

// ---- options

pship_status pship_options_new(pship_options** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new pship_options{};
  });
}

namespace {

pship_status set_option(pship_options* options, const char* key, pship_error** err,
                        auto&& make_value) {
  return guard(err, [&] {
    require(options, "options");
    options->options.set(name(key, "name"), make_value());
  });
}

void require_date(Date date) {
  if (date >= date_min && date <= date_max) return;
  throw Error(Code::invalid_argument,
              date == date_none
                  ? "the date is PSHIP_DATE_NONE, expected a day"
                  : "day number `" + std::to_string(date) + "` is outside the years 1 to 9999");
}

}  // namespace

pship_status pship_options_set_bool(pship_options* options, const char* key, std::int32_t value,
                                    pship_error** err) {
  return set_option(options, key, err, [&] { return Options::Value(value != 0); });
}

pship_status pship_options_set_int(pship_options* options, const char* key, std::int64_t value,
                                   pship_error** err) {
  return set_option(options, key, err, [&] { return Options::Value(value); });
}

pship_status pship_options_set_double(pship_options* options, const char* key, double value,
                                      pship_error** err) {
  return set_option(options, key, err, [&] { return Options::Value(value); });
}

pship_status pship_options_set_text(pship_options* options, const char* key, const char* value,
                                    std::size_t size, pship_error** err) {
  return set_option(options, key, err,
                    [&] { return Options::Value(std::string(view(value, size, "value"))); });
}

pship_status pship_options_set_date(pship_options* options, const char* key, pship_date value,
                                    pship_error** err) {
  return set_option(options, key, err, [&] {
    if (value != date_none) require_date(value);
    return Options::Value(std::in_place_type<Date>, value);
  });
}

pship_status pship_options_describe(pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(describe_options());
  });
}

void pship_options_free(pship_options* options) {
  delete options;
}

// ---- dates

pship_status pship_date_parse(const char* text, std::size_t size, pship_date* out,
                              pship_error** err) {
  if (out != nullptr) *out = 0;
  return guard(err, [&] {
    require(out, "out");
    *out = parse_date(view(text, size, "iso"));
  });
}

pship_status pship_date_from_ymd(std::int32_t year, std::int32_t month, std::int32_t day,
                                 pship_date* out, pship_error** err) {
  if (out != nullptr) *out = 0;
  return guard(err, [&] {
    require(out, "out");
    const auto date = date_from({year, month, day});
    if (!date) {
      throw Error(Code::invalid_argument, "there is no day " + std::to_string(day) + " in month " +
                                              std::to_string(month) + " of year " +
                                              std::to_string(year) + " (years are 1 to 9999)");
    }
    *out = *date;
  });
}

pship_status pship_date_to_ymd(pship_date date, std::int32_t* year, std::int32_t* month,
                               std::int32_t* day, pship_error** err) {
  for (std::int32_t* part : {year, month, day}) {
    if (part != nullptr) *part = 0;
  }
  return guard(err, [&] {
    require(year, "year");
    require(month, "month");
    require(day, "day");
    require_date(date);
    const YearMonthDay ymd = ymd_of(date);
    *year = ymd.year;
    *month = ymd.month;
    *day = ymd.day;
  });
}

pship_status pship_date_iso(pship_date date, pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    require_date(date);
    *out = new_text(iso(date));
  });
}

pship_status pship_date_render(pship_date date, std::int32_t tongue, pship_text** out,
                               pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    require_date(date);
    *out = new_text(render(date, language(tongue)));
  });
}

pship_status pship_period_render(const char* period, std::size_t size, std::int32_t tongue,
                                 pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(render_period(view(period, size, "period"), language(tongue)));
  });
}

// ---- calendars

pship_status pship_calendar_load(const char* json, std::size_t size, pship_calendar** out,
                                 pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new pship_calendar{Calendar::load(view(json, size, "json"))};
  });
}

namespace {

pship_status ask_calendar(const pship_calendar* calendar, std::int32_t* out, pship_error** err,
                          auto&& question) {
  if (out != nullptr) *out = 0;
  return guard(err, [&] {
    require(calendar, "calendar");
    require(out, "out");
    *out = question(calendar->calendar);
  });
}

}  // namespace

pship_status pship_calendar_is_working_day(const pship_calendar* calendar, pship_date day,
                                           std::int32_t* out, pship_error** err) {
  return ask_calendar(calendar, out, err,
                      [&](const Calendar& c) { return c.is_working_day(day) ? 1 : 0; });
}

pship_status pship_calendar_working_days_between(const pship_calendar* calendar, pship_date from,
                                                 pship_date to, std::int32_t* out,
                                                 pship_error** err) {
  return ask_calendar(calendar, out, err,
                      [&](const Calendar& c) { return c.working_days_between(from, to); });
}

pship_status pship_calendar_add_working_days(const pship_calendar* calendar, pship_date day,
                                             std::int32_t n, pship_date* out, pship_error** err) {
  return ask_calendar(calendar, out, err,
                      [&](const Calendar& c) { return c.add_working_days(day, n); });
}

pship_status pship_calendar_holidays(const pship_calendar* calendar, pship_table** out,
                                     pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(calendar, "calendar");
    require(out, "out");
    TableBuilder builder;
    const auto date = builder.add("date", ColumnType::date);
    std::array<std::int32_t, 3> names{};
    for (Language tongue : all_languages) {
      names[static_cast<std::size_t>(tongue)] =
          builder.add("name_" + std::string(language_tag(tongue)), ColumnType::text);
    }
    const auto source = builder.add("source", ColumnType::text);
    const auto verified = builder.add("verified", ColumnType::boolean);
    const auto moved_from = builder.add("moved_from", ColumnType::date);
    for (const Holiday& holiday : calendar->calendar.holidays()) {
      builder.date(date, holiday.date);
      for (Language tongue : all_languages) {
        const auto column = names[static_cast<std::size_t>(tongue)];
        if (holiday.name.has(tongue)) {
          builder.text(column, holiday.name.get(tongue));
        } else {
          builder.null(column);
        }
      }
      builder.text(source, holiday.source);
      builder.boolean(verified, holiday.verified);
      if (holiday.moved_from != date_none) {
        builder.date(moved_from, holiday.moved_from);
      } else {
        builder.null(moved_from);
      }
    }
    *out = new_table(builder.finish());
  });
}

void pship_calendar_free(pship_calendar* calendar) {
  delete calendar;
}

// ---- texts and hashes

pship_status pship_search_key(const char* text, std::size_t size, pship_text** out,
                              pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(search_key(view(text, size, "text")));
  });
}

pship_status pship_json_canonical(const char* json, std::size_t size, pship_text** out,
                                  pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const auto document = json::Document::parse(view(json, size, "json"));
    *out = new_text(json::canonical(document->root()));
  });
}

pship_status pship_sha256(const void* bytes, std::size_t size, std::uint8_t* out,
                          pship_error** err) {
  if (out != nullptr) std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
  return guard(err, [&] {
    require(out, "out");
    const Hash hash = sha256(view(static_cast<const char*>(bytes), size, "bytes"));
    std::copy(hash.begin(), hash.end(), out);
  });
}

pship_status pship_commitment(const char* json, std::size_t size, const std::uint8_t* salt,
                              std::uint8_t* out, pship_error** err) {
  if (out != nullptr) std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
  return guard(err, [&] {
    require(out, "out");
    require(salt, "salt");
    const auto document = json::Document::parse(view(json, size, "json"));
    Hash salt_bytes;
    std::copy_n(salt, salt_bytes.size(), salt_bytes.begin());
    const Hash hash = commitment(salt_bytes, json::canonical(document->root()));
    std::copy(hash.begin(), hash.end(), out);
  });
}
