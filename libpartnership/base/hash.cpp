// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <nettle/sha2.h>

namespace partnership {

static_assert(SHA256_DIGEST_SIZE == std::tuple_size_v<Hash>);

namespace {

void update(sha256_ctx& context, std::string_view bytes) noexcept {
  if (bytes.empty()) return;  // its pointer may be null, which is no pointer to copy from
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

int digit_of(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Hash sha256(std::string_view bytes) noexcept {
  Hash out;
  sha256_ctx context;
  sha256_init(&context);
  update(context, bytes);
  sha256_digest(&context, out.size(), out.data());
  return out;
}

Hash sha256(std::uint8_t prefix, std::string_view first, std::string_view second) noexcept {
  Hash out;
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, 1, &prefix);
  update(context, first);
  update(context, second);
  sha256_digest(&context, out.size(), out.data());
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
