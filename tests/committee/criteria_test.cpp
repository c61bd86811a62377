// SPDX-License-Identifier: Apache-2.0
//
// Criteria documents: what is read, and that whatever is wrong is named, all of it, with its place.
#include "committee/criteria.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "committee/committee_tools.hpp"
#include "packs/packs.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string_view example() {
  return pack("criteria/example.json");
}

TEST(Criteria, ReadsTheExample) {
  const auto criteria = load_criteria(example());
  EXPECT_EQ(criteria->id, "coordination-committee-example");
  EXPECT_EQ(criteria->version, "1");
  EXPECT_EQ(criteria->status, "example");
  EXPECT_EQ(criteria->title.get(Language::fr), "Critères d'un comité de coordination (exemple)");
  EXPECT_EQ(criteria->hash, sha256(json::canonical(json::Document::parse(example())->root())));
  const Table table = criteria_table(*criteria);
  EXPECT_THAT(
      column(table, "criterion"),
      ElementsAre("size", "public-side", "civil-side", "women-of-civil-society",
                  "women-outside-the-centre", "issues", "regions", "one-a-body", "secretary",
                  "former-minister", "rivals", "expertise/law", "expertise/finance"));
  EXPECT_THAT(
      column(table, "kind"),
      ElementsAre("size", "quota", "quota", "quota", "where", "each", "spread", "at_most_per",
                  "must_include", "must_exclude", "incompatible", "places", "places"));
  const auto row = [&](std::int64_t index) {
    return cells(
        table, index,
        {"attribute", "value", "within_attribute", "within_value", "least", "most", "share_least",
         "share_most", "counting", "from", "to", "flexible_least", "flexible_most"});
  };
  EXPECT_EQ(row(0), "-|-|-|-|8|12|-|-|-|-|-|-|14");
  EXPECT_EQ(row(1), "side|public|-|-|-|-|2/5|3/5|overlap|-|-|-|-");
  EXPECT_EQ(row(2), "side|civil society|-|-|3|-|2/5|-|overlap|-|-|2|-");
  EXPECT_EQ(row(3), "gender|female|side|civil society|-|-|1/3|-|overlap|-|-|-|-");
  EXPECT_EQ(row(4), "-|gender = \"female\" and region != \"centre\"|-|-|1|-|-|-|overlap|-|-|-|-");
  EXPECT_EQ(row(5), "issue|environment;health;youth|-|-|1|-|-|-|overlap|-|-|-|-");
  EXPECT_EQ(row(6), "region|north;centre;south|-|-|-|-|2/3|-|overlap|-|-|-|-");
  EXPECT_EQ(row(7), "body|-|-|-|-|1|-|-|overlap|-|-|-|-");
  EXPECT_EQ(row(8), "-|n01|-|-|1|-|-|-|-|2019-01-01|-|-|-");
  EXPECT_EQ(row(9), "-|n14|-|-|-|0|-|-|-|-|-|-|-");
  EXPECT_EQ(row(10), "-|n11;n12|-|-|-|1|-|-|-|-|-|-|-");
  EXPECT_EQ(row(11), "specialisation|law|-|-|1|-|-|-|assignment|-|-|-|-");
  EXPECT_EQ(row(12), "specialisation|finance;audit|-|-|2|-|-|-|assignment|-|-|-|-");
}

TEST(Criteria, LabelsAreTheDocumentsOrMadeFromItsWords) {
  const Table table = criteria_table(*load_criteria(document(
      R"({"id": "a", "kind": "quota", "attribute": "side", "value": "public", "min": 1},
         {"id": "b", "kind": "each", "attribute": "side", "label": {"fr": "Parties"}},
         {"id": "c", "kind": "quota", "attribute": "side", "values": ["public", "other"], "max": 2,
          "within": {"attribute": "region", "value": "north"}, "label": "Within"},
         {"id": "d", "kind": "quota", "attribute": "side", "value": "other", "max": 2,
          "within": {"attribute": "region", "value": "north"}})",
      R"("attributes": {
           "side": {"label": {"ar": "الطرف", "en": "Side"},
                    "values": {"public": {"ar": "القطاع العام", "fr": "Public"}, "other": "Other"}},
           "region": {}},)")));
  const auto labels = [&](std::int64_t row) {
    return cells(table, row, {"label_ar", "label_en", "label_fr"});
  };
  EXPECT_EQ(labels(0), "الطرف: القطاع العام|Side: Public|Side\u00A0: Public");
  EXPECT_EQ(labels(1), "-|-|Parties");
  EXPECT_EQ(labels(2), "-|Within|-");
  EXPECT_EQ(labels(3),
            "الطرف: Other (ضمن north)|Side: Other (within north)|Side\u00A0: Other (parmi north)");
}

TEST(Criteria, SizeIsANumberOrARangeOrAbsent) {
  const auto size = [](const std::string& text) {
    const Table table = criteria_table(*load_criteria(document("", "\"size\": " + text + ",")));
    return cells(table, 0, {"criterion", "least", "most"});
  };
  EXPECT_EQ(size("5"), "size|5|5");
  EXPECT_EQ(size("0"), "size|0|0");
  EXPECT_EQ(size("1000000000"), "size|1000000000|1000000000");
  EXPECT_EQ(size(R"({"min": 2})"), "size|2|-");
  EXPECT_EQ(size(R"({"max": 2})"), "size|-|2");
  EXPECT_EQ(size(R"({"min": 2, "max": 2})"), "size|2|2");
  EXPECT_EQ(criteria_table(*load_criteria(document(""))).rows(), 0);
  for (const char* wrong :
       {"-1", "1.5", "1e400", "9223372036854775808", "1000000001", "\"5\"", "null", "[5]", "true",
        "{}", R"({"min": 3, "max": 2})", R"({"min": -1})", R"({"least": 1})"}) {
    EXPECT_THROW(load_criteria(document("", "\"size\": " + std::string(wrong) + ",")), Error)
        << wrong;
  }
}

// One document with everything wrong with it: each problem is named with its place.
TEST(Criteria, NamesEveryProblemAtOnce) {
  const std::string json = R"({
"criteria": "", "version": 2, "title": {"de": "x"}, "status": "agred", "sise": 5,
"size": {"min": 9, "max": 3},
"attributes": {"side": {"values": {"public": "Public", "civil society": {}}, "several": true}},
"rules": [
{"id": "size", "kind": "quota", "attribute": "side", "value": "public", "min": 1},
{"id": "a", "kind": "quota", "attribute": "side", "value": "publik", "min": 1},
{"id": "a", "kind": "quota", "attribute": "sid", "value": "public", "min": 1},
{"id": "c", "kind": "quota", "attribute": "side", "value": "public"},
{"id": "d", "kind": "quota", "attribute": "side", "value": "public", "values": ["public"], "min": 3, "max": 2},
{"id": "e", "kind": "quota", "attribute": "side", "share": {"min": "3/2", "max": "0.50", "x": 1}},
{"id": "f", "kind": "quota", "attribute": "side", "value": "public", "share": {"min": "2/3", "max": "1/2"}},
{"id": "g", "kind": "qota"},
{"kind": "each", "attribute": "side"},
{"id": "h", "kind": "each", "attribute": "side", "from": "2019-02-29", "to": "tomorrow"},
{"id": "i", "kind": "each", "attribute": "side", "from": "2019-02-02", "to": "2019-02-02"},
{"id": "j", "kind": "must_include", "members": ["x", " ", "x", 7]},
{"id": "k", "kind": "incompatible", "members": ["x"]},
{"id": "l", "kind": "places", "fill": "all", "places": [{"id": "p", "attribute": "side", "value": "public", "min": 2, "max": 1}, {"id": "p", "attribute": "side"}]},
{"id": "m", "kind": "places", "places": []},
{"id": "n", "kind": "spread", "attribute": "side", "min": 3},
{"id": "o", "kind": "spread", "attribute": "side", "share": {}},
{"id": "q", "kind": "quota", "attribute": "side", "value": "public", "min": 1, "counting": "assignment", "maximum": 4},
[]
]})";
  const std::vector<std::string> problems = problems_of(json);
  const auto line = [](const std::string& problem) { return std::stoi(problem); };
  EXPECT_TRUE(std::is_sorted(problems.begin(), problems.end(), [&](const auto& a, const auto& b) {
    return line(a) < line(b);
  })) << "in the order of the text";
  EXPECT_THAT(
      problems,
      UnorderedElementsAre(
          HasSubstr("2:/criteria: `criteria` is empty"), HasSubstr("2:/version: "),
          HasSubstr("2:/title/de: unknown member"),
          HasSubstr("2:/status: expected `proposed`, `agreed` or `example`, not `agred`, did you "
                    "mean `agreed`?"),
          HasSubstr("2:/sise: unknown member `sise`, did you mean `size`?"),
          HasSubstr("3:/size: min 9 is above max 3"),
          HasSubstr("4:/attributes/side/values/civil society: "),
          HasSubstr("4:/attributes/side/several: unknown member"),
          HasSubstr("6:/rules/0/id: `size` is the criterion of the committee's size"),
          HasSubstr("7:/rules/1/value: `publik` is not among the values of `side`, did you mean "
                    "`public`?"),
          HasSubstr("8:/rules/2/id: two criteria are `a`"),
          HasSubstr(
              "8:/rules/2/attribute: the attribute `sid` is not among those declared, did you "
              "mean `side`?"),
          HasSubstr("9:/rules/3: a quota needs min, max or share"),
          HasSubstr("10:/rules/4: expected value or values, not both"),
          HasSubstr("10:/rules/4/values/0: `public` is listed twice"),
          HasSubstr("10:/rules/4: min 3 is above max 2"),
          HasSubstr("11:/rules/5: expected value or values"),
          HasSubstr("11:/rules/5/share/min: expected a share from 0 to 1 such as `2/5`, not `3/2`"),
          HasSubstr("11:/rules/5/share/x: unknown member"),
          HasSubstr("12:/rules/6: the least share `2/3` is above the most, `1/2`"),
          HasSubstr("13:/rules/7/kind: `qota` is no kind of rule, did you mean `quota`?"),
          HasSubstr("14:/rules/8: missing member `id`"), HasSubstr("15:/rules/9/from: "),
          HasSubstr("15:/rules/9/to: "),
          HasSubstr("16:/rules/10: this ends on or before the day on which it begins"),
          HasSubstr("17:/rules/11/members/1: expected a text that is not blank"),
          HasSubstr("17:/rules/11/members/2: `x` is listed twice"),
          HasSubstr("17:/rules/11/members/3: expected a text"),
          HasSubstr("18:/rules/12: expected at least 2 members"),
          HasSubstr("19:/rules/13/fill: expected `at most one` or `exactly one`, not `all`"),
          HasSubstr("19:/rules/13/places/0: min 2 is above max 1"),
          HasSubstr("19:/rules/13/places/1/id: two criteria are `l/p`"),
          HasSubstr("19:/rules/13/places/1: expected value or values"),
          HasSubstr("20:/rules/14/places: expected 1 to 64 places"),
          HasSubstr("21:/rules/15: min 3 is above the 2 values that there are"),
          HasSubstr("22:/rules/16/share: expected min"),
          HasSubstr("23:/rules/17/counting: expected `overlap`, not `assignment`"),
          HasSubstr("23:/rules/17/maximum: unknown member"),
          HasSubstr("24:/rules/18: expected an object")));
}

TEST(Criteria, NeedsItsFourParts) {
  EXPECT_THAT(problems_of("{}"),
              UnorderedElementsAre(HasSubstr("`criteria`"), HasSubstr("`version`"),
                                   HasSubstr("`title`"), HasSubstr("`rules`")));
  EXPECT_THAT(problems_of("[]"), ElementsAre(HasSubstr("expected an object")));
  EXPECT_THAT(problems_of("7"), ElementsAre(HasSubstr("expected an object")));
}

TEST(Criteria, WhereAttributesAreDeclaredNothingElseIsMeant) {
  const std::string rule =
      R"({"id": "a", "kind": "quota", "attribute": "x", "value": "y", "min": 1})";
  EXPECT_THAT(problems_of(document(rule)), IsEmpty());
  EXPECT_THAT(problems_of(document(rule, R"("attributes": {"x": {}},)")), IsEmpty());
  EXPECT_THAT(problems_of(document(rule, R"("attributes": {"x": {"values": {"z": "Z"}}},)")),
              ElementsAre(HasSubstr("`y` is not among the values of `x`")));
  EXPECT_THAT(problems_of(document(rule, R"("attributes": {},)")),
              ElementsAre(HasSubstr("`x` is not among those declared")));
  EXPECT_THAT(problems_of(document(rule, R"("attributes": {"x": {"values": {}}},)")).front(),
              HasSubstr("expected at least one value"));
}

TEST(Criteria, ListedValuesAreNeededWhereNoneAreDeclared) {
  for (const std::string kind : {"each", "spread"}) {
    const std::string head = R"({"id": "a", "kind": ")" + kind + R"(", "attribute": "x", "min": 1)";
    EXPECT_THAT(problems_of(document(head + "}")), ElementsAre(HasSubstr("this needs values")));
    EXPECT_THAT(problems_of(document(head + R"(, "values": ["y"]})")), IsEmpty());
    EXPECT_THAT(problems_of(document(head + R"(, "values": []})")),
                testing::Contains(HasSubstr("expected at least one value")));
    EXPECT_THAT(problems_of(document(head + R"(, "values": ["y", " y"]})")),
                ElementsAre(HasSubstr("`y` is listed twice")));
  }
}

// An e with an acute accent, as one code point and as two.
TEST(Criteria, SpellingsThatLookTheSameAreTheSame) {
  const std::string composed = "R\u00E9gion", decomposed = "Re\u0301gion";
  EXPECT_THAT(problems_of(document(R"({"id": "a", "kind": "each", "attribute": ")" + decomposed +
                                       R"(", "values": ["d\u00E9j\u00E0 "]})",
                                   "\"attributes\": {\"" + composed +
                                       "\": {\"values\": {\"de\u0301ja\u0300\": \"x\"}}},")),
              IsEmpty());
  EXPECT_THAT(problems_of(document(
                  "", "\"attributes\": {\"" + composed + "\": {}, \"" + decomposed + "\": {}},")),
              ElementsAre(HasSubstr("is declared twice")));
  EXPECT_THAT(problems_of(document(
                  R"({"id": "a", "kind": "must_exclude", "members": ["e\u0301", "\u00e9"]})")),
              ElementsAre(HasSubstr("is listed twice")));
}

TEST(Criteria, RefusesWhatNoCommitteeOfItsSizeCanBe) {
  const auto refused = [](const std::string& rule, const std::string& size = "{\"max\": 3}") {
    return problems_of(
        document(rule, "\"size\": " + size +
                           R"(, "attributes": {"one": {"values": {"a": "A", "b": "B"}},
                                      "many": {"multiple": true, "values": {"a": "A", "b": "B"}}},)"));
  };
  EXPECT_THAT(
      refused(R"({"id": "r", "kind": "quota", "attribute": "one", "value": "a", "min": 4})"),
      ElementsAre(HasSubstr("2:/rules/0: this needs 4 members, but the committee has at most 3")));
  EXPECT_THAT(
      refused(R"({"id": "r", "kind": "quota", "attribute": "one", "value": "a", "min": 3})"),
      IsEmpty());
  EXPECT_THAT(refused(R"({"id": "r", "kind": "each", "attribute": "one", "min": 2})"),
              ElementsAre(HasSubstr("needs 4 members")));
  EXPECT_THAT(refused(R"({"id": "r", "kind": "each", "attribute": "many", "min": 2})"), IsEmpty());
  EXPECT_THAT(
      refused(R"({"id": "r", "kind": "spread", "attribute": "one", "share": {"min": "1"}})", "1"),
      ElementsAre(HasSubstr("needs 2 members")));
  EXPECT_THAT(
      refused(R"({"id": "r", "kind": "spread", "attribute": "many", "share": {"min": "1"}})", "1"),
      IsEmpty());
  EXPECT_THAT(refused(R"({"id": "r", "kind": "must_include", "members": ["a", "b", "c", "d"]})"),
              ElementsAre(HasSubstr("needs 4 members")));
  EXPECT_THAT(refused(R"({"id": "r", "kind": "places", "places": [
                {"id": "p", "attribute": "many", "value": "a", "min": 2},
                {"id": "q", "attribute": "many", "value": "b", "min": 2}]})"),
              ElementsAre(HasSubstr("needs 4 members")));
}

TEST(Criteria, RefusesWhatMayNotBothHoldOnOneDay) {
  const auto rules = [](const std::string& include, const std::string& other) {
    return problems_of(document(R"({"id": "in", "kind": "must_include", "members": ["x", "y"])" +
                                include + "}, " + other));
  };
  const std::string exclude = R"({"id": "out", "kind": "must_exclude", "members": ["z", "y"])";
  EXPECT_THAT(rules("", exclude + "}"),
              ElementsAre("1:/rules/1/members/1: `y` must not sit, but must by `in`"));
  // One ends on the day on which the other begins.
  EXPECT_THAT(rules(R"(, "to": "2020-01-01")", exclude + R"(, "from": "2020-01-01"})"), IsEmpty());
  EXPECT_THAT(rules(R"(, "to": "2020-01-02")", exclude + R"(, "from": "2020-01-01"})"),
              ElementsAre(HasSubstr("`y` must not sit")));
  EXPECT_THAT(rules(R"(, "from": "2020-01-01")", exclude + R"(, "to": "2020-01-01"})"), IsEmpty());

  const std::string rivals =
      R"({"id": "rivals", "kind": "incompatible", "members": ["x", "y", "z"])";
  EXPECT_THAT(rules("", rivals + "}"),
              ElementsAre("1:/rules/1: at most 1 of these members may sit, but 2 must by other "
                          "rules in force on the same day"));
  EXPECT_THAT(rules("", rivals + R"(, "max": 2})"), IsEmpty());
  EXPECT_THAT(rules(R"(, "to": "2020-01-01")", rivals + R"(, "from": "2020-01-01"})"), IsEmpty());
  // Two rules that require one member each, together for one day.
  const std::string pair = R"({"id": "rivals", "kind": "incompatible", "members": ["x", "y"]},
    {"id": "in", "kind": "must_include", "members": ["x"], "to": "2020-01-02"},
    {"id": "in 2", "kind": "must_include", "members": ["y"], "from": "2020-01-0)";
  EXPECT_THAT(problems_of(document(pair + "1\"}")), ElementsAre(HasSubstr("but 2 must")));
  EXPECT_THAT(problems_of(document(pair + "2\"}")), IsEmpty());
}

TEST(Criteria, BoundsWhatItReads) {
  std::string rules, places;
  for (int i = 0; i < 1001; ++i) {
    rules += (i == 0 ? "" : ",") + std::string(R"({"id": "r)") + std::to_string(i) +
             R"(", "kind": "at_most_per", "attribute": "a"})";
  }
  EXPECT_THAT(problems_of(document(rules)), ElementsAre(HasSubstr("at most 1000 rules")));
  for (int i = 0; i < 65; ++i) {
    places += (i == 0 ? "" : ",") + std::string(R"({"id": "p)") + std::to_string(i) +
              R"(", "attribute": "a", "value": "v"})";
  }
  EXPECT_THAT(problems_of(document(R"({"id": "r", "kind": "places", "places": [)" + places + "]}")),
              ElementsAre(HasSubstr("1 to 64 places")));
  // As many problems as there are lines, and a document that is nothing but brackets.
  std::string members;
  for (int i = 0; i < 20000; ++i) members += (i == 0 ? "" : ",\n") + std::string("7");
  EXPECT_LE(
      problems_of(document(R"({"id": "r", "kind": "must_exclude", "members": [)" + members + "]}"))
          .size(),
      1001U);
  EXPECT_THROW(load_criteria(std::string(100000, '[')), Error);
  EXPECT_THROW(load_criteria(document(R"({"id": )" + std::string(100000, '['))), Error);
}

TEST(Criteria, RefusesBytesThatAreNoDocument) {
  for (const std::string bytes : {"", "{", "null,", "\xFF", "{\"criteria\": \"\xC3\"}"}) {
    try {
      load_criteria(bytes);
      FAIL() << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::malformed) << bytes;
    }
  }
}

// Every document of a prefix of the example ends in an error that says where.
TEST(Criteria, RefusesEveryPrefixOfADocument) {
  const std::string_view whole = example();
  for (std::size_t size = 0; size + 1 < whole.size(); size += 7) {
    EXPECT_THROW(load_criteria(whole.substr(0, size)), Error) << size;
  }
}

TEST(Criteria, TheSchemaIsADocumentAndNamesItsDraft) {
  const auto schema = json::Document::parse(criteria_schema());
  EXPECT_EQ(schema->root().find("$schema")->text(), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema->root().find("$id")->text(), "urn:partnership:schema:criteria:1");
  EXPECT_EQ(pack("schemas/nothing"), "");
}

// The numbers that the schema and the reader both know.
TEST(Criteria, TheSchemaAgreesOnTheLimits) {
  const auto schema = json::Document::parse(criteria_schema());
  const json::Value defs = *schema->root().find("$defs");
  EXPECT_EQ(defs.find("count")->find("maximum")->integer(), most_count);
  EXPECT_EQ(defs.find("places")->find("properties")->find("places")->find("maxItems")->integer(),
            static_cast<std::int64_t>(most_places));
  std::vector<std::string> kinds;
  const json::Value listed = *defs.find("rule")->find("properties")->find("kind")->find("enum");
  for (const json::Value kind : listed) {
    kinds.emplace_back(kind.text());
  }
  EXPECT_THAT(kinds,
              ElementsAre(kind_name(Kind::quota), kind_name(Kind::each), kind_name(Kind::spread),
                          kind_name(Kind::at_most_per), kind_name(Kind::must_include),
                          kind_name(Kind::must_exclude), kind_name(Kind::incompatible),
                          kind_name(Kind::places), kind_name(Kind::where)));
}

}  // namespace
}  // namespace partnership
