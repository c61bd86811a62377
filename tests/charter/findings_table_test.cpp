// SPDX-License-Identifier: Apache-2.0
//
// Findings as tables, and what would come out if facts were otherwise.
#include "charter/findings_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "charter/charter_tools.hpp"
#include "charter/reasons.hpp"
#include "charter/what_if.hpp"
#include "charter/words_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

class Tables : public testing::Test {
 protected:
  std::shared_ptr<const feel::Cases> cases(const std::string& lines) const {
    return charter().kinds()[0].set->read_cases(lines);
  }
  const Charter& charter() const { return explainer_.charter(); }
  Question on(const char* day) const {
    Question out;
    out.on = parse_date(day);
    return out;
  }

  Explainer explainer_{scenario_charter()};
};

constexpr const char* two_cases =
    R"({"opened": "2020-01-06", "public": true, "asked": "2020-02-03", "answered": "2020-02-21"}
{"opened": "2020-01-06", "public": false, "meeting": "2020-03-20", "invited": "2020-03-10"})";

TEST_F(Tables, HaveARowACaseAndNorm) {
  const Findings findings = assess(charter(), 0, *cases(two_cases), on("2020-03-01"));
  const Table table =
      findings_table(charter(), findings, parse_date("2020-03-01"), {}, Language::fr);
  const std::size_t norms = findings.norms().size();
  ASSERT_EQ(table.rows(), static_cast<std::int64_t>(2 * norms));
  EXPECT_THAT(column_names(table),
              ElementsAre("case", "norm", "article", "citation", "label", "outcome", "state", "due",
                          "bearer_id", "bearer", "counterparty_id", "counterparty", "version_from",
                          "reason", "charter_hash"));
  EXPECT_THAT(
      cells(table, 4),
      ElementsAre("0", "answer", "-", "art. 5", "Réponse à temps", "not met", "fulfilled late",
                  "2020-02-18", "ministry", "le ministère", "platform", "la plateforme", "-",
                  "fait en retard (échéance\u00a0: 18 février 2020)", hex(charter().hash())));
  EXPECT_THAT(cells(table, 0),
              ElementsAre("0", "dated", "-", "art. 1", "La datée", "met", "fulfilled", "-",
                          "ministry", "le ministère", "platform", "la plateforme", "2019-01-01",
                          "la condition est remplie", hex(charter().hash())));
  // Each reason is that of the finding.
  for (std::int64_t i = 0; i < table.rows(); ++i) {
    const auto norm = static_cast<std::uint32_t>(static_cast<std::size_t>(i) % norms);
    const auto of = static_cast<std::uint32_t>(static_cast<std::size_t>(i) / norms);
    EXPECT_EQ(cell(table, "reason", i), say_reason({charter(),
                                                    findings.norms()[norm],
                                                    findings.at(norm, of),
                                                    parse_date("2020-03-01"),
                                                    nullptr,
                                                    {}},
                                                   Language::fr));
  }
}

TEST_F(Tables, HoldWhatIsAskedFor) {
  const Findings findings = assess(charter(), 0, *cases(two_cases), on("2020-03-01"));
  const auto count = [&](const FindingsFilter& filter) {
    return findings_table(charter(), findings, parse_date("2020-03-01"), filter, Language::en)
        .rows();
  };
  const auto norms = static_cast<std::int64_t>(findings.norms().size());
  FindingsFilter filter;
  filter.norm = charter().find_norm("answer");
  EXPECT_EQ(count(filter), 2);
  filter.outcome = Outcome::not_met;
  EXPECT_EQ(count(filter), 1);
  filter.norm = -1;
  filter.outcome.reset();
  filter.first = 1;
  EXPECT_EQ(count(filter), norms);
  filter.rows = 0;
  EXPECT_EQ(count(filter), 0);
  filter.first = 7;
  filter.rows = 0xffffffff;
  EXPECT_EQ(count(filter), 0);
}

TEST_F(Tables, NameCasesOfSeveralKinds) {
  const Findings findings = assess(charter(), 0, *cases(two_cases), on("2020-03-01"));
  FindingsTable table(charter(), parse_date("2020-03-01"), Language::en);
  const std::vector<std::string> ids = {"first", "second"};
  FindingsFilter filter;
  filter.norm = charter().find_norm("dated");
  table.add(0, findings, ids, filter);
  const Table done = table.finish();
  ASSERT_EQ(done.rows(), 2);
  EXPECT_EQ(cell(done, "case", 1), "second");
  EXPECT_EQ(cell(done, "kind", 1), "dialogue");
  EXPECT_EQ(cell(done, "outcome", 1), "not met");
}

// ---- what if

constexpr const char* late =
    R"({"opened": "2020-01-06", "public": true, "asked": "2020-02-03", "answered": "2020-02-21",
        "sorry": null, "meetings": ["2020-02-01"]})";

TEST_F(Tables, TellWhatWouldBeOtherwise) {
  const Table table =
      what_if(charter(), 0, late, R"({"answered": "2020-02-18"})", on("2020-03-10"), Language::en);
  EXPECT_THAT(column_names(table),
              ElementsAre("norm", "article", "citation", "label", "outcome_before", "outcome_after",
                          "state_before", "state_after", "due_before", "due_after", "reason_before",
                          "reason_after"));
  ASSERT_EQ(table.rows(), 2);
  EXPECT_THAT(cells(table, 0),
              ElementsAre("answer", "-", "art. 5", "An answer in time", "not met", "met",
                          "fulfilled late", "fulfilled", "2020-02-18", "2020-02-18",
                          "done on 21 February 2020, 3 days late (due by 18 February 2020)",
                          "done on 18 February 2020 (due by 18 February 2020)"));
  EXPECT_THAT(cells(table, 1),
              ElementsAre("apology", "-", "art. 5.2", "An apology", "pending", "not applicable",
                          "pending", "-", "2020-03-19", "-", "not done yet; due by 19 March 2020",
                          "what it repairs has not been broken: An answer in time"));
}

TEST_F(Tables, ChangeFactsWholeOrAsEventsDo) {
  const Kind& kind = charter().kinds()[0];
  EXPECT_EQ(
      changed_facts(kind, R"({"score": 1, "public": true})", R"({"score": 2, "asked": null})"),
      R"({"asked":null,"public":true,"score":2})");
  EXPECT_EQ(changed_facts(kind, late,
                          R"({"facts": {"public": false}, "append": {"meetings": ["2020-03-01"]},
                              "withdraw": ["answered"]})"),
            R"({"opened":"2020-01-06","asked":"2020-02-03","sorry":null,"public":false,)"
            R"("meetings":["2020-02-01","2020-03-01"]})");
  EXPECT_EQ(changed_facts(kind, R"({"score": 1})", "{}"), R"({"score":1})");
  EXPECT_EQ(what_if(charter(), 0, late, "{}", on("2020-03-10"), Language::en).rows(), 0);
}

TEST_F(Tables, RefuseChangesThatAreNone) {
  const Kind& kind = charter().kinds()[0];
  const auto wrong = [&](const std::string& changes) {
    std::vector<std::string> out;
    try {
      changed_facts(kind, late, changes);
    } catch (const Error& error) {
      for (const Problem& problem : error.problems()) {
        out.push_back(problem.pointer + " " + problem.message);
      }
    }
    return out;
  };
  EXPECT_THAT(wrong(R"({"score": "x", "anwered": null})"),
              ElementsAre("/score expected number, found a text",
                          "/anwered no member `anwered` is declared, did you mean `answered`?"));
  EXPECT_THAT(wrong(R"({"withdraw": ["scor"], "append": {"score": 1}})"),
              ElementsAre("/withdraw/0 no fact `scor` is declared, did you mean `score`?",
                          "/append/score nothing can be appended to `score`, which is no list"));
  EXPECT_THAT(wrong("[1]"), testing::SizeIs(1));
  EXPECT_THAT(wrong("{"), testing::SizeIs(1));
  EXPECT_THROW(what_if(charter(), 0, R"({"nothing": 1})", "{}", on("2020-03-10"), Language::en),
               Error);
  EXPECT_THROW(what_if(charter(), 7, late, "{}", on("2020-03-10"), Language::en), Error);
}

}  // namespace
}  // namespace partnership::charter
