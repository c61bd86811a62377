// SPDX-License-Identifier: Apache-2.0
//
// Inside of infeasible.cpp: the search for a minimal conflict, and the search for relaxations.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "committee/infeasible.hpp"
#include "committee/lottery_watch.hpp"
#include "committee/model_program.hpp"

namespace partnership::infeasible {

enum class Found : std::uint8_t { yes, no, unknown };

// Rows of a model, a criterion at a time in force or not.
class ConflictSearch {
 public:
  ConflictSearch(const Checker& checker, const BuiltModel& built, lottery::Watch& watch);

  // Whether there is a committee; its columns are values() then.
  Found feasible();
  const std::vector<std::int64_t>& values() const noexcept { return values_; }

  // Of a model without a committee. Nothing where the limits came before there was any proof.
  std::optional<Conflict> find();

 private:
  struct Group {  // the rows of one criterion
    std::string criterion;
    std::vector<std::uint32_t> rows;
    bool active = true;
    bool least = true, most = true;  // which ends count, while active
    std::optional<std::vector<std::int64_t>> witness;
  };
  void gather_groups();
  void apply(const Group& group);
  void activate(Group& group, bool active);
  Found ask();
  bool reduce();
  bool leave_out(std::span<Group* const> list);
  void reduce_ends();
  bool drop_end(Group& group, bool Group::*end);
  std::optional<Proof> prove();
  Conflict conflict(Proof proof, bool minimal);
  ConflictPart part_of(Group& group);
  void count_out(Group& group, ConflictPart& part);
  std::int64_t nominees_of(const Group& group, bool least) const;
  std::optional<std::int64_t> extreme(Group& group, std::uint32_t row, bool largest);

  const Checker& checker_;
  const BuiltModel& built_;
  lottery::Watch& watch_;
  solver::IntegerProgram program_;
  solver::IntegerSolver solver_;
  std::vector<Group> groups_;
  std::vector<std::int64_t> values_;
};

// A number of the criteria that may be moved, and how far.
struct Slack {
  std::uint32_t rule;
  std::int32_t place;
  Change::What what;
  Reach reach;                  // from which on it may be moved at will
  std::int64_t room, flexible;  // at most, and by `flexible`
  std::int32_t column = -1;     // of the program
};

class RelaxationSearch {
 public:
  RelaxationSearch(const std::shared_ptr<const Checker>& checker, const ModelOptions& options,
                   lottery::Watch& watch);

  // The cheapest of this reach.
  std::optional<Relaxation> cheapest(Reach reach);
  // The cheapest ones that move one number alone, each of these of a criterion of the conflict.
  std::vector<Relaxation> alone(const Conflict& conflict);
  bool ended() const noexcept { return ended_; }  // the limits came first

 private:
  void add_slacks(std::uint32_t row);
  void add_slack(std::uint32_t row, Change::What what, Reach reach, std::int64_t room,
                 std::int64_t flexible, std::int64_t coefficient);
  std::optional<Relaxation> solve(Reach reach);
  std::optional<Relaxation> relaxation(const std::vector<std::int64_t>& values, Reach reach) const;
  void add_changes(const Slack& slack, std::int64_t by, const std::vector<std::uint32_t>& committee,
                   std::vector<Change>& changes) const;
  void add_spread(const Slack& slack, std::int64_t by, Change change,
                  std::vector<Change>& changes) const;
  std::string share_of(const Slack& slack, const std::vector<std::uint32_t>& committee) const;

  std::shared_ptr<const Checker> checker_;
  const Criteria& criteria_;
  ModelOptions options_;
  lottery::Watch& watch_;
  BuiltModel built_;
  solver::IntegerProgram program_;
  std::vector<Slack> slacks_;
  std::optional<solver::IntegerSolver> solver_;
  bool ended_ = false;
};

}  // namespace partnership::infeasible
