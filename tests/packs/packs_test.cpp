// SPDX-License-Identifier: Apache-2.0
#include "packs/packs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "support/temp_folder.hpp"

namespace partnership {
namespace {

using pship_testing::TempFolder;
using testing::HasSubstr;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> names(const Packs& packs) {
  std::vector<std::string> out;
  for (const Packs::Entry& entry : packs.list()) {
    EXPECT_EQ(entry.name.substr(0, entry.name.find('/')), entry.kind);
    out.push_back(entry.name);
  }
  return out;
}

Error refused(const Packs& packs, std::string_view name) {
  try {
    packs.text(name);
  } catch (const Error& error) {
    return error;
  }
  return Error(Code::ok, "nothing was thrown");
}

// What is compiled in is what lies in the folder, byte by byte, and nothing is forgotten.
TEST(Packs, HoldEveryFileThatShips) {
  const char* root = std::getenv("PSHIP_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "PSHIP_SOURCE_DIR is not set";
  const std::filesystem::path folder = std::filesystem::path(root) / "libpartnership" / "packs";
  std::vector<std::string> expected;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    expected.push_back(entry.path().lexically_relative(folder).generic_string());
  }
  std::sort(expected.begin(), expected.end());
  const Packs packs;
  EXPECT_EQ(names(packs), expected);
  for (const std::string& name : expected) {
    EXPECT_EQ(packs.text(name), read(folder / name)) << name;
    EXPECT_EQ(pack(name), read(folder / name)) << name;
    EXPECT_NO_THROW(json::Document::parse(packs.text(name))) << name;
  }
  // The same folder, looked into: the same packs.
  const Packs from_folder(folder.string());
  EXPECT_EQ(names(from_folder), expected);
  for (const Packs::Entry& entry : from_folder.list()) EXPECT_TRUE(entry.in_folder) << entry.name;
  EXPECT_EQ(from_folder.text("schemas/calendar.schema.json"), pack("schemas/calendar.schema.json"));
}

TEST(Packs, CalendarsAreNamedByTheirFiles) {
  for (const Packs::Entry& entry : Packs().list()) {
    if (entry.kind != "calendars") continue;
    const Calendar calendar = Calendar::load(Packs().text(entry.name));
    EXPECT_EQ("calendars/" + calendar.id() + ".json", entry.name);
  }
}

// What memoranda of the Presidency of the Council of Ministers and newspapers say of days that the
// calendar does not have by date: its rules must come to the same.
TEST(Packs, LebanonIsClosedWhenItsGovernmentSaidSo) {
  const Calendar lebanon = Calendar::load(pack("calendars/lebanon.json"));
  const auto works = [&](std::string_view day) { return lebanon.is_working_day(parse_date(day)); };
  for (const std::string_view day :
       {"2017-11-22", "2018-11-22", "2020-12-25", "2021-01-01", "2021-01-06",
        "2021-04-02", "2022-01-06", "2023-01-06", "2023-04-07", "2023-04-14",
        "2023-05-01", "2023-08-15", "2023-11-22", "2024-02-09", "2024-12-25",
        "2025-01-01", "2025-01-06", "2025-04-18", "2025-05-01", "2026-02-09"}) {
    EXPECT_FALSE(works(day)) << day;
  }
  // Until Law 46 of 2017 offices were open on Saturdays; the Saturday after a Good Friday of both
  // calendars was off all the same.
  for (const std::string_view day : {"2017-04-08", "2017-08-19", "2017-08-25", "2018-08-27"}) {
    EXPECT_TRUE(works(day)) << day;
  }
  for (const std::string_view day : {"2017-04-14", "2017-04-15", "2017-08-20", "2017-08-26"}) {
    EXPECT_FALSE(works(day)) << day;
  }
  // Moved by memorandum: off on that day, and not twice.
  EXPECT_FALSE(works("2021-12-31"));
  EXPECT_FALSE(works("2025-11-24"));
  EXPECT_TRUE(works("2022-01-03"));
  // 2024: 262 weekdays from Monday to Friday; 10 fixed holidays, of which 6 January is a Saturday;
  // 14 February, three weekdays of al-Fitr and the Hijri New Year by memorandum.
  EXPECT_EQ(lebanon.working_days_between(parse_date("2024-01-01"), parse_date("2025-01-01")),
            262 - 9 - 1 - 3 - 1);
  for (const Holiday& holiday : lebanon.holidays()) {
    EXPECT_TRUE(holiday.verified && !holiday.source.empty()) << iso(holiday.date);
    for (const Language language : all_languages) EXPECT_TRUE(holiday.name.has(language));
  }
}

TEST(Packs, AFolderComesFirst) {
  const TempFolder place;
  place.write("calendars/mine.json", "{\"calendar\": 1}");
  place.write("criteria/example.json", "mine");
  place.write("criteria/notes.txt", "not listed");
  place.write("criteria/.json", "not listed");
  place.write("other/x.json", "not listed");
  place.write("x.json", "not listed");
  const Packs packs(place.path());
  EXPECT_EQ(packs.text("calendars/mine.json"), "{\"calendar\": 1}");
  EXPECT_EQ(packs.text("criteria/example.json"), "mine");
  EXPECT_EQ(packs.text("schemas/criteria.schema.json"), pack("schemas/criteria.schema.json"));
  std::vector<std::string> expected = names(Packs());
  expected.push_back("calendars/mine.json");
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names(packs), expected);
  for (const Packs::Entry& entry : packs.list()) {
    const bool mine = entry.name == "calendars/mine.json" || entry.name == "criteria/example.json";
    EXPECT_EQ(entry.in_folder, mine) << entry.name;
  }
}

TEST(Packs, SayWhatThereIsNot) {
  const TempFolder place;
  place.write("secret.json", "s");
  place.write("in/criteria/bytes.json", "\xff");
  std::filesystem::create_symlink("../../secret.json", place.file("in/criteria/link.json"));
  // A link in the place of what is compiled in does not quietly fall back to that.
  std::filesystem::create_symlink("../../secret.json", place.file("in/criteria/example.json"));
  const Packs packs(place.file("in"));
  for (const Packs* all : {&packs}) {
    EXPECT_EQ(refused(*all, "criteria/link.json").code(), Code::io);
    EXPECT_EQ(refused(*all, "criteria/example.json").code(), Code::io);
    EXPECT_EQ(refused(*all, "criteria/bytes.json").code(), Code::malformed);
  }
  const Packs none;
  for (const Packs* all : {&packs, &none}) {
    const Error error = refused(*all, "criteria/exmple.json");
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_THAT(error.what(), HasSubstr("`criteria/exmple.json`, the nearest is"));
    EXPECT_EQ(refused(*all, "criteria/zzzzzzzzzzzzzzzzzzzzzzzzzz.json").code(), Code::not_found);
    for (const std::string_view name :
         {"", "criteria", "criteria/", "criteria/../secret.json", "../secret.json", "criteria/x",
          "criteria//x.json", "/criteria/x.json", "other/x.json", "criteria/.json",
          "criteria/x.json/", "Criteria/x.json", "criteria/a b.json"}) {
      EXPECT_EQ(refused(*all, name).code(), Code::invalid_argument) << name;
    }
  }
  EXPECT_THROW(Packs(place.file("none")), Error);
  EXPECT_EQ(pack("schemas/nothing"), "");
}

}  // namespace
}  // namespace partnership
