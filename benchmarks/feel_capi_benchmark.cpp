// SPDX-License-Identifier: Apache-2.0
//
// The condition language as its users have it, through the C API: what the waist costs over
// feel_benchmark.cpp. On the eight rules and the cases of the shared material; without that there
// is nothing to run.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "material.hpp"
#include "partnership/partnership.hpp"

namespace {

using partnership::json::Document;
using pship::Feel;
using pship::FeelCase;
using pship::FeelCases;
using pship::Verdict;

struct Task {
  Feel rules;
  std::vector<std::string> texts;
  std::vector<FeelCase> cases;
  FeelCases many;  // 100,000
};

const Task* make_task() {
  const std::string file = partnership::benchmarks::read_material("eight-rules.json");
  if (file.empty()) return nullptr;
  auto task = std::make_unique<Task>();
  const auto document = Document::parse(file);
  task->rules =
      Feel::compile(document->root().find("rules")->source(),
                    document->root().find("facts")->source(), pship::Options().set("strict", true));
  std::string lines;
  const std::string all = partnership::benchmarks::read_material("charter-cases.jsonl");
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    const auto line = Document::parse(std::string_view(all).substr(at, end - at));
    task->texts.emplace_back(line->root().find("case")->source());
    task->cases.push_back(task->rules.read_case(task->texts.back()));
    at = end + 1;
  }
  for (std::size_t i = 0; i < 100'000; ++i) lines += task->texts[i % task->texts.size()] + "\n";
  task->many = task->rules.read_cases(lines);
  return task.release();
}

const Task* task_of(benchmark::State& state) {
  static const std::unique_ptr<const Task> task(make_task());
  if (task == nullptr) state.SkipWithError("the shared material is absent");
  return task.get();
}

void decide_prepared_case(benchmark::State& state) {
  const Task* const task = task_of(state);
  if (task == nullptr) return;
  pship::Options options;
  options.set("today", pship::Date::parse("2026-01-05"));
  const pship::Circumstances under{nullptr, state.range(0) != 0 ? &options : nullptr};
  std::vector<Verdict> verdicts(static_cast<std::size_t>(task->rules.size()));
  std::size_t at = 0;
  for (auto _ : state) {
    task->rules.decide(task->cases[at++ % task->cases.size()], {verdicts.data(), verdicts.size()},
                       under);
    benchmark::DoNotOptimize(verdicts.data());
  }
}
BENCHMARK(decide_prepared_case)->ArgName("options")->Arg(0)->Arg(1);

void json_to_verdicts(benchmark::State& state) {
  const Task* const task = task_of(state);
  if (task == nullptr) return;
  std::vector<Verdict> verdicts(static_cast<std::size_t>(task->rules.size()));
  std::size_t at = 0;
  for (auto _ : state) {
    const FeelCase one = task->rules.read_case(task->texts[at++ % task->texts.size()]);
    task->rules.decide(one, {verdicts.data(), verdicts.size()});
    benchmark::DoNotOptimize(verdicts.data());
  }
}
BENCHMARK(json_to_verdicts);

void decide_100000_cases(benchmark::State& state) {
  const Task* const task = task_of(state);
  if (task == nullptr) return;
  for (auto _ : state) benchmark::DoNotOptimize(task->rules.decide_all(task->many));
}
BENCHMARK(decide_100000_cases)->Unit(benchmark::kMillisecond);

void evaluate_one(benchmark::State& state) {
  const Task* const task = task_of(state);
  if (task == nullptr) return;
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(task->rules.evaluate(0, task->cases[at++ % task->cases.size()]));
  }
}
BENCHMARK(evaluate_one);

}  // namespace
