// SPDX-License-Identifier: Apache-2.0
//
// Expressions as the tests of the built-in functions write them: what they give, as an expression,
// with a `!` behind it where warnings were raised.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "feel/evaluation.hpp"

namespace partnership::feel {

struct Answer {
  std::string value;
  std::vector<std::string> warnings;
};
Answer answer(std::string_view expression, const Moment& moment = {}, const Budget& budget = {});
// "3", "null", "null !"
std::string given(std::string_view expression, const Moment& moment = {});

struct Example {
  const char* expression;
  const char* expected;
};
void expect(std::initializer_list<Example> examples, const Moment& moment = {});

// Calls a built-in with values: the first signature that takes so many.
Value call(Evaluation& evaluation, std::string_view function, std::vector<Value> arguments);

}  // namespace partnership::feel
