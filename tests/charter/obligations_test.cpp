// SPDX-License-Identifier: Apache-2.0
//
// The obligation calendar: what is due, by whom and when, and what can be done.
#include "charter/obligations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "charter/charter_tools.hpp"
#include "charter/words_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;

class Obligations : public testing::Test {
 protected:
  const Charter& charter() const { return explainer_.charter(); }
  Question on(const char* day) const {
    Question out;
    out.on = parse_date(day);
    return out;
  }
  std::shared_ptr<const History> history(const std::string& events) const {
    return History::read(explainer_.share(), "{\"events\": [" + events + "]}");
  }
  // "CASE NORM DUE NEXT STEP" of each.
  std::vector<std::string> listed(const std::string& events, const char* day,
                                  const ObligationFilter& filter = {},
                                  Language language = Language::en) const {
    const auto due = obligations(*history(events), on(day), filter);
    std::vector<std::string> out;
    for (const Obligation& each : due) {
      out.push_back(each.id + " " + charter().norms()[each.norm].id + " " + iso(each.due()) + " " +
                    say_next_step(charter(), each, parse_date(day), language));
    }
    return out;
  }

  Explainer explainer_{scenario_charter()};
};

constexpr const char* asked =
    R"({"on": "2020-02-03", "case": "k", "kind": "dialogue", "facts": {"opened": "2020-02-03",
        "asked": "2020-02-03", "answered": null, "public": true, "meetings": ["2020-02-03"]}})";

TEST_F(Obligations, AreListedByDateThenBearer) {
  EXPECT_THAT(
      listed(asked, "2020-02-04"),
      ElementsAre("k lapse 2020-02-04 lapses then", "k refusal 2020-02-17 then silence is refusal",
                  "k acceptance 2020-02-17 then silence is acceptance",
                  "k answer 2020-02-18 may be extended by 15 days with a reason until 18 February "
                  "2020",
                  "k duration 2020-03-16 may not close before", "k gap 2020-04-03 the next one",
                  "k yearly 2020-12-31 1 more by then"));
  EXPECT_THAT(
      listed(asked, "2020-03-01"),
      ElementsAre("k answer 2020-02-18 still to be done; what follows: An apology",
                  "k duration 2020-03-16 may not close before", "k apology 2020-03-19 to be done",
                  "k gap 2020-04-03 the next one", "k yearly 2020-12-31 1 more by then"));
}

TEST_F(Obligations, SayWhatComesNext) {
  const std::string extended =
      R"({"on": "2020-02-03", "case": "k", "kind": "dialogue", "facts": {"opened": "2020-02-03",
          "asked": "2020-02-03", "answered": null, "extended": true, "extension reason": "because",
          "extension told": "2020-02-05", "meeting": "2020-04-01", "invited": null,
          "public": false, "closed": "2020-03-30", "steps": []}})";
  ObligationFilter filter;
  const auto next = [&](const char* norm, Language language) {
    for (const Obligation& each : obligations(*history(extended), on("2020-02-20"), filter)) {
      if (charter().norms()[each.norm].id != norm) continue;
      return say_next_step(charter(), each, parse_date("2020-02-20"), language);
    }
    return std::string("not due");
  };
  EXPECT_EQ(next("answer", Language::en), "already extended");
  EXPECT_EQ(next("answer", Language::ar), "مُدّدت المهلة");
  EXPECT_EQ(next("answer", Language::fr), "délai déjà prolongé");
  EXPECT_EQ(next("by then", Language::en), "has to hold by then");
  EXPECT_EQ(next("by then", Language::ar), "يجب استيفاؤها حتى ذلك الحين");
  EXPECT_EQ(next("by then", Language::fr), "à respecter d'ici là");
  EXPECT_EQ(next("steps", Language::en), "has to hold by then");
  EXPECT_EQ(next("notice", Language::en), "too late after that");
  EXPECT_EQ(next("notice", Language::ar), "ثم يفوت الأوان");
  EXPECT_EQ(next("notice", Language::fr), "trop tard ensuite");
  EXPECT_EQ(next("duration", Language::en), "may not close before");
  EXPECT_EQ(next("duration", Language::ar), "لا يجوز الإقفال قبل ذلك");
  EXPECT_EQ(next("duration", Language::fr), "pas de clôture avant cette date");
  EXPECT_EQ(next("gap", Language::en), "not due");  // its meetings are not known
  EXPECT_THAT(listed(asked, "2020-02-04", {}, Language::ar),
              ElementsAre("k lapse 2020-02-04 ثم تسقط", "k refusal 2020-02-17 ثم يُعدّ السكوت رفضًا",
                          "k acceptance 2020-02-17 ثم يُعدّ السكوت قبولًا",
                          "k answer 2020-02-18 يجوز تمديد المهلة 15 يومًا بتعليل حتى 18 شباط 2020",
                          "k duration 2020-03-16 لا يجوز الإقفال قبل ذلك",
                          "k gap 2020-04-03 موعد المرة التالية",
                          "k yearly 2020-12-31 ينقص 1 حتى ذلك الحين"));
  EXPECT_THAT(
      listed(asked, "2020-02-04", {}, Language::fr),
      ElementsAre(
          "k lapse 2020-02-04 caduque ensuite",
          "k refusal 2020-02-17 ensuite, le silence vaut refus",
          "k acceptance 2020-02-17 ensuite, le silence vaut acceptation",
          "k answer 2020-02-18 prolongation motivée de 15 jours possible jusqu'au 18 février "
          "2020",
          "k duration 2020-03-16 pas de clôture avant cette date",
          "k gap 2020-04-03 prochaine fois", "k yearly 2020-12-31 il en manque 1 d'ici là"));
  EXPECT_THAT(listed(asked, "2020-03-01", {}, Language::ar)[0],
              "k answer 2020-02-18 لا تزال واجبة؛ وتنشأ عن المخالفة: الاعتذار");
  EXPECT_THAT(listed(asked, "2020-03-01", {}, Language::fr)[0],
              "k answer 2020-02-18 reste à faire\u00a0; il s'ensuit\u00a0: Des excuses");
}

TEST_F(Obligations, AreFilteredByBearerAndDate) {
  ObligationFilter filter;
  filter.bearer = "platform";
  EXPECT_THAT(
      listed(asked, "2020-02-04", filter),
      ElementsAre("k lapse 2020-02-04 lapses then", "k duration 2020-03-16 may not close before",
                  "k gap 2020-04-03 the next one", "k yearly 2020-12-31 1 more by then"));
  filter.due_from = parse_date("2020-03-17");
  filter.due_to = parse_date("2020-12-31");
  EXPECT_THAT(listed(asked, "2020-02-04", filter), ElementsAre("k gap 2020-04-03 the next one"));
  filter.bearer = "nobody";
  EXPECT_TRUE(listed(asked, "2020-02-04", filter).empty());
}

TEST_F(Obligations, AreATable) {
  const auto due = obligations(*history(asked), on("2020-03-01"));
  const Table table = obligations_table(charter(), due, parse_date("2020-03-01"), Language::ar);
  EXPECT_THAT(
      column_names(table),
      ElementsAre("case", "kind", "norm", "article", "citation", "label", "bearer_id", "bearer",
                  "counterparty_id", "counterparty", "due", "state", "days_left", "next_step"));
  ASSERT_EQ(table.rows(), 5);
  EXPECT_THAT(cells(table, 0),
              ElementsAre("k", "dialogue", "answer", "-", "art. 5", "الجواب في حينه", "ministry",
                          "الوزارة", "platform", "المنصة", "2020-02-18", "overdue", "-12",
                          "لا تزال واجبة؛ وتنشأ عن المخالفة: الاعتذار"));
  EXPECT_EQ(cell(table, "days_left", 1), "15");
  EXPECT_EQ(cell(table, "state", 3), "fulfilled");  // so far
}

// On every day the calendar holds what the findings say.
TEST_F(Obligations, AreThoseOfTheFindings) {
  const std::string events =
      std::string(asked) +
      R"(,{"on": "2020-02-10", "case": "l", "kind": "dialogue", "facts": {"opened": "2020-02-10",
           "meeting": "2020-03-10", "invited": null, "meetings": []}},
         {"on": "2020-02-12", "case": "k", "facts": {"answered": "2020-02-12"}},
         {"on": "2020-02-26", "case": "l", "facts": {"invited": "2020-02-26"}})";
  const auto of = history(events);
  for (Date day = parse_date("2020-02-01"); day < parse_date("2020-06-01"); ++day) {
    Question question;
    question.on = day;
    std::multiset<std::string> expected, got;
    for (const CasesOfKind& cases : of->as_of(day)) {
      const Findings findings = assess(charter(), cases.kind, *cases.cases, question);
      for (std::uint32_t row = 0; row < findings.rows(); ++row) {
        for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
          const Finding finding = findings.at(i, row);
          const bool next = finding.outcome == Outcome::met && finding.why == Why::gap;
          const bool due =
              finding.outcome == Outcome::pending || finding.state == State::overdue || next;
          if (!due || finding.due == date_none) continue;
          expected.insert(cases.ids[row] + charter().norms()[findings.norms()[i]].id +
                          iso(finding.due));
        }
      }
    }
    Date last = date_none;
    for (const Obligation& each : obligations(*of, question)) {
      got.insert(each.id + charter().norms()[each.norm].id + iso(each.due()));
      EXPECT_GE(each.due(), last);
      last = each.due();
    }
    EXPECT_EQ(got, expected) << iso(day);
  }
}

}  // namespace
}  // namespace partnership::charter
