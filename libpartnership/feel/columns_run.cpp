// SPDX-License-Identifier: Apache-2.0
//
// Leaves, and what goes from level to level.
#include "feel/columns_run.hpp"

#include <algorithm>

namespace partnership::feel {

void PlanRun::run() {
  scratch_.reset();
  const std::vector<VecNode>& nodes = plan_->nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    vecs_[i] = Vec();
    run_node(nodes[i], vecs_[i]);
  }
}

void PlanRun::run_node(const VecNode& node, Vec& out) {
  switch (node.op) {
    case VecOp::load:
      return load(node, out);
    case VecOp::constant:
      out.constant = true;
      out.value = node.imm;
      out.scale = node.scale;
      return;
    case VecOp::today:
      out.constant = true;
      out.value = today_;
      return;
    case VecOp::present:
      return load_masks(batch_->column(node.slot), levels_[node.level], out);
    case VecOp::truth:
    case VecOp::conjoin:
    case VecOp::disjoin:
    case VecOp::both:
    case VecOp::either:
    case VecOp::invert:
    case VecOp::same:
    case VecOp::known:
    case VecOp::is_null:
      return truth(node, out);
    case VecOp::choose:
      return choose(node, out);
    case VecOp::compare:
      return compare(node, out);
    case VecOp::compare_difference:
      return compare_difference(node, out);
    case VecOp::difference:
      return difference(node, out);
    case VecOp::shift:
      return shift(node, out);
    case VecOp::add:
    case VecOp::subtract:
    case VecOp::multiply:
      return calculate(node, out);
    case VecOp::spread:
      return spread(node, out);
    case VecOp::tile:
      return tile(node, out);
    case VecOp::any:
    case VecOp::all:
    case VecOp::count:
    case VecOp::length:
      return reduce(node, out);
    case VecOp::sum:
    case VecOp::least:
    case VecOp::greatest:
      return fold(node, out);
    case VecOp::any_equal:
      return any_equal(node, out);
  }
}

void PlanRun::load(const VecNode& node, Vec& out) {
  const LevelRun& at = levels_[node.level];
  const Column& column = batch_->column(node.slot);
  switch (node.kind) {
    case VecKind::truth:
      out.data = column.words() + at.first / 64;
      if (at.first % 64 != 0) {
        std::uint64_t* const bits = scratch_.words(at.n);
        kernels::copy_bits(column.words(), at.first, at.n, bits);
        out.data = bits;
      }
      break;
    case VecKind::day:
    case VecKind::days:
    case VecKind::code:
      out.data = column.codes() + at.first;
      break;
    case VecKind::number:
      out.data = column.numbers() + at.first;
      out.scale = static_cast<std::uint8_t>(column.scale);
      break;
  }
  load_masks(column, at, out);
}

void PlanRun::load_masks(const Column& column, const LevelRun& at, Vec& out) {
  if (column.clean()) return;
  const std::uint64_t* const bad = mask_at(column.marks->bad, at.first, at.n);
  if (bad == nullptr) return;
  out.bad = bad;
  out.null = mask_at(column.marks->null, at.first, at.n);
}

// The bits of the cells at hand; nullptr: none is set.
const std::uint64_t* PlanRun::mask_at(const std::vector<std::uint64_t>& words, std::size_t first,
                                      std::size_t n) {
  if (n == 0) return nullptr;
  std::uint64_t* const bits = scratch_.words(n);
  kernels::copy_bits(words.data(), first, n, bits);
  const bool some =
      std::any_of(bits, bits + kernels::words_of(n), [](std::uint64_t word) { return word != 0; });
  return some ? bits : nullptr;
}

void PlanRun::spread(const VecNode& node, Vec& out) {
  const Vec& from = vecs_[node.a];
  const LevelRun& to = levels_[node.level];
  out.scale = from.scale;
  out.constant = from.constant;
  out.value = from.value;
  const auto spread_bits = [&](const std::uint64_t* bits) -> const std::uint64_t* {
    if (bits == nullptr) return nullptr;
    std::uint64_t* const spread = scratch_.words(to.n);
    kernels::spread_bits(to.segments, bits, spread);
    return spread;
  };
  out.bad = spread_bits(from.bad);
  out.null = spread_bits(from.null);
  if (from.data == nullptr) return;
  if (node.kind == VecKind::truth) {
    out.data = spread_bits(from.bits());
  } else if (node.kind == VecKind::number) {
    std::int64_t* const cells = scratch_.cells<std::int64_t>(to.n);
    kernels::spread(to.segments, from.numbers(), cells);
    out.data = cells;
  } else {
    std::int32_t* const cells = scratch_.cells<std::int32_t>(to.n);
    kernels::spread(to.segments, from.days(), cells);
    out.data = cells;
  }
}

void PlanRun::tile(const VecNode& node, Vec& out) {
  const Vec& from = vecs_[node.a];
  const LevelRun& to = levels_[node.level];
  out.scale = from.scale;
  const auto tile_bits = [&](const std::uint64_t* bits) -> const std::uint64_t* {
    if (bits == nullptr) return nullptr;
    std::uint64_t* const tiled = scratch_.words(to.n);
    std::fill_n(tiled, kernels::words_of(to.n), 0);
    for (std::size_t i = 0; i < to.n; ++i) {
      const std::uint32_t at = to.index[i];
      tiled[i / 64] |= (bits[at / 64] >> (at % 64) & 1U) << (i % 64);
    }
    return tiled;
  };
  out.bad = tile_bits(from.bad);
  out.null = tile_bits(from.null);
  if (node.kind == VecKind::truth) {
    out.data = tile_bits(from.bits());
  } else if (node.kind == VecKind::number) {
    std::int64_t* const cells = scratch_.cells<std::int64_t>(to.n);
    for (std::size_t i = 0; i < to.n; ++i) cells[i] = from.numbers()[to.index[i]];
    out.data = cells;
  } else {
    std::int32_t* const cells = scratch_.cells<std::int32_t>(to.n);
    for (std::size_t i = 0; i < to.n; ++i) cells[i] = from.days()[to.index[i]];
    out.data = cells;
  }
}

// Either mask or both, as a new one; nullptr when there is none.
std::uint64_t* PlanRun::add_bad(const std::uint64_t* some, const std::uint64_t* more,
                                std::size_t n) {
  if (some == nullptr && more == nullptr) return nullptr;
  std::uint64_t* const out = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) {
    out[i] = (some == nullptr ? 0 : some[i]) | (more == nullptr ? 0 : more[i]);
  }
  return out;
}

// Any item that is bad leaves the whole undecided: the machine knows which it looks at.
void PlanRun::reduce(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& list = vecs_[node.b];
  out.bad = list.bad;
  if (node.op == VecOp::length) {
    std::int64_t* const lengths = scratch_.cells<std::int64_t>(n);
    kernels::lengths(levels_[static_cast<PlanLevelId>(node.imm)].segments, lengths);
    out.data = lengths;
    return;
  }
  const Vec& items = vecs_[node.a];
  const kernels::Segments& segments = items_of(node.a).segments;
  if (node.op == VecOp::count) {
    std::int64_t* const counts = scratch_.cells<std::int64_t>(n);
    kernels::count(segments, items.bits(), counts);
    out.data = counts;
  } else {
    std::uint64_t* const bits = scratch_.words(n);
    if (node.op == VecOp::any) {
      kernels::any(segments, items.bits(), bits);
    } else {
      kernels::all(segments, items.bits(), bits);
    }
    out.data = bits;
  }
  if (items.bad != nullptr) {
    std::uint64_t* const bad = scratch_.words(n);
    kernels::any(segments, items.bad, bad);
    out.bad = add_bad(bad, list.bad, n);
  }
  if (out.bad == nullptr || node.op == VecOp::count) return;
  std::uint64_t* const bits = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) bits[i] = out.bits()[i] & ~out.bad[i];
  out.data = bits;
}

void PlanRun::fold(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& values = vecs_[node.a];
  out.scale = values.scale;
  std::uint64_t* marks = add_bad(vecs_[node.b].bad, nullptr, n);
  if (marks == nullptr) {
    marks = scratch_.words(n);
    std::fill_n(marks, kernels::words_of(n), 0);
  }
  if (node.kind == VecKind::number) {
    std::int64_t* const results = scratch_.cells<std::int64_t>(n);
    fold_cells(node, values.numbers(), results, marks);
    out.data = results;
  } else {
    std::int32_t* const results = scratch_.cells<std::int32_t>(n);
    fold_cells(node, values.days(), results, marks);
    out.data = results;
  }
  const bool some = std::any_of(marks, marks + kernels::words_of(n),
                                [](std::uint64_t word) { return word != 0; });
  if (some) out.bad = marks;
}

// Sets `bad` where nothing is chosen, where what is chosen is bad, and where a sum overflows.
template <class T>
void PlanRun::fold_cells(const VecNode& node, const T* values, T* results, std::uint64_t* bad) {
  const kernels::Segments& segments = items_of(node.a).segments;
  const std::uint64_t* const unknown = vecs_[node.a].bad;
  static constexpr Vec everything{};
  const Vec& chosen = node.c == no_vec ? everything : vecs_[node.c];
  const auto bit = [](const std::uint64_t* bits, std::size_t i) {
    return bits != nullptr && (bits[i / 64] >> (i % 64) & 1U) != 0;
  };
  for (std::size_t i = 0; i < segments.parents; ++i) {
    T result = 0;
    bool some = false, wrong = false;
    for (std::size_t at = segments.offsets[i] - segments.base;
         at < segments.offsets[i + 1] - segments.base; ++at) {
      wrong = wrong || bit(chosen.bad, at);
      if (node.c != no_vec && !bit(chosen.bits(), at)) continue;
      wrong = wrong || bit(unknown, at);
      const T value = values[at];
      if (node.op == VecOp::sum) {
        wrong = __builtin_add_overflow(result, value, &result) || wrong;
      } else if (!some || (node.op == VecOp::least ? value < result : value > result)) {
        result = value;
      }
      some = true;
    }
    results[i] = result;
    if (!some || wrong) bad[i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

void PlanRun::any_equal(const VecNode& node, Vec& out) {
  const LevelRun& of_a = levels_[node.level];
  const LevelRun& of_b = items_of(node.b);
  Vec a = vecs_[node.a], b = vecs_[node.b];
  if (a.scale != b.scale) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    a = scaled(a, scale, of_a.n);
    b = scaled(b, scale, of_b.n);
  }
  static constexpr Vec everything{};
  const Vec& filter = node.c == no_vec ? everything : vecs_[node.c];
  std::uint64_t* const bits = scratch_.words(of_a.n);
  if (plan_->nodes[node.a].kind == VecKind::number) {
    kernels::any_equal(of_a.segments, a.numbers(), of_b.segments, b.numbers(), filter.bits(), bits);
  } else {
    kernels::any_equal(of_a.segments, a.days(), of_b.segments, b.days(), filter.bits(), bits);
  }
  out.data = bits;
  // What leaves a parent undecided leaves all its items so.
  const std::size_t parents = of_b.segments.parents;
  std::uint64_t* above = add_bad(vecs_[node.slot].bad, nullptr, parents);
  if (const std::uint64_t* const items = add_bad(b.bad, filter.bad, of_b.n); items != nullptr) {
    std::uint64_t* const some = scratch_.words(parents);
    kernels::any(of_b.segments, items, some);
    above = add_bad(above, some, parents);
  }
  for (std::size_t i = 0; i < parents; ++i) {
    const std::size_t size_a = of_a.segments.offsets[i + 1] - of_a.segments.offsets[i];
    const std::size_t size_b = of_b.segments.offsets[i + 1] - of_b.segments.offsets[i];
    if (size_a * size_b <= kernels::most_pairs) continue;
    if (above == nullptr) {
      above = scratch_.words(parents);
      std::fill_n(above, kernels::words_of(parents), 0);
    }
    above[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  const std::uint64_t* below = nullptr;
  if (above != nullptr) {
    std::uint64_t* const spread = scratch_.words(of_a.n);
    kernels::spread_bits(of_a.segments, above, spread);
    below = spread;
  }
  out.bad = add_bad(below, a.bad, of_a.n);
  if (out.bad == nullptr) return;
  for (std::size_t i = 0; i < kernels::words_of(of_a.n); ++i) bits[i] &= ~out.bad[i];
}

}  // namespace partnership::feel
