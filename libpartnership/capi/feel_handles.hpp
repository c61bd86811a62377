// SPDX-License-Identifier: Apache-2.0
//
// The handles of the condition language, for the files feel*.cpp.
//
// A pship_value is never made: a pointer to one is a pointer to a feel::Value, the root of a
// KeptValue or an item somewhere inside it, so that items need no handles of their own.
#pragma once

#include <memory>
#include <type_traits>

#include "capi/guard.hpp"
#include "feel/expression_set.hpp"
#include "partnership/feel.h"

struct pship_feel {
  std::shared_ptr<const partnership::feel::ExpressionSet> set;
};

struct pship_feel_case {
  std::shared_ptr<const partnership::feel::Case> content;
};

struct pship_feel_cases {
  std::shared_ptr<const partnership::feel::Cases> content;
};

namespace partnership::capi {

// What a value handle points into: the value first, so that a pointer to it is one to the whole.
struct ValueRoot {
  feel::Value value;
  std::shared_ptr<const feel::KeptValue> kept;
};
static_assert(std::is_standard_layout_v<ValueRoot>);

inline pship_value* new_value(std::shared_ptr<const feel::KeptValue> kept) {
  const feel::Value value = kept->value();
  return reinterpret_cast<pship_value*>(&(new ValueRoot{value, std::move(kept)})->value);
}
inline const feel::Value& value_of(const pship_value* value) noexcept {
  return *reinterpret_cast<const feel::Value*>(value);
}

// The number of an expression of the set; throws Error(invalid_argument) for one that there is not.
std::uint32_t expression_of(const pship_feel* feel, std::int32_t expression);

feel::Circumstances circumstances_of(const pship_calendar* calendar, const pship_options* options);

}  // namespace partnership::capi
