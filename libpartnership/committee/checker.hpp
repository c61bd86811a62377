// SPDX-License-Identifier: Apache-2.0
//
// The check: is a committee as its criteria demand, by how much, by whom, and if not, what cannot
// hold together. What it will not do: look for a committee.
//
// Criteria and nominees are compiled once (Checker); a check of some members is then a matter of
// microseconds. The tables of the answer are made only when they are asked for.
//
// What is not known. A nominee's null attribute may be any value or none (several where the
// attribute is `multiple`, or not declared). `met` and `not met` hold whatever it is; else the
// criterion is undetermined. Every kind but `places` is exact in this sense, a criterion at a time:
// it is undetermined if and only if one completion of the facts meets it and another does not. For
// a quota `within` an attribute this considers both facts together, and the shares of a number that
// is itself not known. For `places` see places.hpp: `not met` is exact, `met` is exact for "at most
// one", and sound but not complete for "exactly one". The whole check is not met when any criterion
// is, else undetermined when any is; criteria that are undetermined each may exclude each other all
// the same.
//
// A share of nobody (within a group without members) is met.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "committee/criteria.hpp"
#include "committee/nominees.hpp"

namespace partnership {

// The values are those of PSHIP_MET ... in include/partnership/committee.h and are frozen.
enum class Outcome : std::int32_t { met = 1, not_met = 2, undetermined = 3, not_applicable = 4 };
std::string_view outcome_name(Outcome outcome) noexcept;  // "met", "not met", ...

inline constexpr std::int64_t no_bound = -1;

// The answer to one rule. What is counted: members; for `each` and `spread` values (those that have
// enough members), for `at_most_per` the members of the most crowded value. Of a rule of places
// only the outcome is here; its places are judged when the tables are made.
struct Tally {
  Outcome outcome = Outcome::met;
  std::int64_t count = 0;         // for certain
  std::int64_t unknown = 0;       // members who may count, or change what is counted
  std::int64_t least = no_bound;  // shares turned into counts; where the number that a share is of
  std::int64_t most = no_bound;   // is not known, the smallest least and the largest most
};

class Check;

// Criteria compiled for nominees. Immutable; may be shared between threads.
class Checker : public std::enable_shared_from_this<Checker> {
 public:
  static std::shared_ptr<const Checker> make(std::shared_ptr<const Criteria> criteria,
                                             std::shared_ptr<const Nominees> nominees);
  ~Checker();

  // `members`: indices of nominees, ascending (as Nominees::members gives them). `on`: the day
  // whose criteria hold; date_none: all criteria, whatever their dates. Throws
  // Error(invalid_argument) when the members are not ascending or no nominees;
  // Error(invalid_document) with every member whose facts the criteria's closed lists do not know,
  // or who has several values where one is allowed.
  Check check(std::vector<std::uint32_t> members, Date on) const;
  Check check_all(Date on) const;  // every nominee

  struct Compiled;  // a rule, compiled: compiled.hpp
  const Compiled& compiled(std::uint32_t rule) const noexcept;
  // Throws what check() throws of these members, or of all nominees.
  void refuse_faults(std::span<const std::uint32_t> members) const;
  void refuse_faults() const;

  const std::shared_ptr<const Criteria>& criteria() const noexcept { return criteria_; }
  const std::shared_ptr<const Nominees>& nominees() const noexcept { return nominees_; }

 private:
  friend class Check;
  Checker(std::shared_ptr<const Criteria> criteria, std::shared_ptr<const Nominees> nominees);
  void compile_places(const Rule& rule, Compiled& compiled) const;

  std::shared_ptr<const Criteria> criteria_;
  std::shared_ptr<const Nominees> nominees_;
  std::vector<Compiled> rules_;
  std::vector<std::uint8_t> faulty_;  // 1: a nominee whose facts break what the criteria declare;
                                      // empty when there is none
};

// A finished answer. Immutable; may be shared between threads.
class Check {
 public:
  Outcome outcome() const noexcept { return outcome_; }
  Date on() const noexcept { return on_; }
  std::span<const std::uint32_t> members() const noexcept { return members_; }
  const Checker& checker() const noexcept { return *checker_; }
  const Tally& tally(std::uint32_t rule) const noexcept { return tallies_[rule]; }
  const Checker::Compiled& compiled(std::uint32_t rule) const noexcept;

  // One row a criterion, in the document's order: criterion, kind, label, outcome, count, unknown,
  // least, most, reason (as Tally). Of a place: who fills it for certain in the best seating that
  // was found, and who may qualify for it and is not seated. A place is not met when it is in a
  // minimal unmet set, undetermined when it is in a minimal set that is unmet in the worst case,
  // else met, jointly with all other places that are.
  Table criteria(Language language) const;
  // Who counts where: criterion, member, value (null where no value counts or it is not known),
  // certain. A member who counts by several values has a row for each. Nobody is listed for `size`,
  // for which all count.
  Table counts() const;
  // Minimal unmet sets: set (from 1), criterion. A criterion other than a place is a set by itself.
  // A set of places cannot be filled together, while without any one of them the others can (a
  // place left out asks nothing and takes anyone). Sets of one rule share no place, and without all
  // of them the rest of the rule holds: there may be other minimal sets, but each has a place in
  // one of these. What may or may not be met is in no set.
  Table unmet() const;

 private:
  friend class Checker;
  Check(std::shared_ptr<const Checker> checker, std::vector<std::uint32_t> members, Date on);

  std::shared_ptr<const Checker> checker_;
  std::vector<std::uint32_t> members_;
  std::vector<Tally> tallies_;  // a rule each
  Date on_;
  Outcome outcome_ = Outcome::met;
};

}  // namespace partnership
