// SPDX-License-Identifier: Apache-2.0
//
// The solver room on programs as committees make them: linear programs cold and warm, an exact
// basis, a panel, a best panel, a proof that there is none better. Shapes by number: 0 is 150
// nominees for 22 seats, 1 is 825 for 75, 2 is 1,727 for 110.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "solver/branch_proof.hpp"
#include "solver/exact.hpp"
#include "solver/integer.hpp"
#include "solver/linear.hpp"
#include "solver/panel_programs.hpp"
#include "solver/relaxation.hpp"

namespace {

namespace solver = partnership::solver;
using partnership::Rational;

solver::IntegerProgram shape(std::int64_t number) {
  static const solver::PanelShape shapes[] = {
      {150, 22, 5, 4, 1, 1}, {825, 75, 6, 4, 1, 2}, {1727, 110, 7, 3, 1, 3}};
  return solver::panel_program(shapes[number]);
}

std::vector<std::vector<double>> costs_for(const solver::IntegerProgram& program, int count) {
  std::mt19937 random(7);
  std::vector<std::vector<double>> result;
  for (int k = 0; k < count; ++k) {
    result.push_back(solver::random_costs(random, program.columns.size(), 1000));
  }
  return result;
}

void label(benchmark::State& state, const solver::IntegerProgram& program) {
  state.SetLabel(std::to_string(program.columns.size()) + " types, " +
                 std::to_string(program.rows.size()) + " rows");
}

// The greatest z with z * nominees of a type at most what the type gets: the first level of a
// leximin lottery. Columns: what types get beyond that, then z.
solver::ExactProgram fairness_program(const solver::IntegerProgram& panels) {
  solver::ExactProgram program;
  for (std::size_t j = 0; j < panels.columns.size(); ++j) {
    program.columns.push_back({{Rational(0), std::nullopt}, 0});
  }
  const auto z = static_cast<std::int32_t>(panels.columns.size());
  program.columns.push_back({{Rational(0), Rational(1)}, -1});
  for (const auto& row : panels.rows) {
    solver::ExactProgram::Row& exact = program.rows.emplace_back();
    exact.bounds = {Rational(row.lower), Rational(row.upper)};
    std::int64_t nominees = 0;
    for (const auto& term : row.terms) {
      exact.cells.push_back({term.column, 1});
      nominees += panels.columns[static_cast<std::size_t>(term.column)].upper;
    }
    exact.cells.push_back({z, nominees});
  }
  return program;
}

void linear_cold(benchmark::State& state) {
  const solver::IntegerProgram panels = shape(state.range(0));
  const solver::ExactProgram program = fairness_program(panels);
  std::int64_t iterations = 0;
  for (auto _ : state) {
    solver::Linear linear = program.linear();
    if (linear.solve() != solver::Status::optimal) state.SkipWithError("no optimum");
    iterations += linear.iterations();
  }
  state.counters["simplex"] =
      benchmark::Counter(static_cast<double>(iterations), benchmark::Counter::kAvgIterations);
  label(state, panels);
}
BENCHMARK(linear_cold)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

void exact_basis(benchmark::State& state) {
  const solver::IntegerProgram panels = shape(state.range(0));
  const solver::ExactProgram program = fairness_program(panels);
  solver::Linear linear = program.linear();
  linear.solve();
  const std::vector<solver::Basis> basis = linear.basis();
  for (auto _ : state) {
    const solver::ExactAnswer answer = solver::solve_exactly(program, basis);
    if (answer.status != solver::Status::optimal) state.SkipWithError("no optimum");
    state.counters["bits"] = answer.values.back().den().bits();
    state.counters["pivots"] = answer.pivots;
  }
  label(state, panels);
}
BENCHMARK(exact_basis)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

// One column is fixed at the other side of its value, and freed again, as at nodes of a search.
void node(benchmark::State& state, bool robust) {
  const solver::IntegerProgram panels = shape(state.range(0));
  const std::unique_ptr<solver::Relaxation> relaxation = solver::Relaxation::of(panels, robust);
  const std::vector<double> costs = costs_for(panels, 1)[0];
  for (std::size_t j = 0; j < costs.size(); ++j) {
    relaxation->set_cost(static_cast<std::int32_t>(j), costs[j]);
  }
  relaxation->solve({});
  const std::vector<double> values(relaxation->values().begin(), relaxation->values().end());
  std::vector<std::int32_t> used;
  for (std::size_t j = 0; j < costs.size(); ++j) {
    if (values[j] > 0.5) used.push_back(static_cast<std::int32_t>(j));
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const std::int32_t column = used[next++ % used.size()];
    const auto j = static_cast<std::size_t>(column);
    relaxation->set_bounds(column, 0, std::ceil(values[j]) - 1);
    benchmark::DoNotOptimize(relaxation->solve({}));
    relaxation->set_bounds(column, 0, static_cast<double>(panels.columns[j].upper));
    benchmark::DoNotOptimize(relaxation->solve({}));
  }
  state.SetItemsProcessed(2 * state.iterations());
  label(state, panels);
}
BENCHMARK_CAPTURE(node, dense, false)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(node, clp, true)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

void panel(benchmark::State& state, bool first) {
  const solver::IntegerProgram panels = shape(state.range(0));
  const std::vector<std::vector<double>> costs = costs_for(panels, 16);
  solver::IntegerSolver kept(panels);
  std::size_t next = 0;
  std::int64_t nodes = 0;
  for (auto _ : state) {
    solver::IntegerQuestion question;
    question.costs = costs[next++ % costs.size()];
    question.first = first;
    const solver::IntegerAnswer answer = kept.solve(question);
    if (answer.status != solver::Status::optimal) state.SkipWithError("no panel");
    nodes += answer.nodes;
  }
  state.counters["nodes"] =
      benchmark::Counter(static_cast<double>(nodes), benchmark::Counter::kAvgIterations);
  label(state, panels);
}
BENCHMARK_CAPTURE(panel, first, true)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(panel, best, false)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

void proof_of_the_best(benchmark::State& state) {
  const solver::IntegerProgram panels = shape(state.range(0));
  const std::vector<std::vector<double>> costs = costs_for(panels, 8);
  solver::IntegerSolver kept(panels);
  std::vector<std::vector<Rational>> terms;
  std::vector<Rational> bounds;
  for (const std::vector<double>& some : costs) {
    solver::IntegerQuestion question;
    question.costs = some;
    bounds.push_back(-Rational::of(kept.solve(question).cost));
    std::vector<Rational>& own = terms.emplace_back();
    for (const double cost : some) own.push_back(-Rational::of(cost));
  }
  std::size_t next = 0;
  std::int64_t nodes = 0;
  for (auto _ : state) {
    const std::size_t k = next++ % terms.size();
    const solver::ProofAnswer answer = solver::prove_bound(panels, {terms[k], bounds[k], {}});
    if (answer.status != solver::Status::optimal) state.SkipWithError("no proof");
    nodes += answer.nodes;
  }
  state.counters["nodes"] =
      benchmark::Counter(static_cast<double>(nodes), benchmark::Counter::kAvgIterations);
  label(state, panels);
}
BENCHMARK(proof_of_the_best)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond);

}  // namespace
