// SPDX-License-Identifier: Apache-2.0
//
// Alternates chosen before anybody leaves, as tables: the facade over choose_alternates
// (replace.hpp), where it is written what they are to cover and what is proved of them.
//
// What it will not do: say who joins when a member does leave. That is replacement.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "committee/checker.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/replace.hpp"

namespace partnership {

struct AlternatesOf {
  std::vector<std::string_view> members, unavailable;  // ids
  std::span<const std::int64_t> weights;  // one a member, in their order; empty: all the same
};

// Immutable.
class ChosenAlternates {
 public:
  // `request` gives the count, the seed and the search. Throws the errors of build_model,
  // Error(not_found) for ids that are no nominees', Error(invalid_argument) for those that do not
  // belong where they stand and for weights that are not one a member from 1 to 1,000,000, and
  // Error(cancelled).
  static std::shared_ptr<const ChosenAlternates> make(std::shared_ptr<const Checker> checker,
                                                      const AlternatesOf& of,
                                                      const ModelOptions& options,
                                                      AlternatesRequest request);
  LotteryStatus status() const noexcept { return chosen_.status; }
  // One row: status, members, alternates (their numbers), weight (of all members), covered, twice
  // (of these: by two or more), most (no choice covers more), possible (by as many alternates as
  // one likes). The last four are null where it is not known who covers whom.
  Table about() const;
  // A row an alternate: id, covers (members whose places the alternate can take), weight (theirs).
  Table alternates() const;
  // A row a member and alternate who can take the member's place; one with a null for a member whom
  // nobody covers: member, weight, possible (somebody among the nominees can), alternate.
  Table covers() const;

 private:
  ChosenAlternates() = default;
  bool known() const noexcept;
  std::int64_t weight_of(std::uint32_t member) const;

  std::shared_ptr<const Checker> checker_;
  std::vector<std::uint32_t> members_;  // ascending
  std::vector<std::uint32_t> weights_;  // theirs
  Alternates chosen_;
};

}  // namespace partnership
