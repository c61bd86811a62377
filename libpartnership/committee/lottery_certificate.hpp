// SPDX-License-Identifier: Apache-2.0
//
// The certificate of a lottery, or of there being no committee, as a JSON document. Its form, and
// why it proves what it does, is in verify/certificate.hpp, which also checks it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/hash.hpp"
#include "committee/lottery.hpp"

namespace partnership {

struct CertificateOf {
  Hash criteria{}, pool{};           // of the documents that the model was made from
  std::span<const std::string> ids;  // of the nominees
};

// Compact JSON. Of a lottery that is proved or bound (not legacy, which has nothing to certify), or
// infeasible. Throws Error(state) otherwise, Error(invalid_argument) where there is not one id a
// nominee, and Error(limit) where the text would be longer than `bytes`.
std::string lottery_certificate(const PanelModel& model, const Lottery& lottery,
                                const CertificateOf& of, std::size_t bytes = std::size_t{1} << 30);

// Of there being no committee: the rows in conflict and the proof, and, where there are any,
// examples that the criteria of these rows can be met but for one, in the order of their first
// rows.
struct ConflictOf {
  std::span<const std::uint32_t> rows;
  const Proof& proof;
  struct Witness {
    std::string without;
    std::vector<Seat> values;
  };
  std::span<const Witness> witnesses;
};
// Throws as lottery_certificate.
std::string conflict_certificate(const PanelModel& model, const ConflictOf& conflict,
                                 const CertificateOf& of, std::size_t bytes = std::size_t{1} << 30);

}  // namespace partnership
