// SPDX-License-Identifier: Apache-2.0
//
// A charter that ships, cases of it and a small one of our own, for the tests of charter.h.
#pragma once

#include "harness.hpp"

namespace pship_testing {

inline std::string pack(const std::string& name) {
  return said(made<pship_text>([&](auto** out) {
                return pship_packs_text(nullptr, name.c_str(), out, nullptr);
              }).get());
}

inline Owned<pship_charter> charter_of(std::string_view json) {
  return made<pship_charter>([&](auto** out) {
    return pship_charter_load(json.data(), json.size(), nullptr, 0, out, nullptr);
  });
}

// Law 28/2017 of Lebanon: 12 norms (4 of them on requests, and one more that is not enabled).
inline Owned<pship_charter> lebanon() {
  return charter_of(pack("charters/lebanon-28-2017.json"));
}

// A request that was not answered.
inline constexpr std::string_view silent =
    R"({"registered on": "2018-01-25", "answered on": null, "answer": "none", "extended": false,
        "reason for the extension": "", "complaint received on": null,
        "complaint decided on": null})";
// One that was answered on the last day.
inline constexpr std::string_view answered =
    R"({"registered on": "2018-01-25", "answered on": "2018-02-09", "answer": "given",
        "extended": false, "reason for the extension": "", "complaint received on": null,
        "complaint decided on": null})";

// A charter with one norm, a deadline of so many days, by a calendar working days.
inline std::string promise(int days, std::string_view calendar = {}) {
  return R"({"charter": "t", "version": ")" + std::to_string(days) + R"(", "title": "T",
    "source": {"title": "S"}, "parties": {"we": "We", "you": "You"}, )" +
         (calendar.empty() ? std::string() : R"("calendar": ")" + std::string(calendar) + "\", ") +
         R"("kinds": {"letter": {"label": "Letter", "facts": {"came": "date", "went": "date"}}},
    "norms": [{"id": "reply", "citation": "1", "label": "A reply", "modality": "obligation",
      "bearer": "we", "counterparty": "you", "about": "letter",
      "deadline": {"after": "came", "within": ")" +
         std::to_string(days) + (calendar.empty() ? " days" : " working days") +
         R"(", "done": "went"}}]})";
}

inline Owned<pship_feel> facts_of(const pship_charter* charter, const char* kind) {
  return made<pship_feel>(
      [&](auto** out) { return pship_charter_facts(charter, kind, out, nullptr); });
}

inline Owned<pship_feel_case> case_of(const pship_charter* charter, const char* kind,
                                      std::string_view json) {
  const auto facts = facts_of(charter, kind);
  return made<pship_feel_case>([&](auto** out) {
    return pship_feel_case_read(facts.get(), json.data(), json.size(), out, nullptr);
  });
}

inline pship_date day(std::string_view iso) {
  pship_date out = PSHIP_DATE_NONE;
  if (pship_date_parse(iso.data(), iso.size(), &out, nullptr) != PSHIP_OK) std::abort();
  return out;
}

inline Options on(std::string_view iso) {
  Options options;
  options.day("on", day(iso));
  return options;
}

// The value of a detail of the first problem, or an empty text.
inline std::string detail(const pship_error* error, std::string_view key) {
  for (std::int32_t i = 0; i < pship_error_details(error); ++i) {
    if (pship_error_detail_key(error, i) == key) return pship_error_detail_value(error, i);
  }
  return {};
}

}  // namespace pship_testing
