// SPDX-License-Identifier: Apache-2.0
//
// What the calls of lottery.h share: the caller's pace, and the options that make a model.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "capi/guard.hpp"
#include "committee/lottery.hpp"
#include "committee/panel_model_builder.hpp"
#include "partnership/lottery.h"

namespace partnership::capi {

// The caller's function, with the progress told last. Once it said to finish or to cancel, that
// stands.
class PaceCall {
 public:
  PaceCall(pship_pace function, void* context) : function_(function), context_(context) {}
  explicit operator bool() const noexcept { return function_ != nullptr; }

  void tell(const LotteryProgress& progress) {
    progress_ = progress;
    ask();
  }
  Pace ask() {
    if (function_ == nullptr || pace_ == Pace::cancel) return pace_;
    const std::int32_t answer = function_(context_, static_cast<std::int32_t>(progress_.phase),
                                          progress_.done, progress_.of);
    if (answer == PSHIP_PACE_GO_ON) return pace_;
    pace_ = answer == PSHIP_PACE_FINISH ? Pace::finish : Pace::cancel;
    return pace_;
  }

 private:
  pship_pace function_;
  void* context_;
  Pace pace_ = Pace::go_on;
  LotteryProgress progress_{LotteryProgress::Phase::levels, 0, 0};
};

// Options `on`, `size`, `size_min` and `size_max` of a scope that has them. Throws
// Error(invalid_argument) where `size` stands beside the others.
ModelOptions model_options_of(const Options& chosen, std::string_view scope);

}  // namespace partnership::capi
