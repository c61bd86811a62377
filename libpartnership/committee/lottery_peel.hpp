// SPDX-License-Identifier: Apache-2.0
//
// Peeling: a target that lies within the rows is taken apart into panels, one after the other. Each
// panel lies on the face of what is left (bounds that are tight stay tight), and as much of it is
// taken off as leaves the rest within the rows, so that a further bound becomes tight: at most
// about as many panels as columns. Panels are sought in the narrow box first, each column and row
// between the whole numbers next to what is left, which takes large steps; then on the whole face.
//
// What it will not do: finish for certain. What it leaves is for decompose() to deal with.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "committee/lottery_search.hpp"
#include "committee/lottery_space.hpp"

namespace partnership::lottery {

// What is left of a target: `mass` of the probability, and that much of each column.
struct Rest {
  std::vector<double> columns, rows;  // of rows: their activities
  double mass = 1;

  static Rest of(const Space& space, std::vector<double> target);
  void take(const Space& space, const Panel& panel, double weight);  // or give, below zero
};

// Weighted panels that add up to a part of a target.
struct Mixture {
  std::vector<Panel> panels;
  std::vector<double> weights;

  void add(Panel panel, double weight) {
    panels.push_back(std::move(panel));
    weights.push_back(weight);
  }
};

// What counts as nothing, of a column or a row that is about `size`.
double nothing_of(double size) noexcept;

// The panels that may be part of what is left. Columns and rows that auxiliary columns play a part
// in are free within their bounds where `free_auxiliary`.
Box narrow_box(const Space& space, const Rest& rest);
Box face_box(const Space& space, const Rest& rest, bool free_auxiliary);

// Looks, in earnest, for a panel in the box for which the sum of wish times value is above
// `beyond`.
struct Priced {
  std::optional<Panel> panel;
  bool certain = false;  // without a panel: there is none
};
using Pricer = std::function<Priced(const Box& box, std::span<const double> wish, double beyond,
                                    std::int64_t nodes)>;

// Takes panels off until nothing is left or none is found.
class Peeler {
 public:
  // `keep_on` is asked once a panel.
  Peeler(const Space& space, Search& search, Dice& dice, const Pricer& pricer,
         const std::function<bool()>& keep_on);

  void peel(Rest& rest, Mixture& mixture);

  std::int64_t priced() const noexcept { return priced_; }  // panels that the search did not find

 private:
  bool find(const Rest& rest, const Box& box, bool fresh, std::int64_t nodes);
  bool search(const Rest& rest, const Box& box, bool fresh);
  bool price(const Rest& rest, const Box& box, std::int64_t nodes);

  const Space& space_;
  Search& search_;
  Dice& dice_;
  const Pricer& pricer_;
  const std::function<bool()>& keep_on_;
  std::vector<double> wish_;
  std::vector<std::int64_t> values_, rows_;  // of the panel that was found
  int luck_ = 4;                             // of the search, of late: 0 to 8
  std::int64_t priced_ = 0;
};

}  // namespace partnership::lottery
