// SPDX-License-Identifier: Apache-2.0
#include "platform/schema.hpp"

namespace partnership::platform {

namespace {

// Triggers answer a hand that reaches past the library with a sentence.
constexpr const char* journal_sql = R"sql(
CREATE TABLE entry (
  position INTEGER PRIMARY KEY CONSTRAINT position_counts_from_0 CHECK (position >= 0),
  leaf BLOB NOT NULL CONSTRAINT leaf_is_a_hash CHECK (length(leaf) = 32),
  bytes TEXT NOT NULL CONSTRAINT entry_is_not_empty CHECK (bytes <> '')
) STRICT;
CREATE TABLE personal (
  position INTEGER PRIMARY KEY CONSTRAINT payload_has_an_entry REFERENCES entry (position),
  salt BLOB NOT NULL CONSTRAINT salt_has_32_bytes CHECK (length(salt) = 32),
  payload TEXT NOT NULL
) STRICT;
CREATE TABLE tile (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL CONSTRAINT tile_is_a_hash CHECK (length(hash) = 32),
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
  SELECT raise(ABORT, 'a journal entry never changes; record a correction');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
  SELECT raise(ABORT, 'a journal entry is never removed');
END;
CREATE TRIGGER payload_never_changes BEFORE UPDATE ON personal BEGIN
  SELECT raise(ABORT, 'a personal payload never changes; it can be erased');
END;
CREATE TRIGGER tile_never_changes BEFORE UPDATE ON tile BEGIN
  SELECT raise(ABORT, 'a hash of the tree never changes');
END;
CREATE TRIGGER tile_never_goes BEFORE DELETE ON tile BEGIN
  SELECT raise(ABORT, 'a hash of the tree is never removed');
END;
)sql";

Storage storage_of(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return Storage::boolean;
    case FieldType::integer:
      return Storage::integer;
    case FieldType::date:
      return Storage::date;
    default:
      return Storage::text;
  }
}

std::string create_table(const TableSpec& table) {
  const std::string name(table.name);
  std::string sql = "CREATE TABLE " + name + " (row INTEGER PRIMARY KEY";
  for (const StoredColumn& column : stored_columns(table)) {
    sql += ", " + column.name + (column.storage == Storage::text ? " TEXT" : " INTEGER");
    if (column.name == "id" || column.name == "from_day" || column.name == "recorded_from") {
      sql += " NOT NULL";
    }
  }
  sql += ", CONSTRAINT days_in_order CHECK (to_day > from_day)";
  sql += ", CONSTRAINT entries_in_order CHECK (recorded_to > recorded_from)) STRICT;";
  sql += "CREATE UNIQUE INDEX " + name + "_now ON " + name +
         " (id, from_day) WHERE recorded_to IS NULL;";
  // What may not end before those that are bound to it must find them.
  for (const Field& field : table.columns) {
    if (field.type != FieldType::bound) continue;
    const std::string column(field.name);
    sql += "CREATE INDEX " + name + "_of_" + column + " ON " + name + " (" + column +
           ") WHERE recorded_to IS NULL AND " + column + " IS NOT NULL;";
  }
  return sql;
}

}  // namespace

std::vector<StoredColumn> stored_columns(const TableSpec& table) {
  std::vector<StoredColumn> columns = {
      {"id", Storage::text, FieldType::id},
      {"from_day", Storage::date, FieldType::date},
      {"to_day", Storage::date, FieldType::date},
      {"recorded_from", Storage::integer, FieldType::integer},
      {"recorded_to", Storage::integer, FieldType::integer},
  };
  for (const Field& field : table.columns) {
    columns.push_back({std::string(field.name), storage_of(field.type), field.type});
  }
  if (!table.searched.empty()) columns.push_back({"search_key", Storage::text, FieldType::text});
  return columns;
}

void create_journal(Sql& sql) {
  sql.exec(journal_sql);
  sql.exec(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
  set_schema_number(sql);
}

void set_schema_number(Sql& sql) {
  sql.exec(("PRAGMA user_version = " + std::to_string(schema_number)).c_str());
}

void create_tables(Sql& sql) {
  for (const TableSpec& table : tables()) sql.exec(create_table(table).c_str());
}

void drop_tables(Sql& sql) {
  sql.forget_statements();
  for (const TableSpec& table : tables()) {
    sql.exec(("DROP TABLE IF EXISTS " + std::string(table.name)).c_str());
  }
}

}  // namespace partnership::platform
