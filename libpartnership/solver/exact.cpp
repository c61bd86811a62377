// SPDX-License-Identifier: Apache-2.0
#include "solver/exact.hpp"

#include <utility>

#include "solver/exact_simplex.hpp"

namespace partnership::solver {
namespace {

double in_doubles(const std::optional<Rational>& bound, double otherwise) {
  return bound ? bound->approximate() : otherwise;
}

}  // namespace

Linear ExactProgram::linear() const {
  Linear result;
  for (const Column& column : columns) {
    result.add_column(in_doubles(column.bounds.lower, -infinite),
                      in_doubles(column.bounds.upper, infinite), column.cost.approximate());
  }
  std::vector<solver::Cell> cells;
  for (const Row& row : rows) {
    cells.clear();
    for (const Cell& cell : row.cells) cells.push_back({cell.column, cell.value.approximate()});
    result.add_row(in_doubles(row.bounds.lower, -infinite), in_doubles(row.bounds.upper, infinite),
                   cells);
  }
  return result;
}

ExactAnswer solve_exactly(const ExactProgram& program, std::span<const Basis> basis,
                          const ExactLimits& limits) {
  return ExactSimplex(program, basis, limits).run();
}

std::optional<Rational> proved_bound(const ExactProgram& program, std::span<const Rational> terms,
                                     std::span<const Rational> multipliers) {
  std::vector<Rational> left(terms.begin(), terms.end());
  left.resize(program.columns.size());
  Rational total;
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    const Rational& y = multipliers[i];
    if (y.sign() == 0) continue;
    const ExactProgram::Row& row = program.rows[i];
    const std::optional<Rational>& bound = y.sign() > 0 ? row.bounds.upper : row.bounds.lower;
    if (!bound) return std::nullopt;
    total += y * *bound;
    for (const ExactProgram::Cell& cell : row.cells) left[at(cell.column)] -= y * cell.value;
  }
  for (std::size_t j = 0; j < left.size(); ++j) {
    if (left[j].sign() == 0) continue;
    const ExactBounds& bounds = program.columns[j].bounds;
    const std::optional<Rational>& bound = left[j].sign() > 0 ? bounds.upper : bounds.lower;
    if (!bound) return std::nullopt;
    total += left[j] * *bound;
  }
  return total;
}

}  // namespace partnership::solver
