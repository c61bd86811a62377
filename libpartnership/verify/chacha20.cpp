// SPDX-License-Identifier: Apache-2.0
#include "verify/chacha20.hpp"

#include <bit>
#include <cstddef>

namespace partnership::verify {

namespace {

using State = std::array<std::uint32_t, 16>;

void quarter_round(State& s, std::size_t a, std::size_t b, std::size_t c, std::size_t d) noexcept {
  s[a] += s[b];
  s[d] = std::rotl(s[d] ^ s[a], 16);
  s[c] += s[d];
  s[b] = std::rotl(s[b] ^ s[c], 12);
  s[a] += s[b];
  s[d] = std::rotl(s[d] ^ s[a], 8);
  s[c] += s[d];
  s[b] = std::rotl(s[b] ^ s[c], 7);
}

template <class Bytes>
std::uint32_t word(const Bytes& bytes, std::size_t index) noexcept {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value |= std::uint32_t{bytes[4 * index + i]} << (8 * i);
  return value;
}

}  // namespace

ChachaBlock chacha20_block(const Hash& key, std::uint32_t counter,
                           const std::array<std::uint8_t, 12>& nonce) noexcept {
  State start = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};  // "expand 32-byte k"
  for (std::size_t i = 0; i < 8; ++i) start[4 + i] = word(key, i);
  start[12] = counter;
  for (std::size_t i = 0; i < 3; ++i) start[13 + i] = word(nonce, i);
  State s = start;
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < 4; ++i) quarter_round(s, i, 4 + i, 8 + i, 12 + i);
    for (std::size_t i = 0; i < 4; ++i) {
      quarter_round(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
    }
  }
  ChachaBlock out;
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint32_t sum = s[i] + start[i];
    for (std::size_t byte = 0; byte < 4; ++byte) {
      out[4 * i + byte] = static_cast<std::uint8_t>(sum >> (8 * byte));
    }
  }
  return out;
}

}  // namespace partnership::verify
