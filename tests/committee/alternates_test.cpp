// SPDX-License-Identifier: Apache-2.0
//
// Alternates chosen in advance against all sets of nominees, enumerated.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "committee/replace.hpp"
#include "committee/replace_world.hpp"

namespace partnership {
namespace {

using namespace test;

struct Covered {
  std::int64_t once = 0, twice = 0;
  auto operator<=>(const Covered&) const = default;
};

bool can_replace(const World& world, std::uint32_t nominee, std::uint32_t member) {
  return world.good[(world.members & ~(Mask{1} << member)) | Mask{1} << nominee];
}

Covered covered_by(const World& world, Mask alternates, const Indices& weights) {
  Covered out;
  const Indices members = indices_of(world.members);
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::int64_t times = 0;
    for (const std::uint32_t nominee : indices_of(alternates)) {
      times += can_replace(world, nominee, members[i]) ? 1 : 0;
    }
    if (times > 0) out.once += weights[i];
    if (times > 1) out.twice += weights[i];
  }
  return out;
}

TEST(Replace, NoOtherAlternatesCoverMore) {
  std::mt19937_64 random(53);
  int some = 0, missed = 0;
  for (int i = 0; i < (long_run() ? 60000 : 6000); ++i) {
    const World world = random_world(random);
    const Indices members = indices_of(world.members);
    AlternatesRequest request;
    request.count = static_cast<std::uint32_t>(random() % 4);
    request.unavailable = indices_of(world.unavailable);
    request.seed = std::to_string(random());
    Indices weights(members.size(), 1);
    if (random() % 2 == 0) {
      for (std::uint32_t& weight : weights) weight = static_cast<std::uint32_t>(1 + random() % 5);
      request.weights = weights;
    }
    const Alternates chosen = choose_alternates(world.model, members, request);
    ASSERT_EQ(chosen.status, LotteryStatus::proved);
    Covered best;
    const Mask free = world.free();
    for (Mask set = free;; set = (set - 1) & free) {
      if (count_of(set) <= static_cast<int>(request.count)) {
        best = std::max(best, covered_by(world, set, weights));
      }
      if (set == 0) break;
    }
    const Mask set = mask_of(chosen.alternates);
    ASSERT_LE(chosen.alternates.size(), request.count);
    ASSERT_EQ(set & ~free, 0U);
    const Covered now = covered_by(world, set, weights);
    ASSERT_EQ(now, (Covered{chosen.covered, chosen.twice}));
    ASSERT_EQ(now, best);
    ASSERT_EQ(chosen.most, best.once);
    ASSERT_EQ(chosen.possible, covered_by(world, free, weights).once);
    ASSERT_EQ(chosen.covers.size(), members.size());
    for (std::size_t m = 0; m < members.size(); ++m) {
      Indices by;
      bool possible = false;
      for (const std::uint32_t nominee : indices_of(free)) {
        if (!can_replace(world, nominee, members[m])) continue;
        possible = true;
        if ((set >> nominee & 1U) != 0) by.push_back(nominee);
      }
      ASSERT_EQ(chosen.covers[m].member, members[m]);
      ASSERT_EQ(chosen.covers[m].by, by);
      ASSERT_EQ(chosen.covers[m].possible, possible);
    }
    some += best.once > 0 ? 1 : 0;
    missed += best.once < chosen.possible ? 1 : 0;
  }
  EXPECT_GT(some, 300);
  EXPECT_GT(missed, 50);
}

TEST(Replace, EverybodyWhoCoversTheSameIsEquallyLikelyAnAlternate) {
  const PanelModel model = small_model();
  std::map<std::uint32_t, int> chosen;
  for (int i = 0; i < 2000; ++i) {
    AlternatesRequest request;
    request.seed = std::to_string(i);
    for (const std::uint32_t one : choose_alternates(model, {0, 1, 4}, request).alternates) {
      ++chosen[one];
    }
  }
  // 5 can replace all three members, 2 and 3 only those of their type.
  EXPECT_EQ(chosen, (std::map<std::uint32_t, int>{{5, 2000}}));
  chosen.clear();
  for (int i = 0; i < 2000; ++i) {
    AlternatesRequest request;
    request.seed = std::to_string(i);
    request.unavailable = {5};
    for (const std::uint32_t one : choose_alternates(model, {0, 1, 4}, request).alternates) {
      ++chosen[one];
    }
  }
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_NEAR(chosen[2], 1000, 100);
  EXPECT_NEAR(chosen[3], 1000, 100);
}

}  // namespace
}  // namespace partnership
