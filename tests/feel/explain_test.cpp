// SPDX-License-Identifier: Apache-2.0
//
// Traces: every part with its value, the rounds of iterations, and the parts that decided.
#include "feel/explain.hpp"

#include <array>
#include <thread>

#include "base/json.hpp"
#include "feel/evaluate.hpp"
#include "feel/rules.hpp"

namespace partnership::feel::test {
namespace {

class Explaining : public ::testing::Test {
 protected:
  Trace explained(const std::string& text) {
    program_ = session_.compile(text, false);
    session_.evaluation.begin({});
    return explain(*program_, 0, names(), session_.evaluation);
  }
  std::string text(const std::string& expression) {
    const Trace trace = explained(expression);
    return trace_text(trace, program_->ast(0));
  }
  // The sources of the parts that decided.
  std::vector<std::string> decisive(const std::string& expression) {
    std::vector<std::string> out;
    const Trace trace = explained(expression);
    for (const TracePart& part : trace.parts) {
      if (part.decisive) out.emplace_back(program_->ast(0).source(part.node));
    }
    return out;
  }
  Value names() {
    const auto program = session_.compile(case_text, false);
    return program->evaluate(0, {}, session_.evaluation);
  }

  static constexpr const char* case_text =
      "{x: 1, y: 20, n: null, t: true, f: false, l: [1, 5, 9]}";
  Session session_;
  std::shared_ptr<const Program> program_;
};

using Sources = std::vector<std::string>;

TEST_F(Explaining, ShowsEveryPartThatRan) {
  EXPECT_EQ(text("x + 1 = 2 and y > 30"),
            "`x + 1 = 2 and y > 30` = false\n"
            "  `x + 1 = 2` = true\n"
            "    `x + 1` = 2\n"
            "      `x` = 1\n"
            "  `y > 30` = false  <- decides\n"
            "    `y` = 20\n");
  EXPECT_EQ(text("f and y > 30"),
            "`f and y > 30` = false\n"
            "  `f` = false  <- decides\n");
  EXPECT_EQ(text("7"), "`7` = 7\n");
}

TEST_F(Explaining, ShowsTheRoundsOfIterations) {
  const Trace trace = explained("some i in l satisfies i > 9");
  std::vector<std::uint32_t> rounds;
  for (const TracePart& part : trace.parts) {
    if (program_->ast(0).source(part.node) == "i > 9") rounds.push_back(part.round);
  }
  EXPECT_EQ(rounds, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(text("l[item > 4]"),
            "`l[item > 4]` = [5, 9]\n"
            "  `l` = [1, 5, 9]\n"
            "  `item > 4` = false\n"
            "    `item` = 1\n"
            "  `item > 4` = true\n"
            "    `item` = 5\n"
            "  `item > 4` = true\n"
            "    `item` = 9\n");
}

TEST_F(Explaining, FindsWhatDecided) {
  EXPECT_EQ(decisive("x = 2 or y = 3"), (Sources{"x = 2", "y = 3"}));
  EXPECT_EQ(decisive("x = 1 and (y = 3 or f)"), (Sources{"y = 3", "f"}));
  EXPECT_EQ(decisive("x = 1 or y = 3"), Sources{});
  EXPECT_EQ(decisive("not(x = 1)"), Sources{"x = 1"});
  EXPECT_EQ(decisive("not(x = 1 and y = 20)"), (Sources{"x = 1", "y = 20"}));
  EXPECT_EQ(decisive("not(x = 2 or y = 20)"), Sources{"y = 20"});
  EXPECT_EQ(decisive("if x = 1 then y = 3 else t"), Sources{"y = 3"});
  EXPECT_EQ(decisive("if x = 1 then false else true"), Sources{"x = 1"});
  EXPECT_EQ(decisive("every i in l satisfies i < 5"), Sources{"i < 5"});
  EXPECT_EQ(decisive("some i in l satisfies i > 9"), (Sources{"i > 9", "i > 9", "i > 9"}));
  EXPECT_EQ(decisive("some i in [] satisfies i"), Sources{"some i in [] satisfies i"});
  EXPECT_EQ(decisive("y between 1 and 5"), Sources{"y between 1 and 5"});
  EXPECT_EQ(decisive("y in (1, > 30)"), Sources{"y in (1, > 30)"});
  EXPECT_EQ(decisive("{f: function(a) a > 3 and a < 9, r: f(x)}.r"),
            Sources{"{f: function(a) a > 3 and a < 9, r: f(x)}.r"});
  EXPECT_EQ(decisive("(function(a) a > 3 and a < 9)(x)"), Sources{"a > 3"});
  EXPECT_EQ(decisive("is(x, 2)"), Sources{"is(x, 2)"});
}

TEST_F(Explaining, FindsWhatMadeANull) {
  EXPECT_EQ(decisive("n and x = 1"), Sources{"n"});
  EXPECT_EQ(decisive("x = 1 and n > 3"), Sources{"n > 3"});
  EXPECT_EQ(decisive("f or n or x > 3"), Sources{"n"});
  EXPECT_EQ(decisive("every i in [1, null] satisfies i > 0"), Sources{"i > 0"});
}

TEST_F(Explaining, ShowsOperandsBehindTheOneThatDecidesWhereAsked) {
  const auto whole = [&](const std::string& expression) {
    program_ = session_.compile(expression, false);
    session_.evaluation.begin({});
    const Value case_value = names();
    program_ = session_.compile(expression, false);
    return trace_text(explain_whole(*program_, 0, case_value, session_.evaluation),
                      program_->ast(0));
  };
  EXPECT_EQ(whole("f and y > 30 and t"),
            "`f and y > 30 and t` = false\n"
            "  `f` = false\n"
            "  `y > 30` = false\n"
            "    `y` = 20\n"
            "  `t` = true\n");
  EXPECT_EQ(whole("t or f"), "`t or f` = true\n  `t` = true\n  `f` = false\n");
  EXPECT_EQ(whole("every i in l satisfies i > 1 and i < 9"),
            "`every i in l satisfies i > 1 and i < 9` = false\n"
            "  `l` = [1, 5, 9]\n"
            "  `i > 1 and i < 9` = false\n"
            "    `i > 1` = false\n"
            "      `i` = 1\n"
            "    `i < 9` = true\n"
            "      `i` = 1\n"
            "  `i > 1 and i < 9` = true\n"
            "    `i > 1` = true\n"
            "      `i` = 5\n"
            "    `i < 9` = true\n"
            "      `i` = 5\n"
            "  `i > 1 and i < 9` = false\n"
            "    `i > 1` = true\n"
            "      `i` = 9\n"
            "    `i < 9` = false\n"
            "      `i` = 9\n");
  EXPECT_EQ(whole("n and f"), "`n and f` = false\n  `n` = null\n  `f` = false\n");
  EXPECT_EQ(whole("f and n"), "`f and n` = false\n  `f` = false\n  `n` = null\n");
}

TEST_F(Explaining, WritesJson) {
  const Trace trace = explained("x = 2 and t");
  EXPECT_EQ(trace_json(trace, program_->ast(0)),
            R"({"source":"x = 2 and t","from":0,"to":11,"value":false,"decisive":false,"round":0,)"
            R"("parts":[{"source":"x = 2","from":0,"to":5,"value":false,"decisive":true,)"
            R"("round":0,"parts":[{"source":"x","from":0,"to":1,"value":1,"decisive":false,)"
            R"("round":0,"parts":[]}]}]})");
}

TEST_F(Explaining, CutsLargeValues) {
  const Trace trace = explained("count(for i in 1..500 return {a: [i, \"b\"]}) = 1");
  const std::string json = trace_json(trace, program_->ast(0));
  EXPECT_NE(json.find("\"cut\":true,\"items\":500"), std::string::npos);
  EXPECT_NO_THROW(json::Document::parse(json));
  EXPECT_NE(trace_text(trace, program_->ast(0)).find("... (500 items)"), std::string::npos);
}

TEST_F(Explaining, KeepsToItsLimitOfParts) {
  program_ = session_.compile("every i in 1..1000 satisfies i > 0", false);
  session_.evaluation.begin({});
  const Trace trace = explain(*program_, 0, {}, session_.evaluation, 100);
  EXPECT_TRUE(trace.truncated);
  EXPECT_EQ(trace.parts.size(), 100U);
  EXPECT_TRUE(trace.parts[0].value.is_true());
  EXPECT_NO_THROW(json::Document::parse(trace_json(trace, program_->ast(0))));
}

TEST_F(Explaining, ShowsAnEvaluationThatRanOutOfItsBudget) {
  const Trace trace = explained("{f: function(n) f(n), r: f(1)}.r");
  EXPECT_TRUE(trace.parts[0].value.is_null());
  EXPECT_EQ(session_.evaluation.warnings().back().kind, WarningKind::budget);
}

// One program, an evaluation for each thread; the recorded code is made once.
TEST(Programs, AreSharedBetweenThreads) {
  Session session;
  const auto program = session.compile("every i in 1..50 satisfies i * i < 2400", false);
  std::vector<std::thread> threads;
  std::array<std::size_t, 4> parts{};
  for (std::size_t t = 0; t < parts.size(); ++t) {
    threads.emplace_back([&, t] {
      Evaluation evaluation;
      for (int i = 0; i < 50; ++i) {
        evaluation.begin({});
        const bool met = program->evaluate(0, {}, evaluation).is_true();
        const Trace trace = explain(*program, 0, {}, evaluation);
        if (!met && trace.parts[0].value.is_false()) parts[t] += trace.parts.size();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t count : parts) EXPECT_EQ(count, parts[0]);
  EXPECT_GT(parts[0], 0U);
}

TEST(Rules, HaveTheExpectedOutcomes) {
  const Rules rules = read_rules();
  if (!rules.there) GTEST_SKIP() << "eight-rules.json is not there";
  std::size_t outcomes = 0;
  for (const bool strict : {false, true}) {
    const auto program = rules.compile(strict);
    ASSERT_NE(program, nullptr);
    Evaluation evaluation;
    for (const RuleCase& one : rules.cases) {
      evaluation.begin({});
      ASSERT_EQ(one.expected.size(), program->size());
      for (std::uint32_t i = 0; i < program->size(); ++i) {
        const Value value = program->evaluate(i, one.value, evaluation);
        EXPECT_TRUE(identical(value, one.expected[i])) << program->source(i).name;
        const Trace trace = explain(*program, i, one.value, evaluation);
        EXPECT_TRUE(identical(trace.parts[0].value, value));
        const Trace whole = explain_whole(*program, i, one.value, evaluation);
        EXPECT_TRUE(identical(whole.parts[0].value, value));
        EXPECT_GE(whole.parts.size(), trace.parts.size());
        ++outcomes;
      }
      EXPECT_EQ(evaluation.warning_count(), 0U);
    }
  }
  EXPECT_EQ(outcomes, 2U * 1600U);
}

}  // namespace
}  // namespace partnership::feel::test
