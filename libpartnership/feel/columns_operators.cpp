// SPDX-License-Identifier: Apache-2.0
//
// Comparisons, arithmetic, ranges.
#include <limits>

#include "feel/columns_compiler.hpp"
#include "feel/compare.hpp"
#include "feel/operators.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

constexpr std::int64_t most_days = (std::int64_t{1} << 30) - 1;

}  // namespace

// The term as a vector of a kind; no_vec: it is none.
VecId PlanCompiler::vector(const Term& term, VecKind kind) {
  if (term.kind == Term::Kind::vec) return plan_.at(term.vec).kind == kind ? term.vec : no_vec;
  if (term.kind != Term::Kind::value) return no_vec;
  if (kind == VecKind::truth) return truth_of(term);
  VecNode out{VecOp::constant, kind};
  const Value value = term.value;
  if (kind == VecKind::number && value.is(Kind::number) && value.is_small()) {
    out.imm = value.coefficient();
    out.scale = static_cast<std::uint8_t>(value.scale());
  } else if (kind == VecKind::day && value.is(Kind::date) && std::abs(value.days()) <= most_days) {
    out.imm = value.days();
  } else if (kind == VecKind::days && value.is(Kind::days_time_duration) &&
             value.nanoseconds() == 0 && value.seconds() % seconds_per_day == 0 &&
             std::abs(value.seconds() / seconds_per_day) <= most_days) {
    out.imm = value.seconds() / seconds_per_day;
  } else if (kind == VecKind::code && value.is(Kind::string)) {
    const std::uint32_t code = literals_.code(value.text());
    if (code == Dictionary::none) return no_vec;
    out.imm = code;
  } else {
    return no_vec;
  }
  return plan_.add(out);
}

// Brings two vectors to one level.
bool PlanCompiler::align(VecId& a, VecId& b) {
  const auto everywhere = [this](VecId id) {
    return plan_.at(id).op == VecOp::constant || plan_.at(id).op == VecOp::today;
  };
  if (everywhere(a) || everywhere(b)) return true;
  PlanLevelId level = 0;
  if (!plan_.meet(plan_.at(a).level, plan_.at(b).level, level)) return false;
  a = plan_.lift(a, level);
  b = plan_.lift(b, level);
  return a != no_vec && b != no_vec;
}

// op(op(p0, p1), p2)... of truths.
VecId PlanCompiler::chain(VecOp op, std::initializer_list<VecId> parts) {
  VecId out = no_vec;
  for (VecId part : parts) {
    if (part == no_vec) return no_vec;
    if (out == no_vec) {
      out = part;
      continue;
    }
    if (!align(out, part)) return no_vec;
    out = node(op, VecKind::truth, out, part);
  }
  return out;
}

VecId PlanCompiler::known(VecId of) {
  return node(VecOp::known, VecKind::truth, of);
}

PlanCompiler::Term PlanCompiler::compared(Compare op, const Term& left, const Term& right) {
  if (left.kind == Term::Kind::value && right.kind == Term::Kind::vec) {
    return compared(kernels::flipped(op), right, left);
  }
  if (left.kind != Term::Kind::vec) return {};
  VecId a = left.vec;
  const VecKind kind = plan_.at(a).kind;
  const bool equality = op == Compare::eq || op == Compare::ne;
  if (right.kind == Term::Kind::value) {
    if (right.value.is_null()) return compared_with_null(op, left);
    if (kind == VecKind::days && right.value.is(Kind::days_time_duration)) {
      return compared_with_duration(op, a, right.value);
    }
  }
  VecId b = vector(right, kind);
  if (b == no_vec || !align(a, b)) return {};
  if (kind == VecKind::truth) {
    if (!equality) return {};
    const VecId same = node(VecOp::same, kind, a, b);
    return of(op == Compare::eq ? same : node(VecOp::invert, kind, same));
  }
  if (kind == VecKind::code && !equality) return {};
  if (plan_.at(a).op == VecOp::today) {
    if (plan_.at(b).op == VecOp::today || plan_.at(b).op == VecOp::constant) return {};
    std::swap(a, b);
    op = kernels::flipped(op);
  }
  VecNode out{VecOp::compare, VecKind::truth};
  out.compare = op;
  out.level = plan_.at(a).level;
  out.a = a;
  out.b = b;
  return of(plan_.add(out));
}

PlanCompiler::Term PlanCompiler::compared_with_null(Compare op, const Term& term) {
  if (op != Compare::eq && op != Compare::ne) return {};
  const VecId null = node(VecOp::is_null, VecKind::truth, term.vec);
  return of(op == Compare::eq ? null : node(VecOp::invert, VecKind::truth, null));
}

// Days against a duration that need not be of whole days.
PlanCompiler::Term PlanCompiler::compared_with_duration(Compare op, VecId vec, Value duration) {
  std::int64_t days = duration.seconds() / seconds_per_day;
  if (duration.seconds() % seconds_per_day < 0) --days;
  const bool whole = duration.nanoseconds() == 0 && days * seconds_per_day == duration.seconds();
  // `days` is the floor: of n days, n < duration is n <= floor where it is not whole.
  if (!whole && op == Compare::lt) op = Compare::le;
  if (!whole && op == Compare::ge) op = Compare::gt;
  // No difference of days is as small as this.
  constexpr std::int64_t never = std::numeric_limits<std::int32_t>::min();
  if (!whole && (op == Compare::eq || op == Compare::ne)) days = never;
  const std::int64_t bound =
      std::min<std::int64_t>(std::max(days, never), std::numeric_limits<std::int32_t>::max());
  if (bound != days && (op == Compare::eq || op == Compare::ne)) return {};
  const VecNode of_vec = plan_.at(vec);
  VecNode out{VecOp::compare, VecKind::truth};
  out.compare = op;
  out.level = of_vec.level;
  if (of_vec.op == VecOp::difference) {
    out.op = VecOp::compare_difference;
    out.a = of_vec.a;
    out.b = of_vec.b;
    out.imm = bound;
  } else {
    VecNode constant{VecOp::constant, VecKind::days};
    constant.imm = bound;
    out.a = vec;
    out.b = plan_.add(constant);
  }
  return of(plan_.add(out));
}

// What is the same for every case, such as `2 / 5`. Only numbers that need no memory of their own.
PlanCompiler::Term PlanCompiler::calculated_now(Op op, Value left, Value right) {
  if (!left.is(Kind::number) || !right.is(Kind::number)) return {};
  Evaluation evaluation;
  Term out;
  out.value = arithmetic(evaluation, opcode_of(op), left, right);
  if (evaluation.warning_count() == 0 && out.value.is(Kind::number) && out.value.is_small()) {
    out.kind = Term::Kind::value;
  }
  return out;
}

PlanCompiler::Term PlanCompiler::calculated(Op op, const Term& left, const Term& right) {
  if (left.kind == Term::Kind::value && right.kind == Term::Kind::value) {
    return calculated_now(op, left.value, right.value);
  }
  const auto is = [this](const Term& term, VecKind kind) {
    return term.kind == Term::Kind::vec && plan_.at(term.vec).kind == kind;
  };
  if (is(left, VecKind::day) || is(right, VecKind::day)) {
    VecId a = vector(left, VecKind::day);
    VecId b = vector(right, VecKind::day);
    if (op == Op::add) return a != no_vec ? shifted(left, right, 1) : shifted(right, left, 1);
    if (op != Op::subtract || a == no_vec) return {};
    if (b == no_vec) return shifted(left, right, -1);
    if (!align(a, b)) return {};
    const bool leaf = plan_.at(a).op == VecOp::constant || plan_.at(a).op == VecOp::today;
    VecNode out{VecOp::difference, VecKind::days};
    out.level = plan_.at(leaf ? b : a).level;
    out.a = a;
    out.b = b;
    return of(plan_.add(out));
  }
  if (!is(left, VecKind::number) && !is(right, VecKind::number)) return {};
  VecId a = vector(left, VecKind::number);
  VecId b = vector(right, VecKind::number);
  if (a == no_vec || b == no_vec || !align(a, b)) return {};
  VecNode out{VecOp::add, VecKind::number};
  if (op == Op::subtract) {
    out.op = VecOp::subtract;
  } else if (op == Op::multiply) {
    out.op = VecOp::multiply;
  } else if (op != Op::add) {
    return {};
  }
  out.level = plan_.at(plan_.at(a).op == VecOp::constant ? b : a).level;
  out.a = a;
  out.b = b;
  return of(plan_.add(out));
}

PlanCompiler::Term PlanCompiler::shifted(const Term& day, const Term& days, std::int64_t sign) {
  VecId a = vector(day, VecKind::day);
  VecId b = vector(days, VecKind::days);
  if (a == no_vec || b == no_vec || !align(a, b)) return {};
  const bool leaf = plan_.at(a).op == VecOp::constant || plan_.at(a).op == VecOp::today;
  if (leaf && plan_.at(b).op == VecOp::constant) return {};
  VecNode out{VecOp::shift, VecKind::day};
  out.level = plan_.at(leaf ? b : a).level;
  out.a = a;
  out.b = b;
  out.imm = sign;
  return of(plan_.add(out));
}

PlanCompiler::Term PlanCompiler::between(NodeId id) {
  const Term value = term(ast_->child(id, 0));
  if (value.kind != Term::Kind::vec) return {};
  const Term low = term(ast_->child(id, 1));
  const Term high = term(ast_->child(id, 2));
  const VecId above = truth_of(compared(Compare::ge, value, low));
  const VecId below = truth_of(compared(Compare::le, value, high));
  return of(chain(VecOp::both, {above, below}));
}

PlanCompiler::Term PlanCompiler::in(NodeId id) {
  const Term value = term(ast_->child(id, 0));
  if (value.kind != Term::Kind::vec) return {};
  VecId out = no_vec;
  for (const NodeId test : ast_->children_of(id).subspan(1)) {
    VecId next = in_test(value, test);
    if (next == no_vec) return {};
    out = out == no_vec ? next : chain(VecOp::either, {out, next});
    if (out == no_vec) return {};
  }
  return out == no_vec ? Term{} : of(chain(VecOp::both, {out, known(value.vec)}));
}

VecId PlanCompiler::in_test(const Term& value, NodeId test) {
  if (++visits_ > 20'000) return no_vec;
  const Node& node = ast_->at(test);
  if (node.uses_tested) return no_vec;
  if (node.kind == NodeKind::range) {
    return in_range(value, ast_->child(test, 0), ast_->child(test, 1), node.low_closed,
                    node.high_closed);
  }
  if (node.kind == NodeKind::unary_range) {
    static constexpr Compare compares[] = {Compare::eq, Compare::ne, Compare::lt,
                                           Compare::le, Compare::gt, Compare::ge};
    const Term bound = term(ast_->child(test, 0));
    if (bound.kind != Term::Kind::value || bound.value.is_null() || node.op < Op::eq) return no_vec;
    const auto which = static_cast<std::size_t>(node.op) - static_cast<std::size_t>(Op::eq);
    return truth_of(compared(compares[which], value, bound));
  }
  if (node.kind == NodeKind::list) {
    VecId out = no_vec;
    for (const NodeId item : ast_->children_of(test)) {
      const Term each = term(item);
      if (each.kind != Term::Kind::value || each.value.is_null()) return no_vec;
      const VecId next = truth_of(compared(Compare::eq, value, each));
      if (next == no_vec) return no_vec;
      out = out == no_vec ? next : chain(VecOp::either, {out, next});
    }
    return out;
  }
  const Term other = term(test);
  if (other.kind == Term::Kind::list) return contains(other, value);
  if (other.kind == Term::Kind::value && other.value.is_null()) return no_vec;
  const VecId equal = truth_of(compared(Compare::eq, value, other));
  if (equal == no_vec || other.kind != Term::Kind::vec) return equal;
  return chain(VecOp::both, {equal, known(other.vec)});
}

// With constant ends in order.
VecId PlanCompiler::in_range(const Term& value, NodeId low, NodeId high, bool low_closed,
                             bool high_closed) {
  const Term from = term(low);
  const Term to = term(high);
  if (from.kind != Term::Kind::value || to.kind != Term::Kind::value) return no_vec;
  if (order(from.value, to.value).value_or(1) > 0) return no_vec;
  return chain(VecOp::both,
               {truth_of(compared(low_closed ? Compare::ge : Compare::gt, value, from)),
                truth_of(compared(high_closed ? Compare::le : Compare::lt, value, to))});
}

}  // namespace partnership::feel
