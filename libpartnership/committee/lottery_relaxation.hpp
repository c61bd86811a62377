// SPDX-License-Identifier: Apache-2.0
//
// Leximin where panels may be fractions: a chain of small linear programs, solved exactly. Each
// finds the largest z so that every type not fixed has probability z or more while the fixed ones
// keep theirs (x_t = n_t z + s_t, s_t >= 0), and the inequality that proves it; the types that the
// inequality speaks of are then fixed at z.
//
// A value bounds what lotteries over committees can have only while these have all values before;
// inequalities proved of committees otherwise may be added as further rows.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "base/rational.hpp"
#include "committee/lottery_space.hpp"
#include "solver/exact.hpp"

namespace partnership::lottery {

// sum of terms * x <= bound, for every committee.
struct Inequality {
  Terms terms;  // of types
  Rational bound;
};

// What brings fractions to the least whole numbers in the same proportion; 1 where there are none.
Rational whole_factor(const Terms& numbers);

struct Step {
  solver::Status status = solver::Status::trouble;  // optimal, and what follows holds, or not
  Rational value;
  Inequality inequality;
  Terms rows;                        // the rows' multipliers that prove it,
  Terms added;                       // and those of added inequalities; all numbers are whole
  std::vector<std::uint32_t> types;  // that it fixes at the value
  Terms ray;                         // where infeasible: the rows' multipliers that prove that
};

class Relaxation {
 public:
  explicit Relaxation(const Space& space);

  void fix(std::span<const std::uint32_t> types, const Rational& value);
  void add(Inequality inequality);

  std::uint32_t unfixed() const noexcept { return unfixed_; }
  bool fixed(std::uint32_t type) const noexcept { return fixed_[type]; }
  const std::vector<Rational>& target() const noexcept { return target_; }  // 0 where not fixed
  // Where the last step had its optimum, a column each.
  std::vector<double> point() const;

  // There must be types that are not fixed.
  Step next(const std::function<bool()>& stop);

 private:
  solver::Status solve(const std::function<bool()>& stop);
  void make_program();
  void make_row(std::span<const Entry> cells, std::int64_t lower, std::int64_t upper);
  void make_row(const Inequality& inequality);
  void make_cap(std::uint32_t type);
  std::vector<solver::Basis> basis() const;
  void keep_basis(std::span<const solver::Basis> basis);
  template <class Value>
  bool cap(const std::vector<Value>& values, const Value& slack);
  void read(Step& step) const;
  Rational proved(const Step& step) const;

  const Space& space_;
  std::vector<Inequality> added_;
  std::vector<bool> fixed_, capped_;  // capped: its bounds are a row
  std::uint32_t unfixed_;
  std::vector<Rational> target_;

  // The present program: s of types and auxiliary columns, then z; rows, added ones, caps.
  solver::ExactProgram program_;
  std::vector<std::int32_t> place_;  // of a column of the space; -1: none
  std::vector<std::uint32_t> caps_;  // types
  solver::ExactAnswer answer_;

  // How columns and rows stood in the last one.
  std::vector<solver::Basis> columns_stood_, rows_stood_, added_stood_, caps_stood_;
  solver::Basis z_stood_ = solver::Basis::basic;
  bool warm_ = false;
};

}  // namespace partnership::lottery
