// SPDX-License-Identifier: Apache-2.0
//
// Random cases by random charters: one by one, in columns, on several threads and looked into, all
// findings are the same; and no fact that is left out makes a norm met or broken.
#include "charter/assess_tools.hpp"
#include "charter/random_charter.hpp"

namespace partnership::charter {
namespace {

using namespace test;

int rounds(int usual) {
  return std::getenv("PSHIP_LONG") != nullptr ? usual * 30 : usual;
}

Question asked(Date on) {
  Question out;
  out.on = on;
  return out;
}

void expect_same(const Findings& some, std::uint32_t row, const Findings& one,
                 const Charter& charter, const std::string& facts) {
  ASSERT_TRUE(std::ranges::equal(some.norms(), one.norms()));
  for (std::uint32_t i = 0; i < some.norms().size(); ++i) {
    ASSERT_EQ(some.at(i, row), one.at(i, 0))
        << charter.norms()[some.norms()[i]].id << " of " << facts;
  }
}

bool same(const Findings& a, const Findings& b) {
  if (a.rows() != b.rows() || !std::ranges::equal(a.norms(), b.norms())) return false;
  for (std::uint32_t i = 0; i < a.norms().size(); ++i) {
    for (std::uint32_t row = 0; row < a.rows(); ++row) {
      if (!(a.at(i, row) == b.at(i, row))) return false;
    }
  }
  return true;
}

TEST(AssessColumns, GiveWhatOneByOneGives) {
  std::array<std::size_t, 7> seen{};
  for (int round = 0; round < rounds(12); ++round) {
    const auto seed = static_cast<std::uint32_t>(round);
    const std::string document = RandomCharter(seed).write(30);
    const auto charter = Charter::load(document);
    const auto& set = charter->kinds()[0].set;
    std::string lines;
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < 300; ++i) {
      texts.push_back(RandomCase(seed * 1000 + i, i % 3 == 0 ? 0 : 10).write());
      lines += texts.back() + "\n";
    }
    const auto cases = set->read_cases(lines);
    Question question = asked(parse_date("2019-06-01") + round * 30);
    question.disabled = round % 4 == 0;
    const Findings all = assess(*charter, 0, *cases, question);
    ASSERT_EQ(all.rows(), texts.size());
    Findings one;
    std::vector<Examination> examined;
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      const auto of = set->read_case(texts[i]);
      assess(*charter, 0, *of, question, one);
      expect_same(all, i, one, *charter, texts[i]);
      if (HasFatalFailure()) return;
      for (std::uint32_t n = 0; n < one.norms().size(); ++n) {
        ++seen[static_cast<std::size_t>(one.at(n, 0).outcome)];
      }
      if (i % 10 != 0) continue;
      examine_all(*charter, 0, *of, question, examined);
      for (std::uint32_t n = 0; n < one.norms().size(); ++n) {
        const std::uint32_t norm = one.norms()[n];
        EXPECT_EQ(examined[n].finding, one.at(n, 0));
        const Examination seen_alone = examine(*charter, 0, *of, question, norm);
        EXPECT_EQ(seen_alone.finding, one.at(n, 0));
        EXPECT_EQ(examine(*charter, 0, *cases, i, question, norm).missing, seen_alone.missing);
        if (one.at(n, 0).why == Why::missing_facts) {
          EXPECT_FALSE(seen_alone.missing.empty())
              << charter->norms()[norm].id << " of " << texts[i] << "\n"
              << document;
        }
      }
    }
    EXPECT_TRUE(same(all, assess(*charter, 0, *cases, question)));
    question.threads = 2;
    EXPECT_TRUE(same(all, assess(*charter, 0, *cases, question)));
    question.threads = 5;
    EXPECT_TRUE(same(all, assess(*charter, 0, *cases, question)));
  }
  for (std::size_t outcome = 1; outcome < seen.size(); ++outcome) {
    EXPECT_GT(seen[outcome], 20u) << outcome_name(static_cast<Outcome>(outcome));
  }
}

TEST(AssessColumns, TakeManyChunks) {
  const auto charter = Charter::load(RandomCharter(99).write(20));
  const auto& set = charter->kinds()[0].set;
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; i < 50; ++i) texts.push_back(RandomCase(i).write());
  std::string lines;
  for (std::uint32_t i = 0; i < 5000; ++i) lines += texts[i % texts.size()] + "\n";
  const auto cases = set->read_cases(lines);
  Question question = asked(parse_date("2020-03-01"));
  const Findings all = assess(*charter, 0, *cases, question);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    for (std::uint32_t n = 0; n < all.norms().size(); ++n) {
      ASSERT_EQ(all.at(n, i), all.at(n, i % 50)) << "row " << i;
    }
  }
  question.threads = 3;
  EXPECT_TRUE(same(all, assess(*charter, 0, *cases, question)));
  const auto none = set->read_cases("");
  EXPECT_EQ(assess(*charter, 0, *none, question).rows(), 0u);
}

TEST(AssessMissing, AFactThatIsLeftOutMakesNothingMetOrNotMet) {
  std::size_t left_out = 0, changed = 0;
  for (int round = 0; round < rounds(10); ++round) {
    const auto seed = static_cast<std::uint32_t>(round) + 500;
    const auto charter = Charter::load(RandomCharter(seed).write(25));
    const auto& set = charter->kinds()[0].set;
    const Question question = asked(parse_date("2019-06-01") + round * 40);
    Findings before, after;
    for (std::uint32_t i = 0; i < 12; ++i) {
      const std::uint32_t of = seed * 1000 + i;
      RandomCase whole(of, 4);
      const std::string text = whole.write();
      assess(*charter, 0, *set->read_case(text), question, before);
      for (int fact = 0; fact < whole.facts(); ++fact) {
        const std::string less = RandomCase(of, 4).write(fact);
        if (less == text) continue;
        ++left_out;
        assess(*charter, 0, *set->read_case(less), question, after);
        for (std::uint32_t n = 0; n < before.norms().size(); ++n) {
          const Outcome was = before.at(n, 0).outcome, is = after.at(n, 0).outcome;
          changed += was == is ? 0 : 1;
          const bool allowed = is == was || is == Outcome::undetermined || is == Outcome::pending ||
                               (was == Outcome::undetermined && is == Outcome::not_applicable);
          ASSERT_TRUE(allowed) << charter->norms()[before.norms()[n]].id << " was "
                               << before.at(n, 0) << " and is " << after.at(n, 0) << "\nof " << text
                               << "\nwithout a fact: " << less;
        }
      }
    }
  }
  EXPECT_GT(left_out, 1000u);
  EXPECT_GT(changed, 1000u);
}

}  // namespace
}  // namespace partnership::charter
