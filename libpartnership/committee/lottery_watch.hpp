// SPDX-License-Identifier: Apache-2.0
//
// What a request allows, asked and counted in one place.
#pragma once

#include <cstdint>
#include <functional>

#include "committee/lottery.hpp"

namespace partnership::lottery {

class Watch {
 public:
  explicit Watch(const LotteryRequest& request)
      : nodes_left(request.nodes), numbers_left(request.proof_numbers), request_(&request) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Asks the caller; once it said to finish or to cancel, that stands.
  bool keep_on() {
    if (pace_ == Pace::go_on && request_->pace) pace_ = request_->pace();
    return pace_ == Pace::go_on;
  }
  Pace pace() const noexcept { return pace_; }
  void tell(LotteryProgress::Phase phase, std::int64_t done, std::int64_t of = 0) const {
    if (request_->progress) request_->progress({phase, done, of});
  }
  // For what outlives a call: asks this watch.
  std::function<bool()> keeps_on() {
    return [this] { return keep_on(); };
  }
  std::function<bool()> stops() {
    return [this] { return !keep_on(); };
  }

  std::int64_t nodes_left;    // of branch and bound
  std::int64_t numbers_left;  // in proofs

 private:
  const LotteryRequest* request_;
  Pace pace_ = Pace::go_on;
};

}  // namespace partnership::lottery
