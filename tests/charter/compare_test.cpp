// SPDX-License-Identifier: Apache-2.0
//
// Two charters side by side: what changed for whom, and which cases come out differently.
#include "charter/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Each row as "norm/version_from change what: before -> after".
std::vector<std::string> rows(const Table& table) {
  std::vector<std::string> out;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    const std::string norm = cell(table, "norm", row), from = cell(table, "version_from", row);
    out.push_back((norm == "-" ? "" : norm + (from == "-" ? "" : "/" + from) + " ") +
                  cell(table, "change", row) + " " + cell(table, "what", row) + ": " +
                  cell(table, "before", row) + " -> " + cell(table, "after", row));
  }
  return out;
}

Table compared(const std::string& before, const std::string& after,
               Language language = Language::en) {
  return compare(*Charter::load(before), *Charter::load(after), language);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return text;
}

// Each row without its norm, the other way round where `back`.
std::vector<std::string> seen_from(const Table& table, bool back) {
  std::vector<std::string> out;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    out.push_back(cell(table, "norm", row) + " " + cell(table, "what", row) + ": " +
                  cell(table, back ? "after" : "before", row) + " -> " +
                  cell(table, back ? "before" : "after", row));
  }
  std::ranges::sort(out);
  return out;
}

// What follows from one thing that is another in the document of everything; the way back is the
// same.
std::vector<std::string> change(std::string_view from, std::string_view to,
                                Language language = Language::en) {
  const std::string changed = replaced(whole(), from, to);
  const Table there = compared(whole(), changed, language);
  EXPECT_EQ(seen_from(there, false), seen_from(compared(changed, whole(), language), true));
  return rows(there);
}

TEST(CharterComparison, OfACharterWithItselfIsEmpty) {
  const Table table = compared(whole(), whole());
  EXPECT_EQ(table.rows(), 0);
  EXPECT_EQ(table.columns(), 8);
}

TEST(CharterComparison, OfTheCharterAsAWhole) {
  EXPECT_THAT(change(R"("charter": "test-charter")", R"("charter": "other")"),
              ElementsAre("changed charter: test-charter -> other"));
  EXPECT_THAT(change(R"("version": "2")", R"("version": "3")"),
              ElementsAre("changed version: 2 -> 3"));
  EXPECT_THAT(change(R"("fr": "Une charte")", R"("fr": "La charte")"),
              ElementsAre("changed title (fr): Une charte -> La charte"));
  EXPECT_THAT(change(R"("text": "What both sides signed.",)", ""),
              ElementsAre("removed text (en): What both sides signed. -> -"));
  EXPECT_THAT(change(R"("status": "example")", R"("status": "in force")"),
              ElementsAre("changed status: example -> in force"));
  EXPECT_THAT(change(R"("to": "2030-01-01"})", R"("to": "2031-01-01"})"),
              ElementsAre("changed in force: from 2010-01-01 until 2030-01-01 -> from 2010-01-01 "
                          "until 2031-01-01"));
  EXPECT_THAT(change(R"("passage": "p. 1")", R"("passage": "p. 2")"),
              ElementsAre("changed source: Nobody's, p. 1 <https://example.org/charter> -> "
                          "Nobody's, p. 2 <https://example.org/charter>"));
  EXPECT_THAT(change(R"("platform": "The civil platform")",
                     R"("platform": "The platform", "third": "Others")"),
              ElementsAre("changed party: platform: The civil platform -> platform: The platform",
                          "added party: - -> third: Others"));
  EXPECT_THAT(change(R"("to": "08-15")", R"("to": "08-31")"),
              ElementsAre("changed window: summer: Summer (07-15 to 08-15) -> summer: Summer "
                          "(07-15 to 08-31)"));
  EXPECT_THAT(change(R"("offset": -7)", R"("offset": -8)"),
              ElementsAre("changed window: easter (western easter -7 to western easter +7) -> "
                          "easter (western easter -8 to western easter +7)"));
  EXPECT_THAT(change(R"("dated by": "opened on")", R"("dated by": "closed on")"),
              ElementsAre("changed kind: dialogue: Dialogue, dated by `opened on` -> dialogue: "
                          "Dialogue, dated by `closed on`"));
  EXPECT_THAT(change(R"("urgent": "boolean?")", R"("urgent": {"type": "boolean", "label": "U"},
                     "more": "number")"),
              ElementsAre("changed fact: dialogue.urgent: boolean? -> dialogue.urgent: boolean (U)",
                          "added fact: - -> dialogue.more: number"));
}

TEST(CharterComparison, OfCalendars) {
  EXPECT_THAT(
      change(R"("date": "2020-05-01")", R"("date": "2020-05-04")"),
      ElementsAre("changed working days: 2020-05-01: a day off -> 2020-05-01: a working day",
                  "changed working days: 2020-05-04: a working day -> 2020-05-04: a day "
                  "off"));
  EXPECT_THAT(change(R"("calendar": "test")", R"("calendar": "other")"),
              ElementsAre("changed calendar: test -> other"));
  EXPECT_THAT(change(R"("to": "2040-01-01")", R"("to": "2041-01-01")"),
              ElementsAre("changed working days: 2040-01-01 to 2040-12-31: not known -> 2040-01-01 "
                          "to 2040-12-31: known"));
  EXPECT_THAT(change(R"({"from": "2000-01-01", "to": "2040-01-01"})",
                     R"({"from": "2020-01-01", "to": "2020-12-31"})"),
              ElementsAre(HasSubstr("2000-01-01 to 2019-12-31: not known"),
                          HasSubstr("2020-12-31 to 2039-12-31: not known")));
  const auto weekend = change(R"(["saturday", "sunday"])", R"(["friday", "saturday"])");
  ASSERT_EQ(weekend.size(), 32U);
  EXPECT_EQ(weekend[0], "changed working days: 2000-01-02: a day off -> 2000-01-02: a working day");
  // Fridays and Sundays of forty years, less those told and the holiday, which was a Friday.
  EXPECT_EQ(weekend[31], "changed working days: 4142 further days -> 4142 further days");
  EXPECT_THAT(rows(compared(document(""), document("", R"("calendar": {"calendar": "c", "title":
                "C", "weekend": [], "valid": {"from": "2020-01-01", "to": "2021-01-01"}},)"))),
              ElementsAre("added calendar: - -> c"));
}

TEST(CharterComparison, OfNormsThatComeAndGo) {
  const std::string x = norm("x", R"("require": "a")"), y = norm("y", R"("require": "n > 5")");
  const Table added = compared(document(x), document(x + "," + y));
  EXPECT_THAT(rows(added), ElementsAre("y added version: - -> n > 5"));
  EXPECT_EQ(cells(added, 0, {"bearer", "counterparty"}), "The state|-");
  const Table removed = compared(document(x + "," + y), document(x));
  EXPECT_THAT(rows(removed), ElementsAre("y removed version: n > 5 -> -"));
  EXPECT_EQ(cells(removed, 0, {"bearer", "counterparty"}), "The state|-");
  EXPECT_THAT(rows(compared(document(y), document(x))),
              ElementsAre("x added version: - -> a", "y removed version: n > 5 -> -"));
}

TEST(CharterComparison, OfEveryPartOfANorm) {
  EXPECT_THAT(change(R"("article": "1",)", ""), ElementsAre("both sides removed article: 1 -> -"));
  EXPECT_THAT(change(R"("citation": "art. 1")", R"("citation": "art. 1a")"),
              ElementsAre("both sides changed citation: art. 1 -> art. 1a"));
  EXPECT_THAT(change(R"("ar": "الطرفان")", R"("ar": "الجانبان")"),
              ElementsAre("both sides changed label (ar): الطرفان -> الجانبان"));
  EXPECT_THAT(change(R"("modality": "prohibition")", R"("modality": "permission")"),
              ElementsAre("no long pause changed modality: prohibition -> permission"));
  EXPECT_THAT(change(R"("principle": "openness",)", ""),
              ElementsAre("both sides removed principle: Openness -> -"));
  EXPECT_THAT(change(R"("covers": ["T-1", "T-2"])", R"("covers": ["T-1"])"),
              ElementsAre("both sides changed covers: T-1; T-2 -> T-1"));
  EXPECT_THAT(change(R"("enabled": false)", R"("enabled": true)"),
              ElementsAre("every term changed enabled: false -> true"));
  EXPECT_THAT(change(R"("standing": "read")", R"("standing": "partly read")"),
              ElementsAre("both sides changed standing: read -> partly read"));
  EXPECT_THAT(change(R"([{"title": "Nobody's"}, {"title": {"fr": "Personne"}}])",
                     R"([{"title": "Nobody's"}, {"title": {"en": "Personne"}}])"),
              ElementsAre("both sides changed source: Nobody's; Personne -> Nobody's; Personne"));
  EXPECT_THAT(change(R"("applies": "urgent != true",)", ""),
              ElementsAre("both sides removed applies: urgent != true -> -"));
  EXPECT_THAT(
      change(R"(p.side = \"civil society\")", R"(p.side = \"public\")"),
      ElementsAre(R"(both sides changed that: some p in participants satisfies p.side = )"
                  R"("civil society" -> some p in participants satisfies p.side = "public")"));
  EXPECT_THAT(change(R"("when": "urgent = true")", R"("when": "urgent")"),
              ElementsAre("both sides changed unless: `urgent = true`, for `reason for urgency` -> "
                          "`urgent`, for `reason for urgency`"));
  EXPECT_THAT(change(R"(["participants", "minutes published on"])", R"(["participants"])"),
              ElementsAre("both sides changed evidence: participants; minutes published on -> "
                          "participants"));
  EXPECT_THAT(change(R"(["invitations", "long enough"])", R"("invitations")"),
              ElementsAre("urgent dialogues changed exception of: invitations; long enough -> "
                          "invitations"));
  EXPECT_THAT(change(R"("expect": "met")", R"("expect": "not met")"),
              ElementsAre("both sides changed tests: 3 tests -> 3 tests"));
  EXPECT_THAT(change(R"(,
      "reparation": "apology")",
                     ""),
              ElementsAre("answer removed reparation: apology -> -"));
  EXPECT_THAT(change(R"("in force": {"to": "2015-01-01"})", R"("in force": {"to": "2014-01-01"})"),
              ElementsAre("invitations changed in force: until 2015-01-01 -> until 2014-01-01"));
}

TEST(CharterComparison, OfEveryShape) {
  EXPECT_THAT(change(R"("at least": "10 days")", R"("at least": "2 weeks")"),
              ElementsAre("invitations changed at least: 10 days -> 2 weeks"));
  EXPECT_THAT(change(R"("at least": "15 working days")", R"("at least": "16 working days")"),
              ElementsAre("invitations/2015-01-01 changed at least: 15 working days -> 16 working "
                          "days"));
  EXPECT_THAT(change(R"("silence": "refusal")", R"("silence": "lapse")"),
              ElementsAre("answer changed silence: refusal -> lapse"));
  EXPECT_THAT(change(R"("on a day off": "next working day",)", ""),
              ElementsAre("answer removed on a day off: next working day -> -"));
  EXPECT_THAT(change(R"("by": "15 days")", R"("by": "1 month")"),
              ElementsAre("answer changed extension: 15 days when `extended`, for `reason for "
                          "extension`, told on `extension told on` -> 1 month when `extended`, for "
                          "`reason for extension`, told on `extension told on`"));
  EXPECT_THAT(change("03-31 of the next year", "04-30 of the next year"),
              ElementsAre("apology changed within: 03-31 of the next year -> 04-30 of the next "
                          "year"));
  EXPECT_THAT(change(R"("after": {"breach of": "answer"})", R"("after": "opened on")"),
              ElementsAre("apology changed after: the breach of `answer` -> opened on"));
  EXPECT_THAT(change(R"("by": "3 weeks")", R"("by": "4 weeks")"),
              ElementsAre("long enough changed grows: 3 weeks when it meets `summer`; 2 weeks when "
                          "it meets `easter` -> 4 weeks when it meets `summer`; 2 weeks when it "
                          "meets `easter`"));
  EXPECT_THAT(change(R"("gap": "6 months")", R"("at least": 1, "per": "6 months")"),
              ElementsAre("no long pause removed gap: 6 months -> -",
                          "no long pause added at least: - -> 1",
                          "no long pause added per: - -> 6 months"));
  EXPECT_THAT(change(R"("per": "calendar year")", R"("per": "1 year")"),
              ElementsAre("every year changed per: calendar year -> 1 year"));
  EXPECT_THAT(change(R"("label": "Doing")", R"("label": "Acting")"),
              ElementsAre("steps changed rows: `step`: plan; do -> `step`: plan; do"));
  EXPECT_THAT(change(R"([["plan", "inform"], ["do", "decide"]])", R"("every cell")"),
              ElementsAre("steps changed required: plan / inform; do / decide -> every cell"));
  EXPECT_THAT(
      change(
          R"("recurrence": {"of": "meetings", "from": "opened on", "to": "closed on", "gap": "6 months"})",
          R"("notice": {"before": "opened on", "at least": "1 day", "done": "closed on"})"),
      ElementsAre(
          "no long pause changed shape: recurrence -> notice",
          "no long pause removed of: meetings -> -", "no long pause removed from: opened on -> -",
          "no long pause removed to: closed on -> -", "no long pause removed gap: 6 months -> -",
          "no long pause added before: - -> opened on", "no long pause added at least: - -> 1 day",
          "no long pause added done: - -> closed on"));
}

TEST(CharterComparison, SaysForWhom) {
  const Table table = compared(whole(),
                               replaced(whole(), R"("bearer": "ministry",
      "counterparty": "platform",)",
                                        R"("bearer": "platform",)"),
                               Language::fr);
  EXPECT_THAT(rows(table),
              ElementsAre("both sides changed bearer: Le ministère -> The civil platform",
                          "both sides removed counterparty: The civil platform -> -"));
  EXPECT_THAT(column(table, "bearer"), ElementsAre("The civil platform", "The civil platform"));
  EXPECT_THAT(column(table, "counterparty"), ElementsAre("-", "-"));
  // Another label is another name of the same party.
  EXPECT_THAT(
      rows(compared(whole(), replaced(whole(), "Le ministère", "Les ministères"), Language::fr)),
      ElementsAre("changed party: ministry: Le ministère -> ministry: Les ministères"));
}

TEST(CharterComparison, ShowsWhatAnAmendmentAmends) {
  const auto version = [](const std::string& days, const std::string& condition) {
    return norm("x", R"("in force": {)" + days + R"(}, "require": ")" + condition + "\"");
  };
  const std::string old = document(version("", "n > 5"));
  const std::string amended = document(version(R"("to": "2020-01-01")", "n > 5") + "," +
                                       version(R"("from": "2020-01-01")", "n > 6"));
  EXPECT_THAT(rows(compared(old, amended)),
              ElementsAre("x added in force: - -> until 2020-01-01",
                          "x/2020-01-01 added version: - -> n > 6",
                          "x/2020-01-01 changed in force: until 2020-01-01 -> from 2020-01-01",
                          "x/2020-01-01 changed that: n > 5 -> n > 6"));
  EXPECT_THAT(rows(compared(amended, old)),
              ElementsAre("x removed in force: until 2020-01-01 -> -",
                          "x/2020-01-01 removed version: n > 6 -> -"));
  // Versions that begin on other days are compared in their order.
  EXPECT_THAT(rows(compared(document(version(R"("from": "2019-01-01")", "n > 5")),
                            document(version(R"("from": "2020-01-01")", "n > 5")))),
              ElementsAre("x/2020-01-01 changed in force: from 2019-01-01 -> from 2020-01-01"));
}

// ---- cases

constexpr const char* day = "2020-01-10";

std::vector<std::string> differences(const std::string& before, const std::string& after,
                                     const std::string& cases, const std::string& kind = "case") {
  Question question;
  question.on = parse_date(day);
  const Table table =
      compare_cases(*Charter::load(before), *Charter::load(after), kind, cases, question);
  std::vector<std::string> out;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    out.push_back(cells(table, row,
                        {"case", "norm", "outcome_before", "outcome_after", "state_before",
                         "state_after", "due_before", "due_after"}));
  }
  return out;
}

std::string deadline(const std::string& within) {
  return norm("x", R"("deadline": {"after": "d", "within": ")" + within + R"(", "done": "e"})");
}

TEST(CharterCases, ThatComeOutDifferently) {
  const std::string cases = R"([
    {"d": "2020-01-01", "e": "2020-01-04"},
    {"d": "2020-01-01", "e": "2020-01-07"},
    {"d": "2020-01-09", "e": null},
    {"d": "2020-01-01", "e": null},
    {"e": null}])";
  EXPECT_THAT(differences(document(deadline("5 days")), document(deadline("5 days")), cases),
              IsEmpty());
  EXPECT_THAT(differences(document(deadline("5 days")), document(deadline("10 days")), cases),
              ElementsAre("0|x|met|met|fulfilled|fulfilled|2020-01-06|2020-01-11",
                          "1|x|not met|met|fulfilled late|fulfilled|2020-01-06|2020-01-11",
                          "2|x|pending|pending|pending|pending|2020-01-14|2020-01-19",
                          "3|x|not met|pending|overdue|pending|2020-01-06|2020-01-11"));
}

TEST(CharterCases, OfNormsThatComeAndGo) {
  const std::string x = norm("x", R"("require": "a")"),
                    y = norm("y", R"("applies": "a", "require": "n > 5")");
  const std::string cases = "{\"a\": true, \"n\": 6}\n{\"a\": false, \"n\": 6}\n{\"n\": 1}";
  EXPECT_THAT(differences(document(x), document(x + "," + y), cases),
              ElementsAre("0|y|-|met|-|fulfilled|-|-", "2|y|-|undetermined|-|-|-|-"));
  EXPECT_THAT(differences(document(x + "," + y), document(x), cases),
              ElementsAre("0|y|met|-|fulfilled|-|-|-", "2|y|undetermined|-|-|-|-|-"));
  // A norm that is not enabled has no findings.
  const std::string off = norm("y", R"("enabled": false, "applies": "a", "require": "n > 5")");
  EXPECT_THAT(differences(document(x + "," + off), document(x + "," + y), cases),
              ElementsAre("0|y|-|met|-|fulfilled|-|-", "2|y|-|undetermined|-|-|-|-"));
}

TEST(CharterCases, WithFactsThatOnlyOneCharterDeclares) {
  const std::string old = document(norm("x", R"("require": "n > 5")"));
  const std::string now =
      document(norm("x", R"("require": "n > 5 or late")"), "", R"(, "late": "boolean")");
  EXPECT_THAT(differences(old, now, R"([{"n": 1, "late": true}, {"n": 9, "late": false}])"),
              ElementsAre("0|x|not met|met|violated|fulfilled|-|-"));
  EXPECT_THAT(differences(now, old, R"([{"n": 1, "late": true}, {"n": 9, "late": false}])"),
              ElementsAre("0|x|met|not met|fulfilled|violated|-|-"));
  try {
    differences(old, now, R"([{"n": 1, "lat": true, "late": 5}, {"m": 1}])");
    FAIL();
  } catch (const Error& error) {
    ASSERT_EQ(error.problems().size(), 2U) << error.what();
    EXPECT_EQ(error.problems()[0].pointer, "/0/lat");
    EXPECT_EQ(error.problems()[1].pointer, "/1/m");
  }
}

// Every difference between the findings of single cases is a row, and there are no others.
TEST(CharterCases, AreThoseThatDifferOneByOne) {
  const auto before = Charter::load(whole());
  std::string text = replaced(whole(), R"("within": "15 days")", R"("within": "20 days")");
  text = replaced(text, R"("gap": "6 months")", R"("gap": "2 months")");
  text = replaced(text, R"("enabled": false)", R"("enabled": true)");
  text = replaced(text, R"("applies": "urgent != true",)", "");
  const auto after = Charter::load(text);
  std::mt19937 random(20240501);
  const auto date = [&](int null_in) {
    if (random() % static_cast<unsigned>(null_in) == 0) return std::string("null");
    return "\"" + iso(18262 + static_cast<Date>(random() % 366)) + "\"";
  };
  std::vector<std::string> cases;
  for (int i = 0; i < 60; ++i) {
    std::string one =
        R"({"opened on": )" + date(9) + R"(, "answered on": )" + date(3) + R"(, "meetings": [)";
    for (unsigned n = random() % 4; n > 0; --n) one += date(100) + (n > 1 ? "," : "");
    one += R"(], "urgent": )" + std::string(random() % 2 == 0 ? "true" : "false");
    if (random() % 2 == 0) one += R"(, "participants": [{"name": "a", "side": "civil society"}])";
    cases.push_back(one + ", \"closed on\": " + date(2) + "}");
  }
  Question question;
  question.on = parse_date("2020-11-01");
  std::vector<std::string> expected;
  std::string all;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    all += cases[i] + "\n";
    const auto finding = [&](const Charter& charter, const std::string& norm) {
      const auto of = charter.kinds()[0].set->read_case(cases[i]);
      const Findings findings = assess(charter, 0, *of, question);
      for (std::uint32_t n = 0; n < findings.norms().size(); ++n) {
        if (charter.norms()[findings.norms()[n]].id == norm)
          return std::optional(findings.at(n, 0));
      }
      return std::optional<Finding>();
    };
    const auto told = [](const std::optional<Finding>& of, int part) -> std::string {
      if (!of) return "-";
      if (part == 0) return std::string(outcome_name(of->outcome));
      if (part == 1) return of->state == State::none ? "-" : std::string(state_name(of->state));
      return of->due == date_none ? "-" : iso(of->due);
    };
    for (const Norm& norm : after->norms()) {
      const auto old = finding(*before, norm.id), now = finding(*after, norm.id);
      std::string row = std::to_string(i) + "|" + norm.id;
      bool differs = false;
      for (int part = 0; part < 3; ++part) {
        const std::string a = told(old, part), b = told(now, part);
        differs = differs || (a != b && !(part == 0 && a == "-" && b == "not applicable"));
        row += "|" + a + "|" + b;
      }
      if (differs) expected.push_back(row);
    }
  }
  const Table table = compare_cases(*before, *after, "dialogue", all, question);
  std::vector<std::string> found;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    found.push_back(cells(table, row,
                          {"case", "norm", "outcome_before", "outcome_after", "state_before",
                           "state_after", "due_before", "due_after"}));
  }
  EXPECT_EQ(found, expected);
  EXPECT_GT(found.size(), 100U);
}

TEST(CharterCases, OfAKind) {
  const std::string plain = document(norm("x", R"("require": "a")"));
  const std::string more = replaced(plain, R"("other": {)", R"("third": {"label": "T", "facts":
    {"q": "boolean"}}, "other": {)");
  const std::string with_norm = replaced(
      more, R"("norms": [)", R"("norms": [)" + norm("q", R"("require": "q")", "third") + ",");
  EXPECT_THAT(differences(plain, with_norm, R"([{"q": true}])", "third"),
              ElementsAre("0|q|-|met|-|fulfilled|-|-"));
  EXPECT_THAT(differences(with_norm, plain, R"([{"q": false}])", "third"),
              ElementsAre("0|q|not met|-|violated|-|-|-"));
  EXPECT_THROW(differences(with_norm, plain, R"([{"r": false}])", "third"), Error);
  EXPECT_THROW(differences(plain, with_norm, R"([{"r": false}])", "third"), Error);
  try {
    differences(plain, plain, "[]", "cases");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_THAT(error.what(),
                HasSubstr("neither charter has a kind of case `cases`, did you mean"));
  }
  EXPECT_THROW(compare_cases(*Charter::load(plain), *Charter::load(plain), "case", "[]", {}), Error)
      << "no day";
}

}  // namespace
}  // namespace partnership::charter
