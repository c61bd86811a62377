// SPDX-License-Identifier: Apache-2.0
//
// All that the findings of one case were decided from: each of them looked into, and every
// expression that was consulted with the value of each of its parts. For those who want to know of
// every norm why, case after case: it keeps its memory.
//
// What it will not do: say it. explain.hpp makes texts of one finding.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "charter/assess.hpp"
#include "feel/explain.hpp"

namespace partnership::charter {

// Used by one thread. The charter must outlive it.
class Traces {
 public:
  Traces(const Charter& charter, std::uint32_t kind, const Question& question);

  // Throws as examine_all(). What is handed out below is good until the next call, while the case
  // is there.
  void look_into(const feel::Case& of);

  // In the order of norms_with_findings().
  std::span<const Examination> examinations() const noexcept { return seen_; }
  // nullptr: the expression was not consulted, or facts that it mentions are missing.
  const feel::Trace* trace(std::uint32_t expression) const noexcept {
    return made_in_[expression] == runs_ ? &traces_[expression] : nullptr;
  }
  // Of the kind's set, for feel::trace_text and feel::trace_json.
  const feel::Program& program() const noexcept { return set_.program(); }

 private:
  const Charter& charter_;
  std::uint32_t kind_;
  Question question_;
  const feel::ExpressionSet& set_;
  feel::Evaluation evaluation_;
  feel::Arena room_;  // of the case
  std::vector<Examination> seen_;
  std::vector<feel::Trace> traces_;     // by expression
  std::vector<std::uint64_t> made_in_;  // by expression: the run that made its trace
  std::uint64_t runs_ = 0;
};

}  // namespace partnership::charter
