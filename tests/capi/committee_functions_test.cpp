// SPDX-License-Identifier: Apache-2.0
//
// Every C function of committee.h: what it refuses and what it leaves behind then. What the check
// answers is the matter of tests/committee.
#include "harness.hpp"

namespace {

using namespace pship_testing;
using testing::ElementsAre;

constexpr std::string_view document = R"({"criteria": "test", "version": "1",
  "title": {"en": "Test"}, "size": {"min": 1, "max": 3},
  "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil society",
             "min": 1}]})";

Owned<pship_criteria> criteria() {
  return made<pship_criteria>([](auto** out) {
    return pship_criteria_load(document.data(), document.size(), out, nullptr);
  });
}

Owned<pship_table> people(std::string_view csv = "id,side\na,public\nb,civil society\nc,\n") {
  return made<pship_table>([&](auto** out) {
    return pship_table_read_csv(csv.data(), csv.size(), nullptr, out, nullptr);
  });
}

Owned<pship_nominees> nominees() {
  return made<pship_nominees>(
      [](auto** out) { return pship_nominees_new(people().get(), nullptr, out, nullptr); });
}

Owned<pship_check> check_of(std::vector<const char*> members) {
  return made<pship_check>([&](auto** out) {
    return pship_criteria_check(criteria().get(), nominees().get(), members.data(),
                                static_cast<std::int64_t>(members.size()), PSHIP_DATE_NONE, out,
                                nullptr);
  });
}

TEST(CApi, pship_criteria_schema) {
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_criteria_schema(&out, err); }));
  const Owned<pship_text> schema(out);
  EXPECT_NE(made<pship_text>([&](auto** text) {
              return pship_json_canonical(pship_text_data(out), pship_text_size(out), text,
                                          nullptr);
            }),
            nullptr);
  EXPECT_TRUE(refuses_misuse(pship_criteria_schema, &out));
}

TEST(CApi, pship_criteria_load) {
  pship_criteria* out = nullptr;
  const auto load = [&](std::string_view json) {
    return [&out, exact = Exact(json)](pship_error** err) {
      return pship_criteria_load(exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(load(document)));
  ASSERT_NE(out, nullptr);
  pship_criteria_free(out);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load(""), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load(document.substr(0, 80)), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("[]"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("{}"), out));
  EXPECT_TRUE(refuses_misuse(pship_criteria_load, document.data(), document.size(), &out));
}

TEST(CApi, pship_criteria_of_categories) {
  pship_text* out = nullptr;
  const auto make = [&](std::string_view csv, const pship_options* options = nullptr) {
    return [&out, exact = Exact(csv), options](pship_error** err) {
      return pship_criteria_of_categories(exact.data(), exact.size(), options, &out, err);
    };
  };
  constexpr std::string_view csv = "category,feature,min,max\nside,public,1,2\nside,civil,1,2\n";
  Options named, foreign;
  named.text("name", "ours").number("size", 3).text("one_per", "household;street");
  EXPECT_TRUE(gives(make(csv)));
  pship_text_free(out);
  EXPECT_TRUE(gives(make(csv, named.get())));
  const std::string json = said(Owned<pship_text>(out).get());
  const auto read = made<pship_criteria>(
      [&](auto** made) { return pship_criteria_load(json.data(), json.size(), made, nullptr); });
  const auto table = made<pship_table>(
      [&](auto** made) { return pship_criteria_table(read.get(), made, nullptr); });
  EXPECT_THAT(
      column(table.get(), "kind"),
      testing::UnorderedElementsAre("size", "quota", "quota", "at_most_per", "at_most_per"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make("category,feature,min\nside,public,1\n"), out));
  Options none;
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make(csv, none.number("size", 0).get()), out));
  pship_error* error = nullptr;
  EXPECT_EQ(make(csv, none.get())(&error), PSHIP_INVALID_DOCUMENT);
  ASSERT_EQ(pship_error_problems(error), 2);
  EXPECT_EQ(pship_error_line(error, 0), 2);
  EXPECT_EQ(pship_error_line(error, 1), 3);
  EXPECT_EQ(pship_error_column(error, 0), 0);  // of the row as a whole
  EXPECT_TRUE(std::string(pship_error_message(error)).starts_with("2: the min "))
      << pship_error_message(error);
  pship_error_free(error);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, make("category,feature,min,max\nside\n"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, make(csv, foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_criteria_of_categories, csv.data(), csv.size(), nullptr, &out));
}

TEST(CApi, pship_criteria_table) {
  const auto loaded = criteria();
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_criteria_table(loaded.get(), &out, err); }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "criterion"), testing::Contains("civil"));
  EXPECT_TRUE(refuses_misuse(pship_criteria_table, loaded.get(), &out));
}

TEST(CApi, pship_criteria_hash) {
  const auto loaded = criteria();
  Digest out{}, expected{};
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_criteria_hash(loaded.get(), out.data(), err); }));
  const std::string canonical =
      said(made<pship_text>([](auto** text) {
             return pship_json_canonical(document.data(), document.size(), text, nullptr);
           }).get());
  ASSERT_EQ(pship_sha256(canonical.data(), canonical.size(), expected.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(out, expected);
  EXPECT_TRUE(refuses_misuse(pship_criteria_hash, loaded.get(), out.data()));
}

TEST(CApi, pship_criteria_free) {
  pship_criteria_free(nullptr);
  pship_criteria_free(criteria().release());
}

TEST(CApi, pship_nominees_new) {
  const auto table = people();
  pship_nominees* out = nullptr;
  const auto make = [&](const pship_table* of, const pship_options* options) {
    return [&out, of, options](pship_error** err) {
      return pship_nominees_new(of, options, &out, err);
    };
  };
  EXPECT_TRUE(gives(make(table.get(), nullptr)));
  pship_nominees_free(out);
  Options other_id, absent, foreign;
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      make(table.get(), absent.text("id_column", "name").get()), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, make(table.get(), foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make(people("id\na\na\n").get(), nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make(people("id,x\n,1\n").get(), nullptr), out));
  EXPECT_TRUE(refuses_misuse(pship_nominees_new, table.get(), nullptr, &out));
}

TEST(CApi, pship_nominees_of_respondents) {
  pship_nominees* out = nullptr;
  const auto make = [&](std::string_view csv, const pship_options* options = nullptr) {
    return [&out, exact = Exact(csv), options](pship_error** err) {
      return pship_nominees_of_respondents(exact.data(), exact.size(), options, &out, err);
    };
  };
  constexpr std::string_view csv = "id;side\na;public\nb;\n";
  const auto hash = [&] {
    Digest digest{};
    const Owned<pship_nominees> read(out);
    EXPECT_EQ(pship_nominees_count(read.get()), 2);
    EXPECT_EQ(pship_nominees_hash(read.get(), digest.data(), nullptr), PSHIP_OK);
    return digest;
  };
  Options absent, unknown;
  EXPECT_TRUE(gives(make(csv)));
  const Digest without = hash();
  EXPECT_TRUE(gives(make(csv, unknown.text("blank", "unknown").get())));
  EXPECT_NE(hash(), without);
  pship_error* error = nullptr;
  EXPECT_EQ(make("id\na\na\n")(&error), PSHIP_INVALID_DOCUMENT);
  EXPECT_EQ(pship_error_line(error, 0), 3);
  pship_error_free(error);
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, make(csv, absent.text("id_column", "name").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make("id\na\na\n"), out));
  EXPECT_TRUE(refuses_misuse(pship_nominees_of_respondents, csv.data(), csv.size(), nullptr, &out));
}

TEST(CApi, pship_nominees_hash) {
  const auto list = nominees();
  Digest out{}, expected{};
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_nominees_hash(list.get(), out.data(), err); }));
  constexpr std::string_view canonical =
      R"([{"attributes":{"side":["public"]},"id":"a"},)"
      R"({"attributes":{"side":["civil society"]},"id":"b"},{"attributes":{"side":null},"id":"c"}])";
  ASSERT_EQ(pship_sha256(canonical.data(), canonical.size(), expected.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(out, expected);
  EXPECT_TRUE(refuses_misuse(pship_nominees_hash, list.get(), out.data()));
}

TEST(CApi, pship_nominees_count) {
  EXPECT_EQ(pship_nominees_count(nominees().get()), 3);
  EXPECT_EQ(pship_nominees_count(nullptr), 0);
}

TEST(CApi, pship_nominees_free) {
  pship_nominees_free(nullptr);
  pship_nominees_free(nominees().release());
}

TEST(CApi, pship_criteria_check) {
  const auto loaded = criteria();
  const auto list = nominees();
  pship_check* out = nullptr;
  const auto check = [&](std::vector<const char*> members, pship_date on = PSHIP_DATE_NONE) {
    return [&, members, on](pship_error** err) {
      return pship_criteria_check(loaded.get(), list.get(), members.data(),
                                  static_cast<std::int64_t>(members.size()), on, &out, err);
    };
  };
  EXPECT_TRUE(gives(check({"a", "b"})));
  EXPECT_EQ(pship_check_outcome(Owned<pship_check>(out).get()), PSHIP_MET);
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_criteria_check(loaded.get(), list.get(), nullptr, -1, 0, &out, err);
  }));
  pship_check_free(out);
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, check({"nobody"}), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, check({"\xff"}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, check({"a", "a"}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, check({"a", nullptr}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, check({"a"}, INT32_MAX), out));
  const std::array<const char*, 1> one = {"a"};
  const char* const* null_members = nullptr;
  for (const auto& [members, n] : {std::pair<const char* const*, std::int64_t>(one.data(), -1),
                                   {one.data(), INT64_MIN},
                                   {null_members, 1},
                                   {null_members, -2},
                                   {null_members, INT64_MAX}}) {
    EXPECT_TRUE(refuses(
        PSHIP_INVALID_ARGUMENT,
        [&, given = members, count = n](pship_error** err) {
          return pship_criteria_check(loaded.get(), list.get(), given, count, 0, &out, err);
        },
        out))
        << n;
  }
  EXPECT_TRUE(refuses_misuse(pship_criteria_check, loaded.get(), list.get(), one.data(), 1,
                             PSHIP_DATE_NONE, &out));
}

TEST(CApi, pship_check_outcome) {
  EXPECT_EQ(pship_check_outcome(check_of({"b"}).get()), PSHIP_MET);
  EXPECT_EQ(pship_check_outcome(check_of({"a"}).get()), PSHIP_NOT_MET);
  EXPECT_EQ(pship_check_outcome(check_of({"c"}).get()), PSHIP_UNDETERMINED);
  EXPECT_EQ(pship_check_outcome(nullptr), 0);
}

TEST(CApi, pship_check_criteria) {
  const auto check = check_of({"a"});
  pship_table* out = nullptr;
  const auto ask = [&](std::int32_t language) {
    return [&, language](pship_error** err) {
      return pship_check_criteria(check.get(), language, &out, err);
    };
  };
  for (const std::int32_t language : {PSHIP_LANG_AR, PSHIP_LANG_EN, PSHIP_LANG_FR}) {
    EXPECT_TRUE(gives(ask(language)));
    EXPECT_THAT(column(Owned<pship_table>(out).get(), "outcome"), ElementsAre("met", "not met"));
  }
  for (const std::int32_t language : {-1, 3, INT32_MIN, INT32_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(language), out)) << language;
  }
  EXPECT_TRUE(refuses_misuse(pship_check_criteria, check.get(), PSHIP_LANG_EN, &out));
}

TEST(CApi, pship_check_counts) {
  const auto check = check_of({"a", "b", "c"});
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_check_counts(check.get(), &out, err); }));
  const Owned<pship_table> counts(out);
  EXPECT_THAT(column(out, "member"), ElementsAre("b", "c"));
  EXPECT_THAT(column(out, "certain"), ElementsAre("true", "false"));
  EXPECT_TRUE(refuses_misuse(pship_check_counts, check.get(), &out));
}

TEST(CApi, pship_check_unmet) {
  const auto check = check_of({"a"});
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_check_unmet(check.get(), &out, err); }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "criterion"), ElementsAre("civil"));
  EXPECT_TRUE(refuses_misuse(pship_check_unmet, check.get(), &out));
}

TEST(CApi, pship_check_free) {
  pship_check_free(nullptr);
  pship_check_free(check_of({"a"}).release());
}

}  // namespace
