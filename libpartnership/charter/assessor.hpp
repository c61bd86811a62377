// SPDX-License-Identifier: Apache-2.0
//
// Decides the norms about one kind of case, row by row: which version holds, whether it applies,
// its shape, its evidence, its exceptions, and what it hangs on. For the files assess* only.
#pragma once

#include <cstdint>
#include <vector>

#include "charter/assess.hpp"
#include "charter/engine.hpp"
#include "charter/facts.hpp"
#include "charter/shapes.hpp"

namespace partnership::charter {

// The memory of one thread of a call.
struct Worker {
  Facts facts;
  Shapes shapes{facts};
  bool large() const noexcept;  // too large to be kept
};

class Assessor {
 public:
  // Makes `out` ready for the findings of so many rows.
  static void prepare(const Engine& engine, std::uint32_t rows, bool all, Findings& out);

  Assessor(const Charter& charter, std::uint32_t kind, const feel::Batch& batch,
           const Question& question, Worker& worker, Findings& out);

  // Rows [first, end) of the batch: with all norms, a chunk after another.
  void rows(std::uint32_t first, std::uint32_t end);
  // One norm of one row, and those it hangs on: all but the facts that are missing.
  void examine(std::uint32_t row, std::uint32_t norm, Examination& out);
  // All that have a finding, in the order of Findings::norms().
  void examine_all(std::uint32_t row, std::vector<Examination>& out);

 private:
  void read(std::uint32_t first, std::uint32_t rows);
  void decide_chunk(std::uint32_t first, std::uint32_t rows);
  void compensate(std::uint32_t norm);
  void look_into(const NormPlan& norm, std::int32_t column, Examination& out);
  std::vector<bool> hangs_on(std::uint32_t norm) const;  // itself and others, by number

  // Of the row that is asked about.
  void decide(const NormPlan& norm, Finding& out);
  const VersionPlan* version(const NormPlan& norm, Finding& out);
  bool arises(const NormPlan& norm, const VersionPlan& version, Date& breach, Finding& out);
  bool broken(std::uint32_t other, Finding& out) const;
  void ask_evidence(const VersionPlan& version, Finding& out);
  void excuse(const NormPlan& norm, const VersionPlan& version, Finding& out);
  void ask_unless(const VersionPlan& version, Finding& out);

  // Of a norm that was decided before, for the row that is asked about. False: it has none.
  bool finding(std::uint32_t norm, Finding& out) const noexcept;
  void put(std::int32_t column, const Finding& finding) noexcept;

  const Charter& charter_;
  const Kind& kind_;
  const Engine& engine_;
  const feel::Batch& batch_;
  Worker& worker_;
  Findings& out_;
  feel::RunOptions options_;
  Date on_;
  bool all_;
  std::int32_t other_ = -1;    // of Engine::norms: as Examination::other
  std::uint32_t out_row_ = 0;  // where the finding of the row that is asked about goes
};

}  // namespace partnership::charter
