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
