// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace partnership {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::array<std::string_view, 7> names = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

Date day(std::string_view iso) {
  return parse_date(iso);
}

// A calendar and the naive second way to answer its questions: one day after another.
struct Case {
  Date from, to;
  std::set<int> weekend;  // ISO weekdays
  std::set<Date> holidays;

  bool works(Date date) const {
    return weekend.count(weekday_of(date)) == 0 && holidays.count(date) == 0;
  }
  Calendar calendar() const {
    json::Writer json;
    json.begin_object().key("calendar").value("test").key("title").value("Test");
    json.key("valid").begin_object();
    json.key("from").value(iso(from)).key("to").value(iso(to)).end_object();
    json.key("weekend").begin_array();
    for (const int weekday : weekend) json.value(names[static_cast<std::size_t>(weekday - 1)]);
    json.end_array().key("holidays").begin_array();
    for (const Date date : holidays) {
      json.begin_object().key("date").value(iso(date)).key("name").value("Holiday").end_object();
    }
    json.end_array().end_object();
    return Calendar::load(json.take());
  }
};

std::vector<Case> cases() {
  std::mt19937 random(4);
  std::vector<Case> all;
  const std::vector<std::set<int>> weekends = {{}, {5, 6}, {6, 7}, {7}, {1, 2, 3, 5, 6, 7}};
  for (const std::set<int>& weekend : weekends) {
    Case one{day("1990-01-01"), day("2040-01-01"), weekend, {}};
    const Date length = one.to - one.from;
    for (int i = 0; i < 700; ++i) {
      one.holidays.insert(one.from + static_cast<Date>(random() % static_cast<unsigned>(length)));
    }
    // Runs of holidays, and the very ends.
    for (Date date = day("2006-07-12"); date < day("2006-08-15"); ++date) one.holidays.insert(date);
    one.holidays.insert(one.from);
    one.holidays.insert(one.to - 1);
    all.push_back(std::move(one));
  }
  return all;
}

TEST(Calendar, AgreesWithCountingDayByDayOverFiftyYears) {
  for (const Case& one : cases()) {
    const Calendar calendar = one.calendar();
    std::int32_t before = 0;
    for (Date date = one.from; date < one.to; ++date) {
      ASSERT_EQ(calendar.is_working_day(date), one.works(date)) << iso(date);
      ASSERT_EQ(calendar.working_days_between(one.from, date), before) << iso(date);
      ASSERT_EQ(calendar.working_days_between(date, one.from), -before) << iso(date);
      before += one.works(date) ? 1 : 0;
    }
    EXPECT_EQ(calendar.working_days_between(one.from, one.to), before);
  }
}

TEST(Calendar, AgreesWithWalkingFromAnyDay) {
  std::mt19937 random(5);
  for (const Case& one : cases()) {
    const Calendar calendar = one.calendar();
    for (int round = 0; round < 3000; ++round) {
      const Date start =
          one.from + static_cast<Date>(random() % static_cast<unsigned>(one.to - one.from));
      const std::int32_t n = static_cast<std::int32_t>(random() % 801) - 400;
      // The naive walk; nullopt when it leaves the range.
      std::optional<Date> expected = start;
      for (std::int32_t left = n; left != 0 && expected;) {
        expected = *expected + (n > 0 ? 1 : -1);
        if (*expected < one.from || *expected >= one.to) {
          expected.reset();
        } else if (one.works(*expected)) {
          left += n > 0 ? -1 : 1;
        }
      }
      if (expected) {
        ASSERT_EQ(calendar.add_working_days(start, n), *expected) << iso(start) << ' ' << n;
      } else {
        ASSERT_THROW(calendar.add_working_days(start, n), Error) << iso(start) << ' ' << n;
      }
      std::optional<Date> next = start;
      while (next && !one.works(*next)) {
        next = *next + 1 < one.to ? std::optional(*next + 1) : std::nullopt;
      }
      if (next) {
        ASSERT_EQ(calendar.next_working_day(start), *next);
      } else {
        ASSERT_THROW(calendar.next_working_day(start), Error);
      }
    }
  }
}

TEST(Calendar, AddingIsTheInverseOfCounting) {
  std::mt19937 random(6);
  for (const Case& one : cases()) {
    const Calendar calendar = one.calendar();
    const auto pick = [&] {
      return calendar.next_working_day(
          one.from + static_cast<Date>(random() % static_cast<unsigned>(one.to - one.from - 60)));
    };
    for (int round = 0; round < 3000; ++round) {
      const Date a = pick(), b = pick();
      const std::int32_t distance = calendar.working_days_between(a, b);
      ASSERT_EQ(calendar.add_working_days(a, distance), b) << iso(a) << ' ' << iso(b);
      ASSERT_EQ(calendar.working_days_between(b, a), -distance);
      const Date c = pick();
      ASSERT_EQ(distance + calendar.working_days_between(b, c),
                calendar.working_days_between(a, c));
    }
  }
}

constexpr std::string_view small = R"({
  "calendar": "small", "title": {"en": "Small", "ar": "صغير"},
  "valid": {"from": "2018-08-20", "to": "2018-09-03"},
  "weekend": ["saturday", "sunday"],
  "holidays": [
    {"date": "2018-08-29", "name": {"en": "B"}, "source": "a gazette", "verified": true},
    {"date": "2018-08-22", "name": "A"},
    {"date": "2018-08-22", "name": {"en": "A2"}, "verified": false}]
})";

std::string complaint(auto&& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_argument);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(Calendar, KeepsWhatItWasMadeOf) {
  const Calendar calendar = Calendar::load(small);
  EXPECT_EQ(calendar.id(), "small");
  EXPECT_EQ(calendar.title().get(Language::ar), "صغير");
  EXPECT_EQ(calendar.valid_from(), day("2018-08-20"));
  EXPECT_EQ(calendar.valid_to(), day("2018-09-03"));
  ASSERT_EQ(calendar.holidays().size(), 3U);
  EXPECT_EQ(calendar.holidays()[0].name.get(Language::en), "A");
  EXPECT_EQ(calendar.holidays()[1].name.get(Language::en), "A2");
  EXPECT_FALSE(calendar.holidays()[0].verified);
  EXPECT_EQ(calendar.holidays()[0].source, "");
  EXPECT_EQ(calendar.holidays()[2].date, day("2018-08-29"));
  EXPECT_EQ(calendar.holidays()[2].source, "a gazette");
  EXPECT_TRUE(calendar.holidays()[2].verified);
}

TEST(Calendar, AnswersByHand) {
  // Monday 20 August 2018 and two weeks; Wednesdays 22 and 29 are holidays.
  const Calendar calendar = Calendar::load(small);
  EXPECT_TRUE(calendar.is_working_day(day("2018-08-20")));
  EXPECT_FALSE(calendar.is_working_day(day("2018-08-22")));
  EXPECT_FALSE(calendar.is_working_day(day("2018-08-25")));
  EXPECT_EQ(calendar.working_days_between(day("2018-08-20"), day("2018-08-27")), 4);
  EXPECT_EQ(calendar.working_days_between(day("2018-08-27"), day("2018-08-20")), -4);
  EXPECT_EQ(calendar.working_days_between(day("2018-08-20"), day("2018-09-03")), 8);
  EXPECT_EQ(calendar.working_days_between(day("2018-08-25"), day("2018-08-25")), 0);
  EXPECT_EQ(calendar.add_working_days(day("2018-08-21"), 1), day("2018-08-23"));
  EXPECT_EQ(calendar.add_working_days(day("2018-08-25"), 1), day("2018-08-27"));
  EXPECT_EQ(calendar.add_working_days(day("2018-08-25"), 0), day("2018-08-25"));
  EXPECT_EQ(calendar.add_working_days(day("2018-08-25"), -1), day("2018-08-24"));
  EXPECT_EQ(calendar.add_working_days(day("2018-08-31"), -7), day("2018-08-20"));
  EXPECT_EQ(calendar.next_working_day(day("2018-08-22")), day("2018-08-23"));
  EXPECT_EQ(calendar.next_working_day(day("2018-08-23")), day("2018-08-23"));
}

TEST(Calendar, ADayJustOutsideMayBeAnEnd) {
  const Calendar calendar = Calendar::load(small);
  // Nothing is asked about the day itself.
  EXPECT_EQ(calendar.add_working_days(day("2018-08-19"), 1), day("2018-08-20"));
  EXPECT_EQ(calendar.add_working_days(day("2018-09-03"), -1), day("2018-08-31"));
  EXPECT_EQ(calendar.working_days_between(day("2018-09-03"), day("2018-08-31")), -1);
  EXPECT_EQ(calendar.add_working_days(day("2030-01-01"), 0), day("2030-01-01"));
  EXPECT_EQ(calendar.working_days_between(day("2030-01-01"), day("2030-01-01")), 0);
}

TEST(Calendar, OutsideItsRangeItDoesNotGuess) {
  const Calendar calendar = Calendar::load(small);
  constexpr Date most = std::numeric_limits<Date>::max();
  constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t near = std::numeric_limits<std::int32_t>::min();
  EXPECT_EQ(complaint([&] { calendar.is_working_day(day("2018-09-03")); }),
            "`2018-09-03` is outside calendar `small`, which holds from `2018-08-20` to before "
            "`2018-09-03`");
  EXPECT_EQ(complaint([&] { calendar.add_working_days(day("2018-08-21"), 8); }),
            "working day 8 after `2018-08-21` is outside calendar `small`, which holds from "
            "`2018-08-20` to before `2018-09-03`");
  EXPECT_THAT(complaint([&] { calendar.add_working_days(day("2018-08-21"), -2); }),
              HasSubstr("working day 2 before `2018-08-21`"));
  EXPECT_THAT(complaint([&] { calendar.is_working_day(date_none); }),
              HasSubstr("day number `-2147483648`"));
  complaint([&] { calendar.is_working_day(day("2018-08-19")); });
  complaint([&] { calendar.is_working_day(most); });
  complaint([&] { calendar.next_working_day(day("2018-09-01")); });
  complaint([&] { calendar.next_working_day(day("2018-09-03")); });
  complaint([&] { calendar.next_working_day(date_none); });
  complaint([&] { calendar.add_working_days(day("2018-08-18"), 1); });
  complaint([&] { calendar.add_working_days(day("2018-09-04"), -1); });
  complaint([&] { calendar.add_working_days(day("2018-09-03"), 1); });
  complaint([&] { calendar.add_working_days(day("2018-08-20"), -1); });
  complaint([&] { calendar.working_days_between(day("2018-08-19"), day("2018-08-21")); });
  complaint([&] { calendar.working_days_between(day("2018-08-21"), day("2018-09-04")); });
  for (const Date odd : {date_none, most, date_min - 1, date_max + 1}) {
    complaint([&] { calendar.working_days_between(odd, odd); });
    complaint([&] { calendar.working_days_between(odd, day("2018-08-21")); });
    complaint([&] { calendar.working_days_between(day("2018-08-21"), odd); });
    for (const std::int32_t n : {0, 1, -1, far, near}) {
      complaint([&] { calendar.add_working_days(odd, n); });
    }
  }
  for (const std::int32_t n : {far, near}) {
    complaint([&] { calendar.add_working_days(day("2018-08-21"), n); });
  }
}

std::vector<std::string> wrong(std::string_view json) {
  try {
    Calendar::load(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_document) << error.what();
    std::vector<std::string> messages;
    for (const Problem& problem : error.problems()) {
      EXPECT_GT(problem.line, 0) << problem.message;
      messages.push_back(problem.pointer + " " + problem.message);
    }
    return messages;
  }
  ADD_FAILURE() << "nothing was thrown for " << json;
  return {};
}

TEST(CalendarDocument, ReportsEverythingThatIsWrongAtOnce) {
  const std::vector<std::string> messages = wrong(R"({
    "calendar": "x", "title": {}, "colour": "red",
    "valid": {"from": "2018-01-01", "to": "2019-01-01"},
    "weekend": ["saturdy", "friday", "friday", 6],
    "holidays": [
      {"date": "2019-02-29", "name": "A"},
      {"date": "2019-01-01", "name": "B"},
      {"date": "2018-05-01", "name": {"en": "C", "ar": "د"}},
      {"date": "2018-05-01", "name": {"fr": "C", "ar": "د"}, "verified": "yes"},
      {"date": 3, "name": 4, "source": ""},
      {},
      "2018-05-02"]
  })");
  EXPECT_THAT(messages,
              testing::IsSupersetOf({
                  testing::StrEq("/weekend/0 there is no weekday `saturdy`, the nearest is "
                                 "`saturday`"),
                  testing::StrEq("/weekend/2 weekday `friday` is given twice"),
                  testing::StrEq("/holidays/0/date `2019-02-29` is no day: february 2019 "
                                 "has 28 days"),
                  testing::StrEq("/holidays/1/date expected a day from `2018-01-01` to "
                                 "before `2019-01-01`, which is the calendar's range, got "
                                 "`2019-01-01`"),
                  testing::StrEq("/holidays/3/name there are two holidays of this name on "
                                 "`2018-05-01`"),
              }));
  const auto has = [&messages](std::string_view start) {
    return std::any_of(messages.begin(), messages.end(), [&](const std::string& message) {
      return message.starts_with(std::string(start) + " ");
    });
  };
  for (const std::string_view place :
       {"/title", "/weekend/3", "/holidays/3/verified", "/holidays/4/date", "/holidays/4/name",
        "/holidays/4/source", "/holidays/5", "/holidays/6"}) {
    EXPECT_TRUE(has(place)) << place;
  }
  EXPECT_THAT(messages, testing::Contains(HasSubstr("colour")));
}

std::string document(std::string_view valid, std::string_view weekend = "[]",
                     std::string_view holidays = "[]") {
  return R"({"calendar": "x", "title": "X", "valid": )" + std::string(valid) + R"(, "weekend": )" +
         std::string(weekend) + R"(, "holidays": )" + std::string(holidays) + "}";
}

TEST(CalendarDocument, ItsRangeIsSoundAndAtMost400Years) {
  EXPECT_EQ(wrong("{}").size(), 4U);
  EXPECT_EQ(wrong("[]").size(), 1U);
  EXPECT_THAT(wrong(document(R"({"from": "2018-01-01", "to": "2018-01-01"})")),
              ElementsAre(HasSubstr("/valid expected `from` before `to`")));
  EXPECT_THAT(wrong(document(R"({"from": "2018-01-01", "to": "2418-01-02"})")),
              ElementsAre("/valid expected a range of at most 400 years"));
  EXPECT_THAT(wrong(document(R"({"from": "1399-12-31", "to": "1400-01-02"})")),
              ElementsAre(HasSubstr("1400-01-01")));
  EXPECT_THAT(wrong(document(R"({"from": "2018-01-01"})")), ElementsAre(HasSubstr("`to`")));
  const Calendar longest =
      Calendar::load(document(R"({"from": "2018-01-01", "to": "2418-01-01"})"));
  EXPECT_EQ(longest.working_days_between(day("2018-01-01"), day("2418-01-01")), 146097);
  const Calendar first =
      Calendar::load(document(R"({"from": "1400-01-01", "to": "1400-01-08"})", R"(["wednesday"])"));
  EXPECT_FALSE(first.is_working_day(day("1400-01-01")));  // proleptic: a Wednesday
  EXPECT_EQ(first.working_days_between(day("1400-01-01"), day("1400-01-08")), 6);
  const Calendar last =
      Calendar::load(document(R"({"from": "9999-12-30", "to": "9999-12-31"})", R"(["friday"])"));
  EXPECT_TRUE(last.is_working_day(day("9999-12-30")));
  EXPECT_THROW(last.is_working_day(day("9999-12-31")), Error);
}

TEST(CalendarDocument, AWeekendLeavesAWorkingDay) {
  const std::string valid = R"({"from": "2018-01-01", "to": "2019-01-01"})";
  EXPECT_THAT(wrong(document(valid, R"(["monday", "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday"])")),
              ElementsAre(HasSubstr("/weekend expected a weekend that leaves")));
  EXPECT_THAT(wrong(document(valid, R"(["Saturday"])")),
              ElementsAre(HasSubstr("the nearest is `saturday`")));
  EXPECT_THAT(wrong(document(valid, R"(["doomsday"])")), ElementsAre(HasSubstr("`doomsday`")));
}

TEST(CalendarDocument, EveryDayMayBeAHoliday) {
  const Calendar calendar =
      Calendar::load(document(R"({"from": "2018-01-01", "to": "2018-01-02"})", "[]",
                              R"([{"date": "2018-01-01", "name": "A"}])"));
  EXPECT_EQ(calendar.working_days_between(day("2018-01-01"), day("2018-01-02")), 0);
  EXPECT_THROW(calendar.next_working_day(day("2018-01-01")), Error);
  EXPECT_THROW(calendar.add_working_days(day("2017-12-31"), 1), Error);
}

TEST(CalendarDocument, MalformedTextIsNoDocument) {
  for (const std::string_view text : {"", "{", "nul", "{\"calendar\": \"\xFF\"}"}) {
    try {
      Calendar::load(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::malformed);
    }
  }
}

// The schema that ships and the reader must say the same.
TEST(CalendarDocument, AgreesWithItsSchema) {
  const char* root = std::getenv("PSHIP_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "PSHIP_SOURCE_DIR is not set";
  std::ifstream file(std::string(root) + "/libpartnership/packs/schemas/calendar.schema.json",
                     std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto schema = json::Document::parse(text);
  const auto at = [&schema](std::initializer_list<std::string_view> path) {
    json::Value value = schema->root();
    for (const std::string_view key : path) value = value.find(key).value();
    return value;
  };
  // An object of every property the schema knows is read without a word about unknown members, and
  // a member that the schema requires is missed by the reader.
  const auto check = [&](json::Value object, std::string_view place, auto&& wrap) {
    std::string all = "{";
    const json::Value properties = object.find("properties").value();
    for (const json::Value property : properties) {
      all += all.size() > 1 ? ", " : "";
      all += "\"" + std::string(property.key()) + "\": 0";
    }
    for (const std::string& message : wrong(wrap(all + "}"))) {
      EXPECT_TRUE(message.find("expected") != std::string::npos) << message;
      EXPECT_FALSE(message.starts_with(std::string(place) + " ")) << message;
    }
    std::vector<std::string> required;
    const json::Value wanted = object.find("required").value();
    for (const json::Value name : wanted) {
      required.push_back("`" + std::string(name.text()) + "`");
    }
    std::vector<std::string> missed = wrong(wrap("{}"));
    std::erase_if(missed, [&](const std::string& message) {
      return !message.starts_with(std::string(place) + " ");
    });
    EXPECT_EQ(missed.size(), required.size());
    for (const std::string& name : required) {
      EXPECT_THAT(missed, testing::Contains(HasSubstr(name)));
    }
  };
  check(schema->root(), "", [](const std::string& object) { return object; });
  check(at({"properties", "valid"}), "/valid",
        [](const std::string& object) { return document(object); });
  const std::string two_days = R"({"from": "2018-01-01", "to": "2018-01-02"})";
  check(at({"$defs", "holiday"}), "/holidays/0",
        [&](const std::string& object) { return document(two_days, "[]", "[" + object + "]"); });
  check(at({"$defs", "weekend_period"}), "/weekend/0",
        [&](const std::string& object) { return document(two_days, "[" + object + "]"); });
  for (const std::string list : {"rule", "worked"}) {
    const std::string member = list == "rule" ? "rules" : "working";
    check(at({"$defs", list}), "/" + member + "/0", [&](const std::string& object) {
      return document(two_days, "[]", "[], \"" + member + "\": [" + object + "]");
    });
  }
  std::size_t weekdays = 0;
  for (const json::Value name : at({"$defs", "weekday", "enum"})) {
    EXPECT_NO_THROW(Calendar::load(document(R"({"from": "2018-01-01", "to": "2018-01-02"})",
                                            "[\"" + std::string(name.text()) + "\"]")));
    ++weekdays;
  }
  EXPECT_EQ(weekdays, 7U);
}

}  // namespace
}  // namespace partnership
