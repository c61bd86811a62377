// SPDX-License-Identifier: Apache-2.0
//
// The calendar and the texts of temporal values.
#include "feel/temporal.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "feel/number.hpp"

namespace partnership::feel {
namespace {

std::string text_of(const std::optional<Value>& value) {
  if (!value) return "none";
  if (value->is_null()) return "null";
  std::string out;
  if (value->is(Kind::number)) {
    append_number(out, *value);
  } else if (value->is(Kind::string)) {
    out = value->text();
  } else {
    append_temporal(out, *value);
  }
  return out;
}

bool leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// A second way: day after day.
void count_days(Civil civil, std::int64_t days, std::int64_t until) {
  int day_of_week = weekday(days);
  for (; days < until; ++days) {
    const Civil found = civil_of(days);
    ASSERT_TRUE(found.year == civil.year && found.month == civil.month && found.day == civil.day)
        << days;
    ASSERT_EQ(days_of(civil), days);
    ASSERT_EQ(weekday(days), day_of_week);
    day_of_week = day_of_week % 7 + 1;
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int length = civil.month == 2 && leap(civil.year)
                           ? 29
                           : lengths[static_cast<std::size_t>(civil.month - 1)];
    ++civil.day;
    ASSERT_EQ(days_of({civil.year, civil.month, length + 1}), std::nullopt);
    if (civil.day <= length) continue;
    civil.day = 1;
    if (++civil.month > 12) {
      civil.month = 1;
      ++civil.year;
    }
  }
}

TEST(FeelCalendar, IsThatOfCountingDayByDay) {
  EXPECT_EQ(weekday(0), 4);  // 1970-01-01 was a Thursday
  EXPECT_EQ(days_of({1970, 1, 1}), 0);
  count_days({1970, 1, 1}, 0, 300'000);
  count_days({-401, 1, 1}, *days_of({-401, 1, 1}), *days_of({401, 1, 1}));
}

TEST(FeelCalendar, IsThatOfTheStandardLibraryWhereThatReaches) {
  namespace chrono = std::chrono;
  for (int year = -32767; year <= 32767; year += 13) {
    for (unsigned month = 1; month <= 12; ++month) {
      const chrono::year_month_day day{chrono::year(year), chrono::month(month), chrono::day(28)};
      const std::int64_t days = chrono::sys_days(day).time_since_epoch().count();
      ASSERT_EQ(days_of({year, static_cast<std::int32_t>(month), 28}), days);
      ASSERT_EQ(weekday(days),
                static_cast<int>(chrono::weekday(chrono::sys_days(day)).iso_encoding()));
    }
  }
}

TEST(FeelCalendar, RunsToTheEndsOfItsYears) {
  EXPECT_EQ(days_of({-most_year, 1, 1}), least_day);
  EXPECT_EQ(days_of({most_year, 12, 31}), most_day);
  EXPECT_EQ(days_of({most_year + 1, 1, 1}), std::nullopt);
  EXPECT_EQ(days_of({2024, 13, 1}), std::nullopt);
  EXPECT_EQ(days_of({2024, 0, 1}), std::nullopt);
  EXPECT_EQ(days_of({2024, 1, 0}), std::nullopt);
  std::mt19937_64 engine(1);
  std::uniform_int_distribution<std::int64_t> all(least_day, most_day);
  for (int i = 0; i < 200'000; ++i) {
    const std::int64_t days = all(engine);
    ASSERT_EQ(days_of(civil_of(days)), days);
    ASSERT_EQ(weekday(days), weekday(days - 146'097));
  }
}

TEST(FeelTemporalText, ReadsDates) {
  for (const std::string_view text :
       {"2017-01-01", "-2017-12-31", "0000-02-29", "0001-01-01", "-0001-12-31", "10000-01-01",
        "999999999-12-31", "-999999999-01-01", "2024-02-29"}) {
    EXPECT_EQ(text_of(parse_date(text)), text);
  }
  for (const std::string_view text : {"",
                                      "2017",
                                      "2017-01",
                                      "2017-1-01",
                                      "2017-01-1",
                                      "998-12-31",
                                      "01211-12-31",
                                      "+2012-12-02",
                                      "9999999999-12-25",
                                      "2017-13-10",
                                      "2017-00-10",
                                      "2017-12-32",
                                      "2017-12-00",
                                      "2023-02-29",
                                      "1900-02-29",
                                      "-0000-01-01",
                                      "2012-12-25T",
                                      "2012-12-25Z",
                                      "2012-12-25 ",
                                      " 2012-12-25",
                                      "2012/12/25",
                                      "20121225",
                                      "--2012-12-25",
                                      "2012T-12-2511:00:00Z"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(FeelTemporalText, ReadsTimes) {
  for (const auto& [text, printed] : std::initializer_list<std::pair<const char*, const char*>>{
           {"01:02:03", "01:02:03"},
           {"00:00:00", "00:00:00"},
           {"24:00:00", "00:00:00"},
           {"24:00:00.000Z", "00:00:00Z"},
           {"11:22:33.444", "11:22:33.444"},
           {"11:22:33.120", "11:22:33.12"},
           {"11:22:33.123456789", "11:22:33.123456789"},
           {"11:22:33.12345678987", "11:22:33.123456789"},
           {"11:00:00Z", "11:00:00Z"},
           {"11:22:33-00:00", "11:22:33Z"},
           {"11:22:33+00:00", "11:22:33Z"},
           {"13:20:00+02:00", "13:20:00+02:00"},
           {"13:20:00-05:30", "13:20:00-05:30"},
           {"13:20:00-02:45:55", "13:20:00-02:45:55"},
           {"13:20:00+18:00", "13:20:00+18:00"},
           {"00:01:00@Europe/Paris", "00:01:00@Europe/Paris"},
       }) {
    EXPECT_EQ(text_of(parse_time(text)), printed) << text;
  }
  for (const std::string_view text : {"",
                                      "24:00:01",
                                      "24:01:00",
                                      "24:00:00.1",
                                      "25:00:00",
                                      "00:60:00",
                                      "00:00:60",
                                      "00:00:61",
                                      "7:00:00",
                                      "07:1:00",
                                      "07:01:2",
                                      "07:01",
                                      "07:2",
                                      "07:01:02.",
                                      "07:01:02,5",
                                      "070102",
                                      "13:20:00@xyz/abc",
                                      "13:20:00@",
                                      "13:20:00+19:00",
                                      "13:20:00-18:00:01",
                                      "13:20:00+5",
                                      "13:20:00+05",
                                      "13:20:00+05:0",
                                      "13:20:00+0500",
                                      "13:20:00+05:60",
                                      "13:20:00z",
                                      "13:20:00ZZ",
                                      "13:20:00+02:00@Europe/Paris",
                                      "11:30:00T",
                                      "T11:30:00",
                                      " 11:30:00",
                                      "11:30:00 ",
                                      "2012T-12-2511:00:00Z"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

TEST(FeelTemporalText, ReadsDatesAndTimes) {
  Arena arena;
  for (const auto& [text, printed] : std::initializer_list<std::pair<const char*, const char*>>{
           {"2012-12-24", "2012-12-24T00:00:00"},
           {"2017-12-31T11:22:33.345", "2017-12-31T11:22:33.345"},
           {"-2017-12-31T11:22:33.456+01:35", "-2017-12-31T11:22:33.456+01:35"},
           {"99999-12-31T11:22:33", "99999-12-31T11:22:33"},
           {"2011-12-31T10:15:30@Etc/UTC", "2011-12-31T10:15:30@Etc/UTC"},
           {"999999999-12-31T23:59:59.999999999@Europe/Paris",
            "999999999-12-31T23:59:59.999999999@Europe/Paris"},
           {"-999999999-01-01T00:00:00+02:00", "-999999999-01-01T00:00:00+02:00"},
           {"2021-01-01T24:00:00", "2021-01-02T00:00:00"},
           {"2021-12-31T24:00:00Z", "2022-01-01T00:00:00Z"},
       }) {
    EXPECT_EQ(text_of(parse_date_time(arena, text)), printed) << text;
  }
  for (const std::string_view text :
       {"", "11:00:00", "2011-12-0310:15:30", "2011-12-03 10:15:30", "2011-12-03T",
        "2011-12-03T10:15:30+01:00@Europe/Paris", "9999999999-12-27T11:22:33",
        "2017-00-10T11:22:33", "2017-13-0T11:22:33", "01211-12-31T11:22:33", "2017-12-31T24:00:01",
        "2017-12-31T7:20", "2017-12-31T13:20:00-19:00", "999999999-12-31T24:00:00",
        "2017-12-31t13:20:00"}) {
    EXPECT_EQ(parse_date_time(arena, text), std::nullopt) << text;
  }
}

// Most of them from the conformance suite of DMN (1120).
TEST(FeelTemporalText, ReadsDurations) {
  for (const auto& [text, printed] : std::initializer_list<std::pair<const char*, const char*>>{
           {"P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"},
           {"PT0S", "PT0S"},
           {"PT0.000S", "PT0S"},
           {"PT0.S", "PT0S"},
           {"P0D", "PT0S"},
           {"-P0D", "PT0S"},
           {"PT1000M0.999999999S", "PT16H40M0.999999999S"},
           {"PT24H", "P1D"},
           {"P2DT274M", "P2DT4H34M"},
           {"PT3600S", "PT1H"},
           {"-PT0.5S", "-PT0.5S"},
           {"-P1DT0.25S", "-P1DT0.25S"},
           {"-PT1M0.25S", "-PT1M0.25S"},
           {"PT1.0000000019S", "PT1.000000001S"},
           {"P00000000000000000000000000001D", "P1D"},
           {"P1Y2M", "P1Y2M"},
           {"P0Y", "P0M"},
           {"-P0M", "P0M"},
           {"-P100M", "-P8Y4M"},
           {"P999999999M", "P83333333Y3M"},
           {"-P99999999Y", "-P99999999Y"},
           {"P1000000000000000000M", "P83333333333333333Y4M"},
           {"PT1000000000000000000S", "P11574074074074DT1H46M40S"},
       }) {
    EXPECT_EQ(text_of(parse_duration(text)), printed) << text;
  }
  for (const std::string_view text : {"",
                                      "P",
                                      "-P",
                                      "PT",
                                      "P1DT",
                                      "P0",
                                      "1Y",
                                      "1D",
                                      "P1H",
                                      "P1S",
                                      "PT1D",
                                      "PT1Y",
                                      "P1Y1D",
                                      "P1M1D",
                                      "P1YT1S",
                                      "P1M1Y",
                                      "PT1S1H",
                                      "P1D1D",
                                      "PT1M1M",
                                      "P1.5D",
                                      "PT1.5H",
                                      "P1.5Y",
                                      "PT.5S",
                                      "P-1D",
                                      "+P1D",
                                      "--P1D",
                                      "p1d",
                                      "P1D ",
                                      " P1D",
                                      "PT1S.",
                                      "P1W",
                                      "PTT1S",
                                      "P1DT1HT1M",
                                      "P1000000000000000001M",
                                      "PT1000000000000000000.1S",
                                      "P99999999999999999999Y",
                                      "P106751991167301D",
                                      "2012T-12-2511:00:00Z"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_duration("P" + std::string(1'000'000, '9') + "D"), std::nullopt);
  EXPECT_EQ(text_of(parse_duration("PT0." + std::string(1'000'000, '9') + "S")), "PT0.999999999S");
}

TEST(FeelTemporalText, AtLiteralsTellTheirKind) {
  Arena arena;
  const auto kind_of = [&arena](std::string_view text) {
    const auto value = parse_at_literal(arena, text);
    return value ? kind_name(value->kind()) : "none";
  };
  EXPECT_EQ(kind_of("2019-03-31"), "date");
  EXPECT_EQ(kind_of("-2019-03-31"), "date");
  EXPECT_EQ(kind_of("2018-12-08T10:30:11"), "date and time");
  EXPECT_EQ(kind_of("10:30:11@Australia/Melbourne"), "time");
  EXPECT_EQ(kind_of("P10D"), "days and time duration");
  EXPECT_EQ(kind_of("-P10Y"), "years and months duration");
  EXPECT_EQ(kind_of("foo"), "none");
  EXPECT_EQ(kind_of(""), "none");
}

TEST(FeelTemporalText, IsReadAsItWasWritten) {
  std::mt19937_64 engine(2);
  const auto below = [&engine](std::int64_t n) {
    return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n));
  };
  const std::uint16_t zone = *find_zone("Asia/Beirut");
  for (int i = 0; i < 50'000; ++i) {
    Arena arena;
    const auto zoning = static_cast<Zoning>(below(3));
    const auto offset = static_cast<std::int32_t>(below(2 * most_offset + 1) - most_offset);
    const std::int64_t nanoseconds = below(2) == 0
                                         ? below(nanoseconds_per_day)
                                         : below(seconds_per_day) * nanoseconds_per_second;
    const std::int64_t span = below(2) == 0 ? most_day - least_day : 100'000;
    const DateTime at{below(span + 1) + (span == 100'000 ? 0 : least_day), nanoseconds,
                      zoning == Zoning::offset ? offset : 0,
                      zoning == Zoning::zone ? zone : std::uint16_t{0}, zoning};
    for (const Value value :
         {make_date_time(arena, at), Value::date(at.days),
          Value::time(at.nanoseconds, at.zoning, at.offset, at.zone),
          Value::days_time(below(2'000'000) - 1'000'000,
                           static_cast<std::uint32_t>(below(nanoseconds_per_second))),
          Value::years_months(below(2'000'000) - 1'000'000)}) {
      const std::string text = text_of(value);
      const auto again = parse_at_literal(arena, text);
      ASSERT_TRUE(again) << text;
      ASSERT_EQ(again->kind(), value.kind()) << text;
      ASSERT_EQ(text_of(again), text);
      if (value.is(Kind::date_time)) {
        ASSERT_EQ(again->date_time().days, at.days);
        ASSERT_EQ(again->date_time().nanoseconds, at.nanoseconds);
        ASSERT_EQ(again->date_time().offset, at.offset);
      } else if (value.is(Kind::days_time_duration)) {
        ASSERT_EQ(again->seconds(), value.seconds());
        ASSERT_EQ(again->nanoseconds(), value.nanoseconds());
      }
    }
  }
}

TEST(FeelTemporalProperty, IsThatOfTheKind) {
  Arena arena;
  const auto property = [&arena](std::string_view text, std::string_view name) {
    return text_of(temporal_property(arena, *parse_at_literal(arena, text), name));
  };
  EXPECT_EQ(property("2018-12-10", "year"), "2018");
  EXPECT_EQ(property("2018-12-10", "month"), "12");
  EXPECT_EQ(property("2018-12-10", "day"), "10");
  EXPECT_EQ(property("2018-12-10", "weekday"), "1");
  EXPECT_EQ(property("2018-12-10", "hour"), "none");
  EXPECT_EQ(property("2018-12-10T10:30:01", "weekday"), "1");
  EXPECT_EQ(property("2018-12-10T10:30:01", "hour"), "10");
  EXPECT_EQ(property("2018-12-10T10:30:01", "minute"), "30");
  EXPECT_EQ(property("2018-12-10T10:30:01", "second"), "1");
  EXPECT_EQ(property("10:30:01.25", "second"), "1.25");
  EXPECT_EQ(property("10:30:01", "year"), "none");
  EXPECT_EQ(property("2018-12-10T10:30:00+05:00", "time offset"), "PT5H");
  EXPECT_EQ(property("2018-12-10T10:30:00@Asia/Beirut", "time offset"), "PT2H");
  EXPECT_EQ(property("2018-07-10T10:30:00@Asia/Beirut", "time offset"), "PT3H");
  EXPECT_EQ(property("10:30:00@Asia/Beirut", "time offset"), "PT2H");
  EXPECT_EQ(property("10:30:00Z", "time offset"), "PT0S");
  EXPECT_EQ(property("10:30:00", "time offset"), "null");
  EXPECT_EQ(property("2018-12-10T10:30:00@Etc/UTC", "timezone"), "Etc/UTC");
  EXPECT_EQ(property("2018-12-10T10:30:00+05:00", "timezone"), "null");
  EXPECT_EQ(property("10:30:00", "timezone"), "null");
  EXPECT_EQ(property("P1DT2H3M4.5S", "days"), "1");
  EXPECT_EQ(property("P1DT2H3M4.5S", "hours"), "2");
  EXPECT_EQ(property("P1DT2H3M4.5S", "minutes"), "3");
  EXPECT_EQ(property("P1DT2H3M4.5S", "seconds"), "4.5");
  EXPECT_EQ(property("-P1DT2H3M4.5S", "days"), "-1");
  EXPECT_EQ(property("-P1DT2H3M4.5S", "seconds"), "-4.5");
  EXPECT_EQ(property("P1D", "years"), "none");
  EXPECT_EQ(property("P1Y2M", "years"), "1");
  EXPECT_EQ(property("-P1Y2M", "months"), "-2");
  EXPECT_EQ(property("P1Y", "hours"), "none");
}

TEST(FeelTemporalProperty, IsKnownBeforeThereIsAValue) {
  Arena arena;
  for (const std::string_view text :
       {"2018-12-10", "10:30:00", "2018-12-10T10:30:00", "P1D", "P1M"}) {
    const Value value = *parse_at_literal(arena, text);
    for (const std::string_view name :
         {"year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone",
          "days", "hours", "minutes", "seconds", "years", "months", "Year", "millis", ""}) {
      EXPECT_EQ(temporal_property(arena, value, name).has_value(),
                has_temporal_property(value.kind(), name))
          << text << " " << name;
    }
  }
  EXPECT_FALSE(has_temporal_property(Kind::string, "year"));
}

}  // namespace
}  // namespace partnership::feel
