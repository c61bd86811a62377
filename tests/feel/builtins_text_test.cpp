// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "feel/builtins_support.hpp"

namespace partnership::feel {
namespace {

// DMN 1.5, table 75.
TEST(BuiltinText, GivesTheExamplesOfTheStandard) {
  expect({
      {R"(substring("foobar", 3))", R"("obar")"},
      {R"(substring("foobar", 3, 3))", R"("oba")"},
      {R"(substring("foobar", -2, 1))", R"("a")"},
      {R"(substring("\U01F40Eab", 2))", R"("ab")"},
      {R"(string length("foo"))", "3"},
      {R"(string length("\U01F40Eab"))", "3"},
      {R"(upper case("aBc4"))", R"("ABC4")"},
      {R"(lower case("aBc4"))", R"("abc4")"},
      {R"(substring before("foobar", "bar"))", R"("foo")"},
      {R"(substring before("foobar", "xyz"))", R"("")"},
      {R"(substring before("foobar", "o"))", R"("f")"},
      {R"(substring after("foobar", "ob"))", R"("ar")"},
      {R"(substring after("", "a"))", R"("")"},
      {R"(substring after("foo", ""))", R"("foo")"},
      {R"x(replace("abcd", "(ab)|(a)", "[1=$1][2=$2]"))x", R"("[1=ab][2=]cd")"},
      {R"(contains("foobar", "of"))", "false"},
      {R"(starts with("foobar", "fo"))", "true"},
      {R"(ends with("foobar", "r"))", "true"},
      {R"(matches("foobar", "^fo*b"))", "true"},
      {R"(split("John Doe", "\s"))", R"(["John", "Doe"])"},
      {R"(split("a;b;c;;", ";"))", R"(["a", "b", "c", "", ""])"},
      {R"(string join(["a", "b", "c"], "_and_"))", R"("a_and_b_and_c")"},
      {R"(string join(["a", "b", "c"], ""))", R"("abc")"},
      {R"(string join(["a", "b", "c"], null))", R"("abc")"},
      {R"(string join(["a"], "X"))", R"("a")"},
      {R"(string join(["a", null, "c"], "X"))", R"("aXc")"},
      {R"(string join([], "X"))", R"("")"},
      {R"(string join(["a", "b", "c"]))", R"("abc")"},
      {R"(string join([]))", R"("")"},
  });
}

TEST(BuiltinText, SubstringKeepsToTheText) {
  expect({
      {R"(substring("foobar", 0))", "null !"},
      {R"(substring("foobar", 7))", "null !"},
      {R"(substring("foobar", -7))", "null !"},
      {R"(substring("foobar", -6))", R"("foobar")"},
      {R"(substring("foobar", 6))", R"("r")"},
      {R"(substring("", 1))", "null !"},
      {R"(substring("foobar", 4, 99))", R"("bar")"},
      {R"(substring("foobar", -2, 5))", R"("ar")"},
      {R"(substring("foobar", 2, 0))", "null !"},
      {R"(substring("foobar", 2, -1))", "null !"},
      {R"(substring("foobar", 2, 10 ** 30))", R"("oobar")"},
      {R"(substring("foobar", 10 ** 30))", "null !"},
      {R"(substring("foobar", -(10 ** 30)))", "null !"},
      {R"(substring("foobar", 3.9, 2.9))", R"("ob")"},
      {R"(substring("foobar", -1.5))", R"("r")"},
      {R"(substring(null, 1))", "null !"},
      {R"(substring("foobar", null))", "null !"},
      {R"(substring("foobar", 1, null))", "null !"},
      {R"(substring("foobar", "1"))", "null !"},
      {R"(substring(["foobar"], [3]))", R"("obar")"},
      {R"(substring(string: "foobar", start position: 3, length: 2))", R"("ob")"},
      {R"(substring(start position: 3, string: "foobar"))", R"("obar")"},
      {R"(substring(string: "foobar", length: 2))", "null !"},
  });
}

TEST(BuiltinText, CountsCharactersOfAnyScript) {
  expect({
      {R"(string length("مهلة الدعوة"))", "11"},
      {R"(substring("مهلة الدعوة", 6))", R"("الدعوة")"},
      {R"(substring("مهلة الدعوة", -6, 2))", R"("ال")"},
      {R"(substring("a🐎b😀c", 2, 3))", R"("🐎b😀")"},
      {R"(string length("é"))", "1"},
      {R"(string length("e\u0301"))", "2"},
      {R"(substring before("إلى 🐎 من", "🐎"))", R"("إلى ")"},
      {R"(substring after("été passé", "é"))", R"("té passé")"},
      {R"(contains("الحوار", "حوا"))", "true"},
      {R"(starts with("الحوار", "ال"))", "true"},
      {R"(ends with("passé", "é"))", "true"},
      {R"(upper case("straße, été, ﬁ"))", R"("STRASSE, ÉTÉ, FI")"},
      {R"(lower case("ÉTÉ ΑΣ"))", R"("été ας")"},
      {R"(upper case("istanbul ı"))", R"("ISTANBUL I")"},
      {R"(upper case("مهلة"))", R"("مهلة")"},
      {R"(lower case("𐐀"))", R"("𐐨")"},
  });
}

TEST(BuiltinText, TakesNoNullAndNothingElse) {
  for (const char* function : {"substring before", "substring after", "contains", "starts with",
                               "ends with", "matches", "split"}) {
    for (const char* arguments : {R"(null, "a")", R"("a", null)", "null, null", R"(1, "a")",
                                  R"("a", 1)", R"([], "a")", R"(["a", "b"], "a")"}) {
      const std::string call = std::string(function) + "(" + arguments + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
    EXPECT_EQ(given(std::string(function) + R"(("a"))"), "null !");
    EXPECT_EQ(given(std::string(function) + R"(("a", "a", "a", "a", "a"))"), "null !");
  }
  for (const char* function : {"string length", "upper case", "lower case"}) {
    for (const char* argument : {"null", "1", "[]", "true", "{}", ""}) {
      const std::string call = std::string(function) + "(" + argument + ")";
      EXPECT_EQ(given(call), "null !") << call;
    }
  }
}

TEST(BuiltinText, FindsTheEmptyTextAtTheBeginning) {
  expect({
      {R"(contains("", ""))", "true"},
      {R"(contains("a", ""))", "true"},
      {R"(starts with("", "a"))", "false"},
      {R"(ends with("a", "ba"))", "false"},
      {R"(substring before("abc", ""))", R"("")"},
      {R"(substring after("abc", "abc"))", R"("")"},
  });
}

TEST(BuiltinText, JoinsTextsOnly) {
  expect({
      {R"(string join([1, 2], "X"))", "null !"},
      {R"(string join(["a", 2], "X"))", "null !"},
      {R"(string join("a", "X"))", R"("a")"},
      {R"(string join(null))", "null !"},
      {R"(string join(["a", "b"], 1))", "null !"},
      {R"(string join([null, null], "X"))", R"("")"},
      {R"(string join([["a"], "b"]))", "null !"},
      {R"(string join(["", ""], ", "))", R"(", ")"},
      {R"(string join(["نعم", "لا"], "، "))", R"("نعم، لا")"},
  });
}

// Long matches are found by another way than short ones.
TEST(BuiltinText, FindsWhatANaiveSearchFinds) {
  std::mt19937 random(7);
  Evaluation evaluation;
  evaluation.begin({});
  for (int round = 0; round < 2000; ++round) {
    std::string text, match;
    for (std::size_t n = random() % 120; n > 0; --n) text += static_cast<char>('a' + random() % 2);
    const std::size_t size = 10 + random() % 25;
    if (random() % 2 == 0 && text.size() > size) {
      match = text.substr(random() % (text.size() - size), size);
      if (random() % 3 == 0) match.back() = 'c';
    } else {
      match.assign(size, 'a');
    }
    const std::size_t naive = text.find(match);
    const Value arguments[] = {Value::string(text), Value::string(match)};
    const auto ask = [&](const char* function) {
      return call(evaluation, function, {arguments[0], arguments[1]});
    };
    EXPECT_EQ(ask("contains").boolean(), naive != std::string::npos) << text << " " << match;
    EXPECT_EQ(ask("substring before").text(),
              naive == std::string::npos ? "" : text.substr(0, naive));
    EXPECT_EQ(ask("substring after").text(),
              naive == std::string::npos ? "" : text.substr(naive + match.size()));
  }
}

// All starts and lengths over texts of characters of one to four bytes, against slices of a list.
TEST(BuiltinText, CutsAsAListIsCut) {
  const std::vector<std::string> characters{"a", "é", "م", "€", "🐎"};
  std::string text;
  for (const std::string& character : characters) text += character;
  Evaluation evaluation;
  evaluation.begin({});
  for (int start = -7; start <= 7; ++start) {
    for (int length = -1; length <= 7; ++length) {
      const Value got =
          call(evaluation, "substring",
               {Value::string(text), Value::small_number(start), Value::small_number(length)});
      if (start == 0 || std::abs(start) > 5 || length < 1) {
        EXPECT_TRUE(got.is_null()) << start << " " << length;
        continue;
      }
      std::string naive;
      const int first = start > 0 ? start - 1 : 5 + start;
      for (int i = first; i < std::min(5, first + length); ++i) {
        naive += characters[static_cast<std::size_t>(i)];
      }
      EXPECT_EQ(got.text(), naive) << start << " " << length;
    }
  }
}

// However much longer a character becomes.
TEST(BuiltinText, ChangesTheCaseOfEveryCharacter) {
  Evaluation evaluation;
  for (std::uint32_t c = 1; c < 0x20000; ++c) {
    if (U_IS_SURROGATE(c)) continue;
    evaluation.begin({});
    char bytes[U8_MAX_LENGTH];
    std::size_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    const Value text = Value::string({bytes, size});
    ASSERT_TRUE(call(evaluation, "upper case", {text}).is(Kind::string)) << c;
    ASSERT_TRUE(call(evaluation, "lower case", {text}).is(Kind::string)) << c;
  }
}

// The product of the lengths would be 1.25 * 10^11 steps.
TEST(BuiltinText, SearchesLongTextsInLinearTime) {
  Evaluation evaluation;
  evaluation.begin({});
  const std::string text(500'000, 'a');
  const std::string match = std::string(250'000, 'a') + "b";
  EXPECT_FALSE(call(evaluation, "contains", {Value::string(text), Value::string(match)}).boolean());
}

}  // namespace
}  // namespace partnership::feel
