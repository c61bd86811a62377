// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of every call on a register fails, C++'s and SQLite's: once, and all from the
// n-th on. The call says so and hands out nothing; nothing leaks, nothing is half recorded, and the
// register is as good as before at the very next call.
#include <gtest/gtest.h>

#include <filesystem>

#include "fault/calls.hpp"
#include "fault/faulty_disk.hpp"
#include "fault/shortage.hpp"

namespace fault {
namespace {

using namespace pship_testing;

void expect_clean(const Call& call, pship_status status, const Outputs& out) {
  if (status == PSHIP_OK) {
    EXPECT_EQ(out.error, nullptr);
    return;
  }
  EXPECT_TRUE(status == PSHIP_NO_MEMORY || status == call.expected)
      << pship_status_name(status) << ": " << pship_error_message(out.error);
  EXPECT_TRUE(out.nothing());
  ASSERT_NE(out.error, nullptr);
  EXPECT_EQ(pship_error_code(out.error), status);
}

const char* name_of(Lack lack) {
  return lack == Lack::once ? "once" : "lasting";
}

// A register on a file that holds the small programme; as good as new after renew().
class Register {
 public:
  explicit Register(const TempFolder& folder)
      : path_(folder.file("register.db")), kept_(folder.file("kept.db")) {
    small_register(kept_).reset();
    renew();
  }
  void renew() {
    close();
    std::filesystem::copy_file(kept_, path_, std::filesystem::copy_options::overwrite_existing);
    other_ = open_register(path_, options_.get());
    reopen();
  }
  // A handle that has no statement prepared yet.
  void reopen() {
    platform_.reset();
    platform_ = open_register(path_, options_.get());
    if (platform_ == nullptr) std::abort();
  }
  void close() {
    platform_.reset();
    other_.reset();
  }
  pship_platform* get() const { return platform_.get(); }
  pship_platform* other() const { return other_.get(); }  // that does not wait
  const std::string& path() const { return path_; }

 private:
  std::string path_, kept_;
  Options options_ = std::move(Options().text("durability", "normal").number("busy_timeout_ms", 0));
  Owned<pship_platform> platform_, other_;
};

// What a call answers where nothing fails, and the register before and after it.
struct Outcome {
  std::string before, answer, after;
};

// Lets the n-th allocation fail; whether the call had so many.
bool survives(const Call& call, Register& reg, long n, Lack lack, const Outcome& expected) {
  Outputs out;
  Shortage shortage(n, lack);
  const pship_status status = call.run(reg.get(), out);
  const bool refused = shortage.end();
  expect_clean(call, status, out);
  // Nothing holds the file; or until the next call, where the schema was being changed.
  const pship_status aside = record(reg.other(), refused_event());
  EXPECT_TRUE(aside == PSHIP_REFUSED ||
              (aside == PSHIP_BUSY && call.makes_tables && lack == Lack::lasting));
  if (status == PSHIP_OK) {
    EXPECT_EQ(out.said(), expected.answer);
  }
  EXPECT_TRUE(same(state_of(reg.get()), status == PSHIP_OK ? expected.after : expected.before));
  EXPECT_TRUE(usable(reg.get(), n % 8 == 0));
  EXPECT_EQ(record(reg.other(), refused_event()), PSHIP_REFUSED);
  if (!refused) {
    EXPECT_EQ(status, call.expected);
  }
  if (status == PSHIP_OK && expected.after != expected.before) reg.renew();
  return refused;
}

enum class Handle : bool { kept, fresh };

// Lets every allocation of a call fail, on one handle or on a fresh one each time.
void expect_to_survive(const Call& call, Register& reg, Lack lack, Handle handle) {
  SCOPED_TRACE(call.name);
  reg.renew();
  Outcome expected{state_of(reg.get()), "", ""};
  {
    Outputs out;
    ASSERT_EQ(call.run(reg.get(), out), call.expected);
    expected.answer = out.said();
    expected.after = state_of(reg.get());
  }
  // What the library and ICU make once and keep has been made: all else must be given back.
  reg.close();
  const long live = memory::live;
  reg.renew();
  long n = 0;
  for (;; n = next(n)) {
    SCOPED_TRACE("allocation " + std::to_string(n));
    if (handle == Handle::fresh) reg.reopen();
    if (!survives(call, reg, n, lack, expected)) break;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GE(n, 1);  // there was something to refuse
  reg.close();
  EXPECT_EQ(memory::live, live);
}

class Memory : public testing::TestWithParam<std::tuple<Lack, Handle>> {
 protected:
  Memory() { disk::install(); }  // only for its speed
  void expect_all_to_survive(const std::vector<Call>& calls) {
    const auto [lack, handle] = GetParam();
    Register reg(folder_);
    for (const Call& call : calls) expect_to_survive(call, reg, lack, handle);
  }
  TempFolder folder_;
};

TEST_P(Memory, MayRunOutInEveryChange) {
  expect_all_to_survive(changes());
}

TEST_P(Memory, MayRunOutInEveryRead) {
  expect_all_to_survive(reads());
}

class ShortMemory : public testing::TestWithParam<Lack> {
 protected:
  ShortMemory() { disk::install(); }
};

// Opens a register at `path` short of memory, and then, whatever came of it, with all there is.
void expect_to_open(const std::string& path, const std::string& state, Lack lack,
                    const std::function<void()>& prepare) {
  SCOPED_TRACE(path);
  prepare();
  open_register(path).reset();  // makes what is made once
  const long live = memory::live;
  long n = 0;
  for (bool refused = true; refused; n = refused ? next(n) : n) {
    SCOPED_TRACE("allocation " + std::to_string(n));
    prepare();
    const Call call{"open", [&](pship_platform*, Outputs& out) {
                      return pship_platform_open(path.c_str(), nullptr, &out.platform, &out.error);
                    }};
    Outputs out;
    Shortage shortage(n, lack);
    const pship_status status = call.run(nullptr, out);
    refused = shortage.end();
    expect_clean(call, status, out);
    EXPECT_TRUE(refused || status == PSHIP_OK);
    Owned<pship_platform> platform(std::exchange(out.platform, nullptr));
    if (platform == nullptr) platform = open_register(path);
    EXPECT_TRUE(same(state_of(platform.get()), state));
    EXPECT_EQ(faults(platform.get()), "");
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GE(n, 100);
  EXPECT_EQ(memory::live, live);
}

TEST_P(ShortMemory, MayRunOut) {
  const TempFolder folder;
  const std::string fresh = folder.file("new.db"), full = folder.file("full.db");
  const std::string nothing = state_of(open_register(":memory:").get());
  const std::string something = state_of(small_register(full).get());
  expect_to_open(":memory:", nothing, GetParam(), [] {});
  expect_to_open(full, something, GetParam(), [] {});
  expect_to_open(fresh, nothing, GetParam(), [&] {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(fresh + end);
  });
}

// Closing says nothing, gives back all memory and leaves the file sound.
TEST_P(ShortMemory, MayRunOutWhileClosing) {
  const TempFolder folder;
  const std::string path = folder.file("register.db");
  const std::string state = state_of(small_register(path).get());
  const long live = memory::live;
  for (long n = 0; n < 100; ++n) {
    pship_platform* platform = open_register(path).release();
    ASSERT_TRUE(usable(platform, false));
    {
      const Shortage shortage(n, GetParam());
      pship_platform_free(platform);
    }
    ASSERT_EQ(memory::live, live);
    const auto again = open_register(path);
    ASSERT_TRUE(same(state_of(again.get()), state));
    ASSERT_EQ(faults(again.get()), "");
  }
}

// What a failed call had in memory of the tree must not be taken for the entry that another process
// records in its place.
TEST_P(ShortMemory, MayRunOutBeforeAnotherRecords) {
  const TempFolder folder;
  Register reg(folder);
  bool refused = true;
  for (long n = 0; refused; n = next(n)) {
    SCOPED_TRACE("allocation " + std::to_string(n));
    reg.renew();
    const std::string json = body("here");
    Shortage shortage(n, GetParam());
    const pship_status status =
        pship_platform_record(reg.get(), json.data(), json.size(), nullptr, nullptr);
    refused = shortage.end();
    ASSERT_EQ(record(reg.other(), body("elsewhere")), PSHIP_OK) << pship_status_name(status);
    ASSERT_TRUE(same(state_of(reg.get()), state_of(reg.other())));
    ASSERT_EQ(record(reg.get(), body("next")), PSHIP_OK);
    ASSERT_EQ(faults(reg.other()), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Register, ShortMemory, testing::Values(Lack::once, Lack::lasting),
                         [](const auto& of) { return name_of(of.param); });
INSTANTIATE_TEST_SUITE_P(Register, Memory,
                         testing::Combine(testing::Values(Lack::once, Lack::lasting),
                                          testing::Values(Handle::kept, Handle::fresh)),
                         [](const auto& of) {
                           return std::string(name_of(std::get<0>(of.param))) +
                                  (std::get<1>(of.param) == Handle::kept ? "OnOneHandle"
                                                                         : "OnFreshHandles");
                         });

}  // namespace
}  // namespace fault
