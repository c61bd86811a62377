// SPDX-License-Identifier: Apache-2.0
#include "solver/linear.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "solver/linear_program.hpp"
#include "solver/linear_state.hpp"

namespace partnership::solver {
namespace {

constexpr int iterations_between_questions = 32;

std::size_t index(std::int32_t i) noexcept {
  return static_cast<std::size_t>(i);
}

}  // namespace

bool Watch::asks_to_stop() noexcept {
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
  impl.tell_column(column);
}

void Linear::set_row(std::int32_t row, double lower, double upper) {
  LinearProgram::check_bounds(lower, upper);
  Impl& impl = *impl_;
  impl.program.rows.at(index(row)) = {lower, upper};
  impl.changes(false);
  impl.tell_row(row);
}

void Linear::set_cost(std::int32_t column, double cost) {
  LinearProgram::check_finite(cost);
  Impl& impl = *impl_;
  impl.program.costs.at(index(column)) = cost;
  impl.changes(true);
  impl.tell_cost(column);
}

void Linear::remove_rows_from(std::int32_t row) {
  Impl& impl = *impl_;
  if (row < 0 || row >= impl.rows()) return;
  const auto kept = index(row);
  impl.forget_rows_from(row);
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
    status = impl.solve();
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
