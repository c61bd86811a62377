// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_logs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace partnership::lottery {
namespace {

constexpr int most_rounds = 200;
constexpr double goal = 1e-11;  // of products, relative
constexpr double residual_goal = 1e-9;
constexpr double good_enough = 1e-6;  // of both, to be polished
constexpr double stiffness = 1e-7;
constexpr double balance = 1e-7;  // of what is polished, relative
constexpr int most_worse = 5;     // rounds after the best one
constexpr double backing_off = 0.995;

// A bound of one variable: how far it is, its dual, and what their product goes to.
struct Barrier {
  bool there = false;
  double dual = 0, dual_step = 0;
};

struct Variable {
  double value = 0, step = 0;
  double lower = 0, upper = 0;
  double weight = 0;                 // of the logarithm
  double slope = 0, slope_step = 0;  // weight / value in the end
  Barrier low, high;
  bool fixed = false;
  bool binds() const noexcept { return fixed || low.there || high.there; }
  double curve = 0, pull = 0;  // of the Newton step: curve * step - (rows' duals) = pull
};

// Dense, symmetric, positive definite after a little is added where rows depend on each other.
class Normal {
 public:
  explicit Normal(std::size_t size) : size_(size), cells_(size * size, 0) {}
  double& operator()(std::size_t i, std::size_t j) { return cells_[i * size_ + j]; }
  void factor() {
    for (std::size_t j = 0; j < size_; ++j) {
      double* const row = &cells_[j * size_];
      const double full = row[j];
      for (std::size_t k = 0; k < j; ++k) row[j] -= row[k] * row[k];
      // A row that others add up to gets a pivot so large that it takes no part.
      const double pivot = row[j] > 1e-13 * full && row[j] > 0 ? std::sqrt(row[j]) : 1e60;
      row[j] = pivot;
      for (std::size_t i = j + 1; i < size_; ++i) {
        double* const other = &cells_[i * size_];
        for (std::size_t k = 0; k < j; ++k) other[j] -= other[k] * row[k];
        other[j] /= pivot;
      }
    }
  }
  void solve(std::vector<double>& x) const {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t k = 0; k < i; ++k) x[i] -= cells_[i * size_ + k] * x[k];
      x[i] /= cells_[i * size_ + i];
    }
    for (std::size_t i = size_; i-- > 0;) {
      x[i] /= cells_[i * size_ + i];
      for (std::size_t k = 0; k < i; ++k) x[k] -= cells_[i * size_ + k] * x[i];
    }
  }

 private:
  std::size_t size_;
  std::vector<double> cells_;  // lower triangle
};

class InteriorPoint {
 public:
  explicit InteriorPoint(const LogProgram& program);
  bool run(const std::function<bool()>& keep_on);
  void polish();
  LogAnswer answer(bool converged) const;

 private:
  void place(Variable& variable, double wanted) const;
  void set_targets(Variable& variable, double mu) const;
  static void set_barrier_steps(Variable& variable, double mu);
  void find_activities();
  void find_steps(double mu);
  double longest_step() const;
  void advance(double length);
  double mean_product() const;
  double residual() const;
  void keep_best() { best_columns_ = columns_, best_rows_ = rows_, best_duals_ = duals_; }
  void go_back() { columns_ = best_columns_, rows_ = best_rows_, duals_ = best_duals_; }
  double beyond_rows();
  bool newton_on_face();
  double off_balance() const;

  const LogProgram& program_;
  std::vector<Variable> columns_, rows_;
  std::vector<double> duals_, dual_steps_, activities_;
  std::vector<Variable> best_columns_, best_rows_;
  std::vector<double> best_duals_;
};

InteriorPoint::InteriorPoint(const LogProgram& program)
    : program_(program),
      columns_(program.columns.size()),
      rows_(program.rows.size()),
      duals_(program.rows.size(), 0),
      dual_steps_(program.rows.size(), 0),
      activities_(program.rows.size(), 0) {
  double largest = 1;
  for (const LogProgram::Column& column : program.columns) {
    largest = std::max(largest, column.weight);
  }
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const LogProgram::Column& from = program.columns[j];
    Variable& column = columns_[j];
    column.lower = from.lower;
    column.upper = from.upper;
    column.weight = from.weight;
    place(column, from.lower + 1);
    column.slope = column.weight > 0 && !column.fixed ? column.weight / column.value : 0;
    if (column.weight > 0 && column.lower <= 0) column.low.there = false;
    column.low.dual = column.low.there ? largest : 0;
    column.high.dual = column.high.there ? largest : 0;
  }
  find_activities();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Variable& row = rows_[i];
    row.lower = program.rows[i].lower;
    row.upper = program.rows[i].upper;
    place(row, activities_[i]);
    row.low.dual = row.low.there ? largest : 0;
    row.high.dual = row.high.there ? largest : 0;
  }
}

// Well between its bounds, and near what is wanted.
void InteriorPoint::place(Variable& variable, double wanted) const {
  const bool low = std::isfinite(variable.lower), high = std::isfinite(variable.upper);
  variable.fixed = low && high && variable.lower >= variable.upper;
  if (variable.fixed) {
    variable.value = variable.lower;
    return;
  }
  variable.low.there = low;
  variable.high.there = high;
  if (low && high) {
    const double width = variable.upper - variable.lower;
    variable.value = std::clamp(wanted, variable.lower + 0.1 * width, variable.upper - 0.1 * width);
  } else if (low) {
    variable.value = std::max(wanted, variable.lower + 1);
  } else {
    variable.value = high ? std::min(wanted, variable.upper - 1) : wanted;
  }
}

void InteriorPoint::find_activities() {
  std::fill(activities_.begin(), activities_.end(), 0);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    for (const auto& [row, value] : program_.columns[j].cells) {
      activities_[row] += value * columns_[j].value;
    }
  }
}

// What logarithm and bounds pull and how stiffly, after the steps of their duals are eliminated.
void InteriorPoint::set_targets(Variable& variable, double mu) const {
  variable.curve = 0;
  variable.pull = 0;
  if (variable.weight > 0) {
    variable.curve += variable.slope / variable.value;
    variable.pull += variable.weight / variable.value;
  }
  if (variable.low.there) {
    const double room = variable.value - variable.lower;
    variable.curve += variable.low.dual / room;
    variable.pull += mu / room;
  }
  if (variable.high.there) {
    const double room = variable.upper - variable.value;
    variable.curve += variable.high.dual / room;
    variable.pull -= mu / room;
  }
}

void InteriorPoint::set_barrier_steps(Variable& variable, double mu) {
  if (variable.weight > 0) {
    variable.slope_step =
        (variable.weight - variable.slope * variable.step) / variable.value - variable.slope;
  }
  if (variable.low.there) {
    const double room = variable.value - variable.lower;
    variable.low.dual_step = (mu - variable.low.dual * variable.step) / room - variable.low.dual;
  }
  if (variable.high.there) {
    const double room = variable.upper - variable.value;
    variable.high.dual_step = (mu + variable.high.dual * variable.step) / room - variable.high.dual;
  }
}

// Newton's equations, reduced to the rows' duals y: for a column pull = curve * step + (A^T y_new),
// for a row pull = curve * step - y_new, and A (values + steps) = activities + their steps.
void InteriorPoint::find_steps(double mu) {
  Normal normal(rows_.size());
  std::vector<double> right(rows_.size());
  find_activities();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    right[i] = activities_[i] - rows_[i].value;
    if (rows_[i].fixed) continue;
    set_targets(rows_[i], mu);
    if (rows_[i].curve > 0) {
      normal(i, i) += 1 / rows_[i].curve;
      right[i] -= rows_[i].pull / rows_[i].curve;
    } else {
      normal(i, i) += 1e30;  // a row without bounds has no dual
    }
  }
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    Variable& column = columns_[j];
    if (column.fixed) continue;
    set_targets(column, mu);
    const auto& cells = program_.columns[j].cells;
    for (const auto& [row, value] : cells) {
      right[row] += value * column.pull / column.curve;
      for (const auto& [other, factor] : cells) {
        if (other <= row) normal(row, other) += value * factor / column.curve;
      }
    }
  }
  normal.factor();
  normal.solve(right);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    dual_steps_[i] = right[i] - duals_[i];
    if (rows_[i].fixed) continue;
    rows_[i].step = rows_[i].curve > 0 ? (rows_[i].pull + right[i]) / rows_[i].curve : 0;
    set_barrier_steps(rows_[i], mu);
  }
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    Variable& column = columns_[j];
    if (column.fixed) continue;
    double along = 0;
    for (const auto& [row, value] : program_.columns[j].cells) along += value * right[row];
    column.step = (column.pull - along) / column.curve;
    set_barrier_steps(column, mu);
  }
}

double InteriorPoint::longest_step() const {
  double longest = 1 / backing_off;
  const auto keep_above_zero = [&](double value, double step) {
    if (step < 0) longest = std::min(longest, -value / step);
  };
  for (const std::vector<Variable>* variables : {&columns_, &rows_}) {
    for (const Variable& variable : *variables) {
      if (variable.fixed) continue;
      if (variable.weight > 0) {
        keep_above_zero(variable.value, variable.step);
        keep_above_zero(variable.slope, variable.slope_step);
      }
      if (variable.low.there) {
        keep_above_zero(variable.value - variable.lower, variable.step);
        keep_above_zero(variable.low.dual, variable.low.dual_step);
      }
      if (variable.high.there) {
        keep_above_zero(variable.upper - variable.value, -variable.step);
        keep_above_zero(variable.high.dual, variable.high.dual_step);
      }
    }
  }
  return backing_off * longest;
}

void InteriorPoint::advance(double length) {
  for (std::vector<Variable>* variables : {&columns_, &rows_}) {
    for (Variable& variable : *variables) {
      if (variable.fixed) continue;
      variable.value += length * variable.step;
      variable.slope += length * variable.slope_step;
      variable.low.dual += length * variable.low.dual_step;
      variable.high.dual += length * variable.high.dual_step;
    }
  }
  for (std::size_t i = 0; i < duals_.size(); ++i) duals_[i] += length * dual_steps_[i];
}

double InteriorPoint::mean_product() const {
  double sum = 0;
  int count = 0;
  for (const std::vector<Variable>* variables : {&columns_, &rows_}) {
    for (const Variable& variable : *variables) {
      if (variable.fixed) continue;
      if (variable.low.there) {
        sum += variable.low.dual * (variable.value - variable.lower);
        ++count;
      }
      if (variable.high.there) {
        sum += variable.high.dual * (variable.upper - variable.value);
        ++count;
      }
    }
  }
  return count == 0 ? 0 : sum / count;
}

// How far rows and duals are from adding up, relative to their size.
double InteriorPoint::residual() const {
  double worst = 0;
  std::vector<double> sums(rows_.size(), 0);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const Variable& column = columns_[j];
    double along = 0;
    for (const auto& [row, value] : program_.columns[j].cells) {
      sums[row] += value * column.value;
      along += value * duals_[row];
    }
    if (column.fixed) continue;
    const double pull = column.slope + column.low.dual - column.high.dual;
    worst = std::max(worst, std::abs(along - pull) / (1 + std::abs(pull)));
    if (column.weight > 0) {
      worst = std::max(worst, std::abs(column.slope * column.value / column.weight - 1));
    }
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].binds()) continue;
    worst = std::max(worst, std::abs(sums[i] - rows_[i].value) / (1 + std::abs(sums[i])));
  }
  return worst;
}

// The products can be brought down until rounding makes the rest worse. The best round counts.
bool InteriorPoint::run(const std::function<bool()>& keep_on) {
  double total = 1;
  for (const Variable& column : columns_) total += column.weight;
  double best = std::numeric_limits<double>::infinity();
  keep_best();
  for (int round = 0, worse = 0; round < most_rounds && worse < most_worse; ++round, ++worse) {
    if (!keep_on()) return false;
    const double product = mean_product(), off = residual();
    const double merit = std::max(product / total, off);
    if (merit < best) {
      best = merit;
      worse = 0;
      keep_best();
    }
    if (best > good_enough) worse = 0;
    if (product <= goal * total && off <= residual_goal) break;
    find_steps(0.1 * product);
    const double length = longest_step();
    if (!(length > 1e-12)) break;
    advance(length);
  }
  go_back();
  return best <= good_enough;
}

// On the face a column without a logarithm goes wherever it must; it is a little stiff all the
// same, so that there is one way.
double curve_of(const Variable& column) {
  return column.weight > 0 ? column.weight / (column.value * column.value) : stiffness;
}

double pull_of(const Variable& column) {
  return column.weight > 0 ? column.weight / column.value : 0;
}

// One Newton step where tight rows and bounds are equations and the others are not there.
bool InteriorPoint::newton_on_face() {
  Normal normal(rows_.size());
  std::vector<double> right(rows_.size(), 0);
  std::vector<bool> tight(rows_.size());
  find_activities();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Variable& row = rows_[i];
    const bool low = row.low.there && row.low.dual > row.value - row.lower;
    const bool high = row.high.there && row.high.dual > row.upper - row.value;
    tight[i] = row.fixed || low || high;
    if (tight[i]) {
      right[i] = activities_[i] - (row.fixed || low ? row.lower : row.upper);
    } else {
      normal(i, i) = 1e30;
    }
  }
  std::vector<double> ends(columns_.size());
  std::vector<bool> free(columns_.size(), false);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const Variable& column = columns_[j];
    ends[j] = column.value;
    const bool low = column.low.there && column.low.dual > column.value - column.lower;
    const bool high = column.high.there && column.high.dual > column.upper - column.value;
    const auto& cells = program_.columns[j].cells;
    if (column.fixed || low || high) {
      if (low) ends[j] = column.lower;
      if (high) ends[j] = column.upper;
      for (const auto& [row, value] : cells) {
        if (tight[row]) right[row] += value * (ends[j] - column.value);
      }
      continue;
    }
    free[j] = true;
    const double curve = curve_of(column), pull = pull_of(column);
    for (const auto& [row, value] : cells) {
      if (!tight[row]) continue;
      right[row] += value * pull / curve;
      for (const auto& [other, factor] : cells) {
        if (other <= row && tight[other]) normal(row, other) += value * factor / curve;
      }
    }
  }
  normal.factor();
  normal.solve(right);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    if (!free[j]) continue;
    const Variable& column = columns_[j];
    double along = 0;
    for (const auto& [row, value] : program_.columns[j].cells) {
      if (tight[row]) along += value * right[row];
    }
    ends[j] += (pull_of(column) - along) / curve_of(column);
    if (!(ends[j] > 0) || ends[j] < column.lower || ends[j] > column.upper) return false;
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!tight[i]) right[i] = 0;
    if (std::isnan(right[i])) return false;
  }
  for (std::size_t j = 0; j < columns_.size(); ++j) columns_[j].value = ends[j];
  duals_ = right;
  return true;
}

// How far activities are beyond the rows' bounds.
double InteriorPoint::beyond_rows() {
  find_activities();
  double worst = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    worst = std::max({worst, rows_[i].lower - activities_[i], activities_[i] - rows_[i].upper});
  }
  return worst;
}

// How far columns wish to move where they can, and rows where they are not held.
double InteriorPoint::off_balance() const {
  double worst = 0;
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const Variable& column = columns_[j];
    if (column.fixed) continue;
    double along = 0;
    for (const auto& [row, value] : program_.columns[j].cells) along += value * duals_[row];
    const double wish = (pull_of(column) - along) / (1 + pull_of(column));
    const bool low = column.low.there && column.value <= column.lower;
    const bool high = column.high.there && column.value >= column.upper;
    if (!high) worst = std::max(worst, wish);
    if (!low) worst = std::max(worst, -wish);
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Variable& row = rows_[i];
    if (row.fixed) continue;
    const double end = duals_[i] > 0 ? row.upper - activities_[i] : activities_[i] - row.lower;
    if (std::abs(duals_[i]) > balance && !(end < balance)) worst = std::abs(duals_[i]);
  }
  return worst;
}

void InteriorPoint::polish() {
  keep_best();
  const double before = beyond_rows();
  for (int round = 0; round < 4; ++round) {
    if (newton_on_face()) continue;
    return go_back();
  }
  if (!(beyond_rows() <= std::max(before, 1e-12)) || !(off_balance() <= balance)) go_back();
}

LogAnswer InteriorPoint::answer(bool converged) const {
  LogAnswer answer;
  answer.converged = converged;
  answer.multipliers = duals_;
  for (const Variable& column : columns_) answer.values.push_back(column.value);
  return answer;
}

}  // namespace

LogAnswer maximise_logs(const LogProgram& program, const std::function<bool()>& keep_on) {
  InteriorPoint method(program);
  const bool converged = method.run(keep_on);
  if (converged) method.polish();
  return method.answer(converged);
}

}  // namespace partnership::lottery
