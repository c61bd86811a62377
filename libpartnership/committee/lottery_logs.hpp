// SPDX-License-Identifier: Apache-2.0
//
// Maximises a weighted sum of logarithms over linear rows and bounds: a primal-dual interior point
// method from any start (as for linear programs, except that the product of a logarithm's column
// and its dual goes to its weight instead of 0), then Newton steps on the rows and bounds that it
// leaves tight, so that these are tight to nearly the last digit (where the steps fail, to 1e-6).
//
// What it will not do: claim anything. The duals prove how far from the optimum the answer may be,
// for who adds them up exactly.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace partnership::lottery {

struct LogProgram {
  struct Column {
    double lower, upper;  // upper may be infinite
    double weight;        // of its logarithm; 0: none. Above 0: lower >= 0
    std::vector<std::pair<std::uint32_t, double>> cells;  // by row
  };
  struct Row {
    double lower, upper;  // either may be infinite
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct LogAnswer {
  bool converged = false;
  std::vector<double> values;       // of columns
  std::vector<double> multipliers;  // of rows: > 0 of the upper bound, < 0 of the lower one
};

LogAnswer maximise_logs(const LogProgram& program, const std::function<bool()>& keep_on);

}  // namespace partnership::lottery
