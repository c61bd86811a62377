// SPDX-License-Identifier: Apache-2.0
//
// Values and types: instances, conformance and conversion. Recursion is bounded by the depth of
// types.
#include <algorithm>
#include <unordered_set>
#include <utility>

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
      return conforms(*from.element, *to.element, seen);
    case TypeKind::context:
      return std::ranges::all_of(to.members, [&](const Type::Member& wanted) {
        const Type::Member* has = from.find(wanted.name);
        if (has == nullptr) return wanted.optional && !from.open;
        return (wanted.optional || !has->optional) && conforms(*has->type, *wanted.type, seen);
      });
    case TypeKind::function:
      if (from.parameters.size() != to.parameters.size()) return false;
      for (std::size_t i = 0; i < to.parameters.size(); ++i) {
        if (!conforms(*to.parameters[i], *from.parameters[i], seen)) return false;
      }
      return conforms(*from.result, *to.result, seen);
    default:
      return true;
  }
}

}  // namespace

bool conforms(const Type& from, const Type& to) {
  Seen seen;
  return conforms(from, to, seen);
}

}  // namespace partnership::feel
