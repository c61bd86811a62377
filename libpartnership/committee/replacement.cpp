// SPDX-License-Identifier: Apache-2.0
#include "committee/replacement.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "committee/composition.hpp"
#include "committee/lottery_document.hpp"

namespace partnership {

namespace {

// Asks once before the search, which may be over before it asks.
void ask_first(const std::function<Pace()>& pace) {
  if (pace && pace() == Pace::cancel) throw Error(Code::cancelled, "cancelled before the search");
}

}  // namespace

// ---- the best committee

std::shared_ptr<const BestCommittee> BestCommittee::make(std::shared_ptr<const Checker> checker,
                                                         const ModelOptions& options,
                                                         const ChoiceRequest& request) {
  ask_first(request.pace);
  const std::shared_ptr<BestCommittee> made(new BestCommittee);
  made->checker_ = std::move(checker);
  made->weights_.assign(request.weights.begin(), request.weights.end());
  made->choice_ = best_committee(build_model(*made->checker_, options).model, request);
  if (made->choice_.status == ChoiceStatus::cancelled) {
    throw Error(Code::cancelled, "the choice was cancelled");
  }
  return made;
}

Table BestCommittee::about() const {
  TableBuilder table;
  table.text(table.add("status", ColumnType::text), choice_status_name(choice_.status));
  table.boolean(table.add("found", ColumnType::boolean), choice_.found);
  table.int64(table.add("members", ColumnType::int64),
              static_cast<std::int64_t>(choice_.members.size()));
  const std::int32_t sum = table.add("sum", ColumnType::text);
  choice_.found ? table.text(sum, choice_.sum.text()) : table.null(sum);
  table.int64(table.add("nodes", ColumnType::int64), choice_.nodes);
  const std::int32_t bound = table.add("bound", ColumnType::text);
  choice_.bound ? table.text(bound, choice_.bound->text()) : table.null(bound);
  return table.finish();
}

Table BestCommittee::members() const {
  TableBuilder table;
  const std::int32_t member = table.add("member", ColumnType::text);
  const std::int32_t weight = table.add("weight", ColumnType::int64);
  for (const std::uint32_t nominee : choice_.members) {
    table.text(member, checker_->nominees()->id(nominee));
    weights_.empty() ? table.null(weight) : table.int64(weight, weights_[nominee]);
  }
  return table.finish();
}

// ---- replacements

// The same faults are refused beneath, but only here there are ids to name.
Departure departure_of(const Nominees& nominees, const DepartureOf& ids) {
  Departure of{nominees.members(ids.members), nominees.members(ids.leaving),
               nominees.members(ids.unavailable)};
  const auto refuse = [&](std::uint32_t nominee, const char* why) {
    throw Error(Code::invalid_argument, backticked(nominees.id(nominee)) + why);
  };
  const auto seated = [&](std::uint32_t nominee) {
    return std::binary_search(of.members.begin(), of.members.end(), nominee);
  };
  for (const std::uint32_t one : of.leaving) {
    if (!seated(one)) refuse(one, " is no member who could leave");
  }
  for (const std::uint32_t one : of.unavailable) {
    if (seated(one)) refuse(one, " is a member and cannot be unavailable");
  }
  return of;
}

std::shared_ptr<const Replacement> Replacement::make(std::shared_ptr<const Checker> checker,
                                                     const DepartureOf& departure,
                                                     const ModelOptions& options,
                                                     const ReplacementRequest& request) {
  ask_first(request.search.pace);
  const std::shared_ptr<Replacement> made(new Replacement);
  made->checker_ = std::move(checker);
  made->options_ = options;
  const Nominees& nominees = *made->checker_->nominees();
  const Departure of = departure_of(nominees, departure);
  const PanelModel model = build_model(*made->checker_, options).model;
  made->found_ = find_replacements(model, of, request);
  if (made->found_.status == LotteryStatus::infeasible) {
    made->changes_ = fewest_changes(model, of, request.search);
  }
  const bool cancelled = made->found_.status == LotteryStatus::cancelled ||
                         (made->changes_ && made->changes_->status == LotteryStatus::cancelled);
  if (cancelled) throw Error(Code::cancelled, "the search for replacements was cancelled");
  return made;
}

Table Replacement::about() const {
  TableBuilder table;
  table.text(table.add("status", ColumnType::text), lottery_status_name(found_.status));
  table.text(table.add("rule", ColumnType::text), found_.alike ? "alike" : "even");
  table.boolean(table.add("complete", ColumnType::boolean), found_.complete);
  table.int64(table.add("candidates", ColumnType::int64),
              static_cast<std::int64_t>(found_.candidates.size()));
  const std::int32_t changes = table.add("changes", ColumnType::text);
  changes_ ? table.text(changes, lottery_status_name(changes_->status)) : table.null(changes);
  return table.finish();
}

Table Replacement::candidates() const {
  TableBuilder table;
  const std::int32_t id = table.add("id", ColumnType::text);
  const std::int32_t probability = table.add("probability", ColumnType::real);
  const std::int32_t exact = table.add("exact", ColumnType::text);
  const std::int32_t alike = table.add("alike", ColumnType::boolean);
  for (const Candidate& candidate : found_.candidates) {
    table.text(id, checker_->nominees()->id(candidate.nominee));
    table.real(probability, candidate.probability.approximate());
    table.text(exact, candidate.probability.text());
    table.boolean(alike, candidate.alike);
  }
  return table.finish();
}

Table Replacement::changes() const {
  TableBuilder table;
  const std::int32_t member = table.add("member", ColumnType::text);
  const std::int32_t change = table.add("change", ColumnType::text);
  if (!changes_) return table.finish();
  for (const auto& [list, what] :
       {std::pair{&changes_->leave, "leaves"}, std::pair{&changes_->join, "joins"}}) {
    for (const std::uint32_t nominee : *list) {
      table.text(member, checker_->nominees()->id(nominee));
      table.text(change, what);
    }
  }
  return table.finish();
}

std::string Replacement::document() const {
  std::vector<std::string> ids;
  for (const std::uint32_t nominee : found_.completion.nominees) {
    ids.push_back(checker_->nominees()->id(nominee));
  }
  LotteryDocumentOf of;
  of.criteria_hash = checker_->criteria()->hash;
  of.pool = pool_hash(*checker_->nominees());
  of.options = options_;
  of.ids = ids;
  return lottery_document(found_.completion.model, found_.lottery, of);
}

}  // namespace partnership
