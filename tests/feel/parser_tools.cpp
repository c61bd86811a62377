// SPDX-License-Identifier: Apache-2.0
#include "parser_tools.hpp"

#include "feel/builtins.hpp"
#include "feel/compare.hpp"

namespace partnership::feel {

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_expression(out, Value::string(text));
  return out;
}

class Printer {
 public:
  explicit Printer(const Ast& ast) : ast_(ast) {}

  std::string whole() const {
    const Node& root = ast_.at(ast_.root);
    if (root.kind == NodeKind::test_any) return "-";
    if (root.kind == NodeKind::test_not) return "not(" + tests(ast_.root) + ")";
    return root.kind == NodeKind::test_list ? tests(ast_.root) : text(ast_.root);
  }

 private:
  std::string text(NodeId id) const {
    const Node& node = ast_.at(id);
    switch (node.kind) {
      case NodeKind::literal: {
        std::string out;
        append_expression(out, ast_.constants[node.data]);
        return out;
      }
      case NodeKind::name:
        return std::string(ast_.names[node.data].name);
      case NodeKind::path:
        return child(id, 0) + "." + std::string(ast_.texts[node.data]);
      case NodeKind::filter:
        return child(id, 0) + "[" + child(id, 1) + "]";
      case NodeKind::negate:
        return "(-(" + child(id, 0) + "))";
      case NodeKind::binary:
        return "(" + child(id, 0) + " " + std::string(op_text(node.op)) + " " + child(id, 1) + ")";
      case NodeKind::conjunction:
        return "(" + joined(id, 0, " and ") + ")";
      case NodeKind::disjunction:
        return "(" + joined(id, 0, " or ") + ")";
      case NodeKind::between:
        return "(" + child(id, 0) + " between " + child(id, 1) + " and " + child(id, 2) + ")";
      case NodeKind::in:
        return "(" + child(id, 0) + " in (" + joined(id, 1, ", ") + "))";
      case NodeKind::instance_of:
        return "(" + child(id, 0) + " instance of " + type_text(*ast_.types[node.data]) + ")";
      case NodeKind::if_then_else:
        return "(if " + child(id, 0) + " then " + child(id, 1) + " else " + child(id, 2) + ")";
      case NodeKind::for_return:
        return iteration(id, "for ", " return ");
      case NodeKind::some:
        return iteration(id, "some ", " satisfies ");
      case NodeKind::every:
        return iteration(id, "every ", " satisfies ");
      case NodeKind::list:
        return "[" + joined(id, 0, ", ") + "]";
      case NodeKind::context:
        return context(id);
      case NodeKind::function:
        return "(" + function(id) + ")";
      case NodeKind::call:
        return child(id, 0) + "(" + joined(id, 1, ", ") + ")";
      case NodeKind::call_named:
        return child(id, 0) + "(" + named(id, 1, node.data) + ")";
      case NodeKind::range:
        if (node.domain) return child(id, 0) + ".." + child(id, 1);
        return (node.low_closed ? "[" : "(") + child(id, 0) + ".." + child(id, 1) +
               (node.high_closed ? "]" : ")");
      case NodeKind::unary_range:
        return "(" + std::string(op_text(node.op)) + " " + child(id, 0) + ")";
      case NodeKind::test_any:
      case NodeKind::test_not:
      case NodeKind::test_list:
        break;
    }
    return "?!";
  }

  std::string child(NodeId id, std::uint32_t index) const { return text(ast_.child(id, index)); }

  std::string joined(NodeId id, std::uint32_t from, std::string_view between) const {
    std::string out;
    for (std::uint32_t i = from; i < ast_.at(id).count; ++i) {
      if (i > from) out += between;
      out += child(id, i);
    }
    return out;
  }

  std::string tests(NodeId id) const {
    std::string out;
    for (std::uint32_t i = 0; i < ast_.at(id).count; ++i) {
      out += (i > 0 ? ", (" : "(") + child(id, i) + ")";
    }
    return out;
  }

  std::string named(NodeId id, std::uint32_t from, std::uint32_t first) const {
    std::string out;
    for (std::uint32_t i = from; i < ast_.at(id).count; ++i) {
      if (i > from) out += ", ";
      out += std::string(ast_.texts[first + i - from]) + ": " + child(id, i);
    }
    return out;
  }

  std::string context(NodeId id) const {
    const std::uint32_t first = ast_.contexts[ast_.at(id).data].first_key;
    std::string out = "{";
    for (std::uint32_t i = 0; i < ast_.at(id).count; ++i) {
      const NodeId value = ast_.child(id, i);
      const bool recursive = ast_.at(value).kind == NodeKind::function &&
                             !ast_.at(value).parenthesised;  // sees itself
      out += (i > 0 ? ", " : "") + quoted(ast_.texts[first + i]) + ": " +
             (recursive ? function(value) : text(value));
    }
    return out + "}";
  }

  std::string iteration(NodeId id, std::string_view word, std::string_view before_body) const {
    const IterationLiteral& literal = ast_.iterations[ast_.at(id).data];
    std::string out = "(";
    out += word;
    for (std::uint32_t i = 0; i < literal.variables.size(); ++i) {
      out += (i > 0 ? ", " : "") + std::string(literal.variables[i]) + " in " + child(id, i);
    }
    out += before_body;
    return out + child(id, ast_.at(id).count - 1) + ")";
  }

  std::string function(NodeId id) const {
    const FunctionLiteral& literal = ast_.functions[ast_.at(id).data];
    std::string out = "function(";
    for (const Parameter& parameter : literal.parameters) {
      if (&parameter != literal.parameters.data()) out += ", ";
      out += std::string(parameter.name) + ": " + type_text(*parameter.type);
    }
    return out + (literal.external ? ") external " : ") ") + child(id, 0);
  }

  const Ast& ast_;
};

class Comparison {
 public:
  Comparison(const Ast& left, const Ast& right) : left_(left), right_(right) {}

  std::string nodes(NodeId l, NodeId r) const {
    const Node& a = left_.at(l);
    const Node& b = right_.at(r);
    const auto differs = [&](std::string_view what) {
      return std::string(what) + ": " + std::string(left_.source(l)) + " | " +
             std::string(right_.source(r));
    };
    if (a.kind != b.kind || a.op != b.op || a.count != b.count) return differs("form");
    if (a.low_closed != b.low_closed || a.high_closed != b.high_closed || a.domain != b.domain) {
      return differs("range");
    }
    if (a.type != b.type) {
      return differs("type " + type_text(*a.type) + " and " + type_text(*b.type));
    }
    if (a.optional != b.optional || a.uses_tested != b.uses_tested || a.height != b.height) {
      return differs("flags");
    }
    if (const std::string_view what = data(a, b); !what.empty()) return differs(what);
    for (std::uint32_t i = 0; i < a.count; ++i) {
      std::string found = nodes(left_.child(l, i), right_.child(r, i));
      if (!found.empty()) return found;
    }
    return {};
  }

 private:
  std::string_view data(const Node& a, const Node& b) const {
    switch (a.kind) {
      case NodeKind::literal:
        return identical(left_.constants[a.data], right_.constants[b.data]) ? "" : "value";
      case NodeKind::name: {
        const NameUse& one = left_.names[a.data];
        const NameUse& other = right_.names[b.data];
        const bool same = one.name == other.name && one.binding == other.binding &&
                          one.scope == other.scope && one.index == other.index &&
                          one.builtin == other.builtin && one.optional == other.optional &&
                          one.maybe_members_of == other.maybe_members_of;
        return same ? "" : "name";
      }
      case NodeKind::path:
        return left_.texts[a.data] == right_.texts[b.data] ? "" : "member";
      case NodeKind::call_named:
        return texts(a.data, b.data, a.count - 1);
      case NodeKind::context:
        return texts(left_.contexts[a.data].first_key, right_.contexts[b.data].first_key, a.count);
      case NodeKind::instance_of:
        return left_.types[a.data] == right_.types[b.data] ? "" : "type";
      default:
        return "";
    }
  }

  std::string_view texts(std::uint32_t one, std::uint32_t other, std::uint32_t count) const {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (left_.texts[one + i] != right_.texts[other + i]) return "text";
    }
    return "";
  }

  const Ast& left_;
  const Ast& right_;
};

}  // namespace

std::string full_text(const Ast& ast) {
  return Printer(ast).whole();
}

std::string difference(const Ast& left, const Ast& right) {
  return Comparison(left, right).nodes(left.root, right.root);
}

std::string text_of(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    out += std::to_string(d.span.offset) + "-" + std::to_string(d.span.offset + d.span.length) +
           (d.severity == Severity::warning ? " warning: " : " ") + d.message;
    if (!d.hint.empty()) out += " (" + d.hint + ")";
    out += "\n";
  }
  return out;
}

}  // namespace partnership::feel
