// SPDX-License-Identifier: Apache-2.0
//
// Which of a few texts one is, for texts that are asked about again and again.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace partnership::charter {

class TextIndex {
 public:
  TextIndex() = default;
  explicit TextIndex(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (const std::string& text : texts_) keys_.push_back(key_of(text));
  }
  std::size_t size() const noexcept { return keys_.size(); }
  // size(): none of them.
  std::size_t find(std::string_view text) const noexcept {
    const Key key = key_of(text);
    std::size_t found = keys_.size();
    if (key.size > 16) {
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (keys_[i] == key && texts_[i] == text) found = i;
      }
      return found;
    }
    // To the end, without a branch: where it would leave is as good as random.
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const std::uint64_t other =
          (keys_[i].head ^ key.head) | (keys_[i].tail ^ key.tail) | (keys_[i].size ^ key.size);
      found = other == 0 ? i : found;
    }
    return found;
  }

 private:
  // Of a text of at most 16 bytes, all of it.
  struct Key {
    std::uint64_t head, tail;
    std::size_t size;
    bool operator==(const Key&) const = default;
  };
  template <class T>
  static std::uint64_t load(const char* at) noexcept {
    T out;
    std::memcpy(&out, at, sizeof(T));
    return out;
  }
  static Key key_of(std::string_view text) noexcept {
    const char* const at = text.data();
    const std::size_t n = text.size();
    if (n >= 8) return {load<std::uint64_t>(at), load<std::uint64_t>(at + n - 8), n};
    if (n >= 4) return {load<std::uint32_t>(at), load<std::uint32_t>(at + n - 4), n};
    if (n == 0) return {0, 0, 0};
    return {load<std::uint8_t>(at),
            load<std::uint8_t>(at + n / 2) << 8U | load<std::uint8_t>(at + n - 1), n};
  }

  std::vector<std::string> texts_;
  std::vector<Key> keys_;
};

}  // namespace partnership::charter
