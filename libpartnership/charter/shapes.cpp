// SPDX-License-Identifier: Apache-2.0
//
// Conditions, deadlines, notices and durations.
#include "charter/shapes.hpp"

#include <algorithm>

namespace partnership::charter {

namespace {

Finding undetermined(Known known, Date due = date_none) noexcept {
  const Why why = known == Known::missing ? Why::missing_facts : Why::no_answer;
  return {Outcome::undetermined, State::none, why, -1, due};
}
constexpr Finding no_answer{Outcome::undetermined, State::none, Why::no_answer};
constexpr Finding not_triggered{Outcome::not_applicable, State::none, Why::not_triggered};

Finding met(State state, Why why, Date due = date_none) noexcept {
  return {Outcome::met, state, why, -1, due};
}
Finding not_met(State state, Why why, Date due = date_none) noexcept {
  return {Outcome::not_met, state, why, -1, due};
}
Finding pending(Date due) noexcept {
  return {Outcome::pending, State::pending, Why::open, -1, due};
}

}  // namespace

Finding Shapes::decide(const ShapePlan& shape, Date breach) {
  switch (static_cast<Shape>(shape.index())) {
    case Shape::require:
      return require(*std::get_if<RequirePlan>(&shape));
    case Shape::deadline:
      return deadline(*std::get_if<DeadlinePlan>(&shape), breach);
    case Shape::notice:
      return notice(*std::get_if<NoticePlan>(&shape));
    case Shape::duration:
      return duration(*std::get_if<DurationPlan>(&shape));
    case Shape::recurrence:
      return recurrence(*std::get_if<RecurrencePlan>(&shape));
    case Shape::coverage:
      return coverage(*std::get_if<CoveragePlan>(&shape));
  }
  return no_answer;
}

Date Shapes::breach_day(const ShapePlan& shape, const Finding& finding) {
  if (const auto* const plan = std::get_if<DurationPlan>(&shape)) {
    return facts_.date(Part::to, plan->to).day;  // it closed too early on that day
  }
  return finding.due == date_none ? on_ : finding.due + 1;
}

// ---- what shapes share

bool Shapes::begins(Part part, Term term, Date& day, Finding& out) {
  const DateFact fact = facts_.date(part, term);
  day = fact.day;
  measures_.begin = day;
  if (fact.known == Known::value && day <= on_) return true;
  const bool later = fact.known == Known::null || fact.known == Known::value;
  out = later ? not_triggered : undetermined(fact.known);
  return false;
}

Shapes::Done Shapes::done(Term term) {
  const DateFact fact = facts_.date(Part::done, term);
  if (fact.known == Known::value && fact.day > on_) return {Known::null, date_none};
  return {fact.known, fact.day};
}

// ---- require

Finding Shapes::require(const RequirePlan& plan) {
  const TruthFact that = facts_.truth(Part::that, plan.that);
  if (that.known != Known::value) return undetermined(that.known);
  if (that.value) return met(State::fulfilled, Why::condition);
  return not_so(plan.by, Why::condition);
}

Finding Shapes::not_so(Term by, Why why) {
  if (by == no_expression) return not_met(State::violated, why);
  const DateFact fact = facts_.date(Part::by, by);
  switch (fact.known) {
    case Known::null:
      return pending(date_none);
    case Known::value:
      return on_ <= fact.day ? pending(fact.day) : not_met(State::violated, why, fact.day);
    default:
      return undetermined(fact.known);
  }
}

// ---- deadline

bool Shapes::due_day(const DeadlinePlan& plan, Date unmoved, Date& due) const {
  due = unmoved;
  if (!plan.to_working_day) return true;
  const std::optional<Date> moved = working_day_from(unmoved, calendar_);
  if (!moved) return false;
  due = *moved;
  return true;
}

Finding Shapes::deadline(const DeadlinePlan& plan, Date breach) {
  Date after = breach;
  Finding out;
  if (plan.breach_of < 0 && !begins(Part::after, plan.after, after, out)) return out;
  measures_.begin = after;
  if (after > on_) return not_triggered;
  const LengthFact within = facts_.length(Part::within, plan.within);
  if (within.known != Known::value) return undetermined(within.known);
  const std::optional<Date> unmoved = day_after(after, within.length, calendar_);
  Date first = date_none;
  if (!unmoved || !due_day(plan, *unmoved, first)) return no_answer;
  measures_.first_due = first;
  const Done done = this->done(plan.done);
  if (done.known == Known::no_answer) return undetermined(done.known, first);
  const bool is_done = done.known == Known::value;
  if (is_done && done.day <= first) return met(State::fulfilled, Why::in_time, first);
  Date due = first;
  Why why = Why::silence;
  if (plan.extended) {
    const std::size_t noted = facts_.noted();
    const Extended more = extension(plan, *unmoved, first);
    if (on_ > first && more.known != Known::value) return undetermined(more.known, first);
    if (more.known == Known::value && more.extended) {
      due = more.due;
      measures_.extended = true;
    } else if (on_ <= first) {
      facts_.forget(noted);  // nobody has to know yet
    }
    why = more.why;
  }
  if (is_done && done.day <= due) return met(State::fulfilled, Why::in_time, due);
  if (on_ <= due) return pending(due);
  if (done.known == Known::missing) return undetermined(done.known, due);
  const bool decided = plan.silence == Silence::acceptance || plan.silence == Silence::lapse;
  if (is_done && !decided) {
    return not_met(State::fulfilled_late, why == Why::silence ? Why::late : why, due);
  }
  return silent(plan, why, due);
}

Shapes::Extended Shapes::extension(const DeadlinePlan& plan, Date unmoved, Date first) {
  Extended out;
  const TruthFact when = facts_.truth(Part::extended, plan.when);
  out.known = when.known;
  if (when.known != Known::value || !when.value) return out;
  const TruthFact reason = facts_.reason(Part::extension_reason, plan.reason);
  out.known = reason.known;
  out.why = Why::extension_no_reason;
  if (reason.known != Known::value || !reason.value) return out;
  if (plan.told != no_expression) {
    const DateFact told = facts_.date(Part::told, plan.told);
    const bool never = told.known == Known::null || (told.known == Known::value && told.day > on_);
    out.known = never ? Known::value : told.known;
    out.why = Why::extension_not_told;
    if (never || told.known != Known::value || told.day > first) return out;
  }
  const LengthFact by = facts_.length(Part::extension, plan.by);
  out.known = by.known;
  out.why = Why::silence;
  if (by.known != Known::value) return out;
  const std::optional<Date> longer = day_after(unmoved, by.length, calendar_);
  out.extended = longer && due_day(plan, *longer, out.due);
  if (!out.extended) out.known = Known::no_answer;
  return out;
}

Finding Shapes::silent(const DeadlinePlan& plan, Why why, Date due) const {
  switch (plan.silence) {
    case Silence::refusal:
      return not_met(State::deemed, why, due);
    case Silence::acceptance:
      return met(State::deemed, Why::silence, due);
    case Silence::lapse:
      return {Outcome::not_applicable, State::lapsed, Why::silence, -1, due};
    default:
      return not_met(State::overdue, why, due);
  }
}

// ---- notice

Finding Shapes::notice(const NoticePlan& plan) {
  const DateFact before = facts_.date(Part::before, plan.before);
  if (before.known == Known::null) return not_triggered;
  if (before.known != Known::value) return undetermined(before.known);
  measures_.begin = before.day;
  const LengthFact least = facts_.length(Part::at_least, plan.at_least);
  if (least.known != Known::value) return undetermined(least.known);
  const std::optional<Date> latest = day_before(before.day, least.length, calendar_);
  if (!latest) return no_answer;
  const Done done = this->done(plan.done);
  switch (done.known) {
    case Known::value:
      return done.day <= *latest ? met(State::fulfilled, Why::in_time, *latest)
                                 : not_met(State::fulfilled_late, Why::late, *latest);
    case Known::null:
      return on_ <= *latest ? pending(*latest) : not_met(State::violated, Why::silence, *latest);
    case Known::missing:
      return on_ <= *latest ? pending(*latest) : undetermined(done.known, *latest);
    default:
      return undetermined(done.known, *latest);
  }
}

// ---- duration

Finding Shapes::duration(const DurationPlan& plan) {
  Date from = date_none;
  Finding out;
  if (!begins(Part::from, plan.from, from, out)) return out;
  const LengthFact period = facts_.length(Part::at_least, plan.at_least);
  if (period.known != Known::value) return undetermined(period.known);
  std::optional<Date> least = day_after(from, period.length, calendar_);
  if (least && !plan.grows.empty()) {
    growing_.clear();
    for (const DurationPlan::Growth& growth : plan.grows) {
      const LengthFact by = facts_.length(Part::grows, growth.by);
      if (by.known != Known::value) return undetermined(by.known);
      growing_.push_back({&engine_->windows[growth.window], by.length});
    }
    least = grown(from, *least, growing_, calendar_);
  }
  if (!least) return no_answer;
  const DateFact to = facts_.date(Part::to, plan.to);
  if (to.known == Known::missing || to.known == Known::no_answer) {
    return undetermined(to.known, *least);
  }
  if (to.known == Known::null || to.day > on_) {
    return on_ >= *least ? met(State::fulfilled, Why::long_enough, *least) : pending(*least);
  }
  return to.day >= *least ? met(State::fulfilled, Why::long_enough, *least)
                          : not_met(State::violated, Why::too_short, *least);
}

}  // namespace partnership::charter
