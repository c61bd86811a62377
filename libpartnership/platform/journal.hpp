// SPDX-License-Identifier: Apache-2.0
//
// The journal: entries that are only ever appended, their leaf hashes, and the Merkle tree over
// them (RFC 9162). Interior nodes are kept for every 256th, 65,536th, ... leaf only: a proof reads
// at most 255 hashes a level of 256 and writing costs a row in 256 entries.
//
// What it will not do: begin or end transactions, and look into entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/merkle.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

class Journal final : public MerkleSource {
 public:
  explicit Journal(Sql& sql) : sql_(sql) {}

  // Takes note of what other processes appended. Call it inside each transaction that needs the
  // tree; throws Error(corrupt) when the tree's stored hashes do not allow it.
  void follow();
  // How many entries are stored, whatever has been followed.
  std::int64_t stored_size() const;

  // Appends an entry, whose position is the size before; returns its leaf hash. `personal` is the
  // payload's canonical JSON and is stored apart with its salt.
  struct Personal {
    Hash salt;
    const std::string& payload;
  };
  Hash append(const std::string& entry, const std::optional<Personal>& personal);

  std::int64_t size() const noexcept { return static_cast<std::int64_t>(frontier_.size()); }
  Hash root() const noexcept { return frontier_.root(); }
  Hash root_at(std::int64_t size) const;  // 0 <= size <= size()

  // What is in memory of the tree; restored when a transaction is rolled back.
  const MerkleFrontier& frontier() const noexcept { return frontier_; }
  void restore(const MerkleFrontier& frontier) noexcept { frontier_ = frontier; }

  std::string entry(std::int64_t position) const;  // position < size()
  // Removes the personal payload of an entry; false when there is none (any more).
  bool erase_personal(std::int64_t position);

  // Throws Error(corrupt) when a hash is missing or no hash.
  Hash node(unsigned level, std::uint64_t index) const override;

 private:
  Hash stored_hash(const std::string& select, std::int64_t first, std::int64_t second) const;
  Sql& sql_;
  MerkleFrontier frontier_;
};

}  // namespace partnership::platform
