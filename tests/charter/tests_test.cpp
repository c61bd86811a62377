// SPDX-License-Identifier: Apache-2.0
//
// The tests beside norms: what is asked, what is told of those that fail.
#include "charter/tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(CharterTests, OfAGoodCharterPass) {
  const Table table = run_tests(*Charter::load(whole()));
  EXPECT_THAT(column(table, "norm"),
              ElementsAre("both sides", "both sides", "both sides", "invitations"));
  EXPECT_THAT(column(table, "version_from"), ElementsAre("-", "-", "-", "2015-01-01"));
  EXPECT_THAT(column(table, "test"), ElementsAre("there are both", "2", "3", "1"));
  EXPECT_THAT(column(table, "on"),
              ElementsAre("2020-03-01", "2020-03-01", "2020-03-01", "2020-02-01"));
  EXPECT_THAT(column(table, "got"),
              ElementsAre("met", "not met, violated", "undetermined, missing participants",
                          "met, fulfilled, due 2020-01-13"));
  EXPECT_EQ(column(table, "got"), column(table, "expected"));
  EXPECT_THAT(column(table, "passed"), Each("true"));
  EXPECT_THAT(column(table, "reason"), Each(testing::Not("-")));
}

// A test of norm `x`, a deadline of five days, beside which it stands.
std::string outcome_of(const std::string& facts, const std::string& expected,
                       const std::string& more = "") {
  const Table table = run_tests(*Charter::load(
      document(norm("x", R"("deadline": {"after": "d", "within": "5 days", "done": "e"}, )" + more +
                             R"("tests": [{"on": "2020-01-10", "case": )" + facts +
                             R"(, "expect": )" + expected + "}]"))));
  EXPECT_EQ(table.rows(), 1);
  return cells(table, 0, {"expected", "got", "passed"});
}

TEST(CharterTests, AskForWhatTheyName) {
  const std::string late = R"({"d": "2020-01-01"})";
  EXPECT_EQ(outcome_of(late, R"("not met")"), "not met|not met|true");
  EXPECT_EQ(outcome_of(late, R"("met")"), "met|not met|false");
  EXPECT_EQ(outcome_of(late, R"({"outcome": "not met", "state": "overdue"})"),
            "not met, overdue|not met, overdue|true");
  EXPECT_EQ(outcome_of(late, R"({"outcome": "not met", "state": "violated"})"),
            "not met, violated|not met, overdue|false");
  EXPECT_EQ(outcome_of(late, R"({"outcome": "not met", "due": "2020-01-06"})"),
            "not met, due 2020-01-06|not met, due 2020-01-06|true");
  EXPECT_EQ(outcome_of(late, R"({"outcome": "not met", "due": "2020-01-07"})"),
            "not met, due 2020-01-07|not met, due 2020-01-06|false");
  EXPECT_EQ(outcome_of("{}", R"({"outcome": "undetermined", "missing": ["d"]})"),
            "undetermined, missing d|undetermined, missing d|true");
  EXPECT_EQ(outcome_of("{}", R"({"outcome": "undetermined", "missing": ["e"]})"),
            "undetermined, missing e|undetermined, missing d|false");
  EXPECT_EQ(outcome_of(late, R"({"outcome": "not met", "missing": []})"),
            "not met, missing nothing|not met, missing nothing|true");
  EXPECT_EQ(outcome_of("{}", R"({"outcome": "undetermined", "state": "pending"})"),
            "undetermined, pending|undetermined, no state|false");
  EXPECT_EQ(outcome_of("{}", R"({"outcome": "undetermined", "due": "2020-01-06"})"),
            "undetermined, due 2020-01-06|undetermined, no due date|false");
}

TEST(CharterTests, RunForNormsThatAreNotEnabled) {
  EXPECT_EQ(outcome_of(R"({"d": "2020-01-01"})", R"("not met")", R"("enabled": false,)"),
            "not met|not met|true");
}

TEST(CharterTests, FailWhereAnotherVersionDecides) {
  const auto version = [](const std::string& days, const std::string& test) {
    return norm("x", R"("in force": {)" + days + R"(}, "require": "a", "tests": [)" + test + "]");
  };
  const Table table = run_tests(
      *Charter::load(document(version(R"("to": "2020-01-01")",
                                      R"({"on": "2020-06-01", "case": {"a": true}, "expect": "met"},
                 {"on": "2019-06-01", "case": {"a": true}, "expect": "met"})") +
                              "," +
                              version(R"("from": "2020-01-01", "to": "2021-01-01")",
                                      R"({"on": "2020-06-01", "case": {"a": true}, "expect": "met"},
                 {"on": "2021-06-01", "case": {"a": true}, "expect": "not applicable"})"))));
  EXPECT_THAT(column(table, "got"), ElementsAre("met", "met", "met", "not applicable"));
  EXPECT_THAT(column(table, "passed"), ElementsAre("false", "true", "true", "true"));
  EXPECT_THAT(column(table, "reason")[0], HasSubstr("another version of the norm decided"));
}

TEST(CharterTests, ThatThereAreNot) {
  const Table table = run_tests(*Charter::load(document(norm("x", R"("require": "a")"))));
  EXPECT_EQ(table.rows(), 0);
  EXPECT_EQ(table.columns(), 8);
}

}  // namespace
}  // namespace partnership::charter
