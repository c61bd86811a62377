// SPDX-License-Identifier: Apache-2.0
//
// Every changed byte of what is stored is found.
#include <sqlite3.h>

#include <map>

#include "support.hpp"

namespace partnership::platform::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

struct Stored {
  std::string table, column;
  std::int64_t row;
  int type;
  std::string bytes;
  std::int64_t number;
};

// A hand that reaches past the library: the triggers that would stop it are dropped, and put back
// so that only the data differ.
class Hand {
 public:
  explicit Hand(const std::string& path) : db_(path, SQLite::OPEN_READWRITE) {
    SQLite::Statement triggers(db_, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    while (triggers.executeStep()) {
      triggers_.emplace_back(triggers.getColumn(0).getString(), triggers.getColumn(1).getString());
    }
    db_.exec("PRAGMA foreign_keys = OFF");
    db_.exec("PRAGMA ignore_check_constraints = ON");
  }

  void change(const std::function<void(SQLite::Database&)>& how) {
    SQLite::Transaction transaction(db_);
    for (const auto& [name, sql] : triggers_) db_.exec("DROP TRIGGER " + name);
    how(db_);
    for (const auto& [name, sql] : triggers_) db_.exec(sql);
    transaction.commit();
  }

  std::vector<Stored> cells() {
    std::vector<Stored> out;
    SQLite::Statement names(db_, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (names.executeStep()) {
      const std::string table = names.getColumn(0).getString();
      const std::string key = table == "tile" ? "number" : "rowid";
      SQLite::Statement rows(db_, "SELECT " + key + ", * FROM " + table);
      while (rows.executeStep()) {
        for (int i = 1; i < rows.getColumnCount(); ++i) {
          const SQLite::Column cell = rows.getColumn(i);
          out.push_back({table, rows.getColumnName(i), rows.getColumn(0).getInt64(), cell.getType(),
                         cell.isNull() ? std::string() : cell.getString(), cell.getInt64()});
        }
      }
    }
    return out;
  }

  // Sets one cell to a value of the type given (the cell's own, unless said); false when SQLite
  // itself does not let it be (a repeated key, say).
  bool set(const Stored& cell, const std::string& bytes, std::int64_t number) {
    return set(cell, cell.type, bytes, number);
  }
  bool set(const Stored& cell, int type, const std::string& bytes, std::int64_t number) {
    try {
      change([&](SQLite::Database& db) {
        const std::string key = cell.table == "tile" ? "number" : "rowid";
        SQLite::Statement update(
            db, "UPDATE " + cell.table + " SET " + cell.column + " = ? WHERE " + key + " = ?");
        if (type == SQLITE_NULL) {
          update.bind(1);
        } else if (type == SQLITE_INTEGER) {
          update.bind(1, number);
        } else if (type == SQLITE_BLOB) {
          update.bind(1, bytes.data(), static_cast<int>(bytes.size()));
        } else {
          update.bind(1, bytes);
        }
        update.bind(2, cell.row);
        update.exec();
      });
      return true;
    } catch (const SQLite::Exception&) {
      return false;
    }
  }

 private:
  SQLite::Database db_;
  std::vector<std::pair<std::string, std::string>> triggers_;
};

class Verify : public ::testing::Test {
 protected:
  void make(int events) {
    Register reg(path_, {});
    std::string batch;
    for (const std::string& each : random_programme(3, events)) {
      batch += (batch.empty() ? "[" : ",") + each;
    }
    reg.record(batch + "]");
    ASSERT_THAT(reg.verify({}), IsEmpty());
  }

  static bool of_journal(const Stored& cell) {
    return cell.table == "entry" || cell.table == "personal" || cell.table == "tile";
  }

  // Changes every n-th byte of each cell, one at a time, where n is step(cell), and none where that
  // is 0; each change must be found. Returns how many there were.
  int change_bytes(const std::function<std::size_t(const Stored&)>& step) {
    Hand hand(path_);
    Register reg(path_, {});
    int changed = 0;
    for (const Stored& cell : hand.cells()) {
      const std::size_t by = step(cell);
      if (cell.type == SQLITE_NULL || by == 0) continue;
      const std::size_t places = cell.type == SQLITE_INTEGER ? 1 : cell.bytes.size();
      for (std::size_t place = 0; place < places; place += by) {
        std::string bytes = cell.bytes;
        if (cell.type != SQLITE_INTEGER) bytes[place] = static_cast<char>(bytes[place] ^ 1);
        if (!hand.set(cell, bytes, cell.number + 1)) continue;
        ++changed;
        Stored moved = cell;
        if (cell.column == "position" || cell.column == "row" || cell.column == "number") {
          ++moved.row;
        }
        EXPECT_THAT(reg.verify(options({{"tables", !of_journal(cell)}})), Not(IsEmpty()))
            << cell.table << "." << cell.column << " row " << cell.row << " byte " << place;
        EXPECT_TRUE(hand.set(moved, cell.bytes, cell.number));
        if (HasFailure()) return changed;
      }
    }
    EXPECT_THAT(reg.verify({}), IsEmpty());
    return changed;
  }

  TempFolder folder_;
  std::string path_ = folder_.file("r.db");
};

TEST_F(Verify, FindsEveryChangedByteOfEveryCell) {
  make(25);
  const bool all = std::getenv("PSHIP_LONG") != nullptr;
  // Every byte; in a short run every eleventh of the tables' texts, which share the code.
  const auto step = [&](const Stored& cell) -> std::size_t {
    return all || of_journal(cell) ? 1 : 11;
  };
  EXPECT_GT(change_bytes(step), 2000);
}

// The hashes of whole parts of the tree are stored from 256 entries on.
TEST_F(Verify, FindsEveryChangedByteOfTheTree) {
  make(600);
  const auto step = [](const Stored& cell) -> std::size_t { return cell.table == "tile" ? 1 : 0; };
  EXPECT_GT(change_bytes(step), 64);  // two hashes at least
  Hand hand(path_);
  hand.change([](SQLite::Database& db) { db.exec("DELETE FROM tile WHERE number = 1"); });
  EXPECT_THAT(Register(path_, {}).verify(options({{"tables", false}})), Not(IsEmpty()));
}

TEST_F(Verify, TellsNothingFromSomething) {
  make(40);
  Hand hand(path_);
  Register reg(path_, {});
  int emptied = 0;
  int filled = 0;
  std::map<std::string, int> seen;
  for (const Stored& cell : hand.cells()) {
    // Two cells of a column with a value, two without.
    if (++seen[cell.table + "." + cell.column + (cell.type == SQLITE_NULL ? "0" : "1")] > 2)
      continue;
    bool changed = false;
    if (cell.type != SQLITE_NULL) {
      changed = hand.set(cell, SQLITE_NULL, "", 0);
      emptied += changed ? 1 : 0;
    } else {
      changed = hand.set(cell, SQLITE_TEXT, "", 0) || hand.set(cell, SQLITE_INTEGER, "", 0);
      filled += changed ? 1 : 0;
    }
    if (!changed) continue;
    ASSERT_THAT(reg.verify({}), Not(IsEmpty()))
        << cell.table << "." << cell.column << " row " << cell.row;
    ASSERT_TRUE(hand.set(cell, cell.bytes, cell.number));
  }
  EXPECT_GT(emptied, 50);
  EXPECT_GT(filled, 50);
  EXPECT_THAT(reg.verify({}), IsEmpty());
}

TEST_F(Verify, FindsRowsThatGoOrCome) {
  make(40);
  Hand hand(path_);
  Register reg(path_, {});
  for (const char* sql :
       {"DELETE FROM entry WHERE position = 3", "DELETE FROM personal",
        "DELETE FROM body WHERE row = 2", "INSERT INTO tile VALUES (1, 0, zeroblob(32))",
        "INSERT INTO personal SELECT 0, salt, payload FROM personal LIMIT 1",
        "INSERT INTO body (id, from_day, recorded_from) VALUES ('x', 1, 1)",
        "CREATE TABLE more (x)", "DROP INDEX body_now", "CREATE VIEW v AS SELECT 1"}) {
    const TempFolder copy;
    std::filesystem::copy_file(path_, copy.file("c.db"));
    if (std::filesystem::exists(path_ + "-wal")) {
      std::filesystem::copy_file(path_ + "-wal", copy.file("c.db-wal"));
    }
    Hand(copy.file("c.db")).change([&](SQLite::Database& db) { db.exec(sql); });
    Register changed(copy.file("c.db"), {});
    EXPECT_THAT(changed.verify({}), Not(IsEmpty())) << sql;
  }
}

// A forger who computes every hash anew is found out only by a root that was kept elsewhere.
TEST_F(Verify, KnowsTheRootThatWasKeptOutside) {
  make(40);
  Hash before{}, after{};
  {
    Register reg(path_, {});
    before = reg.root(20);
    after = reg.root(-1);
  }
  Register reg(path_, {});
  EXPECT_THAT(reg.verify(options({{"root", hex(before)}})), IsEmpty());
  EXPECT_THAT(reg.verify(options({{"root", hex(after)}})), IsEmpty());
  Register forged(":memory:", {});
  auto events = random_programme(3, 40);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i == 5) continue;
    try {
      forged.record(events[i]);
    } catch (const Error&) {
    }
  }
  EXPECT_THAT(forged.verify(options({{"tables", false}})), IsEmpty());
  EXPECT_THAT(forged.verify(options({{"root", hex(before)}})), Not(IsEmpty()));
  Code code{};
  problems_of([&] { reg.verify(options({{"root", std::string("beef")}})); }, &code);
  EXPECT_EQ(code, Code::invalid_argument);
}

// Whatever a damaged file holds, reading it ends with an answer or an Error.
TEST_F(Verify, LivesThroughDamagedFiles) {
  make(60);
  std::string good;
  {
    SQLite::Database db(path_, SQLite::OPEN_READWRITE);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    db.exec("PRAGMA journal_mode = DELETE");
  }
  {
    std::ifstream file(path_, std::ios::binary);
    good.assign(std::istreambuf_iterator<char>(file), {});
  }
  const std::string sound_dump = Register(path_, {}).dump();
  std::mt19937 random(11);
  int found = 0;
  for (int round = 0; round < 120; ++round) {
    std::string bad = good;
    if (round % 10 == 9) {
      bad.resize(random() % bad.size());
    } else {
      for (int i = 0; i < 3; ++i) bad[random() % bad.size()] = static_cast<char>(random());
    }
    const std::string path = folder_.file("bad" + std::to_string(round) + ".db");
    { std::ofstream(path, std::ios::binary) << bad; }
    try {
      Register reg(path, options({{"create", false}}));
      if (!reg.verify({}).empty()) {
        ++found;
      } else {
        EXPECT_EQ(reg.dump(), sound_dump);  // it hit free space only
      }
    } catch (const Error&) {
      ++found;
    }
    std::filesystem::remove(path);
  }
  EXPECT_GT(found, 20);
}

}  // namespace
}  // namespace partnership::platform::testing
