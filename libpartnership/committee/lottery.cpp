// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery.hpp"

#include "base/error.hpp"
#include "committee/lottery_legacy.hpp"
#include "committee/lottery_leximin.hpp"
#include "committee/lottery_nash.hpp"

namespace partnership {
namespace {

void check_request(const LotteryRequest& request) {
  const auto refuse = [](const char* what) { throw Error(Code::invalid_argument, what); };
  if (request.delta < Rational(Integer(1), Integer(1'000'000'000'000))) {
    refuse("the delta of a lottery is below 1/10^12");
  }
  if (request.delta >= Rational(1)) refuse("the delta of a lottery is not below 1");
  if (request.samples < 1) refuse("a lottery of samples needs at least one");
  if (request.nodes < 0 || request.proof_numbers < 0) refuse("a limit of a lottery is below 0");
}

}  // namespace

std::string_view lottery_status_name(LotteryStatus status) noexcept {
  switch (status) {
    case LotteryStatus::proved:
      return "proved";
    case LotteryStatus::bound:
      return "bound";
    case LotteryStatus::infeasible:
      return "infeasible";
    case LotteryStatus::limit:
      return "limit";
    case LotteryStatus::cancelled:
      return "cancelled";
    case LotteryStatus::trouble:
      break;
  }
  return "trouble";
}

Lottery compose_lottery(const PanelModel& model, const LotteryRequest& request) {
  check_request(request);
  lottery::Space space(model);
  lottery::Watch watch(request);
  Lottery result;
  result.kind = request.kind;
  result.delta = request.delta;
  switch (request.kind) {
    case LotteryKind::leximin:
    case LotteryKind::maximin:
      lottery::Leximin(space, watch, request, result).run();
      break;
    case LotteryKind::nash:
      lottery::Nash(space, watch, request, result).run();
      break;
    case LotteryKind::legacy:
      lottery::Legacy(space, watch, request, result).run();
      break;
  }
  for (const LotteryLevel& level : result.levels) {
    ++(level.proof.size() > 1 ? result.statistics.levels_by_branching
                              : result.statistics.levels_by_rows);
  }
  return result;
}

}  // namespace partnership
