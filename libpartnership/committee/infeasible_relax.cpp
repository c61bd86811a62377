// SPDX-License-Identifier: Apache-2.0
//
// Relaxations: the model with a column for each number that may be moved, which adds to what is too
// little or takes from what is too much, and the least sum of these columns.
#include <algorithm>

#include "committee/compiled.hpp"
#include "committee/infeasible_search.hpp"

namespace partnership::infeasible {
namespace {

using Part = RowOrigin::Part;
using What = Change::What;
using solver::Status;

ModelOptions every_row(ModelOptions options) {
  options.every_row = true;
  return options;
}

// As far as `flexible` lets a bound go.
std::int64_t lowered(const Bounds& bounds) {
  return bounds.flexible_least ? *bounds.least - *bounds.flexible_least : 0;
}
std::int64_t raised(const Bounds& bounds) {
  return bounds.flexible_most ? *bounds.flexible_most - *bounds.most : 0;
}

}  // namespace

RelaxationSearch::RelaxationSearch(const std::shared_ptr<const Checker>& checker,
                                   const ModelOptions& options, lottery::Watch& watch)
    : checker_(checker),
      criteria_(*checker->criteria()),
      options_(options),
      watch_(watch),
      built_(build_model(*checker, every_row(options))),
      program_(program_of(built_.model)) {
  for (std::uint32_t r = 0; r < built_.model.rows.size(); ++r) add_slacks(r);
  solver_.emplace(program_);
}

void RelaxationSearch::add_slacks(std::uint32_t row) {
  const RowOrigin& origin = built_.origins[row];
  if (origin.part == Part::option || origin.part == Part::structure) return;
  const Rule& rule = criteria_.rules[origin.rule];
  const auto everyone = static_cast<std::int64_t>(built_.model.nominees);
  if (origin.part == Part::share_least) {
    return add_slack(row, What::share_least, Reach::numbers, everyone, 0, origin.unit);
  }
  if (origin.part == Part::share_most) {
    return add_slack(row, What::share_most, Reach::numbers, everyone, 0, -origin.unit);
  }
  const bool listed = rule.kind == Kind::must_include || rule.kind == Kind::must_exclude;
  const Reach reach = listed                    ? Reach::members
                      : rule.kind == Kind::size ? Reach::size
                                                : Reach::numbers;
  const auto& bounds = program_.rows[row];
  if (const std::int64_t least = bounds.lower; least > 0) {
    const What what = rule.kind == Kind::must_include ? What::include : What::least;
    add_slack(row, what, reach, least, lowered(rule.bounds), 1);
  }
  if (bounds.upper != solver::no_bound) {
    const What what = rule.kind == Kind::must_exclude ? What::exclude : What::most;
    add_slack(row, what, reach, everyone, raised(rule.bounds), -1);
  }
}

// One column for all rows in which the number stands.
void RelaxationSearch::add_slack(std::uint32_t row, What what, Reach reach, std::int64_t room,
                                 std::int64_t flexible, std::int64_t coefficient) {
  const RowOrigin& origin = built_.origins[row];
  auto at = std::find_if(slacks_.begin(), slacks_.end(), [&](const Slack& slack) {
    return slack.rule == origin.rule && slack.place == origin.place && slack.what == what;
  });
  if (at == slacks_.end()) {
    const auto column = static_cast<std::int32_t>(program_.columns.size());
    slacks_.push_back({origin.rule, origin.place, what, reach, room, flexible, column});
    program_.columns.push_back({0, 0});
    at = slacks_.end() - 1;
  }
  program_.rows[row].terms.push_back({at->column, coefficient});
}

std::optional<Relaxation> RelaxationSearch::cheapest(Reach reach) {
  bool any = false;
  for (const Slack& slack : slacks_) {
    const std::int64_t room = slack.reach <= reach ? slack.room : slack.flexible;
    any = any || room > 0;
    solver_->set_column(slack.column, 0, room);
  }
  return any ? solve(reach) : std::nullopt;
}

std::vector<Relaxation> RelaxationSearch::alone(const Conflict& conflict) {
  std::vector<Relaxation> found;
  for (const Slack& slack : slacks_) solver_->set_column(slack.column, 0, 0);
  for (const Slack& slack : slacks_) {
    const bool least =
        slack.what == What::least || slack.what == What::share_least || slack.what == What::include;
    const bool asked =
        std::any_of(conflict.parts.begin(), conflict.parts.end(), [&](const ConflictPart& part) {
          return part.origin.rule == slack.rule && part.origin.place == slack.place &&
                 (least ? part.least : part.most);
        });
    if (!asked) continue;
    solver_->set_column(slack.column, 0, slack.room);
    std::optional<Relaxation> relaxation = solve(slack.reach);
    if (relaxation && relaxation->cost <= slack.flexible) relaxation->reach = Reach::flexible;
    if (relaxation) found.push_back(std::move(*relaxation));
    solver_->set_column(slack.column, 0, 0);
  }
  return found;
}

std::optional<Relaxation> RelaxationSearch::solve(Reach reach) {
  std::vector<double> costs(program_.columns.size(), 0);
  for (const Slack& slack : slacks_) costs[static_cast<std::size_t>(slack.column)] = 1;
  solver::IntegerQuestion question;
  question.costs = costs;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  const solver::IntegerAnswer answer = solver_->solve(question);
  watch_.nodes_left -= answer.nodes;
  if (answer.status != Status::optimal && answer.status != Status::infeasible) ended_ = true;
  if (answer.values.empty()) return std::nullopt;
  std::optional<Relaxation> relaxation = this->relaxation(answer.values, reach);
  if (!relaxation) ended_ = true;
  if (relaxation) relaxation->cheapest = answer.status == Status::optimal;
  return relaxation;
}

// Nothing where the check does not agree, which would be a fault of the model.
std::optional<Relaxation> RelaxationSearch::relaxation(const std::vector<std::int64_t>& values,
                                                       Reach reach) const {
  Relaxation relaxation;
  relaxation.reach = reach;
  relaxation.committee = members_of(built_.model, values);
  for (const Slack& slack : slacks_) {
    const std::int64_t by = values[static_cast<std::size_t>(slack.column)];
    if (by == 0) continue;
    relaxation.cost += by;
    add_changes(slack, by, relaxation.committee, relaxation.changes);
  }
  const auto changed = Checker::make(relaxed(criteria_, relaxation.changes), checker_->nominees());
  const auto size = static_cast<std::int64_t>(relaxation.committee.size());
  const bool good = changed->check(relaxation.committee, options_.on).outcome() == Outcome::met &&
                    size >= options_.size_least.value_or(0) &&
                    size <= options_.size_most.value_or(size);
  return good ? std::optional(std::move(relaxation)) : std::nullopt;
}

void RelaxationSearch::add_changes(const Slack& slack, std::int64_t by,
                                   const std::vector<std::uint32_t>& committee,
                                   std::vector<Change>& changes) const {
  const Rule& rule = criteria_.rules[slack.rule];
  Change change;
  change.criterion = criteria_.row_id({slack.rule, slack.place});
  change.rule = slack.rule;
  change.place = slack.place;
  change.what = slack.what;
  change.by = by;
  change.flexible = by <= slack.flexible;
  const auto add = [&](std::string from, std::string to) {
    change.from = std::move(from);
    change.to = std::move(to);
    changes.push_back(change);
  };
  const PlaceRule* place =
      slack.place < 0 ? nullptr : &rule.places[static_cast<std::size_t>(slack.place)];
  switch (slack.what) {
    case What::least:
      if (rule.kind == Kind::spread) return add_spread(slack, by, change, changes);
      {
        const std::int64_t least = place != nullptr ? place->least : rule.bounds.least.value_or(0);
        return add(std::to_string(least), std::to_string(least - by));
      }
    case What::most: {
      const std::int64_t most = place != nullptr ? *place->most : rule.bounds.most.value_or(1);
      return add(std::to_string(most), std::to_string(most + by));
    }
    case What::share_least:
      return add(rule.bounds.share_least->text(), share_of(slack, committee));
    case What::share_most:
      return add(rule.bounds.share_most->text(), share_of(slack, committee));
    case What::include:
    case What::exclude:
      change.by = 1;
      for (const std::string& id : rule.members) {
        const auto nominee = checker_->nominees()->find(id);
        const bool sits =
            nominee && std::binary_search(committee.begin(), committee.end(), *nominee);
        if (sits == (slack.what == What::exclude)) add(id, "");
      }
  }
}

// Of the number and the share whichever asks for more than there is.
void RelaxationSearch::add_spread(const Slack& slack, std::int64_t by, Change change,
                                  std::vector<Change>& changes) const {
  const Rule& rule = criteria_.rules[slack.rule];
  const auto values = static_cast<std::int64_t>(rule.who.values.size());
  const std::int64_t share = rule.bounds.share_least ? rule.bounds.share_least->ceil_of(values) : 0;
  const std::int64_t target = std::max(rule.bounds.least.value_or(0), share) - by;
  if (rule.bounds.least.value_or(0) > target) {
    change.from = std::to_string(*rule.bounds.least);
    change.to = std::to_string(target);
    change.by = *rule.bounds.least - target;
    changes.push_back(change);
  }
  if (share > target) {
    change.what = What::share_least;
    change.from = rule.bounds.share_least->text();
    change.to = Fraction::of(target, values).text();
    change.by = share - target;
    changes.push_back(change);
  }
}

// The committee's own share, whatever is not known.
std::string RelaxationSearch::share_of(const Slack& slack,
                                       const std::vector<std::uint32_t>& committee) const {
  const bool least = slack.what == What::share_least;
  std::int64_t counted = 0, total = 0;
  for (const std::uint32_t member : committee) {
    const std::uint8_t code = checker_->compiled(slack.rule).codes[member];
    if (least) {
      counted += code == is_counted ? 1 : 0;
      total += code == is_counted || (code & is_within) != 0 ? 1 : 0;
    } else {
      counted += (code & is_counted) != 0 ? 1 : 0;
      total += (code & is_counted) != 0 || (code & is_outside) == 0 ? 1 : 0;
    }
  }
  return total == 0 ? "0" : Fraction::of(counted, total).text();
}

}  // namespace partnership::infeasible
