// SPDX-License-Identifier: Apache-2.0
//
// The built-in functions of DMN 1.5 (10.3.4), and three of ours over a calendar: `working days
// between`, `add working days`, `is working day`. One table gives their names, signatures and code.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "feel/evaluation.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// A short list that lives in a constant table.
template <class T, std::size_t most>
class Few {
 public:
  constexpr Few() = default;
  constexpr Few(std::initializer_list<T> items) {
    for (const T& item : items) push(item);
  }
  constexpr void push(const T& item) {
    assert(size_ < most);
    items_[size_++] = item;
  }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr const T& operator[](std::size_t i) const noexcept { return items_[i]; }
  constexpr const T* begin() const noexcept { return items_; }
  constexpr const T* end() const noexcept { return items_ + size_; }

 private:
  T items_[most] = {};
  std::uint8_t size_ = 0;
};

inline constexpr std::size_t most_parameters = 7;
inline constexpr std::size_t most_signatures = 5;

// How the type of a result follows from those of the arguments; for the checker.
enum class ResultType : std::uint8_t {
  fixed,    // `result`, with elements of `result_element`
  like,     // that of the first argument (abs; sublist, reverse, sort: a list of the same items)
  element,  // of the items of the first argument, or of the arguments themselves (min, max)
  grown,    // a list of the items of the first argument and of those that `any` parameters take
  lists,    // a list that may hold the items of every argument (concatenate, union)
};

// One way to call a function.
struct Signature {
  Few<std::string_view, most_parameters> parameters;
  std::uint8_t required = 0;  // how many of them, from the first on
  // Takes `required` or more positional arguments: either one list, or its items (min), or more of
  // the last parameter (append). By name: its parameters.
  bool variadic = false;
  // What each parameter and the result are; `any` where it depends. For the checker. Of a variadic
  // signature they hold for the call by name.
  Few<TypeKind, most_parameters> parameter_types;
  TypeKind element = TypeKind::any;  // of the items of the list parameters
  TypeKind result = TypeKind::any;
  TypeKind result_element = TypeKind::any;  // where the result is a list or a range
  ResultType result_type = ResultType::fixed;
  // Arguments come in the order of `parameters`, Value::absent() for an optional one that was not
  // given (those behind the last given one may be left out); a variadic signature gets all its
  // arguments as they are. Arguments of a wrong kind are converted (a list of one to its item and
  // back, DMN 1.5, 10.3.2.9.4) or answered with null and a warning.
  Value (*call)(Evaluation& evaluation, std::span<const Value> arguments) = nullptr;
};

struct Builtin {
  std::string_view name;
  Few<Signature, most_signatures> signatures;
  std::string_view sentence;  // one line of documentation
  bool pure = true;  // depends on nothing but its arguments (not: today, now, working days)
};

std::span<const Builtin> builtins() noexcept;  // by name
const Builtin* find_builtin(std::string_view name) noexcept;

// The signature for so many positional arguments, or for these names (then `order[i]` says which
// parameter the i-th argument is); nullptr: none. What is not given by its name is null (DMN 1.5,
// 10.3.2.13.5), so fewer names than `required` will do where no signature has just these.
const Signature* signature_for(const Builtin& builtin, std::size_t arguments) noexcept;
const Signature* signature_for(const Builtin& builtin, std::span<const std::string_view> names,
                               std::span<std::uint8_t> order) noexcept;

}  // namespace partnership::feel
