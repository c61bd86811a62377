// SPDX-License-Identifier: Apache-2.0
//
// The names of a scope, as a trie of their pieces, so that the longest name at a place of the text
// is found in the time of its length however many names there are. White space and comments are no
// part of a name (DMN 1.5, 10.3.1.4 and 10.3.1.6): where `a-b` is a name, `a - b` is that name, and
// who means the difference writes `(a)-(b)`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "feel/lexer.hpp"

namespace partnership::feel {

class NameTrie {
 public:
  static constexpr std::uint32_t none = 0xffffffff;
  // Longer names are not found; so a text costs at most so many steps a piece.
  static constexpr std::size_t most_pieces = 100;

  void reserve(std::size_t names);
  // The node of a name, or none where it is no text that could be found. The text must live on.
  std::uint32_t add(std::string_view name);
  // What a node stands for; none: nothing.
  std::uint32_t value(std::uint32_t node) const noexcept { return values_[node]; }
  void set(std::uint32_t node, std::uint32_t value) noexcept { values_[node] = value; }

  struct Match {
    std::uint32_t value = none;  // of the longest name that stands for something
    std::size_t to = 0;          // where it ends
  };
  Match longest(std::string_view text, std::size_t at) const noexcept;

 private:
  struct Edge {
    std::string_view piece;
    std::uint32_t from;
    std::uint32_t to = none;  // none: a free slot
  };
  static std::uint64_t hash(std::uint32_t from, std::string_view piece) noexcept;
  std::size_t slot(std::uint32_t from, std::string_view piece) const noexcept;
  void grow();

  static constexpr std::uint32_t root = 0;
  std::vector<std::uint32_t> values_{none};
  std::vector<Edge> edges_;  // a hash table; its size is a power of two
};

}  // namespace partnership::feel
