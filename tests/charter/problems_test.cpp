// SPDX-License-Identifier: Apache-2.0
//
// Charter documents with something wrong in them: everything is named, with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "charter/charter_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Wrong {
  const char* what;   // the members of the norm `x`
  const char* where;  // pointer within /norms/0
  const char* message;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
  *out << wrong.what;
}

constexpr const char* good = R"("require": "a")";

class WrongNorm : public testing::TestWithParam<Wrong> {};

// Each of these is wrong in one thing, and that alone is told.
TEST_P(WrongNorm, IsToldWithItsPlace) {
  const auto& [what, where, message] = GetParam();
  const auto problems = problems_of(document(
      norm("x", what) + "," + norm("y", good) + "," + norm("w", R"("require": "z")", "other"),
      R"("windows": {"summer": {"from": "07-15", "to": "08-15"}},)"));
  ASSERT_THAT(problems, SizeIs(1)) << what;
  EXPECT_THAT(problems.front(), HasSubstr(":/norms/0" + std::string(where) + ": ")) << what;
  EXPECT_THAT(problems.front(), HasSubstr(message)) << what;
}

constexpr Wrong wrong_heads[] = {
    {R"("require": "a", "article": 1)", "/article", "`article` is an integer, expected a string"},
    {R"("require": "a", "text": {})", "/text", "expected"},
    {R"("require": "a", "note": {"de": "x"})", "/note/de", "unknown member `de`"},
    {R"("require": "a", "counterparty": "peeple")", "/counterparty",
     "there is no party `peeple`, did you mean `people`?"},
    {R"("require": "a", "principle": "p")", "/principle", "there is no principle `p`"},
    {R"("require": "a", "enabled": "yes")", "/enabled", "expected a boolean"},
    {R"("require": "a", "standing": "red")", "/standing",
     "expected `read`, `partly read` or `background`, not `red`, did you mean `read`?"},
    {R"("require": "a", "covers": ["x", ""])", "/covers/1", "expected a name that is not empty"},
    {R"("require": "a", "source": [])", "/source", "expected at least one source"},
    {R"("require": "a", "source": {"address": "x"})", "/source", "missing member `title`"},
    {R"("require": "a", "source": {"title": "x", "adress": "x"})", "/source/adress",
     "did you mean `address`?"},
    {R"("require": "a", "in force": {"from": "2019-02-29"})", "/in force/from", "2019-02"},
    {R"("require": "a", "in force": {"from": "2020-01-01", "to": "2020-01-01"})", "/in force",
     "this ends on or before the day on which it begins"},
    {R"("require": "a", "in force": {"form": "2020-01-01"})", "/in force/form",
     "unknown member `form`, did you mean `from`?"},
    {R"("require": "a", "evidence": ["a", "dd"])", "/evidence/1", "the fact `dd` is not declared"},
    {R"("require": "a", "evidence": ["d", "d"])", "/evidence/1", "named twice"},
    {R"("require": "a", "evidence": [])", "/evidence", "expected 1 to 100 of them"},
    {R"("require": "a", "evidence": "d")", "/evidence", "expected an array"},
    {R"("require": "a", "exception of": "v")", "/exception of", "there is no norm `v`"},
    {R"("require": "a", "exception of": ["y", "y"])", "/exception of/1", "named twice"},
    {R"("require": "a", "exception of": [])", "/exception of", "expected 1 to 100 of them"},
    {R"("require": "a", "exception of": "w")", "/exception of",
     "the norm `w` is about `other`, not about `case`"},
    {R"("require": "a", "exception of": "x")", "/exception of", "a cycle of exception: `x`, `x`"},
    {R"("require": "a", "reparation": 1)", "/reparation", "expected the id of a norm"},
    {R"("require": "a", "reparation": "yy")", "/reparation", "there is no norm `yy`"},
    {R"("require": "a", "reparation": "w")", "/reparation", "cannot be its reparation"},
    {R"("require": "a", "reparation": "x")", "/reparation", "a cycle of reparation: `x`, `x`"},
    {R"("require": "a", "unless": {"when": "b"})", "/unless", "missing member `reason`"},
    {R"("require": "a", "unless": {"when": "b", "reason": true})", "/unless/reason",
     "expected an expression in a text, found a boolean"},
    {R"("require": "a", "unless": {"when": "b", "reason": "n"})", "/unless/reason",
     "expected a text or a boolean, this gives number"},
    {R"("require": "a", "unless": true)", "/unless", "expected an object"},
    {R"("require": "a", "applies": "")", "/applies", "found an empty text"},
    {R"("require": "a", "applies": true)", "/applies", "expected an expression in a text"},
    {R"("require": "a", "applies": "n")", "/applies", "expected a boolean, this gives number"},
    {R"("require": "a", "aplies": "b")", "/aplies", "did you mean `applies`?"},
};
INSTANTIATE_TEST_SUITE_P(Heads, WrongNorm, testing::ValuesIn(wrong_heads));

constexpr Wrong wrong_shapes[] = {
    {R"("note": "N")", "", "expected exactly one of `require`, `deadline`"},
    {R"("require": "a", "notice": {})", "/notice", "this norm has the shape `require` already"},
    {R"("require": 1)", "/require", "expected an expression in a text, found an integer"},
    {R"("require": {"by": "d"})", "/require", "missing member `that`"},
    {R"("require": {"that": "a", "by": "n"})", "/require/by", "expected a date, this gives number"},
    {R"("require": "a and")", "/require", "expected"},
    {R"("require": "aa")", "/require", "aa"},
    {R"("require": "n > \"1\"")", "/require", ""},
    {R"("require": "t")", "/require", "expected a boolean, this gives string"},
    {R"("deadline": 5)", "/deadline", "expected an object"},
    {R"("deadline": {"after": "d", "within": "5 days"})", "/deadline", "missing member `done`"},
    {R"("deadline": {"after": "n", "within": "5 days", "done": "e"})", "/deadline/after",
     "expected a date"},
    {R"("deadline": {"after": {"breach of": "v"}, "within": "5 days", "done": "e"})",
     "/deadline/after/breach of", "there is no norm `v`"},
    {R"("deadline": {"after": {"breach of": "w"}, "within": "5 days", "done": "e"})",
     "/deadline/after/breach of", "is about `other`"},
    {R"("deadline": {"after": {"breach of": "x"}, "within": "5 days", "done": "e"})",
     "/deadline/after/breach of", "a cycle of breach: `x`, `x`"},
    {R"("deadline": {"after": {"breach of": "y"}, "within": "5 days", "done": "e"})",
     "/deadline/after/breach of", "the breach of `y` (line "},
    {R"("deadline": {"after": {}, "within": "5 days", "done": "e"})", "/deadline/after",
     "missing member `breach of`"},
    {R"("deadline": {"after": "d", "within": "-5 days", "done": "e"})", "/deadline/within",
     "expected a period such as `15 days`"},
    {R"("deadline": {"after": "d", "within": 5, "done": "e"})", "/deadline/within",
     "expected a period such as"},
    {R"("deadline": {"after": "d", "within": "5 dais", "done": "e"})", "/deadline/within",
     "not `5 dais`"},
    {R"("deadline": {"after": "d", "within": "5  days", "done": "e"})", "/deadline/within",
     "not `5  days`"},
    {R"("deadline": {"after": "d", "within": "1000000000000 days", "done": "e"})",
     "/deadline/within", "expected a period"},
    {R"("deadline": {"after": "d", "within": "36526 days", "done": "e"})", "/deadline/within",
     "expected at most 36525 days"},
    {R"("deadline": {"after": "d", "within": "101 years", "done": "e"})", "/deadline/within",
     "expected at most 100 years"},
    {R"("deadline": {"after": "d", "within": "5 working days", "done": "e"})", "/deadline/within",
     "working days need the charter's `calendar`"},
    {R"("deadline": {"after": "d", "within": "02-29 of the next year", "done": "e"})",
     "/deadline/within", "expected a period"},
    {R"("deadline": {"after": "d", "within": {"feel": "t"}, "done": "e"})", "/deadline/within/feel",
     "expected a number of days or a duration"},
    {R"("deadline": {"after": "d", "within": {}, "done": "e"})", "/deadline/within",
     "missing member `feel`"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "silence": "consent"})",
     "/deadline/silence", "expected `breach`, `refusal`, `acceptance` or `lapse`, not `consent`"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "on a day off": "next working day"})",
     "/deadline/on a day off", "days off need the charter's `calendar`"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "extension": {"by": "0 days", "when": "b", "reason": "t"}})",
     "/deadline/extension/by", "expected a period of at least 1"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "extension": {"by": "03-31 of the next year", "when": "b", "reason": "t"}})",
     "/deadline/extension/by", "only as `within` of a deadline"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "extension": {"by": "1 day", "when": "b"}})",
     "/deadline/extension", "missing member `reason`"},
    {R"("deadline": {"after": "d", "within": "5 days", "done": "e", "extension": {"by": "1 day", "when": "b", "reason": "t", "told": "t"}})",
     "/deadline/extension/told", "expected a date"},
    {R"("notice": {"before": "d", "at least": "03-31 of the next year", "done": "e"})",
     "/notice/at least", "only as `within` of a deadline"},
    {R"("notice": {"before": "d", "at least": "1 week"})", "/notice", "missing member `done`"},
    {R"("duration": {"from": "d", "to": "e"})", "/duration", "missing member `at least`"},
    {R"("duration": {"from": "d", "to": "e", "at least": "0 weeks"})", "/duration/at least",
     "expected a period of at least 1"},
    {R"("duration": {"from": "d", "to": "e", "at least": "1 week", "grows": [{"when it meets": "sumer", "by": "1 day"}]})",
     "/duration/grows/0/when it meets", "there is no window `sumer`, did you mean `summer`?"},
    {R"("duration": {"from": "d", "to": "e", "at least": "1 week", "grows": [{"when it meets": "summer", "by": "1 day"}, {"when it meets": "summer", "by": "1 day"}]})",
     "/duration/grows/1", "this grows already when it meets `summer`"},
    {R"("recurrence": {"of": "d", "from": "d", "gap": "1 month"})", "/recurrence/of",
     "expected a list of dates, this gives date"},
    {R"("recurrence": {"of": "days", "from": "d"})", "/recurrence",
     "expected either `gap`, or `at least` and `per`"},
    {R"("recurrence": {"of": "days", "from": "d", "gap": "1 day", "per": "1 year", "at least": 1})",
     "/recurrence", "expected either `gap`, or `at least` and `per`"},
    {R"("recurrence": {"of": "days", "from": "d", "per": "1 year"})", "/recurrence",
     "missing member `at least`"},
    {R"("recurrence": {"of": "days", "from": "d", "at least": 2})", "/recurrence",
     "missing member `per`"},
    {R"("recurrence": {"of": "days", "from": "d", "at least": 0, "per": "1 year"})",
     "/recurrence/at least", "expected a number from 1"},
    {R"("recurrence": {"of": "days", "from": "d", "at least": 1.5, "per": "1 year"})",
     "/recurrence/at least", "expected a number from 1"},
    {R"("recurrence": {"of": "days", "from": "d", "at least": 1, "per": "0 years"})",
     "/recurrence/per", "expected a period of at least 1"},
    {R"("coverage": {"of": "cells", "rows": {"by": "r", "values": ["1"]}, "columns": {"by": "s", "values": ["1"]}, "required": "every cell"})",
     "/coverage/of", "cells"},
};
INSTANTIATE_TEST_SUITE_P(Shapes, WrongNorm, testing::ValuesIn(wrong_shapes));

constexpr Wrong wrong_tests[] = {
    {R"("require": "a", "tests": [{"case": {}, "expect": "met"}])", "/tests/0",
     "missing member `on`"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "expect": "met"}])", "/tests/0",
     "missing member `case`"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}}])", "/tests/0",
     "missing member `expect`"},
    {R"("require": "a", "tests": [{"on": "2020-13-01", "case": {}, "expect": "met"}])",
     "/tests/0/on", "2020-13-01"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": [], "expect": "met"}])",
     "/tests/0/case", "expected an object"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": "mett"}])",
     "/tests/0/expect", "not `mett`, did you mean `met`?"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": {"state": "fulfilled"}}])",
     "/tests/0/expect", "missing member `outcome`"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": {"outcome": "met", "state": "filled"}}])",
     "/tests/0/expect/state", "not `filled`"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": {"outcome": "met", "due": "soon"}}])",
     "/tests/0/expect/due", "soon"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": {"outcome": "met", "missing": [1]}}])",
     "/tests/0/expect/missing/0", "expected the path of a fact"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {"aa": true}, "expect": "met"}])",
     "/tests/0/case/aa", "`aa`"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {"a": 5}, "expect": "met"}])",
     "/tests/0/case/a", "boolean"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {"days": ["2020-01-01", 7]}, "expect": "met"}])",
     "/tests/0/case/days/1", "date"},
    {R"("require": "a", "tests": [{"on": "2020-01-01", "case": {}, "expect": "met", "day": 1}])",
     "/tests/0/day", "unknown member `day`"},
};
INSTANTIATE_TEST_SUITE_P(Tests, WrongNorm, testing::ValuesIn(wrong_tests));

}  // namespace
}  // namespace partnership::charter
