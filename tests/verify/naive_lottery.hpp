// SPDX-License-Identifier: Apache-2.0
//
// An oracle for lotteries over committees: everything small enumerated, exact linear programs over
// all committees, and certificates written from the answers. It shares nothing with the library but
// JSON and fractions.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/rational.hpp"

namespace partnership::naive {

using Numbers = std::vector<std::int64_t>;

struct Instance {
  struct Row {
    std::optional<std::int64_t> lower, upper;
    Numbers terms;  // a column
    std::string criterion;
  };
  std::vector<std::vector<std::uint32_t>> types;  // the nominees of each
  Numbers lower, upper;                           // a column: the types, then auxiliary ones
  std::vector<Row> rows;

  std::size_t nominees() const;
  std::int64_t size_of(std::size_t type) const {
    return static_cast<std::int64_t>(types[type].size());
  }
};

Instance random_instance(std::mt19937_64& random);

bool meets(const Instance& instance, const Numbers& point, const Instance::Row& row);
// Every whole point within the columns' bounds that meets the rows, of those with the same
// committee the first. `without`: a criterion whose rows do not count.
std::vector<Numbers> committees(const Instance& instance, const std::string* without = nullptr);

struct Level {
  Rational value;
  std::vector<std::uint32_t> types;
  std::vector<Rational> terms;  // a type
  Rational bound;
};

struct Lottery {
  std::string objective;
  std::vector<Rational> target;       // a type
  std::vector<Rational> probability;  // a committee
  std::vector<Level> levels;
  std::optional<Rational> gap;    // Nash: of the last level, whose value does not count
  std::optional<Rational> bound;  // the last level is open
};

// The greatest least probability of the types not fixed, while the fixed ones have what `fixed`
// says; with the inequality that proves it. nullopt when no lottery keeps to `fixed`.
struct Step {
  Level level;
  std::vector<Rational> probability;
};
std::optional<Step> raise(const Instance& instance, const std::vector<Numbers>& committees,
                          const std::vector<std::optional<Rational>>& fixed);

Lottery leximin(const Instance& instance, const std::vector<Numbers>& committees);
Lottery maximin(const Instance& instance, const std::vector<Numbers>& committees);
Lottery nash(const Instance& instance, const std::vector<Numbers>& committees);
// As leximin, but the level `open` and what comes after it are replaced by a bound too high by
// `more`.
Lottery bounded(const Instance& instance, const std::vector<Numbers>& committees, std::size_t open,
                const Rational& more);

// Of a type: the sum over committees of probability times seats, over the number of its nominees.
std::vector<Rational> marginals(const Instance& instance, const std::vector<Numbers>& committees,
                                const std::vector<Rational>& probability);

struct Writing {
  std::optional<std::int64_t> denominator;  // weights over this one; none: exactly
  std::mt19937_64* random = nullptr;        // branches where none is needed, now and then
  bool rounding = false;                    // leaves that rest on whole multiples
};
std::string certificate(const Instance& instance, const std::vector<Numbers>& committees,
                        const Lottery& lottery, const Writing& writing = {});
// Of an instance without committees: a minimal conflict.
std::string infeasible_certificate(const Instance& instance, const Writing& writing = {});

}  // namespace partnership::naive
