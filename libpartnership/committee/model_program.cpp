// SPDX-License-Identifier: Apache-2.0
#include "committee/model_program.hpp"

namespace partnership {

solver::IntegerProgram program_of(const PanelModel& model) {
  solver::IntegerProgram program;
  for (const PanelModel::Column& column : model.columns) {
    program.columns.push_back({column.lower, column.upper});
  }
  for (const PanelModel::Row& from : model.rows) {
    solver::IntegerProgram::Row& row = program.rows.emplace_back();
    row.lower = from.lower;
    row.upper = from.upper;
    for (const PanelModel::Term& term : from.terms) {
      if (term.coefficient == 0) continue;
      row.terms.push_back({static_cast<std::int32_t>(term.column), term.coefficient});
    }
  }
  return program;
}

std::optional<Proof> proof_of(const solver::BranchProof& tree, std::int64_t& numbers) {
  Proof proof;
  std::vector<std::int32_t> open{0};
  while (!open.empty()) {
    const auto& node = tree.nodes[static_cast<std::size_t>(open.back())];
    open.pop_back();
    ProofNode& next = proof.emplace_back();
    if (node.column >= 0) {
      next.kind = ProofNode::Kind::branch;
      next.column = static_cast<std::uint32_t>(node.column);
      next.at = node.at;
      open.push_back(node.above);
      open.push_back(node.below);
      continue;
    }
    next.kind = node.infeasible ? ProofNode::Kind::infeasible : ProofNode::Kind::rows;
    for (const auto& [row, multiplier] : node.rows) {
      next.rows.emplace_back(static_cast<std::uint32_t>(row), multiplier);
    }
    numbers -= static_cast<std::int64_t>(node.rows.size()) + 1;
    if (numbers < 0) return std::nullopt;
  }
  return proof;
}

}  // namespace partnership
