// SPDX-License-Identifier: Apache-2.0
//
// Merkle trees as in RFC 9162 section 2.1 (SHA-256; leaf prefix 0x00, node prefix 0x01).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace partnership {

Hash merkle_leaf(std::string_view entry) noexcept;
Hash merkle_node(const Hash& left, const Hash& right) noexcept;
Hash merkle_root(std::span<const Hash> leaves) noexcept;  // of no leaves: SHA-256 of nothing

// A tree that grows by a leaf at a time and keeps only its right edge: at most 64 hashes.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;
  // The frontier of the first `size` leaves of a tree that is stored elsewhere.
  MerkleFrontier(const class MerkleSource& source, std::uint64_t size);

  void append(const Hash& leaf) noexcept;
  // As append; calls completed(level, index, hash) for every subtree above the leaves that this
  // leaf completes, the lowest first (see MerkleSource::node for level and index).
  template <class Completed>
  void append(const Hash& leaf, Completed&& completed) {
    Hash hash = leaf;
    unsigned level = 0;
    for (; ((size_ >> level) & 1U) != 0; ++level) {
      hash = merkle_node(peaks_[level], hash);
      completed(level + 1, size_ >> (level + 1), hash);
    }
    peaks_[level] = hash;
    ++size_;
  }
  std::uint64_t size() const noexcept { return size_; }
  Hash root() const noexcept;

 private:
  std::uint64_t size_ = 0;
  std::array<Hash, 64> peaks_{};  // peaks_[h] is live when bit h of size_ is set
};

// Hashes of any complete subtree: level 0 are leaves, node `index` of level h covers the leaves
// [index * 2^h, (index + 1) * 2^h). Called only for complete subtrees.
class MerkleSource {
 public:
  virtual ~MerkleSource() = default;
  virtual Hash node(unsigned level, std::uint64_t index) const = 0;
};

// RFC 9162 sections 2.1.3.1 and 2.1.4.1. Need index < size and first <= size.
std::vector<Hash> inclusion_proof(const MerkleSource& source, std::uint64_t index,
                                  std::uint64_t size);
std::vector<Hash> consistency_proof(const MerkleSource& source, std::uint64_t first,
                                    std::uint64_t size);

// RFC 9162 sections 2.1.3.2 and 2.1.4.2.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root) noexcept;
bool verify_consistency(std::uint64_t first, const Hash& first_root, std::uint64_t second,
                        const Hash& second_root, std::span<const Hash> proof) noexcept;

}  // namespace partnership
