// SPDX-License-Identifier: Apache-2.0
//
// A function that is exported and has no test of its own fails here: the tests of the suite CApi
// bear the names of the functions, and the list of exported names is the one that is compared with
// the library (tests/repo/exported_symbols.txt).
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

namespace {

std::set<std::string> exported() {
  const char* root = std::getenv("PSHIP_SOURCE_DIR");
  const std::string folder = root == nullptr ? "." : root;
  std::ifstream list(folder + "/tests/repo/exported_symbols.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(list, line);) {
    // The library that is loaded decides, in case the list runs ahead of it.
    if (dlsym(RTLD_DEFAULT, line.c_str()) != nullptr) names.insert(line);
  }
  return names;
}

std::set<std::string> tested() {
  std::set<std::string> names;
  const auto* all = testing::UnitTest::GetInstance();
  for (int i = 0; i < all->total_test_suite_count(); ++i) {
    const auto* suite = all->GetTestSuite(i);
    if (std::string(suite->name()) != "CApi") continue;
    for (int k = 0; k < suite->total_test_count(); ++k) {
      names.insert(suite->GetTestInfo(k)->name());
    }
  }
  return names;
}

TEST(CApiList, EveryExportedFunctionHasATestOfItsName) {
  const auto functions = exported();
  ASSERT_GT(functions.size(), 90U);
  EXPECT_THAT(tested(), testing::ContainerEq(functions));
}

}  // namespace
