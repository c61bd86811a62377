// SPDX-License-Identifier: Apache-2.0
//
// A minimal conflict by deletion: one criterion after the other is left out; where the others can
// be met without it, it is needed, and the solution that was found is its witness to the end, since
// fewer and fewer criteria have to be met.
#include <algorithm>
#include <unordered_map>

#include "committee/compiled.hpp"
#include "committee/infeasible_search.hpp"

namespace partnership::infeasible {
namespace {

using Part = RowOrigin::Part;
using solver::Status;

}  // namespace

ConflictSearch::ConflictSearch(const Checker& checker, const BuiltModel& built,
                               lottery::Watch& watch)
    : checker_(checker),
      built_(built),
      watch_(watch),
      program_(program_of(built.model)),
      solver_(program_) {
  gather_groups();
}

void ConflictSearch::gather_groups() {
  std::unordered_map<std::string_view, std::size_t> at;
  const auto& rows = built_.model.rows;
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    const auto [found, fresh] = at.emplace(rows[r].criterion, groups_.size());
    if (fresh) groups_.emplace_back().criterion = rows[r].criterion;
    groups_[found->second].rows.push_back(r);
  }
}

// Tells the solver which rows of a group count.
void ConflictSearch::apply(const Group& group) {
  for (const std::uint32_t r : group.rows) {
    const auto& row = program_.rows[r];
    solver_.set_row(static_cast<std::int32_t>(r),
                    group.active && group.least ? row.lower : -solver::no_bound,
                    group.active && group.most ? row.upper : solver::no_bound);
  }
}

void ConflictSearch::activate(Group& group, bool active) {
  group.active = active;
  apply(group);
}

Found ConflictSearch::ask() {
  solver::IntegerQuestion question;
  question.first = true;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  solver::IntegerAnswer answer = solver_.solve(question);
  watch_.nodes_left -= answer.nodes;
  if (!answer.values.empty()) {
    values_ = std::move(answer.values);
    return Found::yes;
  }
  return answer.status == Status::infeasible ? Found::no : Found::unknown;
}

Found ConflictSearch::feasible() {
  return ask();
}

// The many rows of at_most_per go first, then what comes last in the document: what stays is easier
// to read. False where something could not be decided.
bool ConflictSearch::reduce() {
  std::vector<Group*> values, others;
  for (std::size_t g = groups_.size(); g-- > 0;) {
    const std::uint32_t rule = built_.origins[groups_[g].rows.front()].rule;
    const bool of_values =
        rule != RowOrigin::no_rule && checker_.criteria()->rules[rule].kind == Kind::at_most_per;
    (of_values ? values : others).push_back(&groups_[g]);
  }
  const bool certain = leave_out(values);
  return leave_out(others) && certain;
}

// As many of these as can be, all at once where that goes, else half by half.
bool ConflictSearch::leave_out(std::span<Group* const> list) {
  bool certain = true;
  std::vector<std::span<Group* const>> open;
  if (!list.empty()) open.push_back(list);
  while (!open.empty()) {
    const std::span<Group* const> some = open.back();
    open.pop_back();
    for (Group* const group : some) activate(*group, false);
    const Found found = ask();
    if (found == Found::no) continue;
    for (Group* const group : some) activate(*group, true);
    if (some.size() > 1) {
      open.push_back(some.subspan(some.size() / 2));
      open.push_back(some.first(some.size() / 2));
      continue;
    }
    if (found == Found::yes) some.front()->witness = values_;
    certain = certain && found == Found::yes;
  }
  return certain;
}

bool ConflictSearch::drop_end(Group& group, bool Group::*end) {
  const bool both =
      std::any_of(group.rows.begin(), group.rows.end(),
                  [&](std::uint32_t r) { return program_.rows[r].lower != -solver::no_bound; }) &&
      std::any_of(group.rows.begin(), group.rows.end(),
                  [&](std::uint32_t r) { return program_.rows[r].upper != solver::no_bound; });
  if (!both) return false;
  group.*end = false;
  apply(group);
  if (ask() == Found::no) return true;
  group.*end = true;
  apply(group);
  return false;
}

// Which ends of criteria that have two are needed.
void ConflictSearch::reduce_ends() {
  for (Group& group : groups_) {
    if (!group.active) continue;
    if (built_.origins[group.rows.front()].part == Part::structure) continue;
    if (!drop_end(group, &Group::least)) drop_end(group, &Group::most);
  }
}

// Empty where the limits come first, or half of the nodes, since the rest is for relaxations;
// nothing where there is a committee after all, against what the search had found.
std::optional<Proof> ConflictSearch::prove() {
  solver::ProofQuestion question;
  question.bound = Rational(-1);
  question.limits.nodes = watch_.nodes_left - watch_.nodes_left / 2;
  question.limits.stop = watch_.stops();
  const solver::ProofAnswer answer = solver::prove_bound(solver_.program(), question);
  watch_.nodes_left -= answer.nodes;
  if (answer.status == Status::infeasible) return std::nullopt;
  if (answer.status != Status::optimal) return Proof();
  return proof_of(answer.proof, watch_.numbers_left).value_or(Proof());
}

std::optional<Conflict> ConflictSearch::find() {
  const bool minimal = reduce();
  reduce_ends();
  std::optional<Proof> proof = prove();
  if (!proof) return std::nullopt;
  return conflict(std::move(*proof), minimal);
}

Conflict ConflictSearch::conflict(Proof proof, bool minimal) {
  Conflict conflict;
  conflict.proof = std::move(proof);
  conflict.minimal = minimal;
  for (Group& group : groups_) {
    if (!group.active) continue;
    conflict.parts.push_back(part_of(group));
    conflict.rows.insert(conflict.rows.end(), group.rows.begin(), group.rows.end());
    if (!minimal) continue;
    ConflictOf::Witness& witness = conflict.witnesses.emplace_back();
    witness.without = group.criterion;
    for (std::uint32_t c = 0; c < group.witness->size(); ++c) {
      const std::int64_t value = (*group.witness)[c];
      if (value != 0) witness.values.push_back({c, static_cast<std::int32_t>(value)});
    }
  }
  std::sort(conflict.rows.begin(), conflict.rows.end());
  return conflict;
}

ConflictPart ConflictSearch::part_of(Group& group) {
  ConflictPart part;
  part.criterion = group.criterion;
  part.origin = built_.origins[group.rows.front()];
  const auto any = [&](auto test) {
    return std::any_of(group.rows.begin(), group.rows.end(), test);
  };
  part.least = group.least &&
               any([&](std::uint32_t r) { return program_.rows[r].lower != -solver::no_bound; });
  part.most = group.most &&
              any([&](std::uint32_t r) { return program_.rows[r].upper != solver::no_bound; });
  if (part.origin.part == Part::structure) part.least = part.most = false;
  part.nominees = nominees_of(group, part.least);
  count_out(group, part);
  return part;
}

// Who counts for a criterion: of a place, who qualifies for it.
std::int64_t ConflictSearch::nominees_of(const Group& group, bool least) const {
  const RowOrigin& origin = built_.origins[group.rows.front()];
  const std::uint32_t n = checker_.nominees()->count();
  std::vector<bool> counts(n, false);
  if (origin.place >= 0) {
    const Checker::Compiled& compiled = checker_.compiled(origin.rule);
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto& type = compiled.types[compiled.type_of[i]];
      counts[i] = (((least ? type.certain : type.possible) >> origin.place) & 1) != 0;
    }
  } else {
    const PanelModel& model = built_.model;
    for (const std::uint32_t r : group.rows) {
      for (const PanelModel::Term& term : model.rows[r].terms) {
        // Of a share, the negative terms are of those who only make the whole larger.
        const bool of_share = built_.origins[r].part == Part::share_least ||
                              built_.origins[r].part == Part::share_most;
        if (term.column >= model.type_count() || (of_share && term.coefficient < 0)) continue;
        for (const std::uint32_t i : model.types[term.column]) counts[i] = true;
      }
    }
  }
  return std::count(counts.begin(), counts.end(), true);
}

// What is asked, and how far the other criteria let it come.
void ConflictSearch::count_out(Group& group, ConflictPart& part) {
  std::optional<std::uint32_t> least_row, most_row;
  for (const std::uint32_t r : group.rows) {
    const RowOrigin& origin = built_.origins[r];
    if (origin.part == Part::structure || origin.unit != 1) continue;
    const auto& row = program_.rows[r];
    if (part.least && row.lower != -solver::no_bound &&
        (!least_row || row.lower > program_.rows[*least_row].lower)) {
      least_row = r;
      part.asked_least = row.lower;
    }
    if (part.most && row.upper != solver::no_bound &&
        (!most_row || row.upper < program_.rows[*most_row].upper)) {
      most_row = r;
      part.asked_most = row.upper;
    }
  }
  if (least_row) part.reach_most = extreme(group, *least_row, true);
  if (most_row) part.reach_least = extreme(group, *most_row, false);
}

// How far a row's sum can go where this one end of it does not hold.
std::optional<std::int64_t> ConflictSearch::extreme(Group& group, std::uint32_t row, bool largest) {
  const solver::IntegerProgram::Row before = solver_.program().rows[row];
  solver_.set_row(static_cast<std::int32_t>(row), largest ? -solver::no_bound : before.lower,
                  largest ? before.upper : solver::no_bound);
  std::vector<double> costs(program_.columns.size(), 0);
  for (const auto& term : program_.rows[row].terms) {
    costs[static_cast<std::size_t>(term.column)] =
        static_cast<double>(largest ? -term.coefficient : term.coefficient);
  }
  solver::IntegerQuestion question;
  question.costs = costs;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  const solver::IntegerAnswer answer = solver_.solve(question);
  watch_.nodes_left -= answer.nodes;
  apply(group);
  if (answer.status != Status::optimal) return std::nullopt;
  std::int64_t sum = 0;
  for (const auto& term : program_.rows[row].terms) {
    sum += term.coefficient * answer.values[static_cast<std::size_t>(term.column)];
  }
  return sum;
}

}  // namespace partnership::infeasible
