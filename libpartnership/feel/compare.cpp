// SPDX-License-Identifier: Apache-2.0
#include "feel/compare.hpp"

#include <functional>

#include "feel/number.hpp"
#include "feel/number_fast.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

// Values nested deeper are equal to nothing; what an evaluation makes never is.
constexpr int most_depth = 1000;

template <class T>
int three_way(const T& left, const T& right) noexcept {
  return left < right ? -1 : (right < left ? 1 : 0);
}

// Local and zoned points lie on different scales.
bool comparable(Zoning left, Zoning right) noexcept {
  return (left == Zoning::local) == (right == Zoning::local);
}

// Points in time are compared by whole seconds, as the standard's valuet and valuedt give them.
std::optional<int> order_times(Value left, Value right) {
  if (!comparable(left.zoning(), right.zoning())) return std::nullopt;
  return three_way(instant_of_time(left).seconds, instant_of_time(right).seconds);
}
std::optional<int> order_date_times(const DateTime& left, const DateTime& right) {
  if (!comparable(left.zoning, right.zoning)) return std::nullopt;
  return three_way(instant_of(left).seconds, instant_of(right).seconds);
}

int order_durations(Value left, Value right) noexcept {
  const int order = three_way(left.seconds(), right.seconds());
  return order != 0 ? order : three_way(left.nanoseconds(), right.nanoseconds());
}

// What equal() and identical() do with what is not nested.
bool equal_points(Value left, Value right) {
  return order(left, right) == 0;
}
bool identical_points(Value left, Value right) {
  if (left.is(Kind::time)) {
    return left.nanoseconds_of_day() == right.nanoseconds_of_day() &&
           left.zoning() == right.zoning() && left.offset() == right.offset() &&
           left.zone() == right.zone();
  }
  const DateTime& one = left.date_time();
  const DateTime& other = right.date_time();
  return one.days == other.days && one.nanoseconds == other.nanoseconds &&
         one.zoning == other.zoning &&
         (one.zoning != Zoning::offset || one.offset == other.offset) &&
         (one.zoning != Zoning::zone || one.zone == other.zone);
}

using Points = bool (*)(Value, Value);

bool alike(Value left, Value right, Points points, int depth);

bool alike_lists(std::span<const Value> left, std::span<const Value> right, Points points,
                 int depth) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!alike(left[i], right[i], points, depth)) return false;
  }
  return true;
}

bool alike_contexts(const Context& left, const Context& right, Points points, int depth) {
  if (left.size() != right.size()) return false;
  if (left.shape == right.shape) {
    return alike_lists({left.values, left.size()}, {right.values, right.size()}, points, depth);
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Value* other = right.find(left.shape->keys[i]);
    if (other == nullptr || !alike(left.values[i], *other, points, depth)) return false;
  }
  return true;
}

bool alike_ranges(const Range& left, const Range& right, Points points, int depth) {
  return left.form == right.form && left.low_closed == right.low_closed &&
         left.high_closed == right.high_closed && alike(left.low, right.low, points, depth) &&
         alike(left.high, right.high, points, depth);
}

bool alike(Value left, Value right, Points points, int depth) {
  if (left.kind() != right.kind() || depth == 0) return false;
  switch (left.kind()) {
    case Kind::null:
    case Kind::absent:
      return true;
    case Kind::boolean:
      return left.boolean() == right.boolean();
    case Kind::number:
      return equal_numbers(left, right);
    case Kind::string:
      return left.text() == right.text();
    case Kind::date:
      return left.days() == right.days();
    case Kind::time:
    case Kind::date_time:
      return points(left, right);
    case Kind::days_time_duration:
      return order_durations(left, right) == 0;
    case Kind::years_months_duration:
      return left.months() == right.months();
    case Kind::list:
      return alike_lists(left.items(), right.items(), points, depth - 1);
    case Kind::context:
      return alike_contexts(left.context(), right.context(), points, depth - 1);
    case Kind::range:
      return alike_ranges(left.range(), right.range(), points, depth - 1);
    case Kind::function:
      return &left.function() == &right.function();
  }
  return false;
}

std::size_t mix(std::size_t seed, std::size_t next) noexcept {
  return (seed ^ next) * std::size_t{0x9e3779b97f4a7c15u} + (seed >> 29);
}

std::size_t hash_of(Value value, int depth);

std::size_t hash_all(std::span<const Value> values, int depth) {
  std::size_t out = values.size();
  for (const Value& each : values) out = mix(out, hash_of(each, depth));
  return out;
}

std::size_t hash_of(Value value, int depth) {
  const auto kind = static_cast<std::size_t>(value.kind());
  if (depth == 0) return kind;
  switch (value.kind()) {
    case Kind::null:
    case Kind::absent:
      return kind;
    case Kind::boolean:
      return mix(kind, value.boolean() ? 1 : 0);
    case Kind::number:
      return mix(kind, hash_number(value));
    case Kind::string:
      return mix(kind, std::hash<std::string_view>{}(value.text()));
    case Kind::date:
      return mix(kind, static_cast<std::size_t>(value.days()));
    case Kind::time:
      return mix(kind, static_cast<std::size_t>(instant_of_time(value).seconds));
    case Kind::date_time:
      return mix(kind, static_cast<std::size_t>(instant_of(value.date_time()).seconds));
    case Kind::days_time_duration:
      return mix(mix(kind, static_cast<std::size_t>(value.seconds())), value.nanoseconds());
    case Kind::years_months_duration:
      return mix(kind, static_cast<std::size_t>(value.months()));
    case Kind::list:
      return mix(kind, hash_all(value.items(), depth - 1));
    case Kind::context: {
      const Context& context = value.context();
      std::size_t sum = context.size();  // whatever the order of the keys
      for (std::size_t i = 0; i < context.size(); ++i) {
        sum += mix(std::hash<std::string_view>{}(context.shape->keys[i]),
                   hash_of(context.values[i], depth - 1));
      }
      return mix(kind, sum);
    }
    case Kind::range:
      return mix(mix(kind, hash_of(value.range().low, depth - 1)),
                 hash_of(value.range().high, depth - 1));
    case Kind::function:
      return mix(kind, reinterpret_cast<std::uintptr_t>(&value.function()));
  }
  return kind;
}

}  // namespace

std::optional<bool> equal(Value left, Value right) {
  if (left.kind() == right.kind()) {
    if (left.is(Kind::number)) {
      int order = 0;
      if (compare_small(left, right, order)) return order == 0;
    }
    return alike(left, right, equal_points, most_depth);
  }
  if (left.is_null() || right.is_null()) return false;
  return std::nullopt;
}

bool same(Value left, Value right) {
  return alike(left, right, equal_points, most_depth);
}

bool identical(Value left, Value right) {
  return alike(left, right, identical_points, most_depth);
}

std::optional<int> order(Value left, Value right) {
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::number:
      return compare_numbers(left, right);
    case Kind::string:
      return three_way(left.text(), right.text());  // the order of UTF-8 is that of code points
    case Kind::date:
      return three_way(left.days(), right.days());
    case Kind::time:
      return order_times(left, right);
    case Kind::date_time:
      return order_date_times(left.date_time(), right.date_time());
    case Kind::days_time_duration:
      return order_durations(left, right);
    case Kind::years_months_duration:
      return three_way(left.months(), right.months());
    default:
      return std::nullopt;
  }
}

std::size_t hash(Value value) {
  return hash_of(value, most_depth);
}

}  // namespace partnership::feel
