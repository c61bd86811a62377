// SPDX-License-Identifier: Apache-2.0
//
// Charters and their findings.
#include "partnership/charter.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/quote.hpp"
#include "base/text.hpp"
#include "capi/charter_handles.hpp"
#include "charter/findings_table.hpp"
#include "charter/tables.hpp"
#include "charter/tests.hpp"
#include "packs/packs.hpp"

using namespace partnership;
using namespace partnership::capi;

static_assert(static_cast<int>(charter::Outcome::met) == PSHIP_MET &&
              static_cast<int>(charter::Outcome::not_applicable) == PSHIP_NOT_APPLICABLE &&
              static_cast<int>(charter::Outcome::pending) == PSHIP_PENDING &&
              static_cast<int>(charter::Outcome::met_by_exception) == PSHIP_MET_BY_EXCEPTION);
static_assert(static_cast<int>(charter::State::pending) == PSHIP_STATE_PENDING &&
              static_cast<int>(charter::State::overdue) == PSHIP_STATE_OVERDUE &&
              static_cast<int>(charter::State::deemed) == PSHIP_STATE_DEEMED &&
              static_cast<int>(charter::State::lapsed) == PSHIP_STATE_LAPSED);
static_assert(sizeof(charter::Outcome) == 1 && sizeof(charter::State) == 1);

namespace partnership::capi {

namespace {

[[noreturn]] void refuse_unknown(std::string_view what, std::string_view id,
                                 std::span<const std::string_view> known) {
  const std::string_view nearest = nearest_spelling(id, known);
  Error error(Code::not_found, "there is no " + std::string(what) + " " + quote(id) +
                                   (nearest.empty() ? "" : ", did you mean " + quote(nearest)));
  if (!nearest.empty()) error.with("nearest", std::string(nearest));
  throw error;
}

}  // namespace

std::uint32_t kind_of(const charter::Charter& charter, const char* kind) {
  const std::string_view id = name(kind, "kind");
  const std::int32_t found = charter.find_kind(id);
  if (found >= 0) return static_cast<std::uint32_t>(found);
  std::vector<std::string_view> ids;
  for (const charter::Kind& known : charter.kinds()) ids.push_back(known.id);
  refuse_unknown("kind of case", id, ids);
}

std::uint32_t norm_of(const charter::Charter& charter, std::uint32_t kind, const char* norm) {
  const std::string_view id = name(norm, "norm");
  std::vector<std::string_view> ids;
  for (const std::uint32_t known : charter.kinds()[kind].norms) {
    if (charter.norms()[known].id == id) return known;
    ids.push_back(charter.norms()[known].id);
  }
  refuse_unknown("norm", id, ids);
}

charter::Question question_of(const pship_options* options, std::string_view scope) {
  const Options& chosen = options_for(options, scope);
  charter::Question out;
  out.on = chosen.date(scope, "on");
  if (out.on == date_none) {
    throw Error(Code::invalid_argument, "option `on` must be given: the day as of which is asked");
  }
  out.disabled = chosen.boolean(scope, "disabled");
  out.threads = static_cast<unsigned>(chosen.integer(scope, "threads"));
  out.budget.steps = static_cast<std::uint64_t>(chosen.integer(scope, "max_steps"));
  out.budget.depth = static_cast<std::uint32_t>(chosen.integer(scope, "max_depth"));
  out.budget.list = static_cast<std::uint32_t>(chosen.integer(scope, "max_list_items"));
  out.budget.memory = static_cast<std::size_t>(chosen.integer(scope, "max_memory"));
  return out;
}

}  // namespace partnership::capi

namespace {

bool has_norm(const pship_findings* findings, std::int32_t norm) noexcept {
  return findings != nullptr && norm >= 0 &&
         static_cast<std::size_t>(norm) < findings->findings.norms().size();
}

const std::string& norm_id(const pship_findings* findings, std::size_t norm) noexcept {
  return findings->charter->norms()[findings->findings.norms()[norm]].id;
}

}  // namespace

// ---- the document

pship_status pship_charter_schema(pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(std::string(pack("schemas/charter.schema.json")));
  });
}

pship_status pship_charter_load(const char* json, std::size_t size,
                                const pship_calendar* const* calendars, std::size_t n,
                                pship_charter** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    if (n != 0) require(calendars, "calendars");
    std::vector<Calendar> given;
    for (std::size_t i = 0; i < n; ++i) {
      if (calendars[i] == nullptr) {
        throw Error(Code::invalid_argument, "`calendars[" + std::to_string(i) + "]` is NULL");
      }
      given.push_back(calendars[i]->calendar);
    }
    *out = new pship_charter{charter::Charter::load(view(json, size, "json"), given)};
  });
}

pship_status pship_charter_about(const pship_charter* charter, std::int32_t language,
                                 pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new_table(charter::about_table(*charter->charter, capi::language(language)));
  });
}

pship_status pship_charter_norms(const pship_charter* charter, std::int32_t language,
                                 pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new_table(charter::norms_table(*charter->charter, capi::language(language)));
  });
}

pship_status pship_charter_kinds(const pship_charter* charter, std::int32_t language,
                                 pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new_table(charter::kinds_table(*charter->charter, capi::language(language)));
  });
}

pship_status pship_charter_hash(const pship_charter* charter, std::uint8_t* out,
                                pship_error** err) {
  return guard(err, [&] {
    require(out, "out");
    std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
    require(charter, "charter");
    std::ranges::copy(charter->charter->hash(), out);
  });
}

pship_status pship_charter_facts(const pship_charter* charter, const char* kind, pship_feel** out,
                                 pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new pship_feel{charter->charter->kinds()[kind_of(*charter->charter, kind)].set};
  });
}

pship_status pship_charter_test(const pship_charter* charter, pship_table** out,
                                pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(out, "out");
    *out = new_table(charter::run_tests(*charter->charter));
  });
}

void pship_charter_free(pship_charter* charter) {
  delete charter;
}

// ---- findings

pship_status pship_charter_assess(const pship_charter* charter, const char* kind,
                                  const pship_feel_case* feel_case, const pship_options* options,
                                  pship_findings** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(feel_case, "feel_case");
    require(out, "out");
    const std::uint32_t number = kind_of(*charter->charter, kind);
    const charter::Question question = question_of(options, "charter.assess");
    *out = new pship_findings{charter->charter, charter::assess(*charter->charter, number,
                                                                *feel_case->content, question)};
  });
}

pship_status pship_charter_assess_all(const pship_charter* charter, const char* kind,
                                      const pship_feel_cases* cases, const pship_options* options,
                                      pship_findings** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(charter, "charter");
    require(cases, "cases");
    require(out, "out");
    const std::uint32_t number = kind_of(*charter->charter, kind);
    const charter::Question question = question_of(options, "charter.assess");
    *out = new pship_findings{charter->charter,
                              charter::assess(*charter->charter, number, *cases->content, question),
                              question.on};
  });
}

std::int64_t pship_findings_cases(const pship_findings* findings) {
  return findings == nullptr ? 0 : findings->findings.rows();
}

std::int32_t pship_findings_norms(const pship_findings* findings) {
  return findings == nullptr ? 0 : static_cast<std::int32_t>(findings->findings.norms().size());
}

const char* pship_findings_norm(const pship_findings* findings, std::int32_t norm) {
  if (!has_norm(findings, norm)) return nullptr;
  return norm_id(findings, static_cast<std::size_t>(norm)).c_str();
}

std::int32_t pship_findings_find(const pship_findings* findings, const char* norm) {
  if (findings == nullptr || norm == nullptr) return -1;
  for (std::size_t i = 0; i < findings->findings.norms().size(); ++i) {
    if (norm_id(findings, i) == norm) return static_cast<std::int32_t>(i);
  }
  return -1;
}

const std::uint8_t* pship_findings_outcomes(const pship_findings* findings, std::int32_t norm) {
  if (!has_norm(findings, norm)) return nullptr;
  const auto column = findings->findings.outcomes(static_cast<std::uint32_t>(norm));
  return reinterpret_cast<const std::uint8_t*>(column.data());
}

const std::uint8_t* pship_findings_states(const pship_findings* findings, std::int32_t norm) {
  if (!has_norm(findings, norm)) return nullptr;
  const auto column = findings->findings.states(static_cast<std::uint32_t>(norm));
  return reinterpret_cast<const std::uint8_t*>(column.data());
}

const pship_date* pship_findings_dues(const pship_findings* findings, std::int32_t norm) {
  if (!has_norm(findings, norm)) return nullptr;
  return findings->findings.dues(static_cast<std::uint32_t>(norm)).data();
}

pship_status pship_findings_table(const pship_findings* findings, std::int32_t language,
                                  const pship_options* options, pship_table** out,
                                  pship_error** err) {
  clear(out);
  return guard(err, [&] {
    constexpr std::string_view scope = "charter.table";
    require(findings, "findings");
    require(out, "out");
    const Options& chosen = options_for(options, scope);
    charter::FindingsFilter filter;
    if (chosen.has("norm")) {
      const std::string norm = chosen.text(scope, "norm");
      filter.norm = findings->charter->find_norm(norm);
      if (filter.norm < 0) throw Error(Code::not_found, "there is no norm " + quote(norm));
    }
    if (const std::string outcome = chosen.text(scope, "outcome"); !outcome.empty()) {
      filter.outcome = charter::outcome_of(outcome);
    }
    *out = new_table(charter::findings_table(*findings->charter, findings->findings, findings->on,
                                             filter, capi::language(language)));
  });
}

void pship_findings_free(pship_findings* findings) {
  delete findings;
}

const char* pship_outcome_name(std::int32_t outcome) {
  if (outcome < PSHIP_MET || outcome > PSHIP_MET_BY_EXCEPTION) return "";
  return charter::outcome_name(static_cast<charter::Outcome>(outcome)).data();
}

const char* pship_state_name(std::int32_t state) {
  if (state < PSHIP_STATE_NONE || state > PSHIP_STATE_LAPSED) return "";
  return charter::state_name(static_cast<charter::State>(state)).data();
}
