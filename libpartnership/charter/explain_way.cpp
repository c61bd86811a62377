// SPDX-License-Identifier: Apache-2.0
//
// What would have made a norm met, by its shape.
#include <algorithm>

#include "charter/explain.hpp"
#include "charter/period.hpp"
#include "feel/temporal.hpp"

namespace partnership::charter {

using feel::Op;

namespace {

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t from = text.find_first_not_of(white);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(white) - from + 1);
}

class Ways {
 public:
  Ways(const Charter& charter, const Kind& kind, std::uint32_t norm, const Question& question,
       const Examination& seen)
      : charter_(charter),
        kind_(kind),
        norm_(norm),
        question_(question),
        seen_(seen),
        version_(
            charter.versions()[charter.norms()[norm]
                                   .versions[static_cast<std::size_t>(seen.finding.version)]]) {}

  Way of(const feel::Case& of) const {
    Way usual = with_evidence(of_shape(of), of);
    switch (seen_.finding.why) {
      case Why::exception_no_reason:
        return version_.unless ? Way::any({usual, given(version_.unless->reason)}) : usual;
      case Why::extension_no_reason:
        if (!extended_in_time()) return usual;
        return Way::any({usual, Way::all(reason_and_notice(of))});
      case Why::extension_not_told:
        return extended_in_time() ? Way::any({usual, told()}) : usual;
      default:
        return usual;
    }
  }

  // Of what is met but for its evidence.
  Way evidence() const {
    std::vector<Way> ways;
    for (const Consulted& each : seen_.consulted) {
      if (each.part != Part::evidence || each.known != Known::null || each.norm != norm_) continue;
      ways.push_back(given(kind_.facts[each.expression]));
    }
    return Way::all(std::move(ways));
  }

 private:
  Way of_shape(const feel::Case& of) const {
    const Date due = seen_.finding.due;
    switch (version_.shape) {
      case Shape::require:
        return kind_.set->explain_whole(
            version_.require.that.number, &of, circumstances_of(charter_, question_),
            [&](const feel::Trace& trace, const feel::Ast& ast) {
              return way_of_condition(trace, ast, kind_, charter_.calendar());
            });
      case Shape::deadline:
        return compare(version_.deadline.done, Part::done, Op::le, due);
      case Shape::notice:
        return compare(version_.notice.done, Part::done, Op::le, due);
      case Shape::duration:
        return compare(version_.duration.to, Part::to, Op::ge, due);
      case Shape::recurrence:
        return version_.recurrence.gap ? gap() : count();
      case Shape::coverage:
        return cells();
    }
    return {};
  }

  Way about(Way::Kind kind, const Expression& subject) const {
    Way way;
    way.kind = kind;
    way.subject = trimmed(subject.text);
    const auto fact = std::ranges::find(kind_.facts, way.subject, &Fact::name);
    if (fact != kind_.facts.end()) {
      way.fact = static_cast<std::int32_t>(fact - kind_.facts.begin());
    }
    return way;
  }

  Way told() const {
    return compare(version_.deadline.extension->told, Part::told, Op::le, seen_.measures.first_due);
  }

  // What an extension without a reason lacks; whether it was told was not asked.
  std::vector<Way> reason_and_notice(const feel::Case& of) const {
    const Extension& extension = *version_.deadline.extension;
    std::vector<Way> ways = {given(extension.reason)};
    if (!extension.told.given()) return ways;
    const Shown on =
        kind_.set->explain(extension.told.number, &of, circumstances_of(charter_, question_),
                           [](const feel::Trace& trace, const feel::Ast&) {
                             return Shown::of(trace.parts.front().value);
                           });
    if (on.day != date_none && on.day <= seen_.measures.first_due) return ways;
    ways.push_back(told());
    ways.back().is = on;
    return ways;
  }

  Way given(const Expression& subject) const { return about(Way::Kind::given, subject); }
  Way given(const Fact& fact) const {
    Way way;
    way.kind = Way::Kind::given;
    way.subject = fact.name;
    way.fact = static_cast<std::int32_t>(&fact - kind_.facts.data());
    return way;
  }

  // What is not met is not asked for its evidence; it would be.
  Way with_evidence(Way way, const feel::Case& of) const {
    if (version_.evidence.empty() || way.kind == Way::Kind::none) return way;
    std::vector<Way> ways;
    ways.push_back(std::move(way));
    feel::Arena room;
    const feel::Value facts = of.value(room);
    for (const std::string& name : version_.evidence) {
      const feel::Value* const value = facts.context().find(name);
      if (value != nullptr && proves(*value)) continue;
      const auto fact = std::ranges::find(kind_.facts, name, &Fact::name);
      if (fact != kind_.facts.end()) ways.push_back(given(*fact));
    }
    return Way::all(std::move(ways));
  }

  bool proves(feel::Value value) const {
    switch (value.kind()) {
      case feel::Kind::null:
        return false;
      case feel::Kind::boolean:
        return value.boolean();
      case feel::Kind::string:
        return !trimmed(value.text()).empty();
      case feel::Kind::list:
        return !value.items().empty();
      case feel::Kind::date:
        return value.days() <= question_.on;
      case feel::Kind::date_time:
        return value.date_time().days <= question_.on;
      default:
        return true;
    }
  }

  Way compare(const Expression& subject, Part part, Op op, Date bound) const {
    if (bound == date_none) return {};
    Way way = about(Way::Kind::compare, subject);
    way.op = op;
    way.bound = Shown::of(bound);
    way.is = Shown::of(day_of(part));
    return way;
  }

  Date day_of(Part part) const noexcept {
    for (const Consulted& each : seen_.consulted) {
      if (each.part == part && each.norm == norm_) return each.day;
    }
    return date_none;
  }

  // Whether the extended period, had the extension held, was kept, or still runs.
  bool extended_in_time() const {
    const Deadline& deadline = version_.deadline;
    if (!deadline.extension || seen_.measures.begin == date_none) return false;
    const PeriodOf &within = deadline.within, &by = deadline.extension->by;
    if (within.unit == PeriodOf::Unit::feel || by.unit == PeriodOf::Unit::feel) return false;
    Date due = day_after(seen_.measures.begin, length_of(within), charter_.calendar());
    if (due != date_none) due = day_after(due, length_of(by), charter_.calendar());
    if (due != date_none && deadline.to_next_working_day) {
      due = working_day_from(due, charter_.calendar());
    }
    const Date done = day_of(Part::done);
    return due != date_none && done != date_none && done <= question_.on && done <= due;
  }

  // The fewest that leave no gap too long, and between which days they lie.
  Way gap() const {
    const Measures& measures = seen_.measures;
    if (measures.span_to == date_none || seen_.finding.due == date_none) return {};
    Way way = about(Way::Kind::events, version_.recurrence.of);
    way.number = 1;
    way.from = measures.span_from + 1;
    way.to = std::min(seen_.finding.due, measures.span_to);
    if (seen_.finding.outcome == Outcome::pending) {
      way.to = seen_.finding.due;
      return way;
    }
    const PeriodOf& period = *version_.recurrence.gap;
    if (period.unit == PeriodOf::Unit::feel) return way;
    constexpr std::int64_t most = 10'000;
    Date last = seen_.finding.due;
    for (; way.number < most; ++way.number) {
      const Date next = day_after(last, length_of(period), charter_.calendar());
      if (next == date_none || next >= measures.span_to) break;
      last = next;
    }
    if (way.number > 1) {
      way.to = measures.span_to - 1;
      return way;
    }
    // From the first day on from which the period reaches to the end of the gap.
    const Date from = day_before(measures.span_to, length_of(period), charter_.calendar());
    if (from != date_none) way.from = std::max(way.from, from);
    while (from != date_none && way.from < way.to &&
           day_after(way.from, length_of(period), charter_.calendar()) < measures.span_to) {
      ++way.from;
    }
    return way;
  }

  Way count() const {
    const Measures& measures = seen_.measures;
    if (measures.span_to == date_none) return {};
    Way way = about(Way::Kind::events, version_.recurrence.of);
    way.number = version_.recurrence.at_least - measures.count;
    way.from = measures.span_from;
    way.to = measures.span_to;
    return way.number > 0 ? way : Way();
  }

  Way cells() const {
    if (seen_.cells.empty()) return {};
    Way way = about(Way::Kind::cells, version_.coverage.of);
    way.cells = seen_.cells;
    return way;
  }

  const Charter& charter_;
  const Kind& kind_;
  std::uint32_t norm_;
  const Question& question_;
  const Examination& seen_;
  const NormVersion& version_;
};

}  // namespace

Way way_of(const Charter& charter, std::uint32_t kind, const feel::Case& of, std::uint32_t norm,
           const Question& question, const Examination& seen) {
  if (seen.finding.version < 0) return {};
  const Ways ways(charter, charter.kinds()[kind], norm, question, seen);
  if (seen.finding.why == Why::no_evidence) return ways.evidence();
  const bool open =
      seen.finding.outcome == Outcome::not_met || seen.finding.outcome == Outcome::pending;
  return open ? ways.of(of) : Way();
}

}  // namespace partnership::charter
