// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a category file: refused with what is wrong, or a document that criteria are read
// from, a rule a category.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "committee/category_file.hpp"
#include "committee/criteria.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

void read(std::string_view csv) {
  CategoryFile file;
  file.size = 12;
  file.one_per = {"household"};
  const std::string document = criteria_of_categories(csv, file);
  try {
    const auto criteria = load_criteria(document);
    demand(criteria->rules.size() >= 3, "a size, a category, a household");
    demand(criteria->rules.size() == criteria->rows.size(), "a criterion a rule");
    demand(criteria_of_categories(csv, file) == document, "the same again");
  } catch (const Error& error) {
    // More rows than rules may be, or a category that asks for more members than there are.
    const auto allowed = [](const Problem& problem) {
      return problem.message.find("rules") != std::string::npos ||
             problem.message.find("the committee has at most") != std::string::npos;
    };
    demand(std::all_of(error.problems().begin(), error.problems().end(), allowed),
           "what is written can be read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    read({reinterpret_cast<const char*>(data), size});
  } catch (const Error& error) {
    const Code code = error.code();
    demand(code == Code::malformed || code == Code::invalid_document || code == Code::limit,
           "why there are no categories");
    demand(!error.problems().empty(), "something is wrong");
  }
  return 0;
}
