// SPDX-License-Identifier: Apache-2.0
#include "feel/parser.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "feel/parser_impl.hpp"

namespace partnership::feel {

bool Report::has_error() const noexcept {
  return std::any_of(diagnostics_.begin() + static_cast<std::ptrdiff_t>(first_), diagnostics_.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void Report::sort() {
  std::stable_sort(diagnostics_.begin() + static_cast<std::ptrdiff_t>(first_), diagnostics_.end(),
                   [](const Diagnostic& left, const Diagnostic& right) {
                     return left.span.offset < right.span.offset;
                   });
}

std::string_view op_text(Op op) noexcept {
  switch (op) {
    case Op::none:
      return "";
    case Op::add:
      return "+";
    case Op::subtract:
      return "-";
    case Op::multiply:
      return "*";
    case Op::divide:
      return "/";
    case Op::power:
      return "**";
    case Op::eq:
      return "=";
    case Op::ne:
      return "!=";
    case Op::lt:
      return "<";
    case Op::le:
      return "<=";
    case Op::gt:
      return ">";
    case Op::ge:
      return ">=";
  }
  return "";
}

Parser::Level::Level(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ <= parser_.options_.limits.depth) return;
  --parser_.depth_;
  const Lexeme at = parser_.lexer_.peek();
  parser_.report_.error(at.from, at.to,
                        "expressions stand within each other more than " +
                            std::to_string(parser_.options_.limits.depth) + " deep");
  throw Stop{};
}

Parser::Parser(Ast& ast, Types& types, const ParseOptions& options, Report& report)
    : ast_(ast),
      types_(types),
      options_(options),
      report_(report),
      lexer_(ast.text),
      checker_(ast, types, options.strict, report) {
  ast_.scopes.push_back({ScopeKind::inputs});
  tested_uses_.push_back(0);
  names_.reserve(options.inputs.size());
  for (std::uint32_t i = 0; i < options.inputs.size(); ++i) {
    const Declaration& input = options.inputs[i];
    // Copied where it is used.
    const std::string_view name =
        is_normal_name(input.name) ? std::string_view(input.name) : keep_name(input.name);
    declare(name, NameUse::Binding::input, i, input.type, input.optional);
  }
}

bool Parser::at_word(std::string_view word) noexcept {
  return peek() == Token::word && lexer_.peek_text() == word;
}

bool Parser::take_if(Token token) noexcept {
  if (peek() != token) return false;
  lexer_.take();
  return true;
}

// A fault is told once; what follows from it is not.
void Parser::fault_at(std::size_t from, std::size_t to, std::string message, std::string hint) {
  if (silent_) return;
  silent_ = true;
  if (last_fault_ == from) return;
  last_fault_ = from;
  report_.error(from, to, std::move(message), std::move(hint));
  if (report_.full()) throw Stop{};
}

namespace {

// What somebody meant who writes other languages, too.
std::string habit_hint(std::string_view text, std::size_t at) {
  const char c = at < text.size() ? text[at] : '\0';
  const char before = at > 0 ? text[at - 1] : '\0';
  if (c == '=' && before == '=') return "write `=`";
  if (c == '>' && before == '<') return "write `!=`";
  switch (c) {
    case '&':
      return "write `and`";
    case '|':
      return "write `or`";
    case '!':
      return "write `not(...)`";
    case '%':
      return "write `modulo(a, b)`";
    case '\'':
      return "a text stands in double quotes";
    case '`':
      return "a name is written as it is, also with spaces";
    default:
      return {};
  }
}

}  // namespace

void Parser::fault(std::string_view expected) {
  const Lexeme next = lexer_.peek();
  std::string found;
  if (next.token == Token::end) {
    found = "the end";
  } else if (next.token == Token::open_string) {
    fault_at(next.from, next.to, "this text has no closing quote on its line");
    return;
  } else {
    found = backticked(lexer_.text(next));
  }
  fault_at(next.from, next.to, "expected " + std::string(expected) + ", found " + found,
           habit_hint(lexer_.text(), next.from));
}

NodeId Parser::faulty() {
  const NodeId node = constant(Value(), lexer_.last_end());
  ast_.nodes[node].type = types_.any();
  return node;
}

bool Parser::expect(Token token, std::string_view what) {
  if (silent_) return false;
  if (take_if(token)) return true;
  fault(what);
  return false;
}

// A word that was meant for `word` is told and taken for it.
bool Parser::expect_word(std::string_view word) {
  if (silent_) return false;
  if (at_word(word)) {
    lexer_.take();
    return true;
  }
  const bool meant = peek() == Token::word && !is_keyword(lexer_.peek_text()) &&
                     !nearest_spelling(lexer_.peek_text(), std::span(&word, 1)).empty();
  fault("`" + std::string(word) + "`");
  if (!meant) return false;
  lexer_.take();
  silent_ = false;
  return true;
}

// Skips to one of `until`, or to a bracket that closes what is around, or to the end.
void Parser::recover(std::span<const Token> until) {
  std::size_t open = 0;
  while (peek() != Token::end) {
    const Token token = peek();
    if (open == 0 && std::ranges::find(until, token) != until.end()) break;
    if (token == Token::left_round || token == Token::left_square || token == Token::left_brace) {
      ++open;
    } else if (token == Token::right_round || token == Token::right_square ||
               token == Token::right_brace) {
      if (open == 0) break;
      --open;
    }
    lexer_.take();
  }
  silent_ = false;
}

// Behind an item of a list that `close` ends: whether another follows.
bool Parser::another(Token close, std::string_view expected) {
  const Token stops[] = {Token::comma, close};
  if (silent_) recover(stops);
  if (take_if(Token::comma)) return true;
  if (take_if(close)) return false;
  fault(expected);
  recover(stops);
  if (take_if(Token::comma)) return true;
  take_if(close);
  return false;
}

Parser::Brackets::Brackets(Parser& parser)
    : parser_(parser), in_range_end_(parser.in_range_end_), awaited_(parser.awaited_) {
  parser.in_range_end_ = false;
  parser.awaited_ = {};
}

Parser::Brackets::~Brackets() {
  parser_.in_range_end_ = in_range_end_;
  parser_.awaited_ = awaited_;
}

Parser::Mark::Mark(Parser& parser)
    : parser_(parser),
      at_(parser.lexer_.peek().from),
      last_end_(parser.lexer_.last_end()),
      nodes_(parser.ast_.nodes.size()),
      children_(parser.ast_.children.size()),
      scopes_(parser.ast_.scopes.size()),
      report_(parser.report_.size()) {}

bool Parser::Mark::clean() const noexcept {
  return parser_.report_.size() == report_;
}

// Constants, names and texts that nothing refers to any more stay: they do no harm.
void Parser::Mark::restore() const {
  parser_.lexer_.take_to(last_end_);
  parser_.lexer_.seek(at_);
  parser_.ast_.nodes.resize(nodes_);
  parser_.ast_.children.resize(children_);
  parser_.ast_.scopes.resize(scopes_);
  parser_.tested_uses_.resize(scopes_);
  parser_.report_.shrink(report_);
  parser_.silent_ = false;
  parser_.last_fault_.reset();
}

NodeId Parser::make(NodeKind kind, std::size_t from, std::span<const NodeId> children,
                    std::uint32_t data, Op op) {
  if (ast_.nodes.size() >= options_.limits.nodes) {
    report_.error(
        from, lexer_.last_end(),
        "the expression has more than " + std::to_string(options_.limits.nodes) + " parts");
    throw Stop{};
  }
  Node node;
  node.kind = kind;
  node.op = op;
  const std::size_t to = std::max(from, lexer_.last_end());
  node.span = {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
  node.type = types_.any();
  node.first = static_cast<std::uint32_t>(ast_.children.size());
  node.count = static_cast<std::uint32_t>(children.size());
  node.data = data;
  std::size_t height = 1;
  for (const NodeId child : children) {
    height = std::max<std::size_t>(height, std::size_t{ast_.nodes[child].height} + 1);
  }
  if (height > std::min<std::size_t>(options_.limits.height, 0xffff)) {
    report_.error(
        from, to,
        "more than " + std::to_string(options_.limits.height) + " operations hang on each other");
    throw Stop{};
  }
  node.height = static_cast<std::uint16_t>(height);
  ast_.children.insert(ast_.children.end(), children.begin(), children.end());
  ast_.nodes.push_back(node);
  const auto id = static_cast<NodeId>(ast_.nodes.size() - 1);
  checker_.infer(id);
  if (report_.full()) throw Stop{};
  return id;
}

NodeId Parser::constant(Value value, std::size_t from) {
  ast_.constants.push_back(value);
  return make(NodeKind::literal, from, {}, static_cast<std::uint32_t>(ast_.constants.size() - 1));
}

std::string_view Parser::keep_name(std::string_view text) {
  return ast_.arena.copy(is_normal_name(text) ? text : std::string_view(normal_name(text)));
}

std::uint32_t Parser::keep_text(std::string_view text) {
  ast_.texts.push_back(text);
  return static_cast<std::uint32_t>(ast_.texts.size() - 1);
}

void Parser::parse() {
  try {
    ast_.root = options_.unary_tests ? whole_tests() : expression();
    if (lexer_.open_comment()) {
      const std::size_t at = *lexer_.open_comment();
      silent_ = false;
      fault_at(at, at + 2, "this comment does not end: expected `*/`");
    } else if (!silent_ && peek() != Token::end) {
      fault(options_.unary_tests ? "`,` or the end" : "an operator or the end");
    }
  } catch (const Stop&) {
    ast_.root = no_node;
  }
}

std::unique_ptr<Ast> parse(std::string_view text, Types& types, const ParseOptions& options,
                           std::vector<Diagnostic>& diagnostics) {
  Report report(diagnostics, std::max<std::size_t>(options.limits.diagnostics, 1));
  if (text.size() > std::min<std::size_t>(options.limits.bytes, 0xffffff00)) {
    report.error(
        0, 0, "the expression is longer than " + std::to_string(options.limits.bytes) + " bytes");
    return nullptr;
  }
  if (const std::size_t at = utf8_invalid_at(text); at != std::string_view::npos) {
    report.error(at, at + 1, "this is not UTF-8");
    return nullptr;
  }
  auto ast = std::make_unique<Ast>();
  ast->text = text;
  ast->unary_tests = options.unary_tests;
  Parser(*ast, types, options, report).parse();
  report.sort();
  return report.has_error() ? nullptr : std::move(ast);
}

}  // namespace partnership::feel
