// SPDX-License-Identifier: Apache-2.0
//
// From the expressions of a charter's norms to one expression set a kind of case. What is wrong
// with an expression is told at its place in the charter's document.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/json.hpp"
#include "charter/charter.hpp"
#include "feel/type.hpp"

namespace partnership::charter {

// What an expression must be able to give. A type that is not known before it runs will do.
enum class Wanted : std::uint8_t {
  boolean,
  date,
  dates,     // a list of dates
  contexts,  // a list of contexts
  period,    // a number of days, or a duration
  reason,    // a text or a boolean
};

// An expression as the reader found it.
struct ExpressionPlace {
  std::uint32_t kind;      // whose facts it speaks of
  json::Value where;       // the text of it in the document
  Expression* expression;  // of a norm version or of Kind::dated_by; its number is set
  Wanted wanted;
};

// The facts of a kind as a type, and the maker of that type.
struct KindFacts {
  std::shared_ptr<feel::Types> types;
  const feel::Type* schema = nullptr;  // nullptr: they are not known, and nothing is compiled
};

// Compiles, in FEEL's strict profile, all expressions of every kind together: sets Kind::set and
// Expression::number. `facts`: one a kind. What is wrong goes to `problems`, with pointer, offset,
// line and column in the charter's document; the set of that kind then stays nullptr. The name of
// an expression in its set is its JSON pointer. Equal texts of a kind are one expression.
void compile_kinds(std::vector<Kind>& kinds, std::span<const KindFacts> facts,
                   std::span<const ExpressionPlace> places, json::Problems& problems);

}  // namespace partnership::charter
