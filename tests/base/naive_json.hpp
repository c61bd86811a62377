// SPDX-License-Identifier: Apache-2.0
//
// A second reading of RFC 8259, by recursive descent and as plainly as possible, to hold the parser
// against. Strict where the parser is: no duplicate names, no lone surrogates, no numbers beyond
// double, no byte order mark, bounded depth.
#pragma once

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace partnership::naive {

struct Node {
  char kind = 'n';  // n b i r s a o
  bool flag = false;
  std::string number;  // as written
  std::string text;
  std::string name;  // of a member
  std::vector<Node> children;
  std::size_t begin = 0, end = 0;
};

class Reader {
 public:
  Reader(std::string_view text, std::size_t depth) : text_(text), depth_(depth) {}

  std::optional<Node> read() {
    if (!utf8()) return std::nullopt;
    Node node;
    space();
    if (!value(node, 0)) return std::nullopt;
    space();
    if (at_ != text_.size()) return std::nullopt;
    return node;
  }

 private:
  bool utf8() const {
    std::size_t i = 0;
    while (i < text_.size()) {
      const unsigned lead = byte(i);
      const unsigned length = lead < 0x80   ? 1
                              : lead < 0xC0 ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF8 ? 4
                                            : 0;
      if (length == 0 || i + length > text_.size()) return false;
      unsigned point = length == 1 ? lead : lead & (0x7FU >> length);
      for (unsigned k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0U) != 0x80) return false;
        point = point * 64 + (byte(i + k) & 0x3FU);
      }
      const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
      if (point < least[length] || point > 0x10FFFF) return false;
      if (point >= 0xD800 && point <= 0xDFFF) return false;
      i += length;
    }
    return true;
  }

  unsigned byte(std::size_t i) const { return static_cast<unsigned char>(text_[i]); }
  bool more() const { return at_ < text_.size(); }
  bool eat(char c) {
    if (!more() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void space() {
    while (more() && std::string_view(" \t\n\r").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool literal(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool value(Node& node, std::size_t depth) {
    node.begin = at_;
    const bool good = any(node, depth);
    node.end = at_;
    return good;
  }

  bool any(Node& node, std::size_t depth) {
    if (!more()) return false;
    switch (text_[at_]) {
      case '{':
        return object(node, depth);
      case '[':
        return array(node, depth);
      case '"':
        node.kind = 's';
        return string(node.text);
      case 'n':
        node.kind = 'n';
        return literal("null");
      case 't':
        node.kind = 'b';
        node.flag = true;
        return literal("true");
      case 'f':
        node.kind = 'b';
        return literal("false");
      default:
        return number(node);
    }
  }

  bool object(Node& node, std::size_t depth) {
    node.kind = 'o';
    if (depth == depth_) return false;
    ++at_;
    space();
    if (eat('}')) return true;
    std::set<std::string> names;
    do {
      std::string name;
      space();
      if (!string(name) || !names.insert(name).second) return false;
      space();
      if (!eat(':')) return false;
      space();
      node.children.emplace_back().name = name;
      if (!value(node.children.back(), depth + 1)) return false;
      space();
    } while (eat(','));
    return eat('}');
  }

  bool array(Node& node, std::size_t depth) {
    node.kind = 'a';
    if (depth == depth_) return false;
    ++at_;
    space();
    if (eat(']')) return true;
    do {
      space();
      node.children.emplace_back();
      if (!value(node.children.back(), depth + 1)) return false;
      space();
    } while (eat(','));
    return eat(']');
  }

  bool digits() {
    const std::size_t from = at_;
    while (more() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ > from;
  }

  bool number(Node& node) {
    const std::size_t from = at_;
    eat('-');
    if (!eat('0') && !digits()) return false;
    bool whole = true;
    if (eat('.')) {
      whole = false;
      if (!digits()) return false;
    }
    if (eat('e') || eat('E')) {
      whole = false;
      if (!eat('+')) eat('-');
      if (!digits()) return false;
    }
    node.number = std::string(text_.substr(from, at_ - from));
    errno = 0;
    const long long integer = std::strtoll(node.number.c_str(), nullptr, 10);
    (void)integer;
    node.kind = whole && errno == 0 ? 'i' : 'r';
    return std::isfinite(std::strtod(node.number.c_str(), nullptr));
  }

  bool hex(unsigned& unit) {
    unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (!more()) return false;
      const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(text_[at_]);
      if (digit == std::string_view::npos) return false;
      unit = unit * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
    }
    return true;
  }

  static void encode(std::string& out, unsigned c) {
    const auto put = [&out](unsigned b) { out.push_back(static_cast<char>(b)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 + c / 64), put(0x80 + c % 64);
    if (c < 0x10000) return put(0xE0 + c / 4096), put(0x80 + c / 64 % 64), put(0x80 + c % 64);
    put(0xF0 + c / 262144), put(0x80 + c / 4096 % 64), put(0x80 + c / 64 % 64), put(0x80 + c % 64);
  }

  bool string(std::string& out) {
    if (!eat('"')) return false;
    while (more() && text_[at_] != '"') {
      if (byte(at_) < 0x20) return false;
      if (text_[at_] != '\\') {
        out += text_[at_++];
        continue;
      }
      if (++at_ == text_.size()) return false;
      const std::size_t known = std::string_view("\"\\/bfnrt").find(text_[at_]);
      if (known != std::string_view::npos) {
        out += "\"\\/\b\f\n\r\t"[known];
        ++at_;
        continue;
      }
      unsigned unit = 0;
      if (!eat('u') || !hex(unit)) return false;
      if (unit >= 0xDC00 && unit <= 0xDFFF) return false;
      if (unit >= 0xD800 && unit <= 0xDBFF) {
        unsigned low = 0;
        if (!eat('\\') || !eat('u') || !hex(low) || low < 0xDC00 || low > 0xDFFF) return false;
        unit = 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00);
      }
      encode(out, unit);
    }
    return eat('"');
  }

  std::string_view text_;
  std::size_t depth_;
  std::size_t at_ = 0;
};

// Whether the parser's value is what was read the plain way.
inline bool same(const Node& node, json::Value value) {
  using json::Type;
  if (value.offset() != node.begin || value.source().size() != node.end - node.begin) return false;
  switch (node.kind) {
    case 'n':
      return value.is(Type::null) && value.size() == 0;
    case 'b':
      return value.is(Type::boolean) && value.boolean() == node.flag;
    case 'i':
      return value.is(Type::integer) &&
             value.integer() == std::strtoll(node.number.c_str(), nullptr, 10);
    case 'r':
      return value.is(Type::real) && value.real() == std::strtod(node.number.c_str(), nullptr);
    case 's':
      return value.is(Type::string) && value.text() == node.text;
    default:
      break;
  }
  if (!value.is(node.kind == 'a' ? Type::array : Type::object)) return false;
  if (value.size() != node.children.size()) return false;
  std::size_t i = 0;
  for (const json::Value child : value) {
    if (i == node.children.size()) return false;
    if (child.key() != node.children[i].name) return false;
    if (!same(node.children[i], child)) return false;
    ++i;
  }
  return i == node.children.size();
}

inline std::optional<Node> read(std::string_view text, std::size_t depth = json::Limits().depth) {
  return Reader(text, depth).read();
}

}  // namespace partnership::naive
