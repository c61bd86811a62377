// SPDX-License-Identifier: Apache-2.0
#include "base/quote.hpp"

namespace partnership {

namespace {

constexpr std::size_t most_shown = 40;

bool is_continuation(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

void append_visible(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7F) {
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\r') {
    out += "\\r";
  } else if (c == '\t') {
    out += "\\t";
  } else {
    out += "\\x";
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
}

}  // namespace

std::string quoted(std::string_view text) {
  std::size_t end = text.size();
  if (end > most_shown) {
    end = most_shown;
    while (end > 0 && is_continuation(text[end])) --end;
  }
  std::string out = "`";
  for (const char c : text.substr(0, end)) append_visible(out, c);
  if (end < text.size()) out += "...";
  out += '`';
  return out;
}

}  // namespace partnership
