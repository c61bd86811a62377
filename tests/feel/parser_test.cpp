// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "feel/parser.hpp"

namespace partnership::feel {
namespace {

TEST(FeelParser, Smoke) {
  Types types;
  std::vector<Diagnostic> found;
  EXPECT_NE(parse("1 + 2", types, {}, found), nullptr);
}

}  // namespace
}  // namespace partnership::feel
