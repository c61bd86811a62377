// SPDX-License-Identifier: Apache-2.0
//
// Events as callers write them and entries as the journal keeps them: reading both into typed field
// values, with every problem of form, and writing an entry's canonical bytes.
//
// What it will not do: look at the register. Whether an event may be is invariants.hpp's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "base/held_text.hpp"
#include "base/json.hpp"
#include "platform/kinds.hpp"

namespace partnership::platform {

// Integers and numbers of days as int64; every text, list and map in the form in which it is
// stored.
using Cell = std::variant<std::monostate, std::int64_t, HeldText>;

struct FieldValue {
  bool given = false;  // the event names the field; an empty cell then clears it
  Cell cell;
};

struct Event {
  explicit Event(json::Value object) : source(object), public_part(object) {}

  const Kind* kind = nullptr;
  Date effective = 0;
  std::string recorded;
  std::string actor;
  std::string id;                  // of the thing; empty for an erasure
  std::vector<FieldValue> values;  // one a field of the kind, in its order

  json::Value source;  // the whole object, for places
  json::Value public_part;

  // The personal payload, when there is one.
  std::string personal;  // canonical JSON; empty: none
  Hash salt{};
  std::optional<Hash> commitment;

  const FieldValue& value(std::string_view field) const noexcept;  // by name; must be one of kind's
  std::string_view text(std::string_view field) const noexcept;    // empty unless given and a text
  // Where the value of a field stands, for a message about it; the whole event when not given.
  json::Value place(std::string_view field) const noexcept;
};

// Reads a caller's event. Notes all that is wrong with its form; the result is whole only when
// nothing was noted.
std::optional<Event> read_event(json::Value value, json::Problems& problems);

// Reads a stored entry, whose `personal` is a commitment; `payload` is what was stored apart, if it
// still is.
std::optional<Event> read_entry(json::Value value, const std::optional<json::Value>& payload,
                                json::Problems& problems);

// The canonical JSON (RFC 8785) that is stored and hashed: the members actor, effective, kind,
// personal (the commitment in hex, or null), public, recorded, version.
std::string entry_bytes(const Event& event);

}  // namespace partnership::platform
