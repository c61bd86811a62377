// SPDX-License-Identifier: Apache-2.0
//
// What periods make of days, against steps of one day.
#include "charter/period.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "charter/naive_days.hpp"
#include "feel/number.hpp"

namespace partnership::charter {
namespace {

using naive::Unit;

Date day(std::string_view text) {
  return parse_date(text);
}
Length length(const naive::Period& period) {
  return {period.unit, period.count, period.month, period.day};
}

TEST(PeriodOracle, StepsAgree) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < 60; ++round) {
    const auto by_hand = naive::Calendar::random(random, day("1995-01-01"), day("2035-01-01"));
    const Calendar calendar = Calendar::load(by_hand.json());
    for (int i = 0; i < 40; ++i) {
      const Date start = day("2000-01-01") + below(3650);
      const auto unit = static_cast<Unit>(below(6));
      const int most = unit == Unit::years ? 4 : unit == Unit::months ? 30 : 70;
      const naive::Period period{unit, 1 + below(static_cast<unsigned>(most)), 1 + below(12),
                                 1 + below(29)};
      EXPECT_EQ(iso(day_after(start, length(period), &calendar)),
                iso(naive::after(start, period, by_hand)))
          << iso(start) << " " << period.text();
      EXPECT_EQ(working_day_from(start, &calendar), naive::working_day_from(start, by_hand));
      if (unit == Unit::next_year) continue;
      EXPECT_EQ(iso(day_before(start, length(period), &calendar)),
                iso(naive::before(start, period, by_hand)))
          << iso(start) << " " << period.text();
    }
  }
}

TEST(Period, ClipsMonthsToTheirLastDay) {
  const auto months = [](std::string_view from, int n) {
    return iso(day_after(day(from), {Unit::months, n}, nullptr));
  };
  EXPECT_EQ(months("2019-01-31", 1), "2019-02-28");
  EXPECT_EQ(months("2020-01-31", 1), "2020-02-29");
  EXPECT_EQ(months("2020-01-31", 3), "2020-04-30");
  EXPECT_EQ(months("2019-10-31", 4), "2020-02-29");
  EXPECT_EQ(months("2019-12-31", 12), "2020-12-31");
  EXPECT_EQ(iso(day_after(day("2020-02-29"), {Unit::years, 1}, nullptr)), "2021-02-28");
  EXPECT_EQ(iso(day_after(day("2020-02-29"), {Unit::years, 4}, nullptr)), "2024-02-29");
  EXPECT_EQ(iso(day_before(day("2020-03-31"), {Unit::months, 1}, nullptr)), "2020-02-29");
  EXPECT_EQ(iso(day_after(day("2019-05-05"), {Unit::next_year, 0, 2, 29}, nullptr)), "2020-02-29");
  EXPECT_EQ(iso(day_after(day("2020-05-05"), {Unit::next_year, 0, 2, 29}, nullptr)), "2021-02-28");
  // Several periods are counted from the beginning, lest they drift.
  EXPECT_EQ(iso(day_after(day("2020-01-31"), {Unit::months, 1}, nullptr, 2)), "2020-03-31");
}

TEST(Period, HasNoDayOutsideTheYears) {
  EXPECT_EQ(day_after(date_max, {Unit::days, 0}, nullptr), date_max);
  EXPECT_EQ(day_after(date_max, {Unit::days, 1}, nullptr), date_none);
  EXPECT_EQ(day_after(date_max, {Unit::weeks, 1}, nullptr), date_none);
  EXPECT_EQ(day_after(day("9999-11-30"), {Unit::months, 1}, nullptr), day("9999-12-30"));
  EXPECT_EQ(day_after(day("9999-12-01"), {Unit::months, 1}, nullptr), date_none);
  EXPECT_EQ(day_after(day("9998-12-31"), {Unit::years, 1}, nullptr), date_max);
  EXPECT_EQ(day_after(day("9999-01-01"), {Unit::years, 1}, nullptr), date_none);
  EXPECT_EQ(day_after(day("9999-01-01"), {Unit::next_year, 0, 3, 31}, nullptr), date_none);
  EXPECT_EQ(day_before(date_min, {Unit::days, 1}, nullptr), date_none);
  EXPECT_EQ(day_before(day("0001-01-31"), {Unit::months, 1}, nullptr), date_none);
  EXPECT_EQ(day_before(day("0001-02-28"), {Unit::months, 1}, nullptr), day("0001-01-28"));
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
  for (const Unit unit : {Unit::days, Unit::weeks, Unit::months, Unit::years, Unit::working_days}) {
    EXPECT_EQ(day_after(0, {unit, most}, nullptr), date_none);
    EXPECT_EQ(day_before(0, {unit, most}, nullptr), date_none);
    EXPECT_EQ(day_after(0, {unit, most}, nullptr, std::numeric_limits<std::int64_t>::max()),
              date_none);
  }
}

TEST(Period, HasNoWorkingDayOutsideTheCalendar) {
  const naive::Calendar by_hand{day("2020-01-01"), day("2020-02-01"), {6, 7}, {day("2020-01-01")}};
  const Calendar calendar = Calendar::load(by_hand.json());
  const auto after = [&](std::string_view from, int n) {
    return day_after(day(from), {Unit::working_days, n}, &calendar);
  };
  const auto before = [&](std::string_view from, int n) {
    return day_before(day(from), {Unit::working_days, n}, &calendar);
  };
  EXPECT_EQ(after("2020-01-01", 1), day("2020-01-02"));
  EXPECT_EQ(after("2019-12-31", 1), day("2020-01-02"));
  EXPECT_EQ(after("2019-12-30", 1), date_none);
  EXPECT_EQ(after("2020-01-30", 1), day("2020-01-31"));
  EXPECT_EQ(after("2020-01-30", 2), date_none);
  EXPECT_EQ(after("2020-01-31", 1), date_none);
  EXPECT_EQ(after("2020-02-01", 1), date_none);
  EXPECT_EQ(after("2021-01-01", 0), day("2021-01-01"));
  EXPECT_EQ(before("2020-02-01", 1), day("2020-01-31"));
  EXPECT_EQ(before("2020-02-02", 1), date_none);
  EXPECT_EQ(before("2020-01-03", 1), day("2020-01-02"));
  EXPECT_EQ(before("2020-01-02", 1), date_none);
  EXPECT_EQ(working_day_from(day("2020-01-01"), &calendar), day("2020-01-02"));
  EXPECT_EQ(working_day_from(day("2019-12-31"), &calendar), date_none);
  EXPECT_EQ(working_day_from(day("2020-02-01"), &calendar), date_none);
  EXPECT_EQ(working_day_from(day("2020-01-31"), nullptr), date_none);
  const naive::Calendar no_end{day("2020-01-01"), day("2020-02-01"), {5, 6, 7}, {}};
  EXPECT_EQ(working_day_from(day("2020-01-31"), nullptr), date_none);
  const Calendar off = Calendar::load(no_end.json());
  EXPECT_EQ(working_day_from(day("2020-01-31"), &off), date_none);  // a Friday, the last day
}

TEST(Period, IsWhatAnExpressionGives) {
  using feel::Value;
  EXPECT_EQ(length_of(feel::number(15)), (Length{Unit::days, 15}));
  EXPECT_EQ(length_of(Value::small_number(150, 1)), (Length{Unit::days, 15}));
  EXPECT_EQ(length_of(Value::small_number(155, 1)), std::nullopt);
  EXPECT_EQ(length_of(feel::number(-1)), std::nullopt);
  EXPECT_EQ(length_of(feel::number(std::int64_t{1} << 31)), std::nullopt);
  EXPECT_EQ(length_of(Value::days_time(86'400 * 10)), (Length{Unit::days, 10}));
  EXPECT_EQ(length_of(Value::days_time(86'400 * 10 + 1)), std::nullopt);
  EXPECT_EQ(length_of(Value::days_time(86'400, 1)), std::nullopt);
  EXPECT_EQ(length_of(Value::days_time(-86'400)), std::nullopt);
  EXPECT_EQ(length_of(Value::years_months(14)), (Length{Unit::months, 14}));
  EXPECT_EQ(length_of(Value::years_months(-1)), std::nullopt);
  EXPECT_EQ(length_of(Value::boolean(true)), std::nullopt);
  EXPECT_EQ(length_of(Value()), std::nullopt);
}

// ---- windows and growth

HolidayRule fixed(int month, int of_month) {
  HolidayRule out;
  out.month = month;
  out.day = of_month;
  return out;
}
HolidayRule easter(int offset, bool western = true) {
  HolidayRule out;
  out.kind = western ? HolidayRule::Kind::western_easter : HolidayRule::Kind::orthodox_easter;
  out.offset = offset;
  return out;
}
Window window(const HolidayRule& from, const HolidayRule& to) {
  Window out;
  out.from = from;
  out.to = to;
  return out;
}

TEST(PeriodWindow, MayRunOverTheTurnOfTheYear) {
  const Window winter = window(fixed(12, 20), fixed(1, 6));
  EXPECT_EQ(window_in(winter, 2019), (Days{day("2019-12-20"), day("2020-01-06")}));
  EXPECT_EQ(WindowDays(winter).in(2019), window_in(winter, 2019));
  EXPECT_EQ(WindowDays(winter).in(1700), window_in(winter, 1700));
  EXPECT_EQ(WindowDays(winter).in(2500), window_in(winter, 2500));
  EXPECT_EQ(window_in(winter, 9999), Days{});
  EXPECT_EQ(window_in(winter, 0), Days{});
}

TEST(PeriodWindow, FollowsEaster) {
  // Easter of 2019: 21 April, 28 April; of 2024: 31 March, 5 May.
  EXPECT_EQ(window_in(window(easter(-7), easter(7)), 2019),
            (Days{day("2019-04-14"), day("2019-04-28")}));
  EXPECT_EQ(window_in(window(easter(0), easter(0, false)), 2024),
            (Days{day("2024-03-31"), day("2024-05-05")}));
}

TEST(PeriodWindow, EndsWithFebruary) {
  const Window leap = window(fixed(2, 1), fixed(2, 29));
  EXPECT_EQ(window_in(leap, 2020), (Days{day("2020-02-01"), day("2020-02-29")}));
  EXPECT_EQ(window_in(leap, 2021), (Days{day("2021-02-01"), day("2021-02-28")}));
}

TEST(PeriodGrowth, CountsEachWindowThatIsMet) {
  const WindowDays summer(window(fixed(7, 15), fixed(8, 15)));
  const std::vector<Growing> grows = {{&summer, {Unit::weeks, 3}}};
  const auto end = [&](std::string_view from, std::string_view least) {
    return iso(grown(day(from), day(least), grows, nullptr));
  };
  EXPECT_EQ(end("2020-05-01", "2020-07-15"), "2020-07-15");  // the last day is 14 July
  EXPECT_EQ(end("2020-05-01", "2020-07-16"), "2020-08-06");
  EXPECT_EQ(end("2020-08-15", "2020-09-01"), "2020-09-22");
  EXPECT_EQ(end("2020-08-16", "2020-09-01"), "2020-09-01");
  EXPECT_EQ(end("2020-07-20", "2021-07-20"), "2021-08-31");  // two summers
  EXPECT_EQ(end("2020-07-20", "2021-07-01"), "2021-08-12");  // the second by having grown
}

TEST(PeriodGrowth, OfOneWindowMayMeetAnother) {
  const WindowDays winter(window(fixed(12, 20), fixed(1, 6)));
  const WindowDays spring(window(fixed(1, 10), fixed(1, 12)));
  const std::vector<Growing> grows = {{&spring, {Unit::days, 5}}, {&winter, {Unit::weeks, 2}}};
  EXPECT_EQ(iso(grown(day("2019-12-01"), day("2019-12-31"), grows, nullptr)), "2020-01-19");
}

TEST(PeriodGrowth, WithoutEndIsNone) {
  const WindowDays summer(window(fixed(7, 15), fixed(8, 15)));
  const std::vector<Growing> grows = {{&summer, {Unit::years, 1}}};
  EXPECT_EQ(grown(day("2020-07-20"), day("2020-08-20"), grows, nullptr), date_none);
  const std::vector<Growing> working = {{&summer, {Unit::working_days, 1}}};
  EXPECT_EQ(grown(day("2020-07-20"), day("2020-08-20"), working, nullptr), date_none);
  // By a day less than a year, over one that is nearly whole: it would go on for centuries.
  const WindowDays most_of_it(window(fixed(1, 2), fixed(12, 31)));
  const std::vector<Growing> slowly = {{&most_of_it, {Unit::days, 365}}};
  EXPECT_EQ(grown(day("2020-01-10"), day("2020-12-30"), slowly, nullptr), date_none);
  const std::vector<Growing> none = {{&summer, {Unit::days, 0}}};
  EXPECT_EQ(iso(grown(day("2020-07-20"), day("2020-08-20"), none, nullptr)), "2020-08-20");
}

TEST(PeriodOracle, GrowthAgrees) {
  std::mt19937 random(11);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < 100; ++round) {
    const auto by_hand = naive::Calendar::random(random, day("1995-01-01"), day("2080-01-01"));
    const Calendar calendar = Calendar::load(by_hand.json());
    std::vector<Window> windows;
    std::vector<WindowDays> days;
    std::vector<naive::Period> periods;
    const int count = 1 + below(round % 20 == 0 ? 12 : 3);
    days.reserve(static_cast<std::size_t>(count));
    std::vector<Growing> grows;
    for (int i = 0; i < count; ++i) {
      const int month = 1 + below(12), from = 1 + below(28);
      windows.push_back(below(4) == 0
                            ? window(easter(-below(20)), easter(below(20)))
                            : window(fixed(month, from), fixed(1 + below(12), 1 + below(28))));
      days.emplace_back(windows.back());
      // Not so long that each year brings more than a year.
      periods.push_back({static_cast<Unit>(below(count > 3 ? 2 : 4)), 1 + below(3)});
      grows.push_back({&days.back(), length(periods.back())});
    }
    const Date from = day("2003-01-01") + below(3650), first = from + 1 + below(400);
    // Day by day, again and again from the first one: each window that is met counts once.
    std::set<std::pair<int, Date>> counted;
    Date least = first;
    for (bool changed = true; changed;) {
      changed = false;
      for (int i = 0; i < count; ++i) {
        for (Date at = from; at < least; ++at) {
          const int near = naive::Day::of(at).year;
          for (int year = near - 1; year <= near + 1; ++year) {
            const Days met = window_in(windows[static_cast<std::size_t>(i)], year);
            if (at < met.from || at > met.to || !counted.emplace(i, met.from).second) continue;
            least = naive::after(least, periods[static_cast<std::size_t>(i)], by_hand);
            changed = true;
          }
        }
      }
    }
    EXPECT_EQ(iso(grown(from, first, grows, &calendar)), iso(least)) << "round " << round;
  }
}

}  // namespace
}  // namespace partnership::charter
