// SPDX-License-Identifier: Apache-2.0
#include "charter/traces.hpp"

#include "base/error.hpp"
#include "charter/explain.hpp"

namespace partnership::charter {

namespace {

const feel::ExpressionSet& set_of(const Charter& charter, std::uint32_t kind) {
  if (kind < charter.kinds().size()) return *charter.kinds()[kind].set;
  throw Error(Code::invalid_argument, "a kind of case that the charter has not");
}

}  // namespace

Traces::Traces(const Charter& charter, std::uint32_t kind, const Question& question)
    : charter_(charter),
      kind_(kind),
      question_(question),
      set_(set_of(charter, kind)),
      evaluation_(question.budget),
      traces_(set_.size()),
      made_in_(set_.size(), 0) {}

void Traces::look_into(const feel::Case& of) {
  ++runs_;
  examine_all(charter_, kind_, of, question_, seen_);
  room_.clear();
  const feel::Value facts = of.value(room_);
  evaluation_.begin(circumstances_of(charter_, question_).moment);
  for (const Examination& seen : seen_) {
    for (const Consulted& each : seen.consulted) {
      if (each.part == Part::evidence || each.known == Known::missing) continue;
      if (made_in_[each.expression] == runs_) continue;
      feel::explain(set_.program(), each.expression, facts, evaluation_, traces_[each.expression]);
      made_in_[each.expression] = runs_;
    }
  }
}

}  // namespace partnership::charter
