// SPDX-License-Identifier: Apache-2.0
//
// FEEL's types (DMN 1.5, 10.3.2.3 and 10.3.2.9): what a schema declares, what the parser needs to
// know to read names with spaces behind a point, what the checker infers, and what `instance of`
// and declared results ask for.
#pragma once

#include <memory>
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
    std::string name;
    const Type* type;
  };
  TypeKind kind = TypeKind::any;
  const Type* element = nullptr;  // list, range
  std::vector<Member> members;    // context; names as they are written, white space made one space
  bool open = false;              // context: may have other members than these
  std::vector<const Type*> parameters;  // function
  const Type* result = nullptr;

  const Type* member(std::string_view name) const noexcept;  // nullptr: none
};

// Makes types and keeps them; equal simple types are one object. Not thread-safe while types are
// made; finished types never change.
class Types {
 public:
  Types();
  Types(const Types&) = delete;
  Types& operator=(const Types&) = delete;

  const Type* simple(TypeKind kind) const noexcept;
  const Type* any() const noexcept { return simple(TypeKind::any); }
  const Type* list(const Type* element);
  const Type* range(const Type* element);
  const Type* context(std::vector<Type::Member> members, bool open);
  const Type* function(std::vector<const Type*> parameters, const Type* result);

  // The grammar's `type`: "number", "date and time", "days and time duration" (also DMN's own
  // spellings "dateTime", "dayTimeDuration", "yearMonthDuration"), "list<string>",
  // "context<a: number, b c: string>", "range<date>", "function<number, Any> -> string", "Any",
  // "Null". Throws Error(malformed) with offset and what was expected; nesting is bounded by 64.
  const Type* parse(std::string_view text);
  // A schema of a case: an object of field names, each with a type's text, [type] for a list, or an
  // object for a context. What is wrong goes to `problems`, with its pointer.
  const Type* read_schema(json::Value value, json::Problems& problems);

 private:
  std::vector<std::unique_ptr<Type>> types_;
};

std::string type_text(const Type& type);  // as FEEL writes it

// Whether `value` is an instance of `type` (DMN 1.5, 10.3.2.9.4: null only of Null and Any;
// structures by their members).
bool instance_of(Value value, const Type& type);
// Whether every value of `from` is one of `to` (10.3.2.9.2).
bool conforms(const Type& from, const Type& to);
// DMN's implicit conversions of a result or argument (10.3.2.9.4): null stays null, a list of one
// to its item, an item to a list of one, a date to a date and time (midnight UTC). nullopt: does
// not conform.
std::optional<Value> convert(Arena& arena, Value value, const Type& type);

}  // namespace partnership::feel
