// SPDX-License-Identifier: Apache-2.0
//
// From an organiser's files to a lottery and back: every panel of a lottery over a pool's model is
// a committee of which the check says `met`, households included.
#include <gtest/gtest.h>

#include "committee/lottery_seating.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/pool_tools.hpp"

namespace partnership {
namespace {

using namespace test;

void expect_committees(const std::shared_ptr<const Checker>& checker, LotteryStatus status) {
  const BuiltModel built = build_model(*checker);
  LotteryRequest request;
  request.kind = LotteryKind::maximin;
  const Lottery lottery = compose_lottery(built.model, request);
  ASSERT_EQ(lottery.status, status);
  if (status == LotteryStatus::infeasible) return;
  std::int64_t panels = 0;
  Seating(built.model, lottery).each([&](const SeatedPanel& panel) {
    ++panels;
    const Outcome outcome = checker->check(panel.members, date_none).outcome();
    EXPECT_EQ(outcome_name(outcome), "met");
  });
  EXPECT_GT(panels, 0);
}

TEST(ModelPools, PanelsAreCommittees) {
  if (pool_folders().empty()) GTEST_SKIP() << "no pools in " << pools_folder();
  for (const auto& folder : pool_folders()) {
    SCOPED_TRACE(folder.filename());
    const bool feasible = !published_leximin(folder).empty();
    expect_committees(pool_checker(folder),
                      feasible ? LotteryStatus::proved : LotteryStatus::infeasible);
  }
}

TEST(ModelPools, HouseholdsSitOnce) {
  const auto folder = pools_folder() / "opendlp_monitoring_30";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no pools in " << pools_folder();
  const auto checker = pool_checker(folder, {"household"});
  const BuiltModel alone = build_model(*pool_checker(folder)), built = build_model(*checker);
  EXPECT_GT(built.model.rows.size(), alone.model.rows.size()) << "nobody shares a household";
  expect_committees(checker, LotteryStatus::proved);
}

// Twenty people in ten couples, of whom no two sit: everybody's chance stays what it was.
TEST(ModelPools, CouplesSitOnce) {
  const auto folder = pools_folder() / "couples_2";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no pools in " << pools_folder();
  std::string respondents = "id,gender,couple\n";
  for (int i = 1; i <= 20; ++i) {
    respondents +=
        std::to_string(i) + (i <= 10 ? ",female," : ",male,") + std::to_string((i - 1) % 10) + "\n";
  }
  CategoryFile file;
  file.size = 2;
  file.one_per = {"couple"};
  const auto checker =
      Checker::make(load_criteria(criteria_of_categories(file_text(folder / "criteria.csv"), file)),
                    nominees_of_respondents(respondents));
  expect_committees(checker, LotteryStatus::proved);
  const Lottery lottery = compose_lottery(build_model(*checker).model, {});
  ASSERT_EQ(lottery.status, LotteryStatus::proved);
  for (const Rational& probability : lottery.target) EXPECT_EQ(probability.text(), "1/10");
}

}  // namespace
}  // namespace partnership
