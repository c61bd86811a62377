// SPDX-License-Identifier: Apache-2.0
//
// Quotas of published pools (data/pools of the shared folder; skipped where it is absent):
// committees drawn from them, counted a second time cell by cell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>
#include <sstream>

#include "base/csv.hpp"
#include "base/json.hpp"
#include "committee/committee_tools.hpp"

namespace partnership {
namespace {

using namespace test;

std::filesystem::path pools() {
  const char* shared = std::getenv("PSHIP_SHARED");
  return std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data" / "pools";
}

Table read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return read_csv(text.str());
}

// A document of one quota a row; with the household column, where there is one, at most one of
// each.
std::string criteria_of(const Table& quotas, bool households) {
  json::Writer out;
  out.begin_object()
      .key("criteria")
      .value("pool")
      .key("version")
      .value("1")
      .key("title")
      .value("P");
  out.key("rules").begin_array();
  for (std::int64_t row = 0; row < quotas.rows(); ++row) {
    out.begin_object().key("id").value("r" + std::to_string(row)).key("kind").value("quota");
    out.key("attribute").value(cell(quotas, "attribute", row));
    out.key("value").value(cell(quotas, "value", row));
    out.key("min").raw(cell(quotas, "min", row)).key("max").raw(cell(quotas, "max", row));
    out.end_object();
  }
  if (households) {
    out.begin_object().key("id").value("household").key("kind").value("at_most_per");
    out.key("attribute").value("household").end_object();
  }
  out.end_array().end_object();
  return out.take();
}

class Pool {
 public:
  explicit Pool(const std::filesystem::path& folder)
      : quotas_(read(folder / "criteria.csv")), people_(read(folder / "pool.csv")) {
    const bool households = people_.find("household") >= 0;
    checker_ = Checker::make(load_criteria(criteria_of(quotas_, households)),
                             Nominees::of(people_, {"id", ""}));
  }

  // Draws committees and compares every number; says how many criteria were met and not.
  void draw(std::mt19937& random, std::int64_t size, std::pair<int, int>& met_and_not) const {
    std::vector<std::uint32_t> members(static_cast<std::size_t>(people_.rows()));
    std::iota(members.begin(), members.end(), 0U);
    std::shuffle(members.begin(), members.end(), random);
    members.resize(static_cast<std::size_t>(std::min(size, people_.rows())));
    std::sort(members.begin(), members.end());
    const Check answer = checker_->check(members, date_none);
    const Table rows = answer.criteria(Language::en);
    bool all = true;
    for (std::int64_t row = 0; row < quotas_.rows(); ++row) {
      const std::int64_t count = count_of(row, members);
      const bool met = count >= std::stoll(cell(quotas_, "min", row)) &&
                       count <= std::stoll(cell(quotas_, "max", row));
      all = all && met;
      (met ? met_and_not.first : met_and_not.second) += 1;
      ASSERT_EQ(cells(rows, row, {"outcome", "count", "unknown"}),
                (met ? "met|" : "not met|") + std::to_string(count) + "|0");
    }
    if (rows.rows() > quotas_.rows()) {
      const std::int64_t largest = largest_household(members);
      ASSERT_EQ(cells(rows, quotas_.rows(), {"outcome", "count"}),
                (largest <= 1 ? "met|" : "not met|") + std::to_string(largest));
      all = all && largest <= 1;
    }
    ASSERT_EQ(answer.outcome() == Outcome::met, all);
  }

 private:
  std::int64_t count_of(std::int64_t row, const std::vector<std::uint32_t>& members) const {
    const std::string attribute = cell(quotas_, "attribute", row);
    const std::string value = cell(quotas_, "value", row);
    return std::count_if(members.begin(), members.end(), [&](std::uint32_t member) {
      return cell(people_, attribute, member) == value;
    });
  }

  std::int64_t largest_household(const std::vector<std::uint32_t>& members) const {
    std::map<std::string, std::int64_t> counts;
    std::int64_t largest = 0;
    for (const std::uint32_t member : members) {
      const std::string household = cell(people_, "household", member);
      if (!household.empty()) largest = std::max(largest, ++counts[household]);
    }
    return largest;
  }

  Table quotas_, people_;
  std::shared_ptr<const Checker> checker_;
};

TEST(Pools, AreCountedAsByHand) {
  if (!std::filesystem::is_directory(pools())) GTEST_SKIP() << "no pools at " << pools();
  std::mt19937 random(1);
  std::pair<int, int> met_and_not;
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(pools())) {
    if (!std::filesystem::exists(entry.path() / "pool.csv")) continue;
    SCOPED_TRACE(entry.path());
    const Pool pool(entry.path());
    for (const std::int64_t size : {0, 1, 20, 20, 45, 110, 1000000}) {
      pool.draw(random, size, met_and_not);
    }
    ++seen;
  }
  EXPECT_GT(seen, 5);
  EXPECT_GT(met_and_not.first, 100);
  EXPECT_GT(met_and_not.second, 100);
}

}  // namespace
}  // namespace partnership
