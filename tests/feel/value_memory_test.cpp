// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of numbers, temporal values and copies fails once: std::bad_alloc passes, and
// nothing is lost. (ICU allocates by itself; its zones are read before.)
#include <gtest/gtest.h>

#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"
#include "support/failing_memory.hpp"

namespace partnership::feel {
namespace {

TEST(FeelValueMemory, RunsOutAnywhere) {
  ASSERT_TRUE(find_zone("Asia/Beirut"));
  Arena warm;
  ASSERT_TRUE(temporal_add(warm, *parse_date_time(warm, "2024-03-30T12:00:00@Asia/Beirut"),
                           *parse_duration("P1D")));
  long leaked = 0;
  const long took = failing_memory::run_out(
      [] {
        try {
          Arena arena, other;
          Value values[] = {
              *parse_number(arena, "1e40"),
              *power(arena, *parse_number(arena, "1.1"), *parse_number(arena, "99.5")),
              *divide(arena, Value::small_number(1), Value::small_number(3)),
              *temporal_add(arena, *parse_date_time(arena, "2024-03-30T12:00:00@Asia/Beirut"),
                            *parse_duration("P1D"))};
          const std::string_view keys[] = {"a", "b", "c", "d"};
          Value nested = make_context(arena, Shape::make(arena, keys), values);
          for (int i = 0; i < 200; ++i) nested = make_list(arena, {&nested, 1});
          const Value copied = copy(other, nested);
          std::string text;
          append_string(text, copied);
          append_expression(text, copied);
          append_json(text, copied);
          return equal(copied, nested) == true && text.size() > 100;
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      10'000, leaked);
  EXPECT_GE(took, 8);
  EXPECT_EQ(leaked, 0);
}

}  // namespace
}  // namespace partnership::feel
