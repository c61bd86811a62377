// SPDX-License-Identifier: Apache-2.0
//
// What Linear keeps: its program as it was given, its last answer, and the solver's own copy, which
// gets what was added in one go when it must solve. So the solver can be thrown away after an error
// and made anew from what is known. Behind linear.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <vector>

#include "solver/linear.hpp"
#include "solver/linear_program.hpp"

namespace partnership::solver {

class Backend;  // of coin_backend.cpp

// What a solve asks while it runs. An exception of the caller's must not pass through the solver.
struct Watch {
  const Limits* limits = nullptr;
  int countdown = 0;
  bool stopped = false;
  std::exception_ptr thrown;

  bool asks_to_stop() noexcept;
};

struct Linear::Impl {
  Impl();
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  LinearProgram program;
  Watch watch;
  std::unique_ptr<Backend> clp;
  std::int32_t known_columns = 0, known_rows = 0;  // to Clp
  std::vector<std::vector<Cell>> new_columns;      // not known to Clp, their cells in known rows
  std::vector<Basis> basis;                        // of the last solve or set; may be short
  bool set_basis_first = false;                    // Clp has another one
  bool primal_feasible = false;                    // the basis is, as far as is known

  LinearAnswer answer;
  std::vector<double> ray;
  std::int64_t iterations = 0;

  std::int32_t columns() const noexcept { return program.column_count(); }
  std::int32_t rows() const noexcept { return program.row_count(); }

  void changes(bool stays_feasible) noexcept {
    primal_feasible = primal_feasible && stays_feasible;
  }

  // linear.cpp's; to Clp, of what it knows.
  void tell_column(std::int32_t column);
  void tell_row(std::int32_t row);
  void tell_cost(std::int32_t column);
  void forget_rows_from(std::int32_t row);
  Status solve();

 private:
  void forget_clp() noexcept;
  void bring_up_to_date();
  void give_columns();
  void give_rows();
  void give_basis();
  void mend_basis();
  void keep_basis();

  // Runs `work` on Clp. After an error Clp is made anew the next time.
  template <class Work>
  void guarded(const Work& work);
  Status run();
  Status run_once(bool dual, std::int64_t most);
  bool sure(Status status);
  bool keep_answer();
  bool proves(std::vector<double> multipliers);
  bool find_ray();
};

}  // namespace partnership::solver
