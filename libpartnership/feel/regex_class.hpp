// SPDX-License-Identifier: Apache-2.0
//
// Character classes of XPath's regular expressions, in ICU's language. Included by regex_*.cpp
// only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace partnership::feel {

// A pattern as it is read: code points and a place in them.
struct RegexReader {
  std::u32string_view pattern;
  std::size_t at = 0;
  bool ignores_case = false;
  std::size_t properties = 0;  // how many \p so far; they are what takes ICU long
  std::string problem;         // the first one; then nothing is read any more

  bool done() const noexcept { return at >= pattern.size(); }
  // 0 behind the end (no pattern has U+0000).
  char32_t peek(std::size_t ahead = 0) const noexcept {
    return at + ahead < pattern.size() ? pattern[at + ahead] : U'\0';
  }
  bool take(char32_t c) noexcept {
    if (done() || pattern[at] != c) return false;
    ++at;
    return true;
  }
  std::nullopt_t fail(std::string_view why) {
    if (problem.empty()) problem = why;
    return std::nullopt;
  }
};

// One character, with its variants of case where they do not count.
std::u16string icu_character(char32_t c, bool ignores_case);
// The character that `\c` stands for; nullopt: none.
std::optional<char32_t> single_escape(char32_t c) noexcept;
// Behind a backslash: the set of `\d`, `\p{Lu}` and the like.
std::optional<std::u16string> read_class_escape(RegexReader& reader);
// Behind `[`.
std::optional<std::u16string> read_class(RegexReader& reader, std::size_t depth = 0);

}  // namespace partnership::feel
