// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_space.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/error.hpp"

namespace partnership::lottery {
namespace {

constexpr std::int64_t largest = INT32_MAX;
constexpr double largest_sum = 4503599627370496.0;  // 2^52: sums are exact in doubles

[[noreturn]] void refuse(const char* what, std::size_t at) {
  throw Error(Code::invalid_argument, std::string(what) + " " + std::to_string(at));
}

void check_types(const PanelModel& model) {
  if (model.columns.size() < model.types.size()) {
    throw Error(Code::invalid_argument, "a panel model has fewer columns than types");
  }
  std::vector<bool> seen(model.nominees, false);
  for (std::size_t t = 0; t < model.types.size(); ++t) {
    if (model.types[t].empty()) refuse("a panel model has nobody of type", t);
    for (const std::uint32_t nominee : model.types[t]) {
      if (nominee >= model.nominees || seen[nominee]) {
        refuse("a panel model does not have each nominee once: see type", t);
      }
      seen[nominee] = true;
    }
    const PanelModel::Column& column = model.columns[t];
    if (column.lower < 0 || column.upper > static_cast<std::int64_t>(model.types[t].size())) {
      refuse("a panel model has bounds beyond the nominees of type", t);
    }
  }
  if (std::find(seen.begin(), seen.end(), false) != seen.end()) {
    throw Error(Code::invalid_argument, "a panel model has a nominee without a type");
  }
}

void check_rows(const PanelModel& model) {
  for (std::size_t j = 0; j < model.columns.size(); ++j) {
    const auto [lower, upper] = model.columns[j];
    if (lower > upper) refuse("a panel model has no room between the bounds of column", j);
    if (lower < -largest || upper > largest) {
      throw Error(Code::limit, "a column of a panel model has a bound beyond 2^31 - 1");
    }
  }
  for (std::size_t i = 0; i < model.rows.size(); ++i) {
    if (model.rows[i].lower > model.rows[i].upper) {
      refuse("a panel model has no room between the bounds of row", i);
    }
    double sum = 0;
    for (std::size_t k = 0; k < model.rows[i].terms.size(); ++k) {
      const auto [column, coefficient] = model.rows[i].terms[k];
      if (column >= model.columns.size()) refuse("a panel model has no such column: see row", i);
      if (k > 0 && column <= model.rows[i].terms[k - 1].column) {
        refuse("a panel model has columns out of order in row", i);
      }
      if (coefficient < -largest || coefficient > largest) {
        throw Error(Code::limit, "a coefficient of a panel model is beyond 2^31 - 1");
      }
      const auto [lower, upper] = model.columns[column];
      sum += static_cast<double>(std::abs(coefficient)) *
             static_cast<double>(std::max(std::abs(lower), std::abs(upper)));
    }
    if (sum > largest_sum) throw Error(Code::limit, "a row of a panel model may exceed 2^52");
  }
}

}  // namespace

Space::Space(const PanelModel& model) : model_(&model), types_(model.type_count()) {
  check_types(model);
  check_rows(model);
  for (const PanelModel::Column& column : model.columns) {
    lower.push_back(column.lower);
    upper.push_back(column.upper);
  }
  for (const PanelModel::Row& row : model.rows) {
    row_lower.push_back(row.lower);
    row_upper.push_back(row.upper);
  }
  index_cells();
}

void Space::index_cells() {
  column_starts_.assign(columns() + 1, 0);
  row_starts_.assign(1, 0);
  for (const PanelModel::Row& row : model_->rows) {
    for (const PanelModel::Term& term : row.terms) {
      if (term.coefficient == 0) continue;
      by_row_.push_back({term.column, term.coefficient});
      ++column_starts_[term.column + 1];
    }
    row_starts_.push_back(by_row_.size());
  }
  for (std::uint32_t j = 0; j < columns(); ++j) column_starts_[j + 1] += column_starts_[j];
  by_column_.resize(by_row_.size());
  std::vector<std::size_t> next(column_starts_.begin(), column_starts_.end() - 1);
  for (std::uint32_t i = 0; i < rows(); ++i) {
    for (const Entry& entry : row(i)) by_column_[next[entry.index]++] = {i, entry.value};
  }
}

bool Space::contains(const Panel& panel) const {
  std::vector<std::int64_t> values(columns(), 0), activities(rows(), 0);
  for (const Seat& seat : panel) {
    values[seat.column] = seat.count;
    for (const Entry& entry : column(seat.column)) {
      activities[entry.index] += entry.value * seat.count;
    }
  }
  for (std::uint32_t j = 0; j < columns(); ++j) {
    if (values[j] < lower[j] || values[j] > upper[j]) return false;
  }
  for (std::uint32_t i = 0; i < rows(); ++i) {
    if (activities[i] < row_lower[i] || activities[i] > row_upper[i]) return false;
  }
  return true;
}

Panel panel_of(std::span<const std::int64_t> values) {
  Panel panel;
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (values[j] != 0) {
      panel.push_back({static_cast<std::uint32_t>(j), static_cast<std::int32_t>(values[j])});
    }
  }
  return panel;
}

}  // namespace partnership::lottery
