// SPDX-License-Identifier: Apache-2.0
//
// Comparisons and arithmetic of dates, durations, numbers and codes.
#include <algorithm>
#include <limits>

#include "feel/columns_run.hpp"
#include "feel/powers.hpp"

namespace partnership::feel {

namespace {

using kernels::Compare;

bool is_equality(Compare op) noexcept {
  return op == Compare::eq || op == Compare::ne;
}

bool holds(Compare op, int order) noexcept {
  switch (op) {
    case Compare::eq:
      return order == 0;
    case Compare::ne:
      return order != 0;
    case Compare::lt:
      return order < 0;
    case Compare::le:
      return order <= 0;
    case Compare::gt:
      return order > 0;
    default:
      return order >= 0;
  }
}

// Compares numbers of one scale with a constant of another, exactly: the constant is brought to the
// scale of the column, rounded down where it has more digits.
void compare_scaled(Compare op, const std::int64_t* a, unsigned scale, const Vec& constant,
                    std::size_t n, std::uint64_t* bits) noexcept {
  std::int64_t bound = constant.value;
  if (constant.scale < scale) {
    const auto scaled = times_power(bound, scale - constant.scale);
    if (!scaled) {  // beyond every number of the column
      std::fill_n(bits, kernels::words_of(n),
                  holds(op, bound > 0 ? -1 : 1) ? ~std::uint64_t{0} : 0);
      return;
    }
    bound = *scaled;
  } else if (constant.scale > scale) {
    const std::int64_t power = small_powers[constant.scale - scale];
    const std::int64_t rest = bound % power;
    bound = bound / power - (rest < 0 ? 1 : 0);
    if (rest != 0) {
      if (is_equality(op)) {
        std::fill_n(bits, kernels::words_of(n), op == Compare::ne ? ~std::uint64_t{0} : 0);
        return;
      }
      // bound < constant < bound + 1
      if (op == Compare::lt) op = Compare::le;
      if (op == Compare::ge) op = Compare::gt;
    }
  }
  kernels::compare(op, a, bound, n, bits);
}

}  // namespace

const std::int32_t* PlanRun::days_of(const Vec& vec, std::size_t n) {
  if (!vec.constant) return vec.days();
  auto* const cells = scratch_.cells<std::int32_t>(n);
  std::fill_n(cells, n, static_cast<std::int32_t>(vec.value));
  return cells;
}

const std::int64_t* PlanRun::numbers_of(const Vec& vec, std::size_t n) {
  if (!vec.constant) return vec.numbers();
  auto* const cells = scratch_.cells<std::int64_t>(n);
  std::fill_n(cells, n, vec.value);
  return cells;
}

// The same numbers with a greater scale; those that are too large for it become bad.
Vec PlanRun::scaled(const Vec& from, std::uint8_t scale, std::size_t n) {
  if (from.scale == scale) return from;
  Vec out = from;
  out.scale = scale;
  if (from.constant) {
    if (const auto value = times_power(from.value, scale - from.scale); value) {
      out.value = *value;
      return out;
    }
  }
  std::uint64_t* const over = scratch_.words(n);
  std::fill_n(over, kernels::words_of(n), 0);
  const std::int64_t power = small_powers[scale - from.scale];
  auto* const cells = scratch_.cells<std::int64_t>(n);
  const bool some = kernels::arithmetic(kernels::Arithmetic::multiply, numbers_of(from, n), 1,
                                        &power, 0, n, cells, over);
  out.constant = false;
  out.data = cells;
  if (some) out.bad = add_bad(from.bad, over, n);
  return out;
}

void PlanRun::compare(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  Vec a = vecs_[node.a], b = vecs_[node.b];
  std::uint64_t* const bits = scratch_.words(n);
  if (plan_->nodes[node.a].kind == VecKind::number) {
    if (b.constant) {
      compare_scaled(node.compare, a.numbers(), a.scale, b, n, bits);
    } else {
      const std::uint8_t scale = std::max(a.scale, b.scale);
      a = scaled(a, scale, n);
      b = scaled(b, scale, n);
      kernels::compare(node.compare, a.numbers(), b.numbers(), n, bits);
    }
  } else if (b.constant) {
    kernels::compare(node.compare, a.days(), static_cast<std::int32_t>(b.value), n, bits);
  } else {
    kernels::compare(node.compare, a.days(), b.days(), n, bits);
  }
  if (is_equality(node.compare)) return equality(a, b, n, bits, node.compare == Compare::ne, out);
  out.data = bits;
  out.bad = add_bad(a.bad, b.bad, n);
  if (out.bad == nullptr) return;
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) bits[i] &= ~out.bad[i];
}

void PlanRun::compare_difference(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& a = vecs_[node.a];
  const Vec& b = vecs_[node.b];
  std::uint64_t* const bits = scratch_.words(n);
  kernels::compare_difference(node.compare, days_of(a, n), days_of(b, n),
                              static_cast<std::int32_t>(node.imm), n, bits);
  out.data = bits;
  out.bad = add_bad(a.bad, b.bad, n);
  if (out.bad == nullptr) return;
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) bits[i] &= ~out.bad[i];
}

void PlanRun::difference(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& a = vecs_[node.a];
  const Vec& b = vecs_[node.b];
  const std::int32_t* const left = days_of(a, n);
  const std::int32_t* const right = days_of(b, n);
  auto* const cells = scratch_.cells<std::int32_t>(n);
  for (std::size_t i = 0; i < n; ++i) cells[i] = left[i] - right[i];
  out.data = cells;
  out.bad = add_bad(a.bad, b.bad, n);
}

void PlanRun::shift(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& a = vecs_[node.a];
  const Vec& b = vecs_[node.b];
  const std::int32_t* const days = days_of(a, n);
  const std::int32_t* const by = days_of(b, n);
  auto* const cells = scratch_.cells<std::int32_t>(n);
  std::uint64_t* const far = scratch_.words(n);
  std::fill_n(far, kernels::words_of(n), 0);
  bool some = false;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t sum = days[i] + node.imm * by[i];
    const bool fits = sum >= -most_column_day && sum <= most_column_day;
    cells[i] = fits ? static_cast<std::int32_t>(sum) : 0;
    if (fits) continue;
    far[i / 64] |= std::uint64_t{1} << (i % 64);
    some = true;
  }
  out.data = cells;
  out.bad = add_bad(a.bad, b.bad, n);
  if (some) out.bad = add_bad(out.bad, far, n);
}

void PlanRun::calculate(const VecNode& node, Vec& out) {
  using kernels::Arithmetic;
  const std::size_t n = n_of(node);
  Vec a = vecs_[node.a], b = vecs_[node.b];
  std::uint64_t* const over = scratch_.words(n);
  std::fill_n(over, kernels::words_of(n), 0);
  Arithmetic op = Arithmetic::multiply;
  if (node.op != VecOp::multiply) {
    op = node.op == VecOp::add ? Arithmetic::add : Arithmetic::subtract;
    const std::uint8_t scale = std::max(a.scale, b.scale);
    a = scaled(a, scale, n);
    b = scaled(b, scale, n);
    out.scale = scale;
  } else {
    out.scale = static_cast<std::uint8_t>(a.scale + b.scale);
  }
  auto* const cells = scratch_.cells<std::int64_t>(n);
  bool some =
      kernels::arithmetic(op, a.constant ? &a.value : a.numbers(), a.constant ? 0 : 1,
                          b.constant ? &b.value : b.numbers(), b.constant ? 0 : 1, n, cells, over);
  if (out.scale > most_scale) {
    std::fill_n(over, kernels::words_of(n), ~std::uint64_t{0});
    out.scale = most_scale;
    some = true;
  }
  out.data = cells;
  out.bad = add_bad(a.bad, b.bad, n);
  if (some) out.bad = add_bad(out.bad, over, n);
}

void PlanRun::choose(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const Vec& condition = vecs_[node.a];
  Vec a = vecs_[node.b], b = vecs_[node.c];
  if (node.kind == VecKind::truth) return choose_truth(condition, a, b, n, out);
  const auto chosen = [&](std::size_t i) {
    return (condition.bits()[i / 64] >> (i % 64) & 1U) != 0;
  };
  if (node.kind == VecKind::number) {
    out.scale = std::max(a.scale, b.scale);
    a = scaled(a, out.scale, n);
    b = scaled(b, out.scale, n);
    const std::int64_t* const left = numbers_of(a, n);
    const std::int64_t* const right = numbers_of(b, n);
    auto* const cells = scratch_.cells<std::int64_t>(n);
    for (std::size_t i = 0; i < n; ++i) cells[i] = chosen(i) ? left[i] : right[i];
    out.data = cells;
  } else {
    const std::int32_t* const left = days_of(a, n);
    const std::int32_t* const right = days_of(b, n);
    auto* const cells = scratch_.cells<std::int32_t>(n);
    for (std::size_t i = 0; i < n; ++i) cells[i] = chosen(i) ? left[i] : right[i];
    out.data = cells;
  }
  if (a.bad == nullptr && b.bad == nullptr && condition.bad == nullptr) return;
  // Of these kinds a null is left to the machine.
  std::uint64_t* const bad = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) {
    const auto word = [i](const std::uint64_t* bits) { return bits == nullptr ? 0 : bits[i]; };
    const std::uint64_t yes = condition.bits()[i];
    bad[i] = word(condition.bad) | (yes & word(a.bad)) | (~yes & word(b.bad));
  }
  out.bad = bad;
}

}  // namespace partnership::feel
