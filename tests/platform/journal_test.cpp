// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <thread>

#include "base/merkle.hpp"
#include "support.hpp"

namespace partnership::platform::testing {
namespace {

std::string body(int number) {
  return event("body.registered", "2010-01-01",
               R"({"id":"b)" + std::to_string(number) + R"(","name":{"en":"B"},"side":"other"})");
}

// The oracle: every root and proof over the leaves in memory, by the definition.
TEST(Journal, HasTheRootsAndProofsOfItsLeaves) {
  Register reg(":memory:", {});
  std::vector<Hash> leaves;
  const int count = 600;  // more than two tiles
  std::string batch = "[";
  for (int i = 0; i < count; ++i) batch += (i == 0 ? "" : ",") + body(i);
  reg.record(batch + "]", [&](const auto& receipts) {
    for (const auto& receipt : receipts) leaves.push_back(receipt.leaf);
  });
  ASSERT_EQ(leaves.size(), static_cast<std::size_t>(count));
  std::mt19937 random(7);
  for (const std::int64_t size : {0, 1, 2, 255, 256, 257, 511, 512, 513, 600}) {
    const auto first = std::span(leaves).first(static_cast<std::size_t>(size));
    ASSERT_EQ(reg.root(size), merkle_root(first)) << size;
    for (int round = 0; round < 20 && size > 0; ++round) {
      const auto position = static_cast<std::int64_t>(random() % static_cast<unsigned>(size));
      const auto proof = reg.prove_inclusion(position, size);
      ASSERT_LE(proof.size(), 10U);
      ASSERT_TRUE(verify_inclusion(leaves[static_cast<std::size_t>(position)],
                                   static_cast<std::uint64_t>(position),
                                   static_cast<std::uint64_t>(size), proof, reg.root(size)));
      const auto older = static_cast<std::int64_t>(random() % static_cast<unsigned>(size + 1));
      ASSERT_TRUE(verify_consistency(static_cast<std::uint64_t>(older), reg.root(older),
                                     static_cast<std::uint64_t>(size), reg.root(size),
                                     reg.prove_consistency(older, size)));
    }
  }
  for (const auto& [position, size] :
       std::vector<std::pair<int, int>>{{-1, 10}, {10, 10}, {0, 601}, {0, -1}}) {
    Code code{};
    problems_of([&, position = position, size = size] { reg.prove_inclusion(position, size); },
                &code);
    EXPECT_EQ(code, Code::invalid_argument) << position << " of " << size;
  }
}

TEST(Journal, IsSharedByTwoThatHoldTheFileOpen) {
  const TempFolder folder;
  Register one(folder.file("r.db"), {});
  Register two(folder.file("r.db"), {});
  std::vector<Hash> leaves;
  const auto keep = [&](const auto& receipts) {
    for (const auto& receipt : receipts) leaves.push_back(receipt.leaf);
  };
  for (int i = 0; i < 300; ++i) (i % 3 == 0 ? one : two).record(body(i), keep);
  EXPECT_EQ(one.size(), 300);
  EXPECT_EQ(one.root(-1), merkle_root(leaves));
  EXPECT_EQ(two.root(-1), merkle_root(leaves));
  EXPECT_THAT(one.verify({}), ::testing::IsEmpty());
  // What one recorded, the other knows of when it judges.
  Code code{};
  problems_of([&] { two.record(body(0)); }, &code);
  EXPECT_EQ(code, Code::refused);
}

TEST(Journal, WaitsForAnotherWriterOnlySoLong) {
  const TempFolder folder;
  Register reg(folder.file("r.db"), options({{"busy_timeout_ms", std::int64_t{10}}}));
  SQLite::Database other(folder.file("r.db"), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  Code code{};
  problems_of([&] { reg.record(body(1)); }, &code);
  EXPECT_EQ(code, Code::busy);
  other.exec("ROLLBACK");
  reg.record(body(1));
  EXPECT_EQ(reg.size(), 1);
}

TEST(Journal, ACancelEndsTheWaitForAnotherWriter) {
  const TempFolder folder;
  Register reg(folder.file("r.db"), options({{"busy_timeout_ms", std::int64_t{600000}}}));
  SQLite::Database other(folder.file("r.db"), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  std::atomic<bool> done = false;
  std::thread canceller([&] {
    while (!done) {  // the call may not have begun
      reg.cancel();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  Code code{};
  problems_of([&] { reg.record(body(1)); }, &code);
  done = true;
  canceller.join();
  EXPECT_EQ(code, Code::cancelled);
  other.exec("ROLLBACK");
  reg.record(body(1));
  EXPECT_EQ(reg.size(), 1);
}

TEST(Journal, RefusesAHandThatReachesPastTheLibrary) {
  const TempFolder folder;
  Register reg(folder.file("r.db"), {});
  reg.record(body(1));
  SQLite::Database hand(folder.file("r.db"), SQLite::OPEN_READWRITE);
  for (const char* sql :
       {"UPDATE entry SET bytes = 'x'", "DELETE FROM entry", "UPDATE entry SET position = 5"}) {
    try {
      hand.exec(sql);
      FAIL() << sql;
    } catch (const SQLite::Exception& refused) {
      EXPECT_THAT(refused.what(), ::testing::HasSubstr("journal entry"));
    }
  }
}

}  // namespace
}  // namespace partnership::platform::testing
