// SPDX-License-Identifier: Apache-2.0
//
// A panel model in the form in which the makers of lotteries walk over it: by column and by row,
// with the bounds that have been proved since. A panel is a whole point of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "committee/lottery.hpp"

namespace partnership::lottery {

struct Entry {
  std::uint32_t index;  // of a row (in a column) or a column (in a row)
  std::int64_t value;
};

using Panel = std::vector<Seat>;  // a point: what is not zero, by column

class Space {
 public:
  // Throws Error(invalid_argument) where `model` is not what its header says, and Error(limit)
  // where a bound of a column or a coefficient is beyond 2^31 - 1.
  explicit Space(const PanelModel& model);

  const PanelModel& model() const noexcept { return *model_; }
  std::uint32_t types() const noexcept { return types_; }
  std::uint32_t columns() const noexcept { return static_cast<std::uint32_t>(lower.size()); }
  std::uint32_t rows() const noexcept { return static_cast<std::uint32_t>(row_lower.size()); }
  bool has_auxiliary() const noexcept { return columns() > types_; }
  std::int64_t count(std::uint32_t type) const noexcept {  // of its nominees
    return static_cast<std::int64_t>(model_->types[type].size());
  }
  std::span<const Entry> column(std::uint32_t j) const noexcept {
    return std::span(by_column_)
        .subspan(column_starts_[j], column_starts_[j + 1] - column_starts_[j]);
  }
  std::span<const Entry> row(std::uint32_t i) const noexcept {
    return std::span(by_row_).subspan(row_starts_[i], row_starts_[i + 1] - row_starts_[i]);
  }

  bool contains(const Panel& panel) const;  // all bounds and rows hold

  // Of columns: those of the model, or tighter ones that hold for every committee.
  std::vector<std::int64_t> lower, upper;
  std::vector<std::int64_t> row_lower, row_upper;  // -no_end, no_end: none

 private:
  void index_cells();

  const PanelModel* model_;
  std::uint32_t types_;
  std::vector<std::size_t> column_starts_, row_starts_;
  std::vector<Entry> by_column_, by_row_;
};

Panel panel_of(std::span<const std::int64_t> values);

}  // namespace partnership::lottery
