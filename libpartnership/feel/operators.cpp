// SPDX-License-Identifier: Apache-2.0
#include "feel/operators.hpp"

#include <cstring>
#include <optional>

#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

bool temporal(Kind kind) noexcept {
  return kind >= Kind::date && kind <= Kind::years_months_duration;
}

// Null operands and operands of wrong kinds are told apart.
Value refuse(Evaluation& evaluation, std::string_view what, Value left, Value right) {
  const bool null = left.is_null() || right.is_null();
  return evaluation.warn(null ? WarningKind::null_operand : WarningKind::wrong_type, what, left,
                         right);
}

Value result_or_none(Evaluation& evaluation, std::optional<Value> result, std::string_view what,
                     Value left, Value right) {
  if (result) return *result;
  return evaluation.warn(WarningKind::no_result, what, left, right);
}

std::optional<Value> of_numbers(Arena& arena, Opcode op, Value left, Value right) {
  switch (op) {
    case Opcode::add:
      return add(arena, left, right);
    case Opcode::subtract:
      return subtract(arena, left, right);
    case Opcode::multiply:
      return multiply(arena, left, right);
    case Opcode::divide:
      return divide(arena, left, right);
    default:
      return power(arena, left, right);
  }
}

std::optional<Value> of_times(Arena& arena, Opcode op, Value left, Value right) {
  switch (op) {
    case Opcode::add:
      return temporal_add(arena, left, right);
    case Opcode::subtract:
      return temporal_subtract(arena, left, right);
    case Opcode::multiply:
      return temporal_multiply(arena, left, right);
    case Opcode::divide:
      return temporal_divide(arena, left, right);
    default:
      return std::nullopt;
  }
}

Value joined(Evaluation& evaluation, std::string_view left, std::string_view right) {
  const std::size_t size = left.size() + right.size();
  if (size > 0xffffffffU) throw OutOfBudget{"memory"};
  if (right.empty()) return Value::string(left);
  if (left.empty()) return Value::string(right);
  evaluation.spend(size / 64);
  auto* bytes = static_cast<char*>(evaluation.arena().allocate(size, 1));
  std::memcpy(bytes, left.data(), left.size());
  std::memcpy(bytes + left.size(), right.data(), right.size());
  return Value::string({bytes, size});
}

Value of_order(Opcode op, int order) {
  switch (op) {
    case Opcode::less:
      return Value::boolean(order < 0);
    case Opcode::less_equal:
      return Value::boolean(order <= 0);
    case Opcode::greater:
      return Value::boolean(order > 0);
    default:
      return Value::boolean(order >= 0);
  }
}

}  // namespace

Opcode opcode_of(Op op) noexcept {
  switch (op) {
    case Op::add:
      return Opcode::add;
    case Op::subtract:
      return Opcode::subtract;
    case Op::multiply:
      return Opcode::multiply;
    case Op::divide:
      return Opcode::divide;
    case Op::power:
      return Opcode::power;
    case Op::ne:
      return Opcode::differ;
    case Op::lt:
      return Opcode::less;
    case Op::le:
      return Opcode::less_equal;
    case Op::gt:
      return Opcode::greater;
    case Op::ge:
      return Opcode::greater_equal;
    case Op::eq:
    case Op::none:
      break;
  }
  return Opcode::equal;
}

std::string_view opcode_text(Opcode op) noexcept {
  switch (op) {
    case Opcode::negate:
    case Opcode::subtract:
      return "-";
    case Opcode::add:
      return "+";
    case Opcode::multiply:
      return "*";
    case Opcode::divide:
      return "/";
    case Opcode::power:
      return "**";
    case Opcode::equal:
      return "=";
    case Opcode::differ:
      return "!=";
    case Opcode::less:
      return "<";
    case Opcode::less_equal:
      return "<=";
    case Opcode::greater:
      return ">";
    case Opcode::greater_equal:
      return ">=";
    default:
      return "in";
  }
}

Value arithmetic(Evaluation& evaluation, Opcode op, Value left, Value right) {
  const std::string_view what = opcode_text(op);
  if (left.is(Kind::number) && right.is(Kind::number)) {
    if (op == Opcode::power) evaluation.spend(steps_of_a_power);
    return result_or_none(evaluation, of_numbers(evaluation.arena(), op, left, right), what, left,
                          right);
  }
  if (left.is(Kind::string) && right.is(Kind::string) && op == Opcode::add) {
    return joined(evaluation, left.text(), right.text());
  }
  if (left.is_null() || right.is_null()) return refuse(evaluation, what, left, right);
  if (temporal(left.kind()) || temporal(right.kind())) {
    if (const auto result = of_times(evaluation.arena(), op, left, right)) return *result;
  }
  return refuse(evaluation, what, left, right);
}

Value negation(Evaluation& evaluation, Value value) {
  switch (value.kind()) {
    case Kind::number:
      return negate(evaluation.arena(), value);
    case Kind::days_time_duration:
    case Kind::years_months_duration:
      return temporal_negate(value);
    case Kind::null:
      return evaluation.warn(WarningKind::null_operand, "-");
    default:
      return evaluation.warn(WarningKind::wrong_type, "-", value);
  }
}

Value comparison(Evaluation& evaluation, Opcode op, Value left, Value right) {
  spend_on_comparison(evaluation, left, right);
  if (op == Opcode::equal || op == Opcode::differ) {
    if (const auto result = equal(left, right)) {
      return Value::boolean(*result == (op == Opcode::equal));
    }
    return refuse(evaluation, opcode_text(op), left, right);
  }
  if (const auto result = order(left, right)) return of_order(op, *result);
  return refuse(evaluation, opcode_text(op), left, right);
}

Value between(Evaluation& evaluation, Value value, Value low, Value high) {
  spend_on_comparison(evaluation, value, low);
  spend_on_comparison(evaluation, value, high);
  const auto above = order(value, low);
  const auto below = order(value, high);
  if (!above) refuse(evaluation, "between", value, low);
  if (!below) refuse(evaluation, "between", value, high);
  if ((above && *above < 0) || (below && *below > 0)) return Value::boolean(false);
  if (!above || !below) return {};
  return Value::boolean(true);
}

// Null is an instance of Null alone, not even of Any (table 61).
bool is_instance(Evaluation& evaluation, Value value, const Type& type) {
  if (value.is_null()) return type.is(TypeKind::null);
  spend_on_nested(evaluation, value);
  return instance_of(value, type);
}

std::optional<Value> converted(Evaluation& evaluation, Value value, const Type& type) {
  spend_on_nested(evaluation, value);
  return convert(evaluation.arena(), value, type);
}

}  // namespace partnership::feel
