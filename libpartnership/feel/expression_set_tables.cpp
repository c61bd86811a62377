// SPDX-License-Identifier: Apache-2.0
//
// The tables of a set: its expressions, the built-in functions, warnings, traces.
#include "base/text.hpp"
#include "feel/builtins.hpp"
#include "feel/code.hpp"
#include "feel/compare.hpp"
#include "feel/expression_set.hpp"

namespace partnership::feel {

namespace {

// Where a node stands in its text.
class PlaceColumns {
 public:
  explicit PlaceColumns(TableBuilder& builder)
      : builder_(builder),
        offset_(builder.add("offset", ColumnType::int64)),
        length_(builder.add("length", ColumnType::int64)) {}

  void add(Span span) {
    builder_.int64(offset_, span.offset);
    builder_.int64(length_, span.length);
  }

 private:
  TableBuilder& builder_;
  std::int32_t offset_, length_;
};

// The type of all its results, or of the items of a list.
std::string result_text(const Signature& signature) {
  std::string out(type_kind_name(signature.result));
  if (signature.result_element != TypeKind::any) {
    out += "<" + std::string(type_kind_name(signature.result_element)) + ">";
  }
  return out;
}

// "substring(string, start position, [length])"
std::string signature_text(const Builtin& builtin, const Signature& signature) {
  std::string out(builtin.name);
  out += '(';
  for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
    if (i > 0) out += ", ";
    if (i >= signature.required) out += '[';
    out += signature.parameters[i];
    if (i >= signature.required) out += ']';
  }
  if (signature.variadic) out += ", ...";
  return out + ")";
}

// Which operands of an operator were null, but for the literal null: "`end` is null".
void append_nulls(std::string& out, const Warning& warning, const Ast& ast, const Node& node) {
  if (warning.kind != WarningKind::null_operand || node.kind != NodeKind::binary) return;
  std::string_view before = ": ";
  for (std::uint32_t i = 0; i < 2; ++i) {
    const NodeId operand = ast.children[node.first + i];
    const Value value = i == 0 ? warning.left : warning.right;
    if (!value.is_null() || ast.at(operand).kind == NodeKind::literal) continue;
    out += before;
    out += backticked(ast.source(operand)) + " is null";
    before = " and ";
  }
}

}  // namespace

Table ExpressionSet::functions() {
  TableBuilder builder;
  const auto function = builder.add("function", ColumnType::text);
  const auto signature = builder.add("signature", ColumnType::text);
  const auto result = builder.add("result", ColumnType::text);
  const auto sentence = builder.add("sentence", ColumnType::text);
  for (const Builtin& builtin : builtins()) {
    for (const Signature& one : builtin.signatures) {
      builder.text(function, builtin.name);
      builder.text(signature, signature_text(builtin, one));
      builder.text(result, result_text(one));
      builder.text(sentence, builtin.sentence);
    }
  }
  return builder.finish();
}

Table ExpressionSet::table() const {
  TableBuilder builder;
  const auto expression = builder.add("expression", ColumnType::text);
  const auto feel = builder.add("feel", ColumnType::text);
  const auto type = builder.add("type", ColumnType::text);
  const auto columns = builder.add("columns", ColumnType::boolean);
  const auto memory = builder.add("memory", ColumnType::int64);
  for (std::uint32_t i = 0; i < size(); ++i) {
    const Source& source = program_->source(i);
    const Ast& ast = program_->ast(i);
    builder.text(expression, source.name);
    builder.text(feel, source.text);
    builder.text(type,
                 type_text(source.declared != nullptr ? *source.declared : *ast.at(ast.root).type));
    builder.boolean(columns, evaluator_ != nullptr && evaluator_->in_columns(i));
    builder.int64(memory, static_cast<std::int64_t>(program_->unit(i).memory()));
  }
  return builder.finish();
}

Table warning_table(const Evaluation& evaluation, const Ast& ast) {
  TableBuilder builder;
  const auto kind = builder.add("kind", ColumnType::text);
  const auto message = builder.add("message", ColumnType::text);
  PlaceColumns place(builder);
  const auto line = builder.add("line", ColumnType::int64);
  const auto column = builder.add("column", ColumnType::int64);
  for (const Warning& warning : evaluation.warnings()) {
    const NodeId node = warning.node == no_node ? ast.root : warning.node;
    const Span span = ast.at(node).span;
    const Place at = place_of(ast.text, span.offset);
    builder.text(kind, warning_name(warning.kind));
    std::string text = warning_text(warning, ast.source(node));
    append_nulls(text, warning, ast, ast.at(node));
    builder.text(message, text);
    place.add(span);
    builder.int64(line, at.line);
    builder.int64(column, at.column);
  }
  return builder.finish();
}

Table trace_table(const Trace& trace, const Ast& ast) {
  TableBuilder builder;
  const auto part = builder.add("part", ColumnType::int32);
  const auto parent = builder.add("parent", ColumnType::int32);
  const auto round = builder.add("round", ColumnType::int32);
  const auto decisive = builder.add("decisive", ColumnType::boolean);
  const auto value = builder.add("value", ColumnType::text);
  const auto kind = builder.add("kind", ColumnType::text);
  PlaceColumns place(builder);
  const auto source = builder.add("source", ColumnType::text);
  std::string text;
  for (std::size_t i = 0; i < trace.parts.size(); ++i) {
    const TracePart& each = trace.parts[i];
    builder.int32(part, static_cast<std::int32_t>(i));
    if (i == 0) {
      builder.null(parent);
    } else {
      builder.int32(parent, static_cast<std::int32_t>(each.parent));
    }
    builder.int32(round, static_cast<std::int32_t>(each.round));
    builder.boolean(decisive, each.decisive);
    text.clear();
    append_shown(text, each.value);
    builder.text(value, text);
    builder.text(kind, kind_name(each.value.kind()));
    place.add(ast.at(each.node).span);
    builder.text(source, ast.source(each.node));
  }
  return builder.finish();
}

}  // namespace partnership::feel
