// SPDX-License-Identifier: Apache-2.0
#include "feel/value_builder.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t many_names = 16;

[[noreturn]] void refuse(std::string what) {
  throw Error(Code::state, std::move(what));
}

// Room for one more.
template <class T>
void make_room(std::vector<T>& list) {
  if (list.size() == list.capacity()) list.reserve(std::max<std::size_t>(16, list.size() * 2));
}

void require_utf8(std::string_view text, const char* what) {
  const std::size_t at = utf8_invalid_at(text);
  if (at == std::string_view::npos) return;
  throw Error(
      Code::malformed,
      Problem{std::string("expected UTF-8 in ") + what, {}, static_cast<std::int64_t>(at), 0, 0});
}

}  // namespace

void ValueBuilder::clear() {
  arena_.clear();
  values_.clear();
  names_.clear();
  frames_.resize(1);
  frames_.front().known.clear();
}

bool ValueBuilder::has(const Frame& frame, std::string_view name) const {
  if (!frame.known.empty()) return frame.known.contains(name);
  return std::find(names_.begin() + static_cast<std::ptrdiff_t>(frame.names), names_.end(), name) !=
         names_.end();
}

void ValueBuilder::refuse_unknown(const Type& type, std::string_view name) const {
  std::vector<std::string_view> candidates;
  for (const Type::Member& member : type.members) candidates.push_back(member.name);
  const std::string_view nearest = nearest_spelling(name, candidates);
  std::string message = "no member " + backticked(name) + " is declared";
  if (nearest.empty()) throw Error(Code::invalid_argument, std::move(message));
  Error error(Code::invalid_argument, message + ", the nearest is `" + std::string(nearest) + "`");
  error.with("nearest", std::string(nearest));
  throw error;
}

std::string_view ValueBuilder::place(Name name) {
  const Frame& frame = frames_.back();
  if (frame.open == Open::context) {
    if (!name) refuse("a member of a context needs a name");
    require_utf8(*name, "a name");
    if (has(frame, *name)) refuse("the member " + backticked(*name) + " is there already");
    const Type* type = frame.type;
    if (type != nullptr && type->is(TypeKind::context) && !type->open &&
        type->find(*name) == nullptr) {
      refuse_unknown(*type, *name);
    }
    return arena_.copy(*name);
  }
  if (name) {
    refuse(frame.open == Open::list ? "an item of a list has no name"
                                    : "an end of a range has no name");
  }
  if (frame.open == Open::range && values_.size() - frame.values == 2) {
    refuse("the range has two ends already");
  }
  return {};
}

const Type* ValueBuilder::type_of(Name name) const {
  const Type* type = frames_.back().type;
  if (type == nullptr) return nullptr;
  switch (frames_.back().open) {
    case Open::context:
      return type->is(TypeKind::context) && name ? type->member(*name) : nullptr;
    case Open::list:
      return type->is(TypeKind::list) ? type->element : nullptr;
    case Open::range:
      return type->is(TypeKind::range) ? type->element : nullptr;
  }
  return nullptr;
}

// All that can fail is done before anything is changed.
void ValueBuilder::push(Name name, Value value) {
  const std::string_view kept = place(name);
  const Value copied = copy(arena_, value);
  Frame& frame = frames_.back();
  make_room(values_);
  if (frame.open == Open::context) {
    make_room(names_);
    if (names_.size() - frame.names == many_names) {
      frame.known = {names_.begin() + static_cast<std::ptrdiff_t>(frame.names), names_.end()};
    }
    if (!frame.known.empty()) frame.known.insert(kept);
    names_.push_back(kept);
  }
  values_.push_back(copied);
}

void ValueBuilder::add(Name name, Value value) {
  push(name, value);
}

void ValueBuilder::add_text(Name name, std::string_view text) {
  require_utf8(text, "a text");
  const Type* type = type_of(name);
  Arena scratch;
  const auto value = value_of_text(scratch, text, type == nullptr ? TypeKind::any : type->kind);
  push(name, value ? *value : Value::string(text));
}

// The place in what is around it is taken when it is closed; until then a null stands for it, so
// that its name cannot be given twice.
void ValueBuilder::begin(Name name, Open open) {
  if (frames_.size() > deepest) {
    throw Error(Code::limit,
                "values within each other more than " + std::to_string(deepest) + " deep");
  }
  Frame frame;
  frame.open = open;
  frame.type = type_of(name);
  make_room(frames_);
  push(name, Value());
  frame.values = values_.size();
  frame.names = names_.size();
  frames_.push_back(std::move(frame));
}

void ValueBuilder::begin_range(Name name, const Range& form) {
  begin(name, Open::range);
  frames_.back().range = form;
}

Value ValueBuilder::close(const Frame& frame) {
  const std::span<const Value> values(values_.data() + frame.values, values_.size() - frame.values);
  if (frame.open == Open::list) return make_list(arena_, values);
  if (frame.open == Open::context) {
    const std::span<const std::string_view> names(names_.data() + frame.names,
                                                  names_.size() - frame.names);
    return make_context(arena_, Shape::make(arena_, names), values);
  }
  if (values.size() != 2) refuse("the range has not two ends");
  if (values[0].is_null() && values[1].is_null()) refuse("the range has no end that is not null");
  Range range = frame.range;
  range.low = values[0];
  range.high = values[1];
  return Value::range(arena_.make<Range>(range));
}

void ValueBuilder::end() {
  if (frames_.size() < 2) refuse("no list, context or range is open");
  const Frame& frame = frames_.back();
  const Value value = close(frame);
  values_.resize(frame.values);
  names_.resize(frame.names);
  values_.back() = value;
  frames_.pop_back();
}

Value ValueBuilder::finish() {
  if (frames_.size() != 1) refuse("a list, context or range is open");
  return close(frames_.front());
}

}  // namespace partnership::feel
