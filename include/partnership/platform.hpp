// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: the register, and verification that needs
// none.
#ifndef PARTNERSHIP_PLATFORM_HPP
#define PARTNERSHIP_PLATFORM_HPP

#include "partnership/platform.h"
#include "partnership/table.hpp"

namespace pship {

// ------------------------------------------------------------------------------------------------
// The register.

// Opened at once, closed by its destructor. See platform.h for what each call promises.
class Platform {
 public:
  Platform() noexcept = default;
  explicit Platform(pship_platform* adopted) noexcept : handle_(adopted) {}
  // `path` is UTF-8, ":memory:" for a private register. Options: create, read_only, durability,
  // busy_timeout_ms. Throws PSHIP_IO, PSHIP_BUSY, PSHIP_CORRUPT, PSHIP_STATE.
  static Platform open(std::string_view path, const Options& options = {}) {
    pship_platform* platform = nullptr;
    detail::call(pship_platform_open, detail::name(path, "path").c_str(), options.raw(), &platform);
    return Platform(platform);
  }

  // One event (a JSON object) or several (an array: all or none). A row an event: position, leaf.
  // Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT, PSHIP_REFUSED with every reason.
  Table record(std::string_view json) {
    return detail::table_of(pship_platform_record, raw(), json.data(), json.size());
  }
  // Throws PSHIP_NOT_FOUND: no such query. Options: on, known_at, and those of the query.
  Table query(std::string_view query_name, const Options& options = {}) {
    return detail::table_of(pship_platform_query, raw(), detail::name(query_name, "name").c_str(),
                            options.raw());
  }
  // Columns query, options, columns, sentence.
  static Table queries() { return detail::table_of(pship_platform_queries); }
  // A row a field: kind, version, table, effect, field, type, required, personal, choices,
  // sentence.
  static Table kinds() { return detail::table_of(pship_platform_kinds); }

  std::int64_t size() {
    std::int64_t size = 0;
    detail::call(pship_platform_size, raw(), &size);
    return size;
  }
  // The Merkle root over the first `size` entries (-1: all).
  Hash root(std::int64_t size = -1) {
    Hash root{};
    detail::call(pship_platform_root, raw(), size, root.data());
    return root;
  }
  Text entry(std::int64_t position) {
    return detail::text_of(pship_platform_entry, raw(), position);
  }
  std::vector<Hash> prove_inclusion(std::int64_t position, std::int64_t size) {
    return prove(pship_platform_prove_inclusion, position, size);
  }
  std::vector<Hash> prove_consistency(std::int64_t first, std::int64_t second) {
    return prove(pship_platform_prove_consistency, first, second);
  }

  // A row a fault (place, message). Options: tables, root.
  Table verify(const Options& options = {}) {
    return detail::table_of(pship_platform_verify, raw(), options.raw());
  }
  void rebuild() { detail::call(pship_platform_rebuild, raw()); }
  Text dump() { return detail::text_of(pship_platform_dump, raw()); }
  // The journal as it may be published, a line an entry. (`export` is a keyword.)
  Text export_journal() { return detail::text_of(pship_platform_export, raw()); }

  // Makes the call that runs in another thread end with PSHIP_CANCELLED. Any thread may call this,
  // as long as the Platform is not moved or destroyed meanwhile.
  void cancel() const noexcept { pship_platform_cancel(handle_.get()); }

  pship_platform* raw() noexcept { return handle_.get(); }
  explicit operator bool() const noexcept { return handle_ != nullptr; }

 private:
  std::vector<Hash> prove(pship_status (*function)(pship_platform*, std::int64_t, std::int64_t,
                                                   pship_table**, pship_error**),
                          std::int64_t first, std::int64_t second) {
    pship_table* made = nullptr;
    detail::call(function, raw(), first, second, &made);
    const Table table(made);
    const TextColumn hashes = table.texts("hash");
    std::vector<Hash> proof;
    for (std::int64_t i = 0; i < table.rows(); ++i) proof.push_back(hash_from_hex(hashes[i]));
    return proof;
  }
  detail::Unique<pship_platform, pship_platform_free> handle_;
};

// ------------------------------------------------------------------------------------------------
// Verification that needs no register.

struct JournalVerdict {
  bool sound = false;  // the computed root is the expected one, or none was expected
  std::int64_t entries = 0;
  Hash root{};  // computed from the lines
};

// Verifies a published journal. Throws PSHIP_CORRUPT: an entry that is none.
inline JournalVerdict verify_journal(std::string_view lines,
                                     const std::optional<Hash>& root = std::nullopt) {
  JournalVerdict verdict;
  std::int32_t sound = 0;
  const std::uint8_t* expected = root ? root->data() : nullptr;
  detail::call(pship_journal_verify, lines.data(), lines.size(), expected, &sound, &verdict.entries,
               verdict.root.data());
  verdict.sound = sound != 0;
  return verdict;
}

inline bool verify_inclusion(const Hash& leaf, std::int64_t position, std::int64_t size,
                             const std::vector<Hash>& proof, const Hash& root) {
  static_assert(sizeof(Hash) == PSHIP_HASH_SIZE, "hashes lie side by side");
  std::int32_t sound = 0;
  detail::call(pship_inclusion_verify, leaf.data(), position, size,
               proof.empty() ? nullptr : proof.front().data(), proof.size(), root.data(), &sound);
  return sound != 0;
}

inline bool verify_consistency(std::int64_t first, const Hash& first_root, std::int64_t second,
                               const Hash& second_root, const std::vector<Hash>& proof) {
  std::int32_t sound = 0;
  detail::call(pship_consistency_verify, first, first_root.data(), second, second_root.data(),
               proof.empty() ? nullptr : proof.front().data(), proof.size(), &sound);
  return sound != 0;
}

}  // namespace pship

#endif
