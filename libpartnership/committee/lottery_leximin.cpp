// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_leximin.hpp"

#include <algorithm>
#include <cmath>

#include "committee/lottery_fit.hpp"

namespace partnership::lottery {

using solver::Status;

Leximin::Leximin(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery)
    : space_(space),
      watch_(watch),
      request_(request),
      lottery_(lottery),
      pricing_(space, watch),
      dice_(request.seed),
      known_(space, pricing_, watch, dice_.next()) {}

void Leximin::run() {
  find();
  lottery_.statistics.nodes = pricing_.nodes();
  if (watch_.pace() == Pace::cancel) end(LotteryStatus::cancelled);
}

// Those who cannot sit are a common reason why a target is no lottery, and are found soon.
void Leximin::find() {
  if (relax() || take_apart() || (!surveyed_ && survey())) return;
  if (!known_.unseatable().empty() && (relax() || take_apart())) return;
  climb();
}

// The relaxation's chain, without those who cannot sit.
bool Leximin::relax() {
  relaxation_.emplace(space_);
  lottery_.levels = known_.unseatable();
  for (const LotteryLevel& level : known_.unseatable()) relaxation_->fix(level.types, level.value);
  first_.reset();
  first_after_ = known_.unseatable().size();
  while (relaxation_->unfixed() > 0) {
    watch_.tell(LotteryProgress::Phase::levels, space_.types() - relaxation_->unfixed(),
                space_.types());
    Step step = relaxation_->next(watch_.stops());
    if (step.status == Status::infeasible) {
      lottery_.infeasible = one_leaf(ProofNode::Kind::infeasible, std::move(step.ray));
      end(LotteryStatus::infeasible);
      return true;
    }
    if (step.status != Status::optimal) {
      end_early();
      if (watch_.keep_on()) end(LotteryStatus::trouble);
      return true;
    }
    relaxation_->fix(step.types, step.value);
    watch_.numbers_left -=
        static_cast<std::int64_t>(step.inequality.terms.size() + step.rows.size());
    if (watch_.numbers_left < 0 && first_) {  // so many levels that nobody could keep them
      end_early();
      return true;
    }
    Proof proof = one_leaf(ProofNode::Kind::rows, std::move(step.rows));
    lottery_.levels.push_back(level_of(std::move(step), std::move(proof)));
    if (!first_) first_ = lottery_.levels.back();
  }
  return false;
}

bool Leximin::take_apart() {
  const auto keep_on = [&] {
    watch_.tell(LotteryProgress::Phase::panels, static_cast<std::int64_t>(known_.panels().size()));
    return watch_.keep_on();
  };
  std::function<bool()> look;
  if (!surveyed_) look = [&] { return survey(); };
  std::optional<Decomposition> parts =
      known_.take_apart(relaxation_->point(), dice_.next(), keep_on, look,
                        DecomposeLimits().tolerance, lottery_.statistics);
  if (!parts) return true;
  if (parts->fate == Fate::complete) {
    lottery_.target = relaxation_->target();
    complete(std::move(parts->mixture));
    return true;
  }
  part_ = std::move(parts->mixture);
  if (watch_.keep_on()) return false;
  end_early();
  return true;
}

bool Leximin::survey() {
  using Survey = KnownPanels::Survey;
  const Survey survey = known_.survey();
  surveyed_ = true;
  if (survey == Survey::empty) {
    lottery_.infeasible = known_.empty();
    end(LotteryStatus::infeasible);
    return true;
  }
  if (survey == Survey::done && watch_.keep_on()) return false;
  end_early();
  return true;
}

bool Leximin::prove(const Step& step, bool rows, Proof& proof) {
  if (rows) {
    proof = one_leaf(ProofNode::Kind::rows, step.rows);
    return true;
  }
  Pricing::Settled settled = pricing_.settle(step.inequality);
  if (settled.proof) proof = std::move(*settled.proof);
  return settled.proof.has_value();
}

// One level over committees, where the relaxation's chain, as far as it holds, has come to `step`.
bool Leximin::reach(Master& master, Step step) {
  using Outcome = Raised::Outcome;
  Raised raised = master.raise(step.value);
  Proof proof;
  if (raised.outcome == Outcome::lost) {
    step.value = std::move(raised.value);
    step.inequality = std::move(raised.inequality);
    step.types = std::move(raised.types);
    proof = std::move(raised.proof);
    relaxation_->add(step.inequality);
  } else if (!prove(step, step.added.empty(), proof)) {
    part_ = fit_known(master);  // nothing is known of the level: back to the first one
    end_early();
    return false;
  } else if (raised.outcome != Outcome::reached) {
    end_with_bound(fit_known(master), level_of(std::move(step), std::move(proof)));
    return false;
  }
  relaxation_->fix(step.types, step.value);
  master.fix(step.types, step.value);
  lottery_.levels.push_back(level_of(std::move(step), std::move(proof)));
  return true;
}

void Leximin::climb() {
  Master master(space_, pricing_, watch_, dice_.next(), known_.panels());
  relaxation_.emplace(space_);
  lottery_.levels = known_.unseatable();
  for (const LotteryLevel& level : known_.unseatable()) {
    relaxation_->fix(level.types, level.value);
    master.fix(level.types, level.value);
  }
  while (relaxation_->unfixed() > 0) {
    Step step = relaxation_->next(watch_.stops());
    if (step.status != Status::optimal) {
      part_ = fit_known(master);
      end_early();
      if (watch_.keep_on()) end(LotteryStatus::trouble);
      return;
    }
    if (!reach(master, std::move(step))) return;
    if (maximin()) return complete_maximin(master);
  }
  lottery_.target = relaxation_->target();
  complete(fit_known(master));
}

// The least probability stands; the others are what they came to.
void Leximin::complete_maximin(Master& master) {
  const Weighted weighted = weigh(space_, fit_known(master), {}, request_.delta);
  lottery_.target = weighted.probabilities;
  const Rational least = lottery_.levels[known_.unseatable().size()].value;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    Rational& target = lottery_.target[t];
    if (relaxation_->fixed(t)) {
      target = relaxation_->target()[t];
    } else if (target < least) {
      target = least;
    }
  }
  complete(fit_known(master));
}

// Weights for the master's panels, as exact as doubles are.
Mixture Leximin::fit_known(const Master& master) const {
  std::vector<double> target(space_.types() + 1, 0);
  const std::vector<Panel>& panels = master.panels();
  const std::span<const double> weights = master.weights();
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    for (const Seat& seat : panels[i]) {
      if (seat.column < space_.types()) target[seat.column] += weights[i] * seat.count;
    }
  }
  Mixture mixture;
  if (!(sum > 0)) {
    mixture.add(panels.front(), 1);
    return mixture;
  }
  for (double& value : target) value /= sum;
  target.back() = 1;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!relaxation_->fixed(t)) continue;
    target[t] = (relaxation_->target()[t] * Rational(space_.count(t))).approximate();
  }
  Fit fit(std::move(target));
  for (std::size_t i = 0; i < panels.size(); ++i) {
    std::vector<Component> vector;
    for (const Seat& seat : panels[i]) {
      if (seat.column < space_.types()) {
        vector.push_back({seat.column, static_cast<double>(seat.count)});
      }
    }
    vector.push_back({space_.types(), 1});
    fit.add(std::move(vector), i < weights.size() && weights[i] > 1e-9 ? weights[i] : 0);
  }
  fit.solve();
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (fit.weight(i) > 0) mixture.add(panels[i], fit.weight(i));
  }
  return mixture;
}

// The target is reached: the weights become exact.
void Leximin::complete(Mixture mixture) {
  Weighted weighted = weigh(space_, std::move(mixture), lottery_.target, request_.delta);
  lottery_.panels = std::move(weighted.panels);
  lottery_.denominator = std::move(weighted.denominator);
  lottery_.deviation = largest_deviation(weighted.probabilities, lottery_.target);
  const bool sound = lottery_.deviation <= request_.delta &&
                     std::all_of(lottery_.panels.begin(), lottery_.panels.end(),
                                 [&](const LotteryPanel& p) { return space_.contains(p.seats); });
  end(sound ? LotteryStatus::proved : LotteryStatus::trouble);
  if (maximin() && lottery_.levels.size() > 1) lottery_.levels.resize(1);
}

// With what is known, and no level but the first.
void Leximin::end_early() {
  std::optional<LotteryLevel> open = open_first();
  end_with_bound(std::move(part_), std::move(open));
}

// The first level of the chain, left open, after those who cannot sit. If more of these were found
// since, the others share what the inequality gave to all.
std::optional<LotteryLevel> Leximin::open_first() {
  lottery_.levels = known_.unseatable();
  if (!first_ || lottery_.levels.size() == first_after_) return first_;
  std::vector<bool> zero(space_.types(), false);
  for (const LotteryLevel& level : lottery_.levels) {
    for (const std::uint32_t type : level.types) zero[type] = true;
  }
  LotteryLevel open = *first_;
  Rational sum;
  for (const auto& [type, term] : open.terms) {
    if (!zero[type]) sum += term * Rational(space_.count(type));
  }
  if (sum.sign() > 0) open.value = open.bound / sum;
  if (sum.sign() > 0 && open.value <= Rational(1)) return open;
  lottery_.levels.resize(first_after_);
  return first_;
}

// Of what the weights give, exactly, and what levels say instead where they fix it.
void Leximin::set_target(const std::vector<Rational>& probabilities) {
  lottery_.target = probabilities;
  const Rational least = lottery_.levels.empty() ? Rational(0) : lottery_.levels.back().value;
  std::vector<bool> fixed(space_.types(), false);
  for (const LotteryLevel& level : lottery_.levels) {
    for (const std::uint32_t type : level.types) {
      lottery_.target[type] = level.value;
      fixed[type] = true;
    }
  }
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!fixed[t] && lottery_.target[t] < least) lottery_.target[t] = least;
  }
  lottery_.deviation = largest_deviation(probabilities, lottery_.target);
}

// The open level: the least of the types that are not fixed, and what it may be at most.
void Leximin::set_gap(LotteryLevel open) {
  std::vector<bool> fixed(space_.types(), false);
  for (const LotteryLevel& level : lottery_.levels) {
    for (const std::uint32_t type : level.types) fixed[type] = true;
  }
  std::optional<Rational> least;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (!fixed[t] && (!least || lottery_.target[t] < *least)) least = lottery_.target[t];
  }
  lottery_.bound = open.value;
  lottery_.gap = least ? lottery_.bound - *least : Rational(0);
  open.types.clear();
  lottery_.levels.push_back(std::move(open));
}

// A lottery of what there is; levels that it does not reach are not claimed.
void Leximin::end_with_bound(Mixture mixture, std::optional<LotteryLevel> open) {
  if (mixture.panels.empty() && !known_.panels().empty()) {
    mixture.add(known_.panels().front(), 1);
  }
  if (mixture.panels.empty() || !open) return end(LotteryStatus::limit);
  Weighted weighted = weigh(space_, std::move(mixture), {}, request_.delta);
  lottery_.panels = std::move(weighted.panels);
  lottery_.denominator = std::move(weighted.denominator);
  if (maximin()) lottery_.levels.resize(std::min<std::size_t>(known_.unseatable().size(), 1));
  set_target(weighted.probabilities);
  if (lottery_.deviation > request_.delta && !maximin()) {
    open = open_first();
    set_target(weighted.probabilities);
  }
  // Where somebody cannot sit at all, the least probability is 0, and that is proved.
  if (maximin() && !known_.unseatable().empty()) return end(LotteryStatus::proved);
  set_gap(maximin() ? *first_ : std::move(*open));
  // Rounding alone may have made it more than the bound.
  end(lottery_.gap.sign() < 0 ? LotteryStatus::trouble : LotteryStatus::bound);
}

}  // namespace partnership::lottery
