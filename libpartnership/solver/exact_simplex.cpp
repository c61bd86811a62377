// SPDX-License-Identifier: Apache-2.0
#include "solver/exact_simplex.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace partnership::solver {
namespace {

// Of two Integers and a bound: num / den against it.
std::strong_ordering compare(const Integer& num, const Integer& den, const Rational& bound) {
  return num * bound.den() <=> bound.num() * den;
}

}  // namespace

ExactSimplex::ExactSimplex(const ExactProgram& program, std::span<const Basis> basis,
                           const ExactLimits& limits)
    : program_(program),
      limits_(limits),
      columns_(static_cast<Index>(program.columns.size())),
      rows_(static_cast<Index>(program.rows.size())) {
  scale();
  take_basis(basis);
}

void ExactSimplex::scale() {
  for (const ExactProgram::Column& column : program_.columns) {
    bounds_.push_back(column.bounds);
    cost_scale_ = Integer::lcm(cost_scale_, column.cost.den());
  }
  by_column_.resize(at(columns_));
  std::vector<Index> last_row(at(columns_), -1);
  for (Index i = 0; i < rows_; ++i) {
    const ExactProgram::Row& row = program_.rows[at(i)];
    Integer scale = 1;
    for (const ExactProgram::Cell& cell : row.cells) {
      if (cell.column < 0 || cell.column >= columns_) {
        throw Error(Code::internal, "an index of a linear program is beyond its end");
      }
      if (std::exchange(last_row[at(cell.column)], i) == i) {
        throw Error(Code::internal, "a column comes twice in a row of a linear program");
      }
      scale = Integer::lcm(scale, cell.value.den());
    }
    std::vector<ExactCell>& cells = by_row_.emplace_back();
    for (const ExactProgram::Cell& cell : row.cells) {
      if (cell.value.sign() == 0) continue;
      const Integer value = cell.value.num() * Integer::exact(scale, cell.value.den());
      cells.push_back({cell.column, value});
      by_column_[at(cell.column)].push_back({i, value});
    }
    ExactBounds& bounds = bounds_.emplace_back(row.bounds);
    if (bounds.lower) *bounds.lower *= scale;
    if (bounds.upper) *bounds.upper *= scale;
    row_scale_.push_back(std::move(scale));
  }
  for (const ExactProgram::Column& column : program_.columns) {
    true_costs_.push_back(column.cost.num() * Integer::exact(cost_scale_, column.cost.den()));
  }
  true_costs_.resize(at(columns_ + rows_));
  costs_ = true_costs_;
}

// Resting places that are not there are moved to one that is.
void ExactSimplex::take_basis(std::span<const Basis> basis) {
  if (basis.empty()) {
    basis_.assign(at(columns_), Basis::at_lower);
    basis_.resize(at(columns_ + rows_), Basis::basic);
  } else if (basis.size() == at(columns_ + rows_)) {
    basis_.assign(basis.begin(), basis.end());
  } else {
    throw Error(Code::internal, "a basis of another linear program");
  }
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (basis_[at(v)] != Basis::basic && !resting_at(v)) give_up_basis(v);
  }
}

// The variable rests at a bound that it has, the lower one before the upper one.
void ExactSimplex::give_up_basis(Index variable) {
  const ExactBounds& bounds = bounds_[at(variable)];
  basis_[at(variable)] = bounds.lower   ? Basis::at_lower
                         : bounds.upper ? Basis::at_upper
                                        : Basis::free;
}

const Rational* ExactSimplex::resting_at(Index variable) const {
  const ExactBounds& bounds = bounds_[at(variable)];
  if (basis_[at(variable)] == Basis::at_lower) return bounds.lower ? &*bounds.lower : nullptr;
  if (basis_[at(variable)] == Basis::at_upper) return bounds.upper ? &*bounds.upper : nullptr;
  return nullptr;
}

// The system of the basis: rows whose sum is not basic, over the columns that are. False where it
// would be too large.
bool ExactSimplex::factor() {
  tight_rows_.clear();
  basic_columns_.clear();
  place_.assign(at(columns_), -1);
  for (Index j = 0; j < columns_; ++j) {
    if (basis_[at(j)] != Basis::basic) continue;
    place_[at(j)] = static_cast<Index>(basic_columns_.size());
    basic_columns_.push_back(j);
  }
  for (Index i = 0; i < rows_; ++i) {
    if (basis_[at(columns_ + i)] != Basis::basic) tight_rows_.push_back(i);
  }
  if (tight_rows_.size() > at(limits_.size) || basic_columns_.size() > at(limits_.size)) {
    return false;
  }
  std::vector<std::vector<ExactCell>> rows;
  for (const Index i : tight_rows_) {
    std::vector<ExactCell>& row = rows.emplace_back();
    for (const ExactCell& cell : by_row_[at(i)]) {
      if (const Index place = place_[at(cell.index)]; place >= 0)
        row.push_back({place, cell.value});
    }
  }
  system_.emplace(std::move(rows), static_cast<Index>(basic_columns_.size()));
  return true;
}

// What has no pivot changes places: columns become nonbasic, rows basic.
void ExactSimplex::repair() {
  for (const Index place : system_->spare_columns()) give_up_basis(basic_columns_[at(place)]);
  for (const Index place : system_->spare_rows()) {
    basis_[at(columns_ + tight_rows_[at(place)])] = Basis::basic;
  }
}

void ExactSimplex::find_values() {
  values_.num.assign(at(columns_ + rows_), 0);
  values_.den = 1;
  std::vector<std::pair<Index, const Rational*>> resting;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    const Rational* value = resting_at(v);
    if (!value || value->sign() == 0) continue;
    resting.emplace_back(v, value);
    if (!value->whole()) values_.den = Integer::lcm(values_.den, value->den());
  }
  for (const auto& [v, value] : resting) {
    values_.num[at(v)] = value->num() * Integer::exact(values_.den, value->den());
  }
  std::vector<Integer> right;
  for (const Index i : tight_rows_) {
    Integer sum = values_.num[at(columns_ + i)];
    for (const ExactCell& cell : by_row_[at(i)]) {
      const Integer& value = values_.num[at(cell.index)];
      if (value.sign() != 0) sum -= cell.value * value;
    }
    right.push_back(std::move(sum));
  }
  const ExactVector basic = system_->solve(right);
  if (basic.den != 1) {
    for (Integer& value : values_.num) value *= basic.den;
    values_.den *= basic.den;
  }
  for (std::size_t k = 0; k < basic_columns_.size(); ++k) {
    values_.num[at(basic_columns_[k])] = basic.num[k];
  }
  for (Index i = 0; i < rows_; ++i) {
    if (basis_[at(columns_ + i)] != Basis::basic) continue;
    Integer& sum = values_.num[at(columns_ + i)];
    for (const ExactCell& cell : by_row_[at(i)]) {
      const Integer& value = values_.num[at(cell.index)];
      if (value.sign() != 0) sum += cell.value * value;
    }
  }
}

// Of the rows: y with y * column = cost for each basic column, and -y = cost for each basic row.
ExactVector ExactSimplex::multipliers_of(const std::vector<Integer>& costs) const {
  ExactVector result;
  result.num.assign(at(rows_), 0);
  std::vector<Integer> right;
  for (const Index j : basic_columns_) right.push_back(costs[at(j)]);
  for (Index i = 0; i < rows_; ++i) {
    const Integer& cost = costs[at(columns_ + i)];
    if (basis_[at(columns_ + i)] != Basis::basic || cost.sign() == 0) continue;
    result.num[at(i)] = -cost;
    for (const ExactCell& cell : by_row_[at(i)]) {
      if (const Index place = place_[at(cell.index)]; place >= 0) {
        right[at(place)] += cell.value * cost;
      }
    }
  }
  ExactVector tight = system_->solve_transposed(right);
  if (tight.den != 1) {
    for (Integer& value : result.num) value *= tight.den;
  }
  for (std::size_t k = 0; k < tight_rows_.size(); ++k) {
    result.num[at(tight_rows_[k])] = std::move(tight.num[k]);
  }
  result.den = std::move(tight.den);
  return result;
}

Integer ExactSimplex::times_column(const std::vector<Integer>& multipliers, Index variable) const {
  if (is_row(variable)) return -multipliers[at(variable - columns_)];
  Integer sum = 0;
  for (const ExactCell& cell : by_column_[at(variable)]) {
    const Integer& y = multipliers[at(cell.index)];
    if (y.sign() != 0) sum += cell.value * y;
  }
  return sum;
}

void ExactSimplex::find_reduced_costs() {
  ExactVector duals = multipliers_of(costs_);
  reduced_.num.resize(at(columns_ + rows_));
  for (Index v = 0; v < columns_ + rows_; ++v) {
    reduced_.num[at(v)] = basis_[at(v)] == Basis::basic
                              ? Integer(0)
                              : costs_[at(v)] * duals.den - times_column(duals.num, v);
  }
  duals_ = std::move(duals.num);
  reduced_.den = std::move(duals.den);
}

// How much basic variables fall when the entering one rises by 1, over one denominator.
ExactVector ExactSimplex::column_of(Index entering) const {
  std::vector<Integer> column(at(rows_), 0);
  if (is_row(entering)) {
    column[at(entering - columns_)] = -1;
  } else {
    for (const ExactCell& cell : by_column_[at(entering)]) column[at(cell.index)] = cell.value;
  }
  std::vector<Integer> right;
  for (const Index i : tight_rows_) right.push_back(column[at(i)]);
  ExactVector basic = system_->solve(right);
  ExactVector result;
  result.num.assign(at(columns_ + rows_), 0);
  for (Index i = 0; i < rows_; ++i) {
    if (basis_[at(columns_ + i)] != Basis::basic) continue;
    Integer sum = -column[at(i)] * basic.den;
    for (const ExactCell& cell : by_row_[at(i)]) {
      if (const Index place = place_[at(cell.index)]; place >= 0) {
        sum += cell.value * basic.num[at(place)];
      }
    }
    result.num[at(columns_ + i)] = std::move(sum);
  }
  for (std::size_t k = 0; k < basic_columns_.size(); ++k) {
    result.num[at(basic_columns_[k])] = std::move(basic.num[k]);
  }
  result.den = std::move(basic.den);
  return result;
}

int ExactSimplex::beyond(Index variable) const {
  const ExactBounds& bounds = bounds_[at(variable)];
  const Integer& num = values_.num[at(variable)];
  if (bounds.lower && compare(num, values_.den, *bounds.lower) < 0) return -1;
  return bounds.upper && compare(num, values_.den, *bounds.upper) > 0 ? 1 : 0;
}

int ExactSimplex::wrong_way(Index variable) const {
  const Basis basis = basis_[at(variable)];
  const int sign = reduced_.num[at(variable)].sign();
  if (basis == Basis::basic || sign == 0 || fixed(variable)) return 0;
  if (basis == Basis::at_lower && sign > 0) return 0;
  return basis == Basis::at_upper && sign < 0 ? 0 : -sign;
}

// Moves variables that gain to their other bound, and takes what they gain from the costs of those
// that have none. True where one was moved.
bool ExactSimplex::make_dual_feasible() {
  find_reduced_costs();
  bool moved = false, changed = false;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (wrong_way(v) == 0) continue;
    const ExactBounds& bounds = bounds_[at(v)];
    if (bounds.lower && bounds.upper) {
      basis_[at(v)] = basis_[at(v)] == Basis::at_lower ? Basis::at_upper : Basis::at_lower;
      moved = true;
    } else {
      changed = true;
    }
  }
  if (!changed) return moved;
  for (Integer& cost : costs_) cost *= reduced_.den;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (wrong_way(v) != 0) costs_[at(v)] -= reduced_.num[at(v)];
  }
  return moved;
}

void ExactSimplex::exchange(Index entering, Index leaving, Basis resting) {
  basis_[at(leaving)] = resting;
  if (entering != leaving) basis_[at(entering)] = Basis::basic;
  ++pivots_;
}

// One step of the dual method. Answers infeasible where none is left.
std::optional<Status> ExactSimplex::dual_pivot() {
  Index leaving = -1;
  Rational worst;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (basis_[at(v)] != Basis::basic) continue;
    const int side = beyond(v);
    if (side == 0) continue;
    if (leaving >= 0 && !patient()) break;  // Bland's rule: the first
    const Rational& bound = side < 0 ? *bounds_[at(v)].lower : *bounds_[at(v)].upper;
    Rational distance = Rational(values_.num[at(v)], values_.den) - bound;
    if (distance.sign() < 0) distance = -distance;
    if (leaving >= 0 && distance <= worst) continue;
    leaving = v;
    worst = std::move(distance);
  }
  const int side = beyond(leaving);
  std::vector<Integer> unit(at(columns_ + rows_), 0);
  unit[at(leaving)] = 1;
  ExactVector row = multipliers_of(unit);
  find_reduced_costs();
  Index entering = -1;
  Integer best_cost, best_pivot;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    const Basis basis = basis_[at(v)];
    if (basis == Basis::basic || fixed(v)) continue;
    Integer pivot = times_column(row.num, v);
    // The leaving variable falls by the pivot where this one rises.
    const int way = pivot.sign() * -side;  // in which this one would have to go: -1 is up
    if (way == 0 || (way > 0 && basis == Basis::at_lower) ||
        (way < 0 && basis == Basis::at_upper)) {
      continue;
    }
    if (pivot.sign() < 0) pivot = -pivot;
    Integer cost = reduced_.num[at(v)];
    if (cost.sign() < 0) cost = -cost;
    if (entering >= 0 && cost * best_pivot >= best_cost * pivot) continue;
    entering = v;
    best_cost = std::move(cost);
    best_pivot = std::move(pivot);
  }
  if (entering < 0) {
    proof_ = std::move(row.num);
    if (side > 0) {
      for (Integer& y : proof_) y = -y;
    }
    return Status::infeasible;
  }
  exchange(entering, leaving, side < 0 ? Basis::at_lower : Basis::at_upper);
  return std::nullopt;
}

// One step of the primal method. Answers optimal or unbounded where none is left.
std::optional<Status> ExactSimplex::primal_pivot() {
  Index entering = -1;
  Integer best;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    if (wrong_way(v) == 0) continue;
    if (entering >= 0 && !patient()) break;  // Bland's rule
    Integer gain = reduced_.num[at(v)];
    if (gain.sign() < 0) gain = -gain;
    if (entering >= 0 && gain <= best) continue;
    entering = v;
    best = std::move(gain);
  }
  if (entering < 0) return Status::optimal;
  const int way = wrong_way(entering);
  const ExactVector column = column_of(entering);
  Index leaving = -1;
  Basis resting = Basis::free;
  Rational longest;
  const ExactBounds& own = bounds_[at(entering)];
  if (own.lower && own.upper) {
    leaving = entering;
    longest = *own.upper - *own.lower;
    resting = way > 0 ? Basis::at_upper : Basis::at_lower;
  }
  for (Index v = 0; v < columns_ + rows_; ++v) {
    const int falls = column.num[at(v)].sign() * way;
    if (falls == 0) continue;
    const std::optional<Rational>& bound = falls > 0 ? bounds_[at(v)].lower : bounds_[at(v)].upper;
    if (!bound) continue;
    Rational length = (Rational(values_.num[at(v)], values_.den) - *bound) /
                      Rational(column.num[at(v)], column.den);
    if (way < 0) length = -length;
    if (leaving >= 0 && length >= longest) continue;
    leaving = v;
    longest = std::move(length);
    resting = falls > 0 ? Basis::at_lower : Basis::at_upper;
  }
  if (leaving < 0) return Status::unbounded;
  exchange(entering, leaving, resting);
  return std::nullopt;
}

Status ExactSimplex::solve() {
  for (const ExactBounds& bounds : bounds_) {
    if (bounds.lower && bounds.upper && *bounds.lower > *bounds.upper) return Status::infeasible;
  }
  if (!factor()) return Status::limit;
  if (!system_->regular()) {
    repair();
    factor();
  }
  bool dual = true, first = true;
  for (;;) {
    if (limits_.stop && limits_.stop()) return Status::cancelled;
    find_values();
    bool feasible = true;
    for (Index v = 0; v < columns_ + rows_ && feasible; ++v) feasible = beyond(v) == 0;
    if (dual && !feasible && std::exchange(first, false) && make_dual_feasible()) continue;
    if (feasible && std::exchange(dual, false)) costs_ = true_costs_;
    std::optional<Status> end;
    if (dual) {
      end = dual_pivot();
    } else {
      find_reduced_costs();
      end = primal_pivot();
    }
    if (end) return *end;
    if (pivots_ >= limits_.pivots || !factor()) return Status::limit;
    if (!system_->regular()) return Status::trouble;  // the prime divides the determinant
  }
}

void ExactSimplex::fill(ExactAnswer& answer, Status status) {
  answer.status = status;
  answer.pivots = pivots_;
  answer.basis = basis_;
  if (status == Status::infeasible) {
    for (std::size_t i = 0; i < proof_.size(); ++i) {
      answer.ray.emplace_back(proof_[i] * row_scale_[i]);
    }
  }
  if (status != Status::optimal) return;
  const Integer cost_den = reduced_.den * cost_scale_;
  for (Index v = 0; v < columns_ + rows_; ++v) {
    Rational value(values_.num[at(v)], values_.den);
    if (is_row(v)) {
      const Integer& scale = row_scale_[at(v - columns_)];
      answer.activities.push_back(std::move(value) / Rational(scale));
      answer.duals.emplace_back(duals_[at(v - columns_)] * scale, cost_den);
    } else {
      answer.objective += program_.columns[at(v)].cost * value;
      answer.values.push_back(std::move(value));
      answer.reduced_costs.emplace_back(reduced_.num[at(v)], cost_den);
    }
  }
}

ExactAnswer ExactSimplex::run() {
  ExactAnswer answer;
  const Status status = solve();
  fill(answer, status);
  return answer;
}

}  // namespace partnership::solver
