// SPDX-License-Identifier: Apache-2.0
//
// What stands behind the handles of criteria and nominees, for the files that take them.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>

#include "capi/guard.hpp"
#include "committee/checker.hpp"

struct pship_criteria {
  std::shared_ptr<const partnership::Criteria> criteria;
  std::string document;  // as it was read
};

// Nominees remember the criteria that they were compiled for last, so that checking one committee
// after another compiles once. Nobody sees this but by the clock.
struct pship_nominees {
  std::shared_ptr<const partnership::Nominees> nominees;

  std::shared_ptr<const partnership::Checker> checker(
      const std::shared_ptr<const partnership::Criteria>& criteria) const {
    {
      const std::lock_guard lock(mutex_);
      for (const auto& known : recent_) {
        if (known && known->criteria() == criteria) return known;
      }
    }
    std::shared_ptr<const partnership::Checker> made =
        partnership::Checker::make(criteria, nominees);
    std::shared_ptr<const partnership::Checker> dropped = made;  // freed after the lock
    const std::lock_guard lock(mutex_);
    recent_[next_].swap(dropped);
    next_ = (next_ + 1) % recent_.size();
    return made;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::array<std::shared_ptr<const partnership::Checker>, 4> recent_;
  mutable std::size_t next_ = 0;
};
