// SPDX-License-Identifier: Apache-2.0
//
// The norms about one kind of case, made ready to be assessed: what each consults, where it is
// found in columns, and in which order they are decided. Besides make_engine() for the files
// assess*, engine*, facts* and shapes* only.
//
// An Engine never changes once made and may be shared between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "charter/charter.hpp"
#include "charter/period.hpp"
#include "charter/text_index.hpp"
#include "feel/case_layout.hpp"
#include "feel/pool.hpp"

namespace partnership::charter {

// The number of an expression in the set of the kind; no_expression: there is none.
using Term = std::uint32_t;

// How the value of an expression is found.
struct TermPlan {
  enum class Way : std::uint8_t {
    column,   // it is the name of a fact, or a path to one: read from its column
    items,    // it gives items of a list of the case, or a member of each: read from their columns
    set,      // evaluated with all others, for many rows at once
    machine,  // seldom wanted and not cheap: evaluated where it is
  };
  Way way = Way::set;
  feel::Storage storage = feel::Storage::value;  // of `slot`
  bool optional = false;                         // likewise
  bool all = true;                     // items: all of the list; else those that are chosen
  feel::SlotId slot = feel::no_slot;   // column; items: the item, or the member
  feel::SlotId list = feel::no_slot;   // items: the list
  std::uint32_t first = 0, count = 0;  // of Engine::mentions
};

struct PeriodPlan {
  Length length;  // where `feel` is none
  Term feel = no_expression;
};

struct RequirePlan {
  Term that, by;
};
struct DeadlinePlan {
  Term after;                   // where breach_of is -1
  std::int32_t breach_of = -1;  // of Engine::norms
  PeriodPlan within;
  Term done;
  bool to_working_day = false;
  bool extended = false;  // whether there is an extension
  PeriodPlan by;
  Term when, reason, told;
  Silence silence = Silence::breach;
};
struct NoticePlan {
  Term before;
  PeriodPlan at_least;
  Term done;
};
struct DurationPlan {
  struct Growth {
    std::uint32_t window;  // of Engine::windows
    PeriodPlan by;
  };
  Term from, to;
  PeriodPlan at_least;
  std::vector<Growth> grows;
};
struct RecurrencePlan {
  Term of = no_expression, from = no_expression, to = no_expression;
  bool gap = false;
  bool calendar_year = false;
  std::int32_t at_least = 0;
  PeriodPlan period;  // the gap, or `per`
};
struct CoveragePlan {
  struct Axis {
    std::string member;
    TextIndex values;
    feel::SlotId slot = feel::no_slot;  // of the member, where `of` is read from columns
    bool optional = false;
    std::vector<feel::SlotId> members;  // where it must be known
  };
  Term of, by;
  Axis rows, columns;
  Coverage::Required required = Coverage::Required::every_cell;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;
};
// The large one by itself, so that the others lie close together.
using ShapePlan = std::variant<RequirePlan, DeadlinePlan, NoticePlan, DurationPlan, RecurrencePlan,
                               std::unique_ptr<const CoveragePlan>>;

struct VersionPlan {
  InForce in_force;
  std::int16_t index = 0;  // among the versions of its norm
  bool enabled = true;
  bool hangs = false;  // a deadline that begins with the breach of another norm
  Term applies = no_expression;
  ShapePlan shape;
  bool excusable = false;  // whether there is `unless`
  Term when = no_expression, reason = no_expression;
  std::vector<feel::SlotId> evidence;
  std::vector<std::uint32_t> exception_of;  // of Engine::norms
  std::int32_t reparation = -1;             // of Engine::norms
};

struct NormPlan {
  std::uint32_t norm = 0;  // of Charter::norms()
  bool enabled = false;    // some version is
  bool dated = false;      // which version holds, if any, depends on a day
  std::vector<VersionPlan> versions;
  std::vector<std::uint32_t> exceptions;  // of Engine::norms: what may defeat it
  std::vector<std::uint32_t> repairs;     // what it may repair
  bool compensated = false;               // some version has a reparation
};

struct Worker;  // assess.cpp: the memory of a call

class Engine {
 public:
  std::vector<NormPlan> norms;       // in the order of Kind::norms
  std::vector<std::uint32_t> order;  // of them: whatever one hangs on stands before it
  std::vector<TermPlan> terms;       // of the expressions of the set
  struct Watched {
    feel::SlotId slot;
    bool null_is_missing;  // else it says that something has not happened
  };
  std::vector<Watched> watched;  // the facts that terms mention, but those that may be left out
  std::vector<std::uint32_t> mentions;  // of `watched`, of one term after another
  std::shared_ptr<const std::vector<WindowDays>> windows;  // window_days() of the charter
  InForce in_force;                                        // of the charter
  Term dated_by = no_expression;
  // What an evaluation leaves out: [0] where disabled norms are not asked for, [1] where they are.
  std::vector<std::uint8_t> skip[2];
  // The norms that have findings, of Charter::norms(), likewise.
  std::vector<std::uint32_t> listed[2];
  // Which of `listed` each of `norms` is; -1: none.
  std::vector<std::int32_t> column[2];

  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  mutable feel::Pool<Worker> workers;
};

// Null says of a date that it has not come; of any other fact that it is not known.
inline bool null_is_missing(const feel::Type& type) noexcept {
  return !type.is(feel::TypeKind::date) && !type.is(feel::TypeKind::date_time);
}

// Of the windows of a charter, in their order: one table for the engines of all its kinds.
std::shared_ptr<const std::vector<WindowDays>> window_days(const Charter& charter);

// Of a charter that is read but for this: the set of the kind and all its norms must be there. A
// norm that hangs on itself (by exceptions and reparations together), or on a norm of another kind,
// is an Error(invalid_document) with the pointer of the norm.
std::shared_ptr<const Engine> make_engine(const Charter& charter, std::uint32_t kind,
                                          std::shared_ptr<const std::vector<WindowDays>> windows);

}  // namespace partnership::charter
