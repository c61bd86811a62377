// SPDX-License-Identifier: Apache-2.0
#include "feel/spend.hpp"

#include <algorithm>
#include <vector>

namespace partnership::feel {

namespace {

constexpr std::size_t deepest = 1000;

// Comparing the bytes of texts is quicker than what else is done with them.
constexpr std::size_t bytes_a_step = 16, compared_bytes_a_step = 64;

std::uint64_t cost_of(Value value) {
  return value.is(Kind::string) ? 1 + value.text().size() / bytes_a_step : 1;
}

}  // namespace

void spend_on(Evaluation& evaluation, Value value) {
  evaluation.spend(cost_of(value));
  std::vector<std::span<const Value>> rest;
  const auto later = [&](std::span<const Value> parts) {
    if (rest.size() >= deepest) throw OutOfBudget{"depth"};
    rest.push_back(parts);
  };
  see_parts(value, later);
  while (!rest.empty()) {
    if (rest.back().empty()) {
      rest.pop_back();
      continue;
    }
    const Value part = rest.back().front();
    rest.back() = rest.back().subspan(1);
    evaluation.spend(cost_of(part));
    see_parts(part, later);
  }
}

void spend_on_texts(Evaluation& evaluation, std::string_view left, std::string_view right) {
  evaluation.spend(std::min(left.size(), right.size()) / compared_bytes_a_step);
}

void spend_on_comparison(Evaluation& evaluation, Value left, Value right) {
  if (left.kind() != right.kind()) return;
  if (left.is(Kind::string)) {
    spend_on_texts(evaluation, left.text(), right.text());
  } else {
    spend_on_nested(evaluation, left);
  }
}

}  // namespace partnership::feel
