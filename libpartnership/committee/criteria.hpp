// SPDX-License-Identifier: Apache-2.0
//
// The criteria that both sides agreed for a committee: a JSON document, read into a plain
// structure. What it will not do: name the members (nominees.hpp) or judge them (checker.hpp).
//
// The document (its JSON Schema: packs/schemas/criteria.schema.json; an example of every kind of
// rule: packs/criteria/example.json):
//
//   {"criteria": "coordination-committee", "version": "1",
//    "title": {"ar": "...", "en": "...", "fr": "..."},      a language map, or one text (English)
//    "source": "who agreed it, where and when",             optional
//    "status": "proposed" | "agreed" | "example",           optional
//    "size": 12 or {"min": 10, "max": 24},                  optional; either end may be open
//    "attributes": {                                        optional; where it stands, a rule may
//    only
//      "side": {"label": {...},                             name attributes that are in it
//               "values": {"public": {...}, "civil society": {...}},
//               "multiple": false}},
//    "rules": [{"id": "civil", "kind": "quota", ...}]}
//
// An attribute's `values` (each with its label, a language map or a text) are a closed list: a rule
// that names another is refused here, and a member that has another is refused by the check.
// Without `values` any may occur. `multiple` (default false for a declared attribute) says that a
// nominee may have several values; attributes that are not declared may.
//
// Every rule has an `id` and a `kind`, and may have a `label` (language map or text), a `source`
// (text), and the dates `from` and `to` between which it is in force (half-open, "YYYY-MM-DD"). The
// kinds, and what else they have; `value` is one text, `values` a list of them ("any of"):
//
//   quota         attribute; value or values; at least one of min, max (members) and share {"min":
//                 "2/5", "max": "3/5"} (of the committee's members; at least one of the two). A
//                 member counts once, however many of the values it has. within {attribute, value
//                 or values}: a nested quota: it counts among the members that have that value, and
//                 its shares are of those. counting: "overlap", the only one there is here: the
//                 same member may count for other rules too.
//   each          attribute; values (else those that are declared); min (default 1): at least so
//   many
//                 members for every one of the values.
//   spread        attribute; values (else those that are declared); min (a number) or share {"min":
//                 "1/3"}, or both: so many of the values are present.
//   at_most_per   attribute; max (default 1): no more members than that share one value, e.g. one
//                 body or household. Members without a value share nothing.
//   must_include  members (ids): all of them sit.
//   must_exclude  members: none of them sits.
//   incompatible  members (two or more); max (default 1): no more of them than that sit.
//   places        places [{id, attribute, value or values, min (default 1), max, label}], 1 to 64
//   of
//                 them; fill: "at most one" (default) or "exactly one". Counting by assignment:
//                 each member fills at most one place of the rule, one whose value it has, and
//                 every place needs at least `min` members. With "exactly one" every member who
//                 qualifies for some place must fill one, so that `max` binds, too; with "at most
//                 one" whoever is too many for a place stays without one, and `max` cannot be
//                 broken.
//
//   where         expression: a FEEL expression over one nominee's attributes; min, max and share
//   as
//                 of a quota. Members for whom it is true count. The names are those of
//                 `attributes`, which must be there; a value is a text, also where it is digits
//                 (`number(age) > 30`), null where there is none; an attribute that is `multiple`
//                 is a list of texts. Where it is neither true nor false it is not known whether a
//                 member counts. There is no today() and no now().
//
// `size` (as an object), quota and where may have `flexible` {"min": 8, "max": 12} beside min and
// max: the parties agree in advance that min may be lowered and max be raised so far if the
// criteria turn out not to hold together. The check knows nothing of it.
//
// Counts are 0 to 1,000,000,000, shares 0 to 1. Ids, attributes and values are compared by
// spelling(): composed and decomposed Unicode match, and white space around them goes.
//
// Each rule is one criterion of the answer; of `places` each place is one (`RULE/PLACE`), and
// `size` is the criterion `size`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/fraction.hpp"
#include "base/hash.hpp"
#include "base/langmap.hpp"
#include "base/table.hpp"

namespace partnership {

enum class Kind : std::uint8_t {
  size,
  quota,
  each,
  spread,
  at_most_per,
  must_include,
  must_exclude,
  incompatible,
  places,
  where,
};
std::string_view kind_name(Kind kind) noexcept;  // as the document writes it

inline constexpr std::int64_t most_count = 1'000'000'000;
inline constexpr std::size_t most_rules = 1000;
inline constexpr std::size_t most_places = 64;

struct Attribute {
  struct Value {
    std::string text;
    LangMap label;
  };
  std::string name;
  LangMap label;
  std::vector<Value> values;  // those declared, else those that rules name
  bool declared = false;      // by `attributes`
  bool closed = false;        // `values` were declared: no others may occur
  bool multiple = true;
};

// Members that have any of these values of an attribute; indices into Criteria::attributes and
// Attribute::values.
struct Selection {
  std::uint32_t attribute = 0;
  std::vector<std::uint32_t> values;
};

struct Bounds {
  std::optional<std::int64_t> least, most;
  // How far least may be lowered and most raised by agreement, should the criteria not hold
  // together.
  std::optional<std::int64_t> flexible_least, flexible_most;
  std::optional<Fraction> share_least, share_most;
};

struct PlaceRule {
  std::string id;
  LangMap label;
  Selection who;
  std::int64_t least = 1;
  std::optional<std::int64_t> most;
};

class Predicate;  // where.hpp

struct Rule {
  std::string id;
  Kind kind = Kind::size;
  LangMap label;
  std::string source;
  Date from = date_none, to = date_none;
  Selection who;  // quota, each, spread; at_most_per: the attribute only
  std::optional<Selection> within;
  Bounds bounds;  // defaults filled in
  std::vector<std::string> members;
  std::vector<PlaceRule> places;
  bool exactly_one = false;
  std::shared_ptr<const Predicate> predicate;  // where

  // date_none: whatever its dates.
  bool in_force(Date on) const noexcept {
    return on == date_none || ((from == date_none || from <= on) && (to == date_none || on < to));
  }
};

// A criterion of the answer: a rule, or one place of a rule of places.
struct CriterionRow {
  std::uint32_t rule;
  std::int32_t place = -1;
};

// Immutable once read; may be shared between threads.
struct Criteria {
  std::string id, version, source, status;
  LangMap title;
  std::vector<Attribute> attributes;
  std::vector<Rule> rules;         // `size` first, where there is one
  std::vector<CriterionRow> rows;  // in the document's order
  Hash hash{};                     // SHA-256 of the document's canonical form

  std::string row_id(const CriterionRow& row) const;
  // The rule's or place's own label, else one made from the attribute's and the values' labels.
  std::string row_label(const CriterionRow& row, Language language) const;
  std::string attribute_label(std::uint32_t attribute, Language language) const;
  std::string value_label(std::uint32_t attribute, std::uint32_t value, Language language) const;
  // Several joined by " / ".
  std::string values_label(const Selection& selection, Language language) const;
};

// Throws Error(malformed) or Error(invalid_document) with every problem (up to 1000), each with
// its JSON pointer and line. Beyond the form it refuses what contradicts itself: a least above a
// most, a rule that ends before it begins, two criteria of one id, a quota or places above the
// committee's size, and among rules that are in force together: a member who must and must not sit,
// more required members than the size, or than a set of incompatible ones, allows.
std::shared_ptr<const Criteria> load_criteria(std::string_view json);

// One row a criterion: criterion, kind, attribute, value (several joined by ";"; for lists of
// members their ids, of `where` the expression), within_attribute, within_value, label_ar,
// label_en, label_fr, least, most, share_least, share_most (fractions as text), counting (overlap
// or assignment; null where nothing is counted by value), from, to, flexible_least, flexible_most.
Table criteria_table(const Criteria& criteria);

// The JSON Schema (draft 2020-12) of the document.
std::string_view criteria_schema() noexcept;

}  // namespace partnership
