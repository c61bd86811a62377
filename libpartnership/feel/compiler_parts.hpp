// SPDX-License-Identifier: Apache-2.0
//
// The inside of the compiler, shared by its files: compiler.cpp (operators), compiler_names.cpp,
// compiler_loops.cpp and compiler_calls.cpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "feel/compiler.hpp"

namespace partnership::feel {

// Says for each node whether its value is the same whatever the case.
std::vector<bool> constant_nodes(const Ast& ast);

class Compiler {
 public:
  Compiler(Unit& unit, const Ast& ast, const UnitOptions& options, Evaluation& scratch);
  // The tree below `root` as the unit's expression; `tests`: as unary tests.
  void compile_all(NodeId root, bool tests);

 private:
  // For a constant part of what `whole` compiles.
  Compiler(Unit& unit, Compiler& whole);

  using Register = std::int32_t;
  static constexpr Register none = INT32_MIN;
  static constexpr std::uint32_t no_scope = 0xffffffff;
  static constexpr std::uint32_t partial_index = 0xffffffff;

  struct Variable {
    std::uint32_t scope = no_scope, index = 0;
    bool operator==(const Variable&) const = default;
  };
  // A function that is being compiled, or the expression itself.
  struct Function {
    Function* outside = nullptr;
    std::unique_ptr<Body> body;
    Register next = 0;
    std::uint32_t loops = 0;
    std::vector<Variable> captured;
    Variable self;  // the name by which it may call itself
    Register null = none, yes = none, no = none, absent = none;
  };
  // What is known of a scope while the node that opens it is being compiled.
  struct ScopeState {
    Function* owner = nullptr;
    Register first = none;                         // of its variables
    std::uint32_t loop = 0;                        // that collects, for `partial`
    bool surely_used = false, maybe_used = false;  // members of the item, of a filter
    bool maybe_unknown = false;                    // one of these is nothing outside of the filter
  };
  struct Held {
    Register next;
    std::uint32_t loops;
  };

  // compiler.cpp
  Register compile(NodeId id, Register target = none);
  Register compile_kind(NodeId id, Register target);
  Register compile_binary(NodeId id, Register target);
  Register compile_logic(NodeId id, Register target);
  std::int32_t compile_operand_of_and(NodeId id, NodeId child, Register out);
  Opcode or_step() const noexcept { return options_.whole ? Opcode::or_whole : Opcode::or_step; }
  Register compile_if(NodeId id, Register target);
  Register compile_list(NodeId id, Register target);
  Register compile_context(NodeId id, Register target);
  Register compile_test(NodeId id, Register value, Register target);
  Register compile_tests(NodeId id, std::uint32_t from, Register value, Register target);
  Register compile_test_kind(NodeId id, Register value, Register target);
  Register compile_in(NodeId id, Register target);
  Register compile_unary_tests(NodeId root);
  Register compile_operands(NodeId id, Opcode op, Register target, std::uint16_t flags = 0);
  bool fold(NodeId id, Value& value);

  // compiler_names.cpp
  void look_at_names();
  Register compile_name(NodeId id, Register target);
  Register compile_binding(const NameUse& use, NodeId id, Register target);
  Register resolve(Function& function, Variable variable, NodeId id, Register target);
  std::int32_t member_use(std::string_view name);

  // compiler_loops.cpp
  Register compile_for(NodeId id, Register target);
  Register compile_quantifier(NodeId id, Register target);
  Register compile_filter(NodeId id, Register target, bool count);
  void compile_filter_loop(NodeId id, Register target, bool count);
  struct Nest {
    std::vector<std::uint32_t> loops;
    std::vector<std::int32_t> bodies;  // where the body of each loop begins
    std::vector<std::int32_t> ends;    // jumps of empty inner loops, behind the next of the outer
    std::vector<std::int32_t> failures;
    Register variables = none;
  };
  Nest open_loops(NodeId id);
  void close_loops(NodeId id, const Nest& nest);

  // compiler_calls.cpp
  Register compile_call(NodeId id, Register target);
  Register compile_builtin_call(NodeId id, const Builtin& builtin, Register target);
  void compile_arguments(NodeId id, const Signature& signature, std::span<const std::uint8_t> order,
                         const Builtin& builtin, Register target);
  Register compile_function(NodeId id, Register target);
  std::vector<std::string_view> argument_names(NodeId id) const;

  // Registers and code.
  Register allocate(std::uint32_t n = 1);
  Register allocate_or(Register target) { return target != none ? target : allocate(); }
  std::uint32_t allocate_loop();
  Held hold() const noexcept { return {current_->next, current_->loops}; }
  void release(Held held) noexcept {
    current_->next = held.next;
    current_->loops = held.loops;
  }
  Register constant(Value value);
  Register null_constant() { return shared(current_->null, {}); }
  Register boolean_constant(bool value) {
    return shared(value ? current_->yes : current_->no, Value::boolean(value));
  }
  Register shared(Register& slot, Value value);
  Register in_place(Register from, Register target, NodeId id);
  std::int32_t emit(Opcode op, NodeId id, std::int32_t a = 0, std::int32_t b = 0,
                    std::int32_t c = 0, std::int32_t d = 0, std::uint16_t flags = 0);
  std::int32_t here() const noexcept;
  void patch(std::int32_t at, std::int32_t target);
  void finish(Function& function, Register value, NodeId id);

  Unit& unit_;
  const Ast& ast_;
  UnitOptions options_;
  Evaluation* scratch_;         // nullptr: nothing is folded
  std::vector<bool> constant_;  // empty: nothing is folded any more
  std::uint64_t folding_steps_ = 0;
  std::uint32_t folding_failures_ = 0;
  std::vector<ScopeState> own_scopes_;
  std::vector<ScopeState>& scopes_;  // of a part that is folded: those of the whole
  Function* current_ = nullptr;
  Variable pending_self_;
};

}  // namespace partnership::feel
