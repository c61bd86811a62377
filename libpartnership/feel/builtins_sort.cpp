// SPDX-License-Identifier: Apache-2.0
//
// `sort`, and the sorted numbers of `median` and `mode`. A merge sort: it asks n log n questions
// whatever the answers are, so that a function which contradicts itself only gives an odd order.
#include "feel/builtins_sort.hpp"

#include <algorithm>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"

namespace partnership::feel::builtin {

namespace {

// `precedes(b, a)` says whether b comes before a although it stood behind it.
template <class Precedes>
std::span<Value> merge_sorted(Evaluation& evaluation, std::span<const Value> items,
                              const Precedes& precedes) {
  const std::size_t n = items.size();
  evaluation.check_list(n);
  auto* from = evaluation.arena().array<Value>(n);
  auto* to = evaluation.arena().array<Value>(n);
  std::ranges::copy(items, from);
  for (std::size_t width = 1; width < n; width *= 2) {
    evaluation.spend(n);
    for (std::size_t low = 0; low < n; low += 2 * width) {
      const std::size_t middle = std::min(low + width, n), high = std::min(low + 2 * width, n);
      std::size_t left = low, right = middle;
      for (std::size_t at = low; at < high; ++at) {
        const bool take_right =
            left == middle || (right < high && precedes(from[right], from[left]));
        to[at] = take_right ? from[right++] : from[left++];
      }
    }
    std::swap(from, to);
  }
  return {from, n};
}

// Whether the items have an order at all: that is so where each has one with the first.
bool have_order(Evaluation& evaluation, std::span<const Value> items) {
  return std::ranges::all_of(items, [&](Value item) {
    spend_on_comparison(evaluation, items[0], item);
    return order(items[0], item).has_value();
  });
}

}  // namespace

std::span<Value> sorted_numbers(Evaluation& evaluation, std::span<const Value> numbers) {
  return merge_sorted(evaluation, numbers,
                      [](Value right, Value left) { return compare_numbers(right, left) < 0; });
}

Value sort(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "sort", given);
  const std::span<const Value> items = in.items(0);
  const bool by_function = in.has(1);
  const Value function = by_function ? in.one_of(1, {Kind::function}) : Value();
  if (in.failed()) return {};
  if (!by_function) {
    evaluation.spend(items.size());
    if (!have_order(evaluation, items)) return in.wrong_type(given[0]);
    return Value::list(merge_sorted(evaluation, items, [&](Value right, Value left) {
      spend_on_comparison(evaluation, left, right);
      return order(right, left).value_or(0) < 0;
    }));
  }
  const std::span<Value> sorted = merge_sorted(evaluation, items, [&](Value right, Value left) {
    if (in.failed()) return false;
    const Value arguments[] = {right, left};
    const Value answer = evaluation.call(function, arguments);
    if (!answer.is(Kind::boolean)) in.wrong_type(answer);
    return answer.is_true();
  });
  return in.failed() ? Value() : Value::list(sorted);
}

}  // namespace partnership::feel::builtin
