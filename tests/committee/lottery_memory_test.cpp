// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of a lottery fails once: the call throws std::bad_alloc and nothing else, and
// gives back what it had.
#include <gtest/gtest.h>

#include <limits>

#include "committee/best_committee.hpp"
#include "committee/lottery.hpp"
#include "support/clp_leaks.hpp"
#include "support/failing_memory.hpp"

namespace partnership {
namespace {

// Around a cycle of five at most one of two neighbours may sit: fractions of panels mislead.
PanelModel cycle() {
  PanelModel model;
  for (std::uint32_t i = 0; i < 6; ++i) {
    model.types.push_back({i});
    model.columns.push_back({0, 1});
  }
  model.nominees = 6;
  for (std::uint32_t i = 0; i < 5; ++i) {
    const std::uint32_t next = (i + 1) % 5;
    model.rows.push_back(
        {-no_end, 1, {{std::min(i, next), 1}, {std::max(i, next), 1}}, "neighbours"});
  }
  model.rows.push_back({3, 3, {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}, "size"});
  return model;
}

// As for linear programs (tests/solver/memory_test.cpp), Clp is held to little of what it forgets.
template <class Work>
void expect_to_survive(const Work& work) {
  for (const bool lasting : {true, false}) {
    failing_memory::lasting = lasting;
    long leaked = 0, took = -1;
    for (long n = 0; n < 100000 && took < 0; n += 1 + n / 200) {
      failing_memory::refused = 0;
      const long before = failing_memory::live;
      failing_memory::allowance = n;
      bool done = false;
      try {
        work();
        done = true;
      } catch (const std::bad_alloc&) {
      }
      failing_memory::allowance = std::numeric_limits<long>::max();
      if (done && failing_memory::refused == 0) took = n;
      leaked += failing_memory::live - before;
    }
    EXPECT_GT(took, 100);
    EXPECT_LE(leaked, took);
  }
  failing_memory::lasting = true;
}

TEST(LotteryMemory, MayRunOutWhileComposing) {
  const PanelModel model = cycle();
  for (const LotteryKind kind :
       {LotteryKind::leximin, LotteryKind::maximin, LotteryKind::nash, LotteryKind::legacy}) {
    LotteryRequest request;
    request.kind = kind;
    request.samples = 20;
    expect_to_survive([&] {
      const Lottery lottery = compose_lottery(model, request);
      EXPECT_TRUE(failing_memory::refused > 0 || lottery.status == LotteryStatus::proved);
    });
  }
}

TEST(LotteryMemory, MayRunOutWhileChoosing) {
  const PanelModel model = cycle();
  const std::vector<std::int64_t> weights{5, 4, 3, 2, 1, 0};
  ChoiceRequest request;
  request.weights = weights;
  expect_to_survive([&] {
    const Choice choice = best_committee(model, request);
    EXPECT_TRUE(failing_memory::refused > 0 || choice.status == ChoiceStatus::optimal);
  });
}

}  // namespace
}  // namespace partnership
