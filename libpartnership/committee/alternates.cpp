// SPDX-License-Identifier: Apache-2.0
#include "committee/alternates.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "committee/replacement.hpp"

namespace partnership {
namespace {

constexpr std::int64_t heaviest = 1'000'000;

// By member as the nominees are in order, not as the caller named them.
std::vector<std::uint32_t> weights_of(const AlternatesOf& of, const Nominees& nominees,
                                      const std::vector<std::uint32_t>& members) {
  std::vector<std::uint32_t> out(members.size(), 1);
  if (of.weights.empty()) return out;
  if (of.weights.size() != of.members.size()) {
    throw Error(Code::invalid_argument,
                "there are " + std::to_string(of.weights.size()) +
                    " weights, expected one a member: " + std::to_string(of.members.size()));
  }
  for (std::size_t i = 0; i < of.weights.size(); ++i) {
    const std::int64_t weight = of.weights[i];
    if (weight < 1 || weight > heaviest) {
      throw Error(Code::invalid_argument, "the weight of " + quoted(of.members[i]) + " is " +
                                              std::to_string(weight) + ", expected 1 to " +
                                              std::to_string(heaviest));
    }
    const auto at =
        std::lower_bound(members.begin(), members.end(), nominees.find(of.members[i]).value());
    out[static_cast<std::size_t>(at - members.begin())] = static_cast<std::uint32_t>(weight);
  }
  return out;
}

}  // namespace

std::shared_ptr<const ChosenAlternates> ChosenAlternates::make(
    std::shared_ptr<const Checker> checker, const AlternatesOf& of, const ModelOptions& options,
    AlternatesRequest request) {
  if (request.search.pace && request.search.pace() == Pace::cancel) {
    throw Error(Code::cancelled, "cancelled before the search");
  }
  const std::shared_ptr<ChosenAlternates> made(new ChosenAlternates);
  made->checker_ = std::move(checker);
  const Nominees& nominees = *made->checker_->nominees();
  Departure ids = departure_of(nominees, {of.members, {}, of.unavailable});
  made->members_ = std::move(ids.members);
  made->weights_ = weights_of(of, nominees, made->members_);
  request.unavailable = std::move(ids.unavailable);
  request.weights = made->weights_;
  made->chosen_ =
      choose_alternates(build_model(*made->checker_, options).model, made->members_, request);
  if (made->chosen_.status == LotteryStatus::cancelled) {
    throw Error(Code::cancelled, "the choice of alternates was cancelled");
  }
  return made;
}

bool ChosenAlternates::known() const noexcept {
  return chosen_.status == LotteryStatus::proved || chosen_.status == LotteryStatus::bound;
}

std::int64_t ChosenAlternates::weight_of(std::uint32_t member) const {
  const auto at = std::lower_bound(members_.begin(), members_.end(), member);
  return weights_[static_cast<std::size_t>(at - members_.begin())];
}

Table ChosenAlternates::about() const {
  TableBuilder table;
  table.text(table.add("status", ColumnType::text), lottery_status_name(chosen_.status));
  const auto number = [&](const char* name, bool there, std::int64_t value) {
    const std::int32_t column = table.add(name, ColumnType::int64);
    there ? table.int64(column, value) : table.null(column);
  };
  std::int64_t weight = 0;
  for (const std::uint32_t one : weights_) weight += one;
  number("members", true, static_cast<std::int64_t>(members_.size()));
  number("alternates", true, static_cast<std::int64_t>(chosen_.alternates.size()));
  number("weight", true, weight);
  number("covered", known(), chosen_.covered);
  number("twice", known(), chosen_.twice);
  number("most", known(), chosen_.most);
  number("possible", known(), chosen_.possible);
  return table.finish();
}

Table ChosenAlternates::alternates() const {
  TableBuilder table;
  const std::int32_t id = table.add("id", ColumnType::text);
  const std::int32_t covers = table.add("covers", ColumnType::int64);
  const std::int32_t weight = table.add("weight", ColumnType::int64);
  for (const std::uint32_t alternate : chosen_.alternates) {
    std::int64_t members = 0, weights = 0;
    for (const Alternates::Cover& cover : chosen_.covers) {
      if (!std::binary_search(cover.by.begin(), cover.by.end(), alternate)) continue;
      ++members;
      weights += weight_of(cover.member);
    }
    table.text(id, checker_->nominees()->id(alternate));
    table.int64(covers, members);
    table.int64(weight, weights);
  }
  return table.finish();
}

Table ChosenAlternates::covers() const {
  TableBuilder table;
  const std::int32_t member = table.add("member", ColumnType::text);
  const std::int32_t weight = table.add("weight", ColumnType::int64);
  const std::int32_t possible = table.add("possible", ColumnType::boolean);
  const std::int32_t alternate = table.add("alternate", ColumnType::text);
  const Nominees& nominees = *checker_->nominees();
  for (const Alternates::Cover& cover : chosen_.covers) {
    for (std::size_t i = 0; i < std::max<std::size_t>(cover.by.size(), 1); ++i) {
      table.text(member, nominees.id(cover.member));
      table.int64(weight, weight_of(cover.member));
      table.boolean(possible, cover.possible);
      cover.by.empty() ? table.null(alternate) : table.text(alternate, nominees.id(cover.by[i]));
    }
  }
  return table.finish();
}

}  // namespace partnership
