// SPDX-License-Identifier: Apache-2.0
//
// Runs cases in the format that suite/README.md describes: a JSON object a line with id, lets,
// inputs, input_types, feel, type, expect, error and perhaps calendar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace partnership::feel::test {

struct Outcome {
  std::string id;
  bool passed = false;
  std::string expression, expected, got;  // `got` with the warnings and diagnostics
};

// Throws Error where the line is not such a case.
Outcome run_case(std::string_view line);

}  // namespace partnership::feel::test
