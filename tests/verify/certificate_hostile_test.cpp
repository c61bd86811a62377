// SPDX-License-Identifier: Apache-2.0
//
// Documents that are large, deep, or small and yet ask for much.
#include "base/error.hpp"
#include "verify/certificate_tools.hpp"

namespace partnership {
namespace {

using namespace test;

std::string limit_of(const std::string& text, const CertificateWanted& wanted) {
  try {
    const auto report = verify_certificate(text, wanted);
    return std::string(verify::verdict_name(report.verdict));
  } catch (const Error& error) {
    return error.code() == Code::limit ? "limit" : error.what();
  }
}

TEST(HostileCertificate, NumbersThatGrowEndInALimit) {
  // The sum of many fractions whose denominators have nothing in common.
  std::string rows, multipliers;
  for (int i = 0; i < 400; ++i) {
    if (i > 0) rows += ',', multipliers += ',';
    rows += R"({"criterion": "r", "lower": 0, "upper": 9, "terms": [[0, 1], [1, 1]]})";
    multipliers += "[" + std::to_string(i) + ", \"1/1" + std::string(2000, '0') +
                   std::to_string(2 * i + 10001) + "\"]";
  }
  std::string text = edited(simple(), "/model/rows", "[" + rows + "]");
  text = edited(text, "/levels/0/proof", "[{\"rows\": [" + multipliers + "]}]");
  CertificateWanted wanted;
  wanted.steps = 1'000'000;
  EXPECT_EQ(limit_of(text, wanted), "limit");
  wanted.steps = 1;
  EXPECT_EQ(limit_of(simple(), wanted), "limit");
  wanted.steps = 10'000;
  EXPECT_EQ(limit_of(simple(), wanted), "proved");
}

// Each takes long, or much memory, for its size: a sum of fractions that grows with every one of
// them, and one long number that comes to stand in each column, or beside each nominee.
TEST(HostileCertificate, SmallDocumentsTakeLittle) {
  std::string terms, types, zeros, members;
  constexpr int many = 4000;
  std::uint64_t den = 1'000'000'007;
  for (int i = 0; i < many; ++i) {
    const std::string comma = i > 0 ? "," : "";
    den = den * 6364136223846793005U + 1442695040888963407U;
    terms += comma + "[" + std::to_string(i) + ",\"1/" + std::to_string(den | 1U) + "\"]";
    types += comma + "[" + std::to_string(i) + "]";
    members += comma + std::to_string(i);
    zeros += comma + "[0,1]";
  }
  const std::string level = R"([{"value": "1/3", "types": [], "terms": [)" + terms +
                            R"(], "bound": "1", "proof": [{"rows": []}]}])";
  std::string text = edited(simple(), "/model/types", "[" + types + "]");
  text = edited(text, "/model/columns", "[" + zeros + "]");
  std::string ids, target;
  for (int i = 0; i < many; ++i) {
    ids += std::string(i > 0 ? "," : "") + "\"n" + std::to_string(i) + "\"";
    target += std::string(i > 0 ? "," : "") + "\"1\"";
  }
  text = edited(edited(text, "/nominees", "[" + ids + "]"), "/target", "[" + target + "]");
  text = edited(edited(text, "/panels", "[]"), "/levels", level);
  CertificateWanted wanted;
  wanted.steps = 1'000'000'000;
  EXPECT_EQ(limit_of(text, wanted), "limit");
  // Some 70,000 columns or nominees with a number of 20,000 digits each: over 512 MiB.
  const std::string number = '"' + std::string(20000, '7') + '"';
  std::string columns = "[0,1],[0,2]", row = "[0,1]", people = "\"a\",\"b\",\"c\"", all = "1,2";
  for (int i = 2; i < 70'000; ++i) {
    columns += ",[0,0]";
    row += ",[" + std::to_string(i) + ",1]";
    people += ",\"x" + std::to_string(i) + "\"";
    all += "," + std::to_string(i + 1);
  }
  text = edited(simple(), "/model/columns", "[" + columns + "]");
  text = edited(text, "/model/rows/2/terms", "[" + row + "]");
  EXPECT_EQ(limit_of(edited(text, "/levels/0/proof", "[{\"rows\":[[2," + number + "]]}]"), {}),
            "limit");
  text =
      edited(edited(simple(), "/nominees", "[" + people + "]"), "/model/types/1", "[" + all + "]");
  EXPECT_EQ(limit_of(edited(text, "/panels/0/weight", number), {}), "limit");
  // A number that is only too long is a fault with its place.
  const std::string longer = '"' + std::string(1'000'000, '7') + '"';
  expect_faults(simple(), {{"/panels/0/weight", longer, "/panels/0/weight: a weight is `777"},
                           {"/target/0", longer, "/target/0: a probability is `777"}});
}

TEST(HostileCertificate, SizesAreBounded) {
  CertificateWanted wanted;
  wanted.bytes = 100;
  EXPECT_EQ(limit_of(simple(), wanted), "limit");
  EXPECT_EQ(limit_of(std::string(1000, '['), {}), "limit");
  std::string columns = "[0,1],[0,2]";
  for (std::size_t i = 0; i < (std::size_t{1} << 20); ++i) columns += ",[0,0]";
  EXPECT_EQ(limit_of(edited(simple(), "/model/columns", "[" + columns + "]"), {}), "limit");
}

TEST(HostileCertificate, LargeNumbersAddUpExactly) {
  // Coefficients and bounds near 2^53: the row's sum needs 107 bits.
  const std::string most = "9007199254740991";
  std::string text = edited(simple(), "/model/columns/2", "[-" + most + ", " + most + "]");
  text = edited(text, "/model/rows/1",
                R"({"criterion": "same", "lower": 0, "upper": 0, "terms": [[2, )" + most + "]]}");
  text = edited(text, "/panels/0/auxiliary", "[[2, " + most + "]]");
  const auto faults = faults_of(verify_certificate(text));
  EXPECT_EQ(faults, std::vector<std::string>{"/panels/0: row 1, `same`, is not met"});
}

TEST(HostileCertificate, ADeepTreeTakesNoStack) {
  constexpr int depth = 200'000;
  std::string text = edited(simple(), "/model/columns/2", "[0, " + std::to_string(depth) + "]");
  std::string proof;
  for (int i = 0; i < depth; ++i) {
    proof += "{\"column\":2,\"at\":" + std::to_string(i) + "},{\"rows\":[[0,\"1\"]]},";
  }
  proof += "{\"rows\":[[0,\"1\"]]}";
  const CertificateReport right =
      verify_certificate(edited(text, "/levels/0/proof", "[" + proof + "]"));
  EXPECT_EQ(faults_of(right), std::vector<std::string>());
  EXPECT_EQ(right.nodes, 2 * depth + 1);
  proof.clear();
  for (int i = depth - 1; i >= 0; --i) {
    proof += "{\"column\":2,\"at\":" + std::to_string(i) + "},";
  }
  for (int i = 0; i < depth; ++i) proof += "{\"rows\":[[0,\"1\"]]},";
  proof += "{\"rows\":[[0,\"1\"]]}";
  const CertificateReport left =
      verify_certificate(edited(text, "/levels/0/proof", "[" + proof + "]"));
  EXPECT_EQ(faults_of(left), std::vector<std::string>());
}

TEST(HostileCertificate, ManyFaultsAreCounted) {
  std::string panels;
  for (int i = 0; i < 5000; ++i) panels += std::string(i > 0 ? "," : "") + "7";
  const CertificateReport report =
      verify_certificate(edited(simple(), "/panels", "[" + panels + "]"));
  EXPECT_EQ(report.faults.size(), 1001U);
  EXPECT_EQ(report.faults.back().message, "4000 further problems are not listed");
}

}  // namespace
}  // namespace partnership
