// SPDX-License-Identifier: Apache-2.0
//
// The oracle's instances as the library's models.
#pragma once

#include <cstdint>

#include "committee/panel_model.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership::naive {

inline PanelModel model_of(const Instance& instance) {
  PanelModel model;
  model.types = instance.types;
  model.nominees = static_cast<std::uint32_t>(instance.nominees());
  for (std::size_t c = 0; c < instance.lower.size(); ++c) {
    model.columns.push_back({instance.lower[c], instance.upper[c]});
  }
  for (const Instance::Row& row : instance.rows) {
    PanelModel::Row& made = model.rows.emplace_back();
    made.lower = row.lower.value_or(-no_end);
    made.upper = row.upper.value_or(no_end);
    made.criterion = row.criterion;
    for (std::uint32_t c = 0; c < row.terms.size(); ++c) {
      if (row.terms[c] != 0) made.terms.push_back({c, row.terms[c]});
    }
  }
  return model;
}

}  // namespace partnership::naive
