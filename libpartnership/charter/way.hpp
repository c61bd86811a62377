// SPDX-License-Identifier: Apache-2.0
//
// What would have made a norm met: the comparisons that fail with their boundary values, or what
// has to be there. Found from the trace of a condition; the shapes of norms add their own.
//
// What it will not do: promise. Each part is what has to change as everything else stands; changing
// one fact may change others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/langmap.hpp"
#include "charter/charter.hpp"
#include "feel/explain.hpp"

namespace partnership::charter {

// A value, kept after its evaluation.
struct Shown {
  feel::Kind kind = feel::Kind::null;
  std::string json;                  // empty: null
  std::string expression;            // of large values the beginning
  Date day = date_none;              // of a date (and time)
  std::optional<std::int64_t> days;  // of a duration of whole days
  bool truth = false;                // of a boolean

  static Shown of(feel::Value value);
  static Shown of(Date day);  // date_none: null
};

struct Way {
  enum class Kind : std::uint8_t {
    none,     // nothing that is known
    all,      // every one of the parts
    any,      // one of the parts
    compare,  // `subject` `op` `bound`, where it `is`; or, the same said of others, one of the
              // parts
    within,   // `subject` in (or, with `op` ne, not in) `condition`, tests
    item,     // of item `number` (from 1) of the list `subject`: the one part
    some,     // some item of the list `subject` for which `condition` (or, with `op` ne, not)
    given,    // `subject` has to be there
    events,   // `number` more in the list `subject` between `from` and `to`
    cells,    // contexts in `subject` for these cells
  };
  Kind kind = Kind::none;
  std::vector<Way> parts;
  std::string subject;     // the source of an expression
  std::int32_t fact = -1;  // of Kind::facts, where the subject is just its name
  feel::Op op = feel::Op::none;
  Shown bound, is;
  std::string condition;
  std::int64_t number = 0;
  Date from = date_none, to = date_none;                       // both inclusive
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;  // row, column

  static Way all(std::vector<Way> parts);  // of one: itself
  static Way any(std::vector<Way> parts);
};

// Of a condition that gave false. `trace`: of feel::explain_whole; `calendar`: of its
// working days.
Way way_of_condition(const feel::Trace& trace, const feel::Ast& ast, const Kind& kind,
                     const Calendar* calendar);

// As documents have it (members as explain.hpp says); `coverage`: whose cells these are.
void write_way(json::Writer& out, const Way& way, const Kind& kind, const Coverage& coverage);
// As sentences without a full stop; empty for none.
std::string say_way(const Way& way, const Kind& kind, const Coverage& coverage, Language language);

}  // namespace partnership::charter
