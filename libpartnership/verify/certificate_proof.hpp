// SPDX-License-Identifier: Apache-2.0
//
// Proofs of inequalities over the whole points of a model. See certificate.hpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "verify/certificate_model.hpp"

namespace partnership::verify {

// sum c_j x_j <= bound.
struct Inequality {
  std::vector<std::pair<std::uint32_t, Rational>> terms;
  Rational bound;
};

struct ProofCount {
  std::int64_t nodes = 0, leaves = 0;
};

// Whether `proof` proves the inequality. With `rows`, a flag a row, it is a proof that there is no
// point at all: every leaf is {"infeasible"} and uses rows with a flag only.
bool check_proof(const Reader& reader, const Model& model, const Inequality& inequality,
                 json::Value proof, ProofCount& count);
bool check_infeasible(const Reader& reader, const Model& model, const std::vector<bool>& rows,
                      json::Value proof, ProofCount& count);

}  // namespace partnership::verify
