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
    const std::uint32_t by = plan_.level(list.level).product ? 0 : 1;
    const PlanLevelId level = list.level;
    hide(level, by);
    bindings_.push_back({scope, 0, level, item_term(list)});
    around_ = level;
    const VecId condition = truth(ast_->child(id, 1));
    around_ = before;
    bindings_.pop_back();
    hide(level, 0 - by);
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
    const bool product = plan_.level(list.level).product;
    const PlanLevelId level = list.level;
    if (!product) hide(level, 1);
    bindings_.push_back({scope, domain, level, item_term(list)});
    around_ = level;
    VecId condition = quantified_body(id, domain);
    around_ = before;
    bindings_.pop_back();
    if (!product) hide(level, 0U - 1U);
    if (condition != no_vec) condition = plan_.lift(condition, level);
    VecId out = condition == no_vec ? no_vec : reduced(some, list, condition);
    if (out == no_vec && some && !product) out = some_equal(id, list, domain);
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
  const std::uint32_t scope = ast_->iterations[ast_->at(id).data].scope;
  const PlanLevelId before = around_;
  const auto of_item = [&](NodeId part) {
    hide(list.level, 1);
    bindings_.push_back({scope, domain, list.level, item_term(list)});
    around_ = list.level;
    const Term out = term(part);
    around_ = before;
    bindings_.pop_back();
    hide(list.level, 0U - 1U);
    return out.kind == Term::Kind::vec ? plan_.lift(out.vec, list.level) : no_vec;
  };
  VecId filter = list.selection, inner = no_vec, outer = no_vec;
  for (const NodeId part : parts) {
    const VecId alone = of_item(part);
    if (alone != no_vec && plan_.at(alone).kind == VecKind::truth) {
      filter = filter == no_vec ? alone : chain(VecOp::conjoin, {filter, alone});
      continue;
    }
    const Node& node = ast_->at(part);
    if (inner != no_vec || node.kind != NodeKind::binary || node.op != Op::eq) return no_vec;
    const VecId left = of_item(ast_->child(part, 0));
    inner = left != no_vec ? left : of_item(ast_->child(part, 1));
    const Term other = term(ast_->child(part, left != no_vec ? 1 : 0));
    if (inner == no_vec || other.kind != Term::Kind::vec) return no_vec;
    outer = other.vec;
  }
  return inner == no_vec ? no_vec : any_equal(outer, inner, filter, list);
}

// For each item of one list whether it equals one of another list of the same parents.
VecId PlanCompiler::any_equal(VecId outer, VecId inner, VecId filter, const Term& list) {
  const VecNode a = plan_.at(outer);
  const VecNode b = plan_.at(inner);
  const auto everywhere = [](const VecNode& node) {
    return node.op == VecOp::constant || node.op == VecOp::today;
  };
  if (a.kind != b.kind || a.kind == VecKind::truth || everywhere(a) || everywhere(b) ||
      plan_.level(a.level).product || plan_.level(b.level).product || a.level == 0 ||
      plan_.level(a.level).parent != plan_.level(b.level).parent) {
    return no_vec;
  }
  VecNode out{VecOp::any_equal, VecKind::truth};
  out.level = a.level;
  out.a = outer;
  out.b = inner;
  out.c = filter;
  out.slot = present(list);
  return out.slot == no_vec ? no_vec : plan_.add(out);
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
  // A value of an item of the same list is not compared with its own item alone.
  const bool above = !plan_.within(plan_.at(value.vec).level, list.level);
  const VecId lifted = above ? plan_.lift(value.vec, list.level) : no_vec;
  if (lifted != no_vec) {
    const VecId equal = truth_of(compared(Compare::eq, of(items), of(lifted)));
    const VecId found = equal == no_vec ? no_vec : reduced(true, list, equal);
    // Also where the list is empty a value that is not known is not looked for.
    return found == no_vec ? no_vec : chain(VecOp::both, {found, known(value.vec)});
  }
  return any_equal(value.vec, items, list.selection, list);
}

}  // namespace partnership::feel
