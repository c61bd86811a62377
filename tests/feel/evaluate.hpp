// SPDX-License-Identifier: Apache-2.0
//
// Evaluates a text in one call, for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "feel/compare.hpp"
#include "feel/program.hpp"

namespace partnership::feel::test {

struct Result {
  std::string value;                  // as an expression; "does not compile: ..." where it does not
  std::vector<std::string> warnings;  // their kinds
  std::vector<std::string> sentences;
};

// Keeps programs and values, so that functions of one expression can be used in another.
class Session {
 public:
  explicit Session(const Budget& budget = {}) : evaluation(budget) { evaluation.begin({}); }

  // The names of the case: a context in FEEL. `known`: its type is the schema.
  void names(const std::string& context, bool known = false) {
    const auto program = compile(context, false);
    ASSERT_NE(program, nullptr) << context;
    names_ = program->evaluate(0, {}, evaluation);
    schema_ = known ? program->ast(0).at(program->ast(0).root).type : nullptr;
  }

  std::shared_ptr<const Program> compile(const std::string& text, bool unary_tests,
                                         const std::string& name = "") {
    CompileOptions options;
    options.schema = schema_;
    found.clear();
    auto program = Program::compile({{name, text, unary_tests, declared}}, types, options, found);
    if (program != nullptr) programs_.push_back(program);
    return program;
  }

  Result run(const std::string& text, bool unary_tests = false) {
    const auto program = compile(text, unary_tests);
    if (program == nullptr)
      return {"does not compile: " + found.front().diagnostic.message, {}, {}};
    evaluation.begin({});
    Result out;
    last = program->evaluate(0, names_, evaluation);
    append_expression(out.value, last);
    for (const Warning& warning : evaluation.warnings()) {
      out.warnings.emplace_back(warning_name(warning.kind));
      out.sentences.push_back(warning_text(warning, program->ast(0).source(warning.node)));
    }
    return out;
  }
  std::string value(const std::string& text) { return run(text).value; }

  std::shared_ptr<Types> types = std::make_shared<Types>();
  Evaluation evaluation;
  const Type* declared = nullptr;
  std::vector<Program::Found> found;
  Value last;

 private:
  std::vector<std::shared_ptr<const Program>> programs_;
  Value names_;
  const Type* schema_ = nullptr;
};

}  // namespace partnership::feel::test
