// SPDX-License-Identifier: Apache-2.0
//
// FEEL's types (DMN 1.5, 10.3.2.3 and 10.3.2.9): what a schema declares, what the parser needs to
// know to read names with spaces behind a point, what the checker infers, and what `instance of`
// and declared results ask for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

enum class TypeKind : std::uint8_t {
  any,   // nothing is known
  null,  // the type of null: conforms to every other
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_time_duration,
  years_months_duration,
  list,      // of element
  context,   // of members; none: any context
  range,     // of element
  function,  // of parameters and result
};

struct Type {
  struct Member {
    std::string name;  // as it is written, white space made one space
    const Type* type;
    bool optional = false;  // may be absent or null
    bool operator==(const Member&) const = default;
  };
  TypeKind kind = TypeKind::any;
  const Type* element = nullptr;        // list, range
  std::vector<Member> members;          // context
  bool open = false;                    // context: may have other members than these
  std::vector<const Type*> parameters;  // function
  const Type* result = nullptr;         // function; nullptr: nothing is known of it
  std::uint16_t depth = 1;              // levels of types within each other, at most Types::deepest
  std::vector<std::uint32_t> by_name;   // numbers of the members in the order of their names

  const Member* find(std::string_view name) const noexcept;  // nullptr: none
  const Type* member(std::string_view name) const noexcept;
  bool is(TypeKind which) const noexcept { return kind == which; }
};

// Makes types and keeps them; equal types are one object, so that they are compared by their
// pointers. Not thread-safe while types are made; finished types never change.
class Types {
 public:
  static constexpr std::uint16_t deepest = 64;

  Types();
  ~Types();
  Types(const Types&) = delete;
  Types& operator=(const Types&) = delete;

  const Type* simple(TypeKind kind) const noexcept;
  const Type* any() const noexcept { return simple(TypeKind::any); }
  // Past the deepest level these give `any`.
  const Type* list(const Type* element);
  const Type* range(const Type* element);
  const Type* context(std::vector<Type::Member> members, bool open);  // of two of a name the last
  const Type* function(std::vector<const Type*> parameters, const Type* result);

  // A type to which the values of both conform, as near as it is cheap to know: of two contexts the
  // members that both have, and open; `any` for two that have nothing in common.
  const Type* join(const Type* left, const Type* right);

  // Gives a type a name (an item definition) that parse() knows from then on.
  void define(std::string_view name, const Type* type);
  const Type* defined(std::string_view name) const noexcept;  // nullptr: none

  // What a name of a type that nobody defined stands for.
  enum class Unknown : std::uint8_t { refused, any };
  // The grammar's `type`: "number", "date and time", "days and time duration" (also DMN's own
  // spellings "dateTime", "dayTimeDuration", "yearMonthDuration"), "list<string>",
  // "context<a: number, b c: string>", "range<date>", "function<number, Any> -> string", "Any",
  // "Null", defined names. Ours: `?` behind the type of a member says that it may be absent or
  // null. Throws Error(malformed) with offset and what was expected; nesting is bounded by
  // `deepest`.
  const Type* parse(std::string_view text, Unknown unknown = Unknown::refused);
  // As parse, with `?` allowed behind the type, which sets `optional` (nullptr: `?` is refused).
  const Type* parse_member(std::string_view text, bool* optional,
                           Unknown unknown = Unknown::refused);

  // A schema of a case: an object of field names, each with a type's text, [type] for a list, or an
  // object for a context. A field that may be absent or null has `?` behind its type ("boolean?"),
  // or is {"type": T, "optional": true} for a T of any of these forms (an object whose `optional`
  // is true or false is never a context, since no type is written as a JSON boolean). What is wrong
  // goes to `problems`, with its pointer, and counts as `any`.
  const Type* read_schema(json::Value value, json::Problems& problems,
                          Unknown unknown = Unknown::refused);
  // The type of one field of a schema, in any of its forms; sets `optional`.
  const Type* read_field(json::Value value, bool& optional, json::Problems& problems,
                         Unknown unknown = Unknown::refused);

 private:
  struct Store;
  const Type* keep(Type type);
  std::unique_ptr<Store> store_;
};

std::string_view type_kind_name(TypeKind kind) noexcept;  // "date and time", "list", "Any", ...
// As FEEL writes it; cut with "..." past some hundred bytes.
std::string type_text(const Type& type);

TypeKind type_kind(Kind kind) noexcept;

// Whether `value` is an instance of `type` (DMN 1.5, 10.3.2.9.4): null of Null and Any alone, but
// null members and items of every type; a context must have the members of the type (those that
// are not optional) and may have others.
bool instance_of(Value value, const Type& type);
// Whether every value of `from` is one of `to` (10.3.2.9.2).
bool conforms(const Type& from, const Type& to);
// DMN's implicit conversions of a result or argument (10.3.2.9.4): null stays null, a list of one
// to its item, an item to a list of one, a date to a date and time (midnight UTC). nullopt: does
// not conform.
std::optional<Value> convert(Arena& arena, Value value, const Type& type);
// What a text of a case stands for where a date, time, date and time or duration of this kind is
// declared. nullopt: it is none; always for other kinds.
std::optional<Value> value_of_text(Arena& arena, std::string_view text, TypeKind kind);

}  // namespace partnership::feel
