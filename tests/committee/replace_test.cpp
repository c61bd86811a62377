// SPDX-License-Identifier: Apache-2.0
//
// Replacements and changes against all sets of nominees, enumerated.
#include "committee/replace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "base/error.hpp"
#include "committee/lottery_tools.hpp"
#include "committee/replace_world.hpp"
#include "committee/uniform.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership {
namespace {

using namespace test;

// Leximin over the completions, by the oracle's linear programs. A nominee's probability.
std::map<std::uint32_t, Rational> leximin_of(const World& world, const std::vector<Mask>& sets) {
  naive::Instance left;
  std::vector<std::size_t> types;
  for (std::size_t t = 0; t < world.instance.types.size(); ++t) {
    Indices free;
    for (const std::uint32_t i : world.instance.types[t]) {
      if ((world.free() >> i & 1U) != 0) free.push_back(i);
    }
    if (free.empty()) continue;
    left.types.push_back(free);
    types.push_back(t);
  }
  std::set<naive::Numbers> points;
  for (const Mask set : sets) {
    const naive::Numbers counts = world.counts(set);
    naive::Numbers point;
    for (const std::size_t t : types) point.push_back(counts[t]);
    points.insert(point);
  }
  const naive::Lottery lottery = naive::leximin(left, {points.begin(), points.end()});
  std::map<std::uint32_t, Rational> out;
  for (std::size_t t = 0; t < types.size(); ++t) {
    if (lottery.target[t].sign() == 0) continue;
    for (const std::uint32_t i : left.types[t]) out[i] = lottery.target[t];
  }
  return out;
}

std::map<std::uint32_t, Rational> chances(const Replacements& found) {
  std::map<std::uint32_t, Rational> out;
  for (const Candidate& one : found.candidates) out[one.nominee] = one.probability;
  return out;
}

std::vector<std::int64_t> point_of(const PanelModel& model, const std::vector<Seat>& seats) {
  std::vector<std::int64_t> x(model.columns.size());
  for (const Seat& seat : seats) x.at(seat.column) += seat.count;
  return x;
}

bool is_point(const PanelModel& model, const std::vector<std::int64_t>& x) {
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (x[c] < model.columns[c].lower || x[c] > model.columns[c].upper) return false;
  }
  return std::all_of(model.rows.begin(), model.rows.end(), [&](const PanelModel::Row& row) {
    std::int64_t sum = 0;
    for (const PanelModel::Term& term : row.terms) sum += term.coefficient * x[term.column];
    return sum >= row.lower && sum <= row.upper;
  });
}

// The lottery is one over completions, and gives the candidates what they were told.
void expect_lottery(const World& world, const Replacements& found, const Replacements& told) {
  const PanelModel& model = found.completion.model;
  Integer sum;
  std::vector<Rational> seats(model.type_count());
  for (const LotteryPanel& panel : found.lottery.panels) {
    const auto x = point_of(model, panel.seats);
    ASSERT_TRUE(is_point(model, x));
    Mask join = 0;
    for (std::uint32_t t = 0; t < model.type_count(); ++t) {
      seats[t] += Rational(x[t]) * Rational(panel.weight, found.lottery.denominator);
      for (std::int64_t i = 0; i < x[t]; ++i) {
        join |= Mask{1} << found.completion.nominees[model.types[t][static_cast<std::size_t>(i)]];
      }
    }
    ASSERT_TRUE(world.good[world.stay() | join]);
    sum += panel.weight;
  }
  ASSERT_EQ(sum, found.lottery.denominator);
  const auto expected = chances(told);
  for (std::uint32_t t = 0; t < model.type_count(); ++t) {
    for (const std::uint32_t i : model.types[t]) {
      const auto at = expected.find(found.completion.nominees[i]);
      const Rational p = at == expected.end() ? Rational(0) : at->second;
      Rational off = seats[t] / Rational(static_cast<std::int64_t>(model.types[t].size())) - p;
      if (off.sign() < 0) off = -off;
      ASSERT_LE(off, Rational(Integer(1), 1000000000));
    }
  }
}

TEST(Replace, CandidatesAndChancesAreThoseOfAllCompletions) {
  std::mt19937_64 random(50);
  int several = 0, single = 0, nobody = 0;
  for (int i = 0; i < (long_run() ? 60000 : 6000); ++i) {
    const World world = random_world(random);
    ReplacementRequest request;
    int places = count_of(world.leaving);
    if (random() % 4 == 0) places = static_cast<int>(random() % 4);
    request.places = static_cast<std::uint32_t>(places);
    const Replacements found = find_replacements(world.model, world.departure(), request);
    ASSERT_EQ(found.complete, world.good[world.stay()]);
    const auto sets = completions(world, places);
    if (sets.empty()) {
      ASSERT_EQ(found.status, LotteryStatus::infeasible);
      ASSERT_TRUE(found.candidates.empty());
      ++nobody;
      continue;
    }
    ASSERT_EQ(found.status, LotteryStatus::proved);
    if (places == 0) {
      ASSERT_TRUE(found.candidates.empty());
      continue;
    }
    const auto expected = leximin_of(world, sets);
    ASSERT_EQ(chances(found), expected);
    for (const Candidate& one : found.candidates) {
      const naive::Numbers gone = world.counts(world.leaving);
      ASSERT_EQ(one.alike, gone[world.type_of[one.nominee]] > 0);
    }
    expect_lottery(world, found, found);
    if (places == 1) {
      ++single;
      for (const auto& [nominee, chance] : expected) {
        ASSERT_EQ(chance, Rational(Integer(1), Integer(static_cast<std::int64_t>(sets.size()))));
      }
    } else {
      ++several;
    }
  }
  EXPECT_GT(several, 200);
  EXPECT_GT(single, 200);
  EXPECT_GT(nobody, 200);
}

TEST(Replace, LikeForLikeKeepsWhatTheCommitteeIsMadeOf) {
  std::mt19937_64 random(51);
  int alike = 0, otherwise = 0;
  for (int i = 0; i < (long_run() ? 60000 : 6000); ++i) {
    const World world = random_world(random);
    if (world.leaving == 0) continue;
    ReplacementRequest request;
    request.rule = ReplacementRule::alike;
    const Replacements found = find_replacements(world.model, world.departure(), request);
    const naive::Numbers gone = world.counts(world.leaving), free = world.counts(world.free());
    bool enough = world.good[world.members];
    for (std::size_t t = 0; t < gone.size(); ++t) enough = enough && gone[t] <= free[t];
    ASSERT_EQ(found.alike, enough);
    if (!enough) {
      const Replacements even = find_replacements(world.model, world.departure());
      ASSERT_EQ(found.status, even.status);
      ASSERT_EQ(chances(found), chances(even));
      ++otherwise;
      continue;
    }
    std::map<std::uint32_t, Rational> expected;
    for (const std::uint32_t nominee : indices_of(world.free())) {
      const std::uint32_t t = world.type_of[nominee];
      if (gone[t] > 0) expected[nominee] = Rational(Integer(gone[t]), Integer(free[t]));
    }
    ASSERT_EQ(chances(found), expected);
    expect_lottery(world, found, found);
    ++alike;
  }
  EXPECT_GT(alike, 200);
  EXPECT_GT(otherwise, 200);
}

TEST(Replace, NoOtherCommitteeIsNearer) {
  std::mt19937_64 random(52);
  int nothing = 0, swapped = 0;
  for (int i = 0; i < (long_run() ? 60000 : 6000); ++i) {
    const World world = random_world(random);
    const Changes changes = fewest_changes(world.model, world.departure());
    std::pair<int, int> best{100, 100};
    const Mask possible = world.stay() | world.free();
    for (Mask mask = possible;; mask = (mask - 1) & possible) {
      if (world.good[mask]) {
        best = std::min(best, {count_of(world.stay() & ~mask), count_of(mask & ~world.stay())});
      }
      if (mask == 0) break;
    }
    if (best.first == 100) {
      ASSERT_EQ(changes.status, LotteryStatus::infeasible);
      ASSERT_TRUE(changes.members.empty() && changes.join.empty() && changes.leave.empty());
      ++nothing;
      continue;
    }
    ASSERT_EQ(changes.status, LotteryStatus::proved);
    ASSERT_GT(changes.leaves, 0);
    const Mask now = mask_of(changes.members);
    ASSERT_TRUE(world.good[now]);
    ASSERT_EQ(mask_of(changes.leave), world.stay() & ~now);
    ASSERT_EQ(mask_of(changes.join), now & ~world.stay());
    ASSERT_EQ(now & (world.leaving | world.unavailable), 0U);
    ASSERT_EQ(count_of(mask_of(changes.leave)), best.first);
    ASSERT_EQ(count_of(mask_of(changes.join)), best.second);
    ASSERT_TRUE(std::is_sorted(changes.members.begin(), changes.members.end()));
    swapped += best.first > 0 ? 1 : 0;
  }
  EXPECT_GT(nothing, 200);
  EXPECT_GT(swapped, 200);
}

TEST(Replace, ReplacementsCanBeDrawn) {
  const PanelModel model = small_model();
  const Replacements found = find_replacements(model, {{0, 1, 4}, {1}, {}});
  ASSERT_EQ(found.candidates.size(), 3U);
  UniformRequest request;
  request.panels = 3;
  const UniformLottery uniform = make_uniform(found.completion.model, found.lottery, request);
  EXPECT_EQ(uniform.deviation, Rational(0));
  Indices drawn;
  for (const UniformPanel& panel : uniform.panels) {
    ASSERT_EQ(panel.members.size(), 1U);
    drawn.push_back(found.completion.nominees[panel.members[0]]);
  }
  EXPECT_EQ(drawn, (Indices{2, 3, 5}));
}

TEST(Replace, WrongDeparturesAreRefused) {
  const PanelModel model = small_model();
  const auto refused = [&](const Departure& departure) -> std::string {
    std::string message;
    try {
      fewest_changes(model, departure);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::invalid_argument);
      message = error.what();
    }
    EXPECT_EQ(message.empty(), false);
    EXPECT_THROW(find_replacements(model, departure), Error);
    return message;
  };
  EXPECT_EQ(refused({{0, 1, 6}, {}, {}}), "the model has no nominee 6");
  EXPECT_EQ(refused({{0, 1, 0}, {}, {}}), "nominee 0 is named twice among the members");
  EXPECT_EQ(refused({{0, 1}, {2}, {}}),
            "nominee 2 is no member who could leave, or is named twice");
  EXPECT_EQ(refused({{0, 1}, {1, 1}, {}}),
            "nominee 1 is no member who could leave, or is named twice");
  EXPECT_EQ(refused({{0, 1}, {}, {1}}),
            "nominee 1 is a member and cannot be unavailable, or is named twice");
  AlternatesRequest request;
  request.weights = {1, 2};
  EXPECT_THROW(choose_alternates(model, {0, 1, 4}, request), Error);
  request.weights = {1, 2, 0};
  EXPECT_THROW(choose_alternates(model, {0, 1, 4}, request), Error);
  request.weights = {1, 2, 1000001};
  EXPECT_THROW(choose_alternates(model, {0, 1, 4}, request), Error);
}

TEST(Replace, EndsWhenItIsToldTo) {
  std::mt19937_64 random(54);
  std::map<LotteryStatus, int> seen;
  for (int i = 0; i < 600; ++i) {
    const World world = random_world(random);
    int left = static_cast<int>(random() % 4);
    const Pace pace = i % 2 == 0 ? Pace::cancel : Pace::finish;
    LotteryRequest search;
    search.pace = [&] { return left-- > 0 ? Pace::go_on : pace; };
    const LotteryStatus changed = fewest_changes(world.model, world.departure(), search).status;
    ReplacementRequest request;
    request.search = search;
    const LotteryStatus replaced =
        find_replacements(world.model, world.departure(), request).status;
    AlternatesRequest alternates;
    alternates.search = search;
    const LotteryStatus chosen =
        choose_alternates(world.model, indices_of(world.members), alternates).status;
    for (const LotteryStatus status : {changed, replaced, chosen}) {
      ++seen[status];
      ASSERT_FALSE(pace == Pace::finish && status == LotteryStatus::cancelled);
      ASSERT_NE(status, LotteryStatus::trouble);
    }
  }
  EXPECT_GT(seen[LotteryStatus::cancelled], 50);
}

// --- pools as they are

TEST(Replace, EveryDepartureOfAPoolsCommitteeIsAnswered) {
  const auto folder = pools_folder();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the pools are not there";
  for (const char* name : {"sf_fixture_22", "synth_cca_75", "synth_sf_e_110"}) {
    if (!std::filesystem::exists(folder / name)) continue;
    SCOPED_TRACE(name);
    const Pool pool = read_pool(folder / name);
    // A committee from nothing.
    const Changes first = fewest_changes(pool.model, {});
    ASSERT_EQ(first.status, LotteryStatus::proved);
    ASSERT_EQ(static_cast<std::int64_t>(first.members.size()), pool.size);
    int possible = 0;
    for (std::size_t m = 0; m < first.members.size(); m += 7) {
      const Departure departure{first.members, {first.members[m]}, {}};
      const Replacements found = find_replacements(pool.model, departure);
      if (!found.candidates.empty()) ++possible;
      ASSERT_TRUE(found.status == LotteryStatus::proved ||
                  found.status == LotteryStatus::infeasible);
      const Changes changes = fewest_changes(pool.model, departure);
      ASSERT_EQ(changes.status, LotteryStatus::proved);
      ASSERT_EQ(changes.leave.empty(), found.status == LotteryStatus::proved);
    }
    AlternatesRequest request;
    request.count = 5;
    const Alternates chosen = choose_alternates(pool.model, first.members, request);
    RecordProperty(std::string(name) + " covered", static_cast<int>(chosen.covered));
    RecordProperty(std::string(name) + " possible", static_cast<int>(chosen.possible));
    EXPECT_LE(chosen.covered, chosen.most);
    EXPECT_LE(chosen.most, chosen.possible);
    EXPECT_EQ(chosen.status, LotteryStatus::proved);
    EXPECT_GE(chosen.possible, possible);
  }
}

}  // namespace
}  // namespace partnership
