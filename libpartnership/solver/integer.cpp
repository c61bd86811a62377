// SPDX-License-Identifier: Apache-2.0
#include "solver/integer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "solver/integer_search.hpp"

namespace partnership::solver {
namespace {

constexpr double most_exact = 4503599627370496;  // 2^52

std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

}  // namespace

void IntegerProgram::check() const {
  const auto count = static_cast<std::int32_t>(columns.size());
  std::vector<std::int32_t> last(columns.size(), -1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = 0;
    for (const Term& term : rows[i].terms) {
      if (term.column < 0 || term.column >= count) {
        throw Error(Code::internal, "an index of an integer program is beyond its end");
      }
      if (std::exchange(last[at(term.column)], static_cast<std::int32_t>(i)) ==
          static_cast<std::int32_t>(i)) {
        throw Error(Code::internal, "a column comes twice in a row of an integer program");
      }
      const Column& column = columns[at(term.column)];
      sum += std::abs(static_cast<double>(term.coefficient)) *
             std::max(std::abs(static_cast<double>(column.lower)),
                      std::abs(static_cast<double>(column.upper)));
    }
    if (!(sum <= most_exact)) {
      throw Error(Code::limit, "the numbers of an integer program are too large");
    }
  }
}

bool IntegerProgram::has_room() const noexcept {
  const auto room = [](const auto& one) { return one.lower <= one.upper; };
  return std::all_of(columns.begin(), columns.end(), room) &&
         std::all_of(rows.begin(), rows.end(), room);
}

bool IntegerProgram::obeyed_by(std::span<const std::int64_t> values) const {
  if (values.size() != columns.size()) return false;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    if (values[j] < columns[j].lower || values[j] > columns[j].upper) return false;
  }
  for (const Row& row : rows) {
    std::int64_t sum = 0;
    for (const Term& term : row.terms) sum += term.coefficient * values[at(term.column)];
    if (row.lower != -no_bound && sum < row.lower) return false;
    if (row.upper != no_bound && sum > row.upper) return false;
  }
  return true;
}

// A search over the columns that are not fixed. It is kept, warm, as long as they stay so.
struct IntegerSolver::Impl {
  IntegerProgram program;
  std::optional<IntegerSearch> search;
  std::vector<std::int32_t> columns;           // of the search
  std::vector<IntegerProgram::Column> widest;  // the program's bounds when the search was made
  std::vector<std::int64_t> fixed;             // of rows: what the columns left out add up to
  std::vector<Basis> basis;                    // of the program, where there was a search

  bool fits() const;
  void keep_basis();
  void make_search();
  void bring_up_to_date();
  IntegerAnswer run(const IntegerQuestion& question);
};

// Whether the search is of the right columns. Some that are fixed may be among them.
bool IntegerSolver::Impl::fits() const {
  if (!search) return false;
  std::size_t next = 0, open = 0;
  for (std::size_t j = 0; j < program.columns.size(); ++j) {
    const auto [lower, upper] = program.columns[j];
    const bool in_search = next < columns.size() && at(columns[next]) == j;
    if (in_search) ++next;
    if (lower != upper) ++open;
    if (!in_search && (lower != upper || lower != widest[j].lower)) return false;
    if (lower < widest[j].lower || upper > widest[j].upper) return false;
  }
  return 2 * open >= columns.size();
}

void IntegerSolver::Impl::keep_basis() {
  if (!search) return;
  const std::vector<Basis> own = search->basis();
  basis.assign(program.columns.size() + program.rows.size(), Basis::at_lower);
  for (std::size_t k = 0; k < columns.size(); ++k) basis[at(columns[k])] = own[k];
  std::copy(own.begin() + static_cast<std::ptrdiff_t>(columns.size()), own.end(),
            basis.begin() + static_cast<std::ptrdiff_t>(program.columns.size()));
}

void IntegerSolver::Impl::make_search() {
  keep_basis();
  const Luck luck = search ? search->luck() : Luck();
  search.reset();
  std::vector<bool> keep;
  std::vector<std::int64_t> values;
  for (const IntegerProgram::Column& column : program.columns) {
    keep.push_back(column.lower != column.upper);
    values.push_back(column.lower);
  }
  ReducedProgram reduced = ReducedProgram::of(program, keep, values);
  fixed = std::move(reduced.fixed);
  columns = std::move(reduced.columns);
  widest = program.columns;
  search.emplace(std::move(reduced.program));
  search->set_luck(luck);
  if (basis.empty()) return;
  std::vector<Basis> own;
  for (const std::int32_t column : columns) own.push_back(basis[at(column)]);
  own.insert(own.end(), basis.begin() + static_cast<std::ptrdiff_t>(program.columns.size()),
             basis.end());
  search->set_basis(own);
}

void IntegerSolver::Impl::bring_up_to_date() {
  if (!fits()) return make_search();
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto [lower, upper] = program.columns[at(columns[k])];
    search->set_column(static_cast<std::int32_t>(k), lower, upper);
  }
  for (std::size_t i = 0; i < program.rows.size(); ++i) {
    const IntegerProgram::Row& row = program.rows[i];
    search->set_row(static_cast<std::int32_t>(i),
                    row.lower == -no_bound ? -no_bound : row.lower - fixed[i],
                    row.upper == no_bound ? no_bound : row.upper - fixed[i]);
  }
}

IntegerAnswer IntegerSolver::Impl::run(const IntegerQuestion& question) {
  try {
    return search->run(question);
  } catch (...) {  // memory, or the caller's own: what the search holds may be half changed
    search.reset();
    throw;
  }
}

IntegerSolver::IntegerSolver(IntegerProgram program) : impl_(std::make_unique<Impl>()) {
  program.check();
  impl_->program = std::move(program);
}

IntegerSolver::~IntegerSolver() = default;
IntegerSolver::IntegerSolver(IntegerSolver&&) noexcept = default;
IntegerSolver& IntegerSolver::operator=(IntegerSolver&&) noexcept = default;

const IntegerProgram& IntegerSolver::program() const noexcept {
  return impl_->program;
}

void IntegerSolver::set_column(std::int32_t column, std::int64_t lower, std::int64_t upper) {
  impl_->program.columns.at(at(column)) = {lower, upper};
}

void IntegerSolver::set_row(std::int32_t row, std::int64_t lower, std::int64_t upper) {
  IntegerProgram::Row& own = impl_->program.rows.at(at(row));
  own.lower = lower;
  own.upper = upper;
}

IntegerAnswer IntegerSolver::solve(const IntegerQuestion& question) {
  Impl& impl = *impl_;
  const std::vector<IntegerProgram::Column>& own = impl.program.columns;
  if (!question.costs.empty() && question.costs.size() != own.size()) {
    throw Error(Code::internal, "an integer program has other columns than costs");
  }
  IntegerAnswer answer;
  if (!impl.program.has_room()) {
    answer.status = Status::infeasible;
    answer.bound = infinite;
    return answer;
  }
  impl.bring_up_to_date();
  std::vector<std::int64_t> values;
  values.reserve(own.size());
  std::vector<double> costs;
  double fixed = 0;
  for (const IntegerProgram::Column& column : own) values.push_back(column.lower);
  if (!question.costs.empty()) {
    for (std::size_t j = 0; j < own.size(); ++j) {
      fixed += question.costs[j] * static_cast<double>(values[j]);
    }
    for (const std::int32_t column : impl.columns) {
      costs.push_back(question.costs[at(column)]);
      fixed -= costs.back() * static_cast<double>(values[at(column)]);
    }
  }
  const auto whole = [&](std::span<const std::int64_t> found) {
    for (std::size_t k = 0; k < found.size(); ++k) values[at(impl.columns[k])] = found[k];
  };
  IntegerQuestion inner = question;
  inner.costs = costs;
  inner.better_than -= fixed;
  if (question.found) {
    inner.found = [&](std::span<const std::int64_t> found, double cost) {
      whole(found);
      return question.found(values, cost + fixed);
    };
  }
  answer = impl.run(inner);
  if (answer.cost < infinite) {
    whole(answer.values);
    answer.values = std::move(values);
  }
  answer.cost += fixed;
  answer.bound += fixed;
  return answer;
}

}  // namespace partnership::solver
