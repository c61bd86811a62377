// SPDX-License-Identifier: Apache-2.0
//
// Options by name. One registry row an option (name, type, default, range, sentence) validates what
// callers set, documents it, and feeds the bindings. A call says which options it understands by its
// scope; an unknown name is refused with the nearest spelling.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.hpp"
#include "base/table.hpp"

namespace partnership {

enum class OptionType { boolean, integer, real, text, date };
std::string_view option_type_name(OptionType type) noexcept;

struct OptionSpec {
  std::string_view scope;  // the call: "platform.open", "platform.query", "nominees", ...
  std::string_view name;   // snake_case
  OptionType type;
  std::string_view default_text;  // as a person writes it; empty: none
  double least, most;             // for integer and real; ignored otherwise
  std::string_view choices;       // for text: "a|b|c", or empty: any
  std::string_view sentence;      // English, one line
};

// Every option of the library, by scope then name.
std::span<const OptionSpec> option_registry() noexcept;
Table describe_options();  // columns scope, name, type, default, least, most, choices, sentence

class Options {
 public:
  using Value = std::variant<bool, std::int64_t, double, std::string, Date>;

  // Throws Error(invalid_argument): no option of this name in any scope (detail "nearest"), another
  // type, out of range, not among the choices. An integer is taken where a real is wanted.
  void set(std::string_view name, Value value);

  // Throws Error(invalid_argument) when an option is set that `scope` does not know. Every reader
  // calls it first.
  void check(std::string_view scope) const;

  // The value set, else the registry's default; `name` must be in the registry (asserted).
  bool boolean(std::string_view scope, std::string_view name) const;
  std::int64_t integer(std::string_view scope, std::string_view name) const;
  double real(std::string_view scope, std::string_view name) const;
  std::string text(std::string_view scope, std::string_view name) const;
  Date date(std::string_view scope, std::string_view name) const;  // date_none when neither
  bool has(std::string_view name) const noexcept { return values_.find(name) != values_.end(); }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace partnership
