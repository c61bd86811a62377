// SPDX-License-Identifier: Apache-2.0
//
// A value that stands by itself, with all that it points to, after its evaluation is over. A
// function goes on to need what made it: the code of its set, the case, what it captured. It
// remembers the kept value that keeps these, wherever it is copied to.
#pragma once

#include <memory>
#include <vector>

#include "feel/arena.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

using Keepers = std::vector<std::shared_ptr<const void>>;

class KeptValue : public std::enable_shared_from_this<KeptValue> {
 public:
  // A copy of the value, of at most so many bytes. `keepers` is asked for what functions need,
  // where there are some. Throws Error(limit) past the bytes and past 1,000 values within each
  // other.
  template <class Keep>
  static std::shared_ptr<const KeptValue> of(Value value, std::size_t bytes, const Keep& keepers) {
    const std::shared_ptr<KeptValue> out(new KeptValue(Arena(bytes)));
    out->value_ = copy(out->arena_, value);
    if (out->take_functions()) out->keepers_ = keepers();
    return out;
  }
  KeptValue(const KeptValue&) = delete;
  KeptValue& operator=(const KeptValue&) = delete;

  const Value& value() const noexcept { return value_; }

 private:
  explicit KeptValue(Arena arena) : arena_(std::move(arena)) {}
  // Makes itself the keeper of the functions that have none; whether there are functions at all.
  bool take_functions();

  Value value_;
  Arena arena_;
  Keepers keepers_;
};

// What keeps the functions in a value, which are none of a running evaluation.
void add_keepers(Value value, Keepers& keepers);

}  // namespace partnership::feel
