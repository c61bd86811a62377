// SPDX-License-Identifier: Apache-2.0
//
// Trees as text, for tests of the parser.
#pragma once

#include <string>

#include "feel/parser.hpp"

namespace partnership::feel {

// The tree below `node` as an expression with brackets around every operation, which parses to the
// same tree where the same names are in scope.
std::string full_text(const Ast& ast, NodeId node);
inline std::string full_text(const Ast& ast) {
  return full_text(ast, ast.root);
}

}  // namespace partnership::feel
