// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: charters, findings, histories.
//
//   const pship::Text pack = pship::Packs().text("charters/lebanon-28-2017.json");
//   const pship::Charter charter = pship::Charter::load(pack.view());
//   const auto request = charter.facts("request").read_case(R"({"registered on": "2026-03-02"})");
//   const auto on = pship::Options().set("on", pship::Date::parse("2026-03-20"));
//   charter.assess("request", request, on).table(pship::Language::en);
#ifndef PARTNERSHIP_CHARTER_HPP
#define PARTNERSHIP_CHARTER_HPP

#include "partnership/charter.h"
#include "partnership/committee.hpp"
#include "partnership/feel.hpp"

namespace pship {

enum class State : std::uint8_t {
  none = PSHIP_STATE_NONE,
  pending = PSHIP_STATE_PENDING,
  fulfilled = PSHIP_STATE_FULFILLED,
  fulfilled_late = PSHIP_STATE_FULFILLED_LATE,
  overdue = PSHIP_STATE_OVERDUE,
  violated = PSHIP_STATE_VIOLATED,
  excused = PSHIP_STATE_EXCUSED,
  compensated = PSHIP_STATE_COMPENSATED,
  deemed = PSHIP_STATE_DEEMED,
  lapsed = PSHIP_STATE_LAPSED,
};

// The findings of cases, a column a norm. Columns are empty for a norm that there is not.
class Findings {
 public:
  Findings() noexcept = default;
  explicit Findings(pship_findings* adopted) : handle_(adopted) {}

  std::int64_t cases() const noexcept { return pship_findings_cases(raw()); }
  std::int32_t norms() const noexcept { return pship_findings_norms(raw()); }
  // The id of a norm by its number; empty: there is none.
  std::string_view norm(std::int32_t number) const noexcept {
    const char* id = pship_findings_norm(raw(), number);
    return id == nullptr ? std::string_view() : std::string_view(id);
  }
  // The number of a norm, or -1.
  std::int32_t find(std::string_view norm) const {
    if (norm.find('\0') != std::string_view::npos) return -1;
    return pship_findings_find(raw(), std::string(norm).c_str());
  }
  // PSHIP_MET, ...; PSHIP_STATE_*; due dates (PSHIP_DATE_NONE: none). A value a case.
  Span<const std::uint8_t> outcomes(std::int32_t norm) const noexcept {
    return column(pship_findings_outcomes(raw(), norm));
  }
  Span<const std::uint8_t> states(std::int32_t norm) const noexcept {
    return column(pship_findings_states(raw(), norm));
  }
  Span<const pship_date> dues(std::int32_t norm) const noexcept {
    return column(pship_findings_dues(raw(), norm));
  }
  // A row a case and norm: case, norm, article, citation, label, outcome, state, due, bearer_id,
  // bearer, counterparty_id, counterparty, version_from, reason, charter_hash. Options: norm,
  // outcome.
  Table table(Language language, const Options& options = {}) const {
    return detail::table_of(pship_findings_table, raw(), static_cast<std::int32_t>(language),
                            options.raw());
  }
  const pship_findings* raw() const noexcept { return handle_.get(); }

 private:
  template <class T>
  Span<const T> column(const T* data) const noexcept {
    return Span<const T>(data, data == nullptr ? 0 : static_cast<std::size_t>(cases()));
  }
  detail::Shared<pship_findings, pship_findings_free> handle_;
};

// Events of cases. Options of its calls: `on` (the day, must be given), and those of Charter.
class History {
 public:
  History() noexcept = default;
  explicit History(pship_history* adopted) : handle_(adopted) {}

  // The columns of Findings::table, with the case's id and its kind.
  Table assess(Language language, const Options& options) const {
    return made(pship_history_assess, language, options);
  }
  // What is due: case, kind, norm, article, citation, label, bearer_id, bearer, counterparty_id,
  // counterparty, due, state, days_left, next_step. Options also: bearer, due_from, due_to.
  Table obligations(Language language, const Options& options) const {
    return made(pship_history_obligations, language, options);
  }
  // The same as iCalendar. Options also: stamp (must be given), link.
  Text icalendar(Language language, const Options& options) const {
    return detail::text_of(pship_history_icalendar, raw(), static_cast<std::int32_t>(language),
                           options.raw());
  }
  const pship_history* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function, Language language, const Options& options) const {
    return detail::table_of(function, raw(), static_cast<std::int32_t>(language), options.raw());
  }
  detail::Shared<pship_history, pship_history_free> handle_;
};

class Charter {
 public:
  Charter() noexcept = default;
  explicit Charter(pship_charter* adopted) : handle_(adopted) {}

  // `calendars`: those that it may name besides the ones that ship. Throws PSHIP_MALFORMED,
  // PSHIP_INVALID_DOCUMENT: every problem with its pointer and line.
  static Charter load(std::string_view json, const std::vector<Calendar>& calendars = {}) {
    std::vector<const pship_calendar*> raw;
    raw.reserve(calendars.size());
    for (const Calendar& calendar : calendars) raw.push_back(calendar.raw());
    pship_charter* charter = nullptr;
    detail::call(pship_charter_load, json.data(), json.size(), raw.data(), raw.size(), &charter);
    return Charter(charter);
  }
  // The JSON Schema (draft 2020-12) of the document.
  static Text schema() { return detail::text_of(pship_charter_schema); }

  // One row: charter, version, title, status, in_force_from, in_force_to, source, address,
  // calendar, norms, hash.
  Table about(Language language) const { return made(pship_charter_about, language); }
  // A row a version of a norm.
  Table norms(Language language) const { return made(pship_charter_norms, language); }
  // A row a fact of each kind of case: kind, kind_label, fact, type, label, optional.
  Table kinds(Language language) const { return made(pship_charter_kinds, language); }
  Hash hash() const {
    Hash hash{};
    detail::call(pship_charter_hash, raw(), hash.data());
    return hash;
  }
  // What reads cases of a kind. Throws PSHIP_NOT_FOUND.
  Feel facts(std::string_view kind) const {
    pship_feel* feel = nullptr;
    detail::call(pship_charter_facts, raw(), detail::name(kind, "kind").c_str(), &feel);
    return Feel(feel);
  }
  // The tests beside the norms: norm, version_from, test, on, expected, got, passed, reason.
  Table test() const { return detail::table_of(pship_charter_test, raw()); }

  // Options of what follows: on (the day, must be given), disabled, threads, budgets.
  Findings assess(std::string_view kind, const FeelCase& of, const Options& options) const {
    pship_findings* findings = nullptr;
    detail::call(pship_charter_assess, raw(), detail::name(kind, "kind").c_str(), of.raw(),
                 options.raw(), &findings);
    return Findings(findings);
  }
  Findings assess(std::string_view kind, const FeelCases& cases, const Options& options) const {
    pship_findings* findings = nullptr;
    detail::call(pship_charter_assess_all, raw(), detail::name(kind, "kind").c_str(), cases.raw(),
                 options.raw(), &findings);
    return Findings(findings);
  }
  // Why, for people and for programs. Throw PSHIP_NOT_FOUND for a norm of another kind.
  Text explain_text(std::string_view kind, const FeelCase& of, std::string_view norm,
                    Language language, const Options& options) const {
    return detail::text_of(pship_charter_explain_text, raw(), detail::name(kind, "kind").c_str(),
                           of.raw(), detail::name(norm, "norm").c_str(),
                           static_cast<std::int32_t>(language), options.raw());
  }
  Text explain_json(std::string_view kind, const FeelCase& of, std::string_view norm,
                    const Options& options) const {
    return detail::text_of(pship_charter_explain_json, raw(), detail::name(kind, "kind").c_str(),
                           of.raw(), detail::name(norm, "norm").c_str(), options.raw());
  }
  // The findings of a case with changed facts against those without; both are JSON.
  Table what_if(std::string_view kind, std::string_view facts, std::string_view changes,
                Language language, const Options& options) const {
    return detail::table_of(pship_charter_what_if, raw(), detail::name(kind, "kind").c_str(),
                            facts.data(), facts.size(), changes.data(), changes.size(),
                            static_cast<std::int32_t>(language), options.raw());
  }
  History history(std::string_view json) const {
    pship_history* history = nullptr;
    detail::call(pship_history_load, raw(), json.data(), json.size(), &history);
    return History(history);
  }

  // What changed from this to `after`, and for whom: norm, version_from, change, what, before,
  // after, bearer, counterparty.
  Table compare(const Charter& after, Language language) const {
    return detail::table_of(pship_charter_compare, raw(), after.raw(),
                            static_cast<std::int32_t>(language));
  }
  // Which cases (an array of objects, or one a line) come out differently.
  Table compare_cases(const Charter& after, std::string_view kind, std::string_view cases,
                      const Options& options) const {
    return detail::table_of(pship_charter_compare_cases, raw(), after.raw(),
                            detail::name(kind, "kind").c_str(), cases.data(), cases.size(),
                            options.raw());
  }
  // Options: date (must be given where none can be found), country, author.
  Text akoma_ntoso(Language language, const Options& options = {}) const {
    return detail::text_of(pship_charter_akoma_ntoso, raw(), static_cast<std::int32_t>(language),
                           options.raw());
  }
  const pship_charter* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function, Language language) const {
    return detail::table_of(function, raw(), static_cast<std::int32_t>(language));
  }
  detail::Shared<pship_charter, pship_charter_free> handle_;
};

}  // namespace pship

#endif
