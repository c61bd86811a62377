// SPDX-License-Identifier: Apache-2.0
//
// Operators, from the loosest to the tightest: or, and, comparisons, + -, * /, **, the sign. All
// of them group from the left; the sign binds tighter than ** (-3 ** 2 is 9).
#include "feel/parser_impl.hpp"

namespace partnership::feel {

namespace {

Op comparison_op(Token token) noexcept {
  switch (token) {
    case Token::eq:
      return Op::eq;
    case Token::ne:
      return Op::ne;
    case Token::lt:
      return Op::lt;
    case Token::le:
      return Op::le;
    case Token::gt:
      return Op::gt;
    case Token::ge:
      return Op::ge;
    default:
      return Op::none;
  }
}

}  // namespace

NodeId Parser::expression() {
  const Level level(*this);
  return comparison_op(peek()) == Op::none ? disjunction() : unary_range();
}

NodeId Parser::disjunction() {
  const std::size_t from = here();
  const NodeId first = conjunction();
  if (silent_ || !at_word("or")) return first;
  std::vector<NodeId> operands{first};
  while (!silent_ && at_word("or")) {
    lexer_.take();
    operands.push_back(conjunction());
  }
  return make(NodeKind::disjunction, from, operands);
}

NodeId Parser::conjunction() {
  const std::size_t from = here();
  const NodeId first = comparison();
  if (silent_ || !at_word("and")) return first;
  std::vector<NodeId> operands{first};
  while (!silent_ && at_word("and")) {
    lexer_.take();
    operands.push_back(comparison());
  }
  return make(NodeKind::conjunction, from, operands);
}

NodeId Parser::comparison() {
  const std::size_t from = here();
  NodeId left = additive();
  while (!silent_) {
    if (const Op op = comparison_op(peek()); op != Op::none) {
      lexer_.take();
      const NodeId right = additive();
      left = make(NodeKind::binary, from, {left, right}, 0, op);
    } else if (at_word("between")) {
      left = between(left, from);
    } else if (at_word("in")) {
      left = in_tests(left, from);
    } else {
      break;
    }
  }
  return left;
}

NodeId Parser::between(NodeId left, std::size_t from) {
  lexer_.take();
  const NodeId low = additive();
  if (!expect_word("and")) return left;
  const NodeId high = additive();
  return make(NodeKind::between, from, {left, low, high});
}

NodeId Parser::additive() {
  const std::size_t from = here();
  return additive_of(multiplicative(), from);
}

NodeId Parser::additive_of(NodeId left, std::size_t from) {
  while (!silent_ && (peek() == Token::plus || peek() == Token::minus)) {
    const Op op = lexer_.take().token == Token::plus ? Op::add : Op::subtract;
    const NodeId right = multiplicative();
    left = make(NodeKind::binary, from, {left, right}, 0, op);
  }
  return left;
}

NodeId Parser::multiplicative() {
  const std::size_t from = here();
  return multiplicative_of(exponentiation(), from);
}

NodeId Parser::multiplicative_of(NodeId left, std::size_t from) {
  while (!silent_ && (peek() == Token::star || peek() == Token::slash)) {
    const Op op = lexer_.take().token == Token::star ? Op::multiply : Op::divide;
    const NodeId right = exponentiation();
    left = make(NodeKind::binary, from, {left, right}, 0, op);
  }
  return left;
}

NodeId Parser::exponentiation() {
  const std::size_t from = here();
  return exponentiation_of(negation(), from);
}

NodeId Parser::exponentiation_of(NodeId left, std::size_t from) {
  while (!silent_ && peek() == Token::stars) {
    lexer_.take();
    const NodeId right = negation();
    left = make(NodeKind::binary, from, {left, right}, 0, Op::power);
  }
  return left;
}

// A sign directly before a number is the number's own (rule 35).
NodeId Parser::negation() {
  if (peek() != Token::minus) return postfix();
  const Level level(*this);
  const std::size_t from = lexer_.take().from;
  if (peek() == Token::number && here() == lexer_.last_end()) {
    return postfix_of(number(from), from);
  }
  const NodeId operand = negation();
  return make(NodeKind::negate, from, {operand});
}

// `< 10`: as a value a range, as a test what it says.
NodeId Parser::unary_range() {
  const Lexeme op = lexer_.take();
  const NodeId end = additive();
  return make(NodeKind::unary_range, op.from, {end}, 0, comparison_op(op.token));
}

NodeId Parser::in_tests(NodeId left, std::size_t from) {
  lexer_.take();
  const std::uint32_t scope = open_scope(ScopeKind::test);
  declare("?", NameUse::Binding::tested, 0, type_of(left));
  std::vector<NodeId> children{left};
  tests_behind_in(children);
  close_scope();
  const NodeId node = make(NodeKind::in, from, children, scope);
  ast_.scopes[scope].node = node;
  return node;
}

// One test, or some in brackets. Brackets around one may begin a longer operand: `x in (a + b) *
// 2`.
void Parser::tests_behind_in(std::vector<NodeId>& tests) {
  const std::uint32_t uses = tested_uses_[scope_];
  const std::size_t from = here();
  NodeId test;
  if (comparison_op(peek()) != Op::none) {
    test = unary_range();
  } else if (peek() != Token::left_round) {
    test = additive();
  } else {
    test = bracketed(&tests);
    if (test == no_node) return;
    test = postfix_of(test, from);
    test = exponentiation_of(test, from);
    test = multiplicative_of(test, from);
    test = additive_of(test, from);
  }
  ast_.nodes[test].uses_tested = tested_uses_[scope_] != uses;
  tests.push_back(test);
}

NodeId Parser::unary_test() {
  const std::uint32_t uses = tested_uses_[scope_];
  const NodeId test = expression();
  ast_.nodes[test].uses_tested = tested_uses_[scope_] != uses;
  return test;
}

// The whole text as unary tests (rule 15).
NodeId Parser::whole_tests() {
  const std::uint32_t scope = open_scope(ScopeKind::test);
  const Type* tested = options_.tested == nullptr ? types_.any() : options_.tested;
  declare("?", NameUse::Binding::tested, 0, tested);
  checker_.set_tested(tested);
  const std::size_t from = here();
  NodeId node = no_node;
  if (peek() == Token::minus && lexer_.second().token == Token::end) {
    lexer_.take();
    node = make(NodeKind::test_any, from, {});
  } else if (at_word("not")) {
    node = negated_tests();
  }
  if (node == no_node) {
    std::vector<NodeId> tests;
    do {
      tests.push_back(unary_test());
    } while (!silent_ && take_if(Token::comma));
    node = make(NodeKind::test_list, from, tests);
  }
  close_scope();
  ast_.scopes[scope].node = node;
  return node;
}

// `not(...)` over the whole text negates tests; else it is the function and begins an expression.
NodeId Parser::negated_tests() {
  if (lexer_.second().token != Token::left_round) return no_node;
  const Mark mark(*this);
  const std::size_t from = lexer_.take().from;
  lexer_.take();
  std::vector<NodeId> tests;
  {
    const Brackets brackets(*this);
    do {
      tests.push_back(unary_test());
    } while (!silent_ && take_if(Token::comma));
  }
  if (!silent_ && take_if(Token::right_round) && peek() == Token::end && mark.clean()) {
    return make(NodeKind::test_not, from, tests);
  }
  mark.restore();
  return no_node;
}

}  // namespace partnership::feel
