// SPDX-License-Identifier: Apache-2.0
#include "feel/compiler.hpp"

#include <algorithm>

#include "feel/compiler_parts.hpp"
#include "feel/machine.hpp"
#include "feel/operators.hpp"

namespace partnership::feel {

namespace {

// Lists up to here are made from registers, longer ones item by item.
constexpr std::uint32_t most_in_registers = 16;

std::uint16_t closed_flags(const Node& node) {
  return static_cast<std::uint16_t>((node.low_closed ? low_closed_flag : 0) |
                                    (node.high_closed ? high_closed_flag : 0));
}

}  // namespace

Compiler::Compiler(Unit& unit, const Ast& ast, const UnitOptions& options, Evaluation& scratch)
    : unit_(unit),
      ast_(ast),
      options_(options),
      scratch_(&scratch),
      constant_(constant_nodes(ast)),
      own_scopes_(ast.scopes.size()),
      scopes_(own_scopes_) {
  unit_.ast = &ast;
  unit_.recorded = options.recorded;
  look_at_names();
}

Compiler::Compiler(Unit& unit, Compiler& whole)
    : unit_(unit), ast_(whole.ast_), scratch_(nullptr), scopes_(whole.scopes_) {
  unit_.ast = &ast_;
}

void Compiler::compile_all(NodeId root, bool tests) {
  Function main;
  main.body = std::make_unique<Body>();
  current_ = &main;
  Register value = none;
  if (tests) {
    value = compile_unary_tests(root);
  } else {
    if (ast_.at(root).kind != NodeKind::function) options_.self = {};
    if (!options_.self.empty()) pending_self_ = {0, 0};  // stands for the function itself
    value = compile(root);
  }
  finish(main, value, root);
  current_ = nullptr;
}

void Compiler::finish(Function& function, Register value, NodeId id) {
  emit(Opcode::finish, id, value);
  std::ranges::reverse(function.body->constants);
  unit_.bodies.push_back(std::move(function.body));
}

Compiler::Register Compiler::compile(NodeId id, Register target) {
  const Node& node = ast_.at(id);
  if (node.kind == NodeKind::literal) {
    return in_place(constant(ast_.constants[node.data]), target, id);
  }
  if (unit_.recorded) emit(Opcode::enter, id);
  Value folded;
  const Register value = !constant_.empty() && constant_[id] && fold(id, folded)
                             ? in_place(constant(folded), target, id)
                             : compile_kind(id, target);
  if (unit_.recorded) emit(Opcode::leave, id, value);
  return value;
}

Compiler::Register Compiler::compile_kind(NodeId id, Register target) {
  const Node& node = ast_.at(id);
  switch (node.kind) {
    case NodeKind::literal:
      return in_place(constant(ast_.constants[node.data]), target, id);
    case NodeKind::name:
      return compile_name(id, target);
    case NodeKind::path: {
      const Register out = allocate_or(target);
      const Held held = hold();
      const Register from = compile(ast_.child(id, 0));
      release(held);
      emit(Opcode::member, id, out, from, member_use(ast_.texts[node.data]), 0,
           node.optional ? optional_flag : 0);
      return out;
    }
    case NodeKind::filter:
      return compile_filter(id, target, false);
    case NodeKind::negate:
      return compile_operands(id, Opcode::negate, target);
    case NodeKind::binary:
      return compile_operands(id, opcode_of(node.op), target);
    case NodeKind::conjunction:
    case NodeKind::disjunction:
      return compile_logic(id, target);
    case NodeKind::between:
      return compile_operands(id, Opcode::between, target);
    case NodeKind::in:
      return compile_in(id, target);
    case NodeKind::instance_of: {
      const Register out = allocate_or(target);
      const Held held = hold();
      const Register value = compile(ast_.child(id, 0));
      release(held);
      emit(Opcode::instance_of, id, out, value, static_cast<std::int32_t>(node.data));
      return out;
    }
    case NodeKind::if_then_else:
      return compile_if(id, target);
    case NodeKind::for_return:
      return compile_for(id, target);
    case NodeKind::some:
    case NodeKind::every:
      return compile_quantifier(id, target);
    case NodeKind::list:
      return compile_list(id, target);
    case NodeKind::context:
      return compile_context(id, target);
    case NodeKind::function:
      return compile_function(id, target);
    case NodeKind::call:
    case NodeKind::call_named:
      return compile_call(id, target);
    case NodeKind::range:
      return compile_operands(id, Opcode::make_range, target, closed_flags(node));
    case NodeKind::unary_range:
      return compile_operands(id, Opcode::make_test, target, static_cast<std::uint16_t>(node.op));
    case NodeKind::test_any:
      return in_place(boolean_constant(true), target, id);
    case NodeKind::test_not:
    case NodeKind::test_list:
      break;  // only within unary tests
  }
  return in_place(null_constant(), target, id);
}

// An instruction over the values of up to three children.
Compiler::Register Compiler::compile_operands(NodeId id, Opcode op, Register target,
                                              std::uint16_t flags) {
  const Register out = allocate_or(target);
  const Held held = hold();
  std::int32_t operands[3] = {};
  const std::uint32_t count = std::min<std::uint32_t>(ast_.at(id).count, 3);
  for (std::uint32_t i = 0; i < count; ++i) operands[i] = compile(ast_.child(id, i));
  release(held);
  emit(op, id, out, operands[0], operands[1], operands[2], flags);
  return out;
}

Compiler::Register Compiler::compile_logic(NodeId id, Register target) {
  const bool both = ast_.at(id).kind == NodeKind::conjunction;
  const Register out = allocate_or(target);
  std::vector<std::int32_t> decided;
  for (const NodeId child : ast_.children_of(id)) {
    const Held held = hold();
    decided.push_back(both ? compile_operand_of_and(id, child, out) : none);
    if (!both) decided.back() = emit(or_step(), id, out, compile(child));
    release(held);
    if (decided.size() == 1) {
      current_->body->instructions.back().flags |= first_flag;
    }
  }
  for (const std::int32_t at : decided) patch(at, here());
  return out;
}

// Members and equalities need no instruction of their own.
std::int32_t Compiler::compile_operand_of_and(NodeId id, NodeId child, Register out) {
  const Node& node = ast_.at(child);
  const bool plain = !unit_.recorded && (constant_.empty() || !constant_[child]);
  if (plain && node.kind == NodeKind::binary && (node.op == Op::eq || node.op == Op::ne)) {
    const Register left = compile(ast_.child(child, 0));
    const Register right = compile(ast_.child(child, 1));
    std::vector<Instruction>& instructions = current_->body->instructions;
    // Where a name may lead to several places, jumps end behind the last of them.
    const Node& member = ast_.at(ast_.child(child, 0));
    const bool direct =
        member.kind == NodeKind::path ||
        (member.kind == NodeKind::name && ast_.names[member.data].maybe_members_of.empty());
    if (direct && !instructions.empty() && instructions.back().op == Opcode::member &&
        instructions.back().a == left && left != right) {
      Instruction& last = instructions.back();
      last.op = Opcode::and_member_equal;
      if (node.op == Op::ne) last.flags |= differ_flag;
      last.a = out;
      last.e = right;
      last.node = child;
      return here() - 1;
    }
    const Opcode op = node.op == Op::eq ? Opcode::and_equal : Opcode::and_differ;
    return emit(op, child, out, left, right);
  }
  if (plain && node.kind == NodeKind::path) {
    const Register from = compile(ast_.child(child, 0));
    return emit(Opcode::and_member, child, out, from, member_use(ast_.texts[node.data]), 0,
                node.optional ? optional_flag : 0);
  }
  if (plain && node.kind == NodeKind::name) {
    const NameUse& use = ast_.names[node.data];
    if (use.binding == NameUse::Binding::member && use.maybe_members_of.empty()) {
      const Register item = resolve(*current_, {use.scope, 0}, child, none);
      return emit(Opcode::and_member, child, out, item, member_use(use.name), 0,
                  use.optional ? optional_flag : 0);
    }
  }
  return emit(options_.whole ? Opcode::and_whole : Opcode::and_step, id, out, compile(child));
}

Compiler::Register Compiler::compile_if(NodeId id, Register target) {
  const Register out = allocate_or(target);
  const Held held = hold();
  const Register condition = compile(ast_.child(id, 0));
  release(held);
  const std::int32_t to_else = emit(Opcode::jump_not_true, id, 0, condition);
  compile(ast_.child(id, 1), out);
  release(held);
  const std::int32_t to_end = emit(Opcode::jump, id);
  patch(to_else, here());
  compile(ast_.child(id, 2), out);
  release(held);
  patch(to_end, here());
  return out;
}

Compiler::Register Compiler::compile_list(NodeId id, Register target) {
  const auto children = ast_.children_of(id);
  const auto count = static_cast<std::uint32_t>(children.size());
  const Register out = allocate_or(target);
  const Held held = hold();
  if (count <= most_in_registers) {
    const Register first = allocate(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Held item = hold();
      compile(children[i], first + static_cast<Register>(i));
      release(item);
    }
    emit(Opcode::make_list, id, out, first, static_cast<std::int32_t>(count));
  } else {
    const auto loop = static_cast<std::int32_t>(allocate_loop());
    emit(Opcode::collect_begin, id, loop);
    for (const NodeId child : children) {
      const Held item = hold();
      emit(Opcode::collect, id, loop, compile(child));
      release(item);
    }
    emit(Opcode::collect_end, id, out, loop);
  }
  release(held);
  return out;
}

Compiler::Register Compiler::compile_context(NodeId id, Register target) {
  const Ast::ContextLiteral& literal = ast_.contexts[ast_.at(id).data];
  const auto children = ast_.children_of(id);
  const auto keys = std::span(ast_.texts).subspan(literal.first_key, children.size());
  const Register out = allocate_or(target);
  std::vector<std::string_view> sorted(keys.begin(), keys.end());
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) {
    unit_.texts.push_back(*twice);
    emit(Opcode::warn_twice, id, out, static_cast<std::int32_t>(unit_.texts.size() - 1));
    return out;
  }
  const Held held = hold();
  const Register first = allocate(static_cast<std::uint32_t>(children.size()));
  scopes_[literal.scope].owner = current_;
  scopes_[literal.scope].first = first;
  for (std::uint32_t i = 0; i < children.size(); ++i) {
    const Held entry = hold();
    if (ast_.at(children[i]).kind == NodeKind::function) pending_self_ = {literal.scope, i};
    compile(children[i], first + static_cast<Register>(i));
    release(entry);
  }
  const auto shape = static_cast<std::int32_t>(unit_.shapes.size());
  unit_.shapes.push_back(Shape::make(unit_.arena, keys));
  emit(Opcode::make_context, id, out, shape, first);
  release(held);
  return out;
}

Compiler::Register Compiler::compile_in(NodeId id, Register target) {
  const Register out = allocate_or(target);
  const Held held = hold();
  const Register value = compile(ast_.child(id, 0));
  const std::uint32_t scope = ast_.at(id).data;
  if (scope < scopes_.size()) {
    scopes_[scope].owner = current_;
    scopes_[scope].first = value;
  }
  compile_tests(id, 1, value, out);
  release(held);
  return out;
}

// Whether one of the tests (children of `id` from `from` on) is met.
Compiler::Register Compiler::compile_tests(NodeId id, std::uint32_t from, Register value,
                                           Register target) {
  const auto tests = ast_.children_of(id).subspan(from);
  if (tests.size() == 1) return compile_test(tests[0], value, target);
  const Register out = allocate_or(target);
  emit(Opcode::move, id, out, boolean_constant(false));
  std::vector<std::int32_t> decided;
  for (const NodeId test : tests) {
    const Held held = hold();
    const Register met = compile_test(test, value, none);
    release(held);
    decided.push_back(emit(Opcode::or_step, id, out, met));
  }
  for (const std::int32_t at : decided) patch(at, here());
  return out;
}

Compiler::Register Compiler::compile_test(NodeId id, Register value, Register target) {
  if (unit_.recorded) emit(Opcode::enter, id);
  const Register out = compile_test_kind(id, value, allocate_or(target));
  if (unit_.recorded) emit(Opcode::leave, id, out);
  return out;
}

Compiler::Register Compiler::compile_test_kind(NodeId id, Register value, Register target) {
  const Node& node = ast_.at(id);
  const Held held = hold();
  switch (node.kind) {
    case NodeKind::test_any:
      return in_place(boolean_constant(true), target, id);
    case NodeKind::test_list:
      return compile_tests(id, 0, value, target);
    case NodeKind::test_not:
      compile_tests(id, 0, value, target);
      emit(Opcode::negate_test, id, target, target);
      return target;
    case NodeKind::unary_range: {
      const Register end = compile(ast_.child(id, 0));
      emit(opcode_of(node.op), id, target, value, end);
      break;
    }
    case NodeKind::range: {
      const Register low = compile(ast_.child(id, 0));
      const Register high = compile(ast_.child(id, 1));
      emit(Opcode::test_range, id, target, value, low, high, closed_flags(node));
      break;
    }
    default: {
      // The test is one part with its value, whatever is compared with it.
      Value folded;
      Register test = none;
      if (node.kind == NodeKind::literal) {
        test = constant(ast_.constants[node.data]);
      } else if (!constant_.empty() && constant_[id] && fold(id, folded)) {
        test = constant(folded);
      } else {
        test = compile_kind(id, none);
      }
      emit(node.uses_tested ? Opcode::test_result : Opcode::test_in, id, target, value, test);
    }
  }
  release(held);
  return target;
}

// The whole text is tests: of the case's member `?`.
Compiler::Register Compiler::compile_unary_tests(NodeId root) {
  const Register value = allocate();
  emit(Opcode::load_input, root, value, member_use("?"));
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    if (ast_.scopes[i].kind != ScopeKind::test || scopes_[i].owner != nullptr) continue;
    if (ast_.scopes[i].node != no_node && ast_.scopes[i].node != root) continue;
    scopes_[i].owner = current_;
    scopes_[i].first = value;
  }
  return compile_test(root, value, none);
}

// The value of a constant part, calculated now. false: it raises a warning, or is too much work.
bool Compiler::fold(NodeId id, Value& value) {
  constexpr std::uint64_t most_steps = 1'000'000, steps_a_part = 100;
  constexpr std::uint32_t most_failures = 16;
  Unit part;
  Compiler(part, *this).compile_all(id, false);
  scratch_->begin({});
  value = Machine(*scratch_).evaluate(part, {});
  const bool good = scratch_->warning_count() == 0;
  if (good) value = copy(unit_.arena, value);
  // Whoever writes parts that are much work, or warn, has them calculated when it runs.
  folding_steps_ += scratch_->steps() + steps_a_part;
  folding_failures_ += good ? 0 : 1;
  if (folding_steps_ > most_steps || folding_failures_ > most_failures) constant_.clear();
  return good;
}

Compiler::Register Compiler::allocate(std::uint32_t n) {
  const Register first = current_->next;
  current_->next += static_cast<Register>(n);
  current_->body->registers =
      std::max(current_->body->registers, static_cast<std::uint32_t>(current_->next));
  return first;
}

std::uint32_t Compiler::allocate_loop() {
  const std::uint32_t loop = current_->loops++;
  current_->body->loops = std::max(current_->body->loops, current_->loops);
  return loop;
}

Compiler::Register Compiler::constant(Value value) {
  if (value.is_null()) return null_constant();
  if (value.is(Kind::boolean)) return boolean_constant(value.boolean());
  current_->body->constants.push_back(value);
  return -static_cast<Register>(current_->body->constants.size());
}

Compiler::Register Compiler::shared(Register& slot, Value value) {
  if (slot == none) {
    current_->body->constants.push_back(value);
    slot = -static_cast<Register>(current_->body->constants.size());
  }
  return slot;
}

Compiler::Register Compiler::in_place(Register from, Register target, NodeId id) {
  if (target == none || target == from) return from;
  emit(Opcode::move, id, target, from);
  return target;
}

std::int32_t Compiler::emit(Opcode op, NodeId id, std::int32_t a, std::int32_t b, std::int32_t c,
                            std::int32_t d, std::uint16_t flags) {
  current_->body->instructions.push_back({op, flags, a, b, c, d, 0, id});
  return here() - 1;
}

std::int32_t Compiler::here() const noexcept {
  return static_cast<std::int32_t>(current_->body->instructions.size());
}

// Sets where the jump at `at` leads.
void Compiler::patch(std::int32_t at, std::int32_t target) {
  Instruction& instruction = current_->body->instructions[static_cast<std::size_t>(at)];
  switch (instruction.op) {
    case Opcode::jump:
    case Opcode::jump_not_true:
      instruction.a = target;
      break;
    case Opcode::first:
      instruction.c = target;
      break;
    default:
      instruction.d = target;
  }
}

std::unique_ptr<Unit> compile_unit(const Ast& ast, const UnitOptions& options,
                                   Evaluation& scratch) {
  auto unit = std::make_unique<Unit>();
  Compiler(*unit, ast, options, scratch).compile_all(ast.root, ast.unary_tests);
  return unit;
}

std::size_t Unit::memory() const noexcept {
  std::size_t size = sizeof(Unit) + arena.size();
  for (const auto& body : bodies) {
    size += sizeof(Body) + body->instructions.capacity() * sizeof(Instruction) +
            body->constants.capacity() * sizeof(Value);
  }
  size += members.capacity() * sizeof(MemberUse) + shapes.capacity() * sizeof(void*) +
          functions.capacity() * sizeof(FunctionSite) + named_calls.capacity() * sizeof(NamedCall) +
          builtin_calls.capacity() * sizeof(BuiltinCall) +
          texts.capacity() * sizeof(std::string_view);
  return size;
}

}  // namespace partnership::feel
