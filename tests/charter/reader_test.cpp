// SPDX-License-Identifier: Apache-2.0
//
// Charter documents that are good: what is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CharterReader, ReadsTheHead) {
  ASSERT_THAT(problems_of(whole()), IsEmpty());
  const auto charter = Charter::load(whole());
  EXPECT_EQ(charter->id(), "test-charter");
}

}  // namespace
}  // namespace partnership::charter
