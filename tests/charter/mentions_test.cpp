// SPDX-License-Identifier: Apache-2.0
//
// Which facts a condition wants to know.
#include "charter/assess_tools.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter::test {

namespace {

constexpr const char* people = R"(, "people": [{"side": "string", "note": "string"}])";

Finding asked(const std::string& condition, const std::string& facts) {
  const Asked asked(document(norm("n", R"("require": ")" + condition + "\""), "", people));
  return asked.find("n", facts, "2026-01-01");
}

constexpr const char* two = R"({"people": [{"side": "a", "note": "x"}, {"side": "b"}]})";

TEST(Mentions, CountingItemsAsksForNoneOfTheirMembers) {
  EXPECT_EQ(asked("count(people) > 1", two).outcome, Outcome::met);
  EXPECT_EQ(asked("2 * count(people) = 4", two).outcome, Outcome::met);
  EXPECT_EQ(asked("count(people) > 2", two).outcome, Outcome::not_met);
}

TEST(Mentions, CountingSomeItemsAsksForWhatChoosesThem) {
  EXPECT_EQ(asked(R"(count(people[side = \"b\"]) = 1)", two).outcome, Outcome::met);
  EXPECT_EQ(asked(R"(count(people[note = \"x\"]) = 1)", two), missing());
}

TEST(Mentions, ComparingItemsAsksForAllTheyHold) {
  EXPECT_EQ(asked("people = reverse(people)", two), missing());
}

}  // namespace

}  // namespace partnership::charter::test
