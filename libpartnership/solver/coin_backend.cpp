// SPDX-License-Identifier: Apache-2.0
#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <CoinError.hpp>
#include <CoinMessageHandler.hpp>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <new>
#include <numeric>
#include <utility>

#include "solver/linear_program.hpp"
#include "solver/linear_state.hpp"

namespace partnership::solver {
namespace {

using Bounds = LinearProgram::Bounds;

constexpr double tolerance = 1e-7;        // of Clp, primal and dual
constexpr double worst_tolerance = 1e-6;  // what an answer may be off, in the program's own units

class Silent final : public CoinMessageHandler {
 public:
  Silent() { setLogLevel(0); }
  int print() override { return 0; }
  CoinMessageHandler* clone() const override { return new Silent(*this); }
};

class Watcher final : public ClpEventHandler {
 public:
  explicit Watcher(Watch& watch) : watch_(&watch) {}
  int event(Event which) override {
    return which == endOfIteration && watch_->asks_to_stop() ? 0 : -1;
  }
  ClpEventHandler* clone() const override { return new Watcher(*this); }

 private:
  Watch* watch_;
};

// Where a nonbasic variable rests: at a bound that it has.
ClpSimplex::Status mended_status(ClpSimplex::Status status, const Bounds& bounds) noexcept {
  if (status == ClpSimplex::basic) return status;
  if (bounds.lower == bounds.upper) return ClpSimplex::isFixed;
  if (status == ClpSimplex::atUpperBound && bounds.upper != infinite) return status;
  if (bounds.lower != -infinite) return ClpSimplex::atLowerBound;
  return bounds.upper != infinite ? ClpSimplex::atUpperBound : ClpSimplex::isFree;
}

Basis basis_of(ClpSimplex::Status status, const Bounds& bounds, double value) noexcept {
  if (status == ClpSimplex::basic) return Basis::basic;
  if (std::isinf(bounds.lower) && std::isinf(bounds.upper)) return Basis::free;
  return value - bounds.lower <= bounds.upper - value ? Basis::at_lower : Basis::at_upper;
}

ClpSimplex::Status status_of(Basis basis, const Bounds& bounds) noexcept {
  if (basis == Basis::basic) return ClpSimplex::basic;
  return mended_status(
      basis == Basis::at_upper ? ClpSimplex::atUpperBound : ClpSimplex::atLowerBound, bounds);
}

std::size_t index(std::int32_t i) noexcept {
  return static_cast<std::size_t>(i);
}

}  // namespace

struct Silence {
  Silent silent;
};

// passInEventHandler() of Clp frees what it has before it makes a copy, for which there may be no
// memory; then it would be freed again.
class Backend final : private Silence, public ClpSimplex {
 public:
  explicit Backend(Watch& watch) {
    passInMessageHandler(&silent);
    setLogLevel(0);
    setPrimalTolerance(tolerance);
    setDualTolerance(tolerance);
    auto watcher = std::make_unique<Watcher>(watch);
    delete eventHandler_;
    eventHandler_ = watcher.release();
  }
};

Linear::Impl::Impl() = default;
Linear::Impl::~Impl() = default;

void Linear::Impl::forget_clp() noexcept {
  clp.reset();
  known_columns = known_rows = 0;
  new_columns.clear();
  set_basis_first = true;
  primal_feasible = false;
}

template <class Work>
void Linear::Impl::guarded(const Work& work) {
  try {
    work();
  } catch (const std::bad_alloc&) {
    forget_clp();
    throw;
  } catch (...) {  // CoinError is no std::exception; some versions throw numbers
    forget_clp();
  }
}

void Linear::Impl::bring_up_to_date() {
  if (!clp) {
    auto fresh = std::make_unique<Backend>(watch);
    new_columns.assign(program.columns.size(), {});
    clp = std::move(fresh);
    set_basis_first = true;
  }
  if (known_columns < columns()) give_columns();
  if (known_rows < rows()) give_rows();
  if (!clp->statusExists()) clp->createStatus();
  if (set_basis_first) {
    give_basis();
  } else {
    mend_basis();
  }
}

void Linear::Impl::give_columns() {
  PackedLines lines;
  for (std::int32_t j = known_columns; j < columns(); ++j) {
    lines.add(program.columns[index(j)], new_columns[index(j - known_columns)]);
  }
  clp->addColumns(columns() - known_columns, lines.lower.data(), lines.upper.data(),
                  program.costs.data() + known_columns, lines.starts.data(), lines.indices.data(),
                  lines.elements.data());
  known_columns = columns();
  new_columns.clear();
}

void Linear::Impl::give_rows() {
  PackedLines lines;
  for (std::int32_t i = known_rows; i < rows(); ++i) {
    lines.add(program.rows[index(i)], program.cells[index(i)]);
  }
  clp->addRows(rows() - known_rows, lines.lower.data(), lines.upper.data(), lines.starts.data(),
               lines.indices.data(), lines.elements.data());
  known_rows = rows();
}

void Linear::Impl::give_basis() {
  set_basis_first = false;
  if (!clp->statusExists()) clp->createStatus();            // a fresh one has nowhere to keep them
  if (basis.size() != program.size()) return mend_basis();  // Clp's own first one
  for (std::int32_t j = 0; j < columns(); ++j) {
    clp->setColumnStatus(j, status_of(basis[index(j)], program.columns[index(j)]));
  }
  for (std::int32_t i = 0; i < rows(); ++i) {
    clp->setRowStatus(i, status_of(basis[index(columns() + i)], program.rows[index(i)]));
  }
}

// Clp does not look whether a variable rests at a bound that it no longer has, or at none though
// it has one now, and may call what it then finds optimal.
void Linear::Impl::mend_basis() {
  for (std::int32_t j = 0; j < columns(); ++j) {
    const ClpSimplex::Status status = clp->getColumnStatus(j);
    const ClpSimplex::Status mended = mended_status(status, program.columns[index(j)]);
    if (mended != status) clp->setColumnStatus(j, mended);
  }
  for (std::int32_t i = 0; i < rows(); ++i) {
    const ClpSimplex::Status status = clp->getRowStatus(i);
    const ClpSimplex::Status mended = mended_status(status, program.rows[index(i)]);
    if (mended != status) clp->setRowStatus(i, mended);
  }
}

void Linear::Impl::keep_basis() {
  basis.resize(program.size());
  const double* values = clp->primalColumnSolution();
  for (std::int32_t j = 0; j < columns(); ++j) {
    basis[index(j)] = basis_of(clp->getColumnStatus(j), program.columns[index(j)], values[j]);
  }
  values = clp->primalRowSolution();
  for (std::int32_t i = 0; i < rows(); ++i) {
    basis[index(columns() + i)] = basis_of(clp->getRowStatus(i), program.rows[index(i)], values[i]);
  }
}

Status Linear::Impl::run_once(bool dual, std::int64_t most) {
  clp->setRandomSeed(1234567);
  clp->setNumberIterations(0);
  clp->setMaximumIterations(
      static_cast<int>(std::min<std::int64_t>(most, std::numeric_limits<int>::max() / 4)));
  if (dual) {
    clp->dual();
  } else {
    clp->primal();
  }
  iterations += clp->numberIterations();
  if (watch.stopped) return Status::cancelled;
  switch (clp->status()) {
    case 0:
      return Status::optimal;
    case 1:
      return Status::infeasible;
    case 2:
      return Status::unbounded;
    case 3:
      return Status::limit;
    default:
      return Status::trouble;
  }
}

Status Linear::Impl::run() {
  bring_up_to_date();
  const std::int64_t most = watch.limits->iterations;
  Status status = run_once(!primal_feasible, most);
  if (!sure(status) && most > iterations) {
    // A second look, from where the first one ended and in the program's own units.
    const int scaling = clp->scalingFlag();
    clp->scaling(0);
    status = run_once(false, most - iterations);
    if (!sure(status) && status == Status::optimal) status = Status::trouble;
    clp->scaling(scaling);
  }
  primal_feasible = status == Status::optimal;
  return status;
}

// Whether what Clp says is shown, or needs not be. Its dual method calls some unbounded programs
// infeasible.
bool Linear::Impl::sure(Status status) {
  keep_basis();
  switch (status) {
    case Status::optimal:
      return keep_answer();
    case Status::infeasible:
      return find_ray();
    case Status::limit:
    case Status::cancelled:
      return true;
    default:
      return false;
  }
}

bool Linear::Impl::keep_answer() {
  const auto keep = [](std::vector<double>& into, const double* from) {
    std::copy_n(from, into.size(), into.begin());
  };
  answer.values.resize(program.columns.size());
  answer.reduced_costs.resize(program.columns.size());
  answer.duals.resize(program.rows.size());
  keep(answer.values, clp->primalColumnSolution());
  keep(answer.reduced_costs, clp->dualColumnSolution());
  keep(answer.duals, clp->dualRowSolution());
  return program.complete(answer, worst_tolerance);
}

// Keeps the multipliers, or their opposite, as the ray where they prove that there is no solution.
bool Linear::Impl::proves(std::vector<double> multipliers) {
  double largest = 0;
  for (const double y : multipliers) largest = std::max(largest, std::abs(y));
  if (!(largest > 0) || std::isinf(largest)) return false;
  for (double& y : multipliers) {
    y /= largest;
    if (std::abs(y) < 1e-11) y = 0;
  }
  for (int turn = 0; turn < 2; ++turn) {
    if (program.proved_by(multipliers) < 0) {
      ray = std::move(multipliers);
      return true;
    }
    for (double& y : multipliers) y = -y;
  }
  return false;
}

// Clp's own ray has wrong signs now and then (so in 1.17, where a warm start is found infeasible
// without a pivot). The row of the inverse for a basic variable beyond its bound is right then.
bool Linear::Impl::find_ray() {
  const std::unique_ptr<double[]> found(clp->infeasibilityRay());
  if (found && proves({found.get(), found.get() + program.rows.size()})) return true;
  clp->setProblemStatus(0);
  if (clp->startup(0) != 0) return false;
  std::vector<double> row(program.size());
  for (int i = 0; i < rows() && ray.empty(); ++i) {
    clp->getBInvRow(i, row.data());
    proves({row.begin(), row.begin() + rows()});
  }
  clp->finish();
  return !ray.empty();
}

void Linear::Impl::tell_column(std::int32_t column) {
  if (column >= known_columns) return;
  const Bounds& bounds = program.columns[index(column)];
  clp->setColumnBounds(column, PackedLines::bound(bounds.lower), PackedLines::bound(bounds.upper));
}

void Linear::Impl::tell_row(std::int32_t row) {
  if (row >= known_rows) return;
  const Bounds& bounds = program.rows[index(row)];
  clp->setRowBounds(row, PackedLines::bound(bounds.lower), PackedLines::bound(bounds.upper));
}

void Linear::Impl::tell_cost(std::int32_t column) {
  if (column < known_columns) clp->setObjectiveCoefficient(column, program.costs[index(column)]);
}

void Linear::Impl::forget_rows_from(std::int32_t row) {
  if (row >= known_rows) return;
  std::vector<int> which(static_cast<std::size_t>(known_rows - row));
  std::iota(which.begin(), which.end(), row);
  guarded([&] { clp->deleteRows(static_cast<int>(which.size()), which.data()); });
  known_rows = std::min(known_rows, row);
}

Status Linear::Impl::solve() {
  Status status = Status::trouble;
  guarded([&] { status = run(); });
  return status;
}

}  // namespace partnership::solver
