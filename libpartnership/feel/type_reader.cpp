// SPDX-License-Identifier: Apache-2.0
#include "feel/type_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::feel {

namespace {

struct Named {
  std::string_view name;
  TypeKind kind;
};

// The standard's names, then DMN's of the same types (10.3.2.1, table 41).
constexpr std::array<Named, 19> names = {{
    {"Any", TypeKind::any},
    {"Null", TypeKind::null},
    {"boolean", TypeKind::boolean},
    {"number", TypeKind::number},
    {"string", TypeKind::string},
    {"date", TypeKind::date},
    {"time", TypeKind::time},
    {"date and time", TypeKind::date_time},
    {"days and time duration", TypeKind::days_time_duration},
    {"years and months duration", TypeKind::years_months_duration},
    {"list", TypeKind::list},
    {"context", TypeKind::context},
    {"range", TypeKind::range},
    {"function", TypeKind::function},
    {"dateTime", TypeKind::date_time},
    {"dayTimeDuration", TypeKind::days_time_duration},
    {"yearMonthDuration", TypeKind::years_months_duration},
    {"any", TypeKind::any},
    {"null", TypeKind::null},
}};

constexpr std::size_t most_pieces = 20;

struct Deeper {
  std::size_t& depth;
  explicit Deeper(std::size_t& at) : depth(at) { ++depth; }
  ~Deeper() { --depth; }
};

const Type* find_type(const Types& types, std::string_view name) {
  if (const Type* type = types.defined(name)) return type;
  const auto at = std::ranges::find(names, name, &Named::name);
  return at == names.end() ? nullptr : types.simple(at->kind);
}

}  // namespace

std::string_view type_kind_name(TypeKind kind) noexcept {
  return names[static_cast<std::size_t>(kind)].name;
}

std::nullptr_t TypeReader::fail(const Lexeme& at, std::string message, std::string hint) {
  if (!fault_) fault_ = Fault{at.from, at.to, std::move(message), std::move(hint)};
  return nullptr;
}

bool TypeReader::expect(Token token, std::string_view what) {
  const Lexeme next = lexer_.peek();
  if (next.token == token) {
    lexer_.take();
    return true;
  }
  if (token == Token::gt && next.token == Token::ge) {  // list<number>= ...
    lexer_.take_to(next.from + 1);
    return true;
  }
  const std::string found = next.token == Token::end ? "the end" : backticked(lexer_.text(next));
  fail(next, "expected " + std::string(what) + ", found " + found);
  return false;
}

const Type* TypeReader::read() {
  return read(nullptr);
}

const Type* TypeReader::read_member(bool& optional) {
  optional = false;
  return read(&optional);
}

const Type* TypeReader::read(bool* optional) {
  const Deeper deeper(depth_);
  if (depth_ > Types::deepest) {
    return fail(lexer_.peek(),
                "types within each other more than " + std::to_string(Types::deepest) + " deep");
  }
  if (lexer_.peek().token != Token::word) {
    expect(Token::word, "a type");
    return nullptr;
  }
  const Type* type = read_named(optional);
  if (type != nullptr && optional != nullptr && !*optional && lexer_.peek_text() == "?") {
    lexer_.take();
    *optional = true;
  }
  return type;
}

// The longest name that is known.
const Type* TypeReader::read_named(bool* optional) {
  const Type* found = nullptr;
  std::size_t end = 0;
  std::size_t at = lexer_.peek().from;
  std::string name;
  for (std::size_t i = 0; i < most_pieces; ++i) {
    const auto piece = piece_at(lexer_.text(), at);
    if (!piece) break;
    if (piece->spaced && i > 0) name += ' ';
    name += piece->text;
    at = piece->to;
    if (const Type* type = find_type(types_, name)) {
      found = type;
      end = at;
      if (optional != nullptr) *optional = false;
    } else if (optional != nullptr && name.ends_with('?')) {
      const Type* bare = find_type(types_, std::string_view(name).substr(0, name.size() - 1));
      if (bare == nullptr) break;
      found = bare;
      end = at;
      *optional = true;
      break;
    }
  }
  if (found == nullptr) return unknown_name();
  lexer_.take_to(end);
  if (found == types_.simple(found->kind) && lexer_.peek().token == Token::lt) {
    if (found->is(TypeKind::list) || found->is(TypeKind::range)) {
      return read_element(found->is(TypeKind::list));
    }
    if (found->is(TypeKind::context)) return read_context();
    if (found->is(TypeKind::function)) return read_function();
  }
  return found;
}

const Type* TypeReader::unknown_name() {
  const Lexeme first = lexer_.peek();
  std::size_t at = first.from;
  for (std::size_t i = 0; i < most_pieces; ++i) {
    const auto piece = piece_at(lexer_.text(), at);
    if (!piece || is_keyword(piece->text) || (!piece->word && piece->text != ".")) break;
    at = piece->to;
  }
  const Lexeme whole{Token::word, first.from, std::max(at, first.to)};
  const std::string name = normal_name(lexer_.text(whole));
  std::vector<std::string_view> candidates;
  candidates.reserve(names.size());
  for (const Named& known : names) candidates.push_back(known.name);
  const std::string_view nearest = nearest_spelling(name, candidates);
  Fault fault{whole.from, whole.to, "unknown type " + backticked(name),
              nearest.empty() ? "" : "did you mean `" + std::string(nearest) + "`?"};
  if (unknown_ == Types::Unknown::refused) {
    if (!fault_) fault_ = std::move(fault);
    return nullptr;
  }
  if (!unknown_found_) unknown_found_ = std::move(fault);
  lexer_.take_to(whole.to);
  return types_.any();
}

const Type* TypeReader::read_element(bool is_list) {
  lexer_.take();
  const Type* element = read(nullptr);
  if (element == nullptr || !expect(Token::gt, "`>`")) return nullptr;
  return is_list ? types_.list(element) : types_.range(element);
}

// A name up to the colon.
std::optional<std::string> TypeReader::member_name() {
  const std::size_t from = lexer_.peek().from;
  std::size_t to = from;
  while (const auto piece = piece_at(lexer_.text(), to)) to = piece->to;
  if (to == from) {
    expect(Token::word, "a name");
    return std::nullopt;
  }
  lexer_.take_to(to);
  return normal_name(lexer_.text().substr(from, to - from));
}

const Type* TypeReader::read_context() {
  lexer_.take();
  std::vector<Type::Member> members;
  while (true) {
    std::optional<std::string> name = member_name();
    if (!name || !expect(Token::colon, "`:`")) return nullptr;
    bool optional = false;
    const Type* type = read(&optional);
    if (type == nullptr) return nullptr;
    members.push_back({std::move(*name), type, optional});
    if (lexer_.peek().token != Token::comma) break;
    lexer_.take();
  }
  if (!expect(Token::gt, "`,` or `>`")) return nullptr;
  return types_.context(std::move(members), false);
}

const Type* TypeReader::read_function() {
  lexer_.take();
  std::vector<const Type*> parameters;
  if (lexer_.peek().token != Token::gt) {
    while (true) {
      const Type* parameter = read(nullptr);
      if (parameter == nullptr) return nullptr;
      parameters.push_back(parameter);
      if (lexer_.peek().token != Token::comma) break;
      lexer_.take();
    }
  }
  if (!expect(Token::gt, "`,` or `>`") || !expect(Token::arrow, "`->`")) return nullptr;
  const Type* result = read(nullptr);
  return result == nullptr ? nullptr : types_.function(std::move(parameters), result);
}

const Type* Types::parse(std::string_view text, Unknown unknown) {
  return parse_member(text, nullptr, unknown);
}

const Type* Types::parse_member(std::string_view text, bool* optional, Unknown unknown) {
  if (const std::size_t at = utf8_invalid_at(text); at != std::string_view::npos) {
    Problem problem{"this is not UTF-8", {}, static_cast<std::int64_t>(at)};
    throw Error(Code::malformed, std::move(problem));
  }
  Lexer lexer(text);
  TypeReader reader(lexer, *this, unknown);
  const Type* type = optional == nullptr ? reader.read() : reader.read_member(*optional);
  Problem problem;
  if (type == nullptr) {
    problem.message = reader.fault()->message;
    if (!reader.fault()->hint.empty()) problem.message += " (" + reader.fault()->hint + ")";
    problem.offset = static_cast<std::int64_t>(reader.fault()->from);
  } else if (lexer.peek().token != Token::end) {
    problem.message = "expected the end of the type, found " + backticked(lexer.peek_text());
    problem.offset = static_cast<std::int64_t>(lexer.peek().from);
  } else {
    return type;
  }
  throw Error(Code::malformed, std::move(problem));
}

}  // namespace partnership::feel
