// SPDX-License-Identifier: Apache-2.0
//
// Filters, quantifiers and functions of lists.
#include "feel/columns_compiler.hpp"

namespace partnership::feel {

// True where the list itself is there, for what its items are reduced to.
VecId PlanCompiler::present(const Term& list) {
  VecNode out{VecOp::present, VecKind::truth};
  out.level = layout_.slot(list.slot).level;
  out.slot = list.slot;
  return plan_.lift(plan_.add(out), plan_.level(list.level).parent);
}

// An item as the conditions see it.
PlanCompiler::Term PlanCompiler::item_term(const Term& list) {
  return slot(list.member, list.level);
}

// The values that a list of scalars has, or the records' members that it means; no_vec: others.
VecId PlanCompiler::items_of(const Term& list) {
  const Term item = item_term(list);
  return item.kind == Term::Kind::vec ? item.vec : no_vec;
}

// Makes the list one for each cell of the level around, so that a condition may speak of both.
bool PlanCompiler::as_product(Term& list) {
  const PlanLevel& items = plan_.level(list.level);
  if (items.product || list.selection != no_vec || !plan_.within(around_, items.parent)) {
    return false;
  }
  // Below its own items there is nothing to combine it with.
  if (around_ == items.parent) return false;
  list.level = plan_.product(around_, list.level);
  return true;
}

PlanCompiler::Term PlanCompiler::filter(NodeId id) {
  Term list = term(ast_->child(id, 0));
  if (list.kind != Term::Kind::list) return {};
  const std::uint32_t scope = ast_->at(id).data;
  const PlanLevelId before = around_;
  for (;;) {
    bindings_.push_back({scope, 0, item_term(list)});
    around_ = list.level;
    const VecId condition = truth(ast_->child(id, 1));
    around_ = before;
    bindings_.pop_back();
    VecId lifted = condition == no_vec ? no_vec : plan_.lift(condition, list.level);
    if (lifted != no_vec && list.selection != no_vec) {
      lifted = chain(VecOp::conjoin, {list.selection, lifted});
    }
    if (lifted != no_vec) {
      list.selection = lifted;
      return list;
    }
    if (!as_product(list)) return {};
  }
}

PlanCompiler::Term PlanCompiler::quantified(NodeId id) {
  return of(quantified(id, 0));
}

VecId PlanCompiler::quantified(NodeId id, std::uint32_t domain) {
  Term list = term(ast_->child(id, domain));
  if (list.kind != Term::Kind::list) return no_vec;
  const bool some = ast_->at(id).kind == NodeKind::some;
  const std::uint32_t scope = ast_->iterations[ast_->at(id).data].scope;
  const PlanLevelId before = around_;
  for (;;) {
    bindings_.push_back({scope, domain, item_term(list)});
    around_ = list.level;
    VecId condition = quantified_body(id, domain);
    around_ = before;
    if (condition != no_vec) condition = plan_.lift(condition, list.level);
    VecId out = condition == no_vec ? no_vec : reduced(some, list, condition);
    if (out == no_vec && some && !plan_.level(list.level).product) {
      out = some_equal(id, list, domain);
    }
    bindings_.pop_back();
    if (out != no_vec || !as_product(list)) return out;
  }
}

VecId PlanCompiler::quantified_body(NodeId id, std::uint32_t domain) {
  const std::uint32_t last = ast_->at(id).count - 1;
  return domain + 1 < last ? quantified(id, domain + 1) : truth(ast_->child(id, last));
}

VecId PlanCompiler::reduced(bool some, const Term& list, VecId condition) {
  if (list.selection != no_vec) {
    const VecId selection =
        some ? list.selection : node(VecOp::invert, VecKind::truth, list.selection);
    condition = chain(some ? VecOp::conjoin : VecOp::disjoin, {selection, condition});
    if (condition == no_vec) return no_vec;
  }
  VecNode out{some ? VecOp::any : VecOp::all, VecKind::truth};
  out.level = plan_.level(list.level).parent;
  out.a = condition;
  out.b = present(list);
  return out.b == no_vec ? no_vec : plan_.add(out);
}

// `some x in list satisfies x.key = y and ...`, where y belongs to an item of another list of the
// same case and the rest speaks of x alone: no product is needed.
VecId PlanCompiler::some_equal(NodeId id, const Term& list, std::uint32_t domain) {
  if (domain + 2 != ast_->at(id).count) return no_vec;
  std::vector<NodeId> parts;
  if (!split(ast_->child(id, domain + 1), parts)) return no_vec;
  VecId filter = list.selection, inner = no_vec, outer = no_vec;
  const PlanLevelId before = around_;
  around_ = list.level;
  bool good = true;
  for (const NodeId part : parts) {
    const VecId alone = truth(part);
    const VecId lifted = alone == no_vec ? no_vec : plan_.lift(alone, list.level);
    if (lifted != no_vec) {
      filter = filter == no_vec ? lifted : chain(VecOp::conjoin, {filter, lifted});
      continue;
    }
    const Node& node = ast_->at(part);
    good = inner == no_vec && node.kind == NodeKind::binary && node.op == Op::eq;
    if (!good) break;
    const Term left = term(ast_->child(part, 0));
    const Term right = term(ast_->child(part, 1));
    good = left.kind == Term::Kind::vec && right.kind == Term::Kind::vec;
    if (!good) break;
    inner = plan_.lift(left.vec, list.level);
    outer = inner == no_vec ? left.vec : right.vec;
    if (inner == no_vec) inner = plan_.lift(right.vec, list.level);
    good = inner != no_vec;
    if (!good) break;
  }
  around_ = before;
  if (!good || inner == no_vec) return no_vec;
  const VecNode a = plan_.at(outer);
  const VecNode b = plan_.at(inner);
  if (a.kind != b.kind || a.kind == VecKind::truth || a.op == VecOp::constant ||
      b.op == VecOp::constant || a.op == VecOp::today || b.op == VecOp::today ||
      plan_.level(a.level).product || a.level == 0 ||
      plan_.level(a.level).parent != plan_.level(b.level).parent) {
    return no_vec;
  }
  VecNode out{VecOp::any_equal, VecKind::truth};
  out.level = a.level;
  out.a = outer;
  out.b = inner;
  out.c = filter;
  out.slot = present(list);
  return out.slot == no_slot ? no_vec : plan_.add(out);
}

// The operands of `and`, or the condition itself.
bool PlanCompiler::split(NodeId condition, std::vector<NodeId>& parts) const {
  const Node& node = ast_->at(condition);
  if (node.kind != NodeKind::conjunction) {
    parts.push_back(condition);
  } else {
    const auto children = ast_->children_of(condition);
    parts.assign(children.begin(), children.end());
  }
  return parts.size() <= 16;
}

PlanCompiler::Term PlanCompiler::counted(const Term& list) {
  VecNode out{VecOp::length, VecKind::number};
  out.imm = list.level;
  out.level = plan_.level(list.level).parent;
  out.b = present(list);
  if (out.b == no_vec) return {};
  const bool projected = layout_.slot(list.member).parent != list.slot;
  VecId which = list.selection;
  if (projected) {
    // A path asks each item for its member, so that an item without it counts for something else.
    VecId member = items_of(list);
    if (member == no_vec) return {};
    member = known(member);
    which = which == no_vec ? member : chain(VecOp::conjoin, {which, member});
    if (which == no_vec) return {};
  }
  if (which != no_vec) {
    out.op = VecOp::count;
    out.imm = 0;
    out.a = which;
  }
  return of(plan_.add(out));
}

PlanCompiler::Term PlanCompiler::aggregated(VecOp op, const Term& list) {
  const VecId values = items_of(list);
  if (values == no_vec) return {};
  const VecKind kind = plan_.at(values).kind;
  const bool ordered = kind == VecKind::number || (op != VecOp::sum && kind == VecKind::day);
  if (!ordered) return {};
  VecNode out{op, kind};
  out.level = plan_.level(list.level).parent;
  out.a = values;
  out.b = present(list);
  out.c = list.selection;
  return out.b == no_vec ? Term{} : of(plan_.add(out));
}

// Whether the list has an item that equals the value.
VecId PlanCompiler::contains(const Term& list, const Term& value) {
  const VecId items = items_of(list);
  if (items == no_vec) return no_vec;
  if (value.kind == Term::Kind::value) {
    if (value.value.is_null()) return no_vec;
    const VecId equal = truth_of(compared(Compare::eq, of(items), value));
    return equal == no_vec ? no_vec : reduced(true, list, equal);
  }
  if (value.kind != Term::Kind::vec || plan_.at(value.vec).op == VecOp::today) return no_vec;
  const VecId lifted = plan_.lift(value.vec, list.level);
  if (lifted != no_vec) {
    const VecId equal = truth_of(compared(Compare::eq, of(items), of(lifted)));
    const VecId found = equal == no_vec ? no_vec : reduced(true, list, equal);
    // Also where the list is empty a value that is not known is not looked for.
    return found == no_vec ? no_vec : chain(VecOp::both, {found, known(value.vec)});
  }
  const VecNode a = plan_.at(value.vec);
  const VecNode b = plan_.at(items);
  if (a.kind != b.kind || a.kind == VecKind::truth || plan_.level(a.level).product ||
      plan_.level(b.level).product || a.level == 0 ||
      plan_.level(a.level).parent != plan_.level(b.level).parent) {
    return no_vec;
  }
  VecNode out{VecOp::any_equal, VecKind::truth};
  out.level = a.level;
  out.a = value.vec;
  out.b = items;
  out.c = list.selection;
  out.slot = present(list);
  return out.slot == no_slot ? no_vec : plan_.add(out);
}

}  // namespace partnership::feel
