// SPDX-License-Identifier: Apache-2.0
//
// What must not change by accident: the bytes of an entry (its form is fixed for good) and the
// tables that a schema number stands for.
#include "platform/schema.hpp"
#include "support.hpp"
#include "verify/journal.hpp"

namespace partnership::platform::testing {
namespace {

std::string read_data(const std::string& name) {
  const char* source = std::getenv("PSHIP_SOURCE_DIR");
  if (source == nullptr) return {};
  std::ifstream file(std::string(source) + "/tests/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string all_events() {
  std::string batch;
  for (const std::string& each : random_programme(1, 60)) {
    batch += (batch.empty() ? "[" : ",") + each;
  }
  return batch + "]";
}

std::string schema_text() {
  Sql sql(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0);
  create_journal(sql);
  create_tables(sql);
  std::string out;
  Use use = sql.use("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
  while (use.step()) out += std::string(use.bytes(0)) + ";\n";
  return out;
}

TEST(Golden, TheJournalOfTheFirstSchemaIsReadAndWrittenAsEver) {
  const std::string lines = read_data("journal-1.jsonl");
  if (lines.empty()) GTEST_SKIP() << "PSHIP_SOURCE_DIR does not lead to the tests' data";
  Register reg(":memory:", {});
  reg.record(all_events());
  EXPECT_EQ(reg.export_lines(), lines);
  EXPECT_EQ(hex(verify::verify_journal(lines).root) + "\n", read_data("journal-1.root"));
}

TEST(Golden, ASchemaNumberStandsForTheseTables) {
  const std::string expected = read_data("schema-" + std::to_string(schema_number) + ".sql");
  if (std::getenv("PSHIP_SOURCE_DIR") == nullptr) GTEST_SKIP() << "no PSHIP_SOURCE_DIR";
  EXPECT_EQ(schema_text(), expected)
      << "the registry makes other tables: after a release, raise schema_number and add the new "
         "text as tests/data/schema-N.sql; before one, bring the file up to date";
}

TEST(Golden, ARegisterOfAnOlderSchemaGetsItsTablesAnew) {
  const TempFolder folder;
  const std::string path = folder.file("old.db");
  std::string dump;
  {
    Register reg(path, {});
    reg.record(all_events());
    dump = reg.dump();
  }
  {
    SQLite::Database old(path, SQLite::OPEN_READWRITE);
    old.exec("DROP TABLE body");
    old.exec("CREATE TABLE body (row INTEGER PRIMARY KEY, id TEXT)");
    old.exec("PRAGMA user_version = 0");
  }
  Code code{};
  problems_of([&] { Register(path, options({{"read_only", true}})); }, &code);
  EXPECT_EQ(code, Code::state);
  Register reg(path, {});
  EXPECT_EQ(reg.dump(), dump);
  EXPECT_THAT(reg.verify({}), ::testing::IsEmpty());
}

TEST(Golden, ADatabaseThatIsNoRegisterIsLeftAsItIs) {
  const TempFolder folder;
  const std::string path = folder.file("foreign.db");
  {
    SQLite::Database foreign(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    foreign.exec("CREATE TABLE t (x)");
    foreign.exec("INSERT INTO t VALUES (1)");
  }
  const auto bytes = [&] {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  const std::string before = bytes();
  Code code{};
  problems_of([&] { Register(path, {}); }, &code);
  EXPECT_EQ(code, Code::corrupt);
  EXPECT_EQ(bytes(), before);
}

}  // namespace
}  // namespace partnership::platform::testing
