// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_seating.hpp"

#include <algorithm>
#include <utility>

namespace partnership {

// Gives pieces of panels to one nominee after the other, to each its share.
class Seating::Dealer {
 public:
  Dealer(Seating& seating, const std::vector<std::uint32_t>& nominees,
         const std::vector<Place>& places, const Integer& share)
      : seating_(seating), nominees_(nominees), places_(places), share_(share), left_(share) {}

  // [from, to) of the line on which the places lie.
  void deal(Integer from, const Integer& to) {
    auto place = std::upper_bound(places_.begin(), places_.end(), from,
                                  [](const Integer& x, const Place& p) { return x < p.end; });
    while (from < to) {
      Integer end = std::min(place->end, to);
      if (end - from > left_) end = from + left_;
      seating_.stays_[place->panel].push_back(
          {nominees_[next_], from - place->start, end - place->start});
      left_ -= end - from;
      if (left_.sign() == 0 && next_ + 1 < nominees_.size()) {
        ++next_;
        left_ = share_;
      }
      if (end == place->end) ++place;
      from = std::move(end);
    }
  }

 private:
  Seating& seating_;
  const std::vector<std::uint32_t>& nominees_;
  const std::vector<Place>& places_;
  const Integer& share_;
  Integer left_;
  std::size_t next_ = 0;
};

Seating::Seating(const PanelModel& model, const Lottery& lottery)
    : seats_(model.types.size()), stays_(lottery.panels.size()) {
  std::vector<Integer> totals(model.types.size());
  for (std::size_t i = 0; i < lottery.panels.size(); ++i) {
    for (const Seat& seat : lottery.panels[i].seats) {
      if (seat.column >= model.types.size()) continue;
      seats_[seat.column].emplace_back(static_cast<std::uint32_t>(i), seat.count);
      totals[seat.column] += lottery.panels[i].weight * Integer(seat.count);
    }
  }
  // So fine that each type's total can be shared equally.
  Integer scale = 1;
  const auto count = [&](std::size_t t) {
    return Integer(static_cast<std::int64_t>(model.types[t].size()));
  };
  for (std::size_t t = 0; t < totals.size(); ++t) {
    scale = Integer::lcm(scale, Integer::exact(count(t), Integer::gcd(count(t), totals[t])));
  }
  denominator_ = lottery.denominator * scale;
  for (const LotteryPanel& panel : lottery.panels) weights_.push_back(panel.weight * scale);
  for (std::uint32_t t = 0; t < totals.size(); ++t) {
    if (totals[t].sign() == 0) continue;
    const Integer share = Integer::exact(totals[t] * scale, count(t));
    const std::vector<Place> places = places_of(t);
    // The row that is one shorter than the longest: of the panels that have all seats but one.
    const std::int64_t most = places.front().seats;
    Integer second;
    for (const Place& place : places) {
      if (place.seats >= most - 1) second = place.end;
    }
    if (most == 1 || second >= share) {
      wrap_around(model.types[t], places, share);
    } else {
      by_need(model.types[t], places, share);
    }
  }
  for (std::size_t i = 0; i < stays_.size(); ++i) {
    std::int64_t seats = 0;
    for (const Seat& seat : lottery.panels[i].seats) {
      if (seat.column < model.types.size()) seats += seat.count;
    }
    const std::size_t parts = cuts_of(i).size() - 1;
    panels_ += parts;
    members_ += parts * static_cast<std::size_t>(seats);
  }
}

std::vector<Seating::Place> Seating::places_of(std::uint32_t type) const {
  std::vector<Place> places;
  for (const auto& [panel, seats] : seats_[type]) places.push_back({panel, seats, {}, {}});
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.seats > b.seats; });
  Integer end;
  for (Place& place : places) {
    place.start = end;
    end += weights_[place.panel];
    place.end = end;
  }
  return places;
}

// Row after row, the shortest first, each from where that one ended and then from the beginning. A
// share is at most as long as any row but the shortest, so nobody meets himself.
void Seating::wrap_around(const std::vector<std::uint32_t>& nominees,
                          const std::vector<Place>& places, const Integer& share) {
  Dealer dealer(*this, nominees, places, share);
  const std::int64_t most = places.front().seats;
  Integer shortest;
  std::size_t last = 0;  // the places of the row are those before it
  for (std::int64_t row = most; row >= 1; --row) {
    while (last < places.size() && places[last].seats >= row) ++last;
    const Integer& length = places[last - 1].end;
    if (row == most) {
      shortest = length;
      dealer.deal(0, length);
    } else {
      dealer.deal(shortest, length);
      dealer.deal(0, shortest);
    }
  }
}

// Each nominee in turn takes the times at which most seats are left: where there is a way to share
// them equally, this finds one (Gale and Ryser 1957).
void Seating::by_need(const std::vector<std::uint32_t>& nominees, const std::vector<Place>& places,
                      const Integer& share) {
  struct Slice {
    std::uint32_t panel;
    std::int64_t seats;
    Integer from, to;
  };
  std::vector<Slice> slices;
  slices.reserve(places.size());
  for (const Place& place : places) {
    slices.push_back({place.panel, place.seats, 0, place.end - place.start});
  }
  for (const std::uint32_t nominee : nominees) {
    std::stable_sort(slices.begin(), slices.end(),
                     [](const Slice& a, const Slice& b) { return a.seats > b.seats; });
    Integer left = share;
    for (std::size_t k = 0; left.sign() > 0; ++k) {
      const Integer length = slices[k].to - slices[k].from;
      if (length > left) {
        Slice rest = slices[k];
        rest.from = slices[k].to = slices[k].from + left;
        slices.push_back(std::move(rest));
      }
      stays_[slices[k].panel].push_back({nominee, slices[k].from, slices[k].to});
      left -= slices[k].to - slices[k].from;
      --slices[k].seats;
    }
  }
}

// Where somebody comes or goes, with both ends.
std::vector<Integer> Seating::cuts_of(std::size_t panel) const {
  std::vector<Integer> cuts{0, weights_[panel]};
  for (const Stay& stay : stays_[panel]) {
    cuts.push_back(stay.from);
    cuts.push_back(stay.to);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

void Seating::each(const std::function<void(const SeatedPanel&)>& visit) const {
  SeatedPanel seated;
  std::vector<const Stay*> stays, here;
  for (std::size_t i = 0; i < stays_.size(); ++i) {
    stays.clear();
    here.clear();
    for (const Stay& stay : stays_[i]) stays.push_back(&stay);
    std::stable_sort(stays.begin(), stays.end(),
                     [](const Stay* a, const Stay* b) { return a->from < b->from; });
    const std::vector<Integer> cuts = cuts_of(i);
    seated.panel = static_cast<std::uint32_t>(i);
    std::size_t next = 0;
    for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
      std::erase_if(here, [&](const Stay* stay) { return stay->to <= cuts[c]; });
      while (next < stays.size() && stays[next]->from <= cuts[c]) here.push_back(stays[next++]);
      seated.members.clear();
      for (const Stay* stay : here) seated.members.push_back(stay->nominee);
      std::sort(seated.members.begin(), seated.members.end());
      seated.weight = cuts[c + 1] - cuts[c];
      visit(seated);
    }
  }
}

}  // namespace partnership
