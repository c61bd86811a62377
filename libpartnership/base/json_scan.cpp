// SPDX-License-Identifier: Apache-2.0
//
// What the cursor does rarely: escapes, exponents, complaints.
#include "base/json_scan.hpp"

#include <algorithm>

#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership::json {

namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_word(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_continuation(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

std::string byte_name(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return std::string("0x") + digits[byte >> 4U] + digits[byte & 15U];
}

// What stands at `at`, for "expected ..., found ...". The text is UTF-8 by now.
std::string found_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return "the end of the text";
  const char c = text[at];
  if (c == '"') return "a string";
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "byte " + byte_name(c);
  std::size_t end = at + 1;
  const std::size_t most = std::min(text.size(), at + 20);
  const auto goes_on = is_word(c) ? is_word : is_continuation;
  while (end < most && goes_on(text[end])) ++end;
  return quoted(text.substr(at, end - at));
}

// Four hex digits, or -1.
int hex4(const char* at) noexcept {
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const int digit = is_digit(c)              ? c - '0'
                      : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                      : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                               : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

}  // namespace

void Cursor::unescape(std::string_view raw, std::string& out) const {
  for (std::size_t p = 0; p < raw.size();) {
    const std::size_t escape = find_escape(raw, p);
    out.append(raw.substr(p, escape - p));
    p = escape == raw.size() ? escape : unescape_one(raw, escape, out);
  }
}

// Appends what the escape at `p` stands for; returns the place after it.
std::size_t Cursor::unescape_one(std::string_view raw, std::size_t p, std::string& out) const {
  static constexpr std::string_view letters = "\"\\/bfnrt";
  static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const char* const text = raw.data();
  const char letter = text[p + 1];
  const std::size_t known = letters.find(letter);
  if (known != std::string_view::npos) {
    out += meanings[known];
    return p + 2;
  }
  if (letter != 'u') {
    fail(offset(text + p), "unknown escape `\\` with " + found_at(source(), offset(text + p + 1)) +
                               ", expected one of `\"\\/bfnrtu` after it");
  }
  const int unit = unit_at(raw, p);
  if (unit >= 0xDC00 && unit <= 0xDFFF) {
    fail(offset(text + p), "low surrogate without a high one before it");
  }
  if (unit < 0xD800 || unit > 0xDBFF) {
    append_utf8(out, static_cast<std::uint32_t>(unit));
    return p + 6;
  }
  const bool paired = text[p + 6] == '\\' && text[p + 7] == 'u';
  const int low = paired ? unit_at(raw, p + 6) : -1;
  if (low < 0xDC00 || low > 0xDFFF) {
    fail(offset(text + p), "high surrogate without a low one after it");
  }
  append_utf8(out, static_cast<std::uint32_t>(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)));
  return p + 12;
}

// The UTF-16 unit of the escape \uXXXX at `p`.
int Cursor::unit_at(std::string_view raw, std::size_t p) const {
  const int unit = p + 6 <= raw.size() ? hex4(raw.data() + p + 2) : -1;
  if (unit < 0) fail(offset(raw.data() + p), "expected four hex digits after `\\u`");
  return unit;
}

const char* Cursor::exponent(const char* p) const {
  ++p;
  if (*p == '+' || *p == '-') ++p;
  if (!is_digit(*p)) expected(offset(p), "a digit in the exponent");
  while (is_digit(*p)) ++p;
  return p;
}

void Cursor::fail(std::size_t at, std::string message, Code code) const {
  const Place place = place_of(source(), at);
  throw Error(
      code,
      Problem{std::move(message), {}, static_cast<std::int64_t>(at), place.line, place.column});
}

void Cursor::expected(std::size_t at, const char* what) const {
  fail(at, std::string("expected ") + what + ", found " + found_at(source(), at));
}

const char* Cursor::separators() const noexcept {
  switch (inside) {
    case Inside::object:
      return "`,` or `}`";
    case Inside::array:
      return "`,` or `]`";
    default:
      return "the end of the text after the value";
  }
}

void Cursor::refuse_depth(std::size_t most) const {
  fail(at(), "nesting deeper than " + std::to_string(most) + " levels", Code::limit);
}

void Cursor::refuse_repeated(std::string_view raw) const {
  std::string name;
  unescape(raw, name);
  fail(offset(raw.data()) - 1, "name " + quoted(name) + " stands twice in one object");
}

void Cursor::refuse_digits(const char* digits, const char* p) const {
  if (p == digits) expected(offset(p), "a digit after `-`");
  fail(offset(digits), "number with a leading zero");
}

void Cursor::refuse_string() const {
  fail(*token_, "string without a closing quote");
}

void Cursor::refuse_end(std::size_t p, std::size_t begin) const {
  const char c = text_[p];
  if (c == ':' || c == '[' || c == '{' || c == '"') expected(p, separators());
  fail(p, "unexpected " + found_at(source(), p) + " after " +
              quoted(source().substr(begin, p - begin)));
}

}  // namespace partnership::json
