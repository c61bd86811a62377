// SPDX-License-Identifier: Apache-2.0
//
// Things that are made once and lent to one thread at a time, so that calls need no allocation. A
// few lie ready; where more threads ask at once, more are made. What comes back when the pool is
// full, or says that it is `large()`, goes away.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace partnership::feel {

template <class T, std::size_t most = 16>
class Pool {
 public:
  Pool() = default;
  ~Pool() {
    for (std::atomic<T*>& slot : slots_) delete slot.load();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Gives the thing back when it goes out of scope.
  class Lent {
   public:
    Lent(Pool& pool, std::unique_ptr<T> thing) noexcept : pool_(pool), thing_(std::move(thing)) {}
    ~Lent() {
      if (thing_ != nullptr) pool_.give_back(std::move(thing_));
    }
    Lent(Lent&&) noexcept = default;
    Lent& operator=(Lent&&) = delete;
    T& operator*() const noexcept { return *thing_; }
    T* operator->() const noexcept { return thing_.get(); }
    std::unique_ptr<T> keep() noexcept { return std::move(thing_); }  // never gives it back

   private:
    Pool& pool_;
    std::unique_ptr<T> thing_;
  };

  template <class Make>
  Lent lend(const Make& make) {
    for (std::atomic<T*>& slot : slots_) {
      if (slot.load(std::memory_order_relaxed) == nullptr) continue;
      if (T* const thing = slot.exchange(nullptr, std::memory_order_acquire)) {
        return Lent(*this, std::unique_ptr<T>(thing));
      }
    }
    return Lent(*this, make());
  }

 private:
  void give_back(std::unique_ptr<T> thing) noexcept {
    if constexpr (requires { thing->large(); }) {
      if (thing->large()) return;
    }
    for (std::atomic<T*>& slot : slots_) {
      T* none = nullptr;
      if (slot.load(std::memory_order_relaxed) == nullptr &&
          slot.compare_exchange_strong(none, thing.get(), std::memory_order_release,
                                       std::memory_order_relaxed)) {
        static_cast<void>(thing.release());  // the slot has it now
        return;
      }
    }
  }

  std::array<std::atomic<T*>, most> slots_{};
};

}  // namespace partnership::feel
