// SPDX-License-Identifier: Apache-2.0
#include "verify/naive_program.hpp"

#include <cstddef>
#include <optional>

namespace partnership::naive {

namespace {

// Columns: the program's, then a slack a row, then one artificial column, then the right side. The
// last line holds the reduced costs (negative: the column would gain).
class Table {
 public:
  explicit Table(const Program& program)
      : program_(program),
        rows_(program.bound.size()),
        columns_(program.cost.size()),
        width_(columns_ + rows_ + 2),
        lines_(rows_ + 1, std::vector<Rational>(width_)),
        basic_(rows_) {
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < columns_; ++c) lines_[r][c] = program.matrix[r][c];
      lines_[r][columns_ + r] = 1;
      lines_[r][artificial()] = -1;
      lines_[r].back() = program.bound[r];
      basic_[r] = columns_ + r;
    }
  }

  Answer solve() {
    Answer answer;
    if (!make_feasible()) {
      answer.kind = Answer::Kind::infeasible;
      answer.multipliers = multipliers();
      return answer;
    }
    set_costs();
    if (!improve(artificial())) {
      answer.kind = Answer::Kind::unbounded;
      return answer;
    }
    answer.value = lines_.back().back();
    answer.multipliers = multipliers();
    answer.x.resize(columns_);
    for (std::size_t r = 0; r < rows_; ++r) {
      if (basic_[r] < columns_) answer.x[basic_[r]] = lines_[r].back();
    }
    return answer;
  }

 private:
  std::size_t artificial() const { return columns_ + rows_; }

  void pivot(std::size_t row, std::size_t column) {
    const Rational by = lines_[row][column];
    for (Rational& value : lines_[row]) value /= by;
    for (std::size_t r = 0; r <= rows_; ++r) {
      const Rational factor = lines_[r][column];
      if (r == row || factor.sign() == 0) continue;
      for (std::size_t c = 0; c < width_; ++c) lines_[r][c] -= factor * lines_[row][c];
    }
    basic_[row] = column;
  }

  // Bland's rule over the columns before `end`. False: unbounded.
  bool improve(std::size_t end) {
    for (;;) {
      std::size_t entering = 0;
      while (entering < end && lines_.back()[entering].sign() >= 0) ++entering;
      if (entering == end) return true;
      std::optional<std::size_t> leaving;
      Rational least;
      for (std::size_t r = 0; r < rows_; ++r) {
        if (lines_[r][entering].sign() <= 0) continue;
        const Rational ratio = lines_[r].back() / lines_[r][entering];
        if (!leaving || ratio < least || (ratio == least && basic_[r] < basic_[*leaving])) {
          leaving = r;
          least = ratio;
        }
      }
      if (!leaving) return false;
      pivot(*leaving, entering);
    }
  }

  // Maximises minus the artificial column, starting with it in place of the worst row.
  bool make_feasible() {
    std::size_t worst = rows_;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (lines_[r].back().sign() >= 0) continue;
      if (worst == rows_ || lines_[r].back() < lines_[worst].back()) worst = r;
    }
    if (worst == rows_) return true;
    lines_.back()[artificial()] = 1;
    pivot(worst, artificial());
    improve(artificial() + 1);
    if (lines_.back().back().sign() < 0) return false;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (basic_[r] == artificial()) leave(r);
    }
    return true;
  }

  // The artificial column is basic at 0: any other column of its row takes its place.
  void leave(std::size_t row) {
    for (std::size_t c = 0; c < artificial(); ++c) {
      if (lines_[row][c].sign() != 0) return pivot(row, c);
    }
  }

  void set_costs() {
    for (Rational& value : lines_.back()) value = 0;
    for (std::size_t c = 0; c < columns_; ++c) lines_.back()[c] = -program_.cost[c];
    for (std::size_t r = 0; r < rows_; ++r) {
      const Rational factor = lines_.back()[basic_[r]];
      if (factor.sign() == 0) continue;
      for (std::size_t c = 0; c < width_; ++c) lines_.back()[c] -= factor * lines_[r][c];
    }
  }

  std::vector<Rational> multipliers() const {
    const auto& costs = lines_.back();
    return {costs.begin() + static_cast<std::ptrdiff_t>(columns_),
            costs.begin() + static_cast<std::ptrdiff_t>(columns_ + rows_)};
  }

  const Program& program_;
  std::size_t rows_, columns_, width_;
  std::vector<std::vector<Rational>> lines_;
  std::vector<std::size_t> basic_;  // the column of each row
};

}  // namespace

Answer solve(const Program& program) {
  return Table(program).solve();
}

}  // namespace partnership::naive
