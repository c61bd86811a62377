// SPDX-License-Identifier: Apache-2.0
#include "charter/way.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "feel/builtins.hpp"
#include "feel/compare.hpp"
#include "feel/temporal.hpp"

namespace partnership::charter {

using feel::Ast;
using feel::Node;
using feel::NodeId;
using feel::NodeKind;
using feel::Op;
using feel::Value;

namespace {

constexpr std::uint32_t no_part = 0xffffffff;
constexpr std::int64_t seconds_a_day = 86400;
constexpr std::size_t most_items = 20;  // of a list that are named

constexpr Op negated(Op op) noexcept {
  switch (op) {
    case Op::eq:
      return Op::ne;
    case Op::ne:
      return Op::eq;
    case Op::lt:
      return Op::ge;
    case Op::le:
      return Op::gt;
    case Op::gt:
      return Op::le;
    case Op::ge:
      return Op::lt;
    default:
      return Op::none;
  }
}

// Of the two sides changed.
constexpr Op mirrored(Op op) noexcept {
  switch (op) {
    case Op::lt:
      return Op::gt;
    case Op::le:
      return Op::ge;
    case Op::gt:
      return Op::lt;
    case Op::ge:
      return Op::le;
    default:
      return op;
  }
}

constexpr bool at_least(Op op) noexcept {
  return op == Op::gt || op == Op::ge;
}

std::optional<Date> near_day(std::int64_t day) noexcept {
  if (day < date_min || day > date_max) return std::nullopt;
  return static_cast<Date>(day);
}

std::optional<std::int64_t> day_of(Value value) noexcept {
  if (value.is(feel::Kind::date)) return value.days();
  return std::nullopt;
}

std::optional<std::int64_t> days_of(Value value) noexcept {
  if (!value.is(feel::Kind::days_time_duration) || value.nanoseconds() != 0 ||
      value.seconds() % seconds_a_day != 0) {
    return std::nullopt;
  }
  return value.seconds() / seconds_a_day;
}

// Walks a condition from the whole to the comparisons that have to come out otherwise.
class Finder {
 public:
  Finder(const feel::Trace& trace, const Ast& ast, const Kind& kind, const Calendar* calendar)
      : trace_(trace), ast_(ast), kind_(kind), calendar_(calendar), links_(trace.parts.size()) {
    for (auto i = static_cast<std::uint32_t>(links_.size()); i-- > 1;) {
      Links& parent = links_[trace.parts[i].parent];
      links_[i].next = parent.child;
      parent.child = i;
    }
  }

  // What makes the part come out as wanted. Depth is bounded by that of the expression.
  Way turn(std::uint32_t part, bool wanted) const {
    const NodeId id = trace_.parts[part].node;
    const Node& node = ast_.at(id);
    if (!depends(id)) return {};  // it is what it is
    switch (node.kind) {
      case NodeKind::conjunction:
        return operands(part, id, wanted, wanted);
      case NodeKind::disjunction:
        return operands(part, id, wanted, !wanted);
      case NodeKind::every:
      case NodeKind::some:
        return quantifier(part, id, wanted);
      case NodeKind::if_then_else:
        return branch(part, id, wanted);
      case NodeKind::call:
        if (is_call(id, "not") && node.count == 2) {
          const std::uint32_t inner = find(part, ast_.child(id, 1));
          if (inner != no_part) return turn(inner, !wanted);
        }
        break;
      case NodeKind::binary:
        if (negated(node.op) != Op::none) return comparison(part, id, wanted);
        break;
      case NodeKind::between:
        return between(part, id, wanted);
      case NodeKind::in:
        return within(part, id, wanted);
      default:
        break;
    }
    return truth(part, wanted);
  }

 private:
  struct Links {
    std::uint32_t child = no_part, next = no_part;
  };

  // ---- logic

  // `all`: of the operands that are not as wanted each has to change, else one of them.
  Way operands(std::uint32_t part, NodeId id, bool wanted, bool all) const {
    std::vector<Way> ways;
    for (const NodeId child : ast_.children_of(id)) {
      const Value value = value_of(part, child);
      if (value.is(feel::Kind::boolean) && value.boolean() == wanted) continue;
      const std::uint32_t below = find(part, child);
      ways.push_back(below == no_part ? Way() : turn(below, wanted));
    }
    return all ? Way::all(std::move(ways)) : Way::any(std::move(ways));
  }

  Way quantifier(std::uint32_t part, NodeId id, bool wanted) const {
    const Node& node = ast_.at(id);
    if (node.count != 2) return truth(part, wanted);  // of one list
    const NodeId domain = ast_.child(id, 0), condition = ast_.child(id, 1);
    const bool list = !(ast_.at(domain).kind == NodeKind::range && ast_.at(domain).domain);
    if (!list) return truth(part, wanted);
    const bool every = node.kind == NodeKind::every;
    if (every != wanted) {  // an item is wanted
      Way way;
      way.kind = Way::Kind::some;
      name(way, domain);
      way.condition = ast_.source(condition);
      way.op = wanted ? Op::eq : Op::ne;
      return way;
    }
    std::vector<Way> ways;
    for (std::uint32_t i = links_[part].child; i != no_part; i = links_[i].next) {
      const feel::TracePart& round = trace_.parts[i];
      const bool so = round.value.is(feel::Kind::boolean) && round.value.boolean() == wanted;
      if (round.node != condition || so || ways.size() == most_items) continue;
      Way way;
      way.kind = Way::Kind::item;
      name(way, domain);
      way.number = std::int64_t{round.round} + 1;
      way.parts.push_back(turn(i, wanted));
      ways.push_back(std::move(way));
    }
    return Way::all(std::move(ways));
  }

  Way branch(std::uint32_t part, NodeId id, bool wanted) const {
    std::uint32_t taken = find(part, ast_.child(id, 1));
    if (taken == no_part) taken = find(part, ast_.child(id, 2));
    if (taken != no_part) return turn(taken, wanted);
    const std::uint32_t condition = find(part, ast_.child(id, 0));  // the branches are written out
    if (condition == no_part || !trace_.parts[condition].value.is(feel::Kind::boolean)) {
      return truth(part, wanted);
    }
    return turn(condition, !trace_.parts[condition].value.boolean());
  }

  // ---- comparisons

  Way comparison(std::uint32_t part, NodeId id, bool wanted) const {
    const NodeId left = ast_.child(id, 0), right = ast_.child(id, 1);
    const Op op = wanted ? ast_.at(id).op : negated(ast_.at(id).op);
    const Value of_left = value_of(part, left), of_right = value_of(part, right);
    std::vector<Way> ways;
    if (depends(left)) ways.push_back(compare(part, left, of_left, op, of_right));
    if (depends(right)) ways.push_back(compare(part, right, of_right, mirrored(op), of_left));
    return Way::any(std::move(ways));
  }

  // `subject`, a part below `part` that is `is`, has to be `op` `bound`.
  Way compare(std::uint32_t part, NodeId subject, Value is, Op op, Value bound) const {
    Way way;
    name(way, subject);
    way.is = Shown::of(is);
    if (bound.is_null() && op == Op::ne) {
      way.kind = Way::Kind::given;
      return way;
    }
    way.kind = Way::Kind::compare;
    way.op = op;
    way.bound = Shown::of(bound);
    const std::uint32_t below = find(part, subject);
    if (below != no_part) way.parts = same_of_dates(below, subject, op, bound);
    return way;
  }

  // The same said of the dates from which the subject is calculated.
  std::vector<Way> same_of_dates(std::uint32_t part, NodeId subject, Op op, Value bound) const {
    const Node& node = ast_.at(subject);
    if (op == Op::ne) return {};
    if (node.kind == NodeKind::binary && (node.op == Op::add || node.op == Op::subtract)) {
      return of_sum(part, subject, op, bound);
    }
    const auto count = whole(bound);
    if (count && is_call(subject, "working days between") && node.count == 3 && op != Op::eq) {
      return of_working_days(part, subject, op, *count);
    }
    return {};
  }

  // a - b against a duration: both dates; a + d and a - d against a date: a.
  std::vector<Way> of_sum(std::uint32_t part, NodeId subject, Op op, Value bound) const {
    const NodeId left = ast_.child(subject, 0), right = ast_.child(subject, 1);
    const Value of_left = value_of(part, left), of_right = value_of(part, right);
    const bool minus = ast_.at(subject).op == Op::subtract;
    std::vector<Way> ways;
    const auto add = [&](NodeId of, Value is, Op how, std::int64_t day) {
      if (depends(of) && near_day(day))
        ways.push_back(compare(part, of, is, how, Value::date(day)));
    };
    const auto from = day_of(of_left), to = day_of(of_right);
    if (const auto days = days_of(bound); minus && days && from && to) {
      add(left, of_left, op, *to + *days);
      add(right, of_right, mirrored(op), *from - *days);
    } else if (const auto day = day_of(bound); day && from && days_of(of_right)) {
      add(left, of_left, op, minus ? *day + *days_of(of_right) : *day - *days_of(of_right));
    } else if (day && to && !minus && days_of(of_left)) {
      add(right, of_right, op, *day - *days_of(of_left));
    }
    return ways;
  }

  // Working days in [from, to) against a number.
  std::vector<Way> of_working_days(std::uint32_t part, NodeId subject, Op op,
                                   std::int64_t bound) const {
    const NodeId first = ast_.child(subject, 1), second = ast_.child(subject, 2);
    const Value of_first = value_of(part, first), of_second = value_of(part, second);
    const auto from = day_of(of_first), to = day_of(of_second);
    const std::int64_t count = op == Op::gt ? bound + 1 : op == Op::lt ? bound - 1 : bound;
    constexpr std::int64_t most = 1'000'000;
    std::vector<Way> ways;
    if (calendar_ == nullptr || !from || !to || !near_day(*from) || !near_day(*to) || count < 0 ||
        count > most || (at_least(op) && count == 0)) {
      return ways;
    }
    const auto n = static_cast<std::int32_t>(count);
    try {
      const auto start = static_cast<Date>(*from), end = static_cast<Date>(*to);
      if (depends(second)) {
        const Date day = at_least(op) ? calendar_->add_working_days(start - 1, n) + 1
                                      : calendar_->add_working_days(start - 1, n + 1);
        ways.push_back(
            compare(part, second, of_second, at_least(op) ? Op::ge : Op::le, Value::date(day)));
      }
      if (depends(first)) {
        const Date day = at_least(op) ? calendar_->add_working_days(end, -n)
                                      : calendar_->add_working_days(end, -(n + 1)) + 1;
        ways.push_back(
            compare(part, first, of_first, at_least(op) ? Op::le : Op::ge, Value::date(day)));
      }
    } catch (const Error& error) {
      if (error.code() != Code::invalid_argument) throw;
      ways.clear();  // outside of what the calendar knows
    }
    return ways;
  }

  Way between(std::uint32_t part, NodeId id, bool wanted) const {
    const NodeId subject = ast_.child(id, 0);
    return interval(part, id, subject, value_of(part, ast_.child(id, 1)), true,
                    value_of(part, ast_.child(id, 2)), true, wanted);
  }

  Way interval(std::uint32_t part, NodeId id, NodeId subject, Value low, bool low_closed,
               Value high, bool high_closed, bool wanted) const {
    if (!depends(subject)) return of_tests(part, id, wanted);
    const Value is = value_of(part, subject);
    const Op above = low_closed ? Op::ge : Op::gt, below = high_closed ? Op::le : Op::lt;
    std::vector<Way> ways;
    const auto add = [&](Op op, Value bound) {
      if (!bound.is_null()) ways.push_back(compare(part, subject, is, op, bound));
    };
    if (!wanted) {
      add(negated(above), low);
      add(negated(below), high);
      return Way::any(std::move(ways));
    }
    const auto fails = [&](Op op, Value bound) {
      const std::optional<int> order = feel::order(is, bound);
      if (!order) return true;
      if (*order == 0) return op == Op::gt || op == Op::lt;
      return at_least(op) ? *order < 0 : *order > 0;
    };
    if (fails(above, low)) add(above, low);
    if (fails(below, high)) add(below, high);
    return Way::all(std::move(ways));
  }

  Way within(std::uint32_t part, NodeId id, bool wanted) const {
    const Node& node = ast_.at(id);
    const NodeId subject = ast_.child(id, 0);
    if (node.count != 2) return of_tests(part, id, wanted);
    const NodeId test = ast_.child(id, 1);
    const std::uint32_t below = find(part, test);
    const Node& how = ast_.at(test);
    if (how.kind == NodeKind::range && below != no_part) {
      return interval_of_test(part, below, id, subject, wanted);
    }
    if (how.kind == NodeKind::unary_range && below != no_part && depends(subject)) {
      const Value bound = value_of(below, ast_.child(test, 0));
      return compare(part, subject, value_of(part, subject), wanted ? how.op : negated(how.op),
                     bound);
    }
    return of_tests(part, id, wanted);
  }

  Way interval_of_test(std::uint32_t part, std::uint32_t test, NodeId id, NodeId subject,
                       bool wanted) const {
    const NodeId range = trace_.parts[test].node;
    const Node& node = ast_.at(range);
    return interval(part, id, subject, value_of(test, ast_.child(range, 0)), node.low_closed,
                    value_of(test, ast_.child(range, 1)), node.high_closed, wanted);
  }

  Way of_tests(std::uint32_t part, NodeId id, bool wanted) const {
    const NodeId subject = ast_.child(id, 0);
    if (!depends(subject) || ast_.at(id).kind != NodeKind::in) return truth(part, wanted);
    Way way;
    way.kind = Way::Kind::within;
    name(way, subject);
    way.is = Shown::of(value_of(part, subject));
    way.op = wanted ? Op::eq : Op::ne;
    way.condition = tests(id);
    return way;
  }

  // What stands behind `in`.
  std::string_view tests(NodeId id) const {
    const feel::Span subject = ast_.at(ast_.child(id, 0)).span;
    std::string_view text = ast_.source(id);
    text.remove_prefix(subject.offset + subject.length - ast_.at(id).span.offset);
    constexpr std::string_view between = " \t\r\n)";
    text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
    if (text.starts_with("in")) text.remove_prefix(2);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text;
  }

  Way truth(std::uint32_t part, bool wanted) const {
    Way way;
    way.kind = Way::Kind::compare;
    name(way, trace_.parts[part].node);
    way.op = Op::eq;
    way.bound = Shown::of(Value::boolean(wanted));
    way.is = Shown::of(trace_.parts[part].value);
    return way;
  }

  // ---- what stands where

  std::uint32_t find(std::uint32_t part, NodeId node) const {
    std::uint32_t i = links_[part].child;
    while (i != no_part && trace_.parts[i].node != node) i = links_[i].next;
    return i;
  }

  Value value_of(std::uint32_t part, NodeId node) const {
    if (ast_.at(node).kind == NodeKind::literal) return ast_.constants[ast_.at(node).data];
    const std::uint32_t below = find(part, node);
    return below == no_part ? Value() : trace_.parts[below].value;
  }

  static std::optional<std::int64_t> whole(Value value) noexcept {
    if (!value.is(feel::Kind::number) || !value.is_small() || value.scale() != 0) {
      return std::nullopt;
    }
    return value.coefficient();
  }

  bool is_call(NodeId id, std::string_view function) const {
    const Node& node = ast_.at(id);
    if (node.kind != NodeKind::call) return false;
    const Node& callee = ast_.at(ast_.child(id, 0));
    if (callee.kind != NodeKind::name) return false;
    const feel::NameUse& use = ast_.names[callee.data];
    return use.binding == feel::NameUse::Binding::builtin && use.builtin->name == function;
  }

  // Whether a value depends on the case. Depth is bounded by that of the expression.
  bool depends(NodeId id) const {
    const Node& node = ast_.at(id);
    if (node.kind == NodeKind::name) {
      return ast_.names[node.data].binding != feel::NameUse::Binding::builtin;
    }
    const auto children = ast_.children_of(id);
    return std::ranges::any_of(children, [&](NodeId child) { return depends(child); });
  }

  void name(Way& way, NodeId id) const {
    way.subject = ast_.source(id);
    const Node& node = ast_.at(id);
    if (node.kind != NodeKind::name) return;
    const feel::NameUse& use = ast_.names[node.data];
    if (use.binding != feel::NameUse::Binding::input) return;
    const auto fact = std::ranges::find(kind_.facts, use.name, &Fact::name);
    if (fact != kind_.facts.end()) {
      way.fact = static_cast<std::int32_t>(fact - kind_.facts.begin());
    }
  }

  const feel::Trace& trace_;
  const Ast& ast_;
  const Kind& kind_;
  const Calendar* calendar_;
  std::vector<Links> links_;
};

Way joined(Way::Kind kind, std::vector<Way> parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts.front());
  Way out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

}  // namespace

namespace {

bool is_none(const Way& way) noexcept {
  return way.kind == Way::Kind::none;
}

}  // namespace

Way Way::all(std::vector<Way> parts) {
  if (std::ranges::any_of(parts, is_none)) return {};  // one of them cannot be had
  return joined(Kind::all, std::move(parts));
}

Way Way::any(std::vector<Way> parts) {
  std::erase_if(parts, is_none);
  return joined(Kind::any, std::move(parts));
}

Shown Shown::of(Value value) {
  Shown out;
  out.kind = value.kind();
  if (value.is_null()) return out;
  feel::append_json(out.json, value);
  feel::append_shown(out.expression, value);
  if (value.is(feel::Kind::boolean)) out.truth = value.boolean();
  const std::optional<std::int64_t> day = value.is(feel::Kind::date) ? day_of(value)
                                          : value.is(feel::Kind::date_time)
                                              ? std::optional(value.date_time().days)
                                              : std::nullopt;
  if (day && near_day(*day)) out.day = static_cast<Date>(*day);
  out.days = days_of(value);
  return out;
}

Shown Shown::of(Date day) {
  return day == date_none ? Shown() : of(Value::date(day));
}

Way way_of_condition(const feel::Trace& trace, const Ast& ast, const Kind& kind,
                     const Calendar* calendar) {
  if (trace.parts.empty() || !trace.parts[0].value.is_false()) return {};
  return Finder(trace, ast, kind, calendar).turn(0, true);
}

}  // namespace partnership::charter
