// SPDX-License-Identifier: Apache-2.0
//
// The speeds of the condition language over rows and columns, on the eight rules and the cases of
// the shared material. Without that material there is nothing to run.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"
#include "feel/columns.hpp"
#include "feel/explain.hpp"
#include "feel/program.hpp"
#include "feel/type.hpp"
#include "material.hpp"

namespace {

using namespace partnership;
using namespace partnership::feel;

struct Task {
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* schema = nullptr;
  std::vector<Source> sources;
  std::vector<std::string> cases;  // JSON

  static const Task* get() {
    static const std::unique_ptr<const Task> task = make();
    return task.get();
  }

 private:
  static std::unique_ptr<const Task> make() {
    const std::string rules = benchmarks::read_material("eight-rules.json");
    if (rules.empty()) return nullptr;
    auto task = std::make_unique<Task>();
    const auto document = json::Document::parse(rules);
    json::Problems problems;
    task->schema = task->types->read_schema(*document->root().find("facts"), problems);
    const json::Value listed = *document->root().find("rules");
    for (const auto rule : listed) {
      task->sources.push_back({std::string(rule.key()), std::string(rule.text())});
    }
    const std::string text = benchmarks::read_material("charter-cases.jsonl");
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const auto line = json::Document::parse(text.substr(at, end - at));
      task->cases.emplace_back(line->root().find("case")->source());
      at = end == std::string::npos ? text.size() : end + 1;
    }
    return task;
  }
};

// What a rule set over cases needs, made once.
struct Made {
  const Task& task;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const Evaluator> evaluator;
  std::vector<Batch> prepared;  // a case each
};

std::shared_ptr<const Program> compile(const Task& task) {
  std::vector<Program::Found> found;
  CompileOptions options;
  options.schema = task.schema;
  options.strict = true;
  return Program::compile(task.sources, task.types, options, found);
}

const Made* made(benchmark::State& state) {
  const Task* const task = Task::get();
  if (task == nullptr) {
    state.SkipWithError("the shared material is absent");
    return nullptr;
  }
  static const std::unique_ptr<const Made> made = [&] {
    auto out = std::make_unique<Made>(Made{*task, compile(*task), nullptr, {}});
    out->evaluator = Evaluator::make(out->program, *task->schema, task->types);
    for (const std::string& text : task->cases) {
      out->prepared.push_back(read_case(out->evaluator->layout(), text));
    }
    return out;
  }();
  return made.get();
}

// Eight rules over a case that is prepared.
void prepared_case(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  RunOptions options;
  options.only_machine = state.range(0) != 0;
  std::size_t at = 0;
  for (auto _ : state) {
    made->evaluator->run(made->prepared[at++ % made->prepared.size()], options, workspace,
                         outcomes);
    benchmark::DoNotOptimize(outcomes.at(7, 0));
  }
  state.counters["workspace_bytes"] = static_cast<double>(workspace.memory());
  state.counters["case_bytes"] = static_cast<double>(made->prepared[0].memory());
}
BENCHMARK(prepared_case)->ArgName("machine")->Arg(0)->Arg(1);

void read_one_case(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  Batch batch(made->evaluator->layout());
  CaseReader reader;
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    batch.clear();
    const std::string& text = made->task.cases[at++ % made->task.cases.size()];
    reader.read(text, batch);
    batch.finish();
    bytes += text.size();
    benchmark::DoNotOptimize(batch.rows());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(read_one_case);

// From JSON text to eight outcomes.
void json_to_outcomes(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  Batch batch(made->evaluator->layout());
  CaseReader reader;
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  std::size_t at = 0;
  for (auto _ : state) {
    batch.clear();
    reader.read(made->task.cases[at++ % made->task.cases.size()], batch);
    batch.finish();
    made->evaluator->run(batch, {}, workspace, outcomes);
    benchmark::DoNotOptimize(outcomes.at(7, 0));
  }
}
BENCHMARK(json_to_outcomes);

// So many cases in columns; how long the reading took is another benchmark.
void batch_of_cases(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  Batch batch(made->evaluator->layout());
  CaseReader reader;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    reader.read(made->task.cases[static_cast<std::size_t>(i) % made->task.cases.size()], batch);
  }
  batch.finish();
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  RunOptions options;
  options.threads = static_cast<unsigned>(state.range(1));
  for (auto _ : state) {
    made->evaluator->run(batch, options, workspace, outcomes);
    benchmark::DoNotOptimize(outcomes.at(7, 0));
  }
  state.counters["per_case"] = benchmark::Counter(
      static_cast<double>(state.range(0)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["bytes_per_case"] =
      static_cast<double>(batch.memory()) / static_cast<double>(state.range(0));
}
BENCHMARK(batch_of_cases)
    ->ArgNames({"cases", "threads"})
    ->Args({1000, 1})
    ->Args({10000, 1})
    ->Args({100000, 1})
    ->Args({100000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void read_lines(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  std::string lines;
  for (const std::string& text : made->task.cases) lines += text + "\n";
  Batch batch(made->evaluator->layout());
  CaseReader reader;
  for (auto _ : state) {
    batch.clear();
    reader.read_lines(lines, batch);
    batch.finish();
    benchmark::DoNotOptimize(batch.rows());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(lines.size()));
}
BENCHMARK(read_lines);

// The eight rules from text to programs for rows and columns.
void compile_rules(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  for (auto _ : state) {
    const auto program = compile(made->task);
    if (state.range(0) != 0) {
      benchmark::DoNotOptimize(Evaluator::make(program, *made->task.schema, made->task.types));
    }
    benchmark::DoNotOptimize(program.get());
  }
  state.counters["program_bytes_per_rule"] = static_cast<double>(made->program->memory()) / 8;
  state.counters["columns_bytes_per_rule"] = static_cast<double>(made->evaluator->memory()) / 8;
}
BENCHMARK(compile_rules)->ArgName("columns")->Arg(0)->Arg(1);

// Why one rule after another came out as it did.
void explain_case(benchmark::State& state) {
  const Made* const made = ::made(state);
  if (made == nullptr) return;
  Evaluation evaluation;
  Arena arena;
  std::size_t at = 0;
  for (auto _ : state) {
    arena.clear();
    const Value value = made->prepared[at++ % made->prepared.size()].row(0, arena);
    for (std::uint32_t rule = 0; rule < 8; ++rule) {
      evaluation.begin({});
      benchmark::DoNotOptimize(explain(*made->program, rule, value, evaluation));
    }
  }
}
BENCHMARK(explain_case);

}  // namespace
