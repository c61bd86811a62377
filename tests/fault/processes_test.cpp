// SPDX-License-Identifier: Apache-2.0
//
// Several processes append to one file, one of them is killed in between: the others go on, and
// all that was acknowledged to any of them is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fault/faulty_disk.hpp"
#include "fault/file.hpp"
#include "fault/process.hpp"

namespace fault {
namespace {

using namespace pship_testing;

std::string id(const std::string& who, std::int64_t number) {
  return who + "-" + std::to_string(number);
}

// Records `count` bodies, every third time two in a batch, and says the number of the last that was
// acknowledged.
void append(const std::string& path, const std::string& who, std::int64_t count,
            const Process::Say& say) {
  const auto platform = open_register(path);
  if (platform == nullptr) std::abort();
  for (std::int64_t i = 0; i < count; ++i) {
    std::vector<std::string> bodies = {body(id(who, i))};
    if (i % 3 == 2 && i + 1 < count) bodies.push_back(body(id(who, ++i)));
    if (record(platform.get(), batch(bodies)) != PSHIP_OK) std::abort();
    say(i);
  }
}

std::int64_t last_of(Process& process) {
  const auto numbers = process.rest();
  return numbers.empty() ? -1 : numbers.back();
}

class Processes : public testing::Test {
 protected:
  Processes() { disk::install(); }

  // `who` is killed at its n-th change; whether it came so far.
  bool survive(long n) {
    const std::string path = folder_.file("register-" + std::to_string(n) + ".db");
    constexpr std::int64_t count = 40;
    Process steady([&](const auto& say) { append(path, "steady", count, say); });
    Process mortal([&](const auto& say) {
      disk::act_after(n, disk::changing, die, n % 2 == 1);
      append(path, "mortal", count, say);
    });
    const std::int64_t acknowledged = last_of(mortal);
    const Process::End end = mortal.wait();
    EXPECT_NE(end, Process::End::otherwise);
    Process late([&](const auto& say) { append(path, "late", count, say); });
    EXPECT_EQ(last_of(steady), count - 1);
    EXPECT_EQ(last_of(late), count - 1);
    EXPECT_EQ(steady.wait(), Process::End::well);
    EXPECT_EQ(late.wait(), Process::End::well);
    expect_all(path, count, acknowledged);
    return end == Process::End::killed;
  }

  static void expect_all(const std::string& path, std::int64_t count, std::int64_t acknowledged) {
    std::string state;
    {
      const auto platform = open_register(path);
      const auto ids = column(query(platform.get(), "body").get(), "id");
      const std::set<std::string> there(ids.begin(), ids.end());
      EXPECT_EQ(static_cast<std::int64_t>(there.size()), size_of(platform.get()));
      for (std::int64_t i = 0; i < count; ++i) {
        EXPECT_TRUE(there.contains(id("steady", i)));
        EXPECT_TRUE(there.contains(id("late", i)));
        EXPECT_TRUE(i > acknowledged || there.contains(id("mortal", i)));
      }
      // The one it was at, or two in a batch: all or none.
      const auto more = static_cast<std::int64_t>(there.size()) - 2 * count - (acknowledged + 1);
      EXPECT_TRUE(more == 0 || more == ((acknowledged + 1) % 3 == 2 ? 2 : 1)) << more;
      state = state_of(platform.get());
    }
    EXPECT_TRUE(stored(path, {state}));
  }

  TempFolder folder_;
};

TEST_F(Processes, GoOnWhenOneIsKilled) {
  const long stride = long_run() ? 3 : 37;
  long killed = 0;
  for (long n = 0; survive(n) && !HasFailure(); n += stride) ++killed;
  EXPECT_GE(killed, 5);
}

TEST_F(Processes, MakeOneRegisterTogether) {
  const int rounds = long_run() ? 400 : 40;
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const std::string path = folder_.file("new-" + std::to_string(round) + ".db");
    const auto open = [&](const Process::Say& say) {
      if (open_register(path) == nullptr) std::abort();
      say(0);
    };
    Process first(open), second(open), third(open);
    for (Process* each : {&first, &second, &third}) {
      EXPECT_EQ(last_of(*each), 0);
      EXPECT_EQ(each->wait(), Process::End::well);
    }
  }
}

}  // namespace
}  // namespace fault
