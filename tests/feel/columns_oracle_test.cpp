// SPDX-License-Identifier: Apache-2.0
//
// Columns and machine give the same values and the same warnings: random expressions over random
// cases, clean and dirty, one by one and in batches, by one thread and by several.
#include <cstdlib>

#include "feel/columns_plan.hpp"
#include "feel/columns_random.hpp"
#include "feel/columns_tools.hpp"

namespace partnership::feel {
namespace {

bool is_long() {
  const char* const value = std::getenv("PSHIP_LONG");
  return value != nullptr && std::string_view(value) == "1";
}

ReadOptions lenient() {
  ReadOptions options;
  options.keep_misfits = true;
  options.unknown = ReadOptions::Unknown::keep;
  return options;
}

RunOptions at_a_moment() {
  RunOptions options;
  options.moment.given = true;
  options.moment.today = 18275;  // 2020-01-14
  return options;
}

void compare_round(std::uint32_t seed, std::uint32_t dirt, int rows, int& in_columns, int& all) {
  RandomExpressions expressions(seed);
  std::vector<std::string> texts;
  for (int i = 0; i < 12; ++i) texts.push_back(expressions.any(1 + i % 4));
  const TriedSet set(random_schema, texts);
  ASSERT_NE(set.program, nullptr);
  for (std::uint32_t e = 0; e < texts.size(); ++e) in_columns += set.evaluator->in_columns(e);
  all += static_cast<int>(texts.size());
  RandomCases cases(seed + 1);
  cases.dirt = dirt;
  Batch batch(set.evaluator->layout());
  Batch single(set.evaluator->layout());
  CaseReader reader(lenient());
  for (int row = 0; row < rows; ++row) {
    const std::string text = cases.json();
    reader.read(text, batch);
    if (row > 4) continue;
    single.clear();
    reader.read(text, single);
    single.finish();
    ASSERT_EQ(compare_ways(set, single, at_a_moment()), 0) << text;
  }
  batch.finish();
  ASSERT_EQ(compare_ways(set, batch, at_a_moment()), 0) << "seed " << seed;
  RunOptions options;  // of no moment
  options.threads = 3;
  ASSERT_EQ(compare_ways(set, batch, options), 0) << "seed " << seed;
  options = at_a_moment();
  options.budget.steps = 40;
  ASSERT_EQ(compare_ways(set, batch, options), 0) << "seed " << seed << " with few steps";
}

TEST(ColumnsOracle, CleanCasesComeOutAsByTheMachine) {
  int in_columns = 0, all = 0;
  for (std::uint32_t seed = 1; seed <= (is_long() ? 3000U : 150U) && !HasFatalFailure(); ++seed) {
    compare_round(seed, 0, 130, in_columns, all);
  }
  // Most of these expressions are of the kind that columns can do.
  EXPECT_GT(in_columns * 10, all * 5) << in_columns << " of " << all;
}

TEST(ColumnsOracle, DirtyCasesComeOutAsByTheMachine) {
  int in_columns = 0, all = 0;
  for (std::uint32_t seed = 5001; seed <= (is_long() ? 8000U : 5150U) && !HasFatalFailure();
       ++seed) {
    compare_round(seed, seed % 2 == 0 ? 4 : 30, 130, in_columns, all);
  }
}

TEST(ColumnsOracle, BatchesOfSeveralBlocksComeOutAsByTheMachine) {
  int in_columns = 0, all = 0;
  for (std::uint32_t seed = 9001; seed <= 9006 && !HasFatalFailure(); ++seed) {
    compare_round(seed, seed % 3 == 0 ? 0 : 60, 3000, in_columns, all);
  }
}

// An outcome that is wrong is seen: the comparison itself can fail.
TEST(ColumnsOracle, SeesADifference) {
  const TriedSet set(R"({"a": "number"})", {"a > 1"});
  Batch batch(set.evaluator->layout());
  CaseReader().read_lines("{\"a\":1}\n{\"a\":2}\n{\"a\":null}\n{}", batch);
  batch.finish();
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  set.evaluator->run(batch, {}, workspace, outcomes);
  using Kind = Outcomes::Kind;
  EXPECT_EQ(outcomes.at(0, 0), (Outcomes::Outcome{Kind::no, false}));
  EXPECT_EQ(outcomes.at(0, 1), (Outcomes::Outcome{Kind::yes, false}));
  EXPECT_EQ(outcomes.at(0, 2), (Outcomes::Outcome{Kind::null, true}));
  EXPECT_EQ(outcomes.at(0, 3), (Outcomes::Outcome{Kind::null, true}));
}

}  // namespace
}  // namespace partnership::feel
