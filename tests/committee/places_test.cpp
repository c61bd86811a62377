// SPDX-License-Identifier: Apache-2.0
//
// Places by themselves: sizes at the edges of a mask, large numbers, and flows against enumeration
// on instances larger than those of the oracle.
#include "committee/places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace partnership {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(Places, SixtyFourOfThem) {
  std::vector<PlaceGroup> groups;
  std::vector<PlaceBound> bounds;
  for (int p = 0; p < 64; ++p) {
    groups.push_back({PlaceMask{1} << p, PlaceMask{1} << p, 1});
    bounds.push_back({1, no_most});
  }
  EXPECT_TRUE(PlaceProblem(groups, bounds, false).holds(View::certain, ~PlaceMask{0}));
  EXPECT_EQ(PlaceProblem(groups, bounds, false).all(), ~PlaceMask{0});
  groups.pop_back();
  const PlaceProblem short_of_one(groups, bounds, false);
  const auto unmet = short_of_one.unmet(View::hopeful, short_of_one.all());
  ASSERT_THAT(unmet, SizeIs(1));
  EXPECT_EQ(unmet[0].places, PlaceMask{1} << 63);
  EXPECT_EQ(unmet[0].bound, 1);
  EXPECT_EQ(unmet[0].members, 0);
}

TEST(Places, NobodyAndNothing) {
  const PlaceProblem none({}, {}, true);
  EXPECT_TRUE(none.holds(View::certain, none.all()));
  EXPECT_THAT(none.seating(), IsEmpty());
  const std::vector<PlaceBound> idle = {{0, 0}, {0, no_most}};
  EXPECT_TRUE(PlaceProblem({}, idle, true).holds(View::certain, 3));
  const std::vector<PlaceGroup> one = {{1, 1, 1}};
  EXPECT_TRUE(PlaceProblem(one, idle, false).holds(View::certain, 3));  // stays without a place
  const auto unmet = PlaceProblem(one, idle, true).unmet(View::certain, 3);
  ASSERT_THAT(unmet, SizeIs(1));
  EXPECT_TRUE(unmet[0].surplus);
  EXPECT_EQ(unmet[0].members, 1);
  EXPECT_EQ(unmet[0].bound, 0);
}

TEST(Places, LargeNumbersAreMovedAtOnce) {
  constexpr std::int64_t billion = 1'000'000'000;
  // Everybody of the first group must make room for the second.
  const std::vector<PlaceGroup> groups = {{3, 3, billion}, {1, 1, billion}};
  const std::vector<PlaceBound> bounds = {{billion, billion}, {billion, billion}};
  const PlaceProblem problem(groups, bounds, true);
  EXPECT_TRUE(problem.holds(View::certain, 3));
  EXPECT_EQ(problem.seating(), (std::vector<std::int64_t>{0, billion, billion, 0}));
}

// A shortage and a surplus at once: a set for each.
TEST(Places, FindsShortagesAndSurpluses) {
  const std::vector<PlaceGroup> groups = {{1, 1, 5}, {2, 2, 1}};
  const std::vector<PlaceBound> bounds = {{1, 3}, {2, 4}};
  const PlaceProblem problem(groups, bounds, true);
  const auto unmet = problem.unmet(View::hopeful, problem.all());
  ASSERT_THAT(unmet, SizeIs(2));
  EXPECT_FALSE(unmet[0].surplus);
  EXPECT_EQ(unmet[0].places, 2U);
  EXPECT_EQ(unmet[0].bound, 2);
  EXPECT_EQ(unmet[0].members, 1);
  EXPECT_TRUE(unmet[1].surplus);
  EXPECT_EQ(unmet[1].places, 1U);
  EXPECT_EQ(unmet[1].bound, 3);
  EXPECT_EQ(unmet[1].members, 5);
}

// Whether members, one mask each, can fill the active places; by trying everything.
bool naive_holds(const std::vector<PlaceMask>& members, const std::vector<PlaceBound>& bounds,
                 bool exactly_one, PlaceMask active) {
  std::vector<std::int64_t> filled(bounds.size(), 0);
  const std::function<bool(std::size_t)> go = [&](std::size_t m) {
    if (m == members.size()) {
      for (std::size_t p = 0; p < bounds.size(); ++p) {
        if (((active >> p) & 1) == 0) continue;
        if (filled[p] < bounds[p].least || filled[p] > bounds[p].most) return false;
      }
      return true;
    }
    for (std::size_t p = 0; p < bounds.size(); ++p) {
      if (((members[m] >> p) & 1) == 0) continue;
      ++filled[p];
      const bool good = go(m + 1);
      --filled[p];
      if (good) return true;
    }
    return (members[m] == 0 || !exactly_one) && go(m + 1);
  };
  return go(0);
}

TEST(Places, AgreesWithEnumeration) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
  int unmet_sets = 0, large_sets = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::size_t places = 2 + below(4);
    const bool exactly_one = below(2) == 0;
    std::vector<PlaceBound> bounds;
    for (std::size_t p = 0; p < places; ++p) {
      const std::int64_t least = below(3), spare = below(2);
      bounds.push_back({least, below(2) == 0 ? no_most : least + spare});
    }
    std::vector<PlaceMask> members;
    std::vector<PlaceGroup> groups;
    for (std::size_t m = below(8); m > 0; --m) {
      const PlaceMask mask = below(1U << places) & (below(2) == 0 ? below(1U << places) : ~0U);
      members.push_back(mask);
      groups.push_back({mask, mask, 1});
    }
    const PlaceProblem problem(groups, bounds, exactly_one);
    for (PlaceMask active = 0; active <= problem.all(); ++active) {
      ASSERT_EQ(problem.holds(View::certain, active),
                naive_holds(members, bounds, exactly_one, active))
          << i;
    }
    for (const PlaceSet& set : problem.unmet(View::hopeful, problem.all())) {
      ++unmet_sets;
      if ((set.places & (set.places - 1)) != 0) ++large_sets;
      ASSERT_FALSE(naive_holds(members, bounds, exactly_one, set.places)) << i;
      for (PlaceMask part = (set.places - 1) & set.places;; part = (part - 1) & set.places) {
        ASSERT_TRUE(naive_holds(members, bounds, exactly_one, part)) << i;
        if (part == 0) break;
      }
      // The numbers of the set are a proof that it cannot hold.
      ASSERT_TRUE(set.surplus ? set.members > set.bound : set.members < set.bound) << i;
    }
  }
  EXPECT_GT(unmet_sets, 500);
  EXPECT_GT(large_sets, 50);
}

}  // namespace
}  // namespace partnership
