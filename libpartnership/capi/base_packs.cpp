// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/table.hpp"
#include "capi/guard.hpp"
#include "packs/packs.hpp"
#include "partnership/base.h"

using namespace partnership;
using namespace partnership::capi;

pship_status pship_calendar_schema(pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(std::string(pack("schemas/calendar.schema.json")));
  });
}

namespace {

Packs packs_of(const char* folder) {
  return folder == nullptr || *folder == '\0' ? Packs() : Packs(std::string(folder));
}

}  // namespace

pship_status pship_packs_list(const char* folder, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    TableBuilder builder;
    const auto name = builder.add("name", ColumnType::text);
    const auto kind = builder.add("kind", ColumnType::text);
    const auto origin = builder.add("origin", ColumnType::text);
    for (const Packs::Entry& entry : packs_of(folder).list()) {
      builder.text(name, entry.name);
      builder.text(kind, entry.kind);
      builder.text(origin, entry.in_folder ? "folder" : "library");
    }
    *out = new_table(builder.finish());
  });
}

pship_status pship_packs_text(const char* folder, const char* pack, pship_text** out,
                              pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(packs_of(folder).text(name(pack, "name")));
  });
}
