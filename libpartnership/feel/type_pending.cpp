#include "feel/type.hpp"
#include "feel/function.hpp"
#include "feel/temporal.hpp"
namespace partnership::feel {
static bool inside(Value v, const Type& t) { return v.is_null() || instance_of(v, t); }
bool instance_of(Value v, const Type& t) {
  switch (t.kind) {
    case TypeKind::any: return true;
    case TypeKind::null: return v.is_null();
    case TypeKind::list: if (!v.is(Kind::list)) return false; for (Value i : v.items()) if (!inside(i, *t.element)) return false; return true;
    case TypeKind::context: if (!v.is(Kind::context)) return false; for (auto& m : t.members) { auto* x = v.context().find(m.name); if (!x) { if (!m.optional) return false; continue; } if (!inside(*x, *m.type)) return false; } return true;
    case TypeKind::range: return v.is(Kind::range);
    case TypeKind::function: return v.is(Kind::function);
    case TypeKind::boolean: return v.is(Kind::boolean);
    case TypeKind::number: return v.is(Kind::number);
    case TypeKind::string: return v.is(Kind::string);
    case TypeKind::date: return v.is(Kind::date);
    case TypeKind::time: return v.is(Kind::time);
    case TypeKind::date_time: return v.is(Kind::date_time);
    case TypeKind::days_time_duration: return v.is(Kind::days_time_duration);
    case TypeKind::years_months_duration: return v.is(Kind::years_months_duration);
  }
  return false;
}
std::optional<Value> convert(Arena& arena, Value v, const Type& t) {
  if (v.is_null() || instance_of(v, t)) return v;
  if (v.is(Kind::list) && v.items().size() == 1 && !t.is(TypeKind::list)) return convert(arena, v.items()[0], t);
  if (t.is(TypeKind::list) && !v.is(Kind::list) && instance_of(v, *t.element)) return make_list(arena, {&v, 1});
  return std::nullopt;
}
}
