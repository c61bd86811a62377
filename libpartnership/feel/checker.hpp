// SPDX-License-Identifier: Apache-2.0
//
// The static type of each node from those of its children, and what the strict profile refuses: an
// operation that can only give null, whatever the values of the case.
//
// The trap of boolean members: in a filter, a condition that is null drops the item without a word,
// so `participants[attended]` over a participant whose attendance nobody noted counts as if it had
// not attended. The strict profile refuses a member that its schema declares optional (`boolean?`)
// wherever its bare value decides in a filter: as the whole condition, as an operand of `and` and
// `or`, or as the argument of `not`. `participants[attended = true]` says what is meant and is
// taken. A member that is not optional is taken bare: a case that lacks it raises a warning when
// the expression runs.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "feel/ast.hpp"
#include "feel/builtins.hpp"
#include "feel/report.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

class Checker {
 public:
  Checker(Ast& ast, Types& types, bool strict, Report& report)
      : ast_(ast), types_(types), strict_(strict), report_(report) {}

  // The value that unary tests over the whole text are about.
  void set_tested(const Type* type) noexcept { tested_ = type; }

  // Where the name of the member stands whose path is inferred next.
  void set_member(Span place) noexcept { member_ = place; }

  // Gives a node its type, once its children have theirs. Names have it from the parser.
  void infer(NodeId node);

  // What an iterator runs over: the items of a list, the values of a range, else the value alone.
  const Type* item_of(const Type* domain) const;
  // What a filter looks at: the items of a list, else the value alone.
  const Type* filtered(const Type* type) const;

 private:
  // checker.cpp: types
  const Type* type_for(NodeId node);
  const Type* join_of(std::span<const NodeId> nodes);
  const Type* context_type(NodeId node);
  const Type* path_type(NodeId node);
  const Type* member_of(const Type* type, std::string_view name, bool& optional);
  const Type* filter_type(NodeId node);
  const Type* negate_type(NodeId node);
  const Type* binary_type(NodeId node);
  const Type* function_type(NodeId node);

  // checker_calls.cpp
  const Type* call_type(NodeId node);
  const Type* builtin_call(NodeId node, const Builtin& builtin);
  const Type* result_of(const Signature& signature, std::span<const NodeId> arguments);
  const Type* parameter_type(const Signature& signature, std::size_t parameter) const;
  bool takes(const Signature& signature, std::span<const NodeId> arguments, bool named,
             std::span<const std::uint8_t> order, NodeId& wrong, const Type*& wanted) const;
  void wrong_count(NodeId node, const Builtin& builtin);
  void wrong_names(NodeId node, const Builtin& builtin, std::span<const std::string_view> names);

  // checker_strict.cpp: refusals
  void must_be_boolean(NodeId node, std::string_view where);
  void must_compare(NodeId node, NodeId left, NodeId right, Op op);
  void must_be_test(const Type* left, NodeId test);
  void must_be_noted(NodeId condition);
  void refuse_operands(NodeId node);
  void refuse_member(const Type* type, std::string_view name);
  void refuse(NodeId node, std::string message, std::string hint = {});

  const Type* of(NodeId node) const noexcept { return ast_.nodes[node].type; }
  const Type* simple(TypeKind kind) const noexcept { return types_.simple(kind); }
  std::span<const NodeId> children_of(NodeId node) const noexcept { return ast_.children_of(node); }

  Ast& ast_;
  Types& types_;
  bool strict_;
  Report& report_;
  const Type* tested_ = nullptr;
  Span member_;
};

// Whether a value of `from` can be one of `to`, also by DMN's implicit conversions.
bool may_convert(const Type& from, const Type& to) noexcept;

}  // namespace partnership::feel
