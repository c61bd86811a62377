// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <sodium.h>

namespace partnership {

static_assert(crypto_hash_sha256_BYTES == std::tuple_size_v<Hash>);

namespace {

const unsigned char* unsigned_bytes(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

int digit_of(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

// libsodium has one implementation of SHA-256, so that nothing here needs sodium_init().
Hash sha256(std::string_view bytes) noexcept {
  Hash out;
  crypto_hash_sha256(out.data(), unsigned_bytes(bytes), bytes.size());
  return out;
}

Hash sha256(std::uint8_t prefix, std::string_view first, std::string_view second) noexcept {
  Hash out;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, &prefix, 1);
  crypto_hash_sha256_update(&state, unsigned_bytes(first), first.size());
  crypto_hash_sha256_update(&state, unsigned_bytes(second), second.size());
  crypto_hash_sha256_final(&state, out.data());
  return out;
}

std::string hex(const Hash& hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::optional<Hash> hash_of(std::string_view hex) noexcept {
  Hash out;
  if (hex.size() != 2 * out.size()) return std::nullopt;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = digit_of(hex[2 * i]);
    const int low = digit_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

}  // namespace partnership
