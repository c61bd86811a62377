// SPDX-License-Identifier: Apache-2.0
#include "feel/builtins_arguments.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

namespace {

constexpr std::size_t deepest = 1000;

std::span<const Value> parts_of(Value value) {
  if (value.is(Kind::list)) return value.items();
  if (value.is(Kind::context)) return {value.context().values, value.context().size()};
  return {};
}

std::uint64_t cost_of(Value value) {
  return value.is(Kind::string) ? 1 + value.text().size() / 16 : 1;
}

}  // namespace

void spend_on(Evaluation& evaluation, Value value) {
  evaluation.spend(cost_of(value));
  std::span<const Value> parts = parts_of(value);
  if (parts.empty()) return;
  std::vector<std::span<const Value>> rest{parts};
  while (!rest.empty()) {
    if (rest.back().empty()) {
      rest.pop_back();
      continue;
    }
    const Value part = rest.back().front();
    rest.back() = rest.back().subspan(1);
    evaluation.spend(cost_of(part));
    parts = parts_of(part);
    if (parts.empty()) continue;
    if (rest.size() >= deepest) throw OutOfBudget{"depth"};
    rest.push_back(parts);
  }
}

Value Arguments::single(std::size_t i) const noexcept {
  const Value given = value(i);
  return given.is(Kind::list) && given.items().size() == 1 ? given.items().front() : given;
}

Value Arguments::wrong(WarningKind kind, Value left, Value right) {
  if (failed_) return {};
  failed_ = true;
  return evaluation_.warn(kind, function_, left, right);
}

Value Arguments::wrong_type(Value value) {
  return wrong(value.is_null() ? WarningKind::null_operand : WarningKind::wrong_type, value);
}

Value Arguments::one_of(std::size_t i, std::initializer_list<Kind> kinds) {
  const auto goes = [&](Value value) {
    return std::ranges::find(kinds, value.kind()) != kinds.end();
  };
  const Value given = value(i);
  if (goes(given)) return given;
  const Value item = single(i);
  if (goes(item)) return item;
  return wrong_type(given);
}

std::int64_t Arguments::integer(std::size_t i) {
  const Value given = number(i);
  if (failed_) return 0;
  if (const auto exact = to_int64(given)) return *exact;
  const auto whole = round_to(evaluation_.arena(), given, 0, Rounding::down);
  if (whole) {
    if (const auto exact = to_int64(*whole)) return *exact;
  }
  return sign_of(given) < 0 ? std::numeric_limits<std::int64_t>::min()
                            : std::numeric_limits<std::int64_t>::max();
}

std::string_view Arguments::text(std::size_t i) {
  const Value given = one_of(i, {Kind::string});
  return failed_ ? std::string_view() : given.text();
}

std::string_view Arguments::text_or_nothing(std::size_t i) {
  return value(i).is_null() ? std::string_view() : text(i);
}

std::int64_t Arguments::day(std::size_t i) {
  const Value given = one_of(i, {Kind::date, Kind::date_time});
  if (failed_) return 0;
  return given.is(Kind::date) ? given.days() : given.date_time().days;
}

std::span<const Value> Arguments::items(std::size_t i) {
  const Value given = value(i);
  if (given.is(Kind::list)) return given.items();
  if (given.is_null()) {
    wrong_type(given);
    return {};
  }
  return {evaluation_.arena().make<Value>(given), 1};
}

std::span<const Value> Arguments::all_items() {
  return given_.size() == 1 ? items(0) : given_;
}

}  // namespace partnership::feel::builtin
