// SPDX-License-Identifier: Apache-2.0
//
// Inside of the panel model's builder: places, which members fill by assignment.
#pragma once

#include "committee/compiled.hpp"
#include "committee/model_rows.hpp"

namespace partnership {

// How many of each group fill which place become auxiliary columns, as PlaceProblem::holds sees it
// with what is certain.
void add_places(const Criteria& criteria, std::uint32_t rule, const Checker::Compiled& compiled,
                ModelRows& rows);

}  // namespace partnership
