// SPDX-License-Identifier: Apache-2.0
//
// Why a value came out: the expression as a tree with the value of every part that ran, in source
// order, and for a false (or null) boolean the comparisons that decided it.
#pragma once

#include <string>
#include <vector>

#include "feel/program.hpp"

namespace partnership::feel {

struct TracePart {
  NodeId node;
  std::uint32_t parent;  // index of a part before it; itself for the first
  std::uint32_t depth;
  std::uint32_t round;  // of an iteration or filter: which round of the parent (from 0); else 0
  bool decisive;        // a comparison (or test, or boolean) that decided a false or null result
  Value value;          // as Program::evaluate gives values: good until the next begin()
};

struct Trace {
  std::vector<TracePart> parts;  // parents before children; parts[0] is the whole
  bool truncated = false;        // more than the limit of parts
};

// Evaluates again, with a record of every part but literals. The answer and the warnings are those
// of Program::evaluate. At most `most` parts are kept. What a function of another program does is
// no part.
Trace explain(const Program& program, std::uint32_t index, Value case_value, Evaluation& evaluation,
              std::size_t most = 10000);

// The same into memory that is used again. Several may follow one begin(): their values are good
// until the next.
void explain(const Program& program, std::uint32_t index, Value case_value, Evaluation& evaluation,
             Trace& out, std::size_t most = 10000);

// The same as the first, but every operand of `and` and `or` and every round of `some` and `every`
// is a part, also behind the one that decides. The value is that of Program::evaluate; there may be
// more warnings. No part is marked as decisive.
Trace explain_whole(const Program& program, std::uint32_t index, Value case_value,
                    Evaluation& evaluation, std::size_t most = 10000);

// Appends a value as an expression, on a line; of large ones the beginning.
void append_shown(std::string& out, Value value);
// A line a part, indented: `source` = value; decisive parts are marked. Long values are cut.
std::string trace_text(const Trace& trace, const Ast& ast);
// The tree as JSON: {"source", "from", "to", "value", "decisive", "round", "parts": [...]}, from
// and to in bytes of the whole text. Of large values the beginning is written, with "cut": true
// and, for a list, the number of its "items".
std::string trace_json(const Trace& trace, const Ast& ast);

}  // namespace partnership::feel
