// SPDX-License-Identifier: Apache-2.0
//
// Linear programs, kept warm from one question to the next. COIN-OR's Clp does the work, behind
// this header and nowhere else (coin_backend.cpp).
//
// What it will not do: print, throw what is not of this library, or call an answer optimal that the
// solver did not prove to its tolerance. Trouble of any kind is a status, but for memory: where it
// runs out inside Clp, std::bad_alloc passes, and Clp loses some of what it had allocated itself.
// Answers are doubles: who needs exactness takes the basis to exact.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace partnership::solver {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

enum class Status : std::uint8_t {
  optimal,
  infeasible,
  unbounded,
  limit,      // of time, iterations or nodes
  cancelled,  // the caller's `stop` said so
  trouble,    // numerics, or an error of the solver
};

struct Cell {
  std::int32_t index;  // of a column (in a row) or a row (in a column)
  double value;
};

struct Limits {
  std::int64_t iterations =
      std::numeric_limits<std::int64_t>::max();  // of the simplex method, deterministic
  std::function<bool()> stop;                    // asked now and then; true: end
};

enum class Basis : std::uint8_t { basic, at_lower, at_upper, free };

// Minimises. Not for two threads at once.
class Linear {
 public:
  Linear();
  ~Linear();
  Linear(Linear&&) noexcept;
  Linear& operator=(Linear&&) noexcept;

  std::int32_t add_column(double lower, double upper, double cost, std::span<const Cell> rows = {});
  std::int32_t add_row(double lower, double upper, std::span<const Cell> columns);
  void set_column(std::int32_t column, double lower, double upper);
  void set_row(std::int32_t row, double lower, double upper);
  void set_cost(std::int32_t column, double cost);
  void remove_rows_from(std::int32_t row);
  std::int32_t columns() const noexcept;
  std::int32_t rows() const noexcept;

  // From the last basis where there is one. The same program gives the same answer.
  Status solve(const Limits& limits = {});

  // Of the last solve that was optimal.
  double objective() const noexcept;
  std::span<const double> values() const noexcept;         // a column
  std::span<const double> reduced_costs() const noexcept;  // a column: cost - duals * column
  std::span<const double> duals() const noexcept;          // a row
  std::span<const double> activities() const noexcept;     // a row
  // Of the last solve that was infeasible: multipliers of the rows that prove it (positive: of the
  // row's upper bound, negative: of its lower one; the sum then contradicts the columns' bounds).
  // Empty where none was found, as in a program without rows.
  std::span<const double> ray() const noexcept;
  std::int64_t iterations() const noexcept;  // of the last solve

  // Columns, then rows, of which the activity is basic or at one of its bounds. Empty before the
  // first solve and after rows were removed.
  std::vector<Basis> basis() const;
  void set_basis(std::span<const Basis> basis);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace partnership::solver
