// SPDX-License-Identifier: Apache-2.0
//
// The speeds of the condition language on the eight rules and the cases of the shared material.
// Without that material there is nothing to run.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"
#include "feel/case_layout.hpp"
#include "feel/program.hpp"
#include "feel/type.hpp"

namespace {

using namespace partnership;
using namespace partnership::feel;

std::string read_file(const std::string& name) {
  const char* const folder = std::getenv("PSHIP_SHARED");
  std::ifstream in(std::string(folder == nullptr ? "" : folder) + "/data/" + name,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Task {
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* schema = nullptr;
  std::vector<Source> sources;
  std::vector<std::string> cases;  // JSON

  static const Task* get() {
    static const std::unique_ptr<const Task> task = make();
    return task.get();
  }

 private:
  static std::unique_ptr<const Task> make() {
    const std::string rules = read_file("eight-rules.json");
    if (rules.empty()) return nullptr;
    auto task = std::make_unique<Task>();
    const auto document = json::Document::parse(rules);
    json::Problems problems;
    task->schema = task->types->read_schema(*document->root().find("facts"), problems);
    for (const auto rule : *document->root().find("rules")) {
      task->sources.push_back({std::string(rule.key()), std::string(rule.text())});
    }
    const std::string text = read_file("charter-cases.jsonl");
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const auto line = json::Document::parse(text.substr(at, end - at));
      task->cases.emplace_back(line->root().find("case")->source());
      at = end == std::string::npos ? text.size() : end + 1;
    }
    return task;
  }
};

void read_one_case(benchmark::State& state) {
  const Task* const task = Task::get();
  if (task == nullptr) return state.SkipWithError("no shared material");
  Batch batch(Layout::make(*task->schema, task->types));
  CaseReader reader;
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    batch.clear();
    const std::string& text = task->cases[at++ % task->cases.size()];
    reader.read(text, batch);
    batch.finish();
    bytes += text.size();
    benchmark::DoNotOptimize(batch.rows());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(read_one_case);

}  // namespace
