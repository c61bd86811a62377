// SPDX-License-Identifier: Apache-2.0
//
// What is said of findings, word by word. tests/data/charter_reasons.txt has blocks of lines: the
// norm, the facts of a case and the day that is asked, then what came out, and in each language the
// reason, where it is another the one that knows the finding alone ("-"), and what was needed
// ("+").
#include "charter/reasons.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "charter/charter_tools.hpp"
#include "charter/labels.hpp"
#include "charter/words_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;

std::string block_of(const Explainer& explainer, const std::string& head, std::set<Why>& seen) {
  const std::size_t first = head.find(" {"), last = head.rfind("} ");
  const std::string id = head.substr(0, first);
  const Explanation told =
      explainer.explain(id, head.substr(first + 1, last - first), head.substr(last + 2));
  const Finding& finding = told.finding();
  seen.insert(finding.why);
  std::ostringstream out;
  out << head << "\n  " << outcome_name(finding.outcome) << " / " << state_name(finding.state)
      << " / " << why_name(finding.why) << "\n";
  for (const Language language : all_languages) {
    const std::string reason = told.reason(language);
    const std::string alone =
        say_reason({explainer.charter(), told.norm, finding, told.on, nullptr, {}}, language);
    out << "  " << reason << "\n";
    if (alone != reason) out << "  - " << alone << "\n";
    const std::string needed = told.needed(language);
    if (!needed.empty()) out << "  + " << needed << "\n";
  }
  return out.str();
}

TEST(Reasons, AreSaidWordByWord) {
  const Explainer explainer(scenario_charter());
  std::istringstream golden(file("tests/data/charter_reasons.txt"));
  std::set<Why> seen;
  std::string line, expected, head;
  std::size_t blocks = 0;
  const auto check = [&] {
    if (head.empty()) return;
    EXPECT_EQ(block_of(explainer, head, seen), expected);
    ++blocks;
  };
  while (std::getline(golden, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] != ' ') {
      check();
      head = line;
      expected.clear();
    }
    expected += line + "\n";
  }
  check();
  EXPECT_GE(blocks, 60U);
  for (auto why = Why::not_in_force; why <= Why::no_evidence;
       why = static_cast<Why>(static_cast<int>(why) + 1)) {
    EXPECT_TRUE(seen.contains(why)) << why_name(why);
  }
}

// Sentences in Arabic have no Latin letters outside of isolates, those in other languages no Arabic
// ones, and no template was left unfilled.
void expect_well_formed(const std::string& text, Language language) {
  EXPECT_EQ(text.find("{0}"), std::string::npos) << text;
  EXPECT_EQ(text.find("{1}"), std::string::npos) << text;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("\u2066") || rest.starts_with("\u2068")) ++depth;
    if (rest.starts_with("\u2069")) --depth;
    const auto c = static_cast<unsigned char>(text[i]);
    const bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool arabic = c >= 0xD8 && c <= 0xDE;
    if (depth == 0) {
      EXPECT_FALSE(language == Language::ar ? latin : arabic) << text << " at " << i;
    }
    ASSERT_GE(depth, 0) << text;
  }
  EXPECT_EQ(depth, 0) << text;
}

TEST(Reasons, MixNoDirections) {
  const Explainer explainer(scenario_charter());
  std::istringstream golden(file("tests/data/charter_reasons.txt"));
  std::string head;
  while (std::getline(golden, head)) {
    if (head.empty() || head[0] == ' ' || head[0] == '#') continue;
    const std::size_t first = head.find(" {"), last = head.rfind("} ");
    const Explanation told = explainer.explain(
        head.substr(0, first), head.substr(first + 1, last - first), head.substr(last + 2));
    for (const Language language : all_languages) {
      expect_well_formed(told.reason(language), language);
      expect_well_formed(told.needed(language), language);
      expect_well_formed(told.text(language), language);
    }
  }
}

TEST(Reasons, HaveANameForEveryOutcomeAndState) {
  std::set<std::string_view> names;
  for (const Language language : all_languages) {
    for (int outcome = 1; outcome <= 6; ++outcome) {
      const auto name = say_outcome(static_cast<Outcome>(outcome), language);
      EXPECT_FALSE(name.empty());
      EXPECT_TRUE(names.insert(name).second || language != Language::ar) << name;
    }
    for (int state = 1; state <= 9; ++state) {
      EXPECT_FALSE(say_state(static_cast<State>(state), language).empty());
    }
    EXPECT_TRUE(say_state(State::none, language).empty());
  }
}

TEST(Reasons, SayPeriods) {
  const auto period = [](PeriodOf::Unit unit, std::int32_t count) {
    PeriodOf out;
    out.unit = unit;
    out.count = count;
    return out;
  };
  EXPECT_EQ(say_period(period(PeriodOf::Unit::working_days, 10), Stands::behind, Language::ar),
            "10 أيام عمل");
  EXPECT_EQ(say_period(period(PeriodOf::Unit::months, 2), Stands::subject, Language::ar), "شهران");
  EXPECT_EQ(say_period(period(PeriodOf::Unit::weeks, 1), Stands::subject, Language::fr),
            "1 semaine");
  EXPECT_EQ(say_period(period(PeriodOf::Unit::years, 2), Stands::subject, Language::en), "2 years");
  EXPECT_EQ(say_period(period(PeriodOf::Unit::feel, 0), Stands::subject, Language::en), "");
}

}  // namespace
}  // namespace partnership::charter
