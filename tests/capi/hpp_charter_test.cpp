// SPDX-License-Identifier: Apache-2.0
//
// Charters through partnership.hpp, linked with the shared library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "capi/owners.hpp"
#include "partnership/partnership.hpp"

namespace {

using pship::Charter;
using pship::Date;
using pship::FeelCase;
using pship::FeelCases;
using pship::Findings;
using pship::History;
using pship::Language;
using pship::Options;
using pship::State;
using pship::Table;
using pship::Text;
using pship::testing::code_of;
using testing::HasSubstr;

constexpr const char* silent =
    R"({"registered on": "2018-01-25", "answered on": null, "answer": "none", "extended": false,
        "reason for the extension": "", "complaint received on": null,
        "complaint decided on": null})";
constexpr const char* reply = R"({"answered on": "2018-02-09", "answer": "given"})";

Charter lebanon() {
  return Charter::load(pship::Packs().text("charters/lebanon-28-2017.json").view());
}

Options on(const char* iso) {
  return Options().set("on", Date::parse(iso));
}

std::string text_of(const Text& text) {
  return std::string(text.view());
}

TEST(HppCharter, LoadsAndTellsOfItself) {
  const Charter charter = lebanon();
  const Table about = charter.about(Language::en);
  EXPECT_EQ(about.texts("charter")[0], "lebanon-28-2017");
  EXPECT_EQ(charter.norms(Language::en).rows(), 12);
  EXPECT_EQ(charter.kinds(Language::fr).texts("fact")[0], "registered on");
  EXPECT_EQ(charter.hash(), lebanon().hash());
  const Table tests = charter.test();
  EXPECT_EQ(tests.rows(), 67);
  for (std::int64_t i = 0; i < tests.rows(); ++i) {
    EXPECT_EQ(tests.booleans("passed")[i], 1);
  }
  EXPECT_THAT(text_of(Charter::schema()), HasSubstr("2020-12"));
  EXPECT_THAT(text_of(charter.akoma_ntoso(Language::ar)), HasSubstr("akomaNtoso"));
  try {
    Charter::load("{}");
    FAIL();
  } catch (const pship::Error& error) {
    EXPECT_EQ(error.code(), PSHIP_INVALID_DOCUMENT);
    EXPECT_GE(error.problems().size(), 3U);
  }
}

TEST(HppCharter, TakesCalendars) {
  const auto calendar = pship::Calendar::load(
      R"({"calendar": "t", "title": {"en": "T"}, "valid": {"from": "2024-01-01", "to": "2025-01-01"},
          "weekend": ["saturday", "sunday"]})");
  constexpr const char* json = R"({"charter": "t", "version": "1", "title": "T", "calendar": "t",
    "source": {"title": "S"}, "parties": {"we": "We"},
    "kinds": {"letter": {"label": "Letter", "facts": {"came": "date", "went": "date"}}},
    "norms": [{"id": "reply", "citation": "1", "label": "A reply", "modality": "obligation",
      "bearer": "we", "about": "letter",
      "deadline": {"after": "came", "within": "3 working days", "done": "went"}}]})";
  EXPECT_EQ(code_of([&] { Charter::load(json); }), PSHIP_INVALID_DOCUMENT);
  const Charter charter = Charter::load(json, {calendar});
  const FeelCase letter = charter.facts("letter").read_case(R"({"came": "2024-05-02"})");
  const Findings findings = charter.assess("letter", letter, on("2024-05-03"));
  EXPECT_EQ(findings.dues(0)[0], Date::parse("2024-05-07").days());
}

TEST(HppCharter, AssessesAndShowsColumns) {
  const Charter charter = lebanon();
  const FeelCase one = charter.facts("request").read_case(silent);
  const Findings findings = charter.assess("request", one, on("2018-02-10"));
  EXPECT_EQ(findings.cases(), 1);
  EXPECT_EQ(findings.norms(), 4);
  EXPECT_EQ(findings.norm(0), "answer");
  EXPECT_EQ(findings.norm(9), "");
  EXPECT_EQ(findings.find("complaint"), 1);
  EXPECT_EQ(findings.find(std::string_view("complaint\0", 10)), -1);
  ASSERT_EQ(findings.outcomes(0).size(), 1U);
  EXPECT_EQ(findings.outcomes(0)[0], PSHIP_NOT_MET);
  EXPECT_EQ(static_cast<State>(findings.states(0)[0]), State::deemed);
  EXPECT_EQ(findings.outcomes(9).size(), 0U);
  EXPECT_EQ(findings.table(Language::en).rows(), 4);
  EXPECT_EQ(findings.table(Language::en, Options().set("norm", "complaint")).texts("norm")[0],
            "complaint");

  const FeelCases many =
      charter.facts("request").read_cases("[" + std::string(silent) + "," + silent + "]");
  EXPECT_EQ(charter.assess("request", many, on("2018-02-10")).cases(), 2);
  EXPECT_EQ(code_of([&] { charter.assess("request", many, {}); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { charter.facts("requst"); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([&] { charter.assess("body", one, on("2018-02-10")); }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { charter.facts(std::string_view("request\0", 8)); }),
            PSHIP_INVALID_ARGUMENT);
}

TEST(HppCharter, SaysWhyAndWhatIf) {
  const Charter charter = lebanon();
  const FeelCase one = charter.facts("request").read_case(silent);
  const Options asked = on("2018-02-10");
  EXPECT_THAT(text_of(charter.explain_text("request", one, "answer", Language::fr, asked)),
              HasSubstr("Une demande reçoit réponse"));
  EXPECT_EQ(charter.explain_json("request", one, "answer", asked).view().front(), '{');
  EXPECT_EQ(code_of([&] { charter.explain_json("request", one, "officer", asked); }),
            PSHIP_NOT_FOUND);
  const Table other = charter.what_if("request", silent, reply, Language::en, asked);
  EXPECT_EQ(other.texts("outcome_after")[0], "met");
}

TEST(HppCharter, FoldsHistories) {
  History history;
  {
    const Charter charter = lebanon();
    history = charter.history(
        R"({"complete": true, "events": [{"on": "2018-02-05", "case": "r", "kind": "request",
            "facts": {"registered on": "2018-02-05", "extended": false}}]})");
  }
  EXPECT_EQ(history.assess(Language::en, on("2018-02-10")).texts("case")[0], "r");
  const Table due = history.obligations(Language::en, on("2018-02-10"));
  EXPECT_EQ(due.texts("norm")[0], "answer");
  EXPECT_EQ(due.dates("due")[0], Date::parse("2018-02-20"));
  const Options stamped = on("2018-02-10").set("stamp", "2018-02-10T10:00:00Z");
  EXPECT_THAT(text_of(history.icalendar(Language::en, stamped)), HasSubstr("BEGIN:VTODO"));
  EXPECT_EQ(code_of([&] { history.icalendar(Language::en, on("2018-02-10")); }),
            PSHIP_INVALID_ARGUMENT);
}

TEST(HppCharter, Compares) {
  const Charter charter = lebanon();
  std::string amended(pship::Packs().text("charters/lebanon-28-2017.json").view());
  amended.replace(amended.find("\"15 days\""), 9, "\"10 days\"");
  const Charter after = Charter::load(amended);
  EXPECT_EQ(charter.compare(after, Language::en).texts("after")[0], "10 days");
  const Table cases =
      charter.compare_cases(after, "request", "[" + std::string(silent) + "]", on("2018-02-07"));
  EXPECT_EQ(cases.texts("outcome_before")[0], "pending");
  EXPECT_EQ(cases.texts("outcome_after")[0], "not met");
}

TEST(HppCharter, HandlesThatHoldNothingFailAsNullDoes) {
  const Charter none;
  EXPECT_EQ(code_of([&] { none.about(Language::en); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { none.test(); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { none.hash(); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { none.history("{}"); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { lebanon().assess("request", FeelCase(), on("2018-02-10")); }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { lebanon().compare(none, Language::en); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { History().assess(Language::en, on("2018-02-10")); }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(Findings().cases(), 0);
  EXPECT_EQ(Findings().outcomes(0).size(), 0U);
}

}  // namespace
