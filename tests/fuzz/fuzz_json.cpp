// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as JSON: accepted exactly when a naive reader accepts them, with the same values at the
// same places; and what is written, canonical or not, reads back the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/naive_json.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

void write_and_read(json::Value root) {
  const std::string canonical = json::canonical(root);
  const auto again = json::Document::parse(canonical);
  demand(json::canonical(again->root()) == canonical, "the canonical form is a fixed point");
  for (const bool pretty : {false, true}) {
    json::Writer writer(pretty);
    writer.value(root);
    const auto copy = json::Document::parse(writer.take());
    demand(json::canonical(copy->root()) == canonical, "a copy says the same");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto expected = naive::read(text);
  try {
    const auto document = json::Document::parse(text);
    demand(expected.has_value(), "the naive reader refuses it, too");
    demand(naive::same(*expected, document->root()), "both read the same");
    write_and_read(document->root());
  } catch (const Error& error) {
    demand(!expected, "the naive reader accepts it, too");
    demand(error.code() == Code::malformed || error.code() == Code::limit, "why it is no JSON");
    const Problem& problem = error.problems().front();
    demand(problem.offset >= 0 && problem.offset <= static_cast<std::int64_t>(size),
           "the problem lies in the text");
    demand(problem.line > 0 && problem.column > 0, "the problem has a place");
  }
  return 0;
}
