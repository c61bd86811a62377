// SPDX-License-Identifier: Apache-2.0
#include "feel/columns_small.hpp"

#include <algorithm>

#include "feel/powers.hpp"

namespace partnership::feel {

namespace {

using kernels::Compare;

template <class T>
bool holds(Compare op, T a, T b) noexcept {
  switch (op) {
    case Compare::eq:
      return a == b;
    case Compare::ne:
      return a != b;
    case Compare::lt:
      return a < b;
    case Compare::le:
      return a <= b;
    case Compare::gt:
      return a > b;
    default:
      return a >= b;
  }
}

const std::int32_t* days_of(const SmallRun::Cell& cell) noexcept {
  return static_cast<const std::int32_t*>(cell.data);
}
const std::int64_t* numbers_of(const SmallRun::Cell& cell) noexcept {
  return static_cast<const std::int64_t*>(cell.data);
}

// Brings two numbers to one scale; false: they are too large for it.
bool same_scale(std::int64_t& a, unsigned& scale_a, std::int64_t& b, unsigned& scale_b) noexcept {
  if (scale_a == scale_b) return true;
  const bool raise_a = scale_a < scale_b;
  const unsigned scale = std::max(scale_a, scale_b);
  const auto raised = times_power(raise_a ? a : b, scale - std::min(scale_a, scale_b));
  if (!raised) return false;
  (raise_a ? a : b) = *raised;
  scale_a = scale_b = scale;
  return true;
}

}  // namespace

bool SmallRun::takes(const Plan& plan) noexcept {
  return std::ranges::all_of(plan.nodes, [&](const VecNode& node) {
    switch (node.op) {
      case VecOp::tile:
        return false;
      case VecOp::difference:
      case VecOp::shift:
      case VecOp::add:
      case VecOp::subtract:
      case VecOp::multiply:
      case VecOp::count:
      case VecOp::length:
      case VecOp::sum:
      case VecOp::least:
      case VecOp::greatest:
        return node.level == 0;
      case VecOp::choose:
        return node.kind == VecKind::truth || node.level == 0;
      case VecOp::spread:
        return plan.levels[node.level].parent == 0;
      default:
        return true;
    }
  });
}

// Most operations are loads, and all of them are short: calls would cost more than they do.
[[gnu::always_inline]] inline bool SmallRun::load(const VecNode& node, Cell& out) const {
  const Column& column = batch_->column(node.slot);
  if (!column.clean()) return false;
  const At& at = levels_[node.level];
  if (node.kind == VecKind::truth) {
    out.bits = at.n == 0 ? 0 : kernels::bits_at(column.words(), at.first, at.n);
    return true;
  }
  const bool wide = node.kind == VecKind::number;
  out.scale = column.scale;
  if (node.level != 0) {
    out.data = column.data + at.first * (wide ? sizeof(std::int64_t) : sizeof(std::int32_t));
    return true;
  }
  out.data = nullptr;
  out.value = wide ? column.numbers()[at.first] : column.days()[at.first];
  return true;
}

[[gnu::always_inline]] inline bool SmallRun::run_node(const VecNode& node, Cell& out) {
  const Cell* const cells = cells_.data();
  switch (node.op) {
    case VecOp::load:
      return load(node, out);
    case VecOp::constant:
      out = {0, node.imm, nullptr, node.scale};
      return true;
    case VecOp::today:
      out = {0, today_, nullptr, 0};
      return true;
    case VecOp::present:
      return batch_->column(node.slot).clean();
    case VecOp::truth:
      out.bits = node.imm != 0 ? ~std::uint64_t{0} : 0;
      return true;
    case VecOp::conjoin:
    case VecOp::both:
      out.bits = cells[node.a].bits & cells[node.b].bits;
      return true;
    case VecOp::disjoin:
    case VecOp::either:
      out.bits = cells[node.a].bits | cells[node.b].bits;
      return true;
    case VecOp::invert:
      out.bits = ~cells[node.a].bits;
      return true;
    case VecOp::same:
      out.bits = ~(cells[node.a].bits ^ cells[node.b].bits);
      return true;
    case VecOp::known:
      out.bits = ~std::uint64_t{0};
      return true;
    case VecOp::is_null:
      out.bits = 0;
      return true;
    case VecOp::choose: {
      const std::uint64_t yes = cells[node.a].bits;
      const Cell &b = cells[node.b], &c = cells[node.c];
      if (node.kind == VecKind::truth) {
        out.bits = (yes & b.bits) | (~yes & c.bits);
      } else {
        out = (yes & 1U) != 0 ? b : c;
      }
      return true;
    }
    case VecOp::compare:
      return compare(node, out);
    case VecOp::compare_difference:
      return compare_difference(node, out);
    case VecOp::difference:
    case VecOp::shift:
    case VecOp::add:
    case VecOp::subtract:
    case VecOp::multiply:
      return calculate(node, out);
    case VecOp::spread:
      out = cells[node.a];
      out.bits = (out.bits & 1U) != 0 ? ~std::uint64_t{0} : 0;
      return true;
    case VecOp::any:
    case VecOp::all: {
      const PlanLevelId items = plan_->nodes[node.a].level;
      const std::uint64_t bits = cells[node.a].bits;
      if (node.level != 0) {
        const kernels::Segments& segments = levels_[items].segments;
        out.bits = 0;
        if (node.op == VecOp::any) {
          kernels::any(segments, &bits, &out.bits);
        } else {
          kernels::all(segments, &bits, &out.bits);
        }
        return true;
      }
      const bool holds =
          node.op == VecOp::any ? (bits & mask_of(items)) != 0 : (~bits & mask_of(items)) == 0;
      out.bits = holds ? ~std::uint64_t{0} : 0;
      return true;
    }
    case VecOp::count: {
      const PlanLevelId items = plan_->nodes[node.a].level;
      out = {0, kernels::ones(cells[node.a].bits & mask_of(items)), nullptr, 0};
      return true;
    }
    case VecOp::length:
      out = {0, levels_[static_cast<PlanLevelId>(node.imm)].n, nullptr, 0};
      return true;
    case VecOp::sum:
    case VecOp::least:
    case VecOp::greatest:
      return fold(node, out);
    case VecOp::any_equal:
      return any_equal(node, out);
    case VecOp::tile:
      break;
  }
  return false;
}

bool SmallRun::run(const Plan& plan, const Batch& batch, std::uint32_t row, std::int64_t today) {
  plan_ = &plan;
  batch_ = &batch;
  today_ = today;
  if (cells_.size() < plan.nodes.size()) cells_.resize(plan.nodes.size());
  if (levels_.size() < plan.levels.size()) levels_.resize(plan.levels.size());
  if (!set_levels(row)) return false;
  Cell* out = cells_.data();
  for (const VecNode& node : plan.nodes) {
    if (!run_node(node, *out++)) return false;
  }
  return true;
}

bool SmallRun::set_levels(std::uint32_t row) {
  levels_[0] = {row, 1, {}};
  for (const PlanLevelId id : plan_->used_levels) {
    const At& parent = levels_[plan_->levels[id].parent];
    const SlotId list = batch_->layout().level(id).list;
    const std::uint32_t* const offsets = batch_->column(list).offsets() + parent.first;
    if (parent.n == 0) {
      levels_[id] = {0, 0, {}};
      continue;
    }
    const std::uint32_t first = offsets[0], n = offsets[parent.n] - first;
    if (n > 64) return false;
    levels_[id] = {first, n, {offsets, first, parent.n}};
  }
  return true;
}

bool SmallRun::compare(const VecNode& node, Cell& out) const {
  const Cell &a = cells_[node.a], &b = cells_[node.b];
  if (plan_->nodes[node.a].kind == VecKind::number) return compare_numbers(node, a, b, out);
  const std::size_t n = levels_[node.level].n;
  if (a.data == nullptr) {
    if (b.data != nullptr) return false;
    out.bits = holds(node.compare, a.value, b.value) ? ~std::uint64_t{0} : 0;
  } else if (b.data == nullptr) {
    kernels::compare(node.compare, days_of(a), static_cast<std::int32_t>(b.value), n, &out.bits);
  } else {
    kernels::compare(node.compare, days_of(a), days_of(b), n, &out.bits);
  }
  return true;
}

bool SmallRun::compare_difference(const VecNode& node, Cell& out) const {
  const Cell &a = cells_[node.a], &b = cells_[node.b];
  const std::size_t n = levels_[node.level].n;
  if (a.data == nullptr && b.data == nullptr) {
    out.bits = holds(node.compare, a.value - b.value, node.imm) ? ~std::uint64_t{0} : 0;
    return true;
  }
  if (a.data != nullptr && b.data != nullptr) {
    kernels::compare_difference(node.compare, days_of(a), days_of(b),
                                static_cast<std::int32_t>(node.imm), n, &out.bits);
    return true;
  }
  // One of them is the same for all items: it goes to the other side.
  const std::int64_t bound = a.data == nullptr ? a.value - node.imm : node.imm + b.value;
  if (bound != static_cast<std::int32_t>(bound)) return false;
  const Compare op = a.data == nullptr ? kernels::flipped(node.compare) : node.compare;
  kernels::compare(op, days_of(a.data == nullptr ? b : a), static_cast<std::int32_t>(bound), n,
                   &out.bits);
  return true;
}

bool SmallRun::compare_numbers(const VecNode& node, const Cell& a, const Cell& b, Cell& out) const {
  const std::size_t n = levels_[node.level].n;
  std::int64_t left = a.value, right = b.value;
  unsigned scale_left = a.scale, scale_right = b.scale;
  if (a.data == nullptr) {
    if (b.data != nullptr || !same_scale(left, scale_left, right, scale_right)) return false;
    out.bits = holds(node.compare, left, right) ? ~std::uint64_t{0} : 0;
    return true;
  }
  if (b.data != nullptr) {
    if (a.scale != b.scale) return false;
    kernels::compare(node.compare, numbers_of(a), numbers_of(b), n, &out.bits);
    return true;
  }
  if (scale_right > scale_left) return false;
  left = 0;
  if (!same_scale(left, scale_left, right, scale_right)) return false;
  kernels::compare(node.compare, numbers_of(a), right, n, &out.bits);
  return true;
}

bool SmallRun::calculate(const VecNode& node, Cell& out) const {
  const Cell &a = cells_[node.a], &b = cells_[node.b];
  std::int64_t left = a.value, right = b.value;
  unsigned scale_left = a.scale, scale_right = b.scale;
  out.data = nullptr;
  out.scale = 0;
  switch (node.op) {
    case VecOp::difference:
      out.value = left - right;
      return true;
    case VecOp::shift:
      out.value = left + node.imm * right;
      return out.value <= most_column_day && out.value >= -most_column_day;
    case VecOp::multiply:
      out.scale = scale_left + scale_right;
      return out.scale <= most_scale && !__builtin_mul_overflow(left, right, &out.value);
    default:
      if (!same_scale(left, scale_left, right, scale_right)) return false;
      out.scale = scale_left;
      return node.op == VecOp::add ? !__builtin_add_overflow(left, right, &out.value)
                                   : !__builtin_sub_overflow(left, right, &out.value);
  }
}

bool SmallRun::fold(const VecNode& node, Cell& out) const {
  const Cell& values = cells_[node.a];
  const PlanLevelId items = plan_->nodes[node.a].level;
  std::uint64_t chosen = mask_of(items);
  if (node.c != no_vec) chosen &= cells_[node.c].bits;
  if (chosen == 0 || values.data == nullptr) return false;
  const bool wide = node.kind == VecKind::number;
  std::int64_t result = 0;
  for (bool first = true; chosen != 0; chosen &= chosen - 1, first = false) {
    const int i = std::countr_zero(chosen);
    const std::int64_t value = wide ? numbers_of(values)[i] : days_of(values)[i];
    if (node.op == VecOp::sum) {
      if (__builtin_add_overflow(result, value, &result)) return false;
    } else if (first || (node.op == VecOp::least ? value < result : value > result)) {
      result = value;
    }
  }
  out = {0, result, nullptr, values.scale};
  return true;
}

bool SmallRun::any_equal(const VecNode& node, Cell& out) const {
  const Cell &a = cells_[node.a], &b = cells_[node.b];
  if (a.data == nullptr || b.data == nullptr || a.scale != b.scale) return false;
  const kernels::Segments& of_a = levels_[node.level].segments;
  const kernels::Segments& of_b = levels_[plan_->nodes[node.b].level].segments;
  const std::uint64_t* const filter = node.c == no_vec ? nullptr : &cells_[node.c].bits;
  out.bits = 0;
  if (plan_->nodes[node.a].kind == VecKind::number) {
    kernels::any_equal(of_a, numbers_of(a), of_b, numbers_of(b), filter, &out.bits);
  } else {
    kernels::any_equal(of_a, days_of(a), of_b, days_of(b), filter, &out.bits);
  }
  return batch_->column(plan_->nodes[node.slot].slot).clean();
}

}  // namespace partnership::feel
