// SPDX-License-Identifier: Apache-2.0
//
// What is said where there is no committee: of small cases, word for word, and of the pools that
// lie beside the project.
#include "committee/infeasible.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "committee/committee_tools.hpp"
#include "committee/pool_tools.hpp"
#include "verify/certificate.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;
using Verdict = verify::CertificateReport::Verdict;

verify::CertificateReport verified(const Infeasibility& found, const Checker& checker) {
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < checker.nominees()->count(); ++i) {
    ids.push_back(checker.nominees()->id(i));
  }
  return verify::verify_certificate(conflict_certificate(found.built.model, *found.conflict,
                                                         {checker.criteria()->hash, {}, ids}));
}

std::shared_ptr<const Checker> checker_of(const std::string& rules, const std::string& more,
                                          std::string_view respondents) {
  return Checker::make(load_criteria(document(rules, more)), nominees_of_respondents(respondents));
}

std::vector<std::string> conflicting(const Infeasibility& found) {
  std::vector<std::string> out;
  if (!found.conflict) return out;
  for (const ConflictPart& part : found.conflict->parts) out.push_back(part.criterion);
  return out;
}

// "CRITERION WHAT FROM->TO" of each change, joined by ", "; cost and reach in front.
std::vector<std::string> relaxations(const Infeasibility& found) {
  std::vector<std::string> out;
  for (const Relaxation& relaxation : found.relaxations) {
    std::string text = std::to_string(relaxation.cost) + " " +
                       std::string(reach_name(relaxation.reach)) +
                       (relaxation.cheapest ? ":" : "?");
    for (const Change& change : relaxation.changes) {
      text += " " + change.criterion + " " + std::string(change_name(change.what)) + " " +
              change.from + "->" + change.to + (change.flexible ? "*" : "");
    }
    out.push_back(std::move(text));
  }
  return out;
}

constexpr const char* region_x =
    R"({"id": "x", "kind": "quota", "attribute": "region", "value": "x", "min": 5})";

TEST(Infeasible, CountsNomineesWhoAreTooFew) {
  const auto checker =
      checker_of(region_x, R"("size": 6, )", "id,region\n1,x\n2,x\n3,x\n4,y\n5,y\n6,y\n7,y\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_THAT(conflicting(found), ElementsAre("x"));
  EXPECT_EQ(verified(found, *checker).verdict, Verdict::infeasible);
  EXPECT_TRUE(verified(found, *checker).minimal);
  const Table table = conflict_table(found, *checker, Language::en);
  EXPECT_EQ(cells(table, 0,
                  {"criterion", "label", "needs", "asked_least", "asked_most", "nominees",
                   "reach_least", "reach_most", "reason"}),
            "x|region: x|min|5|-|3|-|3|at least 5 asked; nominees who count: 3");
  EXPECT_THAT(relaxations(found), ElementsAre("2 numbers: x min 5->3"));
  EXPECT_EQ(found.relaxations[0].committee.size(), 6U);
}

TEST(Infeasible, CountsHouseholdsIn) {
  // Five have the region, but in two households.
  const auto checker = checker_of(
      std::string(
          R"({"id": "x", "kind": "quota", "attribute": "region", "value": "x", "min": 3},)") +
          R"({"id": "home", "kind": "at_most_per", "attribute": "home"})",
      R"("size": 4, )",
      "id,region,home\n1,x,oak\n2,x,oak\n3,x,elm\n4,x,elm\n5,x,elm\n6,y,\n7,y,\n8,y,\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_THAT(conflicting(found), ElementsAre("x", "home: oak", "home: elm"));
  EXPECT_TRUE(verified(found, *checker).minimal);
  const Table table = conflict_table(found, *checker, Language::en);
  EXPECT_EQ(cell(table, "reason", 0),
            "at least 3 asked; nominees who count: 5; with the rest of the conflict at most 2");
  EXPECT_EQ(cells(table, 2, {"label", "reason"}),
            "home: at most 1 for one value: elm|at most 1 allowed; nominees who count: 3; with the "
            "rest of the conflict at least 2");
  EXPECT_THAT(relaxations(found), ElementsAre("1 numbers: x min 3->2", "1 numbers: home max 1->2"));
}

TEST(Infeasible, StaysWithinWhatIsFlexibleFirst) {
  const auto checker = checker_of(
      R"({"id": "x", "kind": "quota", "attribute": "r", "value": "x", "min": 3, "max": 4,
          "flexible": {"min": 1, "max": 5}},
         {"id": "y", "kind": "quota", "attribute": "r", "value": "y", "min": 3})",
      R"("size": 5, )", "id,r\n1,x\n2,x\n3,x\n4,y\n5,y\n6,y\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_THAT(conflicting(found), ElementsAre("size", "x", "y"));
  EXPECT_THAT(relaxations(found), ElementsAre("1 flexible: x min 3->2*", "1 size: size max 5->6",
                                              "1 numbers: y min 3->2"));
  const auto changed = relaxed(*checker->criteria(), found.relaxations[0].changes);
  EXPECT_EQ(changed->rules[1].bounds.least, 2);
  EXPECT_EQ(checker->criteria()->rules[1].bounds.least, 3);
}

TEST(Infeasible, WritesRelaxedDocuments) {
  const std::string json = document(
      R"({"id": "x", "label": "X", "kind": "quota", "attribute": "r", "value": "x", "min": 3,
          "flexible": {"min": 1}, "share": {"max": "1"}},
         {"id": "in", "kind": "must_include", "members": ["1", "9"], "from": "2020-01-01"})",
      R"("size": 5, )");
  const auto written = json::Document::parse(
      relaxed_document(json, {{"x", 1, -1, Change::What::least, "3", "2", 1, true},
                              {"size", 0, -1, Change::What::most, "5", "6", 1, false},
                              {"in", 2, -1, Change::What::include, "9", "", 1, false}}));
  EXPECT_EQ(
      json::canonical(written->root()),
      R"({"criteria":"c","rules":[{"attribute":"r","id":"x","kind":"quota","label":"X","min":2,)"
      R"("share":{"max":"1"},"value":"x"},{"from":"2020-01-01","id":"in",)"
      R"("kind":"must_include","members":["1"]}],"size":{"max":6,"min":5},"title":"Test",)"
      R"("version":"1"})");
  EXPECT_THROW(relaxed_document(json, {{"y", 7, -1, Change::What::least, "3", "2", 1, true}}),
               Error);
}

TEST(Infeasible, GoesAsFarAsItMust) {
  // Only other members will do.
  const auto checker = checker_of(
      R"({"id": "in", "kind": "must_include", "members": ["1", "9"]},
         {"id": "out", "kind": "must_exclude", "members": ["2", "3"]})",
      R"("size": 2, )", "id,r\n1,x\n2,x\n3,x\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_TRUE(verified(found, *checker).minimal);
  EXPECT_EQ(found.relaxations[0].reach, Reach::members);
  EXPECT_EQ(found.relaxations[0].cost, 2);
  const auto changed = Checker::make(relaxed(*checker->criteria(), found.relaxations[0].changes),
                                     checker->nominees());
  EXPECT_EQ(changed->check(found.relaxations[0].committee, date_none).outcome(), Outcome::met);
}

TEST(Infeasible, SaysOfPlacesWhatIsAsked) {
  const auto checker = checker_of(
      R"({"id": "p", "kind": "places", "places": [
           {"id": "law", "attribute": "s", "value": "law", "min": 1},
           {"id": "tax", "attribute": "s", "value": "tax", "min": 1}]})",
      R"("size": 2, )", "id,s\n1,law;tax\n2,art\n3,art\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_THAT(conflicting(found), ElementsAre("p/law", "p/tax", "p"));
  EXPECT_TRUE(verified(found, *checker).minimal);
  const Table table = conflict_table(found, *checker, Language::en);
  EXPECT_EQ(cells(table, 0, {"label", "reason"}),
            "law|at least 1 asked; nominees who count: 1; with the rest of the conflict at most 0");
  EXPECT_EQ(cells(table, 2, {"label", "needs", "reason"}), "p|all|a member fills one place only");
  EXPECT_THAT(relaxations(found),
              ElementsAre("1 numbers: p/law min 1->0", "1 numbers: p/tax min 1->0"));
}

TEST(Infeasible, FindsAShare) {
  const auto checker = checker_of(
      R"({"id": "w", "kind": "quota", "attribute": "g", "value": "f", "share": {"min": "1/2"}})",
      R"("size": {"min": 4, "max": 5}, )", "id,g\n1,f\n2,m\n3,m\n4,m\n5,m\n6,m\n");
  const Infeasibility found = explain_infeasible(checker);
  ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
  EXPECT_THAT(conflicting(found), ElementsAre("size", "w"));
  EXPECT_THAT(relaxations(found),
              ElementsAre("1 numbers: w share min 1/2->1/4", "2 size: size min 4->2"));
}

TEST(Infeasible, SaysWhenThereIsACommittee) {
  const auto checker =
      checker_of(region_x, R"("size": 5, )", "id,region\n1,x\n2,x\n3,x\n4,x\n5,x\n6,y\n");
  const Infeasibility found = explain_infeasible(checker);
  EXPECT_EQ(found.status, InfeasibleStatus::feasible);
  EXPECT_THAT(found.committee, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_FALSE(found.conflict);
}

TEST(Infeasible, EndsWhenItIsTold) {
  const auto checker =
      checker_of(region_x, R"("size": 6, )", "id,region\n1,x\n2,x\n3,x\n4,y\n5,y\n6,y\n7,y\n");
  InfeasibleRequest request;
  request.pace = [] { return Pace::cancel; };
  EXPECT_EQ(explain_infeasible(checker, request).status, InfeasibleStatus::cancelled);
  request.pace = [] { return Pace::finish; };
  EXPECT_EQ(explain_infeasible(checker, request).status, InfeasibleStatus::limit);
  request.pace = {};
  request.nodes = 0;
  EXPECT_EQ(explain_infeasible(checker, request).status, InfeasibleStatus::limit);
  // No room for a proof: the rest is there.
  request.nodes = 1000;
  request.proof_numbers = 1;
  const Infeasibility found = explain_infeasible(checker, request);
  EXPECT_EQ(found.status, InfeasibleStatus::limit);
  EXPECT_THAT(conflicting(found), ElementsAre("x"));
  EXPECT_THAT(relaxations(found), ElementsAre("2 numbers: x min 5->3"));
  EXPECT_THROW(verified(found, *checker), Error);
}

TEST(Infeasible, SpeaksThreeLanguages) {
  const auto checker =
      checker_of(region_x, R"("size": 6, )", "id,region\n1,x\n2,x\n3,x\n4,y\n5,y\n6,y\n7,y\n");
  const Infeasibility found = explain_infeasible(checker);
  EXPECT_EQ(cell(conflict_table(found, *checker, Language::fr), "reason", 0),
            "au moins 5 exigé ; candidats concernés : 3");
  EXPECT_EQ(cell(conflict_table(found, *checker, Language::ar), "reason", 0),
            "المطلوب 5 على الأقل؛ عدد المرشحين المعنيين 3");
  EXPECT_EQ(cells(relaxation_table(found, *checker, Language::fr), 0,
                  {"relaxation", "reach", "cost", "cheapest", "criterion", "label", "what", "from",
                   "to", "by", "flexible"}),
            "1|numbers|2|true|x|region\u00A0: x|min|5|3|2|false");
}

TEST(InfeasiblePools, AreExplained) {
  if (pool_folders().empty()) GTEST_SKIP() << "no pools in " << pools_folder();
  for (const auto& folder : pool_folders()) {
    SCOPED_TRACE(folder.filename());
    const auto checker = pool_checker(folder);
    const Infeasibility found = explain_infeasible(checker);
    if (!published_leximin(folder).empty()) {
      ASSERT_EQ(found.status, InfeasibleStatus::feasible);
      EXPECT_EQ(checker->check(found.committee, date_none).outcome(), Outcome::met);
      continue;
    }
    ASSERT_EQ(found.status, InfeasibleStatus::infeasible);
    const auto report = verified(found, *checker);
    EXPECT_EQ(report.verdict, Verdict::infeasible);
    EXPECT_TRUE(report.minimal);
    ASSERT_FALSE(found.relaxations.empty());
    for (const Relaxation& relaxation : found.relaxations) {
      EXPECT_TRUE(relaxation.cheapest);
      const auto changed =
          Checker::make(relaxed(*checker->criteria(), relaxation.changes), checker->nominees());
      EXPECT_EQ(changed->check(relaxation.committee, date_none).outcome(), Outcome::met);
      EXPECT_EQ(explain_infeasible(changed).status, InfeasibleStatus::feasible);
    }
    std::string told;
    for (const std::string& name : conflicting(found)) told += name + "; ";
    for (const std::string& text : relaxations(found)) told += "\n  " + text;
    RecordProperty(folder.filename().string(), told);
  }
}

TEST(InfeasiblePools, HouseholdsBelongToTheConflict) {
  const auto folder = pools_folder() / "opendlp_monitoring_30";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no pools in " << pools_folder();
  const auto checker = pool_checker(folder, {"household"});
  const BuiltModel built = build_model(*checker);
  EXPECT_EQ(explain_infeasible(checker).status, InfeasibleStatus::feasible);
}

}  // namespace
}  // namespace partnership
