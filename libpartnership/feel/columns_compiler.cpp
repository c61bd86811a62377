// SPDX-License-Identifier: Apache-2.0
//
// Names, constants, booleans and calls; operators and lists are in columns_operators.cpp and
// columns_lists.cpp.
#include "feel/columns_compiler.hpp"

#include "base/error.hpp"
#include "feel/builtins.hpp"
#include "feel/number.hpp"

namespace partnership::feel {

namespace {

// Parts of one expression that are looked at, also those that are tried in several ways.
constexpr std::uint32_t most_visits = 20'000;

std::optional<VecKind> kind_of(Storage storage) noexcept {
  switch (storage) {
    case Storage::truth:
      return VecKind::truth;
    case Storage::day:
      return VecKind::day;
    case Storage::number:
      return VecKind::number;
    case Storage::code:
      return VecKind::code;
    default:
      return std::nullopt;
  }
}

bool is_declared(const Type* declared, VecKind kind) noexcept {
  if (declared == nullptr || declared->is(TypeKind::any)) return true;
  switch (kind) {
    case VecKind::truth:
      return declared->is(TypeKind::boolean);
    case VecKind::day:
      return declared->is(TypeKind::date);
    case VecKind::days:
      return declared->is(TypeKind::days_time_duration);
    case VecKind::number:
      return declared->is(TypeKind::number);
    case VecKind::code:
      return declared->is(TypeKind::string);
  }
  return false;
}

}  // namespace

std::vector<std::string_view> Literals::texts() const {
  std::vector<std::string_view> out;
  const Dictionary& all = fixed_ != nullptr ? fixed_->literals() : collected_;
  for (std::uint32_t code = 0; code < all.size(); ++code) out.push_back(all.text(code));
  return out;
}

PlanCompiler::PlanCompiler(const Layout& layout, Literals& literals)
    : layout_(layout), literals_(literals), plan_(layout) {}

Plan PlanCompiler::compile(const Program& program, const std::vector<bool>* to_machine) {
  std::vector<VecId> roots;
  roots.reserve(program.size());
  std::vector<Plan::Items> items(program.size());
  for (std::uint32_t i = 0; i < program.size(); ++i) {
    const bool left = to_machine != nullptr && (*to_machine)[i];
    roots.push_back(left ? no_vec : root(program.source(i), program.ast(i), items[i]));
  }
  return plan_.finish(std::move(roots), std::move(items));
}

VecId PlanCompiler::root(const Source& source, const Ast& ast, Plan::Items& items) {
  if (source.unary_tests || ast.root == no_node) return no_vec;
  ast_ = &ast;
  bindings_.clear();
  around_ = 0;
  visits_ = 0;
  const Term whole = term(ast.root);
  if (whole.kind == Term::Kind::list && source.declared == nullptr) items = items_root(whole);
  if (whole.kind != Term::Kind::vec) return no_vec;
  const VecNode& node = plan_.at(whole.vec);
  const bool fits = node.level == 0 && node.op != VecOp::constant && node.op != VecOp::today &&
                    is_declared(source.declared, node.kind);
  return fits ? whole.vec : no_vec;
}

Plan::Items PlanCompiler::items_root(const Term& list) const {
  const PlanLevel& level = plan_.level(list.level);
  if (level.product || level.parent != 0) return {};
  return {list.slot, list.member, list.selection};
}

VecId PlanCompiler::node(VecOp op, VecKind kind, VecId a, VecId b, VecId c) {
  VecNode out{op, kind};
  out.level = plan_.at(a).level;
  out.a = a;
  out.b = b;
  out.c = c;
  return plan_.add(out);
}

// Recursion is bounded by the height of the tree.
PlanCompiler::Term PlanCompiler::term(NodeId id) {
  if (++visits_ > most_visits) return {};
  const Node& node = ast_->at(id);
  switch (node.kind) {
    case NodeKind::literal: {
      Term out;
      out.kind = Term::Kind::value;
      out.value = ast_->constants[node.data];
      return out;
    }
    case NodeKind::name:
      return name(ast_->names[node.data]);
    case NodeKind::path:
      return member(term(ast_->child(id, 0)), ast_->texts[node.data]);
    case NodeKind::filter:
      return filter(id);
    case NodeKind::negate: {
      Term zero;
      zero.kind = Term::Kind::value;
      zero.value = Value::small_number(0);
      return calculated(Op::subtract, zero, term(ast_->child(id, 0)));
    }
    case NodeKind::binary:
      return binary(node, id);
    case NodeKind::conjunction:
    case NodeKind::disjunction: {
      VecId out = no_vec;
      for (const NodeId child : ast_->children_of(id)) {
        const VecId next = truth(child);
        if (next == no_vec) return {};
        out = out == no_vec
                  ? next
                  : chain(node.kind == NodeKind::conjunction ? VecOp::conjoin : VecOp::disjoin,
                          {out, next});
        if (out == no_vec) return {};
      }
      return of(out);
    }
    case NodeKind::between:
      return between(id);
    case NodeKind::in:
      return in(id);
    case NodeKind::if_then_else:
      return conditional(id);
    case NodeKind::some:
    case NodeKind::every:
      return quantified(id);
    case NodeKind::call:
      return call(id);
    default:
      return {};
  }
}

PlanCompiler::Term PlanCompiler::name(const NameUse& use) {
  using Way = NameUse::Binding;
  if (!use.maybe_members_of.empty()) return {};
  switch (use.binding) {
    case Way::input: {
      const SlotId id = layout_.member(0, use.name);
      return id == no_slot ? Term{} : slot(id, 0);
    }
    case Way::variable:
      return bound(use.scope, use.index);
    case Way::item:
      return bound(use.scope, 0);
    case Way::member:
      return member(bound(use.scope, 0), use.name);
    default:
      return {};
  }
}

PlanCompiler::Term PlanCompiler::bound(std::uint32_t scope, std::uint32_t index) const {
  for (std::size_t i = bindings_.size(); i-- > 0;) {
    const Bound& bound = bindings_[i];
    if (bound.scope == scope && bound.index == index)
      return bound.hidden == 0 ? bound.term : Term{};
  }
  return {};
}

// Two variables over the items of one list are not the same item. While a condition is tried on the
// level of these items alone, variables that stand there or below (with by = 1) are out of sight.
void PlanCompiler::hide(PlanLevelId level, std::uint32_t by) {
  for (Bound& bound : bindings_) {
    if (plan_.within(bound.level, level)) bound.hidden += by;
  }
}

PlanCompiler::Term PlanCompiler::member(const Term& of, std::string_view name) {
  if (of.kind == Term::Kind::record) {
    const SlotId id = layout_.member(of.slot, name);
    return id == no_slot ? Term{} : slot(id, of.level);
  }
  if (of.kind != Term::Kind::list || layout_.slot(of.member).storage != Storage::record) return {};
  Term out = of;
  out.member = layout_.member(of.member, name);
  if (out.member == no_slot) return {};
  const Storage storage = layout_.slot(out.member).storage;
  return storage == Storage::list || storage == Storage::value ? Term{} : out;
}

// The slot's cells as they are seen on a level: their own, or a product with it.
PlanCompiler::Term PlanCompiler::slot(SlotId id, PlanLevelId level) {
  const Slot& of = layout_.slot(id);
  Term out;
  out.slot = id;
  out.level = level;
  if (of.storage == Storage::record) {
    out.kind = Term::Kind::record;
    return out;
  }
  if (of.storage == Storage::list) {
    if (level != of.level) return {};
    out.kind = Term::Kind::list;
    out.level = of.items;
    out.member = of.first;
    return out;
  }
  const std::optional<VecKind> kind = kind_of(of.storage);
  if (!kind) return {};
  VecNode load{VecOp::load, *kind};
  load.level = of.level;
  load.slot = id;
  VecId vec = plan_.add(load);
  if (level != of.level) {
    VecNode tiled{VecOp::tile, *kind};
    tiled.level = level;
    tiled.a = vec;
    vec = plan_.add(tiled);
  }
  return PlanCompiler::of(vec);
}

VecId PlanCompiler::truth(NodeId id) {
  return truth_of(term(id));
}

VecId PlanCompiler::truth_of(const Term& term) {
  if (term.kind == Term::Kind::vec) {
    return plan_.at(term.vec).kind == VecKind::truth ? term.vec : no_vec;
  }
  if (term.kind != Term::Kind::value || !term.value.is(Kind::boolean)) return no_vec;
  VecNode out{VecOp::truth, VecKind::truth};
  out.imm = term.value.boolean() ? 1 : 0;
  return plan_.add(out);
}

PlanCompiler::Term PlanCompiler::binary(const Node& node, NodeId id) {
  const Term left = term(ast_->child(id, 0));
  if (left.kind == Term::Kind::none) return {};
  const Term right = term(ast_->child(id, 1));
  switch (node.op) {
    case Op::eq:
      return compared(Compare::eq, left, right);
    case Op::ne:
      return compared(Compare::ne, left, right);
    case Op::lt:
      return compared(Compare::lt, left, right);
    case Op::le:
      return compared(Compare::le, left, right);
    case Op::gt:
      return compared(Compare::gt, left, right);
    case Op::ge:
      return compared(Compare::ge, left, right);
    default:
      return calculated(node.op, left, right);
  }
}

PlanCompiler::Term PlanCompiler::conditional(NodeId id) {
  VecId condition = truth(ast_->child(id, 0));
  if (condition == no_vec) return {};
  const Term yes = term(ast_->child(id, 1));
  const Term no = term(ast_->child(id, 2));
  const Term& typed = yes.kind == Term::Kind::vec ? yes : no;
  VecKind kind = VecKind::truth;  // of two constants: only truths are worth the while
  if (typed.kind == Term::Kind::vec) kind = plan_.at(typed.vec).kind;
  VecId a = vector(yes, kind);
  VecId b = vector(no, kind);
  if (a == no_vec || b == no_vec || !align(a, b) || !align(condition, a) || !align(condition, b)) {
    return {};
  }
  return of(node(VecOp::choose, kind, condition, a, b));
}

PlanCompiler::Term PlanCompiler::call(NodeId id) {
  const auto children = ast_->children_of(id);
  const Node& callee = ast_->at(children[0]);
  if (callee.kind != NodeKind::name) return {};
  const NameUse& use = ast_->names[callee.data];
  if (use.binding != NameUse::Binding::builtin || !use.maybe_members_of.empty() ||
      use.builtin == nullptr) {
    return {};
  }
  Term constant;
  if (constant_call(id, constant)) return constant;
  const std::string_view name = use.builtin->name;
  if (name == "today" && children.size() == 1) {
    return of(plan_.add({VecOp::today, VecKind::day}));
  }
  if (children.size() == 2) {
    const Term argument = term(children[1]);
    if (name == "not") {
      const VecId condition = truth_of(argument);
      return condition == no_vec ? Term{} : of(node(VecOp::invert, VecKind::truth, condition));
    }
    if (argument.kind != Term::Kind::list) return {};
    if (name == "count") return counted(argument);
    if (name == "sum") return aggregated(VecOp::sum, argument);
    if (name == "min") return aggregated(VecOp::least, argument);
    if (name == "max") return aggregated(VecOp::greatest, argument);
  }
  if (name == "list contains" && children.size() == 3) {
    const Term list = term(children[1]);
    return list.kind != Term::Kind::list ? Term{} : of(contains(list, term(children[2])));
  }
  return {};
}

// A pure function of constants is a constant, unless it warns.
bool PlanCompiler::constant_call(NodeId id, Term& out) {
  const auto children = ast_->children_of(id);
  const Builtin& builtin = *ast_->names[ast_->at(children[0]).data].builtin;
  if (!builtin.pure || children.size() < 2 || children.size() > 8) return false;
  std::vector<Value> arguments;
  for (const NodeId child : children.subspan(1)) {
    const Node& argument = ast_->at(child);
    if (argument.kind == NodeKind::literal) {
      arguments.push_back(ast_->constants[argument.data]);
    } else if (argument.kind == NodeKind::call && ++visits_ < most_visits) {
      const Term inner = call(child);
      if (inner.kind != Term::Kind::value) return false;
      arguments.push_back(inner.value);
    } else {
      return false;
    }
  }
  const Signature* const signature = signature_for(builtin, arguments.size());
  if (signature == nullptr) return false;
  if (constants_ == nullptr) {
    constants_ = std::make_unique<Evaluation>(Budget{10'000, 10, 1'000, 65'536, 1'000, 1});
  }
  constants_->begin({});
  try {
    const Value value = signature->call(*constants_, arguments);
    if (constants_->warning_count() != 0 || value.is_null()) return false;
    out.kind = Term::Kind::value;
    out.value = copy(arena_, value);
    return true;
  } catch (const OutOfBudget&) {
    return false;
  } catch (const Error& error) {
    if (error.code() != Code::limit) throw;
    return false;
  }
}

}  // namespace partnership::feel
