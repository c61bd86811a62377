// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions as XPath's `matches`, `replace` and `tokenize` have them (XQuery and XPath
// Functions and Operators 3.1, section 5.6; XML Schema Part 2, appendix F), matched by ICU. What
// XPath refuses is refused: lookarounds, possessive quantifiers, unknown escapes.
//
// What it does not do: a back-reference to a group that took no part in the match fails, where
// XPath lets it match nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct URegularExpression;

namespace partnership::feel {

// A pattern in ICU's language.
struct IcuPattern {
  std::u16string text;
  std::uint32_t groups = 0;  // that capture
};
// `flags`: letters of s, m, i, x, q. nullopt: not a regular expression, and `problem` says why, in
// one line. The pattern is at most 10,000 characters long.
std::optional<IcuPattern> translate_regex(std::string_view pattern, std::string_view flags,
                                          std::string& problem);

std::u16string to_utf16(std::string_view text);
std::string to_utf8(std::u16string_view text);

// One compiled expression and the text it is matched against; not for two threads at once.
class Regex {
 public:
  // nullptr: as for translate_regex. Throws std::bad_alloc.
  static std::unique_ptr<Regex> compile(std::string_view pattern, std::string_view flags,
                                        std::string& problem);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  enum class Outcome : std::uint8_t { none, found, exhausted };
  // From now on find() looks through this text, with so many steps of the matcher for all its
  // matches together (rounded up to 10,000). Throws Error(limit) past 2^31 - 1 UTF-16 units.
  void begin(std::u16string text, std::uint64_t steps);
  Outcome find();          // the next match
  void forget() noexcept;  // the text
  // Since begin().
  std::uint64_t steps() const noexcept;

  const std::u16string& text() const noexcept { return text_; }
  std::uint32_t groups() const noexcept { return groups_; }
  struct Place {
    std::size_t from, to;  // in text()
  };
  // Of the match (0) or a group in it; of a group that took no part: nothing at 0.
  Place place(std::uint32_t group) const;
  // Whether the empty text matches.
  bool matches_nothing() const noexcept { return matches_nothing_; }

 private:
  Regex() = default;
  static signed char on_steps(const void* regex, std::int32_t steps);

  URegularExpression* compiled_ = nullptr;
  std::u16string text_;
  std::uint32_t groups_ = 0;
  std::uint64_t units_ = 0, most_units_ = 1;
  bool matches_nothing_ = false;
};

// The expressions that were used last.
class RegexCache {
 public:
  static constexpr std::size_t most = 32;

  // As Regex::compile; stays until `most` others have been asked for.
  Regex* get(std::string_view pattern, std::string_view flags, std::string& problem);
  std::uint64_t compiled() const noexcept { return compiled_; }  // in all, good or not

 private:
  struct Entry {
    std::string pattern, flags;
    std::unique_ptr<Regex> regex;
  };
  std::uint64_t compiled_ = 0;
  std::vector<Entry> entries_;  // the last used at the end
};

}  // namespace partnership::feel
