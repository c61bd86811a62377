// SPDX-License-Identifier: Apache-2.0
//
// Options by name. One registry row an option (name, type, default, range, sentence) validates what
// callers set, documents it, and feeds the bindings. A call says which options it understands by
// its scope; an unknown name is refused with the nearest spelling.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.hpp"
#include "base/held_text.hpp"
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

// Every option of the library, by scope then name. Rows of one name have one type.
std::span<const OptionSpec> option_registry() noexcept;
// Columns scope, name, type, default, least, most, choices, sentence (text, but least and most are
// real); null where the registry has none.
Table describe_options();

class Options {
 public:
  using Value = std::variant<bool, std::int64_t, double, HeldText, Date>;

  // Throws Error(invalid_argument): no option of this name in any scope (detail "nearest"), another
  // type, out of range (for every scope that knows it), not among the choices; Error(malformed): a
  // text that is not UTF-8. An integer is taken where a real is wanted. A date may be date_none. A
  // value set again replaces the first. Beware: a plain int literal makes a Date.
  void set(std::string_view name, const Value& value);

  // Throws Error(invalid_argument), with all of them, when options are set that `scope` does not
  // know or that are out of its range. Every reader calls it first.
  void check(std::string_view scope) const;

  // The value set, else the registry's default, else false, 0, an empty text or date_none (ask
  // has() where that matters); `name` must be in the registry with this type (asserted).
  bool boolean(std::string_view scope, std::string_view name) const;
  std::int64_t integer(std::string_view scope, std::string_view name) const;
  double real(std::string_view scope, std::string_view name) const;
  std::string text(std::string_view scope, std::string_view name) const;
  Date date(std::string_view scope, std::string_view name) const;
  bool has(std::string_view name) const noexcept { return values_.find(name) != values_.end(); }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

// What set() does with one row: the value in the row's own type, or the Errors above.
Options::Value fit_option(const OptionSpec& spec, Options::Value value);
// The row's default in its own type; nullopt where there is none. Throws the Errors of parsing when
// the row itself is wrong, which a test rules out.
std::optional<Options::Value> default_of(const OptionSpec& spec);

}  // namespace partnership
