// SPDX-License-Identifier: Apache-2.0
//
// The functions over numbers (DMN 1.5, table 77), and `not`.
#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

namespace {

Value rounded(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
              Rounding rounding) {
  Arguments in(evaluation, function, given);
  const Value n = in.number(0);
  const std::int64_t scale = in.has(1) ? in.integer(1) : 0;
  if (in.failed()) return {};
  return result_of(in, round_to(evaluation.arena(), n, scale, rounding), given[0], in.value(1));
}

using Operation = std::optional<Value>(Arena& arena, Value number);

Value calculated(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
                 Operation& operation) {
  Arguments in(evaluation, function, given);
  const Value number = in.number(0);
  if (in.failed()) return {};
  evaluation.spend(steps_of_a_power);
  return result_of(in, operation(evaluation.arena(), number), number);
}

// Whether the remainder of a division by two is `wanted`; a number with a fraction is neither odd
// nor even.
Value parity(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
             std::int64_t wanted) {
  Arguments in(evaluation, function, given);
  const Value value = in.number(0);
  if (in.failed()) return {};
  const auto rest = feel::modulo(evaluation.arena(), value, number(2));
  if (!rest) return in.no_result(value);
  return yes_or_no(equal_numbers(*rest, number(wanted)));
}

}  // namespace

Value decimal(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "decimal", given, Rounding::half_even);
}
Value floor(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "floor", given, Rounding::floor);
}
Value ceiling(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "ceiling", given, Rounding::ceiling);
}
Value round_up(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "round up", given, Rounding::up);
}
Value round_down(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "round down", given, Rounding::down);
}
Value round_half_up(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "round half up", given, Rounding::half_up);
}
Value round_half_down(Evaluation& evaluation, std::span<const Value> given) {
  return rounded(evaluation, "round half down", given, Rounding::half_down);
}

Value absolute(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "abs", given);
  const Value n =
      in.one_of(0, {Kind::number, Kind::days_time_duration, Kind::years_months_duration});
  if (in.failed()) return {};
  if (n.is(Kind::number)) return feel::absolute(evaluation.arena(), n);
  const bool negative = n.is(Kind::years_months_duration) ? n.months() < 0 : n.seconds() < 0;
  return negative ? temporal_negate(n) : n;
}

Value modulo(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "modulo", given);
  const Value dividend = in.number(0), divisor = in.number(1);
  if (in.failed()) return {};
  return result_of(in, feel::modulo(evaluation.arena(), dividend, divisor), dividend, divisor);
}

Value square_root(Evaluation& evaluation, std::span<const Value> given) {
  return calculated(evaluation, "sqrt", given, feel::square_root);
}
Value logarithm(Evaluation& evaluation, std::span<const Value> given) {
  return calculated(evaluation, "log", given, feel::natural_log);
}
Value exponential(Evaluation& evaluation, std::span<const Value> given) {
  return calculated(evaluation, "exp", given, feel::exponential);
}
Value odd(Evaluation& evaluation, std::span<const Value> given) {
  return parity(evaluation, "odd", given, 1);
}
Value even(Evaluation& evaluation, std::span<const Value> given) {
  return parity(evaluation, "even", given, 0);
}

Value negation(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "not", given);
  const Value negand = in.single(0);
  if (negand.is_null()) return {};  // the third truth value, no error
  if (!negand.is(Kind::boolean)) return in.wrong_type(negand);
  return yes_or_no(!negand.boolean());
}

}  // namespace partnership::feel::builtin
