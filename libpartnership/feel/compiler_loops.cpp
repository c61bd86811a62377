// SPDX-License-Identifier: Apache-2.0
//
// Iterations and filters: loops in code.
#include "feel/compiler_parts.hpp"

namespace partnership::feel {

// Opens a loop for each domain, within each other, up to where the innermost body begins.
Compiler::Nest Compiler::open_loops(NodeId id) {
  const IterationLiteral& literal = ast_.iterations[ast_.at(id).data];
  const std::uint32_t count = ast_.at(id).count - 1;
  Nest nest;
  nest.variables = allocate(count);
  scopes_[literal.scope].owner = current_;
  scopes_[literal.scope].first = nest.variables;
  for (std::uint32_t i = 0; i < count; ++i) nest.loops.push_back(allocate_loop());
  scopes_[literal.scope].loop = nest.loops.front();
  for (std::uint32_t i = 0; i < count; ++i) {
    const NodeId domain = ast_.child(id, i);
    const auto loop = static_cast<std::int32_t>(nest.loops[i]);
    const Held held = hold();
    if (ast_.at(domain).kind == NodeKind::range && ast_.at(domain).domain) {
      const Register low = compile(ast_.child(domain, 0));
      const Register high = compile(ast_.child(domain, 1));
      emit(Opcode::iterate_range, domain, loop, low, high);
    } else {
      emit(Opcode::iterate, domain, loop, compile(domain));
    }
    release(held);
    nest.failures.push_back(emit(Opcode::jump, id));
    const Register variable = nest.variables + static_cast<Register>(i);
    nest.ends.push_back(emit(Opcode::first, id, loop, variable));
    nest.bodies.push_back(here());
  }
  if (unit_.recorded) emit(Opcode::round, id);
  return nest;
}

// The next item of each loop, innermost first; behind it the outermost has come to its end.
void Compiler::close_loops(NodeId id, const Nest& nest) {
  for (std::size_t i = nest.loops.size(); i-- > 0;) {
    emit(Opcode::next, id, static_cast<std::int32_t>(nest.loops[i]),
         nest.variables + static_cast<Register>(i), nest.bodies[i]);
    patch(nest.ends[i], here());
  }
}

Compiler::Register Compiler::compile_for(NodeId id, Register target) {
  const Register out = allocate_or(target);
  const Held held = hold();
  const auto collector = static_cast<std::int32_t>(current_->loops);  // the outermost
  emit(Opcode::collect_begin, id, collector);
  const Nest nest = open_loops(id);
  const Held body = hold();
  emit(Opcode::collect, id, collector, compile(ast_.child(id, ast_.at(id).count - 1)));
  release(body);
  close_loops(id, nest);
  emit(Opcode::collect_end, id, out, collector);
  const std::int32_t done = emit(Opcode::jump, id);
  for (const std::int32_t at : nest.failures) patch(at, here());
  emit(Opcode::move, id, out, null_constant());
  patch(done, here());
  release(held);
  return out;
}

Compiler::Register Compiler::compile_quantifier(NodeId id, Register target) {
  const bool every = ast_.at(id).kind == NodeKind::every;
  const Register out = allocate_or(target);
  const Held held = hold();
  emit(Opcode::move, id, out, boolean_constant(every));
  const Nest nest = open_loops(id);
  const Held body = hold();
  const NodeId condition = ast_.child(id, ast_.at(id).count - 1);
  const std::int32_t decided = every ? compile_operand_of_and(id, condition, out)
                                     : emit(or_step(), id, out, compile(condition));
  release(body);
  close_loops(id, nest);
  const std::int32_t done = emit(Opcode::jump, id);
  for (const std::int32_t at : nest.failures) patch(at, here());
  emit(Opcode::move, id, out, null_constant());
  patch(done, here());
  patch(decided, here());
  release(held);
  return out;
}

// `count`: how many items the filter keeps, instead of the list of them.
Compiler::Register Compiler::compile_filter(NodeId id, Register target, bool count) {
  const ScopeState& scope = scopes_[ast_.at(id).data];
  const Register out = allocate_or(target);
  const Held held = hold();
  if (scope.surely_used || scope.maybe_used) {
    compile_filter_loop(id, out, count);
  } else {
    const Register list = compile(ast_.child(id, 0));
    const Register condition = compile(ast_.child(id, 1));
    emit(Opcode::filter_value, id, out, list, condition);
  }
  release(held);
  return out;
}

void Compiler::compile_filter_loop(NodeId id, Register target, bool count) {
  ScopeState& scope = scopes_[ast_.at(id).data];
  const NodeId condition = ast_.child(id, 1);
  // Names that may be members of the items or something outside: what the first item gives tells
  // a position from a condition.
  const bool probe =
      !scope.surely_used && !ast_.at(condition).type->is(TypeKind::boolean) && !count;
  const bool probe_empty = probe && !scope.maybe_unknown;
  const Register list = compile(ast_.child(id, 0));
  const Register item = allocate();
  const auto loop = static_cast<std::int32_t>(allocate_loop());
  scope.owner = current_;
  scope.first = item;
  const auto flags =
      static_cast<std::uint16_t>(static_cast<unsigned>(count ? Filter::count : Filter::none) |
                                 static_cast<unsigned>(probe_empty ? Filter::probe : Filter::none));
  const std::int32_t begin = emit(Opcode::filter_begin, id, loop, list, item, 0, flags);
  const std::int32_t body = here();
  if (unit_.recorded) emit(Opcode::round, id);
  const Held held = hold();
  const Register value = compile(condition);
  release(held);
  const std::int32_t to_index = probe ? emit(Opcode::filter_index, id, target, loop, value) : -1;
  emit(Opcode::filter_next, id, loop, value, item, body);
  patch(begin, here());
  emit(count ? Opcode::filter_count : Opcode::filter_end, id, target, loop);
  if (probe) patch(to_index, here());
}

}  // namespace partnership::feel
