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
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i] == key && (key.size <= 16 || texts_[i] == text)) return i;
    }
    return keys_.size();
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
