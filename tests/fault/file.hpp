// SPDX-License-Identifier: Apache-2.0
//
// The register's file from outside: the files it consists of, and what stands in it when nobody has
// it open.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fault/calls.hpp"

namespace fault {

inline constexpr const char* endings[] = {"", "-wal", "-shm", "-journal"};

inline void copy_register(const std::string& from, const std::string& to) {
  for (const std::string end : endings) {
    std::filesystem::remove(to + end);
    // The index of the write-ahead log is made anew by whoever comes first.
    if (end != "-shm" && std::filesystem::exists(from + end)) {
      std::filesystem::copy_file(from + end, to + end);
    }
  }
}

// What SQLite itself says of a file.
inline std::string integrity(const std::string& path) {
  sqlite3* raw = nullptr;
  std::string said;
  if (sqlite3_open(path.c_str(), &raw) == SQLITE_OK) {
    sqlite3_exec(
        raw, "PRAGMA integrity_check",
        [](void* to, int, char** values, char**) {
          *static_cast<std::string*>(to) += values[0];
          return 0;
        },
        &said, nullptr);
  }
  sqlite3_close(raw);
  return said;
}

// Whether the file holds one of these states, takes part in everything and is sound. The register
// comes first: SQLite would tidy up after a crash before it.
inline testing::AssertionResult stored(const std::string& path,
                                       const std::vector<std::string>& states) {
  auto platform = pship_testing::open_register(path);
  if (platform == nullptr) return testing::AssertionFailure() << "does not open";
  const std::string state = state_of(platform.get());
  if (std::ranges::find(states, state) == states.end()) return same(state, states.front());
  if (const auto result = usable(platform.get()); !result) return result;
  platform.reset();
  if (const std::string said = integrity(path); said != "ok") {
    return testing::AssertionFailure() << "integrity_check: " << said;
  }
  return testing::AssertionSuccess();
}

}  // namespace fault
