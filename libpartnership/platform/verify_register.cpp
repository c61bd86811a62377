// SPDX-License-Identifier: Apache-2.0
#include "platform/verify_register.hpp"

#include <sqlite3.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/commitment.hpp"
#include "base/json.hpp"
#include "base/merkle.hpp"
#include "platform/event.hpp"
#include "platform/projection.hpp"
#include "platform/schema.hpp"

namespace partnership::platform {

namespace {

using Finding = Register::Finding;

class Verifier {
 public:
  Verifier(Sql& sql, const std::function<void()>& each)
      : sql_(sql),
        fresh_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0),
        each_(each) {
    create_journal(fresh_);
    create_tables(fresh_);
  }

  void structure() {
    // SQLite says in one way what is wrong and what it could not read for want of memory or of the
    // disk. The latter passes, or comes back below as what it is.
    std::vector<std::string> wrong = integrity();
    if (!wrong.empty()) wrong = integrity();
    for (std::string& message : wrong) found("file", std::move(message));
    const auto expected = schema_of(fresh_);
    const auto actual = schema_of(sql_);
    for (const auto& [name, text] : expected) {
      const auto at = actual.find(name);
      if (at == actual.end()) {
        found("schema", name + " is missing");
      } else if (at->second != text) {
        found("schema", name + " is not as it was made");
      }
    }
    for (const auto& [name, text] : actual) {
      if (!expected.contains(name)) found("schema", name + " is not of the register");
    }
  }

  // Each entry is read once: what its form is found to say is applied to the fresh tables at once,
  // where those are asked for.
  void journal(const std::optional<Hash>& root, bool with_tables) {
    if (with_tables) replayed_.emplace(fresh_);
    Use use = sql_.use(
        "SELECT entry.position, entry.leaf, entry.bytes, personal.salt, personal.payload"
        " FROM entry LEFT JOIN personal ON personal.position = entry.position"
        " ORDER BY entry.position");
    std::int64_t expected = 0;
    bool root_seen = !root || *root == frontier_.root();
    while (use.step() && !full()) {
      each_();
      const std::int64_t position = use.integer(0);
      if (position != expected) {
        found(place(expected), "the entry is missing");
        expected = position;
      }
      ++expected;
      entry(position, use);
      if (!root_seen) root_seen = frontier_.root() == *root;
    }
    if (!root_seen) found("root", "no first entries have the root `" + hex(*root) + "`");
    tiles();
    personal();
  }

  // After journal(), which replays.
  void tables() {
    if (replay_failure_) {
      return found("tables", "the journal cannot be replayed: " + *replay_failure_);
    }
    for (const TableSpec& table : platform::tables()) compare(table);
  }

  std::vector<Finding> take() { return std::move(findings_); }
  bool sound() const { return findings_.empty(); }

 private:
  bool full() const { return findings_.size() >= 1000; }
  void found(std::string where, std::string message) {
    if (!full()) findings_.push_back({std::move(where), std::move(message)});
  }
  static std::string place(std::int64_t position) { return "entry " + std::to_string(position); }

  std::vector<std::string> integrity() {
    std::vector<std::string> wrong;
    Use check = sql_.use("PRAGMA integrity_check(100)");
    while (check.step()) {
      if (check.bytes(0) != "ok") wrong.emplace_back(check.bytes(0));
    }
    return wrong;
  }

  static std::map<std::string, std::string> schema_of(Sql& sql) {
    std::map<std::string, std::string> out;
    Use use = sql.use("SELECT type, name, coalesce(sql, '') FROM sqlite_schema");
    while (use.step()) {
      out[std::string(use.bytes(0)) + " `" + std::string(use.bytes(1)) + "`"] = use.bytes(2);
    }
    return out;
  }

  void entry(std::int64_t position, const Use& use) {
    const std::string_view bytes = use.bytes(2);
    const Hash leaf = merkle_leaf(bytes);
    if (use.bytes(1) != bytes_of(leaf)) {
      found(place(position), "its bytes do not have the hash that is stored with it");
    }
    frontier_.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
      if (level % 8 == 0) tiles_[{level / 8, index}] = hash;
    });
    try {
      form(position, bytes, use);
    } catch (const Error& error) {
      found(place(position), error.what());
      if (!replay_failure_) replay_failure_ = error.what();
    }
  }

  // Up to the first entry that cannot be applied.
  void replay(const Event& event, std::int64_t position) {
    if (!replayed_ || replay_failure_) return;
    try {
      replayed_->projection.apply(event, position);
    } catch (const Error& error) {
      replay_failure_ = error.what();
    } catch (const SQLite::Exception& failure) {
      const int code = failure.getErrorCode() & 0xff;
      if (code != SQLITE_CONSTRAINT && code != SQLITE_CORRUPT) throw;
      replay_failure_ = failure.what();
    }
  }

  void form(std::int64_t position, std::string_view bytes, const Use& use) {
    const auto document = json::Document::parse(bytes);
    json::Problems problems;
    std::optional<json::Value> payload;
    std::unique_ptr<const json::Document> payload_document;
    const bool stored = !use.is_null(4);
    if (stored) {
      payload_document = json::Document::parse(use.bytes(4));
      payload = payload_document->root();
    }
    const auto event = read_entry(document->root(), payload, problems);
    problems.raise(Code::corrupt);
    replay(*event, position);
    if (entry_bytes(*event) != bytes) {
      found(place(position), "its bytes are not the canonical form of what they say");
    }
    if (event->kind->effect == Effect::erase) {
      erased_.insert(std::get<std::int64_t>(event->value("position").cell));
    }
    if (!event->commitment) {
      if (stored) found(place(position), "a personal payload is stored that it does not commit to");
      return;
    }
    if (!stored) {
      missing_.insert(position);
      return;
    }
    Hash salt{};
    if (use.bytes(3).size() != salt.size()) {
      return found(place(position), "the salt of its personal payload has not 32 bytes");
    }
    std::copy(use.bytes(3).begin(), use.bytes(3).end(), salt.begin());
    if (commitment(salt, use.bytes(4)) != *event->commitment) {
      found(place(position), "its personal payload or salt is not what it committed to");
    }
  }

  void tiles() {
    Use use = sql_.use("SELECT level, number, hash FROM tile ORDER BY level, number");
    while (use.step()) {
      const auto level = use.integer(0);
      const auto number = use.integer(1);
      const std::string where = "tile " + std::to_string(level) + "/" + std::to_string(number);
      const auto at =
          level < 0 || level > 8
              ? tiles_.end()
              : tiles_.find({static_cast<unsigned>(level), static_cast<std::uint64_t>(number)});
      if (at == tiles_.end()) {
        found(where, "no such hash belongs to the tree");
        continue;
      }
      if (use.bytes(2) != bytes_of(at->second)) found(where, "the hash is not that of its entries");
      tiles_.erase(at);
    }
    for (const auto& [key, hash] : tiles_) {
      found("tile " + std::to_string(key.first) + "/" + std::to_string(key.second),
            "the hash is missing");
    }
  }

  void personal() {
    for (const std::int64_t position : missing_) {
      if (!erased_.contains(position)) {
        found(place(position), "its personal payload is missing, and no erasure is recorded");
      }
    }
    Use still = sql_.use("SELECT 1 FROM personal WHERE position = ?");
    for (const std::int64_t position : erased_) {
      still.statement().reset();
      if (still.bind(1, position).step()) {
        found(place(position), "its personal payload is there, though its erasure is recorded");
      }
    }
    Use use = sql_.use(
        "SELECT position FROM personal WHERE position NOT IN (SELECT position FROM entry)");
    while (use.step()) found(place(use.integer(0)), "a personal payload has no entry");
  }

  static bool same_cell(const Use& left, const Use& right, int column, Storage storage) {
    const bool no_left = left.is_null(column);
    const bool no_right = right.is_null(column);
    if (no_left || no_right) return no_left == no_right;
    return storage == Storage::text ? left.bytes(column) == right.bytes(column)
                                    : left.integer(column) == right.integer(column);
  }

  // Row numbers are compared, too: rows are only ever added, so both must count alike.
  void compare(const TableSpec& table) {
    const std::string select = "SELECT * FROM " + std::string(table.name) + " ORDER BY row";
    Use stored = sql_.use(select);
    Use replayed = fresh_.use(select);
    const auto columns = stored_columns(table);
    std::int64_t row = 0;
    while (!full()) {
      each_();
      const bool left = stored.step();
      const bool right = replayed.step();
      if (!left && !right) return;
      ++row;
      const std::string where = std::string(table.name) + " row " + std::to_string(row);
      if (left != right) {
        return found(where, left ? "the row does not come from the journal"
                                 : "the row that the journal makes is missing");
      }
      if (stored.integer(0) != replayed.integer(0)) found(where, "the row has another number");
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = static_cast<int>(i) + 1;
        if (!same_cell(stored, replayed, column, columns[i].storage)) {
          found(where, "column `" + columns[i].name + "` is not what the journal makes it");
        }
      }
    }
  }

  Sql& sql_;
  Sql fresh_;  // an empty register: the schema as it should be, and where the journal is replayed
  struct Replayed {
    explicit Replayed(Sql& fresh) : transaction(fresh), projection(fresh) {}
    Transaction transaction;
    Projection projection;
  };
  std::optional<Replayed> replayed_;
  std::optional<std::string> replay_failure_;
  const std::function<void()>& each_;
  std::vector<Finding> findings_;
  MerkleFrontier frontier_;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> tiles_;
  std::set<std::int64_t> erased_, missing_;
};

}  // namespace

std::vector<Finding> verify_register(Sql& sql, const std::optional<Hash>& root, bool with_tables,
                                     const std::function<void()>& each) {
  Verifier verifier(sql, each);
  verifier.structure();
  verifier.journal(root, with_tables);
  if (with_tables) verifier.tables();
  return verifier.take();
}

}  // namespace partnership::platform
