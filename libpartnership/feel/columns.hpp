// SPDX-License-Identifier: Apache-2.0
//
// A set of expressions over columns of cases: what can be done with vector operations is, and the
// machine does the rest, so that every answer is the machine's (program.hpp): the same value, and a
// warning where the machine raises one. A single prepared case is a batch of one row.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "feel/arena.hpp"
#include "feel/case_batch.hpp"
#include "feel/evaluation.hpp"
#include "feel/program.hpp"

namespace partnership::feel {

// What the expressions gave for the rows of a batch, a column an expression.
class Outcomes {
 public:
  enum class Kind : std::uint8_t { no, yes, null, value };  // value: of any other kind
  struct Outcome {
    Kind kind;
    bool warned;  // the evaluation raised a warning
    bool operator==(const Outcome&) const = default;
  };

  std::uint32_t rows() const noexcept { return rows_; }
  std::uint32_t expressions() const noexcept { return expressions_; }
  Outcome at(std::uint32_t expression, std::uint32_t row) const noexcept {
    const std::uint8_t cell = cells_[index(expression, row)];
    return {static_cast<Kind>(cell & 3U), (cell & warned_bit) != 0};
  }
  // A byte a row: the kind, plus warned_bit and items_bit.
  std::span<const std::uint8_t> column(std::uint32_t expression) const noexcept {
    return {cells_.data() + index(expression, 0), rows_};
  }
  // The value itself. Texts may lie in the batch, the rest in these outcomes. Null where the value
  // is made of items (below).
  Value value(std::uint32_t expression, std::uint32_t row) const noexcept;

  // Of a run with RunOptions::items: whether the value is the items that are chosen, or their
  // members; the caller finds them in the batch (Evaluator::items).
  bool is_items(std::uint32_t expression, std::uint32_t row) const noexcept {
    return (cells_[index(expression, row)] & items_bit) != 0;
  }
  // Whether an item, by its cell, is chosen. Where not all are.
  bool is_chosen(std::uint32_t expression, std::uint32_t cell) const noexcept {
    const Chosen& of = chosen_[expression];
    return of.items[cell - of.first] != 0;
  }
  std::size_t memory() const noexcept;

  static constexpr std::uint8_t warned_bit = 4;
  static constexpr std::uint8_t items_bit = 8;

 private:
  friend class Evaluator;
  friend class EvaluatorRun;
  struct Odd;
  void add_odd(std::vector<Odd>& odd);
  std::size_t index(std::uint32_t expression, std::uint32_t row) const noexcept {
    return std::size_t{expression} * rows_ + row;
  }
  std::uint32_t rows_ = 0, expressions_ = 0;
  std::vector<std::uint8_t> cells_;
  // One an expression; empty where all but a few values are truths, which lie in odd_, by
  // expression and row.
  std::vector<std::vector<Value>> values_;
  struct Odd {
    std::uint32_t expression, row;
    Value value;
  };
  std::vector<Odd> odd_;
  struct Chosen {
    std::uint32_t first = 0;  // the cell of the first item
    std::vector<std::uint8_t> items;
  };
  std::vector<Chosen> chosen_;  // one an expression
  std::vector<Arena> arenas_;   // one a thread
};

struct RunOptions {
  Moment moment;
  Budget budget;              // of each evaluation by the machine
  unsigned threads = 1;       // at most 256
  bool only_machine = false;  // for comparison
  bool values = true;         // else values that are no booleans are not kept, and read as null
  bool items = false;         // values that are items of a list of the case are left in the batch
  // Empty, or one an expression: where it is not 0, nobody asks. Such an expression is not
  // evaluated, and reads as null.
  std::span<const std::uint8_t> skip;
};

struct Plan;

// Never changes once made, and may be shared between threads.
class Evaluator {
 public:
  // Memory of runs, one after another. Used by one thread at a time.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    std::size_t memory() const noexcept;

   private:
    friend class Evaluator;
    friend class EvaluatorRun;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  // `schema`: the type the program was compiled against, of `types`. The layout of its batches
  // gives codes to the texts that the program compares, and no others. `to_machine` (one an
  // expression; nullptr: none): those that are left to the machine, because the caller reads a
  // column itself rather than ask for its copy.
  static std::shared_ptr<const Evaluator> make(std::shared_ptr<const Program> program,
                                               const Type& schema,
                                               std::shared_ptr<const Types> types,
                                               const std::vector<bool>* to_machine = nullptr);
  // Several programs over the batches of one layout.
  static std::vector<std::shared_ptr<const Evaluator>> make_all(
      std::span<const std::shared_ptr<const Program>> programs, const Type& schema,
      std::shared_ptr<const Types> types);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  const std::shared_ptr<const Layout>& layout() const noexcept { return layout_; }
  const Program& program() const noexcept { return *program_; }
  // Whether vector operations evaluate the expression (of cases that are clean); else the machine
  // does.
  bool in_columns(std::uint32_t expression) const noexcept;
  // What an expression gives that is items of a list of the case (`list`, of the case itself), or
  // a member of each of them (`member`; else it is the item's slot). `list` is no_slot for any
  // other.
  struct Items {
    SlotId list, member;
    bool all;  // else those that Outcomes::is_chosen tells
  };
  Items items(std::uint32_t expression) const noexcept;
  const Plan& plan() const noexcept { return *plan_; }
  std::size_t memory() const noexcept;  // of the plan; without the program and the layout

  // Every expression for every row of a finished batch of this layout. `out` may be used again. The
  // batch must outlive the values in `out`.
  void run(const Batch& batch, const RunOptions& options, Workspace& workspace,
           Outcomes& out) const;
  // The same for `rows` rows from `first` on, which are those of `out` from 0 on.
  void run(const Batch& batch, std::uint32_t first, std::uint32_t rows, const RunOptions& options,
           Workspace& workspace, Outcomes& out) const;

 private:
  static std::vector<std::shared_ptr<const Evaluator>> make_all(
      std::span<const std::shared_ptr<const Program>> programs, const Type& schema,
      std::shared_ptr<const Types> types, const std::vector<bool>* to_machine);
  void make_room_for_items(const Batch& batch, std::uint32_t first, std::uint32_t rows,
                           const RunOptions& options, Outcomes& out) const;
  Evaluator(std::shared_ptr<const Program> program, std::shared_ptr<const Layout> layout,
            std::unique_ptr<const Plan> plan);
  std::shared_ptr<const Program> program_;
  std::shared_ptr<const Layout> layout_;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace partnership::feel
