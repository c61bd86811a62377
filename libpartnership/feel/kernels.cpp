// SPDX-License-Identifier: Apache-2.0
#include "feel/kernels.hpp"

#include <algorithm>
#include <cstring>

namespace partnership::feel::kernels {

namespace {

constexpr std::size_t step = 16;

// Eight bytes of 0 or 1 to eight bits, the first to the lowest.
inline std::uint64_t pack(const std::uint8_t* bytes) noexcept {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t word;
  std::memcpy(&word, bytes, 8);
  return (word * 0x0102040810204080U) >> 56U;
}

// Sets the bits for which `test(i)` holds, sixteen at a time, which compilers do at once.
template <class Test>
inline void fill(std::size_t n, std::uint64_t* out, const Test& test) noexcept {
  if (n == 1) {
    out[0] = test(0) ? 1 : 0;
    return;
  }
  for (std::size_t word = 0; word * 64 < n; ++word) {
    std::uint64_t bits = 0;
    const std::size_t end = std::min<std::size_t>(64, n - word * 64);
    for (std::size_t i = 0; i < end; i += step) {
      std::uint8_t holds[step];
      for (std::size_t j = 0; j < step; ++j) holds[j] = test(word * 64 + i + j) ? 1 : 0;
      bits |= (pack(holds) | pack(holds + 8) << 8U) << i;
    }
    out[word] = bits;
  }
}

template <class Left, class Right>
inline void compare_cells(Compare op, const Left& a, const Right& b, std::size_t n,
                          std::uint64_t* out) noexcept {
  switch (op) {
    case Compare::eq:
      return fill(n, out, [&](std::size_t i) { return a(i) == b(i); });
    case Compare::ne:
      return fill(n, out, [&](std::size_t i) { return a(i) != b(i); });
    case Compare::lt:
      return fill(n, out, [&](std::size_t i) { return a(i) < b(i); });
    case Compare::le:
      return fill(n, out, [&](std::size_t i) { return a(i) <= b(i); });
    case Compare::gt:
      return fill(n, out, [&](std::size_t i) { return a(i) > b(i); });
    case Compare::ge:
      return fill(n, out, [&](std::size_t i) { return a(i) >= b(i); });
  }
}

template <class T>
auto cells(const T* values) noexcept {
  return [values](std::size_t i) { return values[i]; };
}
template <class T>
auto same(T value) noexcept {
  return [value](std::size_t) { return value; };
}

// Calls use(parent, first, size) for each parent.
template <class Use>
inline void each(const Segments& segments, const Use& use) noexcept {
  for (std::size_t i = 0; i < segments.parents; ++i) {
    const std::size_t first = segments.offsets[i] - segments.base;
    use(i, first, segments.offsets[i + 1] - segments.offsets[i]);
  }
}

// Makes bit i of `out` from bit(first, size) of segment i.
template <class Bit>
inline void reduce(const Segments& segments, std::uint64_t* out, const Bit& bit) noexcept {
  std::uint64_t word = 0;
  each(segments, [&](std::size_t i, std::size_t first, std::size_t size) {
    word |= std::uint64_t{bit(first, size)} << (i % 64);
    if (i % 64 == 63 || i + 1 == segments.parents) {
      out[i / 64] = word;
      word = 0;
    }
  });
}

// Sets `size` bits from `first` on; those behind them on the last word are cleared.
inline void append_ones(std::uint64_t* out, std::size_t first, std::size_t size,
                        bool value) noexcept {
  while (size > 0) {
    const unsigned shift = first % 64;
    const std::size_t here = std::min<std::size_t>(size, 64 - shift);
    const std::uint64_t ones = (here == 64 ? 0 : std::uint64_t{1} << here) - 1;
    if (shift == 0) out[first / 64] = 0;
    if (value) out[first / 64] |= ones << shift;
    first += here;
    size -= here;
  }
}

template <class T>
inline void spread_cells(const Segments& segments, const T* values, T* out) noexcept {
  each(segments, [&](std::size_t i, std::size_t first, std::size_t size) {
    std::fill_n(out + first, size, values[i]);
  });
}

// Whether a cell of [first, first + size) of `b` equals `value` and is in the filter.
template <class T>
inline bool has_equal(const T* b, std::size_t first, std::size_t size, const std::uint64_t* filter,
                      T value) noexcept {
  for (std::size_t at = 0; at < size; at += 64) {
    const std::size_t here = std::min<std::size_t>(size - at, 64);
    std::uint64_t equal = 0;
    const T* const from = b + first + at;
    for (std::size_t i = 0; i < here; i += step) {
      std::uint8_t holds[step];
      for (std::size_t j = 0; j < step; ++j) holds[j] = from[i + j] == value ? 1 : 0;
      equal |= (pack(holds) | pack(holds + 8) << 8U) << i;
    }
    if (here < 64) equal &= (std::uint64_t{1} << here) - 1;
    if (filter != nullptr) equal &= bits_at(filter, first + at, here);
    if (equal != 0) return true;
  }
  return false;
}

template <class T>
inline void any_equal_cells(const Segments& of_a, const T* a, const Segments& of_b, const T* b,
                            const std::uint64_t* filter, std::uint64_t* out) noexcept {
  std::uint64_t word = 0;
  std::size_t last = 0;  // cells of A that were seen
  each(of_a, [&](std::size_t parent, std::size_t first, std::size_t size) {
    const std::size_t first_b = of_b.offsets[parent] - of_b.base;
    const std::size_t size_b = of_b.offsets[parent + 1] - of_b.offsets[parent];
    const bool skip = size_b != 0 && size > most_pairs / size_b;
    for (std::size_t i = first; i < first + size; ++i) {
      const bool found = !skip && has_equal(b, first_b, size_b, filter, a[i]);
      word |= std::uint64_t{found} << (i % 64);
      if (i % 64 == 63) {
        out[i / 64] = word;
        word = 0;
      }
    }
    last = first + size;
  });
  if (last % 64 != 0) out[last / 64] = word;
}

}  // namespace

void compare(Compare op, const std::int32_t* a, const std::int32_t* b, std::size_t n,
             std::uint64_t* out) noexcept {
  compare_cells(op, cells(a), cells(b), n, out);
}
void compare(Compare op, const std::int64_t* a, const std::int64_t* b, std::size_t n,
             std::uint64_t* out) noexcept {
  compare_cells(op, cells(a), cells(b), n, out);
}
void compare(Compare op, const std::int32_t* a, std::int32_t b, std::size_t n,
             std::uint64_t* out) noexcept {
  compare_cells(op, cells(a), same(b), n, out);
}
void compare(Compare op, const std::int64_t* a, std::int64_t b, std::size_t n,
             std::uint64_t* out) noexcept {
  compare_cells(op, cells(a), same(b), n, out);
}
void compare_difference(Compare op, const std::int32_t* a, const std::int32_t* b, std::int32_t c,
                        std::size_t n, std::uint64_t* out) noexcept {
  // Cells behind the last one may hold anything, so the difference is one of unsigned numbers.
  const auto difference = [a, b](std::size_t i) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a[i]) -
                                     static_cast<std::uint32_t>(b[i]));
  };
  compare_cells(op, difference, same(c), n, out);
}

void copy_bits(const std::uint64_t* bits, std::size_t first, std::size_t n,
               std::uint64_t* out) noexcept {
  for (std::size_t i = 0; i < n; i += 64) {
    out[i / 64] = bits_at(bits, first + i, std::min<std::size_t>(64, n - i));
  }
}

void any(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept {
  reduce(segments, out, [bits](std::size_t first, std::size_t size) {
    for (; size > 64; first += 64, size -= 64) {
      if (bits_at(bits, first, 64) != 0) return true;
    }
    return size > 0 && bits_at(bits, first, size) != 0;
  });
}

void all(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept {
  reduce(segments, out, [bits](std::size_t first, std::size_t size) {
    for (; size > 64; first += 64, size -= 64) {
      if (~bits_at(bits, first, 64) != 0) return false;
    }
    return size == 0 || bits_at(bits, first, size) == ~std::uint64_t{0} >> (64 - size);
  });
}

void count(const Segments& segments, const std::uint64_t* bits, std::int64_t* out) noexcept {
  each(segments, [&](std::size_t i, std::size_t first, std::size_t size) {
    std::int64_t sum = 0;
    for (; size > 64; first += 64, size -= 64) sum += ones(bits_at(bits, first, 64));
    if (size > 0) sum += ones(bits_at(bits, first, size));
    out[i] = sum;
  });
}

void lengths(const Segments& segments, std::int64_t* out) noexcept {
  each(segments, [&](std::size_t i, std::size_t, std::size_t size) {
    out[i] = static_cast<std::int64_t>(size);
  });
}

void spread_bits(const Segments& segments, const std::uint64_t* bits, std::uint64_t* out) noexcept {
  each(segments, [&](std::size_t i, std::size_t first, std::size_t size) {
    append_ones(out, first, size, (bits[i / 64] >> (i % 64) & 1U) != 0);
  });
}

void spread(const Segments& segments, const std::int32_t* values, std::int32_t* out) noexcept {
  spread_cells(segments, values, out);
}
void spread(const Segments& segments, const std::int64_t* values, std::int64_t* out) noexcept {
  spread_cells(segments, values, out);
}

void any_equal(const Segments& of_a, const std::int32_t* a, const Segments& of_b,
               const std::int32_t* b, const std::uint64_t* filter, std::uint64_t* out) noexcept {
  any_equal_cells(of_a, a, of_b, b, filter, out);
}
void any_equal(const Segments& of_a, const std::int64_t* a, const Segments& of_b,
               const std::int64_t* b, const std::uint64_t* filter, std::uint64_t* out) noexcept {
  any_equal_cells(of_a, a, of_b, b, filter, out);
}

bool arithmetic(Arithmetic op, const std::int64_t* a, std::size_t step_a, const std::int64_t* b,
                std::size_t step_b, std::size_t n, std::int64_t* out,
                std::uint64_t* overflow) noexcept {
  bool some = false;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t left = a[i * step_a], right = b[i * step_b];
    const bool over = op == Arithmetic::add        ? __builtin_add_overflow(left, right, out + i)
                      : op == Arithmetic::subtract ? __builtin_sub_overflow(left, right, out + i)
                                                   : __builtin_mul_overflow(left, right, out + i);
    if (over) {
      overflow[i / 64] |= std::uint64_t{1} << (i % 64);
      some = true;
    }
  }
  return some;
}

}  // namespace partnership::feel::kernels
