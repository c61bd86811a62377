// SPDX-License-Identifier: Apache-2.0
//
// The named questions that a register answers: one for each projected table, made from the registry
// of kinds, and those written here in SQL. Every answer is asked on two axes: `on` a day, and as it
// was `known_at` a size of the journal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/options.hpp"
#include "base/table.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

struct QueryColumn {
  std::string name;
  ColumnType type;
};

struct Query {
  std::string name;
  std::vector<std::string> options;   // those it takes
  std::vector<std::string> required;  // those of them that it cannot do without
  std::string sql;                    // parameters :on, :known, :language, and :NAME for the others
  std::vector<QueryColumn> columns;   // of the answer, in the order of the SQL's
  std::string sentence;
};

// The query of this name, after checking that it takes the options that are set and has those that
// it needs. Throws Error(not_found) with the nearest name, Error(invalid_argument).
const Query& find_query(std::string_view name, const Options& options);

// `size` is that of the journal: what is known when the caller does not say. Inside a snapshot.
Table run_query(const Query& query, const Options& options, Sql& sql, std::int64_t size);

Table describe_queries();

}  // namespace partnership::platform
