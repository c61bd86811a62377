// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <gtest/gtest.h>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/ubidi.h>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"

namespace partnership {
namespace {

// The naive second way: the rule of the Gregorian calendar, one day at a time.
bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
int days_in(int year, int month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string printed(int year, int month, int day) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  return buffer;
}

TEST(Date, EveryDayOfTenThousandYearsGoesThereAndBack) {
  Date date = date_min;
  int weekday = 1;  // 0001-01-01 was a Monday
  for (int year = 1; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in(year, month); ++day) {
        ASSERT_EQ(date_from({year, month, day}), date) << year << ' ' << month << ' ' << day;
        const YearMonthDay ymd = ymd_of(date);
        ASSERT_TRUE(ymd.year == year && ymd.month == month && ymd.day == day) << date;
        ASSERT_EQ(weekday_of(date), weekday) << date;
        weekday = weekday % 7 + 1;
        ++date;
      }
      ASSERT_EQ(date_from({year, month, days_in(year, month) + 1}), std::nullopt);
    }
  }
  EXPECT_EQ(date, date_max + 1);
}

TEST(Date, TextGoesThereAndBack) {
  Date date = date_min;
  for (int year = 1; year <= 9999; year += year < 1990 || year > 2030 ? 7 : 1) {
    date = *date_from({year, 1, 1});
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in(year, month); ++day, ++date) {
        const std::string text = printed(year, month, day);
        ASSERT_EQ(iso(date), text);
        ASSERT_EQ(date_of(text), date);
        ASSERT_EQ(parse_date(text), date);
      }
    }
  }
}

TEST(Date, KnownDays) {
  EXPECT_EQ(date_of("1970-01-01"), 0);
  EXPECT_EQ(date_of("2000-03-01"), 11017);
  EXPECT_EQ(date_of("2018-08-27"), 17770);
  EXPECT_EQ(weekday_of(*date_of("1970-01-01")), 4);
  EXPECT_EQ(weekday_of(*date_of("2018-08-27")), 1);  // a Monday
  EXPECT_EQ(date_of("0001-01-01"), date_min);
  EXPECT_EQ(date_of("9999-12-31"), date_max);
}

TEST(Date, NumbersThatAreNoDayGiveNone) {
  constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
  for (const std::int32_t odd : {least, -1, 0, 10000, 65536, 65537, 256 + 1, most}) {
    EXPECT_EQ(date_from({odd == 257 ? 0 : odd, 1, 1}), std::nullopt) << odd;
    EXPECT_EQ(date_from({2018, odd, 1}), std::nullopt) << odd;
    EXPECT_EQ(date_from({2018, 1, odd}), std::nullopt) << odd;
  }
}

std::string complaint(std::string_view text) {
  try {
    parse_date(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::malformed);
    return error.what();
  }
  return "none";
}

TEST(Date, SaysWhatIsWrong) {
  EXPECT_EQ(complaint("2019-02-29"), "`2019-02-29` is no day: february 2019 has 28 days");
  EXPECT_EQ(complaint("2020-02-30"), "`2020-02-30` is no day: february 2020 has 29 days");
  EXPECT_EQ(complaint("1900-02-29"), "`1900-02-29` is no day: february 1900 has 28 days");
  EXPECT_EQ(complaint("2018-04-31"), "`2018-04-31` is no day: april 2018 has 30 days");
  EXPECT_EQ(complaint("2018-12-00"), "`2018-12-00` is no day: december 2018 has 31 days");
  EXPECT_EQ(complaint("2018-13-01"), "`2018-13-01` is no day: months are 01 to 12");
  EXPECT_EQ(complaint("2018-00-01"), "`2018-00-01` is no day: months are 01 to 12");
  EXPECT_EQ(complaint("0000-01-01"), "`0000-01-01` is no day: years are 0001 to 9999");
  EXPECT_EQ(complaint("27/08/2018"), "expected a date such as `2018-08-27`, got `27/08/2018`");
  EXPECT_EQ(complaint(""), "expected a date such as `2018-08-27`, got ``");
}

TEST(Date, TakesOneFormOnly) {
  for (const std::string_view text :
       {"2018-8-27", "2018-08-27 ", " 2018-08-27", "2018-08-27T00:00:00Z", "20180827", "2018/08/27",
        "2018-08", "2018", "-018-08-27", "+018-08-27", "2018-+8-27", "2018-08--7", "2O18-08-27",
        "12018-08-27", "2018_08-27", "2018-08_27", "\u0662018-08-2"}) {
    EXPECT_EQ(date_of(text), std::nullopt) << text;
    EXPECT_NE(complaint(text), "none") << text;
  }
  EXPECT_EQ(date_of(std::string_view("2018-08-2\0", 10)), std::nullopt);
  EXPECT_NE(complaint(std::string(1 << 20, '1')), "none");
}

TEST(Period, IsAsWideAsItsPrecision) {
  const auto days = [](std::string_view from, std::string_view to) {
    return Period{*date_of(from), *date_of(to)};
  };
  EXPECT_EQ(period_of("2004"), days("2004-01-01", "2005-01-01"));
  EXPECT_EQ(period_of("2004-01"), days("2004-01-01", "2004-02-01"));
  EXPECT_EQ(period_of("2004-12"), days("2004-12-01", "2005-01-01"));
  EXPECT_EQ(period_of("2004-02"), days("2004-02-01", "2004-03-01"));
  EXPECT_EQ(period_of("2004-01-24"), days("2004-01-24", "2004-01-25"));
  EXPECT_EQ(period_of("2018-09-25/2018-09-26"), days("2018-09-25", "2018-09-27"));
  EXPECT_EQ(period_of("2018-09-25/2018-09-25"), days("2018-09-25", "2018-09-26"));
  EXPECT_EQ(period_of("2004/2018"), days("2004-01-01", "2019-01-01"));
  EXPECT_EQ(period_of("2018-09/2018-10-02"), days("2018-09-01", "2018-10-03"));
  EXPECT_EQ(period_of("2018-09-30/2018"), days("2018-09-30", "2019-01-01"));
  EXPECT_EQ(period_of("0001"), (Period{date_min, *date_of("0002-01-01")}));
  EXPECT_EQ(period_of("9999"), (Period{*date_of("9999-01-01"), date_max + 1}));
  EXPECT_EQ(period_of("9999-12-31"), (Period{date_max, date_max + 1}));
}

TEST(Period, EveryMonthHasItsDays) {
  for (int year = 1; year < 9999; year += 11) {
    for (int month = 1; month <= 12; ++month) {
      const std::optional<Period> period = period_of(printed(year, month, 1).substr(0, 7));
      ASSERT_TRUE(period.has_value());
      ASSERT_EQ(period->to - period->from, days_in(year, month));
    }
    const std::optional<Period> period = period_of(printed(year, 1, 1).substr(0, 4));
    ASSERT_TRUE(period.has_value());
    ASSERT_EQ(period->to - period->from, leap(year) ? 366 : 365);
  }
}

TEST(Period, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "/",
                                      "2004/",
                                      "/2004",
                                      "2004//2005",
                                      "2004/2005/2006",
                                      "2018-09-26/2018-09-25",
                                      "2019/2018",
                                      "2018-09/2018-08",
                                      "2018-13",
                                      "2018-00",
                                      "2018-02-29",
                                      "0000",
                                      "0000-01",
                                      "2018-9",
                                      "2018-09-25/26",
                                      "2018-09-25/",
                                      "2004-2018",
                                      "spring 2018",
                                      "2018-09-25 /2018-09-26",
                                      "2018-",
                                      "2018-09-",
                                      "10000"}) {
    EXPECT_EQ(period_of(text), std::nullopt) << text;
    try {
      render_period(text, Language::en);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::malformed);
    }
  }
}

TEST(Render, WritesDatesAsPeopleReadThem) {
  const Date date = *date_of("2018-08-27");
  EXPECT_EQ(render(date, Language::ar), "27 آب 2018");
  EXPECT_EQ(render(date, Language::en), "27 August 2018");
  EXPECT_EQ(render(date, Language::fr), "27 août 2018");
  EXPECT_EQ(render(*date_of("2018-08-01"), Language::fr), "1er août 2018");
  EXPECT_EQ(render(*date_of("2018-08-01"), Language::en), "1 August 2018");
  EXPECT_EQ(render(*date_of("2004-01-24"), Language::ar), "24 كانون الثاني 2004");
  EXPECT_EQ(render(*date_of("2017-11-23"), Language::ar), "23 تشرين الثاني 2017");
}

TEST(Render, WritesPeriodsAsPreciselyAsTheyAre) {
  const auto all = [](std::string_view text) {
    return std::vector<std::string>{render_period(text, Language::ar),
                                    render_period(text, Language::en),
                                    render_period(text, Language::fr)};
  };
  using Three = std::vector<std::string>;
  EXPECT_EQ(all("2004"), (Three{"2004", "2004", "2004"}));
  EXPECT_EQ(all("2004-01"), (Three{"كانون الثاني 2004", "January 2004", "janvier 2004"}));
  EXPECT_EQ(all("2018-08-27"), (Three{"27 آب 2018", "27 August 2018", "27 août 2018"}));
  EXPECT_EQ(all("2018-09-25/2018-09-26"),
            (Three{"25–26 أيلول 2018", "25–26 September 2018", "25–26 septembre 2018"}));
  EXPECT_EQ(all("2018-09-30/2018-10-02"),
            (Three{"30 أيلول – 2 تشرين الأول 2018", "30 September – 2 October 2018",
                   "30 septembre – 2 octobre 2018"}));
  EXPECT_EQ(all("2018-12-30/2019-01-01"),
            (Three{"30 كانون الأول 2018 – 1 كانون الثاني 2019", "30 December 2018 – 1 January 2019",
                   "30 décembre 2018 – 1er janvier 2019"}));
  EXPECT_EQ(all("2018-09/2018-10"), (Three{"أيلول – تشرين الأول 2018", "September – October 2018",
                                           "septembre – octobre 2018"}));
  EXPECT_EQ(all("2018-12/2019-01"),
            (Three{"كانون الأول 2018 – كانون الثاني 2019", "December 2018 – January 2019",
                   "décembre 2018 – janvier 2019"}));
  EXPECT_EQ(all("2004/2018"), (Three{"2004–2018", "2004–2018", "2004–2018"}));
  EXPECT_EQ(all("2018/2018"), (Three{"2018", "2018", "2018"}));
  EXPECT_EQ(all("2018-08-01/2018-08-03"),
            (Three{"1–3 آب 2018", "1–3 August 2018", "1er–3 août 2018"}));
  EXPECT_EQ(all("2018-08-27/2018-09"),
            (Three{"27 آب 2018 – أيلول 2018", "27 August 2018 – September 2018",
                   "27 août 2018 – septembre 2018"}));
  EXPECT_EQ(render_period("2018-09-25/2018-09-25", Language::en), "25 September 2018");
}

// The oracle: ICU's own formatter with CLDR's own pattern for a long date, made Gregorian
// throughout (ICU switches to the Julian calendar in 1582 otherwise).
class IcuFormat {
 public:
  IcuFormat(const char* locale, const char* skeleton) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale l(locale);
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(
        icu::DateTimePatternGenerator::createInstance(l, status));
    const icu::UnicodeString pattern =
        generator->getBestPattern(icu::UnicodeString(skeleton), status);
    format_ = std::make_unique<icu::SimpleDateFormat>(pattern, l, status);
    auto calendar = std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), l, status);
    calendar->setGregorianChange(-8.64e15, status);
    format_->adoptCalendar(calendar.release());
    EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  }
  std::string operator()(Date date) const {
    icu::UnicodeString text;
    format_->format(date * 86400000.0, text);
    std::string out;
    text.toUTF8String(out);
    return out;
  }

 private:
  std::unique_ptr<icu::SimpleDateFormat> format_;
};

TEST(Render, AgreesWithIcusOwnFormatter) {
  const std::map<Language, const char*> locales = {
      {Language::ar, "ar_LB@numbers=latn"}, {Language::en, "en_GB"}, {Language::fr, "fr_FR"}};
  for (const auto& [language, locale] : locales) {
    const IcuFormat day(locale, "yMMMMd"), month(locale, "yMMMM");
    for (Date date = date_min; date <= date_max; date += date > 17000 && date < 18500 ? 1 : 173) {
      const YearMonthDay ymd = ymd_of(date);
      std::string expected = day(date);
      if (language == Language::fr && ymd.day == 1) expected.insert(1, "er");
      ASSERT_EQ(render(date, language), expected) << iso(date);
      ASSERT_EQ(render_period(iso(date), language), expected);
      ASSERT_EQ(render_period(iso(date).substr(0, 7), language), month(date));
    }
  }
}

// Where each space- or dash-separated part of a text stands on the line, from the left, when the
// bidirectional algorithm (Unicode TR 9) lays it out in a paragraph of right-to-left text.
std::vector<std::int32_t> places_on_the_line(const std::string& utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  UErrorCode status = U_ZERO_ERROR;
  UBiDi* bidi = ubidi_open();
  ubidi_setPara(bidi, text.getBuffer(), text.length(), UBIDI_RTL, nullptr, &status);
  std::vector<std::int32_t> places;
  bool inside = false;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const bool part = text[i] != u' ' && text[i] != u'-' && text[i] != u'\u2013';
    if (part && !inside) places.push_back(ubidi_getVisualIndex(bidi, i, &status));
    inside = part;
  }
  ubidi_close(bidi);
  EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  return places;
}

TEST(Render, ArabicReadsFromTheRightPartByPart) {
  for (const std::string_view period :
       {"2018-08-27", "2018-09-25/2018-09-26", "2018-09-30/2018-10-02", "2018-12-30/2019-01-01",
        "2017/2018", "2018-09/2018-10", "2018-12/2019-01", "2018-08-27/2018-09"}) {
    const std::string text = render_period(period, Language::ar);
    const std::vector<std::int32_t> places = places_on_the_line(text);
    ASSERT_GE(places.size(), 2U) << text;
    EXPECT_TRUE(std::is_sorted(places.rbegin(), places.rend())) << text;
  }
  // A hyphen would have turned the two numbers round.
  const std::vector<std::int32_t> hyphen = places_on_the_line("25-26 أيلول 2018");
  ASSERT_EQ(hyphen.size(), 4U);
  EXPECT_LT(hyphen[0], hyphen[1]);
}

TEST(Render, GivesTheSameBytesOnEveryThread) {
  const std::string expected = render(17770, Language::ar);
  std::vector<std::string> answers(8);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&answer] {
      for (int i = 0; i < 100; ++i) answer = render(17770, Language::ar);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, expected);
}

TEST(Instant, IsUtcToTheSecond) {
  for (const std::string_view text :
       {"2019-12-04T10:00:00Z", "2020-02-29T23:59:59Z", "0001-01-01T00:00:00Z"}) {
    EXPECT_TRUE(is_instant(text)) << text;
  }
  for (const std::string_view text :
       {"", "2019-12-04", "2019-12-04T10:00:00", "2019-12-04T10:00:00z", "2019-12-04t10:00:00Z",
        "2019-12-04 10:00:00Z", "2019-12-04T10:00Z", "2019-12-04T10:00:00.0Z",
        "2019-12-04T10:00:00+00:00", "2019-12-04T24:00:00Z", "2019-12-04T10:60:00Z",
        "2016-12-31T23:59:60Z", "2019-02-29T10:00:00Z", "2019-12-04T1:000:00Z",
        "2019-12-04T-1:00:00Z", "2019-12-04T10:00:00Z "}) {
    EXPECT_FALSE(is_instant(text)) << text;
  }
}

}  // namespace
}  // namespace partnership
