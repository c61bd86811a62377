// SPDX-License-Identifier: Apache-2.0
//
// Which facts of a case are missing, by their paths. For the files assess* only.
#pragma once

#include <string>
#include <vector>

#include "charter/assess.hpp"
#include "charter/engine.hpp"
#include "feel/case_batch.hpp"

namespace partnership::charter {

// The facts that are not known among those of what was consulted and is missing, each once, in the
// order of the schema: `participants[3].excluded`, items from 0.
std::vector<std::string> missing_facts(const Engine& engine, const feel::Batch& batch,
                                       std::uint32_t row, const std::vector<Consulted>& consulted);

}  // namespace partnership::charter
