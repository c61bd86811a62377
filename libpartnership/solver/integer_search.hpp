// SPDX-License-Identifier: Apache-2.0
//
// One search for a solution of an integer program. Behind integer.hpp.
//
// First the linear relaxation; then, where any solution will do, two dives that round up; then,
// where the vertex is not whole, a small program of the columns that are not and of those that cost
// least to change, all others fixed, as long as such programs have luck; then branch and bound,
// which dives to a leaf, and goes on from the open node with the best bound, or (before there is a
// solution) from the last one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "solver/branching.hpp"
#include "solver/integer.hpp"
#include "solver/relaxation.hpp"

namespace partnership::solver {

// A program without the columns that are fixed.
struct ReducedProgram {
  IntegerProgram program;
  std::vector<std::int32_t> columns;  // of the whole program
  std::vector<std::int64_t> fixed;    // of rows: what the columns left out add up to

  // `keep` says which columns stay; the others have `values`.
  static ReducedProgram of(const IntegerProgram& whole, const std::vector<bool>& keep,
                           std::span<const std::int64_t> values);
};

// Whether something that costs much has found anything of late; where not, it is tried seldom.
class Luck {
 public:
  bool try_now() noexcept { return left_ > 0 || ++skipped_ % 16 == 0; }
  void had(bool luck) noexcept { left_ = luck ? (left_ < 8 ? left_ + 1 : left_) : left_ / 2; }

 private:
  int left_ = 4;
  unsigned skipped_ = 0;
};

class IntegerSearch {
 public:
  // The program stays as it is, but for bounds within those of columns, and bounds of rows.
  explicit IntegerSearch(IntegerProgram program);

  const IntegerProgram& program() const noexcept { return program_; }
  void set_column(std::int32_t column, std::int64_t lower, std::int64_t upper);
  void set_row(std::int32_t row, std::int64_t lower, std::int64_t upper);

  std::vector<Basis> basis() const { return relaxation_->basis(); }  // columns, then rows
  void set_basis(std::span<const Basis> basis) { relaxation_->set_basis(basis); }

  // Of small programs; what one search has learnt may serve the next.
  const Luck& luck() const noexcept { return small_luck_; }
  void set_luck(const Luck& luck) noexcept { small_luck_ = luck; }

  // `small`: a small program within another search, which must not begin one itself.
  IntegerAnswer run(const IntegerQuestion& question, bool small = false);

 private:
  struct Node {
    std::int32_t parent = -1;
    std::int32_t column = -1;  // whose bounds are changed
    std::int64_t lower = 0, upper = 0;
    double bound = -infinite;
  };

  void begin(const IntegerQuestion& question);
  void set_costs();
  Status solve_relaxation();
  bool visit(std::int32_t node);
  void expand(std::int32_t node);
  void go_to(std::int32_t node);
  void use_relaxation(bool robust);
  std::optional<std::int32_t> next_node();
  Branching::Choice choose_branch();
  void branch(std::int32_t node, const Branching::Choice& choice, double bound);
  void dive(int attempt);
  void try_dives();
  std::int32_t to_raise(int attempt) const;
  Status probe(std::int32_t column, std::int64_t lower, std::int64_t upper);
  void try_small_programs();
  void try_small_program(std::int32_t neighbours);
  bool settle_within_gap();
  Status search_within(const std::vector<bool>& keep, std::int64_t nodes);
  std::vector<std::int64_t> rounded() const;
  void offer(std::vector<std::int64_t> values);
  double cost_of(std::span<const std::int64_t> values) const;
  double too_much() const;  // bounds from here on are of no use
  bool found_one() const noexcept { return answer_.cost < infinite; }
  bool over() const noexcept { return ended_.has_value(); }

  IntegerProgram program_;
  std::unique_ptr<Relaxation> relaxation_;
  bool robust_ = false;
  int troubles_ = 0;                            // of the other relaxation
  std::vector<IntegerProgram::Column> bounds_;  // at this node
  std::vector<std::int32_t> changed_;           // columns with other bounds than the program's
  Branching branching_;
  Luck small_luck_;

  const IntegerQuestion* question_ = nullptr;
  std::vector<double> costs_;
  bool whole_costs_ = false, costless_ = false;
  IntegerAnswer answer_;
  std::optional<Status> ended_;
  bool doubt_ = false;  // a node could not be solved
  std::vector<Node> nodes_;
  std::vector<std::int32_t> last_;                      // open nodes, and some no longer open
  std::set<std::pair<double, std::int32_t>> by_bound_;  // open nodes
  std::int64_t leaves_ = 0;
};

}  // namespace partnership::solver
