// SPDX-License-Identifier: Apache-2.0
//
// What expressions give, and what they warn of, where the conformance cases are thin: nulls, names
// in filters, iterations, functions, unary tests.
#include "feel/code.hpp"
#include "feel/evaluate.hpp"

namespace partnership::feel::test {
namespace {

using Warnings = std::vector<std::string>;

struct Row {
  const char* text;
  const char* value;
  Warnings warnings = {};
};

void expect_rows(Session& session, std::initializer_list<Row> rows, bool unary_tests = false) {
  for (const Row& row : rows) {
    const Result result = session.run(row.text, unary_tests);
    EXPECT_EQ(result.value, row.value) << row.text;
    EXPECT_EQ(result.warnings, row.warnings) << row.text;
  }
}

TEST(Machine, StopsLogicAtTheFirstDecidingOperand) {
  Session session;
  expect_rows(session, {
                           {"false and nobody", "false"},
                           {"nobody and false", "false", {"unknown name"}},
                           {"true or nobody", "true"},
                           {"null and true", "null"},
                           {"null or false", "null"},
                           {"null or true", "true"},
                           {"null and null", "null"},
                           {"true and 1", "null", {"wrong type"}},
                           {"1 and false", "false", {"wrong type"}},
                           {"\"a\" or true", "true", {"wrong type"}},
                           {"not(null)", "null"},
                       });
}

TEST(Machine, ComparesOnlyWhatHasAnOrder) {
  Session session;
  expect_rows(session, {
                           {"1 < 2", "true"},
                           {"1.50 = 1.5", "true"},
                           {"1.5 < 1.50001", "true"},
                           {"\"a\" < \"b\"", "true"},
                           {"1 < null", "null", {"null operand"}},
                           {"1 < \"a\"", "null", {"wrong type"}},
                           {"[1] < [2]", "null", {"wrong type"}},
                           {"true < false", "null", {"wrong type"}},
                           {"null = null", "true"},
                           {"null != 1", "true"},
                           {"abs = abs", "true"},
                           {"abs = sqrt", "false"},
                           {"{f: function() 1, r: f = f}.r", "true"},
                           {"(function() 1) = (function() 1)", "false"},
                           {"1 = \"1\"", "null", {"wrong type"}},
                           {"2 between 1 and 3", "true"},
                           {"0 between 1 and null", "false", {"null operand"}},
                           {"2 between 1 and null", "null", {"null operand"}},
                       });
}

TEST(Machine, TestsMembership) {
  Session session;
  expect_rows(session, {
                           {"1 in (1, 2)", "true"},
                           {"3 in (1, > 2)", "true"},
                           {"1 in [1, \"a\"]", "true"},
                           {"1 in [\"a\", null]", "false"},
                           {"null in [1, null]", "true"},
                           {"null in null", "true"},
                           {"1 in \"a\"", "null", {"wrong type"}},
                           {"1 in (\"a\", 1)", "true", {"wrong type"}},
                           {"5 in [[1..3], [4..6]]", "true"},
                           {"1 in (1..3]", "false"},
                           {"5 in [10..1]", "null", {"no result"}},
                           {"5 in [\"a\"..3]", "null", {"wrong type"}},
                           {"[1, 2] in [1, 2]", "true"},
                           {"[1..2] in [[1..2], 3]", "true"},
                           {"{a: 1} in ({a: 2}, {a: 1})", "true"},
                           {"5 in (? > 3)", "true"},
                           {"5 in (? > 3 and ? < 4)", "false"},
                           {"{r: (> 5), x: 6 in r}.x", "true"},
                           {"{r: (!= 5), x: 5 in r}.x", "false"},
                           {"{r: (= [1]), x: [1] in r}.x", "true"},
                       });
}

TEST(Machine, GivesRangesTheirProperties) {
  Session session;
  expect_rows(session, {
                           {"(1..3].start included", "false"},
                           {"(>= 3).end", "null"},
                           {"(= 3).end", "3"},
                           {"(!= 3).start", "null", {"unknown member"}},
                           {"[1..null]", "null", {"null operand"}},
                           {"[3..1]", "null", {"no result"}},
                           {"[[1]..[2]]", "null", {"wrong type"}},
                           {"(< null)", "null", {"null operand"}},
                           {"(< [1])", "null", {"wrong type"}},
                           {"(= [1])", "(=[1])"},
                       });
}

TEST(Machine, TakesPositionsFromBothEnds) {
  Session session;
  expect_rows(session, {
                           {"[1, 2, 3][1]", "1"},
                           {"[1, 2, 3][-1]", "3"},
                           {"[1, 2, 3][0]", "null", {"out of list"}},
                           {"[1, 2, 3][4]", "null", {"out of list"}},
                           {"[1, 2, 3][-4]", "null", {"out of list"}},
                           {"[1, 2, 3][2.9]", "2"},
                           {"[1, 2, 3][10 ** 30]", "null", {"out of list"}},
                           {"7[1]", "7"},
                           {"7[2]", "null", {"out of list"}},
                           {"null[1]", "null", {"null operand"}},
                           {"[][1]", "null", {"out of list"}},
                       });
}

TEST(Machine, KeepsWhatAConditionIsTrueFor) {
  Session session;
  expect_rows(session, {
                           {"[1, 2, 3][item > 1]", "[2, 3]"},
                           {"[1, null, 3][item > 1]", "[3]", {"null operand"}},
                           {"[1, 2][null]", "[]"},
                           {"[1, 2][true]", "[1, 2]"},
                           {"7[item > 1]", "[7]"},
                           {"null[item > 1]", "null", {"null operand"}},
                           {"[1, 2][\"a\"]", "[]", {"wrong type"}},
                           {"[1, 2][if item = 1 then \"a\" else true]", "[2]", {"wrong type"}},
                           {"[{a: 1}, {a: 2}][a = 2]", "[{a: 2}]"},
                           {"[{a: 1}, {b: 2}][a = 1]", "[{a: 1}]", {"unknown name"}},
                           {"[{item: 1}, {item: 2}][item = 2]", "[{item: 2}]"},
                           {"[[1, 2], [3]][item[1] = 3]", "[[3]]"},
                           {"count([1, 2, 3][item > 1])", "2"},
                           {"count(null[item > 1])", "null", {"null operand", "null operand"}},
                           {"count([][item > 1])", "0"},
                           {"[{a: true}, {a: false}, {a: null}][a]", "[{a: true}]"},
                       });
}

TEST(Machine, TellsMembersFromNamesOutside) {
  Session session;
  session.names(
      "{n: 2, s: \"x\", items: [{n: 1, s: \"x\"}, {n: 2, s: \"y\"}, {s: \"z\"}], "
      "bare: [{}, {}], none: []}");
  const std::initializer_list<Row> rows = {
      {"items[n = 2]", "[{n: 2, s: \"y\"}, {s: \"z\"}]"},
      {"items[s = \"z\"][1].s", "\"z\""},
      {"bare[n]", "{}"},
      {"none[n]", "[]"},
      {"none[n = 2]", "[]"},
      {"none[nobody]", "[]"},
      {"items[count(items[n = 1]) = 1].n[1]", "2", {"unknown member"}},
      {"for i in items return count(items[s = i.s])", "[1, 1, 1]"},
      {"items[some x in [s, \"q\"] satisfies x = \"y\"]", "[{n: 2, s: \"y\"}]"},
      {"items[(function(a) a = n)(1)]", "[{n: 1, s: \"x\"}]"},
  };
  expect_rows(session, rows);
}

TEST(Machine, TakesANumberOfTheCaseForAPosition) {
  Session session;
  session.names("{n: 2, items: [{a: 1}, {a: 2}], none: []}", true);
  session.declared = nullptr;
  expect_rows(session, {{"items[n].a", "2"}, {"none[n]", "null", {"out of list"}}});
}

TEST(Machine, KnowsMembersFromTheSchema) {
  Session session;
  session.names("{n: 2, items: [{n: 1, s: \"x\"}, {n: 2, s: \"y\"}]}", true);
  expect_rows(session, {
                           {"items[n = 2].s", "[\"y\"]"},
                           {"items[n = 3].s", "[]"},
                           {"items.n[1]", "1"},
                           {"count(items[s = \"x\"])", "1"},
                       });
}

TEST(Machine, FollowsPaths) {
  Session session;
  expect_rows(session, {
                           {"{a: {b: 1}}.a.b", "1"},
                           {"[{a: 1}, {a: 2}].a", "[1, 2]"},
                           {"[[{a: 1}], [{a: 2}, {a: 3}]].a", "[[1], [2, 3]]"},
                           {"[].a", "[]"},
                           {"{a: 1}.b", "null", {"unknown member"}},
                           {"null.b", "null", {"null operand"}},
                           {"[null, {b: 1}].b", "[null, 1]", {"null operand"}},
                           {"\"a\".b", "null", {"unknown member"}},
                           {"@\"2020-02-29\".year", "2020"},
                           {"@\"P1D\".years", "null", {"unknown member"}},
                       });
}

TEST(Machine, Iterates) {
  Session session;
  expect_rows(
      session,
      {
          {"for i in [1, 2], j in [i, 10] return i * j", "[1, 10, 4, 20]"},
          {"for i in [1, 2], j in [] return i", "[]"},
          {"for i in 1..3 return i", "[1, 2, 3]"},
          {"for i in 3..1 return i", "[3, 2, 1]"},
          {"for i in 0.5..2 return i", "[0.5, 1.5]"},
          {"for i in 2.5..1 return i", "[2.5, 1.5]"},
          {"for i in 1..2.5 return i", "[1, 2]"},
          {"for i in (1..4) return i", "[2, 3]"},
          {"for i in (1..1] return i", "[]"},
          {"for i in (1..2) return i", "[]"},
          {"for i in [1..3] return i", "[1, 2, 3]"},
          {"for i in (@\"2020-02-27\"..@\"2020-03-01\"] return i.day", "[28, 29, 1]"},
          {"for i in @\"2020-03-01\"..@\"2020-02-29\" return i.day", "[1, 29]"},
          {"for i in [[1..2]] return i", "[[1..2]]"},
          {"for i in 5 return i", "[5]"},
          {"for i in null return i", "null", {"null operand"}},
          {"for i in [1], j in null return i", "null", {"null operand"}},
          {"for i in \"a\"..\"c\" return i", "null", {"wrong type"}},
          {"for i in (> 3) return i", "null", {"wrong type"}},
          {"for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3]"},
          {"for i in 1..2 return for j in 1..2 return count(partial)", "[[0, 1], [0, 1]]"},
          {"for i in 1..3 return partial", "[[], [[]], [[], [[]]]]"},
          {"for i in [1, null] return i + 1", "[2, null]", {"null operand"}},
          {"for i in 10 ** 20 .. 10 ** 20 + 1 return i - 10 ** 20", "[0, 1]"},
      });
}

TEST(Machine, Quantifies) {
  Session session;
  expect_rows(session, {
                           {"some i in [1, 2] satisfies i = 2", "true"},
                           {"every i in [1, 2] satisfies i < 2", "false"},
                           {"some i in [] satisfies i", "false"},
                           {"every i in [] satisfies i", "true"},
                           {"some i in [null, true] satisfies i", "true"},
                           {"some i in [null, false] satisfies i", "null"},
                           {"every i in [null, false] satisfies i", "false"},
                           {"every i in [null, true] satisfies i", "null"},
                           {"every i in [1] satisfies i", "null", {"wrong type"}},
                           {"some i in null satisfies i", "null", {"null operand"}},
                           {"some i in [1, 2], j in [2, 3] satisfies i = j", "true"},
                           {"every i in 1..3, j in i..3 satisfies j >= i", "true"},
                           {"some i in [1, \"a\"] satisfies i > 0", "true"},
                           {"every i in [1, \"a\"] satisfies i > 0", "null", {"wrong type"}},
                       });
}

TEST(Machine, ChoosesABranch) {
  Session session;
  expect_rows(session, {
                           {"if true then 1 else nobody", "1"},
                           {"if null then 1 else 2", "2"},
                           {"if 1 then 1 else 2", "2", {"wrong type"}},
                           {"if 1 < null then 1 else 2", "2", {"null operand"}},
                       });
}

TEST(Machine, MakesContextsInTheirOrder) {
  Session session;
  expect_rows(session, {
                           {"{a: 1, b: a + 1, c: {a: b, d: a}}", "{a: 1, b: 2, c: {a: 2, d: 2}}"},
                           {"{a: b, b: 1}", "{a: null, b: 1}", {"unknown name"}},
                           {"{b c: 1, \"d e\": b c}.d e", "1"},
                       });
}

TEST(Machine, CallsFunctions) {
  Session session;
  expect_rows(session,
              {
                  {"(function(a, b) a - b)(5, 3)", "2"},
                  {"{f: function(a, b) a - b, r: f(b: 3, a: 5)}.r", "2"},
                  {"{f: function(a, b) a - b, r: f(b: 3, b: 5)}.r", "null", {"wrong call"}},
                  {"{f: function(a, b) a - b, r: f(a: 3, c: 5)}.r", "null", {"wrong call"}},
                  {"{f: function(a) a, r: f()}.r", "null", {"wrong call"}},
                  {"{f: function(a) a, r: f(1, 2)}.r", "null", {"wrong call"}},
                  {"{f: function(a: number) a, r: f(\"x\")}.r", "null", {"not conforming"}},
                  {"{f: function(a: number) a, r: f([1])}.r", "1"},
                  {"{f: function(a: number) a, r: f(null)}.r", "null"},
                  {"{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(25)}.r",
                   "15511210043330985984000000"},
                  {"{f: function(a) function(b) function() a + b, r: f(1)(2)()}.r", "3"},
                  {"(for i in 1..3 return function(x) x * i)[3](5)", "15"},
                  {"{x: 1, f: function(y) {x: 10, r: x + y}.r, r: f(1) + x}.r", "12"},
                  {"{f: abs, r: f(-1)}.r", "1"},
                  {"{f: substring, r: f(string: \"abc\", start position: 2)}.r", "\"bc\""},
                  {"{f: substring, r: f(\"abc\")}.r", "null", {"wrong call"}},
                  {"{f: substring, r: f(nobody: 1)}.r", "null", {"wrong call"}},
                  {"sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"},
                  {"{g: function(x) x < 2, r: [1, 2, 3][g(item)]}.r", "[1]"},
                  {"1()", "null", {"wrong call"}},
                  {"null()", "null", {"wrong call"}},
                  {"abs(1, 2)", "null", {"wrong call"}},
                  {"abs(m: 1)", "null", {"wrong call"}},
                  {"nobody(1)", "null", {"unknown name", "wrong call"}},
                  {"(function(a) external {java: {class: \"c\", method signature: \"m()\"}})(1)",
                   "null",
                   {"wrong call"}},
              });
}

TEST(Machine, LetsAFunctionOfTheCaseCallItself) {
  Session session;
  const auto program =
      session.compile("function(n) if n < 2 then n else fib(n - 1) + fib(n - 2)", false, "fib");
  ASSERT_NE(program, nullptr);
  const Value fib = program->evaluate(0, {}, session.evaluation);
  const Value argument = Value::small_number(15);
  EXPECT_EQ(session.evaluation.call(fib, {&argument, 1}).coefficient(), 610);
  EXPECT_EQ(session.evaluation.warning_count(), 0U);
  // Called from another program, warnings name the place of the call.
  const std::string_view name = "fib";
  const Value names = make_context(session.evaluation.arena(),
                                   Shape::make(session.evaluation.arena(), {&name, 1}), {&fib, 1});
  const auto caller = session.compile("1 + fib(\"a\")", false);
  const Value result = caller->evaluate(0, names, session.evaluation);
  EXPECT_TRUE(result.is_null());
  ASSERT_FALSE(session.evaluation.warnings().empty());
  const NodeId node = session.evaluation.warnings().front().node;
  EXPECT_EQ(caller->ast(0).source(node), "fib(\"a\")");
}

TEST(Machine, TestsTheMemberNamedByAQuestionMark) {
  Session session;
  const std::string_view name = "?";
  const auto met = [&](const char* text, Value value) {
    const auto program = session.compile(text, true);
    EXPECT_NE(program, nullptr) << text;
    Arena& arena = session.evaluation.arena();
    return program->evaluate(0, make_context(arena, Shape::make(arena, {&name, 1}), {&value, 1}),
                             session.evaluation);
  };
  const Value five = Value::small_number(5);
  EXPECT_TRUE(met("-", five).is_true());
  EXPECT_TRUE(met("5", five).is_true());
  EXPECT_TRUE(met("< 5, 5", five).is_true());
  EXPECT_TRUE(met("[1..5)", five).is_false());
  EXPECT_TRUE(met("not(1, 2)", five).is_true());
  EXPECT_TRUE(met("not([1..5])", five).is_false());
  EXPECT_TRUE(met("? * 2 = 10", five).is_true());
  EXPECT_TRUE(met("[4, 5]", five).is_true());
  EXPECT_TRUE(met("odd(?), 7", five).is_true());
  EXPECT_TRUE(met("< 5", {}).is_null());
  EXPECT_TRUE(met("null", {}).is_true());
  EXPECT_TRUE(met("true", Value::boolean(true)).is_true());
  EXPECT_TRUE(met("false", Value::boolean(false)).is_true());
}

TEST(Machine, ConvertsToTheDeclaredType) {
  Session session;
  session.declared = session.types->simple(TypeKind::number);
  expect_rows(session, {{"[7]", "7"}, {"\"a\"", "null", {"not conforming"}}, {"null", "null"}});
}

TEST(Machine, FoldsOnlyWhatWarnsOfNothing) {
  Session session;
  const auto folded = session.compile("@\"2020-01-01\" + duration(\"P10D\")", false);
  EXPECT_EQ(folded->unit(0).main().instructions.size(), 1U);
  const auto kept = session.compile("1 / 0", false);
  EXPECT_GT(kept->unit(0).main().instructions.size(), 1U);
  // What warns again and again, or takes long, is given up.
  std::string warning = "1 / 0";
  for (int i = 0; i < 500; ++i) warning += " + 1";
  EXPECT_GT(session.compile(warning, false)->unit(0).main().instructions.size(), 500U);
  std::string lists = "[";
  for (int i = 0; i < 5000; ++i) lists += "[1][item = 1], [\"a\" + \"b\"], ";
  EXPECT_EQ(session.value("count(" + lists + "1])"), "10001");
  expect_rows(session, {{"1 / 0", "null", {"no result"}},
                        {"[1, 2, 3][4]", "null", {"out of list"}},
                        {"{a: [1 + 1, \"a\" + \"b\"]}", "{a: [2, \"ab\"]}"}});
}

TEST(Machine, SaysWhatWasOdd) {
  Session session;
  const auto sentence = [&](const char* text) { return session.run(text).sentences.at(0); };
  EXPECT_EQ(sentence("1 - \"a\""), "`-` cannot take a number and a string, in `1 - \"a\"`");
  EXPECT_EQ(sentence("null - 1"), "`-` cannot take null and a number, in `null - 1`");
  EXPECT_EQ(sentence("nobody"), "nothing is named `nobody`, in `nobody`");
  EXPECT_EQ(sentence("{a: 1}.b"), "a context has no member `b`, in `{a: 1}.b`");
  EXPECT_EQ(sentence("[1][2]"), "there is no item `2`, in `[1][2]`");
  EXPECT_EQ(sentence("1 / 0"), "`/` has no result for `1` and `0`, in `1 / 0`");
  EXPECT_EQ(sentence("1(2)"), "a number is not a function, in `1(2)`");
}

}  // namespace
}  // namespace partnership::feel::test
