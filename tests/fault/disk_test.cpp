// SPDX-License-Identifier: Apache-2.0
//
// Every disk operation of every call on a register fails, once, and all from the n-th on; a disk
// that is full takes half of what it is given; or the call is cancelled there. The call says so,
// the register goes on where it was as soon as the disk does, and the file holds all that was
// acknowledged and nothing by half.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fault/calls.hpp"
#include "fault/faulty_disk.hpp"
#include "fault/file.hpp"

namespace fault {
namespace {

using namespace pship_testing;

struct Fault {
  const char* name;
  unsigned kinds;
  disk::Last last;
  bool full = false;
  bool cancel = false;  // nothing fails, but the call is cancelled at that moment
};
constexpr Fault everything[] = {
    {"AnyOnce", disk::any, disk::Last::once},
    {"AnyLasting", disk::any, disk::Last::lasting},
    {"Cancelled", disk::any, disk::Last::once, false, true},
};
// Once is a part of AnyOnce.
constexpr Fault one_kind[] = {
    {"ReadingLasting", disk::reading, disk::Last::lasting},
    {"WritingLasting", disk::writing, disk::Last::lasting},
    {"FullOnce", disk::writing, disk::Last::once, true},
    {"FullLasting", disk::writing, disk::Last::lasting, true},
    {"SyncingLasting", disk::syncing, disk::Last::lasting},
    {"ChangingLasting", disk::changing, disk::Last::lasting},
    {"SharingLasting", disk::sharing | disk::locking, disk::Last::lasting},
    {"LookingLasting", disk::looking, disk::Last::lasting},
};

void expect_io(const Call& call, const Fault& fault, pship_status status, const Outputs& out) {
  if (status == PSHIP_OK) return;
  EXPECT_TRUE(status == (fault.cancel ? PSHIP_CANCELLED : PSHIP_IO) || status == call.expected)
      << pship_status_name(status) << ": " << pship_error_message(out.error);
  EXPECT_TRUE(out.nothing());
}

class Disk : public testing::TestWithParam<Fault> {
 protected:
  Disk() {
    disk::install();
    small_register(kept_).reset();
    before_ = state_of(open_register(kept_).get());
  }

  static void fail(long n, pship_platform* platform = nullptr) {
    if (GetParam().cancel) {
      return disk::act_after(n, GetParam().kinds, [=] { pship_platform_cancel(platform); });
    }
    disk::fail_after(n, GetParam().kinds, GetParam().last, GetParam().full);
  }

  // Whether the call has an n-th operation, which then failed.
  bool survives(const Call& call, long n, const std::string& answer, const std::string& after) {
    copy_register(kept_, path_);
    auto platform = open_register(path_);
    Outputs out;
    fail(n, platform.get());
    const pship_status status = call.run(platform.get(), out);
    const bool failed = disk::heal() > 0;
    failures_ += failed ? 1 : 0;
    expect_io(call, GetParam(), status, out);
    if (status == PSHIP_OK) {
      EXPECT_EQ(out.said(), answer);
    }
    const std::string& expected = status == PSHIP_OK ? after : before_;
    EXPECT_TRUE(failed || status == call.expected);
    EXPECT_TRUE(same(state_of(platform.get()), expected));
    EXPECT_TRUE(usable(platform.get(), false));
    platform.reset();
    EXPECT_TRUE(stored(path_, {expected}));
    return failed;
  }

  void expect_to_survive(const std::vector<Call>& calls) {
    for (const Call& call : calls) {
      SCOPED_TRACE(call.name);
      copy_register(kept_, path_);
      auto platform = open_register(path_);
      Outputs out;
      ASSERT_EQ(call.run(platform.get(), out), call.expected);
      const std::string after = state_of(platform.get());
      platform.reset();
      for (long n = 0;; n = next(n)) {
        SCOPED_TRACE("operation " + std::to_string(n));
        if (!survives(call, n, out.said(), after) || HasFailure()) break;
      }
      if (HasFailure()) return;
    }
    EXPECT_GE(failures_, 5);
  }

  TempFolder folder_;
  std::string kept_ = folder_.file("kept.db"), path_ = folder_.file("register.db");
  std::string before_;
  long failures_ = 0;
};

TEST_P(Disk, MayFailInEveryChange) {
  expect_to_survive(changes());
}

// Opening: a new file, one that was closed, and one that was left with a write-ahead log.
TEST_P(Disk, MayFailWhileOpening) {
  const std::string left = folder_.file("left.db");
  {
    const auto platform = open_register(kept_);
    ASSERT_EQ(record(platform.get(), body("in-the-log")), PSHIP_OK);
    copy_register(kept_, left);
  }
  ASSERT_GT(std::filesystem::file_size(left + "-wal"), 0U);
  const std::string nothing = state_of(open_register(":memory:").get());
  const std::string full = state_of(open_register(kept_).get());
  for (const auto& [from, state] : {std::pair(folder_.file("new.db"), nothing),
                                    std::pair(kept_, full), std::pair(left, full)}) {
    SCOPED_TRACE(from);
    bool failed = true;
    for (long n = 0; failed; n = next(n)) {
      SCOPED_TRACE("operation " + std::to_string(n));
      copy_register(from, path_);
      Outputs out;
      fail(n);
      const pship_status status =
          pship_platform_open(path_.c_str(), nullptr, &out.platform, &out.error);
      failed = disk::heal() > 0;
      expect_io({"open", {}}, GetParam(), status, out);
      EXPECT_TRUE(failed || status == PSHIP_OK);
      if (status == PSHIP_OK) {
        EXPECT_TRUE(same(state_of(out.platform), state));
      }
      pship_platform_free(std::exchange(out.platform, nullptr));
      ASSERT_TRUE(stored(path_, {state}));
    }
  }
}

// Closing says nothing; what was acknowledged stays.
TEST_P(Disk, MayFailWhileClosing) {
  bool failed = true;
  for (long n = 0; failed; n = next(n)) {
    SCOPED_TRACE("operation " + std::to_string(n));
    copy_register(kept_, path_);
    auto platform = open_register(path_);
    ASSERT_EQ(record(platform.get(), batch({body("one"), body("two")})), PSHIP_OK);
    const std::string state = state_of(platform.get());
    fail(n);
    platform.reset();
    failed = disk::heal() > 0;
    ASSERT_TRUE(stored(path_, {state}));
  }
}

// The erased payload may outlive its erasure in the write-ahead log only while the disk forbids to
// empty it: it goes with the next event, and when a register is opened that was left so.
bool on_disk(const std::string& path, const std::string& text) {
  for (const std::string end : endings) {
    std::ifstream file(path + end, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (bytes.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST_P(Disk, MayFailWhileErasedPayloadLeavesTheLog) {
  const std::string left = folder_.file("left.db");
  long lingered = 0;
  bool failed = true;
  for (long n = 0; failed; n = next(n)) {
    SCOPED_TRACE("operation " + std::to_string(n));
    copy_register(kept_, path_);
    ASSERT_TRUE(on_disk(path_, "Rana"));
    const auto platform = open_register(path_);
    fail(n, platform.get());
    const pship_status status = record(platform.get(), erasure(personal_position));
    failed = disk::heal() > 0;
    if (status != PSHIP_OK) continue;
    lingered += on_disk(path_, "Rana") ? 1 : 0;
    copy_register(path_, left);
    ASSERT_EQ(record(platform.get(), body("one")), PSHIP_OK);
    ASSERT_FALSE(on_disk(path_, "Rana"));
    const auto again = open_register(left);
    ASSERT_FALSE(on_disk(left, "Rana"));
    ASSERT_EQ(faults(again.get()), "");
  }
  if (GetParam().kinds == disk::any) {
    EXPECT_GT(lingered, 0);
  }
}

const auto name_of = [](const auto& of) { return std::string(of.param.name); };
INSTANTIATE_TEST_SUITE_P(Everything, Disk, testing::ValuesIn(everything), name_of);
INSTANTIATE_TEST_SUITE_P(OneKind, Disk, testing::ValuesIn(one_kind), name_of);

class DiskRead : public Disk {};

TEST_P(DiskRead, MayFailInEveryRead) {
  expect_to_survive(reads());
}

INSTANTIATE_TEST_SUITE_P(Everything, DiskRead, testing::ValuesIn(everything), name_of);

}  // namespace
}  // namespace fault
