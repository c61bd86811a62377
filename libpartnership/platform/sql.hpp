// SPDX-License-Identifier: Apache-2.0
//
// SQLite as this room uses it: SQLiteCpp underneath, with four things added: every failure is an
// Error of the right code (out of memory is std::bad_alloc, also where SQLite only hands out a NULL
// column), a statement is reset when its use ends, texts are bound without copies, and what a
// transaction began can be undone without memory.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;

namespace partnership::platform {

// Throws what the failure in flight, a SQLite::Exception, means. Call it in a catch block.
[[noreturn]] void rethrow_sqlite(const SQLite::Exception& failure);

// Runs `body` and turns every SQLite::Exception into the library's own.
template <class Body>
decltype(auto) with_sqlite(Body&& body) {
  try {
    return body();
  } catch (const SQLite::Exception& failure) {
    rethrow_sqlite(failure);
  }
}

// One use of a prepared statement: bind from 1, step, read columns from 0. Resets it at the end, so
// that bound texts, which must live until then, are never read again.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  ~Use() { statement_.tryReset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

  Use& bind(int index, std::int64_t value);
  Use& bind(int index, const std::string& text);  // kept by reference
  Use& bind(int index, std::string&& text) = delete;
  Use& bind_blob(int index, std::string_view bytes);  // kept by reference
  Use& bind_null(int index);
  Use& bind(int index, const std::optional<std::int64_t>& value);

  bool step();  // whether there is a row
  void run();   // steps to the end

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  // The bytes of a text or blob; valid until the next step. Empty for NULL.
  std::string_view bytes(int column) const;

  SQLite::Statement& statement() noexcept { return statement_; }

 private:
  SQLite::Statement& statement_;
};

class Sql {
 public:
  Sql(const std::string& path, int flags, int busy_timeout_ms);

  // The prepared statement of this text, made at its first use and kept.
  SQLite::Statement& prepare(const std::string& text);
  Use use(const std::string& text) { return Use(prepare(text)); }
  void exec(const char* text) { database_.exec(text); }
  std::int64_t scalar(const std::string& text);  // first column of the first row

  // Begins a transaction ("BEGIN", "BEGIN IMMEDIATE"), with what undo() needs at hand.
  void begin(const char* how);
  // Makes undo() ready again after the schema was changed within a transaction.
  void ready_undo();
  // Undoes a transaction that is open. It needs no memory after begin() or ready_undo(); otherwise
  // the transaction may stay open, as in_transaction() says, and is to be undone later.
  void undo() noexcept;
  bool in_transaction() noexcept;

  // Statements hold on to the schema they were made for.
  void forget_statements() { statements_.clear(); }
  SQLite::Database& database() noexcept { return database_; }
  sqlite3* handle() noexcept { return database_.getHandle(); }

 private:
  SQLite::Database database_;
  SQLite::Statement rollback_;  // prepared while there is memory
  std::unordered_map<std::string, SQLite::Statement> statements_;
};

// BEGIN IMMEDIATE ... COMMIT, or ROLLBACK when it goes away before commit() or commit() failed.
class Transaction {
 public:
  explicit Transaction(Sql& sql);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Sql& sql_;
};

// As Transaction, but for reads that must all see the same state.
class Snapshot {
 public:
  explicit Snapshot(Sql& sql);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Sql& sql_;
};

}  // namespace partnership::platform
