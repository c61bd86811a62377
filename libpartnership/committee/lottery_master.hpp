// SPDX-License-Identifier: Apache-2.0
//
// Column generation over committees, for where fractions of panels mislead: how far can the least
// probability of the types not fixed be raised by lotteries over panels, while the fixed ones keep
// theirs? First the relaxation's value is approached by least squares, which finds good panels
// soon; where it is not reached, a linear program over the panels goes on until its duals are an
// inequality that no committee breaks.
#pragma once

#include <optional>
#include <vector>

#include "committee/lottery_fitting.hpp"
#include "committee/lottery_pricing.hpp"

namespace partnership::lottery {

struct Raised {
  enum class Outcome : std::uint8_t {
    reached,  // the relaxation's value
    lost,     // less, proved: the members below hold
    open,     // the limits
    trouble,
  };
  Outcome outcome = Outcome::trouble;
  Rational value;
  Inequality inequality;
  std::vector<std::uint32_t> types;
  Proof proof;
};

class Master {
 public:
  // `panels`: of `space`, one at least.
  Master(const Space& space, Pricing& pricing, Watch& watch, std::uint64_t seed,
         std::vector<Panel> panels);

  void fix(std::span<const std::uint32_t> types, const Rational& value);
  Raised raise(const Rational& relaxed);

  const std::vector<Panel>& panels() const noexcept { return panels_; }
  std::span<const double> weights() const noexcept { return weights_; }  // where it stands

 private:
  struct Duals {
    std::vector<double> terms;  // of columns
    double bound = 0;
  };
  Fate approach(double most);
  Fate fit_to(Fitting& fitting, double z);
  double lowered(const Fitting& fitting, const Panel& best) const;
  void take_over(const Fitting& fitting);
  void add(Panel panel);
  void begin_level(double most);
  Duals duals() const;
  bool search_panels(const Duals& duals);
  Raised weigh_exactly(const Rational& relaxed) const;
  std::optional<Panel> find_against(const Inequality& inequality);
  bool close(Raised& raised);
  solver::ExactProgram exact_program(const Rational& most) const;

  const Space& space_;
  Pricing& pricing_;
  Watch& watch_;
  Dice dice_;
  Search search_;
  Box box_;
  int luck_;           // of the search, of late: how often it is tried
  bool lost_ = false;  // the last level was
  std::vector<Panel> panels_;
  std::vector<std::optional<Rational>> fixed_;  // a type
  solver::Linear linear_;
  std::int32_t z_ = -1;
  std::vector<std::int32_t> places_;  // of panels among the columns of the program
  std::vector<double> weights_;
};

}  // namespace partnership::lottery
