// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of compiling, evaluating and explaining fails once: std::bad_alloc passes
// through, nothing leaks, and the evaluation works as soon as there is memory.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "feel/compare.hpp"
#include "feel/explain.hpp"
#include "feel/program.hpp"
#include "support/failing_memory.hpp"

namespace partnership::feel::test {
namespace {

constexpr long most = 100000;
const char* const text =
    "{l: for i in 1..200 return {a: i, b: \"x\" + string(i)}, f: function(n) if n = 0 then 0 else "
    "1 + f(n - 1), s: sort(l, function(x, y) x.a > y.a), c: count(l[a > 100]), r: f(50), e: "
    "every x in l satisfies x.a > 0, w: null + 1}";

std::shared_ptr<const Program> compiled(const std::shared_ptr<Types>& types,
                                        const char* expression = text) {
  std::vector<Program::Found> found;
  return Program::compile({{"rule", expression, false, nullptr}}, types, {}, found);
}

TEST(MachineMemory, CompilingPassesBadAllocThrough) {
  long leaked = 0;
  const long needed = failing_memory::run_out(
      [] {
        try {
          return compiled(std::make_shared<Types>()) != nullptr;
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      most, leaked);
  EXPECT_GT(needed, 10);
  EXPECT_EQ(leaked, 0);
}

TEST(MachineMemory, EvaluatingPassesBadAllocThrough) {
  const auto program = compiled(std::make_shared<Types>());
  std::string expected;
  {
    Evaluation evaluation;
    evaluation.begin({});
    append_expression(expected, program->evaluate(0, {}, evaluation));
  }
  long leaked = 0;
  std::optional<Evaluation> evaluation;
  const long needed = failing_memory::run_out(
      [&] {
        bool enough = true;
        try {
          evaluation.emplace();
          evaluation->begin({});
          const Value value = program->evaluate(0, {}, *evaluation);
          std::string got;
          append_expression(got, value);
          EXPECT_EQ(got, expected);
        } catch (const std::bad_alloc&) {
          enough = false;
        }
        evaluation.reset();
        return enough;
      },
      most, leaked);
  EXPECT_GT(needed, 5);
  EXPECT_EQ(leaked, 0);
}

TEST(MachineMemory, AnEvaluationThatFailedWorksAgain) {
  const auto program = compiled(std::make_shared<Types>());
  Evaluation evaluation;
  for (long n = 0; n < 40; ++n) {
    failing_memory::allowance = n;
    try {
      evaluation.begin({});
      program->evaluate(0, {}, evaluation);
      explain(*program, 0, {}, evaluation);
    } catch (const std::bad_alloc&) {
    }
    failing_memory::allowance = std::numeric_limits<long>::max();
    evaluation.begin({});
    EXPECT_FALSE(program->evaluate(0, {}, evaluation).is_null());
    EXPECT_EQ(evaluation.warning_count(), 1U);
  }
}

TEST(MachineMemory, ExplainingPassesBadAllocThrough) {
  const auto program = compiled(
      std::make_shared<Types>(),
      "every x in [{a: 1}, {a: 20}] satisfies x.a < 5 and count([1, 2, 3][item > x.a]) > 0");
  Evaluation evaluation;
  long leaked = 0;
  const long needed = failing_memory::run_out(
      [&] {
        try {
          evaluation.begin({});
          const Trace trace = explain(*program, 0, {}, evaluation);
          EXPECT_TRUE(trace.parts.at(0).value.is_false());
          return !trace_json(trace, program->ast(0)).empty() &&
                 !trace_text(trace, program->ast(0)).empty();
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      most, leaked);
  EXPECT_GT(needed, 5);
}

}  // namespace
}  // namespace partnership::feel::test
