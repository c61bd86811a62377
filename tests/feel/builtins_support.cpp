// SPDX-License-Identifier: Apache-2.0
#include "feel/builtins_support.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "feel/builtins.hpp"
#include "feel/compare.hpp"
#include "feel/program.hpp"

namespace partnership::feel {

Answer answer(std::string_view expression, const Moment& moment, const Budget& budget) {
  std::vector<Program::Found> found;
  const auto program = Program::compile({{"expression", std::string(expression), false, nullptr}},
                                        std::make_shared<Types>(), {}, found);
  Answer out;
  if (program == nullptr) {
    for (const auto& one : found) out.warnings.push_back(one.diagnostic.message);
    out.value = "refused";
    return out;
  }
  Evaluation evaluation(budget);
  evaluation.begin(moment);
  append_expression(out.value, program->evaluate(0, Value(), evaluation));
  for (const Warning& warning : evaluation.warnings()) {
    out.warnings.push_back(warning_text(warning, ""));
  }
  return out;
}

std::string given(std::string_view expression, const Moment& moment) {
  const Answer out = answer(expression, moment);
  return out.value + (out.warnings.empty() ? "" : " !");
}

void expect(std::initializer_list<Example> examples, const Moment& moment) {
  for (const auto& [expression, expected] : examples) {
    EXPECT_EQ(given(expression, moment), expected) << expression;
  }
}

Value call(Evaluation& evaluation, std::string_view function, std::vector<Value> arguments) {
  const Builtin* builtin = find_builtin(function);
  EXPECT_NE(builtin, nullptr) << function;
  if (builtin == nullptr) return {};
  const Signature* signature = signature_for(*builtin, arguments.size());
  EXPECT_NE(signature, nullptr) << function;
  return signature == nullptr ? Value() : signature->call(evaluation, arguments);
}

}  // namespace partnership::feel
