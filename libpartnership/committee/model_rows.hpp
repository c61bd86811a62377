// SPDX-License-Identifier: Apache-2.0
//
// Inside of the panel model's builder: rows over nominees, collected one by one, and the types that
// they leave: nominees whom every row counts alike.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/fraction.hpp"
#include "committee/panel_model_builder.hpp"

namespace partnership {

// One row, while it is made.
struct DraftRow {
  std::int64_t lower = -no_end, upper = no_end;
  std::string criterion;
  RowOrigin origin;
  std::vector<std::pair<std::uint32_t, std::int64_t>> members;    // nominee, coefficient; ascending
  std::vector<std::pair<std::uint32_t, std::int64_t>> auxiliary;  // auxiliary column, coefficient
};

class ModelRows {
 public:
  // `size_least` and `size_most`: between which every committee's size lies; of use in seeing which
  // rows cannot be broken. `every_row`: these are kept all the same.
  ModelRows(std::uint32_t nominees, std::int64_t size_least, std::int64_t size_most,
            bool every_row);

  std::int64_t size_least() const noexcept { return size_least_; }
  std::int64_t size_most() const noexcept { return size_most_; }
  bool every_row() const noexcept { return every_row_; }

  // `keep`: also where no committee can break it.
  void add(DraftRow row, bool keep = false);
  std::uint32_t add_auxiliary(std::int64_t lower, std::int64_t upper);
  BuiltModel finish();

 private:
  struct Reach {
    std::int64_t least, most;
  };
  Reach reach_of(const DraftRow& row) const;
  void tell_apart(const DraftRow& row);
  void make_types(BuiltModel& built) const;

  std::uint32_t nominees_;
  std::int64_t size_least_, size_most_;
  bool every_row_;
  std::vector<DraftRow> rows_;
  std::vector<PanelModel::Column> auxiliary_;
  std::vector<std::uint32_t> label_;  // of nominees: those of one label are counted alike so far
  std::uint32_t labels_ = 1;
};

// The least fraction that is not below `share` (or the largest that is not above it) whose
// denominator is at most `most_den` >= 1. Between them no number of so many members has a share.
Fraction share_above(const Fraction& share, std::int64_t most_den);
Fraction share_below(const Fraction& share, std::int64_t most_den);

}  // namespace partnership
