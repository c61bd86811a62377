// SPDX-License-Identifier: Apache-2.0
//
// Why a finding came out, what would change it, and how two charters differ.
#include <string>

#include "capi/charter_handles.hpp"
#include "charter/compare.hpp"
#include "charter/explain.hpp"
#include "charter/what_if.hpp"

using namespace partnership;
using namespace partnership::capi;

namespace {

// Calls tell(explanation) for the text.
template <class Tell>
pship_status explain(const pship_charter* charter, const char* kind,
                     const pship_feel_case* feel_case, const char* norm,
                     const pship_options* options, pship_text** out, pship_error** err,
                     const Tell& tell) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(feel_case, "feel_case");
    require(out, "out");
    const charter::Charter& of = *charter->charter;
    const std::uint32_t number = kind_of(of, kind);
    *out =
        new_text(tell(charter::explain(of, number, *feel_case->content, norm_of(of, number, norm),
                                       question_of(options, "charter.assess"))));
  });
}

}  // namespace

pship_status pship_charter_explain_text(const pship_charter* charter, const char* kind,
                                        const pship_feel_case* feel_case, const char* norm,
                                        std::int32_t language, const pship_options* options,
                                        pship_text** out, pship_error** err) {
  return explain(charter, kind, feel_case, norm, options, out, err,
                 [&](const charter::Explanation& explanation) {
                   return explanation.text(capi::language(language));
                 });
}

pship_status pship_charter_explain_json(const pship_charter* charter, const char* kind,
                                        const pship_feel_case* feel_case, const char* norm,
                                        const pship_options* options, pship_text** out,
                                        pship_error** err) {
  return explain(charter, kind, feel_case, norm, options, out, err,
                 [](const charter::Explanation& explanation) { return explanation.json(); });
}

pship_status pship_charter_what_if(const pship_charter* charter, const char* kind,
                                   const char* facts, std::size_t facts_size, const char* changes,
                                   std::size_t changes_size, std::int32_t language,
                                   const pship_options* options, pship_table** out,
                                   pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    const std::uint32_t number = kind_of(*charter->charter, kind);
    *out = new_table(charter::what_if(*charter->charter, number, view(facts, facts_size, "facts"),
                                      view(changes, changes_size, "changes"),
                                      question_of(options, "charter.assess"),
                                      capi::language(language)));
  });
}

pship_status pship_charter_compare(const pship_charter* before, const pship_charter* after,
                                   std::int32_t language, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(before, "before");
    require(after, "after");
    require(out, "out");
    *out = new_table(charter::compare(*before->charter, *after->charter, capi::language(language)));
  });
}

pship_status pship_charter_compare_cases(const pship_charter* before, const pship_charter* after,
                                         const char* kind, const char* cases, std::size_t size,
                                         const pship_options* options, pship_table** out,
                                         pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(before, "before");
    require(after, "after");
    require(out, "out");
    *out = new_table(charter::compare_cases(*before->charter, *after->charter, name(kind, "kind"),
                                            view(cases, size, "cases"),
                                            question_of(options, "charter.assess")));
  });
}
