// SPDX-License-Identifier: Apache-2.0
//
// Memory of one evaluation, one case or one compiled expression: blocks that are filled from front
// to back and go away together. Whatever lives in an arena has a trivial destructor, so values are
// copied freely and nothing is counted.
//
// What it will not do: free a single object, or grow past its limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace partnership::feel {

class Arena {
 public:
  static constexpr std::size_t default_limit = std::size_t{256} << 20;

  explicit Arena(std::size_t limit = default_limit) noexcept : limit_(limit) {}
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `align` is a power of two of at most 16. Throws std::bad_alloc; Error(limit) past the limit.
  void* allocate(std::size_t size, std::size_t align) {
    const std::size_t gap = (0 - reinterpret_cast<std::uintptr_t>(next_)) & (align - 1);
    const auto room = static_cast<std::size_t>(end_ - next_);
    if (next_ == nullptr || room < gap || room - gap < size) return allocate_slowly(size);
    std::byte* const out = next_ + gap;
    next_ = out + size;
    return out;
  }

  template <class T, class... Arguments>
  T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
  }

  // `n` values, made anew; nullptr only where n is 0.
  template <class T>
  T* array(std::size_t n) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (n == 0) return nullptr;
    if (n > limit_ / sizeof(T)) throw_limit();
    auto* first = static_cast<T*>(allocate(n * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < n; ++i) ::new (first + i) T{};
    return first;
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* bytes = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  // Forgets all that was made; keeps the largest block.
  void clear() noexcept;
  // Bytes taken from the system.
  std::size_t size() const noexcept { return size_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };
  void* allocate_slowly(std::size_t size);
  [[noreturn]] void throw_limit() const;

  std::size_t limit_;
  std::size_t size_ = 0;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::vector<Block> blocks_;
};

}  // namespace partnership::feel
