// SPDX-License-Identifier: Apache-2.0
#include "feel/regex_class.hpp"

#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <new>

namespace partnership::feel {

namespace {

constexpr std::size_t deepest_class = 20;
constexpr std::size_t most_properties = 200;

constexpr std::u16string_view everything = u"\\x{0}-\\x{10FFFF}";
constexpr std::u16string_view space = u"\\x{9}\\x{A}\\x{D}\\x{20}";
// Extensible Markup Language 1.0 (fifth edition), productions 4 and 4a.
constexpr std::u16string_view name_start =
    u":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}"
    u"\\x{200C}-\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}"
    u"\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}";
constexpr std::u16string_view name_more = u"\\x{2D}.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}";

constexpr std::array<std::string_view, 36> categories{
    "C",  "Cc", "Cf", "Cn", "Co", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",
    "Mc", "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf",
    "Pi", "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs"};

void append_ascii(std::u16string& out, std::string_view text) {
  out.append(text.begin(), text.end());
}

void append_hexadecimal(std::u16string& out, char32_t c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += u"\\x{";
  for (int shift = 20; shift >= 0; shift -= 4) {
    out += static_cast<char16_t>(digits[c >> shift & 0xfU]);
  }
  out += u'}';
}

void append_ranges(std::u16string& out, const icu::UnicodeSet& set) {
  for (std::int32_t i = 0; i < set.getRangeCount(); ++i) {
    append_hexadecimal(out, static_cast<char32_t>(set.getRangeStart(i)));
    if (set.getRangeStart(i) == set.getRangeEnd(i)) continue;
    out += u'-';
    append_hexadecimal(out, static_cast<char32_t>(set.getRangeEnd(i)));
  }
}

void close_over_case(icu::UnicodeSet& set) {
  set.closeOver(USET_CASE_INSENSITIVE);
  set.removeAllStrings();
  if (set.isBogus() != 0) throw std::bad_alloc();
}

std::u16string in_brackets(std::u16string_view content) {
  return u'[' + std::u16string(content) + u']';
}
std::u16string all_but(std::u16string_view content) {
  return u"[[" + std::u16string(everything) + u"]--[" + std::u16string(content) + u"]]";
}

constexpr bool separates(char c) noexcept {
  return c == ' ' || c == '_' || c == '-';
}

// Whether they are one but for separators, and for capitals where a word of `known` begins: ICU's
// "Greek_And_Coptic" is "GreekandCoptic".
bool is_name(std::string_view name, std::string_view known) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (separates(known[i])) continue;
    while (at < name.size() && separates(name[at])) ++at;
    if (at == name.size()) return false;
    const bool begins_word = i > 0 && separates(known[i - 1]);
    const bool small = begins_word && known[i] >= 'A' && known[i] <= 'Z';
    if (name[at] != known[i] && !(small && name[at] == known[i] + ('a' - 'A'))) return false;
    ++at;
  }
  return at == name.size();
}

// The block of the name that XML Schema writes: that of Unicode without its spaces.
bool is_block(std::string_view name) {
  const std::int32_t block = u_getPropertyValueEnum(UCHAR_BLOCK, std::string(name).c_str());
  if (block == UCHAR_INVALID_CODE) return false;
  // ICU does not look at case; XML Schema does.
  for (int choice = 0; choice < 8; ++choice) {
    const char* known =
        u_getPropertyValueName(UCHAR_BLOCK, block, static_cast<UPropertyNameChoice>(choice));
    if (known != nullptr && is_name(name, known)) return true;
  }
  return false;
}

// Behind `\p` or `\P`: {Lu}, {IsGreek}.
std::optional<std::u16string> read_property(RegexReader& reader, bool negated) {
  if (++reader.properties > most_properties) return reader.fail("it has too many \\p");
  if (!reader.take(U'{')) return reader.fail("\\p without {");
  std::string name;
  while (!reader.done() && reader.peek() != U'}') {
    const char32_t c = reader.pattern[reader.at++];
    if (c > 0x7e || name.size() > 80) return reader.fail("\\p{} with an unknown name");
    name += static_cast<char>(c);
  }
  if (!reader.take(U'}')) return reader.fail("\\p{ without }");
  std::u16string out = negated ? u"\\P{" : u"\\p{";
  if (name.starts_with("Is") && is_block(std::string_view(name).substr(2))) {
    append_ascii(out, "Block=");
    append_ascii(out, std::string_view(name).substr(2));
  } else if (std::ranges::binary_search(categories, name)) {
    append_ascii(out, name);
  } else {
    return reader.fail("\\p{} with an unknown name");
  }
  return out + u'}';
}

// What stands in brackets so far.
struct Content {
  icu::UnicodeSet characters;
  std::u16string sets;  // of the escapes
  bool empty = true;
};

// A character of a class, maybe behind a backslash. nullopt and no problem: an escape for a set
// (the reader stands behind the backslash).
std::optional<char32_t> read_character(RegexReader& reader) {
  const char32_t c = reader.pattern[reader.at++];
  if (c == U'[') return reader.fail("a [ within brackets");
  if (c != U'\\') return c;
  if (reader.done()) return reader.fail("a backslash at the end");
  const auto escaped = single_escape(reader.peek());
  if (escaped) ++reader.at;
  return escaped;
}

// A hyphen that stands for itself must be the first or the last in the brackets.
bool misplaced_hyphen(const RegexReader& reader, const Content& content) {
  if (reader.peek() != U'-' || content.empty) return false;
  return reader.peek(1) != U']' && !(reader.peek(1) == U'-' && reader.peek(2) == U'[');
}

// A character, a range, or an escape for a set. False: there is a problem.
bool read_part(RegexReader& reader, Content& content) {
  if (misplaced_hyphen(reader, content)) {
    reader.fail("a - between characters must be escaped");
    return false;
  }
  content.empty = false;
  const auto first = read_character(reader);
  if (!first) {
    const auto set = reader.problem.empty() ? read_class_escape(reader) : std::nullopt;
    if (set) content.sets += *set;
    return set.has_value();
  }
  auto last = first;
  const bool to_end = reader.peek(1) == U']' || reader.peek(1) == U'[' ||
                      (reader.peek(1) == U'-' && reader.peek(2) == U'[');
  if (reader.peek() == U'-' && !to_end) {
    ++reader.at;
    last = reader.done() ? std::nullopt : read_character(reader);
    if (!last || *last < *first) {
      reader.fail("a range must end with a character that is not before its first");
      return false;
    }
  }
  content.characters.add(static_cast<UChar32>(*first), static_cast<UChar32>(*last));
  return true;
}

}  // namespace

std::u16string icu_character(char32_t c, bool ignores_case) {
  icu::UnicodeSet variants(static_cast<UChar32>(c), static_cast<UChar32>(c));
  if (ignores_case) close_over_case(variants);
  std::u16string out;
  append_ranges(out, variants);
  return variants.size() == 1 ? out : in_brackets(out);
}

std::optional<char32_t> single_escape(char32_t c) noexcept {
  switch (c) {
    case U'n':
      return U'\n';
    case U'r':
      return U'\r';
    case U't':
      return U'\t';
    default:
      break;
  }
  constexpr std::u32string_view themselves = U"\\|.?*+(){}-[]^$";
  if (themselves.find(c) == std::u32string_view::npos) return {};
  return c;
}

std::optional<std::u16string> read_class_escape(RegexReader& reader) {
  if (reader.done()) return reader.fail("a backslash at the end");
  const char32_t c = reader.pattern[reader.at++];
  constexpr std::u16string_view not_word = u"\\p{P}\\p{Z}\\p{C}";
  const std::u16string name = std::u16string(name_start) + std::u16string(name_more);
  switch (c) {
    case U's':
      return in_brackets(space);
    case U'S':
      return all_but(space);
    case U'i':
      return in_brackets(name_start);
    case U'I':
      return all_but(name_start);
    case U'c':
      return in_brackets(name);
    case U'C':
      return all_but(name);
    case U'd':
      return u"\\p{Nd}";
    case U'D':
      return u"\\P{Nd}";
    case U'w':
      return all_but(not_word);
    case U'W':
      return in_brackets(not_word);
    case U'p':
      return read_property(reader, false);
    case U'P':
      return read_property(reader, true);
    default:
      return reader.fail("an unknown escape");
  }
}

std::optional<std::u16string> read_class(RegexReader& reader, std::size_t depth) {
  if (depth > deepest_class) return reader.fail("its brackets are nested too deep");
  const bool negated = reader.take(U'^');
  Content content;
  std::u16string less;
  while (!reader.done() && reader.peek() != U']') {
    if (reader.peek() == U'-' && reader.peek(1) == U'[' && !content.empty) {
      reader.at += 2;
      const auto inner = read_class(reader, depth + 1);
      if (!inner) return std::nullopt;
      less = u"--" + *inner;
      if (reader.peek() != U']') return reader.fail("something behind what a class is less");
      break;
    }
    if (!read_part(reader, content)) return std::nullopt;
  }
  if (!reader.take(U']')) return reader.fail("a [ without ]");
  if (content.empty) return reader.fail("empty brackets");
  if (reader.ignores_case) close_over_case(content.characters);
  std::u16string inside = content.sets;
  append_ranges(inside, content.characters);
  const std::u16string whole = negated ? all_but(inside) : in_brackets(inside);
  return less.empty() ? whole : in_brackets(whole + less);
}

}  // namespace partnership::feel
