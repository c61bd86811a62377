// SPDX-License-Identifier: Apache-2.0
//
// Certificates that there is no committee. See certificate.hpp.
#pragma once

#include <optional>

#include "verify/certificate.hpp"
#include "verify/certificate_model.hpp"

namespace partnership::verify {

struct ConflictParts {  // members of the document, of the right JSON types
  json::Value rows, proof;
  std::optional<json::Value> witnesses;
};

// Verdict::infeasible if nothing is wrong; fills in `minimal`.
CertificateReport::Verdict check_conflict(const Reader& reader, const Model& model,
                                          const ConflictParts& parts, CertificateReport& report);

}  // namespace partnership::verify
