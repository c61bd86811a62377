// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "base/merkle.hpp"
#include "support.hpp"

namespace partnership::platform::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string all_bytes(const std::string& path) {
  std::string out;
  for (const std::string end : {"", "-wal"}) {
    std::ifstream file(path + end, std::ios::binary);
    out.append(std::istreambuf_iterator<char>(file), {});
  }
  return out;
}

TEST(Erase, LeavesNoTraceButTheCommitment) {
  const TempFolder folder;
  const std::string path = folder.file("r.db");
  Register reg(path, {});
  reg.record(event("person.registered", "2019-01-01", R"({"id":"p1"})",
                   personal(R"({"name":{"en":"Zenobia Unforgettable"},"email":"z@example.org"})")));
  reg.record(event("person.registered", "2019-01-01", R"({"id":"p2"})",
                   personal(R"({"name":{"en":"Other"}})", 'b')));
  reg.record(event("person.changed", "2019-02-01", R"({"id":"p1"})",
                   personal(R"({"telephone":"12345"})", 'c')));
  const Hash root = reg.root(-1);
  const std::string entry = reg.entry(0);
  ASSERT_THAT(all_bytes(path), HasSubstr("Unforgettable"));
  reg.record(event("personal.erased", "2020-01-01", R"({"position":0,"reason":"asked for"})"));
  const std::string after = all_bytes(path);
  for (const char* trace : {"Unforgettable", "unforgettable", "z@example.org"}) {
    EXPECT_THAT(after, Not(HasSubstr(trace)));
  }
  EXPECT_EQ(reg.entry(0), entry);
  EXPECT_EQ(reg.root(3), root);
  const Table people = reg.query("person", options({{"id", std::string("p1")}}));
  ASSERT_EQ(people.rows(), 2);  // before and after the change of telephone
  EXPECT_EQ(at(people, "name", 0), "null");
  EXPECT_EQ(at(people, "telephone", 1), "12345");
  EXPECT_EQ(at(reg.query("person", options({{"id", std::string("p2")}})), "name", 0), "Other");
  EXPECT_THAT(reg.verify({}), IsEmpty());
  EXPECT_TRUE(verify_inclusion(merkle_leaf(entry), 0, 4, reg.prove_inclusion(0, 4), reg.root(4)));
}

TEST(Erase, IsRefusedWhereThereIsNothingToErase) {
  Register reg(":memory:", {});
  reg.record(
      event("body.registered", "2019-01-01", R"({"id":"b","name":{"en":"B"},"side":"other"})"));
  for (const char* position : {"0", "1", "-1", "9007199254740991"}) {
    Code code{};
    problems_of(
        [&] {
          reg.record(event("personal.erased", "2020-01-01",
                           std::string(R"({"position":)") + position + "}"));
        },
        &code);
    EXPECT_EQ(code, Code::refused) << position;
  }
}

}  // namespace
}  // namespace partnership::platform::testing
