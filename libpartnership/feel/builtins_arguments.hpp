// SPDX-License-Identifier: Apache-2.0
//
// What the built-in functions read their arguments with: kinds are checked, a list of one is
// converted to its item and an item to a list of one (DMN 1.5, 10.3.2.9.4), and the first argument
// that does not go raises the warning. Included by builtins*.cpp only.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "feel/evaluation.hpp"
#include "feel/spend.hpp"
#include "feel/value.hpp"

namespace partnership::feel::builtin {

class Arguments {
 public:
  // `function`: its name, a literal.
  Arguments(Evaluation& evaluation, std::string_view function,
            std::span<const Value> given) noexcept
      : evaluation_(evaluation), function_(function), given_(given) {}

  // Whether an argument did not go; then the warning has been raised and the result is null.
  bool failed() const noexcept { return failed_; }
  bool has(std::size_t i) const noexcept {
    return i < given_.size() && !given_[i].is(Kind::absent);
  }

  // As it is; null where it was not given.
  Value value(std::size_t i) const noexcept { return has(i) ? given_[i] : Value(); }
  // The item of a list of one, else as it is.
  Value single(std::size_t i) const noexcept;
  // Not null, and of one of the kinds.
  Value one_of(std::size_t i, std::initializer_list<Kind> kinds);
  Value number(std::size_t i) { return one_of(i, {Kind::number}); }
  // A number without its fraction; those past int64 become its ends.
  std::int64_t integer(std::size_t i);
  std::string_view text(std::size_t i);
  // "" where it was not given or is null.
  std::string_view text_or_nothing(std::size_t i);
  // Days since 1970-01-01 of a date or a date and time.
  std::int64_t day(std::size_t i);
  std::span<const Value> items(std::size_t i);
  // Of f(list) and f(item, item, ...).
  std::span<const Value> all_items();

  // Raise the warning and give null.
  Value wrong(WarningKind kind, Value left = {}, Value right = {});
  Value wrong_type(Value value);  // or null
  Value no_result(Value left = {}, Value right = {}) {
    return wrong(WarningKind::no_result, left, right);
  }

 private:
  Evaluation& evaluation_;
  std::string_view function_;
  std::span<const Value> given_;
  bool failed_ = false;
};

// The value, or null and a warning.
inline Value result_of(Arguments& in, const std::optional<Value>& value, Value left = {},
                       Value right = {}) {
  return value ? *value : in.no_result(left, right);
}

// A list that is filled from front to back; its length is checked and paid for when it is made.
class ListMaker {
 public:
  ListMaker(Evaluation& evaluation, std::size_t most) : room_(most) {
    evaluation.check_list(most);
    evaluation.spend(most);
    items_ = evaluation.arena().array<Value>(most);
  }
  void push(Value value) noexcept {
    assert(size_ < room_);
    items_[size_++] = value;
  }
  void push(std::span<const Value> values) noexcept {
    for (const Value& value : values) push(value);
  }
  std::size_t size() const noexcept { return size_; }
  Value done() const noexcept { return Value::list({items_, size_}); }

 private:
  Value* items_ = nullptr;
  std::size_t room_, size_ = 0;
};

inline Value yes_or_no(bool value) noexcept {
  return Value::boolean(value);
}

}  // namespace partnership::feel::builtin
