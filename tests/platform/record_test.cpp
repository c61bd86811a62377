// SPDX-License-Identifier: Apache-2.0
#include "base/merkle.hpp"
#include "support.hpp"

namespace partnership::platform::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string omsar =
    event("body.registered", "2004-01-01",
          R"({"id":"omsar","name":{"en":"OMSAR","ar":"وزارة"},"side":"public","form":"ministry"})");

TEST(Record, KeepsTheCanonicalEntryAndItsHash) {
  Register reg(":memory:", {});
  std::vector<Register::Receipt> receipts;
  reg.record(omsar, [&](const auto& given) { receipts = given; });
  ASSERT_THAT(receipts, SizeIs(1));
  EXPECT_EQ(receipts[0].position, 0);
  EXPECT_EQ(reg.size(), 1);
  // Written by hand from RFC 8785: members sorted, nothing between them.
  const std::string bytes =
      R"({"actor":"tester","effective":"2004-01-01","kind":"body.registered","personal":null,)"
      R"("public":{"form":"ministry","id":"omsar","name":{"ar":"وزارة","en":"OMSAR"},"side":"public"},)"
      R"("recorded":"2026-11-23T10:00:00Z","version":1})";
  EXPECT_EQ(reg.entry(0), bytes);
  EXPECT_EQ(receipts[0].leaf, merkle_leaf(bytes));
  EXPECT_EQ(reg.root(-1), merkle_leaf(bytes));
  EXPECT_EQ(reg.export_lines(), bytes + "\n");
}

TEST(Record, SaysAllThatIsWrongWithTheFormOfAllEvents) {
  Register reg(":memory:", {});
  Code code{};
  const auto problems = problems_of(
      [&] {
        reg.record(
            R"([{"kind":"body.registerd","effective":"2019-02-29","recorded":"yesterday",)"
            R"("actor":"","public":{}},)"
            R"({"kind":"body.registered","effective":"2019-01-01",)"
            R"("recorded":"2026-11-23T10:00:00Z","actor":"a","extra":1,)"
            R"("public":{"id":" x","side":"left","nmae":{"en":"X"},"sectors":["a","a",1,"","b;c"],"region":"\u0000"}}])");
      },
      &code);
  EXPECT_EQ(code, Code::invalid_document);
  const auto says = [](const std::string& pointer, const std::string& text) {
    return AllOf(Field(&Problem::pointer, pointer), Field(&Problem::message, HasSubstr(text)));
  };
  EXPECT_THAT(problems, Contains(says("/0/kind", "did you mean `body.registered`?")));
  EXPECT_THAT(problems, Contains(says("/0/effective", "28 days")));
  EXPECT_THAT(problems, Contains(says("/0/recorded", "RFC 3339")));
  EXPECT_THAT(problems, Contains(Field(&Problem::pointer, "/0/actor")));
  EXPECT_THAT(problems, Contains(says("/1/extra", "extra")));
  EXPECT_THAT(problems, Contains(says("/1/public/id", "expected an id")));
  EXPECT_THAT(problems, Contains(says("/1/public/side", "one of public, civil_society, other")));
  EXPECT_THAT(problems, Contains(says("/1/public/nmae", "did you mean `name`?")));
  EXPECT_THAT(problems, Contains(says("/1/public", "needs `name`")));
  EXPECT_THAT(problems, Contains(says("/1/public/sectors/1", "stands twice")));
  EXPECT_THAT(problems, Contains(says("/1/public/sectors/2", "is an integer")));
  EXPECT_THAT(problems, Contains(says("/1/public/sectors/3", "is ``")));
  EXPECT_THAT(problems, Contains(says("/1/public/sectors/4", "expected one without `;`")));
  EXPECT_THAT(problems, Contains(says("/1/public/region", "expected a text without U+0000")));
  for (const Problem& problem : problems) EXPECT_EQ(problem.line, 1);
  EXPECT_EQ(reg.size(), 0);
}

TEST(Record, RefusesNumbersThatAreNotExactEverywhere) {
  Register reg(":memory:", {});
  const auto claim = [](const std::string& value) {
    return event("claim.made", "2019-01-01",
                 R"({"id":"c","subject":"s","property":{"en":"p"},"value":)" + value + "}");
  };
  for (const char* value : {"1.5", "9007199254740992", "-9007199254740992", "1e3",
                            "99999999999999999999", R"({"a":[0.1]})"}) {
    EXPECT_THAT(problems_of([&] { reg.record(claim(value)); }), SizeIs(1)) << value;
  }
  reg.record(claim("9007199254740991"));
  EXPECT_EQ(at(reg.query("claim", {}), "value", 0), "9007199254740991");
}

TEST(Record, TakesAllEventsOfABatchOrNone) {
  Register reg(":memory:", {});
  const std::string bad =
      event("mandate.began", "2019-01-01", R"({"id":"m","body":"nobody","tenure":"acting"})");
  Code code{};
  const auto problems = problems_of([&] { reg.record("[" + omsar + "," + bad + "]"); }, &code);
  EXPECT_EQ(code, Code::refused);
  EXPECT_THAT(problems,
              ElementsAre(AllOf(Field(&Problem::pointer, "/1/public/body"),
                                Field(&Problem::message, "body `nobody` is not recorded"))));
  EXPECT_EQ(reg.size(), 0);
  EXPECT_EQ(reg.root(-1), merkle_root({}));
  EXPECT_EQ(reg.query("body", {}).rows(), 0);
  reg.record("[" + omsar + "]");
  EXPECT_EQ(reg.size(), 1);
  EXPECT_THAT(reg.verify({}), IsEmpty());
}

TEST(Record, UndoesEverythingWhenTheCallerCannotTakeTheReceipts) {
  Register reg(":memory:", {});
  EXPECT_THROW(reg.record(omsar, [](const auto&) { throw std::bad_alloc(); }), std::bad_alloc);
  EXPECT_EQ(reg.size(), 0);
  reg.record(omsar);
  EXPECT_THAT(reg.verify({}), IsEmpty());
}

TEST(Record, KeepsPersonalPayloadsApart) {
  Register reg(":memory:", {});
  reg.record(event("person.registered", "2019-01-01", R"({"id":"p1"})",
                   personal(R"({"name":{"en":"Nadia"},"email":"n@example.org"})")));
  EXPECT_THAT(reg.entry(0), ::testing::Not(HasSubstr("Nadia")));
  EXPECT_THAT(reg.export_lines(), ::testing::Not(HasSubstr("Nadia")));
  EXPECT_EQ(at(reg.query("person", {}), "name", 0), "Nadia");
  const auto misplaced = problems_of([&] {
    reg.record(event("person.registered", "2019-01-01", R"({"id":"p2","email":"x"})",
                     personal(R"({"title":{"en":"Head"}})")));
  });
  EXPECT_THAT(misplaced,
              ElementsAre(Field(&Problem::message, HasSubstr("belongs to the personal payload")),
                          Field(&Problem::message, HasSubstr("it is public"))));
  EXPECT_THAT(problems_of([&] {
                reg.record(event("body.closed", "2019-01-01", R"({"id":"x"})",
                                 personal(R"({"name":{"en":"Y"}})")));
              }),
              ElementsAre(Field(&Problem::message, HasSubstr("has no personal fields"))));
}

TEST(Record, SurvivesBeingClosedAndOpened) {
  const TempFolder folder;
  const std::string path = folder.file("r.db");
  Hash root{};
  {
    Register reg(path, {});
    reg.record(omsar);
    root = reg.root(-1);
  }
  Register reg(path, options({{"create", false}}));
  EXPECT_EQ(reg.size(), 1);
  EXPECT_EQ(reg.root(-1), root);
  Register reader(path, options({{"read_only", true}}));
  EXPECT_EQ(reader.root(-1), root);
  Code code{};
  problems_of([&] { reader.record(omsar); }, &code);
  EXPECT_EQ(code, Code::state);
}

TEST(Record, OpensNothingThatIsNoRegister) {
  const TempFolder folder;
  Code code{};
  problems_of([&] { Register(folder.file("none.db"), options({{"create", false}})); }, &code);
  EXPECT_EQ(code, Code::io);
  { std::ofstream(folder.file("text")) << std::string(5000, 'x'); }
  problems_of([&] { Register(folder.file("text"), {}); }, &code);
  EXPECT_EQ(code, Code::corrupt);
  {
    SQLite::Database other(folder.file("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE t (x)");
  }
  problems_of([&] { Register(folder.file("other.db"), {}); }, &code);
  EXPECT_EQ(code, Code::corrupt);
  { Register reg(folder.file("newer.db"), {}); }
  {
    SQLite::Database newer(folder.file("newer.db"), SQLite::OPEN_READWRITE);
    newer.exec("PRAGMA user_version = 99");
  }
  problems_of([&] { Register(folder.file("newer.db"), {}); }, &code);
  EXPECT_EQ(code, Code::state);
}

}  // namespace
}  // namespace partnership::platform::testing
