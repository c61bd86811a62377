// SPDX-License-Identifier: Apache-2.0
#include "feel/value.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t many_keys = 8;  // from here on a search by halves is quicker
constexpr int copy_depth = 1000;

class Copier {
 public:
  explicit Copier(Arena& arena) : arena_(arena) {}

  Value copy(Value value, int depth) {
    switch (value.kind()) {
      case Kind::number:
        return value.is_small() ? value : Value::big_number(arena_.make<Decimal>(value.decimal()));
      case Kind::string:
        return Value::string(arena_.copy(value.text()));
      case Kind::date_time:
        return Value::date_time(arena_.make<DateTime>(value.date_time()));
      case Kind::list:
        return Value::list({copy_all(value.items(), depth), value.items().size()});
      case Kind::context: {
        const Context& context = value.context();
        const Shape* shape = shape_of(context.shape);
        const Value* values = copy_all({context.values, context.size()}, depth);
        return Value::context(arena_.make<Context>(shape, values));
      }
      case Kind::range: {
        if (depth == 0) refuse_depth();
        Range range = value.range();
        range.low = copy(range.low, depth - 1);
        range.high = copy(range.high, depth - 1);
        return Value::range(arena_.make<Range>(range));
      }
      default:
        return value;
    }
  }

 private:
  [[noreturn]] static void refuse_depth() {
    throw Error(Code::limit, "a value is nested more than " + std::to_string(copy_depth) +
                                 " lists, contexts and ranges deep");
  }

  const Value* copy_all(std::span<const Value> values, int depth) {
    if (depth == 0) refuse_depth();
    Value* out = arena_.array<Value>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out[i] = copy(values[i], depth - 1);
    return out;
  }

  // Records of one list come with the same shape again and again; few differ.
  const Shape* shape_of(const Shape* shape) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (shapes_[i].from == shape) return shapes_[i].to;
    }
    const Shape* to = Shape::make(arena_, shape->keys);
    if (count_ < std::size(shapes_)) shapes_[count_++] = {shape, to};
    return to;
  }

  struct Copied {
    const Shape *from, *to;
  };
  Arena& arena_;
  Copied shapes_[64];
  std::size_t count_ = 0;
};

}  // namespace

std::string_view kind_name(Kind kind) noexcept {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "boolean";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::date_time:
      return "date and time";
    case Kind::days_time_duration:
      return "days and time duration";
    case Kind::years_months_duration:
      return "years and months duration";
    case Kind::list:
      return "list";
    case Kind::context:
      return "context";
    case Kind::range:
      return "range";
    case Kind::function:
      return "function";
    case Kind::absent:
      return "absent";
  }
  return "absent";
}

std::uint32_t Shape::find(std::string_view key) const noexcept {
  if (sorted.empty()) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return static_cast<std::uint32_t>(i);
    }
    return none;
  }
  const auto at = std::ranges::lower_bound(sorted, key, std::ranges::less{},
                                           [this](std::uint32_t i) { return keys[i]; });
  return at != sorted.end() && keys[*at] == key ? *at : none;
}

const Shape* Shape::make(Arena& arena, std::span<const std::string_view> keys) {
  auto* texts = arena.array<std::string_view>(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) texts[i] = arena.copy(keys[i]);
  std::span<const std::uint32_t> sorted;
  if (keys.size() > many_keys) {
    auto* numbers = arena.array<std::uint32_t>(keys.size());
    std::iota(numbers, numbers + keys.size(), std::uint32_t{0});
    std::sort(numbers, numbers + keys.size(), [texts](std::uint32_t left, std::uint32_t right) {
      return texts[left] < texts[right];
    });
    sorted = {numbers, keys.size()};
  }
  return arena.make<Shape>(std::span<const std::string_view>(texts, keys.size()), sorted);
}

Value copy(Arena& arena, Value value) {
  return Copier(arena).copy(value, copy_depth);
}

Value make_string(Arena& arena, std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(Code::limit, "a text of more than 4 GiB");
  }
  return Value::string(arena.copy(text));
}

Value make_list(Arena& arena, std::span<const Value> items) {
  if (items.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(Code::limit, "a list of more than 4,294,967,295 items");
  }
  Value* out = arena.array<Value>(items.size());
  std::ranges::copy(items, out);
  return Value::list({out, items.size()});
}

Value make_context(Arena& arena, const Shape* shape, std::span<const Value> values) {
  assert(shape->keys.size() == values.size());
  Value* out = arena.array<Value>(values.size());
  std::ranges::copy(values, out);
  return Value::context(arena.make<Context>(shape, out));
}

}  // namespace partnership::feel
