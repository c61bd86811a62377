// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace partnership {
namespace {

std::vector<std::uint8_t> bytes_of_stream(RandomStream& stream, std::size_t count) {
  std::vector<std::uint8_t> out;
  while (out.size() < count) {
    const std::uint64_t value = stream.next();
    for (unsigned i = 0; i < 8; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  out.resize(count);
  return out;
}

TEST(Random, IsLibsodiumsDeterministicStream) {
  for (const std::string seed :
       {"", "a", "partnership", "\xd8\xa3\xd9\x81\xd9\x83\xd8\xa7\xd8\xb1"}) {
    const Hash key = sha256(seed);
    std::vector<std::uint8_t> expected(4096);
    randombytes_buf_deterministic(expected.data(), expected.size(), key.data());
    RandomStream by_text(seed), by_key(key);
    EXPECT_EQ(bytes_of_stream(by_text, expected.size()), expected);
    EXPECT_EQ(bytes_of_stream(by_key, expected.size()), expected);
  }
}

TEST(Random, GivesTheFirstNumbersThatWereWrittenDown) {
  RandomStream stream(std::string_view("partnership"));
  const std::array<std::uint64_t, 4> first = {8765421308086431197U, 6291602024706737103U,
                                              10875449891950403812U, 1385838419772166041U};
  for (const std::uint64_t expected : first) EXPECT_EQ(stream.next(), expected);
}

// A model of `below` written over wide numbers.
std::uint64_t naive_below(RandomStream& stream, std::uint64_t n) {
  __extension__ using Wide = unsigned __int128;
  const Wide all = Wide{1} << 64U;
  const Wide end = all - all % n;
  for (;;) {
    const std::uint64_t value = stream.next();
    if (value < end) return static_cast<std::uint64_t>(value % n);
  }
}

TEST(Random, RejectsWhatWouldMakeANumberLikelier) {
  const std::uint64_t half = std::uint64_t{1} << 63U;
  for (const std::uint64_t n :
       {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{1000}, half - 1, half,
        half + 1, half + half / 2, UINT64_MAX - 1, UINT64_MAX}) {
    RandomStream a(std::string_view("x")), b(std::string_view("x"));
    for (int i = 0; i < 2000; ++i) {
      const std::uint64_t value = a.below(n);
      ASSERT_LT(value, n);
      ASSERT_EQ(value, naive_below(b, n)) << n;
    }
  }
}

TEST(Random, ShufflesIntoEveryOrderAlike) {
  RandomStream stream(std::string_view("orders"));
  std::map<std::vector<int>, int> seen;
  for (int i = 0; i < 24000; ++i) {
    std::vector<int> items(4);
    std::iota(items.begin(), items.end(), 0);
    stream.shuffle(std::span(items));
    ++seen[items];
  }
  ASSERT_EQ(seen.size(), 24U);
  double chi_square = 0;
  for (const auto& [order, count] : seen) chi_square += (count - 1000.0) * (count - 1000.0) / 1000;
  EXPECT_LT(chi_square, 49.7);  // 23 degrees of freedom: one in a thousand is above
}

}  // namespace
}  // namespace partnership
