// SPDX-License-Identifier: Apache-2.0
#include "platform/queries.hpp"

#include "support.hpp"

namespace partnership::platform::testing {
namespace {

Options::Value day(const char* text) {
  return Options::Value(std::in_place_type<Date>, parse_date(text));
}

std::string column_of(const Table& table, std::string_view name) {
  std::string out;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    out += (row == 0 ? "" : ",") + at(table, name, row);
  }
  return out;
}

class Queries : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto body = [&](const std::string& id, const std::string& side,
                          const std::string& more = "") {
      reg_.record(event("body.registered", "2010-01-01",
                        R"({"id":")" + id + R"(","name":{"en":"The )" + id + R"(","ar":"أفكار )" +
                            id + R"("},"side":")" + side + "\"" + more + "}"));
    };
    body("omsar", "public", R"(,"sectors":["administration"],"issues":[])");
    body("annd", "civil_society", R"(,"sectors":["social","economic"])");
    body("aub", "other");
    reg_.record(event("committee.formed", "2019-12-04",
                      R"({"id":"k","name":{"en":"Follow-up"},"form":"follow_up"})"));
    for (const std::string seat : {"s1", "s2", "s3"}) {
      reg_.record(event("seat.created", "2019-12-04",
                        R"({"id":")" + seat + R"(","committee":"k","role":"member"})"));
    }
    reg_.record(event("seat.filled", "2019-12-04", R"({"id":"s1","body":"omsar"})"));
    reg_.record(event("seat.filled", "2019-12-04", R"({"id":"s2","body":"annd"})"));
    reg_.record(event("seat.filled", "2020-03-01", R"({"id":"s2","body":"aub"})"));
  }
  Register reg_{":memory:", {}};
};

TEST_F(Queries, AnswerForTheMembersOfADay) {
  const auto members = [&](const char* on) {
    return reg_.query("members", options({{"committee", std::string("k")}, {"on", day(on)}}));
  };
  EXPECT_EQ(members("2019-12-03").rows(), 0);
  const Table first = members("2019-12-04");
  EXPECT_EQ(column_of(first, "id"), "omsar,annd");
  EXPECT_EQ(column_of(first, "name"), "The omsar,The annd");
  EXPECT_EQ(column_of(first, "sectors"), "administration,social;economic");
  EXPECT_EQ(column_of(first, "issues"), ",null");  // none, and not known
  EXPECT_EQ(column_of(members("2020-03-01"), "id"), "omsar,aub");
  EXPECT_EQ(column_of(reg_.query("vacancies", options({{"on", day("2020-03-01")}})), "id"), "s3");
}

TEST_F(Queries, CountTheBalanceAtEveryChange) {
  const Table balance = reg_.query("balance", options({{"committee", std::string("k")}}));
  EXPECT_EQ(column_of(balance, "day"),
            "2019-12-04,2019-12-04,2019-12-04,2020-03-01,2020-03-01,2020-03-01");
  EXPECT_EQ(column_of(balance, "side"), "null,civil_society,public,null,other,public");
  EXPECT_EQ(column_of(balance, "seats"), "1,1,1,1,1,1");
}

TEST_F(Queries, FindNamesInAnySpelling) {
  for (const std::string spelling : {"أفكار", "افكار", "افكـــار", "THE  OMSAR", "omsar"}) {
    const Table found = reg_.query("body", options({{"search", spelling}}));
    EXPECT_GE(found.rows(), 1) << spelling;
    EXPECT_EQ(at(found, "id", 0), "omsar") << spelling;
  }
  EXPECT_EQ(reg_.query("body", options({{"search", std::string("nobody")}})).rows(), 0);
}

TEST_F(Queries, SpeakTheLanguageAskedFor) {
  EXPECT_EQ(at(reg_.query("body", options({{"language", std::string("ar")}})), "name", 0),
            "أفكار omsar");
  // No French: the English one answers.
  const Table french = reg_.query("body", options({{"language", std::string("fr")}}));
  EXPECT_EQ(at(french, "name", 0), "The omsar");
  EXPECT_EQ(at(french, "name_fr", 0), "null");
}

TEST_F(Queries, TellTheAgeOfOpenRequests) {
  reg_.record(event("request.made", "2020-01-01",
                    R"({"id":"r","body":"annd","asks":"workshop","topic":{"en":"Water"}})"));
  const auto open = [&](const char* on) {
    return reg_.query("open_requests", options({{"on", day(on)}}));
  };
  EXPECT_EQ(column_of(open("2020-01-31"), "age_days"), "30");
  reg_.record(event("request.withdrawn", "2020-02-10", R"({"id":"r","reason":"settled"})"));
  EXPECT_EQ(open("2020-02-10").rows(), 0);
  EXPECT_EQ(column_of(open("2020-02-09"), "age_days"), "39");
}

TEST_F(Queries, PairClaimsInConflict) {
  reg_.record(event("claim.made", "2019-01-01",
                    R"({"id":"a","subject":"x","property":{"en":"projects"},"value":24,)"
                    R"("sources":["one"]})"));
  reg_.record(event("claim.made", "2019-01-01",
                    R"({"id":"b","subject":"x","property":{"en":"projects"},"value":"12+13",)"
                    R"("sources":["two"],"conflicts_with":["a"]})"));
  const Table conflicts = reg_.query("conflicts", {});
  EXPECT_EQ(column_of(conflicts, "claim"), "b");
  EXPECT_EQ(column_of(conflicts, "value"), "\"12+13\"");
  EXPECT_EQ(column_of(conflicts, "other_value"), "24");
  EXPECT_EQ(column_of(conflicts, "other_sources"), "[\"one\"]");
}

TEST_F(Queries, ListTheEntriesAsTheyStand) {
  const Table entries = reg_.query("entries", options({{"kind", std::string("seat.filled")}}));
  EXPECT_EQ(column_of(entries, "position"), "7,8,9");
  EXPECT_EQ(at(entries, "bytes", 0), reg_.entry(7));
}

TEST_F(Queries, SayWhatTheyNeedAndTake) {
  Code code{};
  const auto fails = [&](const std::string& name, const Options& with) {
    return problems_of([&] { (void)reg_.query(name, with); }, &code).front().message;
  };
  EXPECT_THAT(fails("membres", {}), ::testing::HasSubstr("did you mean `members`?"));
  EXPECT_EQ(code, Code::not_found);
  EXPECT_THAT(fails("members", {}), ::testing::HasSubstr("needs the option `committee`"));
  EXPECT_EQ(code, Code::invalid_argument);
  EXPECT_THAT(fails("claim", options({{"committee", std::string("k")}})),
              ::testing::HasSubstr("takes no option `committee`"));
  EXPECT_THAT(fails("body", options({{"known_at", std::int64_t{1000}}})),
              ::testing::HasSubstr("the journal has 10 entries"));
}

// Every registered query runs, and answers with the columns that it is documented to have.
TEST_F(Queries, AreAllAsDescribed) {
  const Table described = describe_queries();
  EXPECT_GT(described.rows(), 20);
  for (std::int64_t row = 0; row < described.rows(); ++row) {
    const std::string name = at(described, "query", row);
    Options with;
    for (const std::string required : {"committee", "on"}) {
      if (at(described, "options", row).find(required) == std::string::npos) continue;
      if (required == "on") {
        with.set("on", day("2020-01-01"));
      } else {
        with.set("committee", std::string("k"));
      }
    }
    const Table answer = reg_.query(name, with);
    std::string columns;
    for (std::int32_t i = 0; i < answer.columns(); ++i) {
      columns += (i == 0 ? "" : ";") + answer.column(i).name;
    }
    EXPECT_EQ(columns, at(described, "columns", row)) << name;
  }
}

}  // namespace
}  // namespace partnership::platform::testing
