// SPDX-License-Identifier: Apache-2.0
//
// Random numbers that repeat: a stream of bytes from a seed of 32 bytes, the same on every machine.
// libsodium makes it (randombytes_buf_deterministic: ChaCha20 as in RFC 8439 with the seed as key,
// the nonce "LibsodiumDRG" and a block counter from 0).
//
// What it will not do: find a seed. It takes none from the clock or the operating system.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "base/hash.hpp"

namespace partnership {

class RandomStream {
 public:
  explicit RandomStream(const Hash& seed) noexcept : seed_(seed) {}
  // Of a text of any length: the seed is its SHA-256.
  explicit RandomStream(std::string_view text) noexcept : seed_(sha256(text)) {}

  // The next 8 bytes as a number, the lowest byte first. Throws Error(limit) after 2^38 bytes.
  std::uint64_t next();
  // 0 <= result < n, each equally likely: numbers at or above the greatest multiple of n that is at
  // most 2^64 are passed over, and the first other is taken modulo n. Asserted: n > 0.
  std::uint64_t below(std::uint64_t n);
  // Swaps until each order is equally likely: for i = size - 1 down to 1, i with below(i + 1).
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }
  }

 private:
  void refill();
  static constexpr std::size_t block = 64;  // of ChaCha20
  Hash seed_;
  std::array<std::uint8_t, 8 * block> bytes_{};
  std::size_t used_ = bytes_.size();
  std::uint64_t blocks_ = 0;  // made so far
};

}  // namespace partnership
