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

namespace {

// Where byte `at` of the text stands in the document: behind its quote, and as long as it is
// written there.
std::size_t place_in(Value text, std::size_t at) {
  const std::string_view source = text.source();
  std::size_t written = 1, read = 0;
  while (read < at && written + 1 < source.size()) {
    if (source[written] != '\\') {
      ++written, ++read;
    } else if (source[written + 1] != 'u') {
      written += 2, ++read;
    } else {
      const std::string_view digits = source.substr(written + 2, 4);
      const auto unit = static_cast<unsigned>(std::stoul(std::string(digits), nullptr, 16));
      const bool pair = unit >= 0xD800 && unit < 0xDC00;
      written += pair ? 12 : 6;
      read += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }
  }
  return text.offset() + written;
}

}  // namespace

void Problems::add(Value text, std::size_t at, std::string message) {
  const std::size_t offset = place_in(text, at);
  const Place place = place_of(text.document().source(), offset);
  add({std::move(message), text.pointer(), static_cast<std::int64_t>(offset), place.line,
       place.column});
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
