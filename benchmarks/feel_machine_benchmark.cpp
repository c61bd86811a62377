// SPDX-License-Identifier: Apache-2.0
//
// The machine on the eight rules over a case of 26 fields and 30 participants that is there
// already. Promised: compiling at most 200 microseconds, the explanation of a case at most 20.
#include <benchmark/benchmark.h>

#include "feel/explain.hpp"
#include "feel/rules.hpp"

namespace {

using namespace partnership::feel;

const test::Rules& rules() {
  static const test::Rules rules = test::read_rules();
  return rules;
}

bool absent(benchmark::State& state) {
  if (!rules().there) state.SkipWithError("eight-rules.json is not there");
  return !rules().there;
}

void compile(benchmark::State& state) {
  if (absent(state)) return;
  const bool strict = state.range(0) != 0;
  std::size_t memory = 0;
  for (auto _ : state) {
    const auto program = rules().compile(strict);
    if (program == nullptr) {
      state.SkipWithError("does not compile");
      return;
    }
    memory = program->memory();
  }
  state.counters["bytes"] = static_cast<double>(memory) / 8;
}
BENCHMARK(compile)->ArgName("strict")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void evaluate(benchmark::State& state) {
  if (absent(state)) return;
  const auto program = rules().compile(state.range(0) != 0);
  Evaluation evaluation;
  std::size_t at = 0, met = 0;
  for (auto _ : state) {
    const Value names = rules().cases[at].value;
    at = at + 1 == rules().cases.size() ? 0 : at + 1;
    evaluation.begin({});
    for (std::uint32_t i = 0; i < program->size(); ++i) {
      met += program->evaluate(i, names, evaluation).is_true() ? 1 : 0;
    }
  }
  benchmark::DoNotOptimize(met);
}
BENCHMARK(evaluate)->ArgName("strict")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void evaluate_one(benchmark::State& state) {
  if (absent(state)) return;
  const auto program = rules().compile(true);
  const auto index = static_cast<std::uint32_t>(state.range(0));
  Evaluation evaluation;
  std::size_t at = 0;
  for (auto _ : state) {
    const Value names = rules().cases[at].value;
    at = at + 1 == rules().cases.size() ? 0 : at + 1;
    evaluation.begin({});
    benchmark::DoNotOptimize(program->evaluate(index, names, evaluation));
  }
}
BENCHMARK(evaluate_one)->ArgName("rule")->DenseRange(0, 7);

void explain_case(benchmark::State& state) {
  if (absent(state)) return;
  const auto program = rules().compile(true);
  Evaluation evaluation;
  std::size_t at = 0, parts = 0;
  for (auto _ : state) {
    const Value names = rules().cases[at].value;
    at = at + 1 == rules().cases.size() ? 0 : at + 1;
    evaluation.begin({});
    for (std::uint32_t i = 0; i < program->size(); ++i) {
      parts += explain(*program, i, names, evaluation).parts.size();
    }
  }
  state.counters["parts"] =
      benchmark::Counter(static_cast<double>(parts), benchmark::Counter::kAvgIterations);
}
BENCHMARK(explain_case)->Unit(benchmark::kMicrosecond);

void explain_as_json(benchmark::State& state) {
  if (absent(state)) return;
  const auto program = rules().compile(true);
  Evaluation evaluation;
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    const Value names = rules().cases[at].value;
    at = at + 1 == rules().cases.size() ? 0 : at + 1;
    evaluation.begin({});
    for (std::uint32_t i = 0; i < program->size(); ++i) {
      const Trace trace = explain(*program, i, names, evaluation);
      bytes += trace_json(trace, program->ast(i)).size();
    }
  }
  state.counters["bytes"] =
      benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}
BENCHMARK(explain_as_json)->Unit(benchmark::kMicrosecond);

}  // namespace
