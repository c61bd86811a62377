// SPDX-License-Identifier: Apache-2.0
//
// Material that is not part of the project: the rules and cases of the condition language.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace partnership::benchmarks {

// The text of a file in the folder `data` of where PSHIP_SHARED says; empty where there is none.
inline std::string read_material(const std::string& name) {
  const char* const folder = std::getenv("PSHIP_SHARED");
  std::ifstream in(std::string(folder == nullptr ? "" : folder) + "/data/" + name,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace partnership::benchmarks
