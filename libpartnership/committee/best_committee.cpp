// SPDX-License-Identifier: Apache-2.0
#include "committee/best_committee.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "committee/lottery_known.hpp"
#include "solver/branch_proof.hpp"

namespace partnership {
namespace {

using lottery::Panel;
using lottery::Space;
using solver::IntegerProgram;

constexpr std::int64_t largest = INT32_MAX;

// Columns of the model split into one for each weight that nominees of a type have. A larger sum
// always wants the better ones first, so what a class is worth needs no further rule.
class Classes {
 public:
  Classes(const Space& space, const ChoiceRequest& request);

  const IntegerProgram& program() const noexcept { return program_; }
  std::span<const std::int64_t> worths() const noexcept { return worths_; }  // to be maximised
  // Of the model's columns, from those of the program.
  std::vector<std::int64_t> merged(std::span<const std::int64_t> values) const;
  // The better nominees of a type first.
  std::span<const std::uint32_t> order(std::uint32_t type) const noexcept { return orders_[type]; }

 private:
  void add_type(std::uint32_t type, std::int64_t most);
  void add_rows();

  const Space& space_;
  const ChoiceRequest& request_;
  IntegerProgram program_;
  std::vector<std::int64_t> worths_;
  std::vector<std::size_t> starts_;  // of the model's columns, in the program
  std::vector<std::vector<std::uint32_t>> orders_;
};

// How many of a column rows have room for, whatever the others are: a class beyond them is none.
std::vector<std::int64_t> room_in_rows(const Space& space) {
  std::vector<std::int64_t> room = space.upper;
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    std::int64_t least = 0, most = 0;
    for (const auto& [j, value] : space.row(i)) {
      least += std::min(value * space.lower[j], value * space.upper[j]);
      most += std::max(value * space.lower[j], value * space.upper[j]);
    }
    for (const auto& [j, value] : space.row(i)) {
      const bool bound = value > 0 ? space.row_upper[i] != no_end : space.row_lower[i] != -no_end;
      if (!bound) continue;
      const std::int64_t left = value > 0 ? space.row_upper[i] - least : most - space.row_lower[i];
      // What the column itself takes at its lower bound is part of `least`, or `most`.
      const std::int64_t further = left < 0 ? 0 : left / std::abs(value);
      room[j] = std::clamp(space.lower[j] + further, space.lower[j], room[j]);
    }
  }
  return room;
}

Classes::Classes(const Space& space, const ChoiceRequest& request)
    : space_(space), request_(request) {
  const std::vector<std::int64_t> room = room_in_rows(space);
  for (std::uint32_t j = 0; j < space.columns(); ++j) {
    starts_.push_back(program_.columns.size());
    if (j < space.types()) {
      add_type(j, room[j]);
    } else {
      program_.columns.push_back({space.lower[j], space.upper[j]});
      worths_.push_back(0);
    }
  }
  starts_.push_back(program_.columns.size());
  add_rows();
}

void Classes::add_type(std::uint32_t type, std::int64_t most) {
  const std::size_t start = program_.columns.size();
  std::vector<std::uint32_t>& order = orders_.emplace_back(space_.model().types[type]);
  const auto worth = [&](std::uint32_t nominee) {
    return request_.least ? -request_.weights[nominee] : request_.weights[nominee];
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return worth(a) > worth(b); });
  for (std::size_t k = 0; k < order.size() && static_cast<std::int64_t>(k) < most; ++k) {
    if (k == 0 || worth(order[k]) != worths_.back()) {
      program_.columns.push_back({0, 0});
      worths_.push_back(worth(order[k]));
    }
    ++program_.columns.back().upper;
  }
  if (program_.columns.size() == start) {
    program_.columns.push_back({0, 0});
    worths_.push_back(0);
  }
  const std::int64_t least = space_.lower[type];
  if (program_.columns.size() == start + 1) {
    program_.columns.back().lower = least;
  } else if (least > 0) {
    IntegerProgram::Row& row = program_.rows.emplace_back();
    row.lower = least;
    row.upper = solver::no_bound;
    for (std::size_t c = start; c < program_.columns.size(); ++c) {
      row.terms.push_back({static_cast<std::int32_t>(c), 1});
    }
  }
}

void Classes::add_rows() {
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    IntegerProgram::Row& row = program_.rows.emplace_back();
    row.lower = space_.row_lower[i];
    row.upper = space_.row_upper[i];
    for (const auto& [j, value] : space_.row(i)) {
      for (std::size_t c = starts_[j]; c < starts_[j + 1]; ++c) {
        row.terms.push_back({static_cast<std::int32_t>(c), value});
      }
    }
  }
}

std::vector<std::int64_t> Classes::merged(std::span<const std::int64_t> values) const {
  std::vector<std::int64_t> result(space_.columns(), 0);
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    for (std::size_t c = starts_[j]; c < starts_[j + 1]; ++c) result[j] += values[c];
  }
  return result;
}

class Chooser {
 public:
  Chooser(Space& space, const ChoiceRequest& request, const LotteryRequest& limits)
      : space_(space), request_(request), watch_(limits), pricing_(space, watch_) {}

  Choice run();

 private:
  bool find_any();
  void find_best();
  bool prove(const Classes& classes);
  void take(const std::vector<std::int64_t>& values, const Classes* classes);
  void set_bound(double cost);
  void end(solver::Status status);
  Integer turned(const Integer& worth) const { return request_.least ? -worth : worth; }

  Space& space_;
  const ChoiceRequest& request_;
  lottery::Watch watch_;
  lottery::Pricing pricing_;
  Choice choice_;
};

void Chooser::take(const std::vector<std::int64_t>& values, const Classes* classes) {
  choice_.found = true;
  choice_.members.clear();
  choice_.auxiliary.clear();
  choice_.sum = 0;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (values[j] == 0) continue;
    if (j >= space_.types()) {
      choice_.auxiliary.push_back({j, static_cast<std::int32_t>(values[j])});
      continue;
    }
    const std::span<const std::uint32_t> order =
        classes != nullptr ? classes->order(j) : std::span(space_.model().types[j]);
    for (const std::uint32_t nominee : order.first(static_cast<std::size_t>(values[j]))) {
      choice_.members.push_back(nominee);
      if (!request_.weights.empty()) choice_.sum += request_.weights[nominee];
    }
  }
  std::sort(choice_.members.begin(), choice_.members.end());
}

void Chooser::end(solver::Status status) {
  switch (status) {
    case solver::Status::optimal:
      choice_.status = ChoiceStatus::optimal;
      break;
    case solver::Status::limit:
      choice_.status = ChoiceStatus::limit;
      break;
    case solver::Status::cancelled:  // also where the caller said to finish
      choice_.status =
          watch_.pace() == Pace::cancel ? ChoiceStatus::cancelled : ChoiceStatus::limit;
      break;
    default:
      choice_.status = ChoiceStatus::trouble;
  }
}

// A committee, or the proof that there is none.
bool Chooser::find_any() {
  using Survey = lottery::KnownPanels::Survey;
  lottery::KnownPanels known(space_, pricing_, watch_, 0);
  const Survey any = known.find_any();
  choice_.nodes = pricing_.nodes();
  if (any == Survey::empty) {
    choice_.status = ChoiceStatus::infeasible;
    choice_.infeasible = known.empty();
    return false;
  }
  if (any == Survey::stopped) {
    end(watch_.keep_on() ? solver::Status::limit : solver::Status::cancelled);
    return false;
  }
  std::vector<std::int64_t> values(space_.columns(), 0);
  for (const Seat& seat : known.panels().front()) values[seat.column] = seat.count;
  take(values, nullptr);
  return true;
}

void Chooser::find_best() {
  const Classes classes(space_, request_);
  std::vector<double> costs;
  for (const std::int64_t worth : classes.worths()) costs.push_back(-static_cast<double>(worth));
  solver::IntegerSolver solver(classes.program());
  solver::IntegerQuestion question;
  question.costs = costs;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  const solver::IntegerAnswer answer = solver.solve(question);
  choice_.nodes += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  if (!answer.values.empty()) take(classes.merged(answer.values), &classes);
  set_bound(answer.bound);
  if (answer.status != solver::Status::optimal) return end(answer.status);
  while (prove(classes)) {
  }
}

// From a bound of the costs, which are whole, with room for rounding.
void Chooser::set_bound(double cost) {
  constexpr double whole = 0x1p52;
  const double worth = -cost + 1e-6 * std::max(1.0, std::abs(cost));
  if (!(std::abs(worth) < whole)) return;
  choice_.bound = turned(Integer(static_cast<std::int64_t>(std::floor(worth))));
}

// That nothing is better than what there is. True where something was, which is then taken.
bool Chooser::prove(const Classes& classes) {
  std::vector<Rational> terms;
  for (const std::int64_t worth : classes.worths()) terms.emplace_back(worth);
  solver::ProofQuestion question;
  question.terms = terms;
  question.bound = Rational(turned(choice_.sum));
  question.rounded = true;
  question.limits.nodes = watch_.nodes_left;
  question.limits.stop = watch_.stops();
  const solver::ProofAnswer answer = solver::prove_bound(classes.program(), question);
  choice_.nodes += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  if (answer.status == solver::Status::infeasible) {
    take(classes.merged(answer.against), &classes);
    return true;
  }
  end(answer.status);
  return false;
}

Choice Chooser::run() {
  if (find_any()) {
    if (request_.weights.empty()) {
      choice_.status = ChoiceStatus::optimal;
    } else {
      find_best();
    }
  }
  if (choice_.status != ChoiceStatus::limit) choice_.bound.reset();
  return std::move(choice_);
}

}  // namespace

std::string_view choice_status_name(ChoiceStatus status) noexcept {
  switch (status) {
    case ChoiceStatus::optimal:
      return "optimal";
    case ChoiceStatus::infeasible:
      return "infeasible";
    case ChoiceStatus::limit:
      return "limit";
    case ChoiceStatus::cancelled:
      return "cancelled";
    case ChoiceStatus::trouble:
      break;
  }
  return "trouble";
}

Choice best_committee(const PanelModel& model, const ChoiceRequest& request) {
  Space space(model);
  if (!request.weights.empty() && request.weights.size() != model.nominees) {
    throw Error(Code::invalid_argument, "there is not one weight a nominee");
  }
  for (const std::int64_t weight : request.weights) {
    if (weight < -largest || weight > largest) {
      throw Error(Code::limit, "a weight of a nominee is beyond 2^31 - 1");
    }
  }
  if (request.nodes < 0) throw Error(Code::invalid_argument, "a limit of nodes is below 0");
  LotteryRequest limits;
  limits.nodes = request.nodes;
  limits.pace = request.pace;
  return Chooser(space, request, limits).run();
}

}  // namespace partnership
