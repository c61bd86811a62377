// SPDX-License-Identifier: Apache-2.0
//
// Every C function of platform.h that works on a register: what it answers, what it refuses.
#include <fstream>

#include "harness.hpp"
#include "support/small_register.hpp"

namespace {

using namespace pship_testing;
using testing::ElementsAre;
using testing::HasSubstr;

std::string text_at(const pship_table* table, std::int64_t row) {
  return cell(table, 0, row);
}

TEST(CApi, pship_platform_open) {
  const TempFolder folder;
  pship_platform* out = nullptr;
  const auto open = [&](const std::string& path, const pship_options* options = nullptr) {
    return [&out, path, options](pship_error** err) {
      return pship_platform_open(path.c_str(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(open(":memory:")));
  pship_platform_free(out);
  Options no_create, read_only, foreign;
  const std::string absent = folder.file("absent.db");
  EXPECT_TRUE(refuses(PSHIP_IO, open(absent, no_create.flag("create", false).get()), out));
  EXPECT_TRUE(refuses(PSHIP_IO, open(absent, read_only.flag("read_only", true).get()), out));
  EXPECT_FALSE(std::filesystem::exists(absent));
  const std::string path = folder.file("register سجل.db");
  EXPECT_TRUE(gives(open(path)));
  pship_platform_free(out);
  EXPECT_TRUE(gives(open(path, read_only.get())));
  EXPECT_EQ(record(out, body("a")), PSHIP_STATE);
  pship_platform_free(out);

  EXPECT_TRUE(refuses(PSHIP_IO, open(folder.file("no/such/folder.db")), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, open(""), out));
  EXPECT_TRUE(refuses(PSHIP_IO, open("/dev/null"), out));
  EXPECT_TRUE(refuses(PSHIP_IO, open(folder.file("")), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, open("\xff.db"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, open(path, foreign.number("limit", 1).get()), out));
  std::ofstream(folder.file("text")) << "this is no database, but long enough to be read as one";
  EXPECT_TRUE(refuses(PSHIP_CORRUPT, open(folder.file("text")), out));
  for (const std::string& bad : {folder.file("text"), folder.file("no/such/folder.db")}) {
    pship_error* error = nullptr;
    EXPECT_NE(pship_platform_open(bad.c_str(), nullptr, &out, &error), PSHIP_OK);
    EXPECT_THAT(pship_error_message(error), testing::HasSubstr("`" + bad + "`: "));
    pship_error_free(error);
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_open, ":memory:", nullptr, &out));
}

TEST(CApi, pship_platform_free) {
  pship_platform_free(nullptr);
  pship_platform_free(small_register().release());
}

TEST(CApi, pship_platform_record) {
  const auto platform = open_register(":memory:");
  pship_table* out = nullptr;
  const auto make = [&](std::string_view json) {
    return [&, exact = Exact(json)](pship_error** err) {
      return pship_platform_record(platform.get(), exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(make(body("a"))));
  EXPECT_THAT(column_names(out), ElementsAre("position", "leaf"));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "position"), ElementsAre("0"));
  EXPECT_TRUE(gives(make(batch({body("b"), body("c")}))));
  EXPECT_THAT(column(out, "position"), ElementsAre("1", "2"));
  // The leaf is the hash of 0x00 and the entry.
  const auto entry = made<pship_text>(
      [&](auto** text) { return pship_platform_entry(platform.get(), 1, text, nullptr); });
  const std::string leaf = std::string(1, '\0') + said(entry.get());
  Digest hash{};
  ASSERT_EQ(pship_sha256(leaf.data(), leaf.size(), hash.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(cell(Owned<pship_table>(out).get(), "leaf", 0).substr(0, 2),
            std::string(1, "0123456789abcdef"[hash[0] >> 4]) + "0123456789abcdef"[hash[0] & 15]);
  EXPECT_TRUE(gives(make("[]")));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(gives([&](pship_error** err) {  // receipts are nobody's duty
    return record(platform.get(), body("d"), err);
  }));

  for (const char* json : {"", "{", "[", "\xff"}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, make(json), out)) << json;
  }
  for (const std::string& json :
       {std::string("{}"), std::string("null"), std::string("7"), std::string("[[]]"),
        event("body.registered", "2004-02-30", "{}"), event("no.such", "2004-01-01", "{}"),
        event("body.registered", "2004-01-01", "[]")}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, make(json), out)) << json;
  }
  EXPECT_TRUE(refuses(PSHIP_REFUSED, make(body("a")), out));
  EXPECT_TRUE(refuses(PSHIP_REFUSED, make(batch({body("new"), body("a")})), out));
  EXPECT_EQ(size_of(platform.get()), 4);
  const std::string json = body("e");
  EXPECT_TRUE(
      refuses_misuse(pship_platform_record, platform.get(), json.data(), json.size(), may(&out)));
  EXPECT_EQ(size_of(platform.get()), 4);
  EXPECT_EQ(faults(platform.get()), "");
}

TEST(CApi, pship_platform_query) {
  const auto platform = small_register();
  pship_table* out = nullptr;
  const auto ask = [&](const char* name, const pship_options* options = nullptr) {
    return [&, name, options](pship_error** err) {
      return pship_platform_query(platform.get(), name, options, &out, err);
    };
  };
  Options members, foreign, beyond, unwanted;
  members.text("committee", "c").day("on", 12600).text("language", "ar");
  EXPECT_TRUE(gives(ask("members", members.get())));
  EXPECT_THAT(column(out, "name"), ElementsAre("هيئة"));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "mandate"), ElementsAre("m"));
  EXPECT_TRUE(gives(ask("body")));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 3);  // one changed

  const auto error = error_of(ask("membres"));
  EXPECT_EQ(pship_error_code(error.get()), PSHIP_NOT_FOUND);
  EXPECT_STREQ(pship_error_detail_value(error.get(), 0), "members");
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, ask("membres"), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, ask(""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask("members"), out));  // needs its committee
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, ask("body", foreign.flag("create", true).get()), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, ask("body", beyond.number("known_at", 14).get()), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, ask("entries", unwanted.text("committee", "c").get()), out));
  EXPECT_TRUE(refuses_misuse(pship_platform_query, platform.get(), "body", nullptr, &out));
}

// Every query that the registry lists answers with the columns that it lists.
TEST(CApi, pship_platform_queries) {
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_platform_queries(&out, err); }));
  const Owned<pship_table> queries(out);
  EXPECT_THAT(column_names(out), ElementsAre("query", "options", "columns", "sentence"));
  const auto platform = small_register();
  for (std::int64_t row = 0; row < pship_table_rows(queries.get()); ++row) {
    Options options;
    const std::string takes = ";" + cell(queries.get(), "options", row) + ";";
    if (takes.find(";committee;") != std::string::npos) options.text("committee", "c");
    if (takes.find(";on;") != std::string::npos) options.day("on", 12600);
    const std::string name = cell(queries.get(), "query", row);
    const auto answer = query(platform.get(), name.c_str(), options.get());
    ASSERT_NE(answer, nullptr) << name;
    std::string columns;
    for (const std::string& one : column_names(answer.get())) {
      columns += (columns.empty() ? "" : ";") + one;
    }
    EXPECT_EQ(columns, cell(queries.get(), "columns", row)) << name;
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_queries, &out));
}

TEST(CApi, pship_platform_kinds) {
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_platform_kinds(&out, err); }));
  const Owned<pship_table> kinds(out);
  EXPECT_THAT(column_names(out), ElementsAre("kind", "version", "table", "effect", "field", "type",
                                             "required", "personal", "choices", "sentence"));
  EXPECT_THAT(column(out, "kind"), testing::Contains("body.registered"));
  EXPECT_THAT(column(out, "sentence"), testing::Each(testing::StrNe("")));
  EXPECT_TRUE(refuses_misuse(pship_platform_kinds, &out));
}

TEST(CApi, pship_platform_size) {
  const auto platform = small_register();
  std::int64_t out = 0;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_platform_size(platform.get(), &out, err); }));
  EXPECT_EQ(out, small_size);
  EXPECT_TRUE(refuses_misuse(pship_platform_size, platform.get(), &out));
}

TEST(CApi, pship_platform_root) {
  const auto platform = small_register();
  Digest all{}, some{}, none{}, empty{};
  const auto root = [&](std::int64_t size, Digest& out) {
    return [&, size](pship_error** err) {
      return pship_platform_root(platform.get(), size, out.data(), err);
    };
  };
  EXPECT_TRUE(gives(root(-1, all)));
  EXPECT_TRUE(gives(root(small_size, some)));
  EXPECT_EQ(all, some);
  EXPECT_TRUE(gives(root(small_size - 1, some)));
  EXPECT_NE(all, some);
  EXPECT_TRUE(gives(root(0, none)));
  ASSERT_EQ(pship_sha256(nullptr, 0, empty.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(none, empty);  // RFC 9162: the hash of nothing
  for (const std::int64_t size : {std::int64_t{-2}, small_size + 1, INT64_MIN, INT64_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, root(size, some), some)) << size;
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_root, platform.get(), -1, all.data()));
}

TEST(CApi, pship_platform_entry) {
  const auto platform = small_register();
  pship_text* out = nullptr;
  const auto entry = [&](std::int64_t position) {
    return [&, position](pship_error** err) {
      return pship_platform_entry(platform.get(), position, &out, err);
    };
  };
  EXPECT_TRUE(gives(entry(personal_position)));
  const std::string bytes = said(Owned<pship_text>(out).get());
  EXPECT_THAT(bytes, HasSubstr(R"("kind":"person.registered")"));
  EXPECT_THAT(bytes, testing::Not(HasSubstr("Rana")));
  const auto canonical = made<pship_text>(
      [&](auto** text) { return pship_json_canonical(bytes.data(), bytes.size(), text, nullptr); });
  EXPECT_EQ(bytes, said(canonical.get()));
  for (const std::int64_t position : {std::int64_t{-1}, small_size, INT64_MIN, INT64_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, entry(position), out)) << position;
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_entry, platform.get(), 0, &out));
}

TEST(CApi, pship_platform_prove_inclusion) {
  const auto platform = small_register();
  pship_table* out = nullptr;
  const auto prove = [&](std::int64_t position, std::int64_t size) {
    return [&, position, size](pship_error** err) {
      return pship_platform_prove_inclusion(platform.get(), position, size, &out, err);
    };
  };
  EXPECT_TRUE(gives(prove(3, small_size)));
  const Owned<pship_table> proof(out);
  EXPECT_THAT(column_names(out), ElementsAre("hash"));
  EXPECT_EQ(pship_table_rows(out), 4);
  EXPECT_EQ(text_at(out, 0).size(), 64U);
  EXPECT_TRUE(gives(prove(0, 1)));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  for (const auto& [position, size] : {std::pair<std::int64_t, std::int64_t>(-1, 5),
                                       {5, 5},
                                       {0, 0},
                                       {0, small_size + 1},
                                       {0, -1},
                                       {INT64_MAX, INT64_MAX},
                                       {INT64_MIN, INT64_MIN}}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, prove(position, size), out))
        << position << ' ' << size;
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_prove_inclusion, platform.get(), 3, small_size, &out));
}

TEST(CApi, pship_platform_prove_consistency) {
  const auto platform = small_register();
  pship_table* out = nullptr;
  const auto prove = [&](std::int64_t first, std::int64_t second) {
    return [&, first, second](pship_error** err) {
      return pship_platform_prove_consistency(platform.get(), first, second, &out, err);
    };
  };
  EXPECT_TRUE(gives(prove(3, small_size)));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  for (const auto& [first, second] :
       {std::pair<std::int64_t, std::int64_t>(0, 5), {5, 5}, {0, 0}}) {
    EXPECT_TRUE(gives(prove(first, second)));
    EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  }
  for (const auto& [first, second] : {std::pair<std::int64_t, std::int64_t>(-1, 5),
                                      {6, 5},
                                      {0, small_size + 1},
                                      {0, -1},
                                      {INT64_MAX, INT64_MAX},
                                      {INT64_MIN, INT64_MIN}}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, prove(first, second), out))
        << first << ' ' << second;
  }
  EXPECT_TRUE(refuses_misuse(pship_platform_prove_consistency, platform.get(), 3, 5, &out));
}

TEST(CApi, pship_platform_verify) {
  const auto platform = small_register();
  pship_table* out = nullptr;
  const auto verify = [&](const pship_options* options) {
    return [&, options](pship_error** err) {
      return pship_platform_verify(platform.get(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(verify(nullptr)));
  EXPECT_THAT(column_names(out), ElementsAre("place", "message"));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  Options foreign_root, no_root, foreign, quick;
  EXPECT_TRUE(gives(verify(foreign_root.text("root", std::string(64, 'a')).get())));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "place"), ElementsAre("root"));
  EXPECT_TRUE(gives(verify(quick.flag("tables", false).get())));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, verify(no_root.text("root", "abc").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, verify(foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_platform_verify, platform.get(), nullptr, &out));
}

TEST(CApi, pship_platform_rebuild) {
  const TempFolder folder;
  const auto platform = small_register(folder.file("a.db"));
  const std::string before = dump(platform.get());
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_platform_rebuild(platform.get(), err); }));
  EXPECT_EQ(dump(platform.get()), before);
  EXPECT_EQ(faults(platform.get()), "");
  Options options;
  const auto reader = open_register(folder.file("a.db"), options.flag("read_only", true).get());
  EXPECT_TRUE(refuses(
      PSHIP_STATE, [&](pship_error** err) { return pship_platform_rebuild(reader.get(), err); }));
  EXPECT_TRUE(refuses_misuse(pship_platform_rebuild, platform.get()));
}

TEST(CApi, pship_platform_dump) {
  const auto platform = small_register();
  pship_text* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_platform_dump(platform.get(), &out, err); }));
  const std::string bytes = said(Owned<pship_text>(out).get());
  EXPECT_THAT(bytes, HasSubstr("Bekaa"));
  EXPECT_EQ(bytes, dump(small_register().get()));  // equal registers give equal bytes
  EXPECT_TRUE(refuses_misuse(pship_platform_dump, platform.get(), &out));
}

TEST(CApi, pship_platform_export) {
  const auto platform = small_register();
  pship_text* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_platform_export(platform.get(), &out, err); }));
  const std::string lines = said(Owned<pship_text>(out).get());
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), small_size);
  EXPECT_THAT(lines, testing::Not(HasSubstr("Rana")));
  EXPECT_TRUE(refuses_misuse(pship_platform_export, platform.get(), &out));
}

// Ending a call from another thread is threads_test.cpp's matter; here: that it hurts nobody.
TEST(CApi, pship_platform_cancel) {
  pship_platform_cancel(nullptr);
  const auto platform = small_register();
  pship_platform_cancel(platform.get());  // no call runs: nothing to end
  EXPECT_EQ(record(platform.get(), body("after")), PSHIP_OK);
  EXPECT_EQ(size_of(platform.get()), small_size + 1);
  EXPECT_EQ(faults(platform.get()), "");
}

}  // namespace
