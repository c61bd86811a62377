// SPDX-License-Identifier: Apache-2.0
#include "platform/sql.hpp"

#include <sqlite3.h>

#include <new>

#include "base/error.hpp"

namespace partnership::platform {

void rethrow_sqlite(const SQLite::Exception& failure) {
  const int extended = failure.getExtendedErrorCode();
  const int code = failure.getErrorCode() & 0xff;
  const std::string what = failure.what();
  if (code == SQLITE_NOMEM || extended == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(Code::busy, "another process holds the register: " + what);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(Code::corrupt, "the file is damaged or no register: " + what);
    case SQLITE_INTERRUPT:
      throw Error(Code::cancelled, "the call was cancelled");
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error(Code::io, what);
    case SQLITE_TOOBIG:
      throw Error(Code::limit, "a text is longer than the register can hold: " + what);
    default:
      throw Error(Code::internal, "sqlite: " + what);
  }
}

Use& Use::bind(int index, std::int64_t value) {
  statement_.bind(index, value);
  return *this;
}

Use& Use::bind(int index, const std::string& text) {
  statement_.bindNoCopy(index, text);
  return *this;
}

Use& Use::bind_blob(int index, std::string_view bytes) {
  statement_.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

Use& Use::bind_null(int index) {
  statement_.bind(index);
  return *this;
}

Use& Use::bind(int index, const std::optional<std::int64_t>& value) {
  return value ? bind(index, *value) : bind_null(index);
}

bool Use::step() {
  return statement_.executeStep();
}

void Use::run() {
  while (statement_.executeStep()) {
  }
}

bool Use::is_null(int column) const {
  return statement_.getColumn(column).isNull();
}

std::int64_t Use::integer(int column) const {
  return statement_.getColumn(column).getInt64();
}

std::string_view Use::bytes(int column) const {
  const SQLite::Column cell = statement_.getColumn(column);
  if (cell.isNull()) return {};
  const auto* data = static_cast<const char*>(cell.getBlob());
  const int size = cell.getBytes();
  // SQLite says NULL where it had no memory; a caller would take that for an empty text.
  if (data == nullptr && size != 0) throw std::bad_alloc();
  return {data == nullptr ? "" : data, static_cast<std::size_t>(size)};
}

Sql::Sql(const std::string& path, int flags, int busy_timeout_ms)
    : database_(path, flags, busy_timeout_ms), rollback_(database_, "ROLLBACK") {}

void Sql::begin(const char* how) {
  ready_undo();
  exec(how);
}

void Sql::ready_undo() {
  rollback_ = SQLite::Statement(database_, "ROLLBACK");
}

bool Sql::in_transaction() noexcept {
  return sqlite3_get_autocommit(handle()) == 0;
}

void Sql::undo() noexcept {
  while (in_transaction()) {
    const int status = rollback_.tryExecuteStep();
    rollback_.tryReset();
    if (status != SQLITE_INTERRUPT) return;  // a cancel may hit this statement, too
  }
}

SQLite::Statement& Sql::prepare(const std::string& text) {
  const auto found = statements_.find(text);
  if (found != statements_.end()) return found->second;
  return statements_.emplace(text, SQLite::Statement(database_, text)).first->second;
}

std::int64_t Sql::scalar(const std::string& text) {
  Use use(prepare(text));
  if (!use.step()) throw Error(Code::internal, "no row from `" + text + "`");
  return use.integer(0);
}

Transaction::Transaction(Sql& sql) : sql_(sql) {
  sql_.begin("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  sql_.undo();
}

void Transaction::commit() {
  // Prepared for this once: a statement that is kept counts its steps on, and one day a cancel
  // would be heard after the commit was done.
  sql_.exec("COMMIT");
}

Snapshot::Snapshot(Sql& sql) : sql_(sql) {
  sql_.begin("BEGIN");
}

Snapshot::~Snapshot() {
  sql_.undo();
}

}  // namespace partnership::platform
