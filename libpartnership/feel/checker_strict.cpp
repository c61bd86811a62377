// SPDX-License-Identifier: Apache-2.0
//
// What the strict profile refuses, and its words for it.
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "feel/checker.hpp"

namespace partnership::feel {

namespace {

std::string named(const Type* type) {
  return type->is(TypeKind::null) ? "null" : std::string(type_kind_name(type->kind));
}

bool is_known(const Type* type) noexcept {
  return !type->is(TypeKind::any) && !type->is(TypeKind::null);
}

bool has_order(TypeKind kind) noexcept {
  return kind >= TypeKind::number && kind <= TypeKind::years_months_duration;
}

// Whether a value of `left` can be met by a test whose value is of `test`.
bool may_meet(const Type* left, const Type* test) noexcept {
  if (!is_known(left) || !is_known(test) || left->kind == test->kind) return true;
  if (test->is(TypeKind::range)) {
    return !is_known(test->element) || test->element->kind == left->kind;
  }
  return test->is(TypeKind::list) && may_meet(left, test->element);
}

}  // namespace

void Checker::refuse(NodeId node, std::string message, std::string hint) {
  if (strict_) report_.error(ast_.nodes[node].span, std::move(message), std::move(hint));
}

void Checker::must_be_boolean(NodeId node, std::string_view where) {
  const Type* type = of(node);
  if (!is_known(type) || type->is(TypeKind::boolean)) return;
  refuse(node, "expected a boolean for " + std::string(where) + ", found " + named(type));
}

void Checker::must_compare(NodeId node, NodeId left, NodeId right, Op op) {
  if (!strict_) return;
  const Type* one = of(left);
  const Type* other = of(right);
  const bool equality = op == Op::eq || op == Op::ne;
  const bool known = is_known(one) && is_known(other);
  if (equality) {
    if (!known || one->kind == other->kind) return;
    refuse(node, "`" + std::string(op_text(op)) + "` between " + named(one) + " and " +
                     named(other) + " can only give null");
    return;
  }
  const NodeKind kind = ast_.nodes[node].kind;
  const bool is_null = one->is(TypeKind::null) || other->is(TypeKind::null);
  if (is_null && kind == NodeKind::range) return;  // (null..10) has no lower end
  const auto unordered = [](const Type* type) { return is_known(type) && !has_order(type->kind); };
  if (!is_null && !unordered(one) && !unordered(other) && (!known || one->kind == other->kind)) {
    return;
  }
  const std::string both = named(one) + " and " + named(other);
  if (kind == NodeKind::range) {
    refuse(node, "a range between " + both + " can only be null");
  } else if (kind == NodeKind::between) {
    refuse(node, "comparing " + both + " can only give null");
  } else {
    refuse(node, "`" + std::string(op_text(op)) + "` between " + both + " can only give null");
  }
}

void Checker::must_be_test(const Type* left, NodeId test) {
  const Node& at = ast_.nodes[test];
  if (at.uses_tested || may_meet(left, at.type)) return;
  refuse(test, "a value of type " + named(left) + " cannot be in " + type_text(*at.type));
}

void Checker::refuse_operands(NodeId node) {
  const std::span<const NodeId> operands = children_of(node);
  refuse(node, "`" + std::string(op_text(ast_.nodes[node].op)) + "` between " +
                   named(of(operands[0])) + " and " + named(of(operands[1])) +
                   " can only give null");
}

void Checker::refuse_member(const Type* type, std::string_view name) {
  if (!strict_) return;
  std::vector<std::string_view> candidates;
  if (type->is(TypeKind::context)) {
    for (const Type::Member& member : type->members) candidates.push_back(member.name);
  } else {
    candidates = {"year",        "month",       "day",      "weekday", "hour",   "minute",
                  "second",      "time offset", "timezone", "years",   "months", "days",
                  "hours",       "minutes",     "seconds",  "start",   "end",    "start included",
                  "end included"};
    std::erase_if(candidates, [&](std::string_view candidate) {
      bool optional = false;
      return member_of(type, candidate, optional) == nullptr;
    });
  }
  const std::string_view nearest = nearest_spelling(name, candidates);
  report_.error(member_, "unknown member " + backticked(name) + " of " + named(type),
                nearest.empty() ? "" : "did you mean `" + std::string(nearest) + "`?");
}

// Looks for optional members whose bare value decides (see the head of checker.hpp).
void Checker::must_be_noted(NodeId condition) {
  if (!strict_) return;
  std::vector<NodeId> deciding{condition};
  while (!deciding.empty()) {
    const NodeId node = deciding.back();
    deciding.pop_back();
    const Node& at = ast_.nodes[node];
    const std::span<const NodeId> children = children_of(node);
    const bool optional = (at.kind == NodeKind::path && at.optional) ||
                          (at.kind == NodeKind::name && ast_.names[at.data].optional);
    if (optional) {
      const std::string source(ast_.source(node));
      refuse(node,
             backticked(source) + " may be absent or null, and the filter would drop it silently",
             "write " + backticked(source + " = true"));
    } else if (at.kind == NodeKind::conjunction || at.kind == NodeKind::disjunction) {
      deciding.insert(deciding.end(), children.rbegin(), children.rend());
    } else if (at.kind == NodeKind::call && children.size() == 2) {
      const Node& callee = ast_.nodes[children[0]];
      const Builtin* builtin =
          callee.kind == NodeKind::name ? ast_.names[callee.data].builtin : nullptr;
      if (builtin != nullptr && builtin->name == "not") deciding.push_back(children[1]);
    }
  }
}

}  // namespace partnership::feel
