// SPDX-License-Identifier: Apache-2.0
//
// The parser. simdjson finds the tokens (its first stage: where each bracket, comma, colon, string
// and scalar begins; also control characters in strings and UTF-8), at some gigabytes a second. The
// walk over them is ours, so that each rule of RFC 8259 is checked in one place, spans are exact
// and every complaint says where it stands and what was expected.
#include "base/json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <new>

#include "base/json_tree.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership::json {

namespace {

constexpr std::uint32_t no_node = 0xFFFFFFFF;
constexpr std::size_t sentinel_size = 8;  // zeros after the text: no scan needs to ask for its end

// simdjson chooses its code for this processor on first use, in functions that allocate but cannot
// throw. It does so when the library is loaded, lest a shortage of memory later ends the process.
[[maybe_unused]] const bool processor_known =
    !simdjson::get_active_implementation()->name().empty();

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_word(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20;
}
bool is_continuation(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

[[noreturn]] void fail(std::string_view text, std::size_t at, std::string message,
                       Code code = Code::malformed) {
  const Place place = place_of(text, at);
  throw Error(
      code,
      Problem{std::move(message), {}, static_cast<std::int64_t>(at), place.line, place.column});
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
  if (is_control(c) || c == 0x7F) return "byte " + byte_name(c);
  std::size_t end = at + 1;
  const std::size_t most = std::min(text.size(), at + 20);
  const auto goes_on = is_word(c) ? is_word : is_continuation;
  while (end < most && goes_on(text[end])) ++end;
  return quoted(text.substr(at, end - at));
}

// Says why the first stage refused a text, at the first place that it can refuse.
[[noreturn]] void explain_refusal(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_space)) {
    fail(text, text.size(), "empty text, expected a value");
  }
  const std::size_t not_utf8 = utf8_invalid_at(text);
  std::size_t quote = std::string_view::npos;  // of the open string
  for (std::size_t at = 0; at < std::min(not_utf8, text.size()); ++at) {
    const char c = text[at];
    const bool inside = quote != std::string_view::npos;
    if (c == '"') {
      quote = inside ? std::string_view::npos : at;
    } else if (c == '\\' && !inside) {
      fail(text, at, "unexpected `\\` outside a string");
    } else if (c == '\\' && at + 1 < text.size() && !is_control(text[at + 1])) {
      ++at;
    } else if (inside && is_control(c)) {
      fail(text, at, "control character " + byte_name(c) + " in a string, expected an escape");
    }
  }
  if (not_utf8 != std::string_view::npos) {
    fail(text, not_utf8, "byte " + byte_name(text[not_utf8]) + " is not UTF-8");
  }
  if (quote != std::string_view::npos) fail(text, quote, "string without a closing quote");
  fail(text, 0, "expected a value");  // not reached: the first stage refuses nothing else
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

// Whether a number of right grammar is less than 1: by the power of ten of its first digit that is
// not zero.
bool below_one(std::string_view number) noexcept {
  const std::size_t e = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, e);
  const std::size_t first = digits.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const auto power = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (e == std::string_view::npos) return power <= 0;
  std::string_view exponent = number.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  std::int64_t value = 0;
  const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  if (read.ec != std::errc()) return exponent.starts_with('-');  // beyond any power
  return value <= -power;
}

// Walks the tokens and fills the tree.
class Walk {
 public:
  Walk(Tree& tree, const std::uint32_t* tokens, std::uint32_t count, std::size_t depth)
      : tree_(tree), text_(tree.text.get()), token_(tokens), end_(tokens + count), depth_(depth) {
    tree_.nodes.reserve(count / 2 + 1);  // a separator or a closing bracket follows every value
  }

  void run() {
    Step step = Step::value;
    while (step != Step::done) {
      switch (step) {
        case Step::value:
          step = value();
          break;
        case Step::name:
          step = name();
          break;
        default:
          step = after_value();
      }
    }
  }

 private:
  enum class Step { value, name, after, done };

  std::size_t at() const noexcept { return token_ == end_ ? tree_.size : *token_; }
  // NUL at the end of the text; a NUL in the text is no better welcome anywhere.
  char peek() const noexcept { return text_[at()]; }

  [[noreturn]] void expected(std::size_t at, const char* what) const {
    fail(tree_.source(), at,
         std::string("expected ") + what + ", found " + found_at(tree_.source(), at));
  }

  Node& add(Type type, std::size_t begin, std::size_t end) {
    Node& node = tree_.nodes.emplace_back();
    node.begin = static_cast<std::uint32_t>(begin);
    node.end = static_cast<std::uint32_t>(end);
    node.name_at = name_.name_at;
    node.name_size = name_.name_size;
    node.named = name_.named;
    node.name_in_arena = name_.name_in_arena;
    node.text_in_arena = 0;
    node.type_bits = static_cast<std::uint32_t>(type) & 7U;
    node.integer = 0;
    if (open_ != no_node) ++tree_.nodes[open_].children.count;
    return node;
  }

  Step value() {
    switch (peek()) {
      case '{':
        return open(Type::object, '}', Step::name);
      case '[':
        return open(Type::array, ']', Step::value);
      case '"':
        return string();
      case 't':
        return word("true", Type::boolean, 1);
      case 'f':
        return word("false", Type::boolean, 0);
      case 'n':
        return word("null", Type::null, 0);
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9':
        return number();
      default:
        expected(at(), after_open_ ? "a value or `]`" : "a value");
    }
  }

  Step open(Type type, char closing, Step first) {
    if (opened_ == depth_) {
      fail(tree_.source(), at(), "nesting deeper than " + std::to_string(depth_) + " levels",
           Code::limit);
    }
    ++opened_;
    Node& node = add(type, at(), at());
    node.children = {open_, 0};
    open_ = static_cast<std::uint32_t>(tree_.nodes.size()) - 1;
    name_.named = 0;
    ++token_;
    if (peek() == closing) return close();
    after_open_ = true;
    return first;
  }

  Step close() {
    Node& node = tree_.nodes[open_];
    const std::uint32_t closed = open_;
    node.end = static_cast<std::uint32_t>(at() + 1);
    open_ = node.children.next;
    node.children.next = static_cast<std::uint32_t>(tree_.nodes.size());
    --opened_;
    ++token_;
    if (node.type() == Type::object) {
      const std::uint32_t repeated = repeated_name(tree_, closed, scratch_);
      if (repeated != 0) refuse_repeated(tree_.nodes[repeated]);
    }
    return Step::after;
  }

  [[noreturn]] void refuse_repeated(const Node& node) const {
    // Back from the value over the colon and the closing quote to the opening one, which is the
    // first quote that has no backslash before it.
    std::size_t quote = tree_.source().rfind('"', node.begin - 1);
    do {
      quote = tree_.source().rfind('"', quote - 1);
    } while (text_[quote - 1] == '\\');
    fail(tree_.source(), quote,
         "name " + quoted(tree_.name_of(node)) + " stands twice in one object");
  }

  Step after_value() {
    after_open_ = false;
    if (open_ == no_node) {
      if (token_ != end_) expected(at(), "the end of the text after the value");
      return Step::done;
    }
    const bool object = tree_.nodes[open_].type() == Type::object;
    const char c = peek();
    if (c == ',') {
      ++token_;
      name_.named = 0;
      return object ? Step::name : Step::value;
    }
    if (c == (object ? '}' : ']')) return close();
    expected(at(), object ? "`,` or `}`" : "`,` or `]`");
  }

  Step name() {
    if (peek() != '"') expected(at(), after_open_ ? "a name in quotes or `}`" : "a name in quotes");
    after_open_ = false;
    const std::size_t quote = at();
    const std::size_t end = end_of_string();
    bool escaped = false;
    const Node::Range range = content(quote + 1, end, escaped);
    if (range.size > max_name_size) {
      fail(tree_.source(), quote, "name of " + std::to_string(range.size) + " bytes is too long",
           Code::limit);
    }
    name_.name_at = range.at;
    name_.name_size = range.size & 0x3FFFFFFU;
    name_.named = 1;
    name_.name_in_arena = escaped;
    ++token_;
    if (peek() != ':') expected(at(), "`:` after the name");
    ++token_;
    return Step::value;
  }

  Step string() {
    const std::size_t quote = at();
    const std::size_t end = end_of_string();
    bool escaped = false;
    const Node::Range range = content(quote + 1, end, escaped);
    Node& node = add(Type::string, quote, end + 1);
    node.text = range;
    node.text_in_arena = escaped;
    ++token_;
    return Step::after;
  }

  // Where the closing quote of the string at this token stands: nothing but white space may lie
  // between it and the next token, because every token is known.
  std::size_t end_of_string() const {
    std::size_t end = token_ + 1 == end_ ? tree_.size : token_[1];
    do {
      --end;
    } while (is_space(text_[end]));
    if (end <= *token_ || text_[end] != '"') {
      fail(tree_.source(), *token_, "string without a closing quote");
    }
    return end;
  }

  Node::Range content(std::size_t begin, std::size_t end, bool& escaped) {
    const std::size_t escape = find_escape(begin, end);
    if (escape == end) {
      return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
    }
    escaped = true;
    const std::size_t start = tree_.arena.size();
    tree_.arena.append(text_ + begin, escape - begin);
    for (std::size_t p = escape; p < end;) {
      if (text_[p] == '\\') {
        p = unescape(p, end);
      } else {
        const std::size_t next = find_escape(p, end);
        tree_.arena.append(text_ + p, next - p);
        p = next;
      }
    }
    return {static_cast<std::uint32_t>(start),
            static_cast<std::uint32_t>(tree_.arena.size() - start)};
  }

  // The first backslash in [begin, end), or end. Reads up to 7 bytes past the end.
  std::size_t find_escape(std::size_t begin, std::size_t end) const noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    for (std::size_t p = begin; p < end; p += 8) {
      std::uint64_t word;
      std::memcpy(&word, text_ + p, 8);
      word ^= ones * '\\';
      if (((word - ones) & ~word & (ones << 7U)) == 0) continue;
      for (std::size_t q = p; q < p + 8 && q < end; ++q) {
        if (text_[q] == '\\') return q;
      }
    }
    return end;
  }

  // Appends what the escape at `p` stands for; returns the place after it.
  std::size_t unescape(std::size_t p, std::size_t end) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = text_[p + 1];
    const std::size_t known = letters.find(letter);
    if (known != std::string_view::npos) {
      tree_.arena += meanings[known];
      return p + 2;
    }
    if (letter != 'u') {
      fail(tree_.source(), p,
           "unknown escape `\\` with " + found_at(tree_.source(), p + 1) +
               ", expected one of `\"\\/bfnrtu` after it");
    }
    const int unit = unit_at(p, end);
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
      fail(tree_.source(), p, "low surrogate without a high one before it");
    }
    if (unit < 0xD800 || unit > 0xDBFF) {
      append_utf8(tree_.arena, static_cast<std::uint32_t>(unit));
      return p + 6;
    }
    const bool paired = text_[p + 6] == '\\' && text_[p + 7] == 'u';
    const int low = paired ? unit_at(p + 6, end) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
      fail(tree_.source(), p, "high surrogate without a low one after it");
    }
    append_utf8(tree_.arena,
                static_cast<std::uint32_t>(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)));
    return p + 12;
  }

  // The UTF-16 unit of the escape \uXXXX at `p`.
  int unit_at(std::size_t p, std::size_t end) const {
    const int unit = p + 6 <= end ? hex4(text_ + p + 2) : -1;
    if (unit < 0) fail(tree_.source(), p, "expected four hex digits after `\\u`");
    return unit;
  }

  // A scalar ends at white space, a comma or a closing bracket, or with the text.
  void demand_end(std::size_t p, std::size_t begin) const {
    const char c = text_[p];
    if (is_space(c) || c == ',' || c == ']' || c == '}' || p == tree_.size) return;
    if (c == ':' || c == '[' || c == '{' || c == '"') {
      expected(p, open_ == no_node ? "the end of the text after the value"
                  : tree_.nodes[open_].type() == Type::object ? "`,` or `}`"
                                                              : "`,` or `]`");
    }
    fail(tree_.source(), p,
         "unexpected " + found_at(tree_.source(), p) + " after " +
             quoted(tree_.source().substr(begin, p - begin)));
  }

  Step word(std::string_view word, Type type, std::int64_t value) {
    const std::size_t begin = at();
    if (tree_.source().substr(begin, word.size()) != word) expected(begin, "a value");
    demand_end(begin + word.size(), begin);
    add(type, begin, begin + word.size()).integer = value;
    ++token_;
    return Step::after;
  }

  Step number() {
    const std::size_t begin = at();
    std::size_t p = begin;
    if (text_[p] == '-') ++p;
    const std::size_t digits = p;
    std::uint64_t magnitude = 0;  // right for up to 18 digits, which is all that is used
    for (; is_digit(text_[p]); ++p) {
      magnitude = magnitude * 10 + static_cast<std::uint64_t>(text_[p] - '0');
    }
    if (p == digits) expected(p, "a digit after `-`");
    if (text_[digits] == '0' && p > digits + 1) {
      fail(tree_.source(), digits, "number with a leading zero");
    }
    const std::size_t end = fraction_and_exponent(p);
    demand_end(end, begin);
    Node& node = add(Type::integer, begin, end);
    ++token_;
    if (end == p && p - digits <= 18) {
      const auto value = static_cast<std::int64_t>(magnitude);
      node.integer = digits > begin ? -value : value;
    } else if (end != p || !large_integer(node)) {
      real(node);
    }
    return Step::after;
  }

  std::size_t fraction_and_exponent(std::size_t p) const {
    if (text_[p] == '.') p = some_digits(p + 1, "a digit after the decimal point");
    if (text_[p] != 'e' && text_[p] != 'E') return p;
    ++p;
    if (text_[p] == '+' || text_[p] == '-') ++p;
    return some_digits(p, "a digit in the exponent");
  }

  std::size_t some_digits(std::size_t p, const char* what) const {
    if (!is_digit(text_[p])) expected(p, what);
    while (is_digit(text_[p])) ++p;
    return p;
  }

  bool large_integer(Node& node) const noexcept {
    std::int64_t value = 0;
    if (std::from_chars(text_ + node.begin, text_ + node.end, value).ec != std::errc()) {
      return false;
    }
    node.integer = value;
    return true;
  }

  void real(Node& node) const {
    node.type_bits = static_cast<std::uint32_t>(Type::real) & 7U;
    node.real = 0;
    const std::string_view number = tree_.source().substr(node.begin, node.end - node.begin);
    const auto read = std::from_chars(text_ + node.begin, text_ + node.end, node.real);
    if (read.ec == std::errc() && std::isfinite(node.real)) return;
    if (!below_one(number)) {
      fail(tree_.source(), node.begin,
           "number " + quoted(number) + " is larger than a double can hold");
    }
    node.real = number.starts_with('-') ? -0.0 : 0.0;
  }

  Tree& tree_;
  const char* const text_;
  const std::uint32_t* token_;
  const std::uint32_t* const end_;
  const std::size_t depth_;
  std::size_t opened_ = 0;
  std::uint32_t open_ = no_node;  // the innermost open container
  bool after_open_ = false;       // its opening bracket was the last token
  Node name_{};                   // the name that the next value gets
  std::vector<std::uint32_t> scratch_;
};

void copy_text(Tree& tree, std::string_view text) {
  tree.text = std::make_unique_for_overwrite<char[]>(text.size() + sentinel_size);
  tree.size = text.size();
  if (!text.empty()) std::memcpy(tree.text.get(), text.data(), text.size());
  std::memset(tree.text.get() + text.size(), 0, sentinel_size);
}

void demand_size(std::string_view text, const Limits& limits) {
  const std::size_t most = std::min(limits.bytes, max_text_size);
  if (text.size() > most) {
    throw Error(Code::limit, "text of " + std::to_string(text.size()) +
                                 " bytes, expected at most " + std::to_string(most));
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    fail(text, 0, "byte order mark, expected a JSON value (RFC 8259 section 8.1 forbids it)");
  }
}

}  // namespace

std::unique_ptr<const Document> Document::parse(std::string_view text, const Limits& limits) {
  demand_size(text, limits);
  auto impl = std::make_unique<Impl>();
  copy_text(*impl, text);
  std::unique_ptr<simdjson::internal::dom_parser_implementation> scanner;
  if (simdjson::get_active_implementation()->create_dom_parser_implementation(
          std::max<std::size_t>(text.size(), 1), 1, scanner) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(impl->text.get());
  const auto refused = scanner->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (refused == simdjson::MEMALLOC) throw std::bad_alloc();
  if (refused != simdjson::SUCCESS) explain_refusal(text);
  Walk(*impl, scanner->structural_indexes.get(), scanner->n_structural_indexes,
       std::min(limits.depth, max_depth))
      .run();
  impl->note_places();
  return std::unique_ptr<const Document>(new Document(std::move(impl)));
}

}  // namespace partnership::json
