// SPDX-License-Identifier: Apache-2.0
#include "base/merkle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace partnership {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The definitions of RFC 9162, word for word: recursive, over copies.
using Leaves = std::vector<Hash>;

std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

Leaves part(const Leaves& d, std::size_t from, std::size_t to) {
  return {d.begin() + static_cast<std::ptrdiff_t>(from),
          d.begin() + static_cast<std::ptrdiff_t>(to)};
}

Hash naive_root(const Leaves& d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return sha256("\x01" + std::string(bytes_of(naive_root(part(d, 0, k)))) +
                std::string(bytes_of(naive_root(part(d, k, d.size())))));
}

Leaves naive_path(std::size_t m, const Leaves& d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  Leaves path = m < k ? naive_path(m, part(d, 0, k)) : naive_path(m - k, part(d, k, d.size()));
  path.push_back(m < k ? naive_root(part(d, k, d.size())) : naive_root(part(d, 0, k)));
  return path;
}

Leaves naive_subproof(std::size_t m, const Leaves& d, bool whole) {
  if (m == d.size()) return whole ? Leaves{} : Leaves{naive_root(d)};
  const std::size_t k = split(d.size());
  if (m <= k) {
    Leaves proof = naive_subproof(m, part(d, 0, k), whole);
    proof.push_back(naive_root(part(d, k, d.size())));
    return proof;
  }
  Leaves proof = naive_subproof(m - k, part(d, k, d.size()), false);
  proof.push_back(naive_root(part(d, 0, k)));
  return proof;
}

// Complete subtrees from a list of leaves; refuses what no tree of that size has.
class ListSource : public MerkleSource {
 public:
  explicit ListSource(const Leaves& leaves) : leaves_(leaves) {}
  Hash node(unsigned level, std::uint64_t index) const override {
    const std::uint64_t from = index << level;
    const std::uint64_t to = (index + 1) << level;
    EXPECT_LE(to, leaves_.size());
    return naive_root(part(leaves_, from, to));
  }

 private:
  const Leaves& leaves_;
};

Leaves numbered(std::size_t n) {
  Leaves leaves;
  for (std::size_t i = 0; i < n; ++i) leaves.push_back(merkle_leaf("entry " + std::to_string(i)));
  return leaves;
}

// The reference vectors of Certificate Transparency (RFC 6962), as its implementations share them.
const std::vector<std::string> reference_entries = {
    std::string(""),
    std::string("\x00", 1),
    std::string("\x10"),
    std::string("\x20\x21"),
    std::string("\x30\x31"),
    std::string("\x40\x41\x42\x43"),
    std::string("\x50\x51\x52\x53\x54\x55\x56\x57"),
    std::string("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
const std::vector<std::string> reference_roots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Leaves reference_leaves(std::size_t n) {
  Leaves leaves;
  for (std::size_t i = 0; i < n; ++i) leaves.push_back(merkle_leaf(reference_entries[i]));
  return leaves;
}

std::vector<std::string> hex_all(const Leaves& hashes) {
  std::vector<std::string> out;
  for (const Hash& hash : hashes) out.push_back(hex(hash));
  return out;
}

TEST(Merkle, GivesThePublishedRoots) {
  MerkleFrontier frontier;
  for (std::size_t n = 0; n <= 8; ++n) {
    EXPECT_EQ(hex(merkle_root(reference_leaves(n))), reference_roots[n]);
    EXPECT_EQ(hex(frontier.root()), reference_roots[n]);
    if (n < 8) frontier.append(merkle_leaf(reference_entries[n]));
  }
}

TEST(Merkle, GivesThePublishedInclusionProofs) {
  const Leaves leaves = reference_leaves(8);
  const ListSource source(leaves);
  EXPECT_THAT(inclusion_proof(source, 0, 1), IsEmpty());
  EXPECT_THAT(hex_all(inclusion_proof(source, 0, 8)),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(hex_all(inclusion_proof(source, 5, 8)),
              ElementsAre("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(hex_all(inclusion_proof(source, 2, 3)),
              ElementsAre("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"));
  EXPECT_THAT(hex_all(inclusion_proof(source, 1, 5)),
              ElementsAre("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
}

TEST(Merkle, GivesThePublishedConsistencyProofs) {
  const Leaves leaves = reference_leaves(8);
  const ListSource source(leaves);
  EXPECT_THAT(consistency_proof(source, 1, 1), IsEmpty());
  EXPECT_THAT(hex_all(consistency_proof(source, 1, 8)),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(hex_all(consistency_proof(source, 6, 8)),
              ElementsAre("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(hex_all(consistency_proof(source, 2, 5)),
              ElementsAre("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
}

TEST(Merkle, RootsAreThoseOfTheRecursiveDefinition) {
  const Leaves leaves = numbered(130);
  MerkleFrontier frontier;
  for (std::size_t n = 0; n <= leaves.size(); ++n) {
    const Hash expected = naive_root(part(leaves, 0, n));
    EXPECT_EQ(frontier.size(), n);
    EXPECT_EQ(frontier.root(), expected) << n;
    EXPECT_EQ(merkle_root(std::span(leaves).first(n)), expected) << n;
    if (n < leaves.size()) frontier.append(leaves[n]);
  }
}

TEST(Merkle, InclusionProofsAreThoseOfTheDefinitionAndVerify) {
  const Leaves leaves = numbered(68);
  const ListSource source(leaves);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Hash root = naive_root(part(leaves, 0, size));
    for (std::size_t index = 0; index < size; ++index) {
      const Leaves proof = inclusion_proof(source, index, size);
      ASSERT_EQ(proof, naive_path(index, part(leaves, 0, size))) << index << " of " << size;
      EXPECT_TRUE(verify_inclusion(leaves[index], index, size, proof, root));
      EXPECT_FALSE(verify_inclusion(leaves[index], index + 1, size, proof, root));
      EXPECT_FALSE(verify_inclusion(leaves[index], size, size, proof, root));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion(leaves[(index + 1) % size], index, size, proof, root));
        EXPECT_FALSE(
            verify_inclusion(leaves[index], index, size, std::span(proof).subspan(1), root));
      }
      Leaves longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_inclusion(leaves[index], index, size, longer, root));
    }
  }
}

TEST(Merkle, ConsistencyProofsAreThoseOfTheDefinitionAndVerify) {
  const Leaves leaves = numbered(68);
  const ListSource source(leaves);
  for (std::size_t second = 0; second <= leaves.size(); ++second) {
    const Hash second_root = naive_root(part(leaves, 0, second));
    for (std::size_t first = 0; first <= second; ++first) {
      const Hash first_root = naive_root(part(leaves, 0, first));
      const Leaves proof = consistency_proof(source, first, second);
      if (first > 0) {
        ASSERT_EQ(proof, naive_subproof(first, part(leaves, 0, second), true))
            << first << " to " << second;
      }
      EXPECT_TRUE(verify_consistency(first, first_root, second, second_root, proof));
      EXPECT_FALSE(verify_consistency(second + 1, first_root, second, second_root, proof));
      Leaves longer = proof;
      longer.push_back(second_root);
      EXPECT_FALSE(verify_consistency(first, first_root, second, second_root, longer));
      if (!proof.empty()) {
        EXPECT_FALSE(verify_consistency(first, first_root, second, second_root,
                                        std::span(proof).first(proof.size() - 1)));
        EXPECT_FALSE(verify_consistency(first, second_root, second, second_root, proof));
        EXPECT_FALSE(verify_consistency(first, first_root, second, first_root, proof));
      }
    }
  }
}

TEST(Merkle, EveryChangedByteOfAProofIsRejected) {
  const Leaves leaves = numbered(33);
  const ListSource source(leaves);
  const auto each_change = [](Leaves proof, const auto& verify) {
    for (Hash& hash : proof) {
      for (std::uint8_t& byte : hash) {
        for (const unsigned flip : {1u, 128u}) {
          byte = static_cast<std::uint8_t>(byte ^ flip);
          EXPECT_FALSE(verify(proof));
          byte = static_cast<std::uint8_t>(byte ^ flip);
        }
      }
    }
    EXPECT_TRUE(verify(proof));
  };
  for (const std::size_t size : {2u, 7u, 8u, 21u, 33u}) {
    const Hash root = merkle_root(std::span(leaves).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      each_change(inclusion_proof(source, index, size), [&](const Leaves& proof) {
        return verify_inclusion(leaves[index], index, size, proof, root);
      });
    }
    for (std::size_t first = 1; first < size; ++first) {
      const Hash first_root = merkle_root(std::span(leaves).first(first));
      each_change(consistency_proof(source, first, size), [&](const Leaves& proof) {
        return verify_consistency(first, first_root, size, root, proof);
      });
    }
  }
}

TEST(Merkle, AnEmptyFirstTreeIsConsistentOnlyByItsRoot) {
  const Hash root = merkle_root(numbered(5));
  EXPECT_TRUE(verify_consistency(0, sha256(""), 5, root, {}));
  EXPECT_FALSE(verify_consistency(0, root, 5, root, {}));
  EXPECT_FALSE(verify_consistency(0, sha256(""), 5, root, Leaves{root}));
  EXPECT_FALSE(verify_consistency(3, root, 5, root, {}));
  EXPECT_FALSE(verify_consistency(4, root, 5, root, {}));
}

// A tree of 2^63 + 5 equal leaves: every complete subtree of a level is the same.
class VastSource : public MerkleSource {
 public:
  VastSource() : levels_(1, merkle_leaf("x")) {
    while (levels_.size() < 64) levels_.push_back(merkle_node(levels_.back(), levels_.back()));
  }
  Hash node(unsigned level, std::uint64_t index) const override {
    EXPECT_LE(index, size >> level);
    return levels_[level];
  }
  static constexpr std::uint64_t size = (std::uint64_t{1} << 63U) + 5;

 private:
  Leaves levels_;
};

TEST(Merkle, DoesNotOverflowInVastTrees) {
  const VastSource source;
  const std::uint64_t size = VastSource::size;
  const Hash four = source.node(2, 0);
  const Hash root = merkle_node(source.node(63, 0), merkle_node(four, source.node(0, 0)));
  for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 6, size - 5, size - 1}) {
    const Leaves proof = inclusion_proof(source, index, size);
    EXPECT_TRUE(verify_inclusion(source.node(0, 0), index, size, proof, root)) << index;
  }
  const Hash before = merkle_node(source.node(63, 0), four);
  const Leaves proof = consistency_proof(source, size - 1, size);
  EXPECT_TRUE(verify_consistency(size - 1, before, size, root, proof));
  EXPECT_TRUE(verify_consistency(size - 5, source.node(63, 0), size, root,
                                 consistency_proof(source, size - 5, size)));
}

}  // namespace
}  // namespace partnership
