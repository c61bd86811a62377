// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an expression, or as the choices by which one is grown: it is evaluated within its
// budgets, again the same, recorded the same, and as the naive evaluator has it.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "feel/compare.hpp"
#include "feel/explain.hpp"
#include "feel/naive_evaluator.hpp"
#include "feel/program.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;
using namespace partnership::feel;

namespace {

constexpr std::string_view atoms[] = {"1",
                                      "2",
                                      "-1",
                                      "0.5",
                                      "null",
                                      "true",
                                      "false",
                                      "\"a\"",
                                      "\"ab\"",
                                      "x",
                                      "n",
                                      "s",
                                      "t",
                                      "l",
                                      "c",
                                      "p",
                                      "d",
                                      "i",
                                      "a",
                                      "b",
                                      "item",
                                      "partial",
                                      "[]",
                                      "@\"2020-02-29\"",
                                      "@\"P1D\"",
                                      "@\"P1M\"",
                                      "@\"10:00:00Z\"",
                                      "@\"2020-02-29T10:00:00\"",
                                      "{}",
                                      "abs",
                                      "9999999999999999"};
constexpr std::string_view patterns[] = {"-(#)",
                                         "not(#)",
                                         "(#).a",
                                         "(#).year",
                                         "(#)[1]",
                                         "(#)[-1]",
                                         "(#)[a > 1]",
                                         "(#)[item = 1]",
                                         "count(#)",
                                         "sum(#)",
                                         "string(#)",
                                         "min(#, #)",
                                         "(#) in (1, > 1, #)",
                                         "(#) in [#..#]",
                                         "(#) in (? > 1)",
                                         "(#) instance of number",
                                         "(#) instance of list<number>",
                                         "(#) instance of context<a: number>",
                                         "{a: #, b: a}.b",
                                         "{a: #, b: #}",
                                         "{f: function(i: number) i, r: f(#)}.r",
                                         "{f: function(a, i) #, r: f(i: #, a: #)}.r",
                                         "{f: function(i) #, r: f(#)}.r",
                                         "[1..(#)]",
                                         "(= (#))",
                                         "(> (#))",
                                         "(#) + (#)",
                                         "(#) - (#)",
                                         "(#) * (#)",
                                         "(#) / (#)",
                                         "(#) ** (#)",
                                         "(#) = (#)",
                                         "(#) != (#)",
                                         "(#) < (#)",
                                         "(#) <= (#)",
                                         "(#) > (#)",
                                         "(#) >= (#)",
                                         "(#) and (#)",
                                         "(#) or (#)",
                                         "(#) and (#) and (#)",
                                         "(#) in (#)",
                                         "(#)[#]",
                                         "[#]",
                                         "[#, #]",
                                         "[#, #, #]",
                                         "(#) between (#) and (#)",
                                         "if # then # else #",
                                         "for i in # return #",
                                         "for i in #..# return #",
                                         "for i in #, a in # return #",
                                         "some i in # satisfies #",
                                         "every i in # satisfies #",
                                         "some i in #, a in # satisfies #",
                                         "sort(#, function(x, y) x < y)",
                                         "count((#)[#])",
                                         "(function(a) #)(#)",
                                         "concatenate(#, #)"};

// Grows an expression: each byte picks what comes next.
class Grower {
 public:
  explicit Grower(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::string grow(unsigned levels) {
    const std::uint8_t byte = bytes_.empty() ? 0 : bytes_.front();
    if (!bytes_.empty()) bytes_ = bytes_.subspan(1);
    if (levels == 0 || byte < 96 || bytes_.empty()) {
      return std::string(atoms[byte % std::size(atoms)]);
    }
    std::string out;
    for (const char c : patterns[byte % std::size(patterns)]) {
      if (c == '#') {
        out += grow(levels - 1);
      } else {
        out += c;
      }
    }
    return out;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

constexpr std::string_view case_text =
    R"({x: 2, n: null, t: true, s: "a", l: [1, 2, null], c: {a: 1, b: true}, d: date("2021-03-31"),
        p: [{a: 1, b: true}, {a: 2}, {a: null, b: false}]})";

Budget small_budget() {
  Budget budget;
  budget.steps = 20000;
  budget.depth = 30;
  budget.list = 1000;
  budget.memory = 1 << 20;
  budget.regex_steps = 1000;
  budget.warnings = 5;
  return budget;
}

class Harness {
 public:
  Harness() : types_(std::make_shared<Types>()), case_evaluation_(small_budget()) {
    std::vector<Program::Found> found;
    case_program_ =
        Program::compile({{"", std::string(case_text), false, nullptr}}, types_, {}, found);
    case_evaluation_.begin({});
    case_ = case_program_->evaluate(0, {}, case_evaluation_);
  }

  void run(const std::string& text, bool unary_tests, bool with_schema) {
    CompileOptions options;
    const Ast& case_ast = case_program_->ast(0);
    if (with_schema) options.schema = case_ast.at(case_ast.root).type;
    std::vector<Program::Found> found;
    const auto program =
        Program::compile({{"f", text, unary_tests, nullptr}}, types_, options, found);
    if (program == nullptr) {
      demand(!found.empty(), "what does not compile is said to be wrong");
      return;
    }
    Evaluation evaluation(small_budget()), again(small_budget());
    evaluation.begin({});
    const Value value = program->evaluate(0, case_, evaluation);
    for (const Warning& warning : evaluation.warnings()) {
      demand(warning.node < program->ast(0).nodes.size(), "a warning names a part");
      demand(!warning_text(warning, program->ast(0).source(warning.node)).empty(), "and says why");
    }
    check_recorded(*program, value, evaluation.warning_count(), again);
    if (!unary_tests && !evaluation.warned_of_budget()) {
      check_naive(*program, value, evaluation.warning_count(), again);
    }
  }

 private:
  static bool same_value(Value left, Value right) {
    try {
      return left.kind() == right.kind() && (left.is(Kind::function) || identical(left, right));
    } catch (const Error& error) {
      return error.code() == Code::limit;  // too large to be compared
    }
  }
  // Functions inside of values are other functions each time.
  static bool comparable(Value value) {
    std::string text;
    try {
      append_expression(text, value);
    } catch (const Error&) {
      return false;
    }
    return text.find("function") == std::string::npos;
  }

  void check_recorded(const Program& program, Value value, std::uint64_t warnings,
                      Evaluation& again) {
    again.begin({});
    const Trace trace = explain(program, 0, case_, again, 500);
    demand(!trace.parts.empty(), "a trace has a whole");
    if (comparable(value) && !again.warned_of_budget()) {
      demand(same_value(trace.parts[0].value, value), "the record has the same value");
      demand(again.warning_count() == warnings, "and as many warnings");
    }
    demand(!trace_json(trace, program.ast(0)).empty(), "it is written as JSON");
    demand(!trace_text(trace, program.ast(0)).empty(), "and as text");
  }

  void check_naive(const Program& program, Value value, std::uint64_t warnings, Evaluation& again) {
    // A built-in cannot call the naive evaluator's functions.
    if (!comparable(value) || program.ast(0).text.find("function(x, y)") != std::string::npos)
      return;
    again.begin({});
    test::NaiveEvaluator naive(program.ast(0), case_, again);
    try {
      const Value expected = naive.value();
      demand(same_value(value, expected), "the naive evaluator has the same value");
      demand((warnings == 0) == (naive.warnings() + again.warning_count() == 0),
             "and warns where this does");
    } catch (const OutOfBudget&) {
    } catch (const Error& error) {
      demand(error.code() == Code::limit, "only a limit ends it");
    }
  }

  std::shared_ptr<Types> types_;
  Evaluation case_evaluation_;
  std::shared_ptr<const Program> case_program_;
  Value case_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  constexpr unsigned most_levels = 6;
  const unsigned mode = data[0];
  const std::string text = mode % 2 == 0
                               ? std::string(reinterpret_cast<const char*>(data) + 1, size - 1)
                               : Grower({data + 1, size - 1}).grow(most_levels);
  Harness harness;
  harness.run(text, mode % 8 == 0, mode % 4 < 2);
  return 0;
}
