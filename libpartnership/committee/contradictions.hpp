// SPDX-License-Identifier: Apache-2.0
//
// What no committee could satisfy, found by reading the criteria alone. It names plain
// contradictions only; whether criteria can be met by given nominees is another question.
#pragma once

#include <span>
#include <vector>

#include "base/json.hpp"
#include "committee/criteria.hpp"

namespace partnership {

// Where a rule of Criteria::rules stood in the document: same index.
struct RuleSource {
  json::Value rule;
  std::vector<json::Value> members;  // as Rule::members
};

// Notes every one in `problems`: numbers against the committee's size, and lists of members of
// rules that are in force on the same day.
void find_contradictions(const Criteria& criteria, std::span<const RuleSource> sources,
                         json::Problems& problems);

}  // namespace partnership
