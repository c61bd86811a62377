// SPDX-License-Identifier: Apache-2.0
#include "solver/linear_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"

namespace partnership::solver {

void LinearProgram::check_bounds(double lower, double upper) {
  if (std::isnan(lower) || std::isnan(upper) || lower == infinite || upper == -infinite) {
    throw Error(Code::internal, "a bound of a linear program is not a number");
  }
}

void LinearProgram::check_finite(double value) {
  if (!std::isfinite(value)) throw Error(Code::internal, "a number of a linear program is not one");
}

std::vector<Cell> LinearProgram::tidy(std::span<const Cell> cells, std::int32_t end) {
  std::vector<Cell> result(cells.begin(), cells.end());
  for (const Cell& cell : result) {
    check_finite(cell.value);
    if (cell.index < 0 || cell.index >= end) {
      throw Error(Code::internal, "an index of a linear program is beyond its end");
    }
  }
  const auto by_index = [](const Cell& a, const Cell& b) { return a.index < b.index; };
  if (!std::is_sorted(result.begin(), result.end(), by_index)) {
    std::stable_sort(result.begin(), result.end(), by_index);
  }
  std::size_t kept = 0;
  for (const Cell& cell : result) {
    if (kept > 0 && result[kept - 1].index == cell.index) {
      result[kept - 1].value += cell.value;
    } else {
      result[kept++] = cell;
    }
  }
  result.resize(kept);
  std::erase_if(result, [](const Cell& cell) { return cell.value == 0; });
  return result;
}

bool LinearProgram::plainly_infeasible(std::vector<double>& ray) const {
  for (const std::vector<Bounds>* bounds : {&columns, &rows}) {
    for (const Bounds& one : *bounds) {
      if (one.lower > one.upper) return true;
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!cells[i].empty() || (rows[i].lower <= 0 && rows[i].upper >= 0)) continue;
    ray.assign(rows.size(), 0);
    ray[i] = rows[i].lower > 0 ? -1 : 1;
    return true;
  }
  return false;
}

bool LinearProgram::has_cells() const noexcept {
  return std::any_of(cells.begin(), cells.end(), [](const auto& row) { return !row.empty(); });
}

Status LinearProgram::solve_alone(LinearAnswer& answer, std::vector<Basis>& basis) const {
  answer.values.assign(columns.size(), 0);
  basis.assign(size(), Basis::basic);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const auto [lower, upper] = columns[j];
    const bool up = costs[j] < 0 || (costs[j] == 0 && lower == -infinite && upper != infinite);
    const double end = up ? upper : lower;
    if (std::isinf(end) && costs[j] != 0) return Status::unbounded;
    answer.values[j] = std::isinf(end) ? 0 : end;
    basis[j] = std::isinf(end) ? Basis::free : up ? Basis::at_upper : Basis::at_lower;
  }
  answer.reduced_costs = costs;
  answer.duals.assign(rows.size(), 0);
  complete(answer, 0);
  return Status::optimal;
}

bool LinearProgram::complete(LinearAnswer& answer, double tolerance) const {
  constexpr double dual_tolerance = 1e-7;  // as the solver's own
  double gap = 0;                          // what the objective may be above what the duals prove
  const auto within = [&](double value, const Bounds& bounds, double reduced) {
    const double slack = tolerance * std::max(1.0, std::abs(value));
    const double to_end = reduced > 0 ? value - bounds.lower : bounds.upper - value;
    // Where there is no end, what is no more than rounding of the duals does not count.
    const double zero = std::isinf(to_end) ? dual_tolerance : 1e-9;
    if (std::abs(reduced) > zero) gap += std::abs(reduced) * std::max(0.0, to_end);
    return value >= bounds.lower - slack && value <= bounds.upper + slack;
  };
  bool good = true;
  double size = 1;
  answer.objective = 0;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    answer.objective += costs[j] * answer.values[j];
    size += std::abs(costs[j] * answer.values[j]);
    good = within(answer.values[j], columns[j], answer.reduced_costs[j]) && good;
  }
  answer.activities.assign(rows.size(), 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = 0;
    for (const Cell& cell : cells[i]) {
      sum += cell.value * answer.values[static_cast<std::size_t>(cell.index)];
    }
    answer.activities[i] = sum;
    good = within(sum, rows[i], answer.duals[i]) && good;
  }
  return good && gap <= tolerance * size;
}

double LinearProgram::proved_by(const std::vector<double>& multipliers) const {
  double total = 0;
  std::vector<double> left(columns.size(), 0);
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    const double y = multipliers[i];
    if (y == 0) continue;
    total += y * (y > 0 ? rows[i].upper : rows[i].lower);
    for (const Cell& cell : cells[i]) left[static_cast<std::size_t>(cell.index)] += y * cell.value;
  }
  for (std::size_t j = 0; j < left.size(); ++j) {
    if (std::abs(left[j]) <= 1e-12) continue;  // zero, but for rounding
    total -= left[j] * (left[j] > 0 ? columns[j].lower : columns[j].upper);
  }
  return total;
}

double PackedLines::bound(double value) noexcept {
  constexpr double most = std::numeric_limits<double>::max();
  return std::clamp(value, -most, most);
}

void PackedLines::add(const LinearProgram::Bounds& bounds, std::span<const Cell> cells) {
  lower.push_back(bound(bounds.lower));
  upper.push_back(bound(bounds.upper));
  for (const Cell& cell : cells) {
    indices.push_back(cell.index);
    elements.push_back(cell.value);
  }
  starts.push_back(static_cast<int>(indices.size()));
}

}  // namespace partnership::solver
