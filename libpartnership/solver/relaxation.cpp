// SPDX-License-Identifier: Apache-2.0
#include "solver/relaxation.hpp"

#include <algorithm>
#include <utility>

#include "solver/dense_dual.hpp"

namespace partnership::solver {
namespace {

constexpr std::size_t most_dense = 2000000;  // entries of a table: 16 MB

class Dense final : public Relaxation {
 public:
  Dense(std::int32_t columns, std::vector<std::vector<Cell>> rows)
      : dual_(columns, std::move(rows)) {}

  void set_bounds(std::int32_t variable, double lower, double upper) override {
    if (variable >= dual_.columns()) {
      // What the row cannot reach stands for no bound.
      const Reach& reach = reach_[static_cast<std::size_t>(variable - dual_.columns())];
      if (lower == -infinite) lower = std::min(reach.least, upper);
      if (upper == infinite) upper = std::max(reach.most, lower);
    }
    dual_.set_bounds(variable, lower, upper);
  }
  void set_cost(std::int32_t column, double cost) override { dual_.set_cost(column, cost); }
  void set_basis(std::span<const Basis> basis) override { dual_.set_basis(basis); }
  Status solve(const Limits& limits) override { return dual_.solve(limits); }
  double objective() const override { return dual_.objective(); }
  std::span<const double> values() const override { return dual_.values(); }
  double reduced_cost(std::int32_t variable) const override { return dual_.reduced_cost(variable); }
  std::vector<double> ray() const override { return dual_.ray(); }
  std::vector<Basis> basis() const override { return dual_.basis(); }
  std::int64_t iterations() const override { return dual_.iterations(); }

  struct Reach {
    double least, most;
  };
  void set_reach(std::vector<Reach> reach) { reach_ = std::move(reach); }

 private:
  DenseDual dual_;
  std::vector<Reach> reach_;  // of rows
};

class Sparse final : public Relaxation {
 public:
  Sparse(const IntegerProgram& program, std::vector<std::vector<Cell>> rows) {
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
      values_.insert(values_.end(), linear_.activities().begin(), linear_.activities().end());
    }
    // Every column has two bounds, so there is no such thing.
    return status == Status::unbounded ? Status::trouble : status;
  }
  double objective() const override { return objective_; }
  std::span<const double> values() const override { return values_; }
  double reduced_cost(std::int32_t variable) const override {
    const auto index = static_cast<std::size_t>(variable);
    const auto columns = static_cast<std::size_t>(linear_.columns());
    return index < columns ? linear_.reduced_costs()[index] : linear_.duals()[index - columns];
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
  std::vector<std::vector<Cell>> rows;
  std::vector<Dense::Reach> reach;
  for (const IntegerProgram::Row& row : program.rows) {
    std::vector<Cell>& cells = rows.emplace_back();
    Dense::Reach& ends = reach.emplace_back(Dense::Reach{-1, 1});
    for (const IntegerProgram::Term& term : row.terms) {
      const IntegerProgram::Column& column = program.columns[static_cast<std::size_t>(term.column)];
      const auto value = static_cast<double>(term.coefficient);
      const double a = value * static_cast<double>(column.lower);
      const double b = value * static_cast<double>(column.upper);
      cells.push_back({term.column, value});
      ends.least += std::min(a, b);
      ends.most += std::max(a, b);
    }
  }
  const auto columns = static_cast<std::int32_t>(program.columns.size());
  std::unique_ptr<Relaxation> result;
  if (!robust && program.columns.size() * program.rows.size() <= most_dense) {
    auto dense = std::make_unique<Dense>(columns, std::move(rows));
    dense->set_reach(std::move(reach));
    result = std::move(dense);
  } else {
    result = std::make_unique<Sparse>(program, std::move(rows));
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
