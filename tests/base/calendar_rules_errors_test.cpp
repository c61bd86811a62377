// SPDX-License-Identifier: Apache-2.0
//
// What the document of a calendar with rules may not say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"

namespace partnership {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Date day(std::string_view iso) {
  return parse_date(iso);
}

std::vector<std::string> wrong(std::string_view json) {
  std::vector<std::string> messages;
  try {
    Calendar::load(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_document) << error.what();
    for (const Problem& problem : error.problems()) {
      EXPECT_GT(problem.line, 0) << problem.message;
      messages.push_back(problem.pointer + " " + problem.message);
    }
  }
  return messages;
}

std::string document(std::string_view members, std::string_view weekend = R"(["sunday"])") {
  return R"({"calendar": "x", "title": "X", "valid": {"from": "2020-01-01", "to": "2022-01-01"},)"
         R"("weekend": )" +
         std::string(weekend) + ", " + std::string(members) + "}";
}

TEST(CalendarRulesDocument, EveryWrongRuleIsNamed) {
  EXPECT_THAT(
      wrong(document(R"("note": 5, "rules": [
      {"name": "A", "on": "02-30", "moves": "next week"},
      {"name": {}, "on": {"easter": "eastern", "offset": 1}, "moves": {"when": [], "to": 5}},
      {"on": "01-01", "valid": {"from": "2020-02-01", "to": "2020-01-01"}, "verified": "yes"},
      {"name": "B", "on": "01-01", "valid": {"from": "2020"}, "moves": {"to": "next monday"},
       "sauce": ""},
      7], "holidays": [{"date": "2020-01-01", "name": "B", "moved from": 3}],
      "working": [{"date": "2023-01-01", "name": ""}, {"name": "C"}, {"date": "2020-01-05"},
                  {"date": "2020-01-05"}])")),
      ElementsAre(HasSubstr("/note "), "/rules/0/on `02-30` is no day of any year",
                  "/rules/0/moves expected `next working day`, `next monday` or `nearest "
                  "weekday`, got `next week`",
                  HasSubstr("/rules/1/name "), HasSubstr("/rules/1/on/easter "),
                  "/rules/1/moves/when expected at least one weekday",
                  HasSubstr("/rules/1/moves/to "), HasSubstr("/rules/2 missing member `name`"),
                  "/rules/2/valid expected `from` before `to`, got `2020-02-01` and "
                  "`2020-01-01`",
                  HasSubstr("/rules/2/verified "), HasSubstr("/rules/3/valid/from "),
                  HasSubstr("/rules/3/moves missing member `when`"), HasSubstr("/rules/3/sauce "),
                  HasSubstr("/rules/4 "), HasSubstr("/holidays/0/moved from "),
                  HasSubstr("/working/0/date "), HasSubstr("/working/0/name "),
                  HasSubstr("/working/1 "), "/working/3 `2020-01-05` is given twice"));
}

TEST(CalendarRulesDocument, WhatContradictsItselfIsNamed) {
  EXPECT_THAT(wrong(document(R"("rules": [{"name": {"ar": "أ", "en": "A"}, "on": "05-01"}],
      "holidays": [{"date": "2020-05-08", "name": "A", "moved from": "2020-05-02"},
                   {"date": "2020-05-09", "name": {"fr": "A"}, "moved from": "2020-05-01"},
                   {"date": "2021-05-09", "name": {"ar": "أ"}, "moved from": "2021-05-01"},
                   {"date": "2020-06-01", "name": "B"}],
      "working": [{"date": "2020-06-01"}, {"date": "2020-06-02"}, {"date": "2020-05-01"},
                  {"date": "2020-06-07"}])")),
              ElementsAre("/holidays/0/moved from no rule makes a holiday of this name on "
                          "`2020-05-02`",
                          "/holidays/1/moved from no rule makes a holiday of this name on "
                          "`2020-05-01`",
                          "/holidays/3 `2020-06-01` is one of the days of `working`",
                          "/working/1 `2020-06-02` is a working day anyway"));
}

TEST(CalendarRulesDocument, WeekendsFollowEachOther) {
  EXPECT_THAT(
      wrong(document(R"("note": "x")", R"([{"days": ["sunday"], "from": "2020-01-02"},
      {"days": ["friday", "friday", "x"]}, {"days": ["friday"], "from": "2020-01-02"},
      {"days": [], "from": "2022-01-01"}, {"days": 3, "from": "2022-01-02", "verified": 1},
      {"days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
       "from": "2021-01-01"}, "sunday"])")),
      ElementsAre("/weekend/0/from the weekend before `2020-01-02` is not said",
                  HasSubstr("/weekend/1 missing member `from`"),
                  "/weekend/1/days/1 weekday `friday` is given twice",
                  HasSubstr("/weekend/1/days/2 there is no weekday `x`"),
                  HasSubstr("/weekend/3/from expected a day from"), HasSubstr("/weekend/4/days "),
                  HasSubstr("/weekend/4/from "), HasSubstr("/weekend/4/verified "),
                  HasSubstr("/weekend/5/days expected a weekend that leaves"),
                  HasSubstr("/weekend/5/from expected weekends in the order"),
                  HasSubstr("/weekend/6 ")));
  EXPECT_THAT(wrong(document(R"("note": "x")", R"(["sunday", {"days": ["friday"]}])")),
              ElementsAre("/weekend/1 expected the name of a weekday, got an object"));
  EXPECT_THAT(wrong(document(R"("note": "x")",
                             R"([{"days": ["sunday"], "from": "2000-01-01"},
                                 {"days": [], "from": "2020-01-01"}])")),
              ElementsAre());
}

TEST(CalendarRulesDocument, RulesCostNoMoreThanTheirBound) {
  std::string rules = R"("rules": [)";
  for (int i = 0; i < 60; ++i) {
    rules += R"({"name": ")" + std::string(5000, 'x') + std::to_string(i) +
             R"(", "on": "01-02", "source": "y"},)";
  }
  rules.back() = ']';
  std::string text = document(rules);
  EXPECT_THAT(wrong(text), ElementsAre());
  text.replace(text.find("2020-01-01"), 10, "1630-01-01");
  EXPECT_THAT(wrong(text), ElementsAre("/rules these rules make more than 64 MiB of holidays"));
}

// Every day may be off: nothing is left to move to.
TEST(CalendarRulesDocument, AHolidayWithNowhereToGoIsNotListed) {
  std::string holidays;
  for (Date date = day("2020-01-01"); date < day("2022-01-01"); ++date) {
    holidays += R"({"date": ")" + iso(date) + R"(", "name": "H"},)";
  }
  holidays.pop_back();
  const Calendar calendar = Calendar::load(
      document(R"("rules": [{"name": "R", "on": "03-01", "moves": "next working day"}],
                  "holidays": [)" +
               holidays + "]"));
  // 1 March 2020 is a Sunday, 1 March 2021 a Monday.
  ASSERT_EQ(calendar.holidays().size(), 732U);
  EXPECT_EQ(calendar.working_days_between(day("2020-01-01"), day("2022-01-01")), 0);
}

}  // namespace
}  // namespace partnership
