// SPDX-License-Identifier: Apache-2.0
#include "feel/arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "base/error.hpp"

namespace partnership::feel {
namespace {

TEST(FeelArena, PiecesAreAlignedAndApart) {
  std::mt19937 engine(1);
  Arena arena;
  for (int round = 0; round < 3; ++round) {
    struct Piece {
      unsigned char* bytes;
      std::size_t size;
      unsigned char mark;
    };
    std::vector<Piece> pieces;
    for (int i = 0; i < 5000; ++i) {
      const std::size_t size = 1 + engine() % (engine() % 50 == 0 ? 20'000u : 40u);
      const std::size_t align = std::size_t{1} << engine() % 5;
      auto* bytes = static_cast<unsigned char*>(arena.allocate(size, align));
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(bytes) % align, 0u);
      const auto mark = static_cast<unsigned char>(engine());
      std::memset(bytes, mark, size);
      pieces.push_back({bytes, size, mark});
    }
    for (const Piece& piece : pieces) {
      for (std::size_t i = 0; i < piece.size; ++i) ASSERT_EQ(piece.bytes[i], piece.mark);
    }
    arena.clear();
  }
}

TEST(FeelArena, TakesNoMoreThanItsLimit) {
  Arena arena(10'000);
  EXPECT_THROW(arena.allocate(10'001, 1), Error);
  EXPECT_THROW(arena.array<std::uint64_t>(std::size_t{1} << 61), Error);
  std::size_t taken = 0;
  EXPECT_THROW(
      for (;;) {
        arena.allocate(100, 1);
        taken += 100;
      },
      Error);
  EXPECT_GE(taken, 9'000u);
  EXPECT_LE(arena.size(), 10'000u);
  arena.clear();
  EXPECT_NO_THROW(arena.allocate(1000, 16));
}

TEST(FeelArena, WantsNothingOfTheSystemOnceItIsWarm) {
  Arena arena;
  for (int i = 0; i < 100; ++i) arena.allocate(1000, 8);
  arena.clear();
  const std::size_t size = arena.size();
  for (int round = 0; round < 100; ++round) {
    for (int i = 0; i < 30; ++i) arena.allocate(1000, 8);
    arena.clear();
  }
  EXPECT_EQ(arena.size(), size);
}

}  // namespace
}  // namespace partnership::feel
