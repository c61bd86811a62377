// SPDX-License-Identifier: Apache-2.0
//
// What the tests of partnership.hpp share. C++17, public headers only.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "partnership/partnership.hpp"

namespace pship::testing {

// The code with which a call fails, or PSHIP_OK.
template <class Call>
pship_status code_of(Call&& call) {
  try {
    call();
    return PSHIP_OK;
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()), "");
    EXPECT_GE(error.problems().size(), 1U);
    return error.code();
  }
}

}  // namespace pship::testing
