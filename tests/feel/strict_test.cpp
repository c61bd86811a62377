// SPDX-License-Identifier: Apache-2.0
//
// What the strict profile refuses, and with which words.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "parser_tools.hpp"

namespace partnership::feel {
namespace {

class FeelStrict : public ::testing::Test {
 protected:
  FeelStrict() {
    schema(R"({
      "count of seats": "number", "title": "string", "open": "boolean", "maybe open": "boolean?",
      "held": "date", "noted": "date and time", "lasts": "days and time duration",
      "anything": "Any", "tags": ["string"],
      "venue": {"city": "string", "seats": "number?"},
      "participants": [{"name": "string", "side": "string", "attended": "boolean",
                        "excused": "boolean?", "minutes": {"type": "number", "optional": true}}]
    })");
  }

  void schema(std::string_view json) {
    const auto document = json::Document::parse(json);
    json::Problems problems;
    const Type* type = types_.read_schema(document->root(), problems);
    problems.raise(Code::invalid_document);
    inputs_.clear();
    for (const Type::Member& member : type->members) {
      inputs_.push_back({member.name, member.type, member.optional});
    }
  }

  // What is wrong; empty: nothing.
  std::string wrong(std::string_view text, bool tests = false) {
    ParseOptions options;
    options.inputs = inputs_;
    options.strict = true;
    options.unary_tests = tests;
    options.tested = types_.simple(TypeKind::number);
    std::vector<Diagnostic> found;
    const auto ast = parse(text, types_, options, found);
    EXPECT_EQ(ast == nullptr, !found.empty()) << text;
    for (const Diagnostic& one : found) {
      EXPECT_LE(one.span.offset + one.span.length, text.size()) << text;
    }
    return text_of(found);
  }

  Types types_;
  std::vector<Declaration> inputs_;
};

TEST_F(FeelStrict, RefusesUnknownNames) {
  EXPECT_EQ(wrong("count(particpants) > 1"),
            "6-17 unknown name `particpants` (did you mean `participants`?)\n");
  EXPECT_EQ(wrong("count of seat + 1"),
            "0-13 unknown name `count of seat` (did you mean `count of seats`?)\n");
  EXPECT_EQ(wrong("qwertyuiop"), "0-10 unknown name `qwertyuiop`\n");
  EXPECT_EQ(wrong("participants[atended]"),
            "13-20 unknown name `atended` (did you mean `attended`?)\n");
  EXPECT_EQ(wrong("conut(participants) = 1"), "0-5 unknown name `conut` (did you mean `count`?)\n");
  EXPECT_EQ(wrong("venue.citty = \"x\""),
            "6-11 unknown member `citty` of context (did you mean `city`?)\n");
  EXPECT_EQ(wrong("participants.nme"),
            "13-16 unknown member `nme` of context (did you mean `name`?)\n");
  EXPECT_EQ(wrong("held.yaer"), "5-9 unknown member `yaer` of date (did you mean `year`?)\n");
  EXPECT_EQ(wrong("held.hour"), "5-9 unknown member `hour` of date\n");
  EXPECT_EQ(wrong("title.length"), "6-12 unknown member `length` of string\n");
  EXPECT_EQ(wrong("anything.at all[whatever]"), "");
}

TEST_F(FeelStrict, RefusesOperandsThatGiveNothing) {
  EXPECT_EQ(wrong("held < title"), "0-12 `<` between date and string can only give null\n");
  EXPECT_EQ(wrong("open < open"), "0-11 `<` between boolean and boolean can only give null\n");
  EXPECT_EQ(wrong("held < noted"), "0-12 `<` between date and date and time can only give null\n");
  EXPECT_EQ(wrong("held < null"), "0-11 `<` between date and null can only give null\n");
  EXPECT_EQ(wrong("held = title"), "0-12 `=` between date and string can only give null\n");
  EXPECT_EQ(wrong("held != null and title = null"), "");
  EXPECT_EQ(wrong("title + 1"), "0-9 `+` between string and number can only give null\n");
  EXPECT_EQ(wrong("held + held"), "0-11 `+` between date and date can only give null\n");
  EXPECT_EQ(wrong("held + null"), "0-11 `+` between date and null can only give null\n");
  EXPECT_EQ(wrong("held - held > lasts"), "");
  EXPECT_EQ(wrong("held - lasts > held and noted + lasts > noted"), "");
  EXPECT_EQ(wrong("count of seats between 1 and title"),
            "0-34 comparing number and string can only give null\n");
  EXPECT_EQ(wrong("-title"), "1-6 `-` negates a number or a duration, found string\n");
  EXPECT_EQ(wrong("anything + 1 > anything"), "");
  EXPECT_EQ(wrong("[1..title]"), "0-10 a range between number and string can only be null\n");
  EXPECT_EQ(wrong("count of seats in [1..3] and count of seats in (1, > 3, [4, 5])"), "");
  EXPECT_EQ(wrong("title in [1..3]"), "9-15 a value of type string cannot be in range<number>\n");
  EXPECT_EQ(wrong("title in (\"a\", 3)"), "15-16 a value of type string cannot be in number\n");
  EXPECT_EQ(wrong("title in (string length(?) > 3)"), "");
}

TEST_F(FeelStrict, RefusesConditionsThatAreNoBooleans) {
  EXPECT_EQ(wrong("if title then 1 else 2"), "3-8 expected a boolean for `if`, found string\n");
  EXPECT_EQ(wrong("open and count of seats"), "9-23 expected a boolean for `and`, found number\n");
  EXPECT_EQ(wrong("open or title"), "8-13 expected a boolean for `or`, found string\n");
  EXPECT_EQ(wrong("some p in participants satisfies p.name"),
            "33-39 expected a boolean for `satisfies`, found string\n");
  EXPECT_EQ(wrong("participants[name]"),
            "13-17 expected a boolean or a number in the filter, found string\n");
  EXPECT_EQ(wrong("participants[count of seats].name"), "");
}

TEST_F(FeelStrict, RefusesOptionalMembersThatDecideBareInAFilter) {
  const std::string trap =
      "`excused` may be absent or null, and the filter would drop it silently "
      "(write `excused = true`)\n";
  EXPECT_EQ(wrong("participants[attended]"), "");
  EXPECT_EQ(wrong("participants[excused]"), "13-20 " + trap);
  EXPECT_EQ(wrong("participants[attended and excused]"), "26-33 " + trap);
  EXPECT_EQ(wrong("participants[side = \"gov\" or (attended and excused)]"), "43-50 " + trap);
  EXPECT_EQ(wrong("participants[not(excused)]"), "17-24 " + trap);
  EXPECT_EQ(wrong("participants[item.excused]"),
            "13-25 `item.excused` may be absent or null, and the filter would drop it silently "
            "(write `item.excused = true`)\n");
  EXPECT_EQ(wrong("participants[maybe open]"),
            "13-23 `maybe open` may be absent or null, and the filter would drop it silently "
            "(write `maybe open = true`)\n");
  EXPECT_EQ(wrong("participants[excused = true]"), "");
  EXPECT_EQ(wrong("participants[not(excused = true) and minutes > 3]"), "");
  EXPECT_EQ(wrong("every p in participants satisfies p.excused"), "") << "null there is told";
}

TEST_F(FeelStrict, RefusesCallsThatNoSignatureTakes) {
  EXPECT_EQ(wrong("string length(title, 2)"), "0-23 `string length` takes 1 argument, found 2\n");
  EXPECT_EQ(wrong("substring(title)"), "0-16 `substring` takes 2 to 3 arguments, found 1\n");
  EXPECT_EQ(wrong("upper case(held)"), "11-15 `upper case` expects string here, found date\n");
  EXPECT_EQ(wrong("sum(tags)"), "4-8 `sum` expects list<number> here, found list<string>\n");
  EXPECT_EQ(wrong("upper case(tags[item = \"x\"])"), "") << "a list of one is taken for its item";
  EXPECT_EQ(wrong("substring(string: title, strat position: 1)"),
            "0-43 `substring` has no parameter `strat position` "
            "(did you mean `start position`?)\n");
  EXPECT_EQ(wrong("substring(string: title, start position: 1)"), "");
  EXPECT_EQ(wrong("title(1)"), "0-5 expected a function to call, found string\n");
  EXPECT_EQ(wrong("(function(x: number) x)(title)"), "24-29 expected number, found string\n");
  EXPECT_EQ(wrong("(function(x) x)(1, 2)"), "0-21 the function takes 1 argument, found 2\n");
  EXPECT_EQ(wrong("{f: function(n: number) if n = 0 then 1 else n * f(n - 1), r: f(3)}.r"), "");
  EXPECT_EQ(wrong("min(1, 2, 3) + max([1, 2]) + count(tags) + sum(participants.minutes)"), "");
}

TEST_F(FeelStrict, ChecksUnaryTests) {
  EXPECT_EQ(wrong("> 3, [4..5], 7, ? + 1 > 4", true), "");
  EXPECT_EQ(wrong("1, \"x\", > held", true),
            "3-6 a value of type number cannot be in string\n"
            "8-14 a value of type number cannot be in range<date>\n");
  EXPECT_EQ(wrong("not(\"x\")", true), "4-7 a value of type number cannot be in string\n");
  EXPECT_EQ(wrong("> tilte", true), "2-7 unknown name `tilte` (did you mean `title`?)\n");
}

TEST_F(FeelStrict, RefusesUnknownTypes) {
  EXPECT_EQ(wrong("anything instance of strng"),
            "21-26 unknown type `strng` (did you mean `string`?)\n");
  types_.define("tRow", types_.parse("context<a: number>"));
  EXPECT_EQ(wrong("anything instance of list<tRow>"), "");
}

TEST_F(FeelStrict, TellsAllFaultsInTheOrderOfTheText) {
  EXPECT_EQ(wrong("[particpants[1] + , held < title, (1 2), if open thn 1 els 2, {a: , b: x}]"),
            "1-12 unknown name `particpants` (did you mean `participants`?)\n"
            "18-19 expected an expression, found `,`\n"
            "20-32 `<` between date and string can only give null\n"
            "37-38 expected `)`, found `2`\n"
            "49-52 expected `then`, found `thn`\n"
            "55-58 expected `else`, found `els`\n"
            "66-67 expected an expression, found `,`\n"
            "71-72 unknown name `x`\n");
  EXPECT_EQ(wrong("some p in particpants satisfie p.x"),
            "10-21 unknown name `particpants` (did you mean `participants`?)\n"
            "22-30 expected `satisfies`, found `satisfie`\n");
}

TEST_F(FeelStrict, KnowsTheHabitsOfOtherLanguages) {
  EXPECT_EQ(wrong("title == \"x\""), "7-8 expected an expression, found `=` (write `=`)\n");
  EXPECT_EQ(wrong("title <> \"x\""), "7-8 expected an expression, found `>` (write `!=`)\n");
  EXPECT_EQ(wrong("open && open"),
            "5-6 expected an operator or the end, found `&` (write `and`)\n");
  EXPECT_EQ(wrong("open || open"), "5-6 expected an operator or the end, found `|` (write `or`)\n");
  EXPECT_EQ(wrong("!open"), "0-1 expected an expression, found `!` (write `not(...)`)\n");
  EXPECT_EQ(wrong("title = 'x'"),
            "8-9 expected an expression, found `'` (a text stands in double quotes)\n");
}

TEST(FeelSchema, TheEightRulesCompileUnderTheirSchema) {
  const char* shared = std::getenv("PSHIP_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "no PSHIP_SHARED";
  std::ifstream file(std::string(shared) + "/data/eight-rules.json");
  if (!file) GTEST_SKIP() << "no eight-rules.json";
  std::stringstream text;
  text << file.rdbuf();
  const auto document = json::Document::parse(text.str());
  const json::Value root = document->root();
  Types types;
  json::Problems problems;
  const Type* schema = types.read_schema(*root.find("facts"), problems);
  problems.raise(Code::invalid_document);
  ASSERT_EQ(schema->members.size(), 28u);
  ParseOptions options;
  std::vector<Declaration> inputs;
  for (const Type::Member& member : schema->members) inputs.push_back({member.name, member.type});
  options.inputs = inputs;
  options.strict = true;
  const json::Value rules = *root.find("rules");
  EXPECT_EQ(rules.size(), 8u);
  for (const json::Value rule : rules) {
    std::vector<Diagnostic> found;
    const auto ast = parse(rule.text(), types, options, found);
    ASSERT_NE(ast, nullptr) << rule.key() << "\n" << text_of(found);
    EXPECT_EQ(type_text(*ast->at(ast->root).type), "boolean");
    EXPECT_TRUE(found.empty());
  }
}

}  // namespace
}  // namespace partnership::feel
