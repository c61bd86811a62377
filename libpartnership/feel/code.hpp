// SPDX-License-Identifier: Apache-2.0
//
// What the compiler makes and the machine runs: instructions over the registers of a frame. The
// constants of a code lie before its registers (register -1 is the first constant), so that every
// operand is one kind of thing. Loops are code; only a call of a function makes a new frame.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "feel/ast.hpp"
#include "feel/builtins.hpp"
#include "feel/evaluation.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// R[x] is a register; L[x] a loop of the frame; "-> x" a jump.
enum class Opcode : std::uint16_t {
  move,           // R[a] = R[b]
  load_input,     // R[a] = the case's members[b]; flags: optional_flag
  load_captured,  // R[a] = captured value b of the function
  load_self,      // R[a] = the function that runs
  load_partial,   // R[a] = the results of L[b] so far
  member,         // R[a] = R[b].members[c]; flags as of load_input
  maybe_member,   // where R[b] has members[c]: R[a] = it, -> d

  negate,  // R[a] = - R[b]
  add,     // R[a] = R[b] op R[c]
  subtract,
  multiply,
  divide,
  power,
  equal,
  differ,
  less,
  less_equal,
  greater,
  greater_equal,
  between,      // R[a] = R[b] between R[c] and R[d]
  instance_of,  // R[a] = R[b] instance of types[c]

  jump,           // -> a
  jump_not_true,  // unless R[b] is true -> a; a warning where it is no boolean
  // One more operand of `and`: false: R[a] = false, -> d; not true: R[a] = null. flags: first_flag,
  // R[a] is set in any case.
  and_step,          // of R[b]
  and_member,        // of R[b].members[c]
  and_equal,         // of R[b] = R[c]
  and_differ,        // of R[b] != R[c]
  and_member_equal,  // of R[b].members[c] = R[e]; flags: also differ_flag
  or_step,  // of `or`, R[b]: true: R[a] = true, -> d; not false: R[a] = null; flags likewise
  and_whole,
  or_whole,  // the same, but what stands behind the operand that decides runs, too

  test_in,      // R[a] = R[b] in R[c], a value of any kind
  test_range,   // R[a] = R[b] in the range R[c] .. R[d]; flags: closed ends
  test_result,  // R[a] = R[c] where that is a boolean, else R[b] in R[c]
  negate_test,  // R[a] = not R[b], three-valued

  make_list,      // R[a] = the c registers from R[b] on
  make_context,   // R[a] = context of shapes[b] over the registers from R[c] on
  make_range,     // R[a] = R[b] .. R[c]; flags: closed ends
  make_test,      // R[a] = the range `op R[b]`; flags: Op
  make_function,  // R[a] = functions[b]

  collect_begin,  // L[a] collects
  collect,        // L[a] gets R[b]
  collect_end,    // R[a] = what L[b] has collected
  iterate,        // L[a] runs over R[b]; cannot: the next instruction, else the one behind it
  iterate_range,  // L[a] runs over R[b] .. R[c], upwards or downwards; like iterate
  first,          // R[b] = the first item of L[a]; none: -> c
  next,           // R[b] = the next item of L[a], -> c; none: goes on
  filter_begin,   // L[a] filters R[b], R[c] = the first item; none: -> d. flags: Filter
  filter_index,   // R[c] a number: R[a] = that item of what L[b] filters, -> d
  filter_next,    // R[b] true: L[a] keeps the item; then like next: R[c] = the next, -> d
  filter_end,     // R[a] = what L[b] has kept
  filter_count,   // R[a] = how many L[b] has kept (of filter_begin with Filter::count)
  filter_value,   // R[a] = R[b][R[c]], where the condition is the same for all items

  call_builtin,  // R[a] = signatures[d] of the c arguments from R[b] on
  call,          // R[a] = R[b] with the d arguments from R[c] on
  call_named,    // R[a] = R[b] with named_calls[d], arguments from R[c] on
  warn_call,     // R[a] = null, texts[b] cannot be called like this
  warn_twice,    // R[a] = null, a key is given twice: texts[b]
  finish,        // the value of the body is R[a]

  enter,  // of a recorded body: the part begins
  leave,  // its value is R[a]
  round,  // parts from here on are of the next round of the open part
};

enum class Filter : std::uint16_t { none = 0, count = 1, probe = 2 };

struct Instruction {
  Opcode op;
  std::uint16_t flags = 0;
  std::int32_t a = 0, b = 0, c = 0, d = 0, e = 0;
  NodeId node = no_node;
};

inline constexpr std::uint16_t low_closed_flag = 1, high_closed_flag = 2;
// Of load_input, member, and_member: no warning where it is not there; of the steps of and, or.
inline constexpr std::uint16_t optional_flag = 1, first_flag = 2, differ_flag = 4;

// The body of an expression or of a function written in it.
struct Body {
  std::vector<Instruction> instructions;
  std::vector<Value> constants;  // as they lie before the registers: the last one first
  std::uint32_t parameters = 0;  // registers 0 to parameters - 1
  std::uint32_t registers = 0;
  std::uint32_t loops = 0;
};

// A member that instructions look up: its name, and where the schema says it may stand.
struct MemberUse {
  std::string_view name;
  std::uint32_t hint = 0;
};

struct FunctionSite {
  const Body* body = nullptr;  // nullptr: external
  std::span<const Parameter> parameters;
  const Type* result = nullptr;
  std::vector<std::int32_t> captured;  // registers of the frame that makes it
};

struct NamedCall {
  std::vector<std::string_view> names;
};

struct BuiltinCall {
  const Builtin* builtin = nullptr;
  const Signature* signature = nullptr;
};

// A whole expression, compiled. Refers to its Ast.
struct Unit {
  const Ast* ast = nullptr;
  bool recorded = false;                      // with enter and leave
  std::vector<std::unique_ptr<Body>> bodies;  // the last one is the expression itself
  std::vector<MemberUse> members;             // each has a place of its own in the caches
  std::vector<const Shape*> shapes;
  std::vector<FunctionSite> functions;
  std::vector<NamedCall> named_calls;
  std::vector<BuiltinCall> builtin_calls;
  std::vector<std::string_view> texts;
  Arena arena;  // folded constants, shapes

  const Body& main() const noexcept { return *bodies.back(); }
  std::size_t memory() const noexcept;
};

}  // namespace partnership::feel
