// SPDX-License-Identifier: Apache-2.0
//
// A text that is an alternative of a std::variant. libstdc++ 12 holds that a variant of std::string
// can never be without a value, also where the copy of one fails for want of memory, and then
// destroys a text that was never made. Of a type of its own it does not hold that.
#pragma once

#include <string>
#include <utility>

namespace partnership {

struct HeldText : std::string {
  using std::string::string;
  HeldText(std::string text) noexcept : std::string(std::move(text)) {}
};

}  // namespace partnership
