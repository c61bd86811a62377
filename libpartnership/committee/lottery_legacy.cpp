// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_legacy.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "committee/lottery_weights.hpp"

namespace partnership::lottery {
namespace {

constexpr std::int64_t attempts_a_sample = 200;
constexpr std::int64_t attempts_at_least = 2000;

}  // namespace

Legacy::Legacy(Space& space, Watch& watch, const LotteryRequest& request, Lottery& lottery)
    : space_(space),
      watch_(watch),
      request_(request),
      lottery_(lottery),
      pricing_(space, watch),
      stream_("legacy " + std::to_string(request.seed)),
      values_of_(space.types()) {}

// Values, and the size.
void Legacy::sort_rows() {
  std::int64_t all = 0;
  for (std::uint32_t t = 0; t < space_.types(); ++t) all += space_.upper[t];
  most_size_ = all;
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    const std::span<const Entry> row = space_.row(i);
    const bool plain = std::all_of(row.begin(), row.end(), [&](const Entry& entry) {
      return entry.value == 1 && entry.index < space_.types();
    });
    if (!plain) continue;
    if (row.size() == space_.types()) {
      least_size_ = std::max(least_size_, space_.row_lower[i]);
      most_size_ = std::min(most_size_, space_.row_upper[i]);
      continue;
    }
    for (const Entry& entry : row) {
      values_of_[entry.index].push_back(static_cast<std::uint32_t>(values_.size()));
    }
    values_.push_back({i});
  }
}

void Legacy::begin() {
  seats_.assign(space_.types(), 0);
  remaining_.assign(space_.types(), 0);
  size_ = left_ = 0;
  for (Value& value : values_) value.selected = value.remaining = 0;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    remaining_[t] = space_.upper[t];
    left_ += remaining_[t];
    for (const std::uint32_t v : values_of_[t]) values_[v].remaining += remaining_[t];
  }
}

// The first value with the largest share of its remaining nominees that it still wants.
std::optional<std::size_t> Legacy::most_in_need() const {
  std::optional<std::size_t> most;
  std::int64_t wanted = 0, of = 1;
  for (std::size_t v = 0; v < values_.size(); ++v) {
    const Value& value = values_[v];
    if (value.remaining == 0) continue;
    const std::int64_t lower = std::max<std::int64_t>(space_.row_lower[value.row], 0);
    const std::int64_t wants = lower - value.selected;
    if (!most || wants * of > wanted * value.remaining) {
      most = v;
      wanted = wants;
      of = value.remaining;
    }
  }
  return most;
}

// By chance among those who remain, of the value or (nullptr) of all.
std::optional<std::uint32_t> Legacy::pick(const Value* value) {
  const std::int64_t from = value != nullptr ? value->remaining : left_;
  if (from <= 0) return std::nullopt;
  auto at = static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(from)));
  const auto passes = [&](std::uint32_t type) {
    at -= remaining_[type];
    return at < 0;
  };
  if (value == nullptr) {
    for (std::uint32_t t = 0; t < space_.types(); ++t) {
      if (passes(t)) return t;
    }
    return std::nullopt;
  }
  for (const Entry& entry : space_.row(value->row)) {
    if (passes(entry.index)) return entry.index;
  }
  return std::nullopt;
}

// False where a value is left with fewer than it wants.
bool Legacy::withdraw(std::uint32_t type, std::int64_t count) {
  remaining_[type] -= count;
  left_ -= count;
  bool enough = true;
  for (const std::uint32_t v : values_of_[type]) {
    values_[v].remaining -= count;
    enough =
        enough && values_[v].selected + values_[v].remaining >= space_.row_lower[values_[v].row];
  }
  return enough;
}

bool Legacy::select(std::uint32_t type) {
  ++seats_[type];
  ++size_;
  for (const std::uint32_t v : values_of_[type]) ++values_[v].selected;
  if (!withdraw(type, 1)) return false;
  // Who has a value that is full can no longer be selected.
  for (const std::uint32_t v : values_of_[type]) {
    if (values_[v].selected < space_.row_upper[values_[v].row]) continue;
    for (const Entry& entry : space_.row(values_[v].row)) {
      if (remaining_[entry.index] > 0 && !withdraw(entry.index, remaining_[entry.index])) {
        return false;
      }
    }
  }
  return true;
}

bool Legacy::draw_panel() {
  begin();
  const auto range = static_cast<std::uint64_t>(most_size_ - least_size_ + 1);
  const std::int64_t wanted = least_size_ + static_cast<std::int64_t>(stream_.below(range));
  for (const Value& value : values_) {  // where nobody may have a value
    if (space_.row_upper[value.row] > 0) continue;
    for (const Entry& entry : space_.row(value.row)) {
      if (remaining_[entry.index] > 0 && !withdraw(entry.index, remaining_[entry.index])) {
        return false;
      }
    }
  }
  while (size_ < wanted) {
    const std::optional<std::size_t> value = most_in_need();
    const std::optional<std::uint32_t> type = pick(value ? &values_[*value] : nullptr);
    if (!type || !select(*type)) return false;
  }
  return accept();
}

// Whether the seats are a committee; auxiliary columns are found by branching.
bool Legacy::accept() {
  std::vector<std::int64_t> values(space_.columns(), 0);
  std::copy(seats_.begin(), seats_.end(), values.begin());
  Panel panel = panel_of(values);
  if (space_.has_auxiliary()) {
    Box box = whole_box(space_);
    for (std::uint32_t t = 0; t < space_.types(); ++t) {
      if (seats_[t] < box.lower[t] || seats_[t] > box.upper[t]) return false;
      box.lower[t] = box.upper[t] = seats_[t];
    }
    const std::vector<double> wish(space_.columns(), 0);
    const Priced priced =
        pricing_.find(box, wish, -std::numeric_limits<double>::infinity(), watch_.nodes_left);
    if (!priced.panel) return false;
    panel = *priced.panel;
  } else if (!space_.contains(panel)) {
    return false;
  }
  drawn_.push_back(std::move(panel));
  return true;
}

void Legacy::finish(std::int64_t drawn) {
  std::sort(drawn_.begin(), drawn_.end(), before);
  std::vector<Integer> sums(space_.types());
  for (std::size_t i = 0; i < drawn_.size();) {
    std::size_t end = i + 1;
    while (end < drawn_.size() && drawn_[end] == drawn_[i]) ++end;
    const Integer weight(static_cast<std::int64_t>(end - i));
    for (const Seat& seat : drawn_[i]) {
      if (seat.column < space_.types()) sums[seat.column] += weight * Integer(seat.count);
    }
    lottery_.panels.push_back({std::move(drawn_[i]), weight});
    i = end;
  }
  lottery_.denominator = drawn;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    lottery_.target.emplace_back(sums[t], lottery_.denominator * Integer(space_.count(t)));
  }
  end(LotteryStatus::proved);
}

void Legacy::run() {
  sort_rows();
  std::int64_t& attempts = lottery_.statistics.attempts;
  const auto samples = static_cast<std::size_t>(request_.samples);
  while (least_size_ <= most_size_ && drawn_.size() < samples && watch_.keep_on()) {
    const auto drawn = static_cast<std::int64_t>(drawn_.size());
    if (attempts >= attempts_at_least && attempts / attempts_a_sample > drawn) break;
    if (++attempts % 64 == 0) {
      watch_.tell(LotteryProgress::Phase::sampling, drawn, request_.samples);
    }
    draw_panel();
  }
  if (watch_.pace() == Pace::cancel) return end(LotteryStatus::cancelled);
  if (!drawn_.empty()) return finish(static_cast<std::int64_t>(drawn_.size()));
  // No luck, or no committee.
  KnownPanels known(space_, pricing_, watch_, request_.seed);
  const bool empty = known.find_any() == KnownPanels::Survey::empty;
  if (empty) lottery_.infeasible = known.empty();
  end(empty ? LotteryStatus::infeasible : LotteryStatus::limit);
}

}  // namespace partnership::lottery
