// SPDX-License-Identifier: Apache-2.0
//
// Holidays made by rules, weekends that changed, days worked although they would be off: against
// published years, and against a naive second way over fifty years.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace partnership {
namespace {

using testing::ElementsAre;

Date day(std::string_view iso) {
  return parse_date(iso);
}

std::vector<std::string> days_of(const Calendar& calendar, std::string_view from,
                                 std::string_view to) {
  std::vector<std::string> out;
  for (const Holiday& holiday : calendar.holidays()) {
    if (holiday.date < day(from) || holiday.date >= day(to)) continue;
    std::string line = iso(holiday.date) + " " + std::string(holiday.name.get(Language::en));
    if (holiday.moved_from != date_none) line += " < " + iso(holiday.moved_from);
    out.push_back(std::move(line));
  }
  return out;
}

// --------------------------------------------------------------------------- published years

// England and Wales, as https://www.gov.uk/bank-holidays lists 2020 to 2022.
TEST(CalendarRules, MakeTheBankHolidaysOfEngland) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "england", "title": "England", "valid": {"from": "2020-01-01", "to": "2023-01-01"},
    "weekend": ["saturday", "sunday"],
    "rules": [
      {"name": "New Year", "on": "01-01", "moves": "next working day"},
      {"name": "Good Friday", "on": {"easter": "western", "offset": -2}},
      {"name": "Easter Monday", "on": {"easter": "western", "offset": 1}},
      {"name": "Early May", "on": {"weekday": "monday", "nth": 1, "month": 5}},
      {"name": "Spring", "on": {"weekday": "monday", "nth": -1, "month": 5}},
      {"name": "Summer", "on": {"weekday": "monday", "nth": -1, "month": 8}},
      {"name": "Christmas", "on": "12-25", "moves": "next working day"},
      {"name": "Boxing Day", "on": "12-26", "moves": "next working day"}],
    "holidays": [
      {"date": "2020-05-08", "name": "Early May", "moved from": "2020-05-04"},
      {"date": "2022-06-02", "name": "Spring", "moved from": "2022-05-30"},
      {"date": "2022-06-03", "name": "Jubilee"},
      {"date": "2022-09-19", "name": "State Funeral"}]
  })");
  EXPECT_THAT(
      days_of(calendar, "2020-01-01", "2021-01-01"),
      ElementsAre("2020-01-01 New Year", "2020-04-10 Good Friday", "2020-04-13 Easter Monday",
                  "2020-05-08 Early May < 2020-05-04", "2020-05-25 Spring", "2020-08-31 Summer",
                  "2020-12-25 Christmas", "2020-12-28 Boxing Day < 2020-12-26"));
  EXPECT_THAT(
      days_of(calendar, "2021-01-01", "2022-01-01"),
      ElementsAre("2021-01-01 New Year", "2021-04-02 Good Friday", "2021-04-05 Easter Monday",
                  "2021-05-03 Early May", "2021-05-31 Spring", "2021-08-30 Summer",
                  "2021-12-27 Christmas < 2021-12-25", "2021-12-28 Boxing Day < 2021-12-26"));
  EXPECT_THAT(days_of(calendar, "2022-01-01", "2023-01-01"),
              ElementsAre("2022-01-03 New Year < 2022-01-01", "2022-04-15 Good Friday",
                          "2022-04-18 Easter Monday", "2022-05-02 Early May",
                          "2022-06-02 Spring < 2022-05-30", "2022-06-03 Jubilee",
                          "2022-08-29 Summer", "2022-09-19 State Funeral", "2022-12-26 Boxing Day",
                          "2022-12-27 Christmas < 2022-12-25"));
  EXPECT_TRUE(calendar.is_working_day(day("2020-05-04")));
  EXPECT_FALSE(calendar.is_working_day(day("2020-05-08")));
  EXPECT_TRUE(calendar.is_working_day(day("2022-12-28")));
}

// Days of federal employees of the United States in 2020 to 2022 (opm.gov, federal holidays): a
// holiday on a Saturday is kept the day before, on a Sunday the day after.
TEST(CalendarRules, MoveToTheNearestWeekdayAlsoOverTheEndOfTheRange) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "us", "title": "US", "valid": {"from": "2020-01-01", "to": "2022-01-01"},
    "weekend": ["saturday", "sunday"],
    "rules": [
      {"name": "New Year", "on": "01-01", "moves": "nearest weekday"},
      {"name": "Independence", "on": "07-04", "moves": "nearest weekday"},
      {"name": "Thanksgiving", "on": {"weekday": "thursday", "nth": 4, "month": 11}},
      {"name": "Christmas", "on": "12-25", "moves": "nearest weekday"}]
  })");
  EXPECT_THAT(days_of(calendar, "2020-01-01", "2022-01-01"),
              ElementsAre("2020-01-01 New Year", "2020-07-03 Independence < 2020-07-04",
                          "2020-11-26 Thanksgiving", "2020-12-25 Christmas", "2021-01-01 New Year",
                          "2021-07-05 Independence < 2021-07-04", "2021-11-25 Thanksgiving",
                          "2021-12-24 Christmas < 2021-12-25", "2021-12-31 New Year < 2022-01-01"));
}

// South Africa's Public Holidays Act 36 of 1994, section 2: a holiday on a Sunday makes the Monday
// one. Colombia's Law 51 of 1983: to the Monday after, from every other day.
TEST(CalendarRules, MoveFromTheDaysThatTheyName) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "x", "title": "X", "valid": {"from": "2021-08-01", "to": "2022-09-01"},
    "weekend": ["saturday", "sunday"],
    "rules": [
      {"name": "Women", "on": "08-09", "moves": {"when": ["sunday"], "to": "next monday"}},
      {"name": "Workers", "on": "05-01", "moves": {"when": ["sunday"], "to": "next monday"}},
      {"name": "Reconciliation", "on": "12-26", "moves": {"when": ["sunday"], "to": "next monday"}},
      {"name": "Christmas", "on": "12-25", "moves": {"when": ["sunday"], "to": "next monday"}},
      {"name": "Epiphany", "on": "01-06", "moves": {"to": "next monday", "when": ["tuesday",
         "wednesday", "thursday", "friday", "saturday", "sunday"]}}]
  })");
  EXPECT_THAT(
      days_of(calendar, "2021-08-01", "2022-09-01"),
      ElementsAre("2021-08-09 Women", "2021-12-25 Christmas",
                  "2021-12-27 Reconciliation < 2021-12-26", "2022-01-10 Epiphany < 2022-01-06",
                  "2022-05-02 Workers < 2022-05-01", "2022-08-09 Women"));
  EXPECT_TRUE(calendar.is_working_day(day("2022-01-06")));
}

TEST(CalendarRules, KeepNameSourceAndWhetherItWasSeen) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "x", "title": "X", "note": {"fr": "Une note"},
    "valid": {"from": "2024-01-01", "to": "2026-01-01"}, "weekend": ["sunday"],
    "rules": [
      {"name": {"ar": "عيد العمل", "en": "Labour Day"}, "on": "05-01", "source": "a decree",
       "verified": true},
      {"name": "Good Friday", "on": {"easter": "western", "offset": -2}},
      {"name": {"fr": "Vendredi saint", "en": "Good Friday"},
       "on": {"easter": "orthodox", "offset": -2}},
      {"name": "Gone", "on": "03-01", "valid": {"to": "2024-03-01"}},
      {"name": "Once", "on": "03-02", "valid": {"from": "2025-01-01", "to": "2025-03-03"}},
      {"name": "To come", "on": "03-03", "valid": {"from": "2025-03-04"}}]
  })");
  EXPECT_EQ(calendar.note().get(Language::fr), "Une note");
  ASSERT_EQ(calendar.holidays().size(), 6U);
  EXPECT_EQ(calendar.holidays()[2].name.get(Language::fr), "Vendredi saint");
  EXPECT_THAT(days_of(calendar, "2024-01-01", "2026-01-01"),
              ElementsAre("2024-03-29 Good Friday", "2024-05-01 Labour Day",
                          "2024-05-03 Good Friday", "2025-03-02 Once",
                          "2025-04-18 Good Friday",  // both Easters meet: one holiday
                          "2025-05-01 Labour Day"));
  const Holiday& labour = calendar.holidays()[1];
  EXPECT_EQ(labour.name.get(Language::ar), "عيد العمل");
  EXPECT_EQ(labour.source, "a decree");
  EXPECT_TRUE(labour.verified);
  EXPECT_FALSE(calendar.holidays()[0].verified);
}

TEST(CalendarRules, AWeekendMayChange) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "x", "title": "X", "valid": {"from": "2017-08-01", "to": "2017-10-01"},
    "weekend": [{"days": ["sunday"], "source": "an old law"},
                {"days": ["saturday", "sunday"], "from": "2017-08-23", "verified": true},
                {"days": [], "from": "2017-09-10"}]
  })");
  EXPECT_TRUE(calendar.is_working_day(day("2017-08-19")));
  EXPECT_FALSE(calendar.is_working_day(day("2017-08-20")));
  EXPECT_FALSE(calendar.is_working_day(day("2017-08-26")));
  EXPECT_FALSE(calendar.is_working_day(day("2017-09-09")));
  EXPECT_TRUE(calendar.is_working_day(day("2017-09-10")));
  EXPECT_EQ(calendar.working_days_between(day("2017-08-01"), day("2017-10-01")), 61 - 3 - 5);
}

TEST(CalendarRules, WhatIsWorkedIsWorked) {
  const Calendar calendar = Calendar::load(R"({
    "calendar": "x", "title": "X", "valid": {"from": "2021-04-01", "to": "2021-07-01"},
    "weekend": ["saturday", "sunday"],
    "rules": [{"name": "A", "on": "05-01", "moves": "next working day"},
              {"name": "B", "on": "05-15", "moves": "next working day"},
              {"name": "C", "on": "06-01"},
              {"name": "D", "on": "06-12", "moves": "next monday"}],
    "working": [{"date": "2021-05-15"}, {"date": "2021-05-03", "name": "Made up for", "source": "x",
                 "verified": true}, {"date": "2021-05-02"}, {"date": "2021-06-01"},
                {"date": "2021-06-14"}]
  })");
  // The 3rd of May would be A's; B and C are on days that are worked; D would move to one.
  EXPECT_THAT(days_of(calendar, "2021-04-01", "2021-07-01"),
              ElementsAre("2021-05-04 A < 2021-05-01"));
  for (const std::string_view date : {"2021-05-02", "2021-05-03", "2021-05-15", "2021-06-01"}) {
    EXPECT_TRUE(calendar.is_working_day(day(date))) << date;
  }
  EXPECT_FALSE(calendar.is_working_day(day("2021-05-04")));
}

// ---------------------------------------------------------------------------- a naive second way

constexpr std::array<std::string_view, 8> names = {"",         "monday", "tuesday",  "wednesday",
                                                   "thursday", "friday", "saturday", "sunday"};

struct NaiveRule {
  int kind = 0;  // 0 fixed, 1 and 2 the Easters, 3 nth weekday
  std::int32_t month = 1, day = 1, offset = 0, weekday = 1, nth = 1;
  Date from = date_none, to = date_none;
  std::string move;    // empty: none
  std::set<int> when;  // empty: the weekend's days
};

// A calendar, and its days found by looking at every day by itself.
struct Naive {
  Date from, to;
  std::vector<std::pair<Date, std::set<int>>> weekends;
  std::vector<NaiveRule> rules;
  std::set<Date> dated;
  std::set<Date> worked;

  const std::set<int>& weekend(Date date) const {
    const std::set<int>* found = &weekends.front().second;
    for (const auto& [begins, days] : weekends) {
      if (begins <= date) found = &days;
    }
    return *found;
  }
  bool off_by_weekend(Date date) const { return weekend(date).count(weekday_of(date)) != 0; }

  static bool is_on(const NaiveRule& rule, Date date) {
    const YearMonthDay ymd = ymd_of(date);
    if (rule.kind == 0) return ymd.month == rule.month && ymd.day == rule.day;
    if (rule.kind == 3) {
      if (ymd.month != rule.month || weekday_of(date) != rule.weekday) return false;
      if (rule.nth == -1) return ymd_of(date + 7).month != ymd.month;
      int before = 0;
      for (Date d = date - 7; ymd_of(d).month == ymd.month; d -= 7) ++before;
      return before + 1 == rule.nth;
    }
    HolidayRule easter;
    easter.kind =
        rule.kind == 1 ? HolidayRule::Kind::western_easter : HolidayRule::Kind::orthodox_easter;
    const Date sunday = date - rule.offset;
    return easter.in_year(ymd_of(sunday).year) == sunday;
  }

  // (date, number of the rule), by date; -1 for a dated holiday.
  std::vector<std::pair<Date, int>> holidays() const {
    std::vector<std::pair<Date, int>> all, moving;
    std::set<Date> taken = dated;
    for (const Date date : dated) all.push_back({date, -1});
    for (Date date = from - 40; date < to + 40; ++date) {
      for (std::size_t i = 0; i < rules.size(); ++i) {
        const NaiveRule& rule = rules[i];
        if (!is_on(rule, date) || worked.count(date) != 0) continue;
        if (rule.from != date_none && date < rule.from) continue;
        if (rule.to != date_none && date >= rule.to) continue;
        const std::set<int>& when = rule.when.empty() ? weekend(date) : rule.when;
        const bool moves = !rule.move.empty() && when.count(weekday_of(date)) != 0;
        if (!moves) taken.insert(date);
        (moves ? moving : all).push_back({date, static_cast<int>(i)});
      }
    }
    for (const auto& [moved, number] : moving) {
      const Date date = moved;  // a lambda may not capture the binding
      const NaiveRule& rule = rules[static_cast<std::size_t>(number)];
      Date target = date;
      if (rule.move == "next monday") {
        do ++target;
        while (weekday_of(target) != 1);
      } else if (rule.move == "next working day") {
        do ++target;
        while (off_by_weekend(target) || taken.count(target) != 0 || worked.count(target) != 0);
      } else {
        std::vector<Date> near;
        for (Date d = date - 7; d <= date + 7; ++d) {
          if (!off_by_weekend(d) && rule.when.count(weekday_of(d)) == 0) near.push_back(d);
        }
        target = *std::min_element(near.begin(), near.end(), [&](Date a, Date b) {
          return std::pair(std::abs(a - date), -a) < std::pair(std::abs(b - date), -b);
        });
      }
      if (worked.count(target) != 0) continue;
      taken.insert(target);
      all.push_back({target, number});
    }
    std::erase_if(all, [this](const auto& one) { return one.first < from || one.first >= to; });
    std::sort(all.begin(), all.end());
    return all;
  }

  Calendar calendar() const;
};

void write_rule(json::Writer& json, const NaiveRule& rule, std::size_t number) {
  json.begin_object().key("name").value("Rule " + std::to_string(number)).key("on");
  if (rule.kind == 0) {
    const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    json.value(two(rule.month) + "-" + two(rule.day));
  } else if (rule.kind == 3) {
    json.begin_object().key("weekday").value(names[static_cast<std::size_t>(rule.weekday)]);
    json.key("nth").value(rule.nth).key("month").value(rule.month).end_object();
  } else {
    json.begin_object().key("easter").value(rule.kind == 1 ? "western" : "orthodox");
    json.key("offset").value(rule.offset).end_object();
  }
  if (rule.from != date_none || rule.to != date_none) {
    json.key("valid").begin_object();
    if (rule.from != date_none) json.key("from").value(iso(rule.from));
    if (rule.to != date_none) json.key("to").value(iso(rule.to));
    json.end_object();
  }
  if (!rule.move.empty() && rule.when.empty()) json.key("moves").value(rule.move);
  if (!rule.when.empty()) {
    json.key("moves").begin_object().key("to").value(rule.move).key("when").begin_array();
    for (const int weekday : rule.when) json.value(names[static_cast<std::size_t>(weekday)]);
    json.end_array().end_object();
  }
  json.end_object();
}

Calendar Naive::calendar() const {
  json::Writer json;
  json.begin_object().key("calendar").value("random").key("title").value("Random");
  json.key("valid").begin_object();
  json.key("from").value(iso(from)).key("to").value(iso(to)).end_object();
  json.key("weekend").begin_array();
  for (const auto& [begins, days] : weekends) {
    json.begin_object().key("from").value(iso(begins)).key("days").begin_array();
    for (const int weekday : days) json.value(names[static_cast<std::size_t>(weekday)]);
    json.end_array().end_object();
  }
  json.end_array().key("holidays").begin_array();
  for (const Date date : dated) {
    json.begin_object().key("date").value(iso(date)).key("name").value("Dated").end_object();
  }
  json.end_array().key("rules").begin_array();
  for (std::size_t i = 0; i < rules.size(); ++i) write_rule(json, rules[i], i);
  json.end_array().key("working").begin_array();
  for (const Date date : worked) json.begin_object().key("date").value(iso(date)).end_object();
  json.end_array().end_object();
  return Calendar::load(json.take());
}

Naive random_calendar(std::mt19937& random) {
  const auto pick = [&random](std::int32_t least, std::int32_t most) {
    return least + static_cast<std::int32_t>(random() % static_cast<unsigned>(most - least + 1));
  };
  const std::vector<std::set<int>> weekends = {{6, 7}, {5, 6}, {7},         {},
                                               {4, 5}, {2, 6}, {1, 2, 3, 5}};
  const auto some_weekend = [&] { return weekends[random() % weekends.size()]; };
  Naive one{day("1990-01-01") + pick(0, 400), day("2040-01-01") + pick(0, 400), {}, {}, {}, {}};
  one.weekends.push_back({one.from, some_weekend()});
  for (int i = pick(0, 3); i > 0; --i) {
    one.weekends.push_back({one.weekends.back().first + pick(1, 3000), some_weekend()});
  }
  for (int i = pick(0, 60); i > 0; --i) one.dated.insert(pick(one.from, one.to - 1));
  const std::vector<std::string> moves = {
      "", "", "next working day", "next working day", "next monday", "nearest weekday"};
  for (int i = pick(1, 25); i > 0; --i) {
    NaiveRule rule;
    rule.kind = pick(0, 3);
    rule.month = pick(1, 12);
    rule.day = pick(1, rule.month == 2 ? 29 : 30);
    rule.offset = pick(-120, 120);
    rule.weekday = pick(1, 7);
    rule.nth = pick(0, 5) == 0 ? -1 : pick(1, 5);
    if (pick(0, 3) == 0) rule.from = pick(one.from, one.to);
    if (pick(0, 3) == 0) rule.to = std::max(rule.from, one.from) + pick(1, 9000);
    rule.move = moves[random() % moves.size()];
    if (!rule.move.empty() && pick(0, 3) == 0) {
      for (int weekday = 1; weekday <= 7; ++weekday) {
        if (pick(0, 2) == 0) rule.when.insert(weekday);
      }
      if (rule.when.empty()) rule.when.insert(pick(1, 7));
      // With the weekend's, they must leave a day to move to.
      for (const auto& [begins, days] : one.weekends) {
        std::set<int> all = rule.when;
        all.insert(days.begin(), days.end());
        if (all.size() == 7) rule.when = {7};
      }
    }
    one.rules.push_back(std::move(rule));
  }
  for (int i = pick(0, 40); i > 0; --i) {
    const Date date = pick(one.from, one.to - 1);
    if (one.off_by_weekend(date) && one.dated.count(date) == 0) one.worked.insert(date);
  }
  return one;
}

TEST(CalendarRules, AgreeWithLookingAtEveryDayOverFiftyYears) {
  std::mt19937 random(11);
  std::size_t moved = 0;
  for (int round = 0; round < 40; ++round) {
    const Naive one = random_calendar(random);
    const Calendar calendar = one.calendar();
    const std::vector<std::pair<Date, int>> expected = one.holidays();
    ASSERT_EQ(calendar.holidays().size(), expected.size()) << round;
    std::vector<std::pair<Date, int>> got;
    for (const Holiday& holiday : calendar.holidays()) {
      const std::string name(holiday.name.get(Language::en));
      got.push_back({holiday.date, name == "Dated" ? -1 : std::stoi(name.substr(5))});
      moved += holiday.moved_from != date_none ? 1 : 0;
      if (holiday.moved_from == date_none) continue;
      const auto rule = static_cast<std::size_t>(got.back().second);
      ASSERT_TRUE(Naive::is_on(one.rules[rule], holiday.moved_from));
    }
    ASSERT_EQ(got, expected) << round;
    std::set<Date> off;
    for (const auto& [date, number] : expected) off.insert(date);
    std::int32_t before = 0;
    for (Date date = one.from; date < one.to; ++date) {
      const bool works =
          one.worked.count(date) != 0 || (!one.off_by_weekend(date) && off.count(date) == 0);
      ASSERT_EQ(calendar.is_working_day(date), works) << round << ' ' << iso(date);
      ASSERT_EQ(calendar.working_days_between(one.from, date), before) << iso(date);
      if (works) {
        ++before;
        ASSERT_EQ(calendar.add_working_days(one.from - 1, before), date);
      }
    }
  }
  EXPECT_GT(moved, 1000U);
}

}  // namespace
}  // namespace partnership
