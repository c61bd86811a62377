// SPDX-License-Identifier: Apache-2.0
#include "feel/case_value.hpp"

#include <algorithm>
#include <numeric>

#include "base/quote.hpp"
#include "feel/number.hpp"

namespace partnership::feel {

using json::Cursor;

Value number_of(const json::NumberText& number, const Cursor& cursor, Arena& arena) {
  if (number.exact) return Value::small_number(number.coefficient, number.scale);
  const std::optional<Value> value = parse_number(arena, number.text);
  if (!value) {
    cursor.fail(cursor.offset(number.text.data()),
                "number " + quoted(number.text) + " is beyond those of 34 digits", Code::malformed);
  }
  return *value;
}

Value read_json_value(std::string_view text, Arena& arena, const json::Limits& limits) {
  json::Scanner scanner;
  const json::Tokens tokens = scanner.scan_copy(text, limits);
  Cursor cursor(scanner.source(), tokens);
  JsonValues values;
  const Value out = values.read(cursor, arena, limits.depth);
  if (!cursor.at_end()) cursor.expected(cursor.at(), "the end of the text after the value");
  return out;
}

Value JsonValues::read(Cursor& cursor, Arena& arena, std::size_t depth) {
  const Cursor::Inside around = cursor.inside;
  open_.clear();
  values_.clear();
  names_.clear();
  shapes_.clear();
  do {
    while (begin(cursor, arena, depth)) {
    }
  } while (end(cursor, arena));
  cursor.inside = around;
  return values_.back();
}

// Reads a scalar, or opens a list or context and says whether a value in it is to come.
bool JsonValues::begin(Cursor& cursor, Arena& arena, std::size_t depth) {
  const char c = cursor.peek();
  switch (c) {
    case '{':
    case '[': {
      if (open_.size() >= depth) cursor.refuse_depth(depth);
      open_.push_back({c == '{', values_.size(), names_.size()});
      if (shapes_.size() < open_.size()) shapes_.push_back(nullptr);
      cursor.inside = c == '{' ? Cursor::Inside::object : Cursor::Inside::array;
      cursor.next();
      if (cursor.peek() == (c == '{' ? '}' : ']')) return false;
      if (c == '{') name(cursor, arena);
      return true;
    }
    case '"': {
      const std::string_view raw = cursor.string();
      if (cursor.has_escape(raw)) {
        unescaped_.clear();
        cursor.unescape(raw, unescaped_);
        values_.push_back(Value::string(arena.copy(unescaped_)));
      } else {
        values_.push_back(Value::string(arena.copy(raw)));
      }
      return false;
    }
    case 't':
      cursor.word("true");
      values_.push_back(Value::boolean(true));
      return false;
    case 'f':
      cursor.word("false");
      values_.push_back(Value::boolean(false));
      return false;
    case 'n':
      cursor.word("null");
      values_.push_back(Value());
      return false;
    default:
      if (c != '-' && (c < '0' || c > '9')) {
        const bool first =
            !open_.empty() && !open_.back().object && values_.size() == open_.back().values;
        cursor.expected(cursor.at(), first ? "a value or `]`" : "a value");
      }
      values_.push_back(number_of(cursor.number(), cursor, arena));
      return false;
  }
}

// Behind a value or an empty pair of brackets; says whether another value is to come.
bool JsonValues::end(Cursor& cursor, Arena& arena) {
  while (!open_.empty()) {
    const Open& open = open_.back();
    const char c = cursor.peek();
    if (c == (open.object ? '}' : ']')) {
      const Value value = close(cursor, arena);
      values_.resize(open.values);
      names_.resize(open.names);
      open_.pop_back();
      values_.push_back(value);
      cursor.inside = open_.empty()         ? Cursor::Inside::nothing
                      : open_.back().object ? Cursor::Inside::object
                                            : Cursor::Inside::array;
      cursor.next();
      continue;
    }
    if (c != ',') cursor.expected(cursor.at(), cursor.separators());
    cursor.next();
    if (open.object) name(cursor, arena);
    return true;
  }
  return false;
}

void JsonValues::name(Cursor& cursor, Arena& arena) {
  if (cursor.peek() != '"') {
    const bool first = values_.size() == open_.back().values;
    cursor.expected(cursor.at(), first ? "a name in quotes or `}`" : "a name in quotes");
  }
  const std::string_view raw = cursor.string();
  std::string_view text = raw;
  if (cursor.has_escape(raw)) {
    unescaped_.clear();
    cursor.unescape(raw, unescaped_);
    text = arena.copy(unescaped_);
  }
  if (cursor.peek() != ':') cursor.expected(cursor.at(), "`:` after the name");
  cursor.next();
  names_.push_back({text, raw});
}

Value JsonValues::close(const Cursor& cursor, Arena& arena) {
  const Open& open = open_.back();
  const std::span<const Value> own = std::span(values_).subspan(open.values);
  if (!open.object) return make_list(arena, own);
  const std::span<const Name> names = std::span(names_).subspan(open.names);
  const Shape*& last = shapes_[open_.size() - 1];
  const auto same = [](std::string_view key, const Name& name) { return key == name.text; };
  if (last == nullptr || !std::ranges::equal(last->keys, names, same)) {
    refuse_repeated_names(cursor, open.names);
    keys_.clear();
    for (const Name& name : names) keys_.push_back(name.text);
    last = Shape::make(arena, keys_);
  }
  return make_context(arena, last, own);
}

void JsonValues::refuse_repeated_names(const Cursor& cursor, std::size_t first) {
  order_.resize(names_.size() - first);
  std::iota(order_.begin(), order_.end(), static_cast<std::uint32_t>(first));
  std::ranges::sort(order_, {}, [this](std::uint32_t i) { return names_[i].text; });
  const auto again =
      std::ranges::adjacent_find(order_, {}, [this](std::uint32_t i) { return names_[i].text; });
  if (again == order_.end()) return;
  cursor.refuse_repeated(names_[std::max(again[0], again[1])].raw);
}

}  // namespace partnership::feel
