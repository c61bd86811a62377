// SPDX-License-Identifier: Apache-2.0
//
// Trees as text, for tests of the parser.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feel/parser.hpp"

namespace partnership::feel {

// The tree as an expression with brackets around every operation, which parses to the same tree
// where the same names are in scope.
std::string full_text(const Ast& ast);
// What differs between two trees (but for brackets, places and the names of types); empty: nothing.
std::string difference(const Ast& left, const Ast& right);
// Each diagnostic as "FROM-TO message (hint)" on a line.
std::string text_of(const std::vector<Diagnostic>& diagnostics);

}  // namespace partnership::feel
