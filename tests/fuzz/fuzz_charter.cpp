// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a charter: refused with what is wrong and where, or a charter whose tests run, which
// compares to itself as no different, and by which cases of every kind are assessed, one by one and
// in columns alike.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "charter/assess.hpp"
#include "charter/charter.hpp"
#include "charter/compare.hpp"
#include "charter/tests.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;
using namespace partnership::charter;

namespace {

Question question() {
  Question asked;
  asked.on = 18300;  // 2020-02-08
  asked.budget.steps = 20'000;
  asked.disabled = true;
  return asked;
}

bool same(const Findings& one, std::uint32_t row, const Findings& many, std::uint32_t of) {
  for (std::uint32_t norm = 0; norm < one.norms().size(); ++norm) {
    if (!(one.at(norm, row) == many.at(norm, of))) return false;
  }
  return one.norms().size() == many.norms().size();
}

// A case of which nothing is known, and one of everything that is null.
void ask(const Charter& charter, std::uint32_t number) {
  const Kind& kind = charter.kinds()[number];
  demand(kind.set != nullptr, "a set for every kind");
  std::string nulls = "{";
  for (const Fact& fact : kind.facts) {
    if (nulls.size() > 1) nulls += ',';
    json::append_string(nulls, fact.name);
    nulls += ":null";
  }
  nulls += '}';
  const auto many = kind.set->read_cases("[{}," + nulls + "]");
  const Findings findings = assess(charter, number, *many, question());
  demand(findings.rows() == 2 && findings.norms().size() == kind.norms.size(), "all findings");
  std::uint32_t row = 0;
  for (const std::string_view facts : {std::string_view("{}"), std::string_view(nulls)}) {
    const auto one = kind.set->read_case(facts);
    demand(same(assess(charter, number, *one, question()), 0, findings, row), "one by one as many");
    for (std::uint32_t norm = 0; norm < findings.norms().size(); ++norm) {
      const Examination examined =
          examine(charter, number, *one, question(), findings.norms()[norm]);
      demand(examined.finding == findings.at(norm, row), "a look into a finding finds it");
    }
    ++row;
  }
  demand(compare_cases(charter, charter, kind.id, "[{}]", question()).rows() == 0,
         "cases are no different by the same charter");
}

void ask(const Charter& charter) {
  std::size_t tests = 0;
  for (const NormVersion& version : charter.versions()) {
    tests += version.tests.size();
    demand(charter.find_norm(version.id) >= 0, "every version is of a norm");
    demand(charter.party(version.bearer) != nullptr, "every bearer is a party");
  }
  demand(run_tests(charter).rows() == static_cast<std::int64_t>(tests), "a row a test");
  demand(compare(charter, charter, Language::ar).rows() == 0, "no different from itself");
  for (std::uint32_t kind = 0; kind < charter.kinds().size(); ++kind) ask(charter, kind);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::shared_ptr<const Charter> charter;
  try {
    charter = Charter::load(text);
  } catch (const Error& error) {
    demand_places(error, size);
    return 0;
  }
  ask(*charter);
  demand(Charter::load(text)->hash() == charter->hash(), "the same hash each time");
  return 0;
}
