// SPDX-License-Identifier: Apache-2.0
#include "committee/spelling.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace partnership {
namespace {

// White_Space beyond ASCII (Unicode PropList), as UTF-8.
constexpr std::string_view wide_spaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool is_ascii_space(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

std::size_t space_in_front(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_ascii_space(text.front())) return 1;
  for (const std::string_view space : wide_spaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t space_at_end(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_ascii_space(text.back())) return 1;
  for (const std::string_view space : wide_spaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  while (const std::size_t n = space_in_front(text)) text.remove_prefix(n);
  while (const std::size_t n = space_at_end(text)) text.remove_suffix(n);
  return text;
}

std::string spelling(std::string_view text) {
  const std::string_view inner = trimmed(text);
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(inner.begin(), inner.end(), ascii)) return std::string(inner);
  return nfc(inner);
}

}  // namespace partnership
