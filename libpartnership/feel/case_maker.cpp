// SPDX-License-Identifier: Apache-2.0
#include "feel/case_maker.hpp"

#include "base/error.hpp"
#include "feel/case_builder.hpp"

namespace partnership::feel {

void CaseMaker::add(ValueBuilder::Name name, Value value) {
  Keepers more;
  add_keepers(value, more);
  keepers_.reserve(keepers_.size() + more.size());
  values_.add(name, value);
  keepers_.insert(keepers_.end(), more.begin(), more.end());
}

std::shared_ptr<const Case> CaseMaker::finish() {
  const Value value = values_.finish();
  auto out = std::make_shared<Case>();
  out->set = set_;
  out->keepers = keepers_;
  if (set_->schema() == nullptr) {
    out->plain = copy(out->arena, value);
  } else {
    out->batch.emplace(set_->layout());
    CaseBuilder(*out->batch, true).append(value);
    out->batch->finish();
  }
  values_.clear();
  keepers_.clear();
  return out;
}

void CaseMaker::append() {
  const Value value = values_.finish();
  if (many_ == nullptr) {
    many_ = std::make_shared<Cases>(Cases{set_, Batch(set_->layout()), {}});
  }
  many_->keepers.insert(many_->keepers.end(), keepers_.begin(), keepers_.end());
  CaseBuilder(many_->batch, true).append(value);
  values_.clear();
  keepers_.clear();
}

std::shared_ptr<const Cases> CaseMaker::take_all() {
  if (!values_.empty()) throw Error(Code::state, "a case was begun and not added");
  if (many_ == nullptr) {
    many_ = std::make_shared<Cases>(Cases{set_, Batch(set_->layout()), {}});
  }
  many_->batch.finish();
  return std::move(many_);
}

}  // namespace partnership::feel
