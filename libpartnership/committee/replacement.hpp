// SPDX-License-Identifier: Apache-2.0
//
// The answers about single committees, as tables: the best one for weights, and who may take the
// places of members who leave. The facade over best_committee.hpp and replace.hpp.
//
// What it will not do: draw. A replacement's lottery has a document of its own, from which panels
// are drawn as from any other (lottery_document.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "committee/best_committee.hpp"
#include "committee/checker.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/replace.hpp"

namespace partnership {

// One committee: any, or the best for whole weights of the nominees. Immutable.
class BestCommittee {
 public:
  // Throws the errors of build_model and best_committee, and Error(cancelled).
  static std::shared_ptr<const BestCommittee> make(std::shared_ptr<const Checker> checker,
                                                   const ModelOptions& options,
                                                   const ChoiceRequest& request);
  ChoiceStatus status() const noexcept { return choice_.status; }
  // One row: status, found, members (their number), sum (of weights, whole, as text), nodes, bound
  // (likewise; null where the sum is proved, or nothing is known).
  Table about() const;
  Table members() const;  // member, weight

 private:
  BestCommittee() = default;
  std::shared_ptr<const Checker> checker_;
  Choice choice_;
  std::vector<std::int64_t> weights_;
};

struct DepartureOf {
  std::vector<std::string_view> members, leaving, unavailable;  // ids
};
// The nominees with these ids, each list ascending. Throws Error(not_found) and
// Error(invalid_argument) as Replacement::make does.
Departure departure_of(const Nominees& nominees, const DepartureOf& ids);

// Members leave: who may join. Immutable.
class Replacement {
 public:
  // Throws as above, Error(not_found) for ids that are no nominees' (with the nearest), and
  // Error(invalid_argument) for those that do not belong where they stand.
  static std::shared_ptr<const Replacement> make(std::shared_ptr<const Checker> checker,
                                                 const DepartureOf& departure,
                                                 const ModelOptions& options,
                                                 const ReplacementRequest& request);
  LotteryStatus status() const noexcept { return found_.status; }
  // One row: status, rule (that the chances follow: "even" or "alike"), complete, candidates
  // (their number), changes ("proved", "bound", ...: of the fewest changes; null where not asked).
  Table about() const;
  // A row a candidate: id, probability (to join), exact, alike (of the type of one who leaves).
  Table candidates() const;
  // Where nobody, or no group of as many as places, can join: the fewest changes that make a
  // committee of those who stay and others: member, change ("leaves", "joins"). Else without rows.
  Table changes() const;
  // The lottery over who joins, as a document. Throws Error(state) where there is none.
  std::string document() const;

 private:
  Replacement() = default;
  std::shared_ptr<const Checker> checker_;
  ModelOptions options_;
  Replacements found_;
  std::optional<Changes> changes_;
};

}  // namespace partnership
