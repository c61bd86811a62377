// SPDX-License-Identifier: Apache-2.0
//
// Days of every year: against published tables of Easter, against a second way to reckon Easter
// (the tables of golden numbers and epacts, and walking to the Sunday), and against Boost's
// generators.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace partnership {
namespace {

using Kind = HolidayRule::Kind;

HolidayRule easter(Kind kind, std::int32_t offset = 0) {
  HolidayRule rule;
  rule.kind = kind;
  rule.offset = offset;
  return rule;
}
Date western(std::int32_t year) {
  return easter(Kind::western_easter).in_year(year).value();
}
Date orthodox(std::int32_t year) {
  return easter(Kind::orthodox_easter).in_year(year).value();
}

// A day of the Julian calendar, counted one year after another from one known day: 1 January 1900
// of the Julian calendar was 13 January 1900 of the Gregorian.
Date julian(YearMonthDay ymd) {
  constexpr std::array<std::int32_t, 12> before = {0,   31,  59,  90,  120, 151,
                                                   181, 212, 243, 273, 304, 334};
  const auto leap = [](std::int32_t year) { return year % 4 == 0; };
  Date day = date_from({1900, 1, 13}).value();
  for (std::int32_t year = 1900; year < ymd.year; ++year) day += leap(year) ? 366 : 365;
  for (std::int32_t year = 1899; year >= ymd.year; --year) day -= leap(year) ? 366 : 365;
  day += before[static_cast<std::size_t>(ymd.month - 1)] + ymd.day - 1;
  return day + (leap(ymd.year) && ymd.month > 2 ? 1 : 0);
}

Date sunday_after(Date day) {
  do {
    ++day;
  } while (weekday_of(day) != 7);
  return day;
}

// ------------------------------------------------------------------------ published tables

// 1990 to 2050: the table among the tests of python-dateutil 2.8.2 (dateutil/test/test_easter.py),
// whose Western part from 2001 on is also OEIS A060958.
constexpr std::array<std::string_view, 61> published_western = {
    "1990-04-15", "1991-03-31", "1992-04-19", "1993-04-11", "1994-04-03", "1995-04-16",
    "1996-04-07", "1997-03-30", "1998-04-12", "1999-04-04", "2000-04-23", "2001-04-15",
    "2002-03-31", "2003-04-20", "2004-04-11", "2005-03-27", "2006-04-16", "2007-04-08",
    "2008-03-23", "2009-04-12", "2010-04-04", "2011-04-24", "2012-04-08", "2013-03-31",
    "2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16", "2018-04-01", "2019-04-21",
    "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20",
    "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13",
    "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25", "2036-04-13", "2037-04-05",
    "2038-04-25", "2039-04-10", "2040-04-01", "2041-04-21", "2042-04-06", "2043-03-29",
    "2044-04-17", "2045-04-09", "2046-03-25", "2047-04-14", "2048-04-05", "2049-04-18",
    "2050-04-10"};
constexpr std::array<std::string_view, 61> published_orthodox = {
    "1990-04-15", "1991-04-07", "1992-04-26", "1993-04-18", "1994-05-01", "1995-04-23",
    "1996-04-14", "1997-04-27", "1998-04-19", "1999-04-11", "2000-04-30", "2001-04-15",
    "2002-05-05", "2003-04-27", "2004-04-11", "2005-05-01", "2006-04-23", "2007-04-08",
    "2008-04-27", "2009-04-19", "2010-04-04", "2011-04-24", "2012-04-15", "2013-05-05",
    "2014-04-20", "2015-04-12", "2016-05-01", "2017-04-16", "2018-04-08", "2019-04-28",
    "2020-04-19", "2021-05-02", "2022-04-24", "2023-04-16", "2024-05-05", "2025-04-20",
    "2026-04-12", "2027-05-02", "2028-04-16", "2029-04-08", "2030-04-28", "2031-04-13",
    "2032-05-02", "2033-04-24", "2034-04-09", "2035-04-29", "2036-04-20", "2037-04-05",
    "2038-04-25", "2039-04-17", "2040-05-06", "2041-04-21", "2042-04-13", "2043-05-03",
    "2044-04-24", "2045-04-09", "2046-04-29", "2047-04-21", "2048-04-05", "2049-04-25",
    "2050-04-17"};
// Days of the Julian calendar, from the same table, which took them from
// http://www.kevinlaughery.com/east4099.html.
constexpr std::array<YearMonthDay, 40> published_julian = {{
    {326, 4, 3},   {375, 4, 5},   {492, 4, 5},   {552, 3, 31},  {562, 4, 9},   {569, 4, 21},
    {597, 4, 14},  {621, 4, 19},  {636, 3, 31},  {655, 3, 29},  {700, 4, 11},  {725, 4, 8},
    {750, 3, 29},  {782, 4, 7},   {835, 4, 18},  {849, 4, 14},  {867, 3, 30},  {890, 4, 12},
    {922, 4, 21},  {934, 4, 6},   {1049, 3, 26}, {1058, 4, 19}, {1113, 4, 6},  {1119, 3, 30},
    {1242, 4, 20}, {1255, 3, 28}, {1257, 4, 8},  {1258, 3, 24}, {1261, 4, 24}, {1278, 4, 17},
    {1333, 4, 4},  {1351, 4, 17}, {1371, 4, 6},  {1391, 3, 26}, {1402, 3, 26}, {1412, 4, 3},
    {1439, 4, 5},  {1445, 3, 28}, {1531, 4, 9},  {1555, 4, 14},
}};
// Years in which Western Easter is on the 25th of a month: OEIS A104019, 1582 to 2941.
constexpr std::array<std::int32_t, 43> published_on_the_25th = {
    1663, 1666, 1674, 1731, 1734, 1742, 1883, 1886, 1894, 1943, 1951, 2035, 2038, 2046, 2103,
    2187, 2190, 2198, 2255, 2258, 2266, 2323, 2326, 2334, 2407, 2410, 2418, 2491, 2559, 2570,
    2573, 2581, 2627, 2630, 2638, 2779, 2782, 2790, 2874, 2877, 2885, 2931, 0};

TEST(Easter, IsWhereThePublishedTablesHaveIt) {
  for (std::int32_t year = 1990; year <= 2050; ++year) {
    const auto row = static_cast<std::size_t>(year - 1990);
    EXPECT_EQ(iso(western(year)), published_western[row]);
    EXPECT_EQ(iso(orthodox(year)), published_orthodox[row]);
  }
  for (const YearMonthDay& ymd : published_julian) {
    EXPECT_EQ(orthodox(ymd.year), julian(ymd)) << ymd.year;
  }
  std::size_t next = 0;
  for (std::int32_t year = 1583; year <= 2941; ++year) {
    if (ymd_of(western(year)).day == 25) {
      EXPECT_EQ(year, published_on_the_25th[next++]);
    }
  }
  EXPECT_EQ(published_on_the_25th[next], 0);
}

// ---------------------------------------------------------------------------- a second way

// The paschal full moons of the nineteen golden numbers in the Julian calendar, as the old verse
// "Nonae Aprilis norunt quinos" and every table since have them; Easter is the Sunday after.
TEST(Easter, OfTheJulianComputusIsTheSundayAfterItsTabledMoon) {
  struct MonthDay {
    std::int32_t month, day;
  };
  constexpr std::array<MonthDay, 19> moons = {{{4, 5},
                                               {3, 25},
                                               {4, 13},
                                               {4, 2},
                                               {3, 22},
                                               {4, 10},
                                               {3, 30},
                                               {4, 18},
                                               {4, 7},
                                               {3, 27},
                                               {4, 15},
                                               {4, 4},
                                               {3, 24},
                                               {4, 12},
                                               {4, 1},
                                               {3, 21},
                                               {4, 9},
                                               {3, 29},
                                               {4, 17}}};
  for (std::int32_t year = 326; year <= 9998; ++year) {
    const MonthDay moon = moons[static_cast<std::size_t>(year % 19)];
    ASSERT_EQ(orthodox(year), sunday_after(julian({year, moon.month, moon.day}))) << year;
  }
}

// Clavius's epacts, stepped century by century from 1582: the solar equation takes one away in a
// century year that is no leap year, the lunar adds one eight times in 2500 years. The paschal moon
// is 14 days into the first ecclesiastical month that gets there on 21 March or later.
TEST(Easter, OfTheGregorianComputusIsTheSundayAfterTheMoonOfItsEpact) {
  std::int32_t shift = 0;  // of the epacts since 1582, when that of golden number 1 was 1
  for (std::int32_t year = 1583; year <= 4099; ++year) {
    if (year % 100 == 0) {
      if (year % 400 != 0) --shift;
      // 1800, 2100, ... seven times each 300 years, then after 400: 1800 to 3900, 4300.
      if (year >= 1800 && (year - 1800) % 2500 % 300 == 0 && (year - 1800) % 2500 <= 2100) ++shift;
    }
    const std::int32_t golden = year % 19 + 1;
    const std::int32_t epact = ((11 * (golden - 1) + 1 + shift) % 30 + 30) % 30;  // 0 is `*`
    // The new moon on or after 8 March: where the calendar's epact label is this year's. Labels
    // run 23, 22, ... from 8 March on; 25 and 24 share a day in hollow months (5 April), and a
    // golden number above 11 takes 25 a day early, with 26.
    Date moon = date_from({year, 3, 8}).value();
    for (std::int32_t label = 23;; label = (label + 29) % 30, ++moon) {
      const bool late = epact == 25 && golden > 11;
      if (late ? label == 26 : epact == 25 && label == 25) break;
      if (!late && epact != 25 && epact != 24 && label == epact) break;
      if (epact == 24 && label == 25) break;
    }
    ASSERT_EQ(western(year), sunday_after(moon + 13)) << year;
  }
}

TEST(Easter, StaysWithinItsBounds) {
  for (std::int32_t year = 1583; year <= 9999; ++year) {
    const Date day = western(year);
    EXPECT_EQ(weekday_of(day), 7);
    EXPECT_GE(day, date_from({year, 3, 22}).value());
    EXPECT_LE(day, date_from({year, 4, 25}).value());
    EXPECT_EQ(weekday_of(orthodox(year)), 7);
    if (year < 4100) {  // until there the Julian calendar stays behind by less than a month
      const Date distance = orthodox(year) - day;
      EXPECT_TRUE(distance >= 0 && distance <= 42) << year;
    }
  }
}

// ------------------------------------------------------------------------------ other kinds

TEST(HolidayRule, FixedDaysAreThoseThatAreInTheYear) {
  HolidayRule rule;
  rule.month = 2;
  rule.day = 29;
  EXPECT_EQ(rule.in_year(2024), date_of("2024-02-29"));
  EXPECT_EQ(rule.in_year(2023), std::nullopt);
  EXPECT_EQ(rule.in_year(1900), std::nullopt);
  EXPECT_EQ(rule.in_year(0), std::nullopt);
  EXPECT_EQ(rule.in_year(10000), std::nullopt);
  rule.day = 28;
  EXPECT_EQ(rule.in_year(9999), date_of("9999-02-28"));
}

TEST(HolidayRule, WeekdaysOfAMonthAreThoseOfBoostsGenerators) {
  namespace gregorian = boost::gregorian;
  using nth_kday = gregorian::nth_day_of_the_week_in_month;
  HolidayRule rule;
  rule.kind = Kind::nth_weekday;
  for (std::int32_t year = 1400; year <= 9999; year += year > 1890 && year < 2110 ? 1 : 37) {
    const auto boost_year = static_cast<unsigned short>(year);
    for (rule.month = 1; rule.month <= 12; ++rule.month) {
      const auto month = static_cast<unsigned short>(rule.month);
      for (rule.weekday = 1; rule.weekday <= 7; ++rule.weekday) {
        const auto weekday = static_cast<unsigned short>(rule.weekday % 7);
        const auto date = [](const gregorian::date& day) {
          return static_cast<Date>((day - gregorian::date(1970, 1, 1)).days());
        };
        for (rule.nth = 1; rule.nth <= 4; ++rule.nth) {
          nth_kday generator(static_cast<nth_kday::week_num>(rule.nth), weekday, month);
          ASSERT_EQ(rule.in_year(year), date(generator.get_date(boost_year)));
        }
        gregorian::last_day_of_the_week_in_month generator(weekday, month);
        const Date last = date(generator.get_date(boost_year));
        rule.nth = -1;
        ASSERT_EQ(rule.in_year(year), last);
        rule.nth = 5;
        ASSERT_EQ(rule.in_year(year), ymd_of(last).day > 28 ? std::optional(last) : std::nullopt);
      }
    }
  }
}

TEST(HolidayRule, AnOffsetMayLeaveTheYear) {
  EXPECT_EQ(easter(Kind::western_easter, -2).in_year(2024), date_of("2024-03-29"));
  EXPECT_EQ(easter(Kind::western_easter, -100).in_year(2024), date_of("2023-12-22"));
  EXPECT_EQ(easter(Kind::orthodox_easter, 1).in_year(2024), date_of("2024-05-06"));
  EXPECT_EQ(easter(Kind::western_easter, 366).in_year(9999), std::nullopt);
  EXPECT_EQ(easter(Kind::western_easter, -366).in_year(1), std::nullopt);
  EXPECT_EQ(easter(Kind::western_easter, INT32_MAX).in_year(2024), std::nullopt);
  EXPECT_EQ(easter(Kind::western_easter, INT32_MIN).in_year(2024), std::nullopt);
}

// ---------------------------------------------------------------------------------- reading

std::optional<HolidayRule> read(std::string_view text, std::vector<std::string>& wrong) {
  const auto document = json::Document::parse(text);
  json::Problems problems;
  const auto rule = HolidayRule::read(document->root(), problems);
  EXPECT_EQ(rule.has_value(), problems.empty()) << text;
  wrong.clear();
  try {
    problems.raise(Code::invalid_document);
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      wrong.push_back(problem.pointer + " " + problem.message);
    }
  }
  return rule;
}

TEST(HolidayRule, IsReadFromAllItsForms) {
  std::vector<std::string> wrong;
  EXPECT_EQ(read(R"("08-15")", wrong)->in_year(2020), date_of("2020-08-15"));
  EXPECT_EQ(read(R"("02-29")", wrong)->in_year(2020), date_of("2020-02-29"));
  EXPECT_EQ(read(R"({"easter": "western", "offset": -2})", wrong)->in_year(2020),
            date_of("2020-04-10"));
  EXPECT_EQ(read(R"({"easter": "orthodox", "offset": 1})", wrong)->in_year(2020),
            date_of("2020-04-20"));
  EXPECT_EQ(read(R"({"weekday": "sunday", "nth": 1, "month": 5})", wrong)->in_year(2020),
            date_of("2020-05-03"));
  EXPECT_EQ(read(R"({"weekday": "monday", "nth": -1, "month": 12})", wrong)->in_year(2020),
            date_of("2020-12-28"));
}

TEST(HolidayRule, EverythingWrongIsNamed) {
  using testing::ElementsAre;
  using testing::HasSubstr;
  std::vector<std::string> wrong;
  for (const std::string_view text :
       {R"("02-30")", R"("13-01")", R"("00-10")", R"("10-00")", R"("1-1")", R"("10-1x")", R"("")",
        R"("2020-01-01")", "5", "null", "[]", "{}", R"({"month": 5})"}) {
    read(text, wrong);
    EXPECT_EQ(wrong.size(), 1U) << text;
  }
  read(R"({"easter": "coptic", "offset": 400, "month": 1})", wrong);
  EXPECT_THAT(wrong, ElementsAre("/easter expected `western` or `orthodox`, got `coptic`",
                                 "/offset expected a number from -366 to 366, got `400`",
                                 HasSubstr("unknown member `month`")));
  read(R"({"easter": "western"})", wrong);
  EXPECT_THAT(wrong, ElementsAre(HasSubstr("missing member `offset`")));
  read(R"({"weekday": "sundy", "nth": 0, "month": 13})", wrong);
  EXPECT_THAT(wrong, ElementsAre("/weekday there is no weekday `sundy`, the nearest is `sunday`",
                                 "/nth expected 1 to 5, or -1 for the last",
                                 "/month expected a number from 1 to 12, got `13`"));
  read(R"({"weekday": 3, "nth": 9223372036854775807, "month": "may"})", wrong);
  EXPECT_EQ(wrong.size(), 3U);
}

}  // namespace
}  // namespace partnership
