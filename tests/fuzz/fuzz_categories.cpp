// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a category file: refused with what is wrong, or a document that criteria are read
// from, a rule a category.
#include <cstddef>
#include <cstdint>
#include <memory>
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
  std::shared_ptr<const Criteria> criteria;
  try {
    criteria = load_criteria(document);
  } catch (const Error&) {
    demand(false, "what is written can be read");
  }
  demand(criteria->rules.size() >= 3, "a size, a category, a household");
  demand(criteria->rules.size() == criteria->rows.size(), "a criterion a rule");
  demand(criteria_of_categories(csv, file) == document, "the same again");
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
