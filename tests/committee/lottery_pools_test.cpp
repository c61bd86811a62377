// SPDX-License-Identifier: Apache-2.0
//
// Lotteries over the pools that lie beside the project (data/pools of the shared folder; skipped
// where it is absent): leximin as two independent programs found it, proved by a certificate that
// the verifier accepts.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "committee/lottery_certificate.hpp"
#include "committee/lottery_seating.hpp"
#include "committee/lottery_tools.hpp"
#include "verify/certificate.hpp"

namespace partnership {
namespace {

using namespace test;
using Verdict = verify::CertificateReport::Verdict;

verify::CertificateReport verified(const Pool& pool, const Lottery& lottery) {
  return verify::verify_certificate(lottery_certificate(pool.model, lottery, {{}, {}, pool.ids}));
}

std::string first_fault(const verify::CertificateReport& report) {
  return report.faults.empty() ? "" : report.faults[0].pointer + " " + report.faults[0].message;
}

// The files hold rounded outcomes of iterative methods. Probabilities sum to the size; by how much
// a file's do not is what they may be off beyond 1e-6.
double allowed(const Pool& pool) {
  const double sum = std::accumulate(pool.leximin.begin(), pool.leximin.end(), 0.0);
  return 1e-6 + std::abs(sum - static_cast<double>(pool.size));
}

TEST(LotteryPools, LeximinIsAsPublishedAndProved) {
  if (pool_folders().empty()) GTEST_SKIP() << "no pools in " << pools_folder();
  for (const auto& folder : pool_folders()) {
    SCOPED_TRACE(folder.filename());
    const Pool pool = read_pool(folder);
    const Lottery lottery = compose_lottery(pool.model, {});
    const verify::CertificateReport report = verified(pool, lottery);
    if (pool.leximin.empty()) {
      EXPECT_EQ(lottery.status, LotteryStatus::infeasible);
      EXPECT_EQ(report.verdict, Verdict::infeasible) << first_fault(report);
      continue;
    }
    ASSERT_EQ(lottery.status, LotteryStatus::proved);
    EXPECT_EQ(report.verdict, Verdict::proved) << first_fault(report);
    EXPECT_EQ(report.deviation, lottery.deviation);
    const std::vector<double> found = sorted_target(pool.model, lottery);
    ASSERT_EQ(found.size(), pool.leximin.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_NEAR(found[i], pool.leximin[i], allowed(pool)) << "rank " << i;
    }
  }
}

TEST(LotteryPools, MaximinAndNashAreProved) {
  if (pool_folders().empty()) GTEST_SKIP() << "no pools in " << pools_folder();
  for (const auto& folder : pool_folders()) {
    SCOPED_TRACE(folder.filename());
    const Pool pool = read_pool(folder);
    for (const LotteryKind kind : {LotteryKind::maximin, LotteryKind::nash}) {
      LotteryRequest request;
      request.kind = kind;
      const Lottery lottery = compose_lottery(pool.model, request);
      const verify::CertificateReport report = verified(pool, lottery);
      if (pool.leximin.empty()) {
        EXPECT_EQ(report.verdict, Verdict::infeasible) << first_fault(report);
        continue;
      }
      ASSERT_EQ(lottery.status, LotteryStatus::proved);
      EXPECT_EQ(report.verdict, Verdict::proved) << first_fault(report);
      if (kind == LotteryKind::maximin) {
        EXPECT_NEAR(lottery.levels[0].value.approximate(), pool.leximin[0], allowed(pool));
      } else {
        EXPECT_LT(lottery.gap.approximate(), 1e-6);
      }
    }
  }
}

TEST(LotteryPools, LegacyPanelsAreCommitteesAndLessFair) {
  const auto folder = pools_folder() / "sf_fixture_22";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no pools in " << pools_folder();
  const Pool pool = read_pool(folder);
  LotteryRequest request;
  request.kind = LotteryKind::legacy;
  request.samples = 2000;
  const Lottery lottery = compose_lottery(pool.model, request);
  ASSERT_EQ(lottery.status, LotteryStatus::proved);
  EXPECT_EQ(lottery.denominator, Integer(2000));
  const std::vector<double> found = sorted_target(pool.model, lottery);
  EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0), 22, 1e-9);
  EXPECT_LT(found.front(), pool.leximin.front());
}

}  // namespace
}  // namespace partnership
