// SPDX-License-Identifier: Apache-2.0
//
// Evaluates texts from the command line, for people who work on the language:
//   feel_eval [--json TEXT] [--explain] EXPRESSION...   each over the names of a context (as FEEL)
//   feel_eval --cases FILE [PART OF AN ID]              runs a file of cases; prints failures
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include "base/error.hpp"
#include "feel/compare.hpp"
#include "feel/conformance.hpp"
#include "feel/explain.hpp"
#include "feel/program.hpp"

namespace partnership::feel::test {
namespace {

int run_file(const char* path, std::string_view part) {
  std::ifstream file(path);
  std::string line;
  std::size_t count = 0, passed = 0;
  while (std::getline(file, line)) {
    if (line.find(part) == std::string::npos) continue;
    const Outcome outcome = run_case(line);
    ++count;
    passed += outcome.passed ? 1 : 0;
    if (outcome.passed) continue;
    std::cout << outcome.id << "\n    " << outcome.expression << "\n    expected "
              << outcome.expected << "\n    got      " << outcome.got << "\n";
  }
  std::cout << passed << " of " << count << "\n";
  return passed == count ? 0 : 1;
}

std::shared_ptr<const Program> compiled(const std::string& text, std::shared_ptr<Types> types,
                                        const Type* schema) {
  CompileOptions options;
  options.schema = schema;
  std::vector<Program::Found> found;
  auto program = Program::compile({{"", text, false, nullptr}}, types, options, found);
  for (const Program::Found& one : found) {
    std::cout << "  " << one.diagnostic.span.offset << ": " << one.diagnostic.message << "  "
              << one.diagnostic.hint << "\n";
  }
  return program;
}

void show(const std::string& text, std::shared_ptr<Types> types, const Type* schema, Value names,
          Evaluation& evaluation, bool explained) {
  const auto program = compiled(text, types, schema);
  if (program == nullptr) return;
  const std::size_t before = evaluation.warnings().size();
  const Value value = program->evaluate(0, names, evaluation);
  std::string out;
  append_expression(out, value);
  std::cout << out << "\n";
  for (std::size_t i = before; i < evaluation.warnings().size(); ++i) {
    const Warning& warning = evaluation.warnings()[i];
    std::cout << "  " << warning_text(warning, program->ast(0).source(warning.node)) << "\n";
  }
  if (!explained) return;
  const Trace trace = explain(*program, 0, names, evaluation);
  std::cout << trace_text(trace, program->ast(0)) << trace_json(trace, program->ast(0)) << "\n";
}

int run(int count, char** texts) {
  if (count >= 3 && std::strcmp(texts[1], "--cases") == 0) {
    return run_file(texts[2], count > 3 ? texts[3] : "");
  }
  auto types = std::make_shared<Types>();
  const Type* schema = nullptr;
  Value names;
  bool explained = false;
  Evaluation evaluation;
  evaluation.begin({true, 18000, 0, nullptr});
  std::vector<std::shared_ptr<const Program>> kept;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(texts[i], "--explain") == 0) {
      explained = true;
    } else if (std::strcmp(texts[i], "--json") == 0 && i + 1 < count) {
      kept.push_back(compiled(texts[++i], types, nullptr));
      if (kept.back() == nullptr) return 1;
      const Ast& ast = kept.back()->ast(0);
      schema = ast.at(ast.root).type;
      names = kept.back()->evaluate(0, {}, evaluation);
    } else {
      show(texts[i], types, schema, names, evaluation, explained);
    }
  }
  return 0;
}

}  // namespace
}  // namespace partnership::feel::test

int main(int count, char** texts) {
  try {
    return partnership::feel::test::run(count, texts);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
