// SPDX-License-Identifier: Apache-2.0
//
// What tests and benchmarks of lotteries share: panel models from the pools that lie beside the
// project, and what can be read off a lottery without trusting it.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "base/json.hpp"
#include "committee/lottery.hpp"

namespace partnership::test {

inline std::filesystem::path pools_folder() {
  const char* shared = std::getenv("PSHIP_SHARED");
  return std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data" / "pools";
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Pool {
  PanelModel model;
  std::vector<std::string> ids;
  std::vector<double> leximin;  // sorted; empty where there is no committee
  std::int64_t size = 0;
};

// Quotas count by overlap: a row a value, between its min and max, and one for the size.
inline Pool read_pool(const std::filesystem::path& folder) {
  Pool pool;
  const auto about = json::Document::parse(file_text(folder / "about.json"));
  pool.size = about->root().find("size")->integer();
  const Table quotas = read_csv(file_text(folder / "criteria.csv"));
  const Table people = read_csv(file_text(folder / "pool.csv"));
  const auto number = [&](const char* column, std::int64_t row) {
    return std::stoll(std::string(quotas.column(quotas.find(column)).text(row)));
  };
  PanelModel& model = pool.model;
  model.rows.push_back({pool.size, pool.size, {}, "size"});
  std::map<std::pair<std::int32_t, std::string>, std::uint32_t> row_of;  // of a column's value
  for (std::int64_t i = 0; i < quotas.rows(); ++i) {
    const std::string attribute(quotas.column(0).text(i)), value(quotas.column(1).text(i));
    row_of[{people.find(attribute), value}] = static_cast<std::uint32_t>(model.rows.size());
    model.rows.push_back({number("min", i), number("max", i), {}, attribute + ": " + value});
  }
  std::map<std::vector<std::uint32_t>, std::size_t> type_of;  // of the rows that count somebody
  std::vector<std::vector<std::uint32_t>> counted;
  for (std::int64_t i = 0; i < people.rows(); ++i) {
    std::vector<std::uint32_t> rows{0};
    for (std::int32_t c = 0; c < people.columns(); ++c) {
      if (people.column(c).is_null(i)) continue;
      std::istringstream values{std::string(people.column(c).text(i))};
      for (std::string value; std::getline(values, value, ';');) {
        const auto found = row_of.find({c, value});
        if (found != row_of.end()) rows.push_back(found->second);
      }
    }
    std::sort(rows.begin(), rows.end());
    const auto [at, fresh] = type_of.emplace(rows, model.types.size());
    if (fresh) {
      model.types.emplace_back();
      counted.push_back(rows);
    }
    model.types[at->second].push_back(static_cast<std::uint32_t>(i));
    pool.ids.emplace_back(people.column(people.find("id")).text(i));
  }
  model.nominees = static_cast<std::uint32_t>(people.rows());
  for (std::uint32_t t = 0; t < model.type_count(); ++t) {
    model.columns.push_back({0, static_cast<std::int64_t>(model.types[t].size())});
    for (const std::uint32_t row : counted[t]) model.rows[row].terms.push_back({t, 1});
  }
  if (std::filesystem::exists(folder / "leximin.csv")) {
    const Table expected = read_csv(file_text(folder / "leximin.csv"));
    const std::int32_t column = expected.find("probability");
    for (std::int64_t i = 0; i < expected.rows(); ++i) {
      pool.leximin.push_back(std::stod(std::string(expected.column(column).text(i))));
    }
  }
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
