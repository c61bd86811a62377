// SPDX-License-Identifier: Apache-2.0
#include "feel/compare.hpp"

#include <functional>

#include "base/error.hpp"
#include "feel/function.hpp"
#include "feel/number.hpp"
#include "feel/number_fast.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

// Values nested deeper are equal to nothing; what an evaluation makes never is.
constexpr int most_depth = 1000;
constexpr std::uint64_t most_steps = 50'000'000;

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
         (one.zoning == Zoning::local || one.offset == other.offset) &&
         (one.zoning != Zoning::zone || one.zone == other.zone);
}

// Functions written in an expression are equal to nothing but themselves.
bool same_function(const Function& left, const Function& right) noexcept {
  return &left == &right || (left.builtin != nullptr && left.builtin == right.builtin);
}

// Lists may hold one list many times over, so that few bytes make values that would take for ever.
class Steps {
 public:
  void take() {
    if (++taken_ > most_steps) throw Error(Code::limit, "the values are too large to be compared");
  }

 private:
  std::uint64_t taken_ = 0;
};

class Comparison {
 public:
  using Points = bool (*)(Value, Value);
  explicit Comparison(Points points) noexcept : points_(points) {}

  bool alike(Value left, Value right, int depth = most_depth) {
    if (left.kind() != right.kind()) return false;
    steps_.take();
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
        return points_(left, right);
      case Kind::days_time_duration:
        return order_durations(left, right) == 0;
      case Kind::years_months_duration:
        return left.months() == right.months();
      case Kind::list:
        return lists(left.items(), right.items(), depth - 1);
      case Kind::context:
        return contexts(left.context(), right.context(), depth - 1);
      case Kind::range:
        return ranges(left.range(), right.range(), depth - 1);
      case Kind::function:
        return same_function(left.function(), right.function());
    }
    return false;
  }

 private:
  bool lists(std::span<const Value> left, std::span<const Value> right, int depth) {
    if (left.size() != right.size() || depth < 0) return false;
    if (left.data() == right.data()) return true;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!alike(left[i], right[i], depth)) return false;
    }
    return true;
  }

  bool contexts(const Context& left, const Context& right, int depth) {
    if (left.size() != right.size() || depth < 0) return false;
    if (left.shape == right.shape) {
      return lists({left.values, left.size()}, {right.values, right.size()}, depth);
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
      const Value* other = right.find(left.shape->keys[i]);
      if (other == nullptr || !alike(left.values[i], *other, depth)) return false;
    }
    return true;
  }

  bool ranges(const Range& left, const Range& right, int depth) {
    return depth >= 0 && left.form == right.form && left.low_closed == right.low_closed &&
           left.high_closed == right.high_closed && alike(left.low, right.low, depth) &&
           alike(left.high, right.high, depth);
  }

  Points points_;
  Steps steps_;
};

std::size_t mix(std::size_t seed, std::size_t next) noexcept {
  return (seed ^ next) * std::size_t{0x9e3779b97f4a7c15u} + (seed >> 29);
}

class Hasher {
 public:
  std::size_t hash(Value value, int depth = most_depth) {
    steps_.take();
    const auto kind = static_cast<std::size_t>(value.kind());
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
      case Kind::context:
      case Kind::range:
        return depth > 0 ? mix(kind, nested(value, depth - 1)) : kind;
      case Kind::function:
        return mix(kind, value.function().builtin != nullptr
                             ? reinterpret_cast<std::uintptr_t>(value.function().builtin)
                             : reinterpret_cast<std::uintptr_t>(&value.function()));
    }
    return kind;
  }

 private:
  std::size_t nested(Value value, int depth) {
    if (value.is(Kind::list)) {
      std::size_t out = value.items().size();
      for (const Value& each : value.items()) out = mix(out, hash(each, depth));
      return out;
    }
    if (value.is(Kind::range)) {
      return mix(hash(value.range().low, depth), hash(value.range().high, depth));
    }
    const Context& context = value.context();
    std::size_t out = context.size();  // a sum, whatever the order of the keys
    for (std::size_t i = 0; i < context.size(); ++i) {
      out += mix(std::hash<std::string_view>{}(context.shape->keys[i]),
                 hash(context.values[i], depth));
    }
    return out;
  }

  Steps steps_;
};

}  // namespace

std::optional<bool> equal(Value left, Value right) {
  if (left.kind() == right.kind()) {
    if (left.is(Kind::number)) {
      int order = 0;
      if (compare_small(left, right, order)) return order == 0;
    }
    return Comparison(equal_points).alike(left, right);
  }
  if (left.is_null() || right.is_null()) return false;
  return std::nullopt;
}

bool same(Value left, Value right) {
  return Comparison(equal_points).alike(left, right);
}

bool identical(Value left, Value right) {
  return Comparison(identical_points).alike(left, right);
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
  return Hasher().hash(value);
}

}  // namespace partnership::feel
