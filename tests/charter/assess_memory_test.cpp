// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of loading a charter, assessing and looking into findings fails once: the call
// says so, leaks nothing, and works as soon as there is memory. And a call over a prepared case
// allocates nothing once it is warm.
#include "charter/assess_tools.hpp"
#include "charter/engine.hpp"
#include "charter/random_charter.hpp"
#include "support/failing_memory.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using failing_memory::expect_to_survive;

TEST(AssessMemory, MayRunOutAnywhere) {
  const std::string document = RandomCharter(7).write(12);
  const auto charter = Charter::load(document);
  const auto& set = charter->kinds()[0].set;
  const std::string text = RandomCase(3).write();
  Question question;
  question.on = parse_date("2020-01-01");
  question.disabled = true;
  expect_to_survive([&] { make_engine(*charter, 0, window_days(*charter)); }, 50);
  const auto of = set->read_case(text);
  const auto many = set->read_cases(text + "\n" + RandomCase(4).write() + "\n");
  const Findings before = assess(*charter, 0, *of, question);
  assess(*charter, 0, *many, question);  // what an engine keeps is no leak
  // Engines of their own, without memory from the calls before.
  expect_to_survive(
      [&] {
        const auto fresh = Charter::load(document);
        const auto read = fresh->kinds()[0].set->read_case(text);
        assess(*fresh, 0, *read, question);
      },
      200);
  expect_to_survive([&] { assess(*charter, 0, *many, question); }, 3);
  expect_to_survive([&] { examine(*charter, 0, *of, question, charter->kinds()[0].norms[5]); }, 3);
  expect_to_survive(
      [&] {
        std::vector<Examination> all;
        examine_all(*charter, 0, *of, question, all);
      },
      3);
  const Findings after = assess(*charter, 0, *of, question);
  for (std::uint32_t i = 0; i < before.norms().size(); ++i) {
    EXPECT_EQ(before.at(i, 0), after.at(i, 0));
  }
}

TEST(AssessMemory, IsNotWantedOnceWarm) {
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    const auto charter = Charter::load(RandomCharter(seed + 20).write(40));
    Question question;
    question.on = parse_date("2020-01-01");
    std::vector<std::shared_ptr<const feel::Case>> cases;
    for (std::uint32_t i = 0; i < 10; ++i) {
      cases.push_back(charter->kinds()[0].set->read_case(RandomCase(i, 0).write()));
    }
    Findings findings;
    for (int round = 0; round < 3; ++round) {
      for (const auto& of : cases) assess(*charter, 0, *of, question, findings);
    }
    const long before = failing_memory::allowance;
    for (const auto& of : cases) assess(*charter, 0, *of, question, findings);
    EXPECT_EQ(before - failing_memory::allowance, 0) << "seed " << seed;
  }
}

}  // namespace
}  // namespace partnership::charter
