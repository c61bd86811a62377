// SPDX-License-Identifier: Apache-2.0
//
// What a charter's norms make of cases, as of a day. One finding a norm and case; rows, columns and
// one by one give the same findings, because one function decides.
//
// What it will not do: guess. A norm whose facts are not all known is undetermined, never met and
// never not met.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "charter/charter.hpp"
#include "feel/expression_set.hpp"

namespace partnership::charter {

// The first four are those of a check of criteria (PSHIP_MET, ...).
enum class Outcome : std::uint8_t {
  met = 1,
  not_met = 2,
  undetermined = 3,    // facts that are not known decide it
  not_applicable = 4,  // not in force, not triggered
  pending = 5,         // the day has not come
  met_by_exception = 6,
};
// Where an obligation over time stands.
enum class State : std::uint8_t {
  none = 0,  // not applicable, undetermined
  pending = 1,
  fulfilled = 2,
  fulfilled_late = 3,
  overdue = 4,      // not done, and still to be done
  violated = 5,     // can no longer be done as asked
  excused = 6,      // by a reasoned exception
  compensated = 7,  // broken, and the norm that repairs it is fulfilled
  deemed = 8,       // decided by silence
  lapsed = 9,       // ended by silence
};
std::string_view outcome_name(Outcome outcome) noexcept;  // "met", "not met", ...
std::string_view state_name(State state) noexcept;        // "", "pending", "fulfilled late", ...

// Why, in one word; explain.hpp says it in a sentence.
enum class Why : std::uint8_t {
  none,
  not_in_force,         // no version holds on the day that chooses
  does_not_apply,       // `applies` is false
  not_triggered,        // the date that begins it has not come or been set
  missing_facts,        //
  no_answer,            // an expression gave null, no boolean, or a warning
  condition,            // a condition is true, or false
  in_time,              // done by the due date
  late,                 // done after it
  open,                 // not done; the due date has not passed
  silence,              // not done; the due date has passed
  long_enough,          // a duration
  too_short,            //
  gap,                  // recurrence: a gap was too long, or none
  count,                // recurrence: too few, or enough
  cells,                // coverage: cells are empty, or none
  exception,            // `unless` holds, with its reason
  exception_no_reason,  // `unless` was invoked without a reason
  extension_no_reason,  // late, and the extension had no reason
  extension_not_told,   // late, and the extension was told too late
  defeated,             // by the norm that is an exception of it
  no_evidence,          // met, but a fact that must prove it does not exist
};

std::string_view why_name(Why why) noexcept;  // "", "not in force", ..., "no evidence"

struct Finding {
  Outcome outcome = Outcome::undetermined;
  State state = State::none;
  Why why = Why::none;
  std::int16_t version = -1;  // which of the norm's versions; -1: none
  Date due = date_none;       // date_none: none
  bool operator==(const Finding&) const = default;
};

// What is known of the value of an expression.
enum class Known : std::uint8_t {
  value,
  null,       // of a date: it has not happened yet; of evidence: it does not exist
  missing,    // a fact that the expression mentions is not known
  no_answer,  // it gave null, a value of another kind, or a warning
};

struct Question {
  Date on = date_none;  // the day as of which is asked: must be given
  feel::Budget budget;  // of each evaluation
  unsigned threads = 1;
  bool disabled = false;  // also norms that are not enabled; else those have no finding
};

// Findings of cases of one kind, in columns: the norms of the kind (Kind::norms, in that order,
// without the disabled ones unless asked), each a column with a row a case.
class Findings {
 public:
  std::uint32_t rows() const noexcept { return rows_; }
  std::span<const std::uint32_t> norms() const noexcept { return norms_; }  // of Charter::norms()
  Finding at(std::uint32_t norm, std::uint32_t row) const noexcept {
    const std::size_t cell = std::size_t{norm} * rows_ + row;
    return {outcome_[cell], state_[cell], why_[cell], version_[cell], due_[cell]};
  }
  std::span<const Outcome> outcomes(std::uint32_t norm) const noexcept {
    return {outcome_.data() + std::size_t{norm} * rows_, rows_};
  }
  std::span<const State> states(std::uint32_t norm) const noexcept {
    return {state_.data() + std::size_t{norm} * rows_, rows_};
  }
  std::span<const Date> dues(std::uint32_t norm) const noexcept {
    return {due_.data() + std::size_t{norm} * rows_, rows_};
  }

 private:
  friend class Assessor;
  std::uint32_t rows_ = 0;
  std::vector<std::uint32_t> norms_;
  std::vector<Outcome> outcome_;
  std::vector<State> state_;
  std::vector<Why> why_;
  std::vector<std::int16_t> version_;
  std::vector<Date> due_;
};

// Case and Cases are those of the kind's expression set (feel/expression_set.hpp), read by its
// read_case, read_cases, read_arrow, read_tables. Throws Error(invalid_argument): no date, a case
// of another charter or kind.
Findings assess(const Charter& charter, std::uint32_t kind, const feel::Cases& cases,
                const Question& question);
Findings assess(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                const Question& question);
// The same into memory that is used again: a call over a prepared case allocates nothing once warm.
void assess(const Charter& charter, std::uint32_t kind, const feel::Case& of,
            const Question& question, Findings& out);

// ---- One finding looked into: what was consulted, and which facts are missing. For explanations;
// the finding is that of assess().

// What an expression is to its norm.
enum class Part : std::uint8_t {
  dated_by,
  applies,
  that,
  by,  // of require and coverage
  after,
  within,
  done,
  extended,  // the extension's `when`
  extension_reason,
  told,
  extension,  // its length
  before,
  at_least,
  from,
  to,
  grows,
  of,
  gap,
  per,
  evidence,
  unless,  // its `when`
  unless_reason,
};
std::string_view part_name(Part part) noexcept;  // as documents say it: "dated by", "done"
struct Consulted {
  Part part = Part::that;
  Known known = Known::no_answer;
  std::uint32_t norm = 0;        // of Charter::norms(): the one asked about, or one it hangs on
  std::uint32_t expression = 0;  // of the kind's set; of evidence: of Kind::facts
  Date day = date_none;          // where it gave a day
};
// What a shape counted with; what it did not come to is none.
struct Measures {
  Date begin = date_none;      // after, from; of a notice `before`
  Date first_due = date_none;  // of a deadline, before any extension
  bool extended = false;       // due is that of the extension
  // Recurrence: the gap that decided, from the day it follows to the day that ends it; or the
  // period that did, to its last day, and how many days of the list lie in it.
  Date span_from = date_none, span_to = date_none;
  std::int64_t count = 0;
};
// A row or column that a cell of a coverage does not name: every row, or every column, was asked
// for.
inline constexpr std::uint32_t any_value = 0xffffffff;
struct Examination {
  Finding finding;
  Measures measures;
  std::vector<Consulted> consulted;  // in the order in which it was; norms it hangs on first
  // Coverage: row and column of each cell that is asked for and not filled.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;
  std::int32_t other = -1;  // of Charter::norms(): which excuses it, or leaves it undetermined
  // The facts that are not known among those of what was consulted, each once, such as
  // `participants[3].excluded` (items from 0), in the order of the schema.
  std::vector<std::string> missing;
};
// `norm`: of Charter::norms(), of this kind; one that is not enabled is looked into like others.
Examination examine(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                    const Question& question, std::uint32_t norm);
Examination examine(const Charter& charter, std::uint32_t kind, const feel::Cases& cases,
                    std::uint32_t row, const Question& question, std::uint32_t norm);
// All findings of one case, looked into in one go: an examination each, in the order of
// Findings::norms(). Into memory that is used again.
void examine_all(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                 const Question& question, std::vector<Examination>& out);
// The norms of a kind that have findings: as Findings::norms(), of Charter::norms().
std::span<const std::uint32_t> norms_with_findings(const Charter& charter, std::uint32_t kind,
                                                   const Question& question);

}  // namespace partnership::charter
