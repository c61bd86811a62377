// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "base/calendar.hpp"
#include "feel/builtins_support.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {
namespace {

// DMN 1.5, tables 73 and 79.
TEST(BuiltinConversion, GivesTheExamplesOfTheStandard) {
  expect({
      {R"(date("2012-12-25") - date("2012-12-24"))", R"(@"P1D")"},
      {R"(date(date and time("2012-12-25T11:00:00Z")))", R"(@"2012-12-25")"},
      {R"(date(2012, 12, 25))", R"(@"2012-12-25")"},
      {R"(date and time("2012-12-24T23:59:00"))", R"(@"2012-12-24T23:59:00")"},
      {R"(date and time(date("2012-12-24"), time("23:59:00")))", R"(@"2012-12-24T23:59:00")"},
      {R"(time("23:59:00Z") + duration("PT2M"))", R"(@"00:01:00Z")"},
      {R"(time(date and time("2012-12-25T11:00:00Z")))", R"(@"11:00:00Z")"},
      {R"(time("11:45:30@Europe/Paris"))", R"(@"11:45:30@Europe/Paris")"},
      {R"(time(23, 59, 0, duration("PT0H")))", R"(@"23:59:00Z")"},
      {R"(number("1 000,0", " ", ","))", "1000"},
      {R"(number("1,000.0", ",", "."))", "1000"},
      {R"(string(1.1))", R"("1.1")"},
      {R"(string(null))", "null !"},
      {R"(duration("P2Y2M"))", R"(@"P2Y2M")"},
      {R"(duration("P1DT2H"))", R"(@"P1DT2H")"},
      {R"(years and months duration(date("2011-12-22"), date("2013-08-24")))", R"(@"P1Y8M")"},
      {R"(range("[18..21]"))", "[18..21]"},
      {R"x(range("[2..)"))x", "(>=2)"},
      {R"(day of year(date(2019, 9, 17)))", "260"},
      {R"(day of week(date(2019, 9, 17)))", R"("Tuesday")"},
      {R"(month of year(date(2019, 9, 17)))", R"("September")"},
      {R"(week of year(date(2019, 9, 17)))", "38"},
      {R"(week of year(date(2003, 12, 29)))", "1"},
      {R"(week of year(date(2004, 1, 4)))", "1"},
      {R"(week of year(date(2005, 1, 1)))", "53"},
      {R"(week of year(date(2005, 1, 3)))", "1"},
      {R"(week of year(date(2005, 1, 9)))", "1"},
      {R"(is(date("2012-12-25"), time("23:00:50")))", "false"},
      {R"(is(date("2012-12-25"), date("2012-12-25")))", "true"},
      {R"(is(time("23:00:50Z"), time("23:00:50")))", "false"},
      {R"(is(time("23:00:50Z"), time("23:00:50+00:00")))", "true"},
  });
}

TEST(BuiltinConversion, MakesDatesOfParts) {
  expect({
      {"date(2024, 2, 29)", R"(@"2024-02-29")"},
      {"date(2023, 2, 29)", "null !"},
      {"date(2024, 13, 1)", "null !"},
      {"date(2024, 1, 0)", "null !"},
      {"date(10 ** 30, 1, 1)", "null !"},
      {"date(1000000000, 1, 1)", "null !"},
      {"date(-999999999, 1, 1)", R"(@"-999999999-01-01")"},
      {R"(date("2024", 1, 1))", "null !"},
      {"date(2024, 1)", "null !"},
      {"date(month: 1, day: 2, year: 2024)", R"(@"2024-01-02")"},
      {R"(date(from: @"2024-01-02T10:00:00"))", R"(@"2024-01-02")"},
      {R"(date(["2024-01-02"]))", R"(@"2024-01-02")"},
      {"date(2024)", "null !"},
      {R"(date(@"10:00:00"))", "null !"},
  });
}

TEST(BuiltinConversion, MakesTimesOfParts) {
  expect({
      {"time(12, 0, 0)", R"(@"12:00:00")"},
      {"time(12, 0, 1.3, null)", R"(@"12:00:01.3")"},
      {"time(23, 59, 59.999999999)", R"(@"23:59:59.999999999")"},
      {"time(23, 59, 60)", "null !"},
      {"time(24, 0, 0)", "null !"},
      {"time(0, 60, 0)", "null !"},
      {"time(0, 0, -1)", "null !"},
      {"time(-1, 0, 0)", "null !"},
      {"time(10 ** 30, 0, 0)", "null !"},
      {"time(0, 0, 10 ** 6000)", "null !"},
      {R"(time(12, 0, 0, @"-PT18H"))", R"(@"12:00:00-18:00")"},
      {R"(time(12, 0, 0, @"PT18H1S"))", "null !"},
      {R"(time(12, 0, 0, @"PT0.5S"))", "null !"},
      {R"(time(12, 0, 0, @"P1M"))", "null !"},
      {R"(time(12, 0, 0, 2))", "null !"},
      {R"(time(12, 0, 0, "Europe/Paris"))", "null !"},
      {R"(time(@"2024-01-02"))", R"(@"00:00:00Z")"},
      {R"(time(@"10:00:00@Europe/Paris"))", R"(@"10:00:00@Europe/Paris")"},
      {R"(time(@"2024-01-02T10:00:00@Europe/Paris"))", R"(@"10:00:00@Europe/Paris")"},
      {R"(time(from: "10:00:00"))", R"(@"10:00:00")"},
  });
}

TEST(BuiltinConversion, MakesDatesAndTimes) {
  expect({
      {R"(date and time(@"2024-01-02"))", R"(@"2024-01-02T00:00:00Z")"},
      {R"(date and time(@"2024-01-02T10:00:00@Europe/Paris", @"11:00:00"))",
       R"(@"2024-01-02T11:00:00")"},
      {R"(date and time(@"2024-01-02", @"11:00:00@Asia/Beirut"))",
       R"(@"2024-01-02T11:00:00@Asia/Beirut")"},
      {R"(date and time(@"2024-01-02", null))", "null !"},
      {R"(date and time(@"11:00:00", @"11:00:00"))", "null !"},
      {R"(date and time(time: @"11:00:00", date: @"2024-01-02"))", R"(@"2024-01-02T11:00:00")"},
      {"date and time(2024, 1, 2, 3, 4, 5)", R"(@"2024-01-02T03:04:05")"},
      {"date and time(2024, 1, 2, 3, 4, 5.25, 2)", R"(@"2024-01-02T03:04:05.25+02:00")"},
      {"date and time(2024, 1, 2, 3, 4, 5, 19)", "null !"},
      {"date and time(2024, 1, 2, 3, 4, 5, null)", R"(@"2024-01-02T03:04:05")"},
      {R"(date and time(2024, 1, 2, 3, 4, 5, @"-PT90M"))", R"(@"2024-01-02T03:04:05-01:30")"},
      {R"(date and time(2024, 1, 2, 3, 4, 5, "Asia/Beirut"))",
       R"(@"2024-01-02T03:04:05@Asia/Beirut")"},
      {R"(date and time(2024, 1, 2, 3, 4, 5, "Asia/Nowhere"))", "null !"},
      {"date and time(2024, 2, 30, 3, 4, 5)", "null !"},
      {"date and time(2024, 1, 2, 24, 0, 0)", "null !"},
      {"date and time(2024, 1, 2, 3, 4)", "null !"},
  });
}

// The instant stays, where there is one.
TEST(BuiltinConversion, MovesDatesAndTimesToZones) {
  expect({
      {R"(date and time(@"2020-07-31T14:27:30@Europe/Berlin", "America/Los_Angeles"))",
       R"(@"2020-07-31T05:27:30@America/Los_Angeles")"},
      {R"(date and time(@"2020-12-31T23:30:00Z", "Asia/Beirut"))",
       R"(@"2021-01-01T01:30:00@Asia/Beirut")"},
      {R"(date and time(@"2020-07-31T14:27:30", "Asia/Beirut"))",
       R"(@"2020-07-31T14:27:30@Asia/Beirut")"},
      {R"(date and time(@"2020-07-31", "Asia/Beirut"))", R"(@"2020-07-31T00:00:00@Asia/Beirut")"},
      {R"(date and time(date: @"2020-07-31T12:00:00+05:30", timezone: "Etc/UTC"))",
       R"(@"2020-07-31T06:30:00@Etc/UTC")"},
      {R"(date and time(@"2020-07-31T12:00:00Z", "Nowhere"))", "null !"},
      // An hour before, in and behind the night in which Beirut's clocks go forward.
      {R"(date and time(@"2021-03-27T21:59:59Z", "Asia/Beirut"))",
       R"(@"2021-03-27T23:59:59@Asia/Beirut")"},
      {R"(date and time(@"2021-03-27T22:00:00Z", "Asia/Beirut"))",
       R"(@"2021-03-28T01:00:00@Asia/Beirut")"},
  });
}

// Every half hour of a year, also of the hour (or half hour) that comes twice.
TEST(BuiltinConversion, KeepsInstantsInZones) {
  const Value first = *parse_date("2021-01-01");
  Evaluation evaluation;
  for (const char* zone : {"Asia/Beirut", "America/New_York", "Australia/Lord_Howe"}) {
    int repeated = 0;
    for (int half_hour = 0; half_hour < 365 * 48; ++half_hour) {
      evaluation.begin({});
      const Value instant =
          make_date_time(evaluation.arena(),
                         {first.days() + half_hour / 48,
                          half_hour % 48 * 1800 * nanoseconds_per_second, 0, 0, Zoning::offset});
      const Value there = call(evaluation, "date and time", {instant, Value::string(zone)});
      ASSERT_TRUE(there.is(Kind::date_time));
      EXPECT_EQ(instant_of(there.date_time()), instant_of(instant.date_time())) << half_hour;
      repeated += there.date_time().offset != 0 ? 1 : 0;
    }
    EXPECT_EQ(repeated, std::string(zone) == "Australia/Lord_Howe" ? 1 : 2) << zone;
  }
}

TEST(BuiltinConversion, ReadsNumbers) {
  expect({
      {R"(number("12.5"))", "12.5"},
      {R"(number("-12.5"))", "-12.5"},
      {R"(number(" 12"))", "null !"},
      {R"(number(""))", "null !"},
      {R"(number("1,5"))", "null !"},
      {R"(number("١٢"))", "null !"},
      {R"(number("1.000,5", ".", ","))", "1000.5"},
      {R"(number("1.5", null, ","))", "null !"},
      {R"(number("1,5", null, ","))", "1.5"},
      {R"(number("1.000", ".", null))", "1000"},
      {R"(number("1 000", " ", "."))", "1000"},
      {R"(number("1'000", "'", "."))", "null !"},
      {R"(number("1 000", " ", " "))", "null !"},
      {R"(number("1", "", "."))", "null !"},
      {R"(number("1,5,0", null, ","))", "null !"},
      {R"(number("1", ","))", "null !"},
      {R"(number(null))", "null !"},
      {R"(number(12, ",", "."))", "null !"},
      {R"(number(from: "1,5", grouping separator: null, decimal separator: ","))", "1.5"},
  });
}

TEST(BuiltinConversion, WritesTexts) {
  expect({
      {R"(string("a"))", R"("a")"},
      {"string(true)", R"("true")"},
      {R"(string(@"2024-01-02"))", R"("2024-01-02")"},
      {R"(string([1, "a"]))", R"("[1, \"a\"]")"},
      {R"(string({a: "b"}))", R"("{a: \"b\"}")"},
      {R"x(string([1..2)))x", R"x("[1..2)")x"},
      {"string(from: 1)", R"("1")"},
      {"string()", "null !"},
      {R"(duration(@"P1D"))", R"(@"P1D")"},
      {R"(duration("P1Y1D"))", "null !"},
  });
}

TEST(BuiltinConversion, CountsWholeMonths) {
  expect({
      {R"(years and months duration(@"2024-01-31", @"2024-02-29"))", R"(@"P0M")"},
      {R"(years and months duration(@"2024-01-31", @"2024-03-31"))", R"(@"P2M")"},
      {R"(years and months duration(@"2024-03-31", @"2024-01-31"))", R"(@"-P2M")"},
      {R"(years and months duration(@"2024-03-30", @"2024-01-31"))", R"(@"-P1M")"},
      {R"(years and months duration(@"2024-01-15T13:00:00", @"2024-02-15T12:00:00"))", R"(@"P1M")"},
      {R"(years and months duration(to: @"2025-01-01", from: @"2024-01-01T10:00:00Z"))",
       R"(@"P1Y")"},
      {R"(years and months duration(@"2024-01-01", "2025-01-01"))", "null !"},
      {R"(years and months duration(@"-999999999-01-01", @"999999999-01-01"))",
       R"(@"P1999999998Y")"},
  });
}

TEST(BuiltinConversion, ReadsRanges) {
  expect({
      {R"x(range("(1..2)"))x", "(1..2)"},
      {R"(range("]1..2["))", "(1..2)"},
      {R"(range("[1..1]"))", "[1..1]"},
      {R"(range("  [ -1.5 .. .5 )  "))", "[-1.5..0.5)"},
      {R"(range("[.5...7]"))", "[0.5..0.7]"},
      {R"x(range("(..2)"))x", "(<2)"},
      {R"(range("[\"a\"..\"b..c]\"]"))", R"(["a".."b..c]"])"},
      {R"(range("[\"\\u0041\"..\"\\\"\"]"))", "null !"},
      {R"(range("[\"\\u0041\"..\"\\U01F40E\"]"))", R"(["A".."🐎"])"},
      {R"(range("[\"\\ud83d\\udc0e\"..\"🐎\"]"))", R"(["🐎".."🐎"])"},
      {R"(range("[\"\\ud83d\"..\"z\"]"))", "null !"},
      {R"(range("[date ( \"2024-01-01\" )..@\"2024-02-01\"]"))",
       R"([@"2024-01-01"..@"2024-02-01"])"},
      {R"(range("[time(\"10:00:00\")..time(\"11:00:00\")]"))", R"([@"10:00:00"..@"11:00:00"])"},
      {R"(range("[duration(\"P1Y\")..@\"P13M\"]"))", R"([@"P1Y"..@"P1Y1M"])"},
      {R"(range("[1..2"))", "null !"},
      {R"(range("1..2]"))", "null !"},
      {R"(range("[1..2] x"))", "null !"},
      {R"(range("[1.2]"))", "null !"},
      {R"x(range("(..)"))x", "null !"},
      {R"(range("[..2]"))", "null !"},
      {R"(range("[1..]"))", "null !"},
      {R"(range("[2..1]"))", "null !"},
      {R"(range("[1..\"a\"]"))", "null !"},
      {R"(range("[true..false]"))", "null !"},
      {R"(range("[1+1..3]"))", "null !"},
      {R"(range("[@\"2024-13-01\"..@\"2024-02-01\"]"))", "null !"},
      {R"(range("["))", "null !"},
      {R"(range("[\"a"))", "null !"},
      {R"(range("[\"a\\"))", "null !"},
      {R"(range(["[1..2]"]))", "[1..2]"},
  });
}

TEST(BuiltinConversion, TellsValuesApartThatAreEqual) {
  expect({
      {"is(1, 1.0)", "true"},
      {"is(1, \"1\")", "false"},
      {"is(null, null)", "true"},
      {"is(null, 1)", "false"},
      {R"(is(@"P0D", @"P0M"))", "false"},
      {R"(is([1, @"10:00:00Z"], [1, @"10:00:00+00:00"]))", "true"},
      {R"(is(@"10:00:00Z", @"11:00:00+01:00"))", "false"},
      {"is(value1: 1)", "false"},
      {"is(value2: null)", "true"},
      {"is()", "null !"},
      {"is(1, 1, 1)", "null !"},
  });
}

// Every day of forty years against the standard library's calendar, and ISO 8601's rule: the first
// week is the one with January 4th.
TEST(BuiltinDate, AgreesWithAnotherCalendar) {
  using namespace std::chrono;
  Evaluation evaluation;
  evaluation.begin({});
  const char* weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                            "Thursday", "Friday", "Saturday"};
  const auto monday_of_week_one = [](year y) {
    const sys_days fourth = sys_days(y / January / 4);
    return fourth - days((std::chrono::weekday(fourth).iso_encoding() - 1));
  };
  for (sys_days day = sys_days(1995y / January / 1); day < sys_days(2035y / January / 1);
       day += days(1)) {
    const Value date = Value::date(day.time_since_epoch().count());
    const year_month_day ymd(day);
    EXPECT_EQ(call(evaluation, "day of week", {date}).text(),
              weekdays[std::chrono::weekday(day).c_encoding()]);
    EXPECT_EQ(call(evaluation, "day of year", {date}).coefficient(),
              (day - sys_days(ymd.year() / January / 1)).count() + 1);
    sys_days first = monday_of_week_one(ymd.year() + years(1));
    if (day < first) first = monday_of_week_one(ymd.year());
    if (day < first) first = monday_of_week_one(ymd.year() - years(1));
    EXPECT_EQ(call(evaluation, "week of year", {date}).coefficient(),
              (day - first).count() / 7 + 1);
  }
}

TEST(BuiltinDate, TakesDatesAndDatesAndTimesOnly) {
  for (const char* function : {"day of year", "day of week", "month of year", "week of year"}) {
    for (const char* argument :
         {"null", R"("2024-01-01")", "1", R"(@"10:00:00")", "[]", "", "value: @\"2024-01-01\""}) {
      const std::string call = std::string(function) + "(" + argument + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
    EXPECT_EQ(given(std::string(function) + R"((@"2024-05-06T23:59:59-05:00"))"),
              given(std::string(function) + R"((date: @"2024-05-06"))"));
  }
  EXPECT_EQ(given(R"(week of year(@"-999999999-01-01"))"), "1");
  EXPECT_EQ(given(R"(day of year(@"-0001-12-31"))"), "365");
}

TEST(BuiltinDate, KnowsTheMomentOfTheCall) {
  Moment moment;
  EXPECT_EQ(given("now()", moment), "null !");
  EXPECT_EQ(given("today()", moment), "null !");
  moment.given = true;
  moment.today = 19'000;
  moment.nanoseconds = nanoseconds_per_day - 1;
  expect({{"today()", R"(@"2022-01-08")"},
          {"now()", R"(@"2022-01-08T23:59:59.999999999Z")"},
          {"now(1)", "null !"},
          {"today(null)", "null !"}},
         moment);
}

TEST(BuiltinDate, AsksTheCalendar) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "test", "title": {"en": "Test"}, "weekend": ["saturday", "sunday"],
    "valid": {"from": "2024-01-01", "to": "2025-01-01"},
    "holidays": [{"date": "2024-05-01", "name": {"en": "Labour Day"}}]})");
  Moment moment;
  moment.calendar = &calendar;
  expect({{R"(is working day(@"2024-05-01"))", "false"},
          {R"(is working day(@"2024-05-02T23:00:00"))", "true"},
          {R"(is working day(@"2024-05-04"))", "false"},
          {R"(working days between(@"2024-04-29", @"2024-05-06"))", "4"},
          {R"(working days between(@"2024-05-06", @"2024-04-29"))", "-4"},
          {R"(working days between(from: @"2024-04-29", to: @"2024-04-29"))", "0"},
          {R"(add working days(@"2024-04-30", 1))", R"(@"2024-05-02")"},
          {R"(add working days(@"2024-05-02", -1))", R"(@"2024-04-30")"},
          {R"(add working days(date: @"2024-05-04", n: 0))", R"(@"2024-05-04")"},
          {R"(add working days(@"2024-05-02", 1.9))", R"(@"2024-05-03")"},
          {R"(is working day(@"2025-01-01"))", "null !"},
          {R"(is working day(@"-999999999-01-01"))", "null !"},
          {R"(is working day(@"999999999-01-01"))", "null !"},
          {R"(add working days(@"2024-12-31", 1))", "null !"},
          {R"(add working days(@"2024-12-31", 10 ** 20))", "null !"},
          {R"(add working days(@"2024-12-31", -(10 ** 20)))", "null !"},
          {R"(working days between(@"2024-12-31", @"2026-01-01"))", "null !"},
          {R"(working days between(null, @"2024-01-01"))", "null !"},
          {R"(add working days(@"2024-12-31", null))", "null !"},
          {R"(is working day("2024-05-01"))", "null !"}},
         moment);
  const Answer outside = answer(R"(is working day(@"2025-01-01"))", moment);
  ASSERT_EQ(outside.warnings.size(), 1U);
  EXPECT_NE(outside.warnings[0].find("2025-01-01"), std::string::npos) << outside.warnings[0];
  EXPECT_EQ(given(R"(is working day(@"2024-05-01"))"), "null !");
}

}  // namespace
}  // namespace partnership::feel
