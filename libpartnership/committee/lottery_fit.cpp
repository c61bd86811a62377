// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_fit.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace partnership::lottery {
namespace {

constexpr double nothing = 1e-14;    // a step of the weights too small to matter
constexpr double dependence = 1e-9;  // of a vector's square that others leave of it
constexpr int refinements = 6;
constexpr double rough = 1e-6;  // a residual so large that the next step mends what this one lacks

}  // namespace

Fit::Fit(std::vector<double> target)
    : target_(std::move(target)), residual_(target_), spread_(target_.size(), 0) {}

std::size_t Fit::add(std::vector<Component> vector, double weight) {
  const auto index = static_cast<std::uint32_t>(vectors_.size());
  vectors_.push_back(std::move(vector));
  weights_.push_back(weight);
  dependent_.push_back(false);
  if (weight > 0 && !use(index)) weights_[index] = 0;
  if (weight > 0) settled_ = false;
  return index;
}

double Fit::error() const noexcept {
  double result = 0;
  for (const double component : residual_) result = std::max(result, std::abs(component));
  return result;
}

double Fit::along_residual(std::uint32_t vector) const noexcept {
  double sum = 0;
  for (const Component& c : vectors_[vector]) sum += c.value * residual_[c.index];
  return sum;
}

// With each vector in use, and last with itself.
std::vector<double> Fit::products_with(const std::vector<Component>& vector) {
  for (const Component& c : vector) spread_[c.index] = c.value;
  std::vector<double> result;
  result.reserve(used_.size() + 1);
  const auto product = [&](const std::vector<Component>& other) {
    double sum = 0;
    for (const Component& c : other) sum += c.value * spread_[c.index];
    return sum;
  };
  for (const std::uint32_t other : used_) result.push_back(product(vectors_[other]));
  result.push_back(product(vector));
  for (const Component& c : vector) spread_[c.index] = 0;
  return result;
}

bool Fit::use(std::uint32_t vector) {
  std::vector<double> row = products_with(vectors_[vector]);
  const std::size_t size = used_.size();
  const double square = row[size];
  double left = square;
  for (std::size_t i = 0; i < size; ++i) {
    const std::vector<double>& above = triangle_[i];
    double value = row[i];
    for (std::size_t k = 0; k < i; ++k) value -= above[k] * row[k];
    row[i] = value / above[i];
    left -= row[i] * row[i];
  }
  if (!(left > dependence * square)) {
    dependent_[vector] = true;
    return false;
  }
  row[size] = std::sqrt(left);
  triangle_.push_back(std::move(row));
  used_.push_back(vector);
  return true;
}

// Takes a row out and brings what is below it back to a triangle by rotations of columns.
void Fit::disuse(std::size_t place) {
  used_.erase(used_.begin() + static_cast<std::ptrdiff_t>(place));
  triangle_.erase(triangle_.begin() + static_cast<std::ptrdiff_t>(place));
  for (std::size_t c = place; c < triangle_.size(); ++c) {
    const double a = triangle_[c][c], b = triangle_[c][c + 1];
    const double length = std::hypot(a, b), cosine = a / length, sine = b / length;
    for (std::size_t i = c; i < triangle_.size(); ++i) {
      double& left = triangle_[i][c];
      double& right = triangle_[i][c + 1];
      const double turned = cosine * left + sine * right;
      right = cosine * right - sine * left;
      left = turned;
    }
    triangle_[c].pop_back();
  }
  std::fill(dependent_.begin(), dependent_.end(), false);
}

void Fit::find_residual() {
  residual_ = target_;
  for (const std::uint32_t vector : used_) {
    for (const Component& c : vectors_[vector]) residual_[c.index] -= weights_[vector] * c.value;
  }
}

// The weights of those in use that leave the least, of whatever sign.
std::vector<double> Fit::wanted_weights() const {
  const std::size_t size = used_.size();
  std::vector<double> step(size);
  for (std::size_t i = 0; i < size; ++i) {
    double value = along_residual(used_[i]);
    for (std::size_t k = 0; k < i; ++k) value -= triangle_[i][k] * step[k];
    step[i] = value / triangle_[i][i];
  }
  for (std::size_t i = size; i-- > 0;) {  // by rows, as they lie in memory
    step[i] /= triangle_[i][i];
    for (std::size_t k = 0; k < i; ++k) step[k] -= triangle_[i][k] * step[i];
  }
  for (std::size_t i = 0; i < size; ++i) step[i] += weights_[used_[i]];
  return step;
}

// Goes towards `wanted` until weights come to 0, and takes these out of use.
void Fit::disuse_emptied(std::span<const double> wanted) {
  double part = 1;
  std::size_t first = wanted.size();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] > 0) continue;
    const double weight = weights_[used_[i]];
    const double share = weight > 0 ? weight / (weight - wanted[i]) : 0;
    if (first == wanted.size() || share < part) {
      part = share;
      first = i;
    }
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    double& weight = weights_[used_[i]];
    weight = std::max(0.0, weight + part * (wanted[i] - weight));
  }
  weights_[used_[first]] = 0;
  for (std::size_t i = used_.size(); i-- > 0;) {
    if (weights_[used_[i]] <= 0 && wanted[i] <= 0) {
      weights_[used_[i]] = 0;
      disuse(i);
    }
  }
}

void Fit::settle() {
  int refined = 0;
  double before = 0;
  while (refined < refinements && !used_.empty()) {
    find_residual();
    const std::vector<double> wanted = wanted_weights();
    if (std::any_of(wanted.begin(), wanted.end(), [](double w) { return !(w > 0); })) {
      disuse_emptied(wanted);
      refined = 0;
      continue;
    }
    double largest = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      largest = std::max(largest, std::abs(wanted[i] - weights_[used_[i]]));
      weights_[used_[i]] = wanted[i];
    }
    if (largest < nothing || (refined > 1 && largest > 0.5 * before)) break;
    if (error() > rough) break;
    before = largest;
    ++refined;
  }
  find_residual();
  settled_ = true;
}

void Fit::solve() {
  if (!settled_) settle();
  // Each round lessens the residual; the bound is for what rounding could do.
  for (std::size_t round = 0; round < 4 * vectors_.size() + 16; ++round) {
    std::uint32_t best = 0;
    double most = 0;
    for (std::uint32_t v = 0; v < vectors_.size(); ++v) {
      if (weights_[v] > 0 || dependent_[v]) continue;
      const double along = along_residual(v);
      if (along > most) {
        most = along;
        best = v;
      }
    }
    if (!(most > 1e-13) || !use(best)) {
      if (!(most > 1e-13)) return;
      continue;
    }
    weights_[best] = 1e-300;  // it is in use; settle() finds the rest
    settle();
  }
}

}  // namespace partnership::lottery
