// SPDX-License-Identifier: Apache-2.0
#include "solver/branch_proof.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"
#include "solver/naive_integer.hpp"

namespace partnership::solver {
namespace {

std::vector<Rational> random_terms(std::mt19937& random, std::size_t count) {
  const int den = number_below(random, 3) == 0 ? 7 : 1;
  std::vector<Rational> terms;
  for (std::size_t j = 0; j < count; ++j) {
    terms.emplace_back(number_below(random, 11) - 5, 1 + number_below(random, den));
  }
  return terms;
}

// The proof's meaning, point by point: whoever obeys the rows is in one leaf, where the multipliers
// add up to what is said.
void expect_to_mean_it(const BranchProof& proof, const IntegerProgram& program,
                       std::span<const Rational> terms, const Rational& bound) {
  for_each_choice(program, [&](std::span<const std::int64_t> values) {
    if (!obeys_rows(program, values)) return;
    std::int32_t at = 0;
    while (proof.nodes[static_cast<std::size_t>(at)].column >= 0) {
      const BranchProof::Node& node = proof.nodes[static_cast<std::size_t>(at)];
      const bool below = values[static_cast<std::size_t>(node.column)] <= node.at;
      at = below ? node.below : node.above;
    }
    EXPECT_FALSE(proof.nodes[static_cast<std::size_t>(at)].infeasible);
    Rational sum;
    for (std::size_t j = 0; j < terms.size(); ++j) sum += terms[j] * Rational(values[j]);
    EXPECT_LE(sum, bound);
  });
}

TEST(BranchProof, ProvesTheBestAndRefutesLess) {
  std::mt19937 random(1);
  int proved = 0, empty = 0, trees = 0;
  for (int run = 0; run < 3000; ++run) {
    const IntegerProgram program = random_integer_program(random);
    const std::vector<Rational> terms = random_terms(random, program.columns.size());
    const std::optional<Rational> most = greatest_sum(program, terms);
    ProofQuestion question;
    question.terms = terms;
    question.bound = most.value_or(Rational(-1000));
    const ProofAnswer answer = prove_bound(program, question);
    ASSERT_EQ(answer.status, Status::optimal) << run;
    EXPECT_TRUE(holds(answer.proof, program, terms, question.bound)) << run;
    expect_to_mean_it(answer.proof, program, terms, question.bound);
    if (answer.proof.nodes.size() > 1) ++trees;
    if (!most) {
      ++empty;
      question.terms = {};
      question.bound = -1;
      const ProofAnswer nothing = prove_bound(program, question);
      EXPECT_EQ(nothing.status, Status::optimal);
      EXPECT_TRUE(holds(nothing.proof, program, {}, Rational(-1)));
      continue;
    }
    ++proved;
    question.bound -= Rational(1, 1000000);
    const ProofAnswer less = prove_bound(program, question);
    ASSERT_EQ(less.status, Status::infeasible) << run;
    EXPECT_TRUE(program.obeyed_by(less.against));
    EXPECT_TRUE(less.proof.nodes.empty());
    EXPECT_FALSE(holds(answer.proof, program, terms, question.bound)) << run;
    question.terms = {};
    question.bound = -1;
    EXPECT_EQ(prove_bound(program, question).status, Status::infeasible);
  }
  EXPECT_GT(proved, 1000);
  EXPECT_GT(empty, 500);
  EXPECT_GT(trees, 100);
}

TEST(BranchProof, ProvesWhatCommitteesNeed) {
  for (unsigned seed = 0; seed < 15; ++seed) {
    const IntegerProgram program = panel_program({150, 20, 4, 4, 1, seed});
    std::mt19937 random(seed);
    std::vector<double> costs = random_costs(random, program.columns.size(), 1000);
    std::vector<Rational> terms;
    for (const double cost : costs) terms.emplace_back(-Rational::of(cost) / Rational(7));
    IntegerQuestion question;
    question.costs = costs;
    const IntegerAnswer best = IntegerSolver(program).solve(question);
    ASSERT_EQ(best.status, Status::optimal);
    const Rational bound = -Rational::of(best.cost) / Rational(7);
    ProofQuestion proof_question{terms, bound, {}};
    const ProofAnswer one = prove_bound(program, proof_question);
    ASSERT_EQ(one.status, Status::optimal) << seed;
    EXPECT_TRUE(holds(one.proof, program, terms, bound));
    const ProofAnswer other = prove_bound(program, proof_question);
    EXPECT_EQ(one.nodes, other.nodes);
    ASSERT_EQ(one.proof.nodes.size(), other.proof.nodes.size());
    for (std::size_t n = 0; n < one.proof.nodes.size(); ++n) {
      EXPECT_EQ(one.proof.nodes[n].rows, other.proof.nodes[n].rows);
    }
  }
}

TEST(BranchProof, HoldsNoLongerWhenItsMeaningIsChanged) {
  // x + y + z = 1 with 2x + 2y + 2z <= 3 relaxed to reach 3/2: needs a branch for x + y <= 1.
  IntegerProgram program{{{0, 1}, {0, 1}, {0, 1}},
                         {{-no_bound, 1, {{0, 1}, {1, 1}}},
                          {-no_bound, 1, {{1, 1}, {2, 1}}},
                          {-no_bound, 1, {{0, 1}, {2, 1}}}}};
  const std::vector<Rational> terms = {1, 1, 1};
  const ProofAnswer answer = prove_bound(program, {terms, 1, {}});
  ASSERT_EQ(answer.status, Status::optimal);
  const BranchProof& proof = answer.proof;
  ASSERT_GE(proof.nodes.size(), 3U);
  EXPECT_TRUE(holds(proof, program, terms, 1));
  EXPECT_TRUE(holds(proof, program, terms, 2));
  EXPECT_FALSE(holds(proof, program, terms, Rational(99, 100)));
  EXPECT_FALSE(holds(proof, program, std::vector<Rational>{1, 2, 1}, 1));
  EXPECT_FALSE(holds({}, program, terms, 1));
  const auto changed = [&](const auto& change) {
    BranchProof other = proof;
    change(other.nodes);
    return holds(other, program, terms, 1);
  };
  using Nodes = std::vector<BranchProof::Node>;
  EXPECT_FALSE(changed([](Nodes& nodes) { nodes[0].above = nodes[0].below; }));
  EXPECT_FALSE(changed([](Nodes& nodes) { nodes[0].below = 0; }));
  EXPECT_FALSE(changed([](Nodes& nodes) { nodes[0].above = 99; }));
  EXPECT_FALSE(changed([](Nodes& nodes) { nodes[0].column = 3; }));
  EXPECT_FALSE(changed([](Nodes& nodes) { std::swap(nodes[0].below, nodes[0].above); }));
  EXPECT_FALSE(changed([](Nodes& nodes) { nodes[0].column = -1; }));
  for (std::size_t n = 0; n < proof.nodes.size(); ++n) {
    if (proof.nodes[n].column >= 0 || proof.nodes[n].rows.empty()) continue;
    EXPECT_FALSE(changed([&](Nodes& nodes) { nodes[n].rows.clear(); }));
    EXPECT_FALSE(changed([&](Nodes& nodes) { nodes[n].infeasible = !nodes[n].infeasible; }));
    EXPECT_FALSE(changed([&](Nodes& nodes) { nodes[n].rows[0].second = -1; }));
  }
  program.rows[0].upper = 2;
  EXPECT_FALSE(holds(proof, program, terms, 1));
}

TEST(BranchProof, KeepsToItsLimitsAndStops) {
  std::mt19937 random(3);
  IntegerProgram program;
  std::vector<Rational> terms;
  Rational bound;
  ProofAnswer whole;
  for (unsigned seed = 0; whole.nodes <= 10; ++seed) {
    ASSERT_LT(seed, 50U);
    program = panel_program({300, 30, 6, 4, 0, seed});
    const std::vector<double> costs = random_costs(random, program.columns.size(), 8);
    IntegerQuestion best;
    best.costs = costs;
    terms.clear();
    for (const double cost : costs) terms.emplace_back(-Rational::of(cost));
    bound = -Rational::of(IntegerSolver(program).solve(best).cost);
    whole = prove_bound(program, {terms, bound, {}});
    ASSERT_EQ(whole.status, Status::optimal);
  }
  ProofQuestion question{terms, bound, {}};
  question.limits.nodes = whole.nodes - 1;
  const ProofAnswer by_nodes = prove_bound(program, question);
  EXPECT_EQ(by_nodes.status, Status::limit);
  EXPECT_TRUE(by_nodes.proof.nodes.empty());
  question.limits = {};
  question.limits.iterations = 10;
  EXPECT_EQ(prove_bound(program, question).status, Status::limit);
  question.limits = {};
  int n = 0, asked = 0;
  for (;; n += 1 + n / 4) {
    asked = 0;
    question.limits.stop = [&] { return asked++ >= n; };
    const ProofAnswer answer = prove_bound(program, question);
    if (answer.status == Status::optimal) break;
    ASSERT_EQ(answer.status, Status::cancelled) << n;
  }
  EXPECT_GT(n, 3);
}

TEST(BranchProof, RefusesBoundsThatContradictThemselves) {
  EXPECT_THROW(prove_bound({{{1, 0}}, {}}, {}), Error);
  EXPECT_THROW(prove_bound({{{0, 1}}, {{2, 1, {{0, 1}}}}}, {}), Error);
}

}  // namespace
}  // namespace partnership::solver
