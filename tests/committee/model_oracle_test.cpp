// SPDX-License-Identifier: Apache-2.0
//
// The panel model against the check, on thousands of small random criteria and nominees: its whole
// points are exactly the committees of which the check says `met`, set by set.
#include <gtest/gtest.h>

#include "committee/model_program.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/random_criteria.hpp"

namespace partnership {
namespace {

using namespace test;

// Whether there are whole auxiliary values with which these seats of types are a point.
class Points {
 public:
  explicit Points(const PanelModel& model)
      : model_(model), program_(program_of(model)), solver_(program_) {}

  bool has(const std::vector<std::int64_t>& seats) {
    std::vector<std::int64_t> values = seats;
    for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
      if (seats[t] < model_.columns[t].lower || seats[t] > model_.columns[t].upper) return false;
    }
    if (model_.columns.size() == model_.types.size()) return program_.obeyed_by(values);
    for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
      solver_.set_column(static_cast<std::int32_t>(t), seats[t], seats[t]);
    }
    const solver::IntegerAnswer answer = solver_.solve();
    EXPECT_NE(answer.status, solver::Status::trouble);
    return !answer.values.empty();
  }

 private:
  const PanelModel& model_;
  solver::IntegerProgram program_;
  solver::IntegerSolver solver_;
};

struct Count {
  int instances = 0, committees = 0, sets = 0, auxiliary = 0, merged = 0, refused = 0;
};

void judge(const Checker& checker, const ModelOptions& options, Count& count) {
  const BuiltModel built = build_model(checker, options);
  ASSERT_EQ(built.origins.size(), built.model.rows.size());
  Points points(built.model);
  const std::uint32_t n = checker.nominees()->count();
  for (std::uint32_t bits = 0; bits < (1U << n); ++bits) {
    std::vector<std::uint32_t> members;
    std::vector<std::int64_t> seats(built.model.types.size(), 0);
    for (std::uint32_t i = 0; i < n; ++i) {
      if (((bits >> i) & 1U) == 0) continue;
      members.push_back(i);
      ++seats[built.type_of[i]];
    }
    const auto size = static_cast<std::int64_t>(members.size());
    const bool met = checker.check(members, options.on).outcome() == Outcome::met &&
                     size >= options.size_least.value_or(0) &&
                     size <= options.size_most.value_or(size);
    ASSERT_EQ(points.has(seats), met) << "the set " << bits;
    count.committees += met ? 1 : 0;
    ++count.sets;
  }
  ++count.instances;
  count.auxiliary += built.model.columns.size() > built.model.types.size() ? 1 : 0;
  count.merged += built.model.types.size() < n ? 1 : 0;
}

TEST(PanelModelOracle, PointsAreTheCommitteesThatTheCheckApproves) {
  Count count;
  Maker maker(4711, 8, 2);
  for (int i = 0; i < 4000; ++i) {
    const Instance instance = maker.make();
    if (instance.members.empty()) continue;
    const std::string json = write(instance);
    std::shared_ptr<const Criteria> criteria;
    try {
      criteria = load_criteria(json);
    } catch (const Error&) {
      ++count.refused;
      continue;
    }
    ModelOptions options;
    if (maker.below(3) == 0) {
      options.size_least = maker.below(4);
      options.size_most = *options.size_least + maker.below(3);
    }
    const auto checker = Checker::make(criteria, nominees_of(instance, i % 2 == 0));
    judge(*checker, options, count);
    if (testing::Test::HasFatalFailure()) FAIL() << "instance " << i << ": " << json;
  }
  EXPECT_GT(count.instances, 2000);
  EXPECT_GT(count.committees, 20000);
  EXPECT_GT(count.sets - count.committees, 50000);
  EXPECT_GT(count.auxiliary, 500);
  EXPECT_GT(count.merged, 500);
}

}  // namespace
}  // namespace partnership
