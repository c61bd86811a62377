// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with a charter's document besides its norms, and with many things at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// ---- the document's head

TEST(CharterProblems, OfTheHead) {
  const auto head = [](const std::string& more) { return problems_of(document("", more)); };
  EXPECT_THAT(head(""), IsEmpty());
  EXPECT_THAT(head(R"("status": "in froce",)"),
              ElementsAre(HasSubstr("/status: expected `in force`, `proposed`, `superseded` or "
                                    "`example`, not `in froce`, did you mean `in force`?")));
  EXPECT_THAT(head(R"("calendar": "lb-pubilc-of-nobody",)"),
              ElementsAre(HasSubstr("/calendar: there is no calendar `lb-pubilc-of-nobody`")));
  EXPECT_THAT(head(R"("calendar": "lebanno",)"),
              ElementsAre(HasSubstr("no calendar `lebanno`, did you mean `lebanon`?")));
  EXPECT_THAT(head(R"("calendar": "../calendars/lebanon",)"), SizeIs(1));
  EXPECT_THAT(head(R"("calendar": "lebanon",)"), IsEmpty());
  EXPECT_THAT(head(R"("calendar": 1,)"),
              ElementsAre(HasSubstr("/calendar: expected the id of a calendar")));
  EXPECT_THAT(head(R"("source": {"title": {}},)"), ElementsAre(HasSubstr("/source/title: ")));
  EXPECT_THAT(head(R"("in force": {"from": "2020-01-01", "to": "2019-01-01"},)"),
              ElementsAre(HasSubstr("/in force: this ends on or before")));
  EXPECT_THAT(head(R"("principles": {" p": "P"},)"),
              ElementsAre(HasSubstr("/principles/ p: expected an id without white space")));
  EXPECT_THAT(head(R"("principles": {"e\u0301": "P", "\u00e9": "Q"},)"),
              ElementsAre(HasSubstr("there are two of the principle")));
  EXPECT_THAT(head("\"principles\": {\"" + std::string(201, 'x') + "\": \"P\"},"),
              ElementsAre(HasSubstr("expected an id of at most 200 bytes")));
  EXPECT_THAT(problems_of("[]"), ElementsAre(HasSubstr("expected an object")));
  EXPECT_THAT(problems_of(R"({"charter": "c", "version": "", "title": "T", "parties": {},
                              "kinds": {}, "norms": [], "norm": []})"),
              ElementsAre(HasSubstr("/version: `version` is empty"),
                          HasSubstr("/kinds: expected 1 to 200 kinds of case"),
                          HasSubstr("/norm: unknown member `norm`, did you mean `norms`?")));
}

TEST(CharterProblems, OfACalendarInsideTheDocument) {
  const auto problems = problems_of(document("", R"("calendar":
  {"calendar": "x", "title": "X", "weekend": ["saterday"],
   "valid": {"from": "2020-01-01", "to": "2019-01-01"}},)"));
  EXPECT_THAT(problems,
              ElementsAre(HasSubstr("2:/calendar/weekend/0: "), HasSubstr("3:/calendar/valid: ")));
  try {
    Charter::load(document("", R"("calendar": {"calendar": "", "title": "X"},)"));
    FAIL();
  } catch (const Error& error) {
    const Problem& first = error.problems().front();
    EXPECT_EQ(first.line, 1);
    // As far from the start of its line as from the start of the text.
    EXPECT_EQ(first.column, first.offset + 1);
  }
}

TEST(CharterProblems, OfWindows) {
  const auto window = [](const std::string& ends) {
    return problems_of(document("", R"("windows": {"w": {)" + ends + "}},"));
  };
  EXPECT_THAT(window(R"("from": "07-15", "to": {"easter": "orthodox", "offset": 3})"), IsEmpty());
  EXPECT_THAT(window(R"("from": "12-20", "to": "01-10")"), IsEmpty());
  EXPECT_THAT(window(R"("from": "07-15")"), ElementsAre(HasSubstr("/w: missing member `to`")));
  EXPECT_THAT(window(R"("from": "02-29", "to": "03-01")"),
              ElementsAre(HasSubstr("/from: expected a day that every year has")));
  EXPECT_THAT(window(R"("from": {"weekday": "monday", "nth": 5, "month": 2}, "to": "03-01")"),
              ElementsAre(HasSubstr("/from: expected a day that every year has")));
  EXPECT_THAT(window(R"("from": "13-01", "to": "3-1")"),
              ElementsAre(HasSubstr("/from: "), HasSubstr("/to: ")));
  EXPECT_THAT(window(R"("from": {"easter": "eastern", "offset": 400}, "to": "03-01")"),
              ElementsAre(HasSubstr("/from/easter: "), HasSubstr("/from/offset: ")));
}

TEST(CharterProblems, OfKindsAndFacts) {
  const auto kinds = [](const std::string& text) {
    return problems_of(R"({"charter": "c", "version": "1", "title": "C", "parties": {"p": "P"},
                           "kinds": {)" +
                       text + R"(}, "norms": []})");
  };
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": "date"}, "dated by": "f"})"), IsEmpty());
  EXPECT_THAT(kinds(R"("k": {"facts": {"f": "date"}})"),
              ElementsAre(HasSubstr("/k: missing member `label`")));
  EXPECT_THAT(kinds(R"("k": {"label": "K"})"),
              ElementsAre(HasSubstr("/k: missing member `facts`")));
  // Of conditions over facts that nobody knows nothing is said.
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {}, "dated by": "f"})"),
              ElementsAre(HasSubstr("/k/facts: expected 1 to 1000 facts")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": "date"}, "dated by": "g"})"),
              ElementsAre(HasSubstr("/k/dated by: ")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": "number"}, "dated by": "f"})"),
              ElementsAre(HasSubstr("/k/dated by: expected a date, this gives number")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": "dat"}})"),
              ElementsAre(HasSubstr("/k/facts/f: unknown type `dat` (did you mean `date`?)")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": 5, "g": ["date", "date"]}})"),
              ElementsAre(HasSubstr("/facts/f: expected a type"),
                          HasSubstr("/facts/g: expected one type between the brackets")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f": {"type": "date", "lable": "F"}}})"),
              ElementsAre(HasSubstr("/f/lable: unknown member `lable`, did you mean `label`?")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"f g": "date", "f  g": "date"}})"),
              ElementsAre(HasSubstr("there are two of the fact `f g`")));
  EXPECT_THAT(kinds(R"("k": {"label": "K", "facts": {"5f": "date", "": "date", "a[b]": "date"
}
})"),
              ElementsAre(HasSubstr("`5f` cannot be the name of a fact"), HasSubstr("`` cannot be"),
                          HasSubstr("`a[b]` cannot be")));
}

// ---- places inside expressions

TEST(CharterProblems, InExpressionsStandWhereTheyAreWritten) {
  const auto place = [](const std::string& expression) {
    const std::string json = document(norm("x", "\"require\": \"" + expression + "\""));
    try {
      Charter::load(json);
      return std::string();
    } catch (const Error& error) {
      const Problem& problem = error.problems().front();
      EXPECT_EQ(problem.pointer, "/norms/0/require");
      const Place counted = place_of(json, static_cast<std::size_t>(problem.offset));
      EXPECT_EQ(problem.line, counted.line);
      EXPECT_EQ(problem.column, counted.column);
      return json.substr(static_cast<std::size_t>(problem.offset), 4);
    }
  };
  EXPECT_EQ(place("a and nobody"), "nobo");
  EXPECT_EQ(place(R"(t = \"\u00e9\t\" and nobody)"), "nobo");
  EXPECT_EQ(place(R"(t = \"\ud83d\ude00\\\\\" and nobody)"), "nobo");
  EXPECT_EQ(place(R"(t = \"مهلة\"\nand nobody)"), "nobo");
  EXPECT_EQ(place("n > \\\"x\\\""), "n > ");
}

// ---- all at once, and hostile ones

TEST(CharterProblems, AreToldAllAtOnceInTheOrderOfTheText) {
  const std::string json = R"({
"charter": "", "version": 2, "title": {"de": "x"}, "status": "agreed", "sise": 5,
"calendar": "nowhere",
"parties": {"state": ""},
"windows": {"w": {"from": "08-15"}},
"kinds": {"case": {"label": "Case", "facts": {"a": "boolean", "d": "dat"}}},
"norms": [
{"id": "x", "label": "L", "modality": "duty", "bearer": "stat", "about": "cases", "require": "nobody"},
{"id": "x", "citation": "c", "label": "L", "modality": "obligation", "bearer": "state", "about": "case",
 "require": "nobody"},
{"id": "y", "citation": "c", "label": "L", "modality": "obligation", "bearer": "state", "about": "case",
 "exception of": "y", "require": "a",
 "tests": [{"on": "2020-01-01", "case": {"a": 1, "q": 2}, "expect": "failed"}]},
[]
]})";
  const auto problems = problems_of(json);
  EXPECT_TRUE(std::ranges::is_sorted(
      problems, {}, [](const std::string& problem) { return std::stoi(problem); }));
  EXPECT_THAT(
      problems,
      ElementsAre(
          HasSubstr("2:/charter: `charter` is empty"), HasSubstr("2:/version: `version` is"),
          HasSubstr("2:/title/de: "), HasSubstr("2:/status: expected "), HasSubstr("2:/sise: "),
          HasSubstr("3:/calendar: there is no calendar"), HasSubstr("4:/parties/state: "),
          HasSubstr("5:/windows/w: missing member `to`"),
          HasSubstr("6:/kinds/case/facts/d: unknown type"),
          HasSubstr("8:/norms/0: missing member `citation`"),
          HasSubstr("8:/norms/0/modality: expected "),
          HasSubstr("8:/norms/0/bearer: there is no party `stat`, did you mean `state`?"),
          HasSubstr("8:/norms/0/about: there is no kind of case `cases`, did you mean"),
          HasSubstr("9:/norms/1: two versions of `x` are in force together"),
          HasSubstr("10:/norms/1/require: "), HasSubstr("12:/norms/2/exception of: a cycle"),
          HasSubstr("13:/norms/2/tests/0/expect: expected "),
          HasSubstr("14:/norms/3: expected an object, found an array")));
}

TEST(CharterProblems, OfHostileDocuments) {
  const auto code_of = [](const std::string& json) {
    try {
      Charter::load(json);
      return Code::ok;
    } catch (const Error& error) {
      EXPECT_LE(error.problems().size(), 1001U);
      return error.code();
    }
  };
  EXPECT_EQ(code_of(""), Code::malformed);
  EXPECT_EQ(code_of("{\"charter\": \"c\", \"charter\": \"c\"}"), Code::malformed);
  EXPECT_EQ(code_of(std::string(1000, '[')), Code::limit);
  EXPECT_EQ(code_of(std::string((16U << 20U) + 1, ' ')), Code::limit);
  std::string facts;
  for (int i = 0; i < 70; ++i) facts += R"({"a":)";
  EXPECT_EQ(code_of(document("", R"("kindz": )" + facts)), Code::limit);

  const auto many = [](int count, const std::string& item) {
    std::string out;
    for (int i = 0; i < count; ++i) out += (i > 0 ? "," : "") + item;
    return out;
  };
  EXPECT_EQ(code_of(document(many(10'001, "1"))), Code::invalid_document);
  EXPECT_EQ(code_of(document(many(10'000, "1"))), Code::invalid_document);
  EXPECT_EQ(code_of(document(norm("x", R"("require": "a", "tests": [)" + many(1001, "{}") + "]"))),
            Code::invalid_document);
  EXPECT_THAT(problems_of(document(norm("x",
                                        R"("duration": {"from": "d", "to": "e", "at least": "1 day",
          "grows": [)" + many(101, "{}") + "]}"))),
              testing::ElementsAre(testing::HasSubstr("expected at most 100 of them")));
  // Ten thousand norms that nobody is named by, and each is to be spelled.
  std::string norms;
  for (int i = 0; i < 10'000; ++i) {
    norms += (i > 0 ? "," : "") +
             norm("norm " + std::to_string(i),
                  R"("require": "a", "reparation": "morn )" + std::to_string(i) + "\"");
  }
  EXPECT_EQ(code_of(document(norms)), Code::invalid_document);
  const std::string deep = std::string(300, '(') + "a" + std::string(300, ')');
  EXPECT_THAT(problems_of(document(norm("x", "\"require\": \"" + deep + "\""))), SizeIs(1));
}

}  // namespace
}  // namespace partnership::charter
