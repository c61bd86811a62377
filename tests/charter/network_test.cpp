// SPDX-License-Identifier: Apache-2.0
//
// Norms that hang on each other: every combination of what is true, false and not known, against
// the meaning written out once more.
#include <gmock/gmock.h>

#include <array>

#include "charter/assess_tools.hpp"
#include "charter/engine.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

enum class Fact { yes, no, unknown };

// What a case of the network below says.
struct State3 {
  Fact applies, that, when, evidence, exception_applies, exception, repaired;
  int reason;  // 0: left out, 1: blank, 2: given
};

constexpr const char* network_facts =
    R"(, "ap": "boolean", "x": "boolean", "u": "boolean", "ev": "boolean", "ea": "boolean",
       "ex": "boolean", "re": "boolean", "why": "string?")";

std::string network(const std::string& exception_more = "", const std::string& repair_more = "") {
  return document(
      norm("repair", repair_more + R"("require": "re")") + "," +
          norm("norm",
               R"("applies": "ap", "require": "x", "evidence": ["ev"], "reparation": "repair",
                          "unless": {"when": "u", "reason": "why"})") +
          "," +
          norm("exception",
               exception_more + R"("exception of": "norm", "applies": "ea", "require": "ex")"),
      "", network_facts);
}

void write(json::Writer& out, std::string_view name, Fact fact) {
  if (fact != Fact::unknown) out.key(name).value(fact == Fact::yes);
}

std::string json_of(const State3& of) {
  json::Writer out;
  out.begin_object();
  write(out, "ap", of.applies);
  write(out, "x", of.that);
  write(out, "u", of.when);
  write(out, "ev", of.evidence);
  write(out, "ea", of.exception_applies);
  write(out, "ex", of.exception);
  write(out, "re", of.repaired);
  if (of.reason > 0) out.key("why").value(of.reason == 1 ? " " : "for a reason");
  out.end_object();
  return out.take();
}

Finding require(Fact fact) {
  return fact == Fact::unknown ? missing()
         : fact == Fact::yes   ? met(Why::condition)
                               : not_met(State::violated, Why::condition);
}

Finding exception_of(const State3& of) {
  if (of.exception_applies == Fact::unknown) return missing();
  if (of.exception_applies == Fact::no) return not_applicable(Why::does_not_apply);
  return require(of.exception);
}

Finding norm_of(const State3& of, bool exceptions) {
  if (of.applies == Fact::unknown) return missing();
  if (of.applies == Fact::no) return not_applicable(Why::does_not_apply);
  if (of.that == Fact::unknown) return missing();
  if (of.that == Fact::yes) {
    if (of.evidence == Fact::unknown) return missing();
    if (of.evidence == Fact::yes) return met(Why::condition);
    return finding(Outcome::undetermined, State::none, Why::no_evidence);
  }
  if (of.when == Fact::yes && of.reason == 2) {
    return finding(Outcome::met_by_exception, State::excused, Why::exception);
  }
  const Finding exception = exception_of(of);
  if (exceptions && exception.outcome == Outcome::met) {
    return finding(Outcome::met_by_exception, State::excused, Why::defeated);
  }
  if (of.when == Fact::unknown) return missing();
  if (exceptions && exception.outcome == Outcome::undetermined) return missing();
  return not_met(State::violated, of.when == Fact::yes ? Why::exception_no_reason : Why::condition);
}

Finding repair_of(const State3& of, const Finding& norm) {
  if (norm.outcome == Outcome::not_met) return require(of.repaired);
  if (norm.outcome != Outcome::undetermined) return not_applicable(Why::not_triggered);
  return norm.why == Why::missing_facts ? missing() : no_answer();
}

// Calls `see` with every case.
template <class See>
void every_case(const See& see) {
  constexpr std::array<Fact, 3> all = {Fact::yes, Fact::no, Fact::unknown};
  for (int i = 0; i < 3 * 2187; ++i) {
    int rest = i;
    const auto next = [&] {
      const Fact out = all[static_cast<std::size_t>(rest % 3)];
      rest /= 3;
      return out;
    };
    State3 of{};
    for (Fact* const fact : {&of.applies, &of.that, &of.when, &of.evidence, &of.exception_applies,
                             &of.exception, &of.repaired}) {
      *fact = next();
    }
    of.reason = rest;
    see(of);
  }
}

TEST(AssessNetwork, EveryCaseComesOutAsItMeans) {
  const Asked asked(network());
  Question question;
  question.on = parse_date("2020-01-01");
  Findings found;
  every_case([&](const State3& of) {
    const std::string facts = json_of(of);
    assess(asked.charter(), 0, *asked.charter().kinds()[0].set->read_case(facts), question, found);
    Finding norm = norm_of(of, true);
    const Finding repair = repair_of(of, norm);
    if (norm.outcome == Outcome::not_met && repair.outcome == Outcome::met) {
      norm.state = State::compensated;
    }
    ASSERT_EQ(found.at(0, 0), repair) << facts;
    ASSERT_EQ(found.at(1, 0), norm) << facts;
    ASSERT_EQ(found.at(2, 0), exception_of(of)) << facts;
  });
}

TEST(AssessNetwork, WhatIsNotEnabledNeitherDefeatsNorRepairs) {
  const Asked asked(network(R"("enabled": false, )", R"("enabled": false, )"));
  Question question;
  question.on = parse_date("2020-01-01");
  Findings found;
  every_case([&](const State3& of) {
    const std::string facts = json_of(of);
    assess(asked.charter(), 0, *asked.charter().kinds()[0].set->read_case(facts), question, found);
    ASSERT_EQ(found.norms().size(), 1u);
    ASSERT_EQ(found.at(0, 0), norm_of(of, false)) << facts;
  });
}

TEST(AssessNetwork, LooksIntoNormsThatWereAsked) {
  const Asked asked(network());
  const auto of = [&](const std::string& facts) {
    return asked.look_into("norm", facts, "2020-01-01");
  };
  const std::string broken = R"("ap": true, "x": false, "u": false)";
  EXPECT_THAT(of("{" + broken + R"(, "ea": true})").missing, ElementsAre("ex"));
  EXPECT_EQ(of("{" + broken + R"(, "ea": true})").other,
            static_cast<std::int32_t>(asked.norm("exception")));
  EXPECT_THAT(of(R"({"ap": true, "x": true, "ev": true})").missing, IsEmpty());
  const Examination seen = of("{" + broken + R"(, "ea": true, "ex": true})");
  std::vector<Part> parts;
  for (const Consulted& each : seen.consulted) parts.push_back(each.part);
  EXPECT_THAT(parts,
              ElementsAre(Part::applies, Part::that, Part::applies, Part::that, Part::unless));
  EXPECT_EQ(seen.consulted[0].norm, asked.norm("exception"));
  EXPECT_EQ(seen.consulted[2].norm, asked.norm("norm"));
  // The repair is not known before the norm is.
  EXPECT_THAT(asked.look_into("repair", R"({"ap": true})", "2020-01-01").missing, ElementsAre("x"));
}

// ---- versions

TEST(AssessNetwork, OnlyTheVersionInForceDefeatsAndIsRepaired) {
  const Asked asked(document(
      norm("n", R"("require": "a")") + "," +
      norm("e", R"("in force": {"to": "2020-01-01"}, "require": "n > 1")") + "," +
      norm("e", R"("in force": {"from": "2020-01-01"}, "exception of": "n", "require": "n > 1")") +
      "," + norm("m", R"("in force": {"to": "2020-01-01"}, "reparation": "r", "require": "a")") +
      "," + norm("m", R"("in force": {"from": "2020-01-01"}, "require": "a")") + "," +
      norm("r", R"("require": "n > 1")")));
  const std::string facts = R"({"a": false, "n": 2})";
  EXPECT_EQ(asked.find("n", facts, "2019-12-31"), not_met(State::violated, Why::condition));
  EXPECT_EQ(asked.find("n", facts, "2020-01-01"),
            finding(Outcome::met_by_exception, State::excused, Why::defeated));
  EXPECT_EQ(asked.find("m", facts, "2019-12-31"), not_met(State::compensated, Why::condition));
  EXPECT_EQ(asked.find("r", facts, "2019-12-31"), met(Why::condition));
  EXPECT_EQ(asked.find("m", facts, "2020-01-01"),
            finding(Outcome::not_met, State::violated, Why::condition, "", 1));
  EXPECT_EQ(asked.find("r", facts, "2020-01-01"), not_applicable(Why::not_triggered));
}

// ---- periods that begin with a breach

constexpr const char* breach_facts =
    R"(, "opens": "date", "closes": "date", "done": "date", "repaired": "date")";

Asked broken(const std::string& shape) {
  return Asked(
      document(norm("n", R"("reparation": "r", )" + shape) + "," +
                   norm("r", R"("deadline": {"after": {"breach of": "n"}, "within": "10 days",
                                    "done": "repaired"})"),
               "", breach_facts));
}

TEST(AssessBreach, BeginsTheDayAfterADeadline) {
  const Asked asked =
      broken(R"("deadline": {"after": "opens", "within": "15 days", "done": "done"})");
  const std::string late = R"({"opens": "2020-02-20", "done": null, "repaired": null})";
  EXPECT_EQ(asked.find("r", late, "2020-03-06"), not_applicable(Why::not_triggered));
  EXPECT_EQ(asked.find("r", late, "2020-03-07"), pending("2020-03-17"));
  EXPECT_EQ(asked.find("r", late, "2020-03-17"), pending("2020-03-17"));
  EXPECT_EQ(asked.find("r", late, "2020-03-18"),
            not_met(State::overdue, Why::silence, "2020-03-17"));
  const std::string done = R"({"opens": "2020-02-20", "done": null, "repaired": "2020-03-17"})";
  EXPECT_EQ(asked.find("r", done, "2020-03-17"), met(Why::in_time, "2020-03-17"));
  EXPECT_EQ(asked.find("n", done, "2020-03-17"),
            not_met(State::compensated, Why::silence, "2020-03-06"));
  EXPECT_EQ(asked.find("n", done, "2020-03-16"),
            not_met(State::overdue, Why::silence, "2020-03-06"));
  EXPECT_EQ(asked.find("r", R"({"opens": "2020-02-20", "repaired": null})", "2020-03-17"),
            missing());
}

TEST(AssessBreach, BeginsTheDayAfterTheLatestNotice) {
  const Asked asked =
      broken(R"("notice": {"before": "closes", "at least": "10 days", "done": "done"})");
  EXPECT_EQ(
      asked.find("r", R"({"closes": "2020-03-10", "done": null, "repaired": null})", "2020-03-01"),
      pending("2020-03-11"));
}

TEST(AssessBreach, BeginsOnTheDayThatADurationEnds) {
  const Asked asked =
      broken(R"("duration": {"from": "opens", "to": "closes", "at least": "30 days"})");
  EXPECT_EQ(asked.find("r", R"({"opens": "2020-03-01", "closes": "2020-03-10", "repaired": null})",
                       "2020-03-10"),
            pending("2020-03-20"));
}

TEST(AssessBreach, BeginsTheDayAfterAGapOrACount) {
  const Asked gap = broken(R"("recurrence": {"of": "days", "from": "opens", "gap": "10 days"})");
  const std::string facts = R"({"opens": "2020-03-01", "days": [], "repaired": null})";
  EXPECT_EQ(gap.find("r", facts, "2020-03-11"), not_applicable(Why::not_triggered));
  EXPECT_EQ(gap.find("r", facts, "2020-03-12"), pending("2020-03-22"));
  const Asked count = broken(
      R"("recurrence": {"of": "days", "from": "opens", "at least": 1, "per": "calendar year"})");
  EXPECT_EQ(count.find("r", facts, "2020-12-31"), not_applicable(Why::not_triggered));
  EXPECT_EQ(count.find("r", facts, "2021-01-01"), pending("2021-01-11"));
}

TEST(AssessBreach, BeginsTheDayAfterThatByWhich) {
  const Asked by = broken(R"("require": {"that": "a", "by": "closes"})");
  const std::string facts = R"({"a": false, "closes": "2020-03-01", "repaired": null})";
  EXPECT_EQ(by.find("r", facts, "2020-03-01"), not_applicable(Why::not_triggered));
  EXPECT_EQ(by.find("r", facts, "2020-03-05"), pending("2020-03-12"));
  EXPECT_EQ(by.find("r", facts, "2020-03-13"), not_met(State::overdue, Why::silence, "2020-03-12"));
}

// ---- what kinds have in common

// Two hundred kinds beside ten thousand windows would otherwise take gigabytes.
TEST(AssessKinds, ShareTheDaysOfTheWindows) {
  const auto charter = Charter::load(document(
      norm("n", R"("require": "a")"), R"("windows": {"w": {"from": "07-15", "to": "08-15"}},)"));
  ASSERT_EQ(charter->kinds().size(), 2u);
  EXPECT_EQ(charter->kinds()[0].engine->windows->size(), 1u);
  EXPECT_EQ(charter->kinds()[0].engine->windows, charter->kinds()[1].engine->windows);
}

}  // namespace
}  // namespace partnership::charter
