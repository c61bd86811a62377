// SPDX-License-Identifier: Apache-2.0
//
// Panels drawn as practitioners did before there were fair lotteries, for comparison: one nominee
// after the other, by chance among those of the value that is most in need (what it still wants
// over those it still has), and all over again when a quota can no longer be met. The probabilities
// are those of the panels that were drawn.
//
// Values are rows that count types once each; a row over all types is the size (of a range, each
// size is as likely). Other rows are only looked at when a panel is complete.
#pragma once

#include <optional>
#include <vector>

#include "base/random.hpp"
#include "committee/lottery_known.hpp"

namespace partnership::lottery {

class Legacy {
 public:
  Legacy(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery);

  void run();

 private:
  struct Value {  // a row, while a panel is drawn
    std::uint32_t row;
    std::int64_t selected = 0, remaining = 0;
  };

  void sort_rows();
  bool draw_panel();
  void begin();
  std::optional<std::size_t> most_in_need() const;
  std::optional<std::uint32_t> pick(const Value* value);
  bool select(std::uint32_t type);
  bool withdraw(std::uint32_t type, std::int64_t count);
  bool accept();
  void finish(std::int64_t drawn);
  void end(LotteryStatus status) { lottery_.status = status; }

  Space& space_;
  Watch& watch_;
  const LotteryRequest& request_;
  Lottery& lottery_;
  Pricing pricing_;
  RandomStream stream_;
  std::vector<Value> values_;
  std::vector<std::vector<std::uint32_t>> values_of_;  // of a type, indices of values_
  std::int64_t least_size_ = 0, most_size_ = 0;
  std::vector<std::int64_t> seats_, remaining_;  // of types
  std::int64_t size_ = 0, left_ = 0;             // seated; remaining, all together
  std::vector<Panel> drawn_;
};

}  // namespace partnership::lottery
