// SPDX-License-Identifier: Apache-2.0
//
// The conformance cases of the DMN TCK that lie beside the project. What fails is listed with its
// reason in known_failures.txt; the list must be exact in both directions.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "feel/conformance.hpp"

namespace partnership::feel::test {
namespace {

std::filesystem::path from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

// A line a failure: id, a bar, the reason; `#` begins a comment.
std::map<std::string, std::string> known_failures() {
  std::map<std::string, std::string> out;
  std::ifstream file(from_environment("PSHIP_SOURCE_DIR", ".") / "tests/feel/known_failures.txt");
  EXPECT_TRUE(file.good());
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t bar = line.find(" | ");
    EXPECT_NE(bar, std::string::npos) << line;
    if (bar == std::string::npos) continue;
    EXPECT_TRUE(out.emplace(line.substr(0, bar), line.substr(bar + 3)).second) << line;
  }
  return out;
}

TEST(Conformance, HoldsInAllCasesButTheListedOnes) {
  std::ifstream file(from_environment("PSHIP_SHARED", "../shared") / "data/feel-tck.jsonl");
  if (!file.good()) GTEST_SKIP() << "feel-tck.jsonl is not there";
  auto known = known_failures();
  std::string line;
  std::size_t count = 0, passed = 0;
  while (std::getline(file, line)) {
    const Outcome outcome = run_case(line);
    ++count;
    passed += outcome.passed ? 1 : 0;
    const bool listed = known.erase(outcome.id) != 0;
    EXPECT_FALSE(listed && outcome.passed) << outcome.id << " passes, but is listed";
    EXPECT_TRUE(listed || outcome.passed)
        << outcome.id << "\n  " << outcome.expression << "\n  expected " << outcome.expected
        << "\n  got      " << outcome.got;
  }
  for (const auto& [id, reason] : known) ADD_FAILURE() << "no case is called " << id;
  EXPECT_EQ(count, 2636U);
  EXPECT_GE(passed * 100, count * 99);
  RecordProperty("passed", static_cast<int>(passed));
}

TEST(Conformance, ACaseCanFail) {
  const auto passes = [](const char* feel, const char* expect, const char* error) {
    return run_case(std::string(R"({"id":"x","lets":[],"inputs":{},"input_types":{},"feel":")") +
                    feel + R"(","type":null,"expect":)" + expect + R"(,"error":)" + error + "}")
        .passed;
  };
  EXPECT_TRUE(passes("1 + 1", R"({"t":"decimal","v":"2"})", "false"));
  EXPECT_FALSE(passes("1 + 1", R"({"t":"decimal","v":"3"})", "false"));
  EXPECT_FALSE(passes("1 + 1", R"({"t":"string","v":"2"})", "false"));
  EXPECT_FALSE(passes("[1, 2]", R"({"list":[{"t":"decimal","v":"1"}]})", "false"));
  EXPECT_FALSE(passes("{a: 1}", R"({"context":{"b":{"t":"decimal","v":"1"}}})", "false"));
  EXPECT_TRUE(passes("1 + null", "null", "true"));
  EXPECT_FALSE(passes("true and null", "null", "true"));
}

}  // namespace
}  // namespace partnership::feel::test
