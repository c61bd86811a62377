// SPDX-License-Identifier: Apache-2.0
//
// The functions that take lists apart and put them together (DMN 1.5, table 76). Positions count
// from 1, negative ones from the end; where the standard is silent, a position that is not in the
// list is an error.
#include <vector>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"

namespace partnership::feel::builtin {

namespace {

// The index of a position, or nullopt and a warning.
std::optional<std::size_t> index_of_position(Arguments& in, std::size_t size, std::int64_t position,
                                             Value given) {
  const auto most = static_cast<std::int64_t>(size);
  if (position == 0 || position > most || position < -most) {
    in.wrong(WarningKind::out_of_list, given);
    return std::nullopt;
  }
  return static_cast<std::size_t>(position > 0 ? position - 1 : most + position);
}

// Equal as `=` says; for values that are never equal, false.
bool equal_to(Evaluation& evaluation, Value item, Value match) {
  if (item.kind() == match.kind()) {
    spend_on(evaluation, match);  // a comparison goes no further than the smaller of the two
  } else {
    evaluation.spend(1);
  }
  return same(item, match);
}

Value replaced_where(Evaluation& evaluation, Arguments& in, std::span<const Value> items,
                     Value match, Value new_item) {
  ListMaker out(evaluation, items.size());
  for (const Value& item : items) {
    const Value arguments[] = {item, new_item};
    const Value matches = evaluation.call(match, arguments);
    if (!matches.is(Kind::boolean)) return in.wrong_type(matches);
    out.push(matches.is_true() ? new_item : item);
  }
  return out.done();
}

}  // namespace

Value list_contains(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "list contains", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  const Value element = in.value(1);
  for (const Value& item : items) {
    if (equal_to(evaluation, item, element)) return yes_or_no(true);
  }
  return yes_or_no(false);
}

Value count(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "count", given);
  const std::span<const Value> items = in.items(0);
  return in.failed() ? Value() : number(static_cast<std::int64_t>(items.size()));
}

Value sublist(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "sublist", given);
  const std::span<const Value> items = in.items(0);
  const std::int64_t start = in.integer(1);
  const bool all = !in.has(2);
  const std::int64_t length = all ? 0 : in.integer(2);
  if (in.failed()) return {};
  const auto first = index_of_position(in, items.size(), start, given[1]);
  if (!first) return {};
  const std::span<const Value> rest = items.subspan(*first);
  if (all) return Value::list(rest);
  if (length < 1 || static_cast<std::uint64_t>(length) > rest.size()) {
    return in.wrong(WarningKind::out_of_list, given[2]);
  }
  return Value::list(rest.first(static_cast<std::size_t>(length)));
}

Value append(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "append", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  ListMaker out(evaluation, items.size() + given.size() - 1);
  out.push(items);
  out.push(given.subspan(1));
  return out.done();
}

Value concatenate(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "concatenate", given);
  std::size_t size = 0;
  for (std::size_t i = 0; i < given.size(); ++i) size += in.items(i).size();
  if (in.failed()) return {};
  ListMaker out(evaluation, size);
  for (std::size_t i = 0; i < given.size(); ++i) out.push(in.items(i));
  return out.done();
}

Value insert_before(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "insert before", given);
  const std::span<const Value> items = in.items(0);
  const std::int64_t position = in.integer(1);
  if (in.failed()) return {};
  const auto at = index_of_position(in, items.size(), position, given[1]);
  if (!at) return {};
  ListMaker out(evaluation, items.size() + 1);
  out.push(items.first(*at));
  out.push(in.value(2));
  out.push(items.subspan(*at));
  return out.done();
}

Value remove(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "remove", given);
  const std::span<const Value> items = in.items(0);
  const std::int64_t position = in.integer(1);
  if (in.failed()) return {};
  const auto at = index_of_position(in, items.size(), position, given[1]);
  if (!at) return {};
  ListMaker out(evaluation, items.size() - 1);
  out.push(items.first(*at));
  out.push(items.subspan(*at + 1));
  return out.done();
}

Value list_replace(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "list replace", given);
  const std::span<const Value> items = in.items(0);
  const Value where = in.one_of(1, {Kind::number, Kind::function});
  if (in.failed()) return {};
  const Value new_item = in.value(2);
  if (where.is(Kind::function)) return replaced_where(evaluation, in, items, where, new_item);
  const auto at = index_of_position(in, items.size(), in.integer(1), where);
  if (!at) return {};
  ListMaker out(evaluation, items.size());
  out.push(items.first(*at));
  out.push(new_item);
  out.push(items.subspan(*at + 1));
  return out.done();
}

Value reverse(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "reverse", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  ListMaker out(evaluation, items.size());
  for (std::size_t i = items.size(); i > 0; --i) out.push(items[i - 1]);
  return out.done();
}

Value index_of(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "index of", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  const Value match = in.value(1);
  std::vector<Value> positions;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!equal_to(evaluation, items[i], match)) continue;
    positions.push_back(number(static_cast<std::int64_t>(i) + 1));
  }
  ListMaker out(evaluation, positions.size());
  out.push(positions);
  return out.done();
}

Value flatten(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "flatten", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  std::vector<Value> flat;
  std::vector<std::span<const Value>> rest{items};
  while (!rest.empty()) {
    if (rest.back().empty()) {
      rest.pop_back();
      continue;
    }
    const Value item = rest.back().front();
    rest.back() = rest.back().subspan(1);
    evaluation.spend(1);
    if (item.is(Kind::list)) {
      rest.push_back(item.items());
    } else {
      flat.push_back(item);
      evaluation.check_list(flat.size());
    }
  }
  ListMaker out(evaluation, flat.size());
  out.push(flat);
  return out.done();
}

}  // namespace partnership::feel::builtin
