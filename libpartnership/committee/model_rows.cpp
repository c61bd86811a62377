// SPDX-License-Identifier: Apache-2.0
#include "committee/model_rows.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"

namespace partnership {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t most_number = (std::int64_t{1} << 31) - 1;

void require_small(std::int64_t number, const DraftRow& row) {
  if (number == no_end || number == -no_end) return;
  if (number > most_number || number < -most_number) {
    throw Error(Code::limit, "the criterion `" + row.criterion + "` needs numbers beyond 2^31 - 1");
  }
}

// Adds `other` to `moved` as often as it stays on its side of a share: `gap` over `step` times, and
// within the denominator.
void approach(Fraction& moved, const Fraction& other, Wide gap, Wide step, std::int64_t most_den) {
  const Wide room = (most_den - moved.den) / other.den;
  const auto times = static_cast<std::int64_t>(std::min(gap / step, room));
  moved.num += times * other.num;
  moved.den += times * other.den;
}

// Neighbours in the Stern-Brocot tree with denominators of at most `most_den`, the first below, the
// second above `share`, whose own denominator is larger.
std::pair<Fraction, Fraction> neighbours(const Fraction& share, std::int64_t most_den) {
  Fraction below{0, 1}, above{1, 1};
  const Wide p = share.num, q = share.den;
  for (bool raise = true; below.den + above.den <= most_den; raise = !raise) {
    const Wide from_below = p * below.den - below.num * q, to_above = above.num * q - p * above.den;
    if (raise) {
      approach(below, above, from_below, to_above, most_den);
    } else {
      approach(above, below, to_above, from_below, most_den);
    }
  }
  return {below, above};
}

}  // namespace

Fraction share_above(const Fraction& share, std::int64_t most_den) {
  return share.den <= most_den ? share : neighbours(share, most_den).second;
}

Fraction share_below(const Fraction& share, std::int64_t most_den) {
  return share.den <= most_den ? share : neighbours(share, most_den).first;
}

ModelRows::ModelRows(std::uint32_t nominees, std::int64_t size_least, std::int64_t size_most,
                     bool every_row)
    : nominees_(nominees),
      size_least_(std::max<std::int64_t>(0, size_least)),
      size_most_(std::min<std::int64_t>(size_most, nominees)),
      every_row_(every_row),
      label_(nominees, 0) {}

// What the sum can be at all, whatever the other rows say.
ModelRows::Reach ModelRows::reach_of(const DraftRow& row) const {
  std::int64_t plus = 0, minus = 0, largest = 0, smallest = 0;
  bool ones = true;
  for (const auto& [nominee, coefficient] : row.members) {
    (coefficient > 0 ? plus : minus) += coefficient;
    largest = std::max(largest, coefficient);
    smallest = std::min(smallest, coefficient);
    ones = ones && coefficient == 1;
  }
  Reach reach{std::max(minus, smallest * size_most_), std::min(plus, largest * size_most_)};
  if (ones) {
    const std::int64_t others = nominees_ - static_cast<std::int64_t>(row.members.size());
    reach.least = std::max(reach.least, size_least_ - others);
  }
  return reach;
}

void ModelRows::add(DraftRow row, bool keep) {
  require_small(row.lower, row);
  require_small(row.upper, row);
  for (const auto& [nominee, coefficient] : row.members) require_small(coefficient, row);
  if (!keep && !every_row_ && row.auxiliary.empty()) {
    const Reach reach = reach_of(row);
    if (row.lower <= reach.least && reach.most <= row.upper) return;
  }
  tell_apart(row);
  rows_.push_back(std::move(row));
}

std::uint32_t ModelRows::add_auxiliary(std::int64_t lower, std::int64_t upper) {
  auxiliary_.push_back({lower, upper});
  return static_cast<std::uint32_t>(auxiliary_.size() - 1);
}

// Splits every label by what the row makes of its nominees.
void ModelRows::tell_apart(const DraftRow& row) {
  std::unordered_map<std::uint64_t, std::uint32_t> fresh;  // by label and coefficient
  for (const auto& [nominee, coefficient] : row.members) {
    const std::uint64_t key = (std::uint64_t{label_[nominee]} << 32) |
                              static_cast<std::uint32_t>(static_cast<std::int32_t>(coefficient));
    const auto [at, added] = fresh.emplace(key, labels_);
    if (added) ++labels_;
    label_[nominee] = at->second;
  }
}

void ModelRows::make_types(BuiltModel& built) const {
  std::vector<std::uint32_t> type_of_label(labels_, labels_);
  built.type_of.reserve(nominees_);
  for (std::uint32_t i = 0; i < nominees_; ++i) {
    std::uint32_t& type = type_of_label[label_[i]];
    if (type == labels_) {
      type = built.model.type_count();
      built.model.types.emplace_back();
    }
    built.model.types[type].push_back(i);
    built.type_of.push_back(type);
  }
}

BuiltModel ModelRows::finish() {
  BuiltModel built;
  PanelModel& model = built.model;
  model.nominees = nominees_;
  make_types(built);
  for (const auto& type : model.types) {
    model.columns.push_back({0, static_cast<std::int64_t>(type.size())});
  }
  const std::uint32_t types = model.type_count();
  model.columns.insert(model.columns.end(), auxiliary_.begin(), auxiliary_.end());
  for (DraftRow& draft : rows_) {
    PanelModel::Row& row = model.rows.emplace_back();
    row.lower = draft.lower;
    row.upper = draft.upper;
    row.criterion = std::move(draft.criterion);
    for (const auto& [nominee, coefficient] : draft.members) {
      const std::uint32_t type = built.type_of[nominee];
      if (model.types[type].front() == nominee) row.terms.push_back({type, coefficient});
    }
    std::sort(row.terms.begin(), row.terms.end(),
              [](const auto& a, const auto& b) { return a.column < b.column; });
    for (const auto& [column, coefficient] : draft.auxiliary) {
      row.terms.push_back({types + column, coefficient});
    }
    built.origins.push_back(draft.origin);
  }
  return built;
}

}  // namespace partnership
