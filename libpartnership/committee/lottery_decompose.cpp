// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_decompose.hpp"

#include <algorithm>
#include <cmath>

#include "committee/lottery_fit.hpp"

namespace partnership::lottery {
namespace {

constexpr double tolerance = 2e-12;      // of what is left, in probability
constexpr double least_worth = 1e-11;    // of a panel that the fit is to have
constexpr std::size_t least_given = 10;  // panels that are fitted anew
constexpr int starts = 8;                // of the local search, for one panel
constexpr int search_steps = 96;

class Finisher {
 public:
  Finisher(const Space& space, Search& search, Dice& dice, const Pricer& pricer,
           const std::function<bool()>& keep_on, Decomposition& result)
      : space_(space),
        search_(search),
        dice_(dice),
        pricer_(pricer),
        keep_on_(keep_on),
        result_(result) {}

  Fate finish(Rest rest);

 private:
  Fate fit_face(const Rest& part, std::size_t first);
  std::vector<Component> vector_of(const Panel& panel) const;
  bool find_panel(const Box& box, const Fit& fit);
  void search_panel(const Fit& fit);
  void load_panel(const Panel& panel);

  const Space& space_;
  Search& search_;
  Dice& dice_;
  const Pricer& pricer_;
  const std::function<bool()>& keep_on_;
  Decomposition& result_;

  std::vector<Panel> extra_;               // found for smaller parts than the present one
  std::vector<Panel> panels_;              // of the present fit
  std::vector<std::uint32_t> coordinate_;  // of a column, + 1; 0: it has none
  std::uint32_t coordinates_ = 0;          // the last one is the mass
  std::vector<double> wish_;
  Panel found_;
  double worth_ = 0;
  bool certain_ = false;  // there is no panel to be found
};

std::vector<Component> Finisher::vector_of(const Panel& panel) const {
  std::vector<Component> vector;
  for (const Seat& seat : panel) {
    if (coordinate_[seat.column] > 0) {
      vector.push_back({coordinate_[seat.column] - 1, static_cast<double>(seat.count)});
    }
  }
  vector.push_back({coordinates_ - 1, 1});
  return vector;
}

void Finisher::load_panel(const Panel& panel) {
  std::fill(search_.values.begin(), search_.values.end(), 0);
  for (const Seat& seat : panel) search_.values[seat.column] = seat.count;
}

// By local search from panels in use, each of which has worth 0.
void Finisher::search_panel(const Fit& fit) {
  const double constant = fit.residual()[coordinates_ - 1];
  for (int k = 0; k < starts && worth_ < 0.3 * fit.error(); ++k) {
    if (fit.used().empty()) break;
    load_panel(panels_[fit.used()[dice_.below(fit.used().size())]]);
    if (!search_.improve(wish_, search_steps) || search_.worth + constant <= worth_) continue;
    worth_ = search_.worth + constant;
    found_ = panel_of(search_.values);
  }
}

bool Finisher::find_panel(const Box& box, const Fit& fit) {
  const std::span<const double> residual = fit.residual();
  for (std::uint32_t t = 0; t < space_.columns(); ++t) {
    wish_[t] = coordinate_[t] > 0 ? residual[coordinate_[t] - 1] : 0;
  }
  worth_ = 0;
  certain_ = false;
  search_panel(fit);
  if (worth_ > least_worth) return true;
  // All values in one scale, so that what is asked for does not drown in tolerances.
  const double scale = 1 / fit.error();
  std::vector<double> scaled = wish_;
  for (double& value : scaled) value *= scale;
  double fixed = 0;
  const double constant = residual[coordinates_ - 1] * scale;
  Priced priced = pricer_(box, scaled, 1e-6 - constant - fixed);
  if (!priced.panel) {
    certain_ = priced.certain;
    return false;
  }
  found_ = std::move(*priced.panel);
  ++result_.priced;
  return true;
}

// Fits `part`, from the panels from `first` on, which it replaces where it succeeds.
Fate Finisher::fit_face(const Rest& part, std::size_t first) {
  const Box box = face_box(space_, part, true);
  coordinate_.assign(space_.columns(), 0);
  coordinates_ = 0;
  std::vector<double> target;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (box.lower[t] >= box.upper[t]) continue;
    coordinate_[t] = ++coordinates_;
    target.push_back(part.columns[t] / part.mass);
  }
  ++coordinates_;
  target.push_back(1);
  Fit fit(std::move(target));
  Mixture& mixture = result_.mixture;
  panels_.assign(mixture.panels.begin() + static_cast<std::ptrdiff_t>(first), mixture.panels.end());
  for (std::size_t i = 0; i < panels_.size(); ++i) {
    fit.add(vector_of(panels_[i]), mixture.weights[first + i] / part.mass);
  }
  for (const Panel& panel : extra_) {
    panels_.push_back(panel);
    fit.add(vector_of(panel));
  }
  search_.enter(box);
  wish_.assign(space_.columns(), 0);
  const std::size_t most = panels_.size() + 20 * std::size_t{coordinates_} + 200;
  for (;;) {
    fit.solve();
    if (fit.error() * part.mass <= tolerance) break;
    if (!keep_on_() || panels_.size() >= most) return Fate::open;
    if (!find_panel(box, fit)) return certain_ ? Fate::apart : Fate::open;
    if (std::find(panels_.begin(), panels_.end(), found_) != panels_.end()) return Fate::open;
    ++result_.fitted;
    fit.add(vector_of(found_));
    panels_.push_back(found_);
    extra_.push_back(found_);
  }
  mixture.panels.resize(first);
  mixture.weights.resize(first);
  for (std::size_t i = 0; i < panels_.size(); ++i) {
    if (fit.weight(i) > 0) mixture.add(std::move(panels_[i]), fit.weight(i) * part.mass);
  }
  return Fate::complete;
}

Fate Finisher::finish(Rest rest) {
  const Mixture& mixture = result_.mixture;
  std::size_t first = mixture.panels.size();
  double goal = 4 * rest.mass;
  for (;;) {
    while (first > 0 && (rest.mass < goal || mixture.panels.size() - first < least_given)) {
      --first;
      rest.take(space_, mixture.panels[first], -mixture.weights[first]);
    }
    const Fate fate = fit_face(rest, first);
    if (fate == Fate::complete || first == 0 || !keep_on_()) {
      result_.spare = std::move(extra_);
      return fate;
    }
    goal *= 8;
  }
}

}  // namespace

Decomposition decompose(const Space& space, std::span<const double> target, std::uint64_t seed,
                        const Pricer& pricer, const std::function<bool()>& keep_on) {
  Decomposition result;
  Dice dice(seed);
  Search search(space, dice.next());
  Rest rest = Rest::of(space, {target.begin(), target.end()});
  peel(space, search, dice, rest, result.mixture, keep_on);
  result.peeled = static_cast<std::int64_t>(result.mixture.panels.size());
  if (rest.mass <= 1e-11) {
    result.fate = Fate::complete;
  } else if (keep_on()) {
    Finisher finisher(space, search, dice, pricer, keep_on, result);
    result.fate = finisher.finish(std::move(rest));
  }
  double sum = 0;
  for (const double weight : result.mixture.weights) sum += weight;
  if (sum > 0) {
    for (double& weight : result.mixture.weights) weight /= sum;
  }
  return result;
}

}  // namespace partnership::lottery
