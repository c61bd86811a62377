// SPDX-License-Identifier: Apache-2.0
//
// The main test of the register: replaying the journal gives the same tables, byte for byte.
#include "support.hpp"
#include "verify/journal.hpp"

namespace partnership::platform::testing {
namespace {

std::string as_array(const std::vector<std::string>& events, std::size_t from, std::size_t to) {
  std::string out = "[";
  for (std::size_t i = from; i < to; ++i) out += (i == from ? "" : ",") + events[i];
  return out + "]";
}

TEST(Replay, GivesTheSameTables) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const auto events = random_programme(seed, 150);
    Register one_by_one(":memory:", {});
    for (const std::string& each : events) one_by_one.record(each);
    Register at_once(":memory:", {});
    at_once.record(as_array(events, 0, events.size()));
    const std::string dump = one_by_one.dump();
    // An erasure makes the tables anew, so a batch that holds one does so only at its end.
    EXPECT_EQ(at_once.root(-1), one_by_one.root(-1));
    EXPECT_EQ(at_once.dump(), dump) << "seed " << seed;
    one_by_one.rebuild();
    EXPECT_EQ(one_by_one.dump(), dump) << "seed " << seed;
    EXPECT_THAT(one_by_one.verify({}), ::testing::IsEmpty()) << "seed " << seed;
  }
}

TEST(Replay, OfTheWholeJournalAnswersWhatWasKnownThen) {
  const auto events = random_programme(77, 160);
  Register whole(":memory:", {});
  whole.record(as_array(events, 0, events.size()));
  for (std::size_t size = 20; size < events.size(); size += 35) {
    Register part(":memory:", {});
    part.record(as_array(events, 0, size));
    for (const TableSpec& table : tables()) {
      if (table.name == "person") continue;  // payloads erased later are gone from the past, too
      const auto then =
          whole.query(table.name, options({{"known_at", static_cast<std::int64_t>(size)}}));
      const auto now = part.query(table.name, {});
      ASSERT_EQ(then.rows(), now.rows()) << table.name;
      for (std::int64_t row = 0; row < now.rows(); ++row) {
        for (std::int32_t column = 0; column < now.columns(); ++column) {
          const std::string& name = now.column(column).name;
          if (name == "recorded_to") continue;  // the future is not known to the part
          ASSERT_EQ(at(then, name, row), at(now, name, row)) << table.name << " " << name;
        }
      }
    }
  }
}

TEST(Replay, OfThePublishedLinesNeedsNoRegister) {
  const auto events = random_programme(5, 80);
  Register reg(":memory:", {});
  reg.record(as_array(events, 0, events.size()));
  const std::string lines = reg.export_lines();
  const auto report = verify::verify_journal(lines);
  EXPECT_EQ(report.entries, reg.size());
  EXPECT_EQ(report.root, reg.root(-1));
}

}  // namespace
}  // namespace partnership::platform::testing
