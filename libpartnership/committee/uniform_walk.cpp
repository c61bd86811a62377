// SPDX-License-Identifier: Apache-2.0
#include "committee/uniform_walk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace partnership {

namespace {

constexpr double nearly = 1e-9;
constexpr std::uint32_t nowhere = UINT32_MAX;

// As the simplex method walks: there is a basis of as many columns as there are rows (sums that
// must not change), and a column outside of it moves while those in it make up for that. Each row
// has a slack column of its own, which is held at 0 until the row is given up. Row 0 is the sum of
// all.
class Walk {
 public:
  Walk(const std::vector<WalkColumn>& columns, std::size_t sums, double most);
  std::vector<bool> run();

 private:
  struct Slack {
    bool free = false;
    bool basic = true;
  };
  // What stands in a row of the basis: a column, or (from `columns_.size()` on) a row's slack.
  bool is_slack(std::size_t id) const { return id >= columns_.size(); }
  std::size_t row_of(std::size_t slack) const { return slack - columns_.size(); }
  bool moves(std::size_t column) const { return value_[column] > 0 && value_[column] < 1; }

  void solve(std::size_t id);  // into direction_: what the basis does against one unit of id
  bool replace_held(std::size_t id);
  void enter(std::size_t id);
  double direction_sign(std::size_t id) const;
  void take(std::size_t row, std::size_t id);
  void settle(std::size_t column);
  void give_up(std::size_t row);
  void give_up_light();
  std::size_t lightest() const;

  const std::vector<WalkColumn>& columns_;
  double most_;
  std::size_t moving_ = 0;
  std::vector<double> value_;                                      // a column
  std::vector<std::uint32_t> row_at_;                              // a sum: its row, or nowhere
  std::vector<double> weight_;                                     // a row: of moving columns
  std::vector<std::vector<std::pair<std::uint32_t, double>>> in_;  // a column: by row
  std::vector<Slack> slack_;                                       // a row
  std::vector<double> error_;                                      // a row given up
  std::vector<std::size_t> basis_;                                 // a row
  std::vector<double> inverse_;                                    // of the basis, by row
  std::vector<double> direction_;
  std::vector<std::size_t> light_;  // rows to be given up
};

Walk::Walk(const std::vector<WalkColumn>& columns, std::size_t sums, double most)
    : columns_(columns), most_(most), row_at_(sums, nowhere), in_(columns.size()) {
  std::vector<double> weight(sums);
  for (const WalkColumn& column : columns) {
    value_.push_back(column.value < nearly ? 0 : column.value > 1 - nearly ? 1 : column.value);
    if (!moves(value_.size() - 1)) continue;
    ++moving_;
    for (const auto& [sum, share] : column.shares) weight[sum] += share;
  }
  weight_.push_back(0);
  for (std::size_t sum = 0; sum < sums; ++sum) {
    if (weight[sum] <= most_) continue;  // it may be lost
    row_at_[sum] = static_cast<std::uint32_t>(weight_.size());
    weight_.push_back(weight[sum]);
  }
  for (std::size_t column = 0; column < columns.size(); ++column) {
    in_[column].emplace_back(0, 1.0);
    for (const auto& [sum, share] : columns[column].shares) {
      if (row_at_[sum] != nowhere) in_[column].emplace_back(row_at_[sum], share);
    }
  }
  const std::size_t rows = weight_.size();
  slack_.resize(rows);
  error_.resize(rows);
  inverse_.resize(rows * rows);
  direction_.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    basis_.push_back(columns.size() + row);
    inverse_[row * rows + row] = 1;
  }
}

void Walk::solve(std::size_t id) {
  const std::size_t rows = basis_.size();
  for (std::size_t r = 0; r < rows; ++r) {
    const double* line = &inverse_[r * rows];
    double sum = 0;
    if (is_slack(id)) {
      sum = line[row_of(id)];
    } else {
      for (const auto& [row, share] : in_[id]) sum += line[row] * share;
    }
    direction_[r] = sum;
  }
}

// `id` takes the place of what stands in `row` of the basis.
void Walk::take(std::size_t row, std::size_t id) {
  const std::size_t rows = basis_.size();
  double* const pivot = &inverse_[row * rows];
  for (std::size_t c = 0; c < rows; ++c) pivot[c] /= direction_[row];
  for (std::size_t r = 0; r < rows; ++r) {
    if (r == row || direction_[r] == 0) continue;
    double* const line = &inverse_[r * rows];
    for (std::size_t c = 0; c < rows; ++c) line[c] -= direction_[r] * pivot[c];
  }
  if (is_slack(basis_[row])) slack_[row_of(basis_[row])].basic = false;
  if (is_slack(id)) slack_[row_of(id)].basic = true;
  basis_[row] = id;
}

// While a slack that is held at 0 stands in the basis, `id` can take its place without a move.
bool Walk::replace_held(std::size_t id) {
  std::size_t best = basis_.size();
  for (std::size_t r = 0; r < basis_.size(); ++r) {
    const bool held = is_slack(basis_[r]) && !slack_[row_of(basis_[r])].free;
    if (!held || std::abs(direction_[r]) < nearly) continue;
    if (best == basis_.size() || std::abs(direction_[r]) > std::abs(direction_[best])) best = r;
  }
  if (best == basis_.size()) return false;
  take(best, id);
  return true;
}

// The way in which the errors of the rows given up shrink rather than grow.
double Walk::direction_sign(std::size_t id) const {
  double slope = is_slack(id) ? error_[row_of(id)] : 0;
  for (std::size_t r = 0; r < basis_.size(); ++r) {
    if (is_slack(basis_[r])) slope -= direction_[r] * error_[row_of(basis_[r])];
  }
  return slope > 0 ? -1 : 1;
}

void Walk::enter(std::size_t id) {
  solve(id);
  if (replace_held(id)) return;
  const double sign = direction_sign(id);
  const double room = is_slack(id) ? std::numeric_limits<double>::infinity()
                      : sign > 0   ? 1 - value_[id]
                                   : value_[id];
  double step = room;
  std::size_t leaving = basis_.size();
  for (std::size_t r = 0; r < basis_.size(); ++r) {
    const double speed = -sign * direction_[r];
    if (is_slack(basis_[r]) || std::abs(speed) < nearly) continue;
    const double value = value_[basis_[r]];
    const double reach = std::max(0.0, speed > 0 ? 1 - value : value) / std::abs(speed);
    if (reach < step) {
      step = reach;
      leaving = r;
    }
  }
  if (std::isinf(step)) return;
  for (std::size_t r = 0; r < basis_.size(); ++r) {
    const double change = -sign * direction_[r] * step;
    is_slack(basis_[r]) ? error_[row_of(basis_[r])] += change : value_[basis_[r]] += change;
  }
  is_slack(id) ? error_[row_of(id)] += sign * step : value_[id] += sign * step;
  if (leaving == basis_.size()) return settle(id);
  const std::size_t left = basis_[leaving];
  take(leaving, id);
  settle(left);
  // Others that have come to an end by the same step leave when they next limit one.
}

// The column has come to 0 or 1 and stays there.
void Walk::settle(std::size_t column) {
  value_[column] = value_[column] < 0.5 ? 0 : 1;
  --moving_;
  for (const auto& [row, share] : in_[column]) {
    if (row == 0) continue;
    const bool heavy = weight_[row] > most_ + nearly;
    weight_[row] -= share;
    if (heavy && weight_[row] <= most_ + nearly) light_.push_back(row);
  }
}

void Walk::give_up(std::size_t row) {
  if (slack_[row].free) return;
  slack_[row].free = true;
  if (!slack_[row].basic) enter(columns_.size() + row);
}

void Walk::give_up_light() {
  while (!light_.empty()) {
    const std::size_t row = light_.back();
    light_.pop_back();
    give_up(row);
  }
}

std::size_t Walk::lightest() const {
  std::size_t best = 0;
  for (std::size_t row = 1; row < slack_.size(); ++row) {
    if (slack_[row].free) continue;
    if (best == 0 || weight_[row] < weight_[best]) best = row;
  }
  return best;
}

std::vector<bool> Walk::run() {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (moves(column)) enter(column);
    give_up_light();
  }
  // All that still move are in the basis. The rows that are left are given up, the lightest first.
  while (moving_ > 0) {
    const std::size_t row = lightest();
    if (row == 0) break;
    give_up(row);
    give_up_light();
  }
  std::vector<bool> up;
  for (const double value : value_) up.push_back(value > 0.5);
  return up;
}

}  // namespace

std::vector<bool> walk(const std::vector<WalkColumn>& columns, std::size_t sums, double most) {
  return Walk(columns, sums, most).run();
}

}  // namespace partnership
