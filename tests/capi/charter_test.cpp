// SPDX-License-Identifier: Apache-2.0
//
// The C functions of charter.h about the document, assessment and findings: a right call, what they
// refuse, and what they leave behind then.
#include "charter_support.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int32_t en = PSHIP_LANG_EN;

// ---- the document

TEST(CApi, pship_charter_schema) {
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_charter_schema(&out, err); }));
  const Owned<pship_text> text(out);
  EXPECT_THAT(said(out), HasSubstr("\"https://json-schema.org/draft/2020-12/schema\""));
  EXPECT_EQ(said(out), pack("schemas/charter.schema.json"));
  EXPECT_TRUE(refuses_misuse(pship_charter_schema, &out));
}

TEST(CApi, pship_charter_load) {
  pship_charter* out = nullptr;
  const auto load = [&](std::string_view json) {
    return [&out, text = Exact(json)](pship_error** err) {
      return pship_charter_load(text.data(), text.size(), nullptr, 0, &out, err);
    };
  };
  const std::string json = pack("charters/lebanon-28-2017.json");
  EXPECT_TRUE(gives(load(json)));
  const Owned<pship_charter> charter(out);
  EXPECT_NE(out, nullptr);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load("{"), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load(""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("{}"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("[]"), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_load, json.data(), json.size(),
                             may(static_cast<const pship_calendar* const*>(nullptr)),
                             std::size_t{0}, &out));

  // All that is wrong, each at its place, also inside an expression.
  std::string wrong = promise(3);
  wrong.replace(wrong.find("\"went\"}"), 6, "\"wend\"");
  wrong.replace(wrong.find("\"we\", \"counterparty\""), 4, "\"he\"");
  const auto error = error_of(load(wrong));
  std::vector<std::string> pointers;
  for (std::int32_t i = 0; i < pship_error_problems(error.get()); ++i) {
    pointers.emplace_back(pship_error_pointer(error.get(), i));
    EXPECT_GT(pship_error_line(error.get(), i), 1);
  }
  EXPECT_THAT(pointers, testing::UnorderedElementsAre("/norms/0/bearer", "/norms/0/deadline/done"));
}

TEST(CApiCharter, TakesCalendars) {
  constexpr std::string_view json =
      R"({"calendar": "t", "title": {"en": "T"}, "valid": {"from": "2024-01-01", "to": "2025-01-01"},
          "weekend": ["saturday", "sunday"]})";
  const auto calendar = made<pship_calendar>(
      [&](auto** out) { return pship_calendar_load(json.data(), json.size(), out, nullptr); });
  const pship_calendar* const given[] = {calendar.get(), nullptr};
  const std::string text = promise(3, "t");
  pship_charter* out = nullptr;
  const auto load = [&](const pship_calendar* const* calendars, std::size_t n) {
    return [&, calendars, n](pship_error** err) {
      return pship_charter_load(text.data(), text.size(), calendars, n, &out, err);
    };
  };
  EXPECT_TRUE(gives(load(given, 1)));
  const Owned<pship_charter> charter(out);
  const auto letter = case_of(out, "letter", R"({"came": "2024-05-02", "went": null})");
  const auto findings = made<pship_findings>([&](auto** made_of) {
    return pship_charter_assess(charter.get(), "letter", letter.get(), on("2024-05-03").get(),
                                made_of, nullptr);
  });
  EXPECT_EQ(pship_findings_dues(findings.get(), 0)[0], day("2024-05-07"));  // over a weekend
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load(nullptr, 0), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, load(nullptr, 1), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, load(given, 2), out));
}

TEST(CApi, pship_charter_about) {
  const auto charter = lebanon();
  pship_table* out = nullptr;
  const auto about = [&](std::int32_t language) {
    return [&, language](pship_error** err) {
      return pship_charter_about(charter.get(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(about(PSHIP_LANG_FR)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("charter", "version", "title", "status", "in_force_from", "in_force_to",
                          "source", "address", "calendar", "norms", "hash"));
  EXPECT_EQ(pship_table_rows(out), 1);
  EXPECT_EQ(cell(out, "charter", 0), "lebanon-28-2017");
  EXPECT_THAT(cell(out, "title", 0), HasSubstr("droit d'accès"));
  EXPECT_EQ(cell(out, "in_force_from", 0), "2017-02-10");
  EXPECT_EQ(cell(out, "in_force_to", 0), "null");
  EXPECT_EQ(cell(out, "norms", 0), "12");
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, about(99), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_about, charter.get(), en, &out));
}

TEST(CApi, pship_charter_norms) {
  const auto charter = lebanon();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_charter_norms(charter.get(), en, &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(
      column_names(out),
      ElementsAre("norm", "kind", "article", "citation", "label", "text", "note", "modality",
                  "bearer_id", "bearer", "counterparty_id", "counterparty", "shape", "applies",
                  "condition", "in_force_from", "in_force_to", "principle", "source", "address",
                  "exception_of", "reparation", "covers", "standing", "enabled", "tests"));
  EXPECT_EQ(pship_table_rows(out), 12);
  EXPECT_EQ(cell(out, "norm", 0), "answer");
  EXPECT_EQ(cell(out, "bearer", 0), "Administration");
  EXPECT_EQ(cell(out, "shape", 0), "deadline");
  EXPECT_THAT(cell(out, "condition", 0), HasSubstr("15 days"));
  EXPECT_EQ(cell(out, "reparation", 0), "complaint");
  EXPECT_EQ(cell(out, "covers", 0), "LB-16a;LB-16b;LB-16c");
  EXPECT_EQ(cell(out, "enabled", 3), "false");
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](auto** err) { return pship_charter_norms(charter.get(), -1, &out, err); }, out));
  EXPECT_TRUE(refuses_misuse(pship_charter_norms, charter.get(), en, &out));
}

TEST(CApi, pship_charter_kinds) {
  const auto charter = lebanon();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_charter_kinds(charter.get(), en, &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("kind", "kind_label", "fact", "type", "label", "optional"));
  EXPECT_EQ(pship_table_rows(out), 21);
  EXPECT_EQ(cell(out, "fact", 0), "registered on");
  EXPECT_EQ(cell(out, "type", 0), "date");
  EXPECT_THAT(column(out, "optional"), Contains("true"));
  EXPECT_TRUE(refuses_misuse(pship_charter_kinds, charter.get(), en, &out));
}

TEST(CApi, pship_charter_hash) {
  const auto charter = lebanon();
  Digest hash{};
  EXPECT_TRUE(
      gives([&](auto** err) { return pship_charter_hash(charter.get(), hash.data(), err); }));
  EXPECT_NE(hash, Digest{});
  Digest same{}, other{};
  EXPECT_EQ(pship_charter_hash(lebanon().get(), same.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(hash, same);
  EXPECT_EQ(pship_charter_hash(charter_of(promise(3)).get(), other.data(), nullptr), PSHIP_OK);
  EXPECT_NE(hash, other);
  EXPECT_TRUE(refuses_misuse(pship_charter_hash, charter.get(), hash.data()));
}

TEST(CApi, pship_charter_facts) {
  const auto charter = lebanon();
  pship_feel* out = nullptr;
  EXPECT_TRUE(
      gives([&](auto** err) { return pship_charter_facts(charter.get(), "request", &out, err); }));
  const Owned<pship_feel> facts(out);
  EXPECT_GT(pship_feel_size(out), 0);
  const auto unknown = [&](pship_error** err) {
    return pship_charter_facts(charter.get(), "requst", &out, err);
  };
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, unknown, out));
  EXPECT_EQ(detail(error_of(unknown).get(), "nearest"), "request");
  EXPECT_TRUE(refuses(
      PSHIP_NOT_FOUND,
      [&](auto** err) { return pship_charter_facts(charter.get(), "", &out, err); }, out));
  EXPECT_TRUE(refuses_misuse(pship_charter_facts, charter.get(), "request", &out));
}

TEST(CApi, pship_charter_test) {
  const auto charter = lebanon();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_charter_test(charter.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("norm", "version_from", "test", "on", "expected",
                                             "got", "passed", "reason"));
  EXPECT_EQ(pship_table_rows(out), 67);
  EXPECT_THAT(column(out, "passed"), Each("true"));
  EXPECT_TRUE(refuses_misuse(pship_charter_test, charter.get(), &out));

  // A test can fail.
  std::string wrong = pack("charters/lebanon-28-2017.json");
  const std::size_t at = wrong.find("\"outcome\": \"met\"");
  ASSERT_NE(at, std::string::npos);
  wrong.replace(at, 16, "\"outcome\": \"not met\"");
  const auto failed = made<pship_table>([&](auto** made_of) {
    return pship_charter_test(charter_of(wrong).get(), made_of, nullptr);
  });
  EXPECT_EQ(cell(failed.get(), "passed", 0), "false");
}

TEST(CApi, pship_charter_free) {
  pship_charter_free(nullptr);
  auto charter = lebanon();
  const auto of = case_of(charter.get(), "request", silent);
  const auto findings = made<pship_findings>([&](auto** out) {
    return pship_charter_assess(charter.get(), "request", of.get(), on("2018-02-10").get(), out,
                                nullptr);
  });
  charter.reset();  // what was found goes on to live
  EXPECT_STREQ(pship_findings_norm(findings.get(), 0), "answer");
  EXPECT_NE(made<pship_table>([&](auto** out) {
              return pship_findings_table(findings.get(), en, nullptr, out, nullptr);
            }),
            nullptr);
}

// ---- assessment

struct Assessed {
  explicit Assessed(std::string_view json = silent, std::string_view as_of = "2018-02-10")
      : of(case_of(charter.get(), "request", json)), findings(made<pship_findings>([&](auto** out) {
          return pship_charter_assess(charter.get(), "request", of.get(), on(as_of).get(), out,
                                      nullptr);
        })) {}
  Owned<pship_charter> charter = lebanon();
  Owned<pship_feel_case> of;
  Owned<pship_findings> findings;
};

TEST(CApi, pship_charter_assess) {
  const Assessed it;
  const Options asked = on("2018-02-10");
  pship_findings* out = nullptr;
  const auto assess = [&](const pship_charter* charter, const char* kind,
                          const pship_options* options) {
    return [&, charter, kind, options](pship_error** err) {
      return pship_charter_assess(charter, kind, it.of.get(), options, &out, err);
    };
  };
  const pship_charter* const charter = it.charter.get();
  EXPECT_TRUE(gives(assess(charter, "request", asked.get())));
  const Owned<pship_findings> findings(out);
  EXPECT_EQ(pship_findings_cases(out), 1);
  EXPECT_EQ(pship_findings_outcomes(out, 0)[0], PSHIP_NOT_MET);
  EXPECT_EQ(pship_findings_states(out, 0)[0], PSHIP_STATE_DEEMED);
  EXPECT_EQ(pship_findings_dues(out, 0)[0], day("2018-02-09"));

  const auto unknown = assess(charter, "requests", asked.get());
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, unknown, out));
  EXPECT_EQ(detail(error_of(unknown).get(), "nearest"), "request");
  // No day; a case of another kind, or of another charter; options of another call.
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(charter, "request", nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(charter, "request", Options().get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(charter, "body", asked.get()), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, assess(lebanon().get(), "request", asked.get()), out));
  Options foreign = on("2018-02-10");
  foreign.text("stamp", "2018-02-10T10:00:00Z");
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(charter, "request", foreign.get()), out));
  EXPECT_TRUE(
      refuses_misuse(pship_charter_assess, charter, "request", it.of.get(), asked.get(), &out));
  // Norms that are not enabled are taken where it is asked.
  Options all = on("2018-02-10");
  EXPECT_TRUE(gives(assess(charter, "request", all.flag("disabled", true).get())));
  const Owned<pship_findings> more(out);
  EXPECT_EQ(pship_findings_norms(out), pship_findings_norms(findings.get()) + 1);
}

TEST(CApi, pship_charter_assess_all) {
  const auto charter = lebanon();
  const auto facts = facts_of(charter.get(), "request");
  const std::string lines = [] {
    std::string out;
    for (int i = 0; i < 200; ++i) {
      std::string one(i % 2 == 0 ? silent : answered);
      std::ranges::replace(one, '\n', ' ');
      out += one + "\n";
    }
    return out;
  }();
  const auto cases = made<pship_feel_cases>([&](auto** out) {
    return pship_feel_cases_read(facts.get(), lines.data(), lines.size(), out, nullptr);
  });
  pship_findings* out = nullptr;
  Options asked = on("2018-02-10");
  asked.number("threads", 2);
  EXPECT_TRUE(gives([&](auto** err) {
    return pship_charter_assess_all(charter.get(), "request", cases.get(), asked.get(), &out, err);
  }));
  const Owned<pship_findings> findings(out);
  ASSERT_EQ(pship_findings_cases(out), 200);
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(pship_findings_outcomes(out, 0)[i], i % 2 == 0 ? PSHIP_NOT_MET : PSHIP_MET);
  }
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](auto** err) {
        return pship_charter_assess_all(charter.get(), "document", cases.get(), asked.get(), &out,
                                        err);
      },
      out));
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](auto** err) {
        return pship_charter_assess_all(charter.get(), "request", cases.get(), nullptr, &out, err);
      },
      out));
  EXPECT_TRUE(refuses_misuse(pship_charter_assess_all, charter.get(), "request", cases.get(),
                             asked.get(), &out));
}

// ---- findings

TEST(CApi, pship_findings_cases) {
  EXPECT_EQ(pship_findings_cases(Assessed().findings.get()), 1);
  EXPECT_EQ(pship_findings_cases(nullptr), 0);
}

TEST(CApi, pship_findings_norms) {
  EXPECT_EQ(pship_findings_norms(Assessed().findings.get()), 4);
  EXPECT_EQ(pship_findings_norms(nullptr), 0);
}

TEST(CApi, pship_findings_norm) {
  const Assessed it;
  EXPECT_STREQ(pship_findings_norm(it.findings.get(), 1), "complaint");
  for (const std::int32_t none : {-1, 4, std::numeric_limits<std::int32_t>::max()}) {
    EXPECT_EQ(pship_findings_norm(it.findings.get(), none), nullptr);
  }
  EXPECT_EQ(pship_findings_norm(nullptr, 0), nullptr);
}

TEST(CApi, pship_findings_find) {
  const Assessed it;
  EXPECT_EQ(pship_findings_find(it.findings.get(), "complaint"), 1);
  EXPECT_EQ(pship_findings_find(it.findings.get(), "officer"), -1);  // of another kind
  EXPECT_EQ(pship_findings_find(it.findings.get(), "none"), -1);
  EXPECT_EQ(pship_findings_find(it.findings.get(), nullptr), -1);
  EXPECT_EQ(pship_findings_find(nullptr, "complaint"), -1);
}

TEST(CApi, pship_findings_outcomes) {
  const Assessed it(answered);
  EXPECT_EQ(pship_findings_outcomes(it.findings.get(), 0)[0], PSHIP_MET);
  // Its facts are not there.
  const Assessed without(R"({"registered on": "2018-01-25"})");
  EXPECT_EQ(pship_findings_outcomes(without.findings.get(), 0)[0], PSHIP_UNDETERMINED);
  EXPECT_EQ(pship_findings_outcomes(it.findings.get(), -1), nullptr);
  EXPECT_EQ(pship_findings_outcomes(it.findings.get(), 4), nullptr);
  EXPECT_EQ(pship_findings_outcomes(nullptr, 0), nullptr);
}

TEST(CApi, pship_findings_states) {
  const Assessed it(answered), open(silent, "2018-02-01");
  EXPECT_EQ(pship_findings_states(it.findings.get(), 0)[0], PSHIP_STATE_FULFILLED);
  EXPECT_EQ(pship_findings_states(open.findings.get(), 0)[0], PSHIP_STATE_PENDING);
  EXPECT_EQ(pship_findings_outcomes(open.findings.get(), 0)[0], PSHIP_PENDING);
  EXPECT_EQ(pship_findings_states(it.findings.get(), -1), nullptr);
  EXPECT_EQ(pship_findings_states(it.findings.get(), 4), nullptr);
  EXPECT_EQ(pship_findings_states(nullptr, 0), nullptr);
}

TEST(CApi, pship_findings_dues) {
  const Assessed it;
  EXPECT_EQ(pship_findings_dues(it.findings.get(), 0)[0], day("2018-02-09"));
  EXPECT_EQ(pship_findings_dues(it.findings.get(), 3)[0], PSHIP_DATE_NONE);
  EXPECT_EQ(pship_findings_dues(it.findings.get(), -1), nullptr);
  EXPECT_EQ(pship_findings_dues(it.findings.get(), 4), nullptr);
  EXPECT_EQ(pship_findings_dues(nullptr, 0), nullptr);
}

TEST(CApi, pship_findings_table) {
  const Assessed it(silent, "2018-02-01");
  pship_table* out = nullptr;
  const auto tabulate = [&](std::int32_t language, const pship_options* options) {
    return [&, language, options](pship_error** err) {
      return pship_findings_table(it.findings.get(), language, options, &out, err);
    };
  };
  EXPECT_TRUE(gives(tabulate(en, nullptr)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("case", "norm", "article", "citation", "label", "outcome", "state", "due",
                          "bearer_id", "bearer", "counterparty_id", "counterparty", "version_from",
                          "reason", "charter_hash"));
  EXPECT_EQ(pship_table_rows(out), 4);
  EXPECT_EQ(cell(out, "case", 0), "0");
  EXPECT_EQ(cell(out, "outcome", 0), "pending");
  EXPECT_EQ(cell(out, "due", 0), "2018-02-09");
  EXPECT_THAT(cell(out, "reason", 0), HasSubstr("9 February 2018"));
  EXPECT_TRUE(gives(tabulate(PSHIP_LANG_AR, nullptr)));
  const Owned<pship_table> arabic(out);
  EXPECT_EQ(cell(out, "bearer", 0), "الإدارة");

  Options one, pending, none, other, wrong;
  EXPECT_TRUE(gives(tabulate(en, one.text("norm", "complaint").get())));
  const Owned<pship_table> of_one(out);
  EXPECT_THAT(column(out, "norm"), ElementsAre("complaint"));
  EXPECT_TRUE(gives(tabulate(en, pending.text("outcome", "pending").get())));
  const Owned<pship_table> of_pending(out);
  EXPECT_THAT(column(out, "norm"), ElementsAre("answer"));
  const auto unknown = tabulate(en, none.text("norm", "complant").get());
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, unknown, out));
  EXPECT_EQ(detail(error_of(unknown).get(), "nearest"), "complaint");
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, tabulate(en, other.text("norm", "officer").get()), out));
  // No outcome of this name: the registry refuses it.
  EXPECT_EQ(pship_options_set_text(wrong.get(), "outcome", "good", 4, nullptr),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, tabulate(99, nullptr), out));
  EXPECT_TRUE(refuses_misuse(pship_findings_table, it.findings.get(), en, nullptr, &out));
}

TEST(CApiCharter, SaysTheSameOfOneCaseAsOfMany) {
  const Assessed it;
  const auto facts = facts_of(it.charter.get(), "request");
  const std::string list = "[" + std::string(silent) + "]";
  const auto cases = made<pship_feel_cases>([&](auto** out) {
    return pship_feel_cases_read(facts.get(), list.data(), list.size(), out, nullptr);
  });
  const auto all = made<pship_findings>([&](auto** out) {
    return pship_charter_assess_all(it.charter.get(), "request", cases.get(),
                                    on("2018-02-10").get(), out, nullptr);
  });
  const auto table = [](const Owned<pship_findings>& of) {
    return made<pship_table>(
        [&](auto** out) { return pship_findings_table(of.get(), en, nullptr, out, nullptr); });
  };
  EXPECT_EQ(column(table(it.findings).get(), "reason"), column(table(all).get(), "reason"));
}

TEST(CApi, pship_findings_free) {
  pship_findings_free(nullptr);
}

TEST(CApi, pship_outcome_name) {
  std::vector<std::string> names;
  for (std::int32_t i = 0; i <= 7; ++i) names.emplace_back(pship_outcome_name(i));
  EXPECT_THAT(names, ElementsAre("", "met", "not met", "undetermined", "not applicable", "pending",
                                 "met by exception", ""));
  EXPECT_STREQ(pship_outcome_name(-1), "");
}

TEST(CApi, pship_state_name) {
  std::vector<std::string> names;
  for (std::int32_t i = 0; i <= 10; ++i) names.emplace_back(pship_state_name(i));
  EXPECT_THAT(names, ElementsAre("", "pending", "fulfilled", "fulfilled late", "overdue",
                                 "violated", "excused", "compensated", "deemed", "lapsed", ""));
  EXPECT_STREQ(pship_state_name(-1), "");
}

}  // namespace
