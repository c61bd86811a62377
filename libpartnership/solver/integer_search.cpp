// SPDX-License-Identifier: Apache-2.0
#include "solver/integer_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace partnership::solver {
namespace {

constexpr double nearly_whole = 1e-6;
constexpr std::int64_t small_nodes = 400;  // of a small program
constexpr std::int32_t few_neighbours = 40;
constexpr int most_troubles = 8;  // before the robust relaxation stays
constexpr int dives = 2;
constexpr int dive_wrong = 8;  // roundings that leave nothing

double scattered(std::size_t number) noexcept {  // 0 ... 1
  const double product = 0.6180339887498949 * static_cast<double>(number + 1);
  return product - std::floor(product);
}

std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

double off_whole(double value) noexcept {
  return std::abs(value - std::round(value));
}

double in_doubles(std::int64_t bound) noexcept {
  if (bound == no_bound) return infinite;
  return bound == -no_bound ? -infinite : static_cast<double>(bound);
}

}  // namespace

ReducedProgram ReducedProgram::of(const IntegerProgram& whole, const std::vector<bool>& keep,
                                  std::span<const std::int64_t> values) {
  ReducedProgram result;
  std::vector<std::int32_t> place(whole.columns.size(), -1);
  for (std::size_t j = 0; j < whole.columns.size(); ++j) {
    if (!keep[j]) continue;
    place[j] = static_cast<std::int32_t>(result.columns.size());
    result.columns.push_back(static_cast<std::int32_t>(j));
    result.program.columns.push_back(whole.columns[j]);
  }
  result.program.rows.reserve(whole.rows.size());
  for (const IntegerProgram::Row& row : whole.rows) {
    IntegerProgram::Row& reduced = result.program.rows.emplace_back();
    std::int64_t fixed = 0;
    for (const IntegerProgram::Term& term : row.terms) {
      if (const std::int32_t column = place[at(term.column)]; column >= 0) {
        reduced.terms.push_back({column, term.coefficient});
      } else {
        fixed += term.coefficient * values[at(term.column)];
      }
    }
    reduced.lower = row.lower == -no_bound ? -no_bound : row.lower - fixed;
    reduced.upper = row.upper == no_bound ? no_bound : row.upper - fixed;
    result.fixed.push_back(fixed);
  }
  return result;
}

IntegerSearch::IntegerSearch(IntegerProgram program)
    : program_(std::move(program)),
      relaxation_(Relaxation::of(program_)),
      bounds_(program_.columns),
      branching_(program_.columns.size()) {}

void IntegerSearch::set_column(std::int32_t column, std::int64_t lower, std::int64_t upper) {
  program_.columns[at(column)] = bounds_[at(column)] = {lower, upper};
  relaxation_->set_bounds(column, in_doubles(lower), in_doubles(upper));
}

void IntegerSearch::set_row(std::int32_t row, std::int64_t lower, std::int64_t upper) {
  program_.rows[at(row)].lower = lower;
  program_.rows[at(row)].upper = upper;
  relaxation_->set_bounds(static_cast<std::int32_t>(program_.columns.size()) + row,
                          in_doubles(lower), in_doubles(upper));
}

double IntegerSearch::cost_of(std::span<const std::int64_t> values) const {
  double sum = 0;
  for (std::size_t j = 0; j < values.size(); ++j) sum += costs_[j] * static_cast<double>(values[j]);
  return sum;
}

double IntegerSearch::too_much() const {
  const double best = std::min(answer_.cost, question_->better_than);
  if (best == infinite || costless_) return infinite;
  const double slack = 1e-9 * std::max(1.0, std::abs(best));
  // Whole costs improve by 1 at least.
  return whole_costs_ ? std::ceil(best - slack) - 1 + 1e-6 : best - slack;
}

void IntegerSearch::begin(const IntegerQuestion& question) {
  question_ = &question;
  go_to(-1);
  costs_.assign(program_.columns.size(), 0);
  std::copy(question.costs.begin(), question.costs.end(), costs_.begin());
  whole_costs_ = std::all_of(costs_.begin(), costs_.end(), [](double cost) {
    return cost == std::floor(cost) && std::abs(cost) < 1e6;
  });
  costless_ = std::all_of(costs_.begin(), costs_.end(), [](double cost) { return cost == 0; });
  set_costs();
  branching_.set_hasty(question.first && !costless_);
  answer_ = {};
  ended_.reset();
  doubt_ = false;
  nodes_.clear();
  last_.clear();
  by_bound_.clear();
  leaves_ = 0;
}

// Without costs every vertex is as good as any other, which makes long ways for the simplex method:
// it gets some that nothing else looks at.
void IntegerSearch::set_costs() {
  for (std::size_t j = 0; j < costs_.size(); ++j) {
    const double product = 0.6180339887498949 * static_cast<double>(j + 1);
    relaxation_->set_cost(static_cast<std::int32_t>(j),
                          costless_ ? product - std::floor(product) : costs_[j]);
  }
}

// Bounds as on the way from the root to the node; -1: as the program's.
void IntegerSearch::go_to(std::int32_t node) {
  for (const std::int32_t column : changed_) bounds_[at(column)] = program_.columns[at(column)];
  std::vector<std::int32_t> left = std::move(changed_);
  changed_.clear();
  for (; node >= 0; node = nodes_[at(node)].parent) {
    const Node& one = nodes_[at(node)];
    if (one.column < 0) continue;
    IntegerProgram::Column& bounds = bounds_[at(one.column)];
    bounds.lower = std::max(bounds.lower, one.lower);
    bounds.upper = std::min(bounds.upper, one.upper);
    changed_.push_back(one.column);
  }
  left.insert(left.end(), changed_.begin(), changed_.end());
  for (const std::int32_t column : left) {
    relaxation_->set_bounds(column, in_doubles(bounds_[at(column)].lower),
                            in_doubles(bounds_[at(column)].upper));
  }
}

Status IntegerSearch::solve_relaxation() {
  Limits limits{question_->limits.iterations - answer_.iterations, question_->limits.stop};
  Status status = relaxation_->solve(limits);
  answer_.iterations += relaxation_->iterations();
  return status;
}

void IntegerSearch::offer(std::vector<std::int64_t> values) {
  if (!program_.obeyed_by(values)) return;
  const double cost = cost_of(values);
  if (cost >= question_->better_than || cost >= answer_.cost) return;
  answer_.cost = cost;
  answer_.values = std::move(values);
  const bool enough = question_->found && question_->found(answer_.values, cost);
  if (enough || question_->first || costless_) ended_ = Status::optimal;
}

std::vector<std::int64_t> IntegerSearch::rounded() const {
  std::vector<std::int64_t> result(costs_.size());
  for (std::size_t j = 0; j < result.size(); ++j) {
    result[j] = std::llround(relaxation_->values()[j]);
  }
  return result;
}

// Columns that are basic or not whole, and those that cost least to change; all others stay.
void IntegerSearch::try_small_program(std::int32_t neighbours) {
  const std::span<const double> values = relaxation_->values();
  const std::vector<Basis> basis = relaxation_->basis();
  std::vector<bool> keep(costs_.size());
  std::vector<std::pair<double, std::int32_t>> others;
  for (std::size_t j = 0; j < costs_.size(); ++j) {
    const auto column = static_cast<std::int32_t>(j);
    keep[j] = basis[j] == Basis::basic || off_whole(values[j]) > nearly_whole;
    if (!keep[j]) others.emplace_back(std::abs(relaxation_->reduced_cost(column)), column);
  }
  const std::size_t extra = std::min(at(neighbours), others.size());
  std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(extra),
                    others.end());
  for (std::size_t k = 0; k < extra; ++k) keep[at(others[k].second)] = true;
  const Status status =
      search_within(keep, std::min(small_nodes, question_->limits.nodes - answer_.nodes));
  if (status == Status::cancelled) ended_ = status;
}

// A better solution than what there is has every column at its bound that costs more to change than
// there is to gain. True where the search without those columns has settled everything.
bool IntegerSearch::settle_within_gap() {
  const double gap = too_much() - relaxation_->objective();
  std::vector<bool> keep(costs_.size());
  std::size_t kept = 0;
  for (std::size_t j = 0; j < costs_.size(); ++j) {
    keep[j] = std::abs(relaxation_->reduced_cost(static_cast<std::int32_t>(j))) <= gap;
    if (keep[j]) ++kept;
  }
  if (4 * kept > 3 * costs_.size()) return false;
  const Status status = search_within(keep, question_->limits.nodes - answer_.nodes);
  if (over()) return true;
  if (status == Status::cancelled || status == Status::limit) ended_ = status;
  return status != Status::trouble;
}

// Searches with the columns that are not kept at their values in the relaxation.
Status IntegerSearch::search_within(const std::vector<bool>& keep, std::int64_t nodes) {
  std::vector<std::int64_t> values = rounded();
  ReducedProgram reduced = ReducedProgram::of(program_, keep, values);
  std::vector<double> costs;
  double fixed = cost_of(values);
  for (const std::int32_t j : reduced.columns) {
    costs.push_back(costs_[at(j)]);
    fixed -= costs_[at(j)] * static_cast<double>(values[at(j)]);
  }
  const auto whole = [&](std::span<const std::int64_t> found) {
    for (std::size_t k = 0; k < found.size(); ++k) values[at(reduced.columns[k])] = found[k];
    offer(values);
    return over();
  };
  IntegerSearch search(std::move(reduced.program));
  IntegerQuestion question;
  question.costs = costs;
  question.first = question_->first;
  question.better_than = std::min(question_->better_than, answer_.cost) - fixed;
  question.found = [&](std::span<const std::int64_t> found, double) { return whole(found); };
  question.limits = {nodes, question_->limits.iterations - answer_.iterations,
                     question_->limits.stop};
  const IntegerAnswer within = search.run(question, true);
  answer_.iterations += within.iterations;
  answer_.nodes += within.nodes;
  return within.status;
}

Branching::Choice IntegerSearch::choose_branch() {
  const double objective = relaxation_->objective();
  const double limit = too_much();
  Branching::Choice choice = branching_.choose(
      *relaxation_, bounds_, limit == infinite ? std::abs(objective) : limit - objective,
      {question_->limits.iterations - answer_.iterations, question_->limits.stop});
  answer_.iterations += branching_.iterations();
  return choice;
}

void IntegerSearch::branch(std::int32_t node, const Branching::Choice& choice, double bound) {
  const auto [lower, upper] = bounds_[at(choice.column)];
  const auto floor =
      std::clamp(static_cast<std::int64_t>(std::floor(choice.value)), lower, upper - 1);
  const Node below{node, choice.column, lower, floor, bound};
  const Node above{node, choice.column, floor + 1, upper, bound};
  const bool up_first = choice.value - static_cast<double>(floor) > 0.5;
  for (const Node& child : {up_first ? below : above, up_first ? above : below}) {
    const auto id = static_cast<std::int32_t>(nodes_.size());
    nodes_.push_back(child);
    last_.push_back(id);
    by_bound_.emplace(bound, id);
  }
}

// The robust one is slow: it serves for the node that needs it.
void IntegerSearch::use_relaxation(bool robust) {
  relaxation_ = Relaxation::of(program_, robust);
  robust_ = robust;
  set_costs();
}

// Solves the relaxation of the node. True where it leaves the node open.
bool IntegerSearch::visit(std::int32_t node) {
  ++answer_.nodes;
  if (robust_ && troubles_ <= most_troubles) use_relaxation(false);
  go_to(node);
  Status status = solve_relaxation();
  if (status == Status::trouble && !robust_) {
    ++troubles_;
    use_relaxation(true);
    go_to(node);
    status = solve_relaxation();
  }
  if (status == Status::limit || status == Status::cancelled) {
    ended_ = status;
    by_bound_.emplace(nodes_[at(node)].bound, node);
    return false;
  }
  if (status == Status::trouble) doubt_ = true;
  if (status == Status::optimal && node == 0) answer_.bound = relaxation_->objective();
  if (status == Status::optimal && relaxation_->objective() < too_much()) return true;
  ++leaves_;
  return false;
}

// Takes an open node's solution, where it is whole, or branches.
void IntegerSearch::expand(std::int32_t node) {
  std::vector<std::int64_t> values = rounded();
  const double bound = relaxation_->objective();
  Branching::Choice choice = choose_branch();
  if (choice.cancelled) {
    ended_ = Status::cancelled;
    by_bound_.emplace(bound, node);
    return;
  }
  if (choice.column < 0) {
    ++leaves_;
    if (program_.obeyed_by(values)) return offer(std::move(values));
    // Whole to the tolerance, and yet a row is broken, of which the coefficients must be large: any
    // column that is open decides.
    for (std::size_t j = 0; j < bounds_.size() && choice.column < 0; ++j) {
      if (bounds_[j].lower == bounds_[j].upper) continue;
      choice.column = static_cast<std::int32_t>(j);
      choice.value = static_cast<double>(values[j]);
    }
    if (choice.column < 0) return;
  }
  branch(node, choice, bound);
}

// Down from where the search is; after a leaf, from the best bound or from the last open node.
std::optional<std::int32_t> IntegerSearch::next_node() {
  const double limit = too_much();
  while (!by_bound_.empty() && std::prev(by_bound_.end())->first >= limit) {
    by_bound_.erase(std::prev(by_bound_.end()));
  }
  if (by_bound_.empty()) return std::nullopt;
  const bool best_bound = leaves_ > 0 && (found_one() || leaves_ % 16 == 0);
  std::int32_t result = -1;
  if (best_bound) {
    result = by_bound_.begin()->second;
    leaves_ = 0;
  } else {
    while (!by_bound_.contains({nodes_[at(last_.back())].bound, last_.back()})) last_.pop_back();
    result = last_.back();
    last_.pop_back();
  }
  by_bound_.erase({nodes_[at(result)].bound, result});
  return result;
}

// Solves the relaxation with other bounds for one column, beside those of the dive.
Status IntegerSearch::probe(std::int32_t column, std::int64_t lower, std::int64_t upper) {
  bounds_[at(column)] = {lower, upper};
  relaxation_->set_bounds(column, in_doubles(lower), in_doubles(upper));
  ++answer_.nodes;
  const Status status = solve_relaxation();
  if (status != Status::optimal) return status;
  return relaxation_->objective() < too_much() ? status : Status::infeasible;
}

// The column that is to be rounded up next: the one with the least way to go, by and large; -1: all
// are whole.
std::int32_t IntegerSearch::to_raise(int attempt) const {
  const std::span<const double> values = relaxation_->values();
  std::int32_t result = -1;
  double most = 0;
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (off_whole(values[j]) <= nearly_whole) continue;
    const double part = values[j] - std::floor(values[j]);
    const double score = part * (1 + attempt * 0.25 * scattered(j + 7919 * at(attempt)));
    if (score <= most) continue;
    most = score;
    result = static_cast<std::int32_t>(j);
  }
  return result;
}

// From the root straight down: columns are rounded up one by one, or down where that leaves
// nothing. It finds a solution in many cases, at the cost of a few nodes.
void IntegerSearch::dive(int attempt) {
  for (int wrong = 0; wrong <= dive_wrong && answer_.nodes < question_->limits.nodes;) {
    const std::int32_t column = to_raise(attempt);
    if (column < 0) return offer(rounded());
    const auto [lower, upper] = bounds_[at(column)];
    const auto floor = std::clamp(
        static_cast<std::int64_t>(std::floor(relaxation_->values()[at(column)])), lower, upper - 1);
    changed_.push_back(column);
    Status status = probe(column, floor + 1, upper);
    if (status == Status::infeasible) {
      ++wrong;
      status = probe(column, lower, floor);
    }
    if (status == Status::cancelled || status == Status::limit) ended_ = status;
    if (status != Status::optimal) return;
  }
}

// The root's relaxation is at hand, and is again afterwards.
void IntegerSearch::try_dives() {
  const std::vector<Basis> basis = relaxation_->basis();
  for (int attempt = 0; attempt < dives && !over(); ++attempt) {
    dive(attempt);
    if (over()) return;
    go_to(-1);
    relaxation_->set_basis(basis);
    Status status = solve_relaxation();
    if (status == Status::trouble && !robust_) {
      use_relaxation(true);
      go_to(-1);
      status = solve_relaxation();
    }
    if (status != Status::optimal) ended_ = status;
  }
}

// At the root, whose relaxation is at hand.
void IntegerSearch::try_small_programs() {
  const std::span<const double> values = relaxation_->values();
  const bool whole = std::all_of(values.begin(), values.end(),
                                 [](double value) { return off_whole(value) <= nearly_whole; });
  if (whole || costs_.size() <= 2 * program_.rows.size() + 20) return;
  if (small_luck_.try_now()) {
    try_small_program(few_neighbours);
    if (!over() && !found_one()) try_small_program(4 * few_neighbours);
    small_luck_.had(found_one());
  }
}

IntegerAnswer IntegerSearch::run(const IntegerQuestion& question, bool small) {
  begin(question);
  nodes_.emplace_back();
  bool settled = false;
  if (costless_ && question.better_than <= 0) {
    ended_ = Status::infeasible;
  } else if (visit(0)) {
    if (!small && question.first && !costless_) try_dives();
    if (!small && !over()) try_small_programs();
    if (!small && !over() && found_one() && !costless_) settled = settle_within_gap();
    if (!settled && !over() && relaxation_->objective() < too_much()) expand(0);
  }
  while (!over()) {
    const std::optional<std::int32_t> node = next_node();
    if (!node) break;
    if (answer_.nodes >= question.limits.nodes) {
      by_bound_.emplace(nodes_[at(*node)].bound, *node);
      ended_ = Status::limit;
    } else if (visit(*node)) {
      expand(*node);
    }
  }
  if (!by_bound_.empty()) answer_.bound = by_bound_.begin()->first;
  if (costless_) answer_.bound = 0;
  if (!over()) {
    ended_ = doubt_ ? Status::trouble : !found_one() ? Status::infeasible : Status::optimal;
    answer_.bound = answer_.cost;
  }
  answer_.status = *ended_;
  question_ = nullptr;
  return std::move(answer_);
}

}  // namespace partnership::solver
