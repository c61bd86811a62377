// SPDX-License-Identifier: Apache-2.0
//
// The key stream of ChaCha20 as RFC 8439 section 2.3 describes it: short rather than fast, and
// apart from the library that makes the draws it serves to check.
#pragma once

#include <array>
#include <cstdint>

#include "base/hash.hpp"

namespace partnership::verify {

using ChachaBlock = std::array<std::uint8_t, 64>;

ChachaBlock chacha20_block(const Hash& key, std::uint32_t counter,
                           const std::array<std::uint8_t, 12>& nonce) noexcept;

}  // namespace partnership::verify
