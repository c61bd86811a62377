// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace partnership::lottery {
namespace {

constexpr std::int64_t most_den = 10'000;            // of a weight that is a small fraction
constexpr std::int64_t most_common = 1'000'000'000;  // of all of them

bool before(const Panel& a, const Panel& b) {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(), [](const Seat& x, const Seat& y) {
        return x.column != y.column ? x.column < y.column : x.count > y.count;
      });
}

// In one order, however they were found, and each once.
void gather(Mixture& mixture) {
  std::vector<std::size_t> order(mixture.panels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return before(mixture.panels[a], mixture.panels[b]);
  });
  Mixture gathered;
  double sum = 0;
  for (const std::size_t i : order) {
    if (!(mixture.weights[i] > 0)) continue;
    sum += mixture.weights[i];
    if (!gathered.panels.empty() && gathered.panels.back() == mixture.panels[i]) {
      gathered.weights.back() += mixture.weights[i];
    } else {
      gathered.add(std::move(mixture.panels[i]), mixture.weights[i]);
    }
  }
  for (double& weight : gathered.weights) weight /= sum;
  mixture = std::move(gathered);
}

std::optional<std::int64_t> common_denominator(const Mixture& mixture) {
  Integer common = 1;
  for (const double weight : mixture.weights) {
    const Rational guess = Rational::near(weight, most_den);
    if (std::abs(guess.approximate() - weight) > 1e-13) return std::nullopt;
    common = Integer::lcm(common, guess.den());
    if (!common.fits() || common.small() > most_common) return std::nullopt;
  }
  return common.small();
}

// Whole weights that sum to `denominator`: down first, then one more for the largest rests.
std::vector<std::int64_t> round_weights(const Mixture& mixture, std::int64_t denominator) {
  std::vector<std::int64_t> whole;
  std::vector<double> rests;
  std::int64_t missing = denominator;
  for (const double weight : mixture.weights) {
    const double scaled = weight * static_cast<double>(denominator);
    const double down = std::floor(scaled + 1e-6);
    whole.push_back(std::llround(down));
    rests.push_back(scaled - down);
    missing -= whole.back();
  }
  std::vector<std::size_t> order(whole.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool up = missing > 0;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return up ? rests[a] > rests[b] : whole[a] > whole[b];
  });
  for (std::size_t k = 0; missing != 0; k = (k + 1) % order.size()) {
    const std::int64_t step = up ? 1 : -1;
    whole[order[k]] += step;
    missing -= step;
  }
  return whole;
}

Weighted weighted(const Space& space, const Mixture& mixture, std::int64_t denominator) {
  Weighted result;
  result.denominator = denominator;
  const std::vector<std::int64_t> whole = round_weights(mixture, denominator);
  std::vector<Integer> sums(space.types());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] <= 0) continue;
    for (const Seat& seat : mixture.panels[i]) {
      if (seat.column < space.types()) sums[seat.column] += Integer(whole[i]) * seat.count;
    }
    result.panels.push_back({mixture.panels[i], whole[i]});
  }
  for (std::uint32_t t = 0; t < space.types(); ++t) {
    result.probabilities.emplace_back(std::move(sums[t]),
                                      result.denominator * Integer(space.count(t)));
  }
  return result;
}

}  // namespace

Rational largest_deviation(std::span<const Rational> probabilities,
                           std::span<const Rational> target) {
  Rational largest;
  for (std::size_t t = 0; t < target.size(); ++t) {
    Rational off = probabilities[t] - target[t];
    if (off.sign() < 0) off = -off;
    if (off > largest) largest = std::move(off);
  }
  return largest;
}

Weighted weigh(const Space& space, Mixture mixture, std::span<const Rational> target,
               const Rational& delta) {
  gather(mixture);
  if (const std::optional<std::int64_t> common = common_denominator(mixture)) {
    Weighted exact = weighted(space, mixture, *common);
    if (largest_deviation(exact.probabilities, target).sign() == 0) return exact;
  }
  Weighted result = weighted(space, mixture, 1'000'000'000'000);
  if (largest_deviation(result.probabilities, target) <= delta) return result;
  return weighted(space, mixture, 1'000'000'000'000'000);
}

}  // namespace partnership::lottery
