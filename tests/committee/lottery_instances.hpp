// SPDX-License-Identifier: Apache-2.0
//
// Small instances on which lotteries are tried against enumeration: the verifier's own, and ones
// that are hard in the ways that pools are: crossing categories with tight quotas, pairs of whom at
// most one may sit (fractions of panels mislead there), auxiliary columns.
#pragma once

#include <algorithm>
#include <random>

#include "committee/lottery.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership::test {

inline PanelModel model_of(const naive::Instance& instance) {
  PanelModel model;
  model.types = instance.types;
  model.nominees = static_cast<std::uint32_t>(instance.nominees());
  for (std::size_t j = 0; j < instance.lower.size(); ++j) {
    model.columns.push_back({instance.lower[j], instance.upper[j]});
  }
  for (const naive::Instance::Row& from : instance.rows) {
    PanelModel::Row row{
        from.lower.value_or(-no_end), from.upper.value_or(no_end), {}, from.criterion};
    for (std::uint32_t j = 0; j < from.terms.size(); ++j) {
      if (from.terms[j] != 0) row.terms.push_back({j, from.terms[j]});
    }
    model.rows.push_back(std::move(row));
  }
  return model;
}

inline std::vector<std::string> ids_of(const PanelModel& model) {
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < model.nominees; ++i) ids.push_back("n" + std::to_string(i));
  return ids;
}

class HardInstances {
 public:
  explicit HardInstances(std::uint64_t seed) : random_(seed) {}

  naive::Instance next() {
    naive::Instance instance;
    types_ = static_cast<std::size_t>(pick(3, 9));
    std::uint32_t nominees = 0;
    for (std::size_t t = 0; t < types_; ++t) {
      std::vector<std::uint32_t>& type = instance.types.emplace_back();
      const std::int64_t size = chance(4) ? 2 : 1;
      for (std::int64_t i = 0; i < size; ++i) type.push_back(nominees++);
      instance.lower.push_back(0);
      instance.upper.push_back(size);
    }
    const std::int64_t auxiliary = chance(4) ? pick(1, 3) : 0;
    for (std::int64_t a = 0; a < auxiliary; ++a) {
      instance.lower.push_back(0);
      instance.upper.push_back(pick(1, 2));
    }
    const std::int64_t size = pick(1, std::max<std::int64_t>(1, nominees * 2 / 3));
    naive::Instance::Row row = empty_row(instance, "size");
    row.lower = size;
    row.upper = chance(6) ? size + 1 : size;
    std::fill_n(row.terms.begin(), types_, 1);
    instance.rows.push_back(row);
    const std::int64_t categories = pick(1, 4);
    for (std::int64_t c = 0; c < categories; ++c) add_category(instance, size, nominees);
    if (chance(2)) add_pairs(instance);
    return instance;
  }

 private:
  std::int64_t pick(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(to - from + 1));
  }
  bool chance(std::uint64_t of) { return random_() % of == 0; }
  static naive::Instance::Row empty_row(const naive::Instance& instance, std::string criterion) {
    return {std::nullopt, std::nullopt, naive::Numbers(instance.lower.size()),
            std::move(criterion)};
  }

  // Each type has one of two or three values; quotas lie about its share of the nominees.
  void add_category(naive::Instance& instance, std::int64_t size, std::uint32_t nominees) {
    std::vector<naive::Instance::Row> values(
        static_cast<std::size_t>(pick(2, 3)),
        empty_row(instance, "category " + std::to_string(instance.rows.size())));
    for (std::size_t t = 0; t < types_; ++t) values[random_() % values.size()].terms[t] = 1;
    for (naive::Instance::Row& value : values) {
      std::int64_t have = 0;
      for (std::size_t t = 0; t < types_; ++t) have += value.terms[t] * instance.upper[t];
      const std::int64_t lower = have * size / nominees - (chance(3) ? 1 : 0);
      const std::int64_t upper = lower + pick(0, 2);
      if (!chance(3)) value.lower = std::max<std::int64_t>(0, lower);
      if (!chance(4)) value.upper = std::max<std::int64_t>(0, upper);
      for (std::size_t j = types_; j < value.terms.size(); ++j) {
        if (chance(4)) value.terms[j] = chance(2) ? -1 : 1;
      }
      instance.rows.push_back(value);
    }
  }

  // Around a cycle: with an odd one, half of each is a fraction that no panel comes to.
  void add_pairs(naive::Instance& instance) {
    const auto length = static_cast<std::size_t>(
        pick(3, std::min<std::int64_t>(static_cast<std::int64_t>(types_), 5)));
    for (std::size_t i = 0; i < length; ++i) {
      naive::Instance::Row row = empty_row(instance, "pair");
      row.terms[i] = row.terms[(i + 1) % length] = 1;
      row.upper = 1;
      instance.rows.push_back(row);
    }
  }

  std::mt19937_64 random_;
  std::size_t types_ = 0;
};

}  // namespace partnership::test
