// SPDX-License-Identifier: Apache-2.0
//
// Charters and what is due in the forms of other systems.
#include "capi/charter_handles.hpp"
#include "exchange/akoma_ntoso.hpp"
#include "exchange/obligation_calendar.hpp"

using namespace partnership;
using namespace partnership::capi;

pship_status pship_history_icalendar(const pship_history* history, std::int32_t language,
                                     const pship_options* options, pship_text** out,
                                     pship_error** err) {
  clear(out);
  return guard(err, [&] {
    constexpr std::string_view scope = "charter.icalendar";
    require(history, "history");
    require(out, "out");
    const charter::Question question = question_of(options, scope);
    const Options& chosen = options_for(options, scope);
    if (!chosen.has("stamp")) {
      throw Error(Code::invalid_argument,
                  "option `stamp` must be given: the instant of writing, such as "
                  "2026-01-05T10:00:00Z");
    }
    const auto due = charter::obligations(*history->history, question, filter_of(chosen, scope));
    exchange::ObligationCalendar calendar;
    calendar.on = question.on;
    calendar.stamp = chosen.text(scope, "stamp");
    calendar.link = chosen.text(scope, "link");
    calendar.language = capi::language(language);
    *out = new_text(exchange::obligation_calendar(history->history->charter(), due, calendar));
  });
}

pship_status pship_charter_akoma_ntoso(const pship_charter* charter, std::int32_t language,
                                       pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new_text(exchange::akoma_ntoso(*charter->charter, capi::language(language)));
  });
}
