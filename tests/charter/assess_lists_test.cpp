// SPDX-License-Identifier: Apache-2.0
//
// What recurrences and coverages make of a case at the days that matter.
#include <gmock/gmock.h>

#include "charter/assess_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

// Of the charter of charter_tools.hpp, which has days.
Asked asked(const std::string& body) {
  return Asked(document(norm("n", body), "", R"(, "opens": "date", "closes": "date",
      "steps": [{"level": "string", "phase": "string?", "on": "date", "good": "boolean"}])"));
}

// ---- recurrence

TEST(AssessRecurrence, LeavesNoGapTooLong) {
  const Asked one =
      asked(R"("recurrence": {"of": "days", "from": "opens", "to": "closes", "gap": "3 months"})");
  const auto of = [&](const std::string& days, const std::string& on,
                      const std::string& closes = "null") {
    return one.find(
        "n", R"({"opens": "2020-01-31", "days": )" + days + R"(, "closes": )" + closes + "}", on);
  };
  EXPECT_EQ(of("[]", "2020-01-30"), not_applicable(Why::not_triggered));
  EXPECT_EQ(of("[]", "2020-04-30"), pending("2020-04-30"));
  EXPECT_EQ(of("[]", "2020-05-01"), not_met(State::overdue, Why::gap, "2020-04-30"));
  const std::string april = R"(["2020-04-30", "2020-12-01", "2019-12-01", null])";
  EXPECT_EQ(of(april, "2020-04-30"), met(Why::gap, "2020-07-30"));
  EXPECT_EQ(of(april, "2020-07-30"), met(Why::gap, "2020-07-30"));
  EXPECT_EQ(of(april, "2020-07-31"), not_met(State::overdue, Why::gap, "2020-07-30"));
  EXPECT_EQ(of(april, "2020-12-01"), not_met(State::violated, Why::gap, "2020-07-30"));
  EXPECT_EQ(of(R"(["2020-06-01", "2020-04-30"])", "2020-06-01"), met(Why::gap, "2020-09-01"));
  EXPECT_EQ(of(R"(["2020-05-01"])", "2020-05-01"),
            not_met(State::violated, Why::gap, "2020-04-30"));
  // Ended.
  EXPECT_EQ(of(R"(["2020-04-30"])", "2020-12-31", R"("2020-07-30")"), met(Why::gap));
  EXPECT_EQ(of(R"(["2020-04-30"])", "2020-12-31", R"("2020-07-31")"),
            not_met(State::violated, Why::gap, "2020-07-30"));
  EXPECT_EQ(of(R"(["2020-04-30"])", "2020-06-30", R"("2020-07-31")"), met(Why::gap, "2020-07-30"));
  EXPECT_EQ(of("[]", "2020-12-31", R"("2020-04-01")"), met(Why::gap));
  EXPECT_EQ(of("[]", "2020-12-31", R"("2020-01-01")"), no_answer());  // before it began
}

TEST(AssessRecurrence, MissesTheListOrItsEnd) {
  const Asked one =
      asked(R"("recurrence": {"of": "days", "from": "opens", "to": "closes", "gap": "3 months"})");
  EXPECT_EQ(one.find("n", R"({"opens": "2020-01-31", "closes": null})", "2020-02-01"), missing());
  EXPECT_EQ(one.find("n", R"({"opens": "2020-01-31", "days": []})", "2020-02-01"), missing());
  EXPECT_EQ(one.find("n", R"({"days": [], "closes": null})", "2020-02-01"), missing());
  EXPECT_EQ(one.find("n", R"({"opens": "2020-01-31", "closes": null, "days": null})", "2020-02-01"),
            missing());
}

TEST(AssessRecurrence, AsksForSoManyInEachPeriod) {
  const Asked one = asked(
      R"("recurrence": {"of": "days", "from": "opens", "to": "closes", "at least": 2, "per": "6 months"})");
  const auto of = [&](const std::string& days, const std::string& on,
                      const std::string& closes = "null") {
    return one.find(
        "n", R"({"opens": "2020-01-31", "days": )" + days + R"(, "closes": )" + closes + "}", on);
  };
  // [2020-01-31, 2020-07-31), [2020-07-31, 2021-01-31), ...
  EXPECT_EQ(of("[]", "2020-07-30"), pending("2020-07-30"));
  EXPECT_EQ(of("[]", "2020-07-31"), not_met(State::violated, Why::count, "2020-07-30"));
  const std::string two = R"(["2020-01-31", "2020-07-30"])";
  EXPECT_EQ(of(two, "2020-07-29"), pending("2020-07-30"));
  EXPECT_EQ(of(two, "2020-07-30"), met(Why::count));
  EXPECT_EQ(of(two, "2020-07-31"), pending("2021-01-30"));
  EXPECT_EQ(of(two, "2021-01-31"), not_met(State::violated, Why::count, "2021-01-30"));
  EXPECT_EQ(of(two, "2022-01-01", R"("2020-12-31")"), met(Why::count));  // cut short
  EXPECT_EQ(of(two, "2022-01-01", R"("2021-01-30")"),
            not_met(State::violated, Why::count, "2021-01-30"));
  EXPECT_EQ(of(two, "2021-01-30", R"("2021-01-30")"), pending("2021-01-30"));
}

TEST(AssessRecurrence, AsksForSoManyInACalendarYear) {
  const Asked one = asked(
      R"("recurrence": {"of": "days", "from": "opens", "at least": 1, "per": "calendar year"})");
  const auto of = [&](const std::string& days, const std::string& on) {
    return one.find("n", R"({"opens": "2020-12-01", "days": )" + days + "}", on);
  };
  EXPECT_EQ(of("[]", "2020-12-31"), pending("2020-12-31"));
  EXPECT_EQ(of("[]", "2021-01-01"), not_met(State::violated, Why::count, "2020-12-31"));
  EXPECT_EQ(of(R"(["2020-12-31"])", "2021-12-31"), pending("2021-12-31"));
  EXPECT_EQ(of(R"(["2020-12-31", "2021-01-01"])", "2021-12-31"), met(Why::count));
}

TEST(AssessRecurrence, TakesMembersOfItems) {
  const Asked all = asked(
      R"("recurrence": {"of": "steps.on", "from": "opens", "at least": 2, "per": "1 years"})");
  const Asked some = asked(
      R"("recurrence": {"of": "steps[good].on", "from": "opens", "at least": 2, "per": "1 years"})");
  const std::string facts = R"({"opens": "2020-01-01", "steps": [
    {"on": "2020-02-01", "good": true}, {"on": "2020-03-01", "good": false}, {"on": null, "good": true}]})";
  EXPECT_EQ(all.find("n", facts, "2020-06-01"), met(Why::count));
  EXPECT_EQ(some.find("n", facts, "2020-06-01"), pending("2020-12-31"));
  const std::string unknown = R"({"opens": "2020-01-01", "steps": [
    {"on": "2020-02-01", "good": true}, {"on": "2020-03-01"}]})";
  EXPECT_EQ(all.find("n", unknown, "2020-06-01"), met(Why::count));
  EXPECT_EQ(some.find("n", unknown, "2020-06-01"), missing());
  EXPECT_THAT(some.look_into("n", unknown, "2020-06-01").missing, ElementsAre("steps[1].good"));
}

// ---- coverage

std::string coverage(const std::string& of, const std::string& required,
                     const std::string& more = "") {
  return R"("coverage": {"of": ")" + of + R"(", "rows": {"by": "level", "values": ["low", "high"]},
           "columns": {"by": "phase", "values": ["first", "middle and rather long", "last"]},
           "required": )" +
         required + more + "}";
}

TEST(AssessCoverage, WantsItsCells) {
  const std::string steps = R"({"d": "2020-02-01", "steps": [
    {"level": "low", "phase": "first"}, {"level": "high", "phase": "last"},
    {"level": "other", "phase": "last"}, {"level": "low"},
    {"level": "low", "phase": "middle and rather long"}]})";
  const auto outcome = [&](const std::string& required) {
    return asked(coverage("steps", required)).find("n", steps, "2020-01-01");
  };
  const Finding no = not_met(State::violated, Why::cells);
  EXPECT_EQ(outcome(R"([["low", "first"], ["high", "last"]])"), met(Why::cells));
  EXPECT_EQ(outcome(R"([["low", "first"], ["low", "last"]])"), no);
  EXPECT_EQ(outcome(R"("every row")"), met(Why::cells));
  EXPECT_EQ(outcome(R"("every column")"), met(Why::cells));
  EXPECT_EQ(outcome(R"("every cell")"), no);
  const Asked by = asked(coverage("steps", R"("every cell")", R"(, "by": "d")"));
  EXPECT_EQ(by.find("n", steps, "2020-02-01"), pending("2020-02-01"));
  EXPECT_EQ(by.find("n", steps, "2020-02-02"), not_met(State::violated, Why::cells, "2020-02-01"));
}

TEST(AssessCoverage, MissesAMemberThatCouldFillACell) {
  const auto outcome = [&](const std::string& required, const std::string& steps) {
    return asked(coverage("steps", required))
        .find("n", R"({"steps": [)" + steps + "]}", "2020-01-01");
  };
  const std::string first = R"({"phase": "first"})";
  EXPECT_EQ(outcome(R"([["low", "first"]])", first), missing());
  EXPECT_EQ(outcome(R"([["low", "first"]])", first + R"(, {"level": "low", "phase": "first"})"),
            met(Why::cells));
  EXPECT_EQ(outcome(R"([["low", "last"]])", first), not_met(State::violated, Why::cells));
  EXPECT_EQ(outcome(R"("every row")", first), missing());
  EXPECT_EQ(outcome(R"("every column")", first), not_met(State::violated, Why::cells));
  const Asked one = asked(coverage("steps", R"("every row")"));
  EXPECT_THAT(one.look_into("n", R"({"steps": [{"phase": "last"}]})", "2020-01-01").missing,
              ElementsAre("steps[0].level"));
  EXPECT_EQ(one.find("n", "{}", "2020-01-01"), missing());
}

TEST(AssessCoverage, TakesSomeOfTheContexts) {
  for (const std::string of : {"steps[good]", "for s in steps[good] return s"}) {
    const Asked one = asked(coverage(of, R"("every row")"));
    const auto outcome = [&](const std::string& steps) {
      return one.find("n", R"({"steps": [)" + steps + "]}", "2020-01-01");
    };
    EXPECT_EQ(outcome(R"({"level": "low", "phase": "last", "good": true},
                         {"level": "high", "phase": "last", "good": true})"),
              met(Why::cells));
    EXPECT_EQ(outcome(R"({"level": "low", "phase": "last", "good": true},
                         {"level": "high", "phase": "last", "good": false})"),
              not_met(State::violated, Why::cells));
    EXPECT_EQ(outcome(R"({"level": "low", "phase": "last", "good": true},
                         {"phase": "last", "good": true})"),
              missing());
    EXPECT_EQ(outcome(R"({"level": "low", "phase": "last", "good": true},
                         {"level": "high", "phase": "last"})"),
              missing());
  }
}

}  // namespace
}  // namespace partnership::charter
