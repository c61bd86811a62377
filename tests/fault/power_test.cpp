// SPDX-License-Identifier: Apache-2.0
//
// Power is lost at every change to the disk, and with it what the disk had not been told to sync,
// all of it or some. With full durability nothing that was acknowledged is lost; with less, only
// the latest; never is a step done by half, and the register goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "fault/file.hpp"
#include "fault/volatile_disk.hpp"
#include "fault/work.hpp"

namespace fault {
namespace {

namespace disk = volatile_disk;

class Power : public testing::TestWithParam<std::tuple<const char*, disk::Left>> {
 protected:
  static constexpr const char* path = "register.db";
  Power() {
    disk::install();
    disk::clear();
    options_.text("durability", std::get<0>(GetParam()));
    states_ = Work("well.db", options_.get()).states();
    disk::clear();
    disk::lose_power_after(1'000'000);
    EXPECT_EQ(work().run([](auto) {}), PSHIP_OK);
    changes_ = disk::changes();
  }
  ~Power() override { disk::clear(); }
  Power(const Power&) = delete;
  Power& operator=(const Power&) = delete;

  Work work() const { return Work(path, options_.get()); }
  bool full() const { return std::get<0>(GetParam()) == std::string("full"); }

  // How many steps were acknowledged when power went at the n-th change.
  std::size_t work_until(long n) const {
    disk::clear();
    disk::lose_power_after(n);
    std::size_t done = 0;
    // Closing, the last step, fails at nothing.
    (void)work().run([&](std::int64_t step) { done = static_cast<std::size_t>(step); });
    EXPECT_TRUE(disk::lost());
    return done;
  }

  // What the file may hold after `done` steps.
  std::vector<std::string> possible(std::size_t done) const {
    const std::size_t from = full() ? done : 0;
    const std::size_t to = std::min(done + 2, states_.size());
    return {states_.begin() + static_cast<std::ptrdiff_t>(from),
            states_.begin() + static_cast<std::ptrdiff_t>(to)};
  }

  pship_testing::Options options_;
  std::vector<std::string> states_;
  long changes_ = 0;
};

TEST_P(Power, LossLosesNothingThatMustStay) {
  const disk::Left left = std::get<1>(GetParam());
  ASSERT_GT(changes_, 300);
  const long stride = pship_testing::long_run() ? 1 : 1 + changes_ / 60;
  const std::uint64_t seeds = left == disk::Left::some && pship_testing::long_run() ? 10 : 1;
  long lost = 0;
  for (long n = 0; n < changes_; n += stride) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      SCOPED_TRACE("change " + std::to_string(n) + ", seed " + std::to_string(seed));
      const std::size_t done = work_until(n);
      disk::restore_power(left, seed * 1'000'003 + static_cast<std::uint64_t>(n));
      ASSERT_TRUE(stored(path, possible(done)));
      const std::string state = state_of(pship_testing::open_register(path).get());
      const auto at = std::ranges::find(states_, state) - states_.begin();
      if (static_cast<std::size_t>(at) < done && states_[done] != state) ++lost;
    }
  }
  // The simulation bites: where a sync is left out, something is lost.
  if (full()) {
    EXPECT_EQ(lost, 0);
  } else if (left != disk::Left::everything) {
    EXPECT_GT(lost, 0);
  }
}

std::string name_of(const testing::TestParamInfo<Power::ParamType>& of) {
  const auto& [durability, left] = of.param;
  const char* rest = left == disk::Left::nothing      ? "Nothing"
                     : left == disk::Left::everything ? "Everything"
                                                      : "Some";
  return std::string(durability) + rest;
}

INSTANTIATE_TEST_SUITE_P(Disk, Power,
                         testing::Combine(testing::Values("full", "normal"),
                                          testing::Values(disk::Left::nothing,
                                                          disk::Left::everything,
                                                          disk::Left::some)),
                         name_of);

}  // namespace
}  // namespace fault
