// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_pricing.hpp"

#include <algorithm>

#include "committee/model_program.hpp"

namespace partnership::lottery {

using solver::Status;

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

solver::IntegerAnswer Pricing::ask(const Box& box, std::span<const double> wish, double beyond,
                                   std::int64_t nodes, bool first) {
  enter(box);
  std::vector<double> costs;
  for (const double value : wish) costs.push_back(-value);
  solver::IntegerQuestion question;
  question.costs = costs;
  question.better_than = -beyond;
  question.first = first;
  question.limits.nodes = std::min(nodes, watch_.nodes_left);
  question.limits.stop = watch_.stops();
  solver::IntegerAnswer answer = solver_.solve(question);
  nodes_ += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  return answer;
}

Priced Pricing::find(const Box& box, std::span<const double> wish, double beyond,
                     std::int64_t nodes) {
  const solver::IntegerAnswer answer = ask(box, wish, beyond, nodes, true);
  Priced priced;
  if (!answer.values.empty()) priced.panel = panel_of(answer.values);
  priced.certain = answer.status == Status::infeasible;
  return priced;
}

Priced Pricing::best(const Box& box, std::span<const double> wish, std::int64_t nodes) {
  const solver::IntegerAnswer answer = ask(box, wish, -solver::infinite, nodes, false);
  Priced priced;
  if (!answer.values.empty()) priced.panel = panel_of(answer.values);
  priced.certain = answer.status == Status::optimal;
  return priced;
}

// Sums of whole numbers x are whole multiples of the terms' greatest common measure, so what is
// below the next multiple is at most the bound. Leaves that come so far need no more branches.
Rational Pricing::provable(const Inequality& inequality) {
  Integer nums = 0, dens = 1;
  for (const auto& [type, factor] : inequality.terms) {
    nums = Integer::gcd(nums, factor.num());
    dens = Integer::lcm(dens, factor.den());
  }
  if (nums.sign() == 0) return inequality.bound;
  const Rational measure(nums, dens);
  const Rational below = measure * Rational((inequality.bound / measure).floor());
  const Rational most = below + measure * Rational(Integer(1023), Integer(1024));
  return std::max(most, inequality.bound);
}

Pricing::Settled Pricing::settle(const Inequality& inequality) {
  std::vector<Rational> terms(space_.columns());
  for (const auto& [type, factor] : inequality.terms) terms[type] = factor;
  solver::ProofQuestion question;
  question.terms = terms;
  question.bound = provable(inequality);
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  solver::ProofAnswer answer = solver::prove_bound(program_, question);
  nodes_ += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  Settled settled;
  if (answer.status == Status::optimal) settled.proof = proof_of(answer.proof, watch_.numbers_left);
  if (answer.status == Status::infeasible) settled.counter = panel_of(answer.against);
  return settled;
}

}  // namespace partnership::lottery
