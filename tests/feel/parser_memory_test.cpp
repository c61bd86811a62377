// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of a parse fails once: std::bad_alloc passes, and nothing is lost.
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "feel/parser.hpp"
#include "support/failing_memory.hpp"

namespace partnership::feel {
namespace {

// Whether it had memory enough; `is_right` says what must come out then.
bool parses(std::string_view text, bool strict, bool is_right) {
  try {
    Types types;
    const std::vector<Declaration> inputs = {
        {"people", types.parse("list<context<full name: string, side: string?, open: boolean>>")},
        {"count of seats", types.simple(TypeKind::number)}};
    ParseOptions options;
    options.inputs = inputs;
    options.strict = strict;
    std::vector<Diagnostic> found;
    const auto ast = parse(text, types, options, found);
    EXPECT_EQ(ast != nullptr, is_right);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void runs_out_anywhere(std::string_view text, bool strict, bool is_right) {
  long leaked = 0;
  const long took =
      failing_memory::run_out([&] { return parses(text, strict, is_right); }, 10'000, leaked);
  EXPECT_GE(took, 50);
  EXPECT_EQ(leaked, 0);
}

TEST(FeelParserMemory, RunsOutAnywhere) {
  runs_out_anywhere(
      "for p in people[side = \"gov\" and open], i in 1..count of seats return {k: p.full name, "
      "l m: if p.open then sum([i, 2]) else string length(string: \"x\\n\"), f: function(n: "
      "list<number>) f(n)[1], t: i in (< 3, [4..5)) and not(p instance of range<date>)}",
      true, true);
  runs_out_anywhere("[peolpe, count of seat + , (1 2), @\"x\", people[side], upper case(1, 2)]",
                    true, false);
  runs_out_anywhere("unknown name[other name = item].x", false, true);
}

}  // namespace
}  // namespace partnership::feel
