// SPDX-License-Identifier: Apache-2.0
//
// Every allocation fails once: of explaining, of tables and histories, of what would be otherwise.
// What is thrown is std::bad_alloc, nothing leaks, and it works as soon as there is memory.
#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "charter/findings_table.hpp"
#include "charter/obligations.hpp"
#include "charter/traces.hpp"
#include "charter/what_if.hpp"
#include "charter/words_tools.hpp"
#include "support/failing_memory.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using failing_memory::expect_to_survive;
using failing_memory::Start;

constexpr const char* late =
    R"({"opened": "2020-01-06", "public": false, "asked": "2020-02-03", "answered": "2020-02-21",
        "extended": true, "extension told": "2020-02-10", "sorry": null, "meeting": "2020-03-20",
        "meetings": ["2020-01-20"], "members": [{"side": "gov"}, {"name": "n"}],
        "steps": [{"step": "do", "level": "decide"}]})";

class WordsMemory : public testing::Test {
 protected:
  WordsMemory() { question_.on = parse_date("2020-06-01"); }
  const Charter& charter() const { return explainer_.charter(); }

  Explainer explainer_{scenario_charter()};
  Question question_;
};

TEST_F(WordsMemory, MayRunOutWhileExplaining) {
  const auto of = charter().kinds()[0].set->read_case(late);
  for (const char* const id : {"answer", "public", "apology", "gap", "steps", "notice too"}) {
    const std::uint32_t norm = explainer_.norm(id);
    expect_to_survive([&] { explain(charter(), 0, *of, norm, question_); }, 5, Start::warm);
    const Explanation told = explain(charter(), 0, *of, norm, question_);
    expect_to_survive([&] { EXPECT_FALSE(told.json().empty()); }, 20, Start::warm);
    for (const Language language : all_languages) {
      expect_to_survive([&] { EXPECT_FALSE(told.text(language).empty()); }, 20, Start::warm);
    }
  }
  Traces traces(charter(), 0, question_);
  expect_to_survive([&] { Traces(charter(), 0, question_).look_into(*of); }, 50, Start::warm);
  expect_to_survive([&] { traces.look_into(*of); }, 1, Start::warm);
}

TEST_F(WordsMemory, MayRunOutWhileMakingTables) {
  const auto cases = charter().kinds()[0].set->read_cases(std::string("[") + late + "]");
  const Findings findings = assess(charter(), 0, *cases, question_);
  expect_to_survive([&] { findings_table(charter(), findings, question_.on, {}, Language::fr); },
                    50, Start::warm);
  expect_to_survive(
      [&] {
        what_if(charter(), 0, late, R"({"facts": {"public": true}, "withdraw": ["asked"]})",
                question_, Language::ar);
      },
      100, Start::warm);
}

TEST_F(WordsMemory, MayRunOutWhileFoldingHistories) {
  const std::string document =
      R"({"complete": true, "events": [
        {"on": "2020-01-06", "case": "a case with a name that no short text holds", "kind": "dialogue",
         "facts": {"opened": "2020-01-06", "asked": "2020-05-20", "public": true}},
        {"on": "2020-01-07", "case": "k", "kind": "dialogue", "append": {"meetings": ["2020-01-07"]}},
        {"on": "2020-01-08", "case": "k", "append": {"meetings": ["2020-01-08"]},
         "withdraw": ["asked"]}]})";
  expect_to_survive([&] { History::read(explainer_.share(), document); }, 50, Start::warm);
  const auto history = History::read(explainer_.share(), document);
  expect_to_survive([&] { history->as_of(question_.on); }, 20, Start::warm);
  expect_to_survive(
      [&] {
        obligations_table(charter(), obligations(*history, question_), question_.on, Language::en);
      },
      50, Start::warm);
  expect_to_survive(
      [&] {
        EXPECT_THROW(
            History::read(explainer_.share(),
                          R"({"events": [{"on": 1, "case": "a", "kind": "x", "facts": {"n": 1}},
                             {"on": "2020-01-01", "case": "b", "facts": {}},
                             {"on": "2020-01-01", "case": "c", "kind": "dialogue",
                              "facts": {"opend": null}}]})"),
            Error);
      },
      20, Start::warm);
}

}  // namespace
}  // namespace partnership::charter
