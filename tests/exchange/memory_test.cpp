// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of what is exported fails once: nothing leaks, and it works as soon as there is
// memory.
#include <gtest/gtest.h>

#include <string>

#include "charter/charter.hpp"
#include "exchange/akoma_ntoso.hpp"
#include "exchange/icalendar.hpp"
#include "packs/packs.hpp"
#include "support/failing_memory.hpp"

namespace partnership::exchange {
namespace {

// Runs `work` until it has enough memory; answers how often it ran out.
template <class Work>
long survived(const Work& work) {
  long leaked = 0;
  const long took = failing_memory::run_out(
      [&] {
        try {
          work();
          return true;
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      100000, leaked);
  EXPECT_EQ(leaked, 0);
  return took;
}

TEST(Memory, MayRunOutWhileWritingICalendar) {
  CalendarEntry entry;
  entry.uid = "an entry with a name that takes memory";
  entry.summary = std::string(300, 'x');
  entry.description = "several\nlines of text; with commas,";
  entry.link = "https://example.org/with/a/path/that/is/long";
  entry.categories = {"one", "two"};
  entry.due = 17000;
  CalendarFile file;
  file.stamp = "2026-11-25T10:00:00Z";
  file.entries = {&entry, 1};
  EXPECT_GE(survived([&] { icalendar(file); }), 10);
}

TEST(Memory, MayRunOutWhileWritingAkomaNtoso) {
  const auto charter = charter::Charter::load(pack("charters/lebanon-28-2017.json"));
  EXPECT_GE(survived([&] { akoma_ntoso(*charter); }), 50);
}

}  // namespace
}  // namespace partnership::exchange
