// SPDX-License-Identifier: Apache-2.0
//
// What the tests of cases and columns share.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"
#include "feel/columns.hpp"
#include "feel/compare.hpp"
#include "feel/program.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

inline std::string shared_file(const std::string& name) {
  const char* const folder = std::getenv("PSHIP_SHARED");
  if (folder == nullptr) return {};
  std::ifstream in(std::string(folder) + "/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string text_of(Value value) {
  std::string out;
  append_expression(out, value);
  return out;
}

// A set of expressions over a schema.
struct TriedSet {
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* schema = nullptr;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const Evaluator> evaluator;

  TriedSet(const std::string& schema_json, const std::vector<std::string>& texts) {
    const auto document = json::Document::parse(schema_json);
    json::Problems problems;
    schema = types->read_schema(document->root(), problems);
    problems.raise(Code::invalid_document);
    make(texts);
  }
  TriedSet(std::shared_ptr<Types> the_types, const Type* the_schema,
           const std::vector<std::string>& texts)
      : types(std::move(the_types)), schema(the_schema) {
    make(texts);
  }

 private:
  void make(const std::vector<std::string>& texts) {
    std::vector<Source> sources;
    for (const std::string& text : texts) {
      sources.push_back({"e" + std::to_string(sources.size()), text, false, nullptr});
    }
    std::vector<Program::Found> found;
    CompileOptions options;
    options.schema = schema;
    program = Program::compile(std::move(sources), types, options, found);
    for (const auto& each : found) {
      ADD_FAILURE() << texts[each.source] << ": " << each.diagnostic.message;
    }
    evaluator = Evaluator::make(program, *schema, types);
  }
};

// The outcomes of the machine and of the columns must be the same. Returns how many differ, and
// reports the first few.
inline int compare_ways(const TriedSet& set, const Batch& batch, RunOptions options = {}) {
  Evaluator::Workspace workspace;
  Outcomes by_columns, by_machine;
  set.evaluator->run(batch, options, workspace, by_columns);
  options.only_machine = true;
  options.threads = 1;
  set.evaluator->run(batch, options, workspace, by_machine);
  int differences = 0;
  for (std::uint32_t e = 0; e < by_columns.expressions(); ++e) {
    for (std::uint32_t row = 0; row < by_columns.rows(); ++row) {
      const Outcomes::Outcome a = by_columns.at(e, row), b = by_machine.at(e, row);
      const Value x = by_columns.value(e, row), y = by_machine.value(e, row);
      if (a == b && identical(x, y)) continue;
      if (++differences > 5) continue;
      Arena arena;
      ADD_FAILURE() << set.program->source(e).text << "\n  columns: " << text_of(x)
                    << (a.warned ? " warned" : "") << "\n  machine: " << text_of(y)
                    << (b.warned ? " warned" : "")
                    << "\n  case: " << text_of(batch.row(row, arena));
    }
  }
  return differences;
}

}  // namespace partnership::feel
