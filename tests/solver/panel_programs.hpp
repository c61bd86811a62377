// SPDX-License-Identifier: Apache-2.0
//
// Integer programs as committees make them: nominees with a value in each of some categories,
// collapsed into types; a size, and a quota for each value. Always the same for the same seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "solver/integer.hpp"

namespace partnership::solver {

struct PanelShape {
  int nominees = 300, size = 40, categories = 5, values = 4;
  int slack = 1;  // of a quota on either side of its value's share
  unsigned seed = 1;
};

// What the pseudorandom numbers of the standard library are depends on no machine; its
// distributions do.
inline int number_below(std::mt19937& random, int end) {
  return static_cast<int>(random() % static_cast<unsigned>(end));
}

// The quotas are around the values' shares of a committee that is drawn, so there is one.
inline IntegerProgram panel_program(const PanelShape& shape) {
  std::mt19937 random(shape.seed);
  std::map<std::vector<int>, int> counts;
  std::vector<std::vector<int>> nominees;
  for (int i = 0; i < shape.nominees; ++i) {
    std::vector<int> nominee;
    for (int c = 0; c < shape.categories; ++c) {
      // The lower of two: some values are rarer than others. One after the other, so that every
      // compiler makes the same program.
      const int first = number_below(random, shape.values + 1);
      nominee.push_back(std::min(number_below(random, shape.values), first));
    }
    ++counts[nominee];
    nominees.push_back(std::move(nominee));
  }
  IntegerProgram program;
  std::vector<std::vector<IntegerProgram::Term>> terms(
      static_cast<std::size_t>(shape.categories * shape.values));
  IntegerProgram::Row size{shape.size, shape.size, {}};
  const auto row_of = [&](int category, int value) {
    return static_cast<std::size_t>(category * shape.values + value);
  };
  for (const auto& [type, count] : counts) {
    const auto column = static_cast<std::int32_t>(program.columns.size());
    program.columns.push_back({0, count});
    size.terms.push_back({column, 1});
    for (int c = 0; c < shape.categories; ++c) {
      terms[row_of(c, type[static_cast<std::size_t>(c)])].push_back({column, 1});
    }
  }
  program.rows.push_back(std::move(size));
  std::vector<std::int64_t> seats(terms.size(), 0);
  for (std::size_t i = nominees.size(); i-- > 1;) {
    std::swap(nominees[i],
              nominees[static_cast<std::size_t>(number_below(random, static_cast<int>(i) + 1))]);
  }
  for (int i = 0; i < shape.size; ++i) {
    for (int c = 0; c < shape.categories; ++c) {
      const std::vector<int>& nominee = nominees[static_cast<std::size_t>(i)];
      ++seats[row_of(c, nominee[static_cast<std::size_t>(c)])];
    }
  }
  for (std::size_t r = 0; r < terms.size(); ++r) {
    const std::int64_t below = number_below(random, shape.slack + 1);
    const std::int64_t above = number_below(random, shape.slack + 1);
    program.rows.push_back(
        {std::max<std::int64_t>(0, seats[r] - below), seats[r] + above, std::move(terms[r])});
  }
  return program;
}

inline std::vector<double> random_costs(std::mt19937& random, std::size_t count, int range) {
  std::vector<double> costs;
  for (std::size_t j = 0; j < count; ++j) {
    costs.push_back(static_cast<double>(number_below(random, range) - range / 2));
  }
  return costs;
}

}  // namespace partnership::solver
