// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_pricing.hpp"

#include <algorithm>

namespace partnership::lottery {
namespace {

using solver::Status;

solver::IntegerProgram program_of(const PanelModel& model) {
  solver::IntegerProgram program;
  for (const PanelModel::Column& column : model.columns) {
    program.columns.push_back({column.lower, column.upper});
  }
  for (const PanelModel::Row& from : model.rows) {
    solver::IntegerProgram::Row row{from.lower, from.upper, {}};
    for (const PanelModel::Term& term : from.terms) {
      if (term.coefficient == 0) continue;
      row.terms.push_back({static_cast<std::int32_t>(term.column), term.coefficient});
    }
    program.rows.push_back(std::move(row));
  }
  return program;
}

}  // namespace

Pricing::Pricing(const Space& space, Watch& watch)
    : space_(space),
      watch_(watch),
      program_(program_of(space.model())),
      solver_(program_),
      box_{space.lower, space.upper, space.row_lower, space.row_upper} {}

void Pricing::enter(const Box& box) {
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (box_.lower[j] == box.lower[j] && box_.upper[j] == box.upper[j]) continue;
    solver_.set_column(static_cast<std::int32_t>(j), box.lower[j], box.upper[j]);
  }
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    if (box_.row_lower[i] == box.row_lower[i] && box_.row_upper[i] == box.row_upper[i]) continue;
    solver_.set_row(static_cast<std::int32_t>(i), box.row_lower[i], box.row_upper[i]);
  }
  box_ = box;
}

Priced Pricing::find(const Box& box, std::span<const double> wish, double beyond,
                     std::int64_t nodes) {
  enter(box);
  std::vector<double> costs;
  for (const double value : wish) costs.push_back(-value);
  solver::IntegerQuestion question;
  question.costs = costs;
  question.better_than = -beyond;
  question.first = true;
  question.limits.nodes = std::min(nodes, watch_.nodes_left);
  question.limits.stop = watch_.stops();
  const solver::IntegerAnswer answer = solver_.solve(question);
  nodes_ += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  Priced priced;
  if (!answer.values.empty()) priced.panel = panel_of(answer.values);
  priced.certain = answer.status == Status::infeasible;
  return priced;
}

// From the tree's own order to preorder.
std::optional<Proof> Pricing::proof_of(const solver::BranchProof& tree) {
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
    watch_.numbers_left -= static_cast<std::int64_t>(node.rows.size()) + 1;
    if (watch_.numbers_left < 0) return std::nullopt;
  }
  return proof;
}

Pricing::Settled Pricing::settle(const Inequality& inequality) {
  std::vector<Rational> terms(space_.columns());
  for (const auto& [type, factor] : inequality.terms) terms[type] = factor;
  solver::ProofQuestion question;
  question.terms = terms;
  question.bound = inequality.bound;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  solver::ProofAnswer answer = solver::prove_bound(program_, question);
  nodes_ += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  Settled settled;
  if (answer.status == Status::optimal) settled.proof = proof_of(answer.proof);
  if (answer.status == Status::infeasible) settled.counter = panel_of(answer.against);
  return settled;
}

}  // namespace partnership::lottery
