// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <sodium/crypto_stream_chacha20.h>
#include <sodium/randombytes.h>

#include <cassert>

#include "base/error.hpp"

namespace partnership {

static_assert(crypto_stream_chacha20_ietf_KEYBYTES == std::tuple_size_v<Hash>);
static_assert(randombytes_SEEDBYTES == std::tuple_size_v<Hash>);

// randombytes_buf_deterministic cannot go on where it stopped; the cipher under it can.
// sodium_init() is not called: it opens the system's source of randomness, and without it the
// portable code runs, which gives the same bytes.
void RandomStream::refill() {
  if (blocks_ >= std::uint64_t{1} << 32U) {
    throw Error(Code::limit, "a stream of random numbers ends after 2^38 bytes");
  }
  constexpr std::array<unsigned char, 12> nonce = {'L', 'i', 'b', 's', 'o', 'd',
                                                   'i', 'u', 'm', 'D', 'R', 'G'};
  static_assert(nonce.size() == crypto_stream_chacha20_ietf_NONCEBYTES);
  bytes_.fill(0);
  crypto_stream_chacha20_ietf_xor_ic(bytes_.data(), bytes_.data(), bytes_.size(), nonce.data(),
                                     static_cast<std::uint32_t>(blocks_), seed_.data());
  blocks_ += bytes_.size() / block;
  used_ = 0;
}

std::uint64_t RandomStream::next() {
  if (used_ == bytes_.size()) refill();
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= std::uint64_t{bytes_[used_ + i]} << (8 * i);
  used_ += 8;
  return value;
}

std::uint64_t RandomStream::below(std::uint64_t n) {
  assert(n > 0);
  const std::uint64_t over = (0 - n) % n;  // 2^64 modulo n
  for (;;) {
    const std::uint64_t value = next();
    if (value <= UINT64_MAX - over) return value % n;
  }
}

}  // namespace partnership
