// SPDX-License-Identifier: Apache-2.0
//
// The register: the journal and the tables it is projected to, in one SQLite file, behind one door
// in (record) and one door out (query).
//
// A Register is used by one thread at a time; cancel() may be called from any. Several processes
// may have the same file open: each transaction first takes note of what the others appended.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/options.hpp"
#include "base/table.hpp"
#include "platform/event.hpp"
#include "platform/journal.hpp"
#include "platform/projection.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

class Register {
 public:
  // See pship_platform_open for the options (scope "platform.open") and failures.
  Register(const std::string& path, const Options& options);

  struct Receipt {
    std::int64_t position;
    Hash leaf;
  };
  // One event or an array of them, all or none. Throws Error(malformed | invalid_document) for the
  // form of any event, Error(refused) with the reasons against the first that may not be.
  // `before_commit` is given the receipts while everything can still be undone: what it throws
  // undoes it.
  using BeforeCommit = std::function<void(const std::vector<Receipt>&)>;
  void record(std::string_view json, const BeforeCommit& before_commit = {});

  std::int64_t size();
  Hash root(std::int64_t size);  // -1: all
  std::string entry(std::int64_t position);
  std::vector<Hash> prove_inclusion(std::int64_t position, std::int64_t size);
  std::vector<Hash> prove_consistency(std::int64_t first, std::int64_t second);

  Table query(std::string_view name, const Options& options);

  struct Finding {
    std::string place;
    std::string message;
  };
  // Empty when all is well; scope "platform.verify".
  std::vector<Finding> verify(const Options& options);
  void rebuild();
  std::string dump();
  std::string export_lines();

  void cancel() noexcept;

 private:
  void write_ahead();
  void open_schema();
  void make_tables_anew();
  void must_write() const;
  void check_cancelled();
  void record_one(const Event& event, std::vector<Receipt>& receipts, bool& erased);
  void empty_log(bool patient) noexcept;

  // SQLite asks it whether to go on waiting for another process, after `asked` times before.
  static int wait_for_others(void* self, int asked) noexcept;
  static int was_cancelled(void* self) noexcept;  // asks now and then whether to go on at all

  template <class Body>
  decltype(auto) call(Body&& body);  // clears a stale cancel, converts failures
  template <class Body>
  auto read(Body&& body);  // a call that changes nothing: a cancel is heard until its end
  template <class Body>
  void write(Body&& body);  // in a transaction; restores the frontier on failure

  bool read_only_;
  int busy_timeout_ms_;
  Sql sql_;
  Journal journal_;
  Projection projection_;
  bool patient_ = true;        // whether to wait for another process
  bool log_to_empty_ = false;  // what was erased may stand in the write-ahead log
  std::atomic<bool> cancelled_ = false;
};

// A canonical dump of the projected tables: a line a row, every column but the row number, in the
// order in which the rows were written.
std::string dump_tables(Sql& sql);

}  // namespace partnership::platform
