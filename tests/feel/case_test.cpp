// SPDX-License-Identifier: Apache-2.0
//
// Cases: from JSON against a second reader, and by calls; what is wrong with a text and where.
#include <gtest/gtest.h>

#include <map>

#include "base/error.hpp"
#include "feel/case_builder.hpp"
#include "feel/case_value.hpp"
#include "feel/columns_random.hpp"
#include "feel/columns_tools.hpp"
#include "feel/naive_case.hpp"

namespace partnership::feel {
namespace {

ReadOptions lenient() {
  ReadOptions options;
  options.keep_misfits = true;
  options.unknown = ReadOptions::Unknown::keep;
  return options;
}

struct Schema {
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* type = nullptr;
  std::shared_ptr<const Layout> layout;

  explicit Schema(const std::string& text) {
    const auto document = json::Document::parse(text);
    json::Problems problems;
    type = types->read_schema(document->root(), problems);
    EXPECT_TRUE(problems.empty());
    layout = Layout::make(*type, types);
  }
};

// All problems, as "line:column pointer: message".
std::vector<std::string> problems_of(const Schema& schema, const std::string& text,
                                     const ReadOptions& options = {}, Code* code = nullptr,
                                     char form = 'o') {
  Batch batch(schema.layout);
  CaseReader reader(options);
  std::vector<std::string> out;
  try {
    if (form == 'o') reader.read(text, batch);
    if (form == 'l') reader.read_lines(text, batch);
    if (form == 'a') reader.read_array(text, batch);
  } catch (const Error& error) {
    if (code != nullptr) *code = error.code();
    for (const Problem& problem : error.problems()) {
      out.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
                    problem.pointer + ": " + problem.message);
    }
    EXPECT_EQ(batch.rows(), 0U);
  }
  return out;
}

TEST(Case, IsReadAsASecondReaderDoes) {
  const Schema schema(random_schema);
  CaseReader reader(lenient());
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    RandomCases cases(seed);
    cases.dirt = seed % 4 == 0 ? 0 : seed % 4 * 3;
    const std::string text = cases.json();
    Batch batch(schema.layout);
    reader.read(text, batch);
    batch.finish();
    Arena arena;
    const auto document = json::Document::parse(text);
    const Value expected = naive::typed(document->root(), *schema.type, arena);
    const Value got = batch.row(0, arena);
    ASSERT_TRUE(same(expected, got)) << text << "\n" << text_of(got);
    const Value plain = read_json_value(text, arena);
    ASSERT_TRUE(same(naive::plain(document->root(), arena), plain)) << text;
  }
}

TEST(Case, OfManyInOneBatchAreTheSame) {
  const Schema schema(random_schema);
  std::vector<std::string> texts;
  std::string lines, array = "[";
  RandomCases cases(77);
  for (int i = 0; i < 300; ++i) {
    cases.dirt = i % 3 == 0 ? 0 : 5;
    texts.push_back(cases.json());
    lines += texts.back() + (i % 2 == 0 ? "\r\n" : "\n\n  \n");
    array += (i > 0 ? " ,\n" : "\n") + texts.back();
  }
  array += "]\n";
  for (const bool as_lines : {true, false}) {
    Batch batch(schema.layout);
    CaseReader reader(lenient());
    if (as_lines) {
      reader.read_lines(lines, batch);
    } else {
      reader.read_array(array, batch);
    }
    batch.finish();
    ASSERT_EQ(batch.rows(), texts.size());
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      Arena arena;
      const auto document = json::Document::parse(texts[row]);
      ASSERT_TRUE(same(naive::typed(document->root(), *schema.type, arena), batch.row(row, arena)))
          << row << texts[row];
    }
  }
}

TEST(Case, IsTheSameWhenItIsBuilt) {
  const Schema schema(random_schema);
  Batch read(schema.layout), built(schema.layout);
  CaseReader reader(lenient());
  CaseBuilder builder(built, true);
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    RandomCases cases(seed);
    cases.dirt = seed % 2 == 0 ? 0 : 6;
    const std::string text = cases.json();
    reader.read(text, read);
    Arena arena;
    const auto document = json::Document::parse(text);
    builder.append(naive::typed(document->root(), *schema.type, arena));
  }
  read.finish();
  built.finish();
  for (std::uint32_t row = 0; row < read.rows(); ++row) {
    Arena arena;
    EXPECT_TRUE(same(read.row(row, arena), built.row(row, arena))) << row;
  }
}

TEST(Case, SaysAllThatDoesNotFit) {
  const Schema schema(
      R"({"flag": "boolean", "day": "date", "people": [{"side": "string", "age": "number"}],
          "box": {"a/b": "number"}, "how long": "days and time duration"})");
  Code code = Code::ok;
  const auto problems = problems_of(schema,
                                    "{\"flag\": 1,\n \"day\": \"2020-02-30\", \"peple\": [],\n"
                                    "\"people\": [{\"side\": \"x\"}, 5, {\"age\": \"old\"}],\n"
                                    "\"box\": {\"a/b\": [1]}, \"how long\": \"P1Y\"}",
                                    {}, &code);
  const std::vector<std::string> expected = {
      "1:10 /flag: expected boolean, found a number",
      "2:9 /day: expected date, found `2020-02-30`",
      "2:23 /peple: no member `peple` is declared, did you mean `people`?",
      "3:27 /people/1: expected context<side: string, age: number>, found a number",
      "3:38 /people/2/age: expected number, found a text",
      "4:16 /box/a~1b: expected number, found an array",
      "4:34 /how long: expected days and time duration, found `P1Y`",
  };
  EXPECT_EQ(problems, expected);
  EXPECT_EQ(code, Code::invalid_document);
  EXPECT_EQ(problems_of(schema, "{\"flag\":null,\"people\":[null],\"box\":null}"),
            std::vector<std::string>{});
  EXPECT_EQ(
      problems_of(schema, "[1]"),
      std::vector<std::string>{"1:1 : expected " + type_text(*schema.type) + ", found an array"});
}

TEST(Case, IsRefusedWhereItIsNoJson) {
  const Schema schema(R"({"a": "number", "b": [{"c": "string"}], "d": "Any"})");
  const std::map<std::string, std::string> texts = {
      {"", "1:1 : empty text, expected a value"},
      {"{", "1:2 : expected a name in quotes or `}`, found the end of the text"},
      {"{\"a\":1", "1:7 : expected `,` or `}`, found the end of the text"},
      {"{\"a\":1,}", "1:8 : expected a name in quotes, found `}`"},
      {"{\"a\":01}", "1:6 : number with a leading zero"},
      {"{\"a\":1}x", "1:8 : expected the end of the text after the value, found `x`"},
      {"{\"a\" 1}", "1:6 : expected `:` after the name, found `1`"},
      {"{\"a\":1,\"a\":2}", "1:8 : name `a` stands twice in one object"},
      {"{\"a\":1,\"\\u0061\":2}", "1:8 : name `a` stands twice in one object"},
      {"{\"x\":1,\"x\":2}", "1:8 : name `x` stands twice in one object"},
      {"{\"b\":[{\"c\":\"x\"]}", "1:15 : expected `,` or `}`, found `]`"},
      {"{\"b\":[{\"c\":\"\\q\"}]}",
       "1:13 : unknown escape `\\` with `q`, expected one of `\"\\/bfnrtu` after it"},
      {"{\"b\":[,]}", "1:7 : expected a value, found `,`"},
      {"{\"a\":tru}", "1:6 : expected a value, found `tru`"},
      {"{\"d\":{\"e\":1,\"e\":1}}", "1:13 : name `e` stands twice in one object"},
      {"{\"b\":\"\xff\"}", "1:7 : byte 0xff is not UTF-8"},
      {"{\"d\":1e99999}", "1:6 : number `1e99999` is beyond those of 34 digits"},
  };
  for (const auto& [text, problem] : texts) {
    Code code = Code::ok;
    ReadOptions options;
    options.unknown = ReadOptions::Unknown::drop;
    const auto problems = problems_of(schema, text, options, &code);
    ASSERT_EQ(problems.size(), 1U) << text;
    EXPECT_EQ(problems[0], problem) << text;
    EXPECT_EQ(code, Code::malformed) << text;
  }
}

TEST(Case, KeepsWithinItsLimits) {
  const Schema schema(R"({"d": "Any", "l": [[["number"]]]})");
  Code code = Code::ok;
  EXPECT_EQ(problems_of(schema, "{\"d\":" + std::string(100000, '['), {}, &code).size(), 1U);
  EXPECT_EQ(code, Code::limit);
  ReadOptions options;
  options.limits.depth = 3;
  EXPECT_EQ(problems_of(schema, "{\"l\":[[1]]}", options, &code).size(), 1U);
  EXPECT_EQ(problems_of(schema, "{\"l\":[[[1]]]}", options, &code),
            std::vector<std::string>{"1:8 : nesting deeper than 3 levels"});
  options.limits.bytes = 10;
  EXPECT_EQ(problems_of(schema, "{\"d\":1234567}", options, &code).size(), 1U);
  // Of very many problems the first thousand are listed, in time that grows with the text.
  std::string text = "{\"l\":[";
  for (int i = 0; i < 200000; ++i) text += i > 0 ? ",1" : "1";
  EXPECT_EQ(problems_of(schema, text + "]}", {}, &code).size(), 1001U);
}

TEST(Case, HasPlacesInTheWholeText) {
  const Schema schema(R"({"a": "number"})");
  EXPECT_EQ(problems_of(schema, "{\"a\":1}\n\n {\"a\":true}\n{\"b\":1}", {}, nullptr, 'l'),
            (std::vector<std::string>{"3:7 /a: expected number, found true or false",
                                      "4:2 /b: no member `b` is declared"}));
  EXPECT_EQ(problems_of(schema, "{\"a\":1}\n {\"a\":}", {}, nullptr, 'l'),
            (std::vector<std::string>{"2:7 : expected a value, found `}`"}));
  EXPECT_EQ(problems_of(schema, "[{\"a\":1},{\"a\":true},\n{\"a\":\n\"x\"}]", {}, nullptr, 'a'),
            (std::vector<std::string>{"1:15 /1/a: expected number, found true or false",
                                      "3:1 /2/a: expected number, found a text"}));
  EXPECT_EQ(problems_of(schema, "{\"a\":1}", {}, nullptr, 'a'),
            (std::vector<std::string>{"1:1 : expected an array of cases"}));
  EXPECT_EQ(problems_of(schema, "[{\"a\":1}", {}, nullptr, 'a'),
            (std::vector<std::string>{"1:9 : expected `,` or `]`"}));
  EXPECT_EQ(problems_of(schema, "[{\"a\":1},]", {}, nullptr, 'a').size(), 1U);
  EXPECT_EQ(problems_of(schema, " [ ] ", {}, nullptr, 'a').size(), 0U);
}

TEST(Case, KeepsUnknownMembersOfAnOpenContext) {
  auto types = std::make_shared<Types>();
  const Type* const number = types->simple(TypeKind::number);
  const Type* const type = types->context({{"a", number, false}}, true);
  const auto layout = Layout::make(*type, types);
  const auto shown = [&](ReadOptions::Unknown unknown) {
    ReadOptions options;
    options.unknown = unknown;
    Arena arena;
    const Batch batch = read_case(layout, R"({"x":[1],"a":1,"y y":null})", options);
    return text_of(batch.row(0, arena));
  };
  EXPECT_EQ(shown(ReadOptions::Unknown::refuse), R"({a: 1, x: [1], "y y": null})");
  EXPECT_EQ(shown(ReadOptions::Unknown::keep), R"({a: 1, x: [1], "y y": null})");
  EXPECT_EQ(shown(ReadOptions::Unknown::drop), R"({a: 1})");
}

TEST(Case, HasTheNumbersOfItsText) {
  const Schema schema(R"({"n": "number"})");
  const std::vector<std::string> numbers = {"1",
                                            "1.5",
                                            "-0.25",
                                            "3",
                                            "9223372036854775807",
                                            "0.000000000000000001",
                                            "1e3",
                                            "7.10",
                                            "922337203685477580",
                                            "12345678901234567890.123",
                                            "-9223372036854775808",
                                            "1e-30",
                                            "0",
                                            "2.5",
                                            "100000000000000000",
                                            "0.1"};
  Batch batch(schema.layout);
  CaseReader reader;
  for (const std::string& number : numbers) reader.read("{\"n\":" + number + "}", batch);
  batch.finish();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    Arena arena;
    const Value got = *batch.row(row, arena).context().find("n");
    EXPECT_TRUE(equal_numbers(got, *parse_number(arena, numbers[row]))) << numbers[row];
  }
}

TEST(CaseBuilder, TakesCallsInOrder) {
  const Schema schema(
      R"({"flag": "boolean", "day": "date", "box": {"n": "number"}, "words": ["string"],
          "people": [{"side": "string", "age": "number"}]})");
  const Layout& layout = *schema.layout;
  const SlotId people = layout.member(0, "people"), words = layout.member(0, "words");
  const SlotId person = layout.slot(people).first, box = layout.member(0, "box");
  Batch batch(schema.layout);
  CaseBuilder builder(batch);
  EXPECT_THROW(builder.set(layout.member(0, "flag"), Value::boolean(true)), Error);
  builder.begin_case();
  EXPECT_THROW(builder.begin_case(), Error);
  builder.set(layout.member(0, "flag"), Value::boolean(true));
  EXPECT_THROW(builder.set(layout.member(0, "flag"), Value::boolean(true)), Error);
  EXPECT_THROW(builder.set(layout.member(person, "age"), Value::small_number(1)), Error);
  builder.begin_list(people);
  EXPECT_THROW(builder.end_case(), Error);
  builder.begin_record(person);
  builder.set_text(layout.member(person, "side"), "gov");
  builder.end_record();
  builder.set(person, Value());
  builder.end_list();
  EXPECT_THROW(builder.end_list(), Error);
  builder.begin_list(words);
  builder.set_text(layout.slot(words).first, "a");
  builder.set_text(layout.slot(words).first, "b");
  builder.end_list();
  builder.begin_record(box);
  builder.set(layout.member(box, "n"), Value::small_number(15, 1));
  builder.end_record();
  builder.set_text(layout.member(0, "day"), "2020-01-31");
  builder.end_case();
  builder.begin_case();
  builder.end_case();
  batch.finish();
  EXPECT_THROW(builder.begin_case(), Error);
  Arena arena;
  EXPECT_EQ(text_of(batch.row(0, arena)),
            R"({flag: true, day: @"2020-01-31", box: {n: 1.5}, words: ["a", "b"], )"
            R"(people: [{side: "gov"}, null]})");
  EXPECT_EQ(text_of(batch.row(1, arena)), "{}");
  EXPECT_EQ(layout.path(layout.member(person, "side")), "people[].side");
}

TEST(CaseBuilder, RefusesWhatDoesNotFit) {
  const Schema schema(R"({"flag": "boolean", "people": [{"age": "number"}]})");
  Batch batch(schema.layout);
  CaseBuilder builder(batch);
  builder.begin_case();
  try {
    builder.set(schema.layout->member(0, "flag"), Value::string("yes"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "`flag` is declared boolean, and cannot be `\"yes\"`");
  }
  EXPECT_EQ(batch.rows(), 0U);
  builder.begin_case();
  builder.set(schema.layout->member(0, "flag"), Value::boolean(false));
  builder.end_case();
  EXPECT_EQ(batch.rows(), 1U);
}

TEST(Layout, RefusesWhatIsNoContext) {
  auto types = std::make_shared<Types>();
  EXPECT_THROW(Layout::make(*types->simple(TypeKind::number), types), Error);
}

TEST(Dictionary, GivesEqualTextsEqualCodes) {
  Dictionary dictionary;
  Arena arena;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 20000; ++i) {
      ASSERT_EQ(dictionary.intern("text " + std::to_string(i * 7919), arena), i);
    }
  }
  EXPECT_EQ(dictionary.find("text 7919"), 1U);
  EXPECT_EQ(dictionary.find("text"), Dictionary::none);
  EXPECT_EQ(dictionary.text(2), "text 15838");
  Dictionary base;
  base.intern("x", arena);
  dictionary.reset(base);
  EXPECT_EQ(dictionary.size(), 1U);
  EXPECT_EQ(dictionary.find("text 7919"), Dictionary::none);
  EXPECT_EQ(dictionary.intern("x", arena), 0U);
  EXPECT_EQ(dictionary.intern("text 7919", arena), 1U);
}

// Texts that were chosen for their hashes cost no quadratic time, and are told apart.
TEST(Dictionary, StandsTextsOfLikeHashes) {
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; texts.size() < 300; ++i) {
    std::string text = "k" + std::to_string(i);
    if (Dictionary::hash_of(text) % 4096 == 17) texts.push_back(std::move(text));
  }
  Dictionary dictionary;
  Arena arena;
  for (std::uint32_t i = 0; i < texts.size(); ++i) ASSERT_EQ(dictionary.intern(texts[i], arena), i);
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(dictionary.intern(texts[i], arena), i);
    EXPECT_EQ(dictionary.find(texts[i]), i);
    EXPECT_EQ(dictionary.text(i), texts[i]);
  }
}

}  // namespace
}  // namespace partnership::feel
