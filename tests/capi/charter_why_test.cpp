// SPDX-License-Identifier: Apache-2.0
//
// The C functions of charter.h that say why, suppose, fold histories and compare: a right call,
// what they refuse, and what they leave behind then.
#include "charter_support.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::int32_t en = PSHIP_LANG_EN;

// ---- why

TEST(CApi, pship_charter_explain_text) {
  const auto charter = lebanon();
  const auto of = case_of(charter.get(), "request", silent);
  const auto asked = on("2018-02-10");
  pship_text* out = nullptr;
  const auto explain = [&](const char* kind, const char* norm, std::int32_t language,
                           const pship_options* options) {
    return [&, kind, norm, language, options](pship_error** err) {
      return pship_charter_explain_text(charter.get(), kind, of.get(), norm, language, options,
                                        &out, err);
    };
  };
  EXPECT_TRUE(gives(explain("request", "answer", en, asked.get())));
  const Owned<pship_text> text(out);
  EXPECT_THAT(said(out), HasSubstr("A request is answered within 15 days"));
  EXPECT_THAT(said(out), HasSubstr("Law 28/2017, art. 16"));
  EXPECT_THAT(said(out), HasSubstr("9 February 2018"));
  EXPECT_TRUE(gives(explain("request", "answer", PSHIP_LANG_AR, asked.get())));
  const Owned<pship_text> arabic(out);
  EXPECT_THAT(said(out), HasSubstr("يُردّ على الطلب خلال 15 يومًا"));
  EXPECT_NE(said(out), said(text.get()));

  const auto near = explain("request", "anser", en, asked.get());
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, near, out));
  EXPECT_EQ(detail(error_of(near).get(), "nearest"), "answer");
  // A norm about another kind is none of this one.
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, explain("request", "officer", en, asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, explain("reqest", "answer", en, asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, explain("request", "answer", 3, asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, explain("request", "answer", en, nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, explain("body", "officer", en, asked.get()), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_explain_text, charter.get(), "request", of.get(),
                             "answer", en, asked.get(), &out));
}

TEST(CApi, pship_charter_explain_json) {
  const auto charter = lebanon();
  const auto of = case_of(charter.get(), "request", R"({"registered on": "2018-01-25"})");
  const auto asked = on("2018-02-10");
  pship_text* out = nullptr;
  const auto explain = [&](const char* norm, const pship_options* options) {
    return [&, norm, options](pship_error** err) {
      return pship_charter_explain_json(charter.get(), "request", of.get(), norm, options, &out,
                                        err);
    };
  };
  EXPECT_TRUE(gives(explain("answer", asked.get())));
  const Owned<pship_text> text(out);
  EXPECT_NE(made<pship_text>([&](auto** canonical) {
              return pship_json_canonical(pship_text_data(out), pship_text_size(out), canonical,
                                          nullptr);
            }),
            nullptr);
  EXPECT_THAT(said(out), HasSubstr(R"("outcome":"undetermined")"));
  EXPECT_THAT(said(out), HasSubstr(R"("path":"answered on")"));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, explain("format", asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, explain("answer", Options().get()), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_explain_json, charter.get(), "request", of.get(),
                             "answer", asked.get(), &out));
}

TEST(CApi, pship_charter_what_if) {
  const auto charter = lebanon();
  const auto asked = on("2018-02-10");
  pship_table* out = nullptr;
  const auto suppose = [&](std::string_view facts, std::string_view changes,
                           const char* kind = "request") {
    return [&, kind, a = Exact(facts), b = Exact(changes)](pship_error** err) {
      return pship_charter_what_if(charter.get(), kind, a.data(), a.size(), b.data(), b.size(), en,
                                   asked.get(), &out, err);
    };
  };
  constexpr std::string_view change = R"({"answered on": "2018-02-09", "answer": "given"})";
  EXPECT_TRUE(gives(suppose(silent, change)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("norm", "article", "citation", "label", "outcome_before", "outcome_after",
                          "state_before", "state_after", "due_before", "due_after", "reason_before",
                          "reason_after"));
  EXPECT_EQ(cell(out, "norm", 0), "answer");
  EXPECT_EQ(cell(out, "outcome_before", 0), "not met");
  EXPECT_EQ(cell(out, "outcome_after", 0), "met");
  EXPECT_EQ(cell(out, "state_before", 0), "deemed");
  EXPECT_EQ(cell(out, "state_after", 0), "fulfilled");
  EXPECT_TRUE(gives(suppose(silent, "{}")));
  const Owned<pship_table> same(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(gives(suppose(silent, R"({"withdraw": ["answered on"]})")));
  const Owned<pship_table> withdrawn(out);
  EXPECT_EQ(cell(out, "outcome_after", 0), "undetermined");

  EXPECT_TRUE(refuses(PSHIP_MALFORMED, suppose("{", change), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, suppose(silent, ""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, suppose(silent, R"({"answred on": null})"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, suppose(silent, R"({"extended": "yes"})"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, suppose(R"({"x": 1})", "{}"), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, suppose(silent, change, "letter"), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_what_if, charter.get(), "request", silent.data(),
                             silent.size(), change.data(), change.size(), en, asked.get(), &out));
}

// ---- histories

constexpr std::string_view events = R"({"complete": true, "events": [
  {"on": "2018-01-25", "case": "r1", "kind": "request", "facts": {"registered on": "2018-01-25",
   "answer": "none", "extended": false, "reason for the extension": ""}},
  {"on": "2018-02-05", "case": "r2", "kind": "request", "facts": {"registered on": "2018-02-05",
   "answer": "none", "extended": false, "reason for the extension": ""}},
  {"on": "2018-02-09", "case": "r1", "facts": {"answered on": "2018-02-09", "answer": "given"}}]})";

struct Told {
  Owned<pship_charter> charter = lebanon();
  Owned<pship_history> history = made<pship_history>([&](auto** out) {
    return pship_history_load(charter.get(), events.data(), events.size(), out, nullptr);
  });
};

TEST(CApi, pship_history_load) {
  const auto charter = lebanon();
  pship_history* out = nullptr;
  const auto load = [&](std::string_view json) {
    return [&, text = Exact(json)](pship_error** err) {
      return pship_history_load(charter.get(), text.data(), text.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(load(events)));
  const Owned<pship_history> history(out);
  EXPECT_TRUE(gives(load("")));  // no line, no event
  const Owned<pship_history> empty(out);
  EXPECT_NE(out, nullptr);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load("{"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load(R"({"events": [{}]})"), out));
  const auto error = error_of(load(
      R"({"events": [{"on": "2018-01-25", "case": "a", "kind": "reqest"},
                     {"on": "2018-13-25", "case": "b", "kind": "request"}]})"));
  ASSERT_GE(pship_error_problems(error.get()), 2);
  EXPECT_STREQ(pship_error_pointer(error.get(), 0), "/events/0/kind");
  EXPECT_STREQ(pship_error_pointer(error.get(), 1), "/events/1/on");
  EXPECT_TRUE(
      refuses_misuse(pship_history_load, charter.get(), events.data(), events.size(), &out));
}

TEST(CApi, pship_history_assess) {
  const Told told;
  pship_table* out = nullptr;
  const auto assess = [&](const pship_options* options, std::int32_t language = en) {
    return [&, options, language](pship_error** err) {
      return pship_history_assess(told.history.get(), language, options, &out, err);
    };
  };
  EXPECT_TRUE(gives(assess(on("2018-02-10").get())));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("case", "kind", "norm", "article", "citation", "label", "outcome",
                          "state", "due", "bearer_id", "bearer", "counterparty_id", "counterparty",
                          "version_from", "reason", "charter_hash"));
  EXPECT_EQ(pship_table_rows(out), 8);
  EXPECT_EQ(cell(out, "case", 0), "r1");
  EXPECT_EQ(cell(out, "kind", 0), "request");
  EXPECT_EQ(cell(out, "outcome", 0), "met");
  EXPECT_EQ(cell(out, "case", 4), "r2");
  EXPECT_EQ(cell(out, "outcome", 4), "pending");
  // What comes later is not known yet.
  EXPECT_TRUE(gives(assess(on("2018-02-08").get())));
  const Owned<pship_table> before(out);
  EXPECT_EQ(cell(out, "outcome", 0), "pending");
  EXPECT_TRUE(gives(assess(on("2018-01-24").get())));
  const Owned<pship_table> none(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, assess(on("2018-02-10").get(), 99), out));
  const auto asked = on("2018-02-10");
  EXPECT_TRUE(refuses_misuse(pship_history_assess, told.history.get(), en, asked.get(), &out));
}

TEST(CApi, pship_history_obligations) {
  const Told told;
  pship_table* out = nullptr;
  const auto due = [&](const pship_options* options) {
    return [&, options](pship_error** err) {
      return pship_history_obligations(told.history.get(), en, options, &out, err);
    };
  };
  Options asked = on("2018-02-10");
  EXPECT_TRUE(gives(due(asked.get())));
  const Owned<pship_table> table(out);
  EXPECT_THAT(
      column_names(out),
      ElementsAre("case", "kind", "norm", "article", "citation", "label", "bearer_id", "bearer",
                  "counterparty_id", "counterparty", "due", "state", "days_left", "next_step"));
  EXPECT_THAT(column(out, "case"), ElementsAre("r2"));
  EXPECT_EQ(cell(out, "norm", 0), "answer");
  EXPECT_EQ(cell(out, "due", 0), "2018-02-20");
  EXPECT_EQ(cell(out, "days_left", 0), "10");
  EXPECT_NE(cell(out, "next_step", 0), "null");
  Options other = on("2018-02-10"), late = on("2018-02-10"), until = on("2018-02-10");
  EXPECT_TRUE(gives(due(other.text("bearer", "requester").get())));
  const Owned<pship_table> of_other(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(gives(due(late.day("due_from", day("2018-02-20")).get())));
  const Owned<pship_table> of_late(out);
  EXPECT_EQ(pship_table_rows(out), 1);
  EXPECT_TRUE(gives(due(until.day("due_to", day("2018-02-20")).get())));  // half-open
  const Owned<pship_table> of_until(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, due(nullptr), out));
  EXPECT_TRUE(refuses_misuse(pship_history_obligations, told.history.get(), en, asked.get(), &out));
}

TEST(CApi, pship_history_icalendar) {
  const Told told;
  pship_text* out = nullptr;
  const auto write = [&](const pship_options* options) {
    return [&, options](pship_error** err) {
      return pship_history_icalendar(told.history.get(), en, options, &out, err);
    };
  };
  Options asked = on("2018-02-10"), bad = on("2018-02-10"), dayless;
  asked.text("stamp", "2018-02-10T10:00:00Z").text("link", "https://register.example/r2");
  EXPECT_TRUE(gives(write(asked.get())));
  const Owned<pship_text> text(out);
  EXPECT_THAT(said(out), testing::StartsWith("BEGIN:VCALENDAR\r\n"));
  EXPECT_THAT(said(out), testing::EndsWith("END:VCALENDAR\r\n"));
  EXPECT_THAT(said(out), HasSubstr("BEGIN:VTODO\r\n"));
  EXPECT_THAT(said(out), HasSubstr("BEGIN:VEVENT\r\n"));
  EXPECT_THAT(said(out), HasSubstr("DTSTAMP:20180210T100000Z\r\n"));
  EXPECT_THAT(said(out), HasSubstr("20180220"));
  EXPECT_THAT(said(out), HasSubstr("https://register.example/r2"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, write(on("2018-02-10").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, write(bad.text("stamp", "yesterday").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      write(dayless.text("stamp", "2018-02-10T10:00:00Z").get()), out));
  EXPECT_TRUE(refuses_misuse(pship_history_icalendar, told.history.get(), en, asked.get(), &out));
}

TEST(CApi, pship_history_free) {
  pship_history_free(nullptr);
  Told told;
  told.charter.reset();  // the history keeps it
  EXPECT_NE(made<pship_table>([&](auto** out) {
              return pship_history_assess(told.history.get(), en, on("2018-02-10").get(), out,
                                          nullptr);
            }),
            nullptr);
}

// ---- two charters; the text for other systems

TEST(CApi, pship_charter_compare) {
  const auto charter = lebanon();
  std::string amended = pack("charters/lebanon-28-2017.json");
  amended.replace(amended.find("\"15 days\""), 9, "\"10 days\"");
  const auto after = charter_of(amended);
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) {
    return pship_charter_compare(charter.get(), after.get(), en, &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("norm", "version_from", "change", "what", "before",
                                             "after", "bearer", "counterparty"));
  ASSERT_EQ(pship_table_rows(out), 1);
  EXPECT_EQ(cell(out, "norm", 0), "answer");
  EXPECT_EQ(cell(out, "change", 0), "changed");
  EXPECT_EQ(cell(out, "what", 0), "within");
  EXPECT_EQ(cell(out, "before", 0), "15 days");
  EXPECT_EQ(cell(out, "after", 0), "10 days");
  EXPECT_EQ(cell(out, "bearer", 0), "Administration");
  EXPECT_TRUE(gives([&](auto** err) {
    return pship_charter_compare(charter.get(), charter.get(), en, &out, err);
  }));
  const Owned<pship_table> same(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(refuses_misuse(pship_charter_compare, charter.get(), after.get(), en, &out));
}

TEST(CApi, pship_charter_compare_cases) {
  const auto before = lebanon();
  std::string amended = pack("charters/lebanon-28-2017.json");
  amended.replace(amended.find("\"15 days\""), 9, "\"10 days\"");
  const auto after = charter_of(amended);
  const auto asked = on("2018-02-10");
  const std::string both = "[" + std::string(silent) + "," + std::string(answered) + "]";
  pship_table* out = nullptr;
  const auto compare = [&](std::string_view cases, const char* kind, const pship_options* options) {
    return [&, kind, options, text = Exact(cases)](pship_error** err) {
      return pship_charter_compare_cases(before.get(), after.get(), kind, text.data(), text.size(),
                                         options, &out, err);
    };
  };
  EXPECT_TRUE(gives(compare(both, "request", asked.get())));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out),
              ElementsAre("case", "norm", "outcome_before", "outcome_after", "state_before",
                          "state_after", "due_before", "due_after"));
  EXPECT_THAT(column(out, "case"), Contains("1"));
  EXPECT_THAT(column(out, "outcome_after"), Not(Contains("met")));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, compare("[", "request", asked.get()), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_DOCUMENT, compare(R"([{"x": 1}])", "request", asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, compare(both, "requst", asked.get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compare(both, "request", nullptr), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_compare_cases, before.get(), after.get(), "request",
                             both.data(), both.size(), asked.get(), &out));
}

TEST(CApi, pship_charter_akoma_ntoso) {
  const auto charter = lebanon();
  pship_text* out = nullptr;
  const auto write = [&](std::int32_t language, const pship_options* options = nullptr) {
    return [&, language, options](pship_error** err) {
      return pship_charter_akoma_ntoso(charter.get(), language, options, &out, err);
    };
  };
  EXPECT_TRUE(gives(write(PSHIP_LANG_FR)));
  const Owned<pship_text> text(out);
  EXPECT_THAT(said(out), HasSubstr("http://docs.oasis-open.org/legaldocml/ns/akn/3.0"));
  EXPECT_THAT(said(out), HasSubstr("Une demande reçoit réponse dans les 15 jours"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, write(-1), out));
  EXPECT_TRUE(refuses_misuse(pship_charter_akoma_ntoso, charter.get(), en, nullptr, &out));
  Options named, wrong;
  named.text("country", "lb").text("author", "The Parliament").day("date", day("2017-02-11"));
  EXPECT_TRUE(gives(write(en, named.get())));
  const Owned<pship_text> dated(out);
  EXPECT_THAT(said(out), HasSubstr("/akn/lb/"));
  EXPECT_THAT(said(out), HasSubstr("2017-02-11"));
  EXPECT_THAT(said(out), HasSubstr("The Parliament"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, write(en, wrong.text("country", "L").get()), out));
  // Nothing says from when this one is in force.
  const auto dateless = charter_of(promise(3));
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](auto** err) { return pship_charter_akoma_ntoso(dateless.get(), en, nullptr, &out, err); },
      out));
  EXPECT_TRUE(gives([&](auto** err) {
    return pship_charter_akoma_ntoso(dateless.get(), en, named.get(), &out, err);
  }));
  pship_text_free(out);
}

}  // namespace
