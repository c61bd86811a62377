// SPDX-License-Identifier: Apache-2.0
#include "solver/exact_system.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

namespace partnership::solver {
namespace {

__extension__ using Wide = __int128;  // the one extension used; gcc and clang both have it
__extension__ using UnsignedWide = unsigned __int128;

constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

std::uint64_t times(std::uint64_t a, std::uint64_t b) noexcept {
  const UnsignedWide product = static_cast<UnsignedWide>(a) * b;
  const std::uint64_t sum =
      (static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61);
  return sum >= prime ? sum - prime : sum;
}

std::uint64_t minus(std::uint64_t a, std::uint64_t b) noexcept {
  return a >= b ? a - b : a + prime - b;
}

std::uint64_t inverse_of(std::uint64_t value) noexcept {  // by Fermat
  std::uint64_t result = 1;
  for (std::uint64_t exponent = prime - 2; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = times(result, value);
    value = times(value, value);
  }
  return result;
}

Integer of(Wide value) {
  constexpr std::int64_t half = std::int64_t{1} << 62;
  const auto high = static_cast<std::int64_t>(value / half);
  const auto low = static_cast<std::int64_t>(value % half);
  return high == 0 ? Integer(low) : Integer(high) * Integer(half) + Integer(low);
}

Integer magnitude(const Integer& value) {
  return value.sign() < 0 ? -value : value;
}

// num / den with both below half the length of the modulus, equal to `value` modulo it.
struct Found {
  Integer num, den;
};
std::optional<Found> fraction_of(const Integer& value, const Integer& modulus) {
  const std::uint32_t most = (modulus.bits() - 2) / 2;
  Integer a = modulus, b = value, before = 0, now = 1;
  while (b.bits() > most) {
    const Integer quotient = Integer::floor(a, b);
    a = std::exchange(b, a - quotient * b);
    before = std::exchange(now, before - quotient * now);
  }
  if (now.sign() == 0 || now.bits() > most) return std::nullopt;
  if (now.sign() < 0) return Found{-b, -now};
  return Found{std::move(b), std::move(now)};
}

}  // namespace

// Gauss's elimination over a dense matrix of remainders. The next pivot is of the column, and there
// of the row, with the fewest entries, so that sparse matrices stay so.
class ExactSystem::Elimination {
 public:
  Elimination(const std::vector<std::vector<ExactCell>>& rows, std::int32_t columns)
      : width_(at(columns)),
        matrix_(rows.size() * at(columns), 0),
        in_row_(rows.size(), 0),
        in_column_(at(columns), 0),
        row_open_(rows.size(), true),
        column_open_(at(columns), true) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const ExactCell& cell : rows[i]) {
        const std::uint64_t value = cell.value.modulo(prime);
        if (value == 0) continue;
        matrix_[i * width_ + at(cell.index)] = value;
        ++in_row_[i];
        ++in_column_[at(cell.index)];
      }
    }
  }

  // False when there is no pivot left.
  bool next(std::vector<Step>& steps) {
    std::size_t column = width_;
    for (std::size_t j = 0; j < width_; ++j) {
      if (!column_open_[j] || in_column_[j] == 0) continue;
      if (column == width_ || in_column_[j] < in_column_[column]) column = j;
    }
    if (column == width_) return false;
    std::size_t row = in_row_.size();
    for (std::size_t i = 0; i < in_row_.size(); ++i) {
      if (!row_open_[i] || value(i, column) == 0) continue;
      if (row == in_row_.size() || in_row_[i] < in_row_[row]) row = i;
    }
    eliminate(row, column, steps);
    return true;
  }

  std::vector<std::int32_t> open_rows() const { return list(row_open_); }
  std::vector<std::int32_t> open_columns() const { return list(column_open_); }

 private:
  std::uint64_t& value(std::size_t row, std::size_t column) {
    return matrix_[row * width_ + column];
  }

  void eliminate(std::size_t row, std::size_t column, std::vector<Step>& steps) {
    Step step{static_cast<std::int32_t>(row),
              static_cast<std::int32_t>(column),
              inverse_of(value(row, column)),
              {},
              {}};
    row_open_[row] = column_open_[column] = false;
    for (std::size_t j = 0; j < width_; ++j) {
      if (!column_open_[j] || value(row, j) == 0) continue;
      step.rest.push_back({static_cast<std::int32_t>(j), value(row, j)});
      --in_column_[j];
    }
    for (std::size_t i = 0; i < in_row_.size(); ++i) {
      if (!row_open_[i] || value(i, column) == 0) continue;
      const std::uint64_t multiple = times(value(i, column), step.inverse);
      step.multiples.push_back({static_cast<std::int32_t>(i), multiple});
      --in_row_[i];
      for (const Remainder& cell : step.rest) take(i, at(cell.index), times(multiple, cell.value));
    }
    steps.push_back(std::move(step));
  }

  void take(std::size_t row, std::size_t column, std::uint64_t amount) {
    std::uint64_t& cell = value(row, column);
    const bool was = cell != 0;
    cell = minus(cell, amount);
    const bool is = cell != 0;
    if (was == is) return;
    in_row_[row] += is ? 1 : -1;
    in_column_[column] += is ? 1 : -1;
  }

  static std::vector<std::int32_t> list(const std::vector<bool>& open) {
    std::vector<std::int32_t> result;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i]) result.push_back(static_cast<std::int32_t>(i));
    }
    return result;
  }

  std::size_t width_;
  std::vector<std::uint64_t> matrix_;
  std::vector<int> in_row_, in_column_;  // entries in what is open
  std::vector<bool> row_open_, column_open_;
};

ExactSystem::Side ExactSystem::side_of(std::vector<std::vector<ExactCell>> rows) {
  Side side;
  for (const std::vector<ExactCell>& row : rows) {
    Integer sum = 0;
    double squares = 0;
    for (const ExactCell& cell : row) {
      sum += magnitude(cell.value);
      squares += std::pow(std::min(std::abs(cell.value.approximate()), 1e150), 2);
    }
    side.small.push_back(sum.bits() <= 62);
    side.bits += std::max(
        0.0, std::min(std::log2(std::max(squares, 1.0)) / 2 + 1, static_cast<double>(sum.bits())));
  }
  side.rows = std::move(rows);
  return side;
}

ExactSystem::ExactSystem(std::vector<std::vector<ExactCell>> rows, std::int32_t columns) {
  Elimination elimination(rows, columns);
  while (elimination.next(steps_)) {
  }
  spare_rows_ = elimination.open_rows();
  spare_columns_ = elimination.open_columns();
  if (!spare_rows_.empty() || !spare_columns_.empty()) return;
  std::vector<std::vector<ExactCell>> turned(at(columns));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const ExactCell& cell : rows[i]) {
      turned[at(cell.index)].push_back({static_cast<std::int32_t>(i), cell.value});
    }
  }
  rows_ = side_of(std::move(rows));
  columns_ = side_of(std::move(turned));
}

void ExactSystem::digits(std::vector<std::uint64_t>& right,
                         std::vector<std::uint64_t>& answer) const {
  for (const Step& step : steps_) {
    const std::uint64_t value = right[at(step.row)];
    if (value == 0) continue;
    for (const Remainder& cell : step.multiples) {
      std::uint64_t& other = right[at(cell.index)];
      other = minus(other, times(cell.value, value));
    }
  }
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    std::uint64_t value = right[at(step->row)];
    for (const Remainder& cell : step->rest) {
      value = minus(value, times(cell.value, answer[at(cell.index)]));
    }
    answer[at(step->column)] = times(value, step->inverse);
  }
}

void ExactSystem::digits_transposed(std::vector<std::uint64_t>& right,
                                    std::vector<std::uint64_t>& answer) const {
  for (const Step& step : steps_) {
    const std::uint64_t value = times(right[at(step.column)], step.inverse);
    answer[at(step.row)] = value;
    if (value == 0) continue;
    for (const Remainder& cell : step.rest) {
      std::uint64_t& other = right[at(cell.index)];
      other = minus(other, times(cell.value, value));
    }
  }
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    std::uint64_t& value = answer[at(step->row)];
    for (const Remainder& cell : step->multiples) {
      value = minus(value, times(cell.value, answer[at(cell.index)]));
    }
  }
}

// The answer's digits to the base of the prime, one after the other, and what they stand for.
class ExactSystem::Lifting {
 public:
  Lifting(const ExactSystem& system, const Side& side, bool transposed,
          std::span<const Integer> right)
      : system_(system),
        side_(side),
        transposed_(transposed),
        right_(right),
        rest_(right.begin(), right.end()),
        remainders_(right.size()),
        digit_(right.size()),
        sum_(right.size()) {}

  void next_digit() {
    for (std::size_t i = 0; i < rest_.size(); ++i) remainders_[i] = rest_[i].modulo(prime);
    if (transposed_) {
      system_.digits_transposed(remainders_, digit_);
    } else {
      system_.digits(remainders_, digit_);
    }
    for (std::size_t i = 0; i < rest_.size(); ++i) take_off(i);
    for (std::size_t j = 0; j < sum_.size(); ++j) {
      if (digit_[j] != 0) sum_[j] += modulus_ * Integer(static_cast<std::int64_t>(digit_[j]));
    }
    modulus_ *= Integer(static_cast<std::int64_t>(prime));
  }

  // Nothing where there are too few digits yet.
  std::optional<ExactVector> answer() const {
    ExactVector result;
    result.num.reserve(sum_.size());
    const std::uint32_t most = (modulus_.bits() - 2) / 2;
    for (const Integer& digits : sum_) {
      // The denominator of those before is often that of the next one, too.
      Integer num = Integer::rest(digits * result.den, modulus_);
      if (num + num > modulus_) num -= modulus_;
      if (num.bits() > most) {
        const std::optional<Found> found =
            fraction_of(num.sign() < 0 ? num + modulus_ : num, modulus_);
        if (!found) return std::nullopt;
        for (Integer& other : result.num) other *= found->den;
        result.den *= found->den;
        num = found->num;
      }
      if (result.den.bits() > most) return std::nullopt;
      result.num.push_back(std::move(num));
    }
    if (!solves(result)) return std::nullopt;
    return result;
  }

 private:
  // rest = (rest - row * digit) / prime, which is a whole number.
  void take_off(std::size_t i) {
    if (side_.small[i]) {
      Wide sum = 0;
      for (const ExactCell& cell : side_.rows[i]) {
        sum += static_cast<Wide>(cell.value.small()) *
               static_cast<std::int64_t>(digit_[at(cell.index)]);
      }
      constexpr auto divisor = static_cast<std::int64_t>(prime);
      rest_[i] = rest_[i].fits() ? of((rest_[i].small() - sum) / divisor)
                                 : Integer::exact(rest_[i] - of(sum), divisor);
      return;
    }
    Integer rest = rest_[i];
    for (const ExactCell& cell : side_.rows[i]) {
      rest -= cell.value * Integer(static_cast<std::int64_t>(digit_[at(cell.index)]));
    }
    rest_[i] = Integer::exact(rest, static_cast<std::int64_t>(prime));
  }

  bool solves(const ExactVector& answer) const {
    for (std::size_t i = 0; i < right_.size(); ++i) {
      Integer sum = 0;
      for (const ExactCell& cell : side_.rows[i]) sum += cell.value * answer.num[at(cell.index)];
      if (sum != right_[i] * answer.den) return false;
    }
    return true;
  }

  const ExactSystem& system_;
  const Side& side_;
  bool transposed_;
  std::span<const Integer> right_;
  std::vector<Integer> rest_;
  std::vector<std::uint64_t> remainders_, digit_;
  std::vector<Integer> sum_;
  Integer modulus_ = 1;
};

ExactVector ExactSystem::lift(const Side& side, bool transposed,
                              std::span<const Integer> right) const {
  assert(right.size() == steps_.size());
  std::uint32_t longest = 1;
  for (const Integer& value : right) longest = std::max(longest, value.bits());
  // By Cramer's rule numerators and the denominator are determinants, so this many are enough.
  const double bits = 2 * side.bits + longest + std::log2(static_cast<double>(right.size()) + 1);
  const int most = 3 + static_cast<int>(2 * bits / 61);
  Lifting lifting(*this, side, transposed, right);
  for (int count = 1, wanted = 1;; ++count) {
    lifting.next_digit();
    if (count < wanted) continue;
    if (std::optional<ExactVector> answer = lifting.answer()) return *std::move(answer);
    assert(count <= most);
    wanted = std::min(most, count + 1 + count / 3);
  }
}

ExactVector ExactSystem::solve(std::span<const Integer> right) const {
  return lift(rows_, false, right);
}

ExactVector ExactSystem::solve_transposed(std::span<const Integer> right) const {
  return lift(columns_, true, right);
}

}  // namespace partnership::solver
