// SPDX-License-Identifier: Apache-2.0
#include "solver/dense_dual.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace partnership::solver {
namespace {

constexpr double feasible = 1e-7;     // beyond a bound by less is not beyond it
constexpr double priced = 1e-10;      // a reduced cost below is 0
constexpr double least_pivot = 1e-7;  // smaller entries are 0
constexpr std::int64_t pivots_of_a_table = 300;
constexpr int iterations_between_questions = 16;
constexpr int sought_one_by_one = 4;  // steps of a choice, before all are put in order

// 0 ... 1, the same for the same number.
double scattered(std::int64_t number) noexcept {
  const double product = static_cast<double>(number + 1) * 0.6180339887498949;
  return product - std::floor(product);
}

}  // namespace

DenseDual::DenseDual(Index columns, std::vector<std::vector<Cell>> rows)
    : columns_(columns),
      rows_(static_cast<Index>(rows.size())),
      width_((index(columns) + 1) / 2 * 2),
      cells_(std::move(rows)) {
  const std::size_t count = index(columns_ + rows_);
  lower_.assign(count, 0);
  upper_.assign(count, 0);
  value_.assign(count, 0);
  costs_.assign(index(columns_), 0);
  place_.resize(count);
  head_.resize(index(rows_));
  tail_.resize(index(columns_));
  reduced_.assign(width_, 0);
  side_.assign(width_, 0);
  picked_.resize(index(columns_));
  steps_.reserve(index(columns_));
  start_over();
}

// All rows are basic: the table is the program.
void DenseDual::start_over() {
  table_.assign(index(rows_) * width_, 0);
  for (Index j = 0; j < columns_; ++j) {
    tail_[index(j)] = j;
    place_[index(j)] = j;
  }
  for (Index i = 0; i < rows_; ++i) {
    head_[index(i)] = columns_ + i;
    place_[index(columns_ + i)] = -1 - i;
    for (const Cell& cell : cells_[index(i)]) row(i)[cell.index] = cell.value;
  }
  pivots_ = 0;
  priced_ = false;
}

void DenseDual::set_bounds(Index variable, double lower, double upper) {
  lower_[index(variable)] = lower;
  upper_[index(variable)] = upper;
}

void DenseDual::set_cost(Index column, double cost) {
  if (costs_[index(column)] == cost) return;
  costs_[index(column)] = cost;
  priced_ = false;
}

double DenseDual::reduced_cost(Index variable) const noexcept {
  const Index place = place_[index(variable)];
  return place < 0 ? 0 : reduced_[index(place)];
}

std::vector<Basis> DenseDual::basis() const {
  std::vector<Basis> result;
  result.reserve(value_.size());
  for (Index v = 0; v < columns_ + rows_; ++v) {
    const bool low = value(v) - lower(v) <= upper(v) - value(v);
    result.push_back(basic(v) ? Basis::basic : low ? Basis::at_lower : Basis::at_upper);
  }
  return result;
}

// Makes the table anew for the basis: columns that are wanted in it enter one after the other,
// each where its entry is largest among the rows that are not wanted.
void DenseDual::set_basis(std::span<const Basis> basis) {
  start_over();
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (basis[index(v)] == Basis::at_upper) value_[index(v)] = upper(v);
    if (basis[index(v)] == Basis::at_lower) value_[index(v)] = lower(v);
  }
  for (Index j = 0; j < columns_; ++j) {
    if (basis[index(j)] != Basis::basic) continue;
    Index best = -1;
    for (Index i = 0; i < rows_; ++i) {
      const Index v = head_[index(i)];
      if (v < columns_ || basis[index(v)] == Basis::basic) continue;
      if (best < 0 || std::abs(row(i)[j]) > std::abs(row(best)[j])) best = i;
    }
    if (best >= 0 && std::abs(row(best)[j]) > least_pivot) pivot(best, place_[index(j)]);
  }
  find_basic_values();
  pivots_ = 0;
}

void DenseDual::refresh() {
  set_basis(basis());
  price();
  rest_nonbasic();
}

void DenseDual::price() {
  for (Index j = 0; j < columns_; ++j) {
    const Index v = tail_[index(j)];
    reduced_[index(j)] = v < columns_ ? costs_[index(v)] : 0;
  }
  for (Index i = 0; i < rows_; ++i) {
    const Index v = head_[index(i)];
    const double cost = v < columns_ ? costs_[index(v)] : 0;
    if (cost == 0) continue;
    const double* entries = row(i);
    for (std::size_t j = 0; j < width_; ++j) reduced_[j] += cost * entries[j];
  }
  priced_ = true;
}

void DenseDual::move(Index column, double to) {
  double& value = value_[index(tail_[index(column)])];
  const double by = to - std::exchange(value, to);
  if (by == 0) return;
  for (Index i = 0; i < rows_; ++i) {
    const double entry = row(i)[column];
    if (entry != 0) value_[index(head_[index(i)])] += entry * by;
  }
}

// Each nonbasic variable at its better bound; where neither is, at the one where it is nearly.
void DenseDual::rest_nonbasic() {
  for (Index j = 0; j < columns_; ++j) {
    const Index v = tail_[index(j)];
    const double cost = reduced_[index(j)];
    bool up = upper(v) - value(v) < value(v) - lower(v);
    if (cost > priced) up = false;
    if (cost < -priced) up = true;
    move(j, up ? upper(v) : lower(v));
    find_side(j);
  }
}

// Which way a nonbasic variable can move: 1 from its lower bound, -1 from its upper one, 0 not.
void DenseDual::find_side(Index column) {
  const std::size_t v = index(tail_[index(column)]);
  side_[index(column)] = lower_[v] == upper_[v] ? 0 : value_[v] == lower_[v] ? 1 : -1;
}

void DenseDual::find_basic_values() {
  for (Index i = 0; i < rows_; ++i) {
    double sum = 0;
    for (Index j = 0; j < columns_; ++j) sum += row(i)[j] * value_[index(tail_[index(j)])];
    value_[index(head_[index(i)])] = sum;
  }
}

// The basic variable that is farthest beyond a bound, or -1.
DenseDual::Index DenseDual::leaving_row() const {
  Index result = -1;
  double worst = feasible;
  for (Index i = 0; i < rows_; ++i) {
    const Index v = head_[index(i)];
    const double beyond = std::max(lower(v) - value(v), value(v) - upper(v));
    if (beyond > worst) {
      worst = beyond;
      result = i;
    }
  }
  return result;
}

// Columns whose reduced cost becomes 0 on the way move to their other bound as long as the leaving
// variable still is beyond its bound then; the next one enters. False where all of them do not
// suffice.
bool DenseDual::choose(Index leaving, Index& entering) {
  const Index leaver = head_[index(leaving)];
  const bool below = value(leaver) < lower(leaver);
  double beyond = below ? lower(leaver) - value(leaver) : value(leaver) - upper(leaver);
  const double* entries = row(leaving);
  // Which ones is as good as random: a branch for each would cost more than all the rest.
  const double sign = below ? 1 : -1;
  std::size_t count = 0;
  for (Index j = 0; j < columns_; ++j) {
    picked_[count] = j;
    count += static_cast<std::size_t>(sign * side_[index(j)] * entries[j] >= least_pivot);
  }
  steps_.clear();
  for (std::size_t k = 0; k < count; ++k) {
    const Index j = picked_[k];
    const double entry = sign * entries[j];
    steps_.push_back({std::max(0.0, reduced_[index(j)] / entry), std::abs(entry), j});
  }
  const auto later = [](const Step& a, const Step& b) {
    if (a.ratio != b.ratio) return a.ratio > b.ratio;
    return a.pivot != b.pivot ? a.pivot > b.pivot : a.column > b.column;
  };
  // The first one goes to the end, again and again; mostly few are needed.
  std::size_t end = steps_.size();
  for (int sought = 0; end > 0 && beyond > feasible / 2; ++sought) {
    const auto from = steps_.begin(), to = from + static_cast<std::ptrdiff_t>(end);
    if (sought < sought_one_by_one) {
      std::iter_swap(std::max_element(from, to, later), to - 1);
    } else {
      if (sought == sought_one_by_one) std::make_heap(from, to, later);
      std::pop_heap(from, to, later);
    }
    const Step& step = steps_[--end];
    const Index v = tail_[index(step.column)];
    beyond -= step.pivot * (upper(v) - lower(v));
  }
  if (beyond > feasible / 2) return false;
  // steps_[end] enters, unless one that comes at the same time has a better pivot.
  std::size_t best = end;
  for (std::size_t k = end; k < steps_.size() && steps_[k].ratio >= steps_[end].ratio - 1e-12;
       ++k) {
    if (steps_[k].pivot > 10 * steps_[best].pivot) best = k;
  }
  entering = steps_[best].column;
  for (std::size_t k = end; k < steps_.size(); ++k) {
    if (k == best) continue;
    if (k == end && best != end) continue;
    const Index v = tail_[index(steps_[k].column)];
    move(steps_[k].column, value(v) == lower(v) ? upper(v) : lower(v));
    side_[index(steps_[k].column)] *= -1;
  }
  return true;
}

// The leaving variable goes to the bound that it is beyond, and the entering one takes its row.
void DenseDual::pivot(Index leaving, Index entering) {
  double* source = row(leaving);
  const double inverse = 1 / source[entering];
  for (std::size_t j = 0; j < width_; ++j) source[j] *= -inverse;
  source[entering] = inverse;
  const auto substitute = [&](double* target) {
    const double factor = target[entering];
    if (factor == 0) return;
    target[entering] = 0;
    for (std::size_t j = 0; j < width_; ++j) target[j] += factor * source[j];
  };
  for (Index i = 0; i < rows_; ++i) {
    if (i != leaving) substitute(row(i));
  }
  substitute(reduced_.data());
  std::swap(head_[index(leaving)], tail_[index(entering)]);
  place_[index(head_[index(leaving)])] = -1 - leaving;
  place_[index(tail_[index(entering)])] = entering;
  ++pivots_;
}

void DenseDual::step(Index leaving, Index entering) {
  const Index leaver = head_[index(leaving)];
  const double bound = value(leaver) < lower(leaver) ? lower(leaver) : upper(leaver);
  const double by = (bound - value(leaver)) / row(leaving)[entering];
  const Index enterer = tail_[index(entering)];
  move(entering, value(enterer) + by);
  value_[index(leaver)] = bound;
  pivot(leaving, entering);
  find_side(entering);
}

// Against cycles: other costs for a while, under which the basis stays dual feasible.
void DenseDual::perturb() {
  for (Index j = 0; j < columns_; ++j) {
    const Index v = tail_[index(j)];
    const double by = 1e-6 * (1 + scattered(v)) * (1 + std::abs(reduced_[index(j)]));
    reduced_[index(j)] += value(v) == lower(v) ? by : -by;
  }
  priced_ = false;
}

// Whether the rows still are what the columns add up to.
bool DenseDual::sound() const {
  for (Index i = 0; i < rows_; ++i) {
    double sum = 0;
    for (const Cell& cell : cells_[index(i)]) sum += cell.value * value(cell.index);
    if (std::abs(sum - value(columns_ + i)) > feasible * (1 + std::abs(sum))) return false;
  }
  return true;
}

// The row of the table as multipliers of the program's rows, which must do without the table.
bool DenseDual::shows_infeasible(Index leaving) {
  const Index leaver = head_[index(leaving)];
  const double sign = value(leaver) < lower(leaver) ? 1 : -1;
  ray_.assign(index(rows_), 0);
  if (leaver >= columns_) ray_[index(leaver - columns_)] = -sign;
  for (Index j = 0; j < columns_; ++j) {
    const Index v = tail_[index(j)];
    const double entry = row(leaving)[j];
    if (v >= columns_ && std::abs(entry) > 1e-11) ray_[index(v - columns_)] = sign * entry;
  }
  double total = 0, size = 0;  // the second without signs: rounding is a share of it
  left_.assign(index(columns_), 0);
  for (Index i = 0; i < rows_; ++i) {
    const double y = ray_[index(i)];
    if (y == 0) continue;
    const double bound = y > 0 ? upper(columns_ + i) : lower(columns_ + i);
    total += y * bound;
    size += std::abs(y * bound);
    for (const Cell& cell : cells_[index(i)]) left_[index(cell.index)] += y * cell.value;
  }
  for (Index j = 0; j < columns_; ++j) {
    const double left = left_[index(j)];
    const double bound = left > 0 ? lower(j) : upper(j);
    total -= left * bound;
    size += std::abs(left * bound);
  }
  return total < -std::max(feasible / 10, 1e-11 * size);
}

// Of a basis that is dual feasible: no more than the optimum.
double DenseDual::dual_objective() const {
  double sum = 0;
  for (Index j = 0; j < columns_; ++j) sum += reduced_[index(j)] * value_[index(tail_[index(j)])];
  return sum;
}

Status DenseDual::solve(const Limits& limits) {
  iterations_ = 0;
  objective_ = -infinite;
  if (pivots_ >= pivots_of_a_table) {
    refresh();
  } else {
    if (!priced_) price();
    rest_nonbasic();
  }
  const Status status = run(limits);
  if (status == Status::optimal) {
    objective_ = 0;
    for (Index j = 0; j < columns_; ++j) objective_ += costs_[index(j)] * value(j);
  } else if (status == Status::limit && priced_) {
    objective_ = dual_objective();
  }
  return status;
}

Status DenseDual::run(const Limits& limits) {
  const std::int64_t patience = 20 * rows_ + 200;
  int attempts = 0;  // to repair what rounding has spoiled, or to leave a cycle
  for (std::int64_t since = 0;; ++since) {
    const Index leaving = leaving_row();
    if (leaving < 0 && priced_ && sound()) return Status::optimal;
    if (iterations_ >= limits.iterations) return Status::limit;
    if (limits.stop && iterations_ % iterations_between_questions == 0 && limits.stop()) {
      return Status::cancelled;
    }
    const bool stuck = since > patience;
    Index entering = -1;
    if (leaving >= 0 && !stuck) {
      if (choose(leaving, entering)) {
        step(leaving, entering);
        ++iterations_;
        if (pivots_ >= 4 * pivots_of_a_table) refresh();
        continue;
      }
      if (shows_infeasible(leaving)) return Status::infeasible;
    }
    if (++attempts > 4) return Status::trouble;
    refresh();
    if (!stuck) continue;
    perturb();
    since = 0;
  }
}

}  // namespace partnership::solver
