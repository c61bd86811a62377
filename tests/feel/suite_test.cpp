// SPDX-License-Identifier: Apache-2.0
//
// The project's own conformance cases, suite/*.jsonl: all of them pass.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "feel/conformance.hpp"

namespace partnership::feel::test {
namespace {

TEST(Suite, Passes) {
  const char* source = std::getenv("PSHIP_SOURCE_DIR");
  const std::filesystem::path folder =
      std::filesystem::path(source == nullptr ? "." : source) / "tests/feel/suite";
  std::set<std::string> ids;
  std::size_t count = 0, files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".jsonl") continue;
    ++files;
    std::ifstream file(entry.path());
    std::string line;
    while (std::getline(file, line)) {
      const Outcome outcome = run_case(line);
      ++count;
      EXPECT_TRUE(ids.insert(outcome.id).second) << outcome.id << " stands twice";
      EXPECT_TRUE(outcome.id.starts_with(entry.path().stem().string() + "/")) << outcome.id;
      EXPECT_TRUE(outcome.passed) << outcome.id << "\n  " << outcome.expression << "\n  expected "
                                  << outcome.expected << "\n  got      " << outcome.got;
    }
  }
  EXPECT_EQ(files, 12U);
  EXPECT_GE(count, 1800U);
  RecordProperty("cases", static_cast<int>(count));
}

}  // namespace
}  // namespace partnership::feel::test
