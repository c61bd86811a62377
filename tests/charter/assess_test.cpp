// SPDX-License-Identifier: Apache-2.0
//
// What each shape makes of a case at the days that matter. The day-by-day simulator
// (simulator_test.cpp) walks over the rest.
#include <gmock/gmock.h>

#include "charter/assess_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* calendar =
    R"("calendar": {"calendar": "w", "title": "W", "weekend": ["saturday", "sunday"],
       "valid": {"from": "2019-01-01", "to": "2022-01-01"},
       "holidays": [{"date": "2020-01-01", "name": "New Year"}]}, )";
// Of the charter of charter_tools.hpp, which has a, b?, n, d, e?, days, t?.
constexpr const char* more_facts =
    R"(, "done": "date", "opens": "date", "closes": "date", "long": "boolean", "told": "date",
       "why": "string?", "at": "date and time", "steps": [{"level": "string", "phase": "string?",
       "on": "date", "good": "boolean"}])";

Asked asked(const std::string& body, const std::string& more = calendar) {
  return Asked(document(norm("n", body), more, more_facts));
}

// ---- require

TEST(AssessRequire, IsMetOrNot) {
  const Asked one = asked(R"("require": "a")");
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-01-01"), met(Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": false})", "2020-01-01"),
            not_met(State::violated, Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": null})", "2020-01-01"), missing());
  EXPECT_EQ(one.find("n", R"({})", "2020-01-01"), missing());
  EXPECT_THAT(one.look_into("n", "{}", "2020-01-01").missing, ElementsAre("a"));
}

TEST(AssessRequire, IsPendingUpToTheDayByWhich) {
  const Asked one = asked(R"("require": {"that": "a", "by": "d"})");
  const std::string open = R"({"a": false, "d": "2020-03-31"})";
  EXPECT_EQ(one.find("n", open, "2020-03-30"), pending("2020-03-31"));
  EXPECT_EQ(one.find("n", open, "2020-03-31"), pending("2020-03-31"));
  EXPECT_EQ(one.find("n", open, "2020-04-01"),
            not_met(State::violated, Why::condition, "2020-03-31"));
  EXPECT_EQ(one.find("n", R"({"a": true, "d": "2020-03-31"})", "2020-01-01"), met(Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": false, "d": null})", "2020-01-01"), pending());
  EXPECT_EQ(one.find("n", R"({"a": false})", "2020-01-01"), missing());
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-01-01"), met(Why::condition));
}

TEST(AssessRequire, AsksForEveryFactThatItMentions) {
  // FEEL would give true without knowing n.
  const Asked one = asked(R"("require": "a or n > 1")");
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-01-01"), missing());
  EXPECT_EQ(one.find("n", R"({"a": true, "n": 0})", "2020-01-01"), met(Why::condition));
}

TEST(AssessRequire, HasNoAnswerWhereTheConditionHasNone) {
  const Asked null = asked(R"("require": "b")");
  EXPECT_EQ(null.find("n", R"({})", "2020-01-01"), no_answer());
  EXPECT_EQ(null.find("n", R"({"b": true})", "2020-01-01"), met(Why::condition));
  const Asked warned = asked(R"("require": "if n / 0 > 1 then true else false")");
  EXPECT_EQ(warned.find("n", R"({"n": 1})", "2020-01-01"), no_answer());
  const Asked dates = asked(R"x("require": "done - opens <= duration(\"P1D\")")x");
  EXPECT_EQ(dates.find("n", R"({"done": null, "opens": "2020-01-01"})", "2020-01-01"), no_answer());
}

TEST(AssessRequire, KnowsTheDayOfTheQuestion) {
  const Asked one = asked(R"x("require": "today() > d")x");
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01"})", "2020-01-01").outcome, Outcome::not_met);
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01"})", "2020-01-02").outcome, Outcome::met);
  const Asked working = asked(R"x("require": "working days between(d, today()) = 1")x");
  EXPECT_EQ(working.find("n", R"({"d": "2019-12-31"})", "2020-01-02").outcome, Outcome::met);
  const Asked clock = asked(R"x("require": "now() > date and time(\"2000-01-01T00:00:00Z\")")x");
  EXPECT_EQ(clock.find("n", R"({})", "2020-01-01"), no_answer());
}

TEST(AssessRequire, MissesMembersOfItems) {
  const Asked one = asked(R"("require": "every s in steps satisfies s.good")");
  EXPECT_EQ(one.find("n", R"({"steps": [{"good": true}, {"good": true}]})", "2020-01-01"),
            met(Why::condition));
  const std::string unknown = R"({"steps": [{"good": false}, {}, null, {"good": null}]})";
  EXPECT_EQ(one.find("n", unknown, "2020-01-01"), missing());
  EXPECT_THAT(one.look_into("n", unknown, "2020-01-01").missing,
              ElementsAre("steps[2]", "steps[1].good", "steps[3].good"));
  EXPECT_THAT(one.look_into("n", "{}", "2020-01-01").missing, ElementsAre("steps"));
}

// ---- whether it applies, and which version

TEST(AssessApplies, IsAskedFirst) {
  const Asked one = asked(R"("applies": "b = true", "require": "a")");
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-01-01"), not_applicable(Why::does_not_apply));
  EXPECT_EQ(one.find("n", R"({"b": true, "a": true})", "2020-01-01"), met(Why::condition));
  const Asked other = asked(R"("applies": "a", "require": "n > 1")");
  EXPECT_EQ(other.find("n", R"({"n": 2})", "2020-01-01"), missing());
  EXPECT_EQ(other.find("n", R"({"a": false})", "2020-01-01"), not_applicable(Why::does_not_apply));
}

std::string versions(const std::string& dated = "", const std::string& charter = "") {
  const std::string one = R"({"id": "n", "citation": "c", "label": "L", "modality": "obligation",
                             "bearer": "state", "about": "case", )";
  return R"({"charter": "c", "version": "1", "title": "C", )" + charter +
         R"("parties": {"state": "S"}, "kinds": {"case": {"label": "K", )" + dated +
         R"("facts": {"a": "boolean", "d": "date"}}}, "norms": [)" + one +
         R"("in force": {"from": "2020-01-01", "to": "2021-01-01"}, "require": "a"},)" + one +
         R"x("in force": {"from": "2021-06-01"}, "require": "not(a)"}]})x";
}

TEST(AssessVersion, IsThatOfTheDayAsked) {
  const Asked one(versions());
  EXPECT_EQ(one.find("n", R"({"a": true})", "2019-12-31"), not_applicable(Why::not_in_force, -1));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-01-01"), met(Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-12-31"), met(Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2021-01-01"), not_applicable(Why::not_in_force, -1));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2021-06-01"),
            finding(Outcome::not_met, State::violated, Why::condition, "", 1));
}

TEST(AssessVersion, OrOfTheDateThatTheKindNames) {
  const Asked one(versions(R"("dated by": "d", )"));
  const auto of = [&](const std::string& day, const std::string& on) {
    return one.find("n", R"({"a": true, "d": )" + day + "}", on);
  };
  EXPECT_EQ(of(R"("2020-05-05")", "2022-01-01"), met(Why::condition));
  EXPECT_EQ(of(R"("2021-05-05")", "2022-01-01"), not_applicable(Why::not_in_force, -1));
  EXPECT_EQ(of("null", "2020-05-05"), met(Why::condition));             // the day asked
  EXPECT_EQ(of(R"("2022-05-05")", "2020-05-05"), met(Why::condition));  // has not come
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-05-05"), missing("", -1));
}

TEST(AssessVersion, IsNoneOutsideTheChartersOwnDays) {
  const Asked one(versions("", R"("in force": {"from": "2020-03-01", "to": "2020-04-01"}, )"));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-02-29"), not_applicable(Why::not_in_force, -1));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-03-01"), met(Why::condition));
  EXPECT_EQ(one.find("n", R"({"a": true})", "2020-04-01"), not_applicable(Why::not_in_force, -1));
}

TEST(AssessVersion, OfOneThatAlwaysHoldsNeedsNoDate) {
  const std::string text = document(norm("n", R"("require": "a")"));
  const std::string key = R"("case": {"label": "Case", )";
  std::string dated = text;
  dated.insert(dated.find(key) + key.size(), R"("dated by": "d", )");
  EXPECT_EQ(Asked(dated).find("n", R"({"a": true})", "2020-01-01"), met(Why::condition));
}

TEST(AssessEnabled, OthersHaveNoFindingUnlessAsked) {
  const Asked one(document(norm("off", R"("enabled": false, "require": "a")") + "," +
                           norm("on", R"x("require": "not(a)")x")));
  const auto of = one.charter().kinds()[0].set->read_case(R"({"a": true})");
  Question question;
  question.on = parse_date("2020-01-01");
  EXPECT_THAT(assess(one.charter(), 0, *of, question).norms(), ElementsAre(1U));
  question.disabled = true;
  const Findings all = assess(one.charter(), 0, *of, question);
  EXPECT_THAT(all.norms(), ElementsAre(0U, 1U));
  EXPECT_EQ(all.at(0, 0), met(Why::condition));
  question.disabled = false;
  EXPECT_EQ(examine(one.charter(), 0, *of, question, 0).finding, met(Why::condition));
}

// ---- deadline

const std::string deadline = R"("deadline": {"after": "d", "within": "15 days", "done": "done"})";

TEST(AssessDeadline, CountsDaysInclusively) {
  const Asked one = asked(deadline);
  const std::string none = R"({"d": "2020-02-20", "done": null})";
  EXPECT_EQ(one.find("n", none, "2020-02-19"), not_applicable(Why::not_triggered));
  EXPECT_EQ(one.find("n", none, "2020-02-20"), pending("2020-03-06"));  // over 29 February
  EXPECT_EQ(one.find("n", none, "2020-03-06"), pending("2020-03-06"));
  EXPECT_EQ(one.find("n", none, "2020-03-07"), not_met(State::overdue, Why::silence, "2020-03-06"));
  const std::string last = R"({"d": "2020-02-20", "done": "2020-03-06"})";
  EXPECT_EQ(one.find("n", last, "2020-03-05"), pending("2020-03-06"));  // it has not happened yet
  EXPECT_EQ(one.find("n", last, "2020-03-06"), met(Why::in_time, "2020-03-06"));
  EXPECT_EQ(one.find("n", last, "2021-03-06"), met(Why::in_time, "2020-03-06"));
  const std::string late = R"({"d": "2020-02-20", "done": "2020-03-07"})";
  EXPECT_EQ(one.find("n", late, "2020-03-06"), pending("2020-03-06"));
  EXPECT_EQ(one.find("n", late, "2020-03-07"),
            not_met(State::fulfilled_late, Why::late, "2020-03-06"));
}

TEST(AssessDeadline, IsPendingWhereItIsNotKnownWhetherItWasDone) {
  const Asked one = asked(deadline);
  const std::string facts = R"({"d": "2020-02-20"})";
  EXPECT_EQ(one.find("n", facts, "2020-03-06"), pending("2020-03-06"));
  EXPECT_THAT(one.look_into("n", facts, "2020-03-06").missing, ElementsAre("done"));
  EXPECT_EQ(one.find("n", facts, "2020-03-07"), missing("2020-03-06"));
  EXPECT_EQ(one.find("n", R"({"done": null})", "2020-03-07"), missing());
  EXPECT_EQ(one.find("n", R"({"d": null})", "2020-03-07"), not_applicable(Why::not_triggered));
}

TEST(AssessDeadline, MovesOffDaysOff) {
  const Asked one = asked(
      R"("deadline": {"after": "d", "within": "15 days", "done": "done",
                      "on a day off": "next working day"})");
  // 1 January 2020, a holiday, is a Wednesday.
  EXPECT_EQ(one.find("n", R"({"d": "2019-12-17", "done": null})", "2019-12-20"),
            pending("2020-01-02"));
  // 4 January is a Saturday.
  EXPECT_EQ(one.find("n", R"({"d": "2019-12-20", "done": null})", "2020-01-06"),
            pending("2020-01-06"));
  EXPECT_EQ(one.find("n", R"({"d": "2019-12-20", "done": null})", "2020-01-07"),
            not_met(State::overdue, Why::silence, "2020-01-06"));
  // The calendar ends with 2021.
  EXPECT_EQ(one.find("n", R"({"d": "2021-12-20", "done": null})", "2021-12-20"), no_answer());
}

std::string extended(const std::string& silence = "") {
  return R"("deadline": {"after": "d", "within": "15 days", "done": "done", )" + silence +
         R"("extension": {"by": "15 days", "when": "long", "reason": "why", "told": "told"}})";
}

TEST(AssessDeadline, IsExtendedOnceWithAReasonThatWasToldInTime) {
  const Asked one = asked(extended());
  // Due on 6 March, extended to the 21st.
  const auto of = [&](const std::string& rest, const std::string& on) {
    return one.find("n", R"({"d": "2020-02-20", "done": null, )" + rest + "}", on);
  };
  const std::string good = R"("long": true, "why": "a search", "told": "2020-03-06")";
  EXPECT_EQ(of(good, "2020-03-05"), pending("2020-03-06"));  // not told yet
  EXPECT_EQ(of(good, "2020-03-06"), pending("2020-03-21"));
  EXPECT_EQ(of(good, "2020-03-21"), pending("2020-03-21"));
  EXPECT_EQ(of(good, "2020-03-22"), not_met(State::overdue, Why::silence, "2020-03-21"));
  EXPECT_EQ(of(R"("long": false)", "2020-03-07"),
            not_met(State::overdue, Why::silence, "2020-03-06"));
  EXPECT_EQ(of(R"("long": true, "why": " ", "told": "2020-03-01")", "2020-03-07"),
            not_met(State::overdue, Why::extension_no_reason, "2020-03-06"));
  EXPECT_EQ(of(R"("long": true, "told": "2020-03-01")", "2020-03-07"),
            not_met(State::overdue, Why::extension_no_reason, "2020-03-06"));
  EXPECT_EQ(of(R"("long": true, "why": "a search", "told": "2020-03-07")", "2020-03-07"),
            not_met(State::overdue, Why::extension_not_told, "2020-03-06"));
  EXPECT_EQ(of(R"("long": true, "why": "a search", "told": null)", "2020-03-07"),
            not_met(State::overdue, Why::extension_not_told, "2020-03-06"));
}

TEST(AssessDeadline, AsksForTheExtensionOnlyWhereItMatters) {
  const Asked one = asked(extended());
  const auto of = [&](const std::string& rest, const std::string& on) {
    return one.find("n", R"({"d": "2020-02-20", )" + rest + "}", on);
  };
  EXPECT_EQ(of(R"("done": "2020-03-06")", "2020-03-10"), met(Why::in_time, "2020-03-06"));
  EXPECT_EQ(of(R"("done": null)", "2020-03-06"), pending("2020-03-06"));
  EXPECT_THAT(one.look_into("n", R"({"d": "2020-02-20", "done": null})", "2020-03-06").missing,
              IsEmpty());
  EXPECT_EQ(of(R"("done": null)", "2020-03-07"), missing("2020-03-06"));
  EXPECT_EQ(of(R"("done": null, "long": true, "why": "x")", "2020-03-07"), missing("2020-03-06"));
  const std::string good = R"("long": true, "why": "x", "told": "2020-03-01")";
  EXPECT_EQ(of(good, "2020-03-07"), pending("2020-03-21"));  // done is not known
  EXPECT_EQ(of(good, "2020-03-22"), missing("2020-03-21"));
  EXPECT_EQ(of(good + R"(, "done": "2020-03-21")", "2020-03-22"), met(Why::in_time, "2020-03-21"));
  EXPECT_EQ(of(good + R"(, "done": "2020-03-22")", "2020-03-22"),
            not_met(State::fulfilled_late, Why::late, "2020-03-21"));
  const Measures measures =
      one.look_into("n", R"({"d": "2020-02-20", "done": null, )" + good + "}", "2020-03-07")
          .measures;
  EXPECT_EQ(day_text(measures.first_due), "2020-03-06");
  EXPECT_TRUE(measures.extended);
}

TEST(AssessDeadline, IsDecidedBySilence) {
  const std::string none = R"({"d": "2020-02-20", "done": null})";
  const std::string late = R"({"d": "2020-02-20", "done": "2020-03-10"})";
  const auto with = [&](const std::string& silence) {
    return asked(R"("deadline": {"after": "d", "within": "15 days", "done": "done", "silence": ")" +
                 silence + "\"}");
  };
  const Asked refusal = with("refusal"), acceptance = with("acceptance"), lapse = with("lapse");
  EXPECT_EQ(refusal.find("n", none, "2020-03-07"),
            not_met(State::deemed, Why::silence, "2020-03-06"));
  EXPECT_EQ(refusal.find("n", late, "2020-03-10"),
            not_met(State::fulfilled_late, Why::late, "2020-03-06"));
  const Finding accepted = finding(Outcome::met, State::deemed, Why::silence, "2020-03-06");
  EXPECT_EQ(acceptance.find("n", none, "2020-03-06"), pending("2020-03-06"));
  EXPECT_EQ(acceptance.find("n", none, "2020-03-07"), accepted);
  EXPECT_EQ(acceptance.find("n", late, "2020-03-10"), accepted);  // it was accepted already
  const Finding lapsed =
      finding(Outcome::not_applicable, State::lapsed, Why::silence, "2020-03-06");
  EXPECT_EQ(lapse.find("n", none, "2020-03-07"), lapsed);
  EXPECT_EQ(lapse.find("n", late, "2020-03-10"), lapsed);
}

TEST(AssessDeadline, TakesPeriodsThatFactsGive) {
  const Asked one = asked(R"("deadline": {"after": "d", "within": {"feel": "n"}, "done": "done"})");
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01", "n": 10, "done": null})", "2020-01-02"),
            pending("2020-01-11"));
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01", "n": 10.5, "done": null})", "2020-01-02"),
            no_answer());
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01", "n": -1, "done": null})", "2020-01-02"),
            no_answer());
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01", "done": null})", "2020-01-02"), missing());
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-01", "n": 1e9, "done": null})", "2020-01-02"),
            no_answer());
  const Asked two = asked(
      R"x("deadline": {"after": "d", "within": {"feel": "duration(\"P1M\")"}, "done": "done"})x");
  EXPECT_EQ(two.find("n", R"({"d": "2020-01-31", "done": null})", "2020-02-02"),
            pending("2020-02-29"));
}

TEST(AssessDeadline, TakesDatesThatExpressionsGive) {
  const Asked one = asked(
      R"x("deadline": {"after": "max(days)", "within": "10 days", "done": "if a then at else e"})x");
  EXPECT_EQ(one.find("n", R"({"days": ["2020-01-01", "2020-01-05"], "a": true,
                              "at": "2020-01-15T23:59:00"})",
                     "2020-02-02"),
            met(Why::in_time, "2020-01-15"));
  EXPECT_EQ(one.find("n", R"({"days": ["2020-01-01"], "a": false, "at": null})", "2020-02-02"),
            not_met(State::overdue, Why::silence, "2020-01-11"));
  EXPECT_EQ(one.find("n", R"({"days": ["2020-01-01"], "a": true, "at": null})", "2020-02-02"),
            not_met(State::overdue, Why::silence, "2020-01-11"));
}

// ---- notice

TEST(AssessNotice, CountsBackFromWhatIsAnnounced) {
  const Asked one = asked(R"("notice": {"before": "d", "at least": "10 days", "done": "done"})");
  const std::string none = R"({"d": "2020-03-10", "done": null})";
  EXPECT_EQ(one.find("n", none, "2020-02-29"), pending("2020-02-29"));
  EXPECT_EQ(one.find("n", none, "2020-03-01"),
            not_met(State::violated, Why::silence, "2020-02-29"));
  EXPECT_EQ(one.find("n", R"({"d": "2020-03-10", "done": "2020-02-29"})", "2020-02-29"),
            met(Why::in_time, "2020-02-29"));
  EXPECT_EQ(one.find("n", R"({"d": "2020-03-10", "done": "2020-03-01"})", "2020-03-01"),
            not_met(State::fulfilled_late, Why::late, "2020-02-29"));
  EXPECT_EQ(one.find("n", R"({"d": "2020-03-10"})", "2020-02-29"), pending("2020-02-29"));
  EXPECT_EQ(one.find("n", R"({"d": "2020-03-10"})", "2020-03-01"), missing("2020-02-29"));
  EXPECT_EQ(one.find("n", R"({"d": null, "done": null})", "2020-03-01"),
            not_applicable(Why::not_triggered));
}

TEST(AssessNotice, CountsWorkingDaysBackwards) {
  const Asked one =
      asked(R"("notice": {"before": "d", "at least": "2 working days", "done": "done"})");
  // 3 January 2020 is a Friday; before it come the 2nd and, over the holiday, 31 December.
  EXPECT_EQ(one.find("n", R"({"d": "2020-01-03", "done": null})", "2019-12-20"),
            pending("2019-12-31"));
  EXPECT_EQ(one.find("n", R"({"d": "2019-01-02", "done": null})", "2018-12-20"), no_answer());
}

// ---- duration

TEST(AssessDuration, IsLongEnoughOrNot) {
  const Asked one =
      asked(R"("duration": {"from": "opens", "to": "closes", "at least": "30 days"})");
  const auto of = [&](const std::string& closes, const std::string& on) {
    return one.find("n", R"({"opens": "2020-01-31", "closes": )" + closes + "}", on);
  };
  EXPECT_EQ(of("null", "2020-01-30"), not_applicable(Why::not_triggered));
  EXPECT_EQ(of("null", "2020-01-31"), pending("2020-03-01"));
  EXPECT_EQ(of("null", "2020-02-29"), pending("2020-03-01"));
  EXPECT_EQ(of("null", "2020-03-01"), met(Why::long_enough, "2020-03-01"));
  EXPECT_EQ(of(R"("2020-03-01")", "2020-03-01"), met(Why::long_enough, "2020-03-01"));
  EXPECT_EQ(of(R"("2020-02-29")", "2020-02-28"), pending("2020-03-01"));  // may be prolonged
  EXPECT_EQ(of(R"("2020-02-29")", "2020-02-29"),
            not_met(State::violated, Why::too_short, "2020-03-01"));
  EXPECT_EQ(of(R"("2020-12-31")", "2020-02-29"), pending("2020-03-01"));
  EXPECT_EQ(of(R"("2020-12-31")", "2020-03-01"), met(Why::long_enough, "2020-03-01"));
  EXPECT_EQ(one.find("n", R"({"opens": "2020-01-31"})", "2020-02-29"), missing("2020-03-01"));
  EXPECT_EQ(one.find("n", R"({"opens": null})", "2020-02-29"), not_applicable(Why::not_triggered));
}

TEST(AssessDuration, GrowsWithTheWindowsItMeets) {
  const Asked one = asked(
      R"("duration": {"from": "opens", "to": "closes", "at least": "4 weeks",
          "grows": [{"when it meets": "summer", "by": "2 weeks"},
                    {"when it meets": "easter", "by": {"feel": "n"}}]})",
      R"("windows": {"summer": {"from": "07-15", "to": "08-15"},
         "easter": {"from": {"easter": "western", "offset": -2},
                    "to": {"easter": "western", "offset": 1}}}, )");
  const auto of = [&](const std::string& opens, const std::string& rest = R"("n": 7)") {
    return one.find("n", R"({"opens": ")" + opens + R"(", "closes": null, )" + rest + "}", opens);
  };
  EXPECT_EQ(of("2020-06-17"), pending("2020-07-15"));  // its last day is 14 July
  EXPECT_EQ(of("2020-06-18"), pending("2020-07-30"));
  EXPECT_EQ(of("2020-03-14"), pending("2020-04-18"));  // Good Friday is 10 April
  EXPECT_EQ(of("2020-03-13"), pending("2020-04-10"));
  EXPECT_EQ(of("2020-03-13", R"("a": true)"), missing());
}

// ---- evidence and reasons

TEST(AssessEvidence, MustExistForANormToBeMet) {
  const Asked one = asked(R"("evidence": ["t", "done", "days"], "require": "a")");
  const auto of = [&](const std::string& facts) {
    return one.find("n", R"({"a": true, )" + facts + "}", "2020-01-01");
  };
  const Finding none = finding(Outcome::undetermined, State::none, Why::no_evidence);
  EXPECT_EQ(of(R"("t": "x", "done": "2020-01-01", "days": ["2019-01-01"])"), met(Why::condition));
  EXPECT_EQ(of(R"("t": " ", "done": "2020-01-01", "days": ["2019-01-01"])"), none);
  EXPECT_EQ(of(R"("done": "2020-01-01", "days": ["2019-01-01"])"), none);
  EXPECT_EQ(of(R"("t": "x", "done": "2020-01-02", "days": ["2019-01-01"])"), none);
  EXPECT_EQ(of(R"("t": "x", "done": null, "days": ["2019-01-01"])"), none);
  EXPECT_EQ(of(R"("t": "x", "done": "2020-01-01", "days": [])"), none);
  EXPECT_EQ(of(R"("t": "x", "days": ["2019-01-01"])"), missing());
  EXPECT_THAT(one.look_into("n", R"({"a": true, "t": "x"})", "2020-01-01").missing,
              ElementsAre("days", "done"));
  EXPECT_EQ(one.find("n", R"({"a": false})", "2020-01-01"),
            not_met(State::violated, Why::condition));
}

TEST(AssessQuestion, RefusesWhatItCannotAnswer) {
  const Asked one = asked(R"("require": "a")");
  const auto of = one.charter().kinds()[0].set->read_case(R"({"a": true})");
  Question question;
  EXPECT_THROW(assess(one.charter(), 0, *of, question), Error);
  question.on = parse_date("2020-01-01");
  EXPECT_NO_THROW(assess(one.charter(), 0, *of, question));
  EXPECT_THROW(assess(one.charter(), 1, *of, question), Error);
  EXPECT_THROW(assess(one.charter(), 7, *of, question), Error);
  EXPECT_THROW(examine(one.charter(), 0, *of, question, 3), Error);
  const Asked other = asked(R"("require": "a")");
  EXPECT_THROW(assess(other.charter(), 0, *of, question), Error);
}

}  // namespace
}  // namespace partnership::charter
