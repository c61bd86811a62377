// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a case: what is JSON for one reader is so for the other, with the same values; a
// strict reader accepts it or says why and where; and expressions over it come out by columns as
// they do by the machine.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "feel/case_json.hpp"
#include "feel/case_value.hpp"
#include "feel/columns.hpp"
#include "feel/columns_random.hpp"
#include "feel/compare.hpp"
#include "feel/naive_case.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;
using namespace partnership::feel;

namespace {

struct Made {
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* schema = nullptr;
  std::shared_ptr<const Evaluator> evaluator;

  Made() {
    const auto document = json::Document::parse(random_schema);
    json::Problems problems;
    schema = types->read_schema(document->root(), problems);
    std::vector<Source> sources;
    for (std::uint32_t seed = 1; sources.size() < 40; ++seed) {
      sources.push_back({std::to_string(seed), RandomExpressions(seed).any(3), false, nullptr});
    }
    std::vector<Program::Found> found;
    CompileOptions options;
    options.schema = schema;
    const auto program = Program::compile(std::move(sources), types, options, found);
    demand(program != nullptr, "the expressions compile");
    evaluator = Evaluator::make(program, *schema, types);
  }
};

const Made& made() {
  static const Made made;
  return made;
}

std::unique_ptr<const json::Document> parsed(std::string_view text) {
  try {
    return json::Document::parse(text);
  } catch (const Error&) {
    return nullptr;
  }
}

// Some numbers are beyond one reader and not the other.
bool has_huge_number(const Error& error) {
  return std::string_view(error.what()).find("number `") != std::string_view::npos;
}

void run_ways(const Batch& batch) {
  Evaluator::Workspace workspace;
  Outcomes columns, machine;
  RunOptions options;
  options.moment.given = true;
  options.moment.today = 18270;
  made().evaluator->run(batch, options, workspace, columns);
  options.only_machine = true;
  made().evaluator->run(batch, options, workspace, machine);
  for (std::uint32_t e = 0; e < columns.expressions(); ++e) {
    demand(columns.at(e, 0) == machine.at(e, 0), "columns and machine agree");
    demand(identical(columns.value(e, 0), machine.value(e, 0)), "columns and machine agree");
  }
}

void read_strictly(std::string_view text) {
  try {
    read_case(made().evaluator->layout(), text);
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      if (problem.offset == no_offset) continue;  // says how many are not listed
      demand(problem.offset >= 0 && problem.offset <= static_cast<std::int64_t>(text.size()),
             "the problem lies in the text");
      demand(problem.line > 0 && problem.column > 0, "the problem has a place");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = parsed(text);
  ReadOptions options;
  options.keep_misfits = true;
  options.unknown = ReadOptions::Unknown::keep;
  try {
    const Batch batch = read_case(made().evaluator->layout(), text, options);
    if (document != nullptr) {
      Arena arena;
      const Value expected = feel::naive::typed(document->root(), *made().schema, arena);
      demand(same(batch.row(0, arena), expected), "both readers read the same case");
      demand(same(read_json_value(text, arena), feel::naive::plain(document->root(), arena)),
             "both readers read the same value");
    }
    run_ways(batch);
  } catch (const Error& error) {
    demand(document == nullptr || has_huge_number(error), "both readers refuse it");
  }
  read_strictly(text);
  return 0;
}
