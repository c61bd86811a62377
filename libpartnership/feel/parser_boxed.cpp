// SPDX-License-Identifier: Apache-2.0
//
// Conditionals, iterations, functions and contexts: what opens scopes of its own.
#include <unordered_set>

#include "base/text.hpp"
#include "feel/parser_impl.hpp"

namespace partnership::feel {

NodeId Parser::awaiting(std::string_view keyword) {
  const std::string_view around = std::exchange(awaited_, keyword);
  const NodeId node = expression();
  awaited_ = around;
  return node;
}

NodeId Parser::if_then_else() {
  const std::size_t from = lexer_.take().from;
  const NodeId condition = awaiting("then");
  if (!expect_word("then")) return condition;
  const NodeId met = awaiting("else");
  if (!expect_word("else")) return condition;
  const NodeId unmet = expression();
  return make(NodeKind::if_then_else, from, {condition, met, unmet});
}

// What an iterator runs over; `2..4` may run down as well.
NodeId Parser::domain(std::string_view awaited) {
  const std::size_t from = here();
  const NodeId first = awaiting(awaited);
  if (silent_ || !take_if(Token::dots)) return first;
  const NodeId last = awaiting(awaited);
  const NodeId range = make(NodeKind::range, from, {first, last});
  ast_.nodes[range].low_closed = ast_.nodes[range].high_closed = ast_.nodes[range].domain = true;
  return range;
}

NodeId Parser::iteration(NodeKind kind) {
  const std::size_t from = lexer_.take().from;
  const std::string_view keyword = kind == NodeKind::for_return ? "return" : "satisfies";
  const std::uint32_t scope = open_scope(ScopeKind::iteration);
  IterationLiteral literal{{}, scope};
  std::vector<NodeId> children;
  do {
    const auto variable = new_name("the name of a variable", true);
    if (!variable || !expect_word("in")) break;
    children.push_back(domain(keyword));
    declare(*variable, NameUse::Binding::variable,
            static_cast<std::uint32_t>(literal.variables.size()),
            checker_.item_of(type_of(children.back())));
    literal.variables.push_back(*variable);
  } while (!silent_ && take_if(Token::comma));
  expect_word(keyword);
  if (silent_) {
    close_scope();
    return faulty();
  }
  if (kind == NodeKind::for_return) {
    declare("partial", NameUse::Binding::partial, 0, types_.list(types_.any()));
  }
  children.push_back(expression());
  close_scope();
  ast_.iterations.push_back(std::move(literal));
  const NodeId node =
      make(kind, from, children, static_cast<std::uint32_t>(ast_.iterations.size() - 1));
  ast_.scopes[scope].node = node;
  return node;
}

void Parser::formal_parameter(FunctionLiteral& literal,
                              std::unordered_set<std::string_view>& known) {
  const std::size_t from = here();
  const auto name = new_name("the name of a parameter", false);
  if (!name) return;
  const Type* type = types_.any();
  if (take_if(Token::colon)) {
    type = read_type();
    if (type == nullptr) return;
  }
  if (!known.insert(*name).second) {
    report_.error(from, from + name->size(),
                  "the parameter " + backticked(*name) + " stands twice");
  }
  declare(*name, NameUse::Binding::variable, static_cast<std::uint32_t>(literal.parameters.size()),
          type);
  literal.parameters.push_back({*name, type});
}

NodeId Parser::function() {
  const std::size_t from = lexer_.take().from;
  if (!expect(Token::left_round, "`(`")) return faulty();
  FunctionLiteral literal;
  literal.scope = open_scope(ScopeKind::function);
  if (!take_if(Token::right_round)) {
    std::unordered_set<std::string_view> known;
    do {
      formal_parameter(literal, known);
    } while (another(Token::right_round, "`,` or `)`"));
  }
  if (at_word("external") && lexer_.second().token == Token::left_brace) {
    lexer_.take();
    literal.external = true;
  }
  const NodeId body = expression();
  close_scope();
  const std::uint32_t scope = literal.scope;
  ast_.functions.push_back(std::move(literal));
  const NodeId node =
      make(NodeKind::function, from, {body}, static_cast<std::uint32_t>(ast_.functions.size() - 1));
  ast_.scopes[scope].node = node;
  return node;
}

std::optional<std::string_view> Parser::context_key() {
  if (peek() != Token::string) return new_name("a key", false);
  return ast_.arena.copy(string_text());
}

// An entry sees those before it; a function also itself.
NodeId Parser::context() {
  const std::size_t from = lexer_.take().from;
  const Brackets brackets(*this);
  const std::uint32_t scope = open_scope(ScopeKind::context);
  std::vector<std::string_view> keys;
  std::unordered_set<std::string_view> known;
  std::vector<NodeId> values;
  const auto entry = [&] {
    const std::size_t at = here();
    const auto key = context_key();
    if (!key || !expect(Token::colon, "`:`")) return;
    if (!known.insert(*key).second) {
      report_.error(at, lexer_.last_end(), "the key " + backticked(*key) + " stands twice");
    }
    const auto index = static_cast<std::uint32_t>(keys.size());
    const bool recursive = at_word("function");
    if (recursive) declare(*key, NameUse::Binding::variable, index, types_.any());
    values.push_back(expression());
    if (!recursive) declare(*key, NameUse::Binding::variable, index, type_of(values.back()));
    keys.push_back(*key);
  };
  if (!take_if(Token::right_brace)) {
    do {
      entry();
    } while (another(Token::right_brace, "`,` or `}`"));
  }
  close_scope();
  const auto first = static_cast<std::uint32_t>(ast_.texts.size());
  for (const std::string_view key : keys) keep_text(key);
  ast_.contexts.push_back({first, scope});
  const NodeId node =
      make(NodeKind::context, from, values, static_cast<std::uint32_t>(ast_.contexts.size() - 1));
  ast_.scopes[scope].node = node;
  return node;
}

}  // namespace partnership::feel
