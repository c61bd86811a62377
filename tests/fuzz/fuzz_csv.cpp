// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as CSV (the first byte chooses the delimiter) and as JSON rows: what is accepted reads
// back the same after writing, through CSV, JSON rows and Arrow.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/arrow.hpp"
#include "base/csv.hpp"
#include "base/error.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

void demand_arrow(const Table& table) {
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    if (table.column(c).name.find('\0') != std::string::npos) return;  // Arrow cannot hold it
  }
  ArrowArrayStream stream;
  export_stream(table, &stream);
  demand(import_stream(&stream) == table, "Arrow gives the table back");
}

void demand_problems(const Error& error) {
  demand(error.code() == Code::malformed || error.code() == Code::limit, "why there is no table");
  demand(!error.problems().empty(), "something is wrong");
}

void as_csv(char delimiter, std::string_view text) {
  Table table;
  try {
    table = read_csv(text, {delimiter, true});
  } catch (const Error& error) {
    demand_problems(error);
    for (const Problem& problem : error.problems()) {
      demand(problem.offset >= 0 && problem.offset <= static_cast<std::int64_t>(text.size()),
             "the problem lies in the text");
      demand(problem.line > 0 && problem.column > 0, "the problem has a place");
    }
    return;
  }
  demand(read_csv(write_csv(table, {delimiter, true}), {delimiter, true}) == table,
         "CSV gives the table back");
  demand_arrow(table);
}

void as_json_rows(std::string_view text) {
  Table table;
  try {
    table = read_json_rows(text);
  } catch (const Error& error) {
    demand_problems(error);
    return;
  }
  const std::string written = write_json_rows(table);
  const Table again = read_json_rows(written);
  demand(write_json_rows(again) == written, "JSON rows are a fixed point");
  demand_arrow(table);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (size > 0) {
    constexpr std::string_view delimiters = ",;\t|";
    as_csv(delimiters[data[0] % delimiters.size()], text.substr(1));
  }
  as_json_rows(text);
  return 0;
}
