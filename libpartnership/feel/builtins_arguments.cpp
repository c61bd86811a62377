// SPDX-License-Identifier: Apache-2.0
#include "feel/builtins_arguments.hpp"

#include <algorithm>
#include <limits>

#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

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
