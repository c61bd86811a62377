// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of charters fails once, through the C API: the call says so, its output is NULL,
// nothing leaks, and it works as soon as there is memory.
#include <gtest/gtest.h>

#include <string_view>

#include "partnership/partnership.h"
#include "support/failing_memory.hpp"

namespace partnership {
namespace {

// Every shape of norm that makes memory of its own: a deadline that may be extended, its
// reparation, an exception, and a coverage. It names no calendar that ships.
constexpr std::string_view document = R"json({
  "charter": "a charter whose id no string can hold without memory", "version": "1", "in force": {"from": "2026-01-01"},
  "title": {"en": "Title", "ar": "عنوان"}, "source": {"title": "Source"},
  "parties": {"we": {"en": "We", "ar": "نحن"}, "you": "You"},
  "kinds": {"letter": {"label": "Letter", "dated by": "came", "facts": {"came": "date", "went": "date",
    "longer": "boolean", "why": "string", "seats": [{"side": "string", "sex": "string"}]}}},
  "norms": [
    {"id": "reply", "citation": "1", "label": {"en": "A reply"}, "modality": "obligation",
     "bearer": "we", "counterparty": "you", "about": "letter", "reparation": "apology",
     "deadline": {"after": "came", "within": "15 days", "done": "went",
       "extension": {"by": "15 days", "when": "longer", "reason": "why"}}},
    {"id": "apology", "citation": "2", "label": "An apology", "modality": "obligation",
     "bearer": "we", "about": "letter", "require": "why != \"none\" and longer"},
    {"id": "seats", "citation": "3", "label": "Seats", "modality": "obligation", "bearer": "we",
     "about": "letter", "coverage": {"of": "seats", "required": "every cell",
       "rows": {"by": "side", "values": ["a", "b"]},
       "columns": {"by": "sex", "values": ["f", "m"]}},
     "tests": [{"on": "2026-01-05", "case": {"came": "2026-01-01", "seats": []},
                "expect": "not met"}]}]})json";
constexpr std::string_view facts =
    R"({"came": "2026-01-05", "went": null, "longer": false, "why": "a long text", )"
    R"("seats": [{"side": "a", "sex": "f"}, {"side": "b"}]})";
constexpr std::string_view changes = R"({"went": "2026-01-06"})";
constexpr std::string_view events = R"({"complete": true, "events": [
  {"on": "2026-01-05", "case": "one", "kind": "letter", "facts": {"came": "2026-01-05"}},
  {"on": "2026-01-06", "case": "one", "append": {"seats": [{"side": "a", "sex": "f"}]}},
  {"on": "2026-01-07", "case": "one", "withdraw": ["longer"], "facts": {"why": "none"}}]})";
constexpr pship_date on = 20493;  // 2026-02-09
constexpr std::int32_t en = PSHIP_LANG_EN;

// What a pipeline has made so far; goes away at its end. The options are made before.
struct Made {
  const pship_options* options = nullptr;
  pship_charter* charter = nullptr;
  pship_feel* facts = nullptr;
  pship_feel_case* one = nullptr;
  pship_feel_cases* many = nullptr;
  pship_findings* findings = nullptr;
  pship_history* history = nullptr;
  pship_table* table = nullptr;
  pship_table* other = nullptr;
  pship_text* words = nullptr;

  Made() = default;
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ~Made() {
    pship_text_free(words);
    pship_table_free(other);
    pship_table_free(table);
    pship_history_free(history);
    pship_findings_free(findings);
    pship_feel_cases_free(many);
    pship_feel_case_free(one);
    pship_feel_free(facts);
    pship_charter_free(charter);
  }
};

// A step and whether its output is NULL.
template <class Call, class Output>
auto step(Call call, Output Made::*output) {
  return [call, output](Made& made, pship_error** err) {
    const pship_status status = call(made, err);
    EXPECT_EQ(status == PSHIP_OK, made.*output != nullptr);
    return status;
  };
}

const auto load = step(
    [](Made& made, pship_error** err) {
      return pship_charter_load(document.data(), document.size(), nullptr, 0, &made.charter, err);
    },
    &Made::charter);
const auto read = step(
    [](Made& made, pship_error** err) {
      const pship_status status = pship_charter_facts(made.charter, "letter", &made.facts, err);
      if (status != PSHIP_OK) return status;
      return pship_feel_case_read(made.facts, facts.data(), facts.size(), &made.one, err);
    },
    &Made::one);
const auto tell = step(
    [](Made& made, pship_error** err) {
      return pship_history_load(made.charter, events.data(), events.size(), &made.history, err);
    },
    &Made::history);

class CharterMemory : public testing::Test {
 protected:
  CharterMemory() {
    const std::string_view stamp = "2026-02-09T10:00:00Z";
    EXPECT_EQ(pship_options_new(&options_, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_options_set_date(options_, "on", on, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_options_new(&stamped_, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_options_set_date(stamped_, "on", on, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_options_set_text(stamped_, "stamp", stamp.data(), stamp.size(), nullptr),
              PSHIP_OK);
  }
  ~CharterMemory() override {
    pship_options_free(options_);
    pship_options_free(stamped_);
  }

  // Runs `before` with all memory, then `steps` with memory for no allocation, for one, ... They
  // must have run out `least` times; each failure is that of memory.
  template <class Before, class... Steps>
  void expect_to_survive(long least, const Before& before, const Steps&... steps) {
    long leaked = 0;
    bool clean = true;
    const auto work = [&] {
      const long allowed = failing_memory::allowance;
      failing_memory::allowance = std::numeric_limits<long>::max();
      Made made;
      made.options = options_;
      before(made);
      failing_memory::allowance = allowed;
      const auto run = [&](const auto& each) {
        pship_error* error = nullptr;
        const pship_status status = each(made, &error);
        clean = clean && (status == PSHIP_OK || status == PSHIP_NO_MEMORY) &&
                (status == PSHIP_OK) == (error == nullptr);
        pship_error_free(error);
        return status == PSHIP_OK;
      };
      return (run(steps) && ...);
    };
    EXPECT_TRUE(work());  // what is made once and kept is no leak
    const long took = failing_memory::run_out(work, 20000, leaked);
    EXPECT_TRUE(clean);
    EXPECT_GE(took, least);
    EXPECT_EQ(leaked, 0);
  }

  pship_options* options_ = nullptr;
  pship_options* stamped_ = nullptr;
};

const auto nothing = [](Made&) {};
const auto loaded = [](Made& made) { ASSERT_EQ(load(made, nullptr), PSHIP_OK); };
const auto prepared = [](Made& made) {
  ASSERT_EQ(load(made, nullptr), PSHIP_OK);
  ASSERT_EQ(read(made, nullptr), PSHIP_OK);
};
const auto told = [](Made& made) {
  ASSERT_EQ(load(made, nullptr), PSHIP_OK);
  ASSERT_EQ(tell(made, nullptr), PSHIP_OK);
};

TEST_F(CharterMemory, LoadingSurvivesEveryFailure) {
  expect_to_survive(300, nothing, load);
}

TEST_F(CharterMemory, TablesSurviveEveryFailure) {
  expect_to_survive(20, loaded,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_norms(made.charter, en, &made.table, err);
                        },
                        &Made::table));
  expect_to_survive(
      20, loaded,
      step([](Made& made,
              pship_error** err) { return pship_charter_test(made.charter, &made.table, err); },
           &Made::table));
}

TEST_F(CharterMemory, AssessingSurvivesEveryFailure) {
  expect_to_survive(20, loaded, read,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_assess(made.charter, "letter", made.one,
                                                      made.options, &made.findings, err);
                        },
                        &Made::findings),
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_findings_table(made.findings, en, nullptr, &made.table, err);
                        },
                        &Made::table));
}

TEST_F(CharterMemory, AssessingManySurvivesEveryFailure) {
  expect_to_survive(20, prepared,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_feel_cases_read(made.facts, facts.data(), facts.size(),
                                                       &made.many, err);
                        },
                        &Made::many),
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_assess_all(made.charter, "letter", made.many,
                                                          made.options, &made.findings, err);
                        },
                        &Made::findings));
}

TEST_F(CharterMemory, ExplainingSurvivesEveryFailure) {
  for (const char* const norm : {"reply", "apology", "seats"}) {
    expect_to_survive(50, prepared,
                      step(
                          [norm](Made& made, pship_error** err) {
                            return pship_charter_explain_text(made.charter, "letter", made.one,
                                                              norm, en, made.options, &made.words,
                                                              err);
                          },
                          &Made::words));
    expect_to_survive(50, prepared,
                      step(
                          [norm](Made& made, pship_error** err) {
                            return pship_charter_explain_json(made.charter, "letter", made.one,
                                                              norm, made.options, &made.words, err);
                          },
                          &Made::words));
  }
}

TEST_F(CharterMemory, SupposingSurvivesEveryFailure) {
  expect_to_survive(50, loaded,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_what_if(made.charter, "letter", facts.data(),
                                                       facts.size(), changes.data(), changes.size(),
                                                       en, made.options, &made.table, err);
                        },
                        &Made::table));
}

TEST_F(CharterMemory, HistoriesSurviveEveryFailure) {
  expect_to_survive(50, loaded, tell,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_history_assess(made.history, en, made.options, &made.table,
                                                      err);
                        },
                        &Made::table));
  expect_to_survive(20, told,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_history_obligations(made.history, en, made.options,
                                                           &made.other, err);
                        },
                        &Made::other));
}

TEST_F(CharterMemory, WritingForOthersSurvivesEveryFailure) {
  expect_to_survive(20, told,
                    step(
                        [this](Made& made, pship_error** err) {
                          return pship_history_icalendar(made.history, en, stamped_, &made.words,
                                                         err);
                        },
                        &Made::words));
  expect_to_survive(20, loaded,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_akoma_ntoso(made.charter, en, nullptr, &made.words,
                                                           err);
                        },
                        &Made::words));
}

TEST_F(CharterMemory, ComparingSurvivesEveryFailure) {
  expect_to_survive(20, loaded,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_compare(made.charter, made.charter, en, &made.table,
                                                       err);
                        },
                        &Made::table));
  expect_to_survive(20, loaded,
                    step(
                        [](Made& made, pship_error** err) {
                          return pship_charter_compare_cases(made.charter, made.charter, "letter",
                                                             facts.data(), facts.size(),
                                                             made.options, &made.table, err);
                        },
                        &Made::table));
}

}  // namespace
}  // namespace partnership
