// SPDX-License-Identifier: Apache-2.0
//
// Sets of expressions, cases and values for the tests of feel.h.
#pragma once

#include "harness.hpp"

namespace pship_testing {

inline constexpr std::string_view rules =
    R"({"late": "day > @\"2026-01-31\"", "enough": "count(votes[item >= 2]) >= n",
        "odd": "n + \"x\"", "name": "side"})";
inline constexpr std::string_view schema =
    R"({"day": "date", "n": "number", "side": "string?", "votes": "list<number>",
        "box": {"at": "time?"}})";
inline constexpr std::string_view early =
    R"({"day": "2026-01-05", "n": 1, "side": "public", "votes": [1, 2.5]})";
inline constexpr std::string_view late = R"({"day": "2026-02-01", "n": 3, "votes": []})";

inline Owned<pship_feel> compiled(std::string_view expressions = rules,
                                  std::string_view types = schema) {
  return made<pship_feel>([&](auto** out) {
    return pship_feel_compile(expressions.data(), expressions.size(), types.data(), types.size(),
                              nullptr, out, nullptr);
  });
}

inline Owned<pship_feel_case> read_case(const pship_feel* feel, std::string_view json) {
  return made<pship_feel_case>([&](auto** out) {
    return pship_feel_case_read(feel, json.data(), json.size(), out, nullptr);
  });
}

// The value of one expression, over a case without members.
inline Owned<pship_value> value_of(const std::string& expression) {
  std::string document = "{\"it\": \"";
  for (const char c : expression) {
    if (c == '"') document += '\\';
    document += c;
  }
  const auto feel = compiled(document + "\"}", {});
  return made<pship_value>([&](auto** out) {
    return pship_feel_evaluate(feel.get(), 0, nullptr, nullptr, nullptr, out, nullptr, nullptr);
  });
}

inline std::string expression_of(const pship_value* value) {
  return said(made<pship_text>([&](auto** out) {
                return pship_value_expression(value, out, nullptr);
              }).get());
}

}  // namespace pship_testing
