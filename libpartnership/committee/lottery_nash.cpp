// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_nash.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "committee/lottery_relaxation.hpp"

namespace partnership::lottery {
namespace {

using solver::Status;

constexpr double goal = 1e-9;         // of the gap, over panels
constexpr double fit_within = 1e-11;  // of the target in probability: no more is needed
constexpr int most_rounds = 2000;
constexpr int starts = 24;  // of the local search, a round
constexpr int search_steps = 64;
constexpr int rough_rounds = 100;

// Near a double, with a short denominator: a bound needs no more.
Rational roughly(double value) {
  constexpr double unit = 0x1p40;
  if (std::abs(value) >= 0x1p20) return Rational::of(value);
  return {Integer(std::llround(value * unit)), Integer(std::int64_t{1} << 40)};
}

}  // namespace

Nash::Nash(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery)
    : space_(space),
      watch_(watch),
      request_(request),
      lottery_(lottery),
      pricing_(space, watch),
      dice_(request.seed),
      known_(space, pricing_, watch, dice_.next()) {}

void Nash::run() {
  if (!find_excluded() && !take_apart() && (surveyed_ || !survey())) {
    const bool again = !known_.unseatable().empty();
    if (!again || (!find_excluded() && !take_apart())) climb();
  }
  lottery_.statistics.nodes = pricing_.nodes();
  if (watch_.pace() == Pace::cancel) end(LotteryStatus::cancelled);
}

// Those who are known to sit on no committee, and those whom the relaxation gives no chance.
bool Nash::find_excluded() {
  Relaxation relaxation(space_);
  lottery_.levels = known_.unseatable();
  excluded_.assign(space_.types(), false);
  selectable_ = space_.model().nominees;
  const auto exclude = [&](const LotteryLevel& level) {
    for (const std::uint32_t type : level.types) {
      excluded_[type] = true;
      selectable_ -= space_.count(type);
    }
    relaxation.fix(level.types, level.value);
  };
  for (const LotteryLevel& level : known_.unseatable()) exclude(level);
  while (relaxation.unfixed() > 0) {
    Step step = relaxation.next(watch_.stops());
    if (step.status == Status::infeasible) {
      lottery_.infeasible = one_leaf(ProofNode::Kind::infeasible, std::move(step.ray));
      end(LotteryStatus::infeasible);
      return true;
    }
    if (step.status != Status::optimal) {
      end(watch_.keep_on() ? LotteryStatus::trouble : LotteryStatus::limit);
      return true;
    }
    if (step.value.sign() > 0) break;
    Proof proof = one_leaf(ProofNode::Kind::rows, std::move(step.rows));
    lottery_.levels.push_back(level_of(std::move(step), std::move(proof)));
    exclude(lottery_.levels.back());
  }
  return false;
}

LogProgram Nash::relaxed_program() const {
  LogProgram program;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    LogProgram::Column column{
        static_cast<double>(space_.lower[j]), static_cast<double>(space_.upper[j]), 0, {}};
    if (j < space_.types()) {
      if (excluded_[j]) column.upper = 0;
      column.weight = excluded_[j] ? 0 : static_cast<double>(space_.count(j));
    }
    for (const Entry& entry : space_.column(j)) {
      column.cells.emplace_back(entry.index, static_cast<double>(entry.value));
    }
    program.columns.push_back(std::move(column));
  }
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    const double lower = space_.row_lower[i] == -no_end ? -solver::infinite
                                                        : static_cast<double>(space_.row_lower[i]);
    const double upper =
        space_.row_upper[i] == no_end ? solver::infinite : static_cast<double>(space_.row_upper[i]);
    program.rows.push_back({lower, upper});
  }
  return program;
}

bool Nash::take_apart() {
  const auto keep_on = watch_.keeps_on();
  const LogAnswer answer = maximise_logs(relaxed_program(), keep_on);
  if (answer.converged) {
    std::function<bool()> look;
    if (!surveyed_) look = [&] { return survey(); };
    std::optional<Decomposition> parts = known_.take_apart(answer.values, dice_.next(), keep_on,
                                                           look, fit_within, lottery_.statistics);
    if (!parts) return true;
    if (parts->fate == Fate::complete) {
      complete(std::move(parts->mixture));
      return true;
    }
  }
  if (watch_.keep_on()) return false;
  end_early();
  return true;
}

bool Nash::survey() {
  using Survey = KnownPanels::Survey;
  surveyed_ = true;
  const Survey survey = known_.survey();
  if (survey == Survey::empty) {
    lottery_.infeasible = known_.empty();
    end(LotteryStatus::infeasible);
    return true;
  }
  bool settled = survey == Survey::done;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    settled = settled && (known_.covered(t) || space_.upper[t] <= 0 || excluded_[t]);
  }
  if (!settled) end(LotteryStatus::limit);
  return !settled;
}

// Of the panels that are known, with weights that come near the best ones; of no use where somebody
// who may have a chance sits on none of them, or nobody has one.
void Nash::end_early() {
  if (selectable_ == 0) return end(LotteryStatus::limit);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!excluded_[t] && !known_.covered(t)) return end(LotteryStatus::limit);
  }
  std::vector<Panel> panels = known_.panels();
  std::sort(panels.begin(), panels.end(), before);
  panels.erase(std::unique(panels.begin(), panels.end()), panels.end());
  complete(weigh_roughly(panels));
}

// Each weight times what its panel is worth, again and again: the product grows every time, and the
// weights keep their sum (Silvey, Titterington and Torsney 1978).
Mixture Nash::weigh_roughly(std::span<const Panel> panels) {
  std::vector<double> weights(panels.size(), 1 / static_cast<double>(panels.size()));
  for (int round = 0; round < rough_rounds; ++round) {
    inverse_.assign(space_.columns(), 0);
    for (std::size_t i = 0; i < panels.size(); ++i) {
      for (const Seat& seat : panels[i]) inverse_[seat.column] += weights[i] * seat.count;
    }
    for (std::uint32_t j = 0; j < space_.columns(); ++j) {
      const bool counts = j < space_.types() && !excluded_[j];
      inverse_[j] = counts ? static_cast<double>(space_.count(j)) / inverse_[j] : 0;
    }
    for (std::size_t i = 0; i < panels.size(); ++i) {
      weights[i] *= worth_of(panels[i]) / static_cast<double>(selectable_);
    }
  }
  Mixture mixture;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (weights[i] > 0) mixture.add(panels[i], weights[i]);
  }
  return mixture;
}

// Columns for types, then weights of panels; rows: what panels give each type, then the weights.
LogProgram Nash::panels_program(std::span<const Panel> panels) const {
  LogProgram program;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const auto count = static_cast<double>(space_.count(t));
    program.columns.push_back(
        {0, excluded_[t] ? 0 : 2 * count, excluded_[t] ? 0 : count, {{t, -1.0}}});
    program.rows.push_back({0, 0});
  }
  program.rows.push_back({1, 1});
  for (const Panel& panel : panels) {
    LogProgram::Column column{0, solver::infinite, 0, {}};
    for (const Seat& seat : panel) {
      if (seat.column < space_.types()) column.cells.emplace_back(seat.column, seat.count);
    }
    column.cells.emplace_back(space_.types(), 1.0);
    program.columns.push_back(std::move(column));
  }
  return program;
}

std::optional<Mixture> Nash::weigh_known(std::span<const Panel> panels) {
  const LogAnswer answer = maximise_logs(panels_program(panels), watch_.keeps_on());
  if (!answer.converged) return std::nullopt;
  Mixture mixture;
  inverse_.assign(space_.columns(), 0);
  double sum = 0;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const double weight = answer.values[space_.types() + i];
    if (weight < 1e-13) continue;
    mixture.add(panels[i], weight);
    sum += weight;
  }
  for (std::size_t i = 0; i < mixture.panels.size(); ++i) {
    mixture.weights[i] /= sum;
    for (const Seat& seat : mixture.panels[i]) {
      inverse_[seat.column] += mixture.weights[i] * seat.count;
    }
  }
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    const bool counts = j < space_.types() && !excluded_[j] && inverse_[j] > 0;
    inverse_[j] = counts ? static_cast<double>(space_.count(j)) / inverse_[j] : 0;
  }
  return mixture;
}

double Nash::worth_of(const Panel& panel) const {
  double sum = 0;
  for (const Seat& seat : panel) sum += inverse_[seat.column] * seat.count;
  return sum;
}

// Panels whose sum of 1 / p is above that of the target, by search or else by branching.
bool Nash::add_better(std::vector<Panel>& panels, Search& search) {
  const Box box = whole_box(space_);
  // As much as N, and more than any known one comes to, whose weights are not quite right.
  double most = static_cast<double>(selectable_);
  for (const Panel& panel : panels) most = std::max(most, worth_of(panel));
  const double enough = most * (1 + goal);
  const std::size_t before = panels.size();
  search.enter(box);
  for (int k = 0; k < starts && panels.size() < before + 8; ++k) {
    std::fill(search.values.begin(), search.values.end(), 0);
    for (const Seat& seat : panels[dice_.below(before)]) search.values[seat.column] = seat.count;
    if (!search.improve(inverse_, search_steps) || search.worth <= enough) continue;
    Panel panel = panel_of(search.values);
    if (std::find(panels.begin(), panels.end(), panel) == panels.end()) {
      panels.push_back(std::move(panel));
    }
  }
  if (panels.size() > before) return true;
  Priced priced = pricing_.find(box, inverse_, enough, watch_.nodes_left);
  if (!priced.panel) return false;
  if (std::find(panels.begin(), panels.end(), *priced.panel) != panels.end()) return false;
  panels.push_back(std::move(*priced.panel));
  return true;
}

void Nash::climb() {
  std::vector<Panel> panels = known_.panels();
  std::sort(panels.begin(), panels.end(), before);
  panels.erase(std::unique(panels.begin(), panels.end()), panels.end());
  Search search(space_, dice_.next());
  std::optional<Mixture> best;
  for (int round = 0; round < most_rounds; ++round) {
    watch_.tell(LotteryProgress::Phase::columns, static_cast<std::int64_t>(panels.size()));
    std::optional<Mixture> mixture = weigh_known(panels);
    if (!mixture) break;
    best = std::move(mixture);
    if (!watch_.keep_on() || !add_better(panels, search)) break;
  }
  if (!best && !watch_.keep_on()) return end_early();
  if (!best) return end(LotteryStatus::trouble);
  complete(std::move(*best));
}

void Nash::set_terms(LotteryLevel& level) const {
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (excluded_[t]) continue;
    level.types.push_back(t);
    level.terms.emplace_back(t, Rational(1) / lottery_.target[t]);
  }
}

// The duals of the relaxation with these terms, roughly; what they prove is added up exactly.
bool Nash::prove_by_rows() {
  LotteryLevel level;
  set_terms(level);
  if (selectable_ == 0) {  // the only committee is empty: there is no product to bound
    level.proof = one_leaf(ProofNode::Kind::rows, {});
    lottery_.levels.push_back(std::move(level));
    return true;
  }
  solver::Linear linear;
  const PanelModel& model = space_.model();
  std::vector<Rational> rest(space_.columns());
  for (const auto& [type, term] : level.terms) rest[type] = term;
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    linear.add_column(static_cast<double>(model.columns[j].lower),
                      static_cast<double>(model.columns[j].upper), -rest[j].approximate());
  }
  const LogProgram program = relaxed_program();
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    std::vector<solver::Cell> cells;
    for (const Entry& entry : space_.row(i)) {
      cells.push_back({static_cast<std::int32_t>(entry.index), static_cast<double>(entry.value)});
    }
    linear.add_row(program.rows[i].lower, program.rows[i].upper, cells);
  }
  if (linear.solve() != Status::optimal) return false;
  Terms rows;
  Rational total;
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    const Rational y = roughly(-linear.duals()[i]);
    const std::int64_t bound = y.sign() > 0 ? space_.row_upper[i] : space_.row_lower[i];
    if (y.sign() == 0 || bound == no_end || bound == -no_end) continue;
    total += y * Rational(bound);
    for (const Entry& entry : space_.row(i)) rest[entry.index] -= y * Rational(entry.value);
    rows.emplace_back(i, y);
  }
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    const PanelModel::Column& column = model.columns[j];
    total += rest[j] * Rational(rest[j].sign() > 0 ? column.upper : column.lower);
  }
  level.bound = std::max(total, Rational(selectable_));
  level.proof = one_leaf(ProofNode::Kind::rows, std::move(rows));
  lottery_.gap = level.bound / Rational(selectable_) - Rational(1);
  lottery_.levels.push_back(std::move(level));
  return true;
}

// With a gap that leaves room for rounding; ten times larger until it can be proved.
bool Nash::prove_by_branching() {
  LotteryLevel level;
  set_terms(level);
  double most = static_cast<double>(selectable_);
  for (const LotteryPanel& panel : lottery_.panels) most = std::max(most, worth_of(panel.seats));
  const double known = most / static_cast<double>(selectable_) - 1;
  Rational gap = Rational::of(std::ldexp(std::ceil(std::ldexp(known * 1.01 + 2e-9, 40)), -40));
  for (int round = 0; round < 4 && watch_.keep_on(); ++round) {
    level.bound = Rational(selectable_) * (Rational(1) + gap);
    Pricing::Settled settled = pricing_.settle({level.terms, level.bound});
    if (settled.proof) {
      level.proof = std::move(*settled.proof);
      lottery_.gap = std::move(gap);
      lottery_.levels.push_back(std::move(level));
      return true;
    }
    if (!settled.counter) return false;
    gap *= Rational(10);
  }
  return false;
}

void Nash::complete(Mixture mixture) {
  Weighted weighted = weigh(space_, std::move(mixture), {}, request_.delta);
  lottery_.panels = std::move(weighted.panels);
  lottery_.denominator = std::move(weighted.denominator);
  lottery_.target = std::move(weighted.probabilities);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!excluded_[t] && lottery_.target[t].sign() <= 0) return end(LotteryStatus::trouble);
  }
  const std::size_t before = lottery_.levels.size();
  if (!prove_by_rows()) return end(LotteryStatus::trouble);
  if (lottery_.gap.approximate() > small_gap) {
    LotteryLevel fallback = std::move(lottery_.levels.back());
    const Rational gap = lottery_.gap;
    lottery_.levels.resize(before);
    if (!prove_by_branching()) {
      lottery_.levels.push_back(std::move(fallback));
      lottery_.gap = gap;
    }
  }
  const bool small = lottery_.gap.approximate() <= small_gap;
  end(small ? LotteryStatus::proved : LotteryStatus::bound);
}

}  // namespace partnership::lottery
