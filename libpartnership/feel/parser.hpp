// SPDX-License-Identifier: Apache-2.0
//
// Text to tree: the whole expression grammar of DMN 1.5 (10.3.1.2). All that is wrong with a text
// is reported (the parser goes on behind an error where it can), each with its span, what was
// expected, and the nearest spelling of a name.
//
// How far a name goes. Where an operand may stand, the longest name counts that is in scope there
// (declared inputs, iterators, entries, parameters, members of a filter's items), byte for byte but
// for white space: with `a-b` declared, `a-b` and `a - b` are that name, and `(a)-b` a subtraction.
// Of two as long the innermost counts. A built-in function's name counts where nothing as long is
// declared, or where it is called. A keyword is a name only as part of a longer one, or where no
// expression can begin with it. What is not declared goes over words up to an operator or keyword
// (`date of birth > x`). Behind a point it is the longest member of the static type; where that is
// not known, words again.
//
// Escapes in texts that the grammar does not know stay as they are written: "\d" is a backslash and
// a d. A text does not go over the end of its line.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.hpp"

namespace partnership::feel {

enum class Severity : std::uint8_t { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  Span span;
  std::string message;  // one line, lower case, no full stop, the user's text in backticks
  std::string hint;     // e.g. the nearest spelling; may be empty
};

struct ParseLimits {
  std::size_t bytes = std::size_t{1} << 20;
  std::size_t depth = 200;    // expressions within each other
  std::size_t height = 1000;  // of the tree: also `1 + 1 + 1 + ...` and `a.b.c...` go in depth
  std::size_t nodes = 200000;
  std::size_t diagnostics = 50;  // the parser gives up behind so many
};

// A name that the caller's scope declares, with its type (Types::any() where unknown).
struct Declaration {
  std::string name;
  const Type* type;
  bool optional = false;  // may be absent or null
};

struct ParseOptions {
  // The schema of the case: with `strict`, an unknown name, a wrong type, a filter by a boolean
  // member that may be null, and comparisons that can only give null are errors; else plain FEEL
  // holds and only the syntax can be wrong.
  std::span<const Declaration> inputs;
  bool strict = false;
  bool unary_tests = false;  // the text is unary tests over `?` (or `tested`)
  const Type* tested = nullptr;
  ParseLimits limits;
};

// nullptr when a diagnostic is an error. `types` keeps the types that the tree refers to.
std::unique_ptr<Ast> parse(std::string_view text, Types& types, const ParseOptions& options,
                           std::vector<Diagnostic>& diagnostics);

}  // namespace partnership::feel
