// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "feel/builtins_support.hpp"

namespace partnership::feel {
namespace {

TEST(BuiltinText, Substring) {
  EXPECT_EQ(given(R"(substring("foobar", 3))"), R"("obar")");
}
}
}
