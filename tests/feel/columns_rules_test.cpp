// SPDX-License-Identifier: Apache-2.0
//
// The eight rules of the shared material over its 200 cases.
#include "feel/columns_plan.hpp"
#include "feel/columns_tools.hpp"

namespace partnership::feel {
namespace {

struct Task {
  std::unique_ptr<TriedSet> set;
  std::vector<std::string> cases;
  std::vector<std::vector<bool>> expected;
};

std::unique_ptr<Task> read_task() {
  const std::string rules = shared_file("eight-rules.json");
  if (rules.empty()) return nullptr;
  auto task = std::make_unique<Task>();
  const auto document = json::Document::parse(rules);
  const json::Value listed = *document->root().find("rules");
  std::vector<std::string> texts;
  for (const auto rule : listed) texts.emplace_back(rule.text());
  task->set =
      std::make_unique<TriedSet>(std::string(document->root().find("facts")->source()), texts);
  const std::string text = shared_file("charter-cases.jsonl");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = json::Document::parse(text.substr(at, end - at));
    task->cases.emplace_back(line->root().find("case")->source());
    task->expected.emplace_back();
    const json::Value expect = *line->root().find("expect");
    for (const auto each : expect) task->expected.back().push_back(each.boolean());
    at = end + 1;
  }
  return task;
}

void expect_outcomes(const Task& task, const Outcomes& outcomes, std::uint32_t row,
                     std::size_t number) {
  for (std::uint32_t e = 0; e < outcomes.expressions(); ++e) {
    const Outcomes::Outcome outcome = outcomes.at(e, row);
    const auto wanted = task.expected[number][e] ? Outcomes::Kind::yes : Outcomes::Kind::no;
    EXPECT_EQ(outcome.kind, wanted) << "case " << number << ", rule " << e;
    EXPECT_FALSE(outcome.warned) << "case " << number << ", rule " << e;
  }
}

TEST(EightRules, AllRunInColumns) {
  const auto task = read_task();
  if (task == nullptr) GTEST_SKIP() << "no shared material";
  for (std::uint32_t e = 0; e < 8; ++e) EXPECT_TRUE(task->set->evaluator->in_columns(e)) << e;
  // `participants[attended]` and what it counts is there once, though two rules speak of it.
  std::size_t loads = 0;
  for (const VecNode& node : task->set->evaluator->plan().nodes) {
    if (node.op == VecOp::load && node.kind == VecKind::truth) ++loads;
  }
  EXPECT_EQ(loads, 5U);
}

TEST(EightRules, GiveTheExpectedOutcomesCaseByCase) {
  const auto task = read_task();
  if (task == nullptr) GTEST_SKIP() << "no shared material";
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  ASSERT_EQ(task->cases.size(), 200U);
  for (std::size_t i = 0; i < task->cases.size(); ++i) {
    const Batch batch = read_case(task->set->evaluator->layout(), task->cases[i]);
    for (const bool machine : {false, true}) {
      RunOptions options;
      options.only_machine = machine;
      task->set->evaluator->run(batch, options, workspace, outcomes);
      expect_outcomes(*task, outcomes, 0, i);
    }
  }
}

TEST(EightRules, GiveTheExpectedOutcomesInOneBatch) {
  const auto task = read_task();
  if (task == nullptr) GTEST_SKIP() << "no shared material";
  std::string lines;
  for (int round = 0; round < 25; ++round) {
    for (const std::string& text : task->cases) lines += text + "\n";
  }
  Batch batch(task->set->evaluator->layout());
  CaseReader().read_lines(lines, batch);
  batch.finish();
  ASSERT_EQ(batch.rows(), 5000U);
  Evaluator::Workspace workspace;
  for (const unsigned threads : {1U, 2U, 5U}) {
    RunOptions options;
    options.threads = threads;
    Outcomes outcomes;
    task->set->evaluator->run(batch, options, workspace, outcomes);
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      expect_outcomes(*task, outcomes, row, row % task->cases.size());
    }
  }
  EXPECT_EQ(compare_ways(*task->set, batch), 0);
}

}  // namespace
}  // namespace partnership::feel
