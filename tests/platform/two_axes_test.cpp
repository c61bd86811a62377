// SPDX-License-Identifier: Apache-2.0
//
// The oracle of the two time axes: a thing is an array with a value for every day, and what was
// known is a copy of that array for every size of the journal.
#include <map>

#include "support.hpp"

namespace partnership::platform::testing {
namespace {

constexpr int days = 24;  // the whole of time, in this test
constexpr Date day_0 = 15000;

using Fields = std::map<std::string, std::string>;
using Life = std::vector<std::optional<Fields>>;  // by day; nullopt: it does not hold

void naive_change(Life& life, int day, const Fields& changes) {
  for (const auto& [name, value] : changes) {
    const std::string old = life[static_cast<std::size_t>(day)]->at(name);
    for (auto at = static_cast<std::size_t>(day); at < life.size() && life[at]; ++at) {
      if (life[at]->at(name) != old) break;  // somebody set it later for reasons of their own
      (*life[at])[name] = value;
    }
  }
}

std::string json_or_null(const std::string& value) {
  return value == "null" ? value : "\"" + value + "\"";
}

void compare(Register& reg, const std::vector<Life>& known, std::uint32_t seed) {
  for (std::size_t size = 0; size < known.size(); ++size) {
    for (int day = 0; day < days; ++day) {
      const Table table =
          reg.query("body", options({{"on", Options::Value(std::in_place_type<Date>, day_0 + day)},
                                     {"known_at", static_cast<std::int64_t>(size)}}));
      const auto& expected = known[size][static_cast<std::size_t>(day)];
      ASSERT_EQ(table.rows(), expected ? 1 : 0)
          << "seed " << seed << " known " << size << " day " << day;
      if (!expected) continue;
      for (const auto& [name, value] : *expected) {
        ASSERT_EQ(at(table, name, 0), value)
            << "seed " << seed << " known " << size << " day " << day << " field " << name;
      }
    }
  }
}

TEST(TwoAxes, AnswerLikeADayByDayArray) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Register reg(":memory:", {});
    const auto iso_day = [](int day) { return iso(day_0 + day); };
    Life life(days);
    std::vector<Life> known = {life};
    const int first = below(8);
    reg.record(event("body.registered", iso_day(first),
                     R"({"id":"b","name":{"en":"B"},"side":"other","region":"a"})"));
    for (int day = first; day < days; ++day) {
      life[static_cast<std::size_t>(day)] = Fields{{"region", "a"}, {"note", "null"}};
    }
    known.push_back(life);
    int last = days;  // the first day on which it does not hold
    for (int round = 0; round < 10; ++round) {
      const int day = first + below(last - first);
      if (below(9) == 0 && day > first) {
        reg.record(event("body.closed", iso_day(day), R"({"id":"b"})"));
        for (int at = day; at < days; ++at) life[static_cast<std::size_t>(at)].reset();
        last = day;
      } else {
        Fields changes;
        constexpr std::array values = {"a", "b", "c", "null"};
        std::string payload = R"({"id":"b")";
        for (const std::string name : {"region", "note"}) {
          if (below(3) == 0) continue;
          changes[name] = values[static_cast<std::size_t>(below(4))];
          payload += ",\"" + name + "\":" + json_or_null(changes[name]);
        }
        reg.record(event("body.changed", iso_day(day), payload + "}"));
        naive_change(life, day, changes);
      }
      known.push_back(life);
    }
    compare(reg, known, seed);
    ASSERT_THAT(reg.verify({}), ::testing::IsEmpty());
  }
}

TEST(TwoAxes, AStruckThingNeverHeldButWasKnown) {
  Register reg(":memory:", {});
  reg.record(
      event("body.registered", "2010-01-01", R"({"id":"b","name":{"en":"B"},"side":"other"})"));
  reg.record(event("record.struck", "2011-01-01", R"({"table":"body","id":"b","reason":"error"})"));
  EXPECT_EQ(reg.query("body", {}).rows(), 0);
  EXPECT_EQ(reg.query("body", options({{"known_at", std::int64_t{1}}})).rows(), 1);
  EXPECT_EQ(reg.query("body", options({{"superseded", true}})).rows(), 1);
  // Its id is free again, for what should have been recorded.
  reg.record(
      event("body.registered", "2012-01-01", R"({"id":"b","name":{"en":"C"},"side":"other"})"));
  EXPECT_EQ(at(reg.query("body", {}), "name", 0), "C");
}

}  // namespace
}  // namespace partnership::platform::testing
