// SPDX-License-Identifier: Apache-2.0
//
// Memory that runs out when a test wants it to. Include it in one file of a test program: it
// replaces the global operator new. Other allocators may ask granted() and keep count of `live`.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <new>

namespace partnership::failing_memory {

inline thread_local long allowance =
    std::numeric_limits<long>::max();     // allocations yet to succeed
inline thread_local bool lasting = true;  // whether all after them fail, or only one
inline thread_local long refused =
    0;  // allocations that failed, or instead of which something was done
inline thread_local long live = 0;  // allocations not freed yet

// Called once instead of the failure, where set; the allocation then succeeds.
inline thread_local void (*instead)(void*) = nullptr;
inline thread_local void* instead_for = nullptr;

inline bool granted() noexcept {
  if (allowance > 0) {
    --allowance;
    return true;
  }
  if (instead != nullptr) {
    allowance = std::numeric_limits<long>::max();
    ++refused;
    instead(instead_for);
    return true;
  }
  ++refused;
  if (!lasting) allowance = std::numeric_limits<long>::max();
  return false;
}

inline void* allocate(std::size_t size) noexcept {
  if (!granted()) return nullptr;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) return nullptr;
  ++live;
  return memory;
}

// Not inlined, lest the compiler sees free() where it expects operator delete.
[[gnu::noinline]] inline void release(void* memory) noexcept {
  if (memory == nullptr) return;
  --live;
  std::free(memory);
}

// Runs `work` with memory for no allocation, for one, for two, ... until it reports that it had
// enough (answers true), or `most` were not enough. `work` must cope with std::bad_alloc itself.
// Returns how many allocations it took, or -1; `leaked` counts what failed runs did not give back.
template <class Work>
long run_out(const Work& work, long most, long& leaked) {
  leaked = 0;
  for (long n = 0; n <= most; ++n) {
    const long before = live;
    allowance = n;
    const bool enough = work();
    allowance = std::numeric_limits<long>::max();
    if (enough) return n;
    leaked += live - before;
  }
  return -1;
}

enum class Start {
  cold,
  warm,  // runs once with all memory before: what is made once and kept is no leak
};

// Runs `work`, which throws std::bad_alloc, until it has enough memory; it must have run out at
// least `least` times before, and leaked nothing.
template <class Work>
void expect_to_survive(const Work& work, long least, Start start = Start::cold) {
  if (start == Start::warm) work();
  long leaked = 0;
  const long took = run_out(
      [&] {
        try {
          work();
          return true;
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      200000, leaked);
  EXPECT_GE(took, least);
  EXPECT_EQ(leaked, 0);
}

}  // namespace partnership::failing_memory

// NOLINTBEGIN
void* operator new(std::size_t size) {
  void* memory = partnership::failing_memory::allocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return partnership::failing_memory::allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return partnership::failing_memory::allocate(size);
}
void operator delete(void* memory) noexcept {
  partnership::failing_memory::release(memory);
}
void operator delete[](void* memory) noexcept {
  partnership::failing_memory::release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  partnership::failing_memory::release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  partnership::failing_memory::release(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  partnership::failing_memory::release(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  partnership::failing_memory::release(memory);
}
// NOLINTEND
