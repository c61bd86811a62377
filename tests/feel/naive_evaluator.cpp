// SPDX-License-Identifier: Apache-2.0
#include "feel/naive_evaluator.hpp"

#include <string>

#include "feel/builtins.hpp"
#include "feel/compare.hpp"
#include "feel/function.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"
#include "feel/type.hpp"

namespace partnership::feel::test {

Value NaiveEvaluator::value(NodeId id) {
  const Node& node = ast_.at(id);
  const auto child = [&](std::uint32_t i) { return value(ast_.child(id, i)); };
  switch (node.kind) {
    case NodeKind::literal:
      return ast_.constants[node.data];
    case NodeKind::name:
      return name(ast_.names[node.data]);
    case NodeKind::path:
      return path(child(0), std::string(ast_.texts[node.data]), node.optional);
    case NodeKind::filter:
      return filter(id);
    case NodeKind::negate: {
      const Value operand = child(0);
      if (operand.is(Kind::number)) return negate(evaluation_.arena(), operand);
      const bool duration =
          operand.is(Kind::days_time_duration) || operand.is(Kind::years_months_duration);
      return duration ? temporal_negate(operand) : warn();
    }
    case NodeKind::binary: {
      const Value left = child(0);
      return binary(node.op, left, child(1));
    }
    case NodeKind::conjunction:
      return logic(id, false);
    case NodeKind::disjunction:
      return logic(id, true);
    case NodeKind::between: {
      const Value tested = child(0), low = child(1), high = child(2);
      const Value above = compare(Op::ge, tested, low), below = compare(Op::le, tested, high);
      if (above.is_false() || below.is_false()) return Value::boolean(false);
      return above.is_true() && below.is_true() ? above : Value();
    }
    case NodeKind::in: {
      const Value tested = child(0);
      scopes_[node.data] = {{0, tested}};
      return tests(id, 1, tested);
    }
    case NodeKind::instance_of:
      return Value::boolean(instance_of(child(0), *ast_.types[node.data]));
    case NodeKind::if_then_else: {
      const Value condition = child(0);
      if (!condition.is(Kind::boolean) && !condition.is_null()) warn();
      return child(condition.is_true() ? 1 : 2);
    }
    case NodeKind::for_return: {
      std::vector<Value> results;
      bool failed = false;
      iterate(id, 0, results, failed);
      return failed ? Value() : make_list(evaluation_.arena(), results);
    }
    case NodeKind::some:
      return quantified(id, true);
    case NodeKind::every:
      return quantified(id, false);
    case NodeKind::list: {
      std::vector<Value> items;
      for (const NodeId item : ast_.children_of(id)) items.push_back(value(item));
      return make_list(evaluation_.arena(), items);
    }
    case NodeKind::context:
      return context(id);
    case NodeKind::function:
      return function(id);
    case NodeKind::call:
    case NodeKind::call_named:
      return call(id);
    case NodeKind::range:
      return interval(id);
    case NodeKind::unary_range:
      return comparison_range(id);
    case NodeKind::test_any:
    case NodeKind::test_not:
    case NodeKind::test_list:
      return test(id, {});
  }
  return {};
}

Value NaiveEvaluator::name(const NameUse& use) {
  for (const std::uint32_t scope : use.maybe_members_of) {
    const Value item = scopes_[scope][0];
    const Value* member = item.is(Kind::context) ? item.context().find(use.name) : nullptr;
    if (member != nullptr) return *member;
  }
  return outside(use);
}

Value NaiveEvaluator::outside(const NameUse& use) {
  using Binding = NameUse::Binding;
  switch (use.binding) {
    case Binding::unknown:
    case Binding::input: {
      const Value* found = case_.is(Kind::context) ? case_.context().find(use.name) : nullptr;
      if (found != nullptr) return *found;
      return use.optional ? Value() : warn();
    }
    case Binding::variable:
      return scopes_[use.scope][use.index];
    case Binding::item:
    case Binding::tested:
      return scopes_[use.scope][0];
    case Binding::member:
      return path(scopes_[use.scope][0], std::string(use.name), use.optional);
    case Binding::partial:
      return scopes_[use.scope][-1];
    case Binding::builtin: {
      auto* function = evaluation_.arena().make<Function>();
      function->builtin = use.builtin;
      return Value::function(function);
    }
  }
  return {};
}

Value NaiveEvaluator::path(Value from, const std::string& name, bool optional) {
  if (from.is(Kind::list)) {
    std::vector<Value> out;
    for (const Value item : from.items()) out.push_back(path(item, name, false));
    return make_list(evaluation_.arena(), out);
  }
  if (from.is(Kind::context)) {
    const Value* member = from.context().find(name);
    if (member != nullptr) return *member;
    return optional ? Value() : warn();
  }
  if (from.is(Kind::range) && from.range().form != Range::Form::differs) {
    const Range& range = from.range();
    if (name == "start") return range.low;
    if (name == "end") return range.high;
    if (name == "start included") return Value::boolean(range.low_closed);
    if (name == "end included") return Value::boolean(range.high_closed);
  }
  if (has_temporal_property(from.kind(), name)) {
    return temporal_property(evaluation_.arena(), from, name).value_or(Value());
  }
  return warn();
}

Value NaiveEvaluator::position(Value list, Value at) {
  const std::vector<Value> items =
      list.is(Kind::list) ? std::vector<Value>(list.items().begin(), list.items().end())
                          : std::vector<Value>{list};
  const double number = to_double(at);
  const auto whole = static_cast<std::int64_t>(number);
  const auto size = static_cast<std::int64_t>(items.size());
  if (whole >= 1 && whole <= size) return items[static_cast<std::size_t>(whole - 1)];
  if (whole <= -1 && -whole <= size) return items[static_cast<std::size_t>(size + whole)];
  return warn();
}

// Whether the condition looks at the items decides what it means: that is found out by asking which
// names of the tree lead there.
Value NaiveEvaluator::filter(NodeId id) {
  const std::uint32_t scope = ast_.at(id).data;
  const NodeId condition = ast_.child(id, 1);
  bool surely = false, maybe = false, unknown = false;
  for (const NameUse& use : ast_.names) {
    const bool item =
        use.binding == NameUse::Binding::item || use.binding == NameUse::Binding::member;
    surely = surely || (item && use.scope == scope);
    for (const std::uint32_t one : use.maybe_members_of) {
      maybe = maybe || one == scope;
      unknown = unknown || (one == scope && use.binding == NameUse::Binding::unknown);
    }
  }
  const Value list = value(ast_.child(id, 0));
  if (!surely && !maybe) {
    const Value once = value(condition);
    if (list.is_null()) return warn();
    if (once.is(Kind::number)) return position(list, once);
    if (!once.is(Kind::boolean) && !once.is_null()) warn();
    if (!once.is_true()) return Value::list({});
    return list.is(Kind::list) ? list : make_list(evaluation_.arena(), {&list, 1});
  }
  if (list.is_null()) return warn();
  const bool boolean = ast_.at(condition).type->is(TypeKind::boolean);
  const bool may_be_position = !surely && !boolean;
  std::vector<Value> items, kept;
  if (list.is(Kind::list)) {
    items.assign(list.items().begin(), list.items().end());
  } else {
    items.push_back(list);
  }
  if (items.empty() && may_be_position && !unknown) {
    scopes_[scope] = {{0, Value()}};
    const Value once = value(condition);
    if (once.is(Kind::number)) return position(list, once);
    if (!once.is(Kind::boolean) && !once.is_null()) warn();
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    scopes_[scope] = {{0, items[i]}};
    const Value met = value(condition);
    if (i == 0 && may_be_position && met.is(Kind::number)) return position(list, met);
    if (met.is_true()) kept.push_back(items[i]);
    if (!met.is(Kind::boolean) && !met.is_null()) warn();
  }
  return make_list(evaluation_.arena(), kept);
}

Value NaiveEvaluator::compare(Op op, Value left, Value right) {
  if (op == Op::eq || op == Op::ne) {
    const auto result = equal(left, right);
    return result ? Value::boolean(*result == (op == Op::eq)) : warn();
  }
  const auto result = order(left, right);
  if (!result) return warn();
  switch (op) {
    case Op::lt:
      return Value::boolean(*result < 0);
    case Op::le:
      return Value::boolean(*result <= 0);
    case Op::gt:
      return Value::boolean(*result > 0);
    default:
      return Value::boolean(*result >= 0);
  }
}

Value NaiveEvaluator::binary(Op op, Value left, Value right) {
  if (op >= Op::eq) return compare(op, left, right);
  Arena& arena = evaluation_.arena();
  std::optional<Value> result;
  if (left.is(Kind::number) && right.is(Kind::number)) {
    switch (op) {
      case Op::add:
        result = add(arena, left, right);
        break;
      case Op::subtract:
        result = subtract(arena, left, right);
        break;
      case Op::multiply:
        result = multiply(arena, left, right);
        break;
      case Op::divide:
        result = divide(arena, left, right);
        break;
      default:
        result = power(arena, left, right);
    }
  } else if (op == Op::add && left.is(Kind::string) && right.is(Kind::string)) {
    result = make_string(arena, std::string(left.text()) + std::string(right.text()));
  } else if (!left.is_null() && !right.is_null()) {
    const auto temporal = [](Value value) {
      return value.kind() >= Kind::date && value.kind() <= Kind::years_months_duration;
    };
    if (temporal(left) || temporal(right)) {
      switch (op) {
        case Op::add:
          result = temporal_add(arena, left, right);
          break;
        case Op::subtract:
          result = temporal_subtract(arena, left, right);
          break;
        case Op::multiply:
          result = temporal_multiply(arena, left, right);
          break;
        case Op::divide:
          result = temporal_divide(arena, left, right);
          break;
        default:
          break;
      }
    }
  }
  return result ? *result : warn();
}

Value NaiveEvaluator::logic(NodeId id, bool decides) {
  bool null = false;
  for (const NodeId child : ast_.children_of(id)) {
    const Value operand = value(child);
    if (operand.is(Kind::boolean) && operand.boolean() == decides) return operand;
    if (!operand.is(Kind::boolean)) {
      null = true;
      if (!operand.is_null()) warn();
    }
  }
  return null ? Value() : Value::boolean(!decides);
}

Value NaiveEvaluator::tests(NodeId id, std::uint32_t from, Value tested) {
  const auto children = ast_.children_of(id);
  if (children.size() == from + 1) return test(children[from], tested);
  bool null = false;
  for (std::size_t i = from; i < children.size(); ++i) {
    const Value met = test(children[i], tested);
    if (met.is_true()) return met;
    null = null || met.is_null();
  }
  return null ? Value() : Value::boolean(false);
}

Value NaiveEvaluator::test(NodeId id, Value tested) {
  const Node& node = ast_.at(id);
  switch (node.kind) {
    case NodeKind::test_any:
      return Value::boolean(true);
    case NodeKind::test_list:
      return tests(id, 0, tested);
    case NodeKind::test_not: {
      const Value met = tests(id, 0, tested);
      return met.is(Kind::boolean) ? Value::boolean(!met.boolean()) : met;
    }
    case NodeKind::unary_range:
      return compare(node.op, tested, value(ast_.child(id, 0)));
    case NodeKind::range: {
      const std::size_t before = warnings_;
      const Value range = interval(id);
      if (range.is_null() && warnings_ != before) return range;
      return in_value(tested, range);
    }
    default: {
      const Value with = value(id);
      if (node.uses_tested && (with.is(Kind::boolean) || with.is_null())) return with;
      return in_value(tested, with);
    }
  }
}

bool NaiveEvaluator::inside(const Range& range, Value tested, bool& ordered) {
  ordered = true;
  if (range.form == Range::Form::differs) {
    const auto result = equal(tested, range.low);
    ordered = result.has_value();
    return ordered && !*result;
  }
  bool in = true;
  if (!range.low.is_null()) {
    const auto result =
        range.form == Range::Form::test && !range.high.is_null()
            ? (equal(tested, range.low) ? std::optional<int>(*equal(tested, range.low) ? 0 : -1)
                                        : std::nullopt)
            : order(tested, range.low);
    ordered = result.has_value();
    if (!ordered) return false;
    in = *result > 0 || (*result == 0 && range.low_closed);
    if (range.form == Range::Form::test && !range.high.is_null()) return in;
  }
  if (!range.high.is_null()) {
    const auto result = order(tested, range.high);
    ordered = result.has_value();
    if (!ordered) return false;
    in = in && (*result < 0 || (*result == 0 && range.high_closed));
  }
  return in;
}

Value NaiveEvaluator::in_value(Value tested, Value with) {
  bool ordered = true;
  if (with.is(Kind::range) && !tested.is(Kind::range)) {
    const bool in = inside(with.range(), tested, ordered);
    return ordered ? Value::boolean(in) : warn();
  }
  if (with.is(Kind::list)) {
    if (tested.is(Kind::list) && equal(tested, with).value_or(false)) return Value::boolean(true);
    for (const Value item : with.items()) {
      if (equal(tested, item).value_or(false)) return Value::boolean(true);
      if (item.is(Kind::range) && !tested.is(Kind::range) &&
          inside(item.range(), tested, ordered)) {
        return Value::boolean(true);
      }
    }
    return Value::boolean(false);
  }
  return compare(Op::eq, tested, with);
}

Value NaiveEvaluator::interval(NodeId id) {
  const Value low = value(ast_.child(id, 0)), high = value(ast_.child(id, 1));
  const auto plain = [](Value value) {
    return value.is(Kind::number) || value.is(Kind::string) ||
           (value.kind() >= Kind::date && value.kind() <= Kind::years_months_duration);
  };
  if (!plain(low) || !plain(high) || order(low, high).value_or(1) > 0) return warn();
  const Node& node = ast_.at(id);
  return Value::range(evaluation_.arena().make<Range>(low, high, node.low_closed, node.high_closed,
                                                      Range::Form::interval));
}

Value NaiveEvaluator::comparison_range(NodeId id) {
  const Op op = ast_.at(id).op;
  const Value end = value(ast_.child(id, 0));
  const bool either = op == Op::eq || op == Op::ne;
  if (end.is_null() || (!either && !order(end, end))) return warn();
  const bool low = either || op == Op::gt || op == Op::ge;
  const bool high = either || op == Op::lt || op == Op::le;
  return Value::range(evaluation_.arena().make<Range>(
      low ? end : Value(), high ? end : Value(), op == Op::ge || op == Op::eq,
      op == Op::le || op == Op::eq, op == Op::ne ? Range::Form::differs : Range::Form::test));
}

}  // namespace partnership::feel::test
