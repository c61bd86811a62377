// SPDX-License-Identifier: Apache-2.0
//
// Norms that contradict each other: versions in force together, cycles, clashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/text.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* good = R"("require": "a")";

// ---- versions, exceptions, reparations

std::string version(const std::string& days, const std::string& body = good) {
  return norm("x", R"("in force": {)" + days + "}, " + body);
}

TEST(CharterProblems, VersionsInForceTogether) {
  const auto of = [](std::initializer_list<std::string> days) {
    std::string norms;
    for (const std::string& one : days) norms += (norms.empty() ? "" : ",") + version(one);
    return problems_of(document(norms));
  };
  const std::string until_2015 = R"("to": "2015-01-01")", from_2015 = R"("from": "2015-01-01")";
  EXPECT_THAT(of({until_2015, from_2015}), IsEmpty());
  EXPECT_THAT(of({from_2015, until_2015}), IsEmpty());
  EXPECT_THAT(of({"", from_2015}),
              ElementsAre("4:/norms/1: two versions of `x` are in force together: line 3 always, "
                          "and this one from `2015-01-01`"));
  EXPECT_THAT(of({"", ""}), SizeIs(1));
  // One that ends before another that began earlier.
  EXPECT_THAT(of({R"("from": "2000-01-01", "to": "2010-01-01")",
                  R"("from": "2001-01-01", "to": "2002-01-01")",
                  R"("from": "2005-01-01", "to": "2006-01-01")", R"("from": "2010-01-01")"}),
              ElementsAre(HasSubstr("/norms/1: "), HasSubstr("/norms/2: ")));
  EXPECT_THAT(problems_of(document(
                  norm("x", good) + "," +
                  norm("x", R"("in force": {"to": "2000-01-01"}, "require": "z")", "other"))),
              ElementsAre(HasSubstr("/norms/1: two versions"),
                          HasSubstr("/norms/1/about: another version of `x` (line 3) is about "
                                    "`case`")));
}

TEST(CharterProblems, CyclesOfWhatNeedsEachOther) {
  const auto of = [](std::initializer_list<std::pair<const char*, const char*>> norms) {
    std::string text;
    for (const auto& [id, body] : norms) {
      const std::string shape = std::string_view(body).find("deadline") == std::string_view::npos
                                    ? R"(, "require": {"that": "a", "by": "d"})"
                                    : "";
      text += (text.empty() ? "" : ",") + norm(id, body + shape);
    }
    return problems_of(document(text));
  };
  const char* const after_p =
      R"("deadline": {"after": {"breach of": "p"}, "within": "1 day", "done": "e"})";
  EXPECT_THAT(of({{"p", R"("reparation": "q")"}, {"q", after_p}}), IsEmpty());
  EXPECT_THAT(of({{"p", R"("exception of": "q")"}, {"q", R"("exception of": "p")"}}),
              ElementsAre(HasSubstr("a cycle of exception: `p`, `q`, `p`")));
  EXPECT_THAT(
      of({{"p", R"("exception of": ["q", "r"])"},
          {"q", R"("exception of": "r")"},
          {"r", R"("exception of": "p")"}}),
      ElementsAre(HasSubstr("a cycle of exception: "), HasSubstr("a cycle of exception: ")));
  EXPECT_THAT(of({{"p", R"("reparation": "q")"},
                  {"q", R"("reparation": "r")"},
                  {"r", R"("reparation": "p")"}}),
              ElementsAre(HasSubstr("a cycle of reparation: `p`, `r`, `q`, `p`")));
  // What is an exception of a norm cannot begin with its breach, nor be its reparation.
  EXPECT_THAT(of({{"p", R"("note": "N")"}, {"q", R"("exception of": "p",
                    "deadline": {"after": {"breach of": "p"}, "within": "1 day", "done": "e"})"}}),
              ElementsAre(HasSubstr("a cycle of exception and breach: `p`, `q`, `p`")));
  EXPECT_THAT(of({{"p", R"("reparation": "q")"}, {"q", R"("exception of": "p")"}}),
              ElementsAre(HasSubstr("a cycle of exception and reparation: `p`, `q`, `p`")));
  // A diamond is none.
  EXPECT_THAT(of({{"p", R"("exception of": ["q", "r"])"},
                  {"q", R"("exception of": "s")"},
                  {"r", R"("exception of": "s")"},
                  {"s", R"("note": "N")"}}),
              IsEmpty());
}

// A charter has a cycle exactly where some norm can be reached from itself.
TEST(CharterProblems, CyclesAreWhereANaiveWalkFindsThem) {
  std::mt19937 random(7);
  constexpr std::size_t count = 7;
  int sound = 0, broken = 0;
  for (int round = 0; round < 600; ++round) {
    bool needs[count][count] = {};
    std::string norms;
    for (std::size_t i = 0; i < count; ++i) {
      std::string body, others;
      for (std::size_t j = 0; j < count; ++j) {
        if (random() % 12 != 0) continue;
        others += (others.empty() ? "\"" : ", \"") + std::to_string(j) + "\"";
        needs[j][i] = true;  // what it is an exception of needs it
      }
      if (!others.empty()) body += R"("exception of": [)" + others + "], ";
      if (random() % 4 == 0) {
        const std::size_t j = random() % count;
        body += R"("reparation": ")" + std::to_string(j) + "\", ";
        needs[j][i] = true;
      }
      if (random() % 4 == 0) {
        const std::size_t j = random() % count;
        body += R"("deadline": {"after": {"breach of": ")" + std::to_string(j) +
                R"("}, "within": "1 day", "done": "e"})";
        needs[i][j] = true;
      } else {
        body += R"("require": {"that": "a", "by": "d"})";
      }
      norms += (i > 0 ? "," : "") + norm(std::to_string(i), body);
    }
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) needs[i][j] |= needs[i][k] && needs[k][j];
      }
    }
    bool cycle = false;
    for (std::size_t i = 0; i < count; ++i) cycle = cycle || needs[i][i];
    const auto problems = problems_of(document(norms));
    EXPECT_EQ(!problems.empty(), cycle) << norms;
    EXPECT_THAT(problems, testing::Each(HasSubstr("a cycle of ")));
    (cycle ? broken : sound) += 1;
  }
  EXPECT_GT(sound, 50);
  EXPECT_GT(broken, 50);
}

// Versions are refused exactly where some day has two.
TEST(CharterProblems, VersionsOverlapWhereSomeDayHasTwo) {
  std::mt19937 random(11);
  int sound = 0, broken = 0;
  for (int round = 0; round < 600; ++round) {
    std::string norms;
    std::vector<int> held(33);
    const std::size_t versions = 2 + random() % 3;
    for (std::size_t i = 0; i < versions; ++i) {
      const int from = static_cast<int>(random() % 31),
                to = from + 1 + static_cast<int>(random() % 8);
      const bool open_from = random() % 8 == 0, open_to = random() % 8 == 0;
      std::string days;
      if (!open_from) days += R"("from": ")" + iso(18262 + from) + "\"";
      if (!open_to) days += (days.empty() ? "" : ", ") + (R"("to": ")" + iso(18262 + to) + "\"");
      for (int day = open_from ? 0 : from + 1; day < (open_to ? 33 : std::min(to + 1, 33)); ++day) {
        ++held[static_cast<std::size_t>(day)];
      }
      norms += (i > 0 ? "," : "") + version(days);
    }
    const bool together = std::ranges::any_of(held, [](int count) { return count > 1; });
    EXPECT_EQ(!problems_of(document(norms)).empty(), together) << norms;
    (together ? broken : sound) += 1;
  }
  EXPECT_GT(sound, 50);
  EXPECT_GT(broken, 50);
}

TEST(CharterProblems, ALongCycleIsNamedInShort) {
  std::string norms;
  constexpr int count = 3000;
  for (int i = 0; i < count; ++i) {
    norms += (i > 0 ? "," : "") +
             norm(std::to_string(i),
                  R"("require": "a", "exception of": ")" + std::to_string((i + 1) % count) + "\"");
  }
  const auto problems = problems_of(document(norms));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_LT(problems.front().size(), 200U);
}

// ---- clashes

TEST(CharterProblems, NormsThatCannotBothBeMet) {
  const auto require = [](const std::string& condition, const std::string& more = "") {
    return "\"require\": \"" + condition + "\"" + more;
  };
  const auto of = [](const std::string& first, const std::string& second) {
    return problems_of(
        document(norm("p", first) + "," + norm("q", second) + "," + norm("r", good)));
  };
  EXPECT_THAT(of(require("b and n > 5"), require("not(b  and\\n n > 5)")),
              ElementsAre("4:/norms/1: `q` and `p` (line 3) require what excludes the other"));
  EXPECT_THAT(of(require("not( b )"), require("b")), SizeIs(1));
  EXPECT_THAT(of(require("not(not(b))"), require("not(b)")), SizeIs(1));
  // Not the negation of all of it.
  EXPECT_THAT(of(require("not(b) and (n > 5)"), require("b")), IsEmpty());
  EXPECT_THAT(of(require("not(b) or not(n > 5)"), require("b) or not(n > 5")), SizeIs(1));
  EXPECT_THAT(of(require("not(b)"), require("b or n > 5")), IsEmpty());
  // When one of them does not apply, or is not in force, or is set aside.
  const auto applies = [](const std::string& condition) {
    return ", \"applies\": \"" + condition + "\"";
  };
  EXPECT_THAT(of(require("b"), require("not(b)", applies("n > 1"))), SizeIs(1));
  EXPECT_THAT(of(require("b", applies("n>1")), require("not(b)", applies("n > 1"))), SizeIs(1));
  EXPECT_THAT(of(require("b", applies("n <= 1")), require("not(b)", applies("n > 1"))), IsEmpty());
  const std::string from_2020 = R"(, "in force": {"from": "2020-01-01"})";
  EXPECT_THAT(
      of(require("b", R"(, "in force": {"to": "2020-01-01"})"), require("not(b)", from_2020)),
      IsEmpty());
  EXPECT_THAT(
      of(require("b", R"(, "in force": {"to": "2020-01-02"})"), require("not(b)", from_2020)),
      SizeIs(1));
  EXPECT_THAT(of(require("b"), require("not(b)", R"(, "exception of": "p")")), IsEmpty());
  EXPECT_THAT(of(require("b", R"(, "exception of": "q")"), require("not(b)")), IsEmpty());
  EXPECT_THAT(of(require("b"), require("not(b)", R"(, "enabled": false)")), IsEmpty());
  EXPECT_THAT(problems_of(document(norm("p", require("b")) + "," +
                                   R"({"id": "q", "citation": "c", "label": "L", "about": "case",
                                       "modality": "permission", "bearer": "people", )" +
                                   require("not(b)") + "}")),
              IsEmpty())
      << "of another bearer";
}

TEST(CharterProblems, WhatIsObligedAndProhibited) {
  const auto modal = [](const std::string& id, const std::string& modality,
                        const std::string& require) {
    return R"({"id": ")" + id +
           R"(", "citation": "c", "label": "L", "about": "case", "modality": ")" + modality +
           R"(", "bearer": "state", "require": ")" + require + "\"}";
  };
  EXPECT_THAT(problems_of(document(modal("p", "obligation", "n>5") + "," +
                                   modal("q", "prohibition", "n > 5"))),
              ElementsAre(HasSubstr("/norms/1: `q` and `p` (line 3) oblige to and prohibit")));
  EXPECT_THAT(problems_of(document(modal("p", "prohibition", "n>5") + "," +
                                   modal("q", "obligation", "n > 5"))),
              SizeIs(1));
  EXPECT_THAT(problems_of(document(modal("p", "obligation", "n > 5") + "," +
                                   modal("q", "permission", "n > 5"))),
              IsEmpty());
}

}  // namespace
}  // namespace partnership::charter
