// SPDX-License-Identifier: Apache-2.0
//
// A function as a value: one of the library's own, or one written in an expression together with
// the values it uses from outside. It lies in the arena of the evaluation that made it; its code
// belongs to a Program, which must outlive it.
#pragma once

#include <span>

#include "feel/ast.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

struct Builtin;  // builtins.hpp
struct Body;     // code.hpp
struct Unit;

struct Function {
  const Builtin* builtin = nullptr;  // or, where it is nullptr:
  const Body* body = nullptr;        // nullptr: an external function, which gives null
  const Unit* unit = nullptr;
  std::span<const Parameter> parameters;
  const Type* result = nullptr;  // static
  std::span<const Value> captured;
  Value case_value;  // the names of the case around it
};

}  // namespace partnership::feel
