// SPDX-License-Identifier: Apache-2.0
//
// How long 96 norms take over one prepared dialogue, and over many in columns.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "charter/assess.hpp"
#include "charter/explain.hpp"
#include "charter/findings_table.hpp"
#include "charter/history.hpp"
#include "charter/obligations.hpp"
#include "charter/traces.hpp"
#include "dialogues.hpp"

namespace {

using namespace partnership;
using namespace partnership::charter;
namespace material = partnership::benchmark_material;

struct Made {
  std::string document = material::dialogue_charter();
  std::shared_ptr<const Charter> charter = Charter::load(document);
  Question question;

  Made() { question.on = parse_date(material::dialogue_day); }
  const feel::ExpressionSet& set() const { return *charter->kinds()[0].set; }

  static const Made& get() {
    static const Made made;
    return made;
  }
};

// `open` and `unknown` in 100 of the dialogues have dates that have not come, facts not known.
std::vector<std::shared_ptr<const feel::Case>> dialogues(std::uint32_t open,
                                                         std::uint32_t unknown) {
  std::vector<std::shared_ptr<const feel::Case>> out;
  for (std::uint32_t i = 0; i < 200; ++i) {
    out.push_back(Made::get().set().read_case(material::dialogue(i, open, unknown)));
  }
  return out;
}

void one_dialogue(benchmark::State& state) {
  const Made& made = Made::get();
  const auto cases = dialogues(static_cast<std::uint32_t>(state.range(0)),
                               static_cast<std::uint32_t>(state.range(1)));
  Findings findings;
  std::size_t at = 0;
  for (auto _ : state) {
    assess(*made.charter, 0, *cases[at++ % cases.size()], made.question, findings);
    benchmark::DoNotOptimize(findings.at(0, 0));
  }
  state.counters["norms"] = static_cast<double>(findings.norms().size());
}
BENCHMARK(one_dialogue)->ArgNames({"open", "unknown"})->Args({0, 0})->Args({40, 0})->Args({40, 20});

void look_into_one(benchmark::State& state) {
  const Made& made = Made::get();
  const auto cases = dialogues(0, 0);
  std::size_t at = 0;
  for (auto _ : state) {
    const auto& of = *cases[at % cases.size()];
    const auto norm = static_cast<std::uint32_t>(at++ % material::dialogue_norms);
    benchmark::DoNotOptimize(examine(*made.charter, 0, of, made.question, norm));
  }
}
BENCHMARK(look_into_one);

// Every norm over one prepared dialogue, with every part of every expression that was consulted.
void one_dialogue_traced(benchmark::State& state) {
  const Made& made = Made::get();
  const auto cases = dialogues(static_cast<std::uint32_t>(state.range(0)),
                               static_cast<std::uint32_t>(state.range(1)));
  Traces traces(*made.charter, 0, made.question);
  std::size_t at = 0, parts = 0;
  for (auto _ : state) {
    traces.look_into(*cases[at++ % cases.size()]);
    benchmark::DoNotOptimize(traces.examinations().data());
  }
  for (std::uint32_t i = 0; i < made.set().size(); ++i) {
    if (const feel::Trace* const trace = traces.trace(i)) parts += trace->parts.size();
  }
  state.counters["norms"] = static_cast<double>(traces.examinations().size());
  state.counters["parts"] = static_cast<double>(parts);
}
BENCHMARK(one_dialogue_traced)
    ->ArgNames({"open", "unknown"})
    ->Args({0, 0})
    ->Args({40, 20})
    ->Unit(benchmark::kMicrosecond);

// One finding from a prepared dialogue to its text, with what would have made it met.
void explain_one(benchmark::State& state) {
  const Made& made = Made::get();
  const auto cases = dialogues(40, 20);
  std::size_t at = 0;
  for (auto _ : state) {
    const auto norm = static_cast<std::uint32_t>(at % material::dialogue_norms);
    const Explanation told =
        explain(*made.charter, 0, *cases[at++ % cases.size()], norm, made.question);
    benchmark::DoNotOptimize(state.range(0) == 0 ? told.json() : told.text(Language::ar));
  }
}
BENCHMARK(explain_one)->ArgName("text")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

const feel::Cases& many(std::uint32_t count, std::uint32_t open, std::uint32_t unknown) {
  static std::shared_ptr<const feel::Cases> cases;
  static std::string asked;
  const std::string wanted =
      std::to_string(count) + " " + std::to_string(open) + " " + std::to_string(unknown);
  if (asked == wanted) return *cases;
  cases.reset();
  std::vector<std::string> some;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    some.push_back(material::dialogue(i, open, unknown) + "\n");
  }
  std::string lines;
  for (std::uint32_t i = 0; i < count; ++i) lines += some[i % some.size()];
  cases = Made::get().set().read_cases(lines);
  asked = wanted;
  return *cases;
}

void many_dialogues(benchmark::State& state) {
  const Made& made = Made::get();
  const feel::Cases& cases =
      many(static_cast<std::uint32_t>(state.range(0)), static_cast<std::uint32_t>(state.range(2)),
           static_cast<std::uint32_t>(state.range(3)));
  Question question = made.question;
  question.threads = static_cast<unsigned>(state.range(1));
  for (auto _ : state) {
    const Findings findings = assess(*made.charter, 0, cases, question);
    benchmark::DoNotOptimize(findings.outcomes(0).data());
  }
  state.counters["per_finding"] = benchmark::Counter(
      static_cast<double>(state.range(0) * material::dialogue_norms),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(many_dialogues)
    ->ArgNames({"cases", "threads", "open", "unknown"})
    ->Args({1000, 1, 0, 0})
    ->Args({100000, 1, 0, 0})
    ->Args({100000, 2, 0, 0})
    ->Args({100000, 1, 40, 20})
    ->Args({100000, 2, 40, 20})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// A row a finding, with its reason.
void table_of_findings(benchmark::State& state) {
  const Made& made = Made::get();
  const Findings findings = assess(*made.charter, 0, many(1000, 40, 20), made.question);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        findings_table(*made.charter, findings, made.question.on, {}, Language::ar));
  }
  state.counters["per_row"] = benchmark::Counter(
      1000.0 * material::dialogue_norms,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(table_of_findings)->Unit(benchmark::kMillisecond);

// 1,000 dialogues as events, one of each when it opens: read, folded to a day, and what is due.
void obligation_calendar(benchmark::State& state) {
  const Made& made = Made::get();
  std::string events;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    events += R"({"on": "2026-01-01", "case": "d)" + std::to_string(i) +
              R"(", "kind": "dialogue", "facts": )" + material::dialogue(i, 40, 20) + "}\n";
  }
  for (auto _ : state) {
    const auto history = History::read(made.charter, events);
    benchmark::DoNotOptimize(obligations(*history, made.question));
  }
}
BENCHMARK(obligation_calendar)->Unit(benchmark::kMillisecond);

// From its text to norms that can be asked.
void load_charter(benchmark::State& state) {
  const Made& made = Made::get();
  for (auto _ : state) benchmark::DoNotOptimize(Charter::load(made.document));
}
BENCHMARK(load_charter)->Unit(benchmark::kMillisecond);

}  // namespace
