// SPDX-License-Identifier: Apache-2.0
//
// The functions that make one value of a list, or of the arguments themselves (DMN 1.5, table 76).
// Of nothing, `all` is true, `any` false, and min, max, sum, mean and median are null as the
// standard says, without a warning; product and stddev are in error.
#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/builtins_sort.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"

namespace partnership::feel::builtin {

namespace {

// The item that no other is before (wanted: -1) or behind (1); of equal ones the first.
Value extreme(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
              int wanted) {
  Arguments in(evaluation, function, given);
  const std::span<const Value> items = in.all_items();
  if (in.failed() || items.empty()) return {};
  Value found = items[0];
  for (const Value& item : items) {
    evaluation.spend(1);
    spend_on_comparison(evaluation, item, found);
    const auto compared = order(item, found);
    if (!compared) {
      return item.is_null() || found.is_null() ? in.wrong(WarningKind::null_operand, found, item)
                                               : in.wrong(WarningKind::wrong_type, found, item);
    }
    if (*compared == wanted) found = item;
  }
  return found;
}

// The list or the arguments, all of them numbers.
struct Numbers {
  Arguments in;
  std::span<const Value> items;

  Numbers(Evaluation& evaluation, std::string_view function, std::span<const Value> given)
      : in(evaluation, function, given), items(in.all_items()) {
    evaluation.spend(items.size());
    for (const Value& item : items) {
      if (!item.is(Kind::number)) in.wrong_type(item);
    }
  }
};

std::optional<Value> sum_of(Arena& arena, std::span<const Value> numbers) {
  std::optional<Value> out = number(0);
  for (const Value& item : numbers) {
    if (out) out = add(arena, *out, item);
  }
  return out;
}

std::optional<Value> mean_of(Arena& arena, std::span<const Value> numbers) {
  const auto sum = sum_of(arena, numbers);
  return sum ? divide(arena, *sum, number(static_cast<std::int64_t>(numbers.size()))) : sum;
}

// The square root of the squared deviations' sum, divided by n - 1.
std::optional<Value> deviation_of(Arena& arena, std::span<const Value> numbers) {
  const auto mean = mean_of(arena, numbers);
  if (!mean) return {};
  std::optional<Value> sum = number(0);
  for (const Value& item : numbers) {
    const auto difference = subtract(arena, item, *mean);
    const auto square = difference ? multiply(arena, *difference, *difference) : difference;
    sum = square && sum ? add(arena, *sum, *square) : std::nullopt;
  }
  if (!sum) return {};
  const auto variance = divide(arena, *sum, number(static_cast<std::int64_t>(numbers.size()) - 1));
  return variance ? feel::square_root(arena, *variance) : variance;
}

// `decisive` if an item is that, else its contrary if all items are, else null.
Value truth(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
            bool decisive) {
  Arguments in(evaluation, function, given);
  const std::span<const Value> items = in.all_items();
  if (in.failed()) return {};
  evaluation.spend(items.size());
  bool unknown = false;
  Value wrong;
  for (const Value& item : items) {
    if (item.is(Kind::boolean)) {
      if (item.boolean() == decisive) return yes_or_no(decisive);
      continue;
    }
    unknown = true;
    if (wrong.is_null()) wrong = item;
  }
  if (!wrong.is_null()) return in.wrong_type(wrong);
  return unknown ? Value() : yes_or_no(!decisive);
}

}  // namespace

Value least(Evaluation& evaluation, std::span<const Value> given) {
  return extreme(evaluation, "min", given, -1);
}
Value greatest(Evaluation& evaluation, std::span<const Value> given) {
  return extreme(evaluation, "max", given, 1);
}
Value all(Evaluation& evaluation, std::span<const Value> given) {
  return truth(evaluation, "all", given, false);
}
Value any(Evaluation& evaluation, std::span<const Value> given) {
  return truth(evaluation, "any", given, true);
}

Value sum(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "sum", given);
  if (numbers.in.failed() || numbers.items.empty()) return {};
  return result_of(numbers.in, sum_of(evaluation.arena(), numbers.items));
}

Value mean(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "mean", given);
  if (numbers.in.failed() || numbers.items.empty()) return {};
  return result_of(numbers.in, mean_of(evaluation.arena(), numbers.items));
}

Value product(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "product", given);
  if (numbers.in.failed()) return {};
  if (numbers.items.empty()) return numbers.in.no_result();
  std::optional<Value> out = number(1);
  for (const Value& item : numbers.items) {
    if (out) out = multiply(evaluation.arena(), *out, item);
  }
  return result_of(numbers.in, out);
}

Value median(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "median", given);
  if (numbers.in.failed() || numbers.items.empty()) return {};
  const std::span<const Value> sorted = sorted_numbers(evaluation, numbers.items);
  const std::size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[half];
  return result_of(numbers.in, mean_of(evaluation.arena(), sorted.subspan(half - 1, 2)));
}

Value stddev(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "stddev", given);
  if (numbers.in.failed()) return {};
  if (numbers.items.size() < 2) return numbers.in.no_result();
  return result_of(numbers.in, deviation_of(evaluation.arena(), numbers.items));
}

Value mode(Evaluation& evaluation, std::span<const Value> given) {
  Numbers numbers(evaluation, "mode", given);
  if (numbers.in.failed()) return {};
  const std::span<const Value> sorted = sorted_numbers(evaluation, numbers.items);
  const auto run_at = [&](std::size_t from) {
    std::size_t to = from;
    while (to < sorted.size() && equal_numbers(sorted[to], sorted[from])) ++to;
    return to - from;
  };
  std::size_t longest = 0, modes = 0;
  for (std::size_t i = 0, run = 0; i < sorted.size(); i += run) {
    run = run_at(i);
    if (run > longest) longest = run, modes = 0;
    if (run == longest) ++modes;
  }
  ListMaker out(evaluation, modes);
  for (std::size_t i = 0, run = 0; i < sorted.size(); i += run) {
    run = run_at(i);
    if (run == longest) out.push(sorted[i]);
  }
  return out.done();
}

}  // namespace partnership::feel::builtin
