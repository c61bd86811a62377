// SPDX-License-Identifier: Apache-2.0
//
// Every expression of the conformance cases that gives a value must parse with the names of its
// case.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/json.hpp"
#include "feel/parser.hpp"

namespace partnership::feel {
namespace {

std::string where(const std::vector<Diagnostic>& found) {
  std::string out;
  for (const Diagnostic& d : found) {
    out += std::to_string(d.span.offset) + "+" + std::to_string(d.span.length) + " " + d.message +
           (d.hint.empty() ? "" : " (" + d.hint + ")") + "\n";
  }
  return out;
}

const Type* type_of(Types& types, json::Value value) {
  if (!value.is(json::Type::string)) return types.any();
  return types.parse(value.text(), Types::Unknown::any);
}

TEST(FeelConformance, EveryExpressionParses) {
  const char* shared = std::getenv("PSHIP_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "no PSHIP_SHARED";
  std::ifstream file(std::string(shared) + "/data/feel-tck.jsonl");
  if (!file) GTEST_SKIP() << "no feel-tck.jsonl";
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    const auto document = json::Document::parse(line);
    const json::Value row = document->root();
    Types types;
    std::vector<Declaration> names;
    const json::Value inputs = *row.find("inputs");
    for (const json::Value input : inputs) {
      const auto declared = row.find("input_types")->find(input.key());
      names.push_back(
          {std::string(input.key()), declared ? type_of(types, *declared) : types.any()});
    }
    const auto parses = [&](json::Value text) {
      std::vector<Diagnostic> found;
      ParseOptions options;
      options.inputs = names;
      const auto ast = parse(text.text(), types, options, found);
      EXPECT_TRUE(ast != nullptr || row.find("error")->boolean())
          << row.find("id")->text() << ": " << text.text() << "\n"
          << where(found);
      return ast != nullptr && ast->root != no_node ? ast->at(ast->root).type : types.any();
    };
    const json::Value lets = *row.find("lets");
    for (const json::Value let : lets) {
      const Type* inferred = parses(let[1]);
      names.push_back({std::string(let[0].text()),
                       let[2].is(json::Type::string) ? type_of(types, let[2]) : inferred});
    }
    parses(*row.find("feel"));
    ++cases;
  }
  EXPECT_GT(cases, 2000);
}

}  // namespace
}  // namespace partnership::feel
