// SPDX-License-Identifier: Apache-2.0
//
// When members leave: who can take their places and with which chances, what is the least to be
// changed where nobody can, and whom to choose in advance, before anybody has left.
//
// A nominee is *admissible* when the members who stay, the nominee, and as many others as there are
// places left, are a committee of the model together. Auxiliary columns (who fills which place,
// which values a spread counts) are free: members who stay may fill another place than before.
//
// # What is fair
//
// The lottery gave each nominee a chance to sit. Whoever comes later than by the lottery sits
// besides: nobody's chance falls below what the lottery gave. What is left to share out is a
// lottery of its own, over what completes the members who stay. Two rules:
//
// - even: the leximin lottery over the completions, the same objective as before for those who are
//   still waiting (Flanigan, Goelz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting
//   citizens' assemblies", Nature 596, 2021). For one place that is: every admissible nominee is as
//   likely as any other. For several: their chances are as equal, from the least upwards, as the
//   criteria let them be.
// - alike: like for like. Each place goes to a nominee of the type of the member who left, all of
//   these equally likely; what the committee is made of stays what was drawn, and so do the
//   expected seats of each type, whoever leaves. Where there are too few of a type, or they do not
//   make a committee, it is as with even, and the answer says so.
//
// Not offered is the lottery's own distribution, conditional on the members who stay: the panels of
// a lottery are few and one choice of many with the same probabilities, and mostly the one drawn is
// the only one that has all who stay.
//
// # Alternates
//
// Chosen before anybody leaves, so that as many departures as possible of a single member can be
// made good by one of them (the covering that "Alternates, assemble! Selecting optimal alternates
// for citizens' assemblies", Assos, Baharav, Flanigan, Procaccia, EC 2025, calls the binary loss,
// for one departure; weights stand for what is known of who leaves). It is a maximum coverage
// problem, solved by a greedy choice (at least 1 - 1/e of the best) and then by integer search,
// with a proof that no choice covers more. Among choices that cover as much, one is sought that
// covers as much as possible twice, in case an alternate declines.
//
// What it will not do: draw (draw.hpp), or call proved what it has not proved. Nominees of a type
// have equal chances. The same request gives the same answer on the same machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/rational.hpp"
#include "committee/lottery.hpp"
#include "committee/panel_model.hpp"

namespace partnership {

struct Departure {
  // Nominees of the model, in any order, each once. The committee need not have met the model.
  std::vector<std::uint32_t> members;      // before the departure
  std::vector<std::uint32_t> leaving;      // of the members; they do not come back
  std::vector<std::uint32_t> unavailable;  // others, who cannot join
};

enum class ReplacementRule : std::uint8_t { even, alike };

struct ReplacementRequest {
  ReplacementRule rule = ReplacementRule::even;
  std::optional<std::uint32_t> places;  // how many come; none: as many as leave
  LotteryRequest search;                // its limits, pace and delta; always leximin
};

struct Candidate {
  std::uint32_t nominee;
  Rational probability;  // to join, under `lottery`
  bool alike;            // of the type of a member who leaves
};

// A model of those who may join: a committee of it completes the members who stay.
struct CompletionModel {
  PanelModel model;
  std::vector<std::uint32_t> nominees;  // of its nominees: which they are, ascending
};

struct Replacements {
  // proved: these are all candidates and no lottery is better. infeasible: nobody, or no group of
  // as many as places, can join: see fewest_changes. Others: as for a lottery; candidates then are
  // those that were found.
  LotteryStatus status = LotteryStatus::trouble;
  bool complete = false;              // those who stay are a committee without anybody else
  bool alike = false;                 // the chances are those of the rule `alike`
  std::vector<Candidate> candidates;  // admissible, ascending by nominee
  CompletionModel completion;         // empty where its bounds alone leave nothing
  // Over completion.model. For one place it has no levels: who is admissible was looked at one by
  // one. compose_lottery(completion.model) makes one with a certificate.
  Lottery lottery;
};

// Throws Error(invalid_argument) for a nominee that the model does not have, or is named twice, or
// where it does not belong; and what compose_lottery throws.
Replacements find_replacements(const PanelModel& model, const Departure& departure,
                               const ReplacementRequest& request = {});

struct Changes {
  // proved: nothing less will do. bound: `members` will do; that nothing less does is not proved.
  // infeasible: without those who cannot come there is no committee at all, which is proved.
  LotteryStatus status = LotteryStatus::trouble;
  // One committee with the fewest changes. Of a type those with the lowest index leave and join; it
  // is for the caller to draw them, since they are alike.
  std::vector<std::uint32_t> members;  // ascending
  std::vector<std::uint32_t> leave;    // members who would have stayed, ascending
  std::vector<std::uint32_t> join;     // ascending
  std::int64_t nodes = 0, leaves = 0;  // of the proof's tree
};

// The fewest changes that make a committee: first as few further members as possible leave, then as
// few nominees as possible join. Found by integer search and proved by a tree of exact
// inequalities (solver/branch_proof.hpp). Throws as above, and Error(limit) where the model's
// numbers are too large for the search.
Changes fewest_changes(const PanelModel& model, const Departure& departure,
                       const LotteryRequest& search = {});

struct AlternatesRequest {
  std::uint32_t count = 1;                 // alternates, at most
  std::vector<std::uint32_t> unavailable;  // not members, who cannot be alternates
  std::vector<std::uint32_t> weights;      // a member each, 1 to 1,000,000: how much its departure
                                           // counts; empty: all the same
  std::string seed;                        // of who, among those who cover the same, is chosen
  LotteryRequest search;
};

struct Alternates {
  struct Cover {
    std::uint32_t member;
    std::vector<std::uint32_t> by;  // alternates, each of whom can take the member's place
    bool possible;                  // somebody in the pool can
  };
  // proved: no other choice covers more. bound: none covers more than `most`. limit, cancelled,
  // trouble: who covers whom is not known of all (no alternates then).
  LotteryStatus status = LotteryStatus::trouble;
  std::vector<std::uint32_t> alternates;  // ascending
  std::vector<Cover> covers;              // a member each, as given
  std::int64_t covered = 0;               // weights of members covered
  std::int64_t twice = 0;                 // by two or more
  std::int64_t most = 0;                  // no choice of as many covers more
  std::int64_t possible = 0;              // by as many alternates as one likes
};

// Throws as above, also for weights that are not one a member or out of range.
Alternates choose_alternates(const PanelModel& model, const std::vector<std::uint32_t>& members,
                             const AlternatesRequest& request);

}  // namespace partnership
