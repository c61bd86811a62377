// SPDX-License-Identifier: Apache-2.0
#include "charter/engine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "charter/mentions.hpp"
#include "feel/columns.hpp"

namespace partnership::charter {

namespace {

using feel::no_slot;
using feel::SlotId;
using feel::Storage;

class EngineMaker {
 public:
  EngineMaker(const Charter& charter, std::uint32_t kind, Engine& out)
      : charter_(charter),
        kind_(charter.kinds()[kind]),
        layout_(*kind_.set->layout()),
        out_(out),
        number_of_(charter.norms().size(), -1),
        often_(kind_.set->size(), 0),
        seldom_(kind_.set->size(), 0) {}

  void make() {
    out_.in_force = charter_.in_force();
    for (std::size_t i = 0; i < kind_.norms.size(); ++i) {
      number_of_[kind_.norms[i]] = static_cast<std::int32_t>(i);
    }
    enabled_ = true;
    out_.dated_by = often(kind_.dated_by);
    for (const std::uint32_t norm : kind_.norms) add_norm(norm);
    sort_norms();
    plan_terms();
    list_columns();
  }

 private:
  // ---- what is consulted

  static constexpr std::uint8_t of_enabled = 1, of_disabled = 2;

  // Of an expression that is consulted whenever its norm is; `seldom`: only where a norm is late or
  // not met.
  Term often(const Expression& expression) {
    if (expression.number != no_expression) often_[expression.number] |= mark();
    return expression.number;
  }
  Term seldom(const Expression& expression) {
    if (expression.number != no_expression) seldom_[expression.number] |= mark();
    return expression.number;
  }
  std::uint8_t mark() const noexcept { return enabled_ ? of_enabled : of_disabled; }

  PeriodPlan period(const PeriodOf& of) {
    PeriodPlan out;
    if (of.unit == PeriodOf::Unit::feel) {
      out.feel = often(of.feel);
    } else {
      out.length = length_of(of);
    }
    return out;
  }

  // ---- norms

  std::uint32_t number_of(std::uint32_t norm, const NormVersion& version) const {
    if (number_of_[norm] < 0) {
      refuse(version, "hangs on " + backticked(charter_.norms()[norm].id) +
                          ", which is about another kind of case");
    }
    return static_cast<std::uint32_t>(number_of_[norm]);
  }

  [[noreturn]] static void refuse(const NormVersion& version, const std::string& what) {
    throw Error(Code::invalid_document, Problem{"the norm " + backticked(version.id) + " " + what,
                                                version.pointer, no_offset, version.line, 0});
  }

  void add_norm(std::uint32_t number) {
    const Norm& norm = charter_.norms()[number];
    NormPlan plan;
    plan.norm = number;
    for (std::size_t i = 0; i < norm.versions.size(); ++i) {
      const NormVersion& version = charter_.versions()[norm.versions[i]];
      plan.versions.push_back(version_plan(version, static_cast<std::int16_t>(i)));
      plan.enabled = plan.enabled || version.enabled;
      plan.compensated = plan.compensated || version.reparation >= 0;
    }
    const auto bounded = [](const InForce& days) {
      return days.from != date_none || days.to != date_none;
    };
    plan.dated = plan.versions.size() > 1 || bounded(out_.in_force) ||
                 std::ranges::any_of(plan.versions, bounded, &VersionPlan::in_force);
    const NormVersion& first = charter_.versions()[norm.versions.front()];
    for (const std::uint32_t other : norm.exceptions) {
      plan.exceptions.push_back(number_of(other, first));
    }
    for (const std::uint32_t other : norm.repairs) plan.repairs.push_back(number_of(other, first));
    out_.norms.push_back(std::move(plan));
  }

  VersionPlan version_plan(const NormVersion& version, std::int16_t index) {
    VersionPlan plan;
    plan.in_force = version.in_force;
    plan.index = index;
    plan.enabled = enabled_ = version.enabled;
    plan.applies = often(version.applies);
    plan.shape = shape_plan(version);
    plan.hangs = version.shape == Shape::deadline && !version.deadline.breach_of.empty();
    if (version.unless) {
      plan.excusable = true;
      plan.when = seldom(version.unless->when);
      plan.reason = seldom(version.unless->reason);
    }
    for (const std::string& fact : version.evidence) {
      const SlotId slot = layout_.member(0, fact);
      if (slot == no_slot) refuse(version, "asks for evidence that is no fact");
      plan.evidence.push_back(slot);
    }
    for (const std::uint32_t other : version.exception_of) {
      plan.exception_of.push_back(number_of(other, version));
    }
    if (version.reparation >= 0) {
      plan.reparation = static_cast<std::int32_t>(
          number_of(static_cast<std::uint32_t>(version.reparation), version));
    }
    return plan;
  }

  ShapePlan shape_plan(const NormVersion& version) {
    switch (version.shape) {
      case Shape::require:
        return RequirePlan{often(version.require.that), seldom(version.require.by)};
      case Shape::deadline:
        return deadline_plan(version);
      case Shape::notice: {
        const Notice& of = version.notice;
        return NoticePlan{often(of.before), period(of.at_least), often(of.done)};
      }
      case Shape::duration: {
        const Duration& of = version.duration;
        DurationPlan plan{often(of.from), often(of.to), period(of.at_least), {}};
        for (const Duration::Growth& growth : of.grows) {
          plan.grows.push_back({growth.window, period(growth.by)});
        }
        return plan;
      }
      case Shape::recurrence: {
        const Recurrence& of = version.recurrence;
        RecurrencePlan plan;
        plan.of = often(of.of);
        plan.from = often(of.from);
        plan.to = often(of.to);
        plan.gap = of.gap.has_value();
        plan.calendar_year = of.calendar_year;
        plan.at_least = of.at_least;
        if (of.gap) plan.period = period(*of.gap);
        if (of.per) plan.period = period(*of.per);
        return plan;
      }
      case Shape::coverage:
        return std::make_unique<const CoveragePlan>(coverage_plan(version.coverage));
    }
    return {};
  }

  DeadlinePlan deadline_plan(const NormVersion& version) {
    const Deadline& of = version.deadline;
    DeadlinePlan plan;
    plan.after = often(of.after);
    if (!of.breach_of.empty()) {
      const auto norm = static_cast<std::uint32_t>(charter_.find_norm(of.breach_of));
      plan.breach_of = static_cast<std::int32_t>(number_of(norm, version));
    }
    plan.within = period(of.within);
    plan.done = often(of.done);
    plan.to_working_day = of.to_next_working_day;
    plan.silence = of.silence;
    plan.when = plan.reason = plan.told = no_expression;
    if (of.extension) {
      plan.extended = true;
      plan.by = period(of.extension->by);
      plan.when = seldom(of.extension->when);
      plan.reason = seldom(of.extension->reason);
      plan.told = seldom(of.extension->told);
    }
    return plan;
  }

  CoveragePlan coverage_plan(const Coverage& of) {
    CoveragePlan plan;
    plan.of = often(of.of);
    plan.by = seldom(of.by);
    plan.required = of.required;
    plan.cells = of.cells;
    plan.rows = axis_plan(of.rows, of.of.number);
    plan.columns = axis_plan(of.columns, of.of.number);
    return plan;
  }

  CoveragePlan::Axis axis_plan(const Coverage::Axis& of, Term contexts) const {
    CoveragePlan::Axis axis;
    axis.member = of.member;
    axis.values = TextIndex(of.values);
    const feel::Ast& ast = kind_.set->program().ast(contexts);
    const feel::Type& type = *ast.at(ast.root).type;
    if (type.is(feel::TypeKind::list) && type.element != nullptr) {
      const feel::Type::Member* const member = type.element->find(of.member);
      axis.optional = member == nullptr || member->optional;
    }
    for (const SlotId item : contexts_of(ast, layout_)) {
      const SlotId slot = layout_.member(item, of.member);
      if (slot != no_slot && !layout_.slot(slot).optional) axis.members.push_back(slot);
    }
    SlotId item = no_slot;
    if (const SlotId list = fact_of(ast, layout_); list != no_slot) {
      if (layout_.slot(list).storage == Storage::list) item = layout_.slot(list).first;
    } else {
      item = kind_.set->evaluator().items(contexts).member;
    }
    if (item != no_slot && layout_.slot(item).storage == Storage::record) {
      axis.slot = layout_.member(item, of.member);
    }
    return axis;
  }

  // ---- order

  // The norms on whose findings one hangs, as some version of it says.
  std::vector<std::uint32_t> needs(const NormPlan& norm) const {
    std::vector<std::uint32_t> out = norm.exceptions;
    out.insert(out.end(), norm.repairs.begin(), norm.repairs.end());
    for (const VersionPlan& version : norm.versions) {
      const auto* const deadline = std::get_if<DeadlinePlan>(&version.shape);
      if (deadline == nullptr || deadline->breach_of < 0) continue;
      out.push_back(static_cast<std::uint32_t>(deadline->breach_of));
    }
    return out;
  }

  void sort_norms() {
    std::vector<std::uint32_t> waiting(out_.norms.size(), 0);
    std::vector<std::vector<std::uint32_t>> needed_by(out_.norms.size());
    for (std::uint32_t i = 0; i < out_.norms.size(); ++i) {
      for (const std::uint32_t other : needs(out_.norms[i])) {
        needed_by[other].push_back(i);
        ++waiting[i];
      }
    }
    for (std::uint32_t i = 0; i < out_.norms.size(); ++i) {
      if (waiting[i] == 0) out_.order.push_back(i);
    }
    for (std::size_t at = 0; at < out_.order.size(); ++at) {
      for (const std::uint32_t other : needed_by[out_.order[at]]) {
        if (--waiting[other] == 0) out_.order.push_back(other);
      }
    }
    if (out_.order.size() == out_.norms.size()) return;
    const auto stuck = static_cast<std::size_t>(
        std::ranges::find_if(waiting, [](std::uint32_t n) { return n != 0; }) - waiting.begin());
    const Norm& norm = charter_.norms()[out_.norms[stuck].norm];
    refuse(charter_.versions()[norm.versions.front()],
           "hangs on its own finding, by exceptions, reparations or breaches");
  }

  // ---- terms

  void plan_terms() {
    std::vector<std::int64_t> watched(layout_.slots(), -1);
    for (Term term = 0; term < kind_.set->size(); ++term) {
      const feel::Ast& ast = kind_.set->program().ast(term);
      TermPlan plan = way(term, ast);
      plan.first = static_cast<std::uint32_t>(out_.mentions.size());
      for (const SlotId slot : mentioned_facts(ast, layout_)) {
        if (layout_.slot(slot).optional) continue;
        if (watched[slot] < 0) {
          watched[slot] = static_cast<std::int64_t>(out_.watched.size());
          out_.watched.push_back({slot, null_is_missing(*layout_.slot(slot).type)});
        }
        out_.mentions.push_back(static_cast<std::uint32_t>(watched[slot]));
      }
      plan.count = static_cast<std::uint32_t>(out_.mentions.size()) - plan.first;
      out_.terms.push_back(plan);
      for (std::size_t all = 0; all < 2; ++all) {
        const std::uint8_t marks = all == 0 ? of_enabled : of_enabled | of_disabled;
        const bool evaluated =
            plan.way == TermPlan::Way::set || (plan.way == TermPlan::Way::items && !plan.all);
        const bool wanted =
            evaluated && ((often_[term] & marks) != 0 || (seldom_[term] & marks) != 0);
        out_.skip[all].push_back(wanted ? 0 : 1);
      }
    }
  }

  TermPlan way(Term term, const feel::Ast& ast) const {
    TermPlan plan;
    const feel::Evaluator::Items items = kind_.set->evaluator().items(term);
    plan.slot = fact_of(ast, layout_);
    if (plan.slot != no_slot) {
      plan.way = TermPlan::Way::column;
    } else if (items.list != no_slot) {
      plan.way = TermPlan::Way::items;
      plan.list = items.list;
      plan.slot = items.member;
      plan.all = items.all;
    } else if (often_[term] == 0 && !kind_.set->evaluator().in_columns(term)) {
      plan.way = TermPlan::Way::machine;
    }
    if (plan.slot != no_slot) {
      plan.storage = layout_.slot(plan.slot).storage;
      plan.optional = layout_.slot(plan.slot).optional;
    }
    return plan;
  }

  void list_columns() {
    for (std::size_t all = 0; all < 2; ++all) {
      for (const NormPlan& norm : out_.norms) {
        const bool listed = all != 0 || norm.enabled;
        out_.column[all].push_back(listed ? static_cast<std::int32_t>(out_.listed[all].size())
                                          : -1);
        if (listed) out_.listed[all].push_back(norm.norm);
      }
    }
  }

  const Charter& charter_;
  const Kind& kind_;
  const feel::Layout& layout_;
  Engine& out_;
  std::vector<std::int32_t> number_of_;  // of each of the charter's norms in the engine
  std::vector<std::uint8_t> often_, seldom_;
  bool enabled_ = true;  // the version that is planned
};

}  // namespace

std::shared_ptr<const std::vector<WindowDays>> window_days(const Charter& charter) {
  return std::make_shared<const std::vector<WindowDays>>(charter.windows().begin(),
                                                         charter.windows().end());
}

std::shared_ptr<const Engine> make_engine(const Charter& charter, std::uint32_t kind,
                                          std::shared_ptr<const std::vector<WindowDays>> windows) {
  auto out = std::make_shared<Engine>();
  out->windows = std::move(windows);
  EngineMaker(charter, kind, *out).make();
  return out;
}

}  // namespace partnership::charter
