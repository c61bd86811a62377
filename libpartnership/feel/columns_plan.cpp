// SPDX-License-Identifier: Apache-2.0
#include "feel/columns_plan.hpp"

#include <algorithm>
#include <array>

namespace partnership::feel {

namespace {

std::size_t hash_of(const VecNode& node) noexcept {
  std::uint64_t hash = static_cast<std::uint64_t>(node.op) |
                       static_cast<std::uint64_t>(node.kind) << 8U |
                       static_cast<std::uint64_t>(node.compare) << 16U |
                       static_cast<std::uint64_t>(node.scale) << 24U;
  const auto mix = [&hash](std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
  };
  mix(node.level);
  mix(node.a);
  mix(node.b);
  mix(node.c);
  mix(node.slot);
  mix(static_cast<std::uint64_t>(node.imm));
  return hash;
}

// The operands that are nodes.
std::array<VecId, 4> operands(const VecNode& node) noexcept {
  return {node.a, node.b, node.c, node.op == VecOp::any_equal ? node.slot : no_vec};
}

}  // namespace

std::size_t Plan::memory() const noexcept {
  return levels.capacity() * sizeof(PlanLevel) + nodes.capacity() * sizeof(VecNode) +
         roots.capacity() * sizeof(VecId) + items.capacity() * sizeof(Items) +
         used_levels.capacity() * sizeof(PlanLevelId);
}

PlanBuilder::PlanBuilder(const Layout& layout) : table_(64, no_vec) {
  for (LevelId id = 0; id < layout.levels(); ++id) {
    const LevelId parent = layout.level(id).parent;
    plan_.levels.push_back({parent, false, 0, id == 0 ? 0 : plan_.levels[parent].depth + 1});
  }
}

VecId PlanBuilder::add(const VecNode& node) {
  if (plan_.nodes.size() * 2 >= table_.size()) rehash();
  std::size_t at = hash_of(node) & (table_.size() - 1);
  for (; table_[at] != no_vec; at = (at + 1) & (table_.size() - 1)) {
    if (plan_.nodes[table_[at]] == node) return table_[at];
  }
  table_[at] = static_cast<VecId>(plan_.nodes.size());
  plan_.nodes.push_back(node);
  return table_[at];
}

void PlanBuilder::rehash() {
  table_.assign(table_.size() * 2, no_vec);
  for (VecId id = 0; id < plan_.nodes.size(); ++id) {
    std::size_t at = hash_of(plan_.nodes[id]) & (table_.size() - 1);
    while (table_[at] != no_vec) at = (at + 1) & (table_.size() - 1);
    table_[at] = id;
  }
}

bool PlanBuilder::within(PlanLevelId below, PlanLevelId above) const noexcept {
  while (plan_.levels[below].depth > plan_.levels[above].depth) below = plan_.levels[below].parent;
  return below == above;
}

bool PlanBuilder::meet(PlanLevelId a, PlanLevelId b, PlanLevelId& out) const noexcept {
  out = plan_.levels[a].depth >= plan_.levels[b].depth ? a : b;
  return within(out, a) && within(out, b);
}

VecId PlanBuilder::lift(VecId id, PlanLevelId level) {
  const VecNode node = at(id);  // a copy: nodes move when one is added
  if (node.level == level || node.op == VecOp::constant || node.op == VecOp::today) return id;
  if (!within(level, node.level)) return no_vec;
  if (node.op == VecOp::truth) {
    VecNode out = node;
    out.level = level;
    return add(out);
  }
  const VecId above = lift(id, plan_.levels[level].parent);
  VecNode out{VecOp::spread, node.kind};
  out.level = level;
  out.a = above;
  return add(out);
}

PlanLevelId PlanBuilder::product(PlanLevelId outer, PlanLevelId items) {
  for (PlanLevelId id = 0; id < plan_.levels.size(); ++id) {
    const PlanLevel& level = plan_.levels[id];
    if (level.product && level.parent == outer && level.items == items) return id;
  }
  plan_.levels.push_back({outer, true, items, plan_.levels[outer].depth + 1});
  return static_cast<PlanLevelId>(plan_.levels.size() - 1);
}

Plan PlanBuilder::finish(std::vector<VecId> roots, std::vector<Plan::Items> items) {
  std::vector<VecId> renamed(plan_.nodes.size(), no_vec);
  std::vector<bool> needed(plan_.nodes.size(), false);
  for (const VecId root : roots) {
    if (root != no_vec) needed[root] = true;
  }
  for (const Plan::Items& each : items) {
    if (each.selection != no_vec) needed[each.selection] = true;
  }
  std::vector<bool> levels(plan_.levels.size(), false);
  const auto need_level = [&](PlanLevelId id) {
    for (; id != 0 && !levels[id]; id = plan_.levels[id].parent) {
      levels[id] = true;
      if (plan_.levels[id].product) levels[plan_.levels[id].items] = true;
    }
  };
  for (VecId id = static_cast<VecId>(needed.size()); id-- > 0;) {
    if (!needed[id]) continue;
    need_level(plan_.nodes[id].level);
    if (plan_.nodes[id].op == VecOp::length) {
      need_level(static_cast<PlanLevelId>(plan_.nodes[id].imm));
    }
    for (const VecId operand : operands(plan_.nodes[id])) {
      if (operand != no_vec) needed[operand] = true;
    }
  }
  // A product's items may hang on levels that nothing else uses.
  for (PlanLevelId id = 1; id < levels.size(); ++id) {
    if (levels[id]) need_level(plan_.levels[id].parent);
  }
  Plan out;
  out.levels = plan_.levels;
  std::vector<bool> of_today;
  for (VecId id = 0; id < needed.size(); ++id) {
    if (!needed[id]) continue;
    VecNode node = plan_.nodes[id];
    const auto rename = [&](std::uint32_t& operand) {
      if (operand != no_vec) operand = renamed[operand];
    };
    rename(node.a);
    rename(node.b);
    rename(node.c);
    if (node.op == VecOp::any_equal) rename(node.slot);
    bool today = node.op == VecOp::today;
    for (const VecId operand : operands(node))
      today = today || (operand != no_vec && of_today[operand]);
    of_today.push_back(today);
    renamed[id] = static_cast<VecId>(out.nodes.size());
    out.nodes.push_back(node);
  }
  for (VecId& root : roots) {
    if (root != no_vec) root = renamed[root];
    out.roots_of_today.push_back(root != no_vec && of_today[root]);
    out.truths.push_back(root != no_vec && out.nodes[root].kind == VecKind::truth);
  }
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if (items[i].selection == no_vec) continue;
    items[i].selection = renamed[items[i].selection];
    out.selecting.push_back(i);
  }
  out.roots = std::move(roots);
  out.items = std::move(items);
  for (PlanLevelId id = 1; id < levels.size(); ++id) {
    if (levels[id]) out.used_levels.push_back(id);
  }
  out.nodes.shrink_to_fit();
  return out;
}

}  // namespace partnership::feel
