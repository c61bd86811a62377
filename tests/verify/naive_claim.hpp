// SPDX-License-Identifier: Apache-2.0
//
// An oracle: whether what a certificate claims is true, found by enumeration, without a look at its
// proofs. For documents that a verifier accepts, so it takes their form for granted.
#pragma once

#include <string>
#include <string_view>

namespace partnership::naive {

// What is not true, or an empty text.
std::string untrue(std::string_view certificate);

}  // namespace partnership::naive
