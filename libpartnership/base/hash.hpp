// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), through Nettle, which uses the processor's own instructions for it where
// there are any, and neither allocates nor fails.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace partnership {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes) noexcept;
// Of a one-byte prefix, then the bytes: the domain separation of RFC 9162.
Hash sha256(std::uint8_t prefix, std::string_view first, std::string_view second = {}) noexcept;

std::string hex(const Hash& hash);                           // 64 lower-case digits
std::optional<Hash> hash_of(std::string_view hex) noexcept;  // 64 hex digits, either case
inline std::string_view bytes_of(const Hash& hash) noexcept {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace partnership
