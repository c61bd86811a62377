// SPDX-License-Identifier: Apache-2.0
//
// A second way to read a case: from the tree of base/json.hpp, member by member, into values.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel::naive {

inline Value plain(json::Value from, Arena& arena) {
  switch (from.type()) {
    case json::Type::null:
      return {};
    case json::Type::boolean:
      return Value::boolean(from.boolean());
    case json::Type::integer:
    case json::Type::real:
      return parse_number(arena, from.source()).value();
    case json::Type::string:
      return make_string(arena, from.text());
    case json::Type::array: {
      std::vector<Value> items;
      for (const auto item : from) items.push_back(plain(item, arena));
      return make_list(arena, items);
    }
    case json::Type::object: {
      std::vector<std::string_view> names;
      std::vector<Value> values;
      for (const auto child : from) {
        names.push_back(child.key());
        values.push_back(plain(child, arena));
      }
      return make_context(arena, Shape::make(arena, names), values);
    }
  }
  return {};
}

// By the schema, with everything that does not fit kept as it is.
inline Value typed(json::Value from, const Type& type, Arena& arena) {
  using JsonType = json::Type;
  const auto text_as = [&](const std::optional<Value>& value) {
    return value ? *value : plain(from, arena);
  };
  if (from.is(JsonType::string)) {
    switch (type.kind) {
      case TypeKind::date:
        return text_as(parse_date(from.text()));
      case TypeKind::time:
        return text_as(parse_time(from.text()));
      case TypeKind::date_time:
        return text_as(parse_date_time(arena, from.text()));
      case TypeKind::days_time_duration: {
        const auto value = parse_duration(from.text());
        return value && value->is(Kind::days_time_duration) ? *value : plain(from, arena);
      }
      case TypeKind::years_months_duration: {
        const auto value = parse_duration(from.text());
        return value && value->is(Kind::years_months_duration) ? *value : plain(from, arena);
      }
      default:
        return plain(from, arena);
    }
  }
  if (from.is(JsonType::array) && type.is(TypeKind::list) && type.element != nullptr) {
    std::vector<Value> items;
    for (const auto item : from) items.push_back(typed(item, *type.element, arena));
    return make_list(arena, items);
  }
  if (from.is(JsonType::object) && type.is(TypeKind::context)) {
    std::vector<std::string_view> names;
    std::vector<Value> values;
    for (const auto child : from) {
      const Type* const member = type.member(child.key());
      names.push_back(child.key());
      values.push_back(member == nullptr ? plain(child, arena) : typed(child, *member, arena));
    }
    return make_context(arena, Shape::make(arena, names), values);
  }
  return plain(from, arena);
}

}  // namespace partnership::feel::naive
