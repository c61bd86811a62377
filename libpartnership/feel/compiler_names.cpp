// SPDX-License-Identifier: Apache-2.0
//
// Names: where their values lie when the code runs, and which parts need none of the case's.
#include "feel/compiler_parts.hpp"
#include "feel/function.hpp"

namespace partnership::feel {

namespace {

bool all_children_constant(const Ast& ast, NodeId id, std::uint32_t from,
                           const std::vector<bool>& constant) {
  const auto children = ast.children_of(id);
  for (std::size_t i = from; i < children.size(); ++i) {
    if (!constant[children[i]]) return false;
  }
  return true;
}

bool pure_builtin(const Ast& ast, NodeId id) {
  const Node& node = ast.at(id);
  if (node.kind != NodeKind::name) return false;
  const NameUse& use = ast.names[node.data];
  return use.binding == NameUse::Binding::builtin && use.builtin->pure &&
         use.maybe_members_of.empty();
}

}  // namespace

std::vector<bool> constant_nodes(const Ast& ast) {
  std::vector<bool> constant(ast.nodes.size());
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    switch (ast.at(id).kind) {
      case NodeKind::literal:
        constant[id] = true;
        break;
      case NodeKind::call:
      case NodeKind::call_named:
        constant[id] =
            pure_builtin(ast, ast.child(id, 0)) && all_children_constant(ast, id, 1, constant);
        break;
      case NodeKind::name:
      case NodeKind::for_return:
      case NodeKind::some:
      case NodeKind::every:
      case NodeKind::function:
      case NodeKind::test_any:
      case NodeKind::test_not:
      case NodeKind::test_list:
        break;
      case NodeKind::range:
        constant[id] = !ast.at(id).domain && all_children_constant(ast, id, 0, constant);
        break;
      default:
        constant[id] = all_children_constant(ast, id, 0, constant);
    }
  }
  return constant;
}

// Which filters look at their items, and how surely.
void Compiler::look_at_names() {
  for (const NameUse& use : ast_.names) {
    if (use.binding == NameUse::Binding::item || use.binding == NameUse::Binding::member) {
      scopes_[use.scope].surely_used = true;
    }
    for (const std::uint32_t scope : use.maybe_members_of) {
      scopes_[scope].maybe_used = true;
      if (use.binding == NameUse::Binding::unknown) scopes_[scope].maybe_unknown = true;
    }
  }
}

Compiler::Register Compiler::compile_name(NodeId id, Register target) {
  const NameUse& use = ast_.names[ast_.at(id).data];
  if (use.maybe_members_of.empty()) return compile_binding(use, id, target);
  const Register out = allocate_or(target);
  std::vector<std::int32_t> found;
  for (const std::uint32_t scope : use.maybe_members_of) {
    const Held held = hold();
    const Register item = resolve(*current_, {scope, 0}, id, none);
    release(held);
    found.push_back(emit(Opcode::maybe_member, id, out, item, member_use(use.name)));
  }
  const Held held = hold();
  compile_binding(use, id, out);
  release(held);
  for (const std::int32_t at : found) patch(at, here());
  return out;
}

Compiler::Register Compiler::compile_binding(const NameUse& use, NodeId id, Register target) {
  using Binding = NameUse::Binding;
  switch (use.binding) {
    case Binding::unknown:
    case Binding::input: {
      // A name of the case that is the name of the function itself.
      if (!options_.self.empty() && use.name == options_.self && current_->outside != nullptr) {
        return resolve(*current_, {0, 0}, id, target);
      }
      const Register out = allocate_or(target);
      emit(Opcode::load_input, id, out, member_use(use.name), 0, 0,
           use.optional ? optional_flag : 0);
      return out;
    }
    case Binding::variable:
      return resolve(*current_, {use.scope, use.index}, id, target);
    case Binding::item:
    case Binding::tested:
      return resolve(*current_, {use.scope, 0}, id, target);
    case Binding::partial:
      return resolve(*current_, {use.scope, partial_index}, id, target);
    case Binding::member: {
      const Register out = allocate_or(target);
      const Held held = hold();
      const Register item = resolve(*current_, {use.scope, 0}, id, none);
      release(held);
      emit(Opcode::member, id, out, item, member_use(use.name), 0,
           use.optional ? optional_flag : 0);
      return out;
    }
    case Binding::builtin: {
      auto* function = unit_.arena.make<feel::Function>();
      function->builtin = use.builtin;
      return in_place(constant(Value::function(function)), target, id);
    }
  }
  return in_place(null_constant(), target, id);
}

// The register of a variable in `function`: its own, or a copy of what the function has captured.
// Recursion is bounded by the depth of functions within each other.
Compiler::Register Compiler::resolve(Function& function, Variable variable, NodeId id,
                                     Register target) {
  const auto put = [&](Opcode op, std::int32_t operand) {
    Function* const before = std::exchange(current_, &function);
    const Register out = allocate_or(target);
    emit(op, id, out, operand);
    current_ = before;
    return out;
  };
  if (function.self == variable && function.outside != nullptr) {
    return put(Opcode::load_self, 0);
  }
  const ScopeState& scope = scopes_[variable.scope];
  if (scope.owner == &function) {
    if (variable.index == partial_index) {
      return put(Opcode::load_partial, static_cast<std::int32_t>(scope.loop));
    }
    const Register from = scope.first + static_cast<Register>(variable.index);
    if (target == none) return from;
    return put(Opcode::move, from);
  }
  if (function.outside == nullptr) {  // a scope that is not open: only null can come of it
    return put(Opcode::move, null_constant());
  }
  std::size_t at = 0;
  while (at < function.captured.size() && !(function.captured[at] == variable)) ++at;
  if (at == function.captured.size()) function.captured.push_back(variable);
  return put(Opcode::load_captured, static_cast<std::int32_t>(at));
}

std::int32_t Compiler::member_use(std::string_view name) {
  unit_.members.push_back({name, 0});
  return static_cast<std::int32_t>(unit_.members.size() - 1);
}

}  // namespace partnership::feel
