// SPDX-License-Identifier: Apache-2.0
//
// Cases of a set made by calls, one or many. The values of a case are gathered first, and laid into
// columns when it is whole, so that a call that fails leaves the case as it was.
#pragma once

#include <memory>
#include <optional>

#include "feel/expression_set.hpp"
#include "feel/value_builder.hpp"

namespace partnership::feel {

// Used by one thread at a time.
class CaseMaker {
 public:
  explicit CaseMaker(std::shared_ptr<const ExpressionSet> set)
      : set_(std::move(set)), values_(set_->schema()) {}

  ValueBuilder& values() noexcept { return values_; }
  // As ValueBuilder::add, of a value whose functions are kept ones.
  void add(ValueBuilder::Name name, Value value);

  // These end the case that was begun. Error(state) where a list, context or range is open.
  std::shared_ptr<const Case> finish();
  // To the many; Error(state) where the set has no schema.
  void append();
  // What was appended. Error(state) where another case was begun.
  std::shared_ptr<const Cases> take_all();

 private:
  std::shared_ptr<const ExpressionSet> set_;
  ValueBuilder values_;
  Keepers keepers_;              // of values_
  std::shared_ptr<Cases> many_;  // nullptr: none was appended yet
};

}  // namespace partnership::feel
