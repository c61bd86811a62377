// SPDX-License-Identifier: Apache-2.0
//
// The JSON Canonicalization Scheme, RFC 8785.
#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "base/json.hpp"

namespace partnership::json {

namespace {

constexpr std::int64_t exact_integers = std::int64_t{1} << 53U;

// Whether name `a` sorts before `b` by UTF-16 code units (section 3.2.3). In UTF-8 the order is
// that of the bytes, except that characters beyond U+FFFF (lead bytes F0 to F4), being surrogates,
// sort before U+E000 to U+FFFF (lead bytes EE and EF).
bool before_in_utf16(std::string_view a, std::string_view b) noexcept {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto left = static_cast<unsigned char>(*x);
  const auto right = static_cast<unsigned char>(*y);
  if (left >= 0xEE && right >= 0xEE && (left >= 0xF0) != (right >= 0xF0)) return left >= 0xF0;
  return left < right;
}

void append_members(std::string& out, const auto& members) {
  char separator = '{';
  for (const Value member : members) {
    out += separator;
    separator = ',';
    append_string(out, member.key());
    out += ':';
    append_canonical(out, member);
  }
  out += '}';
}

bool in_order(Value object) noexcept {
  std::string_view before;
  for (const Value member : object) {
    const std::string_view name = member.key();
    if (before_in_utf16(name, before)) return false;
    before = name;
  }
  return true;
}

void append_object(std::string& out, Value object) {
  if (object.size() == 0) {
    out += "{}";
    return;
  }
  // Canonical text comes back in order more often than not.
  if (in_order(object)) return append_members(out, object);
  std::vector<Value> members;
  members.reserve(object.size());
  for (const Value member : object) members.push_back(member);
  std::sort(members.begin(), members.end(),
            [](Value a, Value b) { return before_in_utf16(a.key(), b.key()); });
  append_members(out, members);
}

void append_array(std::string& out, Value array) {
  char separator = '[';
  for (const Value item : array) {
    out += separator;
    separator = ',';
    append_canonical(out, item);
  }
  out += array.size() == 0 ? "[]" : "]";
}

void append_integer(std::string& out, std::int64_t value) {
  if (value > exact_integers || value < -exact_integers) {
    append_number(out, static_cast<double>(value));
    return;
  }
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

}  // namespace

// Recurses as deep as the parser allowed.
void append_canonical(std::string& out, Value value) {
  switch (value.type()) {
    case Type::null:
      out += "null";
      break;
    case Type::boolean:
      out += value.boolean() ? "true" : "false";
      break;
    case Type::integer:
      append_integer(out, value.integer());
      break;
    case Type::real:
      append_number(out, value.real());
      break;
    case Type::string:
      append_string(out, value.text());
      break;
    case Type::array:
      append_array(out, value);
      break;
    case Type::object:
      append_object(out, value);
      break;
  }
}

std::string canonical(Value value) {
  std::string out;
  out.reserve(value.source().size());
  append_canonical(out, value);
  return out;
}

namespace {

// The first byte from `at` on that a string may not hold as it is, or the end.
std::size_t find_special(std::string_view text, std::size_t at) noexcept {
  // Eight bytes at a time: a byte of the sum below is not zero where the byte is less than 0x20, a
  // quote or a backslash, and perhaps in the bytes after such a one.
  constexpr std::uint64_t ones = 0x0101010101010101U;
  const auto zero_byte = [](std::uint64_t word) { return (word - ones) & ~word; };
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t low = (word - ones * 0x20) & ~word;
    if (((low | zero_byte(word ^ (ones * '"')) | zero_byte(word ^ (ones * '\\'))) & (ones << 7U)) !=
        0) {
      break;
    }
  }
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == '"' || byte == '\\') break;
  }
  return at;
}

}  // namespace

// Section 3.2.2.2: the two-character escapes where JSON has one, \u00xx for other control
// characters, all else as it is.
void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t done = 0;
  for (;;) {
    const std::size_t at = find_special(text, done);
    out.append(text, done, at - done);
    if (at == text.size()) break;
    done = at + 1;
    const auto byte = static_cast<unsigned char>(text[at]);
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t known = special.find(text[at]);
    out += '\\';
    if (known != std::string_view::npos) {
      out += letters[known];
    } else {
      out += "u00";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  out += '"';
}

// ECMAScript's Number::toString with radix 10 (section 3.2.2.3): the shortest digits that read back
// as the same double, the closest such to it, and its rules for where the exponent starts. The
// names n and k are those of the specification.
void append_number(std::string& out, double value) {
  assert(std::isfinite(value));
  if (value == 0) {
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  char text[32];  // d.ddddde-ddd
  const char* end =
      std::to_chars(text, text + sizeof text, std::abs(value), std::chars_format::scientific).ptr;
  const char* e = std::find(static_cast<const char*>(text), end, 'e');
  int n = 0;
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, n);
  ++n;
  std::string digits(1, text[0]);
  if (e > text + 1) digits.append(static_cast<const char*>(text) + 2, e);
  const auto k = static_cast<int>(digits.size());
  if (k <= n && n <= 21) {
    out += digits;
    out.append(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    out.append(digits, 0, static_cast<std::size_t>(n));
    out += '.';
    out.append(digits, static_cast<std::size_t>(n));
  } else if (-6 < n && n <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-n), '0');
    out += digits;
  } else {
    out += digits[0];
    if (k > 1) {
      out += '.';
      out.append(digits, 1);
    }
    out += n > 0 ? "e+" : "e-";
    out += std::to_string(std::abs(n - 1));
  }
}

}  // namespace partnership::json
