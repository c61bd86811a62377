// SPDX-License-Identifier: Apache-2.0
//
// Turns a parsed expression into code for the machine. Parts that are the same whatever the case
// are calculated here, where that raises no warning. Recursion is bounded by the height of the tree
// (ParseLimits::height).
#pragma once

#include <memory>
#include <string_view>

#include "feel/code.hpp"

namespace partnership::feel {

struct UnitOptions {
  bool recorded = false;  // note each part that runs, for explanations
  // All operands of `and` and `or`, and all rounds of `some` and `every`, run, also behind the one
  // that decides.
  bool whole = false;
  // Where the whole expression is a function: the name by which it may call itself.
  std::string_view self;
};

// The unit refers to `ast` and to the text of `options.self`, which must outlive it. `scratch`
// calculates constant parts; its values and warnings are forgotten.
std::unique_ptr<Unit> compile_unit(const Ast& ast, const UnitOptions& options, Evaluation& scratch);

}  // namespace partnership::feel
