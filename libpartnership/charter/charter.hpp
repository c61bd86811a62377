// SPDX-License-Identifier: Apache-2.0
//
// A charter: what both sides signed, as a document that is law-like for its readers and executable
// here. Its norms speak of kinds of cases (dialogues, requests, committees); conditions are FEEL.
// This header is the document once it is read; assess.hpp says what it makes of a case.
//
// What it will not do: invent. A fact that is not declared, a party that is not named, a calendar
// that nobody has are errors of the document, all of them reported together.
//
// The document (its JSON Schema, which says every member: packs/schemas/charter.schema.json;
// charters that ship: packs/charters):
//
//   {"charter": "afkar", "version": "1", "title": {"ar": "...", "en": "..."},
//    "calendar": "lebanon",                                  or a calendar document
//    "parties": {"ministry": {...}, "platform": {...}},
//    "windows": {"summer": {"from": "07-15", "to": "08-15"}},
//    "kinds": {"request": {"label": {...}, "facts": {"received on": "date", "answered on": "date",
//              "reason": {"type": "string", "label": {...}, "optional": true}}}},
//    "norms": [{"id": "answer", "citation": "art. 16", "label": {...}, "modality": "obligation",
//               "bearer": "ministry", "about": "request",
//               "deadline": {"after": "received on", "within": "15 days", "done": "answered on"},
//               "tests": [{"on": "2020-02-01", "case": {"received on": "2020-01-02",
//                          "answered on": null}, "expect": "not met"}]}]}
//
// Texts in several languages are language maps, or one text (English). Ids are composed (NFC). A
// norm has exactly one shape: require, deadline, notice, duration, recurrence, coverage. Entries of
// one id are dated versions of one norm: about one kind of case, and never in force together.
//
// Beyond the form these are refused: conditions that do not compile in FEEL's strict profile
// against the facts of their kind, or give something else than what stands there; what is named and
// is not there; exceptions, reparations and breaches between norms about different kinds, or that
// wait for each other in a circle; a period that begins with the breach of a condition or coverage
// without `by`, which has no day; norms that clash (conflicts.hpp); tests whose cases have facts
// that are not declared, or of another type; working days and days off without a calendar; periods
// of hundreds of years; more than 16 MiB, 200 kinds, 1,000 facts of a kind, 10,000 norms, 1,000
// tests of a norm, 10,000 cells, 100 exceptions, pieces of evidence or growths of a duration.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/langmap.hpp"
#include "feel/expression_set.hpp"

namespace partnership::charter {

struct Source {
  LangMap title;
  std::string address;  // of a page or file; may be empty
  std::string passage;  // article, page, paragraph; may be empty
};

// Half-open days [from, to); date_none: no bound.
struct InForce {
  Date from = date_none, to = date_none;
  bool holds(Date day) const noexcept {
    return (from == date_none || day >= from) && (to == date_none || day < to);
  }
};

// A FEEL expression of a norm, and its number in the expression set of its kind of case.
inline constexpr std::uint32_t no_expression = 0xffffffff;
struct Expression {
  std::string text;  // empty: the norm has none
  std::uint32_t number = no_expression;
  bool given() const noexcept { return !text.empty(); }
};

// "15 days", "10 working days", "12 weeks", "3 months", "2 years", "03-31 of the next year"; or
// what a fact says: {"feel": EXPR} (a number of days, or a duration).
struct PeriodOf {
  enum class Unit : std::uint8_t { days, working_days, weeks, months, years, next_year, feel };
  Unit unit = Unit::days;
  std::int32_t count = 0;
  std::int32_t month = 0, day = 0;  // next_year
  Expression feel;                  // feel
};

enum class Modality : std::uint8_t { obligation, prohibition, permission };
enum class Shape : std::uint8_t { require, deadline, notice, duration, recurrence, coverage };
// What it means when a deadline passes and nothing was done.
enum class Silence : std::uint8_t { breach, refusal, acceptance, lapse };

struct Require {
  Expression that;  // a boolean
  Expression by;    // a date: until then a false one is pending
};
struct Extension {
  PeriodOf by;
  Expression when;    // a boolean: it was extended
  Expression reason;  // a text that is not empty, or true
  Expression told;    // a date, at the latest the first due date; may be left out
};
struct Deadline {
  Expression after;       // a date; left out where breach_of stands
  std::string breach_of;  // the id of the norm whose breach begins the period
  PeriodOf within;
  Expression done;                   // a date
  bool to_next_working_day = false;  // a due date on a day off moves to the next working day
  std::optional<Extension> extension;
  Silence silence = Silence::breach;
};
struct Notice {
  Expression before;  // a date: of what is announced
  PeriodOf at_least;
  Expression done;  // a date
};
// A period of every year: 07-15 to 08-15, or days from Easter. May run over the turn of the year.
struct Window {
  std::string id;
  LangMap label;
  HolidayRule from, to;  // both inclusive
};
struct Duration {
  struct Growth {
    std::uint32_t window;  // of Charter::windows()
    PeriodOf by;
  };
  Expression from, to;  // dates; `to` the day it closes
  PeriodOf at_least;
  std::vector<Growth> grows;
};
// Either the longest gap, or at least so many in each period.
struct Recurrence {
  Expression of;    // a list of dates
  Expression from;  // a date: when it begins
  Expression to;    // a date: when it ends; may be left out
  std::optional<PeriodOf> gap;
  std::int32_t at_least = 0;
  std::optional<PeriodOf> per;  // periods one after another from `from` on
  bool calendar_year = false;   // per "calendar year"
};
struct Coverage {
  Expression of;  // a list of contexts
  struct Axis {
    std::string member;  // the member of a context that says where on this axis it lies
    std::vector<std::string> values;
    std::vector<LangMap> labels;
  };
  Axis rows, columns;
  enum class Required : std::uint8_t { cells, every_cell, every_row, every_column };
  Required required = Required::every_cell;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;  // (row, column), of `cells`
  Expression by;
};
struct Unless {
  Expression when;    // a boolean
  Expression reason;  // a text that is not empty, or true
};

struct TestCase {
  std::string title;  // may be empty
  Date on;
  std::string facts;     // the JSON of the case
  std::string expected;  // the outcome
  std::string state;     // empty: not asked
  Date due = date_none;  // date_none: not asked
  std::optional<std::vector<std::string>> missing;
  std::string pointer;  // in the document, for messages
};

// One dated version of a norm. What holds of all versions of a norm stands in each.
struct NormVersion {
  std::string id, article, citation;
  LangMap label, text, note;
  Modality modality = Modality::obligation;
  std::string bearer, counterparty, principle;  // ids; principle and counterparty may be empty
  std::uint32_t kind = 0;
  InForce in_force;
  std::vector<Source> sources;
  std::vector<std::string> covers;  // names that others gave what it says
  bool enabled = true;
  std::string standing;  // "read", "partly read", "background"; empty: not said

  Expression applies;
  Shape shape = Shape::require;
  Require require;
  Deadline deadline;
  Notice notice;
  Duration duration;
  Recurrence recurrence;
  Coverage coverage;
  std::optional<Unless> unless;
  std::vector<std::uint32_t> exception_of;  // norms
  std::int32_t reparation = -1;             // a norm
  std::vector<std::string> evidence;        // facts that must exist for it to be met
  std::vector<TestCase> tests;
  std::string pointer;    // in the document
  std::int64_t line = 0;  // of its first line in the document
};

// A norm: its versions, which are never in force on the same day, by date.
struct Norm {
  std::string id;
  std::uint32_t kind = 0;
  std::vector<std::uint32_t> versions;    // of Charter::versions()
  std::vector<std::uint32_t> exceptions;  // norms that may defeat it
  std::vector<std::uint32_t> repairs;     // norms that it repairs
};

struct Fact {
  std::string name, type;  // as written; "list<...>" and contexts as FEEL writes them
  LangMap label;
  bool optional = false;  // `?`: may be left out, which says the same as null
};
class Engine;  // engine.hpp: what assess() needs of a kind, made ready

// A kind of case. Its expression set holds every expression of every version of its norms.
struct Kind {
  std::string id;
  LangMap label;
  Expression dated_by;  // a date: which day chooses the version of a norm; else the day asked
  std::vector<Fact> facts;
  std::vector<std::uint32_t> norms;
  std::shared_ptr<const feel::ExpressionSet> set;
  std::shared_ptr<const Engine> engine;  // made by make_engine() once the whole charter is read
};

struct Named {
  std::string id;
  LangMap label;
};

// Never changes once loaded; may be shared between threads.
class Charter {
 public:
  // Reads a charter document (its JSON Schema: packs/schemas/charter.schema.json). `calendars`:
  // those that it may name besides the ones that ship. Throws Error(malformed) for what is no JSON,
  // Error(limit), Error(invalid_document) with everything that is wrong, each with pointer, line
  // and column: also inside its expressions, versions of a norm that overlap, two norms that clash,
  // cycles of exception or reparation.
  static std::shared_ptr<const Charter> load(std::string_view json,
                                             std::span<const Calendar> calendars = {});

  const std::string& id() const noexcept { return id_; }
  const std::string& version() const noexcept { return version_; }
  const std::string& status() const noexcept { return status_; }
  const LangMap& title() const noexcept { return title_; }
  const LangMap& text() const noexcept { return text_; }
  const std::vector<Source>& sources() const noexcept { return sources_; }
  const InForce& in_force() const noexcept { return in_force_; }
  const Calendar* calendar() const noexcept { return calendar_ ? &*calendar_ : nullptr; }
  const std::vector<Named>& parties() const noexcept { return parties_; }
  const std::vector<Named>& principles() const noexcept { return principles_; }
  const std::vector<Window>& windows() const noexcept { return windows_; }
  const std::vector<Kind>& kinds() const noexcept { return kinds_; }
  const std::vector<NormVersion>& versions() const noexcept { return versions_; }
  const std::vector<Norm>& norms() const noexcept { return norms_; }
  // SHA-256 of the document's canonical form (RFC 8785).
  const std::array<std::uint8_t, 32>& hash() const noexcept { return hash_; }

  std::int32_t find_norm(std::string_view id) const noexcept;  // -1: none
  std::int32_t find_kind(std::string_view id) const noexcept;  // -1: none
  const LangMap* party(std::string_view id) const noexcept;    // nullptr: none

 private:
  Charter() = default;
  friend class CharterReader;
  std::string id_, version_, status_;
  LangMap title_, text_;
  std::vector<Source> sources_;
  InForce in_force_;
  std::optional<Calendar> calendar_;
  std::vector<Named> parties_, principles_;
  std::vector<Window> windows_;
  std::vector<Kind> kinds_;
  std::vector<NormVersion> versions_;
  std::vector<Norm> norms_;
  std::array<std::uint8_t, 32> hash_{};
};

std::string_view shape_name(Shape shape) noexcept;  // "require", ...
std::string_view modality_name(Modality modality) noexcept;

}  // namespace partnership::charter
