// SPDX-License-Identifier: Apache-2.0
//
// Rules of kind `where`: whom an expression counts, and that whatever is wrong with one is said at
// its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "committee/committee_tools.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* attributes =
    R"("attributes": {"age": {}, "issue": {"multiple": true}, "home region": {},
      "side": {"values": {"public": "P", "civil": "C"}}}, )";

std::string where(const std::string& expression, const std::string& bounds) {
  return R"({"id": "w", "kind": "where", "expression": ")" + expression + "\", " + bounds + "}";
}

Nominee nominee(const std::string& id, Facts facts) {
  return {id, std::move(facts)};
}

const std::vector<Nominee>& people() {
  static const std::vector<Nominee> list = {nominee("a", {{"age", {{"17"}}},
                                                          {"issue", {{"health", "youth"}}},
                                                          {"home region", {{"north"}}},
                                                          {"side", {{"civil"}}}}),
                                            nominee("b", {{"age", {{"40"}}},
                                                          {"issue", std::vector<std::string>()},
                                                          {"home region", {{"south"}}},
                                                          {"side", {{"public"}}}}),
                                            nominee("c", {{"age", std::vector<std::string>()},
                                                          {"issue", {{"health"}}},
                                                          {"home region", std::nullopt},
                                                          {"side", std::nullopt}})};
  return list;
}

// "outcome|count|unknown" of the rule over all three.
std::string judged(const std::string& expression, const std::string& bounds) {
  const Check answer = check(document(where(expression, bounds), attributes), people());
  const Table table = answer.criteria(Language::en);
  return cells(table, row_of(table, "w"), {"outcome", "count", "unknown"});
}

TEST(Where, CountsThoseOfWhomItIsTrue) {
  EXPECT_EQ(judged(R"(list contains(issue, \"health\"))", R"("min": 2, "max": 2)"), "met|2|0");
  EXPECT_EQ(judged("count(issue) = 0", R"("min": 2)"), "not met|1|0");
  EXPECT_EQ(judged(R"(some i in issue satisfies i = \"youth\")", R"("share": {"max": "1/3"})"),
            "met|1|0");
  EXPECT_EQ(judged("true", R"("min": 3)"), "met|3|0");
}

TEST(Where, ReadsDigitsAsText) {
  // No age: neither true nor false.
  EXPECT_EQ(judged("number(age) >= 18", R"("min": 1)"), "met|1|1");
  EXPECT_EQ(judged("number(age) >= 18", R"("min": 2)"), "undetermined|1|1");
  EXPECT_EQ(judged("age != null and number(age) >= 18", R"("min": 2)"), "not met|1|0");
  EXPECT_EQ(judged(R"(age = \"17\")", R"("min": 1, "max": 1)"), "met|1|0");
}

TEST(Where, DoesNotTakeWhatIsNotKnownForFalse) {
  EXPECT_EQ(judged(R"(home region = \"north\")", R"("min": 2)"), "undetermined|1|1");
  EXPECT_EQ(judged(R"(not(home region = \"north\"))", R"("min": 2)"), "undetermined|1|1");
  // Of a closed list everything is tried.
  EXPECT_EQ(judged(R"(side = \"public\" or side = \"civil\" or side = null)", R"("min": 3)"),
            "met|3|0");
  EXPECT_EQ(judged(R"(side = \"public\" and side = \"civil\")", R"("max": 0)"), "met|0|0");
  EXPECT_EQ(judged(R"(side = \"public\")", R"("min": 2)"), "undetermined|1|1");
}

TEST(Where, HasNoClock) {
  EXPECT_EQ(judged("today() > date(\\\"2000-01-01\\\")", R"("min": 1)"), "undetermined|0|3");
}

TEST(Where, ComparesComposedSpellings) {
  const std::string composed = "caf\xC3\xA9", decomposed = "cafe\xCC\x81";
  const std::vector<Nominee> list = {nominee("a", {{composed, {{composed}}}})};
  const std::string json =
      document(where(decomposed + " = \\\"" + decomposed + "\\\"", "\"min\": 1"),
               "\"attributes\": {\"" + decomposed + "\": {}}, ");
  EXPECT_EQ(check(json, list).outcome(), Outcome::met);
}

TEST(Where, SaysWhoCountsAndWhatItAsks) {
  const Check answer =
      check(document(where("number(age) >= 18", R"("min": 1)"), attributes), people());
  EXPECT_THAT(column(answer.counts(), "member"), ElementsAre("b", "c"));
  EXPECT_THAT(column(answer.counts(), "certain"), ElementsAre("true", "false"));
  const Table table = answer.criteria(Language::en);
  EXPECT_EQ(cell(table, "label", 0), "Condition: number(age) >= 18");
  EXPECT_EQ(cell(table, "reason", 0), "1 of at least 1 member; not known: c");
}

std::vector<std::string> wrong(const std::string& expression,
                               const std::string& bounds = R"("min": 1)") {
  return problems_of(document(where(expression, bounds), attributes));
}

TEST(Where, RefusesWhatIsWrongAtItsPlace) {
  EXPECT_THAT(wrong("agee = null"), ElementsAre(HasSubstr("/rules/0/expression: ")));
  EXPECT_THAT(wrong("agee = null"), ElementsAre(HasSubstr("age")));
  EXPECT_THAT(wrong("number(age) >"), ElementsAre(HasSubstr("/rules/0/expression: ")));
  EXPECT_THAT(wrong("number(age)"),
              ElementsAre(HasSubstr("expected true or false, this gives number")));
  EXPECT_THAT(wrong("true", R"("source": "x")"),
              ElementsAre(HasSubstr("a rule of kind `where` needs min, max or share")));
  EXPECT_THAT(problems_of(document(where("true", R"("min": 1)"))),
              ElementsAre(HasSubstr("an expression needs `attributes`")));
  EXPECT_THAT(problems_of(document(R"({"id": "w", "kind": "where", "min": 1})", attributes)),
              ElementsAre(HasSubstr("expression")));
}

TEST(Where, FindsThePlaceBehindEscapes) {
  const std::string json =
      document(where(R"(age = \"\u0645\" and agee)", R"("min": 1)"), attributes);
  try {
    load_criteria(json);
    FAIL();
  } catch (const Error& error) {
    ASSERT_EQ(error.problems().size(), 1U);
    EXPECT_EQ(json.substr(static_cast<std::size_t>(error.problems()[0].offset), 4), "agee");
  }
}

TEST(Flexible, StandsBesideMinAndMax) {
  const auto quota = [](const std::string& more) {
    return problems_of(
        document(R"({"id": "q", "kind": "quota", "attribute": "a", "value": "x", )" + more + "}"));
  };
  EXPECT_THAT(quota(R"("min": 3, "max": 5, "flexible": {"min": 2, "max": 6})"), ElementsAre());
  EXPECT_THAT(quota(R"("min": 3, "flexible": {"min": 4})"),
              ElementsAre("1:/rules/0/flexible/min: the flexible min 4 is above the min, 3"));
  EXPECT_THAT(quota(R"("min": 3, "max": 5, "flexible": {"max": 4})"),
              ElementsAre("1:/rules/0/flexible/max: the flexible max 4 is below the max, 5"));
  EXPECT_THAT(quota(R"("min": 3, "flexible": {"max": 4})"),
              ElementsAre("1:/rules/0/flexible/max: there is no max that could be raised"));
  EXPECT_THAT(quota(R"("min": 3, "flexible": {})"),
              ElementsAre("1:/rules/0/flexible: expected min, max or both"));
  EXPECT_THAT(problems_of(document("", R"("size": {"flexible": {"min": 1}}, )")),
              ElementsAre("1:/size/flexible/min: there is no min that could be lowered"));
}

}  // namespace
}  // namespace partnership
