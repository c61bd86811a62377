// SPDX-License-Identifier: Apache-2.0
//
// Types: their texts, schemas, joins, conformance, instances and conversion.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"
#include "feel/type.hpp"

namespace partnership::feel {
namespace {

std::string round_trip(std::string_view text) {
  Types types;
  try {
    return type_text(*types.parse(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::malformed);
    const Problem& problem = error.problems().front();
    return std::to_string(problem.offset) + " " + problem.message;
  }
}

TEST(FeelType, IsReadAndWritten) {
  for (const char* text :
       {"Any", "Null", "boolean", "number", "string", "date", "time", "date and time",
        "days and time duration", "years and months duration", "list<Any>", "list<list<number>>",
        "range<date>", "context", "function",
        "context<a: number, b c: list<string>, d/e: context<f: date>>", "function<> -> Any",
        "function<number, list<Any>> -> string", "context<a: number?, b: list<string>?>"}) {
    EXPECT_EQ(round_trip(text), text);
  }
  EXPECT_EQ(round_trip(" list < date and  time > "), "list<date and time>");
  EXPECT_EQ(round_trip("dateTime"), "date and time");
  EXPECT_EQ(round_trip("dayTimeDuration"), "days and time duration");
  EXPECT_EQ(round_trip("yearMonthDuration"), "years and months duration");
  EXPECT_EQ(round_trip("list"), "list<Any>");
  EXPECT_EQ(round_trip("function<>->Any"), "function<> -> Any");
}

TEST(FeelType, SaysWhatIsWrongWithItsText) {
  EXPECT_EQ(round_trip(""), "0 expected a type, found the end");
  EXPECT_EQ(round_trip("nubmer"), "0 unknown type `nubmer` (did you mean `number`?)");
  EXPECT_EQ(round_trip("list<strin>"), "5 unknown type `strin` (did you mean `string`?)");
  EXPECT_EQ(round_trip("list<string"), "11 expected `>`, found the end");
  EXPECT_EQ(round_trip("list<string>>"), "12 expected the end of the type, found `>`");
  EXPECT_EQ(round_trip("context<a number>"), "16 expected `:`, found `>`");
  EXPECT_EQ(round_trip("function<number>"), "16 expected `->`, found the end");
  EXPECT_EQ(round_trip("number?"), "0 unknown type `number?` (did you mean `number`?)");
  EXPECT_EQ(round_trip("\xFF"), "0 this is not UTF-8");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "list<";
  EXPECT_EQ(round_trip(deep), "320 types within each other more than 64 deep");
}

TEST(FeelType, IsOneObjectWhereItIsEqual) {
  Types types;
  EXPECT_EQ(types.parse("list<context<a: number>>"), types.parse("list<context<a: number>>"));
  EXPECT_NE(types.parse("context<a: number>"), types.parse("context<a: number?>"));
  EXPECT_EQ(types.parse("number"), types.simple(TypeKind::number));
  const Type* number = types.simple(TypeKind::number);
  EXPECT_EQ(type_text(*types.context({{"a", number}, {"b", number}, {"a", types.any()}}, false)),
            "context<a: Any, b: number>");
}

TEST(FeelType, StaysShallow) {
  Types types;
  const Type* type = types.any();
  for (int i = 0; i < 1000; ++i) type = types.list(type);
  EXPECT_LE(type->depth, Types::deepest);
  // Types that share their parts: texts and relations must not walk all their paths.
  const Type* left = types.simple(TypeKind::number);
  const Type* right = types.simple(TypeKind::string);
  for (int i = 0; i < 60; ++i) {
    left = types.context({{"p", left}, {"q", left}}, false);
    right = types.context({{"p", right}, {"q", right}}, false);
  }
  EXPECT_LT(type_text(*left).size(), 500u);
  EXPECT_FALSE(conforms(*left, *right));
  EXPECT_TRUE(conforms(*left, *left));
  EXPECT_TRUE(types.join(left, right)->is(TypeKind::context));
}

TEST(FeelType, NamesThatAreDefinedAreKnown) {
  Types types;
  types.define("my  type", types.parse("list<number>"));
  EXPECT_EQ(type_text(*types.parse("context<a: my type>")), "context<a: list<number>>");
  EXPECT_EQ(type_text(*types.parse("list<tNobody.x>", Types::Unknown::any)), "list<Any>");
}

std::string schema(std::string_view json) {
  Types types;
  const auto document = json::Document::parse(json);
  json::Problems problems;
  const Type* type = types.read_schema(document->root(), problems);
  try {
    problems.raise(Code::invalid_document);
  } catch (const Error& error) {
    std::string out;
    for (const Problem& problem : error.problems()) {
      out += problem.pointer + " " + problem.message + "\n";
    }
    return out;
  }
  return type_text(*type);
}

TEST(FeelType, IsReadFromASchema) {
  EXPECT_EQ(schema(R"({"a": "number", "b  c": ["string"], "d": {"e": "date?"}})"),
            "context<a: number, b c: list<string>, d: context<e: date?>>");
  EXPECT_EQ(schema(R"({"a": {"type": ["string"], "optional": true}})"),
            "context<a: list<string>?>");
  EXPECT_EQ(schema(R"({"a": {"type": "string", "optional": false}})"), "context<a: string>");
  EXPECT_EQ(schema(R"({"a": {"type": "string", "optional": "boolean"}})"),
            "context<a: context<type: string, optional: boolean>>");
  EXPECT_EQ(schema(R"([])"), " expected an object of field names and types, found array\n");
  EXPECT_EQ(schema(R"({"a": "nubmer", "b": 3, "c": ["string", "date"], "d": {"optional": true}})"),
            "/a unknown type `nubmer` (did you mean `number`?)\n"
            "/b expected a type (a text, [type] or an object), found integer\n"
            "/c expected one type between the brackets, found 2\n"
            "/d missing member `type`\n");
  EXPECT_EQ(schema(R"({"a": ["string?"]})"),
            "/a/0 unknown type `string?` (did you mean `string`?)\n");
}

TEST(FeelType, Joins) {
  Types types;
  const auto join = [&](std::string_view left, std::string_view right) {
    const Type* one = types.join(types.parse(left), types.parse(right));
    EXPECT_EQ(one, types.join(types.parse(right), types.parse(left))) << left << " " << right;
    return type_text(*one);
  };
  EXPECT_EQ(join("number", "number"), "number");
  EXPECT_EQ(join("number", "Null"), "number");
  EXPECT_EQ(join("number", "string"), "Any");
  EXPECT_EQ(join("list<number>", "list<Null>"), "list<number>");
  EXPECT_EQ(join("list<number>", "list<string>"), "list<Any>");
  EXPECT_EQ(join("context<a: number, b: string>", "context<a: number, c: string>"),
            "context<a: number>");
}

TEST(FeelType, Conforms) {
  Types types;
  const auto holds = [&](std::string_view from, std::string_view to) {
    return conforms(*types.parse(from), *types.parse(to));
  };
  EXPECT_TRUE(holds("number", "Any"));
  EXPECT_TRUE(holds("Null", "number"));
  EXPECT_FALSE(holds("Any", "number"));
  EXPECT_FALSE(holds("number", "string"));
  EXPECT_TRUE(holds("list<number>", "list<Any>"));
  EXPECT_FALSE(holds("list<Any>", "list<number>"));
  EXPECT_TRUE(holds("context<a: number, b: string>", "context<a: number>"));
  EXPECT_FALSE(holds("context<a: number>", "context<a: number, b: string>"));
  EXPECT_TRUE(holds("context<a: number>", "context<a: number, b: string?>"));
  EXPECT_FALSE(holds("context<a: number?>", "context<a: number>"));
  EXPECT_TRUE(holds("range<date>", "range<Any>"));
  EXPECT_TRUE(holds("function<Any> -> number", "function<string> -> Any"));
  EXPECT_FALSE(holds("function<string> -> number", "function<Any> -> Any"));
  EXPECT_FALSE(holds("function<> -> number", "function<Any> -> Any"));
  EXPECT_TRUE(holds("function<> -> number", "function"));
  EXPECT_FALSE(holds("function", "function<> -> Any"));
}

class FeelTypeOfValues : public ::testing::Test {
 protected:
  bool is(Value value, std::string_view type) { return instance_of(value, *types_.parse(type)); }
  std::optional<Value> to(Value value, std::string_view type) {
    return convert(arena_, value, *types_.parse(type));
  }
  Value list(std::initializer_list<Value> items) {
    return make_list(arena_, std::span(items.begin(), items.size()));
  }
  Value context(std::initializer_list<std::string_view> keys, std::initializer_list<Value> values) {
    return make_context(arena_, Shape::make(arena_, std::span(keys.begin(), keys.size())),
                        std::span(values.begin(), values.size()));
  }

  Types types_;
  Arena arena_;
  Value one_ = number(1);
  Value text_ = Value::string("x");
};

TEST_F(FeelTypeOfValues, Instances) {
  EXPECT_TRUE(is(Value(), "Any"));
  EXPECT_TRUE(is(Value(), "Null"));
  EXPECT_FALSE(is(Value(), "number"));
  EXPECT_FALSE(is(Value(), "list<Any>"));
  EXPECT_TRUE(is(one_, "number"));
  EXPECT_FALSE(is(one_, "Null"));
  EXPECT_TRUE(is(list({one_, Value()}), "list<number>"));
  EXPECT_FALSE(is(list({one_, text_}), "list<number>"));
  EXPECT_TRUE(is(list({}), "list<number>"));
  const Value both = context({"a", "b"}, {one_, text_});
  EXPECT_TRUE(is(both, "context<a: number>"));
  EXPECT_TRUE(is(both, "context<a: number, c: date?>"));
  EXPECT_FALSE(is(both, "context<a: number, c: date>"));
  EXPECT_FALSE(is(both, "context<a: string>"));
  EXPECT_TRUE(is(context({"a"}, {Value()}), "context<a: string>"));
  const Range range{one_, Value(), true, false};
  EXPECT_TRUE(is(Value::range(&range), "range<number>"));
  EXPECT_FALSE(is(Value::range(&range), "range<date>"));
}

TEST_F(FeelTypeOfValues, Conversions) {
  EXPECT_TRUE(to(Value(), "number")->is_null());
  EXPECT_TRUE(to(one_, "number")->is(Kind::number));
  EXPECT_FALSE(to(text_, "number"));
  EXPECT_EQ(to(one_, "list<number>")->items().size(), 1u);
  EXPECT_FALSE(to(one_, "list<string>"));
  EXPECT_TRUE(to(list({one_}), "number")->is(Kind::number));
  EXPECT_FALSE(to(list({one_, one_}), "number"));
  EXPECT_FALSE(to(list({text_}), "number"));
  const Value moment = *to(Value::date(10), "date and time");
  EXPECT_EQ(moment.date_time().days, 10);
  EXPECT_EQ(moment.date_time().nanoseconds, 0);
  EXPECT_EQ(moment.date_time().zoning, Zoning::offset);
  EXPECT_EQ(moment.date_time().offset, 0);
  EXPECT_FALSE(to(moment, "date"));
}

}  // namespace
}  // namespace partnership::feel
