// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an expression, plain and strict, as a value and as unary tests; and as a type. A
// tree or faults that lie within the text; the same answer twice; a tree that keeps its order.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demand.hpp"
#include "feel/parser.hpp"

using namespace partnership;
using namespace partnership::feel;

namespace {

void check_tree(const Ast& ast) {
  demand(ast.root + 1 == ast.nodes.size(), "the root comes last");
  std::vector<std::uint32_t> parents(ast.nodes.size());
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    const Node& node = ast.at(id);
    demand(node.type != nullptr, "every node has a type");
    demand(node.span.offset + std::size_t{node.span.length} <= ast.text.size(),
           "every node lies within the text");
    demand(node.height <= 1000, "the tree is not too high");
    for (const NodeId child : ast.children_of(id)) {
      demand(child < id, "children come before their parents");
      demand(ast.at(child).height < node.height, "a child is lower than its parent");
      ++parents[child];
    }
  }
  for (NodeId id = 0; id < ast.root; ++id) demand(parents[id] == 1, "a node has one parent");
}

void parse_once(std::string_view text, bool strict, bool tests) {
  Types types;
  const Type* item = types.parse("context<full name: string, a-b: number?, open: boolean?>");
  const std::vector<Declaration> inputs = {{"a", types.simple(TypeKind::number)},
                                           {"a-b", types.simple(TypeKind::string), true},
                                           {"list", types.list(item)},
                                           {"the item", item},
                                           {"anything", types.any()},
                                           {"in list", types.list(types.any())}};
  ParseOptions options;
  options.inputs = inputs;
  options.strict = strict;
  options.unary_tests = tests;
  options.limits.bytes = std::size_t{1} << 16;
  std::vector<Diagnostic> found;
  const auto ast = parse(text, types, options, found);
  bool wrong = false;
  std::uint32_t last = 0;
  for (const Diagnostic& one : found) {
    wrong = wrong || one.severity == Severity::error;
    demand(one.span.offset + std::size_t{one.span.length} <= text.size(), "faults lie in the text");
    demand(one.span.offset >= last, "faults come in the order of the text");
    demand(!one.message.empty() && one.message.find('\n') == std::string::npos, "one line a fault");
    last = one.span.offset;
  }
  demand(wrong == (ast == nullptr), "a tree, or what is wrong");
  demand(found.size() <= options.limits.diagnostics, "no more faults than asked for");
  if (ast != nullptr) check_tree(*ast);
  std::vector<Diagnostic> again;
  const auto second = parse(text, types, options, again);
  demand((second == nullptr) == (ast == nullptr) && again.size() == found.size(), "the same twice");
}

void parse_type(std::string_view text) {
  Types types;
  try {
    const Type* type = types.parse(text, Types::Unknown::any);
    const std::string written = type_text(*type);
    if (!written.ends_with("...")) {
      demand(types.parse(written) == type, "a type reads back as itself");
    }
  } catch (const Error& error) {
    demand(error.code() == Code::malformed, "why there is no type");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool strict : {false, true}) {
    for (const bool tests : {false, true}) parse_once(text, strict, tests);
  }
  parse_type(text);
  return 0;
}
