// SPDX-License-Identifier: Apache-2.0
//
// The machine against a naive evaluator: every expression up to a small size over a tiny
// vocabulary, in which anything may be null or of the wrong kind. The value must be the same, and
// whether anything was odd.
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "feel/compare.hpp"
#include "feel/explain.hpp"
#include "feel/naive_evaluator.hpp"
#include "feel/program.hpp"

namespace partnership::feel::test {
namespace {

const char* const case_text =
    R"({x: 2, n: null, t: true, s: "a", l: [1, 2, null], c: {a: 1, b: true},
        p: [{a: 1, b: true}, {a: 2}, {a: null, b: false}]})";

const std::vector<std::string> atoms{"1", "x",  "null", "false", "t",    "\"a\"",  "l",     "c",
                                     "p", "[]", "i",    "a",     "item", "[1..2]", "(> 1)", "f"};

// # is a part of its own.
const std::vector<std::string> with_one{"-(#)",
                                        "not(#)",
                                        "(#).a",
                                        "(#)[1]",
                                        "(#)[a > 1]",
                                        "(#)[b]",
                                        "(#)[item = 1]",
                                        "count((#)[b = true])",
                                        "(#) in (1, > 1)",
                                        "(#) instance of number",
                                        "{a: #, b: a}.b",
                                        "for i in 1..(#) return partial",
                                        "{f: function(i: number) i, r: f(#)}.r",
                                        "{f: function(a, i) [a, i], r: f(i: #, a: 1)}.r",
                                        "[1..(#)]",
                                        "(= (#))"};
const std::vector<std::string> with_two{"(#) + (#)",
                                        "(#) - (#)",
                                        "(#) * (#)",
                                        "(#) / (#)",
                                        "(#) = (#)",
                                        "(#) != (#)",
                                        "(#) < (#)",
                                        "(#) >= (#)",
                                        "(#) and (#)",
                                        "(#) or (#)",
                                        "(#) in (#)",
                                        "(#)[#]",
                                        "[#, #]",
                                        "(#) between 1 and (#)",
                                        "if # then # else 0",
                                        "for i in # return #",
                                        "some i in # satisfies #",
                                        "every i in # satisfies #",
                                        "for i in #, a in # return [i, a]",
                                        "{f: function(i) #, r: f(#)}.r",
                                        "{a: #, f: function() #, r: f()}.r",
                                        "count((#)[#])"};

std::string filled(const std::string& pattern, const std::string& first,
                   const std::string& second = "") {
  std::string out;
  bool before = false;
  for (const char c : pattern) {
    if (c != '#') {
      out += c;
    } else {
      out += before ? second : first;
      before = true;
    }
  }
  return out;
}

class Oracle : public ::testing::Test {
 protected:
  Oracle() : types_(std::make_shared<Types>()) {
    std::vector<Program::Found> found;
    case_program_ = Program::compile({{"", case_text, false, nullptr}}, types_, {}, found);
    case_evaluation_.begin({});
    case_ = case_program_->evaluate(0, {}, case_evaluation_);
    schema_ = case_program_->ast(0).at(case_program_->ast(0).root).type;
  }

  // In turn without a schema and with one.
  void compare(const std::string& text) {
    if (::testing::Test::HasFailure()) return;
    CompileOptions options;
    options.schema = count_ % 2 == 0 ? nullptr : schema_;
    std::vector<Program::Found> found;
    const auto program = Program::compile({{"", text, false, nullptr}}, types_, options, found);
    ASSERT_NE(program, nullptr) << text << ": " << found.front().diagnostic.message;
    ++count_;
    evaluation_.begin({});
    const Value got = program->evaluate(0, case_, evaluation_);
    const std::size_t warnings = evaluation_.warning_count();
    std::string got_text, expected_text;
    append_expression(got_text, got);
    if (count_ % 16 == 0) check_trace(*program, text, got_text, warnings);
    evaluation_.begin({});
    NaiveEvaluator naive(program->ast(0), case_, evaluation_);
    const Value expected = naive.value();
    append_expression(expected_text, expected);
    const std::size_t expected_warnings = naive.warnings() + evaluation_.warning_count();
    EXPECT_EQ(got_text, expected_text) << text;
    EXPECT_EQ(warnings == 0, expected_warnings == 0) << text;
  }

  // The recorded code gives the same, with as many warnings.
  void check_trace(const Program& program, const std::string& text, const std::string& got,
                   std::size_t warnings) {
    evaluation_.begin({});
    const Trace trace = explain(program, 0, case_, evaluation_);
    std::string recorded;
    append_expression(recorded, trace.parts.at(0).value);
    EXPECT_EQ(recorded, got) << text;
    EXPECT_EQ(evaluation_.warning_count(), warnings) << text;
    evaluation_.begin({});
    std::string whole;
    append_expression(whole, explain_whole(program, 0, case_, evaluation_).parts.at(0).value);
    EXPECT_EQ(whole, got) << text;
    EXPECT_GE(evaluation_.warning_count(), warnings) << text;
  }

  std::vector<std::string> second_level() const {
    std::vector<std::string> out;
    for (const std::string& pattern : with_one) {
      for (const std::string& atom : atoms) out.push_back(filled(pattern, atom));
    }
    for (const std::string& pattern : with_two) {
      for (const std::string& first : atoms) {
        for (const std::string& second : atoms) out.push_back(filled(pattern, first, second));
      }
    }
    return out;
  }

  std::shared_ptr<Types> types_;
  std::shared_ptr<const Program> case_program_;
  Evaluation case_evaluation_, evaluation_;
  Value case_;
  const Type* schema_ = nullptr;
  std::size_t count_ = 0;
};

TEST_F(Oracle, AgreesOnAllSmallExpressions) {
  for (const std::string& atom : atoms) compare(atom);
  for (const std::string& text : second_level()) compare(text);
  EXPECT_GT(count_, 5000U);
}

// All of the third level with PSHIP_LONG, else each so many-th.
TEST_F(Oracle, AgreesOnLargerExpressions) {
  const std::size_t stride = std::getenv("PSHIP_LONG") != nullptr ? 1 : 31;
  const std::vector<std::string> inner = second_level();
  std::size_t turn = 0;
  const auto take = [&] { return turn++ % stride == 0 && !HasFailure(); };
  for (const std::string& text : inner) {
    for (const std::string& pattern : with_one) {
      if (take()) compare(filled(pattern, text));
    }
    for (const std::string& pattern : with_two) {
      for (const std::string& atom : atoms) {
        if (take()) compare(filled(pattern, text, atom));
        if (take()) compare(filled(pattern, atom, text));
      }
    }
  }
  EXPECT_GT(count_, 100000U);
}

}  // namespace
}  // namespace partnership::feel::test
