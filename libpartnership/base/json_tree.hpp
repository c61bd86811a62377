// SPDX-License-Identifier: Apache-2.0
//
// The memory of a json::Document: nodes in the order of the text (a parent before its children)
// over a copy of the text. For the files json*.cpp only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"

namespace partnership::json {

inline constexpr std::size_t max_depth = 1024;  // readers and writers of a tree may recurse
inline constexpr std::size_t max_text_size = (std::size_t{1} << 32) - 64;
inline constexpr std::size_t max_name_size = (std::size_t{1} << 26) - 1;

// 24 bytes. A text without escapes is a range of the source; one with escapes is a range of the
// arena, where it stands unescaped. The same holds for names.
struct Node {
  struct Range {
    std::uint32_t at, size;
  };
  struct Children {
    std::uint32_t next;  // the node after the last descendant; while open, the parent
    std::uint32_t count;
  };
  std::uint32_t begin;  // of the value in the source
  std::uint32_t end;
  std::uint32_t name_at;
  std::uint32_t name_size : 26;
  std::uint32_t named : 1;  // a member of an object
  std::uint32_t name_in_arena : 1;
  std::uint32_t text_in_arena : 1;
  std::uint32_t type_bits : 3;
  union {
    std::int64_t integer;  // booleans, too
    double real;
    Range text;
    Children children;
  };

  Type type() const noexcept { return static_cast<Type>(type_bits); }
  bool is_container() const noexcept { return type() == Type::array || type() == Type::object; }
};
static_assert(sizeof(Node) == 24);

struct Tree {
  std::unique_ptr<char[]> text;  // followed by at least 8 bytes of zero
  std::size_t size = 0;
  std::vector<Node> nodes;
  std::string arena;
  // The place of every place_step-th byte of a long text, so that a document with many faults on
  // one line does not cost quadratic time; empty for a short one.
  std::vector<Place> places;

  void note_places();
  Place place(std::size_t offset) const noexcept;

  std::string_view source() const noexcept { return {text.get(), size}; }
  std::string_view text_of(const Node& node) const noexcept {
    return {(node.text_in_arena ? arena.data() : text.get()) + node.text.at, node.text.size};
  }
  std::string_view name_of(const Node& node) const noexcept {
    return {(node.name_in_arena ? arena.data() : text.get()) + node.name_at, node.name_size};
  }
  // The node that follows `node` and all its descendants.
  std::uint32_t after(std::uint32_t node) const noexcept {
    return nodes[node].is_container() ? nodes[node].children.next : node + 1;
  }
};

struct Document::Impl : Tree {};

// The first child of an object, in the order of the text, whose name an earlier child has, or 0.
// Takes linear time for names that hash well, else n log n; never quadratic time.
std::uint32_t repeated_name(const Tree& tree, std::uint32_t object,
                            std::vector<std::uint32_t>& scratch);

}  // namespace partnership::json
