// SPDX-License-Identifier: Apache-2.0
#include "base/options.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

constexpr OptionType boolean = OptionType::boolean;
constexpr OptionType integer = OptionType::integer;
constexpr OptionType text = OptionType::text;
constexpr OptionType date = OptionType::date;
constexpr double exact = 9007199254740991.0;  // 2^53 - 1: what JSON and double hold exactly
constexpr std::string_view languages = "ar|en|fr";

// Sorted by scope, then name; a test checks that, the defaults and the ranges.
constexpr std::array registry = {
    OptionSpec{"charter.akoma_ntoso", "author", text, "", 0, 0, "",
               "whose work the charter is, for people"},
    OptionSpec{"charter.akoma_ntoso", "country", text, "xx", 0, 0, "",
               "country of the work's address, in small letters (ISO 3166)"},
    OptionSpec{"charter.akoma_ntoso", "date", date, "", 0, 0, "",
               "the day from which the work is named (default: when it comes into force)"},

    OptionSpec{"charter.assess", "disabled", boolean, "false", 0, 0, "",
               "also norms that are not enabled"},
    OptionSpec{"charter.assess", "max_depth", integer, "400", 1, 1000, "",
               "at most so many calls of functions within each other"},
    OptionSpec{"charter.assess", "max_list_items", integer, "10000000", 1, 4e9, "",
               "at most so many items of one list"},
    OptionSpec{"charter.assess", "max_memory", integer, "268435456", 65536, exact, "",
               "at most so many bytes of values in one evaluation"},
    OptionSpec{"charter.assess", "max_steps", integer, "50000000", 1, exact, "",
               "at most so many steps of one evaluation"},
    OptionSpec{"charter.assess", "on", date, "", 0, 0, "",
               "the day as of which is asked; must be given"},
    OptionSpec{"charter.assess", "threads", integer, "1", 1, 256, "",
               "how many threads share the cases"},

    OptionSpec{"charter.icalendar", "bearer", text, "", 0, 0, "",
               "only what this party bears, by id"},
    OptionSpec{"charter.icalendar", "disabled", boolean, "false", 0, 0, "",
               "also norms that are not enabled"},
    OptionSpec{"charter.icalendar", "due_from", date, "", 0, 0, "",
               "only what is due on this day or later"},
    OptionSpec{"charter.icalendar", "due_to", date, "", 0, 0, "",
               "only what is due before this day"},
    OptionSpec{"charter.icalendar", "link", text, "", 0, 0, "",
               "an address that each description ends with"},
    OptionSpec{"charter.icalendar", "max_depth", integer, "400", 1, 1000, "",
               "at most so many calls of functions within each other"},
    OptionSpec{"charter.icalendar", "max_list_items", integer, "10000000", 1, 4e9, "",
               "at most so many items of one list"},
    OptionSpec{"charter.icalendar", "max_memory", integer, "268435456", 65536, exact, "",
               "at most so many bytes of values in one evaluation"},
    OptionSpec{"charter.icalendar", "max_steps", integer, "50000000", 1, exact, "",
               "at most so many steps of one evaluation"},
    OptionSpec{"charter.icalendar", "on", date, "", 0, 0, "",
               "the day as of which is asked; must be given"},
    OptionSpec{"charter.icalendar", "stamp", text, "", 0, 0, "",
               "the instant of writing (RFC 3339, UTC); must be given"},
    OptionSpec{"charter.icalendar", "threads", integer, "1", 1, 256, "",
               "how many threads share the cases"},

    OptionSpec{"charter.obligations", "bearer", text, "", 0, 0, "",
               "only what this party bears, by id"},
    OptionSpec{"charter.obligations", "disabled", boolean, "false", 0, 0, "",
               "also norms that are not enabled"},
    OptionSpec{"charter.obligations", "due_from", date, "", 0, 0, "",
               "only what is due on this day or later"},
    OptionSpec{"charter.obligations", "due_to", date, "", 0, 0, "",
               "only what is due before this day"},
    OptionSpec{"charter.obligations", "max_depth", integer, "400", 1, 1000, "",
               "at most so many calls of functions within each other"},
    OptionSpec{"charter.obligations", "max_list_items", integer, "10000000", 1, 4e9, "",
               "at most so many items of one list"},
    OptionSpec{"charter.obligations", "max_memory", integer, "268435456", 65536, exact, "",
               "at most so many bytes of values in one evaluation"},
    OptionSpec{"charter.obligations", "max_steps", integer, "50000000", 1, exact, "",
               "at most so many steps of one evaluation"},
    OptionSpec{"charter.obligations", "on", date, "", 0, 0, "",
               "the day as of which is asked; must be given"},
    OptionSpec{"charter.obligations", "threads", integer, "1", 1, 256, "",
               "how many threads share the cases"},

    OptionSpec{"charter.table", "norm", text, "", 0, 0, "", "only findings of this norm, by id"},
    OptionSpec{"charter.table", "outcome", text, "", 0, 0,
               "|met|not met|undetermined|not applicable|pending|met by exception",
               "only findings of this outcome"},

    OptionSpec{"committee.alternates", "count", integer, "1", 1, 1e9, "",
               "at most so many alternates"},
    OptionSpec{"committee.alternates", "nodes", integer, "1000000", 0, exact, "",
               "at most so many nodes of branch and bound, all together"},
    OptionSpec{"committee.alternates", "on", date, "", 0, 0, "",
               "the day whose criteria hold; none: all criteria, whatever their dates"},
    OptionSpec{"committee.alternates", "public_seed", text, "", 0, 0, "",
               "of who is chosen among those who cover the same"},
    OptionSpec{"committee.alternates", "size", integer, "", 0, 1e9, "",
               "the committee's size, beside what the criteria say of it"},
    OptionSpec{"committee.alternates", "size_max", integer, "", 0, 1e9, "",
               "at most so many members, beside what the criteria say"},
    OptionSpec{"committee.alternates", "size_min", integer, "", 0, 1e9, "",
               "at least so many members, beside what the criteria say"},

    OptionSpec{"committee.categories", "name", text, "categories", 0, 0, "", "of the criteria"},
    OptionSpec{"committee.categories", "one_per", text, "", 0, 0, "",
               "columns of the pool, separated by semicolons, of which no two members may share a "
               "value"},
    OptionSpec{"committee.categories", "size", integer, "", 0, 1e9, "", "of the committee"},

    OptionSpec{"committee.compose", "delta", text, "1/1000000000", 0, 0, "",
               "how far a probability may be from the exact one: a fraction, at least 1/10^12"},
    OptionSpec{"committee.compose", "lottery", text, "leximin", 0, 0, "leximin|maximin|nash|legacy",
               "the kind of lottery"},
    OptionSpec{"committee.compose", "nodes", integer, "1000000", 0, exact, "",
               "at most so many nodes of branch and bound, all together"},
    OptionSpec{"committee.compose", "on", date, "", 0, 0, "",
               "the day whose criteria hold; none: all criteria, whatever their dates"},
    OptionSpec{"committee.compose", "proof_numbers", integer, "5000000", 0, exact, "",
               "at most so many numbers in levels and their proofs, all together"},
    OptionSpec{"committee.compose", "samples", integer, "10000", 1, 1e9, "",
               "how many panels the legacy method draws"},
    OptionSpec{"committee.compose", "seed", integer, "0", 0, exact, "",
               "of what is tried in which order, and of the legacy method's draws"},
    OptionSpec{"committee.compose", "size", integer, "", 0, 1e9, "",
               "the committee's size, beside what the criteria say of it"},
    OptionSpec{"committee.compose", "size_max", integer, "", 0, 1e9, "",
               "at most so many members, beside what the criteria say"},
    OptionSpec{"committee.compose", "size_min", integer, "", 0, 1e9, "",
               "at least so many members, beside what the criteria say"},

    OptionSpec{"committee.draw", "panels", integer, "1000", 1, 1e6, "",
               "how many equally likely, numbered panels"},
    OptionSpec{"committee.draw", "work", integer, "2000000000", 0, exact, "",
               "steps that may be spent on bringing the panels near to the lottery"},

    OptionSpec{"committee.model", "on", date, "", 0, 0, "",
               "the day whose criteria hold; none: all criteria, whatever their dates"},
    OptionSpec{"committee.model", "size", integer, "", 0, 1e9, "",
               "the committee's size, beside what the criteria say of it"},
    OptionSpec{"committee.model", "size_max", integer, "", 0, 1e9, "",
               "at most so many members, beside what the criteria say"},
    OptionSpec{"committee.model", "size_min", integer, "", 0, 1e9, "",
               "at least so many members, beside what the criteria say"},

    OptionSpec{"committee.replace", "nodes", integer, "1000000", 0, exact, "",
               "at most so many nodes of branch and bound, all together"},
    OptionSpec{"committee.replace", "on", date, "", 0, 0, "",
               "the day whose criteria hold; none: all criteria, whatever their dates"},
    OptionSpec{"committee.replace", "places", integer, "", 0, 1e9, "",
               "how many join; none: as many as leave"},
    OptionSpec{"committee.replace", "rule", text, "even", 0, 0, "even|alike",
               "even: as fair as can be among those who may join; alike: like for like"},
    OptionSpec{"committee.replace", "size", integer, "", 0, 1e9, "",
               "the committee's size, beside what the criteria say of it"},
    OptionSpec{"committee.replace", "size_max", integer, "", 0, 1e9, "",
               "at most so many members, beside what the criteria say"},
    OptionSpec{"committee.replace", "size_min", integer, "", 0, 1e9, "",
               "at least so many members, beside what the criteria say"},

    OptionSpec{"committee.select", "nodes", integer, "1000000", 0, exact, "",
               "at most so many nodes of branch and bound, all together"},
    OptionSpec{"committee.select", "on", date, "", 0, 0, "",
               "the day whose criteria hold; none: all criteria, whatever their dates"},
    OptionSpec{"committee.select", "size", integer, "", 0, 1e9, "",
               "the committee's size, beside what the criteria say of it"},
    OptionSpec{"committee.select", "size_max", integer, "", 0, 1e9, "",
               "at most so many members, beside what the criteria say"},
    OptionSpec{"committee.select", "size_min", integer, "", 0, 1e9, "",
               "at least so many members, beside what the criteria say"},
    OptionSpec{"committee.select", "worst", boolean, "false", 0, 0, "",
               "the least sum of weights, not the largest"},

    OptionSpec{"committee.verify", "criteria", text, "", 0, 0, "",
               "the hash of the criteria that a certificate must be of (64 hex digits)"},
    OptionSpec{"committee.verify", "delta", text, "1/1000000000", 0, 0, "",
               "the largest delta of a certificate that is accepted, a fraction"},
    OptionSpec{"committee.verify", "pool", text, "", 0, 0, "",
               "the hash of the nominees that a certificate must be of (64 hex digits)"},

    OptionSpec{"csv", "delimiter", text, ",", 0, 0, "", "the character between two cells"},

    OptionSpec{"feel.compile", "strict", boolean, "false", 0, 0, "",
               "refuse unknown names, wrong types, and filters by a boolean that may be missing; "
               "needs a schema"},
    OptionSpec{"feel.compile", "unknown_types", boolean, "false", 0, 0, "",
               "take names of types that nobody defined for Any"},

    OptionSpec{"feel.evaluate", "max_depth", integer, "400", 1, 1000, "",
               "at most so many calls of functions within each other"},
    OptionSpec{"feel.evaluate", "max_list_items", integer, "10000000", 1, 4e9, "",
               "at most so many items of one list"},
    OptionSpec{"feel.evaluate", "max_memory", integer, "268435456", 65536, exact, "",
               "at most so many bytes of values in one evaluation"},
    OptionSpec{"feel.evaluate", "max_steps", integer, "50000000", 1, exact, "",
               "at most so many steps of one evaluation"},
    OptionSpec{"feel.evaluate", "now", text, "", 0, 0, "",
               "the instant of the call (RFC 3339); none: now() gives null"},
    OptionSpec{"feel.evaluate", "threads", integer, "1", 1, 256, "",
               "how many threads share the cases"},
    OptionSpec{"feel.evaluate", "today", date, "", 0, 0, "",
               "the day of the call; none: that of `now`, else today() gives null"},

    OptionSpec{"nominees", "id_column", text, "id", 0, 0, "", "the column that names each nominee"},
    OptionSpec{"nominees", "separator", text, ";", 0, 0, "",
               "what separates several values in one cell"},

    OptionSpec{"nominees.respondents", "blank", text, "none", 0, 0, "none|unknown",
               "what a blank cell means: there is no value, or it is not known"},
    OptionSpec{"nominees.respondents", "id_column", text, "id", 0, 0, "",
               "the column that names each nominee"},
    OptionSpec{"nominees.respondents", "separator", text, ";", 0, 0, "",
               "what separates several values in one cell"},

    OptionSpec{"platform.open", "busy_timeout_ms", integer, "5000", 0, 600000, "",
               "milliseconds to wait for another process before the call fails as busy"},
    OptionSpec{"platform.open", "create", boolean, "true", 0, 0, "",
               "make the register when the file is absent"},
    OptionSpec{"platform.open", "durability", text, "full", 0, 0, "full|normal",
               "full: a recorded event survives a power loss; normal: it survives a crash of the "
               "process, and is faster"},
    OptionSpec{"platform.open", "read_only", boolean, "false", 0, 0, "",
               "refuse every change to the register"},

    OptionSpec{"platform.query", "body", text, "", 0, 0, "", "only what concerns this body, by id"},
    OptionSpec{"platform.query", "committee", text, "", 0, 0, "",
               "only what concerns this committee, by id"},
    OptionSpec{"platform.query", "dialogue", text, "", 0, 0, "",
               "only what concerns this dialogue, by id"},
    OptionSpec{"platform.query", "id", text, "", 0, 0, "", "only the thing of this id"},
    OptionSpec{"platform.query", "kind", text, "", 0, 0, "", "only rows of this kind"},
    OptionSpec{"platform.query", "known_at", integer, "", 0, exact, "",
               "answer from the first so many journal entries only; none: from all"},
    OptionSpec{"platform.query", "language", text, "en", 0, 0, languages,
               "the language of names, where they have it"},
    OptionSpec{"platform.query", "limit", integer, "0", 0, 1e9, "", "at most so many rows; 0: all"},
    OptionSpec{"platform.query", "on", date, "", 0, 0, "",
               "the day on which the answer holds; none: every day"},
    OptionSpec{"platform.query", "search", text, "", 0, 0, "",
               "only names in which this text is found, in any spelling of it"},
    OptionSpec{"platform.query", "superseded", boolean, "false", 0, 0, "",
               "also the versions that later entries replaced"},

    OptionSpec{"platform.verify", "root", text, "", 0, 0, "",
               "a root kept outside the register (64 hex digits) that the journal must have had"},
    OptionSpec{"platform.verify", "tables", boolean, "true", 0, 0, "",
               "replay the journal and compare every table row"},

    OptionSpec{"render", "language", text, "en", 0, 0, languages, "the language to write in"},
};

const OptionSpec* find_row(std::string_view scope, std::string_view name) noexcept {
  for (const OptionSpec& spec : registry) {
    if (spec.scope == scope && spec.name == name) return &spec;
  }
  return nullptr;
}

std::string number(double value) {
  if (std::abs(value) <= exact && value == std::trunc(value)) {
    return std::to_string(static_cast<std::int64_t>(value));  // 600000, not 6e+05
  }
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), error == std::errc() ? end : buffer.data());
}

template <class... Parts>
[[noreturn]] void refuse(const OptionSpec& spec, const Parts&... parts) {
  std::string message = "option `";
  message += spec.name;
  message += "` ";
  ((message += parts), ...);
  throw Error(Code::invalid_argument, std::move(message));
}

void require_range(const OptionSpec& spec, double value, std::string_view written) {
  if (value >= spec.least && value <= spec.most) return;  // false for NaN
  refuse(spec, "expects ", number(spec.least), " to ", number(spec.most), ", got `", written, "`");
}

void require_choice(const OptionSpec& spec, std::string_view value) {
  if (const std::size_t at = utf8_invalid_at(value); at != std::string_view::npos) {
    throw Error(Code::malformed,
                Problem{"expected UTF-8 text for option `" + std::string(spec.name) + "`",
                        {},
                        static_cast<std::int64_t>(at),
                        0,
                        0});
  }
  if (spec.choices.empty()) return;
  std::string listed;
  for (std::string_view rest = spec.choices; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, end) == value) return;
    listed += listed.empty() ? "`" : end == rest.size() ? " or `" : ", `";
    listed += rest.substr(0, end);
    listed += '`';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  refuse(spec, "expects ", listed, ", got ", backticked(value));
}

OptionType type_of(const Options::Value& value) noexcept {
  constexpr std::array<OptionType, 5> types = {OptionType::boolean, OptionType::integer,
                                               OptionType::real, OptionType::text,
                                               OptionType::date};
  return types[value.index()];
}

// "`create`, `durability` or ..." of a scope, for readers of an error.
std::string names_of(std::string_view scope) {
  std::string out;
  for (const OptionSpec& spec : registry) {
    if (spec.scope != scope) continue;
    if (!out.empty()) out += ", ";
    out += '`';
    out += spec.name;
    out += '`';
  }
  return out.empty() ? "no options" : out;
}

[[noreturn]] void refuse_unknown(std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(registry.size());
  for (const OptionSpec& spec : registry) names.push_back(spec.name);
  const std::string_view nearest = nearest_spelling(name, names);
  std::string message = "there is no option " + backticked(name);
  if (nearest.empty()) throw Error(Code::invalid_argument, std::move(message));
  message += ", the nearest is `";
  message += nearest;
  message += '`';
  Error error(Code::invalid_argument, std::move(message));
  error.with("nearest", std::string(nearest));
  throw error;
}

template <class T>
T read(const std::map<std::string, Options::Value, std::less<>>& values, std::string_view scope,
       std::string_view name, T none) {
  const OptionSpec* spec = find_row(scope, name);
  assert(spec != nullptr);
  if (const auto found = values.find(name); found != values.end()) {
    assert(std::holds_alternative<T>(found->second));
    if (const T* value = std::get_if<T>(&found->second)) return *value;
    return none;
  }
  if (spec == nullptr) return none;
  const std::optional<Options::Value> value = default_of(*spec);
  if (!value) return none;
  assert(std::holds_alternative<T>(*value));
  return std::get<T>(*value);
}

}  // namespace

std::string_view option_type_name(OptionType type) noexcept {
  switch (type) {
    case OptionType::boolean:
      return "boolean";
    case OptionType::integer:
      return "integer";
    case OptionType::real:
      return "real";
    case OptionType::text:
      return "text";
    case OptionType::date:
      return "date";
  }
  return "unknown";
}

std::span<const OptionSpec> option_registry() noexcept {
  return registry;
}

Options::Value fit_option(const OptionSpec& spec, Options::Value value) {
  if (spec.type == OptionType::real && std::holds_alternative<std::int64_t>(value)) {
    value = static_cast<double>(std::get<std::int64_t>(value));
  }
  if (type_of(value) != spec.type) {
    refuse(spec, "is of type ", option_type_name(spec.type), ", got a value of type ",
           option_type_name(type_of(value)));
  }
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    require_range(spec, static_cast<double>(*whole), std::to_string(*whole));
  } else if (const auto* real = std::get_if<double>(&value)) {
    require_range(spec, *real, number(*real));
  } else if (const auto* words = std::get_if<HeldText>(&value)) {
    require_choice(spec, *words);
  } else if (const auto* day = std::get_if<Date>(&value)) {
    if (*day != date_none && (*day < date_min || *day > date_max)) {
      refuse(spec, "expects a day of the years 1 to 9999, got day number `", std::to_string(*day),
             "`");
    }
  }
  return value;
}

std::optional<Options::Value> default_of(const OptionSpec& spec) {
  if (spec.default_text.empty()) return std::nullopt;
  const char* const first = spec.default_text.data();
  const char* const last = first + spec.default_text.size();
  switch (spec.type) {
    case OptionType::boolean:
      if (spec.default_text != "true" && spec.default_text != "false") break;
      return Options::Value(spec.default_text == "true");
    case OptionType::integer: {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(first, last, value);
      if (error != std::errc() || end != last) break;
      return Options::Value(value);
    }
    case OptionType::real: {
      double value = 0;
      const auto [end, error] = std::from_chars(first, last, value);
      if (error != std::errc() || end != last) break;
      return Options::Value(value);
    }
    case OptionType::text:
      return Options::Value(std::string(spec.default_text));
    case OptionType::date:
      return Options::Value(std::in_place_type<Date>, parse_date(spec.default_text));
  }
  throw Error(Code::internal, "the default of option `" + std::string(spec.name) + "` is not " +
                                  std::string(option_type_name(spec.type)));
}

Table describe_options() {
  TableBuilder builder;
  const std::int32_t scope = builder.add("scope", ColumnType::text);
  const std::int32_t name = builder.add("name", ColumnType::text);
  const std::int32_t type = builder.add("type", ColumnType::text);
  const std::int32_t default_text = builder.add("default", ColumnType::text);
  const std::int32_t least = builder.add("least", ColumnType::real);
  const std::int32_t most = builder.add("most", ColumnType::real);
  const std::int32_t choices = builder.add("choices", ColumnType::text);
  const std::int32_t sentence = builder.add("sentence", ColumnType::text);
  const auto text_or_none = [&builder](std::int32_t column, std::string_view value) {
    value.empty() ? builder.null(column) : builder.text(column, value);
  };
  for (const OptionSpec& spec : registry) {
    builder.text(scope, spec.scope);
    builder.text(name, spec.name);
    builder.text(type, option_type_name(spec.type));
    text_or_none(default_text, spec.default_text);
    if (spec.type == OptionType::integer || spec.type == OptionType::real) {
      builder.real(least, spec.least);
      builder.real(most, spec.most);
    } else {
      builder.null(least);
      builder.null(most);
    }
    text_or_none(choices, spec.choices);
    builder.text(sentence, spec.sentence);
  }
  return builder.finish();
}

void Options::set(std::string_view name, const Value& value) {
  std::optional<Error> first;
  for (const OptionSpec& spec : registry) {
    if (spec.name != name) continue;
    try {
      values_.insert_or_assign(std::string(name), fit_option(spec, value));
      return;
    } catch (const Error& error) {
      if (!first) first = error;
    }
  }
  if (!first) refuse_unknown(name);
  throw *first;
}

void Options::check(std::string_view scope) const {
  std::vector<Problem> problems;
  for (const auto& [name, value] : values_) {
    const OptionSpec* spec = find_row(scope, name);
    if (spec == nullptr) {
      Problem problem;
      problem.message = "option `" + name + "` means nothing to `" + std::string(scope) +
                        "`, which takes " + names_of(scope);
      problems.push_back(std::move(problem));
      continue;
    }
    try {
      fit_option(*spec, value);
    } catch (const Error& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(Code::invalid_argument, std::move(problems));
}

bool Options::boolean(std::string_view scope, std::string_view name) const {
  return read<bool>(values_, scope, name, false);
}
std::int64_t Options::integer(std::string_view scope, std::string_view name) const {
  return read<std::int64_t>(values_, scope, name, 0);
}
double Options::real(std::string_view scope, std::string_view name) const {
  return read<double>(values_, scope, name, 0);
}
std::string Options::text(std::string_view scope, std::string_view name) const {
  return read<HeldText>(values_, scope, name, {});
}
Date Options::date(std::string_view scope, std::string_view name) const {
  return read<Date>(values_, scope, name, date_none);
}

}  // namespace partnership
