// SPDX-License-Identifier: Apache-2.0
//
// One thread's part of a run over columns: blocks of rows by vector operations, single rows by
// small ones, and the machine for what is left. For the files columns*.cpp only.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "feel/columns.hpp"
#include "feel/columns_plan.hpp"
#include "feel/columns_run.hpp"
#include "feel/columns_small.hpp"

namespace partnership::feel {

struct Evaluator::Workspace::Impl {
  PlanRun plan;
  SmallRun small;
  Arena row{std::numeric_limits<std::size_t>::max()};  // the case as a value
  std::unique_ptr<Evaluation> evaluation;
  Budget budget;
  struct Left {
    std::uint32_t row, expression;
    bool operator<(const Left& other) const noexcept {
      return row != other.row ? row < other.row : expression < other.expression;
    }
  };
  std::vector<Left> left;  // to the machine
  std::vector<Outcomes::Odd> odd;
  std::vector<std::unique_ptr<Impl>> others;  // of further threads
};

class EvaluatorRun {
 public:
  using Work = Evaluator::Workspace::Impl;
  EvaluatorRun(const Evaluator& evaluator, const Batch& batch, const RunOptions& options,
               Work& work, Outcomes& out, std::uint32_t base, std::size_t thread);
  // Evaluates all expressions for these rows of the batch.
  void rows(std::uint32_t first, std::uint32_t end);

 private:
  // Cells that a block may have lest the machine run out of a budget that the kernels do not know.
  std::size_t budgeted() const noexcept;
  bool affords(std::size_t cells) const noexcept;
  bool in_columns(std::uint32_t expression) const;
  bool skipped(std::uint32_t expression) const noexcept;
  bool unasked(std::uint32_t expression, std::uint32_t row) const noexcept;
  std::uint8_t* cells(std::uint32_t expression, std::uint32_t row);
  Value* values(std::uint32_t expression, std::uint32_t row);
  // To the machine, unless nobody asks.
  void leave_row(std::uint32_t row);
  void leave(std::uint32_t expression, std::uint32_t row);
  // One row by small operations; false: they cannot do it.
  bool small(std::uint32_t row);
  Value value_of(VecKind kind, std::int64_t value, unsigned scale) const;
  // Takes the results of an expression over; what is undecided is left to the machine.
  void take(std::uint32_t expression, std::uint32_t first, std::uint32_t count);
  static void write_truths(const std::uint64_t* bits, std::uint32_t count, std::uint8_t* cells);
  void take_values(std::uint32_t expression, std::uint32_t first, std::uint32_t count, VecKind kind,
                   const Vec& result);
  bool gives_items(std::uint32_t expression) const noexcept;
  // The items of a list that is there, all of them what they should be: the cells of a row. False:
  // the machine has to look.
  bool item_cells(const Plan::Items& items, std::uint32_t row, std::uint32_t& from,
                  std::uint32_t& end) const;
  void note_items(std::uint32_t expression, std::uint32_t row);
  std::uint8_t* chosen(std::uint32_t expression, std::uint32_t cell);
  bool small_items(std::uint32_t expression, std::uint32_t row);
  void take_items(std::uint32_t expression, std::uint32_t first, std::uint32_t count);
  // Evaluates what was left to it.
  void machine();
  void note(std::uint32_t expression, std::uint32_t row, Value result, bool warned);
  static bool same_budget(const Budget& a, const Budget& b) noexcept;

  const Evaluator& evaluator_;
  const Plan& plan_;
  const Batch& batch_;
  const RunOptions& options_;
  Work& work_;
  Outcomes& out_;
  std::uint32_t base_;  // the row of the batch that is the first of `out_`
  Arena& arena_;
  bool today_, machine_only_;
};

}  // namespace partnership::feel
