// SPDX-License-Identifier: Apache-2.0
//
// GLPK as an oracle, run as a program of its own; skipped where it is not installed.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <string>

#include "solver/integer.hpp"
#include "solver/linear.hpp"
#include "solver/panel_programs.hpp"
#include "solver/relaxation.hpp"

namespace partnership::solver {
namespace {

class Glpsol : public testing::Test {
 protected:
  void SetUp() override {
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    if (std::system("command -v glpsol >/dev/null 2>&1") != 0) GTEST_SKIP() << "no glpsol";
    folder_ = testing::TempDir() + "glpsol-" + std::to_string(getpid());
  }
  void TearDown() override {
    if (folder_.empty()) return;
    std::remove((folder_ + ".lp").c_str());
    std::remove((folder_ + ".sol").c_str());
  }

  // What the program costs at least; nothing where there is no solution.
  std::optional<double> ask(const IntegerProgram& program, const std::vector<double>& costs,
                            bool whole) const {
    write(program, costs, whole);
    // With glpsol's own presolver it would not say which of the two has no solution.
    const std::string command =
        "glpsol --nopresol --lp " + folder_ + ".lp -w " + folder_ + ".sol >/dev/null 2>&1";
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream solution(folder_ + ".sol");
    std::string line, kind, rows, columns, primal, dual;
    double objective = 0;
    while (std::getline(solution, line)) {
      if (line.rfind("s ", 0) != 0) continue;
      std::istringstream words(line.substr(2));
      words >> kind >> rows >> columns >> primal;
      if (!whole) words >> dual;
      words >> objective;
      EXPECT_EQ(kind, whole ? "mip" : "bas");
      const bool optimal = whole ? primal == "o" : primal == "f" && dual == "f";
      if (optimal) return objective;
      return std::nullopt;
    }
    ADD_FAILURE() << "glpsol gave no answer";
    return std::nullopt;
  }

 private:
  static void write_term(std::ofstream& file, double value, std::size_t column) {
    file << (value < 0 ? "\n - " : "\n + ") << std::abs(value) << " x" << column;
  }

  void write(const IntegerProgram& program, const std::vector<double>& costs, bool whole) const {
    std::ofstream file(folder_ + ".lp");
    file.precision(17);
    file << "Minimize\n cost:";
    for (std::size_t j = 0; j < costs.size(); ++j) write_term(file, costs[j], j);
    file << "\nSubject To\n";
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
      const IntegerProgram::Row& row = program.rows[i];
      for (const bool upper : {false, true}) {
        file << (upper ? " u" : " l") << i << ":";
        for (const auto& term : row.terms)
          write_term(file, static_cast<double>(term.coefficient),
                     static_cast<std::size_t>(term.column));
        file << (upper ? " <= " : " >= ") << (upper ? row.upper : row.lower) << '\n';
      }
    }
    file << "Bounds\n";
    for (std::size_t j = 0; j < costs.size(); ++j) {
      file << ' ' << program.columns[j].lower << " <= x" << j << " <= " << program.columns[j].upper
           << '\n';
    }
    if (whole) {
      file << "General\n";
      for (std::size_t j = 0; j < costs.size(); ++j) file << " x" << j << '\n';
    }
    file << "End\n";
  }

  std::string folder_;
};

// Some without a solution: a quota is moved out of the way.
IntegerProgram changed_program(std::mt19937& random, unsigned seed) {
  PanelShape shape{120 + static_cast<int>(seed) * 7, 15 + static_cast<int>(seed), 4, 4, 1, seed};
  if (seed % 3 == 0) shape.slack = 0;
  IntegerProgram program = panel_program(shape);
  if (seed % 4 == 1) {
    auto& row = program.rows[1 + seed % (program.rows.size() - 1)];
    row.lower += 1 + number_below(random, 5);
    row.upper = row.lower;
  }
  return program;
}

TEST_F(Glpsol, AgreesOnLinearAndIntegerPrograms) {
  std::mt19937 random(1);
  int optimal = 0, infeasible = 0;
  for (unsigned seed = 0; seed < 24; ++seed) {
    const IntegerProgram program = changed_program(random, seed);
    const std::vector<double> costs = random_costs(random, program.columns.size(), 200);
    const std::optional<double> linear = ask(program, costs, false);
    for (const bool robust : {false, true}) {
      const std::unique_ptr<Relaxation> relaxation = Relaxation::of(program, robust);
      for (std::size_t j = 0; j < costs.size(); ++j) {
        relaxation->set_cost(static_cast<std::int32_t>(j), costs[j]);
      }
      const Status status = relaxation->solve({});
      ASSERT_EQ(status, linear ? Status::optimal : Status::infeasible) << seed;
      if (linear) {
        EXPECT_NEAR(relaxation->objective(), *linear, 1e-6 * std::abs(*linear));
      }
    }
    const std::optional<double> whole = ask(program, costs, true);
    IntegerQuestion question;
    question.costs = costs;
    const IntegerAnswer answer = IntegerSolver(program).solve(question);
    ASSERT_EQ(answer.status, whole ? Status::optimal : Status::infeasible) << seed;
    if (whole) {
      EXPECT_NEAR(answer.cost, *whole, 1e-6);
    }
    ++(whole ? optimal : infeasible);
  }
  EXPECT_GT(optimal, 10);
  EXPECT_GT(infeasible, 2);
}

}  // namespace
}  // namespace partnership::solver
