// SPDX-License-Identifier: Apache-2.0
//
// Histories of cases, and what is due in them.
#include "capi/charter_handles.hpp"
#include "charter/findings_table.hpp"
#include "charter/obligations.hpp"

using namespace partnership;
using namespace partnership::capi;

namespace partnership::capi {

charter::ObligationFilter filter_of(const Options& chosen, std::string_view scope) {
  charter::ObligationFilter out;
  if (chosen.has("bearer")) out.bearer = chosen.text(scope, "bearer");
  out.due_from = chosen.date(scope, "due_from");
  out.due_to = chosen.date(scope, "due_to");
  return out;
}

}  // namespace partnership::capi

pship_status pship_history_load(const pship_charter* charter, const char* json, std::size_t size,
                                pship_history** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new pship_history{charter::History::read(charter->charter, view(json, size, "json"))};
  });
}

pship_status pship_history_assess(const pship_history* history, std::int32_t language,
                                  const pship_options* options, pship_table** out,
                                  pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(history, "history");
    require(out, "out");
    const charter::Question question = question_of(options, "charter.assess");
    const charter::Charter& charter = history->history->charter();
    charter::FindingsTable table(charter, question.on, capi::language(language));
    for (const charter::CasesOfKind& of : history->history->as_of(question.on)) {
      table.add(of.kind, charter::assess(charter, of.kind, *of.cases, question), of.ids);
    }
    *out = new_table(table.finish());
  });
}

pship_status pship_history_obligations(const pship_history* history, std::int32_t language,
                                       const pship_options* options, pship_table** out,
                                       pship_error** err) {
  clear(out);
  return guard(err, [&] {
    constexpr std::string_view scope = "charter.obligations";
    require(history, "history");
    require(out, "out");
    const charter::Question question = question_of(options, scope);
    const auto due = charter::obligations(*history->history, question,
                                          filter_of(options_for(options, scope), scope));
    *out = new_table(charter::obligations_table(history->history->charter(), due, question.on,
                                                capi::language(language)));
  });
}

void pship_history_free(pship_history* history) {
  delete history;
}
