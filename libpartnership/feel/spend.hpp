// SPDX-License-Identifier: Apache-2.0
//
// What work on values costs beside the instruction that does it: a small value may refer to a part
// of itself many times, and a text may be long. All of these throw OutOfBudget where the steps are
// used up, before the work is done.
#pragma once

#include <cstdint>
#include <string_view>

#include "feel/evaluation.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

constexpr std::uint64_t steps_of_a_power = 128;  // and of exp, log, sqrt

// Spends a step for every item, character and entry of a value before it is hashed or written.
// Throws OutOfBudget also where the value is nested deeper than a recursion over it should go.
void spend_on(Evaluation& evaluation, Value value);

// The same where it has parts: before it is checked part by part.
inline void spend_on_nested(Evaluation& evaluation, Value value) {
  if (value.is(Kind::list) || value.is(Kind::context) || value.is(Kind::range)) {
    spend_on(evaluation, value);
  }
}

// Before two texts, or two values, are compared. It costs nothing where that is quick.
void spend_on_texts(Evaluation& evaluation, std::string_view left, std::string_view right);
void spend_on_comparison(Evaluation& evaluation, Value left, Value right);

}  // namespace partnership::feel
