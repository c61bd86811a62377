// SPDX-License-Identifier: Apache-2.0
#include "committee/uniform.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/error.hpp"
#include "committee/lottery_search.hpp"
#include "committee/lottery_space.hpp"
#include "committee/uniform_walk.hpp"

namespace partnership {

namespace {

constexpr std::int64_t one = std::int64_t{1} << 20;  // of a difference in fixed point
constexpr std::size_t most_walked = 1500;  // types; the walk takes the cube of their number
constexpr int tightenings = 12;

struct Type {
  std::int64_t nominees;
  Rational share;       // m times a nominee's probability
  std::int64_t below;   // `one` times the share, rounded down
  std::int64_t above;   // and up
  std::int64_t wanted;  // seats, in 1/1024
  bool selectable;
};

struct Distance {  // compared in this order
  std::int64_t lost = 0;
  std::int64_t largest = 0;  // difference of a nominee's seats from the share, in 1/one
  auto operator<=>(const Distance&) const = default;
};

class Uniform {
 public:
  Uniform(const PanelModel& model, std::span<const WeightedPanel> panels,
          const Integer& denominator, const UniformRequest& request)
      : model_(model),
        panels_(panels),
        denominator_(denominator),
        request_(request),
        space_(model),
        search_(space_, 1) {}
  UniformLottery make();

 private:
  void check() const;
  void read_types();
  Exchange start() const;
  std::vector<std::uint32_t> rounded() const;
  std::vector<bool> ups(const std::vector<Integer>& rests) const;
  Exchange improved(Exchange best);
  bool attempt(Exchange& best, Distance& distance, std::int64_t bound, std::int64_t work);
  std::vector<SeatBounds> bounds(std::int64_t largest) const;
  Distance distance(const std::vector<std::int64_t>& seats) const;
  std::int64_t least_possible() const;
  UniformLottery fill(const Exchange& exchange) const;
  void count(UniformLottery& uniform) const;

  const PanelModel& model_;
  std::span<const WeightedPanel> panels_;
  const Integer& denominator_;
  const UniformRequest& request_;
  std::vector<Type> types_;
  lottery::Space space_;
  lottery::Search search_;
};

[[noreturn]] void refuse(std::string message) {
  throw Error(Code::invalid_argument, std::move(message));
}

void Uniform::check() const {
  if (request_.panels < 1 || request_.panels > 1'000'000) {
    refuse("the number of panels is not within 1 and 1000000");
  }
  if (denominator_.sign() <= 0) refuse("the denominator is not above 0");
  Integer sum;
  for (std::size_t i = 0; i < panels_.size(); ++i) {
    const WeightedPanel& panel = panels_[i];
    const std::string place = "panel " + std::to_string(i);
    if (panel.weight.sign() < 0) refuse(place + " has a negative weight");
    if (panel.counts.size() != model_.columns.size())
      refuse(place + " has not the model's columns");
    sum += panel.weight;
    for (std::size_t c = 0; c < panel.counts.size(); ++c) {
      const PanelModel::Column& column = model_.columns[c];
      if (panel.counts[c] < column.lower || panel.counts[c] > column.upper) {
        refuse(place + " breaks the bounds of column " + std::to_string(c));
      }
    }
    for (const PanelModel::Row& row : model_.rows) {
      std::int64_t total = 0;
      for (const PanelModel::Term& term : row.terms) {
        total += term.coefficient * panel.counts[term.column];
      }
      if (total < row.lower || total > row.upper) refuse(place + " breaks `" + row.criterion + "`");
    }
  }
  if (sum != denominator_) refuse("the weights do not sum to the denominator");
}

void Uniform::read_types() {
  for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
    Integer seats;  // in expectation, times the denominator
    for (const WeightedPanel& panel : panels_) seats += panel.weight * Integer(panel.counts[t]);
    const auto nominees = static_cast<std::int64_t>(model_.types[t].size());
    const Rational all(seats * Integer(request_.panels), denominator_);
    Type type;
    type.nominees = nominees;
    type.share = all / Rational(nominees);
    type.below = (type.share * Rational(one)).floor().small();
    type.above = (type.share * Rational(one)).ceil().small();
    type.wanted = (all * Rational(1024)).floor().small();
    type.selectable = seats.sign() > 0;
    types_.push_back(std::move(type));
  }
}

// Which copies are rounded up; the rests are over the denominator.
std::vector<bool> Uniform::ups(const std::vector<Integer>& rests) const {
  std::vector<WalkColumn> columns;
  double largest = 1;
  for (std::size_t i = 0; i < rests.size(); ++i) {
    WalkColumn& column = columns.emplace_back();
    column.value = Rational(rests[i], denominator_).approximate();
    double members = 0;
    for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
      if (panels_[i].counts[t] == 0) continue;
      members += panels_[i].counts[t];
      column.shares.emplace_back(
          t, static_cast<double>(panels_[i].counts[t]) / static_cast<double>(types_[t].nominees));
    }
    largest = std::max(largest, members);
  }
  return walk(columns, model_.type_count(), largest);
}

// How many copies of each panel: its weight's share of m rounded down or up, m together.
std::vector<std::uint32_t> Uniform::rounded() const {
  std::vector<std::uint32_t> copies;
  std::vector<Integer> rests;
  std::int64_t left = request_.panels;
  for (const WeightedPanel& panel : panels_) {
    const Integer all = panel.weight * Integer(request_.panels);
    const Integer whole = Integer::floor(all, denominator_);
    copies.push_back(static_cast<std::uint32_t>(whole.small()));
    left -= whole.small();
    rests.push_back(all - whole * denominator_);
  }
  std::vector<bool> up(panels_.size());
  if (model_.type_count() <= most_walked) up = ups(rests);
  for (std::size_t i = 0; i < up.size(); ++i) {
    if (!up[i]) continue;
    ++copies[i];
    --left;
  }
  // The walk's doubles may leave a copy too many or too few, and without it all are left.
  std::vector<std::size_t> order(panels_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rests[b] < rests[a]; });
  for (std::size_t i = 0; left != 0; i = (i + 1) % order.size()) {
    const std::size_t panel = left > 0 ? order[i] : order[order.size() - 1 - i];
    if (left > 0 ? !up[panel] : copies[panel] > 0) {
      copies[panel] += left > 0 ? 1U : UINT32_MAX;  // modulo 2^32: one less
      left += left > 0 ? -1 : 1;
    }
  }
  return copies;
}

Exchange Uniform::start() const {
  std::vector<SeatCounts> counts;
  for (const WeightedPanel& panel : panels_) counts.push_back(panel.counts);
  return {model_, std::move(counts), rounded()};
}

Distance Uniform::distance(const std::vector<std::int64_t>& seats) const {
  Distance out;
  for (std::size_t t = 0; t < types_.size(); ++t) {
    const Type& type = types_[t];
    const std::int64_t fewest = seats[t] / type.nominees;
    const std::int64_t most = fewest + (seats[t] % type.nominees != 0 ? 1 : 0);
    out.largest = std::max({out.largest, type.above - fewest * one, most * one - type.below});
    if (type.selectable) out.lost += std::max<std::int64_t>(0, type.nominees - seats[t]);
  }
  return out;
}

// The seats with which no nominee is further from the share than `largest` says, and everybody
// stays selectable.
std::vector<SeatBounds> Uniform::bounds(std::int64_t largest) const {
  std::vector<SeatBounds> out;
  for (const Type& type : types_) {
    std::int64_t fewest = std::max<std::int64_t>(0, (type.above - largest + one - 1) / one);
    std::int64_t most = (type.below + largest) / one;
    if (type.selectable) fewest = std::max<std::int64_t>(fewest, 1);
    most = std::max(most, fewest);
    out.push_back({fewest * type.nominees, most * type.nominees});
  }
  return out;
}

// Below it no list of panels comes, since seats are whole.
std::int64_t Uniform::least_possible() const {
  std::int64_t least = 0;
  for (const Type& type : types_) {
    const std::int64_t over = type.below % one;
    const bool must = type.selectable && type.below < one;
    least = std::max(least, must ? one - type.above : std::min(over, one - over));
  }
  return least;
}

bool Uniform::attempt(Exchange& best, Distance& so_far, std::int64_t bound, std::int64_t work) {
  if (request_.stop && request_.stop()) throw Error(Code::cancelled, "the call was cancelled");
  Exchange tried = best;
  const bool fits = tried.fit(bounds(bound), work, space_, search_);
  const Distance now = distance(tried.seats());
  if (now < so_far) {
    so_far = now;
    best = std::move(tried);
  }
  return fits;
}

Exchange Uniform::improved(Exchange best) {
  std::vector<std::int64_t> wanted;
  for (const Type& type : types_) wanted.push_back(type.wanted);
  const Distance rounded_only = distance(best.seats());
  Exchange approached = best;
  approached.approach(wanted, request_.work / tightenings);
  if (distance(approached.seats()) < rounded_only) best = std::move(approached);
  Distance so_far = distance(best.seats());
  // First below one seat; where that is not found, below as few as are.
  std::int64_t bound = one - 2;
  while (!attempt(best, so_far, bound, request_.work / 4) && bound < so_far.largest) {
    bound += one / 2;
  }
  // From there it may be nearer than it was at first.
  if (so_far.largest >= one) attempt(best, so_far, one - 2, request_.work / 4);
  std::int64_t low = least_possible();
  int failed = 0;  // in a row
  for (int i = 0; i < tightenings && failed < 3 && so_far.largest - low > one / 256; ++i) {
    const std::int64_t middle = low + (so_far.largest - low) / 2;
    const std::int64_t before = so_far.largest;
    const bool fits = attempt(best, so_far, middle, request_.work / 4 / tightenings);
    failed = so_far.largest < before ? 0 : failed + 1;
    if (!fits || so_far.largest >= before) low = middle;
  }
  return best;
}

// The nominees of each type take its seats in turn.
UniformLottery Uniform::fill(const Exchange& exchange) const {
  UniformLottery out;
  std::vector<std::size_t> next(types_.size());
  for (std::size_t p = 0; p < exchange.panels(); ++p) {
    const SeatCounts& counts = exchange.panel(p);
    for (std::uint32_t copy = 0; copy < exchange.copies(p); ++copy) {
      UniformPanel& panel = out.panels.emplace_back();
      for (std::uint32_t t = 0; t < types_.size(); ++t) {
        const auto& nominees = model_.types[t];
        for (std::int32_t i = 0; i < counts[t]; ++i) {
          panel.members.push_back(nominees[next[t]]);
          next[t] = (next[t] + 1) % nominees.size();
        }
      }
      std::sort(panel.members.begin(), panel.members.end());
      for (std::size_t c = types_.size(); c < counts.size(); ++c) {
        if (counts[c] != 0) panel.auxiliary.emplace_back(static_cast<std::uint32_t>(c), counts[c]);
      }
    }
  }
  std::sort(out.panels.begin(), out.panels.end());
  return out;
}

void Uniform::count(UniformLottery& uniform) const {
  uniform.seats.resize(model_.nominees);
  for (const UniformPanel& panel : uniform.panels) {
    for (const std::uint32_t nominee : panel.members) ++uniform.seats[nominee];
  }
  const Rational panels = request_.panels;
  for (std::size_t t = 0; t < types_.size(); ++t) {
    for (const std::uint32_t nominee : model_.types[t]) {
      const std::uint32_t seats = uniform.seats[nominee];
      Rational off = Rational(seats) - types_[t].share;
      if (off.sign() < 0) off = -off;
      uniform.deviation = std::max(uniform.deviation, off);
      if (seats == 0 && types_[t].selectable) {
        uniform.lost.emplace_back(nominee, types_[t].share / panels);
      }
    }
  }
  uniform.deviation /= panels;
  std::sort(uniform.lost.begin(), uniform.lost.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

UniformLottery Uniform::make() {
  check();
  read_types();
  UniformLottery out = fill(improved(start()));
  count(out);
  return out;
}

}  // namespace

UniformLottery make_uniform(const PanelModel& model, std::span<const WeightedPanel> panels,
                            const Integer& denominator, const UniformRequest& request) {
  return Uniform(model, panels, denominator, request).make();
}

UniformLottery make_uniform(const PanelModel& model, const Lottery& lottery,
                            const UniformRequest& request) {
  if (lottery.panels.empty()) throw Error(Code::state, "the lottery has no panels");
  std::vector<WeightedPanel> panels;
  for (const LotteryPanel& panel : lottery.panels) {
    WeightedPanel& made = panels.emplace_back();
    made.counts.resize(model.columns.size());
    for (const Seat& seat : panel.seats) {
      if (seat.column >= made.counts.size()) refuse("the lottery is of another model");
      made.counts[seat.column] = seat.count;
    }
    made.weight = panel.weight;
  }
  return make_uniform(model, panels, lottery.denominator, request);
}

}  // namespace partnership
