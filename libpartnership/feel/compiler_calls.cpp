// SPDX-License-Identifier: Apache-2.0
//
// Calls, and functions as values.
#include "feel/compiler_parts.hpp"

namespace partnership::feel {

std::vector<std::string_view> Compiler::argument_names(NodeId id) const {
  const Node& node = ast_.at(id);
  const auto names = std::span(ast_.texts).subspan(node.data, node.count - 1);
  return {names.begin(), names.end()};
}

Compiler::Register Compiler::compile_call(NodeId id, Register target) {
  const Node& node = ast_.at(id);
  const NodeId callee = ast_.child(id, 0);
  if (ast_.at(callee).kind == NodeKind::name) {
    const NameUse& use = ast_.names[ast_.at(callee).data];
    if (use.binding == NameUse::Binding::builtin && use.maybe_members_of.empty()) {
      return compile_builtin_call(id, *use.builtin, target);
    }
  }
  const Register out = allocate_or(target);
  const Held held = hold();
  const Register function = compile(callee);
  const std::uint32_t count = node.count - 1;
  const Register first = allocate(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Held argument = hold();
    compile(ast_.child(id, i + 1), first + static_cast<Register>(i));
    release(argument);
  }
  if (node.kind == NodeKind::call) {
    emit(Opcode::call, id, out, function, first, static_cast<std::int32_t>(count));
  } else {
    unit_.named_calls.push_back({argument_names(id)});
    emit(Opcode::call_named, id, out, function, first,
         static_cast<std::int32_t>(unit_.named_calls.size() - 1));
  }
  release(held);
  return out;
}

Compiler::Register Compiler::compile_builtin_call(NodeId id, const Builtin& builtin,
                                                  Register target) {
  const Node& node = ast_.at(id);
  const std::uint32_t count = node.count - 1;
  const bool named = node.kind == NodeKind::call_named;
  std::vector<std::uint8_t> order(count);
  const Signature* signature =
      named ? signature_for(builtin, argument_names(id), order) : signature_for(builtin, count);
  const Register out = allocate_or(target);
  if (signature == nullptr) {
    unit_.texts.push_back(builtin.name);
    emit(Opcode::warn_call, id, out, static_cast<std::int32_t>(unit_.texts.size() - 1));
    return out;
  }
  // How many items a filter keeps needs no list of them.
  const bool counts = builtin.name == "count" && count == 1 && !unit_.recorded &&
                      ast_.at(ast_.child(id, 1)).kind == NodeKind::filter;
  if (counts) {
    const NodeId filter = ast_.child(id, 1);
    if (scopes_[ast_.at(filter).data].surely_used ||
        (scopes_[ast_.at(filter).data].maybe_used &&
         ast_.at(ast_.child(filter, 1)).type->is(TypeKind::boolean))) {
      return compile_filter(filter, out, true);
    }
  }
  if (!named) order.clear();
  compile_arguments(id, *signature, order, builtin, out);
  return out;
}

// `order`: which parameter each argument is; empty: as they stand. What is required and not given
// by its name is null.
void Compiler::compile_arguments(NodeId id, const Signature& signature,
                                 std::span<const std::uint8_t> order, const Builtin& builtin,
                                 Register target) {
  const Held held = hold();
  const std::uint32_t count = ast_.at(id).count - 1;
  std::uint32_t places = order.empty() ? count : signature.required;
  for (const std::uint8_t place : order) places = std::max<std::uint32_t>(places, place + 1U);
  const Register first = allocate(places);
  std::vector<bool> given(places, order.empty());
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t place = order.empty() ? i : order[i];
    given[place] = true;
    const Held argument = hold();
    compile(ast_.child(id, i + 1), first + static_cast<Register>(place));
    release(argument);
  }
  for (std::uint32_t i = 0; i < places; ++i) {
    if (given[i]) continue;
    emit(Opcode::move, id, first + static_cast<Register>(i),
         i < signature.required ? null_constant() : shared(current_->absent, Value::absent()));
  }
  unit_.builtin_calls.push_back({&builtin, &signature});
  emit(Opcode::call_builtin, id, target, first, static_cast<std::int32_t>(places),
       static_cast<std::int32_t>(unit_.builtin_calls.size() - 1));
  release(held);
}

Compiler::Register Compiler::compile_function(NodeId id, Register target) {
  const FunctionLiteral& literal = ast_.functions[ast_.at(id).data];
  const NodeId body = literal.external ? no_node : ast_.child(id, 0);
  FunctionSite site;
  site.parameters = literal.parameters;
  site.result = body == no_node ? nullptr : ast_.at(body).type;
  const Register out = allocate_or(target);
  const Held held = hold();
  if (body != no_node) {
    Function function;
    function.outside = current_;
    function.self = std::exchange(pending_self_, {});
    function.body = std::make_unique<Body>();
    function.body->parameters = static_cast<std::uint32_t>(literal.parameters.size());
    Function* const before = std::exchange(current_, &function);
    scopes_[literal.scope].owner = current_;
    scopes_[literal.scope].first = allocate(function.body->parameters);
    const Register value = compile(body);
    finish(function, value, body);
    current_ = before;
    site.body = unit_.bodies.back().get();
    for (const Variable variable : function.captured) {
      site.captured.push_back(resolve(*current_, variable, id, none));
    }
  }
  pending_self_ = {};
  unit_.functions.push_back(std::move(site));
  emit(Opcode::make_function, id, out, static_cast<std::int32_t>(unit_.functions.size() - 1));
  release(held);
  return out;
}

}  // namespace partnership::feel
