// SPDX-License-Identifier: Apache-2.0
#include <unicode/utf16.h>

#include <vector>

#include "feel/regex.hpp"
#include "feel/regex_class.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t longest_pattern = 10'000;
constexpr std::size_t deepest_group = 90;                // ICU has room for 100
constexpr std::uint32_t largest_count = (1U << 24) - 1;  // as ICU

struct Flags {
  bool dot_all = false, lines = false, ignores_case = false, spaced = false, literal = false;
};

std::optional<Flags> flags_of(std::string_view letters) {
  Flags out;
  for (const char letter : letters) {
    switch (letter) {
      case 's':
        out.dot_all = true;
        break;
      case 'm':
        out.lines = true;
        break;
      case 'i':
        out.ignores_case = true;
        break;
      case 'x':
        out.spaced = true;
        break;
      case 'q':
        out.literal = true;
        break;
      default:
        return {};
    }
  }
  return out;
}

std::u32string code_points(std::string_view text) {
  const std::u16string units = to_utf16(text);
  std::u32string out;
  for (std::size_t at = 0; at < units.size();) {
    char32_t c = 0;
    U16_NEXT(units, at, units.size(), c);
    out += c;
  }
  return out;
}

constexpr bool is_space(char32_t c) noexcept {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r';
}

// Flag x: white space goes, but for that in brackets.
std::u32string without_space(std::u32string_view pattern) {
  std::u32string out;
  std::size_t brackets = 0;
  bool escaped = false;
  for (const char32_t c : pattern) {
    if (brackets == 0 && is_space(c)) continue;
    out += c;
    if (escaped) {
      escaped = false;
    } else if (c == U'\\') {
      escaped = true;
    } else if (c == U'[') {
      ++brackets;
    } else if (c == U']' && brackets > 0) {
      --brackets;
    }
  }
  return out;
}

constexpr bool is_digit(char32_t c) noexcept {
  return c >= U'0' && c <= U'9';
}

class Translator {
 public:
  Translator(std::u32string_view pattern, const Flags& flags) : flags_(flags) {
    reader_.pattern = pattern;
    reader_.ignores_case = flags.ignores_case;
  }

  std::optional<IcuPattern> run(std::string& problem) {
    while (!reader_.done() && reader_.problem.empty()) {
      if (flags_.literal) {
        character(reader_.pattern[reader_.at++]);
      } else {
        piece();
      }
    }
    if (reader_.problem.empty() && !open_.empty()) reader_.fail("a ( without )");
    if (!reader_.problem.empty()) {
      problem = reader_.problem;
      return {};
    }
    if (out_.text.empty()) out_.text = u"(?:)";
    return std::move(out_);
  }

 private:
  void atom(std::u16string_view icu) {
    out_.text += icu;
    may_repeat_ = true;
  }
  void character(char32_t c) { atom(icu_character(c, flags_.ignores_case)); }

  void piece() {
    const char32_t c = reader_.pattern[reader_.at++];
    switch (c) {
      case U'(':
        return open();
      case U')':
        return close();
      case U'|':
        out_.text += u'|';
        may_repeat_ = false;
        return;
      case U'^':
        return atom(flags_.lines ? u"(?:\\A|(?<=\\n)(?!\\z))" : u"(?:\\A)");
      case U'$':
        return atom(flags_.lines ? u"(?:(?=\\n)|\\z)" : u"(?:\\z)");
      // Neither ICU's dot, which knows more ends of lines and takes CR LF for one.
      case U'.':
        return atom(flags_.dot_all ? u"[\\x{0}-\\x{10FFFF}]" : u"[^\\x{A}\\x{D}]");
      case U'?':
      case U'*':
      case U'+':
      case U'{':
        return repeat(c);
      case U'[':
        return set(read_class(reader_));
      case U'\\':
        return escape();
      case U']':
      case U'}':
        reader_.fail("a closing bracket without the opening one");
        return;
      default:
        return character(c);
    }
  }

  void set(const std::optional<std::u16string>& icu) {
    if (icu) atom(*icu);
  }

  void open() {
    if (open_.size() >= deepest_group) {
      reader_.fail("its groups are nested too deep");
      return;
    }
    std::uint32_t number = 0;
    if (!reader_.take(U'?')) {
      number = ++out_.groups;
      closed_.push_back(false);
      out_.text += u'(';
    } else if (reader_.take(U':')) {
      out_.text += u"(?:";
    } else {
      reader_.fail("a group that begins with (? must go on with :");
      return;
    }
    open_.push_back(number);
    may_repeat_ = false;
  }

  void close() {
    if (open_.empty()) {
      reader_.fail("a ) without (");
      return;
    }
    if (open_.back() > 0) closed_[open_.back() - 1] = true;
    open_.pop_back();
    atom(u")");
  }

  void escape() {
    if (is_digit(reader_.peek())) return back_reference();
    if (const auto single = single_escape(reader_.peek())) {
      ++reader_.at;
      return character(*single);
    }
    set(read_class_escape(reader_));
  }

  // As many digits as still name a group that has been opened.
  void back_reference() {
    std::uint32_t number = reader_.pattern[reader_.at++] - U'0';
    while (number > 0 && is_digit(reader_.peek())) {
      const std::uint32_t longer = number * 10 + (reader_.peek() - U'0');
      if (longer > out_.groups) break;
      number = longer;
      ++reader_.at;
    }
    if (number == 0 || number > out_.groups || !closed_[number - 1]) {
      reader_.fail("a back-reference to a group that is not closed before it");
      return;
    }
    std::u16string icu = flags_.ignores_case ? u"(?i:\\" : u"(?:\\";
    for (const char digit : std::to_string(number)) icu += static_cast<char16_t>(digit);
    atom(icu + u')');
  }

  std::optional<std::uint32_t> count() {
    if (!is_digit(reader_.peek())) return reader_.fail("a { without a number");
    std::uint32_t out = 0;
    while (is_digit(reader_.peek())) {
      out = out * 10 + (reader_.pattern[reader_.at++] - U'0');
      if (out > largest_count) return reader_.fail("a number in {} that is too large");
    }
    return out;
  }

  static void append(std::u16string& out, std::uint32_t number) {
    for (const char digit : std::to_string(number)) out += static_cast<char16_t>(digit);
  }

  // {n}, {n,} and {n,m}, behind the brace.
  std::optional<std::u16string> interval() {
    const auto least = count();
    if (!least) return {};
    std::u16string out = u"{";
    append(out, *least);
    if (reader_.take(U',')) {
      out += u',';
      if (reader_.peek() != U'}') {
        const auto most = count();
        if (!most) return {};
        if (*most < *least) return reader_.fail("{n,m} with m below n");
        append(out, *most);
      }
    }
    if (!reader_.take(U'}')) return reader_.fail("a { without }");
    return out + u'}';
  }

  void repeat(char32_t c) {
    if (!may_repeat_) {
      reader_.fail("a quantifier with nothing before it");
      return;
    }
    may_repeat_ = false;
    if (c == U'{') {
      const auto icu = interval();
      if (!icu) return;
      out_.text += *icu;
    } else {
      out_.text += static_cast<char16_t>(c);
    }
    if (reader_.take(U'?')) out_.text += u'?';
  }

  Flags flags_;
  RegexReader reader_;
  IcuPattern out_;
  std::vector<std::uint32_t> open_;  // numbers of the groups that are open; 0: captures nothing
  std::vector<bool> closed_;         // by number, from 1
  bool may_repeat_ = false;          // an atom stands before
};

}  // namespace

std::optional<IcuPattern> translate_regex(std::string_view pattern, std::string_view flags,
                                          std::string& problem) {
  const auto known = flags_of(flags);
  if (!known) {
    problem = "flags are letters of s, m, i, x, q";
    return {};
  }
  if (pattern.size() > longest_pattern) {
    problem = "it is too long";
    return {};
  }
  std::u32string points = code_points(pattern);
  if (points.find(U'\0') != std::u32string::npos) {
    problem = "it holds the character U+0000";
    return {};
  }
  if (known->spaced && !known->literal) points = without_space(points);
  return Translator(points, *known).run(problem);
}

}  // namespace partnership::feel
