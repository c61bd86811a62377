// SPDX-License-Identifier: Apache-2.0
#include "feel/names.hpp"

#include <utility>

namespace partnership::feel {

std::uint64_t NameTrie::hash(std::uint32_t from, std::string_view piece) noexcept {
  std::uint64_t value = 0xcbf29ce484222325u ^ from;
  for (const char c : piece) {
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  return (value ^ (value >> 29)) * 0xbf58476d1ce4e5b9u;
}

std::size_t NameTrie::slot(std::uint32_t from, std::string_view piece) const noexcept {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash(from, piece) >> 16) & mask;
  while (edges_[at].to != none && (edges_[at].from != from || edges_[at].piece != piece)) {
    at = (at + 1) & mask;
  }
  return at;
}

void NameTrie::grow() {
  std::vector<Edge> old(edges_.empty() ? 16 : edges_.size() * 2);
  std::swap(old, edges_);
  for (const Edge& edge : old) {
    if (edge.to != none) edges_[slot(edge.from, edge.piece)] = edge;
  }
}

void NameTrie::reserve(std::size_t names) {
  std::size_t size = 16;
  while (size < names * 3) size *= 2;
  values_.reserve(names + 1);
  if (edges_.empty()) edges_.resize(size);
}

std::uint32_t NameTrie::add(std::string_view name) {
  std::uint32_t node = root;
  std::size_t at = 0;
  std::size_t pieces = 0;
  while (const auto piece = piece_at(name, at)) {
    if (++pieces > most_pieces) return none;
    if (values_.size() * 2 >= edges_.size()) grow();
    Edge& edge = edges_[slot(node, piece->text)];
    if (edge.to == none) {
      values_.push_back(none);
      edge = {piece->text, node, static_cast<std::uint32_t>(values_.size() - 1)};
    }
    node = edge.to;
    at = piece->to;
  }
  return at == name.size() && node != root ? node : none;
}

NameTrie::Match NameTrie::longest(std::string_view text, std::size_t at) const noexcept {
  Match found;
  if (edges_.empty()) return found;
  std::uint32_t node = root;
  while (const auto piece = piece_at(text, end_of_gap(text, at))) {
    const Edge& edge = edges_[slot(node, piece->text)];
    if (edge.to == none) break;
    node = edge.to;
    at = piece->to;
    if (values_[node] != none) found = {values_[node], at};
  }
  return found;
}

}  // namespace partnership::feel
