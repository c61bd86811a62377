// SPDX-License-Identifier: Apache-2.0
//
// Criteria and nominees as a PanelModel: the committees of the model are exactly those of which the
// check (checker.hpp) says `met` on the day.
//
// So what is not known of a nominee (a null cell) is taken at its worst, as the check does: such a
// nominee counts for no least number, but for every most number, and for `at_most_per` shares any
// value and sits beside nobody else whose value is not known (beyond the rule's max). A blank cell
// is known: it has no value, counts nowhere and shares nothing. An attribute that a rule in force
// speaks of and that nominees do not have at all is an error, and so is what the check refuses of
// any nominee, whether he can sit or not.
//
// Nominees are of one type when all rows count them alike. Rows that no committee can break, given
// the size, are left out, so that they keep nobody apart.
//
// What rows are called (PanelModel::Row::criterion), each a criterion of its own in conflicts:
//   size, and rules of one number     the rule's id (a quota with shares has a row for each bound,
//                                     and rows for the numbers that they are of)
//   each, at_most_per                 "RULE: value", for every value that matters
//   spread                            the rule's id, also for what makes a value present
//   places                            "RULE/PLACE" for what a place needs, the rule's id for
//                                     "a member fills at most one place" (or exactly one)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "committee/checker.hpp"
#include "committee/panel_model.hpp"

namespace partnership {

struct ModelOptions {
  Date on = date_none;  // the day whose rules hold; date_none: all rules, whatever their dates
  // A size beside what the criteria say of it: committees obey both.
  std::optional<std::int64_t> size_least, size_most;
  // Also rows that no committee can break, and nothing taken from the size: a model of which the
  // bounds may be moved.
  bool every_row = false;
  // A column for each number that a share is of or that has it, where it is not fixed: for searches
  // over the model. Not with every_row.
  bool counts = true;
};

// What a row was made of.
struct RowOrigin {
  enum class Part : std::uint8_t {
    count,        // a number of members (or values, of spread)
    share_least,  // the least share
    share_most,   // the most
    structure,    // what ties auxiliary columns to types
    option,       // the size of the options
  };
  static constexpr std::uint32_t no_rule = ~std::uint32_t{0};
  std::uint32_t rule = no_rule;  // of the criteria
  std::int32_t place = -1;
  // Of each: among the rule's values; of at_most_per: among those of the nominees' column.
  std::int32_t value = -1;
  Part part = Part::count;
  std::int64_t unit = 1;  // what one member more who counts adds to the sum
};

struct BuiltModel {
  PanelModel model;
  std::vector<RowOrigin> origins;      // of rows
  std::vector<std::uint32_t> type_of;  // of nominees
};

// Throws Error(invalid_document) with everything that keeps criteria and nominees apart: each
// attribute of a rule that nominees lack (detail `nearest` for the first), each nominee whom the
// check refuses; Error(invalid_argument) for options that are none; Error(limit) where numbers are
// beyond 2^31 - 1.
BuiltModel build_model(const Checker& checker, const ModelOptions& options = {});

// The same, of criteria and nominees as they are.
PanelModel build_panel_model(const Criteria& criteria, const Nominees& nominees,
                             const ModelOptions& options = {});

// A committee of the model, by indices of nominees, ascending: of each type the first ones.
std::vector<std::uint32_t> members_of(const PanelModel& model,
                                      const std::vector<std::int64_t>& columns);

}  // namespace partnership
