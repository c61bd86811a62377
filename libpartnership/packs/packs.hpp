// SPDX-License-Identifier: Apache-2.0
//
// The data that ships with the library (calendars, criteria, charters, JSON Schemas), compiled in,
// and a folder of a user's own that comes before it. CMakeLists.txt lists what is compiled in. A
// name is the path below packs/: a kind and a file, e.g. "schemas/criteria.schema.json".
//
// What it will not do: judge what is in a file. Who asks for a pack reads it as what it should be.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/folder.hpp"

namespace partnership {

// The text of a file that is compiled in, followed by a NUL that the view does not count; empty for
// a name that there is not. Lives as long as the program.
std::string_view pack(std::string_view name) noexcept;

inline constexpr std::array<std::string_view, 4> pack_kinds = {"calendars", "charters", "criteria",
                                                               "schemas"};

class Packs {
 public:
  static constexpr std::size_t most_bytes = std::size_t{64} << 20U;  // of a file
  static constexpr std::size_t most_files = 10000;                   // of a kind, in the folder

  struct Entry {
    std::string name;
    std::string_view kind;   // of pack_kinds
    bool in_folder = false;  // else it is compiled in
  };

  Packs() = default;  // what is compiled in
  // `folder` has a folder a kind (any of them may be missing), with files `*.json`; one of a name
  // that is compiled in stands for it. Throws Error(not_found), Error(io); see Folder.
  explicit Packs(const std::string& folder) : folder_(folder) {}

  // Of all kinds, by name.
  std::vector<Entry> list() const;

  // The text of a pack. Throws Error(invalid_argument) for what is no name of a pack, such as one
  // that would leave the folder; Error(not_found), with the nearest name; Error(malformed) for a
  // file that is not UTF-8; Error(io), Error(limit).
  std::string text(std::string_view name) const;

 private:
  std::optional<Folder> folder_;
};

}  // namespace partnership
