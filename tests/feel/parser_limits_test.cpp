// SPDX-License-Identifier: Apache-2.0
//
// Hostile texts: an answer within the limits, in time that grows with the length of the text.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "feel/builtins.hpp"
#include "parser_tools.hpp"

namespace partnership::feel {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string wrong(const std::string& text, const ParseOptions& options = {}) {
  Types types;
  std::vector<Diagnostic> found;
  const auto ast = parse(text, types, options, found);
  EXPECT_EQ(ast == nullptr, !found.empty());
  return text_of(found);
}

constexpr std::size_t mebibyte = std::size_t{1} << 20;

TEST(FeelLimits, NestingIsBounded) {
  for (const char* text : {"(", "[", "{a:", "-", "f(", "a[", "if ", "function() ", "for i in ",
                           "some i in [1] satisfies ", "not(", "a in (", "]", "[1..", "< ",
                           "a instance of list<", "function(a: list<"}) {
    const std::string found = wrong(repeated(text, mebibyte / std::string_view(text).size()));
    EXPECT_FALSE(found.empty()) << text;
    EXPECT_LT(found.size(), 500u) << text;
  }
  EXPECT_EQ(wrong(repeated("(", mebibyte)),
            "200-201 expressions stand within each other more than 200 deep\n");
  EXPECT_EQ(wrong(repeated("- ", 1000)),
            "398-399 expressions stand within each other more than 200 deep\n");
}

TEST(FeelLimits, TheDefaultDepthIsThere) {
  EXPECT_EQ(wrong(repeated("(", 199) + "1" + repeated(")", 199)), "");
  EXPECT_EQ(wrong(repeated("[", 199) + repeated("]", 199)), "");
  EXPECT_EQ(wrong(repeated("if true then ", 199) + "1" + repeated(" else 2", 199)), "");
  EXPECT_EQ(wrong(repeated("{a: function(b) [", 66) + "1" + repeated("]}", 66)), "");
}

TEST(FeelLimits, HeightIsBounded) {
  EXPECT_EQ(wrong("1" + repeated(" + 1", 990)), "");
  for (const char* text : {" + 1", ".a", "[1]", "(1)", " = 1", " in 1", " ** 2"}) {
    const std::string found = wrong("1" + repeated(text, 100000));
    EXPECT_NE(found.find("more than 1000 operations hang on each other"), std::string::npos)
        << text << ": " << found;
  }
  EXPECT_EQ(wrong("true" + repeated(" and true", 100000)), "") << "is one operation";
  EXPECT_EQ(wrong("[1" + repeated(", 1", 100000) + "]"), "");
}

TEST(FeelLimits, SizesAreBounded) {
  EXPECT_EQ(wrong(repeated(" ", mebibyte + 1)),
            "0-0 the expression is longer than 1048576 bytes\n");
  const std::string found = wrong("[1" + repeated(",1", 250000) + "]");
  EXPECT_NE(found.find("the expression has more than 200000 parts"), std::string::npos) << found;
  ParseOptions options;
  options.limits.diagnostics = 3;
  options.strict = true;
  EXPECT_EQ(wrong("[a, b, c, d, e]", options),
            "1-2 unknown name `a`\n4-5 unknown name `b`\n7-8 unknown name `c`\n");
}

TEST(FeelLimits, LongNamesAndManyNamesTakeNoLonger) {
  // Thousands of names that begin alike, and a text that all but says them, again and again.
  std::vector<Declaration> inputs;
  Types types;
  for (int i = 0; i < 20000; ++i) {
    inputs.push_back(
        {repeated("a ", static_cast<std::size_t>(1 + i % 90)) + std::to_string(i), types.any()});
  }
  inputs.push_back({"a", types.any()});
  inputs.push_back({repeated("a+", 300) + "b", types.any()});
  ParseOptions options;
  options.inputs = inputs;
  std::vector<Diagnostic> found;
  const std::string sums = "[a" + repeated("+a,a", 40000) + "]";
  EXPECT_NE(parse(sums, types, options, found), nullptr) << text_of(found);
  found.clear();
  EXPECT_EQ(parse(repeated("a ", mebibyte / 2), types, options, found), nullptr);
  EXPECT_EQ(found.size(), 1u);
  found.clear();
  options.strict = true;
  EXPECT_EQ(parse("[" + repeated("b,", mebibyte / 2 - 1) + "]", types, options, found), nullptr);
  EXPECT_EQ(found.size(), options.limits.diagnostics);
}

TEST(FeelLimits, NamesInNestedFiltersAreBounded) {
  const std::string text =
      repeated("x[", 150) + "[y" + repeated(",y", 100000) + "]" + repeated("]", 150);
  EXPECT_NE(wrong(text).find("too many names in filters within each other"), std::string::npos);
  // Filters over one known type, each with a look at its names.
  Types types;
  std::vector<Type::Member> members;
  for (int i = 0; i < 5000; ++i) members.push_back({"m " + std::to_string(i), types.any()});
  const std::vector<Declaration> inputs = {
      {"x", types.list(types.context(std::move(members), false))}};
  ParseOptions options;
  options.inputs = inputs;
  std::vector<Diagnostic> found;
  EXPECT_NE(parse("[" + repeated("x[m 3 = m 4],", 20000) + "x]", types, options, found), nullptr)
      << text_of(found);
}

TEST(FeelLimits, ManyKeysAndParametersTakeNoLonger) {
  std::string keys, parameters;
  for (int i = 0; i < 90000; ++i) {
    keys += ",k" + std::to_string(i) + ":1";
    parameters += ",p" + std::to_string(i);
  }
  EXPECT_EQ(wrong("{a:1" + keys + "}"), "");
  EXPECT_EQ(wrong("function(a" + parameters + ") 1"), "");
  EXPECT_EQ(wrong("{k: 1, k: 2}"), "7-9 the key `k` stands twice\n");
  EXPECT_EQ(wrong("function(p q, p  q) 1"), "14-17 the parameter `p q` stands twice\n");
}

TEST(FeelLimits, ContextsThatShareTheirTypesStaySmall) {
  std::string text = "{e0: {x: 1}";
  for (int i = 1; i < 500; ++i) {
    const std::string before = "e" + std::to_string(i - 1);
    text += ", e" + std::to_string(i) + ": {p: " + before + ", q: " + before + "}";
  }
  EXPECT_EQ(wrong(text + "}"), "");
  EXPECT_EQ(wrong(text + ", l: [e60, {p: e59, q: e58}, e58]}"), "");
}

TEST(FeelLimits, BytesThatAreNoTextAreTold) {
  EXPECT_EQ(wrong("\"\xFF\""), "1-2 this is not UTF-8\n");
  EXPECT_EQ(wrong(std::string("1\0", 2)),
            "1-2 expected an operator or the end, found `\xEF\xBF\xBD`\n");
}

}  // namespace
}  // namespace partnership::feel
