// SPDX-License-Identifier: Apache-2.0
//
// The charters that ship: they load, the tests beside their norms come out as they say, and they
// say every norm that was collected.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/table.hpp"
#include "charter/assess.hpp"
#include "charter/charter.hpp"
#include "charter/tests.hpp"
#include "packs/packs.hpp"

namespace partnership::charter::test {

namespace {

// The charters that ship, by the names of their files.
const std::map<std::string, std::shared_ptr<const Charter>>& shipped() {
  static const auto charters = [] {
    std::map<std::string, std::shared_ptr<const Charter>> out;
    for (const Packs::Entry& entry : Packs().list()) {
      if (entry.kind == "charters") out.emplace(entry.name, Charter::load(pack(entry.name)));
    }
    return out;
  }();
  return charters;
}

// What the tests beside the norms of a charter say against it.
std::vector<std::string> failures(const Charter& charter) {
  const Table table = run_tests(charter);
  const auto text = [&](const char* column, std::int64_t row) {
    return std::string(table.column(table.find(column)).text(row));
  };
  std::vector<std::string> out;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    const auto& passed = table.column(table.find("passed")).booleans;
    if (passed[static_cast<std::size_t>(row)] != 0) continue;
    out.push_back(charter.id() + "/" + text("norm", row) + ", " + text("test", row) +
                  ": expected " + text("expected", row) + ", got " + text("got", row) + ": " +
                  text("reason", row));
  }
  return out;
}

TEST(Charters, AreNamedByTheirFiles) {
  ASSERT_GE(shipped().size(), 20u);
  for (const auto& [name, charter] : shipped()) {
    EXPECT_EQ("charters/" + charter->id() + ".json", name);
  }
}

TEST(Charters, EveryTestBesideANormComesOutAsItSays) {
  std::size_t tests = 0;
  for (const auto& [name, charter] : shipped()) {
    EXPECT_EQ(failures(*charter), std::vector<std::string>()) << name;
    for (const NormVersion& version : charter->versions()) tests += version.tests.size();
  }
  EXPECT_GT(tests, 500u);
}

TEST(Charters, EveryVersionHasATestThatIsMetAndOneThatIsNot) {
  for (const auto& [name, charter] : shipped()) {
    for (const NormVersion& version : charter->versions()) {
      std::set<std::string> expected;
      for (const TestCase& test : version.tests) expected.insert(test.expected);
      EXPECT_TRUE(expected.contains("met")) << name << " " << version.id;
      EXPECT_TRUE(expected.contains("not met")) << name << " " << version.id;
    }
  }
}

// A period that is one longer than the norm says is noticed by a test beside it.
TEST(Charters, ATestHoldsTheNumberOfEveryPeriod) {
  const std::regex period(R"re(("(?:within|at least|gap|by|per)": ")(\d+)( [a-z ]+"))re");
  std::size_t changed = 0;
  for (const auto& [name, charter] : shipped()) {
    const std::string text(pack(name));
    const auto end = std::sregex_iterator();
    for (auto at = std::sregex_iterator(text.begin(), text.end(), period); at != end; ++at) {
      std::string other = text;
      other.replace(static_cast<std::size_t>(at->position(2)),
                    static_cast<std::size_t>(at->length(2)),
                    std::to_string(std::stoi((*at)[2].str()) + 1));
      EXPECT_FALSE(failures(*Charter::load(other)).empty()) << name << ": " << at->str();
      ++changed;
    }
  }
  EXPECT_GE(changed, 40u);
}

// `<=` for `<`, `>` for `>=` and the like in a condition is noticed by a test beside its norm.
TEST(Charters, ATestHoldsEveryComparisonOfACondition) {
  const std::regex condition(R"re("(?:require|that|applies)": (".*"))re");
  const std::regex comparison(R"re( (<|>)(=?) )re");
  std::size_t changed = 0;
  for (const auto& [name, charter] : shipped()) {
    const std::string text(pack(name));
    const auto end = std::sregex_iterator();
    for (auto line = std::sregex_iterator(text.begin(), text.end(), condition); line != end;
         ++line) {
      const std::string feel = (*line)[1].str();
      for (auto at = std::sregex_iterator(feel.begin(), feel.end(), comparison); at != end; ++at) {
        std::string other = text;
        other.replace(static_cast<std::size_t>(line->position(1) + at->position(0)),
                      static_cast<std::size_t>(at->length(0)),
                      " " + (*at)[1].str() + ((*at)[2].length() == 0 ? "= " : " "));
        EXPECT_FALSE(failures(*Charter::load(other)).empty())
            << name << ", byte " << at->position(0) << ": " << feel;
        ++changed;
      }
    }
  }
  EXPECT_GT(changed, 100u);
}

// What a charter makes of a case about one of its norms, as of a day. nullopt: no finding.
std::optional<Finding> assessed(const Charter& charter, const NormVersion& version,
                                const std::string& facts, Date on) {
  Question question;
  question.on = on;
  question.disabled = true;
  const auto of = charter.kinds()[version.kind].set->read_case(facts);
  const Findings findings = assess(charter, version.kind, *of, question);
  const auto norm = static_cast<std::uint32_t>(charter.find_norm(version.id));
  for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
    if (findings.norms()[i] == norm) return findings.at(i, 0);
  }
  return std::nullopt;
}

// The same, with the facts that are missing.
Examination look_into(const Charter& charter, const NormVersion& version, const std::string& facts,
                      Date on) {
  Question question;
  question.on = on;
  const auto of = charter.kinds()[version.kind].set->read_case(facts);
  const auto norm = static_cast<std::uint32_t>(charter.find_norm(version.id));
  return examine(charter, version.kind, *of, question, norm);
}

// ---- facts that are dropped

// The case without one of its members, or without one of an item of one of its lists.
std::string without(json::Value facts, std::string_view name, std::size_t item = SIZE_MAX,
                    std::string_view member = {}) {
  json::Writer out;
  out.begin_object();
  for (const json::Value child : facts) {
    if (child.key() != name) {
      out.key(child.key()).value(child);
    } else if (item != SIZE_MAX) {
      out.key(child.key()).begin_array();
      for (std::size_t i = 0; i < child.size(); ++i) {
        if (i != item) {
          out.value(child[i]);
          continue;
        }
        out.begin_object();
        for (const json::Value inner : child[i]) {
          if (inner.key() != member) out.key(inner.key()).value(inner);
        }
        out.end_object();
      }
      out.end_array();
    }
  }
  return out.end_object().take();
}

std::vector<std::string> dropped(json::Value facts) {
  std::vector<std::string> out;
  for (const json::Value fact : facts) {
    out.push_back(without(facts, fact.key()));
    if (!fact.is(json::Type::array)) continue;
    for (std::size_t i = 0; i < fact.size(); ++i) {
      if (!fact[i].is(json::Type::object)) continue;
      for (const json::Value member : fact[i]) {
        out.push_back(without(facts, fact.key(), i, member.key()));
      }
    }
  }
  return out;
}

bool decides(Outcome outcome) {
  return outcome == Outcome::met || outcome == Outcome::not_met ||
         outcome == Outcome::met_by_exception;
}

// A finding decides only where it would have come out so with the fact: it was not asked for.
TEST(Charters, ADroppedFactNeverMakesANormMetOrNotMet) {
  std::size_t tried = 0, undecided = 0;
  for (const auto& [id, charter] : shipped()) {
    for (const NormVersion& version : charter->versions()) {
      for (const TestCase& test : version.tests) {
        const auto before = assessed(*charter, version, test.facts, test.on);
        ASSERT_TRUE(before);
        const auto facts = json::Document::parse(test.facts);
        for (const std::string& fewer : dropped(facts->root())) {
          const auto after = assessed(*charter, version, fewer, test.on);
          ASSERT_TRUE(after);
          ++tried;
          if (after->outcome == Outcome::undetermined) ++undecided;
          if (!decides(after->outcome)) continue;
          EXPECT_EQ(after->outcome, before->outcome) << id << "/" << version.id << ": " << fewer;
          EXPECT_EQ(after->due, before->due) << id << "/" << version.id << ": " << fewer;
        }
      }
    }
  }
  EXPECT_GT(tried, 2000u);
  EXPECT_GT(undecided, 1000u);
}

// Of a norm that only requires, every fact that its condition mentions is wanted.
TEST(Charters, AConditionWithoutOneOfItsFactsIsUndetermined) {
  std::size_t tried = 0;
  for (const auto& [id, charter] : shipped()) {
    for (const NormVersion& version : charter->versions()) {
      if (version.shape != Shape::require || version.applies.given()) continue;
      for (const TestCase& test : version.tests) {
        const auto before = look_into(*charter, version, test.facts, test.on);
        if (before.finding.outcome != Outcome::met) continue;
        const auto facts = json::Document::parse(test.facts);
        for (const json::Value fact : facts->root()) {
          if (version.require.that.text.find(fact.key()) == std::string::npos) continue;
          const auto after =
              look_into(*charter, version, without(facts->root(), fact.key()), test.on);
          EXPECT_EQ(after.finding.outcome, Outcome::undetermined) << id << "/" << version.id;
          EXPECT_EQ(after.missing, std::vector<std::string>{std::string(fact.key())});
          ++tried;
        }
      }
    }
  }
  EXPECT_GT(tried, 50u);
}

// ---- what they say, and in which words

// The norms that were collected: their ids, with the evidence for each. Empty without the material.
std::map<std::string, std::string> collected() {
  const char* const shared = std::getenv("PSHIP_SHARED");
  if (shared == nullptr) return {};
  std::ifstream in(std::string(shared) + "/data/norms.json", std::ios::binary);
  if (!in) return {};
  const auto document = json::Document::parse(std::string{std::istreambuf_iterator<char>(in), {}});
  std::map<std::string, std::string> out;
  const json::Value rules = *document->root().find("rules");
  for (const json::Value rule : rules) {
    out.emplace(rule.find("id")->text(), rule.find("evidence")->text());
  }
  return out;
}

TEST(Charters, SayEveryNormThatWasCollectedAndEnableWhatWasRead) {
  const std::map<std::string, std::string> evidence = collected();
  if (evidence.empty()) GTEST_SKIP() << "no norms.json in PSHIP_SHARED";
  ASSERT_EQ(evidence.size(), 96u);
  std::map<std::string, std::set<bool>> said;
  for (const auto& [id, charter] : shipped()) {
    for (const NormVersion& version : charter->versions()) {
      for (const std::string& name : version.covers) {
        EXPECT_TRUE(evidence.contains(name)) << id << "/" << version.id << " covers " << name;
        said[name].insert(version.enabled);
      }
    }
  }
  for (const auto& [name, how] : evidence) {
    if (how == "background") {
      EXPECT_EQ(said[name], (std::set<bool>{false})) << name << " was not read";
    } else if (how == "read") {
      EXPECT_EQ(said[name], (std::set<bool>{true})) << name << " was read";
    } else {
      EXPECT_TRUE(said[name].contains(true)) << name << " was read in part";
    }
  }
}

TEST(Charters, DisableWhatIsBackgroundAndCiteTheRest) {
  const std::set<std::string> standings = {"read", "partly read", "background"};
  for (const auto& [id, charter] : shipped()) {
    EXPECT_FALSE(charter->sources().empty()) << id;
    for (const NormVersion& version : charter->versions()) {
      const std::string name = id + "/" + version.id;
      EXPECT_TRUE(standings.contains(version.standing)) << name;
      EXPECT_EQ(version.enabled, version.standing != "background") << name;
      EXPECT_FALSE(version.citation.empty()) << name;
      ASSERT_FALSE(version.sources.empty()) << name;
      if (version.standing == "background") {
        EXPECT_FALSE(version.note.empty()) << name << " does not say that it was not read";
        continue;
      }
      for (const Source& source : version.sources) {
        EXPECT_TRUE(!source.address.empty() || !source.passage.empty()) << name;
      }
    }
  }
}

bool has_arabic(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0xd8 && first <= 0xdb) return true;  // U+0600 to U+06FF
  }
  return false;
}

bool has_arabic_digits(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto first = static_cast<unsigned char>(text[i]);
    if (first == 0xd9 && second >= 0xa0 && second <= 0xa9) return true;  // U+0660 to U+0669
    if (first == 0xdb && second >= 0xb0 && second <= 0xb9) return true;  // U+06F0 to U+06F9
  }
  return false;
}

void speaks(const LangMap& map, const std::string& place) {
  for (const Language language : all_languages) {
    EXPECT_TRUE(map.has(language)) << place << " in " << language_tag(language);
  }
  EXPECT_TRUE(has_arabic(map.get(Language::ar))) << place;
  EXPECT_FALSE(has_arabic(map.get(Language::en))) << place << ": " << map.get(Language::en);
  EXPECT_FALSE(has_arabic_digits(map.get(Language::ar))) << place;
}

void speaks(const Coverage::Axis& axis, const std::string& place) {
  for (const LangMap& label : axis.labels) speaks(label, place);
}

TEST(Charters, SpeakArabicEnglishAndFrenchWithLatinDigits) {
  for (const auto& [id, charter] : shipped()) {
    speaks(charter->title(), id);
    if (!charter->text().empty()) speaks(charter->text(), id);
    for (const Source& source : charter->sources()) speaks(source.title, id + " source");
    for (const Named& party : charter->parties()) speaks(party.label, id + " " + party.id);
    for (const Named& principle : charter->principles()) speaks(principle.label, principle.id);
    for (const Window& window : charter->windows()) speaks(window.label, id + " " + window.id);
    for (const Kind& kind : charter->kinds()) {
      speaks(kind.label, id + " " + kind.id);
      for (const Fact& fact : kind.facts) speaks(fact.label, id + " " + kind.id + "." + fact.name);
    }
    for (const NormVersion& version : charter->versions()) {
      const std::string name = id + "/" + version.id;
      speaks(version.label, name);
      speaks(version.text, name + " text");
      if (!version.note.empty()) speaks(version.note, name + " note");
      for (const Source& source : version.sources) speaks(source.title, name + " source");
      if (version.shape == Shape::coverage) {
        speaks(version.coverage.rows, name);
        speaks(version.coverage.columns, name);
      }
    }
  }
}

}  // namespace

}  // namespace partnership::charter::test
