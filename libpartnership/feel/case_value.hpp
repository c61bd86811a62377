// SPDX-License-Identifier: Apache-2.0
//
// JSON to plain values of FEEL, where no schema says more: numbers exactly as they are written (34
// digits), texts as texts, objects as contexts. Objects of one array that have the same names share
// a shape.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_scan.hpp"
#include "feel/arena.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// Throws Error(malformed) or Error(limit) with place, as json::Document::parse does; also for
// numbers beyond FEEL's.
Value read_json_value(std::string_view text, Arena& arena, const json::Limits& limits = {});

// Reads one value after another from a cursor; keeps its memory.
class JsonValues {
 public:
  // The value at the cursor, which moves behind it. `depth`: how many brackets may be open in it.
  Value read(json::Cursor& cursor, Arena& arena, std::size_t depth);

 private:
  struct Open {
    bool object;
    std::size_t values;  // where its own begin
    std::size_t names;
  };
  bool begin(json::Cursor& cursor, Arena& arena, std::size_t depth);
  bool end(json::Cursor& cursor, Arena& arena);
  void name(json::Cursor& cursor, Arena& arena);
  Value close(const json::Cursor& cursor, Arena& arena);
  void refuse_repeated_names(const json::Cursor& cursor, std::size_t first);

  struct Name {
    std::string_view text;  // in the arena, or in the text that is read
    std::string_view raw;   // in the text
  };
  std::vector<Open> open_;
  std::vector<Value> values_;
  std::vector<Name> names_;
  std::vector<std::string_view> keys_;
  std::vector<const Shape*> shapes_;  // the last one of each depth
  std::vector<std::uint32_t> order_;
  std::string unescaped_;
};

// The value of a number's text: exact where it can be. Refuses those beyond FEEL's numbers.
Value number_of(const json::NumberText& number, const json::Cursor& cursor, Arena& arena);

}  // namespace partnership::feel
