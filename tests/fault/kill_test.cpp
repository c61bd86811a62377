// SPDX-License-Identifier: Apache-2.0
//
// A process is killed at every change that it makes to the disk, before or in the middle of a
// write. What was acknowledged is there, the step it was at is done or not done, and the next
// process goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "fault/faulty_disk.hpp"
#include "fault/file.hpp"
#include "fault/process.hpp"
#include "fault/work.hpp"

namespace fault {
namespace {

using namespace pship_testing;

class Kill : public testing::TestWithParam<bool> {
 protected:
  Kill() { disk::install(); }
  TempFolder folder_;
  std::string path_ = folder_.file("register.db");

  void start_anew() const {
    for (const std::string end : endings) std::filesystem::remove(path_ + end);
  }
};

TEST_P(Kill, LosesNothingThatWasAcknowledged) {
  const Work work(path_);
  const std::vector<std::string> states = Work(folder_.file("well.db")).states();
  disk::act_after(1'000'000, disk::changing, [] {});
  ASSERT_EQ(work.run([](auto) {}), PSHIP_OK);
  const long all = disk::counted();
  disk::heal();
  ASSERT_GT(all, 300);
  long killed = 0;
  const long stride = long_run() ? 1 : 1 + all / 60;
  for (long n = 0; n < all; n += stride) {
    SCOPED_TRACE("change " + std::to_string(n));
    start_anew();
    Process process([&](const Process::Say& say) {
      disk::act_after(n, disk::changing, die, GetParam());
      if (work.run(say) != PSHIP_OK) std::abort();
    });
    std::size_t done = 0;
    while (const auto step = process.next()) done = static_cast<std::size_t>(*step);
    ASSERT_EQ(process.wait(), Process::End::killed);
    ASSERT_LT(done, work.size());
    ASSERT_TRUE(stored(path_, {states[done], states[done + 1]}));
    // Whether the step was done is for the next process to find out.
    const bool was_done = states[done] != states[done + 1] && stored(path_, {states[done + 1]});
    ASSERT_EQ(work.run([](auto) {}, done + (was_done ? 1 : 0)), PSHIP_OK);
    ASSERT_TRUE(stored(path_, {states.back()}));
    ++killed;
  }
  EXPECT_GE(killed, 50);
}

INSTANTIATE_TEST_SUITE_P(Process, Kill, testing::Bool(), [](const auto& of) {
  return std::string(of.param ? "InTheMiddleOfAWrite" : "BeforeAWrite");
});

}  // namespace
}  // namespace fault
