// SPDX-License-Identifier: Apache-2.0
#include "solver/relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "solver/dense_dual.hpp"

namespace partnership::solver {
namespace {

constexpr std::size_t most_dense = 2000000;  // entries of a table: 16 MB

// Rows are scaled, by powers of two, so that their largest coefficients are about 1.
class Dense final : public Relaxation {
 public:
  struct Row {
    double least, most;  // which it can reach, and a little beyond
    double scale;
  };

  Dense(std::int32_t columns, std::vector<std::vector<Cell>> cells, std::vector<Row> rows)
      : dual_(columns, scaled(std::move(cells), rows)), rows_(std::move(rows)) {}

  void set_bounds(std::int32_t variable, double lower, double upper) override {
    if (variable < dual_.columns()) return dual_.set_bounds(variable, lower, upper);
    const Row& row = rows_[index(variable - dual_.columns())];
    // What the row cannot reach stands for no bound.
    if (lower == -infinite) lower = std::min(row.least, upper);
    if (upper == infinite) upper = std::max(row.most, lower);
    dual_.set_bounds(variable, lower * row.scale, upper * row.scale);
  }
  void set_cost(std::int32_t column, double cost) override { dual_.set_cost(column, cost); }
  void set_basis(std::span<const Basis> basis) override { dual_.set_basis(basis); }
  Status solve(const Limits& limits) override { return dual_.solve(limits); }
  double objective() const override { return dual_.objective(); }
  std::span<const double> values() const override {
    return dual_.values().first(index(dual_.columns()));
  }
  double reduced_cost(std::int32_t column) const override { return dual_.reduced_cost(column); }
  double dual(std::int32_t row) const override {
    return dual_.reduced_cost(dual_.columns() + row) * rows_[index(row)].scale;
  }
  std::vector<double> ray() const override {
    std::vector<double> result = dual_.ray();
    for (std::size_t i = 0; i < result.size(); ++i) result[i] *= rows_[i].scale;
    return result;
  }
  std::vector<Basis> basis() const override { return dual_.basis(); }
  std::int64_t iterations() const override { return dual_.iterations(); }

 private:
  static std::size_t index(std::int32_t i) noexcept { return static_cast<std::size_t>(i); }
  static std::vector<std::vector<Cell>> scaled(std::vector<std::vector<Cell>> cells,
                                               const std::vector<Row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (Cell& cell : cells[i]) cell.value *= rows[i].scale;
    }
    return cells;
  }

  DenseDual dual_;
  std::vector<Row> rows_;
};

class Sparse final : public Relaxation {
 public:
  Sparse(const IntegerProgram& program, const std::vector<std::vector<Cell>>& rows) {
    for (const IntegerProgram::Column& column : program.columns) {
      linear_.add_column(static_cast<double>(column.lower), static_cast<double>(column.upper), 0);
    }
    for (const std::vector<Cell>& row : rows) linear_.add_row(-infinite, infinite, row);
  }

  void set_bounds(std::int32_t variable, double lower, double upper) override {
    if (variable < linear_.columns()) {
      linear_.set_column(variable, lower, upper);
    } else {
      linear_.set_row(variable - linear_.columns(), lower, upper);
    }
  }
  void set_cost(std::int32_t column, double cost) override { linear_.set_cost(column, cost); }
  void set_basis(std::span<const Basis> basis) override { linear_.set_basis(basis); }
  Status solve(const Limits& limits) override {
    const Status status = linear_.solve(limits);
    objective_ = -infinite;
    if (status == Status::optimal) {
      objective_ = linear_.objective();
      values_.assign(linear_.values().begin(), linear_.values().end());
    }
    // Every column has two bounds, so there is no such thing.
    return status == Status::unbounded ? Status::trouble : status;
  }
  double objective() const override { return objective_; }
  std::span<const double> values() const override { return values_; }
  double reduced_cost(std::int32_t column) const override {
    return linear_.reduced_costs()[static_cast<std::size_t>(column)];
  }
  double dual(std::int32_t row) const override {
    return linear_.duals()[static_cast<std::size_t>(row)];
  }
  std::vector<double> ray() const override { return {linear_.ray().begin(), linear_.ray().end()}; }
  std::vector<Basis> basis() const override { return linear_.basis(); }
  std::int64_t iterations() const override { return linear_.iterations(); }

 private:
  Linear linear_;
  double objective_ = -infinite;
  std::vector<double> values_;
};

double in_doubles(std::int64_t bound) {
  if (bound == no_bound) return infinite;
  return bound == -no_bound ? -infinite : static_cast<double>(bound);
}

}  // namespace

std::unique_ptr<Relaxation> Relaxation::of(const IntegerProgram& program, bool robust) {
  std::vector<std::vector<Cell>> cells;
  std::vector<Dense::Row> rows;
  for (const IntegerProgram::Row& row : program.rows) {
    std::vector<Cell>& own = cells.emplace_back();
    double least = 0, most = 0, largest = 1;
    for (const IntegerProgram::Term& term : row.terms) {
      const IntegerProgram::Column& column = program.columns[static_cast<std::size_t>(term.column)];
      const auto value = static_cast<double>(term.coefficient);
      const double a = value * static_cast<double>(column.lower);
      const double b = value * static_cast<double>(column.upper);
      own.push_back({term.column, value});
      least += std::min(a, b);
      most += std::max(a, b);
      largest = std::max(largest, std::abs(value));
    }
    rows.push_back({least - largest, most + largest, std::ldexp(1.0, -std::ilogb(largest))});
  }
  const auto columns = static_cast<std::int32_t>(program.columns.size());
  std::unique_ptr<Relaxation> result;
  if (!robust && program.columns.size() * program.rows.size() <= most_dense) {
    result = std::make_unique<Dense>(columns, std::move(cells), std::move(rows));
  } else {
    result = std::make_unique<Sparse>(program, cells);
  }
  std::int32_t variable = 0;
  for (const IntegerProgram::Column& column : program.columns) {
    result->set_bounds(variable++, in_doubles(column.lower), in_doubles(column.upper));
  }
  for (const IntegerProgram::Row& row : program.rows) {
    result->set_bounds(variable++, in_doubles(row.lower), in_doubles(row.upper));
  }
  return result;
}

}  // namespace partnership::solver
