// SPDX-License-Identifier: Apache-2.0
//
// The parser: over the tokens of a text into a tree.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/json.hpp"
#include "base/json_scan.hpp"
#include "base/json_tree.hpp"
#include "base/quote.hpp"

namespace partnership::json {

namespace {

constexpr std::uint32_t no_node = 0xFFFFFFFF;

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
  Walk(Tree& tree, const Tokens& tokens, std::size_t depth)
      : tree_(tree), cursor_(tree.source(), tokens), depth_(depth) {
    tree_.nodes.reserve(tokens.count / 2 + 1);  // a separator or a bracket follows every value
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
    switch (cursor_.peek()) {
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
        cursor_.expected(cursor_.at(), after_open_ ? "a value or `]`" : "a value");
    }
  }

  Step open(Type type, char closing, Step first) {
    if (opened_ == depth_) cursor_.refuse_depth(depth_);
    ++opened_;
    Node& node = add(type, cursor_.at(), cursor_.at());
    node.children = {open_, 0};
    open_ = static_cast<std::uint32_t>(tree_.nodes.size()) - 1;
    note_inside();
    name_.named = 0;
    cursor_.next();
    if (cursor_.peek() == closing) return close();
    after_open_ = true;
    return first;
  }

  Step close() {
    Node& node = tree_.nodes[open_];
    const std::uint32_t closed = open_;
    node.end = static_cast<std::uint32_t>(cursor_.at() + 1);
    open_ = node.children.next;
    note_inside();
    node.children.next = static_cast<std::uint32_t>(tree_.nodes.size());
    --opened_;
    cursor_.next();
    if (node.type() == Type::object) {
      const std::uint32_t repeated = repeated_name(tree_, closed, scratch_);
      if (repeated != 0) refuse_repeated(tree_.nodes[repeated]);
    }
    return Step::after;
  }

  void note_inside() noexcept {
    using Inside = Cursor::Inside;
    cursor_.inside = open_ == no_node                            ? Inside::nothing
                     : tree_.nodes[open_].type() == Type::object ? Inside::object
                                                                 : Inside::array;
  }

  [[noreturn]] void refuse_repeated(const Node& node) const {
    // Back from the value over the colon and the closing quote to the opening one, which is the
    // first quote that has no backslash before it.
    const std::string_view text = tree_.source();
    const std::size_t closing = text.rfind('"', node.begin - 1);
    std::size_t quote = closing;
    do {
      quote = text.rfind('"', quote - 1);
    } while (text[quote - 1] == '\\');
    cursor_.refuse_repeated(text.substr(quote + 1, closing - quote - 1));
  }

  Step after_value() {
    after_open_ = false;
    if (open_ == no_node) {
      if (!cursor_.at_end()) cursor_.expected(cursor_.at(), cursor_.separators());
      return Step::done;
    }
    const bool object = cursor_.inside == Cursor::Inside::object;
    const char c = cursor_.peek();
    if (c == ',') {
      cursor_.next();
      name_.named = 0;
      return object ? Step::name : Step::value;
    }
    if (c == (object ? '}' : ']')) return close();
    cursor_.expected(cursor_.at(), cursor_.separators());
  }

  Step name() {
    const std::size_t quote = cursor_.at();
    if (cursor_.peek() != '"') {
      cursor_.expected(quote, after_open_ ? "a name in quotes or `}`" : "a name in quotes");
    }
    after_open_ = false;
    bool escaped = false;
    const Node::Range range = content(cursor_.string(), escaped);
    if (range.size > max_name_size) {
      cursor_.fail(quote, "name of " + std::to_string(range.size) + " bytes is too long",
                   Code::limit);
    }
    name_.name_at = range.at;
    name_.name_size = range.size & 0x3FFFFFFU;
    name_.named = 1;
    name_.name_in_arena = escaped;
    if (cursor_.peek() != ':') cursor_.expected(cursor_.at(), "`:` after the name");
    cursor_.next();
    return Step::value;
  }

  Step string() {
    const std::size_t quote = cursor_.at();
    const std::string_view raw = cursor_.string();
    bool escaped = false;
    const Node::Range range = content(raw, escaped);
    Node& node = add(Type::string, quote, quote + raw.size() + 2);
    node.text = range;
    node.text_in_arena = escaped;
    return Step::after;
  }

  Node::Range content(std::string_view raw, bool& escaped) {
    if (!cursor_.has_escape(raw)) {
      return {static_cast<std::uint32_t>(cursor_.offset(raw.data())),
              static_cast<std::uint32_t>(raw.size())};
    }
    escaped = true;
    const std::size_t start = tree_.arena.size();
    cursor_.unescape(raw, tree_.arena);
    return {static_cast<std::uint32_t>(start),
            static_cast<std::uint32_t>(tree_.arena.size() - start)};
  }

  Step word(std::string_view word, Type type, std::int64_t value) {
    const std::size_t begin = cursor_.at();
    cursor_.word(word);
    add(type, begin, begin + word.size()).integer = value;
    return Step::after;
  }

  Step number() {
    const NumberText number = cursor_.number();
    const std::size_t begin = cursor_.offset(number.text.data());
    Node& node = add(Type::integer, begin, begin + number.text.size());
    if (number.integer && number.exact) {
      node.integer = number.coefficient;
    } else if (!number.integer || !large_integer(number.text, node)) {
      real(number.text, node);
    }
    return Step::after;
  }

  static bool large_integer(std::string_view text, Node& node) noexcept {
    std::int64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
      return false;
    }
    node.integer = value;
    return true;
  }

  void real(std::string_view text, Node& node) const {
    node.type_bits = static_cast<std::uint32_t>(Type::real) & 7U;
    node.real = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), node.real);
    if (read.ec == std::errc() && std::isfinite(node.real)) return;
    if (!below_one(text)) {
      cursor_.fail(node.begin, "number " + quoted(text) + " is larger than a double can hold");
    }
    node.real = text.starts_with('-') ? -0.0 : 0.0;
  }

  Tree& tree_;
  Cursor cursor_;
  const std::size_t depth_;
  std::size_t opened_ = 0;
  std::uint32_t open_ = no_node;  // the innermost open container
  bool after_open_ = false;       // its opening bracket was the last token
  Node name_{};                   // the name that the next value gets
  std::vector<std::uint32_t> scratch_;
};

void copy_text(Tree& tree, std::string_view text) {
  tree.text = std::make_unique_for_overwrite<char[]>(text.size() + scan_padding);
  tree.size = text.size();
  if (!text.empty()) std::memcpy(tree.text.get(), text.data(), text.size());
  std::memset(tree.text.get() + text.size(), 0, scan_padding);
}

}  // namespace

std::unique_ptr<const Document> Document::parse(std::string_view text, const Limits& limits) {
  auto impl = std::make_unique<Impl>();
  Scanner scanner;
  if (text.size() <= std::min(limits.bytes, max_text_size)) copy_text(*impl, text);
  const Tokens tokens = scanner.scan(impl->text != nullptr ? impl->source() : text, limits);
  Walk(*impl, tokens, std::min(limits.depth, max_depth)).run();
  impl->note_places();
  return std::unique_ptr<const Document>(new Document(std::move(impl)));
}

}  // namespace partnership::json
