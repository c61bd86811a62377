// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "feel/evaluation.hpp"
#include "feel/value.hpp"

namespace partnership::feel::builtin {

// The numbers from the least on, in the arena; equal ones as they stood.
std::span<Value> sorted_numbers(Evaluation& evaluation, std::span<const Value> numbers);

}  // namespace partnership::feel::builtin
