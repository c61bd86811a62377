// SPDX-License-Identifier: Apache-2.0
//
// Finding one's way in a parsed document.
#include "base/json_tree.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace partnership::json {

namespace {

constexpr std::size_t place_step = std::size_t{1} << 14U;

// How many characters begin in well-formed text: every byte but those of the form 10xxxxxx.
std::int64_t characters(std::string_view text) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  std::size_t going_on = 0;
  std::size_t at = 0;
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    // A one in the byte of each such form; the product sums the bytes up.
    going_on += (((word >> 7U) & (~word >> 6U) & ones) * ones) >> 56U;
  }
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) ++going_on;
  }
  return static_cast<std::int64_t>(text.size() - going_on);
}

// Moves a place over well-formed text.
Place moved(Place place, std::string_view over) noexcept {
  for (std::size_t end = over.find('\n'); end != std::string_view::npos; end = over.find('\n')) {
    ++place.line;
    place.column = 1;
    over.remove_prefix(end + 1);
  }
  place.column += characters(over);
  return place;
}

// Small enough that comparing all pairs is quicker than a table.
constexpr std::uint32_t few_names = 16;

std::uint32_t repeated_among_few(const Tree& tree, std::uint32_t object) {
  const Node::Children children = tree.nodes[object].children;
  std::string_view names[few_names];
  std::uint32_t child = object + 1;
  for (std::uint32_t i = 0; i < children.count; ++i, child = tree.after(child)) {
    names[i] = tree.name_of(tree.nodes[child]);
    for (std::uint32_t j = 0; j < i; ++j) {
      if (names[i] == names[j]) return child;
    }
  }
  return 0;
}

std::uint32_t repeated_by_sorting(const Tree& tree, std::uint32_t object) {
  std::vector<std::uint32_t> order;
  order.reserve(tree.nodes[object].children.count);
  const std::uint32_t end = tree.after(object);
  for (std::uint32_t child = object + 1; child < end; child = tree.after(child)) {
    order.push_back(child);
  }
  const auto name = [&](std::uint32_t child) { return tree.name_of(tree.nodes[child]); };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int compared = name(a).compare(name(b));
    return compared != 0 ? compared < 0 : a < b;
  });
  std::uint32_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (name(order[i - 1]) == name(order[i]) && (first == 0 || order[i] < first)) first = order[i];
  }
  return first;
}

// Looks at the size and at most 16 bytes: quick, and no worse than quick for hostile names, because
// too many collisions lead to sorting.
std::size_t hash_of_name(std::string_view name) {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  const std::size_t part = std::min<std::size_t>(name.size(), 8);
  std::memcpy(&head, name.data(), part);
  std::memcpy(&tail, name.data() + name.size() - part, part);
  std::uint64_t hash = (head ^ (name.size() << 56U)) * 0x9E3779B97F4A7C15U;
  hash = (hash ^ (hash >> 29U) ^ tail) * 0xBF58476D1CE4E5B9U;
  return hash ^ (hash >> 32U);
}

}  // namespace

void Tree::note_places() {
  if (size < 4 * place_step) return;
  places.reserve(size / place_step + 1);
  places.emplace_back();
  for (std::size_t at = 0; at + place_step < size; at += place_step) {
    places.push_back(moved(places.back(), source().substr(at, place_step)));
  }
}

Place Tree::place(std::size_t offset) const noexcept {
  if (places.empty()) return place_of(source(), offset);
  const std::size_t step = std::min(offset / place_step, places.size() - 1);
  return moved(places[step], source().substr(step * place_step, offset - step * place_step));
}

std::uint32_t repeated_name(const Tree& tree, std::uint32_t object,
                            std::vector<std::uint32_t>& scratch) {
  const std::uint32_t count = tree.nodes[object].children.count;
  if (count < 2) return 0;
  if (count <= few_names) return repeated_among_few(tree, object);
  const std::size_t mask = std::bit_ceil(std::size_t{count} * 2) - 1;
  scratch.assign(mask + 1, 0);
  std::size_t collisions = 0;
  const std::uint32_t end = tree.after(object);
  for (std::uint32_t child = object + 1; child < end; child = tree.after(child)) {
    const std::string_view name = tree.name_of(tree.nodes[child]);
    std::size_t slot = hash_of_name(name) & mask;
    for (; scratch[slot] != 0; slot = (slot + 1) & mask) {
      if (tree.name_of(tree.nodes[scratch[slot]]) == name) return child;
      if (++collisions > std::size_t{count} * 8) return repeated_by_sorting(tree, object);
    }
    scratch[slot] = child;
  }
  return 0;
}

std::string_view type_name(Type type) noexcept {
  switch (type) {
    case Type::null:
      return "null";
    case Type::boolean:
      return "boolean";
    case Type::integer:
      return "integer";
    case Type::real:
      return "number";
    case Type::string:
      return "string";
    case Type::array:
      return "array";
    case Type::object:
      return "object";
  }
  return "unknown";
}

std::string a_type(Type type) {
  switch (type) {
    case Type::null:
      return "null";
    case Type::integer:
    case Type::array:
    case Type::object:
      return "an " + std::string(type_name(type));
    default:
      return "a " + std::string(type_name(type));
  }
}

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::~Document() = default;
Value Document::root() const noexcept {
  return Value(this, 0);
}
std::string_view Document::source() const noexcept {
  return impl_->source();
}

Type Value::type() const noexcept {
  return document_->impl_->nodes[node_].type();
}

bool Value::is_number() const noexcept {
  return is(Type::integer) || is(Type::real);
}

bool Value::boolean() const noexcept {
  assert(is(Type::boolean));
  return document_->impl_->nodes[node_].integer != 0;
}

std::int64_t Value::integer() const noexcept {
  assert(is(Type::integer));
  return document_->impl_->nodes[node_].integer;
}

double Value::real() const noexcept {
  assert(is_number());
  const Node& node = document_->impl_->nodes[node_];
  return node.type() == Type::integer ? static_cast<double>(node.integer) : node.real;
}

std::string_view Value::text() const noexcept {
  assert(is(Type::string));
  return document_->impl_->text_of(document_->impl_->nodes[node_]);
}

std::size_t Value::size() const noexcept {
  const Node& node = document_->impl_->nodes[node_];
  return node.is_container() ? node.children.count : 0;
}

Value::Iterator& Value::Iterator::operator++() noexcept {
  node_ = document_->impl_->after(node_);
  return *this;
}

Value::Iterator Value::begin() const noexcept {
  return Iterator(document_, node_ + 1);
}
Value::Iterator Value::end() const noexcept {
  return Iterator(document_, document_->impl_->after(node_));
}

Value Value::operator[](std::size_t index) const noexcept {
  assert(index < size());
  Iterator child = begin();
  for (; index > 0; --index) ++child;
  return *child;
}

std::string_view Value::key() const noexcept {
  const Node& node = document_->impl_->nodes[node_];
  return node.named ? document_->impl_->name_of(node) : std::string_view();
}

std::optional<Value> Value::find(std::string_view key) const noexcept {
  if (!is(Type::object)) return std::nullopt;
  for (const Value child : *this) {
    if (child.key() == key) return child;
  }
  return std::nullopt;
}

std::string_view Value::source() const noexcept {
  const Node& node = document_->impl_->nodes[node_];
  return document_->source().substr(node.begin, node.end - node.begin);
}

std::size_t Value::offset() const noexcept {
  return document_->impl_->nodes[node_].begin;
}

Place Value::place() const noexcept {
  return document_->impl_->place(offset());
}

// Descends from the root: a node lies in the child whose descendants' range holds it.
std::string Value::pointer() const {
  const Tree& tree = *document_->impl_;
  std::string out;
  std::uint32_t at = 0;
  while (at != node_) {
    std::uint32_t child = at + 1;
    std::size_t index = 0;
    for (; tree.after(child) <= node_; child = tree.after(child)) ++index;
    out += '/';
    const Node& node = tree.nodes[child];
    if (!node.named) out += std::to_string(index);
    for (const char c : node.named ? tree.name_of(node) : std::string_view()) {
      if (c == '~') {
        out += "~0";
      } else if (c == '/') {
        out += "~1";
      } else {
        out += c;
      }
    }
    at = child;
  }
  return out;
}

}  // namespace partnership::json
