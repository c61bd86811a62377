// SPDX-License-Identifier: Apache-2.0
//
// A call is cancelled at every allocation that it makes, which is as good as at every moment, and
// by another thread at whatever moment comes. It is undone or it is done, it says which, and a
// cancel that came in time is never overheard.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "fault/calls.hpp"
#include "fault/shortage.hpp"

namespace fault {
namespace {

using namespace pship_testing;

// While it lives, the register is cancelled at its thread's allocation after the n-th.
class CancelAt {
 public:
  CancelAt(long n, pship_platform* platform) {
    memory::instead = [](void* of) { pship_platform_cancel(static_cast<pship_platform*>(of)); };
    memory::instead_for = platform;
    memory::refused = 0;
    memory::allowance = n;
  }
  ~CancelAt() { end(); }
  CancelAt(const CancelAt&) = delete;
  CancelAt& operator=(const CancelAt&) = delete;
  long used() const { return std::numeric_limits<long>::max() - memory::allowance; }
  bool end() {  // whether it came so far
    memory::allowance = std::numeric_limits<long>::max();
    memory::instead = nullptr;
    return memory::refused > 0;
  }
};

Call named(const std::vector<Call>& calls, const std::string& name) {
  return *std::ranges::find(calls, name, &Call::name);
}

class Cancel : public testing::Test {
 protected:
  Cancel() { expected_.before = state_of(platform_.get()); }

  struct Outcome {
    std::string before, answer, after;
  };

  void renew() { platform_ = small_register(); }

  void ask(const Call& call) {
    Outputs out;
    ASSERT_EQ(call.run(platform_.get(), out), call.expected);
    expected_.answer = out.said();
    expected_.after = state_of(platform_.get());
    renew();
  }

  void expect_outcome(const Call& call, pship_status status, const Outputs& out, bool read_all) {
    if (status == PSHIP_OK) {
      EXPECT_EQ(out.said(), expected_.answer);
    } else {
      EXPECT_TRUE(status == PSHIP_CANCELLED || status == call.expected)
          << pship_status_name(status) << ": " << pship_error_message(out.error);
      EXPECT_TRUE(out.nothing());
    }
    EXPECT_TRUE(
        same(state_of(platform_.get()), status == PSHIP_OK ? expected_.after : expected_.before));
    EXPECT_TRUE(usable(platform_.get(), read_all));
    if (status == PSHIP_OK && expected_.after != expected_.before) renew();
  }

  void expect_to_survive(const std::vector<Call>& calls) {
    for (const Call& call : calls) {
      SCOPED_TRACE(call.name);
      ask(call);
      bool came = true;
      for (long n = 0; came && !HasFailure(); n = next(n)) {
        SCOPED_TRACE("allocation " + std::to_string(n));
        Outputs out;
        CancelAt cancel(n, platform_.get());
        const pship_status status = call.run(platform_.get(), out);
        came = cancel.end();
        expect_outcome(call, status, out, n % 8 == 0);
      }
    }
  }

  Owned<pship_platform> platform_ = small_register();
  Outcome expected_;
};

TEST_F(Cancel, UndoesEveryChange) {
  expect_to_survive(changes());
}

TEST_F(Cancel, EndsEveryRead) {
  expect_to_survive(reads());
}

// Calls that take long end soon, also when the cancel came between two statements.
TEST(CancelLong, IsNeverOverheard) {
  const auto platform = small_register();
  std::vector<std::string> bodies;
  for (int i = 0; i < 2000; ++i) bodies.push_back(body("b" + std::to_string(i)));
  ASSERT_EQ(record(platform.get(), batch(bodies)), PSHIP_OK);
  auto options = std::make_shared<Options>();
  for (const Call& call :
       {querying("body", options), querying("entries", options), named(reads(), "dump"),
        named(reads(), "export"), named(reads(), "verify"), named(changes(), "rebuild")}) {
    SCOPED_TRACE(call.name);
    long all = 0;
    for (int i = 0; i < 2; ++i) {  // the first time prepares statements
      Outputs out;
      CancelAt never(std::numeric_limits<long>::max(), platform.get());
      ASSERT_EQ(call.run(platform.get(), out), PSHIP_OK);
      all = never.used();
    }
    ASSERT_GT(all, 10);
    // The first few come before the call has taken notice of the register.
    for (long n = 6; n < all * 3 / 4; n += 1 + n / 4) {
      SCOPED_TRACE("allocation " + std::to_string(n));
      Outputs out;
      const CancelAt cancel(n, platform.get());
      ASSERT_EQ(call.run(platform.get(), out), PSHIP_CANCELLED);
    }
  }
}

// From another thread, over and over, at whatever moment.
TEST(CancelFromAnotherThread, UndoesOrComesTooLate) {
  const auto platform = small_register();
  std::atomic<bool> over = false;
  std::thread other([&] {
    while (!over) {
      pship_platform_cancel(platform.get());
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  std::int64_t recorded = small_size;
  long cancelled = 0;
  const int times = long_run() ? 5000 : 200;
  for (int i = 0; i < times; ++i) {
    const std::string json =
        batch({body("x" + std::to_string(i)),
               event("body.closed", "2010-01-01", R"({"id":"x)" + std::to_string(i) + R"("})")});
    const pship_status status = record(platform.get(), json);
    if (status == PSHIP_OK) recorded += 2;
    cancelled += status == PSHIP_CANCELLED ? 1 : 0;
    EXPECT_TRUE(status == PSHIP_OK || status == PSHIP_CANCELLED) << pship_status_name(status);
    for (const Call& call : {named(reads(), "verify"), named(changes(), "rebuild")}) {
      Outputs out;
      const pship_status ended = call.run(platform.get(), out);
      EXPECT_TRUE(ended == PSHIP_OK || ended == PSHIP_CANCELLED) << pship_status_name(ended);
      cancelled += ended == PSHIP_CANCELLED ? 1 : 0;
    }
  }
  over = true;
  other.join();
  EXPECT_GT(cancelled, 0);
  EXPECT_EQ(size_of(platform.get()), recorded);
  EXPECT_TRUE(usable(platform.get()));
}

}  // namespace
}  // namespace fault
