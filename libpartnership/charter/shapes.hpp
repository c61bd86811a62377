// SPDX-License-Identifier: Apache-2.0
//
// What a norm demands of one case, by its shape, as of a day. What lies after that day has not
// happened. For the files assess* and shapes* only.
//
// Where the document that says what norms mean leaves something open, this is the answer:
// - A null that raised no warning, of an expression that may give a date, says that it has not
//   happened, however it came about (the least of no dates, the branch of an `if`).
// - An extension counts from the first due date as it was before it moved off a day off; that the
//   bearer was told by the first due date means the day that was moved.
// - Where silence is acceptance or lapse, silence has decided: what is done later changes nothing.
//   After a refusal by silence, and without such a rule, it is done late.
// - Whether an end that is planned for a later day comes true is not known: it counts as open.
// - A recurrence that ends before it begins has no answer. Of periods in which so many are asked
//   for, one that the end cuts short asks for nothing.
// - A cell of a coverage is named by texts; a context whose member is none of the values fills no
//   cell. A cell that is empty whatever the members that are not known decides: it is not met.
#pragma once

#include <span>
#include <vector>

#include "charter/assess.hpp"
#include "charter/engine.hpp"
#include "charter/facts.hpp"

namespace partnership::charter {

class Shapes {
 public:
  explicit Shapes(Facts& facts) : facts_(facts) {}
  // What all that is decided from now on has in common.
  void ready(const Engine& engine, const Calendar* calendar, Date on) noexcept {
    engine_ = &engine;
    calendar_ = calendar;
    on_ = on;
    measures_ = {};
    asked_cells_ = false;
  }

  // `breach`: the day after which a deadline that begins with the breach of another norm runs.
  // Sets all of `out` but the version. (Findings go by reference: returned, they would be put
  // together in memory byte by byte and read in one, for which a processor waits.)
  void decide(const ShapePlan& shape, Date breach, Finding& out);
  // The day on which it is certain that a norm, which is not met, is broken; of one whose breach
  // has a day.
  Date breach_day(const ShapePlan& shape, const Finding& finding);
  // Of what was decided last, if that was all since ready().
  const Measures& measures() const noexcept { return measures_; }
  // The cells that the coverage which was decided last asks for and that are not filled.
  void lacking(const CoveragePlan& plan,
               std::vector<std::pair<std::uint32_t, std::uint32_t>>& out) const;

 private:
  void require(const RequirePlan& plan, Finding& out);
  void deadline(const DeadlinePlan& plan, Date breach, Finding& out);
  void notice(const NoticePlan& plan, Finding& out);
  void duration(const DurationPlan& plan, Finding& out);
  void recurrence(const RecurrencePlan& plan, Finding& out);
  void coverage(const CoveragePlan& plan, Finding& out);

  // A date by which; with `why`, what it means that it is not so by then.
  void not_so(Term by, Why why, Finding& out);
  // The day of `term` as the beginning of something: where there is none, `out` says so.
  bool begins(Part part, Term term, Date& day, Finding& out);
  // Of what was to be done by `due`.
  struct Done {
    Known known;  // null: not yet
    Date day;
  };
  Done done(Term term);

  struct Extended {
    Known known = Known::value;  // else it cannot be told
    Why why = Why::silence;      // why not
    Date due = date_none;        // date_none: not extended
  };
  void extension(const DeadlinePlan& plan, Date unmoved, Date first, Extended& out);
  Date due_day(const DeadlinePlan& plan, Date unmoved) const;
  void silent(const DeadlinePlan& plan, Why why, Date due, Finding& out) const;

  // From the day on which it begins to that on which it ended, or the day asked.
  struct Run {
    Date from, end;
    bool ended;
    std::span<const Date> days;  // of these
  };
  void gaps(const Length& gap, const Run& run, Finding& out);
  void counts(const RecurrencePlan& plan, const Length& per, const Run& run, Finding& out);
  Date period_from(const RecurrencePlan& plan, const Length& per, Date from, std::int64_t k) const;

  void fill(const CoveragePlan& plan, const Facts::TextFact& row, const Facts::TextFact& column);
  Known fill_cells(const CoveragePlan& plan);
  Known fill_values(const CoveragePlan& plan);
  struct Covered {
    bool all = true;      // every cell that is asked for is filled
    bool surely = false;  // some is not, and no context that is not wholly known may fill it
  };
  Covered covered(const CoveragePlan& plan) const;
  void ask_cell(const CoveragePlan& plan, std::size_t row, std::size_t column, Covered& out) const;

  Facts& facts_;
  const Engine* engine_ = nullptr;
  const Calendar* calendar_ = nullptr;
  Date on_ = date_none;
  Measures measures_;
  std::vector<Growing> growing_;
  // Coverage: which cells are filled; which rows, columns or all of them may be.
  std::vector<std::uint8_t> filled_, row_possible_, column_possible_;
  bool all_possible_ = false;
  bool asked_cells_ = false;  // since ready()
};

}  // namespace partnership::charter
