// SPDX-License-Identifier: Apache-2.0
//
// Integer programs with bounded columns and whole numbers: branch and bound over linear
// relaxations. Made for committees: up to some thousand columns with small bounds, some dozen rows,
// where a solution is wanted in milliseconds, again and again for other costs and bounds.
//
// What it will not do: call a solution one that does not obey every row in whole numbers. That
// there is none, or none better, rests on doubles; who needs it proved asks branch_proof.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "solver/linear.hpp"

namespace partnership::solver {

inline constexpr std::int64_t no_bound =
    std::numeric_limits<std::int64_t>::max();  // of a row; -no_bound below

struct IntegerProgram {
  struct Column {
    std::int64_t lower, upper;
  };
  struct Term {
    std::int32_t column;  // at most once in a row
    std::int64_t coefficient;
  };
  struct Row {
    std::int64_t lower, upper;
    std::vector<Term> terms;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;

  // Refuses (Code::limit) numbers whose sums would not be exact in doubles.
  void check() const;
  bool has_room() const noexcept;  // no lower bound is above its upper one
  // Whether the values obey columns and rows.
  bool obeyed_by(std::span<const std::int64_t> values) const;
};

struct IntegerLimits {
  std::int64_t nodes = 1000000;  // each takes some hundred bytes
  std::int64_t iterations = std::numeric_limits<std::int64_t>::max();  // of the simplex method
  std::function<bool()> stop;  // asked now and then; true: end
};

struct IntegerQuestion {
  std::span<const double> costs;  // to be minimised, one a column; empty: any solution will do
  double better_than = infinite;  // solutions that cost this or more do not count
  bool first = false;             // the first solution will do
  // Told each solution that is better than those before; true: it will do.
  std::function<bool(std::span<const std::int64_t> values, double cost)> found;
  IntegerLimits limits;
};

struct IntegerAnswer {
  // optimal: `values` is a best solution, or with `first` (or when `found` said so) one that will
  // do. infeasible: there is none (better than asked). limit, cancelled, trouble: `values` is the
  // best found so far, empty where none was.
  Status status = Status::trouble;
  std::vector<std::int64_t> values;
  double cost = infinite;
  double bound = -infinite;  // no solution costs less
  std::int64_t nodes = 0, iterations = 0;
};

class IntegerSolver {
 public:
  // Checks the program.
  explicit IntegerSolver(IntegerProgram program);
  ~IntegerSolver();
  IntegerSolver(IntegerSolver&&) noexcept;
  IntegerSolver& operator=(IntegerSolver&&) noexcept;

  const IntegerProgram& program() const noexcept;
  void set_column(std::int32_t column, std::int64_t lower, std::int64_t upper);
  void set_row(std::int32_t row, std::int64_t lower, std::int64_t upper);

  // The same calls give the same answers.
  IntegerAnswer solve(const IntegerQuestion& question = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace partnership::solver
