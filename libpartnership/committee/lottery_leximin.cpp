// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_leximin.hpp"

#include <algorithm>
#include <cmath>

#include "committee/lottery_fit.hpp"

namespace partnership::lottery {
namespace {

using solver::Status;

constexpr std::int64_t nodes_a_panel = 5000;  // of branch and bound, in passing

Proof one_leaf(ProofNode::Kind kind, Terms rows) {
  Proof proof(1);
  proof[0].kind = kind;
  proof[0].rows = std::move(rows);
  return proof;
}

LotteryLevel level_of(Step step, Proof proof) {
  return {std::move(step.value), std::move(step.types), std::move(step.inequality.terms),
          std::move(step.inequality.bound), std::move(proof)};
}

}  // namespace

Leximin::Leximin(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery)
    : space_(space),
      watch_(watch),
      request_(request),
      lottery_(lottery),
      pricing_(space, watch),
      dice_(request.seed),
      covered_(space.types(), false) {}

void Leximin::run() {
  if (!relax() && !take_apart() && !find_unseatable()) {
    const bool again = !unseatable_.empty();
    if (!again || (!relax() && !take_apart())) climb();
  }
  lottery_.statistics.nodes = pricing_.nodes();
  if (watch_.pace() == Pace::cancel) end(LotteryStatus::cancelled);
}

// The relaxation's chain, without those who cannot sit.
bool Leximin::relax() {
  relaxation_.emplace(space_);
  lottery_.levels = unseatable_;
  for (const LotteryLevel& level : unseatable_) relaxation_->fix(level.types, level.value);
  first_.reset();
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
    Proof proof = one_leaf(ProofNode::Kind::rows, std::move(step.rows));
    lottery_.levels.push_back(level_of(std::move(step), std::move(proof)));
    if (!first_) first_ = lottery_.levels.back();
  }
  return false;
}

bool Leximin::take_apart() {
  const Pricer pricer = [&](const Box& box, std::span<const double> wish, double beyond) {
    return pricing_.find(box, wish, beyond, nodes_a_panel);
  };
  const auto keep_on = [&] {
    watch_.tell(LotteryProgress::Phase::panels, static_cast<std::int64_t>(known_.size()));
    return watch_.keep_on();
  };
  const std::vector<double> target = relaxation_->point();
  Decomposition parts = decompose(space_, target, dice_.next(), pricer, keep_on);
  lottery_.statistics.peeled += parts.peeled;
  lottery_.statistics.fitted += parts.fitted;
  lottery_.statistics.priced += parts.priced;
  keep(parts.mixture.panels);
  keep(parts.spare);
  if (parts.fate == Fate::complete) {
    lottery_.target = relaxation_->target();
    complete(std::move(parts.mixture));
    return true;
  }
  part_ = std::move(parts.mixture);
  if (watch_.keep_on()) return false;
  end_early();
  return true;
}

void Leximin::keep(const std::vector<Panel>& panels) {
  for (const Panel& panel : panels) {
    known_.push_back(panel);
    for (const Seat& seat : panel) {
      if (seat.column < space_.types()) covered_[seat.column] = true;
    }
  }
}

// A first panel, where none is known.
bool Leximin::find_any() {
  const std::vector<double> wish(space_.columns(), 0);
  const Box box = whole_box(space_);
  Priced priced = pricing_.find(box, wish, -1, watch_.nodes_left);
  if (priced.panel) {
    keep({std::move(*priced.panel)});
    return false;
  }
  if (priced.certain) {
    Pricing::Settled settled = pricing_.settle({{}, -1});
    if (settled.proof) {
      lottery_.infeasible = std::move(*settled.proof);
      end(LotteryStatus::infeasible);
      return true;
    }
  }
  end(LotteryStatus::limit);
  return true;
}

std::optional<Panel> Leximin::find_with(std::uint32_t type, bool& certain) {
  Box box = whole_box(space_);
  box.lower[type] = std::max<std::int64_t>(box.lower[type], 1);
  const std::vector<double> wish(space_.columns(), 0);
  Search search(space_, dice_.next());
  search.enter(box);
  for (int k = 0; k < 4; ++k) {
    for (const Seat& seat : known_[dice_.below(known_.size())]) {
      search.values[seat.column] = seat.count;
    }
    if (search.find(wish, 300)) return panel_of(search.values);
    std::fill(search.values.begin(), search.values.end(), 0);
  }
  Priced priced = pricing_.find(box, wish, -1, watch_.nodes_left);
  certain = priced.certain;
  return std::move(priced.panel);
}

// Types on no known panel either get one or are proved to have none.
bool Leximin::find_unseatable() {
  if (known_.empty() && find_any()) return true;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (covered_[t] || space_.upper[t] <= 0) continue;
    watch_.tell(LotteryProgress::Phase::panels, static_cast<std::int64_t>(known_.size()));
    bool certain = false;
    std::optional<Panel> panel = find_with(t, certain);
    if (!watch_.keep_on()) {
      end_early();
      return true;
    }
    if (!panel && certain) {
      Inequality none{{{t, Rational(1)}}, Rational(0)};
      Pricing::Settled settled = pricing_.settle(none);
      panel = std::move(settled.counter);
      if (settled.proof) {
        unseatable_.push_back(
            {Rational(0), {t}, std::move(none.terms), Rational(0), std::move(*settled.proof)});
        space_.upper[t] = 0;
      }
    }
    if (panel) keep({std::move(*panel)});
  }
  return false;
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
  if (raised.outcome == Outcome::trouble) {
    end(LotteryStatus::trouble);
    return false;
  }
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
  } else if (raised.outcome == Outcome::open) {
    end_with_bound(fit_known(master), level_of(std::move(step), std::move(proof)));
    return false;
  }
  relaxation_->fix(step.types, step.value);
  master.fix(step.types, step.value);
  lottery_.levels.push_back(level_of(std::move(step), std::move(proof)));
  return true;
}

void Leximin::climb() {
  Master master(space_, pricing_, watch_, dice_.next(), known_);
  relaxation_.emplace(space_);
  lottery_.levels = unseatable_;
  for (const LotteryLevel& level : unseatable_) {
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
  const Rational least = lottery_.levels[unseatable_.size()].value;
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
  const bool close = lottery_.deviation <= request_.delta;
  end(close ? LotteryStatus::proved : LotteryStatus::trouble);
  if (maximin() && lottery_.levels.size() > 1) lottery_.levels.resize(1);
}

// With what is known, and no level but the first.
void Leximin::end_early() {
  lottery_.levels = unseatable_;
  end_with_bound(std::move(part_), first_);
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
  if (mixture.panels.empty() && !known_.empty()) mixture.add(known_.front(), 1);
  if (mixture.panels.empty() || !open) return end(LotteryStatus::limit);
  Weighted weighted = weigh(space_, std::move(mixture), {}, request_.delta);
  lottery_.panels = std::move(weighted.panels);
  lottery_.denominator = std::move(weighted.denominator);
  if (maximin()) lottery_.levels.resize(std::min<std::size_t>(unseatable_.size(), 1));
  set_target(weighted.probabilities);
  if (lottery_.deviation > request_.delta && !maximin()) {
    lottery_.levels = unseatable_;
    open = first_;
    set_target(weighted.probabilities);
  }
  // Where somebody cannot sit at all, the least probability is 0, and that is proved.
  if (maximin() && !unseatable_.empty()) return end(LotteryStatus::proved);
  set_gap(maximin() ? *first_ : std::move(*open));
  // Rounding alone may have made it more than the bound.
  end(lottery_.gap.sign() < 0 ? LotteryStatus::trouble : LotteryStatus::bound);
}

}  // namespace partnership::lottery
