// SPDX-License-Identifier: Apache-2.0
//
// The built-in functions of DMN 1.5 (10.3.4), and three of ours over a calendar: `working days
// between`, `add working days`, `is working day`. One table gives their names, signatures and code.
#pragma once

#include <span>
#include <string_view>

#include "feel/evaluation.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// One way to call a function. Arguments come in the order of `parameters`, Value::absent() for an
// optional one that was not given. A variadic signature gets all its arguments as they are.
struct Signature {
  std::span<const std::string_view> parameters;
  std::uint8_t required;  // how many of them, from the first on
  bool variadic = false;  // one or more arguments; by name: the one list
  // What each parameter and the result are; `any` where it depends. For the checker.
  std::span<const TypeKind> parameter_types;
  TypeKind result = TypeKind::any;
  Value (*call)(Evaluation& evaluation, std::span<const Value> arguments) = nullptr;
};

struct Builtin {
  std::string_view name;
  std::span<const Signature> signatures;
  std::string_view sentence;  // one line of documentation
  bool pure = true;  // depends on nothing but its arguments (not: today, now, working days)
};

std::span<const Builtin> builtins() noexcept;  // by name
const Builtin* find_builtin(std::string_view name) noexcept;

// The signature for so many positional arguments, or for these names (then `order[i]` says which
// parameter the i-th argument is); nullptr: none.
const Signature* signature_for(const Builtin& builtin, std::size_t arguments) noexcept;
const Signature* signature_for(const Builtin& builtin, std::span<const std::string_view> names,
                               std::span<std::uint8_t> order) noexcept;

}  // namespace partnership::feel
