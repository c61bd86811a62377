// SPDX-License-Identifier: Apache-2.0
//
// The database schema of a register: the journal's tables, written down, and the tables it is
// projected to, made from the registry of kinds. `schema_number` is the third of the project's
// three numbers; it changes when a register made before could not be read.
#pragma once

#include <string>
#include <vector>

#include "platform/kinds.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

inline constexpr int application_id = 0x50534850;  // "PSHP"
inline constexpr int schema_number = 1;

// How a column is stored and answered.
enum class Storage : std::uint8_t { text, integer, boolean, date };

struct StoredColumn {
  std::string name;
  Storage storage;
  FieldType type;
};

// The columns of a projected table, in order: id, from_day, to_day, recorded_from, recorded_to,
// then its own; last search_key where it has one.
std::vector<StoredColumn> stored_columns(const TableSpec& table);
inline constexpr int own_columns_from = 5;

void create_journal(Sql& sql);
void set_schema_number(Sql& sql);
void create_tables(Sql& sql);  // the projected ones
void drop_tables(Sql& sql);

}  // namespace partnership::platform
