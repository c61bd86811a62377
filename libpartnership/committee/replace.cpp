// SPDX-License-Identifier: Apache-2.0
#include "committee/replace.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "committee/replace_parts.hpp"

namespace partnership {

namespace {

using replace::SeatTest;
using replace::Standing;

constexpr std::uint32_t nobody = UINT32_MAX;

class Replacing {
 public:
  Replacing(const PanelModel& model, const Departure& departure, const ReplacementRequest& request)
      : model_(model),
        request_(request),
        space_(model),
        watch_(request.search),
        standing_(replace::standing_of(model, departure)),
        test_(space_, watch_),
        places_(request.places.value_or(static_cast<std::uint32_t>(departure.leaving.size()))) {}
  Replacements run();

 private:
  void add_nominees();
  bool add_columns();
  void add_rows();
  bool build_completion();
  bool try_alike();
  void try_each();
  void compose();
  void add_panel(std::vector<Seat> seats, std::int64_t weight);
  void set_target(std::uint32_t column, const Rational& probability);
  void list_candidates();

  const PanelModel& model_;
  const ReplacementRequest& request_;
  lottery::Space space_;
  lottery::Watch watch_;
  Standing standing_;
  SeatTest test_;
  std::uint32_t places_;
  Replacements out_;
  std::vector<std::uint32_t> column_of_;  // a type of the model: of the completion's; or nobody
  std::vector<std::uint32_t> type_of_;    // and back
};

// The nominees who may join, in the order of their indices in the whole model.
void Replacing::add_nominees() {
  CompletionModel& made = out_.completion;
  for (const auto& free : standing_.free) {
    made.nominees.insert(made.nominees.end(), free.begin(), free.end());
  }
  std::sort(made.nominees.begin(), made.nominees.end());
  made.model.nominees = static_cast<std::uint32_t>(made.nominees.size());
  column_of_.assign(space_.types(), nobody);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (standing_.free[t].empty()) continue;
    column_of_[t] = made.model.type_count();
    type_of_.push_back(t);
    auto& type = made.model.types.emplace_back();
    for (const std::uint32_t nominee : standing_.free[t]) {
      const auto at = std::lower_bound(made.nominees.begin(), made.nominees.end(), nominee);
      type.push_back(static_cast<std::uint32_t>(at - made.nominees.begin()));
    }
  }
}

// False where the bounds of a column leave nothing.
bool Replacing::add_columns() {
  bool room = true;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    const std::int64_t stay = standing_.staying(t);
    const std::int64_t lower = std::max<std::int64_t>(0, space_.lower[t] - stay);
    const std::int64_t upper = std::min(standing_.joining(t), space_.upper[t] - stay);
    room = room && lower <= upper;
    if (column_of_[t] != nobody) out_.completion.model.columns.push_back({lower, upper});
  }
  for (std::uint32_t j = space_.types(); j < space_.columns(); ++j) {
    room = room && space_.lower[j] <= space_.upper[j];
    out_.completion.model.columns.push_back(model_.columns[j]);
  }
  return room;
}

// Those who stay are taken off the bounds.
void Replacing::add_rows() {
  PanelModel& made = out_.completion.model;
  for (const PanelModel::Row& row : model_.rows) {
    PanelModel::Row& left = made.rows.emplace_back();
    std::int64_t sum = 0;
    for (const PanelModel::Term& term : row.terms) {
      if (term.column >= space_.types()) {
        const std::uint32_t column = term.column - space_.types() + made.type_count();
        left.terms.push_back({column, term.coefficient});
        continue;
      }
      sum += term.coefficient * standing_.staying(term.column);
      const std::uint32_t column = column_of_[term.column];
      if (column != nobody) left.terms.push_back({column, term.coefficient});
    }
    left.lower = replace::less(row.lower, sum);
    left.upper = replace::less(row.upper, sum);
    left.criterion = row.criterion;
  }
  PanelModel::Row places{places_, places_, {}, "places"};
  for (std::uint32_t t = 0; t < made.type_count(); ++t) places.terms.push_back({t, 1});
  made.rows.push_back(std::move(places));
}

bool Replacing::build_completion() {
  add_nominees();
  if (!add_columns() || out_.completion.nominees.size() < places_) {
    out_.completion = {};
    return false;
  }
  add_rows();
  return true;
}

// Seats of types are given; those of auxiliary columns are what the test found.
void Replacing::add_panel(std::vector<Seat> seats, std::int64_t weight) {
  for (const Seat& seat : test_.auxiliary()) {
    seats.push_back(
        {seat.column - space_.types() + out_.completion.model.type_count(), seat.count});
  }
  out_.lottery.panels.push_back({std::move(seats), weight});
}

void Replacing::set_target(std::uint32_t column, const Rational& probability) {
  out_.lottery.target.resize(out_.completion.model.type_count());
  out_.lottery.target[column] = probability;
}

bool Replacing::try_alike() {
  std::int64_t leave = 0;
  std::vector<std::int64_t> counts;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    leave += standing_.leave[t];
    if (standing_.leave[t] > standing_.joining(t)) return false;
    counts.push_back(standing_.staying(t) + standing_.leave[t]);
  }
  if (leave != places_) return false;
  test_.set(counts);
  if (!test_.is_committee().value_or(false)) return false;
  std::vector<Seat> seats;
  for (std::uint32_t column = 0; column < type_of_.size(); ++column) {
    const std::uint32_t t = type_of_[column];
    set_target(column, Rational(standing_.leave[t], standing_.joining(t)));
    if (standing_.leave[t] > 0) {
      seats.push_back({column, static_cast<std::int32_t>(standing_.leave[t])});
    }
  }
  add_panel(std::move(seats), 1);
  out_.lottery.denominator = 1;
  out_.lottery.status = LotteryStatus::proved;
  out_.alike = true;
  return true;
}

// One place: whoever fits, each as likely as the others.
void Replacing::try_each() {
  std::int64_t all = 0;
  std::vector<std::uint32_t> columns;
  LotteryStatus ended = LotteryStatus::proved;
  for (std::uint32_t column = 0; column < type_of_.size(); ++column) {
    const std::uint32_t t = type_of_[column];
    test_.move(t, 1);
    const std::optional<bool> fits = test_.is_committee();
    test_.move(t, -1);
    if (!fits) ended = test_.ended();
    if (!fits.value_or(false)) continue;
    all += standing_.joining(t);
    columns.push_back(column);
    add_panel({{column, 1}}, standing_.joining(t));
  }
  out_.lottery.status = ended;
  if (columns.empty()) {
    if (ended == LotteryStatus::proved) out_.lottery.status = LotteryStatus::infeasible;
    return;
  }
  for (const std::uint32_t column : columns) set_target(column, Rational(Integer(1), all));
  out_.lottery.denominator = all;
}

void Replacing::compose() {
  LotteryRequest request = request_.search;
  request.kind = LotteryKind::leximin;
  out_.lottery = compose_lottery(out_.completion.model, request);
}

void Replacing::list_candidates() {
  for (std::uint32_t column = 0; column < out_.lottery.target.size(); ++column) {
    const Rational& probability = out_.lottery.target[column];
    if (probability.sign() == 0) continue;
    const std::uint32_t t = type_of_[column];
    for (const std::uint32_t nominee : standing_.free[t]) {
      out_.candidates.push_back({nominee, probability, standing_.leave[t] > 0});
    }
  }
  std::sort(out_.candidates.begin(), out_.candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.nominee < b.nominee; });
}

Replacements Replacing::run() {
  std::vector<std::int64_t> counts;
  for (std::uint32_t t = 0; t < space_.types(); ++t) counts.push_back(standing_.staying(t));
  test_.set(counts);
  const std::optional<bool> complete = test_.is_committee();
  out_.complete = complete.value_or(false);
  if (!complete) {
    out_.status = test_.ended();
    return std::move(out_);
  }
  out_.lottery.delta = request_.search.delta;
  out_.lottery.status = LotteryStatus::infeasible;
  if (places_ == 0) {
    if (out_.complete) out_.lottery.status = LotteryStatus::proved;
  } else if (build_completion()) {
    const bool alike = request_.rule == ReplacementRule::alike && try_alike();
    test_.set(counts);
    if (!alike) places_ == 1 ? try_each() : compose();
  }
  out_.status = out_.lottery.status;
  list_candidates();
  return std::move(out_);
}

}  // namespace

Replacements find_replacements(const PanelModel& model, const Departure& departure,
                               const ReplacementRequest& request) {
  return Replacing(model, departure, request).run();
}

}  // namespace partnership
