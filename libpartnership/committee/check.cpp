// SPDX-License-Identifier: Apache-2.0
#include "committee/compiled.hpp"

namespace partnership {
namespace {

Outcome places_outcome(const PlaceProblem& problem, std::span<const PlaceGroup> groups) {
  if (!problem.holds(View::hopeful, problem.all())) return Outcome::not_met;
  bool all_known = true;
  for (const PlaceGroup& group : groups) all_known = all_known && group.certain == group.possible;
  if (all_known || problem.holds(View::certain, problem.all())) return Outcome::met;
  return Outcome::undetermined;
}

Tally tally_of(const Criteria& criteria, const Rule& rule, const Checker::Compiled& compiled,
               std::span<const std::uint32_t> members, Scratch& scratch) {
  const auto multiple = [&] { return criteria.attributes[rule.who.attribute].multiple; };
  switch (rule.kind) {
    case Kind::size:
      return tally_size(rule, static_cast<std::int64_t>(members.size()));
    case Kind::quota:
    case Kind::where:
      return tally_quota(rule, compiled.codes, members);
    case Kind::each: {
      const std::int64_t unknown = gather_runs(compiled, members, scratch);
      return tally_each(rule, multiple(), scratch.runs, unknown);
    }
    case Kind::spread: {
      const std::int64_t unknown = gather_runs(compiled, members, scratch);
      return tally_spread(rule, multiple(), scratch.runs, unknown);
    }
    case Kind::at_most_per: {
      const std::int64_t unknown = gather_runs(compiled, members, scratch);
      return tally_at_most_per(rule, scratch.runs, unknown);
    }
    case Kind::must_include:
    case Kind::must_exclude:
    case Kind::incompatible:
      return tally_members(rule, compiled.codes, members);
    case Kind::places: {
      gather_groups(compiled, members, scratch);
      const PlaceProblem problem(scratch.groups, compiled.bounds, rule.exactly_one);
      Tally tally;
      tally.outcome = places_outcome(problem, scratch.groups);
      return tally;
    }
  }
  return {};
}

// Not met outweighs undetermined, which outweighs met.
Outcome worse(Outcome a, Outcome b) noexcept {
  if (a == Outcome::not_met || b == Outcome::not_met) return Outcome::not_met;
  if (a == Outcome::undetermined || b == Outcome::undetermined) return Outcome::undetermined;
  return Outcome::met;
}

}  // namespace

Check::Check(std::shared_ptr<const Checker> checker, std::vector<std::uint32_t> members, Date on)
    : checker_(std::move(checker)), members_(std::move(members)), on_(on) {
  const Criteria& criteria = *checker_->criteria_;
  tallies_.resize(criteria.rules.size());
  Scratch scratch;
  for (std::size_t r = 0; r < criteria.rules.size(); ++r) {
    const Rule& rule = criteria.rules[r];
    Tally& tally = tallies_[r];
    if (rule.in_force(on)) {
      tally = tally_of(criteria, rule, checker_->rules_[r], members_, scratch);
      outcome_ = worse(outcome_, tally.outcome);
    } else {
      tally.outcome = Outcome::not_applicable;
    }
  }
}

const Checker::Compiled& Check::compiled(std::uint32_t rule) const noexcept {
  return checker_->rules_[rule];
}

}  // namespace partnership
