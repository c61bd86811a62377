// SPDX-License-Identifier: Apache-2.0
#include "partnership/platform.h"

#include <algorithm>
#include <vector>

#include "base/merkle.hpp"
#include "capi/guard.hpp"
#include "platform/kinds.hpp"
#include "platform/queries.hpp"
#include "platform/register.hpp"
#include "verify/journal.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_platform {
  platform::Register reg;
};

namespace {

void copy_hash(const Hash& hash, std::uint8_t* out) {
  std::ranges::copy(hash, out);
}

void clear_hash(std::uint8_t* out) noexcept {
  if (out != nullptr) std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
}

Hash hash_at(const std::uint8_t* bytes) {
  Hash hash;
  std::copy_n(bytes, hash.size(), hash.begin());
  return hash;
}

std::vector<Hash> hashes_at(const std::uint8_t* bytes, std::size_t n) {
  if (n > 64) {
    throw Error(Code::invalid_argument,
                "a proof of " + std::to_string(n) + " hashes, expected at most 64");
  }
  if (n != 0) require(bytes, "proof");
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < n; ++i) hashes.push_back(hash_at(bytes + i * PSHIP_HASH_SIZE));
  return hashes;
}

pship_table* table_of(const std::vector<Hash>& hashes) {
  TableBuilder builder;
  const auto column = builder.add("hash", ColumnType::text);
  for (const Hash& hash : hashes) builder.text(column, hex(hash));
  return new_table(builder.finish());
}

// Calls that give one handle made from the register.
template <class Handle>
pship_status ask(pship_platform* platform, Handle** out, pship_error** err, auto&& make) {
  clear(out);
  return guard(err, [&] {
    require(platform, "platform");
    require(out, "out");
    *out = make(platform->reg);
  });
}

}  // namespace

pship_status pship_platform_open(const char* path, const pship_options* options,
                                 pship_platform** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string where(name(path, "path"));
    *out =
        new pship_platform{.reg = platform::Register(where, options_for(options, "platform.open"))};
  });
}

void pship_platform_free(pship_platform* platform) {
  delete platform;
}

pship_status pship_platform_record(pship_platform* platform, const char* json, std::size_t size,
                                   pship_table** receipts, pship_error** err) {
  clear(receipts);
  return guard(err, [&] {
    require(platform, "platform");
    std::unique_ptr<pship_table> table;
    platform->reg.record(view(json, size, "json"), [&](const auto& recorded) {
      if (receipts == nullptr) return;
      TableBuilder builder;
      const auto position = builder.add("position", ColumnType::int64);
      const auto leaf = builder.add("leaf", ColumnType::text);
      for (const auto& receipt : recorded) {
        builder.int64(position, receipt.position);
        builder.text(leaf, hex(receipt.leaf));
      }
      table.reset(new_table(builder.finish()));
    });
    if (receipts != nullptr) *receipts = table.release();
  });
}

pship_status pship_platform_query(pship_platform* platform, const char* query,
                                  const pship_options* options, pship_table** out,
                                  pship_error** err) {
  return ask(platform, out, err, [&](platform::Register& reg) {
    const std::string_view which = name(query, "name");
    return new_table(reg.query(which, options_for(options, "platform.query")));
  });
}

pship_status pship_platform_queries(pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(platform::describe_queries());
  });
}

pship_status pship_platform_kinds(pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(platform::describe_kinds());
  });
}

pship_status pship_platform_size(pship_platform* platform, std::int64_t* out, pship_error** err) {
  if (out != nullptr) *out = 0;
  return guard(err, [&] {
    require(platform, "platform");
    require(out, "out");
    *out = platform->reg.size();
  });
}

pship_status pship_platform_root(pship_platform* platform, std::int64_t size, std::uint8_t* out,
                                 pship_error** err) {
  clear_hash(out);
  return guard(err, [&] {
    require(platform, "platform");
    require(out, "out");
    copy_hash(platform->reg.root(size), out);
  });
}

pship_status pship_platform_entry(pship_platform* platform, std::int64_t position, pship_text** out,
                                  pship_error** err) {
  return ask(platform, out, err,
             [&](platform::Register& reg) { return new_text(reg.entry(position)); });
}

pship_status pship_platform_prove_inclusion(pship_platform* platform, std::int64_t position,
                                            std::int64_t size, pship_table** out,
                                            pship_error** err) {
  return ask(platform, out, err, [&](platform::Register& reg) {
    return table_of(reg.prove_inclusion(position, size));
  });
}

pship_status pship_platform_prove_consistency(pship_platform* platform, std::int64_t first,
                                              std::int64_t second, pship_table** out,
                                              pship_error** err) {
  return ask(platform, out, err, [&](platform::Register& reg) {
    return table_of(reg.prove_consistency(first, second));
  });
}

pship_status pship_platform_verify(pship_platform* platform, const pship_options* options,
                                   pship_table** findings, pship_error** err) {
  return ask(platform, findings, err, [&](platform::Register& reg) {
    TableBuilder builder;
    const auto place = builder.add("place", ColumnType::text);
    const auto message = builder.add("message", ColumnType::text);
    for (const auto& finding : reg.verify(options_for(options, "platform.verify"))) {
      builder.text(place, finding.place);
      builder.text(message, finding.message);
    }
    return new_table(builder.finish());
  });
}

pship_status pship_platform_rebuild(pship_platform* platform, pship_error** err) {
  return guard(err, [&] {
    require(platform, "platform");
    platform->reg.rebuild();
  });
}

pship_status pship_platform_dump(pship_platform* platform, pship_text** out, pship_error** err) {
  return ask(platform, out, err, [&](platform::Register& reg) { return new_text(reg.dump()); });
}

pship_status pship_platform_export(pship_platform* platform, pship_text** out, pship_error** err) {
  return ask(platform, out, err,
             [&](platform::Register& reg) { return new_text(reg.export_lines()); });
}

void pship_platform_cancel(pship_platform* platform) {
  if (platform != nullptr) platform->reg.cancel();
}

// ---- the verifiers

pship_status pship_journal_verify(const char* lines, std::size_t size, const std::uint8_t* root,
                                  std::int32_t* sound, std::int64_t* entries,
                                  std::uint8_t* computed, pship_error** err) {
  if (sound != nullptr) *sound = 0;
  if (entries != nullptr) *entries = 0;
  clear_hash(computed);
  return guard(err, [&] {
    require(sound, "sound");
    const auto report = verify::verify_journal(view(lines, size, "lines"));
    *sound = root == nullptr || hash_at(root) == report.root ? 1 : 0;
    if (entries != nullptr) *entries = report.entries;
    if (computed != nullptr) copy_hash(report.root, computed);
  });
}

pship_status pship_inclusion_verify(const std::uint8_t* leaf, std::int64_t position,
                                    std::int64_t size, const std::uint8_t* proof, std::size_t n,
                                    const std::uint8_t* root, std::int32_t* sound,
                                    pship_error** err) {
  if (sound != nullptr) *sound = 0;
  return guard(err, [&] {
    require(leaf, "leaf");
    require(root, "root");
    require(sound, "sound");
    const auto hashes = hashes_at(proof, n);
    if (position < 0 || size < 0) return;  // no such tree: not sound
    *sound = verify_inclusion(hash_at(leaf), static_cast<std::uint64_t>(position),
                              static_cast<std::uint64_t>(size), hashes, hash_at(root))
                 ? 1
                 : 0;
  });
}

pship_status pship_consistency_verify(std::int64_t first, const std::uint8_t* first_root,
                                      std::int64_t second, const std::uint8_t* second_root,
                                      const std::uint8_t* proof, std::size_t n, std::int32_t* sound,
                                      pship_error** err) {
  if (sound != nullptr) *sound = 0;
  return guard(err, [&] {
    require(first_root, "first_root");
    require(second_root, "second_root");
    require(sound, "sound");
    const auto hashes = hashes_at(proof, n);
    if (first < 0 || second < 0) return;
    *sound = verify_consistency(static_cast<std::uint64_t>(first), hash_at(first_root),
                                static_cast<std::uint64_t>(second), hash_at(second_root), hashes)
                 ? 1
                 : 0;
  });
}
