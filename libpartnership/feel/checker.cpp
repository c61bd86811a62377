// SPDX-License-Identifier: Apache-2.0
#include "feel/checker.hpp"

#include <utility>

namespace partnership::feel {

namespace {

bool is_unknown(const Type* type) noexcept {
  return type->is(TypeKind::any);
}

constexpr TypeKind none = TypeKind::any;

// DMN 1.5, table 66; `any`: none.
TypeKind property_type(TypeKind of, std::string_view name) noexcept {
  using K = TypeKind;
  const bool has_day = of == K::date || of == K::date_time;
  const bool has_hour = of == K::time || of == K::date_time;
  const bool days = of == K::days_time_duration;
  const bool months = of == K::years_months_duration;
  const auto one_of = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view one : names) {
      if (one == name) return true;
    }
    return false;
  };
  if (has_day && one_of({"year", "month", "day", "weekday"})) return K::number;
  if (has_hour && one_of({"hour", "minute", "second"})) return K::number;
  if (has_hour && name == "time offset") return K::days_time_duration;
  if (has_hour && name == "timezone") return K::string;
  if (days && one_of({"days", "hours", "minutes", "seconds"})) return K::number;
  if (months && one_of({"years", "months"})) return K::number;
  if (of == K::range && one_of({"start included", "end included"})) return K::boolean;
  return none;
}

// DMN 1.5, tables 45 and 46: what + - * / ** give; `any` where they give nothing.
TypeKind arithmetic(Op op, TypeKind left, TypeKind right) noexcept {
  using K = TypeKind;
  const auto duration = [](K kind) {
    return kind == K::days_time_duration || kind == K::years_months_duration;
  };
  const auto moves = [&](K moment, K by) {
    return by == K::days_time_duration
               ? moment == K::date || moment == K::date_time || moment == K::time
               : by == K::years_months_duration && (moment == K::date || moment == K::date_time);
  };
  const auto day = [](K kind) { return kind == K::date || kind == K::date_time; };
  if (left == K::number && right == K::number) return K::number;
  switch (op) {
    case Op::add:
      if (left == right && (left == K::string || duration(left))) return left;
      if (moves(left, right)) return left;
      return moves(right, left) ? right : none;
    case Op::subtract:
      if (left == right && duration(left)) return left;
      if (moves(left, right)) return left;
      if ((day(left) && day(right)) || (left == K::time && right == K::time)) {
        return K::days_time_duration;
      }
      return none;
    case Op::multiply:
      if (duration(left) && right == K::number) return left;
      return left == K::number && duration(right) ? right : none;
    case Op::divide:
      if (duration(left) && right == K::number) return left;
      return duration(left) && left == right ? K::number : none;
    default:
      return none;
  }
}

}  // namespace

void Checker::infer(NodeId node) {
  const Type* type = type_for(node);
  ast_.nodes[node].type = type;
}

const Type* Checker::item_of(const Type* domain) const {
  const bool holds = domain->is(TypeKind::list) || domain->is(TypeKind::range);
  return holds ? domain->element : domain;
}

const Type* Checker::filtered(const Type* type) const {
  return type->is(TypeKind::list) ? type->element : type;
}

const Type* Checker::type_for(NodeId node) {
  const Node& at = ast_.nodes[node];
  const std::span<const NodeId> children = children_of(node);
  switch (at.kind) {
    case NodeKind::literal:
      return simple(type_kind(ast_.constants[at.data].kind()));
    case NodeKind::name:
      return at.type;
    case NodeKind::path:
      return path_type(node);
    case NodeKind::filter:
      return filter_type(node);
    case NodeKind::negate:
      return negate_type(node);
    case NodeKind::binary:
      return binary_type(node);
    case NodeKind::conjunction:
    case NodeKind::disjunction:
      for (const NodeId child : children) {
        must_be_boolean(child, at.kind == NodeKind::conjunction ? "`and`" : "`or`");
      }
      return simple(TypeKind::boolean);
    case NodeKind::between:
      must_compare(node, children[0], children[1], Op::ge);
      must_compare(node, children[0], children[2], Op::le);
      return simple(TypeKind::boolean);
    case NodeKind::in:
      for (const NodeId test : children.subspan(1)) must_be_test(of(children[0]), test);
      return simple(TypeKind::boolean);
    case NodeKind::some:
    case NodeKind::every:
      must_be_boolean(children.back(), "`satisfies`");
      return simple(TypeKind::boolean);
    case NodeKind::test_not:
    case NodeKind::test_list:
      for (const NodeId test : children) {
        if (tested_ != nullptr) must_be_test(tested_, test);
      }
      return simple(TypeKind::boolean);
    case NodeKind::instance_of:
    case NodeKind::test_any:
      return simple(TypeKind::boolean);
    case NodeKind::if_then_else:
      must_be_boolean(children[0], "`if`");
      return join_of(children.subspan(1));
    case NodeKind::for_return:
      return types_.list(of(children.back()));
    case NodeKind::list:
      return types_.list(join_of(children));
    case NodeKind::context:
      return context_type(node);
    case NodeKind::function:
      return function_type(node);
    case NodeKind::call:
    case NodeKind::call_named:
      return call_type(node);
    case NodeKind::range:
      must_compare(node, children[0], children[1], Op::le);
      return types_.range(join_of(children));
    case NodeKind::unary_range:
      return types_.range(of(children[0]));
  }
  return types_.any();
}

const Type* Checker::join_of(std::span<const NodeId> nodes) {
  const Type* type = simple(TypeKind::null);
  for (const NodeId node : nodes) {
    if (is_unknown(type)) break;
    type = types_.join(type, of(node));
  }
  return type;
}

const Type* Checker::context_type(NodeId node) {
  const std::span<const NodeId> values = children_of(node);
  const std::uint32_t first = ast_.contexts[ast_.nodes[node].data].first_key;
  std::vector<Type::Member> members;
  members.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    members.push_back({std::string(ast_.texts[first + i]), of(values[i])});
  }
  return types_.context(std::move(members), false);
}

const Type* Checker::function_type(NodeId node) {
  const FunctionLiteral& literal = ast_.functions[ast_.nodes[node].data];
  std::vector<const Type*> parameters;
  for (const Parameter& parameter : literal.parameters) parameters.push_back(parameter.type);
  return types_.function(std::move(parameters),
                         literal.external ? types_.any() : of(children_of(node)[0]));
}

// nullptr: no value of the type has it.
const Type* Checker::member_of(const Type* type, std::string_view name, bool& optional) {
  switch (type->kind) {
    case TypeKind::any:
    case TypeKind::null:
      return types_.any();
    case TypeKind::context:
      if (const Type::Member* member = type->find(name)) {
        optional = member->optional;
        return member->type;
      }
      return type->open ? types_.any() : nullptr;
    case TypeKind::range:
      if (name == "start" || name == "end") return type->element;
      break;
    default:
      break;
  }
  const TypeKind property = property_type(type->kind, name);
  return property == none ? nullptr : simple(property);
}

const Type* Checker::path_type(NodeId node) {
  const Type* type = of(children_of(node)[0]);
  std::size_t lists = 0;
  while (type->is(TypeKind::list)) {
    type = type->element;
    ++lists;
  }
  const std::string_view name = ast_.texts[ast_.nodes[node].data];
  bool optional = false;
  const Type* member = member_of(type, name, optional);
  if (member == nullptr) {
    refuse_member(type, name);
    member = types_.any();
  }
  ast_.nodes[node].optional = optional;
  for (; lists > 0; --lists) member = types_.list(member);
  return member;
}

const Type* Checker::filter_type(NodeId node) {
  const std::span<const NodeId> children = children_of(node);
  const Type* item = filtered(of(children[0]));
  const Type* condition = of(children[1]);
  if (condition->is(TypeKind::number)) return item;
  if (condition->is(TypeKind::boolean)) {
    must_be_noted(children[1]);
    return types_.list(item);
  }
  if (!is_unknown(condition) && !condition->is(TypeKind::null)) {
    refuse(children[1], "expected a boolean or a number in the filter, found " +
                            std::string(type_kind_name(condition->kind)));
  }
  return types_.any();
}

const Type* Checker::negate_type(NodeId node) {
  const NodeId operand = children_of(node)[0];
  const Type* type = of(operand);
  switch (type->kind) {
    case TypeKind::number:
    case TypeKind::days_time_duration:
    case TypeKind::years_months_duration:
    case TypeKind::any:
      return type;
    default:
      refuse(operand, "`-` negates a number or a duration, found " +
                          std::string(type_kind_name(type->kind)));
      return types_.any();
  }
}

const Type* Checker::binary_type(NodeId node) {
  const Op op = ast_.nodes[node].op;
  const NodeId left = children_of(node)[0];
  const NodeId right = children_of(node)[1];
  if (op >= Op::eq) {
    must_compare(node, left, right, op);
    return simple(TypeKind::boolean);
  }
  if (is_unknown(of(left)) || is_unknown(of(right))) return types_.any();
  const TypeKind result = arithmetic(op, of(left)->kind, of(right)->kind);
  if (result == none) {
    refuse_operands(node);
    return types_.any();
  }
  return simple(result);
}

}  // namespace partnership::feel
