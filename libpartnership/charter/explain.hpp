// SPDX-License-Identifier: Apache-2.0
//
// Why one finding came out: the norm's version and citation, the dates that count, the facts that
// are missing, what would have made it met, and each expression that was consulted with its parts.
// It is made of what the deciding itself noted (examine()), so it cannot say anything else than the
// finding.
//
// As JSON:
//   {"charter": {"id", "version", "title", "hash": SHA-256 in hex},
//    "norm": {"id", "article"?, "citation", "label", "modality", "shape", "bearer": {"id",
//    "label"},
//             "counterparty"?: likewise, "in force"?: {"from"?, "to"?},
//             "sources": [{"title", "address"?, "passage"?}]},       of the version that holds
//    "kind", "on", "outcome", "state" (or null), "why", "due" (or null),
//    "dates": {"chosen on"?, "begin"?, "first due"?, "extended"?: true, "done"?, "told"?,
//              "span"?: {"from", "to", "count"}},
//    "reason": language map,
//    "other"?: id of the norm that excuses it or leaves it undetermined,
//    "missing": [{"path", "fact", "label"?}],
//    "needed": WAY or null, "needed in words"?: language map,
//    "consulted": [{"norm"?: id of another norm, "part", "expression", "known": "value", "null",
//                   "missing" or "no answer", "value", "trace"?: as feel::trace_json}]}
// WAY is one of
//   {"all": [WAY...]}, {"any": [WAY...]}
//   {"expression", "fact"?, "label"?, "op", "bound", "is", "that is"?: [WAY...] (one of them)}
//   {..., "op": "in" or "not in", "tests", "is"}
//   {..., "item": number from 1, "needed": [WAY]}     of a list
//   {..., "some": condition, "holds": true or false}  some item of a list
//   {..., "given": true}                              it has to be there
//   {..., "more": number, "from", "to"}               more in a list of dates, both ends inclusive
//   {..., "cells": [{"row"?, "column"?}...]}          of a coverage
#pragma once

#include <string>
#include <vector>

#include "charter/assess.hpp"
#include "charter/way.hpp"

namespace partnership::charter {

// Refers to the charter, which must outlive it.
struct Explanation {
  // An expression that was consulted, or a fact that had to exist as evidence.
  struct Step {
    Part part = Part::that;
    Known known = Known::no_answer;
    std::uint32_t norm = 0;  // of Charter::norms(): this one, or one that it hangs on
    std::string expression;
    Shown value;
    // Nothing where facts are missing.
    struct Line {
      std::uint32_t depth;
      bool decisive;
      std::string expression, value;
    };
    std::vector<Line> lines;  // the parts, at most most_lines
    bool cut = false;         // there are more
    std::string trace;        // all of them, as JSON; or empty
  };
  static constexpr std::size_t most_lines = 100;

  const Charter* charter = nullptr;
  std::uint32_t kind = 0;  // of Charter::kinds()
  std::uint32_t norm = 0;  // of Charter::norms()
  Date on = date_none;
  Examination seen;  // the finding, too
  std::string excuse;
  std::vector<Step> steps;
  Way way;  // what would have made it met; none where it is, or does not apply

  const Finding& finding() const noexcept { return seen.finding; }
  const NormVersion* version() const noexcept;      // nullptr: none holds
  const NormVersion& any_version() const noexcept;  // else the first
  std::string reason(Language language) const;      // say_reason
  std::string needed(Language language) const;      // say_way
  std::string json() const;
  // Lines, each with a line feed at its end.
  std::string text(Language language) const;
};

// `norm`: of Charter::norms(), of this kind. Throws as examine().
Explanation explain(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                    std::uint32_t norm, const Question& question);

// What would have made the finding met, by the shape of the norm; `of` is the case.
Way way_of(const Charter& charter, std::uint32_t kind, const feel::Case& of, std::uint32_t norm,
           const Question& question, const Examination& seen);

// How the expressions of a norm are evaluated as of a day.
feel::Circumstances circumstances_of(const Charter& charter, const Question& question);

}  // namespace partnership::charter
