// SPDX-License-Identifier: Apache-2.0
//
// Operands, and what stands behind them: members, filters, calls, `instance of`.
#include "base/text.hpp"
#include "feel/number.hpp"
#include "feel/parser_impl.hpp"
#include "feel/temporal.hpp"
#include "feel/type_reader.hpp"

namespace partnership::feel {

NodeId Parser::postfix() {
  const std::size_t from = here();
  return postfix_of(primary(), from);
}

NodeId Parser::postfix_of(NodeId left, std::size_t from) {
  while (!silent_) {
    switch (peek()) {
      case Token::dot:
        left = path(left, from);
        break;
      case Token::left_square:
        if (!filter_follows()) return left;
        left = filter(left, from);
        break;
      case Token::left_round:
        left = call(left, from);
        break;
      case Token::word:
        return at_word("instance") ? instance_of(left, from) : left;
      default:
        return left;
    }
  }
  return left;
}

NodeId Parser::primary() {
  const std::size_t from = here();
  switch (peek()) {
    case Token::number:
      return number(from);
    case Token::string:
      return string();
    case Token::at:
      return at_literal();
    case Token::left_round:
      return bracketed();
    case Token::left_square:
      return list_or_range();
    case Token::right_square:
      return open_range();
    case Token::left_brace:
      return context();
    case Token::word:
      return word();
    default:
      fault("an expression");
      return faulty();
  }
}

NodeId Parser::number(std::size_t from) {
  const std::size_t to = lexer_.take().to;
  const std::string_view text = lexer_.text().substr(from, to - from);
  const std::optional<Value> value = parse_number(ast_.arena, text);
  if (!value) report_.error(from, to, "the number " + backticked(text) + " is out of range");
  return constant(value.value_or(Value()), from);
}

std::string Parser::string_text() {
  const Lexeme lexeme = lexer_.take();
  std::size_t wrong = 0;
  const std::optional<std::string> text = string_of(lexer_.text(lexeme), wrong);
  if (!text) {
    report_.error(lexeme.from + wrong, lexeme.from + wrong + 2,
                  "this escape is half of a pair or no character");
  }
  return text.value_or("");
}

NodeId Parser::string() {
  const std::size_t from = here();
  return constant(make_string(ast_.arena, string_text()), from);
}

NodeId Parser::at_literal() {
  const std::size_t from = lexer_.take().from;
  if (peek() != Token::string) {
    fault("a text in quotes behind `@`");
    return faulty();
  }
  const Lexeme lexeme = lexer_.take();
  std::size_t wrong = 0;
  const std::optional<std::string> text = string_of(lexer_.text(lexeme), wrong);
  const std::optional<Value> value =
      text ? parse_at_literal(ast_.arena, *text) : std::optional<Value>();
  if (!value) {
    report_.error(from, lexeme.to,
                  "expected a date, time, date and time or duration behind `@`, found " +
                      backticked(lexer_.text(lexeme)));
  }
  return constant(value.value_or(Value()), from);
}

void Parser::close_bracket(Token close, std::string_view expected) {
  if (!expect(close, expected)) {
    recover({&close, 1});
    take_if(close);
  }
}

// `(` before an expression, a range, or (with `tests`, which then get them, and no_node is given)
// unary tests with commas between them.
NodeId Parser::bracketed(std::vector<NodeId>* tests) {
  const std::size_t from = lexer_.take().from;
  const Brackets brackets(*this);
  const NodeId first = tests == nullptr ? expression() : unary_test();
  if (!silent_ && peek() == Token::dots) return range_from(first, from, false);
  if (tests != nullptr && peek() == Token::comma) {
    tests->push_back(first);
    while (another(Token::right_round, "`,` or `)`")) tests->push_back(unary_test());
    return no_node;
  }
  close_bracket(Token::right_round, tests == nullptr ? "`)`" : "`,` or `)`");
  ast_.nodes[first].parenthesised = true;
  return first;
}

NodeId Parser::list_or_range() {
  const std::size_t from = lexer_.take().from;
  const Brackets brackets(*this);
  std::vector<NodeId> items;
  // `[]` is a list, and `[]1..2]]` a list of a range.
  if (peek() == Token::right_square && !begins_operand(lexer_.second())) {
    lexer_.take();
    return make(NodeKind::list, from, items);
  }
  items.push_back(expression());
  if (!silent_ && peek() == Token::dots) return range_from(items[0], from, true);
  while (another(Token::right_square, "`,` or `]`")) items.push_back(expression());
  return make(NodeKind::list, from, items);
}

NodeId Parser::open_range() {
  const std::size_t from = lexer_.take().from;
  const Brackets brackets(*this);
  const NodeId low = expression();
  if (silent_ || peek() != Token::dots) {
    fault("`..`");
    return low;
  }
  return range_from(low, from, false);
}

// From the dots on.
NodeId Parser::range_from(NodeId low, std::size_t from, bool low_closed) {
  lexer_.take();
  in_range_end_ = true;
  const NodeId high = expression();
  in_range_end_ = false;
  const Token end = peek();
  if (silent_ ||
      (end != Token::right_round && end != Token::right_square && end != Token::left_square)) {
    fault("`)`, `]` or `[`");
    return high;
  }
  lexer_.take();
  const NodeId range = make(NodeKind::range, from, {low, high});
  ast_.nodes[range].low_closed = low_closed;
  ast_.nodes[range].high_closed = end == Token::right_square;
  return range;
}

// Whether `[` begins a filter: behind the end of a range it may end the range (`[1..10[`), unless
// an operand stands behind it.
bool Parser::filter_follows() {
  if (!in_range_end_) return true;
  const Lexeme next = lexer_.second();
  return next.token == Token::left_round || next.token == Token::left_square ||
         next.token == Token::minus || begins_operand(next);
}

// Whether a token can only begin an operand, and not stand behind one.
bool Parser::begins_operand(const Lexeme& lexeme) const noexcept {
  switch (lexeme.token) {
    case Token::number:
    case Token::string:
    case Token::at:
    case Token::left_brace:
      return true;
    case Token::word: {
      const std::string_view text = lexer_.text(lexeme);
      return text != "and" && text != "or" && text != "in" && text != "between" &&
             text != "instance" && text != "then" && text != "else" && text != "return" &&
             text != "satisfies";
    }
    default:
      return false;
  }
}

NodeId Parser::word() {
  const Lexeme lexeme = lexer_.peek();
  const std::string_view text = lexer_.text(lexeme);
  if (!is_keyword(text) || find(lexeme.from).to > lexeme.to) return name();
  if (text == "null" || text == "true" || text == "false") {
    lexer_.take();
    return constant(text == "null" ? Value() : Value::boolean(text == "true"), lexeme.from);
  }
  if (text == "if") return if_then_else();
  if (text == "for") return iteration(NodeKind::for_return);
  if (text == "some") return iteration(NodeKind::some);
  if (text == "every") return iteration(NodeKind::every);
  if (text == "function") return function();
  // No expression begins with `and`, `in`, `then`, ...: such a word may be somebody's name.
  if (find(lexeme.from)) return name();
  fault("an expression");
  return faulty();
}

// `list`, `context`, `range` and `function` alone are not types that anything could be an instance
// of (table 61).
NodeId Parser::instance_of(NodeId left, std::size_t from) {
  lexer_.take();
  if (!expect_word("of")) return left;
  const bool bare = lexer_.second().token != Token::lt;
  for (const std::string_view word : {"list", "context", "range", "function"}) {
    if (!bare || !at_word(word)) continue;
    const Lexeme at = lexer_.take();
    fault_at(at.from, at.to, backticked(word) + " stands without the types within it",
             word == "list" ? "write `list<Any>`" : "");
    return left;
  }
  const Type* type = read_type();
  if (type == nullptr) return left;
  ast_.types.push_back(type);
  return make(NodeKind::instance_of, from, {left},
              static_cast<std::uint32_t>(ast_.types.size() - 1));
}

// nullptr: no type stands here, which is told.
const Type* Parser::read_type() {
  TypeReader reader(lexer_, types_,
                    options_.strict ? Types::Unknown::refused : Types::Unknown::any);
  const Type* type = reader.read();
  if (type == nullptr) {
    const TypeReader::Fault& wrong = *reader.fault();
    fault_at(wrong.from, wrong.to, wrong.message, wrong.hint);
  } else if (reader.unknown()) {
    const TypeReader::Fault& unknown = *reader.unknown();
    report_.add(Severity::warning, unknown.from, unknown.to,
                unknown.message + ": every value is taken for one", unknown.hint);
  }
  return type;
}

NodeId Parser::filter(NodeId left, std::size_t from) {
  lexer_.take();
  const Brackets brackets(*this);
  const std::uint32_t scope = open_scope(ScopeKind::filter);
  open_filter(scope, checker_.filtered(type_of(left)));
  const NodeId condition = expression();
  close_scope();
  close_bracket(Token::right_square, "`]`");
  const NodeId node = make(NodeKind::filter, from, {left, condition}, scope);
  ast_.scopes[scope].node = node;
  return node;
}

// Whether the next argument has its name before it.
bool Parser::argument_name() {
  if (peek() != Token::word) return false;
  std::size_t at = here();
  while (const auto piece = piece_at(lexer_.text(), at)) at = piece->to;
  Lexer behind(lexer_.text());
  behind.seek(at);
  return behind.peek().token == Token::colon;
}

NodeId Parser::call(NodeId callee, std::size_t from) {
  lexer_.take();
  const Brackets brackets(*this);
  std::vector<NodeId> children{callee};
  std::vector<std::string_view> names;
  if (take_if(Token::right_round)) return make(NodeKind::call, from, children);
  const bool named = argument_name();
  do {
    if (named) {
      const auto name = new_name("the name of an argument", false);
      if (name && expect(Token::colon, "`:`")) names.push_back(*name);
    }
    children.push_back(silent_ ? faulty() : expression());
  } while (another(Token::right_round, "`,` or `)`"));
  if (!named) return make(NodeKind::call, from, children);
  names.resize(children.size() - 1);
  const auto first = static_cast<std::uint32_t>(ast_.texts.size());
  for (const std::string_view name : names) keep_text(name);
  return make(NodeKind::call_named, from, children, first);
}

}  // namespace partnership::feel
