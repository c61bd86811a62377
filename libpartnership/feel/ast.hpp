// SPDX-License-Identifier: Apache-2.0
//
// A parsed expression: nodes in one vector, children before their parents, so that walks need no
// recursion where order is enough. A tree is never higher than ParseLimits::height. Names are
// resolved and static types inferred while parsing, since FEEL's names cannot be told from
// operators without knowing the scope.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/arena.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

struct Builtin;  // builtins.hpp

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xffffffff;

struct Span {
  std::uint32_t offset = 0;  // in bytes
  std::uint32_t length = 0;
};

enum class NodeKind : std::uint8_t {
  literal,      // `data`: index into constants (null, boolean, number, string, temporal @"...")
  name,         // `data`: index into names
  path,         // child 0 . text `data`
  filter,       // child 0 [ child 1 ]; `data`: its scope
  negate,       // - child 0
  binary,       // child 0 op child 1: + - * / ** and the comparisons = != < <= > >=
  conjunction,  // and: children from left to right (two or more)
  disjunction,  // or
  between,      // child 0 between child 1 and child 2
  in,           // child 0 in (children 1...): positive unary tests; `data`: their test scope
  instance_of,  // child 0 instance of types[data]
  if_then_else,
  for_return,  // children: the domains, then the body; iterations[data]
  some,        // children: the domains, then the condition
  every,
  list,         // children: the items
  context,      // children: the values; contexts[data]: keys and scope
  function,     // child 0: the body; functions[data]
  call,         // child 0: what is called, then positional arguments
  call_named,   // child 0, then arguments; their names are texts[data...]
  range,        // child 0 .. child 1; flags: low_closed, high_closed, domain
  unary_range,  // op child 0: `< 10` as a value or a unary test; op is = != < <= > >=
  test_any,     // `-`: the unary test that everything meets
  test_not,     // not(children): unary tests
  test_list,  // children: unary tests of which one must hold (where the whole text is unary tests)
};

enum class Op : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  power,
  eq,
  ne,
  lt,
  le,
  gt,
  ge
};
std::string_view op_text(Op op) noexcept;

// What a scope is: the inputs of the expression, or what a node opens.
enum class ScopeKind : std::uint8_t {
  inputs,     // the names the caller declares (schema or lets)
  iteration,  // for, some, every: one variable an iterator; for also `partial`
  filter,     // `item`, and the members of the item
  context,    // the entries that stand before
  function,   // the parameters
  test,       // unary tests, also those behind `in`: `?`, the value that is tested
};

struct Scope {
  ScopeKind kind;
  NodeId node = no_node;              // what opened it
  std::uint32_t parent = 0xffffffff;  // scope around
};

// Where a name leads. A name inside filters whose items have no known type may be a member of the
// item (decided when it runs, innermost filter first) or else what it is outside.
struct NameUse {
  enum class Binding : std::uint8_t {
    unknown,   // nobody declared it: a member of a filter's item (maybe_members_of), else of the
               // case, else null and a warning
    input,     // the case's member `name`, which is declared
    variable,  // variable `index` of scope `scope`: an iterator, entry, parameter
    item,      // the filter's item
    member,    // member `name` of the item of filter scope `scope`, known by its type
    partial,   // of `for` scope `scope`
    tested,    // `?` of scope `scope`
    builtin,   // the function itself
  };
  std::string_view name;  // normalised: white space made one space
  Binding binding = Binding::unknown;
  std::uint32_t scope = 0;
  std::uint32_t index = 0;
  const Builtin* builtin = nullptr;
  bool optional =
      false;  // input, member: declared as one that may be absent: then null, no warning
  std::vector<std::uint32_t> maybe_members_of;  // filter scopes, innermost first
};

struct Parameter {
  std::string_view name;
  const Type* type;  // any when not given
};
struct FunctionLiteral {
  std::vector<Parameter> parameters;
  std::uint32_t scope;
  bool external = false;
};
struct IterationLiteral {
  std::vector<std::string_view> variables;  // one a domain
  std::uint32_t scope;
};

struct Node {
  NodeKind kind;
  Op op = Op::none;
  bool low_closed = false, high_closed = false;  // range
  bool domain = false;  // range: `for i in 4..2`, written without brackets, may run down
  bool parenthesised = false;
  bool optional = false;     // path: the member may be absent: then null without a warning
  bool uses_tested = false;  // a unary test in which `?` stands: its boolean value decides
  std::uint16_t height = 1;  // of the tree below; at most ParseLimits::height
  Span span;
  const Type* type = nullptr;  // static; never null after parsing
  std::uint32_t first = 0;     // children: Ast::children[first, first + count)
  std::uint32_t count = 0;
  std::uint32_t data = 0;
};

// Movable, not copyable: nodes point into the arena.
struct Ast {
  std::string text;
  bool unary_tests = false;
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  NodeId root = no_node;
  std::vector<Scope> scopes;  // scope 0: the inputs
  std::vector<Value> constants;
  std::vector<NameUse> names;
  std::vector<std::string_view> texts;       // of paths, named arguments and context keys
  std::vector<const Type*> types;            // of instance_of
  std::vector<FunctionLiteral> functions;    // of function
  std::vector<IterationLiteral> iterations;  // of for_return, some, every (`data` is the index)
  struct ContextLiteral {
    std::uint32_t first_key;  // into texts, one a child
    std::uint32_t scope;
  };
  std::vector<ContextLiteral> contexts;  // of context (`data` is the index)
  Arena arena;

  const Node& at(NodeId id) const noexcept { return nodes[id]; }
  std::span<const NodeId> children_of(NodeId id) const noexcept {
    return {children.data() + nodes[id].first, nodes[id].count};
  }
  NodeId child(NodeId id, std::uint32_t index) const noexcept {
    return children[nodes[id].first + index];
  }
  std::string_view source(NodeId id) const noexcept {
    return std::string_view(text).substr(nodes[id].span.offset, nodes[id].span.length);
  }
};

}  // namespace partnership::feel
