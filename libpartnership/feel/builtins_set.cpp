// SPDX-License-Identifier: Apache-2.0
//
// `union` and `distinct values`: the first of equal items stays, found by hash.
#include <algorithm>
#include <bit>
#include <vector>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"

namespace partnership::feel::builtin {

namespace {

// Items each once, in the order in which they came.
class Distinct {
 public:
  explicit Distinct(Evaluation& evaluation, std::size_t most)
      : evaluation_(evaluation), slots_(std::bit_ceil(most * 2 + 1), empty) {
    evaluation.check_list(most);
    items_.reserve(most);
    hashes_.reserve(most);
  }

  void add(Value item) {
    spend_on(evaluation_, item);
    const std::size_t hash = feel::hash(item);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = spread(hash) & mask;
    for (; slots_[at] != empty; at = (at + 1) & mask) {
      evaluation_.spend(1);
      const std::uint32_t other = slots_[at];
      if (hashes_[other] != hash) continue;
      spend_on(evaluation_, item);
      if (same(items_[other], item)) return;
    }
    slots_[at] = static_cast<std::uint32_t>(items_.size());
    items_.push_back(item);
    hashes_.push_back(hash);
  }

  Value list() const {
    ListMaker out(evaluation_, items_.size());
    out.push(items_);
    return out.done();
  }

 private:
  static constexpr std::uint32_t empty = 0xffffffff;
  // So that hashes which differ in their high bits only do not meet.
  static std::size_t spread(std::size_t hash) noexcept {
    hash *= 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 32);
  }

  Evaluation& evaluation_;
  std::vector<std::uint32_t> slots_;
  std::vector<Value> items_;
  std::vector<std::size_t> hashes_;
};

}  // namespace

Value set_union(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "union", given);
  std::vector<std::span<const Value>> lists;
  std::size_t size = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    lists.push_back(in.items(i));
    size += lists.back().size();
  }
  if (in.failed()) return {};
  Distinct out(evaluation, size);
  for (const auto& list : lists) std::ranges::for_each(list, [&](Value item) { out.add(item); });
  return out.list();
}

Value distinct_values(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "distinct values", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  Distinct out(evaluation, items.size());
  for (const Value& item : items) out.add(item);
  return out.list();
}

}  // namespace partnership::feel::builtin
