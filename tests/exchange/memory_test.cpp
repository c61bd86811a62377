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

using failing_memory::expect_to_survive;

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
  expect_to_survive([&] { icalendar(file); }, 10);
}

TEST(Memory, MayRunOutWhileWritingAkomaNtoso) {
  const auto charter = charter::Charter::load(pack("charters/lebanon-28-2017.json"));
  expect_to_survive([&] { akoma_ntoso(*charter); }, 50);
}

}  // namespace
}  // namespace partnership::exchange
