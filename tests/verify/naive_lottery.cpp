// SPDX-License-Identifier: Apache-2.0
#include "verify/naive_lottery.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "verify/naive_program.hpp"

namespace partnership::naive {

namespace {

std::int64_t pick(std::mt19937_64& random, std::int64_t from, std::int64_t to) {
  return from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from + 1));
}

// Types of up to three nominees, who stand in no order.
void add_types(Instance& instance, std::mt19937_64& random) {
  const std::int64_t types = pick(random, 1, 4);
  std::vector<std::uint32_t> nominees;
  for (std::int64_t t = 0; t < types; ++t) {
    const std::int64_t size = pick(random, 1, 3);
    instance.types.emplace_back(static_cast<std::size_t>(size));
    instance.lower.push_back(random() % 12 == 0 ? 1 : 0);
    instance.upper.push_back(random() % 8 == 0 ? std::max<std::int64_t>(1, size - 1) : size);
    for (std::int64_t i = 0; i < size; ++i) {
      nominees.push_back(static_cast<std::uint32_t>(nominees.size()));
    }
  }
  std::shuffle(nominees.begin(), nominees.end(), random);
  auto next = nominees.begin();
  for (auto& type : instance.types) {
    for (std::uint32_t& nominee : type) nominee = *next++;
    std::sort(type.begin(), type.end());
  }
}

void add_size(Instance& instance, std::mt19937_64& random) {
  const auto all = static_cast<std::int64_t>(instance.nominees());
  const std::int64_t size = random() % 8 == 0 ? all : pick(random, 1, all);
  Instance::Row row{size, size, Numbers(instance.lower.size()), "size"};
  if (random() % 4 == 0) row.upper = std::min(all, size + 1);
  for (std::size_t t = 0; t < instance.types.size(); ++t) row.terms[t] = 1;
  instance.rows.push_back(row);
}

void add_rule(Instance& instance, std::mt19937_64& random, std::size_t number) {
  Instance::Row row{std::nullopt, std::nullopt, Numbers(instance.lower.size()),
                    "rule " + std::to_string(number / 2)};
  const bool odd = random() % 3 == 0;
  for (std::int64_t& term : row.terms) {
    if (random() % 2 == 0) term = odd ? pick(random, -1, 2) : 1;
  }
  const std::int64_t from = pick(random, 0, 2);
  if (random() % 3 != 0) row.lower = from;
  if (random() % 3 != 0) row.upper = from + pick(random, 0, 1);
  instance.rows.push_back(row);
}

}  // namespace

std::size_t Instance::nominees() const {
  std::size_t all = 0;
  for (const auto& type : types) all += type.size();
  return all;
}

Instance random_instance(std::mt19937_64& random) {
  Instance instance;
  add_types(instance, random);
  if (random() % 3 == 0) {  // an auxiliary column
    instance.lower.push_back(pick(random, -1, 1));
    instance.upper.push_back(instance.lower.back() + pick(random, 0, 2));
  }
  add_size(instance, random);
  const std::size_t rules = random() % 4;
  for (std::size_t i = 0; i < rules; ++i) add_rule(instance, random, i);
  return instance;
}

bool meets(const Instance& instance, const Numbers& point, const Instance::Row& row) {
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < instance.lower.size(); ++c) sum += row.terms[c] * point[c];
  return (!row.lower || sum >= *row.lower) && (!row.upper || sum <= *row.upper);
}

std::vector<Numbers> committees(const Instance& instance, const std::string* without) {
  std::vector<Numbers> out;
  std::set<Numbers> seen;
  Numbers point = instance.lower;
  for (;;) {
    const bool good =
        std::all_of(instance.rows.begin(), instance.rows.end(), [&](const Instance::Row& row) {
          return (without && row.criterion == *without) || meets(instance, point, row);
        });
    const Numbers types(point.begin(),
                        point.begin() + static_cast<std::ptrdiff_t>(instance.types.size()));
    if (good && seen.insert(types).second) out.push_back(point);
    std::size_t c = point.size();
    while (c > 0 && point[c - 1] == instance.upper[c - 1]) {
      point[c - 1] = instance.lower[c - 1];
      --c;
    }
    if (c == 0) return out;
    ++point[c - 1];
  }
}

// Columns: a probability a committee, then z. Rows: n_t z - sum of x_t <= 0 for a type not fixed;
// sum of x_s <= and >= n_s p_s for a fixed one; the probabilities sum to 1.
std::optional<Step> raise(const Instance& instance, const std::vector<Numbers>& committees,
                          const std::vector<std::optional<Rational>>& fixed) {
  const std::size_t columns = committees.size() + 1;
  Program program;
  program.cost.assign(columns, 0);
  program.cost.back() = 1;
  const auto add = [&](int sign, std::optional<std::size_t> type, const Rational& z,
                       const Rational& bound) {
    std::vector<Rational> row(columns);
    for (std::size_t c = 0; c < committees.size(); ++c) {
      row[c] = sign * (type ? committees[c][*type] : 1);
    }
    row.back() = z;
    program.matrix.push_back(std::move(row));
    program.bound.push_back(bound);
  };
  for (std::size_t t = 0; t < fixed.size(); ++t) {
    const Rational n = instance.size_of(t);
    if (!fixed[t]) add(-1, t, n, 0);
    if (fixed[t]) add(1, t, 0, n * *fixed[t]);
    if (fixed[t]) add(-1, t, 0, -(n * *fixed[t]));
  }
  add(1, std::nullopt, 0, 1);
  add(-1, std::nullopt, 0, -1);
  const Answer answer = solve(program);
  if (answer.kind != Answer::Kind::optimal) return std::nullopt;
  Step step;
  step.level.value = answer.value;
  step.level.terms.resize(fixed.size());
  std::size_t row = 0;
  for (std::size_t t = 0; t < fixed.size(); ++t) {
    const Rational first = answer.multipliers[row++];
    step.level.terms[t] = fixed[t] ? answer.multipliers[row++] - first : first;
    if (!fixed[t] && first.sign() > 0) step.level.types.push_back(static_cast<std::uint32_t>(t));
  }
  step.level.bound = answer.multipliers[row] - answer.multipliers[row + 1];
  step.probability.assign(answer.x.begin(), answer.x.end() - 1);
  return step;
}

Lottery leximin(const Instance& instance, const std::vector<Numbers>& committees) {
  Lottery lottery;
  lottery.objective = "leximin";
  std::vector<std::optional<Rational>> fixed(instance.types.size());
  while (std::any_of(fixed.begin(), fixed.end(), [](const auto& p) { return !p; })) {
    std::optional<Step> step = raise(instance, committees, fixed);
    assert(step && !step->level.types.empty());
    for (const std::uint32_t type : step->level.types) fixed[type] = step->level.value;
    lottery.levels.push_back(std::move(step->level));
    lottery.probability = std::move(step->probability);
  }
  for (const auto& p : fixed) lottery.target.push_back(*p);
  return lottery;
}

std::vector<Rational> marginals(const Instance& instance, const std::vector<Numbers>& committees,
                                const std::vector<Rational>& probability) {
  std::vector<Rational> out(instance.types.size());
  for (std::size_t t = 0; t < out.size(); ++t) {
    for (std::size_t c = 0; c < committees.size(); ++c) {
      out[t] += probability[c] * Rational(committees[c][t]);
    }
    out[t] /= instance.size_of(t);
  }
  return out;
}

Lottery maximin(const Instance& instance, const std::vector<Numbers>& committees) {
  Lottery lottery;
  lottery.objective = "maximin";
  std::optional<Step> step =
      raise(instance, committees, std::vector<std::optional<Rational>>(instance.types.size()));
  assert(step);
  lottery.target = marginals(instance, committees, step->probability);
  lottery.probability = std::move(step->probability);
  lottery.levels.push_back(std::move(step->level));
  return lottery;
}

Lottery bounded(const Instance& instance, const std::vector<Numbers>& committees, std::size_t open,
                const Rational& more) {
  Lottery lottery = leximin(instance, committees);
  open = std::min(open, lottery.levels.size() - 1);
  lottery.levels.resize(open + 1);
  Level& last = lottery.levels.back();
  for (const std::uint32_t type : last.types) {
    last.bound += last.terms[type] * Rational(instance.size_of(type)) * more;
  }
  last.types.clear();
  last.value += more;
  lottery.bound = last.value;
  lottery.gap = more;  // of what is not fixed, the least has the level's value
  return lottery;
}

Lottery nash(const Instance& instance, const std::vector<Numbers>& committees) {
  const std::size_t types = instance.types.size();
  Level none, all;  // who cannot sit, and the others
  std::int64_t selectable = 0;
  for (std::size_t t = 0; t < types; ++t) {
    const bool can = std::any_of(committees.begin(), committees.end(),
                                 [&](const Numbers& x) { return x[t] > 0; });
    (can ? all : none).types.push_back(static_cast<std::uint32_t>(t));
    if (can) selectable += instance.size_of(t);
  }
  // Expectation and maximisation: each step raises the product.
  std::vector<double> part(committees.size(), 1.0 / static_cast<double>(committees.size()));
  for (int round = 0; round < 300; ++round) {
    std::vector<double> factor(committees.size());
    for (const std::uint32_t t : all.types) {
      double mean = 0;
      for (std::size_t c = 0; c < part.size(); ++c) {
        mean += part[c] * static_cast<double>(committees[c][t]);
      }
      for (std::size_t c = 0; c < part.size(); ++c) {
        factor[c] += static_cast<double>(instance.size_of(t) * committees[c][t]) / mean;
      }
    }
    for (std::size_t c = 0; c < part.size(); ++c) {
      part[c] *= factor[c] / static_cast<double>(selectable);
    }
  }
  Lottery lottery;
  lottery.objective = "nash";
  Numbers weights;
  std::int64_t sum = 0;
  for (const double p : part) sum += weights.emplace_back(1 + static_cast<std::int64_t>(p * 1e6));
  for (const std::int64_t w : weights) lottery.probability.emplace_back(Integer(w), Integer(sum));
  lottery.target = marginals(instance, committees, lottery.probability);
  none.terms.resize(types);
  all.terms.resize(types);
  for (const std::uint32_t t : none.types) none.terms[t] = 1;
  for (const std::uint32_t t : all.types) all.terms[t] = Rational(1) / lottery.target[t];
  for (const Numbers& x : committees) {
    Rational value;
    for (const std::uint32_t t : all.types) value += all.terms[t] * Rational(x[t]);
    all.bound = std::max(all.bound, value);
  }
  lottery.gap = all.bound / Rational(selectable) - Rational(1);
  if (!none.types.empty()) lottery.levels.push_back(none);
  lottery.levels.push_back(all);
  return lottery;
}

}  // namespace partnership::naive
