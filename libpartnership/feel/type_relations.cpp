// SPDX-License-Identifier: Apache-2.0
//
// Values and types: instances, conformance and conversion. Recursion is bounded by the depth of
// types.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "feel/builtins.hpp"
#include "feel/function.hpp"
#include "feel/temporal.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

struct PairHash {
  std::size_t operator()(const std::pair<const Type*, const Type*>& pair) const noexcept {
    return std::hash<const void*>{}(pair.first) * 31 + std::hash<const void*>{}(pair.second);
  }
};
using Seen = std::unordered_set<std::pair<const Type*, const Type*>, PairHash>;

// Pairs that were looked at once are not looked at again: the whole conforms if all of them do.
bool conforms(const Type& from, const Type& to, Seen& seen) {
  if (&from == &to || to.is(TypeKind::any) || from.is(TypeKind::null)) return true;
  if (from.kind != to.kind) return false;
  const bool structured = from.element != nullptr || from.result != nullptr || !to.members.empty();
  if (structured && !seen.emplace(&from, &to).second) return true;
  switch (from.kind) {
    case TypeKind::list:
    case TypeKind::range:
      // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): these kinds have an element
      return conforms(*from.element, *to.element, seen);
    case TypeKind::context:
      return std::ranges::all_of(to.members, [&](const Type::Member& wanted) {
        const Type::Member* has = from.find(wanted.name);
        if (has == nullptr) return wanted.optional && !from.open;
        return (wanted.optional || !has->optional) && conforms(*has->type, *wanted.type, seen);
      });
    case TypeKind::function:
      if (to.result == nullptr) return true;
      if (from.result == nullptr || from.parameters.size() != to.parameters.size()) return false;
      for (std::size_t i = 0; i < to.parameters.size(); ++i) {
        if (!conforms(*to.parameters[i], *from.parameters[i], seen)) return false;
      }
      return conforms(*from.result, *to.result, seen);
    default:
      return true;
  }
}

bool null_or_instance(Value value, const Type& type) {
  return value.is_null() || instance_of(value, type);
}

bool context_is(const Context& value, const Type& type) {
  return std::ranges::all_of(type.members, [&](const Type::Member& wanted) {
    const Value* member = value.find(wanted.name);
    return member == nullptr ? wanted.optional : null_or_instance(*member, *wanted.type);
  });
}

// A built-in function is taken for one of the type where it can be called with so many arguments of
// these types. Its result may hang on them.
bool builtin_is(const Builtin& builtin, const Type& type) {
  const std::size_t count = type.parameters.size();
  return std::ranges::any_of(builtin.signatures, [&](const Signature& signature) {
    if (count < signature.required || count > signature.parameters.size()) return false;
    for (std::size_t i = 0; i < count; ++i) {
      const TypeKind wanted = signature.parameter_types[i];
      if (wanted != TypeKind::any && wanted != type.parameters[i]->kind) return false;
    }
    return type.result->is(TypeKind::any) || signature.result == TypeKind::any ||
           signature.result == type.result->kind;
  });
}

bool function_is(const Function& function, const Type& type) {
  if (type.result == nullptr) return true;
  if (function.builtin != nullptr) return builtin_is(*function.builtin, type);
  if (function.parameters.size() != type.parameters.size()) return false;
  for (std::size_t i = 0; i < type.parameters.size(); ++i) {
    if (!conforms(*type.parameters[i], *function.parameters[i].type)) return false;
  }
  if (type.result->is(TypeKind::any)) return true;
  return function.result != nullptr && conforms(*function.result, *type.result);
}

}  // namespace

TypeKind type_kind(Kind kind) noexcept {
  switch (kind) {
    case Kind::null:
    case Kind::absent:
      return TypeKind::null;
    case Kind::boolean:
      return TypeKind::boolean;
    case Kind::number:
      return TypeKind::number;
    case Kind::string:
      return TypeKind::string;
    case Kind::date:
      return TypeKind::date;
    case Kind::time:
      return TypeKind::time;
    case Kind::date_time:
      return TypeKind::date_time;
    case Kind::days_time_duration:
      return TypeKind::days_time_duration;
    case Kind::years_months_duration:
      return TypeKind::years_months_duration;
    case Kind::list:
      return TypeKind::list;
    case Kind::context:
      return TypeKind::context;
    case Kind::range:
      return TypeKind::range;
    case Kind::function:
      return TypeKind::function;
  }
  return TypeKind::any;
}

bool conforms(const Type& from, const Type& to) {
  Seen seen;
  return conforms(from, to, seen);
}

bool instance_of(Value value, const Type& type) {
  if (type.is(TypeKind::any)) return true;
  if (type.kind != type_kind(value.kind())) return false;
  switch (type.kind) {
    case TypeKind::list:
      return type.element->is(TypeKind::any) || std::ranges::all_of(value.items(), [&](Value item) {
               return null_or_instance(item, *type.element);
             });
    case TypeKind::context:
      return context_is(value.context(), type);
    case TypeKind::range:
      return null_or_instance(value.range().low, *type.element) &&
             null_or_instance(value.range().high, *type.element);
    case TypeKind::function:
      return function_is(value.function(), type);
    default:
      return true;
  }
}

std::optional<Value> convert(Arena& arena, Value value, const Type& type) {
  if (value.is_null() || instance_of(value, type)) return value;
  if (type.is(TypeKind::list) && !value.is(Kind::list)) {
    if (!instance_of(value, *type.element)) return std::nullopt;
    return make_list(arena, {&value, 1});
  }
  if (!type.is(TypeKind::list) && value.is(Kind::list) && value.items().size() == 1) {
    const Value item = value.items()[0];
    if (null_or_instance(item, type)) return item;
  }
  if (type.is(TypeKind::date_time) && value.is(Kind::date)) {
    return make_date_time(arena, {value.days(), 0, 0, 0, Zoning::offset});
  }
  return std::nullopt;
}

std::optional<Value> value_of_text(Arena& arena, std::string_view text, TypeKind kind) {
  switch (kind) {
    case TypeKind::date:
      return parse_date(text);
    case TypeKind::time:
      return parse_time(text);
    case TypeKind::date_time:
      return parse_date_time(arena, text);
    case TypeKind::days_time_duration:
    case TypeKind::years_months_duration: {
      const auto duration = parse_duration(text);
      if (duration && type_kind(duration->kind()) != kind) return std::nullopt;
      return duration;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace partnership::feel
