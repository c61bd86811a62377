// SPDX-License-Identifier: Apache-2.0
//
// The relations of ranges against what they mean: a range is the set of its points, here those of a
// grid that is fine enough (two points between any two ends), with one far away on each side for
// what has no end.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "feel/builtins_support.hpp"
#include "feel/compare.hpp"

namespace partnership::feel {
namespace {

constexpr int last_end = 4;  // ends are 0 to 4; points lie at thirds, from -1 to 5

struct TestRange {
  Value value;
  std::set<int> points;  // in thirds
  int low, high;         // of its ends in thirds; far away where there is none
  bool low_closed, high_closed;
};

constexpr int far = 100;

class BuiltinRange : public testing::Test {
 protected:
  BuiltinRange() {
    evaluation.begin({});
    for (int low = -1; low <= last_end; ++low) {
      for (int high = low + 1; high <= last_end + 1; ++high) {
        for (int brackets = 0; brackets < 4; ++brackets) add(low, high, brackets);
      }
      if (low >= 0) add(low, low, 3);  // [a..a]
    }
    for (int point = -3; point <= 3 * (last_end + 1); ++point) points.push_back(point);
  }

  // -1 and last_end + 1: no end.
  void add(int low, int high, int brackets) {
    const bool has_low = low >= 0, has_high = high <= last_end;
    const bool low_closed = (brackets & 1) != 0, high_closed = (brackets & 2) != 0;
    if (!has_low && !has_high) return;
    if ((!has_low && low_closed) || (!has_high && high_closed)) return;
    TestRange out{{},         {},         has_low ? 3 * low : -far, has_high ? 3 * high : far,
                  low_closed, high_closed};
    for (int point = -3; point <= 3 * (last_end + 1); ++point) {
      const bool above = low_closed ? point >= out.low : point > out.low;
      const bool below = high_closed ? point <= out.high : point < out.high;
      if (above && below) out.points.insert(point);
    }
    out.value = Value::range(evaluation.arena().make<Range>(Range{has_low ? at(out.low) : Value(),
                                                                  has_high ? at(out.high) : Value(),
                                                                  low_closed, high_closed}));
    ranges.push_back(out);
  }

  // A point of the grid as a number: thirds are scaled away.
  static Value at(int thirds) { return Value::small_number(thirds); }

  bool ask(const char* function, Value left, Value right) {
    const Value got = call(evaluation, function, {left, right});
    EXPECT_TRUE(got.is(Kind::boolean)) << function;
    return got.is_true();
  }
  static std::string text(const TestRange& range) {
    std::string out;
    append_expression(out, range.value);
    return out;
  }

  Evaluation evaluation;
  std::vector<TestRange> ranges;
  std::vector<int> points;
};

bool subset(const std::set<int>& a, const std::set<int>& b) {
  return std::ranges::includes(b, a);
}
bool all_before(const std::set<int>& a, const std::set<int>& b) {
  return *a.rbegin() < *b.begin();
}
std::set<int> common(const std::set<int>& a, const std::set<int>& b) {
  std::set<int> out;
  std::ranges::set_intersection(a, b, std::inserter(out, out.end()));
  return out;
}

TEST_F(BuiltinRange, HasEnoughRanges) {
  EXPECT_GT(ranges.size(), 60U);
}

TEST_F(BuiltinRange, RelatesRangesAsTheirPointsAre) {
  using Naive = std::function<bool(const TestRange&, const TestRange&)>;
  const auto same_high = [](const TestRange& a, const TestRange& b) {
    return a.high == b.high && a.high_closed == b.high_closed;
  };
  const auto same_low = [](const TestRange& a, const TestRange& b) {
    return a.low == b.low && a.low_closed == b.low_closed;
  };
  // Begins or ends with points that the other has not.
  const auto begins_before = [](const TestRange& a, const TestRange& b) {
    return *a.points.begin() < *b.points.begin() || (a.low == -far && b.low != -far);
  };
  const auto ends_after = [](const TestRange& a, const TestRange& b) {
    return *a.points.rbegin() > *b.points.rbegin() || (a.high == far && b.high != far);
  };
  const Naive overlap = [](const TestRange& a, const TestRange& b) {
    return !common(a.points, b.points).empty();
  };
  const Naive before = [](const TestRange& a, const TestRange& b) {
    return all_before(a.points, b.points);
  };
  // The one point that they have in common ends the one and begins the other.
  const Naive meets = [](const TestRange& a, const TestRange& b) {
    const std::set<int> both = common(a.points, b.points);
    return both.size() == 1 && *both.begin() == a.high && *both.begin() == b.low && a.high_closed &&
           b.low_closed;
  };
  const Naive in = [&](const TestRange& a, const TestRange& b) {
    return subset(a.points, b.points) && !begins_before(a, b) && !ends_after(a, b);
  };
  const std::map<std::string, Naive> naive{
      {"before", before},
      {"after", [&](const TestRange& a, const TestRange& b) { return before(b, a); }},
      {"meets", meets},
      {"met by", [&](const TestRange& a, const TestRange& b) { return meets(b, a); }},
      {"overlaps", overlap},
      {"overlaps before",
       [&](const TestRange& a, const TestRange& b) {
         return overlap(a, b) && begins_before(a, b) && !ends_after(a, b);
       }},
      {"overlaps after",
       [&](const TestRange& a, const TestRange& b) {
         return overlap(a, b) && begins_before(b, a) && !ends_after(b, a);
       }},
      {"during", in},
      {"includes", [&](const TestRange& a, const TestRange& b) { return in(b, a); }},
      {"finishes",
       [&](const TestRange& a, const TestRange& b) { return same_high(a, b) && in(a, b); }},
      {"finished by",
       [&](const TestRange& a, const TestRange& b) { return same_high(a, b) && in(b, a); }},
      {"starts",
       [&](const TestRange& a, const TestRange& b) { return same_low(a, b) && in(a, b); }},
      {"started by",
       [&](const TestRange& a, const TestRange& b) { return same_low(a, b) && in(b, a); }},
      {"coincides",
       [&](const TestRange& a, const TestRange& b) { return same_low(a, b) && same_high(a, b); }},
  };
  for (const auto& [function, expected] : naive) {
    for (const TestRange& a : ranges) {
      for (const TestRange& b : ranges) {
        EXPECT_EQ(ask(function.c_str(), a.value, b.value), expected(a, b))
            << function << " " << text(a) << " " << text(b);
      }
    }
  }
}

TEST_F(BuiltinRange, RelatesPointsAndRangesAsTheirPointsAre) {
  for (const TestRange& range : ranges) {
    for (const int point : points) {
      const Value p = at(point);
      const bool before = point < *range.points.begin() && range.low != -far;
      const bool after = point > *range.points.rbegin() && range.high != far;
      const bool in = range.points.count(point) != 0;
      const std::string which = text(range) + " " + std::to_string(point);
      EXPECT_EQ(ask("before", p, range.value), before) << which;
      EXPECT_EQ(ask("after", range.value, p), before) << which;
      EXPECT_EQ(ask("after", p, range.value), after) << which;
      EXPECT_EQ(ask("before", range.value, p), after) << which;
      EXPECT_EQ(ask("during", p, range.value), in) << which;
      EXPECT_EQ(ask("includes", range.value, p), in) << which;
      const bool first = in && point == range.low, last = in && point == range.high;
      EXPECT_EQ(ask("starts", p, range.value), first) << which;
      EXPECT_EQ(ask("started by", range.value, p), first) << which;
      EXPECT_EQ(ask("finishes", p, range.value), last) << which;
      EXPECT_EQ(ask("finished by", range.value, p), last) << which;
    }
  }
  for (const int a : points) {
    for (const int b : points) {
      EXPECT_EQ(ask("before", at(a), at(b)), a < b);
      EXPECT_EQ(ask("after", at(a), at(b)), a > b);
      EXPECT_EQ(ask("coincides", at(a), at(b)), a == b);
    }
  }
}

// DMN 1.5, table 80.
TEST(BuiltinRanges, GiveTheExamplesOfTheStandard) {
  expect({
      {"before(1, 10)", "true"},
      {"before(10, 1)", "false"},
      {"before(1, [1..10])", "false"},
      {"before(1, (1..10])", "true"},
      {"before(1, [5..10])", "true"},
      {"before([1..10], 10)", "false"},
      {"before([1..10), 10)", "true"},
      {"before([1..10], 15)", "true"},
      {"before([1..10], [15..20])", "true"},
      {"before([1..10], [10..20])", "false"},
      {"before([1..10), [10..20])", "true"},
      {"before([1..10], (10..20])", "true"},
      {"after(10, 5)", "true"},
      {"after(5, 10)", "false"},
      {"after(12, [1..10])", "true"},
      {"after(10, [1..10))", "true"},
      {"after(10, [1..10])", "false"},
      {"after([11..20], 12)", "false"},
      {"after([11..20], 10)", "true"},
      {"after((11..20], 11)", "true"},
      {"after([11..20], 11)", "false"},
      {"after([11..20], [1..10])", "true"},
      {"after([1..10], [11..20])", "false"},
      {"after([11..20], [1..11))", "true"},
      {"after((11..20], [1..11])", "true"},
      {"meets([1..5], [5..10])", "true"},
      {"meets([1..5), [5..10])", "false"},
      {"met by([5..10], [1..5])", "true"},
      {"includes([1..10], 5)", "true"},
      {"includes([1..10], 12)", "false"},
      {"includes([1..10], 1)", "true"},
      {"includes((1..10], 1)", "false"},
      {"includes([1..10], [4..6])", "true"},
      {"includes([1..10], [1..10])", "true"},
      {"includes((1..10), (1..10))", "true"},
      {R"(during(@"2024-02-01", [@"2024-01-01"..@"2024-12-31"]))", "true"},
      {R"(overlaps([@"PT1H"..@"PT3H"], [@"PT2H"..@"PT5H"]))", "true"},
      {R"(before("a", ["b".."c"]))", "true"},
  });
}

TEST(BuiltinRanges, TakeNothingThatHasNoOrder) {
  expect({
      {"before(null, 1)", "null !"},
      {"before(1, null)", "null !"},
      {R"(before(1, "a"))", "null !"},
      {R"(before(1, ["a".."b"]))", "null !"},
      {R"(overlaps([1..2], ["a".."b"]))", "null !"},
      {"coincides([1], [2])", "false"},
      {"coincides([1, 2], [2])", "null !"},
      {"coincides(1, [1..2])", "null !"},
      {"meets(1, [1..2])", "null !"},
      {"meets([1..2], 1)", "null !"},
      {"overlaps(1, 2)", "null !"},
      {"includes(1, [1..2])", "null !"},
      {"during([1..2], 1)", "null !"},
      {"starts([1..2], 1)", "null !"},
      {"before({}, {})", "null !"},
      {"before(1)", "null !"},
      {"before(1, 2, 3)", "null !"},
      {"before(point1: 1, point2: 2)", "true"},
      {"before(point: 1, range: [2..3])", "true"},
      {"before(range: [2..3], point: 4)", "true"},
      {"before(range1: [2..3], range2: [4..5])", "true"},
      {"during(range: [2..3], point: 2)", "true"},
      {"includes(range: [2..3], point: 4)", "false"},
      {"before(point1: 1, range: [2..3])", "null !"},
      {"coincides(point1: 1, point2: 1)", "true"},
  });
}

}  // namespace
}  // namespace partnership::feel
