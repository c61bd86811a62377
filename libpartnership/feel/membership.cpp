// SPDX-License-Identifier: Apache-2.0
//
// Ranges and `in`, members and positions.
#include <optional>

#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/operators.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

constexpr unsigned most_nested_lists = 100;  // that a path goes through

// Whether the range holds the value; nullopt: they have no order.
std::optional<bool> holds(Evaluation& evaluation, const Range& range, Value value) {
  spend_on_comparison(evaluation, value, range.low);
  spend_on_comparison(evaluation, value, range.high);
  if (range.form == Range::Form::differs) {
    const auto result = equal(value, range.low);
    if (!result) return std::nullopt;
    return !*result;
  }
  if (range.form == Range::Form::test && !range.low.is_null() && !range.high.is_null()) {
    return equal(value, range.low);  // `(= x)`, also of kinds without an order
  }
  bool inside = true;
  if (!range.low.is_null()) {
    const auto result = order(value, range.low);
    if (!result) return std::nullopt;
    inside = range.low_closed ? *result >= 0 : *result > 0;
  }
  if (!range.high.is_null()) {
    const auto result = order(value, range.high);
    if (!result) return std::nullopt;
    inside = inside && (range.high_closed ? *result <= 0 : *result < 0);
  }
  return inside;
}

Value refuse_in(Evaluation& evaluation, Value value, Value test) {
  const bool null = value.is_null() || test.is_null();
  return evaluation.warn(null ? WarningKind::null_operand : WarningKind::wrong_type, "in", value,
                         test);
}

// A list holds a value that equals an item or lies in a range among them; items of other kinds are
// just others.
bool list_holds(Evaluation& evaluation, std::span<const Value> items, Value value) {
  evaluation.spend(items.size());
  for (const Value item : items) {
    spend_on_comparison(evaluation, item, value);
    if (same(item, value)) return true;
    if (item.is(Kind::range) && !value.is(Kind::range) &&
        holds(evaluation, item.range(), value).value_or(false)) {
      return true;
    }
  }
  return false;
}

bool orderable(Value value) noexcept {
  const Kind kind = value.kind();
  return kind == Kind::number || kind == Kind::string ||
         (kind >= Kind::date && kind <= Kind::years_months_duration);
}

// Notes what is wrong with the ends of an interval.
bool good_ends(Evaluation& evaluation, Value low, Value high) {
  if (low.is_null() || high.is_null()) {
    evaluation.warn(WarningKind::null_operand, "..", low, high);
    return false;
  }
  spend_on_comparison(evaluation, low, high);
  const auto result = orderable(low) ? order(low, high) : std::nullopt;
  if (!result) {
    evaluation.warn(WarningKind::wrong_type, "..", low, high);
    return false;
  }
  if (*result > 0) {
    evaluation.warn(WarningKind::no_result, "..", low, high);
    return false;
  }
  return true;
}

std::optional<Value> range_property(const Range& range, std::string_view name) {
  // What differs from a value has no ends.
  const bool ends = range.form != Range::Form::differs;
  if (name == "start" && ends) return range.low;
  if (name == "end" && ends) return range.high;
  if (name == "start included" && ends) return Value::boolean(range.low_closed);
  if (name == "end included" && ends) return Value::boolean(range.high_closed);
  return std::nullopt;
}

Value property(Evaluation& evaluation, Value value, std::string_view name) {
  std::optional<Value> found;
  switch (value.kind()) {
    case Kind::null:
      return evaluation.warn(WarningKind::null_operand, name);
    case Kind::context:
      if (const Value* member = value.context().find(name)) return *member;
      break;
    case Kind::range:
      found = range_property(value.range(), name);
      break;
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_time_duration:
    case Kind::years_months_duration:
      found = temporal_property(evaluation.arena(), value, name);
      break;
    default:
      break;
  }
  if (found) return *found;
  return evaluation.warn(WarningKind::unknown_member, name, value);
}

Value member_of_items(Evaluation& evaluation, std::span<const Value> items, std::string_view name,
                      unsigned depth) {
  if (depth > most_nested_lists) throw OutOfBudget{"depth"};
  evaluation.spend(items.size());
  Value* out = evaluation.arena().array<Value>(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): items of a size are there
    out[i] = items[i].is(Kind::list)
                 ? member_of_items(evaluation, items[i].items(), name, depth + 1)
                 : property(evaluation, items[i], name);
  }
  return Value::list({out, items.size()});
}

}  // namespace

Value in_test(Evaluation& evaluation, Value value, Value test) {
  if (test.is(Kind::range) && !value.is(Kind::range)) {
    if (const auto result = holds(evaluation, test.range(), value)) return Value::boolean(*result);
    return refuse_in(evaluation, value, test);
  }
  if (test.is(Kind::list)) {
    spend_on_comparison(evaluation, test, value);
    if (value.is(Kind::list) && same(value, test)) return Value::boolean(true);
    return Value::boolean(list_holds(evaluation, test.items(), value));
  }
  spend_on_comparison(evaluation, test, value);
  if (const auto result = equal(value, test)) return Value::boolean(*result);
  return refuse_in(evaluation, value, test);
}

Value in_interval(Evaluation& evaluation, Value value, Value low, Value high, std::uint16_t flags) {
  if (!good_ends(evaluation, low, high)) return {};
  const Range range{low, high, (flags & low_closed_flag) != 0, (flags & high_closed_flag) != 0,
                    Range::Form::interval};
  if (value.is(Kind::range)) {
    return comparison(evaluation, Opcode::equal, value, Value::range(&range));
  }
  if (const auto result = holds(evaluation, range, value)) return Value::boolean(*result);
  return refuse_in(evaluation, value, low);
}

Value make_interval(Evaluation& evaluation, Value low, Value high, std::uint16_t flags) {
  if (!good_ends(evaluation, low, high)) return {};
  return Value::range(evaluation.arena().make<Range>(low, high, (flags & low_closed_flag) != 0,
                                                     (flags & high_closed_flag) != 0,
                                                     Range::Form::interval));
}

Value make_test_range(Evaluation& evaluation, Op op, Value end) {
  const bool equality = op == Op::eq || op == Op::ne;
  if (end.is_null()) return evaluation.warn(WarningKind::null_operand, op_text(op));
  if (!equality && !orderable(end)) {
    return evaluation.warn(WarningKind::wrong_type, op_text(op), end);
  }
  Range range{{}, {}, false, false, Range::Form::test};
  if (op == Op::ne) range.form = Range::Form::differs;
  if (op == Op::gt || op == Op::ge || equality) range.low = end;
  if (op == Op::lt || op == Op::le || equality) range.high = end;
  range.low_closed = op == Op::ge || op == Op::eq;
  range.high_closed = op == Op::le || op == Op::eq;
  return Value::range(evaluation.arena().make<Range>(range));
}

Value member_of(Evaluation& evaluation, Value value, std::string_view name) {
  if (value.is(Kind::list)) return member_of_items(evaluation, value.items(), name, 0);
  return property(evaluation, value, name);
}

// Fractions of a position are cut off, as jDMN and Drools have it.
Value item_at(Evaluation& evaluation, Value list, Value position) {
  if (list.is_null()) return evaluation.warn(WarningKind::null_operand, "[]");
  const std::span<const Value> items =
      list.is(Kind::list) ? list.items() : std::span<const Value>(&list, 1);
  auto at = to_int64(position);
  if (!at) {
    const auto whole = round_to(evaluation.arena(), position, 0, Rounding::down);
    at = whole ? to_int64(*whole) : std::nullopt;
  }
  const auto size = static_cast<std::int64_t>(items.size());
  if (at && *at >= 1 && *at <= size) return items[static_cast<std::size_t>(*at - 1)];
  if (at && *at < 0 && *at >= -size) return items[static_cast<std::size_t>(size + *at)];
  return evaluation.warn(WarningKind::out_of_list, "[]", position);
}

Value filter_by(Evaluation& evaluation, Value list, Value condition) {
  if (condition.is(Kind::number)) return item_at(evaluation, list, condition);
  if (list.is_null()) return evaluation.warn(WarningKind::null_operand, "[]");
  if (!condition.is(Kind::boolean) && !condition.is_null()) {
    evaluation.warn(WarningKind::wrong_type, "[]", condition);
  }
  if (!condition.is_true()) return Value::list({});
  return list.is(Kind::list) ? list : make_list(evaluation.arena(), {&list, 1});
}

}  // namespace partnership::feel
