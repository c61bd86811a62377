// SPDX-License-Identifier: Apache-2.0
//
// Budgets end an evaluation with null and a warning, and leave it usable.
#include "feel/evaluate.hpp"

namespace partnership::feel::test {
namespace {

void expect_budget(const Budget& budget, const std::string& text, const std::string& what) {
  Session session(budget);
  const Result result = session.run(text);
  EXPECT_EQ(result.value, "null") << text;
  ASSERT_FALSE(result.warnings.empty()) << text;
  EXPECT_EQ(result.warnings.back(), "budget") << text;
  EXPECT_TRUE(result.sentences.back().starts_with("the budget of `" + what + "` is used up"))
      << result.sentences.back();
  EXPECT_EQ(session.value("1 + 1"), "2");
  EXPECT_EQ(session.value("{f: function(x) x + 1, r: for i in 1..3 return f(i)}.r"), "[2, 3, 4]");
}

TEST(Budgets, BoundSteps) {
  Budget budget;
  budget.steps = 10000;
  expect_budget(budget, "every i in 1..1000000 satisfies i > 0", "steps");
  expect_budget(budget, "count([1..1000000][1]) = 1 and some i in 1..100000 satisfies false",
                "steps");
  expect_budget(budget, "{f: function(n) f(n), r: every i in 1..10000 satisfies abs(i) > 0}.r",
                "steps");
}

TEST(Budgets, BoundDepth) {
  expect_budget({}, "{f: function(n) f(n + 1), r: f(1)}.r", "depth");
  expect_budget({}, "{f: function(a, b) sort([a, b], f) = [], r: f(1, 2)}.r", "depth");
  Budget budget;
  budget.depth = 10;
  Session session(budget);
  EXPECT_EQ(session.value("{f: function(n) if n = 0 then 0 else f(n - 1), r: f(9)}.r"), "0");
  EXPECT_EQ(session.value("{f: function(n) if n = 0 then 0 else f(n - 1), r: f(10)}.r"), "null");
}

TEST(Budgets, BoundLists) {
  Budget budget;
  budget.list = 1000;
  expect_budget(budget, "for i in 1..1001 return i", "list");
  Session session(budget);
  EXPECT_EQ(session.value("count(for i in 1..1000 return i)"), "1000");
}

TEST(Budgets, BoundMemory) {
  Budget budget;
  budget.memory = 1 << 20;
  expect_budget(budget, "for i in 1..1000000 return i", "memory");
  expect_budget(budget,
                "{f: function(s, n) if n = 0 then s else f(s + s, n - 1), "
                "r: f(\"0123456789\", 60)}.r",
                "memory");
  // Registers of deep calls count, too.
  budget.depth = 1000000;
  expect_budget(budget, "{f: function(n) [n, n, n, n, f(n + 1)], r: f(1)}.r", "memory");
}

// A list that holds one list twice, and so on: few bytes, and no end of parts.
TEST(Budgets, BoundWhatIsComparedAndChecked) {
  Budget budget;
  budget.steps = 200000;
  const std::string deep = "f: function(l, n) if n = 0 then l else f([l, l], n - 1)";
  expect_budget(budget, "{" + deep + ", r: f([], 60) = f([], 60)}.r", "steps");
  expect_budget(budget, "{" + deep + ", r: f([], 60) in (1, f([], 60))}.r", "steps");
  expect_budget(budget, "{" + deep + ", r: f([], 60) in [[f([], 60)], f([], 60)]}.r", "steps");
  std::string type = "number";
  for (int i = 0; i < 62; ++i) type = "list<" + type + ">";
  expect_budget(budget, "{" + deep + ", r: f([], 60) instance of " + type + "}.r", "steps");
  expect_budget(budget, "{" + deep + ", g: function(x: " + type + ") 1, r: g(f([], 60))}.r",
                "steps");
  const std::string ranges = "f: function(x, n) if n = 0 then x else f((!= x), n - 1)";
  expect_budget(budget, "{" + ranges + ", r: f(1, 60) = f(1, 60)}.r", "steps");
  expect_budget(budget, "{" + ranges + ", r: f(1, 60) in (= f(1, 60))}.r", "steps");
  expect_budget(budget, "{" + ranges + ", r: count(distinct values([f(1, 60)]))}.r", "steps");
  Session session(budget);
  session.declared = session.types->parse(type);
  EXPECT_EQ(session.run("{" + deep + ", r: f([], 60)}.r").warnings,
            std::vector<std::string>{"budget"});
}

// What takes long in one instruction costs more than one step.
TEST(Budgets, KnowWhatALongTextCosts) {
  Budget budget;
  budget.steps = 300'000;
  const std::string texts =
      "{s: string join(for i in 1..20000 return \"a\"), t: string join(for i in 1..20000 return "
      "\"a\"), r: ";
  for (const char* test : {"s = t", "s != t", "s <= t", "s between t and t", "s in t",
                           "s in [t..t]", "s in (t, t)", "s in (= t)", "[s..s] = [t..t]",
                           "min(s, t) = null", "sort([s, t]) = []", "includes([s..s], t)"}) {
    expect_budget(budget, texts + "for i in 1..5000 return " + test + "}.r", "steps");
  }
}

TEST(Budgets, KnowWhatPowersAndPatternsCost) {
  Budget budget;
  budget.steps = 100'000;
  for (const char* work : {"1.01 ** (i + 0.5)", "exp(i / 1000)", "log(i)", "sqrt(i)",
                           "matches(\"a\", \"a+\" + string(i))"}) {
    expect_budget(budget, std::string("for i in 1..5000 return ") + work, "steps");
  }
}

TEST(Budgets, BoundCountingFromEndToEnd) {
  Session session;
  EXPECT_EQ(session.value("some x in [-9223372036854775808..9223372036854775807) satisfies "
                          "x = -9223372036854775807"),
            "true");
  EXPECT_EQ(session.value("some x in (9223372036854775806..9223372036854775807] satisfies x > 0"),
            "true");
  EXPECT_EQ(session.value("some x in 9223372036854775807..-9223372036854775808 satisfies "
                          "x = 9223372036854775800"),
            "true");
}

TEST(Budgets, GiveEachExpressionItsSteps) {
  Budget budget;
  budget.steps = 10000;
  Evaluation evaluation(budget);
  auto types = std::make_shared<Types>();
  std::vector<Program::Found> found;
  const auto program = Program::compile({{"long", "every i in 1..1000000 satisfies i > 0"},
                                         {"short", "every i in 1..10 satisfies i > 0"}},
                                        types, {}, found);
  evaluation.begin({});
  EXPECT_TRUE(program->evaluate(0, {}, evaluation).is_null());
  EXPECT_TRUE(program->evaluate(1, {}, evaluation).is_true());
  EXPECT_EQ(evaluation.warning_count(), 1U);
}

TEST(Budgets, KeepSoManyWarnings) {
  Budget budget;
  budget.warnings = 10;
  Session session(budget);
  const Result result = session.run("for i in 1..50 return i + null");
  EXPECT_EQ(result.warnings.size(), 10U);
  EXPECT_EQ(session.evaluation.warning_count(), 50U);
}

TEST(Budgets, DoNotCountMemoryOfCallsThatEnded) {
  Budget budget;
  budget.memory = 4 << 20;
  Session session(budget);
  EXPECT_EQ(session.value("{f: function(n) n > 0, r: every i in 1..200000 satisfies f(i)}.r"),
            "true");
}

TEST(Budgets, FoldingCannotRunAway) {
  Session session;
  EXPECT_EQ(session.value("1 = 2 and count(split(string join(for i in 1..100 return \"a b\"), \" "
                          "\")) > 0"),
            "false");
}

}  // namespace
}  // namespace partnership::feel::test
