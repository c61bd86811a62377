// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_relaxation.hpp"

#include <algorithm>

namespace partnership::lottery {
namespace {

using solver::Basis;
using solver::Status;

std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

}  // namespace

Rational whole_factor(const Terms& numbers) {
  Integer dens = 1, nums = 0;
  for (const auto& [index, number] : numbers) {
    dens = Integer::lcm(dens, number.den());
    nums = Integer::gcd(nums, number.num());
  }
  return nums.sign() == 0 ? Rational(1) : Rational(dens, nums);
}

Relaxation::Relaxation(const Space& space)
    : space_(space),
      fixed_(space.types(), false),
      capped_(space.types(), false),
      unfixed_(space.types()),
      target_(space.types()),
      columns_stood_(space.columns(), Basis::at_lower),
      rows_stood_(space.rows(), Basis::basic),
      caps_stood_(space.types(), Basis::basic) {
  for (std::uint32_t t = 0; t < space.types(); ++t) capped_[t] = space.lower[t] > 0;
}

void Relaxation::fix(std::span<const std::uint32_t> types, const Rational& value) {
  for (const std::uint32_t type : types) {
    fixed_[type] = true;
    target_[type] = value;
    --unfixed_;
  }
}

void Relaxation::add(Inequality inequality) {
  added_.push_back(std::move(inequality));
  added_stood_.push_back(Basis::basic);
}

// Of a row over x: what is fixed goes to the other side, what is not is n_t z + s_t.
void Relaxation::make_row(std::span<const Entry> cells, std::int64_t lower, std::int64_t upper) {
  solver::ExactProgram::Row row;
  Rational known;
  Integer with_z;
  for (const Entry& cell : cells) {
    if (cell.index < space_.types()) {
      const Integer all = Integer(cell.value) * space_.count(cell.index);
      if (fixed_[cell.index]) {
        known += Rational(all) * target_[cell.index];
        continue;
      }
      with_z += all;
    }
    row.cells.push_back({place_[cell.index], cell.value});
  }
  if (with_z.sign() != 0) row.cells.push_back({place_.back(), std::move(with_z)});
  if (lower != -no_end) row.bounds.lower = Rational(lower) - known;
  if (upper != no_end) row.bounds.upper = Rational(upper) - known;
  program_.rows.push_back(std::move(row));
}

void Relaxation::make_row(const Inequality& inequality) {
  solver::ExactProgram::Row row;
  Rational known, with_z;
  for (const auto& [type, factor] : inequality.terms) {
    const Rational all = factor * Rational(space_.count(type));
    if (fixed_[type]) {
      known += all * target_[type];
      continue;
    }
    with_z += all;
    row.cells.push_back({place_[type], factor});
  }
  if (with_z.sign() != 0) row.cells.push_back({place_.back(), std::move(with_z)});
  row.bounds.upper = inequality.bound - known;
  program_.rows.push_back(std::move(row));
}

void Relaxation::make_cap(std::uint32_t type) {
  solver::ExactProgram::Row row;
  row.cells = {{place_[type], 1}, {place_.back(), space_.count(type)}};
  row.bounds.lower = Rational(space_.lower[type]);
  row.bounds.upper = Rational(space_.upper[type]);
  program_.rows.push_back(std::move(row));
}

void Relaxation::make_program() {
  program_ = {};
  place_.assign(space_.columns() + 1, -1);
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (j < space_.types() && fixed_[j]) continue;
    place_[j] = static_cast<std::int32_t>(program_.columns.size());
    solver::ExactBounds bounds{Rational(0), std::nullopt};
    if (j >= space_.types()) bounds = {Rational(space_.lower[j]), Rational(space_.upper[j])};
    program_.columns.push_back({std::move(bounds), 0});
  }
  place_.back() = static_cast<std::int32_t>(program_.columns.size());
  program_.columns.push_back({{Rational(0), Rational(1)}, -1});
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    make_row(space_.row(i), space_.row_lower[i], space_.row_upper[i]);
  }
  for (const Inequality& inequality : added_) make_row(inequality);
  caps_.clear();
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (fixed_[t] || !capped_[t]) continue;
    caps_.push_back(t);
    make_cap(t);
  }
}

std::vector<Basis> Relaxation::basis() const {
  std::vector<Basis> result;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (place_[j] >= 0) result.push_back(columns_stood_[j]);
  }
  result.push_back(z_stood_);
  result.insert(result.end(), rows_stood_.begin(), rows_stood_.end());
  result.insert(result.end(), added_stood_.begin(), added_stood_.end());
  for (const std::uint32_t type : caps_) result.push_back(caps_stood_[type]);
  return result;
}

void Relaxation::keep_basis(std::span<const Basis> basis) {
  if (basis.size() != program_.columns.size() + program_.rows.size()) return;
  std::size_t next = 0;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (place_[j] >= 0) columns_stood_[j] = basis[next++];
  }
  z_stood_ = basis[next++];
  for (Basis& stood : rows_stood_) stood = basis[next++];
  for (Basis& stood : added_stood_) stood = basis[next++];
  for (const std::uint32_t type : caps_) caps_stood_[type] = basis[next++];
  warm_ = true;
}

// Makes rows of the bounds that values (of the program's columns) break by more than `slack`.
template <class Value>
bool Relaxation::cap(const std::vector<Value>& values, const Value& slack) {
  bool any = false;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (fixed_[t] || capped_[t]) continue;
    const Value x = Value(space_.count(t)) * values[at(place_.back())] + values[at(place_[t])];
    if (x <= Value(space_.upper[t]) + slack) continue;
    capped_[t] = any = true;
  }
  return any;
}

Status Relaxation::solve(const std::function<bool()>& stop) {
  for (;;) {
    make_program();
    solver::Linear linear = program_.linear();
    if (warm_) linear.set_basis(basis());
    solver::Limits limits;
    limits.stop = stop;
    const Status status = linear.solve(limits);
    if (status == Status::cancelled) return status;
    keep_basis(linear.basis());
    if (status == Status::optimal) {
      const std::span<const double> values = linear.values();
      if (cap(std::vector<double>(values.begin(), values.end()), 1e-7)) continue;
    }
    // Whatever was found in doubles is only where to begin.
    solver::ExactLimits exact;
    exact.stop = stop;
    answer_ = solver::solve_exactly(program_, linear.basis(), exact);
    keep_basis(answer_.basis);
    if (answer_.status != Status::optimal) return answer_.status;
    if (!cap(answer_.values, Rational(0))) return Status::optimal;
  }
}

// What the duals prove, brought to whole numbers.
void Relaxation::read(Step& step) const {
  Terms numbers;
  for (const Rational& dual : answer_.duals) {
    if (dual.sign() != 0) numbers.emplace_back(0, dual);
  }
  const Rational factor = -whole_factor(numbers);
  std::vector<Integer> sums(space_.types());
  const auto dual = [&](std::size_t row) { return (factor * answer_.duals[row]).num(); };
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    Integer y = dual(i);
    if (y.sign() == 0) continue;
    for (const Entry& entry : space_.row(i)) {
      if (entry.index < space_.types()) sums[entry.index] += y * entry.value;
    }
    step.rows.emplace_back(i, std::move(y));
  }
  for (std::size_t k = 0; k < added_.size(); ++k) {
    Integer y = dual(space_.rows() + k);
    if (y.sign() == 0) continue;
    for (const auto& [type, value] : added_[k].terms) sums[type] += y * value.num();
    step.added.emplace_back(static_cast<std::uint32_t>(k), std::move(y));
  }
  for (std::size_t k = 0; k < caps_.size(); ++k) {
    sums[caps_[k]] += dual(space_.rows() + added_.size() + k);
  }
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (sums[t].sign() != 0) step.inequality.terms.emplace_back(t, std::move(sums[t]));
  }
}

// What the multipliers of a step prove of its sum, auxiliary columns and caps filling in the rest.
Rational Relaxation::proved(const Step& step) const {
  Rational total;
  std::vector<Rational> rest(space_.columns());
  for (const auto& [type, factor] : step.inequality.terms) rest[type] = factor;
  for (const auto& [row, y] : step.rows) {
    total += y * Rational(y.sign() > 0 ? space_.row_upper[row] : space_.row_lower[row]);
    for (const Entry& entry : space_.row(row)) rest[entry.index] -= y * Rational(entry.value);
  }
  for (const auto& [k, y] : step.added) {
    total += y * added_[k].bound;
    for (const auto& [type, factor] : added_[k].terms) rest[type] -= y * factor;
  }
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (rest[j].sign() == 0) continue;
    total += rest[j] * Rational(rest[j].sign() > 0 ? space_.upper[j] : space_.lower[j]);
  }
  return total;
}

Step Relaxation::next(const std::function<bool()>& stop) {
  Step step;
  step.status = solve(stop);
  if (step.status == Status::infeasible) {
    for (std::uint32_t i = 0; i < space_.rows() && i < answer_.ray.size(); ++i) {
      if (answer_.ray[i].sign() != 0) step.ray.emplace_back(i, answer_.ray[i]);
    }
  }
  if (step.status != Status::optimal) return step;
  step.value = answer_.values[at(place_.back())];
  if (step.value == Rational(1)) {  // everybody sits: the columns' own bounds prove it
    for (std::uint32_t t = 0; t < space_.types(); ++t) {
      if (!fixed_[t]) step.inequality.terms.emplace_back(t, 1);
    }
  } else {
    read(step);
  }
  Rational bound;
  for (const auto& [type, factor] : step.inequality.terms) {
    if (!fixed_[type]) {
      if (factor.sign() < 0) step.status = Status::trouble;
      step.types.push_back(type);
    }
    bound += factor * Rational(space_.count(type)) * (fixed_[type] ? target_[type] : step.value);
  }
  // Each of these holds by duality; if not, nothing is claimed.
  if (step.types.empty() || proved(step) > bound) step.status = Status::trouble;
  step.inequality.bound = std::move(bound);
  return step;
}

std::vector<double> Relaxation::point() const {
  std::vector<double> result(space_.columns(), 0);
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    const bool is_type = j < space_.types();
    if (is_type && fixed_[j]) {
      result[j] = (Rational(space_.count(j)) * target_[j]).approximate();
    } else if (place_[j] >= 0 && !answer_.values.empty()) {
      Rational value = answer_.values[at(place_[j])];
      if (is_type) value += Rational(space_.count(j)) * answer_.values[at(place_.back())];
      result[j] = value.approximate();
    }
  }
  return result;
}

}  // namespace partnership::lottery
