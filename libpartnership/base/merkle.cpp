// SPDX-License-Identifier: Apache-2.0
#include "base/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace partnership {

namespace {

// The hash of the leaves [start, start + count), where `start` is a multiple of a power of two that
// is at least `count`. The set bits of `count` are the complete subtrees it is made of, the largest
// first; they are joined from the smallest up.
Hash subtree(const MerkleSource& source, std::uint64_t start, std::uint64_t count) {
  const auto block = [&](unsigned level) {
    const std::uint64_t larger = count & ~((std::uint64_t{2} << level) - 1);
    return source.node(level, (start + larger) >> level);
  };
  auto level = static_cast<unsigned>(std::countr_zero(count));
  Hash hash = block(level);
  for (++level; level < 64; ++level) {
    if (((count >> level) & 1U) != 0) hash = merkle_node(block(level), hash);
  }
  return hash;
}

// The largest power of two less than n; n > 1.
std::uint64_t split_of(std::uint64_t n) noexcept {
  return std::bit_floor(n - 1);
}

bool odd(std::uint64_t n) noexcept {
  return (n & 1U) != 0;
}

}  // namespace

Hash merkle_leaf(std::string_view entry) noexcept {
  return sha256(0x00, entry);
}

Hash merkle_node(const Hash& left, const Hash& right) noexcept {
  return sha256(0x01, bytes_of(left), bytes_of(right));
}

Hash merkle_root(std::span<const Hash> leaves) noexcept {
  MerkleFrontier frontier;
  for (const Hash& leaf : leaves) frontier.append(leaf);
  return frontier.root();
}

MerkleFrontier::MerkleFrontier(const MerkleSource& source, std::uint64_t size) : size_(size) {
  for (unsigned level = 0; level < 64; ++level) {
    if (odd(size >> level)) peaks_[level] = source.node(level, (size >> level) - 1);
  }
}

void MerkleFrontier::append(const Hash& leaf) noexcept {
  append(leaf, [](unsigned, std::uint64_t, const Hash&) {});
}

Hash MerkleFrontier::root() const noexcept {
  if (size_ == 0) return sha256({});
  auto level = static_cast<std::size_t>(std::countr_zero(size_));
  Hash hash = peaks_[level];
  for (++level; level < 64; ++level) {
    if (odd(size_ >> level)) hash = merkle_node(peaks_[level], hash);
  }
  return hash;
}

// PATH(m, D_n), walked from the root down and turned round: a proof begins next to the leaf.
std::vector<Hash> inclusion_proof(const MerkleSource& source, std::uint64_t index,
                                  std::uint64_t size) {
  assert(index < size);
  std::vector<Hash> proof;
  std::uint64_t start = 0;
  while (size > 1) {
    const std::uint64_t split = split_of(size);
    if (index < split) {
      proof.push_back(subtree(source, start + split, size - split));
      size = split;
    } else {
      proof.push_back(subtree(source, start, split));
      start += split;
      index -= split;
      size -= split;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// SUBPROOF(m, D_n, true); nothing needs proving when first is 0 or size.
std::vector<Hash> consistency_proof(const MerkleSource& source, std::uint64_t first,
                                    std::uint64_t size) {
  assert(first <= size);
  std::vector<Hash> proof;
  if (first == 0 || first == size) return proof;
  std::uint64_t start = 0;
  while (first != size) {
    const std::uint64_t split = split_of(size);
    if (first <= split) {
      proof.push_back(subtree(source, start + split, size - split));
      size = split;
    } else {
      proof.push_back(subtree(source, start, split));
      start += split;
      first -= split;
      size -= split;
    }
  }
  // The verifier knows the root of the whole first tree, but not of a part of it.
  if (start != 0) proof.push_back(subtree(source, start, size));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root) noexcept {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (sn == 0) return false;
    if (odd(fn) || fn == sn) {
      hash = merkle_node(sibling, hash);
      while (!odd(fn) && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      hash = merkle_node(hash, sibling);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t first, const Hash& first_root, std::uint64_t second,
                        const Hash& second_root, std::span<const Hash> proof) noexcept {
  if (first > second) return false;
  if (first == second) return proof.empty() && first_root == second_root;
  if (first == 0) return proof.empty() && first_root == sha256({});
  // When the first tree is complete, its root is where the path begins and is left out of it.
  const bool complete = std::has_single_bit(first);
  if (!complete && proof.empty()) return false;
  std::uint64_t fn = first - 1;
  std::uint64_t sn = second - 1;
  while (odd(fn)) {
    fn >>= 1U;
    sn >>= 1U;
  }
  Hash first_hash = complete ? first_root : proof.front();
  Hash second_hash = first_hash;
  for (const Hash& sibling : proof.subspan(complete ? 0 : 1)) {
    if (sn == 0) return false;
    if (odd(fn) || fn == sn) {
      first_hash = merkle_node(sibling, first_hash);
      second_hash = merkle_node(sibling, second_hash);
      while (!odd(fn) && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      second_hash = merkle_node(second_hash, sibling);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && first_hash == first_root && second_hash == second_root;
}

}  // namespace partnership
