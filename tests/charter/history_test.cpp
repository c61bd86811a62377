// SPDX-License-Identifier: Apache-2.0
//
// Event histories: what they say of a day, against a naive fold, and what is wrong with them.
#include "charter/history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/json.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* more_facts =
    R"(, "who": [{"name": "string", "joined": "date", "left": "date?"}],
       "place": {"name": "string", "opened": "date"}, "texts": ["string"])";

std::shared_ptr<const Charter> charter() {
  return Charter::load(document("", "", more_facts));
}

std::shared_ptr<const History> read(const std::string& json) {
  return History::read(charter(), json);
}

Date day(const char* iso) {
  return parse_date(iso);
}

std::vector<std::string> wrong_with(const std::string& json) {
  try {
    read(json);
    return {};
  } catch (const Error& error) {
    std::vector<std::string> out;
    for (const Problem& problem : error.problems()) {
      out.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + ":" +
                    problem.pointer + ": " + problem.message);
    }
    return out;
  }
}

constexpr const char* three_events = R"({"events": [
  {"on": "2018-03-01", "case": "k1", "kind": "case", "facts": {"a": true, "n": 1, "d": "2018-02-28"}},
  {"on": "2018-05-01", "case": "k1", "facts": {"n": 3, "d": null}},
  {"on": "2018-04-01", "case": "k1", "facts": {"n": 2, "e": "2018-04-01"}, "withdraw": ["a"]}]})";

TEST(History, KnowsOnADayWhatWasSaidByThen) {
  const auto history = read(three_events);
  EXPECT_EQ(history->events(), 3U);
  EXPECT_EQ(history->first(), day("2018-03-01"));
  EXPECT_EQ(history->last(), day("2018-05-01"));
  EXPECT_EQ(history->facts("k1", day("2018-03-01")), R"({"a":true,"n":1,"d":"2018-02-28"})");
  EXPECT_EQ(history->facts("k1", day("2018-03-31")), R"({"a":true,"n":1,"d":"2018-02-28"})");
  EXPECT_EQ(history->facts("k1", day("2018-04-01")),
            R"({"n":2,"d":"2018-02-28","e":"2018-04-01"})");
  EXPECT_EQ(history->facts("k1", day("2018-05-01")), R"({"n":3,"d":null,"e":"2018-04-01"})");
  EXPECT_EQ(history->facts("k1", day("2030-01-01")), R"({"n":3,"d":null,"e":"2018-04-01"})");
}

TEST(History, HasNoCaseBeforeItsFirstEvent) {
  const auto history = read(three_events);
  EXPECT_THROW(history->facts("k1", day("2018-02-28")), Error);
  EXPECT_THROW(history->facts("k2", day("2018-05-01")), Error);
  EXPECT_THAT(history->as_of(day("2018-02-28"))[0].ids, IsEmpty());
  EXPECT_EQ(history->as_of(day("2018-02-28"))[0].cases->batch.rows(), 0U);
  EXPECT_EQ(history->kind_of("k1"), 0);
  EXPECT_EQ(history->kind_of("k2"), -1);
}

TEST(History, GivesCasesOfEveryKindWithTheirIds) {
  const auto history = read(R"({"events": [
    {"on": "2018-03-02", "case": "b", "kind": "case", "facts": {"n": 1}},
    {"on": "2018-03-01", "case": "x", "kind": "other", "facts": {"z": true}},
    {"on": "2018-03-01", "case": "a", "kind": "case"}]})");
  const auto cases = history->as_of(day("2018-03-02"));
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_THAT(cases[0].ids, ElementsAre("b", "a"));
  EXPECT_EQ(cases[0].cases->batch.rows(), 2U);
  EXPECT_THAT(cases[1].ids, ElementsAre("x"));
  EXPECT_EQ(cases[1].kind, 1U);
  EXPECT_THAT(history->as_of(day("2018-03-01"))[0].ids, ElementsAre("a"));
}

TEST(History, TakesLinesAndWholeDocumentsAlike) {
  const std::string lines =
      "\n{\"on\": \"2018-03-01\", \"case\": \"k\", \"kind\": \"case\", \"facts\": {\"n\": 1}}\n"
      "  \n{\"on\": \"2018-03-02\", \"case\": \"k\", \"append\": {\"days\": [\"2018-03-02\"]}}";
  EXPECT_EQ(read(lines)->facts("k", day("2018-03-02")), R"({"n":1,"days":["2018-03-02"]})");
  EXPECT_EQ(read(R"({"on": "2018-03-01", "case": "k", "kind": "other"})")->events(), 1U);
  EXPECT_EQ(read("")->events(), 0U);
  EXPECT_EQ(read(R"({"events": []})")->first(), date_none);
  EXPECT_FALSE(read(lines)->complete());
}

TEST(History, AppendsItems) {
  const auto history = read(R"({"events": [
    {"on": "2018-01-01", "case": "k", "kind": "case", "append": {"days": ["2018-01-01"]}},
    {"on": "2018-02-01", "case": "k", "append": {"days": [ "2018-02-01" , "2018-02-02"]}},
    {"on": "2018-03-01", "case": "k", "facts": {"days": ["2018-03-01"]}},
    {"on": "2018-04-01", "case": "k", "append": {"days": ["2018-04-01"]}},
    {"on": "2018-05-01", "case": "k", "facts": {"days": null}},
    {"on": "2018-06-01", "case": "k", "append": {"days": []}},
    {"on": "2018-07-01", "case": "k", "withdraw": ["days"]}]})");
  const auto facts = [&](const char* iso) { return history->facts("k", day(iso)); };
  EXPECT_EQ(facts("2018-01-01"), R"({"days":["2018-01-01"]})");
  EXPECT_EQ(facts("2018-02-01"), R"({"days":["2018-01-01","2018-02-01","2018-02-02"]})");
  EXPECT_EQ(facts("2018-03-01"), R"({"days":["2018-03-01"]})");
  EXPECT_EQ(facts("2018-04-01"), R"({"days":["2018-03-01","2018-04-01"]})");
  EXPECT_EQ(facts("2018-05-01"), R"({"days":null})");
  EXPECT_EQ(facts("2018-06-01"), R"({"days":[]})");
  EXPECT_EQ(facts("2018-07-01"), "{}");
}

TEST(History, SaysOfACompleteRecordThatTheRestHasNotHappened) {
  const auto history = read(R"({"complete": true, "events": [
    {"on": "2018-01-01", "case": "k", "kind": "case"},
    {"on": "2018-02-01", "case": "k", "facts": {"place": {
        "name": "hall"}}, "append": {"who": [{"name": "x"}, {"joined": "2018-01-01"}]}}]})");
  EXPECT_TRUE(history->complete());
  EXPECT_EQ(history->facts("k", day("2018-01-01")), R"({"d":null,"e":null,"days":[],"who":[]})");
  EXPECT_EQ(history->facts("k", day("2018-02-01")),
            R"({"d":null,"e":null,"days":[],"who":[{"name":"x","joined":null,"left":null},)"
            R"({"joined":"2018-01-01","left":null}],"place":{"name":"hall","opened":null}})");
}

TEST(History, TellsAllThatIsWrongWithItsPlace) {
  EXPECT_THAT(
      wrong_with(R"({"complete": 1, "events": [
{"on": "2018-02-30", "case": "k", "kind": "case"},
{"case": "k", "kind": "other", "facts": {"n": "x",
  "m": 1}},
{"on": "2018-01-01", "case": "l", "facts": {"n": 1}},
{"on": "2018-01-01", "case": "k", "append": {"n": [1], "days": null}, "withdraw": ["dayz", 1, "n"]},
{"on": "2018-01-01", "case": "k", "facts": {"n": 1}, "withdraw": ["n"], "why": 1},
{"on": "2018-01-01", "case": "m", "kind": "cases"},
7]})"),
      ElementsAre(
          "1:14:/complete: `complete` is an integer, expected a boolean",
          "2:8:/events/0/on: `2018-02-30` is no day: february 2018 has 28 days",
          "3:1:/events/1: missing member `on`",
          "3:23:/events/1/kind: the case `k` was said to be of the kind `case`",
          "3:47:/events/1/facts/n: expected number, found a text",
          "4:3:/events/1/facts/m: no member `m` is declared",
          "5:1:/events/2: the first event of the case `l` must say its kind in a member `kind`",
          "6:51:/events/3/append/n: expected number, found an array",
          "6:84:/events/3/withdraw/0: no fact `dayz` is declared, did you mean `days`?",
          "6:92:/events/3/withdraw/1: expected the name of a fact, found an integer",
          "7:67:/events/4/withdraw/0: the fact `n` is changed twice",
          "7:80:/events/4/why: unknown member `why`",
          "8:43:/events/5/kind: no kind of case `cases` is declared, did you mean `case`?",
          "9:1:/events/6: expected an object, found an integer"));
}

TEST(History, TellsThePlaceInLines) {
  EXPECT_THAT(
      wrong_with("\n{\"on\": \"2018-01-01\", \"case\": \"k\", \"kind\": \"case\"}\n"
                 "{\"on\": \"2018-01-01\", \"case\": \"k\", \"facts\": {\"n\": true}}\n"
                 "{\"on\": 5, \"case\": \"k\"}\n"),
      ElementsAre("3:50:/facts/n: expected number, found true or false",
                  "4:8:/on: expected a date as a text such as `2018-08-27`, found an integer"));
  EXPECT_THAT(wrong_with("{\"on\": \"2018-01-01\", \"case\": \"k\", \"kind\": \"case\"}\n{\"on\""),
              ElementsAre(testing::StartsWith("2:6:")));
  EXPECT_THAT(wrong_with("[1]"), ElementsAre("1:1:: expected an object, found an array"));
}

// A second way: for each fact, look for the last change of it.
class NaiveHistory {
 public:
  struct Event {
    int on;
    std::string kind_of_change, fact, value;  // of `append`: one item
  };
  std::vector<Event> events;

  std::map<std::string, std::string> facts(int day) const {
    std::map<std::string, std::string> out;
    for (const char* fact : {"n", "t", "days", "texts"}) {
      std::optional<std::string> value;
      for (int on = 0; on <= day; ++on) {
        for (const Event& event : events) {
          if (event.on != on || event.fact != fact) continue;
          if (event.kind_of_change == "facts") value = event.value;
          if (event.kind_of_change == "withdraw") value.reset();
          if (event.kind_of_change == "append") {
            std::string list = value.value_or("[]");
            if (list == "null") list = "[]";
            list.pop_back();
            value = list + (list == "[" ? "" : ",") + event.value + "]";
          }
        }
      }
      if (value) out[fact] = *value;
    }
    return out;
  }
};

TEST(History, AgreesWithANaiveFold) {
  std::mt19937 random(20180911);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto of = charter();
  const Date first = day("2018-01-01");
  for (int run = 0; run < 200; ++run) {
    NaiveHistory naive;
    std::string events;
    const int count = 1 + pick(20);
    for (int i = 0; i < count; ++i) {
      NaiveHistory::Event event{i == 0 ? 0 : pick(30), "", "", ""};
      const std::string fact =
          std::vector<std::string>{"n", "t", "days", "texts"}[static_cast<std::size_t>(pick(4))];
      const bool list = fact == "days" || fact == "texts";
      const std::string item = fact == "days" ? "\"" + iso(first + pick(100)) + "\""
                               : fact == "n"  ? std::to_string(pick(9))
                                              : "\"w" + std::to_string(pick(9)) + "\"";
      const int how = pick(list ? 4 : 3);
      event.fact = fact;
      std::string change;
      if (how == 0) {
        event.kind_of_change = "withdraw";
        change = "\"withdraw\": [\"" + fact + "\"]";
      } else if (how == 3) {
        event.kind_of_change = "append";
        event.value = item;
        change = "\"append\": {\"" + fact + "\": [" + item + "]}";
      } else {
        event.kind_of_change = "facts";
        event.value = pick(6) == 0 ? "null" : list ? "[" + item + "," + item + "]" : item;
        change = "\"facts\": {\"" + fact + "\": " + event.value + "}";
      }
      if (i != 0) events += ",\n";
      events += "{\"on\": \"" + iso(first + event.on) +
                "\", \"case\": \"k\", \"kind\": \"case\", " + change + "}";
      naive.events.push_back(event);
    }
    const auto history = History::read(of, "{\"events\": [" + events + "]}");
    for (int on = 0; on < 31; ++on) {
      const std::string got = history->facts("k", first + on);
      std::map<std::string, std::string> facts;
      const auto document = json::Document::parse(got);
      for (const json::Value member : document->root()) {
        facts[std::string(member.key())] = member.source();
      }
      ASSERT_EQ(facts, naive.facts(on)) << events << on;
      ASSERT_EQ(got, history->facts("k", first + on));
    }
  }
}

}  // namespace
}  // namespace partnership::charter
