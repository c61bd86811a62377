// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "base/json_documents.hpp"

namespace partnership::json {
namespace {

using testing::HasSubstr;

// What a text is refused with: the problem, after checking what holds of every refusal.
Problem refusal(std::string_view text, const Limits& limits = {}, Code code = Code::malformed) {
  try {
    Document::parse(text, limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << text;
    EXPECT_EQ(error.problems().size(), 1u);
    const Problem& problem = error.problems().front();
    EXPECT_GE(problem.offset, 0);
    EXPECT_LE(problem.offset, static_cast<std::int64_t>(text.size()));
    const Place place = place_of(text, static_cast<std::size_t>(problem.offset));
    EXPECT_EQ(problem.line, place.line);
    EXPECT_EQ(problem.column, place.column);
    EXPECT_EQ(problem.message.find('\n'), std::string::npos);
    return problem;
  }
  ADD_FAILURE() << "not refused: " << text;
  return {};
}

void expect_refusal(std::string_view text, std::int64_t offset, const std::string& message) {
  const Problem problem = refusal(text);
  EXPECT_EQ(problem.message, message) << text;
  EXPECT_EQ(problem.offset, offset) << text;
}

TEST(Json, SaysWhereAndWhatWasExpected) {
  expect_refusal("", 0, "empty text, expected a value");
  expect_refusal(" \n ", 3, "empty text, expected a value");
  expect_refusal("\xEF\xBB\xBF{}", 0,
                 "byte order mark, expected a JSON value (RFC 8259 section 8.1 forbids it)");
  expect_refusal("{\"a\":1", 6, "expected `,` or `}`, found the end of the text");
  expect_refusal("{\"a\":1,}", 7, "expected a name in quotes, found `}`");
  expect_refusal("{,}", 1, "expected a name in quotes or `}`, found `,`");
  expect_refusal("{a:1}", 1, "expected a name in quotes or `}`, found `a`");
  expect_refusal("{\"a\" 1}", 5, "expected `:` after the name, found `1`");
  expect_refusal("{\"a\":}", 5, "expected a value, found `}`");
  expect_refusal("{\"a\":1 \"b\":2}", 7, "expected `,` or `}`, found a string");
  expect_refusal("[1 2]", 3, "expected `,` or `]`, found `2`");
  expect_refusal("[1,]", 3, "expected a value, found `]`");
  expect_refusal("[,1]", 1, "expected a value or `]`, found `,`");
  expect_refusal("[", 1, "expected a value or `]`, found the end of the text");
  expect_refusal("[1}", 2, "expected `,` or `]`, found `}`");
  expect_refusal("]", 0, "expected a value, found `]`");
  expect_refusal("{} {}", 3, "expected the end of the text after the value, found `{`");
  expect_refusal("1,", 1, "expected the end of the text after the value, found `,`");
  expect_refusal("[1]]", 3, "expected the end of the text after the value, found `]`");
  expect_refusal("[tru]", 1, "expected a value, found `tru`");
  expect_refusal("[truely]", 5, "unexpected `ly` after `true`");
  expect_refusal("[NaN]", 1, "expected a value or `]`, found `NaN`");
  expect_refusal("['a']", 1, "expected a value or `]`, found `'`");
  expect_refusal("[é]", 1, "expected a value or `]`, found `é`");
  expect_refusal("[1\x0c]", 2, "unexpected byte 0x0c after `1`");
  expect_refusal("// no\n1", 0, "expected a value, found `/`");
  expect_refusal("[\\\"a]", 1, "expected a value or `]`, found `\\`");
}

TEST(Json, RefusesNumbersThatAreNone) {
  expect_refusal("[01]", 1, "number with a leading zero");
  expect_refusal("-01", 1, "number with a leading zero");
  expect_refusal("[-]", 2, "expected a digit after `-`, found `]`");
  expect_refusal("[1.]", 3, "expected a digit after the decimal point, found `]`");
  expect_refusal("1.e5", 2, "expected a digit after the decimal point, found `e5`");
  expect_refusal("1e", 2, "expected a digit in the exponent, found the end of the text");
  expect_refusal("1e+", 3, "expected a digit in the exponent, found the end of the text");
  expect_refusal("+1", 0, "expected a value, found `+`");
  expect_refusal(".5", 0, "expected a value, found `.`");
  expect_refusal("1x", 1, "unexpected `x` after `1`");
  expect_refusal("0x10", 1, "unexpected `x10` after `0`");
  expect_refusal("1.2.3", 3, "unexpected `.` after `1.2`");
  expect_refusal("1e999", 0, "number `1e999` is larger than a double can hold");
  expect_refusal("[-1E+400]", 1, "number `-1E+400` is larger than a double can hold");
  expect_refusal("1.7976931348623159e308", 0,
                 "number `1.7976931348623159e308` is larger than a double can hold");
  expect_refusal(std::string(400, '9'), 0,
                 "number `" + std::string(40, '9') + "...` is larger than a double can hold");
  expect_refusal("1e99999999999999999999", 0,
                 "number `1e99999999999999999999` is larger than a double can hold");
}

TEST(Json, RoundsNumbersTooSmallToZero) {
  for (const std::string text : {"1e-400", "-1e-99999999999999999999", "0e999",
                                 "0.0e999999999999999999999", "0.000000000000000000001e-310"}) {
    EXPECT_EQ(Document::parse(text)->root().real(), 0.0) << text;
  }
  const std::string tiny = "0." + std::string(400, '0') + "1";
  EXPECT_EQ(Document::parse(tiny)->root().real(), 0.0);
  EXPECT_EQ(Document::parse(tiny + "e401")->root().real(), 1.0);
  EXPECT_TRUE(std::signbit(Document::parse("-1e-400")->root().real()));
}

TEST(Json, KeepsIntegersWhole) {
  const auto type = [](std::string_view text) { return Document::parse(text)->root().type(); };
  EXPECT_EQ(type("0"), Type::integer);
  EXPECT_EQ(type("-0"), Type::integer);
  EXPECT_EQ(type("9223372036854775807"), Type::integer);
  EXPECT_EQ(type("-9223372036854775808"), Type::integer);
  EXPECT_EQ(type("9223372036854775808"), Type::real);
  EXPECT_EQ(type("-9223372036854775809"), Type::real);
  EXPECT_EQ(type("1.0"), Type::real);
  EXPECT_EQ(type("1e0"), Type::real);
  EXPECT_EQ(Document::parse("9223372036854775807")->root().integer(),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Document::parse("-9223372036854775808")->root().integer(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Document::parse("-7")->root().real(), -7.0);
}

TEST(Json, RefusesStringsThatAreNone) {
  expect_refusal("[\"abc", 1, "string without a closing quote");
  expect_refusal("\"\\\"", 0, "string without a closing quote");
  expect_refusal("{\"a\":\"b\nc\"}", 7, "control character 0x0a in a string, expected an escape");
  expect_refusal(std::string_view("\"\0\"", 3), 1,
                 "control character 0x00 in a string, expected an escape");
  expect_refusal("\"a\\\nb\"", 3, "control character 0x0a in a string, expected an escape");
  expect_refusal("\"a\\x\"", 2,
                 "unknown escape `\\` with `x`, expected one of `\"\\/bfnrtu` after it");
  expect_refusal("\"\\u12\"", 1, "expected four hex digits after `\\u`");
  expect_refusal("\"\\u12g4\"", 1, "expected four hex digits after `\\u`");
  expect_refusal("\"ab\\ud800\"", 3, "high surrogate without a low one after it");
  expect_refusal("\"\\ud800\\u0041\"", 1, "high surrogate without a low one after it");
  expect_refusal("\"\\ud800\\n\"", 1, "high surrogate without a low one after it");
  expect_refusal("\"\\udc00\"", 1, "low surrogate without a high one before it");
  expect_refusal("\"\\ud800\\ud800\\udc00\"", 1, "high surrogate without a low one after it");
}

TEST(Json, RefusesBytesThatAreNotUtf8) {
  expect_refusal("\"a\x80\"", 2, "byte 0x80 is not UTF-8");
  expect_refusal("\"\xed\xa0\x80\"", 1, "byte 0xed is not UTF-8");
  expect_refusal("\"\xc0\xaf\"", 1, "byte 0xc0 is not UTF-8");
  expect_refusal("{\n\"é\":\"\xf5\"}", 8, "byte 0xf5 is not UTF-8");
  expect_refusal("\xff\xfe", 0, "byte 0xff is not UTF-8");
  const Problem problem = refusal("{\n\"é\":\"\xf5\"}");
  EXPECT_EQ(problem.line, 2);
  EXPECT_EQ(problem.column, 6);
}

TEST(Json, RefusesARepeatedNameAtTheSecondOne) {
  expect_refusal(R"({"a":1,"b":2,"a":3})", 13, "name `a` stands twice in one object");
  expect_refusal(R"({"a":1, "\u0061" : 3})", 8, "name `a` stands twice in one object");
  expect_refusal(R"({"x\"y":{"x\"y":1},"z":"\"", "x\"y":[]})", 29,
                 "name `x\"y` stands twice in one object");
  expect_refusal(R"({"":1,"":2})", 6, "name `` stands twice in one object");
  Document::parse(R"({"a":{"a":{"a":1}},"b":{"a":1}})");
}

TEST(Json, FindsARepeatedNameAmongManyAtTheFirstRepetition) {
  std::mt19937 random(3);
  for (const std::size_t count : {15u, 16u, 17u, 40u, 1000u}) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("member " + std::to_string(i * 7));
    const auto text = [&] {
      std::string out = "{";
      for (const std::string& name : names) {
        out += (out.size() > 1 ? ",\"" : "\"") + name + "\":{\"n\":[1,2]}";
      }
      return out + "}";
    };
    Document::parse(text());
    for (int i = 0; i < 5; ++i) {
      const std::vector<std::string> kept = names;
      const std::size_t second = 1 + random() % (count - 1);
      names[second] = names[random() % second];
      const std::string repeated = names[second];
      const Problem problem = refusal(text());
      EXPECT_THAT(problem.message, HasSubstr("`" + repeated + "`"));
      const std::size_t first = text().find("\"" + repeated + "\":");
      EXPECT_EQ(static_cast<std::size_t>(problem.offset),
                text().find("\"" + repeated + "\":", first + 1));
      names = kept;
    }
  }
}

// Names whose hashes collide: they differ only in the middle, which the hash does not look at.
TEST(Json, TakesNoQuadraticTimeForHostileNames) {
  std::string text = "{";
  for (int i = 0; i < 60000; ++i) {
    const std::string number = std::to_string(1000000 + i);
    text += (i > 0 ? ",\"" : "\"") + ("prefix__" + number + "__suffix") + "\":0";
  }
  EXPECT_EQ(Document::parse(text + "}")->root().size(), 60000u);
  const Problem problem = refusal(text + ",\"prefix__1000500__suffix\":0}");
  EXPECT_EQ(static_cast<std::size_t>(problem.offset), text.size() + 1);
}

TEST(Json, BoundsDepthAndSize) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  Document::parse(nested(64));
  const Problem problem = refusal(nested(65), {}, Code::limit);
  EXPECT_EQ(problem.offset, 64);
  EXPECT_EQ(problem.message, "nesting deeper than 64 levels");
  Document::parse(nested(3), Limits{100, 3});
  refusal(nested(4), Limits{100, 3}, Code::limit);
  refusal("[]", Limits{100, 0}, Code::limit);
  Document::parse("1", Limits{100, 0});
  Document::parse(nested(1024), Limits{1 << 20, 1 << 20});
  refusal(nested(1025), Limits{1 << 20, 1 << 20}, Code::limit);
  refusal(std::string(10000000, '['), {}, Code::limit);
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  refusal(objects, {}, Code::limit);
  Document::parse("[1]", Limits{3, 64});
  try {
    Document::parse("[12]", Limits{3, 64});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::limit);
    EXPECT_STREQ(error.what(), "text of 4 bytes, expected at most 3");
  }
}

TEST(Json, BoundsNames) {
  const std::string name(std::size_t{1} << 26U, 'n');
  const Problem problem = refusal("{\"" + name + "\":1}", {}, Code::limit);
  EXPECT_EQ(problem.message, "name of 67108864 bytes is too long");
  EXPECT_EQ(problem.offset, 1);
}

TEST(Json, FindsItsWay) {
  const auto document = Document::parse(R"( {"a":[10,{"b/c":true},"x"],"~":{"":null},"é":2} )");
  const Value root = document->root();
  EXPECT_TRUE(root.is(Type::object));
  EXPECT_EQ(root.size(), 3u);
  EXPECT_EQ(root.key(), "");
  EXPECT_EQ(root.pointer(), "");
  EXPECT_EQ(root.offset(), 1u);
  EXPECT_EQ(root.source(), R"({"a":[10,{"b/c":true},"x"],"~":{"":null},"é":2})");
  const Value a = root.find("a").value();
  EXPECT_EQ(a.key(), "a");
  EXPECT_EQ(a.size(), 3u);
  EXPECT_EQ(a.pointer(), "/a");
  EXPECT_EQ(a[0].integer(), 10);
  EXPECT_EQ(a[0].key(), "");
  EXPECT_EQ(a[0].pointer(), "/a/0");
  EXPECT_EQ(a[1].find("b/c").value().pointer(), "/a/1/b~1c");
  EXPECT_TRUE(a[1].find("b/c").value().boolean());
  EXPECT_EQ(a[2].text(), "x");
  EXPECT_EQ(a[2].key(), "");
  EXPECT_EQ(a[2].source(), "\"x\"");
  EXPECT_FALSE(a.find("b/c"));
  EXPECT_EQ(root[1].find("").value().pointer(), "/~0/");
  EXPECT_EQ(root[2].pointer(), "/é");
  EXPECT_EQ(root[2].place().column, 47);
  EXPECT_FALSE(root.find("b"));
  EXPECT_EQ(document->source().size(), 50u);
  EXPECT_EQ(&root.document(), document.get());
  for (const Value child : a[0]) ADD_FAILURE() << child.source();
}

TEST(Json, KeepsItsOwnCopyOfTheText) {
  std::unique_ptr<const Document> document;
  {
    std::string text = R"(["abc","d\u0065f"])";
    document = Document::parse(text);
    text.assign(text.size(), '!');
  }
  EXPECT_EQ(document->root()[0].text(), "abc");
  EXPECT_EQ(document->root()[1].text(), "def");
  const auto moved = std::move(document);
  EXPECT_EQ(moved->root()[1].text(), "def");
}

TEST(Json, PlacesInLongTextsAreThoseOfTheWholeText) {
  std::mt19937 random(5);
  std::string text = "[";
  while (text.size() < 300000) {
    text += random() % 400 == 0 ? "\n" : "";
    text += random() % 3 == 0 ? "\"بيروت\"," : "12,";
  }
  text += "0]";
  const auto document = Document::parse(text);
  std::size_t i = 0;
  for (const Value item : document->root()) {
    if (i++ % 97 != 0) continue;
    const Place expected = place_of(text, item.offset());
    ASSERT_EQ(item.place().line, expected.line);
    ASSERT_EQ(item.place().column, expected.column);
  }
}

TEST(Json, NamesItsTypes) {
  const auto document = Document::parse(R"([null,true,1,1.5,"",[],{}])");
  std::vector<std::string_view> names;
  for (const Value item : document->root()) names.push_back(type_name(item.type()));
  EXPECT_THAT(names, testing::ElementsAre("null", "boolean", "integer", "number", "string", "array",
                                          "object"));
}

// ---- Writer

TEST(JsonWriter, WritesCompactAndPretty) {
  const auto write = [](bool pretty) {
    Writer writer(pretty);
    writer.begin_object().key("a").begin_array().value(1).value(2.5).value(true).null();
    writer.begin_object().end_object().begin_array().end_array().end_array();
    writer.key("b\n").value("c\"").key("d").raw("[1, 2]").key("e").begin_object();
    writer.key("f").value(std::int64_t{-9223372036854775807 - 1}).end_object().end_object();
    return writer.take();
  };
  EXPECT_EQ(
      write(false),
      R"({"a":[1,2.5,true,null,{},[]],"b\n":"c\"","d":[1, 2],"e":{"f":-9223372036854775808}})");
  EXPECT_EQ(write(true), R"({
  "a": [
    1,
    2.5,
    true,
    null,
    {},
    []
  ],
  "b\n": "c\"",
  "d": [1, 2],
  "e": {
    "f": -9223372036854775808
  }
})");
}

TEST(JsonWriter, CopiesATreeThatReadsBackTheSame) {
  for (const std::string& text : test::documents) {
    const auto document = Document::parse(text);
    for (const bool pretty : {false, true}) {
      Writer writer(pretty);
      writer.value(document->root());
      const std::string copy = writer.take();
      EXPECT_EQ(canonical(Document::parse(copy)->root()), canonical(document->root())) << copy;
      Writer again(pretty);
      again.value(Document::parse(copy)->root());
      EXPECT_EQ(again.take(), copy);
    }
  }
}

// ---- Problems and ObjectReader

std::vector<std::string> messages(const Problems& problems) {
  std::vector<std::string> out;
  try {
    problems.raise(Code::invalid_document);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_document);
    for (const Problem& problem : error.problems()) {
      out.push_back(problem.pointer + "@" + std::to_string(problem.line) + ":" +
                    std::to_string(problem.column) + " " + problem.message);
    }
  }
  return out;
}

TEST(JsonReader, ReadsMembersByName) {
  const auto document =
      Document::parse(R"({"t":"x","i":7,"b":false,"a":[1],"o":{},"r":1.5,"n":null})");
  Problems problems;
  ObjectReader reader(document->root(), problems);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.text("t", true), "x");
  EXPECT_EQ(reader.integer("i", true), 7);
  EXPECT_EQ(reader.boolean("b", true), false);
  EXPECT_EQ(reader.array("a", true)->size(), 1u);
  EXPECT_EQ(reader.object("o", true)->size(), 0u);
  EXPECT_EQ(reader.any("r", true)->real(), 1.5);
  EXPECT_TRUE(reader.any("n")->is(Type::null));
  EXPECT_FALSE(reader.text("absent"));
  EXPECT_FALSE(reader.any("absent"));
  reader.finish();
  EXPECT_TRUE(problems.empty());
  problems.raise(Code::internal);
}

TEST(JsonReader, ReportsEverythingAtOnce) {
  const auto document = Document::parse(R"({"inner":
  {"name":5,"size":"x","flag":1,"list":{},"thing":[],"empty":"","titel":1,"zzzzzz":2,
   "frac":1.5,"nothing":null}})");
  Problems problems;
  ObjectReader outer(document->root(), problems);
  ObjectReader reader(outer.object("inner").value(), problems);
  EXPECT_FALSE(reader.text("name", true));
  EXPECT_FALSE(reader.integer("size"));
  EXPECT_FALSE(reader.boolean("flag"));
  EXPECT_FALSE(reader.array("list"));
  EXPECT_FALSE(reader.object("thing"));
  EXPECT_FALSE(reader.text("empty"));
  EXPECT_FALSE(reader.text("title", true));
  EXPECT_FALSE(reader.integer("frac"));
  EXPECT_FALSE(reader.integer("nothing"));
  reader.finish();
  outer.finish();
  EXPECT_THAT(
      messages(problems),
      testing::ElementsAre("/inner@2:3 missing member `title`",
                           "/inner/name@2:11 `name` is an integer, expected a string",
                           "/inner/size@2:20 `size` is a string, expected an integer",
                           "/inner/flag@2:31 `flag` is an integer, expected a boolean",
                           "/inner/list@2:40 `list` is an object, expected an array",
                           "/inner/thing@2:51 `thing` is an array, expected an object",
                           "/inner/empty@2:62 `empty` is empty, expected a text",
                           "/inner/titel@2:73 unknown member `titel`, did you mean `title`?",
                           "/inner/zzzzzz@2:84 unknown member `zzzzzz`",
                           "/inner/frac@3:11 `frac` is a number, expected an integer",
                           "/inner/nothing@3:25 `nothing` is null, expected an integer"));
}

TEST(JsonReader, SaysOnceThatSomethingIsNoObject) {
  const auto document = Document::parse("[3]");
  Problems problems;
  ObjectReader reader(document->root()[0], problems);
  EXPECT_FALSE(reader.ok());
  EXPECT_FALSE(reader.text("a", true));
  EXPECT_FALSE(reader.any("b", true));
  reader.finish();
  EXPECT_THAT(messages(problems),
              testing::ElementsAre("/0@1:2 expected an object, found an integer"));
}

TEST(JsonReader, CountsProblemsBeyondTheListedOnes) {
  std::string text = "{";
  for (int i = 0; i < 1500; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  text += "\"end\":0}";
  const auto document = Document::parse(text);
  Problems problems;
  ObjectReader reader(document->root(), problems);
  reader.any("end");
  reader.finish();
  EXPECT_EQ(problems.size(), 1500u);
  const std::vector<std::string> all = messages(problems);
  ASSERT_EQ(all.size(), 1001u);
  EXPECT_EQ(all.back(), "@0:0 500 further problems are not listed");
}

}  // namespace
}  // namespace partnership::json
