// SPDX-License-Identifier: Apache-2.0
//
// Each kernel against a plain loop, for every small size and some odd ones.
#include "feel/kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace partnership::feel::kernels {
namespace {

__extension__ using Wide = __int128;

constexpr std::size_t behind = 16;  // cells that loops may touch

class Kernels : public ::testing::Test {
 protected:
  std::mt19937 random{7};

  template <class T>
  std::vector<T> column(std::size_t n, T low, T high) {
    std::vector<T> out(n + behind);
    for (T& cell : out) cell = std::uniform_int_distribution<T>(low, high)(random);
    return out;
  }
  std::vector<std::uint64_t> mask(std::size_t n) {
    std::vector<std::uint64_t> out(words_of(n) + 1);
    for (std::uint64_t& word : out) word = std::uniform_int_distribution<std::uint64_t>()(random);
    return out;
  }
  // Offsets of segments of 0 to `most` items, from `base` on.
  std::vector<std::uint32_t> offsets(std::size_t parents, std::uint32_t base, std::uint32_t most) {
    std::vector<std::uint32_t> out = {base};
    for (std::size_t i = 0; i < parents; ++i) {
      out.push_back(out.back() + std::uniform_int_distribution<std::uint32_t>(0, most)(random));
    }
    return out;
  }
};

bool bit(const std::vector<std::uint64_t>& bits, std::size_t i) {
  return (bits[i / 64] >> (i % 64) & 1U) != 0;
}

template <class T>
bool holds(Compare op, T a, T b) {
  switch (op) {
    case Compare::eq:
      return a == b;
    case Compare::ne:
      return a != b;
    case Compare::lt:
      return a < b;
    case Compare::le:
      return a <= b;
    case Compare::gt:
      return a > b;
    default:
      return a >= b;
  }
}

constexpr Compare all_compares[] = {Compare::eq, Compare::ne, Compare::lt,
                                    Compare::le, Compare::gt, Compare::ge};

TEST_F(Kernels, CompareCellByCell) {
  for (std::size_t n = 0; n < 200; n += n < 70 ? 1 : 13) {
    const auto a = column<std::int32_t>(n, -3, 3), b = column<std::int32_t>(n, -3, 3);
    const auto c = column<std::int64_t>(n, -3, 3), d = column<std::int64_t>(n, -3, 3);
    for (const Compare op : all_compares) {
      std::vector<std::uint64_t> out[5];
      for (auto& words : out) words.resize(words_of(n) + 1);
      compare(op, a.data(), b.data(), n, out[0].data());
      compare(op, c.data(), d.data(), n, out[1].data());
      compare(op, a.data(), 1, n, out[2].data());
      compare(op, c.data(), std::int64_t{-1}, n, out[3].data());
      compare_difference(op, a.data(), b.data(), 2, n, out[4].data());
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(bit(out[0], i), holds(op, a[i], b[i])) << n << " " << i;
        ASSERT_EQ(bit(out[1], i), holds(op, c[i], d[i])) << n << " " << i;
        ASSERT_EQ(bit(out[2], i), holds(op, a[i], 1)) << n << " " << i;
        ASSERT_EQ(bit(out[3], i), holds(op, c[i], std::int64_t{-1})) << n << " " << i;
        ASSERT_EQ(bit(out[4], i), holds(op, a[i] - b[i], 2)) << n << " " << i;
        ASSERT_EQ(holds(op, a[i], b[i]), holds(flipped(op), b[i], a[i]));
      }
    }
  }
}

TEST_F(Kernels, MoveAndCountBits) {
  for (std::size_t n = 1; n < 200; ++n) {
    for (const std::size_t first : {0U, 1U, 63U, 64U, 77U}) {
      const auto bits = mask(n + first);
      std::vector<std::uint64_t> out(words_of(n) + 1);
      copy_bits(bits.data(), first, n, out.data());
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(bit(out, i), bit(bits, first + i));
    }
    const std::uint64_t word = mask(1)[0];
    int set = 0;
    for (unsigned i = 0; i < 64; ++i) set += static_cast<int>(word >> i & 1U);
    ASSERT_EQ(ones(word), set);
  }
}

TEST_F(Kernels, ReduceAndSpreadSegments) {
  for (std::size_t parents = 1; parents < 150; parents += 7) {
    for (const std::uint32_t most : {0U, 3U, 40U, 200U}) {
      const auto at = offsets(parents, 17, most);
      const Segments segments{at.data(), 17, parents};
      const std::size_t n = at.back() - 17;
      const auto bits = mask(n);
      const auto above = mask(parents);
      const auto values = column<std::int32_t>(parents, -9, 9);
      std::vector<std::uint64_t> some(words_of(parents) + 1), every = some,
                                                              spread_out(words_of(n) + 1);
      std::vector<std::int64_t> counts(parents + behind), sizes = counts;
      std::vector<std::int32_t> spread_values(n + behind);
      any(segments, bits.data(), some.data());
      all(segments, bits.data(), every.data());
      count(segments, bits.data(), counts.data());
      lengths(segments, sizes.data());
      spread_bits(segments, above.data(), spread_out.data());
      spread(segments, values.data(), spread_values.data());
      for (std::size_t p = 0; p < parents; ++p) {
        std::int64_t set = 0;
        for (std::size_t i = at[p] - 17; i < at[p + 1] - 17; ++i) {
          set += bit(bits, i);
          ASSERT_EQ(bit(spread_out, i), bit(above, p));
          ASSERT_EQ(spread_values[i], values[p]);
        }
        const std::int64_t size = at[p + 1] - at[p];
        ASSERT_EQ(counts[p], set);
        ASSERT_EQ(sizes[p], size);
        ASSERT_EQ(bit(some, p), set > 0);
        ASSERT_EQ(bit(every, p), set == size);
      }
    }
  }
}

TEST_F(Kernels, FindEqualItems) {
  for (std::size_t parents = 1; parents < 100; parents += 9) {
    for (const std::uint32_t most : {2U, 30U, 150U}) {
      const auto at_a = offsets(parents, 3, 4), at_b = offsets(parents, 0, most);
      const Segments of_a{at_a.data(), 3, parents}, of_b{at_b.data(), 0, parents};
      const std::size_t n_a = at_a.back() - 3, n_b = at_b.back();
      const auto a = column<std::int32_t>(n_a, 0, 40), b = column<std::int32_t>(n_b, 0, 40);
      const std::vector<std::int64_t> wide_a(a.begin(), a.end()), wide_b(b.begin(), b.end());
      const auto filter = mask(n_b);
      for (const bool filtered : {false, true}) {
        std::vector<std::uint64_t> out(words_of(n_a) + 1), wide = out;
        const std::uint64_t* const which = filtered ? filter.data() : nullptr;
        any_equal(of_a, a.data(), of_b, b.data(), which, out.data());
        any_equal(of_a, wide_a.data(), of_b, wide_b.data(), which, wide.data());
        for (std::size_t p = 0; p < parents; ++p) {
          for (std::size_t i = at_a[p] - 3; i < at_a[p + 1] - 3; ++i) {
            bool found = false;
            for (std::size_t j = at_b[p]; j < at_b[p + 1]; ++j) {
              found = found || (a[i] == b[j] && (!filtered || bit(filter, j)));
            }
            ASSERT_EQ(bit(out, i), found);
            ASSERT_EQ(bit(wide, i), found);
          }
        }
      }
    }
  }
}

TEST_F(Kernels, CalculateAndNoteOverflow) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::int64_t> a = {1, most, -most - 1, 5, 0, most / 2 + 1},
                                  b = {2, 1, -1, -7, 3, 2};
  const Arithmetic ops[] = {Arithmetic::add, Arithmetic::subtract, Arithmetic::multiply};
  for (const Arithmetic op : ops) {
    std::vector<std::int64_t> out(a.size());
    std::vector<std::uint64_t> over(1);
    const bool some = arithmetic(op, a.data(), 1, b.data(), 1, a.size(), out.data(), over.data());
    EXPECT_EQ(some, over[0] != 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const Wide x = a[i], y = b[i];
      const Wide exact = op == Arithmetic::add ? x + y : op == Arithmetic::subtract ? x - y : x * y;
      const bool fits = exact >= -Wide{most} - 1 && exact <= most;
      EXPECT_EQ(bit(over, i), !fits);
      if (fits) {
        EXPECT_EQ(out[i], static_cast<std::int64_t>(exact));
      }
    }
  }
}

}  // namespace
}  // namespace partnership::feel::kernels
