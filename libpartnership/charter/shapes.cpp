// SPDX-License-Identifier: Apache-2.0
//
// Conditions, deadlines, notices and durations.
#include "charter/shapes.hpp"

#include <algorithm>

namespace partnership::charter {

namespace {

void set(Finding& out, Outcome outcome, State state, Why why, Date due = date_none) noexcept {
  out.outcome = outcome;
  out.state = state;
  out.why = why;
  out.due = due;
}
void undetermined(Finding& out, Known known, Date due = date_none) noexcept {
  set(out, Outcome::undetermined, State::none,
      known == Known::missing ? Why::missing_facts : Why::no_answer, due);
}
void not_triggered(Finding& out) noexcept {
  set(out, Outcome::not_applicable, State::none, Why::not_triggered);
}
void met(Finding& out, State state, Why why, Date due = date_none) noexcept {
  set(out, Outcome::met, state, why, due);
}
void not_met(Finding& out, State state, Why why, Date due = date_none) noexcept {
  set(out, Outcome::not_met, state, why, due);
}
void pending(Finding& out, Date due) noexcept {
  set(out, Outcome::pending, State::pending, Why::open, due);
}

}  // namespace

void Shapes::decide(const ShapePlan& shape, Date breach, Finding& out) {
  switch (static_cast<Shape>(shape.index())) {
    case Shape::require:
      return require(*std::get_if<RequirePlan>(&shape), out);
    case Shape::deadline:
      return deadline(*std::get_if<DeadlinePlan>(&shape), breach, out);
    case Shape::notice:
      return notice(*std::get_if<NoticePlan>(&shape), out);
    case Shape::duration:
      return duration(*std::get_if<DurationPlan>(&shape), out);
    case Shape::recurrence:
      return recurrence(*std::get_if<RecurrencePlan>(&shape), out);
    case Shape::coverage:
      return coverage(**std::get_if<std::unique_ptr<const CoveragePlan>>(&shape), out);
  }
}

Date Shapes::breach_day(const ShapePlan& shape, const Finding& finding) {
  if (const auto* const plan = std::get_if<DurationPlan>(&shape)) {
    const std::size_t noted = facts_.noted();
    const Date closed = facts_.date(Part::to, plan->to).day;  // too early
    facts_.forget(noted);                                     // it was noted for the other norm
    return closed;
  }
  return finding.due + 1;  // there is one (CharterReader::check_breach)
}

// ---- what shapes share

bool Shapes::begins(Part part, Term term, Date& day, Finding& out) {
  const DateFact fact = facts_.date(part, term);
  day = fact.day;
  measures_.begin = day;
  if (fact.known == Known::value && day <= on_) return true;
  if (fact.known == Known::null || fact.known == Known::value) {
    not_triggered(out);
  } else {
    undetermined(out, fact.known);
  }
  return false;
}

Shapes::Done Shapes::done(Term term) {
  const DateFact fact = facts_.date(Part::done, term);
  if (fact.known == Known::value && fact.day > on_) return {Known::null, date_none};
  return {fact.known, fact.day};
}

// ---- require

void Shapes::require(const RequirePlan& plan, Finding& out) {
  const TruthFact that = facts_.truth(Part::that, plan.that);
  if (that.known != Known::value) return undetermined(out, that.known);
  if (that.value) return met(out, State::fulfilled, Why::condition);
  not_so(plan.by, Why::condition, out);
}

void Shapes::not_so(Term by, Why why, Finding& out) {
  if (by == no_expression) return not_met(out, State::violated, why);
  const DateFact fact = facts_.date(Part::by, by);
  if (fact.known == Known::null) return pending(out, date_none);
  if (fact.known != Known::value) return undetermined(out, fact.known);
  if (on_ <= fact.day) return pending(out, fact.day);
  not_met(out, State::violated, why, fact.day);
}

// ---- deadline

Date Shapes::due_day(const DeadlinePlan& plan, Date unmoved) const {
  if (!plan.to_working_day || unmoved == date_none) return unmoved;
  return working_day_from(unmoved, calendar_);
}

void Shapes::deadline(const DeadlinePlan& plan, Date breach, Finding& out) {
  Date after = breach;
  if (plan.breach_of < 0 && !begins(Part::after, plan.after, after, out)) return;
  measures_.begin = after;
  if (after > on_) return not_triggered(out);
  const LengthFact within = facts_.length(Part::within, plan.within);
  if (within.known != Known::value) return undetermined(out, within.known);
  const Date unmoved = day_after(after, within.length, calendar_);
  const Date first = due_day(plan, unmoved);
  if (first == date_none) return undetermined(out, Known::no_answer);
  measures_.first_due = first;
  const Done done = this->done(plan.done);
  if (done.known == Known::no_answer) return undetermined(out, done.known, first);
  const bool is_done = done.known == Known::value;
  if (is_done && done.day <= first) return met(out, State::fulfilled, Why::in_time, first);
  Date due = first;
  Why why = Why::silence;
  if (plan.extended) {
    const std::size_t noted = facts_.noted();
    Extended more;
    extension(plan, unmoved, first, more);
    if (on_ > first && more.known != Known::value) return undetermined(out, more.known, first);
    if (more.known == Known::value && more.due != date_none) {
      due = more.due;
      measures_.extended = true;
    } else if (on_ <= first) {
      facts_.forget(noted);  // nobody has to know yet
    }
    why = more.why;
  }
  if (is_done && done.day <= due) return met(out, State::fulfilled, Why::in_time, due);
  if (on_ <= due) return pending(out, due);
  if (done.known == Known::missing) return undetermined(out, done.known, due);
  const bool decided = plan.silence == Silence::acceptance || plan.silence == Silence::lapse;
  if (is_done && !decided) {
    return not_met(out, State::fulfilled_late, why == Why::silence ? Why::late : why, due);
  }
  silent(plan, why, due, out);
}

void Shapes::extension(const DeadlinePlan& plan, Date unmoved, Date first, Extended& out) {
  const TruthFact when = facts_.truth(Part::extended, plan.when);
  out.known = when.known;
  if (when.known != Known::value || !when.value) return;
  const TruthFact reason = facts_.reason(Part::extension_reason, plan.reason);
  out.known = reason.known;
  out.why = Why::extension_no_reason;
  if (reason.known != Known::value || !reason.value) return;
  if (plan.told != no_expression) {
    const DateFact told = facts_.date(Part::told, plan.told);
    const bool never = told.known == Known::null || (told.known == Known::value && told.day > on_);
    out.known = never ? Known::value : told.known;
    out.why = Why::extension_not_told;
    if (never || told.known != Known::value || told.day > first) return;
  }
  const LengthFact by = facts_.length(Part::extension, plan.by);
  out.known = by.known;
  out.why = Why::silence;
  if (by.known != Known::value) return;
  out.due = due_day(plan, day_after(unmoved, by.length, calendar_));
  if (out.due == date_none) out.known = Known::no_answer;
}

void Shapes::silent(const DeadlinePlan& plan, Why why, Date due, Finding& out) const {
  switch (plan.silence) {
    case Silence::refusal:
      return not_met(out, State::deemed, why, due);
    case Silence::acceptance:
      return met(out, State::deemed, Why::silence, due);
    case Silence::lapse:
      return set(out, Outcome::not_applicable, State::lapsed, Why::silence, due);
    default:
      return not_met(out, State::overdue, why, due);
  }
}

// ---- notice

void Shapes::notice(const NoticePlan& plan, Finding& out) {
  const DateFact before = facts_.date(Part::before, plan.before);
  if (before.known == Known::null) return not_triggered(out);
  if (before.known != Known::value) return undetermined(out, before.known);
  measures_.begin = before.day;
  const LengthFact least = facts_.length(Part::at_least, plan.at_least);
  if (least.known != Known::value) return undetermined(out, least.known);
  const Date latest = day_before(before.day, least.length, calendar_);
  if (latest == date_none) return undetermined(out, Known::no_answer);
  const Done done = this->done(plan.done);
  if (done.known == Known::value) {
    if (done.day <= latest) return met(out, State::fulfilled, Why::in_time, latest);
    return not_met(out, State::fulfilled_late, Why::late, latest);
  }
  if (done.known == Known::no_answer) return undetermined(out, done.known, latest);
  if (on_ <= latest) return pending(out, latest);
  if (done.known == Known::missing) return undetermined(out, done.known, latest);
  not_met(out, State::violated, Why::silence, latest);
}

// ---- duration

void Shapes::duration(const DurationPlan& plan, Finding& out) {
  Date from = date_none;
  if (!begins(Part::from, plan.from, from, out)) return;
  const LengthFact period = facts_.length(Part::at_least, plan.at_least);
  if (period.known != Known::value) return undetermined(out, period.known);
  Date least = day_after(from, period.length, calendar_);
  if (least != date_none && !plan.grows.empty()) {
    growing_.clear();
    for (const DurationPlan::Growth& growth : plan.grows) {
      const LengthFact by = facts_.length(Part::grows, growth.by);
      if (by.known != Known::value) return undetermined(out, by.known);
      growing_.push_back({&(*engine_->windows)[growth.window], by.length});
    }
    least = grown(from, least, growing_, calendar_);
  }
  if (least == date_none) return undetermined(out, Known::no_answer);
  const DateFact to = facts_.date(Part::to, plan.to);
  if (to.known == Known::missing || to.known == Known::no_answer) {
    return undetermined(out, to.known, least);
  }
  if (to.known == Known::null || to.day > on_) {
    if (on_ < least) return pending(out, least);
    return met(out, State::fulfilled, Why::long_enough, least);
  }
  if (to.day < least) return not_met(out, State::violated, Why::too_short, least);
  met(out, State::fulfilled, Why::long_enough, least);
}

}  // namespace partnership::charter
