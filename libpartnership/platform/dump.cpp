// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "platform/register.hpp"
#include "platform/schema.hpp"

namespace partnership::platform {

std::string dump_tables(Sql& sql) {
  std::string out;
  for (const TableSpec& table : tables()) {
    const auto columns = stored_columns(table);
    out += std::string(table.name) + '\n';
    Use use = sql.use("SELECT * FROM " + std::string(table.name) + " ORDER BY row");
    while (use.step()) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = static_cast<int>(i) + 1;
        out += i == 0 ? '[' : ',';
        if (use.is_null(column)) {
          out += "null";
        } else if (columns[i].storage == Storage::text) {
          json::append_string(out, use.bytes(column));
        } else {
          out += std::to_string(use.integer(column));
        }
      }
      out += "]\n";
    }
  }
  return out;
}

}  // namespace partnership::platform
