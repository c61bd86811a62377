// SPDX-License-Identifier: Apache-2.0
//
// What a harness does about a property that does not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/error.hpp"

namespace partnership {

inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

// An error about a document of `size` bytes says what is wrong with it, and where.
inline void demand_places(const Error& error, std::size_t size) {
  const Code code = error.code();
  demand(code == Code::malformed || code == Code::invalid_document || code == Code::limit,
         "why the document is refused");
  std::int64_t last = 0;
  for (const Problem& problem : error.problems()) {
    demand(!problem.message.empty() && problem.message.find('\n') == std::string::npos,
           "one line says what is wrong");
    if (problem.offset == no_offset) continue;
    demand(problem.offset >= last && problem.offset <= static_cast<std::int64_t>(size),
           "problems stand in the text, in its order");
    last = problem.offset;
  }
  demand(!error.problems().empty(), "something is wrong");
}

}  // namespace partnership
