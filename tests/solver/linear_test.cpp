// SPDX-License-Identifier: Apache-2.0
#include "solver/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace partnership::solver {
namespace {

// min -3x - 5y; x <= 4; 2y <= 12; 3x + 2y <= 18: 36 at (2, 6).
struct Textbook {
  Linear linear;
  Textbook() {
    linear.add_column(0, infinite, -3);
    linear.add_column(0, infinite, -5);
    const Cell x{0, 1}, y{1, 2}, both[] = {{0, 3}, {1, 2}};
    linear.add_row(-infinite, 4, {&x, 1});
    linear.add_row(-infinite, 12, {&y, 1});
    linear.add_row(-infinite, 18, both);
  }
};

TEST(Linear, SolvesATextbookProgram) {
  Textbook book;
  ASSERT_EQ(book.linear.solve(), Status::optimal);
  EXPECT_NEAR(book.linear.objective(), -36, 1e-9);
  EXPECT_NEAR(book.linear.values()[0], 2, 1e-9);
  EXPECT_NEAR(book.linear.values()[1], 6, 1e-9);
  EXPECT_NEAR(book.linear.duals()[0], 0, 1e-9);
  EXPECT_NEAR(book.linear.duals()[1], -1.5, 1e-9);
  EXPECT_NEAR(book.linear.duals()[2], -1, 1e-9);
  EXPECT_NEAR(book.linear.activities()[2], 18, 1e-9);
  const std::vector<Basis> expected = {Basis::basic, Basis::basic, Basis::basic, Basis::at_upper,
                                       Basis::at_upper};
  EXPECT_EQ(book.linear.basis(), expected);
}

TEST(Linear, KeepsWarm) {
  Textbook book;
  Linear& linear = book.linear;
  ASSERT_EQ(linear.solve(), Status::optimal);
  linear.set_column(1, 0, 5);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -33, 1e-9);
  const std::vector<Cell> sum = {{0, 1}, {1, 1}};
  const std::int32_t row = linear.add_row(-infinite, 6, sum);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -28, 1e-9);
  linear.set_row(row, 100, infinite);
  ASSERT_EQ(linear.solve(), Status::infeasible);
  ASSERT_EQ(linear.ray().size(), 4U);
  EXPECT_LT(linear.ray()[3], 0);
  linear.remove_rows_from(row);
  EXPECT_EQ(linear.rows(), 3);
  linear.set_column(1, 0, infinite);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -36, 1e-9);
  linear.set_cost(0, 3);
  ASSERT_EQ(linear.solve(), Status::optimal);
  EXPECT_NEAR(linear.objective(), -30, 1e-9);
}

}  // namespace
}  // namespace partnership::solver
