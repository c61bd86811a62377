// SPDX-License-Identifier: Apache-2.0
#include "platform/register.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include <new>
#include <optional>

#include "base/json.hpp"
#include "base/text.hpp"
#include "platform/invariants.hpp"
#include "platform/queries.hpp"
#include "platform/replay.hpp"
#include "platform/schema.hpp"
#include "platform/verify_register.hpp"

namespace partnership::platform {

namespace {

int open_flags(const Options& options) {
  const bool read_only = options.boolean("platform.open", "read_only");
  if (read_only) return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
  const int create = options.boolean("platform.open", "create") ? SQLite::OPEN_CREATE : 0;
  return SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | create;
}

int busy_timeout(const Options& options) {
  return static_cast<int>(options.integer("platform.open", "busy_timeout_ms"));
}

Sql open_sql(const std::string& path, const Options& options) {
  options.check("platform.open");
  if (path.empty()) throw Error(Code::invalid_argument, "the register's path is empty");
  if (const std::size_t at = utf8_invalid_at(path); at != std::string_view::npos) {
    throw Error(Code::invalid_argument,
                "the register's path is not UTF-8 at byte " + std::to_string(at));
  }
  // SQLite would leave a journal beside a device.
  std::error_code unknown;
  const auto status = std::filesystem::status(path, unknown);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw Error(Code::io, "is no regular file");
  }
  return with_sqlite([&] { return Sql(path, open_flags(options), busy_timeout(options)); });
}

// What goes wrong with a file names it.
template <class Body>
decltype(auto) naming(const std::string& path, Body&& body) {
  try {
    return std::forward<Body>(body)();
  } catch (const Error& error) {
    if (error.code() == Code::invalid_argument || path == ":memory:") throw;
    throw Error(error.code(), backticked(path) + ": " + error.problems().front().message);
  }
}

// What a file is: a register of this schema, an older one, or a new one to be made.
enum class Found : std::uint8_t { current, older, empty };

// A file without any table is new; anything else must say that it is a register.
Found look_at(Sql& sql) {
  // In one statement, since another process may be making the register.
  Use use = sql.use(
      "SELECT (SELECT count(*) FROM sqlite_schema),"
      " (SELECT application_id FROM pragma_application_id),"
      " (SELECT user_version FROM pragma_user_version)");
  if (!use.step()) throw Error(Code::internal, "no answer to what the file is");
  const std::int64_t tables = use.integer(0);
  const std::int64_t id = use.integer(1);
  const std::int64_t number = use.integer(2);
  if (id == application_id && number > schema_number) {
    throw Error(Code::state, "the register has schema " + std::to_string(number) +
                                 ", this library knows up to " + std::to_string(schema_number));
  }
  if (id == application_id) return number == schema_number ? Found::current : Found::older;
  if (id == 0 && number == 0 && tables == 0) return Found::empty;
  throw Error(Code::corrupt, "the file is no register of this library");
}

void set_pragmas(Sql& sql, const Options& options) {
  const bool full = options.text("platform.open", "durability") == "full";
  sql.exec("PRAGMA foreign_keys = ON");
  sql.exec("PRAGMA trusted_schema = OFF");
  sql.exec("PRAGMA cell_size_check = ON");
  look_at(sql);  // a file that is no register stays as it is
  if (options.boolean("platform.open", "read_only")) return;
  // A batch of some ten thousand events fits without being spilled half-way (KiB, as SQLite has
  // it).
  sql.exec("PRAGMA cache_size = -32768");
  // What is erased leaves no trace in free pages.
  sql.use("PRAGMA secure_delete = ON").run();
  sql.exec(full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}

}  // namespace

Register::Register(const std::string& path, const Options& options)
    : read_only_(options.boolean("platform.open", "read_only")),
      busy_timeout_ms_(busy_timeout(options)),
      sql_(naming(path, [&] { return open_sql(path, options); })),
      journal_(sql_),
      projection_(sql_) {
  sqlite3_busy_handler(sql_.handle(), wait_for_others, this);
  constexpr int steps = 1000;  // of SQLite's machine, a few microseconds
  sqlite3_progress_handler(sql_.handle(), steps, was_cancelled, this);
  naming(path, [&] {
    with_sqlite([&] {
      set_pragmas(sql_, options);
      if (!read_only_) write_ahead();
      open_schema();
    });
  });
}

// SQLite does not wait by itself while another process that opens the file does the same.
void Register::write_ahead() {
  for (int asked = 0;; ++asked) {
    try {
      return sql_.use("PRAGMA journal_mode = WAL").run();
    } catch (const SQLite::Exception& failure) {
      const bool busy = (failure.getErrorCode() & 0xff) == SQLITE_BUSY;
      if (!busy || wait_for_others(this, asked) == 0) throw;
    }
  }
}

void Register::open_schema() {
  if (look_at(sql_) == Found::current) {
    log_to_empty_ = !read_only_;  // it may have been left so
    return empty_log(false);
  }
  must_write();
  Transaction transaction(sql_);
  // Another process may have been faster.
  switch (look_at(sql_)) {
    case Found::current:
      break;
    case Found::empty:
      create_journal(sql_);
      create_tables(sql_);
      break;
    case Found::older:
      // The journal never changes its form; the tables are what the registry makes of it today.
      make_tables_anew();
      set_schema_number(sql_);
      break;
  }
  transaction.commit();
}

// SQLite's own waiting (sqlite3_busy_timeout) does not end when it is interrupted.
int Register::wait_for_others(void* self, int asked) noexcept {
  const auto& reg = *static_cast<const Register*>(self);
  constexpr int step_ms = 5;
  if (!reg.patient_ || reg.cancelled_ || asked * step_ms >= reg.busy_timeout_ms_) return 0;
  sqlite3_sleep(step_ms);
  return 1;
}

// SQLite forgets an interrupt that comes between two statements.
int Register::was_cancelled(void* self) noexcept {
  return static_cast<const Register*>(self)->cancelled_ ? 1 : 0;
}

template <class Body>
decltype(auto) Register::call(Body&& body) {
  cancelled_ = false;
  sql_.undo();  // what a call before this one could not undo for want of memory
  if (sql_.in_transaction()) throw std::bad_alloc();
  try {
    return with_sqlite(std::forward<Body>(body));
  } catch (const Error& error) {
    if (error.code() == Code::busy) check_cancelled();
    throw;
  }
}

template <class Body>
auto Register::read(Body&& body) {
  return call([&] {
    auto answer = body();
    check_cancelled();
    return answer;
  });
}

template <class Body>
void Register::write(Body&& body) {
  must_write();
  Transaction transaction(sql_);
  journal_.follow();
  const MerkleFrontier before = journal_.frontier();
  try {
    body();
    check_cancelled();
    transaction.commit();
  } catch (...) {
    journal_.restore(before);
    throw;
  }
}

// An erased payload must not outlive its erasure in the write-ahead log. Where the disk or a reader
// in another process does not let it go, it is tried again after the next change and, by SQLite,
// when the last connection closes.
void Register::empty_log(bool patient) noexcept {
  if (!log_to_empty_) return;
  patient_ = patient;
  try {
    Use use = sql_.use("PRAGMA wal_checkpoint(TRUNCATE)");
    log_to_empty_ = !use.step() || use.integer(0) != 0;  // the first column: whether it was busy
  } catch (...) {  // the change itself is done: not its failure
    log_to_empty_ = true;
  }
  patient_ = true;
}

void Register::must_write() const {
  if (read_only_) throw Error(Code::state, "the register was opened to be read only");
}

void Register::cancel() noexcept {
  cancelled_ = true;
  sqlite3_interrupt(sql_.handle());
}

void Register::check_cancelled() {
  if (cancelled_) throw Error(Code::cancelled, "the call was cancelled");
}

namespace {

std::vector<Event> read_events(json::Value root) {
  json::Problems problems;
  std::vector<Event> events;
  const auto take = [&](json::Value value) {
    if (auto event = read_event(value, problems)) events.push_back(std::move(*event));
  };
  if (root.is(json::Type::array)) {
    events.reserve(root.size());
    for (const json::Value item : root) take(item);
  } else {
    take(root);
  }
  problems.raise(Code::invalid_document);
  return events;
}

}  // namespace

void Register::record(std::string_view text, const BeforeCommit& before_commit) {
  call([&] {
    const auto document = json::Document::parse(text);
    const std::vector<Event> events = read_events(document->root());
    std::vector<Receipt> receipts;
    receipts.reserve(events.size());
    bool erased = false;
    write([&] {
      for (const Event& event : events) {
        check_cancelled();
        record_one(event, receipts, erased);
      }
      if (erased) make_tables_anew();
      if (before_commit) before_commit(receipts);
    });
    log_to_empty_ = log_to_empty_ || erased;
    empty_log(erased);
  });
}

void Register::record_one(const Event& event, std::vector<Receipt>& receipts, bool& erased) {
  json::Problems reasons;
  check_invariants(event, projection_, journal_, sql_, reasons);
  reasons.raise(Code::refused);
  const std::int64_t position = journal_.size();
  std::optional<Journal::Personal> personal;
  if (!event.personal.empty()) personal.emplace(Journal::Personal{event.salt, event.personal});
  const Hash leaf = journal_.append(entry_bytes(event), personal);
  if (event.kind->effect == Effect::erase) {
    journal_.erase_personal(std::get<std::int64_t>(event.value("position").cell));
    erased = true;
  } else {
    projection_.apply(event, position);
  }
  receipts.push_back({position, leaf});
}

// ---- the journal

std::int64_t Register::size() {
  return read([&] { return journal_.stored_size(); });
}

namespace {

void require_size(std::int64_t size, std::int64_t largest, const char* what) {
  if (size >= 0 && size <= largest) return;
  throw Error(Code::invalid_argument, std::string(what) + " is " + std::to_string(size) +
                                          ", expected 0 to " + std::to_string(largest));
}

}  // namespace

Hash Register::root(std::int64_t size) {
  return read([&] {
    Snapshot snapshot(sql_);
    journal_.follow();
    if (size == -1) return journal_.root();
    require_size(size, journal_.size(), "size");
    return journal_.root_at(size);
  });
}

std::string Register::entry(std::int64_t position) {
  return read([&] {
    const std::int64_t size = journal_.stored_size();
    if (position < 0 || position >= size) {
      throw Error(Code::not_found, "there is no entry at position " + std::to_string(position) +
                                       "; the journal has " + std::to_string(size));
    }
    return journal_.entry(position);
  });
}

std::vector<Hash> Register::prove_inclusion(std::int64_t position, std::int64_t size) {
  return read([&] {
    Snapshot snapshot(sql_);
    journal_.follow();
    require_size(size, journal_.size(), "size");
    if (position < 0 || position >= size) {
      throw Error(Code::invalid_argument, "position " + std::to_string(position) +
                                              " is not among the first " + std::to_string(size) +
                                              " entries");
    }
    return inclusion_proof(journal_, static_cast<std::uint64_t>(position),
                           static_cast<std::uint64_t>(size));
  });
}

std::vector<Hash> Register::prove_consistency(std::int64_t first, std::int64_t second) {
  return read([&] {
    Snapshot snapshot(sql_);
    journal_.follow();
    require_size(second, journal_.size(), "second");
    require_size(first, second, "first");
    return consistency_proof(journal_, static_cast<std::uint64_t>(first),
                             static_cast<std::uint64_t>(second));
  });
}

// ---- reading

Table Register::query(std::string_view name, const Options& options) {
  const Query& query = find_query(name, options);
  return read([&] {
    Snapshot snapshot(sql_);
    return run_query(query, options, sql_, journal_.stored_size());
  });
}

std::string Register::dump() {
  return read([&] {
    Snapshot snapshot(sql_);
    return dump_tables(sql_);
  });
}

std::string Register::export_lines() {
  return read([&] {
    std::string out;
    Use use = sql_.use("SELECT bytes FROM entry ORDER BY position");
    while (use.step()) {
      out += use.bytes(0);
      out += '\n';
      check_cancelled();
    }
    return out;
  });
}

// ---- keeping it sound

void Register::make_tables_anew() {
  drop_tables(sql_);
  create_tables(sql_);
  sql_.ready_undo();
  replay(sql_, projection_, [this] { check_cancelled(); });
}

void Register::rebuild() {
  call([&] { write([&] { make_tables_anew(); }); });
}

std::vector<Register::Finding> Register::verify(const Options& options) {
  options.check("platform.verify");
  std::optional<Hash> root;
  if (options.has("root")) {
    root = hash_of(options.text("platform.verify", "root"));
    if (!root) throw Error(Code::invalid_argument, "option `root` is no hash: 64 hex digits");
  }
  const bool with_tables = options.boolean("platform.verify", "tables");
  return read([&] {
    Snapshot snapshot(sql_);
    return verify_register(sql_, root, with_tables, [this] { check_cancelled(); });
  });
}

}  // namespace partnership::platform
