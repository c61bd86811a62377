// SPDX-License-Identifier: Apache-2.0
//
// Weights >= 0 that bring a sum of vectors as near to a target as they can (least squares; the
// active-set method of Lawson and Hanson 1974), with more vectors to come: the residual says which
// ones would help. Where the target is such a sum, the residual goes to 0.
//
// The triangle of the vectors in use is kept while they come and go, and the weights are improved
// by the residual itself, so that they are good to nearly the last digit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace partnership::lottery {

struct Component {
  std::uint32_t index;
  double value;
};

class Fit {
 public:
  explicit Fit(std::vector<double> target);

  // With a weight above 0 it is in use from the beginning. Returns its index.
  std::size_t add(std::vector<Component> vector, double weight = 0);
  // The best weights for the vectors there are.
  void solve();

  std::size_t vectors() const noexcept { return vectors_.size(); }
  std::span<const std::uint32_t> used() const noexcept { return used_; }
  double weight(std::size_t vector) const noexcept { return weights_[vector]; }
  std::span<const double> residual() const noexcept { return residual_; }
  double error() const noexcept;  // the largest component of the residual

 private:
  bool use(std::uint32_t vector);
  void disuse(std::size_t place);
  void disuse_emptied(std::span<const double> wanted);
  void settle();
  std::vector<double> wanted_weights() const;
  std::vector<double> products_with(const std::vector<Component>& vector);
  void find_residual();
  double along_residual(std::uint32_t vector) const noexcept;

  std::vector<double> target_, residual_, spread_;  // spread_: a vector with its zeros, or zeros
  std::vector<std::vector<Component>> vectors_;
  std::vector<double> weights_;
  std::vector<bool> dependent_;  // on those in use, when last tried
  std::vector<std::uint32_t> used_;
  std::vector<std::vector<double>> triangle_;  // rows of the Cholesky factor of their products
  bool settled_ = false;                       // the weights are the best ones of those in use
};

}  // namespace partnership::lottery
