// SPDX-License-Identifier: Apache-2.0
//
// How texts are read: precedence, names, scopes, literals, tests. A tree is compared by its fully
// bracketed text.
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "feel/builtins.hpp"
#include "parser_tools.hpp"

namespace partnership::feel {
namespace {

using Binding = NameUse::Binding;

class FeelParser : public ::testing::Test {
 protected:
  FeelParser() { declare({"a", "b", "c", "x", "y", "list"}); }

  void declare(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) inputs_.push_back({std::string(name), types_.any()});
  }
  void declare(std::string_view name, std::string_view type) {
    inputs_.push_back({std::string(name), types_.parse(type)});
  }

  std::unique_ptr<Ast> parsed(std::string_view text, bool tests = false) {
    ParseOptions options;
    options.inputs = inputs_;
    options.unary_tests = tests;
    found_.clear();
    return parse(text, types_, options, found_);
  }
  // The bracketed text, or what is wrong.
  std::string tree(std::string_view text, bool tests = false) {
    const auto ast = parsed(text, tests);
    return ast == nullptr ? text_of(found_) : full_text(*ast);
  }
  std::string type(std::string_view text) {
    const auto ast = parsed(text);
    return ast == nullptr ? text_of(found_) : type_text(*ast->at(ast->root).type);
  }
  // The uses of names, e.g. "a:input item:item".
  std::string bindings(std::string_view text) {
    const auto ast = parsed(text);
    if (ast == nullptr) return text_of(found_);
    static constexpr const char* words[] = {"unknown", "input",   "variable", "item",
                                            "member",  "partial", "tested",   "builtin"};
    std::string out;
    for (const NameUse& use : ast->names) {
      if (!out.empty()) out += " ";
      out += std::string(use.name) + ":" + words[static_cast<int>(use.binding)];
      if (use.binding == Binding::variable) out += std::to_string(use.index);
      if (!use.maybe_members_of.empty()) out += "?" + std::to_string(use.maybe_members_of.size());
    }
    return out;
  }

  Types types_;
  std::vector<Declaration> inputs_;
  std::vector<Diagnostic> found_;
};

TEST_F(FeelParser, GroupsOperatorsByTheirStrengthFromTheLeft) {
  EXPECT_EQ(tree("a + b * c"), "(a + (b * c))");
  EXPECT_EQ(tree("a - b - c"), "((a - b) - c)");
  EXPECT_EQ(tree("a / b * c"), "((a / b) * c)");
  EXPECT_EQ(tree("3 ** 4 ** 5"), "((3 ** 4) ** 5)");
  EXPECT_EQ(tree("-3 ** 2"), "(-3 ** 2)");
  EXPECT_EQ(tree("-a ** 2"), "((-(a)) ** 2)");
  EXPECT_EQ(tree("2 ** -a"), "(2 ** (-(a)))");
  EXPECT_EQ(tree("- - a"), "(-((-(a))))");
  EXPECT_EQ(tree("a or b and c or x"), "(a or (b and c) or x)");
  EXPECT_EQ(tree("(a or b) and c"), "((a or b) and c)");
  EXPECT_EQ(tree("(a and b) and c"), "((a and b) and c)");
  EXPECT_EQ(tree("a < b = c"), "((a < b) = c)");
  EXPECT_EQ(tree("a + 1 < b and c"), "(((a + 1) < b) and c)");
  EXPECT_EQ(tree("a between 1 and 2 and b"), "((a between 1 and 2) and b)");
  EXPECT_EQ(tree("a between b + 1 and c - 1 or x"), "((a between (b + 1) and (c - 1)) or x)");
  EXPECT_EQ(tree("a instance of number and b"), "((a instance of number) and b)");
  EXPECT_EQ(tree("a + b instance of number"), "(a + (b instance of number))");
  EXPECT_EQ(tree("-1 instance of number"), "(-1 instance of number)");
  EXPECT_EQ(tree("if a then b else c + 1"), "(if a then b else (c + 1))");
  EXPECT_EQ(tree("1 + if a then b else c"), "(1 + (if a then b else c))");
  EXPECT_EQ(tree("for i in list return i + 1"), "(for i in list return (i + 1))");
  EXPECT_EQ(tree("function(p) p + 1"), "(function(p: Any) (p + 1))");
  EXPECT_EQ(tree("some i in list satisfies i = 1 and a"),
            "(some i in list satisfies ((i = 1) and a))");
}

TEST_F(FeelParser, ReadsWhatStandsBehindAnOperand) {
  EXPECT_EQ(tree("a.b.c[1].d(2)(3)"), "a.b.c[1].d(2)(3)");
  EXPECT_EQ(tree("-a.b[1]"), "(-(a.b[1]))");
  EXPECT_EQ(tree("[1, 2][1]"), "[1, 2][1]");
  EXPECT_EQ(tree("{a: 1}.a"), "{\"a\": 1}.a");
  EXPECT_EQ(tree("(a + b).c"), "(a + b).c");
  EXPECT_EQ(tree("\"x\"[1]"), "\"x\"[1]");
  EXPECT_EQ(tree("null()"), "null()");
}

TEST_F(FeelParser, ReadsRangesWithAllBrackets) {
  EXPECT_EQ(tree("[1..2]"), "[1..2]");
  EXPECT_EQ(tree("(1..2)"), "(1..2)");
  EXPECT_EQ(tree("]1..2["), "(1..2)");
  EXPECT_EQ(tree("[1..2["), "[1..2)");
  EXPECT_EQ(tree("(1..2]"), "(1..2]");
  EXPECT_EQ(tree("[1 .. a[1]]"), "[1..a[1]]");
  EXPECT_EQ(tree("[1..a[b = 1]["), "[1..a[(b = 1)])");
  EXPECT_EQ(tree("[1..2[ = [1..2)"), "([1..2) = [1..2))");
  EXPECT_EQ(tree("[1..2[.start included"), "[1..2).start included");
  EXPECT_EQ(tree("[1..2[ in list"), "([1..2) in (list))");
  EXPECT_EQ(tree("{r: [1..2[, s: ]1..2]}"), "{\"r\": [1..2), \"s\": (1..2]}");
  EXPECT_EQ(tree("[[1..2[, ]1..2]]"), "[[1..2), (1..2]]");
  EXPECT_EQ(tree("[]1..2], []]"), "[(1..2], []]");
  EXPECT_EQ(tree("[.5..1.5]"), "[0.5..1.5]");
  EXPECT_EQ(tree("(null..10]"), "(null..10]");
  EXPECT_EQ(tree("(< 10)"), "(< 10)");
  EXPECT_EQ(tree("(<= a + 1).end"), "(<= (a + 1)).end");
  EXPECT_EQ(tree("(=10) = [10..10]"), "((= 10) = [10..10])");
  EXPECT_EQ(tree("[< 10, != 3]"), "[(< 10), (!= 3)]");
  EXPECT_EQ(tree("for i in 1..3 return i"), "(for i in 1..3 return i)");
  EXPECT_EQ(tree("for i in a + 1..-1 return i"), "(for i in (a + 1)..-1 return i)");
  EXPECT_EQ(tree("for i in [3..1] return i"), "(for i in [3..1] return i)");
}

TEST_F(FeelParser, ReadsTestsBehindIn) {
  EXPECT_EQ(tree("a in b"), "(a in (b))");
  EXPECT_EQ(tree("a in < 10"), "(a in ((< 10)))");
  EXPECT_EQ(tree("a in (1, < 5, >=10)"), "(a in (1, (< 5), (>= 10)))");
  EXPECT_EQ(tree("a in (2..4)"), "(a in ((2..4)))");
  EXPECT_EQ(tree("a in ((2..4), [7..8[)"), "(a in ((2..4), [7..8)))");
  EXPECT_EQ(tree("a in (b + c) * 2"), "(a in (((b + c) * 2)))");
  EXPECT_EQ(tree("a in (b).c and x"), "((a in (b.c)) and x)");
  EXPECT_EQ(tree("a in [1, 2] and b in [3]"), "((a in ([1, 2])) and (b in ([3])))");
  EXPECT_EQ(tree("a in b in c"), "((a in (b)) in (c))");
  const auto ast = parsed("a in (? > 1, 2)");
  ASSERT_NE(ast, nullptr) << text_of(found_);
  EXPECT_TRUE(ast->at(ast->child(ast->root, 1)).uses_tested);
  EXPECT_FALSE(ast->at(ast->child(ast->root, 2)).uses_tested);
  EXPECT_EQ(bindings("a in (? > 1)"), "a:input ?:tested");
  EXPECT_EQ(bindings("? > 1"), "?:unknown");
}

TEST_F(FeelParser, ReadsUnaryTests) {
  EXPECT_EQ(tree("-", true), "-");
  EXPECT_EQ(tree("1, < 3, [4..5)", true), "(1), ((< 3)), ([4..5))");
  EXPECT_EQ(tree("not(1, > 3)", true), "not((1), ((> 3)))");
  EXPECT_EQ(tree("not(a) and b", true), "((not(a) and b))");
  EXPECT_EQ(tree("not(a)", false), "not(a)");
  EXPECT_EQ(tree("-1", true), "(-1)");
  EXPECT_EQ(tree("? * 2 > 5, null", true), "(((? * 2) > 5)), (null)");
  EXPECT_EQ(tree("- // everything", true), "-");
}

TEST_F(FeelParser, TakesTheLongestName) {
  declare({"days in weekend", "a-b", "a - c", "decision A 2.1", "date of birth", "in list",
           "rate/12", "d'accord", "x*y+z", "مهلة الدعوة", "réunion d’été", "🐎 horse", "if needed"});
  EXPECT_EQ(tree("days in weekend"), "days in weekend");
  EXPECT_EQ(tree("days  in\n weekend"), "days in weekend");
  EXPECT_EQ(tree("for i in days in weekend return i"), "(for i in days in weekend return i)");
  EXPECT_EQ(bindings("a-b"), "a-b:input");
  EXPECT_EQ(bindings("a -b"), "a-b:input") << "white space is no part of a name";
  EXPECT_EQ(bindings("a /* minus */ - // or not\nb"), "a-b:input") << "nor is a comment";
  EXPECT_EQ(bindings("(a) - b"), "a:input b:input");
  EXPECT_EQ(bindings("b-a"), "b:input a:input");
  EXPECT_EQ(bindings("a - c"), "a - c:input");
  EXPECT_EQ(bindings("a-c"), "a - c:input");
  EXPECT_EQ(bindings("a-b-c"), "a-b:input c:input");
  EXPECT_EQ(bindings("decision A 2.1 + a.b"), "decision A 2.1:input a:input");
  EXPECT_EQ(bindings("x*y+z + x*y"), "x*y+z:input x:input y:input");
  EXPECT_EQ(bindings("rate/12 / 12"), "rate/12:input");
  EXPECT_EQ(bindings("d'accord or réunion d’été"), "d'accord:input réunion d’été:input");
  EXPECT_EQ(bindings("مهلة الدعوة >= 10"), "مهلة الدعوة:input");
  EXPECT_EQ(bindings("🐎 horse"), "🐎 horse:input");
  EXPECT_EQ(bindings("a in in list"), "a:input in list:input");
  EXPECT_EQ(bindings("if needed then 1 else 2"),
            "10-14 expected an operator or the end, found `then`\n")
      << "the longest name counts";
}

TEST_F(FeelParser, KnowsTheNamesOfBuiltInFunctions) {
  declare({"date", "string"});
  EXPECT_EQ(bindings("date and time(a)"), "date and time:builtin a:input");
  EXPECT_EQ(bindings("date and time"), "date:input time:builtin") << "it is not called";
  EXPECT_EQ(bindings("string length(string)"), "string length:builtin string:input");
  EXPECT_EQ(bindings("years and months duration(date, date)"),
            "years and months duration:builtin date:input date:input");
  EXPECT_EQ(bindings("date(a)"), "date:input a:input") << "declared names come first";
  EXPECT_EQ(bindings("not(a)"), "not:builtin a:input");
  EXPECT_EQ(bindings("sort(list, function(x, y) x < y)"),
            "sort:builtin list:input x:variable0 y:variable1");
  EXPECT_EQ(bindings("duration of stay"), "duration of stay:unknown");
}

TEST_F(FeelParser, ReadsUnknownNamesUpToAKeywordOrOperator) {
  EXPECT_EQ(tree("date of birth + full name"), "(date of birth + full name)");
  EXPECT_EQ(tree("if no such then the one else the other"),
            "(if no such then the one else the other)");
  EXPECT_EQ(tree("a.first name in b.last name"), "(a.first name in (b.last name))");
  EXPECT_EQ(tree("a.time offset"), "a.time offset");
  EXPECT_EQ(tree("unknown thing(1)"), "unknown thing(1)");
  EXPECT_EQ(tree("a.if"), "a.if");
}

TEST_F(FeelParser, KnowsTheMembersOfDeclaredTypes) {
  declare("p", "context<full name: string, a-b: number, inner: context<x y/z: list<number>>>");
  declare("ps", "list<context<full name: string, in: number>>");
  EXPECT_EQ(tree("p.a-b - 1"), "(p.a-b - 1)");
  EXPECT_EQ(tree("p.a - b - 1"), "(p.a-b - 1)");
  EXPECT_EQ(tree("p.full   name"), "p.full name");
  EXPECT_EQ(type("p.full name"), "string");
  EXPECT_EQ(type("p.inner.x y/z"), "list<number>");
  EXPECT_EQ(type("ps.full name"), "list<string>");
  EXPECT_EQ(type("ps[1].full name"), "string");
  EXPECT_EQ(type("ps[full name = \"x\"]"), "list<context<full name: string, in: number>>");
  EXPECT_EQ(bindings("ps[full name = \"x\" and in = 2 and a]"),
            "ps:input full name:member in:member a:input");
  EXPECT_EQ(bindings("ps[item.in = 2]"), "ps:input item:item");
  EXPECT_EQ(type("{a b: 1, c+d: \"x\"}.c+d"), "string");
  EXPECT_EQ(type("for p in ps return p.full name"), "list<string>");
}

TEST_F(FeelParser, LetsUnknownItemsHaveAnyMember) {
  EXPECT_EQ(bindings("list[a = 1]"), "list:input a:input?1");
  EXPECT_EQ(bindings("list[first name = 1]"), "list:input first name:unknown?1");
  EXPECT_EQ(bindings("list[a name = 1]"), "list:input a name:unknown?1");
  EXPECT_EQ(bindings("list[b[a = 1] = 2]"), "list:input b:input?1 a:input?2");
  EXPECT_EQ(bindings("list[some i in b satisfies i = a]"),
            "list:input b:input?1 i:variable0 a:input?1");
  EXPECT_EQ(bindings("for i in list return list[i = a]"),
            "list:input list:input i:variable0?1 a:input?1");
  EXPECT_EQ(bindings("[1, 2][item > a]"), "item:item a:input");
  EXPECT_EQ(bindings("list[item > a]"), "list:input item:item?1 a:input?1");
  EXPECT_EQ(bindings("[{item: 1}][item > 1]"), "item:member");
  EXPECT_EQ(bindings("[{x: 1}, {y: 2}][y > 1]"), "y:input?1");
  EXPECT_EQ(bindings("list[date = 1]"), "list:input date:builtin?1");
  EXPECT_EQ(bindings("list[date(x) = 1]"), "list:input date:builtin x:input?1");
}

TEST_F(FeelParser, OpensScopes) {
  EXPECT_EQ(bindings("{k: 1, l: k, m: {n: l}}"), "k:variable0 l:variable1");
  EXPECT_EQ(bindings("{a: a, b: a}"), "a:input a:variable0");
  EXPECT_EQ(bindings("{f: function(n) f(n - 1), g: f(3)}"), "f:variable0 n:variable0 f:variable0");
  EXPECT_EQ(bindings("[{k: 1}, k]"), "k:unknown");
  EXPECT_EQ(bindings("for i in list, j in i return i + j + partial"),
            "list:input i:variable0 i:variable0 j:variable1 partial:partial");
  EXPECT_EQ(bindings("some i in list satisfies partial"), "list:input partial:unknown");
  EXPECT_EQ(bindings("for a in list return for a in a return a"),
            "list:input a:variable0 a:variable0");
  EXPECT_EQ(bindings("for long name-1 in list return long name-1"),
            "list:input long name-1:variable0");
  EXPECT_EQ(bindings("function(first one, b/c: number) first one + b/c"),
            "first one:variable0 b/c:variable1");
  EXPECT_EQ(bindings("(for i in list return i) + i"), "list:input i:variable0 i:unknown");
}

TEST_F(FeelParser, ReadsContextsFunctionsAndCalls) {
  EXPECT_EQ(tree("{}"), "{}");
  EXPECT_EQ(tree("{foo+bar: 1, \"(x\": 2, if: 3, 🐎: 4, a b : 5}"),
            R"({"foo+bar": 1, "(x": 2, "if": 3, "🐎": 4, "a b": 5})");
  EXPECT_EQ(tree("f(start position : 3, b: 2)"), "f(start position: 3, b: 2)");
  EXPECT_EQ(tree("f()"), "f()");
  EXPECT_EQ(tree("function() external {java: {class: \"x\", method signature: \"y\"}}"),
            R"((function() external {"java": {"class": "x", "method signature": "y"}}))");
  EXPECT_EQ(tree("function(a: list<number>, b: function<number> -> string) a"),
            "(function(a: list<number>, b: function<number> -> string) a)");
  EXPECT_EQ(tree("a instance of function<> -> Any"), "(a instance of function<> -> Any)");
  EXPECT_EQ(tree("a instance of context<x y: number, z: range<date>>"),
            "(a instance of context<x y: number, z: range<date>>)");
  EXPECT_EQ(tree("a instance of days and time duration and b"),
            "((a instance of days and time duration) and b)");
  EXPECT_EQ(tree("a instance of list<number>= b"), "((a instance of list<number>) = b)");
}

TEST_F(FeelParser, ReadsLiterals) {
  EXPECT_EQ(tree("1e3"), "1000");
  EXPECT_EQ(tree("1.5E-2"), "0.015");
  EXPECT_EQ(tree(".5"), "0.5");
  EXPECT_EQ(tree("-.5"), "-0.5");
  EXPECT_EQ(tree("@\"2024-01-31\""), "@\"2024-01-31\"");
  EXPECT_EQ(tree("@ \"P1D\""), "@\"P1D\"");
  const auto text = [&](std::string_view source) {
    const auto ast = parsed(source);
    return ast == nullptr ? text_of(found_) : std::string(ast->constants[0].text());
  };
  EXPECT_EQ(text(R"("a\n\t\r\"\'\\")"), "a\n\t\r\"'\\");
  EXPECT_EQ(text(R"("\u0041\U01F40E\uD83D\uDCA9")"), "A🐎💩");
  EXPECT_EQ(text(R"("\d\3")"), "\\d\\3") << "a regular expression's own escapes stay";
  EXPECT_EQ(tree(R"("\uD83D")"), "1-3 this escape is half of a pair or no character\n");
  EXPECT_EQ(tree(R"("\U110000")"), "1-3 this escape is half of a pair or no character\n");
  EXPECT_EQ(tree("1 /* a\n * b */ + // c\n 2"), "(1 + 2)");
  EXPECT_EQ(tree("\xC2\xA0\xE2\x80\x83 1 \xEF\xBB\xBF"), "1");
}

TEST_F(FeelParser, InfersTypes) {
  declare("n", "number");
  declare("s", "string");
  declare("d", "date");
  EXPECT_EQ(type("n + 1"), "number");
  EXPECT_EQ(type("s + \"x\""), "string");
  EXPECT_EQ(type("d - d"), "days and time duration");
  EXPECT_EQ(type("d + @\"P1Y\""), "date");
  EXPECT_EQ(type("@\"P1D\" * 2"), "days and time duration");
  EXPECT_EQ(type("@\"P1Y\" / @\"P1M\""), "number");
  EXPECT_EQ(type("n > 1 and a"), "boolean");
  EXPECT_EQ(type("if a then 1 else 2"), "number");
  EXPECT_EQ(type("if a then 1 else \"x\""), "Any");
  EXPECT_EQ(type("if a then 1 else null"), "number");
  EXPECT_EQ(type("[1, 2]"), "list<number>");
  EXPECT_EQ(type("[]"), "list<Null>");
  EXPECT_EQ(type("[1, \"x\"]"), "list<Any>");
  EXPECT_EQ(type("[{p: 1, q: 2}, {p: 3}]"), "list<context<p: number>>");
  EXPECT_EQ(type("[1..n]"), "range<number>");
  EXPECT_EQ(type("{p: 1, q: [s]}"), "context<p: number, q: list<string>>");
  EXPECT_EQ(type("function(x: number) x + 1"), "function<number> -> number");
  EXPECT_EQ(type("(function(x: number) x + 1)(2)"), "number");
  EXPECT_EQ(type("for i in [1..3] return i"), "list<number>");
  EXPECT_EQ(type("count([1])"), "number");
  EXPECT_EQ(type("sum([1])"), "number");
  EXPECT_EQ(type("max([d])"), "date");
  EXPECT_EQ(type("min(1, 2)"), "number");
  EXPECT_EQ(type("reverse([s])"), "list<string>");
  EXPECT_EQ(type("concatenate([1], [2])"), "list<number>");
  EXPECT_EQ(type("d.year"), "number");
  EXPECT_EQ(type("[d].year"), "list<number>");
  EXPECT_EQ(type("date and time(s).time offset"), "days and time duration");
  EXPECT_EQ(type("[1..2].start included"), "boolean");
  EXPECT_EQ(type("[d..d].end"), "date");
  EXPECT_EQ(type("string(1)"), "string");
  EXPECT_EQ(type("a + 1"), "Any");
}

}  // namespace
}  // namespace partnership::feel
