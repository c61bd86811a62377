// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a certificate: refused with what is wrong, or accepted; and what is accepted and
// small enough is true by enumeration.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "fuzz/demand.hpp"
#include "verify/certificate.hpp"
#include "verify/naive_claim.hpp"

using namespace partnership;
using Verdict = verify::CertificateReport::Verdict;

namespace {

// Whether enumeration ends soon.
bool is_small(std::string_view text) {
  const auto document = json::Document::parse(text);
  const json::Value model = *document->root().find("model");
  const json::Value columns = *model.find("columns");
  std::int64_t points = 1;
  for (const json::Value column : columns) {
    const std::int64_t values = column[1].integer() - column[0].integer() + 1;
    if (values > 64) return false;
    points *= values;
    if (points > 512) return false;
  }
  const json::Value rows = *model.find("rows");
  for (const json::Value row : rows) {
    const json::Value terms = *row.find("terms");
    for (const json::Value term : terms) {
      if (term[1].integer() > 1'000'000 || term[1].integer() < -1'000'000) return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  verify::CertificateWanted wanted;
  wanted.steps = 10'000'000;
  try {
    const auto report = verify::verify_certificate(text, wanted);
    demand((report.verdict == Verdict::refused) == !report.faults.empty(),
           "refused where something is wrong, and only there");
    if (report.verdict == Verdict::refused || !is_small(text)) return 0;
    demand(naive::untrue(text).empty(), "what is accepted is true");
  } catch (const Error& error) {
    demand(error.code() == Code::limit, "only limits end a verification");
  }
  return 0;
}
