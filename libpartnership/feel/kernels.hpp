// SPDX-License-Identifier: Apache-2.0
//
// Loops over columns and bit masks: plain C++ that compilers turn into vector code. A mask is an
// array of 64-bit words, bit i of word i / 64 for cell i; bits behind the last cell say nothing.
// Columns may be read up to column_step - 1 cells behind their last one, and results must have room
// for as many.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace partnership::feel::kernels {

enum class Compare : std::uint8_t { eq, ne, lt, le, gt, ge };

// a op b is b flipped(op) a.
constexpr Compare flipped(Compare op) noexcept {
  switch (op) {
    case Compare::lt:
      return Compare::gt;
    case Compare::le:
      return Compare::ge;
    case Compare::gt:
      return Compare::lt;
    case Compare::ge:
      return Compare::le;
    default:
      return op;
  }
}

constexpr std::size_t words_of(std::size_t cells) noexcept {
  return (cells + 63) / 64;
}

// out = a[i] ? b[i] and the like, bit by bit.
void compare(Compare op, const std::int32_t* a, const std::int32_t* b, std::size_t n,
             std::uint64_t* out) noexcept;
void compare(Compare op, const std::int64_t* a, const std::int64_t* b, std::size_t n,
             std::uint64_t* out) noexcept;
void compare(Compare op, const std::int32_t* a, std::int32_t b, std::size_t n,
             std::uint64_t* out) noexcept;
void compare(Compare op, const std::int64_t* a, std::int64_t b, std::size_t n,
             std::uint64_t* out) noexcept;
// a[i] - b[i] against c; neither difference may overflow.
void compare_difference(Compare op, const std::int32_t* a, const std::int32_t* b, std::int32_t c,
                        std::size_t n, std::uint64_t* out) noexcept;

// The n bits from bit `first` on, moved to bit 0.
void copy_bits(const std::uint64_t* bits, std::size_t first, std::size_t n,
               std::uint64_t* out) noexcept;

// The 1 to 64 bits from `first` on.
inline std::uint64_t bits_at(const std::uint64_t* bits, std::size_t first, std::size_t n) noexcept {
  const unsigned shift = first % 64;
  std::uint64_t word = bits[first / 64] >> shift;
  if (shift + n > 64) word |= bits[first / 64 + 1] << (64 - shift);
  return n == 64 ? word : word & ((std::uint64_t{1} << n) - 1);
}

// How many bits are set, in few steps also where the processor has no instruction for it.
inline std::int64_t ones(std::uint64_t word) noexcept {
  word -= word >> 1U & 0x5555555555555555U;
  word = (word & 0x3333333333333333U) + (word >> 2U & 0x3333333333333333U);
  word = (word + (word >> 4U)) & 0x0f0f0f0f0f0f0f0fU;
  return static_cast<std::int64_t>((word * 0x0101010101010101U) >> 56U);
}

// ---- Segments: the items of parent i are the cells [offsets[i] - base, offsets[i + 1] - base).

struct Segments {
  const std::uint32_t* offsets;
  std::uint32_t base;
  std::size_t parents;
};

void any(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept;
// Whether no bit of `bits` is unset.
void all(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept;
void count(const Segments& segments, const std::uint64_t* bits, std::int64_t* out) noexcept;
void lengths(const Segments& segments, std::int64_t* out) noexcept;
// Each parent's bit or value to all its items.
void spread_bits(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept;
void spread(const Segments& segments, const std::int32_t* values, std::int32_t* out) noexcept;
void spread(const Segments& segments, const std::int64_t* values, std::int64_t* out) noexcept;

// Whether one of the items of B, of which `filter` (if any) is true, equals a[i], for each item i
// of A. Both have the same parents; those with more than most_pairs pairs are passed over.
inline constexpr std::size_t most_pairs = std::size_t{1} << 20;
void any_equal(const Segments& of_a, const std::int32_t* a, const Segments& of_b,
               const std::int32_t* b, const std::uint64_t* filter, std::uint64_t* out) noexcept;
void any_equal(const Segments& of_a, const std::int64_t* a, const Segments& of_b,
               const std::int64_t* b, const std::uint64_t* filter, std::uint64_t* out) noexcept;

// ---- Numbers. Cells whose result does not fit int64 are set in `overflow`, which they add to;
// they say whether there was one. Their results say nothing.

enum class Arithmetic : std::uint8_t { add, subtract, multiply };
// A step of 0 makes one value stand for all.
bool arithmetic(Arithmetic op, const std::int64_t* a, std::size_t step_a, const std::int64_t* b,
                std::size_t step_b, std::size_t n, std::int64_t* out,
                std::uint64_t* overflow) noexcept;

}  // namespace partnership::feel::kernels
