// SPDX-License-Identifier: Apache-2.0
//
// The pools that lie beside the project (data/pools of the shared folder), read as an organiser
// would: a category file and a file of respondents.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "base/json.hpp"
#include "committee/category_file.hpp"
#include "committee/checker.hpp"

namespace partnership::test {

inline std::filesystem::path pools_folder() {
  const char* shared = std::getenv("PSHIP_SHARED");
  return std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data" / "pools";
}

// All of them, in the order of their names; none where the folder is absent.
inline std::vector<std::filesystem::path> pool_folders() {
  std::vector<std::filesystem::path> result;
  if (!std::filesystem::is_directory(pools_folder())) return result;
  for (const auto& entry : std::filesystem::directory_iterator(pools_folder())) {
    if (std::filesystem::exists(entry.path() / "criteria.csv")) result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::int64_t size_of_pool(const std::filesystem::path& folder) {
  return json::Document::parse(file_text(folder / "about.json"))->root().find("size")->integer();
}

// `one_per`: columns of which no two members may share a value.
inline std::shared_ptr<const Checker> pool_checker(const std::filesystem::path& folder,
                                                   std::vector<std::string> one_per = {}) {
  CategoryFile file;
  file.name = folder.filename().string();
  file.size = size_of_pool(folder);
  file.one_per = std::move(one_per);
  return Checker::make(
      load_criteria(criteria_of_categories(file_text(folder / "criteria.csv"), file)),
      nominees_of_respondents(file_text(folder / "pool.csv")));
}

// Probabilities, ascending; empty where there is no committee.
inline std::vector<double> published_leximin(const std::filesystem::path& folder) {
  std::vector<double> result;
  if (!std::filesystem::exists(folder / "leximin.csv")) return result;
  const Table expected = read_csv(file_text(folder / "leximin.csv"));
  const std::int32_t column = expected.find("probability");
  for (std::int64_t i = 0; i < expected.rows(); ++i) {
    result.push_back(std::stod(std::string(expected.column(column).text(i))));
  }
  return result;
}

}  // namespace partnership::test
