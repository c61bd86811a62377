// SPDX-License-Identifier: Apache-2.0
//
// Offsets against transitions that were published in the IANA time zone database (tzdata: files
// asia, europe, australasia, backward).
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "feel/temporal.hpp"

namespace partnership::feel {
namespace {

// The offset in minutes at a local date and time.
int minutes(std::string_view zone, std::string_view local) {
  Arena arena;
  const auto index = find_zone(zone);
  const auto at = parse_date_time(arena, local);
  if (!index || !at) {
    ADD_FAILURE() << zone << " " << local;
    return -9999;
  }
  const std::int32_t seconds =
      zone_offset(*index, at->date_time().days, at->date_time().nanoseconds);
  return seconds / 60;
}

TEST(FeelZone, KnowsPublishedTransitions) {
  // Lebanon: summer time from the last Sunday of March at 0:00 to the last Sunday of October at
  // 0:00, since 1993 and 1999.
  EXPECT_EQ(minutes("Asia/Beirut", "2019-03-30T23:59:59"), 120);
  EXPECT_EQ(minutes("Asia/Beirut", "2019-03-31T01:00:00"), 180);
  EXPECT_EQ(minutes("Asia/Beirut", "2019-10-26T22:59:59"), 180);
  EXPECT_EQ(minutes("Asia/Beirut", "2019-10-27T00:00:00"), 120);
  // The European Union: the last Sundays of March and October at 1:00 UTC.
  EXPECT_EQ(minutes("Europe/Paris", "2021-03-28T01:59:59"), 60);
  EXPECT_EQ(minutes("Europe/Paris", "2021-03-28T03:00:00"), 120);
  EXPECT_EQ(minutes("Europe/Paris", "2021-10-31T01:59:59"), 120);
  EXPECT_EQ(minutes("Europe/Paris", "2021-10-31T03:00:00"), 60);
  // Southern summers; half hours; no summer time; local mean time before 1883.
  EXPECT_EQ(minutes("Australia/Melbourne", "2021-01-01T10:10:10"), 660);
  EXPECT_EQ(minutes("Australia/Melbourne", "2021-07-01T10:10:10"), 600);
  EXPECT_EQ(minutes("Australia/Lord_Howe", "2021-01-01T00:00:00"), 660);
  EXPECT_EQ(minutes("Australia/Lord_Howe", "2021-07-01T00:00:00"), 630);
  EXPECT_EQ(minutes("Asia/Dhaka", "2021-01-01T00:00:00"), 360);
  EXPECT_EQ(minutes("Asia/Kathmandu", "2021-01-01T00:00:00"), 345);
  EXPECT_EQ(minutes("Etc/UTC", "2021-01-01T00:00:00"), 0);
  EXPECT_EQ(minutes("Etc/GMT+5", "2021-01-01T00:00:00"), -300);
  EXPECT_EQ(minutes("Asia/Beirut", "1850-01-01T00:00:00"), 142);  // 2:22
}

TEST(FeelZone, SkippedAndRepeatedHoursGoByTheOffsetBefore) {
  EXPECT_EQ(minutes("Europe/Paris", "2021-03-28T02:30:00"), 60);   // there is no such time
  EXPECT_EQ(minutes("Europe/Paris", "2021-10-31T02:30:00"), 120);  // the first of two
  EXPECT_EQ(minutes("Asia/Beirut", "2019-03-31T00:30:00"), 120);   // none
  EXPECT_EQ(minutes("Asia/Beirut", "2019-10-26T23:30:00"), 180);   // the first of two
  EXPECT_EQ(minutes("America/New_York", "2021-11-07T01:30:00"), -240);
}

TEST(FeelZone, AnInstantHasOneOffset) {
  const std::uint16_t paris = *find_zone("Europe/Paris");
  constexpr std::int64_t autumn = 1'635'642'000;  // 2021-10-31T01:00:00Z
  EXPECT_EQ(zone_offset_at(paris, autumn - 1), 7200);
  EXPECT_EQ(zone_offset_at(paris, autumn), 3600);
  EXPECT_EQ(zone_offset_at(paris, -62'135'596'800), 561);  // year 1: Paris mean time, 0:09:21
}

TEST(FeelZone, StandardTimeLeavesOutSummerTime) {
  EXPECT_EQ(zone_standard_offset(*find_zone("Europe/Paris")), 3600);
  EXPECT_EQ(zone_standard_offset(*find_zone("Australia/Melbourne")), 36000);
  EXPECT_EQ(zone_standard_offset(*find_zone("Europe/London")), 0);
  EXPECT_EQ(zone_standard_offset(*find_zone("Asia/Beirut")), 7200);
}

TEST(FeelZone, DistantYearsGoOnAsTheRulesDo) {
  for (const std::string_view year :
       {"2399", "2400", "2401", "2800", "9999", "99999", "999999999"}) {
    EXPECT_EQ(minutes("Europe/Paris", std::string(year) + "-07-01T12:00:00"), 120) << year;
    EXPECT_EQ(minutes("Europe/Paris", std::string(year) + "-12-31T12:00:00"), 60) << year;
  }
  // The last Sunday of March 2421 is, as in 2021, the 28th.
  EXPECT_EQ(minutes("Europe/Paris", "2421-03-28T01:59:59"), 60);
  EXPECT_EQ(minutes("Europe/Paris", "2421-03-28T03:00:00"), 120);
  EXPECT_EQ(minutes("Europe/Paris", "-999999999-01-01T00:00:00"), 9);
}

TEST(FeelZone, NamesAreThoseOfIanaToTheLetter) {
  for (const std::string_view id : {"Asia/Beirut", "Etc/UTC", "UTC", "GMT", "EST", "Europe/Kyiv",
                                    "Europe/Kiev", "Asia/Calcutta", "US/Pacific", "PST8PDT"}) {
    const auto zone = find_zone(id);
    ASSERT_TRUE(zone) << id;
    EXPECT_EQ(zone_id(*zone), id);
  }
  for (const std::string_view id :
       {"", "asia/beirut", "Asia/Beirut ", "Asia/", "xyz/abc", "Etc/Unknown", "ACT", "PST",
        "+01:00", "GMT+1", "UTC+01:00", "Z", "Beirut", "SystemV/EST5"}) {
    EXPECT_EQ(find_zone(id), std::nullopt) << id;
  }
}

TEST(FeelZone, MayBeAskedByManyThreads) {
  std::vector<std::thread> threads;
  std::vector<int> found(4);
  for (std::size_t t = 0; t < found.size(); ++t) {
    threads.emplace_back([&found, t] {
      for (const std::string_view id : {"Africa/Cairo", "Asia/Tokyo", "America/Lima"}) {
        const std::uint16_t zone = *find_zone(id);
        for (int day = 0; day < 1000; ++day) found[t] += zone_offset(zone, day * 7, 0) / 60;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int each : found) EXPECT_EQ(each, found[0]);
}

}  // namespace
}  // namespace partnership::feel
