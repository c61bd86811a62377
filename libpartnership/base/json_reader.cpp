// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/json.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership::json {

void Problems::add(Value where, std::string message) {
  if (full()) {
    ++unlisted_;
    return;
  }
  const Place place = where.place();
  problems_.push_back({std::move(message), where.pointer(),
                       static_cast<std::int64_t>(where.offset()), place.line, place.column});
}

void Problems::add(Problem problem) {
  if (full()) {
    ++unlisted_;
  } else {
    problems_.push_back(std::move(problem));
  }
}

std::vector<Problem> Problems::all() const {
  std::vector<Problem> all = problems_;
  std::stable_sort(all.begin(), all.end(),
                   [](const Problem& a, const Problem& b) { return a.offset < b.offset; });
  if (unlisted_ > 0) {
    all.push_back(Problem{
        std::to_string(unlisted_) + " further problems are not listed", {}, no_offset, 0, 0});
  }
  return all;
}

void Problems::raise(Code code) const {
  if (!problems_.empty()) throw Error(code, all());
}

ObjectReader::ObjectReader(Value object, Problems& problems)
    : object_(object), problems_(problems), ok_(object.is(Type::object)) {
  asked_.reserve(8);
  if (!ok_) problems_.add(object, "expected an object, found " + a_type(object.type()));
}

std::optional<Value> ObjectReader::take(std::string_view key, bool required) {
  if (!ok_) return std::nullopt;
  asked_.push_back(key);
  const std::optional<Value> found = object_.find(key);
  if (!found && required) problems_.add(object_, "missing member " + quoted(key));
  return found;
}

std::optional<Value> ObjectReader::typed(std::string_view key, bool required, Type type) {
  const std::optional<Value> found = take(key, required);
  if (!found || found->is(type)) return found;
  problems_.add(*found,
                quoted(key) + " is " + a_type(found->type()) + ", expected " + a_type(type));
  return std::nullopt;
}

std::optional<Value> ObjectReader::any(std::string_view key, bool required) {
  return take(key, required);
}

std::optional<std::string_view> ObjectReader::text(std::string_view key, bool required) {
  const std::optional<Value> found = typed(key, required, Type::string);
  if (!found) return std::nullopt;
  if (!found->text().empty()) return found->text();
  problems_.add(*found, quoted(key) + " is empty, expected a text");
  return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key, bool required) {
  const std::optional<Value> found = typed(key, required, Type::integer);
  return found ? std::optional(found->integer()) : std::nullopt;
}

std::optional<bool> ObjectReader::boolean(std::string_view key, bool required) {
  const std::optional<Value> found = typed(key, required, Type::boolean);
  return found ? std::optional(found->boolean()) : std::nullopt;
}

std::optional<Value> ObjectReader::array(std::string_view key, bool required) {
  return typed(key, required, Type::array);
}

std::optional<Value> ObjectReader::object(std::string_view key, bool required) {
  return typed(key, required, Type::object);
}

void ObjectReader::finish() {
  if (!ok_) return;
  for (const Value member : object_) {
    const std::string_view name = member.key();
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    std::string message;
    if (!problems_.full()) {
      message = "unknown member " + quoted(name);
      const std::string_view near = nearest_spelling(name, asked_);
      if (!near.empty()) message += ", did you mean " + quoted(near) + "?";
    }
    problems_.add(member, std::move(message));
  }
}

}  // namespace partnership::json
