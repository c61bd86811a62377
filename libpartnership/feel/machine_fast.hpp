// SPDX-License-Identifier: Apache-2.0
//
// The short ways of the machine: operators between values of the same usual kind. Whatever else
// goes through operators.hpp.
#pragma once

#include <cstdint>
#include <cstring>

#include "feel/machine.hpp"
#include "feel/operators.hpp"
#include "feel/temporal.hpp"
#include "feel/value.hpp"

namespace partnership::feel::fast {

// Short texts without a call.
inline bool equal_bytes(const char* left, const char* right, std::size_t size) noexcept {
  if (size > 16) return std::memcmp(left, right, size) == 0;
  if (size >= 8) {
    std::uint64_t l[2], r[2];
    std::memcpy(&l[0], left, 8);
    std::memcpy(&r[0], right, 8);
    std::memcpy(&l[1], left + size - 8, 8);
    std::memcpy(&r[1], right + size - 8, 8);
    return l[0] == r[0] && l[1] == r[1];
  }
  if (size >= 4) {
    std::uint32_t l[2], r[2];
    std::memcpy(&l[0], left, 4);
    std::memcpy(&r[0], right, 4);
    std::memcpy(&l[1], left + size - 4, 4);
    std::memcpy(&r[1], right + size - 4, 4);
    return l[0] == r[0] && l[1] == r[1];
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (left[i] != right[i]) return false;
  }
  return true;
}

inline bool equal_texts(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() && equal_bytes(left.data(), right.data(), left.size());
}

// Where the value stands in a shape that has the name, else Shape::none.
inline std::uint32_t find_member(MemberCache& cache, const Shape* shape, const MemberUse& use) {
  if (cache.shape == shape) return cache.index;
  const std::span<const std::string_view> keys = shape->keys;
  std::uint32_t index = cache.index;
  if (index >= keys.size() || !equal_texts(keys[index], use.name)) index = shape->find(use.name);
  cache = {shape, index};
  return index;
}

// Two numbers with coefficients of one scale; two dates, ...: the same in all but their number.
inline bool alike(Value left, Value right) noexcept {
  std::uint64_t l = 0, r = 0;
  static_assert(sizeof(Value) == 16);
  std::memcpy(&l, &left, sizeof l);
  std::memcpy(&r, &right, sizeof r);
  return l == r;
}

// The number that orders two values that are alike; false: they are not so simple.
inline bool simple_pair(Value left, Value right, std::int64_t& l, std::int64_t& r) noexcept {
  if (!alike(left, right)) return false;
  if (left.is(Kind::number) && left.is_small()) {
    l = left.coefficient();
    r = right.coefficient();
    return true;
  }
  if (left.is(Kind::date)) {
    l = left.days();
    r = right.days();
    return true;
  }
  if (left.is(Kind::days_time_duration)) {  // with equal nanoseconds
    l = left.seconds();
    r = right.seconds();
    return true;
  }
  return false;
}

inline Value equality(Evaluation& evaluation, Opcode op, Value left, Value right) {
  const bool wanted = op == Opcode::equal;
  if (left.is(Kind::string) && right.is(Kind::string)) {
    const std::string_view l = left.text(), r = right.text();
    if (l.size() >= 64 && l.size() == r.size()) spend_on_texts(evaluation, l, r);
    return Value::boolean(equal_texts(l, r) == wanted);
  }
  if (left.is(Kind::boolean) && right.is(Kind::boolean)) {
    return Value::boolean((left.boolean() == right.boolean()) == wanted);
  }
  std::int64_t l = 0, r = 0;
  if (simple_pair(left, right, l, r)) return Value::boolean((l == r) == wanted);
  return comparison(evaluation, op, left, right);
}

inline Value ordering(Evaluation& evaluation, Opcode op, Value left, Value right) {
  std::int64_t l = 0, r = 0;
  if (!simple_pair(left, right, l, r)) return comparison(evaluation, op, left, right);
  switch (op) {
    case Opcode::less:
      return Value::boolean(l < r);
    case Opcode::less_equal:
      return Value::boolean(l <= r);
    case Opcode::greater:
      return Value::boolean(l > r);
    default:
      return Value::boolean(l >= r);
  }
}

inline bool small_numbers(Value left, Value right) noexcept {
  return left.is(Kind::number) && right.is(Kind::number) && left.is_small() && right.is_small();
}

inline Value sum(Evaluation& evaluation, Value left, Value right) {
  std::int64_t out = 0;
  if (alike(left, right) && small_numbers(left, right) &&
      !__builtin_add_overflow(left.coefficient(), right.coefficient(), &out)) {
    return Value::small_number(out, left.scale());
  }
  return arithmetic(evaluation, Opcode::add, left, right);
}

inline Value difference(Evaluation& evaluation, Value left, Value right) {
  if (left.is(Kind::date) && right.is(Kind::date)) {
    return Value::days_time((left.days() - right.days()) * seconds_per_day);
  }
  std::int64_t out = 0;
  if (alike(left, right) && small_numbers(left, right) &&
      !__builtin_sub_overflow(left.coefficient(), right.coefficient(), &out)) {
    return Value::small_number(out, left.scale());
  }
  return arithmetic(evaluation, Opcode::subtract, left, right);
}

inline Value product(Evaluation& evaluation, Value left, Value right) {
  constexpr unsigned largest_scale = 18;
  std::int64_t out = 0;
  if (small_numbers(left, right) && left.scale() + right.scale() <= largest_scale &&
      !__builtin_mul_overflow(left.coefficient(), right.coefficient(), &out)) {
    return Value::small_number(out, left.scale() + right.scale());
  }
  return arithmetic(evaluation, Opcode::multiply, left, right);
}

}  // namespace partnership::feel::fast
