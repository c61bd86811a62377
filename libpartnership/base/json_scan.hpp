// SPDX-License-Identifier: Apache-2.0
//
// JSON in without a tree, for readers that know what they look for: where the tokens of a text
// stand, and a cursor that goes over them. The parser of json.hpp is such a reader, too, so both
// accept the same texts and complain of the others in the same words.
//
// What it will not do: check that brackets match or that names are unique; its reader does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"

namespace partnership::json {

// Zeros that must follow a text that is scanned, so that no loop over it needs to ask for its end.
inline constexpr std::size_t scan_padding = 8;

struct Tokens {
  const std::uint32_t* first;  // offsets; first[count] is the size of the text
  std::uint32_t count;
  bool escapes;  // a backslash stands somewhere
};

// Finds the tokens of one text after another; keeps its memory. Used by one thread at a time.
class Scanner {
 public:
  Scanner();
  ~Scanner();
  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) noexcept;

  // The offset of each bracket, comma and colon outside strings, and of the first byte of each
  // string and scalar. They last until the next call. `text` is followed by scan_padding zeros.
  // Throws Error(malformed) for an empty text, bytes that are not UTF-8, control characters in
  // strings, an open string, a byte order mark; Error(limit) past limits.bytes.
  Tokens scan(std::string_view text, const Limits& limits = {});
  // The same of a copy, which is source() until the next call.
  Tokens scan_copy(std::string_view text, const Limits& limits = {});
  std::string_view source() const noexcept { return {copy_.get(), copy_size_}; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::unique_ptr<char[]> copy_;
  std::size_t copy_size_ = 0, copy_capacity_ = 0;
};

// A number of right grammar. Where `exact` holds it is coefficient * 10^-scale; it does for up to
// 18 digits without an exponent.
struct NumberText {
  std::string_view text;
  std::int64_t coefficient;
  unsigned scale;
  bool exact;
  bool integer;  // neither a fraction nor an exponent
};

class Cursor {
 public:
  enum class Inside : std::uint8_t { nothing, array, object };

  Cursor(std::string_view text, const Tokens& tokens) noexcept
      : text_(text.data()),
        size_(text.size()),
        token_(tokens.first),
        end_(tokens.first + tokens.count),
        escapes_(tokens.escapes) {}

  // What is open around the token; only for messages.
  Inside inside = Inside::nothing;

  std::string_view source() const noexcept { return {text_, size_}; }
  bool at_end() const noexcept { return token_ == end_; }
  std::size_t at() const noexcept { return *token_; }
  // NUL at the end of the text; a NUL in the text is no better welcome anywhere.
  char peek() const noexcept { return text_[*token_]; }
  // Never past the end: there peek() gives NUL, which no reader takes for a token.
  void next() noexcept { ++token_; }

  // What stands between the quotes of the string at this token, escapes as they are; moves on.
  std::string_view string() {
    const std::size_t begin = *token_ + 1;
    const std::size_t end = end_of_string();
    ++token_;
    return {text_ + begin, end - begin};
  }
  bool has_escape(std::string_view raw) const noexcept {
    return escapes_ && find_escape(raw, 0) != raw.size();
  }
  // Appends what the escapes of `raw`, a part of the text, stand for, and all between them.
  void unescape(std::string_view raw, std::string& out) const;

  NumberText number() {
    NumberText out{};
    const char* const begin = text_ + *token_;
    const char* p = begin;
    if (*p == '-') ++p;
    const char* const digits = p;
    std::uint64_t magnitude = 0;  // right for up to 18 digits, which is all that is used
    for (; is_digit(*p); ++p) magnitude = magnitude * 10 + static_cast<std::uint64_t>(*p - '0');
    if (p == digits || (*digits == '0' && p > digits + 1)) refuse_digits(digits, p);
    std::size_t count = static_cast<std::size_t>(p - digits);
    out.integer = true;
    if (*p == '.') {
      const char* const fraction = ++p;
      for (; is_digit(*p); ++p) magnitude = magnitude * 10 + static_cast<std::uint64_t>(*p - '0');
      if (p == fraction) expected(offset(p), "a digit after the decimal point");
      out.integer = false;
      out.scale = static_cast<unsigned>(p - fraction);
      count += out.scale;
    }
    out.exact = count <= 18;
    if (*p == 'e' || *p == 'E') {
      p = exponent(p);
      out.exact = out.integer = false;
    }
    demand_end(offset(p), *token_);
    ++token_;
    out.text = {begin, static_cast<std::size_t>(p - begin)};
    if (out.exact) {
      const auto value = static_cast<std::int64_t>(magnitude);
      out.coefficient = digits > begin ? -value : value;
    }
    return out;
  }

  // `true`, `false`, `null`; moves on.
  void word(std::string_view word) {
    const std::size_t begin = *token_;
    if (source().substr(begin, word.size()) != word) expected(begin, "a value");
    demand_end(begin + word.size(), begin);
    ++token_;
  }

  // Throws Error(malformed).
  [[noreturn]] void fail(std::size_t at, std::string message, Code code = Code::malformed) const;
  [[noreturn]] void expected(std::size_t at, const char* what) const;
  // What may follow a value here, e.g. "`,` or `}`".
  const char* separators() const noexcept;
  [[noreturn]] void refuse_depth(std::size_t most) const;
  // `raw` is the name's own text in the source.
  [[noreturn]] void refuse_repeated(std::string_view raw) const;

  std::size_t offset(const char* p) const noexcept { return static_cast<std::size_t>(p - text_); }

 private:
  static bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  // Where the closing quote of the string at this token stands: nothing but white space may lie
  // between it and the next token, because every token is known.
  std::size_t end_of_string() const {
    std::size_t end = token_ == end_ ? size_ : token_[1];
    do {
      --end;
    } while (is_space(text_[end]));
    if (end <= *token_ || text_[end] != '"') refuse_string();
    return end;
  }

  // A scalar ends at white space, a comma or a closing bracket, or with the text.
  void demand_end(std::size_t p, std::size_t begin) const {
    const char c = text_[p];
    if (c == ',' || c == '}' || c == ']' || is_space(c) || p == size_) [[likely]] {
      return;
    }
    refuse_end(p, begin);
  }

  // The first backslash of `raw` at or after `from`, or its size. Reads up to 7 bytes past the end.
  static std::size_t find_escape(std::string_view raw, std::size_t from) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    for (std::size_t p = from; p < raw.size(); p += 8) {
      std::uint64_t word;
      std::memcpy(&word, raw.data() + p, 8);
      word ^= ones * '\\';
      if (((word - ones) & ~word & (ones << 7U)) == 0) continue;
      for (std::size_t q = p; q < p + 8 && q < raw.size(); ++q) {
        if (raw[q] == '\\') return q;
      }
    }
    return raw.size();
  }

  const char* exponent(const char* p) const;
  std::size_t unescape_one(std::string_view raw, std::size_t p, std::string& out) const;
  int unit_at(std::string_view raw, std::size_t p) const;
  [[noreturn]] void refuse_digits(const char* digits, const char* p) const;
  [[noreturn]] void refuse_string() const;
  [[noreturn]] void refuse_end(std::size_t p, std::size_t begin) const;

  const char* text_;
  std::size_t size_;
  const std::uint32_t* token_;
  const std::uint32_t* end_;
  bool escapes_;
};

}  // namespace partnership::json
