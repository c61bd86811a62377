// SPDX-License-Identifier: Apache-2.0
#include "base/langmap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace partnership {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Reads a map and gives the messages of what is wrong.
LangMap read(std::string_view json, std::vector<std::string>* messages = nullptr) {
  const auto document = json::Document::parse(json);
  json::Problems problems;
  LangMap map = LangMap::read(document->root(), problems);
  EXPECT_EQ(problems.empty(), messages == nullptr) << json;
  if (messages == nullptr || problems.empty()) return map;
  try {
    problems.raise(Code::invalid_document);
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      messages->push_back(problem.pointer + " " + problem.message);
    }
  }
  return map;
}

std::vector<std::string> complaints(std::string_view json) {
  std::vector<std::string> messages;
  read(json, &messages);
  return messages;
}

std::string canonical(const LangMap& map) {
  std::string out;
  map.append_canonical(out);
  return out;
}

TEST(Language, TagsGoThereAndBack) {
  for (const Language language : all_languages) {
    EXPECT_EQ(language_of(language_tag(language)), language);
  }
  EXPECT_EQ(language_tag(Language::ar), "ar");
  EXPECT_EQ(language_of("ar-LB"), Language::ar);
  EXPECT_EQ(language_of("AR"), Language::ar);
  EXPECT_EQ(language_of("fr_CA"), Language::fr);
  EXPECT_EQ(language_of("en-Latn-GB"), Language::en);
  for (const std::string_view tag : {"", "a", "ara", "english", "de", "-ar", " ar", "arx", "e\0"}) {
    EXPECT_EQ(language_of(tag), std::nullopt) << tag;
  }
}

TEST(LangMap, AnswersInTheNearestLanguageThatItHas) {
  // The oracle is the rule itself, over all eight maps: the language asked for, else en, fr, ar.
  for (unsigned have = 0; have < 8; ++have) {
    LangMap map;
    for (const Language language : all_languages) {
      if ((have >> static_cast<unsigned>(language) & 1U) != 0) {
        map.set(language, std::string(language_tag(language)));
      }
    }
    EXPECT_EQ(map.empty(), have == 0);
    for (const Language asked : all_languages) {
      std::string_view expected;
      for (const Language next : {asked, Language::en, Language::fr, Language::ar}) {
        if (map.has(next)) {
          expected = language_tag(next);
          break;
        }
      }
      EXPECT_EQ(map.get(asked), expected) << have;
      EXPECT_EQ(map.answered_in(asked), language_of(expected).value_or(asked)) << have;
    }
  }
}

TEST(LangMap, ReadsAnObjectOrAText) {
  const LangMap map = read(R"({"fr": "Charte", "ar": "شرعة", "en": "Charter"})");
  EXPECT_EQ(map.get(Language::ar), "شرعة");
  EXPECT_EQ(map.get(Language::en), "Charter");
  EXPECT_EQ(map.get(Language::fr), "Charte");
  const LangMap plain = read(R"("Charter")");
  EXPECT_TRUE(plain.has(Language::en));
  EXPECT_FALSE(plain.has(Language::ar) || plain.has(Language::fr));
  EXPECT_EQ(plain.get(Language::ar), "Charter");
}

TEST(LangMap, SaysAllThatIsWrong) {
  EXPECT_THAT(complaints("3"), ElementsAre(HasSubstr("expected a language map")));
  EXPECT_THAT(complaints("[]"), ElementsAre(HasSubstr("got an array")));
  EXPECT_THAT(complaints("\"\""), ElementsAre(HasSubstr("not empty")));
  EXPECT_THAT(complaints("{}"), ElementsAre(HasSubstr("at least one")));
  const std::vector<std::string> several = complaints(R"({"ar": 3, "en": "", "de": "Satzung"})");
  ASSERT_EQ(several.size(), 3U);
  EXPECT_THAT(several[0], HasSubstr("/ar "));
  EXPECT_THAT(several[1], HasSubstr("/en "));
  EXPECT_THAT(several[2], HasSubstr("`de`"));
}

TEST(LangMap, WritesItselfCanonically) {
  EXPECT_EQ(canonical(LangMap()), "{}");
  EXPECT_EQ(canonical(read(R"({"fr": "C", "ar": "شرعة", "en": "a \"b\"\n"})")),
            R"({"ar":"شرعة","en":"a \"b\"\n","fr":"C"})");
  for (const std::string_view json : {R"({"en": "x"})", R"({"fr": "x", "ar": "\u0001"})",
                                      R"({"fr": "x", "en": "y", "ar": "z"})"}) {
    EXPECT_EQ(canonical(read(json)), json::canonical(json::Document::parse(json)->root()));
  }
}

}  // namespace
}  // namespace partnership
