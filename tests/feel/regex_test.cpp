// SPDX-License-Identifier: Apache-2.0
#include "feel/regex.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "feel/builtins_support.hpp"

namespace partnership::feel {
namespace {

constexpr std::uint64_t enough = 10'000'000;

// "true", "false", or what is wrong with the pattern.
std::string matched(const std::string& input, const std::string& pattern,
                    const std::string& flags = "") {
  std::string problem;
  const auto regex = Regex::compile(pattern, flags, problem);
  if (regex == nullptr) return problem;
  regex->begin(to_utf16(input), enough);
  switch (regex->find()) {
    case Regex::Outcome::found:
      return "true";
    case Regex::Outcome::none:
      return "false";
    default:
      return "exhausted";
  }
}

bool refused(const std::string& pattern, const std::string& flags = "") {
  std::string problem;
  const bool out = Regex::compile(pattern, flags, problem) == nullptr;
  EXPECT_EQ(out, !problem.empty());
  return out;
}

// XQuery and XPath Functions and Operators 3.1, sections 5.6.3 to 5.6.5.
TEST(Regex, GivesTheExamplesOfXPath) {
  EXPECT_EQ(matched("abracadabra", "bra"), "true");
  EXPECT_EQ(matched("abracadabra", "^a.*a$"), "true");
  EXPECT_EQ(matched("abracadabra", "^bra"), "false");
  const std::string poem =
      "Kaum hat dies der Hahn gesehen,\nFängt er auch schon an zu krähen:\n"
      "Kikeriki! Kikikerikih!!\nTak, tak, tak! - da kommen sie.\n";
  EXPECT_EQ(matched(poem, "Kaum.*krähen"), "false");
  EXPECT_EQ(matched(poem, "Kaum.*krähen", "s"), "true");
  EXPECT_EQ(matched(poem, "^Kaum.*gesehen,$", "m"), "true");
  EXPECT_EQ(matched(poem, "^Kaum.*gesehen,$"), "false");
  EXPECT_EQ(matched(poem, "kiki", "i"), "true");
  expect({
      {R"(replace("abracadabra", "bra", "*"))", R"("a*cada*")"},
      {R"(replace("abracadabra", "a.*a", "*"))", R"("*")"},
      {R"(replace("abracadabra", "a.*?a", "*"))", R"("*c*bra")"},
      {R"(replace("abracadabra", "a", ""))", R"("brcdbr")"},
      {R"x(replace("abracadabra", "a(.)", "a$1$1"))x", R"("abbraccaddabbra")"},
      {R"(replace("abracadabra", ".*?", "$1"))", "null !"},
      {R"(replace("AAAA", "A+", "b"))", R"("b")"},
      {R"(replace("AAAA", "A+?", "b"))", R"("bbbb")"},
      {R"x(replace("darted", "^(.*?)d(.*)$", "$1c$2"))x", R"("carted")"},
      {R"(split("The cat sat on the mat", "\s+"))", R"(["The", "cat", "sat", "on", "the", "mat"])"},
      {R"(split("1, 15, 24, 50", ",\s*"))", R"(["1", "15", "24", "50"])"},
      {R"(split("1,15,,24,50,", ","))", R"(["1", "15", "", "24", "50", ""])"},
      {R"(split("abba", ".?"))", "null !"},
      {R"x(split("Some unparsed <br> HTML <BR> text", "\s*<[bB][rR]>\s*"))x",
       R"(["Some unparsed", "HTML", "text"])"},
      {R"(replace("a\\b\\c", "\\", "\\\\", "q"))", R"("a\\\\b\\\\c")"},
      {R"(replace("a/b/c", "/", "$", "q"))", R"("a$b$c")"},
      {R"(matches("abcd", ".*", "q"))", "false"},
      {R"(matches("Mr. B. Obama", "B. OBAMA", "iq"))", "true"},
      {R"(matches("helloworld", "hello world", "x"))", "true"},
      {R"(matches("helloworld", "hello[ ]world", "x"))", "false"},
      {R"(matches("hello world", "hello\ sworld", "x"))", "true"},
  });
}

TEST(Regex, RefusesWhatXPathRefuses) {
  for (const char* pattern : {"(",
                              ")",
                              "a)",
                              "(a",
                              "[",
                              "]",
                              "a]",
                              "[a",
                              "{",
                              "}",
                              "a{",
                              "a}",
                              "a{1",
                              "a{,2}",
                              "a{2,1}",
                              "a{b}",
                              "a{}",
                              "*",
                              "+",
                              "?",
                              "{1}",
                              "a**",
                              "a+*",
                              "a++",
                              "a?+",
                              "a*+",
                              "a{2}{3}",
                              "a{2}+",
                              "a*??",
                              "|*",
                              "(*)",
                              "(?=a)",
                              "(?!a)",
                              "(?<=a)",
                              "(?<!a)",
                              "(?<n>a)",
                              "(?i)a",
                              "(?>a)",
                              "(?#c)",
                              "(?",
                              "(?:",
                              "(?P<n>a)",
                              "\\",
                              "\\a",
                              "\\b",
                              "\\B",
                              "\\A",
                              "\\Z",
                              "\\z",
                              "\\G",
                              "\\e",
                              "\\f",
                              "\\v",
                              "\\h",
                              "\\R",
                              "\\X",
                              "\\Q",
                              "\\E",
                              "\\x41",
                              "\\u0041",
                              "\\0",
                              "\\1",
                              "\\ ",
                              "\\/",
                              "\\:",
                              "\\\"",
                              "\\'",
                              "\\#",
                              "\\p",
                              "\\pL",
                              "\\p{",
                              "\\p{}",
                              "\\p{L",
                              "\\p{Xx}",
                              "\\p{lu}",
                              "\\p{Letter}",
                              "\\p{Greek}",
                              "\\p{IsKlingon}",
                              "\\p{Isgreek}",
                              "\\p{InGreek}",
                              "\\p{script=Greek}",
                              "\\p{^L}",
                              "\\p{Cs}",
                              "[]",
                              "[^]",
                              "[]a]",
                              "[a-]b-]",
                              "[b-a]",
                              "[a-\\d]",
                              "[\\d-z]",
                              "[a-c-e]",
                              "[[a]]",
                              "[a[b]]",
                              "[a-[b]",
                              "[a-[b]c]",
                              "[a-[]]",
                              "[a&&[b]]x[",
                              "[:alpha:",
                              "[\\1]",
                              "[\\b]",
                              "[\\x41]",
                              "[\\Q]",
                              "(a)\\2",
                              "(a\\1)",
                              "\\1(a)",
                              "(a)(b\\2)",
                              "(?:a)\\1"}) {
    EXPECT_TRUE(refused(pattern)) << pattern;
  }
  for (const char* flags : {"p", "X", " ", "g", "I", "sm ix", "é", ";j"}) {
    EXPECT_TRUE(refused("a", flags)) << flags;
  }
  EXPECT_TRUE(refused(std::string("a\0b", 3)));
  EXPECT_TRUE(refused(std::string(20'000, 'a')));
}

TEST(Regex, TakesWhatXPathTakes) {
  struct Case {
    const char *input, *pattern, *flags;
  };
  for (const Case& c : std::vector<Case>{
           {"", "", ""},
           {"abc", "", ""},
           {"b", "a|b", ""},
           {"", "a|", ""},
           {"ab", "^(|a)b$", ""},
           {"-", "^[-]$", ""},
           {"-", "^[a-]$", ""},
           {"-", "^[-a]$", ""},
           {"-", "^[^a]$", ""},
           {"^", "^[a^]$", ""},
           {"^", "^\\^$", ""},
           {".", "^[.]$", ""},
           {"*", "^[*+?(){}|$]$", ""},
           {"]", "^[\\]]$", ""},
           {"-", "^[+--]$", ""},
           {",", "^[+--]$", ""},
           {"-", "^[a--[b]]$", ""},
           {"\t", "^[\\t-\\r]$", ""},
           {"&", "^[a&&b]$", ""},
           {"~", "^[a~~b]$", ""},
           {"a", "^[a-z-[b-y-[c]]]$", ""},
           {"c", "^[a-z-[b-y-[c]]]$", ""},
           {"5", "^[^a-z-[0-4]]$", ""},
           {"\\|.?*+(){}-[]^$", "^\\\\\\|\\.\\?\\*\\+\\(\\)\\{\\}\\-\\[\\]\\^\\$$", ""},
           {"\n\r\t", "^\\n\\r\\t$", ""},
           {"aaa", "^a{3}$", ""},
           {"aaa", "^a{2,}$", ""},
           {"aaa", "^a{0,3}$", ""},
           {"aaa", "^a{1,16777215}$", ""},
           {"", "^(a{0})$", ""},
           {"abab", "^(ab)\\1$", ""},
           {"abAB", "^(ab)\\1$", "i"},
           {"aa0", "^(a)\\10$", ""},
           {"abcdefghijj", "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", ""},
           {"ABC", "abc", "iii"},
           {"É", "é", "i"},
           {"Σ", "ς", "i"},
           {"a\r\nb", "^a..b$", "s"},
           {"#", "^#$", "x"},
           {"مهلة الدعوة", "^\\w+\\s\\w+$", ""},
           {"🐎", "^.$", ""},
           {"🐎", "^[🐍-🐙]$", ""},
           {"٣", "^\\d$", ""},
           {"a:b-c.d", "^\\i\\c*$", ""},
           {"-", "^\\I$", ""},
           {" ", "^\\C$", ""},
           {"a_", "^\\w_?$", ""},
           {"αβ", "^\\p{IsGreek}+$", ""},
           {"αβ", "^\\p{IsGreekandCoptic}+$", ""},
           {"é", "^\\p{IsLatin-1Supplement}$", ""},
           {"م", "^\\p{IsArabic}$", ""},
           {"م", "^[\\p{IsArabic}-[ن]]$", ""},
           {"a", "^\\P{Lu}$", ""},
           {"a", "^\\p{Lu}?a$", "i"},
       }) {
    EXPECT_EQ(matched(c.input, c.pattern, c.flags), "true") << c.input << " " << c.pattern;
  }
  for (const Case& c : std::vector<Case>{
           {"b", "^[a-z-[b-y-[c]]]$", ""},
           {"a\n", "^a$", ""},
           {"a\r", "^a.$", ""},
           {"\xe2\x80\xa8", "^$", "m"},
           {"a\nb", "^b", ""},
           {"a\rb", "^b", "m"},
           {"_", "^\\w$", ""},
           {"\xc2\xa0", "^\\s$", ""},
           {"\x0b", "^\\s$", ""},
           {"a", "^\\p{Lu}$", "i"},
           {"aaaa", "^a{1,3}$", ""},
           {"ab", "^(a)\\1$", ""},
           {"ن", "^[\\p{IsArabic}-[ن]]$", ""},
           {"q", "^[^Q]$", "i"},
           {"o", "^[A-Z-[OI]]$", "i"},
           {" ", "^a b$", "x"},
       }) {
    EXPECT_EQ(matched(c.input, c.pattern, c.flags), "false") << c.input << " " << c.pattern;
  }
}

// The lines of the multi-line mode end at U+000A only, and none begins at the end of the text.
TEST(Regex, FindsTheBeginningsAndEndsOfLines) {
  const auto count = [](const std::string& text, const std::string& pattern) {
    std::string problem;
    const auto regex = Regex::compile(pattern, "m", problem);
    regex->begin(to_utf16(text), enough);
    int out = 0;
    while (regex->find() == Regex::Outcome::found) ++out;
    return out;
  };
  EXPECT_EQ(count("a\nb\nc", "^"), 3);
  EXPECT_EQ(count("a\nb\nc\n", "^"), 3);
  EXPECT_EQ(count("a\nb\nc\n", "$"), 4);
  EXPECT_EQ(count("\n\n", "^$"), 2);
  EXPECT_EQ(count("", "^$"), 1);
}

TEST(Regex, ReplacesByReferences) {
  expect({
      {R"x(replace("abc", "(a)(b)", "[$0|$1|$2|$3]"))x", R"("[ab|a|b|]c")"},
      {R"x(replace("abc", "(a)(b)", "$10$21"))x", R"("a0b1c")"},
      {R"x(replace("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11$1$10$12"))x",
       R"("kaja2l")"},
      {R"x(replace("abc", "(a)|(z)", "<$2>"))x", R"("<>bc")"},
      {R"(replace("abc", "b", "$"))", "null !"},
      {R"(replace("abc", "b", "$x"))", "null !"},
      {R"(replace("abc", "b", "\\"))", "null !"},
      {R"(replace("abc", "b", "\\n"))", "null !"},
      {R"(replace("abc", "b", "\\$1"))", R"("a$1c")"},
      {R"(replace("abc", "b", "\\\\"))", R"("a\\c")"},
      {R"(replace("abc", "b", ""))", R"("ac")"},
      {R"(replace("", "b", "x"))", R"("")"},
      {R"(replace("مهلة", "ه", "$0$0"))", R"("مههلة")"},
      {R"(replace("a🐎b🐎", "🐎", "é"))", R"("aébé")"},
      {R"(replace("a.b", ".", "-", "q"))", R"("a-b")"},
      {R"(replace("aBc", "b", "$0$0", "i"))", R"("aBBc")"},
      {R"(replace("a b", "a b", "x", "x"))", R"("a b")"},
      {R"(replace(input: "abc", pattern: "b", replacement: "x"))", R"("axc")"},
      {R"(replace("abc", "b", null))", "null !"},
      {R"(replace("abc", "b", "x", null))", R"("axc")"},
      {R"(replace("abc", "b", "x", 1))", "null !"},
      {R"(replace("abc", "", "x"))", "null !"},
      {R"(replace("abc", "^", "x"))", "null !"},
  });
}

// Literal patterns against a search by hand.
TEST(Regex, ReplacesAndSplitsAsASearchDoes) {
  std::mt19937 random(5);
  Evaluation evaluation;
  for (int round = 0; round < 1500; ++round) {
    evaluation.begin({});
    const auto text = [&](std::size_t size) {
      const std::string letters[] = {"a", "b", ".", "é", "م", "🐎"};
      std::string out;
      for (; size > 0; --size) out += letters[random() % 6];
      return out;
    };
    const std::string input = text(random() % 20), pattern = text(1 + random() % 2),
                      with = text(random() % 3);
    std::string naive;
    std::vector<std::string> parts;
    for (std::size_t at = 0;;) {
      const std::size_t next = input.find(pattern, at);
      parts.push_back(input.substr(at, next == std::string::npos ? next : next - at));
      naive += parts.back();
      if (next == std::string::npos) break;
      naive += with;
      at = next + pattern.size();
    }
    const auto value = [](const std::string& s) { return Value::string(s); };
    EXPECT_EQ(
        call(evaluation, "replace", {value(input), value(pattern), value(with), Value::string("q")})
            .text(),
        naive);
    std::string escaped;
    for (const char c : pattern) escaped += c == '.' ? std::string("\\.") : std::string(1, c);
    const Value split = call(evaluation, "split", {value(input), value(escaped)});
    ASSERT_EQ(split.items().size(), parts.size()) << input << " " << pattern;
    for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_EQ(split.items()[i].text(), parts[i]);
  }
}

TEST(Regex, EndsHostilePatterns) {
  const std::string as(30'000, 'a');
  for (const char* pattern :
       {"(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)(.*)(.*)b", "((a*)*)*b", "(a?){50}a{50}b",
        "(((((a{1,1000}){1,1000}){1,1000}){1,1000}){1,1000})b", "a{1,16777215}b", "(a*?)*?b",
        "(x+x+)+y|(a+a+)+b"}) {
    std::string problem;
    const auto regex = Regex::compile(pattern, "", problem);
    ASSERT_NE(regex, nullptr) << pattern << " " << problem;
    regex->begin(to_utf16(as), 1'000'000);
    EXPECT_EQ(regex->find(), Regex::Outcome::exhausted) << pattern;
    EXPECT_LE(regex->steps(), 1'010'000U) << pattern;
  }
  const std::string deep = std::string(5000, '(') + std::string(5000, ')');
  EXPECT_TRUE(refused(deep));
  std::string brackets;
  for (int i = 0; i < 3000; ++i) brackets += "[a-";
  EXPECT_TRUE(refused(brackets));
  std::string properties;
  for (int i = 0; i < 1500; ++i) properties += "\\p{L}";
  EXPECT_TRUE(refused(properties));
  EXPECT_TRUE(refused("a{99999999999999999999}"));
  EXPECT_TRUE(refused("a{1,99999999}"));
}

TEST(Regex, WarnsWhenItsStepsAreUsedUp) {
  Budget budget;
  budget.regex_steps = 100'000;
  const Answer got = answer(
      R"x(matches(string join(for i in 1..1000 return "aaaaaaaaaa"), "(a+)+b"))x", {}, budget);
  EXPECT_EQ(got.value, "null");
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0], "the budget of `regex steps` is used up");
  const Answer many =
      answer(R"x(count(for i in 1..1000000 return matches("aaaaaaaaaaaaaaaaaaaa", "(a+)+b")))x");
  EXPECT_EQ(many.value, "null");
}

TEST(Regex, SaysWhatIsWrong) {
  const Answer got = answer(R"(matches("a", "a**"))");
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0],
            "`matches` cannot read `\"a**\"`: a quantifier with nothing before it");
}

TEST(Regex, IsKeptWhileItIsUsed) {
  RegexCache cache;
  std::string problem;
  Regex* const first = cache.get("a", "", problem);
  first->begin(u"mark", enough);  // one that is made anew may lie at the same place
  EXPECT_NE(cache.get("a", "i", problem), first);
  EXPECT_EQ(cache.get("a", "", problem), first);
  EXPECT_EQ(cache.get("(", "", problem), nullptr);
  for (std::size_t i = 0; i < RegexCache::most - 1; ++i) {
    EXPECT_NE(cache.get("b{" + std::to_string(i) + "}", "", problem), nullptr);
    EXPECT_EQ(cache.get("a", "", problem)->text(), u"mark") << i;
  }
  for (std::size_t i = 0; i < RegexCache::most; ++i) {
    cache.get("c{" + std::to_string(i) + "}", "", problem);
  }
  Regex* const again = cache.get("a", "", problem);
  ASSERT_NE(again, nullptr);
  EXPECT_TRUE(again->text().empty());
  again->begin(u"bab", enough);
  EXPECT_EQ(again->find(), Regex::Outcome::found);
  EXPECT_EQ(again->place(0).from, 1U);
}

}  // namespace
}  // namespace partnership::feel
