// SPDX-License-Identifier: Apache-2.0
//
// The parser's state and its productions, for the parser*.cpp alone. It descends by the rules of
// the grammar; after a fault it is silent until the list, argument or bracket around it goes on.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "feel/checker.hpp"
#include "feel/lexer.hpp"
#include "feel/names.hpp"
#include "feel/parser.hpp"
#include "feel/report.hpp"

namespace partnership::feel {

// Ends the parse: a limit is passed, and the report says which.
struct Stop {};

class Parser {
 public:
  Parser(Ast& ast, Types& types, const ParseOptions& options, Report& report);
  void parse();

 private:
  // What a name in a scope stands for.
  struct Entry {
    NameUse::Binding binding;
    std::uint32_t scope;
    std::uint32_t index;
    const Type* type;
    bool optional;
    std::string_view name;
    std::uint32_t node;     // of the trie
    std::uint32_t shadows;  // the entry of this name around, or NameTrie::none
  };
  // A filter that is open: its item's members are names.
  struct FilterFrame {
    std::uint32_t scope;
    const Type* item;
    const NameTrie* members;  // nullptr: none are known
    bool open;                // it may have others
  };
  struct Found {
    std::size_t to = 0;
    const Entry* entry = nullptr;  // or a member of a filter's item:
    const Type::Member* member = nullptr;
    std::uint32_t scope = 0;
    explicit operator bool() const noexcept { return to != 0; }
  };
  class Level;
  class Brackets;
  class Mark;

  // parser.cpp: tokens, nodes, faults
  Token peek() noexcept { return lexer_.peek().token; }
  bool at_word(std::string_view word) noexcept;
  bool take_if(Token token) noexcept;
  bool expect(Token token, std::string_view what);
  bool expect_word(std::string_view word);
  void fault(std::string_view expected);
  void fault_at(std::size_t from, std::size_t to, std::string message, std::string hint = {});
  NodeId faulty();
  void recover(std::span<const Token> until);
  void close_bracket(Token close, std::string_view expected);
  NodeId make(NodeKind kind, std::size_t from, std::span<const NodeId> children,
              std::uint32_t data = 0, Op op = Op::none);
  NodeId make(NodeKind kind, std::size_t from, std::initializer_list<NodeId> children,
              std::uint32_t data = 0, Op op = Op::none) {
    return make(kind, from, std::span(children.begin(), children.size()), data, op);
  }
  NodeId constant(Value value, std::size_t from);
  std::size_t here() noexcept { return lexer_.peek().from; }
  const Type* type_of(NodeId node) const noexcept { return ast_.nodes[node].type; }
  std::string_view keep_name(std::string_view text);
  std::uint32_t keep_text(std::string_view text);
  bool another(Token close, std::string_view expected);

  // parser_operators.cpp: from `or` to `**`
  NodeId expression();
  NodeId disjunction();
  NodeId conjunction();
  NodeId comparison();
  NodeId additive();
  NodeId multiplicative();
  NodeId exponentiation();
  NodeId negation();
  NodeId comparison_of(NodeId left, std::size_t from);
  NodeId between(NodeId left, std::size_t from);
  NodeId in_tests(NodeId left, std::size_t from);
  void tests_behind_in(std::vector<NodeId>& tests);
  NodeId unary_range();
  NodeId unary_test();
  NodeId whole_tests();
  NodeId negated_tests();
  // Goes on behind an operand that is there already, up to the operators that bind as additive.
  NodeId additive_of(NodeId left, std::size_t from);
  NodeId multiplicative_of(NodeId left, std::size_t from);
  NodeId exponentiation_of(NodeId left, std::size_t from);

  // parser_primary.cpp: operands and what stands behind them
  NodeId postfix();
  NodeId postfix_of(NodeId left, std::size_t from);
  NodeId primary();
  NodeId number(std::size_t from);
  NodeId string();
  std::string string_text();  // of the literal that is next
  NodeId at_literal();
  NodeId bracketed(std::vector<NodeId>* tests = nullptr);
  NodeId list_or_range();
  NodeId open_range();
  NodeId range_from(NodeId low, std::size_t from, bool low_closed);
  NodeId word();
  NodeId instance_of(NodeId left, std::size_t from);
  NodeId filter(NodeId left, std::size_t from);
  NodeId call(NodeId callee, std::size_t from);
  bool argument_name();
  bool filter_follows();
  bool begins_operand(const Lexeme& lexeme) const noexcept;

  // parser_boxed.cpp: what opens scopes
  NodeId if_then_else();
  NodeId iteration(NodeKind kind);
  NodeId awaiting(std::string_view keyword);
  NodeId domain(std::string_view awaited);
  NodeId function();
  void formal_parameter(FunctionLiteral& literal, std::unordered_set<std::string_view>& known);
  NodeId context();
  std::optional<std::string_view> context_key();
  const Type* read_type();

  // parser_names.cpp: scopes and names
  std::uint32_t open_scope(ScopeKind kind);
  void close_scope();
  void declare(std::string_view name, NameUse::Binding binding, std::uint32_t index,
               const Type* type, bool optional = false);
  void open_filter(std::uint32_t scope, const Type* item);
  const NameTrie* members_of(const Type* context);
  Found find(std::size_t at);
  const Builtin* find_builtin_at(std::size_t at, std::size_t& to) const;
  std::size_t end_of_unknown(std::size_t at) const;
  NodeId name();
  NodeId use_name(const Found& found);
  NodeId use_builtin(const Builtin& builtin, std::size_t to, bool called);
  NodeId push_name(NameUse use, std::size_t from, std::size_t to, const Type* type);
  NodeId unknown_name(std::size_t from, std::size_t to);
  void add_maybe_members(NameUse& use, std::uint32_t least);
  NodeId path(NodeId left, std::size_t from);
  std::optional<std::string_view> new_name(std::string_view what, bool stop_at_in);
  std::string nearest_name(std::string_view name) const;
  bool word_follows(std::size_t at) const;

  Ast& ast_;
  Types& types_;
  const ParseOptions& options_;
  Report& report_;
  Lexer lexer_;
  Checker checker_;
  bool silent_ = false;  // a fault was told, and its place not yet left
  std::optional<std::size_t> last_fault_;
  std::size_t depth_ = 0;
  std::size_t maybe_members_ = 0;
  bool in_range_end_ = false;  // a `[` may end the range whose end is read
  std::string_view awaited_;   // the keyword that must follow the expression that is read

  NameTrie names_;
  std::vector<Entry> entries_;
  std::vector<FilterFrame> filters_;
  std::uint32_t scope_ = 0;
  std::unordered_map<const Type*, std::unique_ptr<NameTrie>> member_names_;
  std::vector<std::uint32_t> tested_uses_;  // of `?`, one a scope
};

// Counts how deep productions stand within each other.
class Parser::Level {
 public:
  explicit Level(Parser& parser);
  ~Level() { --parser_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  Parser& parser_;
};

// Within brackets nothing of what is around them is awaited.
class Parser::Brackets {
 public:
  explicit Brackets(Parser& parser);
  ~Brackets();
  Brackets(const Brackets&) = delete;
  Brackets& operator=(const Brackets&) = delete;

 private:
  Parser& parser_;
  bool in_range_end_;
  std::string_view awaited_;
};

// A place to go back to, where a text may be read in two ways.
class Parser::Mark {
 public:
  explicit Mark(Parser& parser);
  bool clean() const noexcept;  // nothing was told since
  void restore() const;

 private:
  Parser& parser_;
  std::size_t at_, last_end_, nodes_, children_, scopes_, report_;
};

}  // namespace partnership::feel
