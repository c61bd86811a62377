// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_master.hpp"

#include <algorithm>
#include <cmath>

namespace partnership::lottery {
namespace {

using solver::Basis;
using solver::Status;

constexpr double reached_within = 1e-11;  // of a probability
constexpr double fit_within = 2e-12;      // of a number of seats
constexpr int most_lowerings = 50;
constexpr std::int64_t nodes_to_lower = 5000;  // of branch and bound
constexpr std::int64_t nodes_to_find = 300;    // likewise, before a proof that there is nothing
constexpr double least_worth = 1e-6;   // of a panel above the bound, where terms are about 1
constexpr int starts = 24;             // of the local search, for a round
constexpr std::size_t most_found = 8;  // panels a round
constexpr int search_steps = 64;

std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

}  // namespace

Master::Master(const Space& space, Pricing& pricing, Watch& watch, std::uint64_t seed,
               std::vector<Panel> panels)
    : space_(space),
      pricing_(pricing),
      watch_(watch),
      dice_(seed),
      search_(space, dice_.next()),
      box_(whole_box(space)),
      luck_(starts),
      fixed_(space.types()) {
  for (std::uint32_t t = 0; t <= space.types(); ++t) {
    const bool sum = t == space.types();  // of the weights
    linear_.add_row(sum ? 1 : 0, sum ? 1 : solver::infinite, {});
  }
  for (Panel& panel : panels) add(std::move(panel));
}

void Master::add(Panel panel) {
  std::vector<solver::Cell> cells;
  for (const Seat& seat : panel) {
    if (seat.column < space_.types()) {
      cells.push_back({static_cast<std::int32_t>(seat.column), static_cast<double>(seat.count)});
    }
  }
  cells.push_back({static_cast<std::int32_t>(space_.types()), 1});
  places_.push_back(linear_.add_column(0, solver::infinite, 0, cells));
  panels_.push_back(std::move(panel));
}

void Master::fix(std::span<const std::uint32_t> types, const Rational& value) {
  for (const std::uint32_t type : types) {
    fixed_[type] = value;
    const double least = (value * Rational(space_.count(type))).approximate();
    linear_.set_row(static_cast<std::int32_t>(type), least, solver::infinite);
  }
}

// Fits the fixed types to what they have and the others to z or more.
Fate Master::fit_to(Fitting& fitting, double z) {
  std::vector<double> have(space_.types(), 0);
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    for (const Seat& seat : panels_[i]) {
      if (seat.column < space_.types()) have[seat.column] += weights_[i] * seat.count;
    }
  }
  std::vector<std::pair<std::uint32_t, double>> targets;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const Rational count(space_.count(t));
    targets.emplace_back(t,
                         fixed_[t] ? (*fixed_[t] * count).approximate() : count.approximate() * z);
  }
  fitting.begin(box_, targets);
  for (std::size_t i = 0; i < panels_.size(); ++i) {
    fitting.add(panels_[i], i < weights_.size() ? weights_[i] : 0);
  }
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!fixed_[t]) fitting.add_excess(t, std::max(0.0, have[t] - targets[t].second));
  }
  const Fate fate = fitting.run(fit_within);
  take_over(fitting);
  return fate;
}

void Master::take_over(const Fitting& fitting) {
  for (std::size_t i = panels_.size(); i < fitting.panels().size(); ++i) add(fitting.panels()[i]);
  weights_.assign(panels_.size(), 0);
  double sum = 0;
  for (std::size_t i = 0; i < panels_.size(); ++i) sum += weights_[i] = fitting.weight(i);
  if (!(sum > 0)) return weights_.clear();
  for (double& weight : weights_) weight /= sum;
}

// The z that the inequality along the fit's direction allows, `best` being as far along it as any.
double Master::lowered(const Fitting& fitting, const Panel& best) const {
  const std::vector<double>& direction = fitting.direction();
  double bound = 0, with_z = 0;
  for (const Seat& seat : best) bound += direction[seat.column] * seat.count;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const double all = direction[t] * static_cast<double>(space_.count(t));
    if (fixed_[t]) {
      bound -= all * fixed_[t]->approximate();
    } else {
      with_z += all;
    }
  }
  return bound / with_z;
}

// Lowers z, from the relaxation's value on, to what the fit's directions allow until it is reached
// (Dinkelbach 1967). complete: at once.
Fate Master::approach(double most) {
  const Pricer pricer = [&](const Box& box, std::span<const double> wish, double beyond,
                            std::int64_t nodes) { return pricing_.find(box, wish, beyond, nodes); };
  const std::function<bool()> keep_on = [&] {
    watch_.tell(LotteryProgress::Phase::columns, static_cast<std::int64_t>(panels_.size()));
    return watch_.keep_on();
  };
  Fitting fitting(space_, search_, dice_, pricer, keep_on);
  double z = most;
  for (int round = 0; round < most_lowerings; ++round) {
    const Fate fate = fit_to(fitting, z);
    if (fate != Fate::apart) return fate == Fate::complete && round > 0 ? Fate::apart : fate;
    const Priced best = pricing_.best(box_, fitting.direction(), nodes_to_lower);
    if (!best.panel) return Fate::open;
    if (std::find(panels_.begin(), panels_.end(), *best.panel) == panels_.end()) {
      add(*best.panel);
      weights_.push_back(0);
    }
    const double next = lowered(fitting, *best.panel);
    if (!best.certain || !(next < z) || !(next >= 0)) return Fate::open;
    z = next;
  }
  return Fate::open;
}

// A column for z that the types not fixed need; it takes the place of the one before.
void Master::begin_level(double most) {
  std::vector<solver::Cell> cells;
  double all = 0;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (fixed_[t]) continue;
    const auto count = static_cast<double>(space_.count(t));
    cells.push_back({static_cast<std::int32_t>(t), -count});
    all += count;
  }
  std::vector<Basis> basis = linear_.basis();
  const std::int32_t before = z_;
  z_ = linear_.add_column(0, most, -all, cells);  // so that duals are about 1
  if (before < 0) return;
  linear_.set_column(before, 0, 0);
  linear_.set_cost(before, 0);
  const std::int64_t all_there = std::int64_t{linear_.columns()} + linear_.rows();
  if (static_cast<std::int64_t>(basis.size()) + 1 != all_there) return;
  basis.insert(basis.begin() + z_,
               basis[at(before)] == Basis::basic ? Basis::basic : Basis::at_lower);
  basis[at(before)] = Basis::at_lower;
  linear_.set_basis(basis);
}

Master::Duals Master::duals() const {
  Duals result;
  const std::span<const double> duals = linear_.duals();
  result.terms.assign(space_.columns(), 0);
  for (std::uint32_t t = 0; t < space_.types(); ++t) result.terms[t] = std::max(0.0, duals[t]);
  result.bound = -duals[space_.types()];
  return result;
}

bool Master::search_panels(const Duals& duals) {
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    if (weights_[i] > 1e-9) used.push_back(i);
  }
  if (used.empty()) return false;
  const std::size_t before = panels_.size();
  search_.enter(box_);
  const int tries = luck_ > 0 ? luck_ : dice_.below(8) == 0 ? 1 : 0;
  for (int k = 0; k < tries && panels_.size() < before + most_found; ++k) {
    std::fill(search_.values.begin(), search_.values.end(), 0);
    for (const Seat& seat : panels_[used[dice_.below(used.size())]]) {
      search_.values[seat.column] = seat.count;
    }
    if (!search_.improve(duals.terms, search_steps)) continue;
    if (search_.worth <= duals.bound + least_worth) continue;
    Panel panel = panel_of(search_.values);
    if (std::find(panels_.begin() + static_cast<std::ptrdiff_t>(before), panels_.end(), panel) ==
        panels_.end()) {
      add(std::move(panel));
    }
  }
  const bool any = panels_.size() > before;
  luck_ = any ? std::min(luck_ + 1, starts) : luck_ / 2;
  return any;
}

// The same program in fractions, z last.
solver::ExactProgram Master::exact_program(const Rational& most) const {
  solver::ExactProgram program;
  program.rows.resize(space_.types() + 1);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    program.rows[t].bounds.lower = fixed_[t] ? *fixed_[t] * Rational(space_.count(t)) : Rational(0);
  }
  program.rows.back().bounds = {Rational(1), Rational(1)};
  for (const Panel& panel : panels_) {
    const auto column = static_cast<std::int32_t>(program.columns.size());
    program.columns.push_back({{Rational(0), std::nullopt}, 0});
    for (const Seat& seat : panel) {
      if (seat.column < space_.types()) {
        program.rows[seat.column].cells.push_back({column, Rational(seat.count)});
      }
    }
    program.rows.back().cells.push_back({column, 1});
  }
  const auto z = static_cast<std::int32_t>(program.columns.size());
  program.columns.push_back({{Rational(0), most}, -1});
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!fixed_[t]) program.rows[t].cells.push_back({z, Rational(-space_.count(t))});
  }
  return program;
}

// What the program over the panels there are comes to: a value and the inequality of its duals, yet
// to be proved. lost: it is below the relaxation's.
Raised Master::weigh_exactly(const Rational& relaxed) const {
  const solver::ExactProgram program = exact_program(relaxed);
  const std::vector<Basis> stood = linear_.basis();
  std::vector<Basis> basis;
  for (const std::int32_t place : places_) basis.push_back(stood[at(place)]);
  basis.push_back(stood[at(z_)]);
  basis.insert(basis.end(), stood.begin() + linear_.columns(), stood.end());
  solver::ExactLimits limits;
  limits.stop = watch_.stops();
  const solver::ExactAnswer answer = solver::solve_exactly(program, basis, limits);
  Raised raised;
  if (answer.status != Status::optimal) {
    raised.outcome = answer.status == Status::limit || answer.status == Status::cancelled
                         ? Raised::Outcome::open
                         : Raised::Outcome::trouble;
    return raised;
  }
  raised.value = answer.values.back();
  if (raised.value == relaxed) {
    raised.outcome = Raised::Outcome::reached;
    return raised;
  }
  Terms duals;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (answer.duals[t].sign() > 0) duals.emplace_back(t, answer.duals[t]);
  }
  const Rational factor = whole_factor(duals);
  for (auto& [type, dual] : duals) {
    dual *= factor;
    raised.inequality.bound +=
        dual * Rational(space_.count(type)) * (fixed_[type] ? *fixed_[type] : raised.value);
    if (!fixed_[type]) raised.types.push_back(type);
  }
  raised.inequality.terms = std::move(duals);
  raised.outcome = Raised::Outcome::lost;
  return raised;
}

// A panel that breaks the inequality. Its numbers are whole, as panels are, so that a panel breaks
// it by 1 at least, and what comes to less needs no search.
std::optional<Panel> Master::find_against(const Inequality& inequality) {
  std::vector<double> terms(space_.columns(), 0);
  for (const auto& [type, term] : inequality.terms) terms[type] = term.approximate();
  const double beyond = Rational(inequality.bound.floor()).approximate() + 0.5;
  Priced priced = pricing_.find(box_, terms, beyond, nodes_to_find);
  // What is known obeys it, whatever rounding says.
  const bool known =
      priced.panel && std::find(panels_.begin(), panels_.end(), *priced.panel) != panels_.end();
  return known ? std::nullopt : std::move(priced.panel);
}

// Proves what weigh_exactly() said, or (false) finds a panel that says otherwise.
bool Master::close(Raised& raised) {
  if (std::optional<Panel> panel = find_against(raised.inequality)) {
    add(std::move(*panel));
    return false;
  }
  Pricing::Settled settled = pricing_.settle(raised.inequality);
  if (settled.counter) add(std::move(*settled.counter));
  if (settled.counter) return false;
  if (settled.proof) {
    raised.proof = std::move(*settled.proof);
  } else {
    raised.outcome = Raised::Outcome::open;
  }
  return true;
}

Raised Master::raise(const Rational& relaxed) {
  // After a level that was lost the panels are good, and the next one mostly is lost as well.
  const Fate fate = lost_ ? Fate::open : approach(relaxed.approximate());
  lost_ = false;
  if (fate == Fate::complete) {
    Raised raised;
    raised.outcome = Raised::Outcome::reached;
    return raised;
  }
  begin_level(relaxed.approximate());
  solver::Limits limits;
  limits.stop = watch_.stops();
  Raised raised;
  for (std::int64_t round = 0;; ++round) {
    watch_.tell(LotteryProgress::Phase::columns, static_cast<std::int64_t>(panels_.size()));
    raised.outcome = Raised::Outcome::open;
    if (!watch_.keep_on()) return raised;
    const Status status = linear_.solve(limits);
    if (status != Status::optimal) {
      if (status != Status::cancelled) raised.outcome = Raised::Outcome::trouble;
      return raised;
    }
    weights_.clear();
    for (const std::int32_t place : places_) weights_.push_back(linear_.values()[at(place)]);
    if (linear_.values()[at(z_)] >= relaxed.approximate() - reached_within) {
      raised.outcome = Raised::Outcome::reached;
      return raised;
    }
    if (search_panels(duals())) continue;
    raised = weigh_exactly(relaxed);
    if (raised.outcome == Raised::Outcome::lost && !close(raised)) continue;
    lost_ = raised.outcome == Raised::Outcome::lost;
    return raised;
  }
}

}  // namespace partnership::lottery
