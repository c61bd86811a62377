// SPDX-License-Identifier: Apache-2.0
//
// Panel models of single cases: what rows are called, what is left out, what is refused. That
// models say what the check says is tried in model_oracle_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "committee/committee_tools.hpp"
#include "committee/model_rows.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;

std::shared_ptr<const Checker> checker_of(const std::string& json,
                                          const std::vector<std::pair<std::string, Facts>>& list) {
  std::vector<Nominee> nominees;
  for (const auto& [id, facts] : list) nominees.push_back({id, facts});
  return Checker::make(load_criteria(json), Nominees::of(nominees));
}

Facts has(const std::string& attribute, std::vector<std::string> values) {
  return {{attribute, std::move(values)}};
}

std::vector<std::string> names(const BuiltModel& built) {
  std::vector<std::string> out;
  for (const PanelModel::Row& row : built.model.rows) out.push_back(row.criterion);
  return out;
}

std::vector<std::string> refused(const Checker& checker, const ModelOptions& options = {}) {
  try {
    build_model(checker, options);
  } catch (const Error& error) {
    std::vector<std::string> out;
    for (const Problem& problem : error.problems()) out.push_back(problem.message);
    return out;
  }
  return {};
}

TEST(PanelModel, LeavesOutRulesThatAreNotInForce) {
  const auto checker = checker_of(
      document(R"({"id": "old", "kind": "quota", "attribute": "a", "value": "x", "min": 1,
                   "to": "2020-01-01"},
                  {"id": "new", "kind": "must_exclude", "members": ["1"], "from": "2020-01-01"})"),
      {{"1", has("a", {"x"})}, {"2", has("a", {"y"})}});
  ModelOptions options;
  EXPECT_THAT(names(build_model(*checker)), ElementsAre("old", "new"));
  options.on = parse_date("2019-12-31");
  EXPECT_THAT(names(build_model(*checker, options)), ElementsAre("old"));
  options.on = parse_date("2020-01-01");
  EXPECT_THAT(names(build_model(*checker, options)), ElementsAre("new"));
}

TEST(PanelModel, CallsRowsByTheirCriteria) {
  const auto checker =
      checker_of(document(R"({"id": "e", "kind": "each", "attribute": "a", "values": ["x", "y"]},
                  {"id": "o", "kind": "at_most_per", "attribute": "a"},
                  {"id": "s", "kind": "spread", "attribute": "a", "values": ["x", "z"], "min": 1},
                  {"id": "p", "kind": "places", "places": [
                    {"id": "q", "attribute": "a", "value": "x"}]},
                  {"id": "wide", "kind": "quota", "attribute": "a", "value": "x", "max": 3})",
                          R"("size": {"max": 3}, )"),
                 {{"1", has("a", {"x"})},
                  {"2", has("a", {"x"})},
                  {"3", has("a", {"y"})},
                  {"4", has("a", {})}});
  const BuiltModel built = build_model(*checker);
  EXPECT_THAT(names(built), ElementsAre("size", "e: x", "e: y", "o: x", "s", "s", "p/q", "p"));
  EXPECT_THAT(built.type_of, ElementsAre(0, 0, 1, 2));
  ModelOptions options;
  options.every_row = true;
  EXPECT_THAT(names(build_model(*checker, options)),
              ElementsAre("size", "e: x", "e: y", "o: x", "s", "s", "p/q", "p", "wide"));
}

TEST(PanelModel, RefusesAttributesThatNomineesLack) {
  const auto checker = checker_of(
      document(R"({"id": "g", "kind": "quota", "attribute": "Gender", "value": "f", "min": 1},
                  {"id": "h", "kind": "each", "attribute": "Gender", "values": ["f"]},
                  {"id": "w", "kind": "where", "expression": "region = null", "min": 1},
                  {"id": "d", "kind": "at_most_per", "attribute": "body", "to": "2000-01-01"})",
               R"("attributes": {"Gender": {}, "region": {}, "body": {}}, )"),
      {{"1", has("gender", {"f"})}});
  ModelOptions options;
  options.on = parse_date("2020-01-01");
  EXPECT_THAT(
      refused(*checker, options),
      ElementsAre("the criterion `g` speaks of `Gender`, of which nominees have no column, "
                  "did you mean `gender`?",
                  "the criterion `w` speaks of `region`, of which nominees have no column"));
}

TEST(PanelModel, RefusesWhatTheCheckRefuses) {
  const auto checker =
      checker_of(document("", R"("attributes": {"a": {"values": {"x": "x"}}}, )"),
                 {{"1", has("a", {"x"})}, {"2", has("a", {"xx"})}, {"3", has("a", {"x", "y"})}});
  EXPECT_THAT(refused(*checker).size(), 3U);
}

TEST(PanelModel, RefusesOptions) {
  const auto checker = checker_of(document(""), {{"1", has("a", {"x"})}});
  EXPECT_THAT(refused(*checker), ElementsAre());
  EXPECT_THAT(refused(*checker, {date_max + 1, {}, {}}).size(), 1U);
  EXPECT_THAT(refused(*checker, {date_none, -1, {}}).size(), 1U);
  EXPECT_THAT(refused(*checker, {date_none, 2, 1}),
              ElementsAre("the least size 2 is above the most, 1"));
  EXPECT_THAT(refused(*checker_of(document(""), {})), ElementsAre("there are no nominees"));
}

TEST(PanelModel, TakesASizeBesideTheDocuments) {
  const auto checker = checker_of(document("", R"("size": {"max": 2}, )"),
                                  {{"1", has("a", {"x"})}, {"2", has("a", {"x"})}});
  const BuiltModel built = build_model(*checker, {date_none, 1, 5});
  ASSERT_EQ(built.model.rows.size(), 2U);
  EXPECT_EQ(built.model.rows[1].lower, 1);
  EXPECT_EQ(built.origins[1].part, RowOrigin::Part::option);
}

// No number of at most so many members tells the share from its neighbour.
TEST(PanelModel, RoundsSharesToWhatNumbersCanTellApart) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 3000; ++i) {
    const std::int64_t most = 1 + static_cast<std::int64_t>(random() % 30);
    const std::int64_t bound = i % 2 == 0 ? 1'000'000'000'000'000'000 : 60;
    const auto den = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
    const Fraction share = Fraction::of(
        static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(den + 1)), den);
    const Fraction above = share_above(share, most), below = share_below(share, most);
    ASSERT_LE(above.den, most);
    ASSERT_LE(below.den, most);
    for (std::int64_t total = 1; total <= most; ++total) {
      for (std::int64_t count = 0; count <= total; ++count) {
        const Fraction own = Fraction::of(count, total);
        ASSERT_EQ(own >= share, own >= above) << share.text() << " " << own.text();
        ASSERT_EQ(own <= share, own <= below) << share.text() << " " << own.text();
      }
    }
  }
}

}  // namespace
}  // namespace partnership
