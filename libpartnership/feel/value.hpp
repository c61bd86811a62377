// SPDX-License-Identifier: Apache-2.0
//
// The values of FEEL (DMN 1.5, section 10.3.2.3). A Value is 16 bytes, copied like a number; what
// does not fit lies in an Arena (of the evaluation, the case or the compiled expression), which
// must outlive it. Values never change once made.
//
// What they will not do: own memory, or know how to calculate (number.hpp, temporal.hpp,
// compare.hpp).
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "feel/arena.hpp"

namespace partnership::feel {

enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_time_duration,
  years_months_duration,
  list,
  context,
  range,
  function,
  absent,  // an argument that was not given; never seen by a user
};
std::string_view kind_name(Kind kind) noexcept;  // as FEEL writes it: "date and time", ...

// What a time or a date and time says of its place.
enum class Zoning : std::uint8_t { local, offset, zone };

struct Decimal;   // 34 significant digits: number.hpp
struct DateTime;  // temporal.hpp
struct Context;
struct Range;
struct Function;  // function.hpp

class Value {
 public:
  constexpr Value() noexcept = default;  // null

  static constexpr Value absent() noexcept { return Value(Kind::absent); }
  static constexpr Value boolean(bool value) noexcept {
    Value out(Kind::boolean);
    out.integer_ = value ? 1 : 0;
    return out;
  }
  // coefficient * 10^-scale, 0 <= scale <= 18. Any such pair may stand for a number; equal numbers
  // may have different pairs. Made by number.hpp.
  static constexpr Value small_number(std::int64_t coefficient, unsigned scale = 0) noexcept {
    Value out(Kind::number);
    out.small_ = static_cast<std::uint16_t>(scale);
    out.integer_ = coefficient;
    return out;
  }
  static Value big_number(const Decimal* decimal) noexcept {
    Value out(Kind::number);
    out.form_ = 1;
    out.pointer_ = decimal;
    return out;
  }
  // UTF-8; `text` must outlive the value and be shorter than 4 GiB.
  static Value string(std::string_view text) noexcept {
    Value out(Kind::string);
    out.count_ = static_cast<std::uint32_t>(text.size());
    out.pointer_ = text.data();
    return out;
  }
  // Days since 1970-01-01 in the proleptic Gregorian calendar, years -999,999,999 to 999,999,999.
  static constexpr Value date(std::int64_t days) noexcept {
    Value out(Kind::date);
    out.integer_ = days;
    return out;
  }
  // Nanoseconds since midnight; seconds east of UTC where `zoning` is offset; an index into the
  // zones of zone.hpp where it is zone.
  static constexpr Value time(std::int64_t nanoseconds, Zoning zoning = Zoning::local,
                              std::int32_t offset = 0, std::uint16_t zone = 0) noexcept {
    Value out(Kind::time);
    out.form_ = static_cast<std::uint8_t>(zoning);
    out.count_ = static_cast<std::uint32_t>(offset);
    out.small_ = zone;
    out.integer_ = nanoseconds;
    return out;
  }
  static Value date_time(const DateTime* value) noexcept {
    return pointing(Kind::date_time, value);
  }
  // seconds + nanoseconds / 10^9, 0 <= nanoseconds < 10^9 also where seconds is negative.
  static constexpr Value days_time(std::int64_t seconds, std::uint32_t nanoseconds = 0) noexcept {
    Value out(Kind::days_time_duration);
    out.count_ = nanoseconds;
    out.integer_ = seconds;
    return out;
  }
  static constexpr Value years_months(std::int64_t months) noexcept {
    Value out(Kind::years_months_duration);
    out.integer_ = months;
    return out;
  }
  static Value list(std::span<const Value> items) noexcept {
    Value out(Kind::list);
    out.count_ = static_cast<std::uint32_t>(items.size());
    out.pointer_ = items.data();
    return out;
  }
  static Value context(const Context* value) noexcept { return pointing(Kind::context, value); }
  static Value range(const Range* value) noexcept { return pointing(Kind::range, value); }
  static Value function(const Function* value) noexcept { return pointing(Kind::function, value); }

  constexpr Kind kind() const noexcept { return kind_; }
  constexpr bool is(Kind kind) const noexcept { return kind_ == kind; }
  constexpr bool is_null() const noexcept { return kind_ == Kind::null; }
  constexpr bool is_true() const noexcept { return kind_ == Kind::boolean && integer_ != 0; }
  constexpr bool is_false() const noexcept { return kind_ == Kind::boolean && integer_ == 0; }

  // Each of these demands its kind (asserted).
  constexpr bool boolean() const noexcept { return must(Kind::boolean).integer_ != 0; }
  constexpr bool is_small() const noexcept { return must(Kind::number).form_ == 0; }
  constexpr std::int64_t coefficient() const noexcept { return must(Kind::number).integer_; }
  constexpr unsigned scale() const noexcept { return must(Kind::number).small_; }
  const Decimal& decimal() const noexcept {
    return *static_cast<const Decimal*>(must(Kind::number).pointer_);
  }
  std::string_view text() const noexcept {
    return {static_cast<const char*>(must(Kind::string).pointer_), count_};
  }
  constexpr std::int64_t days() const noexcept { return must(Kind::date).integer_; }
  constexpr std::int64_t nanoseconds_of_day() const noexcept { return must(Kind::time).integer_; }
  constexpr Zoning zoning() const noexcept { return static_cast<Zoning>(must(Kind::time).form_); }
  constexpr std::int32_t offset() const noexcept {
    return static_cast<std::int32_t>(must(Kind::time).count_);
  }
  constexpr std::uint16_t zone() const noexcept { return must(Kind::time).small_; }
  const DateTime& date_time() const noexcept {
    return *static_cast<const DateTime*>(must(Kind::date_time).pointer_);
  }
  constexpr std::int64_t seconds() const noexcept {
    return must(Kind::days_time_duration).integer_;
  }
  constexpr std::uint32_t nanoseconds() const noexcept {
    return must(Kind::days_time_duration).count_;
  }
  constexpr std::int64_t months() const noexcept {
    return must(Kind::years_months_duration).integer_;
  }
  std::span<const Value> items() const noexcept {
    return {static_cast<const Value*>(must(Kind::list).pointer_), count_};
  }
  const Context& context() const noexcept {
    return *static_cast<const Context*>(must(Kind::context).pointer_);
  }
  const Range& range() const noexcept {
    return *static_cast<const Range*>(must(Kind::range).pointer_);
  }
  const Function& function() const noexcept {
    return *static_cast<const Function*>(must(Kind::function).pointer_);
  }

 private:
  explicit constexpr Value(Kind kind) noexcept : kind_(kind) {}
  static Value pointing(Kind kind, const void* pointer) noexcept {
    Value out(kind);
    out.pointer_ = pointer;
    return out;
  }
  constexpr const Value& must([[maybe_unused]] Kind kind) const noexcept {
    assert(kind_ == kind);
    return *this;
  }

  Kind kind_ = Kind::null;
  std::uint8_t form_ = 0;
  std::uint16_t small_ = 0;
  std::uint32_t count_ = 0;
  union {
    std::int64_t integer_ = 0;
    const void* pointer_;
  };
};
static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);

// The keys of a context, in the order in which they were written. Contexts of one origin (the items
// of a list of records, the results of one context literal) share a shape, so that a member once
// found is found again by comparing two pointers.
struct Shape {
  std::span<const std::string_view> keys;
  // The numbers of the keys in the order of their bytes where there are many, else empty.
  std::span<const std::uint32_t> sorted;

  static constexpr std::uint32_t none = 0xffffffff;
  std::uint32_t find(std::string_view key) const noexcept;  // the index, or none
  // Copies the keys. They must be unique.
  static const Shape* make(Arena& arena, std::span<const std::string_view> keys);
};

struct Context {
  const Shape* shape;
  const Value* values;  // one a key

  std::size_t size() const noexcept { return shape->keys.size(); }
  const Value* find(std::string_view key) const noexcept {
    const std::uint32_t at = shape->find(key);
    return at == Shape::none ? nullptr : values + at;
  }
};

// [low..high]; an end that is not there (`< 10`) is Kind::null and open. Both ends null: refused at
// making.
struct Range {
  Value low, high;
  bool low_closed, high_closed;
  // How it was written: as an interval, or with an operator (`(< 10)`, `(= 10)`). The two are never
  // equal, though they may hold the same. `(!= 10)` has 10 as both its ends, open, and holds all
  // that is not 10.
  enum class Form : std::uint8_t { interval, test, differs };
  Form form = Form::interval;
};

// Shows the values right inside a value, some of them at a time; none of what has no parts.
template <class See>
void see_parts(Value value, const See& see) {
  const auto show = [&](std::span<const Value> parts) {
    if (!parts.empty()) see(parts);
  };
  if (value.is(Kind::list)) {
    show(value.items());
  } else if (value.is(Kind::context)) {
    show({value.context().values, value.context().size()});
  } else if (value.is(Kind::range)) {
    show({&value.range().low, 1});
    show({&value.range().high, 1});
  }
}

// A copy of the whole value, all of it in `arena`. Functions are copied as they are: what they
// point to must outlive the copy. Depth is bounded by that of the value (at most 1,000).
Value copy(Arena& arena, Value value);
Value make_string(Arena& arena, std::string_view text);
Value make_list(Arena& arena, std::span<const Value> items);
// Values in the order of the shape's keys.
Value make_context(Arena& arena, const Shape* shape, std::span<const Value> values);

}  // namespace partnership::feel
