// SPDX-License-Identifier: Apache-2.0
#include "feel/kept_value.hpp"

#include <algorithm>

#include "feel/function.hpp"

namespace partnership::feel {

namespace {

// Every value in a value, itself included.
template <class See>
void each(const Value& whole, const See& see) {
  std::vector<std::span<const Value>> waiting{{&whole, 1}};
  while (!waiting.empty()) {
    const std::span<const Value> values = waiting.back();
    waiting.pop_back();
    for (const Value& value : values) {
      see(value);
      see_parts(value, [&](std::span<const Value> parts) { waiting.push_back(parts); });
    }
  }
}

}  // namespace

bool KeptValue::take_functions() {
  bool some = false;
  each(value_, [&](const Value& value) {
    if (!value.is(Kind::function)) return;
    some = true;
    const Function& function = value.function();
    if (function.keeper != nullptr) return;  // of the case, which is kept
    Function* own = arena_.make<Function>(function);
    own->keeper = this;
    const_cast<Value&>(value) = Value::function(own);  // of this copy
  });
  return some;
}

void add_keepers(Value value, Keepers& keepers) {
  each(value, [&](const Value& each) {
    if (!each.is(Kind::function) || each.function().keeper == nullptr) return;
    std::shared_ptr<const void> keeper = each.function().keeper->shared_from_this();
    if (std::ranges::find(keepers, keeper) == keepers.end()) keepers.push_back(std::move(keeper));
  });
}

}  // namespace partnership::feel
