// SPDX-License-Identifier: Apache-2.0
//
// Proofs that no solution of an integer program goes beyond a bound: a tree that branches over
// columns, in whose leaves multipliers of the rows, exact fractions, prove the bound (or that there
// is nothing) by addition alone. A reader needs no solver to check it.
//
// What it will not do: search for good solutions (integer.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/rational.hpp"
#include "solver/integer.hpp"

namespace partnership::solver {

struct BranchProof {
  struct Node {
    // Of an inner node: every solution has x <= at (`below`) or x >= at + 1 (`above`).
    std::int32_t column = -1;  // -1: a leaf
    std::int64_t at = 0;
    std::int32_t below = -1, above = -1;
    // Of a leaf: rows times multipliers, by their upper bounds where these are positive, by their
    // lower ones where they are negative; what is then left of the terms is bounded by the
    // columns' bounds. The total is at most the bound; or, with zeros for terms, below 0.
    bool infeasible = false;
    std::vector<std::pair<std::int32_t, Rational>> rows;
  };
  std::vector<Node> nodes;  // the root first, a node before what is below and above it
};

struct ProofQuestion {
  std::span<const Rational> terms;  // one a column; empty: zeros
  Rational bound;                   // sum of terms * x <= bound
  IntegerLimits limits;
};

struct ProofAnswer {
  // optimal: proved. infeasible: refuted by `against`. limit, cancelled, trouble: neither.
  Status status = Status::trouble;
  BranchProof proof;
  std::vector<std::int64_t> against;  // a solution that is beyond the bound
  std::int64_t nodes = 0, iterations = 0;
};

// With no terms and a bound of -1: that there is no solution at all. The same question gives the
// same proof. Refuses what IntegerSolver refuses, and a lower bound above its upper one, of which
// there is nothing to prove by addition.
ProofAnswer prove_bound(const IntegerProgram& program, const ProofQuestion& question);

// What the multipliers of a leaf prove, under these bounds of columns: every solution has sum of
// terms * x <= the result. Nothing where they take a bound that a row does not have.
std::optional<Rational> proved_total(const IntegerProgram& program,
                                     std::span<const IntegerProgram::Column> bounds,
                                     std::span<const Rational> terms,
                                     std::span<const std::pair<std::int32_t, Rational>> rows);

// Whether the proof holds, by addition and comparison.
bool holds(const BranchProof& proof, const IntegerProgram& program, std::span<const Rational> terms,
           const Rational& bound);

}  // namespace partnership::solver
