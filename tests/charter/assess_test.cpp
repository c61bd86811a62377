// SPDX-License-Identifier: Apache-2.0
//
// What each shape makes of a case at the days that matter.
#include "charter/assess_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;

TEST(AssessRequire, IsMetOrNot) {
  const Asked asked(document(norm("r", R"("require": "a")")));
  EXPECT_EQ(asked.find("r", R"({"a": true})", "2020-01-01"), met(Why::condition));
  EXPECT_EQ(asked.find("r", R"({"a": false})", "2020-01-01"),
            not_met(State::violated, Why::condition));
  EXPECT_EQ(asked.find("r", R"({"a": null})", "2020-01-01"), missing());
  EXPECT_EQ(asked.find("r", R"({})", "2020-01-01"), missing());
  EXPECT_EQ(asked.look_into("r", "{}", "2020-01-01").missing, std::vector<std::string>{"a"});
}

}  // namespace
}  // namespace partnership::charter
