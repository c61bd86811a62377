// SPDX-License-Identifier: Apache-2.0
#include "platform/journal.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"

namespace partnership::platform {

namespace {

constexpr unsigned tile_bits = 8;  // a tile covers 2^8 nodes of the level below

const std::string last_position = "SELECT coalesce(max(position), -1) FROM entry";
const std::string insert_entry = "INSERT INTO entry (position, leaf, bytes) VALUES (?, ?, ?)";
const std::string insert_personal =
    "INSERT INTO personal (position, salt, payload) VALUES (?, ?, ?)";
const std::string insert_tile = "INSERT INTO tile (level, number, hash) VALUES (?, ?, ?)";
const std::string select_leaf = "SELECT leaf FROM entry WHERE position = ?";
const std::string select_tile = "SELECT hash FROM tile WHERE level = ? AND number = ?";
const std::string select_entry = "SELECT bytes FROM entry WHERE position = ?";
const std::string delete_personal = "DELETE FROM personal WHERE position = ? RETURNING position";

}  // namespace

std::int64_t Journal::stored_size() const {
  return sql_.scalar(last_position) + 1;
}

void Journal::follow() {
  const std::int64_t size = stored_size();
  if (size == this->size()) return;
  frontier_ = MerkleFrontier(*this, static_cast<std::uint64_t>(size));
}

Hash Journal::append(const std::string& entry, const std::optional<Personal>& personal) {
  const Hash leaf = merkle_leaf(entry);
  const std::int64_t position = size();
  sql_.use(insert_entry).bind(1, position).bind_blob(2, bytes_of(leaf)).bind(3, entry).run();
  if (personal) {
    sql_.use(insert_personal)
        .bind(1, position)
        .bind_blob(2, bytes_of(personal->salt))
        .bind(3, personal->payload)
        .run();
  }
  frontier_.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
    if (level % tile_bits != 0) return;
    sql_.use(insert_tile)
        .bind(1, level / tile_bits)
        .bind(2, static_cast<std::int64_t>(index))
        .bind_blob(3, bytes_of(hash))
        .run();
  });
  return leaf;
}

Hash Journal::root_at(std::int64_t size) const {
  if (size == this->size()) return root();
  return MerkleFrontier(*this, static_cast<std::uint64_t>(size)).root();
}

std::string Journal::entry(std::int64_t position) const {
  Use use = sql_.use(select_entry);
  if (!use.bind(1, position).step()) {
    throw Error(Code::corrupt, "entry " + std::to_string(position) + " is missing");
  }
  return std::string(use.bytes(0));
}

bool Journal::erase_personal(std::int64_t position) {
  Use use = sql_.use(delete_personal);
  use.bind(1, position);
  const bool was_there = use.step();
  if (was_there) use.run();
  return was_there;
}

Hash Journal::stored_hash(const std::string& select, std::int64_t first,
                          std::int64_t second) const {
  Use use = sql_.use(select);
  use.bind(1, first);
  if (second >= 0) use.bind(2, second);
  Hash hash{};
  if (!use.step() || use.bytes(0).size() != hash.size()) {
    throw Error(Code::corrupt, "a hash of the journal's tree is missing or no hash");
  }
  std::ranges::copy(use.bytes(0), hash.begin());
  return hash;
}

Hash Journal::node(unsigned level, std::uint64_t index) const {
  // The nearest stored level below, then pairs up to the level asked for.
  const unsigned stored = level / tile_bits;
  const unsigned rest = level % tile_bits;
  const std::uint64_t count = std::uint64_t{1} << rest;
  std::vector<Hash> hashes;
  hashes.reserve(count);
  for (std::uint64_t i = index * count; i < (index + 1) * count; ++i) {
    const auto number = static_cast<std::int64_t>(i);
    hashes.push_back(stored == 0 ? stored_hash(select_leaf, number, -1)
                                 : stored_hash(select_tile, stored, number));
  }
  while (hashes.size() > 1) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = merkle_node(hashes[2 * i], hashes[2 * i + 1]);
    }
    hashes.resize(hashes.size() / 2);
  }
  return hashes.front();
}

}  // namespace partnership::platform
