// SPDX-License-Identifier: Apache-2.0
#include "packs/packs.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "packs/compiled.hpp"

namespace partnership {
namespace {

constexpr std::string_view ending = ".json";

struct Parts {
  std::string_view kind, file;
};

// nullopt: no name of a pack, whether or not there is one.
std::optional<Parts> parts_of(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const Parts parts{name.substr(0, slash), name.substr(slash + 1)};
  const bool kind = std::find(pack_kinds.begin(), pack_kinds.end(), parts.kind) != pack_kinds.end();
  if (!kind || !Folder::is_plain(parts.file) || !parts.file.ends_with(ending)) return std::nullopt;
  return parts;
}

}  // namespace

std::vector<Packs::Entry> Packs::list() const {
  std::vector<Entry> entries;
  for (const std::string_view kind : pack_kinds) {
    if (!folder_) break;
    for (const std::string& file : folder_->list(kind, most_files)) {
      if (!file.ends_with(ending)) continue;
      entries.push_back({std::string(kind) + "/" + file, kind, true});
    }
  }
  for (const CompiledPack& compiled : compiled_packs()) {
    const auto parts = parts_of(compiled.name);
    if (!parts) continue;
    entries.push_back({std::string(compiled.name), parts->kind, false});
  }
  // Those of the folder came first, and stay the first of a name.
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.name < b.name; });
  const auto same = [](const Entry& a, const Entry& b) { return a.name == b.name; };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
  return entries;
}

std::string Packs::text(std::string_view name) const {
  const auto parts = parts_of(name);
  if (!parts) {
    throw Error(Code::invalid_argument,
                backticked(name) +
                    " is no name of a pack: expected a kind (`calendars`, `charters`, "
                    "`criteria`, `schemas`), `/` and a file `*.json`");
  }
  if (folder_) {
    if (auto text = folder_->read(parts->kind, parts->file, most_bytes)) {
      const std::size_t bad = utf8_invalid_at(*text);
      if (bad == std::string_view::npos) return *std::move(text);
      throw Error(Code::malformed,
                  "pack " + backticked(name) + " is not UTF-8 at byte " + std::to_string(bad));
    }
  }
  for (const CompiledPack& compiled : compiled_packs()) {
    if (compiled.name == name) return std::string(compiled.text);
  }
  std::string message = "there is no pack " + backticked(name);
  const std::vector<Entry> all = list();
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const Entry& entry : all) names.push_back(entry.name);
  const std::string_view nearest = nearest_spelling(name, names);
  if (!nearest.empty()) message += ", the nearest is " + backticked(nearest);
  Error error(Code::not_found, std::move(message));
  if (!nearest.empty()) error.with("nearest", std::string(nearest));
  throw error;
}

}  // namespace partnership
