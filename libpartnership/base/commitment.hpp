// SPDX-License-Identifier: Apache-2.0
//
// The salted commitment to a personal payload: it stands in the journal for good, while the payload
// itself may be erased. 32 random bytes of salt hide even a payload that could be guessed.
#pragma once

#include <string_view>

#include "base/hash.hpp"

namespace partnership {

// SHA-256 of 0x02, the salt, the payload's canonical JSON. The prefix keeps it apart from the
// leaves (0x00) and nodes (0x01) of the Merkle tree.
inline Hash commitment(const Hash& salt, std::string_view canonical_payload) noexcept {
  return sha256(std::uint8_t{0x02}, bytes_of(salt), canonical_payload);
}

}  // namespace partnership
