// SPDX-License-Identifier: Apache-2.0
#include "feel/lexer.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"

namespace partnership::feel {

namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // 0: the end
};

CodePoint code_point(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) & 0x3Fu : 0u;
  };
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1Fu) << 6 | byte(1), 2};
  if (lead < 0xF0) return {(lead & 0x0Fu) << 12 | byte(1) << 6 | byte(2), 3};
  return {(lead & 0x07u) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3), 4};
}

struct Interval {
  char32_t from, to;
};

template <std::size_t n>
bool among(const Interval (&intervals)[n], char32_t c) noexcept {
  const auto* at = std::ranges::lower_bound(intervals, c, {}, &Interval::to);
  return at != std::end(intervals) && at->from <= c;
}

bool is_digit(char32_t c) noexcept {
  return c >= '0' && c <= '9';
}

// Rule 28.
bool is_name_start(char32_t c) noexcept {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
  static constexpr Interval intervals[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                           {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                           {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                           {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return c != 0x1680 && c != 0x180E && c != 0xFEFF && among(intervals, c);
}

// Rule 29.
bool is_name_part(char32_t c) noexcept {
  return is_name_start(c) || is_digit(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         c == 0x203F || c == 0x2040;
}

// Rule 30, and the apostrophe of the keyboard beside that of the standard's text.
bool is_name_symbol(char32_t c) noexcept {
  return c == '.' || c == '/' || c == '-' || c == '\'' || c == 0x2019 || c == '+' || c == '*';
}

// Rules 60 and 61.
bool is_space(char32_t c) noexcept {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  static constexpr Interval intervals[] = {
      {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200B},
      {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return among(intervals, c);
}

// Most texts are ASCII: which of its characters are parts of names.
constexpr std::array<bool, 128> ascii_parts = [] {
  std::array<bool, 128> out{};
  for (std::size_t c = 0; c < out.size(); ++c) {
    out[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '?';
  }
  return out;
}();

std::size_t end_of_word(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80 &&
         ascii_parts[static_cast<unsigned char>(text[at])]) {
    ++at;
  }
  if (at == text.size() || static_cast<unsigned char>(text[at]) < 0x80) return at;
  for (CodePoint c = code_point(text, at); c.length != 0 && is_name_part(c.value);
       c = code_point(text, at)) {
    at += c.length;
  }
  return at;
}

std::size_t end_of_spaces(std::string_view text, std::size_t at) noexcept {
  for (CodePoint c = code_point(text, at); c.length != 0 && is_space(c.value);
       c = code_point(text, at)) {
    at += c.length;
  }
  return at;
}

char char_at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? text[at] : '\0';
}

bool digit_at(std::string_view text, std::size_t at) noexcept {
  return is_digit(static_cast<unsigned char>(char_at(text, at)));
}

std::size_t end_of_digits(std::string_view text, std::size_t at) noexcept {
  while (digit_at(text, at)) ++at;
  return at;
}

// Rule 35, without the sign; `1..3` is a number and dots.
std::size_t end_of_number(std::string_view text, std::size_t at) noexcept {
  at = end_of_digits(text, at);
  if (char_at(text, at) == '.' && digit_at(text, at + 1)) at = end_of_digits(text, at + 1);
  const char e = char_at(text, at);
  if (e != 'e' && e != 'E') return at;
  const char sign = char_at(text, at + 1);
  const std::size_t digits = sign == '+' || sign == '-' ? at + 2 : at + 1;
  return digit_at(text, digits) ? end_of_digits(text, digits) : at;
}

Lexeme string_at(std::string_view text, std::size_t at) noexcept {
  std::size_t to = at + 1;
  while (to < text.size()) {
    const char c = text[to];
    if (c == '"') return {Token::string, at, to + 1};
    if (c >= 0x0A && c <= 0x0D) break;
    to += c == '\\' && to + 1 < text.size() && !(text[to + 1] >= 0x0A && text[to + 1] <= 0x0D) ? 2
                                                                                               : 1;
  }
  return {Token::open_string, at, std::min(to, text.size())};
}

}  // namespace

std::size_t end_of_gap(std::string_view text, std::size_t at) noexcept {
  while (true) {
    at = end_of_spaces(text, at);
    if (char_at(text, at) != '/') return at;
    if (char_at(text, at + 1) == '/') {
      at = std::min(text.find_first_of("\n\r", at), text.size());
    } else if (char_at(text, at + 1) == '*') {
      const std::size_t close = text.find("*/", at + 2);
      if (close == std::string_view::npos) return at;
      at = close + 2;
    } else {
      return at;
    }
  }
}

std::size_t Lexer::skip_space(std::size_t at) noexcept {
  at = end_of_gap(text_, at);
  if (char_at(text_, at) != '/' || char_at(text_, at + 1) != '*') return at;
  open_comment_ = at;
  return text_.size();
}

Lexeme Lexer::scan(std::size_t at) const noexcept {
  const auto one = [&](Token token) { return Lexeme{token, at, at + 1}; };
  const auto two = [&](Token token) { return Lexeme{token, at, at + 2}; };
  const char next = char_at(text_, at + 1);
  if (at >= text_.size()) return {Token::end, at, at};
  switch (text_[at]) {
    case '"':
      return string_at(text_, at);
    case '@':
      return one(Token::at);
    case '(':
      return one(Token::left_round);
    case ')':
      return one(Token::right_round);
    case '[':
      return one(Token::left_square);
    case ']':
      return one(Token::right_square);
    case '{':
      return one(Token::left_brace);
    case '}':
      return one(Token::right_brace);
    case ',':
      return one(Token::comma);
    case ':':
      return one(Token::colon);
    case '+':
      return one(Token::plus);
    case '-':
      return next == '>' ? two(Token::arrow) : one(Token::minus);
    case '/':
      return one(Token::slash);
    case '*':
      return next == '*' ? two(Token::stars) : one(Token::star);
    case '=':
      return one(Token::eq);
    case '!':
      return next == '=' ? two(Token::ne) : one(Token::other);
    case '<':
      return next == '=' ? two(Token::le) : one(Token::lt);
    case '>':
      return next == '=' ? two(Token::ge) : one(Token::gt);
    case '.':
      if (next == '.') return two(Token::dots);
      if (digit_at(text_, at + 1)) return {Token::number, at, end_of_number(text_, at)};
      return one(Token::dot);
    default:
      break;
  }
  const CodePoint c = code_point(text_, at);
  if (is_digit(c.value)) return {Token::number, at, end_of_number(text_, at)};
  if (is_name_start(c.value)) return {Token::word, at, end_of_word(text_, at)};
  return {Token::other, at, at + c.length};
}

const Lexeme& Lexer::peek() noexcept {
  if (!known_) {
    next_ = scan(skip_space(at_));
    known_ = true;
  }
  return next_;
}

Lexeme Lexer::second() noexcept {
  return scan(skip_space(peek().to));
}

Lexeme Lexer::take() noexcept {
  const Lexeme taken = peek();
  take_to(taken.to);
  return taken;
}

void Lexer::take_to(std::size_t at) noexcept {
  last_end_ = at;
  seek(at);
}

void Lexer::seek(std::size_t at) noexcept {
  at_ = at;
  known_ = false;
}

std::optional<Piece> piece_at(std::string_view text, std::size_t at) noexcept {
  const std::size_t from = end_of_spaces(text, at);
  const CodePoint c = code_point(text, from);
  if (c.length == 0) return std::nullopt;
  Piece piece;
  piece.spaced = from != at;
  if (is_name_part(c.value)) {
    piece.word = true;
    piece.to = end_of_word(text, from);
  } else if (is_name_symbol(c.value)) {
    const char next = char_at(text, from + 1);
    if (c.value == '.' && next == '.') return std::nullopt;
    if (c.value == '/' && (next == '/' || next == '*')) return std::nullopt;
    piece.to = from + c.length;
  } else {
    return std::nullopt;
  }
  piece.text = text.substr(from, piece.to - from);
  return piece;
}

bool is_normal_name(std::string_view text) noexcept {
  char before = ' ';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte >= 0x80 || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return before != ' ';
}

std::string normal_name(std::string_view text) {
  std::string out;
  std::size_t at = end_of_spaces(text, 0);
  while (at < text.size()) {
    const CodePoint c = code_point(text, at);
    if (is_space(c.value)) {
      at = end_of_spaces(text, at);
      if (at < text.size()) out += ' ';
    } else {
      out += text.substr(at, c.length);
      at += c.length;
    }
  }
  return out;
}

bool is_name(std::string_view text) noexcept {
  if (!is_name_start(code_point(text, 0).value)) return false;
  std::size_t at = 0;
  while (const auto piece = piece_at(text, at)) at = piece->to;
  return at == text.size();
}

bool is_keyword(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 17> keywords = {
      "and",      "between", "else", "every",  "false",     "for",  "function", "if",  "in",
      "instance", "null",    "or",   "return", "satisfies", "some", "then",     "true"};
  static_assert(std::ranges::is_sorted(keywords));
  return std::ranges::binary_search(keywords, word);
}

namespace {

// The value of `digits` hexadecimal digits at `at`.
std::optional<char32_t> hexadecimal(std::string_view text, std::size_t at,
                                    std::size_t digits) noexcept {
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = char_at(text, at + i);
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

struct Escape {
  char32_t value = 0;
  std::size_t length = 0;  // with its backslash; 0: none that the grammar knows
  bool wrong = false;
};

Escape code_point_escape(std::string_view text, std::size_t at) noexcept {
  const bool wide = text[at + 1] == 'U';
  const auto value = hexadecimal(text, at + 2, wide ? 6 : 4);
  if (!value) return {};
  if (wide) return {*value, 8, *value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF)};
  if (*value < 0xD800 || *value > 0xDFFF) return {*value, 6};
  const bool pair =
      *value < 0xDC00 && char_at(text, at + 6) == '\\' && char_at(text, at + 7) == 'u';
  const auto low = pair ? hexadecimal(text, at + 8, 4) : std::nullopt;
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return {0, 6, true};
  return {0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00), 12};
}

// Rules 63 and 65, at a backslash.
Escape escape_at(std::string_view text, std::size_t at) noexcept {
  switch (char_at(text, at + 1)) {
    case 'n':
      return {'\n', 2};
    case 'r':
      return {'\r', 2};
    case 't':
      return {'\t', 2};
    case '\'':
      return {'\'', 2};
    case '"':
      return {'"', 2};
    case '\\':
      return {'\\', 2};
    case 'u':
    case 'U':
      return code_point_escape(text, at);
    default:
      return {};
  }
}

}  // namespace

std::optional<std::string> string_of(std::string_view quoted, std::size_t& wrong) {
  const std::string_view text = quoted.substr(0, quoted.size() - 1);
  std::string out;
  out.reserve(text.size());
  std::size_t at = 1;
  while (at < text.size()) {
    const std::size_t backslash = std::min(text.find('\\', at), text.size());
    out += text.substr(at, backslash - at);
    at = backslash;
    if (at == text.size()) break;
    const Escape escape = escape_at(text, at);
    if (escape.wrong) {
      wrong = at;
      return std::nullopt;
    }
    if (escape.length == 0) {
      out += '\\';
      ++at;
    } else {
      append_utf8(out, escape.value);
      at += escape.length;
    }
  }
  return out;
}

}  // namespace partnership::feel
