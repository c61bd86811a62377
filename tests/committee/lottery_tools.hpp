// SPDX-License-Identifier: Apache-2.0
//
// What tests and benchmarks of lotteries share: panel models from the pools that lie beside the
// project, and what can be read off a lottery without trusting it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "committee/lottery.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/pool_tools.hpp"

namespace partnership::test {

struct Pool {
  PanelModel model;
  std::vector<std::string> ids;
  std::vector<double> leximin;  // sorted; empty where there is no committee
  std::int64_t size = 0;
};

inline Pool read_pool(const std::filesystem::path& folder) {
  Pool pool;
  const auto checker = pool_checker(folder);
  pool.model = build_model(*checker).model;
  for (std::uint32_t i = 0; i < pool.model.nominees; ++i) {
    pool.ids.push_back(checker->nominees()->id(i));
  }
  pool.leximin = published_leximin(folder);
  pool.size = size_of_pool(folder);
  return pool;
}

// The target, a nominee each, sorted.
inline std::vector<double> sorted_target(const PanelModel& model, const Lottery& lottery) {
  std::vector<double> result;
  for (std::size_t t = 0; t < model.types.size(); ++t) {
    result.insert(result.end(), model.types[t].size(), lottery.target[t].approximate());
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace partnership::test
