// SPDX-License-Identifier: Apache-2.0
//
// What the expressions of a set become over columns: one graph of vector operations, in which equal
// operations are one node, so that what several expressions share is computed once.
//
// A node has a value for each cell of its level. Besides the levels of the layout (the cases, the
// items of each list) there are products: for each cell of an outer level all items of a list that
// hang on the same ancestor, for conditions that speak of two lists at once.
//
// Every cell of a node is present, null, or undecided. Undecided is whatever the machine might
// answer with a warning, or in any other way than the kernels can: what is undecided at the root of
// an expression is evaluated by the machine.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "feel/case_layout.hpp"
#include "feel/kernels.hpp"

namespace partnership::feel {

enum class VecKind : std::uint8_t {
  truth,   // bits
  day,     // int32, as columns of dates
  days,    // int32: a duration of whole days
  number,  // int64, with one scale for the vector
  code,    // uint32
};

enum class VecOp : std::uint8_t {
  // Leaves.
  load,      // column `slot`
  constant,  // imm (and scale), for every level
  truth,     // imm: true or false everywhere
  today,     // the day of the call, for every level
  present,   // true where list `slot` is there, else undecided
  // Of truths.
  conjoin,  // a and b, of which b counts only where a is not false
  disjoin,  // a or b
  both,     // a and b, undecided where either is not known
  either,   // a or b, likewise
  invert,   // not a
  same,     // a = b
  choose,   // if a then b else c, of any kind
  known,    // true where `a` (of any kind) is present, else undecided
  is_null,  // a = null
  // Of the other kinds.
  compare,             // a ? b
  compare_difference,  // a - b ? imm, of days
  difference,          // a - b, of days
  shift,               // day a + days b, times imm (1 or -1)
  add,
  subtract,
  multiply,
  // From level to level.
  spread,     // each cell's value to the cells below it on `level`
  tile,       // items of a list to the product `level`
  any,        // of the items; b: whether the list is there
  all,        // likewise
  count,      // how many are true; likewise
  length,     // how many items level `imm` has; likewise
  sum,        // of a where c (or no_vec) is true; b as above
  least,      // likewise
  greatest,   // likewise
  any_equal,  // for each cell of a: whether an item b with c (or no_vec) equals it; `list`: of b
};

using VecId = std::uint32_t;
inline constexpr VecId no_vec = 0xffffffff;
using PlanLevelId = std::uint32_t;

struct VecNode {
  VecOp op;
  VecKind kind;
  kernels::Compare compare = kernels::Compare::eq;
  std::uint8_t scale = 0;
  PlanLevelId level = 0;
  VecId a = no_vec, b = no_vec, c = no_vec;
  std::uint32_t slot = no_slot;  // also the presence node of any_equal
  std::int64_t imm = 0;
  bool operator==(const VecNode&) const = default;
};

struct PlanLevel {
  PlanLevelId parent = 0;
  bool product = false;
  PlanLevelId items = 0;  // product: the level of the list's items
  std::uint32_t depth = 0;
};

struct Plan {
  std::vector<PlanLevel> levels;     // first those of the layout, with the same numbers
  std::vector<VecNode> nodes;        // operands before what uses them
  std::vector<VecId> roots;          // one an expression; no_vec: only the machine can
  std::vector<bool> roots_of_today;  // which of them depend on the day of the call
  std::vector<bool> truths;          // which of them are vectors of truths
  // An expression that gives items of a list of the case, or a member of each: which list.
  struct Items {
    SlotId list = no_slot;     // no_slot: it does not
    SlotId member = no_slot;   // the item, or the member
    VecId selection = no_vec;  // which of the items; no_vec: all
  };
  std::vector<Items> items;              // one an expression
  std::vector<std::uint32_t> selecting;  // the expressions that select items
  std::vector<PlanLevelId> used_levels;  // in rising order; without that of the cases
  bool small = false;                    // SmallRun takes it
  std::size_t memory() const noexcept;
};

// Adds nodes, finding those that are there already.
class PlanBuilder {
 public:
  explicit PlanBuilder(const Layout& layout);

  VecId add(const VecNode& node);
  const VecNode& at(VecId id) const noexcept { return plan_.nodes[id]; }
  const PlanLevel& level(PlanLevelId id) const noexcept { return plan_.levels[id]; }

  // Whether `below` is `above` or lies below it.
  bool within(PlanLevelId below, PlanLevelId above) const noexcept;
  // The node on a level at or below its own; no_vec: the level lies elsewhere.
  VecId lift(VecId id, PlanLevelId level);
  // The deeper of two levels; false when neither lies within the other.
  bool meet(PlanLevelId a, PlanLevelId b, PlanLevelId& out) const noexcept;
  // Each cell of `outer` with each item of `items`, whose parent lies at or above `outer`.
  PlanLevelId product(PlanLevelId outer, PlanLevelId items);

  // Drops what no root needs.
  Plan finish(std::vector<VecId> roots, std::vector<Plan::Items> items);

 private:
  void rehash();
  Plan plan_;
  std::vector<VecId> table_;  // open addressing
};

}  // namespace partnership::feel
