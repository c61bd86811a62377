// SPDX-License-Identifier: Apache-2.0
//
// What happened to cases, event by event, and what was known of them on any day: a history is
// folded to cases as of that day, the same whenever it is asked.
//
// The document is an object
//   {"complete"?: false, "events": [EVENT...]}
// or JSON Lines, an EVENT a line, where
//   EVENT = {"on": "2018-09-11", "case": id, "kind"?: kind of case,
//            "facts"?: {...}, "append"?: {...}, "withdraw"?: [...]}       (changes.hpp)
// Events are taken by their day, those of one day in the order of the document. Which kind a case
// is of stands in the first of its events in the document; others may repeat it. "complete": true
// says that what is not recorded has not happened: dates that are absent are null (FactSheet).
// Without it they are missing, and norms that need them undetermined.
//
// What it will not do: look at events after the day that is asked.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "charter/changes.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

// Cases of one kind as of a day.
struct CasesOfKind {
  std::uint32_t kind = 0;
  std::vector<std::string> ids;  // one a row
  std::shared_ptr<const feel::Cases> cases;
};

// Never changes once read; may be shared between threads.
class History {
 public:
  // Throws Error(malformed) for what is no JSON, Error(limit), Error(invalid_document) with
  // everything that is wrong, each with pointer, line and column; of JSON Lines the pointer is that
  // inside its line.
  static std::shared_ptr<const History> read(std::shared_ptr<const Charter> charter,
                                             std::string_view json);

  const Charter& charter() const noexcept { return *charter_; }
  bool complete() const noexcept { return complete_; }
  std::size_t events() const noexcept { return events_; }
  Date first() const noexcept { return first_; }  // date_none: no events
  Date last() const noexcept { return last_; }

  // The cases that have an event on or before `day`, one entry a kind of the charter, in its order
  // (also kinds without cases), cases in the order in which the document first names them.
  std::vector<CasesOfKind> as_of(Date day) const;
  // The facts of one case as of a day, as JSON on a line. Throws Error(not_found) where there is no
  // event of this case by then.
  std::string facts(std::string_view id, Date day) const;
  // The number of its kind; -1: no such case.
  std::int32_t kind_of(std::string_view id) const noexcept;

 private:
  friend class HistoryReader;
  struct Event {
    Date on;
    std::uint32_t first, count;  // of changes_
  };
  struct CaseHistory {
    std::string id;
    std::uint32_t kind;
    std::vector<Event> events;  // by day
  };
  History() = default;
  // Whether there is an event by then.
  bool fold(const CaseHistory& of, Date day, FactSheet& sheet) const;
  const CaseHistory* find(std::string_view id) const noexcept;

  std::shared_ptr<const Charter> charter_;
  std::vector<std::unique_ptr<const json::Document>> documents_;
  std::vector<FactChange> changes_;
  std::vector<CaseHistory> cases_;
  std::vector<std::uint32_t> by_id_;  // numbers of cases_, by their ids
  bool complete_ = false;
  std::size_t events_ = 0;
  Date first_ = date_none, last_ = date_none;
};

}  // namespace partnership::charter
