// SPDX-License-Identifier: Apache-2.0
//
// What a harness does about a property that does not hold.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace partnership {

inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace partnership
