// SPDX-License-Identifier: Apache-2.0
//
// Packs and the schemas among them, from C and from C++.
#include "harness.hpp"
#include "partnership/partnership.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::HasSubstr;

constexpr const char* schema_name = "schemas/calendar.schema.json";

std::string_view text_of(const pship_text* text) {
  return {pship_text_data(text), pship_text_size(text)};
}

TEST(CApi, pship_calendar_schema) {
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_calendar_schema(&out, err); }));
  const Owned<pship_text> schema(out);
  EXPECT_THAT(std::string(text_of(out)), HasSubstr("urn:partnership:schema:calendar:1"));
  EXPECT_TRUE(refuses_misuse(pship_calendar_schema, &out));
}

TEST(CApi, pship_packs_list) {
  const TempFolder place;
  place.write("calendars/mine.json", "{}");
  place.write(schema_name, "{}");
  pship_table* out = nullptr;
  for (const char* folder : {static_cast<const char*>(nullptr), ""}) {
    EXPECT_TRUE(gives([&](pship_error** err) { return pship_packs_list(folder, &out, err); }));
    const Owned<pship_table> table(out);
    EXPECT_THAT(column_names(out), testing::ElementsAre("name", "kind", "origin"));
    EXPECT_THAT(column(out, "name"), Contains(schema_name));
    EXPECT_THAT(column(out, "origin"), testing::Each("library"));
  }
  const std::string path = place.path();
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_packs_list(path.c_str(), &out, err); }));
  const Owned<pship_table> table(out);
  const auto names = column(out, "name");
  const auto origins = column(out, "origin");
  const auto kinds = column(out, "kind");
  EXPECT_THAT(names, Contains("calendars/mine.json"));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool mine = names[i] == "calendars/mine.json" || names[i] == schema_name;
    EXPECT_EQ(origins[i], mine ? "folder" : "library") << names[i];
    EXPECT_EQ(kinds[i], names[i].substr(0, names[i].find('/')));
  }
  const std::string none = place.file("none");
  EXPECT_TRUE(refuses(
      PSHIP_NOT_FOUND, [&](pship_error** err) { return pship_packs_list(none.c_str(), &out, err); },
      out));
  EXPECT_TRUE(refuses_misuse(pship_packs_list, may<const char*>(nullptr), &out));
}

TEST(CApi, pship_packs_text) {
  const TempFolder place;
  place.write(schema_name, "mine");
  place.write("criteria/bytes.json", "\xff");
  place.write("secret.json", "s");
  const std::string path = place.path();
  pship_text* out = nullptr;
  const auto ask = [&](const char* folder, const char* name) {
    return [&out, folder, name](pship_error** err) {
      return pship_packs_text(folder, name, &out, err);
    };
  };
  EXPECT_TRUE(gives(ask(nullptr, schema_name)));
  const Owned<pship_text> shipped(out);
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_calendar_schema(&out, err); }));
  const Owned<pship_text> schema(out);
  EXPECT_EQ(text_of(shipped.get()), text_of(schema.get()));
  EXPECT_TRUE(gives(ask(path.c_str(), schema_name)));
  const Owned<pship_text> mine(out);
  EXPECT_EQ(text_of(mine.get()), "mine");
  EXPECT_TRUE(gives(ask(path.c_str(), "criteria/example.json")));
  const Owned<pship_text> compiled(out);
  EXPECT_FALSE(text_of(compiled.get()).empty());

  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, ask(path.c_str(), "criteria/none.json"), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, ask((path + "/none").c_str(), schema_name), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, ask(path.c_str(), "criteria/bytes.json"), out));
  for (const char* name : {"", "../secret.json", "criteria/../secret.json", "secret.json",
                           "criteria/x.txt", "/criteria/example.json"}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(path.c_str(), name), out)) << name;
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(nullptr, name), out)) << name;
  }
  const auto error = error_of(ask(nullptr, "schemas/calender.schema.json"));
  EXPECT_STREQ(pship_error_detail_key(error.get(), 0), "nearest");
  EXPECT_STREQ(pship_error_detail_value(error.get(), 0), schema_name);
  EXPECT_TRUE(refuses_misuse(pship_packs_text, may<const char*>(nullptr), schema_name, &out));
}

TEST(HppPacks, AreReadFromAFolderAndFromTheLibrary) {
  const TempFolder place;
  place.write("calendars/mine.json", "mine");
  const pship::Packs shipped, packs(place.path());
  EXPECT_EQ(shipped.text(schema_name), pship::Calendar::schema());
  EXPECT_EQ(packs.text(schema_name), pship::Calendar::schema());
  EXPECT_EQ(packs.text("calendars/mine.json"), "mine");
  EXPECT_EQ(packs.list().rows(), shipped.list().rows() + 1);
  EXPECT_THROW(shipped.text("calendars/mine.json"), pship::Error);
  EXPECT_THROW(shipped.text(std::string_view("schemas/\0.json", 14)), pship::Error);
  EXPECT_THROW(pship::Packs(std::string_view("a\0b", 3)), pship::Error);
  EXPECT_THROW(pship::Packs(place.file("none")).list(), pship::Error);
}

}  // namespace
