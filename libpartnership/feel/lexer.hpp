// SPDX-License-Identifier: Apache-2.0
//
// The characters of an expression as tokens, one at a time from any place, since how far a name
// goes is known to the parser only; and the pieces of which names consist. White space and comments
// go between tokens. The text must be well-formed UTF-8 and outlive the lexer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace partnership::feel {

enum class Token : std::uint8_t {
  end,
  word,         // a run of the characters of names, not beginning with a digit
  number,       // also `.5`; never with a sign
  string,       // with its quotes
  open_string,  // a string that its line does not end
  at,
  left_round,
  right_round,
  left_square,
  right_square,
  left_brace,
  right_brace,
  comma,
  colon,
  dot,
  dots,
  plus,
  minus,
  star,
  slash,
  stars,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  arrow,
  other,  // a character that no expression has outside strings
};

struct Lexeme {
  Token token = Token::end;
  std::size_t from = 0, to = 0;  // in bytes
};

// A run of name characters, or one of the symbols that names may have (DMN 1.5, rule 30).
struct Piece {
  std::string_view text;
  std::size_t to = 0;   // where it ends
  bool spaced = false;  // white space stood before it
  bool word = false;    // no symbol
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) noexcept : text_(text) {}

  std::string_view text() const noexcept { return text_; }
  std::string_view text(const Lexeme& lexeme) const noexcept {
    return text_.substr(lexeme.from, lexeme.to - lexeme.from);
  }
  const Lexeme& peek() noexcept;  // the next token
  std::string_view peek_text() noexcept { return text(peek()); }
  Lexeme second() noexcept;  // the one behind it
  Lexeme take() noexcept;
  std::size_t last_end() const noexcept { return last_end_; }  // of the token before
  void take_to(std::size_t at) noexcept;  // as if what stands before `at` were one token, taken
  void seek(std::size_t at) noexcept;     // looks for the next token from `at` on
  // Where a comment begins that does not end.
  std::optional<std::size_t> open_comment() const noexcept { return open_comment_; }

 private:
  std::size_t skip_space(std::size_t at) noexcept;
  Lexeme scan(std::size_t at) const noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t last_end_ = 0;
  bool known_ = false;
  Lexeme next_;
  std::optional<std::size_t> open_comment_;
};

// Where white space and comments from `at` on end; at a comment that itself does not end.
std::size_t end_of_gap(std::string_view text, std::size_t at) noexcept;
// The piece of a name that begins at `at` or behind white space there; nullopt: something else, or
// a comment. A dot that another dot follows is none.
std::optional<Piece> piece_at(std::string_view text, std::size_t at) noexcept;
// White space at both ends gone and made one space within, as names are kept.
std::string normal_name(std::string_view text);
// Whether the text is plainly its own normal name (of ASCII characters, to be quick).
bool is_normal_name(std::string_view text) noexcept;
// Whether `text` is a name as the grammar has it (rule 25), white space once.
bool is_name(std::string_view text) noexcept;
// A word that the grammar has for itself and that ends a name nobody declared.
bool is_keyword(std::string_view word) noexcept;

// What a string (with its quotes) stands for. Escapes that the grammar does not know stay as they
// are written (a regular expression's `\d`). nullopt: half of a surrogate pair, or no code point;
// `wrong` is then its offset in `quoted`.
std::optional<std::string> string_of(std::string_view quoted, std::size_t& wrong);

}  // namespace partnership::feel
