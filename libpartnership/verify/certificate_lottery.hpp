// SPDX-License-Identifier: Apache-2.0
//
// The two halves of a lottery's certificate: what the panels reach (certificate_panels.cpp) and
// what no lottery exceeds (certificate_levels.cpp). See certificate.hpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "verify/certificate.hpp"
#include "verify/certificate_model.hpp"

namespace partnership::verify {

struct LotteryParts {          // members of the document, of the right JSON types
  std::string_view objective;  // one of the three
  json::Value target, denominator, panels, levels, status;
};

// Of a type, read from `target`; nullopt when anything is wrong with it.
std::optional<std::vector<Rational>> read_target(const Reader& reader, const Model& model,
                                                 json::Value target);

// Panels, weights and, where there is a target, the distance from it. Fills in the report's
// `deviation` and `least`. Gives the least probability of a nominee of each type; nullopt when
// anything is wrong.
std::optional<std::vector<Rational>> check_panels(const Reader& reader, const Model& model,
                                                  const LotteryParts& parts,
                                                  const std::vector<Rational>* target,
                                                  CertificateReport& report);

// Levels and status. Fills in the report's `levels`, `bound` and `gap` (Nash: of the target).
// Gives the verdict if nothing else is wrong; Verdict::refused when something was.
CertificateReport::Verdict check_levels(const Reader& reader, const Model& model,
                                        const LotteryParts& parts,
                                        const std::vector<Rational>& target,
                                        CertificateReport& report);

}  // namespace partnership::verify
