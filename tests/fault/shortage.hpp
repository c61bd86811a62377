// SPDX-License-Identifier: Apache-2.0
//
// One count over the allocations of C++ and of SQLite, so that the n-th of either can be made to
// fail. Include it in one file of a test program.
#pragma once

#include <sqlite3.h>

#include <cstdlib>
#include <limits>

#include "support/failing_memory.hpp"

namespace fault {

namespace memory = partnership::failing_memory;

inline sqlite3_mem_methods sqlite_memory{};  // SQLite's own

// Must come before any use of SQLite. Lookaside would serve small requests unseen.
inline bool take_over_sqlite_memory() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory) != SQLITE_OK) std::abort();
  sqlite3_mem_methods ours = sqlite_memory;
  ours.xMalloc = [](int size) -> void* {
    if (!memory::granted()) return nullptr;
    void* block = sqlite_memory.xMalloc(size);
    if (block != nullptr) ++memory::live;
    return block;
  };
  ours.xRealloc = [](void* block, int size) -> void* {
    return memory::granted() ? sqlite_memory.xRealloc(block, size) : nullptr;
  };
  ours.xFree = [](void* block) {
    if (block != nullptr) --memory::live;
    sqlite_memory.xFree(block);
  };
  if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK) std::abort();
  if (sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) std::abort();
  return true;
}
inline const bool sqlite_memory_taken = take_over_sqlite_memory();

enum class Lack : bool { once, lasting };

// While it lives, memory for `n` allocations; then one fails (once) or all do (lasting).
class Shortage {
 public:
  Shortage(long n, Lack lack) {
    memory::refused = 0;
    memory::lasting = lack == Lack::lasting;
    memory::allowance = n;
  }
  ~Shortage() { end(); }
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;

  // Ends it; whether anything was refused.
  bool end() {
    memory::allowance = std::numeric_limits<long>::max();
    return memory::refused > 0;
  }
};

}  // namespace fault
