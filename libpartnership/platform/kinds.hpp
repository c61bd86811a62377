// SPDX-License-Identifier: Apache-2.0
//
// The registry of event kinds: one row a kind with its fields, its table and its effect. It
// validates events, makes the tables, documents both (pship_platform_kinds) and feeds the bindings.
// To add a kind is to add a row here; CONTRIBUTING.md tells how.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/table.hpp"

namespace partnership::platform {

enum class FieldType : std::uint8_t {
  id,       // names this thing, see valid_id()
  ref,      // the id of a thing that is recorded in the table `choices`
  bound,    // a ref that must be in force on the event's day, and may not end before this does
  refs,     // an array of refs
  text,     // not empty
  texts,    // an array of texts, none empty or repeated
  terms,    // texts without `;`, which separates them in an answer's cell
  langmap,  // {"ar": ..., "en": ..., "fr": ...}, at least one
  boolean,
  integer,
  date,    // "YYYY-MM-DD", stored as days
  period,  // "2004", "2004-01", "2004-01-24", or two of them joined by "/"
  choice,  // one of `choices`, separated by '|'
  hash,    // 64 hex digits
  json,    // any JSON value, stored in canonical form
};
std::string_view field_type_name(FieldType type) noexcept;

struct Field {
  std::string_view name;
  FieldType type;
  bool required;
  bool personal;             // it belongs to the personal payload, not to the public one
  std::string_view choices;  // choice: "a|b"; ref, bound and refs: the table referred to
  std::string_view sentence;
};

enum class Effect : std::uint8_t {
  create,  // a new thing, from the effective day on
  change,  // the fields given take new values from the effective day on; null clears one
  settle,  // create where the id is new, else change
  end,     // the thing ends on the effective day
  strike,  // the thing was recorded in error: it never held
  erase,   // the personal payload of an entry goes, its commitment stays
};
std::string_view effect_name(Effect effect) noexcept;

// A column that the kind itself gives its value, e.g. state = "withdrawn".
struct Fixed {
  std::string_view column;
  std::string_view value;
};

// Rules that a kind's fields alone do not say; their checks are in invariants.cpp.
enum class Rule : std::uint8_t {
  body_or_person,          // one of the two is named
  body_or_mandate,         // likewise; and the mandate is one of that body
  one_substantive_holder,  // a post has at most one substantive mandate on any day
  dates_in_order,          // decision <= instrument date
  stage_forward,           // an issue's stages go forward, or to closed
  day_in_period,           // the effective day lies in `period`
  was_held,                // the dialogue was held, not after the effective day
  still_open,              // the request is open
  some_panels,             // a draw is of one panel or more
  still_announced,         // the draw is announced and not held yet
  number_of_seed,          // the number is the one that the seed draws among the panels
  criteria_load,           // `document` is a criteria document that loads
  both_not_itself,         // a claim does not conflict with itself
};

struct Kind {
  std::string_view name;  // "body.registered"
  std::int32_t version;
  std::string_view table;
  Effect effect;
  std::span<const Field> fields;
  std::span<const Fixed> fixed;
  std::span<const Rule> rules;
  std::string_view id_from;  // "a/b": the id is made of these fields; empty: the field `id`
  std::string_view sentence;
};

// A table that the journal is projected to. Its columns are the fields and fixed columns of its
// kinds, after the fixed ones that every table has: id, from_day, to_day, recorded_from,
// recorded_to.
struct TableSpec {
  std::string_view name;
  std::span<const Field> columns;
  std::string_view searched;  // the column whose search key is kept; empty: none
  std::string_view sentence;
};

std::span<const Kind> kinds() noexcept;        // every version of every kind, by name
std::span<const TableSpec> tables() noexcept;  // in the order in which they are made
const Kind* find_kind(std::string_view name, std::int32_t version) noexcept;  // nullptr: none
const Kind* newest_kind(std::string_view name) noexcept;                      // nullptr: none
const TableSpec* find_table(std::string_view name) noexcept;

// 1 to 200 bytes without control characters and without white space at the ends.
bool valid_id(std::string_view id) noexcept;

Table describe_kinds();

}  // namespace partnership::platform
