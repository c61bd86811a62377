// SPDX-License-Identifier: Apache-2.0
#include "feel/arena.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"

namespace partnership::feel {

namespace {
constexpr std::size_t first_block = 4096;
constexpr std::size_t largest_block = std::size_t{1} << 20;
}  // namespace

void Arena::throw_limit() const {
  throw Error(Code::limit, "more than " + std::to_string(limit_) + " bytes would be needed");
}

void* Arena::allocate_slowly(std::size_t size) {
  const std::size_t usual =
      blocks_.empty() ? first_block : std::min(largest_block, blocks_.back().size * 2);
  // operator new[] aligns to 16, which is the most that is asked for.
  if (size > limit_ || size_ > limit_ - size) throw_limit();
  const std::size_t fits = std::min(std::max(usual, size), limit_ - size_);
  blocks_.reserve(blocks_.size() + 1);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(fits), fits});
  size_ += fits;
  std::byte* const out = blocks_.back().bytes.get();
  next_ = out + size;
  end_ = out + fits;
  return out;
}

void Arena::clear() noexcept {
  if (blocks_.empty()) return;
  const auto largest = std::ranges::max_element(blocks_, {}, &Block::size);
  std::swap(*largest, blocks_.front());
  blocks_.erase(blocks_.begin() + 1, blocks_.end());
  size_ = blocks_.front().size;
  next_ = blocks_.front().bytes.get();
  end_ = next_ + size_;
}

}  // namespace partnership::feel
