// SPDX-License-Identifier: Apache-2.0
#include "committee/model_places.hpp"

#include <algorithm>
#include <bit>

namespace partnership {
namespace {

using Part = RowOrigin::Part;

// One assignment of members to places: an auxiliary column for a group and a place for which it
// qualifies.
class Assignment {
 public:
  Assignment(const Criteria& criteria, std::uint32_t rule, const Checker::Compiled& compiled,
             ModelRows& rows)
      : criteria_(criteria), rule_(rule), compiled_(compiled), rows_(rows) {
    groups_.resize(compiled.types.size());
    for (std::uint32_t i = 0; i < compiled.type_of.size(); ++i) {
      groups_[compiled.type_of[i]].push_back(i);
    }
  }

  bool any_limit() const {
    return std::any_of(compiled_.bounds.begin(), compiled_.bounds.end(),
                       [](const PlaceBound& place) { return place.most != no_most; });
  }

  // Whether somebody may have to fill a place and nothing is certain of him.
  bool any_hopeful() const {
    return std::any_of(compiled_.types.begin(), compiled_.types.end(),
                       [](const auto& type) { return type.certain == 0 && type.possible != 0; });
  }

  // Members fill at most one place each: what the places need.
  void add_least() { add(true, false); }
  // Members who qualify fill exactly one place: what the places allow. The least numbers, too, if
  // `least`.
  void add_most(bool least) { add(least, true); }

 private:
  void add(bool least, bool most) {
    std::vector<DraftRow> places, ties;
    for (std::size_t p = 0; p < compiled_.bounds.size(); ++p) {
      DraftRow& row = places.emplace_back();
      if (least && compiled_.bounds[p].least > 0) row.lower = compiled_.bounds[p].least;
      if (most && compiled_.bounds[p].most != no_most) row.upper = compiled_.bounds[p].most;
      const auto place = static_cast<std::int32_t>(p);
      row.criterion = criteria_.row_id({rule_, place});
      row.origin = {rule_, place, -1, Part::count};
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      DraftRow tie;
      tie.criterion = criteria_.rules[rule_].id;
      tie.origin = {rule_, -1, -1, Part::structure};
      tie.upper = 0;
      if (most) tie.lower = 0;
      seat_group(g, most, places, tie);
      if (tie.auxiliary.empty()) continue;
      for (const std::uint32_t i : groups_[g]) tie.members.emplace_back(i, -1);
      ties.push_back(std::move(tie));
    }
    for (DraftRow& row : places) {
      std::sort(row.members.begin(), row.members.end());
      if (row.lower != -no_end || row.upper != no_end) rows_.add(std::move(row));
    }
    for (DraftRow& tie : ties) rows_.add(std::move(tie));
  }

  void seat_group(std::size_t group, bool most, std::vector<DraftRow>& places, DraftRow& tie) {
    const Checker::Compiled::Type& type = compiled_.types[group];
    if (most && type.certain == 0) {
      // Wherever such a member may have to sit, there is room for him.
      for (PlaceMask rest = type.possible; rest != 0; rest &= rest - 1) {
        DraftRow& row = places[static_cast<std::size_t>(std::countr_zero(rest))];
        if (row.upper == no_end) continue;
        for (const std::uint32_t i : groups_[group]) row.members.emplace_back(i, 1);
      }
      return;
    }
    const auto size = static_cast<std::int64_t>(groups_[group].size());
    for (PlaceMask rest = type.certain; rest != 0; rest &= rest - 1) {
      DraftRow& row = places[static_cast<std::size_t>(std::countr_zero(rest))];
      if (!most && row.lower == -no_end) continue;  // asks for nothing
      const std::int64_t room = rows_.every_row() ? size : most ? row.upper : row.lower;
      const std::uint32_t column = rows_.add_auxiliary(0, std::min(size, room));
      row.auxiliary.emplace_back(column, 1);
      tie.auxiliary.emplace_back(column, 1);
    }
  }

  const Criteria& criteria_;
  std::uint32_t rule_;
  const Checker::Compiled& compiled_;
  ModelRows& rows_;
  std::vector<std::vector<std::uint32_t>> groups_;  // nominees who qualify for the same places
};

}  // namespace

void add_places(const Criteria& criteria, std::uint32_t rule, const Checker::Compiled& compiled,
                ModelRows& rows) {
  Assignment assignment(criteria, rule, compiled, rows);
  const bool most = criteria.rules[rule].exactly_one && assignment.any_limit();
  // By Mendelsohn and Dulmage one assignment meets both ends when two do; not so when room is kept
  // for members who may not qualify: those do not count for the least numbers.
  if (most && !assignment.any_hopeful()) return assignment.add_most(true);
  assignment.add_least();
  if (most) assignment.add_most(false);
}

}  // namespace partnership
