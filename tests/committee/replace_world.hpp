// SPDX-License-Identifier: Apache-2.0
//
// Small pools in which every set of nominees can be looked at, and something that happened in them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <set>
#include <vector>

#include "committee/lottery_instances.hpp"
#include "committee/naive_model.hpp"
#include "committee/replace.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership::test {

using Mask = std::uint32_t;  // of nominees
using Indices = std::vector<std::uint32_t>;

inline bool long_run() {
  return std::getenv("PSHIP_LONG") != nullptr;
}

inline Indices indices_of(Mask mask) {
  Indices out;
  for (std::uint32_t i = 0; i < 32; ++i) {
    if ((mask >> i & 1U) != 0) out.push_back(i);
  }
  return out;
}

inline Mask mask_of(const Indices& indices) {
  Mask mask = 0;
  for (const std::uint32_t i : indices) mask |= Mask{1} << i;
  return mask;
}

inline int count_of(Mask mask) {
  return std::popcount(mask);
}

// A pool in which everything can be looked at, and something that happened in it.
struct World {
  naive::Instance instance;
  PanelModel model;
  std::vector<bool> good;  // a mask: a committee
  std::vector<std::uint32_t> type_of;
  Mask all = 0, members = 0, leaving = 0, unavailable = 0;

  Mask stay() const { return members & ~leaving; }
  Mask free() const { return all & ~members & ~unavailable; }
  Departure departure() const {
    return {indices_of(members), indices_of(leaving), indices_of(unavailable)};
  }
  naive::Numbers counts(Mask mask) const {
    naive::Numbers out(instance.types.size());
    for (const std::uint32_t i : indices_of(mask)) ++out[type_of[i]];
    return out;
  }
};

inline World random_world(std::mt19937_64& random) {
  for (;;) {
    World world;
    world.instance =
        random() % 2 == 0 ? naive::random_instance(random) : test::HardInstances(random()).next();
    const auto committees = naive::committees(world.instance);
    const auto nominees = static_cast<std::uint32_t>(world.instance.nominees());
    if (committees.empty() || nominees > 12) continue;
    world.model = naive::model_of(world.instance);
    world.all = (Mask{1} << nominees) - 1;
    world.type_of.resize(nominees);
    for (std::uint32_t t = 0; t < world.instance.types.size(); ++t) {
      for (const std::uint32_t i : world.instance.types[t]) world.type_of[i] = t;
    }
    std::set<naive::Numbers> there;
    for (const naive::Numbers& point : committees) {
      there.emplace(point.begin(),
                    point.begin() + static_cast<std::ptrdiff_t>(world.instance.types.size()));
    }
    std::vector<Mask> good;
    for (Mask mask = 0; mask <= world.all; ++mask) {
      world.good.push_back(there.count(world.counts(mask)) > 0);
      if (world.good.back()) good.push_back(mask);
    }
    world.members =
        random() % 5 == 0 ? static_cast<Mask>(random()) & world.all : good[random() % good.size()];
    for (const std::uint32_t i : indices_of(world.members)) {
      if (random() % 3 == 0) world.leaving |= Mask{1} << i;
    }
    for (const std::uint32_t i : indices_of(world.all & ~world.members)) {
      if (random() % 5 == 0) world.unavailable |= Mask{1} << i;
    }
    return world;
  }
}

// The sets of `places` nominees that complete those who stay.
inline std::vector<Mask> completions(const World& world, int places) {
  std::vector<Mask> out;
  const Mask free = world.free();
  for (Mask join = free;; join = (join - 1) & free) {
    if (count_of(join) == places && world.good[world.stay() | join]) out.push_back(join);
    if (join == 0) return out;
  }
}

// Two of four of one type, one of two of another.
inline PanelModel small_model() {
  naive::Instance instance;
  instance.types = {{0, 1, 2, 3}, {4, 5}};
  instance.lower = {0, 0};
  instance.upper = {4, 2};
  instance.rows = {{3, 3, {1, 1}, "size"}, {std::nullopt, 2, {1, 0}, "first"}};
  return naive::model_of(instance);
}

}  // namespace partnership::test
