// SPDX-License-Identifier: Apache-2.0
//
// FEEL's three-valued logic over masks, with a fourth state: undecided. Each operation has a short
// way for cells that are all present.
#include <algorithm>

#include "feel/columns_run.hpp"

namespace partnership::feel {

namespace {

// The four states of a word's cells, of which each cell has one.
struct States {
  std::uint64_t yes, no, null, undecided;
};

States states(const Vec& vec, std::size_t word) noexcept {
  const std::uint64_t bad = vec.bad == nullptr ? 0 : vec.bad[word];
  const std::uint64_t null = vec.null == nullptr ? 0 : vec.null[word];
  const std::uint64_t yes = vec.data == nullptr ? ~bad : vec.bits()[word] & ~bad;
  return {yes, ~yes & ~bad, null & bad, bad & ~null};
}

}  // namespace

void PlanRun::truth(const VecNode& node, Vec& out) {
  const std::size_t n = n_of(node);
  const std::size_t words = kernels::words_of(n);
  if (node.op == VecOp::truth) {
    std::uint64_t* const bits = scratch_.words(n);
    std::fill_n(bits, words, node.imm != 0 ? ~std::uint64_t{0} : 0);
    out.data = bits;
    return;
  }
  const Vec& a = vecs_[node.a];
  if (node.op == VecOp::conjoin) return conjoin(a, vecs_[node.b], n, out);
  if (node.op == VecOp::disjoin) return disjoin(a, vecs_[node.b], n, out);
  if (node.op == VecOp::same) return same(a, vecs_[node.b], n, out);
  std::uint64_t* const bits = scratch_.words(n);
  out.data = bits;
  switch (node.op) {
    case VecOp::invert:
      for (std::size_t i = 0; i < words; ++i) bits[i] = states(a, i).no;
      out.bad = a.bad;
      break;
    case VecOp::known:
      for (std::size_t i = 0; i < words; ++i)
        bits[i] = a.bad == nullptr ? ~std::uint64_t{0} : ~a.bad[i];
      out.bad = a.bad;
      break;
    case VecOp::is_null: {
      if (a.bad == nullptr) {
        std::fill_n(bits, words, 0);
        break;
      }
      std::uint64_t* const bad = scratch_.words(n);
      for (std::size_t i = 0; i < words; ++i) {
        bits[i] = a.null == nullptr ? 0 : a.null[i] & a.bad[i];
        bad[i] = a.bad[i] & ~bits[i];
      }
      out.bad = bad;
      break;
    }
    default: {  // both, either
      const Vec& b = vecs_[node.b];
      out.bad = add_bad(a.bad, b.bad, n);
      for (std::size_t i = 0; i < words; ++i) {
        const std::uint64_t left = states(a, i).yes, right = states(b, i).yes;
        bits[i] = node.op == VecOp::both ? left & right : left | right;
        if (out.bad != nullptr) bits[i] &= ~out.bad[i];
      }
    }
  }
}

void PlanRun::conjoin(const Vec& a, const Vec& b, std::size_t n, Vec& out) {
  const std::size_t words = kernels::words_of(n);
  std::uint64_t* const bits = scratch_.words(n);
  out.data = bits;
  if (a.bad == nullptr && b.bad == nullptr && a.data != nullptr && b.data != nullptr) {
    for (std::size_t i = 0; i < words; ++i) bits[i] = a.bits()[i] & b.bits()[i];
    return;
  }
  std::uint64_t* const bad = scratch_.words(n);
  std::uint64_t* const null = scratch_.words(n);
  for (std::size_t i = 0; i < words; ++i) {
    const States x = states(a, i), y = states(b, i);
    bits[i] = x.yes & y.yes;
    null[i] = (x.yes & y.null) | (x.null & (y.yes | y.null));
    bad[i] = null[i] | x.undecided | ((x.yes | x.null) & y.undecided);
  }
  out.bad = bad;
  out.null = null;
}

void PlanRun::disjoin(const Vec& a, const Vec& b, std::size_t n, Vec& out) {
  const std::size_t words = kernels::words_of(n);
  std::uint64_t* const bits = scratch_.words(n);
  out.data = bits;
  if (a.bad == nullptr && b.bad == nullptr && a.data != nullptr && b.data != nullptr) {
    for (std::size_t i = 0; i < words; ++i) bits[i] = a.bits()[i] | b.bits()[i];
    return;
  }
  std::uint64_t* const bad = scratch_.words(n);
  std::uint64_t* const null = scratch_.words(n);
  for (std::size_t i = 0; i < words; ++i) {
    const States x = states(a, i), y = states(b, i);
    bits[i] = x.yes | ((x.no | x.null) & y.yes);
    null[i] = (x.no & y.null) | (x.null & (y.no | y.null));
    bad[i] = null[i] | x.undecided | ((x.no | x.null) & y.undecided);
  }
  out.bad = bad;
  out.null = null;
}

void PlanRun::same(const Vec& a, const Vec& b, std::size_t n, Vec& out) {
  std::uint64_t* const bits = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) {
    bits[i] = ~(states(a, i).yes ^ states(b, i).yes);
  }
  equality(a, b, n, bits, false, out);
}

// From the cells of which the values are equal (or, negated, differ): null equals null alone, which
// raises no warning.
void PlanRun::equality(const Vec& a, const Vec& b, std::size_t n, std::uint64_t* equal, bool negate,
                       Vec& out) {
  out.data = equal;
  if (a.bad == nullptr && b.bad == nullptr) return;
  std::uint64_t* const bad = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) {
    // Of any kind, so that only the masks may be looked at.
    const auto word = [i](const std::uint64_t* bits) { return bits == nullptr ? 0 : bits[i]; };
    const std::uint64_t bad_a = word(a.bad), bad_b = word(b.bad);
    const std::uint64_t null_a = word(a.null) & bad_a, null_b = word(b.null) & bad_b;
    const std::uint64_t values = negate ? ~equal[i] : equal[i];
    const std::uint64_t alike = (values & ~bad_a & ~bad_b) | (null_a & null_b);
    bad[i] = (bad_a & ~null_a) | (bad_b & ~null_b);
    equal[i] = (negate ? ~alike : alike) & ~bad[i];
  }
  out.bad = bad;
}

void PlanRun::choose_truth(const Vec& condition, const Vec& a, const Vec& b, std::size_t n,
                           Vec& out) {
  std::uint64_t* const bits = scratch_.words(n);
  std::uint64_t* const bad = scratch_.words(n);
  std::uint64_t* const null = scratch_.words(n);
  for (std::size_t i = 0; i < kernels::words_of(n); ++i) {
    const States c = states(condition, i), x = states(a, i), y = states(b, i);
    bits[i] = (c.yes & x.yes) | (c.no & y.yes);
    null[i] = (c.yes & x.null) | (c.no & y.null);
    bad[i] = null[i] | c.null | c.undecided | (c.yes & x.undecided) | (c.no & y.undecided);
  }
  out.data = bits;
  out.bad = bad;
  out.null = null;
}

}  // namespace partnership::feel
