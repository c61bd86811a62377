// SPDX-License-Identifier: Apache-2.0
//
// The reports of the verifiers as tables, for the C API.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/table.hpp"
#include "verify/certificate.hpp"
#include "verify/draw.hpp"

namespace partnership::verify {

// One row: verdict, objective (null: none), hash, nominees, types, columns, rows, panels, levels,
// nodes, delta, deviation, least, bound, gap (fractions, null where the verdict has none), minimal.
Table about_table(const CertificateReport& report);
// One row: verdict ("sound", "refused"), drawn, hash (of the numbered panels), lottery, panels,
// deviation (a fraction), lost, seed, number (null where nothing is drawn).
Table about_table(const DrawReport& report);
Table checked_table(const std::vector<std::string>& checked);  // checked
Table faults_table(const std::vector<Problem>& faults);        // message, pointer, line, column
Table members_table(const std::vector<std::string>& members);  // member

}  // namespace partnership::verify
