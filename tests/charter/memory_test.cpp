// SPDX-License-Identifier: Apache-2.0
//
// Every allocation fails once: of reading charters, good and bad, of running their tests and of
// comparing them. What is thrown is std::bad_alloc, and nothing leaks.
#include <gtest/gtest.h>

#include <string>

#include "charter/charter_tools.hpp"
#include "charter/compare.hpp"
#include "charter/tests.hpp"
#include "support/failing_memory.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using failing_memory::expect_to_survive;
using failing_memory::Start;

std::string seed(const std::string& name) {
  return file("tests/fuzz/corpus/fuzz_charter/" + name + ".json");
}

TEST(CharterMemory, MayRunOutWhileReading) {
  for (const char* name : {"require", "deadline", "lists", "whole"}) {
    const std::string json = seed(name);
    expect_to_survive([&] { Charter::load(json); }, 300, Start::warm);
  }
}

TEST(CharterMemory, MayRunOutWhileSayingWhatIsWrong) {
  for (const std::string& json :
       {seed("clash"),
        document(norm("x", R"("require": "aa", "evidence": ["bb"], "reparation": "y", "tests":
          [{"on": "2020-02-30", "case": {"c": 1}, "expect": "met"}])") +
                     "," + norm("x", R"("notice": {"before": "n", "at least": "1 dai"})"),
                 R"("calendar": {"calendar": "c"}, "status": "no",)")}) {
    expect_to_survive([&] { EXPECT_FALSE(problems_of(json).empty()); }, 50, Start::warm);
  }
}

TEST(CharterMemory, MayRunOutWhileRunningTests) {
  const auto charter = Charter::load(seed("require"));
  expect_to_survive([&] { run_tests(*charter); }, 20, Start::warm);
}

TEST(CharterMemory, MayRunOutWhileComparing) {
  const auto before = Charter::load(seed("require")), after = Charter::load(seed("lists"));
  expect_to_survive([&] { compare(*before, *after, Language::fr); }, 50, Start::warm);
  Question question;
  question.on = 18300;
  expect_to_survive(
      [&] {
        compare_cases(*before, *after, "k", R"([{"a": true, "n": 5}, {"days": [], "e": null}])",
                      question);
      },
      50, Start::warm);
}

}  // namespace
}  // namespace partnership::charter
