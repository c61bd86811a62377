// SPDX-License-Identifier: Apache-2.0
#include "feel/type.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "feel/lexer.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t kinds = static_cast<std::size_t>(TypeKind::function) + 1;

void mix(std::size_t& seed, std::size_t value) noexcept {
  seed ^= value + 0x9e3779b97f4a7c15u + (seed << 6) + (seed >> 2);
}

// What makes two types one. Types within are one object each already.
struct Content {
  std::size_t operator()(const Type* type) const noexcept {
    std::size_t seed = static_cast<std::size_t>(type->kind) * 2 + (type->open ? 1 : 0);
    mix(seed, std::hash<const void*>{}(type->element));
    mix(seed, std::hash<const void*>{}(type->result));
    for (const Type* parameter : type->parameters) mix(seed, std::hash<const void*>{}(parameter));
    for (const Type::Member& member : type->members) {
      mix(seed, std::hash<std::string_view>{}(member.name));
      mix(seed, std::hash<const void*>{}(member.type));
    }
    return seed;
  }
  bool operator()(const Type* left, const Type* right) const noexcept {
    return left->kind == right->kind && left->open == right->open &&
           left->element == right->element && left->result == right->result &&
           left->parameters == right->parameters && left->members == right->members;
  }
};

struct Pair {
  const Type* left;
  const Type* right;
  bool operator==(const Pair&) const = default;
};
struct PairHash {
  std::size_t operator()(const Pair& pair) const noexcept {
    std::size_t seed = std::hash<const void*>{}(pair.left);
    mix(seed, std::hash<const void*>{}(pair.right));
    return seed;
  }
};

// Of two members of one name the last stays, at the place of the first.
void drop_repeated(Type& type) {
  std::vector<std::uint32_t>& order = type.by_name;
  const auto sort = [&] {
    order.resize(type.members.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(
        order, {}, [&](std::uint32_t i) -> const std::string& { return type.members[i].name; });
  };
  sort();
  std::vector<bool> gone(type.members.size());
  bool any_gone = false;
  for (std::size_t i = 1; i < order.size(); ++i) {
    Type::Member& earlier = type.members[order[i - 1]];
    Type::Member& later = type.members[order[i]];
    if (earlier.name != later.name) continue;
    // `earlier` keeps its place in the order of names, so that a third one meets it again.
    earlier.type = later.type;
    earlier.optional = later.optional;
    gone[order[i]] = true;
    order[i] = order[i - 1];
    any_gone = true;
  }
  if (!any_gone) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) type.members[kept] = std::move(type.members[i]);
    ++kept;
  }
  type.members.resize(kept);
  sort();
}

}  // namespace

const Type::Member* Type::find(std::string_view name) const noexcept {
  const auto at = std::ranges::lower_bound(
      by_name, name, {}, [&](std::uint32_t i) { return std::string_view(members[i].name); });
  return at != by_name.end() && members[*at].name == name ? &members[*at] : nullptr;
}

const Type* Type::member(std::string_view name) const noexcept {
  const Member* found = find(name);
  return found == nullptr ? nullptr : found->type;
}

struct Types::Store {
  std::array<Type, kinds> simple;
  std::vector<std::unique_ptr<Type>> types;
  std::unordered_map<const Type*, const Type*, Content, Content> known;
  std::unordered_map<Pair, const Type*, PairHash> joined;
  std::map<std::string, const Type*, std::less<>> defined;
};

Types::Types() : store_(std::make_unique<Store>()) {
  for (std::size_t i = 0; i < kinds; ++i) {
    Type& type = store_->simple[i];
    type.kind = static_cast<TypeKind>(i);
    if (type.is(TypeKind::list) || type.is(TypeKind::range)) type.element = any();
    if (type.is(TypeKind::context)) type.open = true;
    store_->known.emplace(&type, &type);
  }
}

Types::~Types() = default;

const Type* Types::simple(TypeKind kind) const noexcept {
  return &store_->simple[static_cast<std::size_t>(kind)];
}

const Type* Types::keep(Type type) {
  std::uint16_t inner = 0;
  const auto look = [&](const Type* part) {
    if (part != nullptr) inner = std::max(inner, part->depth);
  };
  look(type.element);
  look(type.result);
  for (const Type* parameter : type.parameters) look(parameter);
  for (const Type::Member& member : type.members) look(member.type);
  if (inner >= deepest) return any();
  type.depth = static_cast<std::uint16_t>(inner + 1);
  if (const auto at = store_->known.find(&type); at != store_->known.end()) return at->second;
  store_->types.push_back(std::make_unique<Type>(std::move(type)));
  const Type* kept = store_->types.back().get();
  store_->known.emplace(kept, kept);
  return kept;
}

const Type* Types::list(const Type* element) {
  Type type;
  type.kind = TypeKind::list;
  type.element = element;
  return keep(std::move(type));
}

const Type* Types::range(const Type* element) {
  Type type;
  type.kind = TypeKind::range;
  type.element = element;
  return keep(std::move(type));
}

const Type* Types::context(std::vector<Type::Member> members, bool open) {
  Type type;
  type.kind = TypeKind::context;
  type.members = std::move(members);
  type.open = open;
  drop_repeated(type);
  return keep(std::move(type));
}

const Type* Types::function(std::vector<const Type*> parameters, const Type* result) {
  Type type;
  type.kind = TypeKind::function;
  type.parameters = std::move(parameters);
  type.result = result;
  return keep(std::move(type));
}

const Type* Types::join(const Type* left, const Type* right) {
  if (left == right || right->is(TypeKind::null)) return left;
  if (left->is(TypeKind::null)) return right;
  if (left->kind != right->kind) return any();
  const Pair pair{left, right};
  if (const auto at = store_->joined.find(pair); at != store_->joined.end()) return at->second;
  const Type* result = nullptr;
  if (left->is(TypeKind::list)) {
    result = list(join(left->element, right->element));
  } else if (left->is(TypeKind::range)) {
    result = range(join(left->element, right->element));
  } else if (left->is(TypeKind::context)) {
    std::vector<Type::Member> members;
    // The shorter is walked, so that joining many to a long one costs no more than they are long.
    const bool shorter = left->members.size() <= right->members.size();
    for (const Type::Member& member : (shorter ? left : right)->members) {
      const Type::Member* other = (shorter ? right : left)->find(member.name);
      if (other == nullptr) continue;
      members.push_back(
          {member.name, join(member.type, other->type), member.optional || other->optional});
    }
    const bool open = left->open || right->open || members.size() < left->members.size() ||
                      members.size() < right->members.size();
    result = context(std::move(members), open);
  } else {
    result = simple(left->kind);
  }
  store_->joined.emplace(pair, result);
  return result;
}

void Types::define(std::string_view name, const Type* type) {
  store_->defined.insert_or_assign(normal_name(name), type);
}

const Type* Types::defined(std::string_view name) const noexcept {
  const auto at = store_->defined.find(name);
  return at == store_->defined.end() ? nullptr : at->second;
}

}  // namespace partnership::feel
