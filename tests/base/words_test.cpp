// SPDX-License-Identifier: Apache-2.0
#include "base/words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace partnership {
namespace {

constexpr auto ar = Language::ar;
constexpr auto en = Language::en;
constexpr auto fr = Language::fr;

TEST(Words, TakeArgumentsInAnyOrder) {
  const Words words = {"{1}، {0}", "{0}, {1}, {0}", "{1}"};
  EXPECT_EQ(say(words, en, {"a", "b"}), "a, b, a");
  EXPECT_EQ(say(words, ar, {"a", "b"}), "b، a");
  EXPECT_EQ(say(words, fr, {"a", "b"}), "b");
}

TEST(Words, ListAtMostFiveNames) {
  const std::vector<std::string> names = {"a", "b", "c", "d", "e", "f"};
  EXPECT_EQ(join_names(std::span(names).first(2), en), "a, b");
  EXPECT_EQ(join_names(std::span(names).first(5), ar), "a، b، c، d، e");
  EXPECT_EQ(join_names(names, fr), "a, b, c, d, e et 1 autre");
  EXPECT_EQ(join_texts(names, en), "a, b, c, d, e, f");
}

TEST(Words, CountInEnglishAndFrench) {
  const auto say = [](std::int64_t count, Counted unit, Language language) {
    return say_counted(count, unit, Stands::behind, language);
  };
  EXPECT_EQ(say(0, Counted::days, en), "0 days");
  EXPECT_EQ(say(1, Counted::days, en), "1 day");
  EXPECT_EQ(say(2, Counted::working_days, en), "2 working days");
  EXPECT_EQ(say(1, Counted::weeks, en), "1 week");
  EXPECT_EQ(say(-1, Counted::days, en), "-1 day");
  EXPECT_EQ(say(-3, Counted::days, fr), "-3 jours");
  EXPECT_EQ(say(0, Counted::days, fr), "0 jour");
  EXPECT_EQ(say(1, Counted::working_days, fr), "1 jour ouvrable");
  EXPECT_EQ(say(2, Counted::working_days, fr), "2 jours ouvrables");
  EXPECT_EQ(say(1, Counted::months, fr), "1 mois");
  EXPECT_EQ(say(2, Counted::years, fr), "2 ans");
  EXPECT_EQ(say(12, Counted::weeks, fr), "12 semaines");
}

TEST(Words, CountInArabicByNumberAndPlace) {
  const auto say = [](std::int64_t count, Counted unit, Stands stands = Stands::behind) {
    return say_counted(count, unit, stands, ar);
  };
  EXPECT_EQ(say(1, Counted::days), "يوم واحد");
  EXPECT_EQ(say(1, Counted::days, Stands::object), "يومًا واحدًا");
  EXPECT_EQ(say(1, Counted::days, Stands::subject), "يوم واحد");
  EXPECT_EQ(say(2, Counted::days), "يومين");
  EXPECT_EQ(say(2, Counted::days, Stands::object), "يومين");
  EXPECT_EQ(say(2, Counted::days, Stands::subject), "يومان");
  EXPECT_EQ(say(3, Counted::days), "3 أيام");
  EXPECT_EQ(say(10, Counted::days), "10 أيام");
  EXPECT_EQ(say(11, Counted::days), "11 يومًا");
  EXPECT_EQ(say(99, Counted::days), "99 يومًا");
  EXPECT_EQ(say(100, Counted::days), "100 يوم");
  EXPECT_EQ(say(102, Counted::days), "102 يوم");
  EXPECT_EQ(say(103, Counted::days), "103 أيام");
  EXPECT_EQ(say(111, Counted::days), "111 يومًا");
  EXPECT_EQ(say(-1, Counted::days), "-1 يوم");
  EXPECT_EQ(say(-5, Counted::days), "-5 أيام");
  EXPECT_EQ(say(-15, Counted::days), "-15 يومًا");
  EXPECT_EQ(say(2, Counted::working_days), "يومي عمل");
  EXPECT_EQ(say(2, Counted::working_days, Stands::subject), "يوما عمل");
  EXPECT_EQ(say(10, Counted::working_days), "10 أيام عمل");
  EXPECT_EQ(say(15, Counted::working_days), "15 يوم عمل");
  EXPECT_EQ(say(2, Counted::weeks), "أسبوعين");
  EXPECT_EQ(say(12, Counted::weeks), "12 أسبوعًا");
  EXPECT_EQ(say(6, Counted::months), "6 أشهر");
  EXPECT_EQ(say(1, Counted::months, Stands::object), "شهرًا واحدًا");
  EXPECT_EQ(say(1, Counted::years, Stands::object), "سنة واحدة");
  EXPECT_EQ(say(2, Counted::years, Stands::subject), "سنتان");
  EXPECT_EQ(say(5, Counted::years), "5 سنوات");
  EXPECT_EQ(say(20, Counted::years), "20 سنة");
}

TEST(Words, SetApartWhatRunsTheOtherWay) {
  EXPECT_EQ(apart("وزارة", ar), "وزارة");
  EXPECT_EQ(apart("27 / 2018", ar), "27 / 2018");
  EXPECT_EQ(apart("OGP 1.1", ar), "\u2068OGP 1.1\u2069");
  EXPECT_EQ(apart("échéance", ar), "\u2068échéance\u2069");
  EXPECT_EQ(apart("3 × 4 ÷ 2", ar), "3 × 4 ÷ 2");
  EXPECT_EQ(apart("É", ar), "\u2068É\u2069");
  EXPECT_EQ(apart("OGP 1.1", fr), "OGP 1.1");
  EXPECT_EQ(apart("وزارة", en), "\u2068وزارة\u2069");
  EXPECT_EQ(code_apart("a >= 4", ar), "\u2066a >= 4\u2069");
  EXPECT_EQ(code_apart("مهلة >= 4", ar), "مهلة >= 4");
  EXPECT_EQ(code_apart("count(مهلة) >= 4", en), "\u2066count(مهلة) >= 4\u2069");
  EXPECT_EQ(code_apart("مهلة >= 4", en), "\u2068مهلة >= 4\u2069");
  EXPECT_EQ(code_apart("a >= 4", en), "a >= 4");
}

}  // namespace
}  // namespace partnership
