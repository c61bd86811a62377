// SPDX-License-Identifier: Apache-2.0
#include "feel/value.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {
namespace {

TEST(FeelValue, ShapesFindTheirKeysFewOrMany) {
  for (const int count : {0, 1, 2, 8, 9, 40, 1000}) {
    Arena arena;
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) texts.push_back("key " + std::to_string(i * 7919 % 1009));
    const std::vector<std::string_view> keys(texts.begin(), texts.end());
    const Shape* shape = Shape::make(arena, keys);
    ASSERT_EQ(shape->keys.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      EXPECT_EQ(shape->find(keys[i]), i);
      EXPECT_NE(shape->keys[i].data(), keys[i].data());  // its own copy
    }
    EXPECT_EQ(shape->find("key"), Shape::none);
    EXPECT_EQ(shape->find(""), Shape::none);
    EXPECT_EQ(shape->find("zzz"), Shape::none);
  }
}

// One value of every kind that lies in the arena, nested in each other.
Value everything(Arena& arena) {
  const std::string_view keys[] = {"text", "number", "moment", "range"};
  Range range{make_string(arena, "a"), make_string(arena, "b"), true, false};
  const Value values[] = {make_string(arena, "été"), *parse_number(arena, "1e40"),
                          *parse_date_time(arena, "2024-02-29T10:00:00@Asia/Beirut"),
                          Value::range(arena.make<Range>(range))};
  const Value context = make_context(arena, Shape::make(arena, keys), values);
  const Value items[] = {context, context, Value(), Value::boolean(true), make_list(arena, {})};
  return make_list(arena, items);
}

TEST(FeelValue, ACopyOutlivesWhatItWasMadeFrom) {
  Arena kept;
  Value copied;
  std::string before, after;
  {
    Arena arena;
    const Value value = everything(arena);
    append_expression(before, value);
    copied = copy(kept, value);
    ASSERT_TRUE(identical(copied, value));
  }  // the sanitizers would see what the copy still has of it
  append_expression(after, copied);
  EXPECT_EQ(after, before);
  EXPECT_EQ(copied.items()[0].context().shape, copied.items()[1].context().shape);
}

TEST(FeelValue, ACopyIsNotDeeperThanAThousand) {
  Arena arena, other;
  Value nested;
  for (int i = 0; i < 1000; ++i) nested = make_list(arena, {&nested, 1});
  EXPECT_TRUE(same(copy(other, nested), nested));
  nested = make_list(arena, {&nested, 1});
  EXPECT_THROW(copy(other, nested), Error);
}

TEST(FeelValue, RangesNestLikeLists) {
  Arena arena, other;
  Value nested = Value::boolean(true);
  for (int i = 0; i < 100'000; ++i) {
    nested = Value::range(arena.make<Range>(nested, Value(), true, false));
  }
  EXPECT_THROW(copy(other, nested), Error);
}

TEST(FeelValue, KindsHaveTheLanguagesNames) {
  EXPECT_EQ(kind_name(Kind::date_time), "date and time");
  EXPECT_EQ(kind_name(Kind::days_time_duration), "days and time duration");
  EXPECT_EQ(kind_name(Kind::years_months_duration), "years and months duration");
  EXPECT_EQ(kind_name(Value().kind()), "null");
}

}  // namespace
}  // namespace partnership::feel
