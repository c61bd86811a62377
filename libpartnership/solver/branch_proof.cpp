// SPDX-License-Identifier: Apache-2.0
#include "solver/branch_proof.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/error.hpp"
#include "solver/exact.hpp"
#include "solver/exact_system.hpp"
#include "solver/relaxation.hpp"

namespace partnership::solver {
namespace {

constexpr double nearly = 1e-6;
constexpr std::int64_t iterations_of_a_trial = 12;
// Multipliers are tried with such denominators before their exact values.
constexpr std::int64_t denominators[] = {60, 5000, 1000000};

using Column = IntegerProgram::Column;
using Multipliers = std::vector<std::pair<std::int32_t, Rational>>;

// The largest value of left * x, with x within the bounds.
Integer most_of(const Integer& left, const Column& bounds) {
  return left * Integer(left.sign() > 0 ? bounds.upper : bounds.lower);
}

class Prover {
 public:
  Prover(const IntegerProgram& program, const ProofQuestion& question)
      : program_(program), question_(question), bounds_(program.columns) {}

  ProofAnswer run();

 private:
  struct Open {
    std::int32_t node;
    std::int32_t parent;  // in `ways_`; -1: none
  };
  struct Way {
    std::int32_t parent, column;
    Column bounds;
  };

  void begin();
  void go_to(std::int32_t way);
  void visit(const Open& open);
  Status relax(std::int64_t most = std::numeric_limits<std::int64_t>::max());
  bool close_by(BranchProof::Node& node, std::span<const double> multipliers, double sign,
                bool infeasible);
  bool try_multipliers(BranchProof::Node& node, Multipliers rows, bool infeasible);
  void settle_exactly(const Open& open);
  void branch(const Open& open, std::int32_t column, std::int64_t floor);
  bool refuted_by(std::vector<std::int64_t> values);
  std::int32_t branching_column();
  ExactProgram exact_program() const;
  double child_bound(std::int32_t column, double lower, double upper);

  const IntegerProgram& program_;
  const ProofQuestion& question_;
  std::vector<Column> bounds_;  // at the node
  std::vector<std::int32_t> changed_;
  std::unique_ptr<Relaxation> relaxation_;
  ExactProgram exact_;  // made when first needed
  double scale_ = 1, goal_ = 0;
  std::vector<Way> ways_;
  std::vector<Open> open_;
  std::optional<Status> ended_;
  ProofAnswer answer_;
};

void Prover::begin() {
  relaxation_ = Relaxation::of(program_);
  for (const Rational& term : question_.terms) {
    scale_ = std::max(scale_, std::abs(term.approximate()));
  }
  for (std::size_t j = 0; j < question_.terms.size(); ++j) {
    relaxation_->set_cost(static_cast<std::int32_t>(j), -question_.terms[j].approximate() / scale_);
  }
  goal_ = question_.bound.approximate() / scale_;
  answer_.proof.nodes.emplace_back();
  open_.push_back({0, -1});
}

// The bounds of columns as after the branches on the way.
void Prover::go_to(std::int32_t way) {
  for (const std::int32_t column : changed_) bounds_[at(column)] = program_.columns[at(column)];
  std::vector<std::int32_t> left = std::move(changed_);
  changed_.clear();
  for (; way >= 0; way = ways_[at(way)].parent) {
    const Way& one = ways_[at(way)];
    Column& bounds = bounds_[at(one.column)];
    bounds.lower = std::max(bounds.lower, one.bounds.lower);
    bounds.upper = std::min(bounds.upper, one.bounds.upper);
    changed_.push_back(one.column);
  }
  left.insert(left.end(), changed_.begin(), changed_.end());
  for (const std::int32_t column : left) {
    relaxation_->set_bounds(column, static_cast<double>(bounds_[at(column)].lower),
                            static_cast<double>(bounds_[at(column)].upper));
  }
}

Status Prover::relax(std::int64_t most) {
  const IntegerLimits& limits = question_.limits;
  most = std::min(most, limits.iterations - answer_.iterations);
  const Status status = relaxation_->solve({most, limits.stop});
  answer_.iterations += relaxation_->iterations();
  return status;
}

bool Prover::try_multipliers(BranchProof::Node& node, Multipliers rows, bool infeasible) {
  const std::optional<Rational> total = proved_total(
      program_, bounds_, infeasible ? std::span<const Rational>() : question_.terms, rows);
  if (!total || !(infeasible ? total->sign() < 0 : *total <= question_.bound)) return false;
  node.infeasible = infeasible;
  node.rows = std::move(rows);
  return true;
}

// Tries the multipliers, times `by`, as fractions near to them. Any that hold will do; what takes a
// bound that is not there is left out.
bool Prover::close_by(BranchProof::Node& node, std::span<const double> multipliers, double by,
                      bool infeasible) {
  for (const std::int64_t most_den : denominators) {
    Multipliers rows;
    for (std::size_t i = 0; i < multipliers.size(); ++i) {
      const double value = multipliers[i] * by;
      if (std::abs(value) < 1e-9 || !std::isfinite(value)) continue;
      const IntegerProgram::Row& row = program_.rows[i];
      if (value > 0 ? row.upper == no_bound : row.lower == -no_bound) continue;
      Rational y = Rational::near(value, most_den);
      if (y.sign() != 0) rows.emplace_back(static_cast<std::int32_t>(i), std::move(y));
    }
    if (try_multipliers(node, std::move(rows), infeasible)) return true;
  }
  return false;
}

void Prover::branch(const Open& open, std::int32_t column, std::int64_t floor) {
  const Column whole = bounds_[at(column)];
  const auto below = static_cast<std::int32_t>(answer_.proof.nodes.size());
  answer_.proof.nodes.resize(answer_.proof.nodes.size() + 2);
  BranchProof::Node& node = answer_.proof.nodes[at(open.node)];
  node.column = column;
  node.at = floor;
  node.below = below;
  node.above = below + 1;
  const auto way = static_cast<std::int32_t>(ways_.size());
  ways_.push_back({open.parent, column, {whole.lower, floor}});
  ways_.push_back({open.parent, column, {floor + 1, whole.upper}});
  open_.push_back({below, way});
  open_.push_back({below + 1, way + 1});
}

bool Prover::refuted_by(std::vector<std::int64_t> values) {
  if (!program_.obeyed_by(values)) return false;
  Rational sum;
  for (std::size_t j = 0; j < question_.terms.size(); ++j) {
    if (values[j] != 0) sum += question_.terms[j] * Rational(values[j]);
  }
  if (sum <= question_.bound) return false;
  answer_.against = std::move(values);
  ended_ = Status::infeasible;
  return true;
}

// What the relaxation reaches with other bounds of one column; infinite: nothing.
double Prover::child_bound(std::int32_t column, double lower, double upper) {
  const Column own = bounds_[at(column)];
  relaxation_->set_bounds(column, lower, upper);
  const Status status = relax(iterations_of_a_trial);
  relaxation_->set_bounds(column, static_cast<double>(own.lower), static_cast<double>(own.upper));
  if (status == Status::infeasible) return infinite;
  const bool reached = status == Status::optimal || status == Status::limit;
  return reached ? relaxation_->objective() : -infinite;
}

// Of the columns farthest from whole the one whose branches gain most, which keeps trees small.
std::int32_t Prover::branching_column() {
  const std::span<const double> values = relaxation_->values();
  std::vector<std::pair<double, std::int32_t>> candidates;
  for (std::size_t j = 0; j < bounds_.size(); ++j) {
    const double off = std::abs(values[j] - std::round(values[j]));
    if (off > nearly) candidates.emplace_back(-off, static_cast<std::int32_t>(j));
  }
  if (candidates.size() < 2) return candidates.empty() ? -1 : candidates[0].second;
  constexpr std::size_t most = 8;
  std::sort(candidates.begin(), candidates.end());
  candidates.resize(std::min(candidates.size(), most));
  const double here = relaxation_->objective();
  std::vector<double> floors;
  for (const auto& candidate : candidates) {
    floors.push_back(std::floor(values[at(candidate.second)]));
  }
  std::int32_t result = -1;
  double best = -1;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const std::int32_t column = candidates[k].second;
    const Column own = bounds_[at(column)];
    const double below = child_bound(column, static_cast<double>(own.lower), floors[k]);
    const double above = child_bound(column, floors[k] + 1, static_cast<double>(own.upper));
    const double enough = std::max(1e-6, -goal_ - here);  // which closes a branch
    const double score = (std::clamp(below - here, 0.0, enough) + 1e-6 * enough) *
                         (std::clamp(above - here, 0.0, enough) + 1e-6 * enough);
    if (score <= best) continue;
    best = score;
    result = column;
  }
  return result;
}

// The relaxation of the node in fractions, where doubles could not decide it.
void Prover::settle_exactly(const Open& open) {
  if (exact_.columns.empty() && exact_.rows.empty()) exact_ = exact_program();
  for (std::size_t j = 0; j < bounds_.size(); ++j) {
    exact_.columns[j].bounds = {Rational(bounds_[j].lower), Rational(bounds_[j].upper)};
  }
  ExactLimits limits;
  limits.stop = question_.limits.stop;
  const ExactAnswer found = solve_exactly(exact_, relaxation_->basis(), limits);
  Multipliers rows;
  const auto take = [&](const std::vector<Rational>& multipliers, bool turned) {
    for (std::size_t i = 0; i < multipliers.size(); ++i) {
      if (multipliers[i].sign() == 0) continue;
      rows.emplace_back(static_cast<std::int32_t>(i), turned ? -multipliers[i] : multipliers[i]);
    }
  };
  BranchProof::Node& node = answer_.proof.nodes[at(open.node)];
  if (found.status == Status::infeasible) {
    take(found.ray, false);
    if (!try_multipliers(node, std::move(rows), true)) ended_ = Status::trouble;
  } else if (found.status != Status::optimal) {
    ended_ = found.status == Status::unbounded ? Status::trouble : found.status;
  } else if (-found.objective <= question_.bound) {
    take(found.duals, true);
    if (!try_multipliers(node, std::move(rows), false)) ended_ = Status::trouble;
  } else {
    std::vector<std::int64_t> values;
    for (std::size_t j = 0; j < bounds_.size(); ++j) {
      const Integer floor = found.values[j].floor();
      if (!found.values[j].whole())
        return branch(open, static_cast<std::int32_t>(j), floor.small());
      values.push_back(floor.small());
    }
    if (!refuted_by(std::move(values))) ended_ = Status::trouble;
  }
}

ExactProgram Prover::exact_program() const {
  ExactProgram result;
  for (std::size_t j = 0; j < program_.columns.size(); ++j) {
    const bool costs = j < question_.terms.size();
    result.columns.push_back({{}, costs ? -question_.terms[j] : Rational(0)});
  }
  for (const IntegerProgram::Row& row : program_.rows) {
    ExactProgram::Row& exact = result.rows.emplace_back();
    if (row.lower != -no_bound) exact.bounds.lower = row.lower;
    if (row.upper != no_bound) exact.bounds.upper = row.upper;
    for (const auto& term : row.terms) exact.cells.push_back({term.column, term.coefficient});
  }
  return result;
}

void Prover::visit(const Open& open) {
  ++answer_.nodes;
  go_to(open.parent);
  const Status status = relax();
  if (status == Status::limit || status == Status::cancelled) {
    ended_ = status;
    return;
  }
  BranchProof::Node& node = answer_.proof.nodes[at(open.node)];
  if (status == Status::infeasible) {
    if (!close_by(node, relaxation_->ray(), 1, true)) settle_exactly(open);
    return;
  }
  if (status == Status::trouble) return settle_exactly(open);
  if (-relaxation_->objective() <= goal_ + 1e-8 * (1 + std::abs(goal_))) {
    std::vector<double> duals;
    const auto first = static_cast<std::int32_t>(program_.columns.size());
    for (std::size_t i = 0; i < program_.rows.size(); ++i) {
      duals.push_back(relaxation_->reduced_cost(first + static_cast<std::int32_t>(i)));
    }
    if (!close_by(node, duals, -scale_, false)) settle_exactly(open);
    return;
  }
  const std::span<const double> values = relaxation_->values();
  std::vector<std::int64_t> rounded;
  for (std::size_t j = 0; j < bounds_.size(); ++j) rounded.push_back(std::llround(values[j]));
  if (refuted_by(std::move(rounded))) return;
  std::vector<double> kept(values.begin(),
                           values.begin() + static_cast<std::ptrdiff_t>(bounds_.size()));
  const std::int32_t column = branching_column();
  if (column < 0) return settle_exactly(open);
  branch(open, column, static_cast<std::int64_t>(std::floor(kept[at(column)])));
}

ProofAnswer Prover::run() {
  begin();
  while (!ended_ && !open_.empty()) {
    if (answer_.nodes >= question_.limits.nodes) {
      ended_ = Status::limit;
      break;
    }
    const Open open = open_.back();
    open_.pop_back();
    visit(open);
  }
  answer_.status = ended_.value_or(Status::optimal);
  if (answer_.status != Status::optimal) answer_.proof.nodes.clear();
  return std::move(answer_);
}

}  // namespace

ProofAnswer prove_bound(const IntegerProgram& program, const ProofQuestion& question) {
  program.check();
  if (!program.has_room()) {
    throw Error(Code::internal, "a lower bound of an integer program is above its upper one");
  }
  return Prover(program, question).run();
}

std::optional<Rational> proved_total(const IntegerProgram& program,
                                     std::span<const IntegerProgram::Column> bounds,
                                     std::span<const Rational> terms,
                                     std::span<const std::pair<std::int32_t, Rational>> rows) {
  // In whole numbers over the common denominator of terms and multipliers.
  Integer den = 1;
  for (const Rational& term : terms) den = Integer::lcm(den, term.den());
  for (const auto& [row, y] : rows) den = Integer::lcm(den, y.den());
  const auto scaled = [&](const Rational& value) {
    return value.num() * Integer::exact(den, value.den());
  };
  std::vector<Integer> left(program.columns.size());
  for (std::size_t j = 0; j < terms.size(); ++j) left[j] = scaled(terms[j]);
  Integer total = 0;
  for (const auto& [index, multiplier] : rows) {
    const IntegerProgram::Row& row = program.rows[at(index)];
    const Integer y = scaled(multiplier);
    const std::int64_t bound = y.sign() > 0 ? row.upper : row.lower;
    if (bound == no_bound || bound == -no_bound) return std::nullopt;
    total += y * Integer(bound);
    for (const IntegerProgram::Term& term : row.terms) {
      left[at(term.column)] -= y * Integer(term.coefficient);
    }
  }
  for (std::size_t j = 0; j < left.size(); ++j) {
    if (left[j].sign() != 0) total += most_of(left[j], bounds[j]);
  }
  return Rational(std::move(total), std::move(den));
}

bool holds(const BranchProof& proof, const IntegerProgram& program, std::span<const Rational> terms,
           const Rational& bound) {
  const auto count = static_cast<std::int32_t>(proof.nodes.size());
  std::vector<std::int32_t> parent(proof.nodes.size(), -1);
  for (std::int32_t n = 0; n < count; ++n) {
    const BranchProof::Node& node = proof.nodes[at(n)];
    if (node.column < 0) continue;
    if (at(node.column) >= program.columns.size() || node.below == node.above) return false;
    for (const std::int32_t child : {node.below, node.above}) {
      if (child <= n || child >= count || parent[at(child)] >= 0) return false;
      parent[at(child)] = n;
    }
  }
  std::vector<Column> bounds;
  for (std::int32_t n = 0; n < count; ++n) {
    const BranchProof::Node& leaf = proof.nodes[at(n)];
    if (leaf.column >= 0) continue;
    bounds = program.columns;
    for (std::int32_t child = n, up = parent[at(n)]; up >= 0; child = up, up = parent[at(up)]) {
      const BranchProof::Node& node = proof.nodes[at(up)];
      Column& own = bounds[at(node.column)];
      if (child == node.below) {
        own.upper = std::min(own.upper, node.at);
      } else {
        own.lower = std::max(own.lower, node.at + 1);
      }
    }
    const std::optional<Rational> total = proved_total(
        program, bounds, leaf.infeasible ? std::span<const Rational>() : terms, leaf.rows);
    if (!total || !(leaf.infeasible ? total->sign() < 0 : *total <= bound)) return false;
  }
  return count > 0;
}

}  // namespace partnership::solver
