// SPDX-License-Identifier: Apache-2.0
//
// Texts by number: equal texts have equal codes, so that columns of texts are compared as numbers.
// Codes count from 0 in the order in which the texts were first seen.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>
#include <vector>

#include "feel/arena.hpp"

namespace partnership::feel {

class Dictionary {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  Dictionary() : slots_(first_slots, 0) {}

  // The code of `text`, which is copied into `arena` when it is new. Throws Error(limit) past
  // 2^31 texts.
  std::uint32_t intern(std::string_view text, Arena& arena) {
    const std::uint32_t hash = hash_of(text);
    std::size_t at = hash & (slots_.size() - 1);
    for (unsigned probes = 0; probes < most_probes; ++probes) {
      const std::uint32_t slot = slots_[at];
      if (slot == 0) break;
      const Entry& entry = entries_[slot - 1];
      if (entry.hash == hash && text == std::string_view(entry.data, entry.size)) return slot - 1;
      at = (at + 1) & (slots_.size() - 1);
    }
    return add(text, hash, arena);
  }
  std::uint32_t find(std::string_view text) const;  // none: not seen

  std::string_view text(std::uint32_t code) const noexcept {
    return {entries_[code].data, entries_[code].size};
  }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(entries_.size()); }

  // Forgets all and begins with the texts of `base` under the same codes; they stay where they are.
  void reset(const Dictionary& base);
  std::size_t memory() const noexcept;  // without the texts

  static std::uint32_t hash_of(std::string_view text) noexcept {
    constexpr std::uint64_t k1 = 0x9E3779B97F4A7C15U, k2 = 0xD6E8FEB86659FD93U;
    const char* p = text.data();
    std::size_t n = text.size();
    std::uint64_t hash = n * k1;
    for (; n > 16; n -= 8, p += 8) hash = mix(hash ^ load<std::uint64_t>(p)) * k2;
    std::uint64_t a = 0, b = 0;
    if (n >= 8) {
      a = load<std::uint64_t>(p);
      b = load<std::uint64_t>(p + n - 8);
    } else if (n >= 4) {
      a = load<std::uint32_t>(p);
      b = load<std::uint32_t>(p + n - 4);
    } else if (n > 0) {
      a = static_cast<std::uint64_t>(static_cast<unsigned char>(p[0])) |
          static_cast<std::uint64_t>(static_cast<unsigned char>(p[n / 2])) << 8U;
      b = static_cast<unsigned char>(p[n - 1]);
    }
    hash = mix((hash ^ a) * k1 + b) * k2;
    return static_cast<std::uint32_t>(hash >> 32U);
  }

 private:
  struct Entry {
    const char* data;
    std::uint32_t size;
    std::uint32_t hash;
  };
  static constexpr std::size_t first_slots = 256;
  // Beyond so many texts of neighbouring hashes a tree keeps the rest, lest texts that were chosen
  // for their hashes cost quadratic time.
  static constexpr unsigned most_probes = 32;

  template <class T>
  static T load(const char* p) noexcept {
    T out;
    std::memcpy(&out, p, sizeof(T));
    return out;
  }
  static std::uint64_t mix(std::uint64_t x) noexcept { return x ^ (x >> 29U); }

  std::uint32_t add(std::string_view text, std::uint32_t hash, Arena& arena);
  void place(std::uint32_t code);
  void rebuild(std::size_t slots);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // code + 1; 0: free; a power of two of them
  std::map<std::string_view, std::uint32_t> crowded_;
};

}  // namespace partnership::feel
