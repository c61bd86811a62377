// SPDX-License-Identifier: Apache-2.0
#include "platform/replay.hpp"

#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "platform/event.hpp"

namespace partnership::platform {

void replay(Sql& journal, Projection& target, const std::function<void()>& each) {
  Use use = journal.use(
      "SELECT entry.position, entry.bytes, personal.payload FROM entry"
      " LEFT JOIN personal ON personal.position = entry.position ORDER BY entry.position");
  while (use.step()) {
    each();
    const std::int64_t position = use.integer(0);
    json::Problems problems;
    const auto entry = json::Document::parse(use.bytes(1));
    std::unique_ptr<const json::Document> payload;
    std::optional<json::Value> personal;
    if (!use.is_null(2)) {
      payload = json::Document::parse(use.bytes(2));
      personal = payload->root();
    }
    const auto event = read_entry(entry->root(), personal, problems);
    problems.raise(Code::corrupt);
    target.apply(*event, position);
  }
}

}  // namespace partnership::platform
