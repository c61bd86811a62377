// SPDX-License-Identifier: Apache-2.0
//
// What the verifier says of documents that are wrong in one place.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "verify/certificate_tools.hpp"

namespace partnership {
namespace {

using namespace test;

TEST(Certificate, WhatIsRightHolds) {
  const CertificateReport report = verify_certificate(simple());
  EXPECT_EQ(faults_of(report), std::vector<std::string>());
  EXPECT_EQ(report.verdict, Verdict::proved);
  EXPECT_EQ(report.objective, "leximin");
  EXPECT_EQ(report.nominees, 3);
  EXPECT_EQ(report.types, 2);
  EXPECT_EQ(report.columns, 3);
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.panels, 3);
  EXPECT_EQ(report.levels, 1);
  EXPECT_EQ(report.nodes, 3);
  EXPECT_EQ(report.leaves, 2);
  EXPECT_EQ(report.delta, Rational(Integer(1), 1000000000));
  EXPECT_EQ(report.deviation, Rational(0));
  EXPECT_EQ(report.least, Rational(Integer(1), 3));
  const CertificateReport none = verify_certificate(conflict());
  EXPECT_EQ(faults_of(none), std::vector<std::string>());
  EXPECT_EQ(none.verdict, Verdict::infeasible);
  EXPECT_TRUE(none.minimal);
  EXPECT_EQ(verify::verdict_name(none.verdict), "infeasible");
}

TEST(Certificate, FaultsOfTheFormAreNamed) {
  const std::string many(20001, '1');
  const std::string quoted = "\"" + many + "\"";
  expect_faults(
      simple(),
      {{"/certificate", "\"lotto\"", "/certificate: a certificate is `lottery` or `infeasible`"},
       {"/version", "2", "/version: the version is not 1"},
       {"/version", "1.0", "/version: the version is not 1"},
       {"/objective", "\"fair\"", "/objective: the objective is none of"},
       {"/objective", "1", "/objective: the objective is none of"},
       {"/criteria", "\"ab\"", "/criteria: `criteria` is `ab`, expected a hash"},
       {"/pool", "null", "/pool: `pool` is null, expected a hash"},
       {"/delta", "\"0.1\"", "/delta: `delta` is `0.1`, expected a text that is a fraction"},
       {"/delta", "\"2/2000000000\"", "/delta: `delta` is `2/2000000000`, expected"},
       {"/delta", "\"1/1\"", "/delta: `delta` is `1/1`, expected"},
       {"/delta", "\"-0\"", "/delta: `delta` is `-0`, expected"},
       {"/delta", "\"+1\"", "/delta: `delta` is `+1`, expected"},
       {"/delta", "\"01\"", "/delta: `delta` is `01`, expected"},
       {"/delta", "\"1/-3\"", "/delta: `delta` is `1/-3`, expected"},
       {"/delta", "\"1/0\"", "/delta: `delta` is `1/0`, expected"},
       {"/delta", "\"\"", "/delta: `delta` is ``, expected"},
       {"/delta", "0", "/delta: `delta` is `0`, expected"},
       {"/delta", "\"1\"", "/delta: `delta` is 1, not within 0 and 1/1000000000"},
       {"/delta", "\"-1\"", "/delta: `delta` is -1, not within 0 and 1/1000000000"},
       {"/delta", quoted, "/delta: `delta` is `1111"},
       {"/nominees/1", "\"a\"", "/nominees/1: the nominee `a` is there twice"},
       {"/nominees/1", "\"\"", "/nominees/1: a nominee's id is no text, or an empty one"},
       {"/nominees/1", "7", "/nominees/1: a nominee's id is no text"},
       {"/nominees", "{}", "/nominees: `nominees` is an object, expected an array"},
       {"/model/types/1", "[1]", "/model/types: nominee 2 is of no type"},
       {"/model/types/1", "[1, 1]", "/model/types/1/1: the indices do not ascend: 1 comes after 1"},
       {"/model/types/1", "[0, 1, 2]", "/model/types/1: nominee 0 is of two types"},
       {"/model/types/1", "[1, 3]", "/model/types/1/1: the index of a nominee is `3`; there are 3"},
       {"/model/types/1", "[-1]", "/model/types/1/0: the index of a nominee is `-1`"},
       {"/model/types", "[[0], [1, 2], []]", "/model/types/2: a type without nominees"},
       {"/model/types/0", "7", "/model/types/0: expected an array of indices, found an integer"},
       {"/model/columns", "[[0, 1]]", "/model/columns: there are fewer columns than types"},
       {"/model/columns/0", "[1, 0]", "/model/columns/0: the bounds of a type are not within 0"},
       {"/model/columns/0", "[0, 2]", "/model/columns/0: the bounds of a type are not within 0"},
       {"/model/columns/0", "[-1, 1]", "/model/columns/0: the bounds of a type are not within 0"},
       {"/model/columns/2", "[1, 0]", "/model/columns/2: the bounds of a column cross each other"},
       {"/model/columns/2", "[0]", "/model/columns/2: expected the lower and the upper bound"},
       {"/model/columns/2/1", "9007199254740992", "/model/columns/2/1: an upper bound is `9007"},
       {"/model/columns/2/1", "0.5",
        "/model/columns/2/1: an upper bound is `0.5`, expected an integer"},
       {"/model/rows/0/terms", "[[1, 1], [0, 1]]", "/model/rows/0/terms/1: the indices do not"},
       {"/model/rows/0/terms", "[[0, 0]]", "/model/rows/0/terms/0: a zero is not written"},
       {"/model/rows/0/terms", "[[0]]",
        "/model/rows/0/terms/0: expected a pair: the index of a column"},
       {"/model/rows/0/terms", "[[3, 1]]", "/model/rows/0/terms/0/0: the index of a column is `3`"},
       {"/model/rows/0/lower", "\"1\"", "/model/rows/0/lower: `lower` is `1`, expected an integer"},
       {"/model/rows/0/criterion", "\"\"", "/model/rows/0/criterion: `criterion` is empty"},
       {"/status", "\"true\"", "/status: the status is neither `proved` nor"},
       {"/status", "null", "/status: expected an object, found null"}});
  EXPECT_EQ(verify_certificate("{}").faults[0].message, "missing member `certificate`");
  EXPECT_EQ(verify_certificate("[]").faults[0].message, "expected an object, found an array");
  EXPECT_EQ(verify_certificate("").verdict, Verdict::refused);
  MutableJson more = MutableJson::read(simple());
  more.children.push_back(more["delta"]);
  more.children.back().name = "detla";
  EXPECT_EQ(faults_of(verify_certificate(more.write())),
            std::vector<std::string>{"/detla: unknown member `detla`, did you mean `delta`?"});
}

TEST(Certificate, FaultsOfPanelsAndTargetsAreNamed) {
  expect_faults(
      simple(),
      {{"/target", "[\"1/3\"]", "/target: the target has 1 probabilities for 2 types"},
       {"/target/0", "\"4/3\"", "/target/0: a probability is within 0 and 1"},
       {"/target/0", "\"-1/3\"", "/target/0: a probability is within 0 and 1"},
       {"/target/0", "\"1/2\"",
        "/panels: nominee 0 has probability 1/3, more than delta away from 1/2"},
       {"/target/0", "\"1/2\"",
        "/levels/0: the target of type 0 is 1/2, not the level's value 1/3"},
       {"/denominator", "\"4\"", "/panels: the weights sum to 3, the denominator is 4"},
       {"/denominator", "\"0\"", "/denominator: the denominator is above 0"},
       {"/denominator", "\"3/2\"", "/denominator: the denominator is `3/2`, expected a text"},
       {"/panels/1/weight", "\"0\"", "/panels/1/weight: a weight is above 0"},
       {"/panels/1/weight", "\"-1\"", "/panels/1/weight: a weight is above 0"},
       {"/panels/1/weight", "1", "/panels/1/weight: a weight is `1`, expected a text"},
       {"/panels/1/members", "[1, 2]", "/panels/1: row 0, `size`, is not met"},
       {"/panels/1/members", "[]", "/panels/1: row 0, `size`, is not met"},
       {"/panels/1/members", "[0]", "/panels/1: row 1, `same`, is not met"},
       {"/panels/1/members", "[2]", "/panels: nominee 1 has probability 0, more than delta away"},
       {"/panels/1/members", "[7]", "/panels/1/members/0: the index of a nominee is `7`"},
       {"/panels/0/auxiliary", "[]", "/panels/0: row 1, `same`, is not met"},
       {"/panels/0/auxiliary", "[[2, 2]]", "/panels/0: column 2 is 2, not within 0 and 1"},
       {"/panels/0/auxiliary", "[[1, 1]]", "/panels/0/auxiliary: column 1 is a type"},
       {"/panels/0/auxiliary", "1", "/panels/0/auxiliary: `auxiliary` is an integer, expected"},
       {"/panels/0", "7", "/panels/0: expected an object, found an integer"},
       {"/panels", "[]", "/panels: the weights sum to 0, the denominator is 3"}});
}

TEST(Certificate, FaultsOfLevelsAreNamed) {
  expect_faults(
      simple(),
      {{"/levels", "[]", "/levels: there is no level"},
       {"/levels", "[]", "/levels: no level fixes type 0"},
       {"/levels/0/types", "[0]", "/levels/0: the level's types are not those with a term"},
       {"/levels/0/types", "[]", "/levels/0: the level's types are not those with a term"},
       {"/levels/0/value", "\"1/4\"",
        "/levels/0: the level's terms at its value give 3/4, its bound"},
       {"/levels/0/value", "\"1/4\"", "/levels/0: the target of type 0 is 1/3"},
       {"/levels/0/bound", "\"2\"",
        "/levels/0: the level's terms at its value give 1, its bound is 2"},
       {"/levels/0/terms", "[[0, \"1\"]]",
        "/levels/0: the level's types are not those with a term"},
       {"/levels/0/terms", "[[0, \"-1\"]]", "/levels/0: type 0, which no level before fixes, has"},
       {"/levels/0/terms", "[]", "/levels/0: the level bounds no type that is not fixed before"},
       {"/levels/0/terms", "[[2, \"1\"]]", "/levels/0/terms/0/0: the index of a type is `2`"},
       {"/levels/0/proof", "[]", "/levels/0/proof: a proof without nodes"},
       {"/levels/0/proof", "{}", "/levels/0/proof: `proof` is an object, expected an array"},
       {"/levels/0/proof/0", "{\"rows\": [[0, \"1\"]]}", "/levels/0/proof/1: a node after the end"},
       {"/levels/0/proof/2", "{\"column\": 1, \"at\": 0}",
        "/levels/0/proof: the proof ends before"},
       {"/levels/0/proof/0/at", "1",
        "/levels/0/proof/0: column 2 lies within 0 and 1 here and does"},
       {"/levels/0/proof/0/at", "-1",
        "/levels/0/proof/0: column 2 lies within 0 and 1 here and does"},
       {"/levels/0/proof/0/column", "3", "/levels/0/proof/0/column: the index of a column is `3`"},
       {"/levels/0/proof/1", "{\"rows\": [[0, \"1/2\"]]}",
        "/levels/0/proof/1: the total is 2, above"},
       {"/levels/0/proof/1", "{\"rows\": []}",
        "/levels/0/proof/1: the total is 3, above the bound 1"},
       {"/levels/0/proof/1", "{\"rows\": [[3, \"1\"]]}",
        "/levels/0/proof/1: row 3, `some`, has no upper"},
       {"/levels/0/proof/1", "{\"rows\": [[2, \"-1\"]]}",
        "/levels/0/proof/1: row 2, `few`, has no lower"},
       {"/levels/0/proof/1", "{\"infeasible\": [[0, \"1\"]]}",
        "/levels/0/proof/1: the total is 1, which"},
       {"/levels/0/proof/1", "{\"other\": []}",
        "/levels/0/proof/1: a node has `rows` or `infeasible`"},
       {"/levels/0/proof/1", "{}", "/levels/0/proof/1: a node has `rows` or `infeasible` alone"},
       {"/levels/0/proof/1", "7", "/levels/0/proof/1: a node of a proof is an object"},
       {"/levels/0/proof/1", "{\"rows\": [[9, \"1\"]]}",
        "/levels/0/proof/1/rows/0/0: the index of a row"},
       {"/status", "{\"bound\": \"1/3\", \"gap\": \"0\"}",
        "/levels/0: the open level of a bound fixes no"},
       {"/objective", "\"nash\"", "/levels/0: missing member `gap`"}});
  // Each level is checked against those before it.
  const std::string level =
      R"({"value": "1/3", "types": [1], "terms": [[1, "1"]], "bound": "2/3", "proof": [{"rows": []}]})";
  const std::string first =
      R"({"value": "1/3", "types": [0], "terms": [[0, "1"]], "bound": "1/3", "proof": [{"rows": []}]})";
  const auto faults =
      faults_of(verify_certificate(edited(simple(), "/levels", "[" + first + "," + level + "]")));
  EXPECT_EQ(faults,
            (std::vector<std::string>{"/levels/0/proof/0: the total is 1, above the bound 1/3",
                                      "/levels/1/proof/0: the total is 2, above the bound 2/3"}));
  const auto maximin = faults_of(verify_certificate(edited(
      edited(simple(), "/levels", "[" + first + "," + level + "]"), "/objective", "\"maximin\"")));
  EXPECT_EQ(maximin.front(), "/levels: for maximin there is one level");
}

// The second and third nominee have what they should have; the first is left to a bound.
std::string with_bound() {
  std::string text = edited(simple(), "/levels/0/types", "[]");
  text = edited(text, "/levels/0/value", "\"1/2\"");
  text = edited(text, "/levels/0/bound", "\"3/2\"");
  return edited(text, "/status", R"({"bound": "1/2", "gap": "1/6"})");
}

TEST(Certificate, FaultsOfBoundsAreNamed) {
  const CertificateReport report = verify_certificate(with_bound());
  EXPECT_EQ(faults_of(report), std::vector<std::string>());
  EXPECT_EQ(report.verdict, Verdict::bound);
  EXPECT_EQ(report.bound, Rational(Integer(1), 2));
  EXPECT_EQ(report.gap, Rational(Integer(1), 6));
  expect_faults(
      with_bound(),
      {{"/status/gap", "\"1/7\"", "/status: the gap is not the bound less the least target"},
       {"/status/gap", "\"-1/6\"", "/status: the gap is not the bound less the least target"},
       {"/status/bound", "\"1/3\"", "/levels/0: the value of the open level is not the status's"},
       {"/status/bound", "1", "/status/bound: `bound` is `1`, expected a text"},
       {"/levels/0/types", "[0, 1]", "/levels/0: the open level of a bound fixes no types"},
       {"/levels/0/value", "\"1/4\"", "/levels/0: the level's terms at its value give 3/4"},
       {"/status", "\"proved\"", "/levels/0: the level's types are not those with a term"}});
  // A bound below what is reached is no bound.
  std::string below = edited(with_bound(), "/levels/0/value", "\"1/4\"");
  below = edited(below, "/levels/0/bound", "\"3/4\"");
  below = edited(below, "/status", R"({"bound": "1/4", "gap": "-1/12"})");
  EXPECT_EQ(faults_of(verify_certificate(below)).back(),
            "/status: the gap is not the bound less the least target of a type that is not fixed, "
            "1/3, or is negative");
}

TEST(Certificate, FaultsOfNashAreNamed) {
  std::string text = edited(simple(), "/objective", "\"nash\"");
  text = edited(text, "/levels", R"([{"gap": "0", "types": [0, 1], "terms": [[0, "3"], [1, "3"]],
      "bound": "3", "proof": [{"rows": [[0, "3"]]}]}])");
  const CertificateReport report = verify_certificate(text);
  EXPECT_EQ(faults_of(report), std::vector<std::string>());
  EXPECT_EQ(report.verdict, Verdict::proved);
  EXPECT_EQ(report.gap, Rational(0));
  expect_faults(
      text,
      {{"/levels/0/gap", "\"1\"", "/levels/0: the bound is not 3 (1 + gap)"},
       {"/levels/0/gap", "\"-1\"", "/levels/0: a gap is not negative"},
       {"/levels/0/bound", "\"4\"", "/levels/0: the bound is not 3 (1 + gap)"},
       {"/levels/0/terms/1/1", "\"2\"", "/levels/0: the term of type 1 is not 1 over its"},
       {"/levels/0/types", "[0]", "/levels/0: the level's types are not those with a term"},
       {"/target/0", "\"0\"", "/levels/0: the term of type 0 is not 1 over its target 0"},
       {"/status", R"({"bound": "1", "gap": "0"})", "/status: the status of nash is `proved`"},
       {"/levels", "[]", "/levels: there is no level"}});
}

TEST(Certificate, NobodyMayBeSelected) {
  std::string text = edited(simple(), "/model/rows/0", R"({"criterion": "nobody", "lower": 0,
      "upper": 0, "terms": [[0, 1], [1, 1]]})");
  text = edited(edited(text, "/target", R"(["0", "0"])"), "/objective", "\"nash\"");
  text = edited(edited(text, "/denominator", "\"1\""), "/panels",
                R"([{"members": [], "weight": "1"}])");
  const std::string level = R"({"value": "0", "types": [0, 1], "terms": [[0, "1"], [1, "1"]],
      "bound": "0", "proof": [{"rows": [[0, "1"]]}]})";
  const std::string last = R"({"gap": "0", "types": [], "terms": [], "bound": "0",
      "proof": [{"rows": []}]})";
  const std::string right = edited(text, "/levels", "[" + level + "," + last + "]");
  const CertificateReport report = verify_certificate(right);
  EXPECT_EQ(faults_of(report), std::vector<std::string>());
  EXPECT_EQ(report.verdict, Verdict::proved);
  EXPECT_EQ(report.gap, Rational(0));
  expect_faults(edited(text, "/levels", "[" + last + "]"),
                {{"/status", "\"proved\"", "/levels: no level fixes type 0"}});
  expect_faults(right, {{"/levels/1/bound", "\"1\"", "/levels/1: the bound is not 0 (1 + gap)"},
                        {"/levels/1/proof", "[]", "/levels/1/proof: a proof without nodes"},
                        {"/objective", "\"leximin\"", "/levels/1: missing member `value`"}});
}

TEST(Certificate, ValuesDoNotFall) {
  // "b" may sit in every committee; a level of it first, then a lower one.
  const std::string text = edited(
      edited(edited(edited(simple(), "/model/rows/0/upper", "2"), "/target", R"(["1/3", "1"])"),
             "/panels", R"([{"members": [1, 2], "weight": "2"},
                            {"members": [0, 1], "auxiliary": [[2, 1]], "weight": "1"}])"),
      "/levels",
      R"([{"value": "1", "types": [1], "terms": [[1, "1"]], "bound": "2", "proof": [{"rows": []}]},
          {"value": "1/3", "types": [0], "terms": [[0, "1"], [1, "1/3"]], "bound": "1",
           "proof": [{"rows": [[0, "1/2"]]}]}])");
  const auto faults = faults_of(verify_certificate(text));
  EXPECT_NE(std::find(faults.begin(), faults.end(),
                      "/levels/1: the value 1/3 is below that of a level before"),
            faults.end());
}

TEST(Certificate, FaultsOfConflictsAreNamed) {
  expect_faults(
      conflict(),
      {{"/rows", "[0]", "/proof/0: row 1, `none`, is not one of those in conflict"},
       {"/rows", "[0, 3]", "/rows/1: the index of a row is `3`"},
       {"/rows", "[0, 1, 2]", "/witnesses: there are 2 witnesses for 3 criteria in conflict"},
       {"/proof/0", "{\"rows\": []}",
        "/proof/0: a proof that there is no committee has `infeasible`"},
       {"/proof/0", "{\"infeasible\": [[1, \"1\"]]}",
        "/proof/0: the total is 0, which is not below 0"},
       {"/model/rows/0/lower", "0", "/proof/0: the total is 0, which is not below 0"},
       // A second row of "none", which the witness without "two" does not meet.
       {"/model/rows/2", R"({"criterion": "none", "lower": 1, "upper": null, "terms": [[0, 1]]})",
        "/rows: row 2, `none`, is missing: with witnesses, all rows of a criterion"},
       {"/witnesses/0/without", "\"none\"",
        "/witnesses/0: expected the witness without `two`, found"},
       {"/witnesses/0/values", "[[0, 1]]", "/witnesses/0: row 1, `none`, is not met"},
       {"/witnesses/1/values", "[[0, 3]]", "/witnesses/1: column 0 is 3, not within 0 and 2"},
       {"/witnesses/1/values", "[]", "/witnesses/1: row 0, `two`, is not met"},
       {"/witnesses", "[]", "/witnesses: there are 0 witnesses for 2 criteria in conflict"},
       {"/witnesses", "7", "/witnesses: `witnesses` is an integer, expected an array"}});
  MutableJson without = MutableJson::read(conflict());
  without.children.pop_back();
  const CertificateReport report = verify_certificate(without.write());
  EXPECT_EQ(report.verdict, Verdict::infeasible);
  EXPECT_FALSE(report.minimal);
}

TEST(Certificate, WhatTheCallerWantsIsCompared) {
  CertificateWanted wanted;
  wanted.criteria = wanted.pool = hash_of(std::string(64, 'a'));
  EXPECT_EQ(verify_certificate(simple(), wanted).verdict, Verdict::proved);
  wanted.pool = hash_of(std::string(64, 'b'));
  EXPECT_EQ(faults_of(verify_certificate(simple(), wanted)),
            std::vector<std::string>{"/pool: pool: the hash is not the expected " +
                                     std::string(64, 'b')});
  wanted = {};
  wanted.delta = Rational(Integer(1), 10);
  EXPECT_EQ(verify_certificate(edited(simple(), "/delta", "\"1/10\""), wanted).verdict,
            Verdict::proved);
  wanted.delta = 0;
  EXPECT_EQ(verify_certificate(edited(simple(), "/delta", "\"0\""), wanted).verdict,
            Verdict::proved);
  EXPECT_EQ(verify_certificate(simple(), wanted).verdict, Verdict::refused);
}

TEST(Certificate, ThoseWrittenDownAreReadAsEver) {
  const char* source = std::getenv("PSHIP_SOURCE_DIR");
  if (source == nullptr) GTEST_SKIP() << "PSHIP_SOURCE_DIR does not lead to the tests' data";
  for (const auto& [name, verdict] : {std::pair{"certificate-leximin", Verdict::proved},
                                      std::pair{"certificate-infeasible", Verdict::infeasible}}) {
    std::ifstream file(std::string(source) + "/tests/data/" + name + ".json", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(verify_certificate(text).verdict, verdict) << name;
  }
}

}  // namespace
}  // namespace partnership
