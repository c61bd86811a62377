// SPDX-License-Identifier: Apache-2.0
//
// Runs a plan over one case whose lists have at most 64 items, as most cases have: every mask is
// one word then, and what belongs to the case one number. Only for cells that are all present: what
// is not goes the longer way (columns_run.hpp), which gives the same.
#pragma once

#include <cstdint>
#include <vector>

#include "feel/case_batch.hpp"
#include "feel/columns_plan.hpp"
#include "feel/kernels.hpp"

namespace partnership::feel {

class SmallRun {
 public:
  // Whether this way knows all operations of the plan.
  static bool takes(const Plan& plan) noexcept;

  // False: the row has to go the longer way.
  bool run(const Plan& plan, const Batch& batch, std::uint32_t row, std::int64_t today);

  struct Cell {
    std::uint64_t bits;  // a truth, of up to 64 items
    std::int64_t value;  // of the case, or the same for all items
    const void* data;    // of the items; nullptr: `value` holds
    unsigned scale;
  };
  const Cell& result(VecId id) const noexcept { return cells_[id]; }
  std::size_t memory() const noexcept {
    return cells_.capacity() * sizeof(Cell) + levels_.capacity() * sizeof(At);
  }

 private:
  struct At {
    std::uint32_t first, n;
    kernels::Segments segments;
  };
  bool set_levels(std::uint32_t row);
  bool run_node(const VecNode& node, Cell& out);
  bool load(const VecNode& node, Cell& out) const;
  bool compare(const VecNode& node, Cell& out) const;
  bool compare_difference(const VecNode& node, Cell& out) const;
  bool compare_numbers(const VecNode& node, const Cell& a, const Cell& b, Cell& out) const;
  bool calculate(const VecNode& node, Cell& out) const;
  bool fold(const VecNode& node, Cell& out) const;
  bool any_equal(const VecNode& node, Cell& out) const;
  std::uint64_t mask_of(PlanLevelId level) const noexcept {
    const std::uint32_t n = levels_[level].n;
    return n == 0 ? 0 : ~std::uint64_t{0} >> (64 - n);
  }

  const Plan* plan_ = nullptr;
  const Batch* batch_ = nullptr;
  std::int64_t today_ = 0;
  std::vector<Cell> cells_;
  std::vector<At> levels_;
};

}  // namespace partnership::feel
