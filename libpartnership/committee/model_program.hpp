// SPDX-License-Identifier: Apache-2.0
//
// Panel models as the solver takes them, and its proofs as certificates have them.
#pragma once

#include <cstdint>
#include <optional>

#include "committee/lottery.hpp"
#include "solver/branch_proof.hpp"
#include "solver/integer.hpp"

namespace partnership {

// Columns and rows as in the model.
solver::IntegerProgram program_of(const PanelModel& model);

// In preorder. Takes what it needs from `numbers`; nothing where that is not enough.
std::optional<Proof> proof_of(const solver::BranchProof& tree, std::int64_t& numbers);

}  // namespace partnership
