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

void check(const IntegerProgram& program) {
  const auto columns = static_cast<std::int32_t>(program.columns.size());
  std::vector<std::int32_t> last(program.columns.size(), -1);
  for (std::size_t i = 0; i < program.rows.size(); ++i) {
    double sum = 0;
    for (const IntegerProgram::Term& term : program.rows[i].terms) {
      if (term.column < 0 || term.column >= columns) {
        throw Error(Code::internal, "an index of an integer program is beyond its end");
      }
      if (std::exchange(last[at(term.column)], static_cast<std::int32_t>(i)) ==
          static_cast<std::int32_t>(i)) {
        throw Error(Code::internal, "a column comes twice in a row of an integer program");
      }
      const IntegerProgram::Column& column = program.columns[at(term.column)];
      sum += std::abs(static_cast<double>(term.coefficient)) *
             std::max(std::abs(static_cast<double>(column.lower)),
                      std::abs(static_cast<double>(column.upper)));
    }
    if (sum > most_exact) {
      throw Error(Code::limit, "the numbers of an integer program are too large");
    }
  }
}

}  // namespace

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

struct IntegerSolver::Impl {
  IntegerProgram program;
  std::vector<std::int32_t> columns;  // of the search: those that are not fixed
  std::optional<IntegerSearch> search;
};

IntegerSolver::IntegerSolver(IntegerProgram program) : impl_(std::make_unique<Impl>()) {
  check(program);
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
  impl_->search.reset();
}

void IntegerSolver::set_row(std::int32_t row, std::int64_t lower, std::int64_t upper) {
  IntegerProgram::Row& own = impl_->program.rows.at(at(row));
  own.lower = lower;
  own.upper = upper;
  impl_->search.reset();
}

IntegerAnswer IntegerSolver::solve(const IntegerQuestion& question) {
  Impl& impl = *impl_;
  if (!impl.search) impl.search.emplace(impl.program);
  return impl.search->run(question);
}

}  // namespace partnership::solver
