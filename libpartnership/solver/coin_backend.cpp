// SPDX-License-Identifier: Apache-2.0
//
// The program is kept here as well as in Clp, which gets what was added in one go when it must
// solve. So Clp can be thrown away after an error and made anew from what is known.
#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <CoinError.hpp>
#include <CoinMessageHandler.hpp>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <iterator>
#include <new>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "solver/linear.hpp"
#include "solver/linear_program.hpp"

namespace partnership::solver {
namespace {

using Bounds = LinearProgram::Bounds;

constexpr double tolerance = 1e-7;        // of Clp, primal and dual
constexpr double worst_tolerance = 1e-6;  // what an answer may be off, in the program's own units
constexpr int iterations_between_questions = 32;

class Silent final : public CoinMessageHandler {
 public:
  Silent() { setLogLevel(0); }
  int print() override { return 0; }
  CoinMessageHandler* clone() const override { return new Silent(*this); }
};

// What a solve asks while it runs. An exception of the caller's must not pass through Clp.
struct Watch {
  const Limits* limits = nullptr;
  int countdown = 0;
  bool stopped = false;
  std::exception_ptr thrown;

  bool asks_to_stop() noexcept {
    if (stopped) return true;
    if (!limits->stop || --countdown > 0) return false;
    countdown = iterations_between_questions;
    try {
      stopped = limits->stop();
    } catch (...) {
      thrown = std::current_exception();
      stopped = true;
    }
    return stopped;
  }
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

// passInEventHandler() of Clp frees what it has before it makes a copy, for which there may be no
// memory; then it would be freed again.
class Model final : public ClpSimplex {
 public:
  Model(Silent& silent, Watch& watch) {
    passInMessageHandler(&silent);
    setLogLevel(0);
    setPrimalTolerance(tolerance);
    setDualTolerance(tolerance);
    auto watcher = std::make_unique<Watcher>(watch);
    delete eventHandler_;
    eventHandler_ = watcher.release();
  }
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

struct Linear::Impl {
  LinearProgram program;
  Silent silent;
  Watch watch;
  std::unique_ptr<Model> clp;
  std::int32_t known_columns = 0, known_rows = 0;  // to Clp
  std::vector<std::vector<Cell>> new_columns;      // not known to Clp, their cells in known rows
  std::vector<Basis> basis;                        // of the last solve or set; may be short
  bool set_basis_first = false;                    // Clp has another one
  bool primal_feasible = false;                    // the basis is, as far as is known

  LinearAnswer answer;
  std::vector<double> ray;
  std::int64_t iterations = 0;

  std::int32_t columns() const noexcept { return program.column_count(); }
  std::int32_t rows() const noexcept { return program.row_count(); }

  void changes(bool stays_feasible) noexcept {
    primal_feasible = primal_feasible && stays_feasible;
  }
  void forget_clp() noexcept;
  void bring_up_to_date();
  void give_columns();
  void give_rows();
  void give_basis();
  void mend_basis();
  void keep_basis();

  // Runs `work` on Clp. After an error Clp is made anew the next time.
  template <class Work>
  void guarded(const Work& work);
  Status run();
  Status run_once(bool dual, std::int64_t most);
  bool sure(Status status);
  bool keep_answer();
  bool proves(std::vector<double> multipliers);
  bool find_ray();
};

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
    auto fresh = std::make_unique<Model>(silent, watch);
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

Linear::Linear() : impl_(std::make_unique<Impl>()) {}
Linear::~Linear() = default;
Linear::Linear(Linear&&) noexcept = default;
Linear& Linear::operator=(Linear&&) noexcept = default;

std::int32_t Linear::columns() const noexcept {
  return impl_->columns();
}

std::int32_t Linear::rows() const noexcept {
  return impl_->rows();
}

std::int32_t Linear::add_column(double lower, double upper, double cost,
                                std::span<const Cell> rows) {
  LinearProgram::check_bounds(lower, upper);
  LinearProgram::check_finite(cost);
  Impl& impl = *impl_;
  const std::vector<Cell> cells = LinearProgram::tidy(rows, impl.rows());
  std::vector<Cell> known;
  std::copy_if(cells.begin(), cells.end(), std::back_inserter(known),
               [&](const Cell& cell) { return cell.index < impl.known_rows; });
  // Nothing changes before there is room for all of it.
  for (const Cell& cell : cells) make_room(impl.program.cells[index(cell.index)]);
  make_room(impl.program.columns);
  make_room(impl.program.costs);
  make_room(impl.new_columns);
  const std::int32_t column = impl.columns();
  for (const Cell& cell : cells) {
    impl.program.cells[index(cell.index)].push_back({column, cell.value});
  }
  impl.program.columns.push_back({lower, upper});
  impl.program.costs.push_back(cost);
  if (impl.clp) impl.new_columns.push_back(std::move(known));
  impl.changes(lower == 0);
  return column;
}

std::int32_t Linear::add_row(double lower, double upper, std::span<const Cell> columns) {
  LinearProgram::check_bounds(lower, upper);
  Impl& impl = *impl_;
  std::vector<Cell> cells = LinearProgram::tidy(columns, impl.columns());
  make_room(impl.program.rows);
  make_room(impl.program.cells);
  impl.program.rows.push_back({lower, upper});
  impl.program.cells.push_back(std::move(cells));
  impl.changes(false);
  return impl.rows() - 1;
}

void Linear::set_column(std::int32_t column, double lower, double upper) {
  LinearProgram::check_bounds(lower, upper);
  Impl& impl = *impl_;
  impl.program.columns.at(index(column)) = {lower, upper};
  impl.changes(false);
  if (column < impl.known_columns) {
    impl.clp->setColumnBounds(column, PackedLines::bound(lower), PackedLines::bound(upper));
  }
}

void Linear::set_row(std::int32_t row, double lower, double upper) {
  LinearProgram::check_bounds(lower, upper);
  Impl& impl = *impl_;
  impl.program.rows.at(index(row)) = {lower, upper};
  impl.changes(false);
  if (row < impl.known_rows)
    impl.clp->setRowBounds(row, PackedLines::bound(lower), PackedLines::bound(upper));
}

void Linear::set_cost(std::int32_t column, double cost) {
  LinearProgram::check_finite(cost);
  Impl& impl = *impl_;
  impl.program.costs.at(index(column)) = cost;
  impl.changes(true);
  if (column < impl.known_columns) impl.clp->setObjectiveCoefficient(column, cost);
}

void Linear::remove_rows_from(std::int32_t row) {
  Impl& impl = *impl_;
  if (row < 0 || row >= impl.rows()) return;
  const auto kept = index(row);
  if (row < impl.known_rows) {
    std::vector<int> which(static_cast<std::size_t>(impl.known_rows - row));
    std::iota(which.begin(), which.end(), row);
    impl.guarded([&] { impl.clp->deleteRows(static_cast<int>(which.size()), which.data()); });
    impl.known_rows = std::min(impl.known_rows, row);
  }
  impl.program.rows.resize(kept, {0, 0});
  impl.program.cells.resize(kept);
  for (std::vector<Cell>& cells : impl.new_columns) {
    std::erase_if(cells, [&](const Cell& cell) { return cell.index >= row; });
  }
  if (impl.basis.size() > impl.program.columns.size()) impl.basis.clear();
  impl.changes(false);
}

Status Linear::solve(const Limits& limits) {
  Impl& impl = *impl_;
  impl.iterations = 0;
  impl.ray.clear();
  impl.watch = {&limits, 0, false, {}};
  Status status = Status::trouble;
  if (impl.watch.asks_to_stop()) {
    status = Status::cancelled;
  } else if (impl.program.plainly_infeasible(impl.ray)) {
    status = Status::infeasible;
  } else if (!impl.program.has_cells()) {
    status = impl.program.solve_alone(impl.answer, impl.basis);
    impl.set_basis_first = true;
  } else {
    impl.guarded([&] { status = impl.run(); });
  }
  if (impl.watch.thrown) std::rethrow_exception(std::exchange(impl.watch.thrown, nullptr));
  return status;
}

double Linear::objective() const noexcept {
  return impl_->answer.objective;
}

std::span<const double> Linear::values() const noexcept {
  return impl_->answer.values;
}

std::span<const double> Linear::reduced_costs() const noexcept {
  return impl_->answer.reduced_costs;
}

std::span<const double> Linear::duals() const noexcept {
  return impl_->answer.duals;
}

std::span<const double> Linear::activities() const noexcept {
  return impl_->answer.activities;
}

std::span<const double> Linear::ray() const noexcept {
  return impl_->ray;
}

std::int64_t Linear::iterations() const noexcept {
  return impl_->iterations;
}

std::vector<Basis> Linear::basis() const {
  return impl_->basis;
}

void Linear::set_basis(std::span<const Basis> basis) {
  Impl& impl = *impl_;
  if (basis.size() != impl.program.size()) {
    throw Error(Code::internal, "a basis of another linear program");
  }
  impl.basis.assign(basis.begin(), basis.end());
  impl.set_basis_first = true;
  impl.changes(false);
}

}  // namespace partnership::solver
