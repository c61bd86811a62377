// SPDX-License-Identifier: Apache-2.0
//
// The table of the built-in functions: DMN 1.5, tables 70 to 82, and the functions of the calendar.
// Parameters have the standard's names. Where DMN has two calls that differ in a kind only, one
// function behind them looks at its arguments.
#include <algorithm>
#include <array>
#include <functional>

#include "feel/builtins.hpp"
#include "feel/builtins_functions.hpp"

namespace partnership::feel {

namespace {

using K = TypeKind;

struct Parameter {
  std::string_view name;
  K kind = K::any;
  bool optional = false;
};
constexpr bool optional = true;

constexpr Signature form(builtin::Code* code, K result,
                         std::initializer_list<Parameter> parameters) {
  Signature out;
  for (const Parameter& parameter : parameters) {
    out.parameters.push(parameter.name);
    out.parameter_types.push(parameter.kind);
    if (!parameter.optional) out.required = static_cast<std::uint8_t>(out.parameters.size());
  }
  out.result = result;
  out.call = code;
  return out;
}

// The items of the list parameters, and the result where it hangs on them.
constexpr Signature items(Signature out, K element, ResultType result_type = ResultType::fixed) {
  out.element = element;
  out.result_type = result_type;
  return out;
}

constexpr Signature giving_list_of(K element, Signature out) {
  out.result = K::list;
  out.result_element = element;
  return out;
}

constexpr Signature variadic(Signature out) {
  out.variadic = true;
  return out;
}

// f(list) and f(item, item, ...)
constexpr Signature over_items(builtin::Code* code, K result, K element,
                               ResultType result_type = ResultType::fixed) {
  return variadic(items(form(code, result, {{"list", K::list}}), element, result_type));
}

constexpr Signature list_to_list(builtin::Code* code, std::initializer_list<Parameter> parameters) {
  return items(form(code, K::list, parameters), K::any, ResultType::like);
}

constexpr Signature grown_list(builtin::Code* code, std::initializer_list<Parameter> parameters) {
  return items(form(code, K::list, parameters), K::any, ResultType::grown);
}

constexpr Signature point_point(builtin::Code* code) {
  return form(code, K::boolean, {{"point1"}, {"point2"}});
}
constexpr Signature point_range(builtin::Code* code) {
  return form(code, K::boolean, {{"point"}, {"range", K::range}});
}
constexpr Signature range_point(builtin::Code* code) {
  return form(code, K::boolean, {{"range", K::range}, {"point"}});
}
constexpr Signature range_range(builtin::Code* code) {
  return form(code, K::boolean, {{"range1", K::range}, {"range2", K::range}});
}

constexpr Signature number_to(builtin::Code* code, K result) {
  return form(code, result, {{"number", K::number}});
}
constexpr Signature rounding(builtin::Code* code) {
  return form(code, K::number, {{"n", K::number}, {"scale", K::number}});
}
constexpr Signature rounding_to_integer_too(builtin::Code* code) {
  return form(code, K::number, {{"n", K::number}, {"scale", K::number, optional}});
}
constexpr Signature text_to(builtin::Code* code, K result) {
  return form(code, result, {{"string", K::string}});
}
constexpr Signature text_match(builtin::Code* code, K result) {
  return form(code, result, {{"string", K::string}, {"match", K::string}});
}
constexpr Signature date_to(builtin::Code* code, K result) {
  return form(code, result, {{"date"}});
}

constexpr bool impure = false;

namespace b = builtin;

constexpr auto table = std::to_array<Builtin>({
    {"abs",
     {items(form(&b::absolute, K::any, {{"n"}}), K::any, ResultType::like)},
     "the absolute value of a number or a duration"},
    {"add working days",
     {form(&b::add_working_days, K::date, {{"date"}, {"n", K::number}})},
     "the n-th working day after a date, or before it where n is negative",
     impure},
    {"after",
     {point_point(&b::after), point_range(&b::after), range_point(&b::after),
      range_range(&b::after)},
     "whether the first lies wholly after the second"},
    {"all",
     {over_items(&b::all, K::boolean, K::boolean)},
     "false if an item is false, else true if all are true, else null"},
    {"any",
     {over_items(&b::any, K::boolean, K::boolean)},
     "true if an item is true, else false if all are false, else null"},
    {"append",
     {variadic(grown_list(&b::append, {{"list", K::list}, {"item"}}))},
     "the list with items behind it"},
    {"before",
     {point_point(&b::before), point_range(&b::before), range_point(&b::before),
      range_range(&b::before)},
     "whether the first lies wholly before the second"},
    {"ceiling",
     {rounding_to_integer_too(&b::ceiling)},
     "the least number of that scale that is not below n"},
    {"coincides",
     {point_point(&b::coincides), range_range(&b::coincides)},
     "whether the two are the same"},
    {"concatenate",
     {variadic(
         items(form(&b::concatenate, K::list, {{"list", K::list}}), K::any, ResultType::lists))},
     "the items of all lists in one"},
    {"contains", {text_match(&b::contains, K::boolean)}, "whether the text holds the other"},
    {"context",
     {items(form(&b::make_context, K::context, {{"entries", K::list}}), K::context)},
     "a context of entries with a key and a value each"},
    {"context merge",
     {items(form(&b::context_merge, K::context, {{"contexts", K::list}}), K::context)},
     "the entries of all contexts; of entries of one key the last"},
    {"context put",
     // Without names the second argument may be either.
     {form(&b::context_put, K::context, {{"context", K::context}, {"keys"}, {"value"}}),
      form(&b::context_put_key, K::context,
           {{"context", K::context}, {"key", K::string}, {"value"}})},
     "the context with a value put at a key, or at the end of a path of keys"},
    {"count", {form(&b::count, K::number, {{"list", K::list}})}, "how many items the list has"},
    {"date",
     {form(&b::make_date, K::date, {{"from"}}),
      form(&b::make_date, K::date,
           {{"year", K::number}, {"month", K::number}, {"day", K::number}})},
     "a date from a text, from a date and time, or from its parts"},
    {"date and time",
     {form(&b::make_date_and_time, K::date_time, {{"from"}}),
      form(&b::make_date_and_time, K::date_time, {{"date"}, {"time"}}),
      form(&b::make_date_and_time, K::date_time, {{"date"}, {"timezone", K::string}}),
      form(&b::make_date_and_time, K::date_time,
           {{"year", K::number},
            {"month", K::number},
            {"day", K::number},
            {"hour", K::number},
            {"minute", K::number},
            {"second", K::number},
            {"hour offset", K::any, optional}}),
      form(&b::make_date_and_time, K::date_time,
           {{"year", K::number},
            {"month", K::number},
            {"day", K::number},
            {"hour", K::number},
            {"minute", K::number},
            {"second", K::number},
            {"timezone", K::any}})},
     "a date and time from a text, from a date and a time, in another zone, or from its parts"},
    {"day of week",
     {date_to(&b::day_of_week, K::string)},
     "the day's name in English, \"Monday\" to \"Sunday\""},
    {"day of year", {date_to(&b::day_of_year, K::number)}, "the day's number in its year, from 1"},
    {"decimal", {rounding(&b::decimal)}, "n rounded to that scale, halves to the even neighbour"},
    {"distinct values",
     {list_to_list(&b::distinct_values, {{"list", K::list}})},
     "the list without the items that came before"},
    {"duration",
     {form(&b::make_duration, K::any, {{"from"}})},
     "a duration from its text, e.g. \"P1Y2M\" or \"P3DT12H\""},
    {"during",
     {point_range(&b::during), range_range(&b::during)},
     "whether the first lies within the second"},
    {"ends with", {text_match(&b::ends_with, K::boolean)}, "whether the text ends with the other"},
    {"even", {number_to(&b::even, K::boolean)}, "whether the number is even"},
    {"exp", {number_to(&b::exponential, K::number)}, "e to the power of the number"},
    {"finished by",
     {range_point(&b::finished_by), range_range(&b::finished_by)},
     "whether the second ends the first"},
    {"finishes",
     {point_range(&b::finishes), range_range(&b::finishes)},
     "whether the first ends the second"},
    {"flatten",
     {form(&b::flatten, K::list, {{"list", K::list}})},
     "the items of the list and of the lists in it"},
    {"floor",
     {rounding_to_integer_too(&b::floor)},
     "the greatest number of that scale that is not above n"},
    {"get entries",
     {giving_list_of(K::context, form(&b::get_entries, K::list, {{"m", K::context}}))},
     "the entries of the context, with a key and a value each"},
    {"get value",
     {form(&b::get_value, K::any, {{"m", K::context}, {"key", K::string}})},
     "the value at the key"},
    {"includes",
     {range_point(&b::includes), range_range(&b::includes)},
     "whether the second lies within the first"},
    {"index of",
     {giving_list_of(K::number, form(&b::index_of, K::list, {{"list", K::list}, {"match"}}))},
     "the positions of the items that are equal to the match"},
    {"insert before",
     {grown_list(&b::insert_before, {{"list", K::list}, {"position", K::number}, {"newItem"}})},
     "the list with an item put before a position"},
    {"is",
     {form(&b::is, K::boolean, {{"value1"}, {"value2"}})},
     "whether both are of one kind and the same in every part"},
    {"is working day",
     {date_to(&b::is_working_day, K::boolean)},
     "whether the calendar has work on that day",
     impure},
    {"list contains",
     {form(&b::list_contains, K::boolean, {{"list", K::list}, {"element"}})},
     "whether an item of the list is equal to the element"},
    {"list replace",
     {grown_list(&b::list_replace, {{"list", K::list}, {"position", K::number}, {"newItem"}}),
      grown_list(&b::list_replace, {{"list", K::list}, {"match", K::function}, {"newItem"}})},
     "the list with the item at a position, or the items that match, replaced"},
    {"log", {number_to(&b::logarithm, K::number)}, "the natural logarithm of the number"},
    {"lower case", {text_to(&b::lower_case, K::string)}, "the text in small letters"},
    {"matches",
     {form(&b::matches, K::boolean,
           {{"input", K::string}, {"pattern", K::string}, {"flags", K::string, optional}})},
     "whether a part of the text matches the regular expression"},
    {"max", {over_items(&b::greatest, K::any, K::any, ResultType::element)}, "the greatest item"},
    {"mean", {over_items(&b::mean, K::number, K::number)}, "the mean of the numbers"},
    {"median",
     {over_items(&b::median, K::number, K::number)},
     "the number in the middle, or the mean of the two there"},
    {"meets",
     {range_range(&b::meets)},
     "whether the second begins with the point that ends the first"},
    {"met by",
     {range_range(&b::met_by)},
     "whether the first begins with the point that ends the second"},
    {"min", {over_items(&b::least, K::any, K::any, ResultType::element)}, "the least item"},
    {"mode",
     {giving_list_of(K::number, over_items(&b::mode, K::list, K::number))},
     "the numbers that come most often, from the least on"},
    {"modulo",
     {form(&b::modulo, K::number, {{"dividend", K::number}, {"divisor", K::number}})},
     "the remainder of a division, with the sign of the divisor"},
    {"month of year",
     {date_to(&b::month_of_year, K::string)},
     "the month's name in English, \"January\" to \"December\""},
    {"not",
     {form(&b::negation, K::boolean, {{"negand", K::boolean}})},
     "true for false, false for true, null for all else"},
    {"now", {form(&b::now, K::date_time, {})}, "the date and time of the evaluation", impure},
    {"number",
     {form(&b::make_number, K::number, {{"from", K::string}}),
      form(&b::make_number, K::number,
           {{"from", K::string},
            {"grouping separator", K::string},
            {"decimal separator", K::string}})},
     "a number from its text with the separators of its writer"},
    {"odd", {number_to(&b::odd, K::boolean)}, "whether the number is odd"},
    {"overlaps", {range_range(&b::overlaps)}, "whether the two have points in common"},
    {"overlaps after",
     {range_range(&b::overlaps_after)},
     "whether the first begins within the second and ends after it"},
    {"overlaps before",
     {range_range(&b::overlaps_before)},
     "whether the first begins before the second and ends within it"},
    {"product", {over_items(&b::product, K::number, K::number)}, "the product of the numbers"},
    {"range",
     {form(&b::make_range, K::range, {{"from", K::string}})},
     "a range from its text, e.g. \"[1..10)\""},
    {"remove",
     {list_to_list(&b::remove, {{"list", K::list}, {"position", K::number}})},
     "the list without the item at a position"},
    {"replace",
     {form(&b::replace, K::string,
           {{"input", K::string},
            {"pattern", K::string},
            {"replacement", K::string},
            {"flags", K::string, optional}})},
     "the text with every match of the regular expression replaced"},
    {"reverse", {list_to_list(&b::reverse, {{"list", K::list}})}, "the list from its end on"},
    {"round down", {rounding(&b::round_down)}, "n rounded toward zero"},
    {"round half down", {rounding(&b::round_half_down)}, "n rounded, halves toward zero"},
    {"round half up", {rounding(&b::round_half_up)}, "n rounded, halves away from zero"},
    {"round up", {rounding(&b::round_up)}, "n rounded away from zero"},
    {"sort",
     {list_to_list(&b::sort, {{"list", K::list}, {"precedes", K::function, optional}})},
     "the list in the order of a function that says which of two comes first"},
    {"split",
     {giving_list_of(K::string,
                     form(&b::split, K::list, {{"string", K::string}, {"delimiter", K::string}}))},
     "the parts of the text between the matches of a regular expression"},
    {"sqrt", {number_to(&b::square_root, K::number)}, "the square root of the number"},
    {"started by",
     {range_point(&b::started_by), range_range(&b::started_by)},
     "whether the second begins the first"},
    {"starts",
     {point_range(&b::starts), range_range(&b::starts)},
     "whether the first begins the second"},
    {"starts with",
     {text_match(&b::starts_with, K::boolean)},
     "whether the text begins with the other"},
    {"stddev",
     {over_items(&b::stddev, K::number, K::number)},
     "the standard deviation of a sample"},
    {"string", {form(&b::make_text, K::string, {{"from"}})}, "the value as a text"},
    {"string join",
     {items(
         form(&b::string_join, K::string, {{"list", K::list}, {"delimiter", K::string, optional}}),
         K::string)},
     "the texts of the list in one, with the delimiter between them"},
    {"string length", {text_to(&b::string_length, K::number)}, "how many characters the text has"},
    {"sublist",
     {list_to_list(
         &b::sublist,
         {{"list", K::list}, {"start position", K::number}, {"length", K::number, optional}})},
     "the items from a position on, at most so many"},
    {"substring",
     {form(
         &b::substring, K::string,
         {{"string", K::string}, {"start position", K::number}, {"length", K::number, optional}})},
     "the characters from a position on, at most so many"},
    {"substring after",
     {text_match(&b::substring_after, K::string)},
     "what stands behind the first place of the match"},
    {"substring before",
     {text_match(&b::substring_before, K::string)},
     "what stands before the first place of the match"},
    {"sum", {over_items(&b::sum, K::number, K::number)}, "the sum of the numbers"},
    {"time",
     {form(&b::make_time, K::time, {{"from"}}),
      form(&b::make_time, K::time,
           {{"hour", K::number},
            {"minute", K::number},
            {"second", K::number},
            {"offset", K::days_time_duration, optional}})},
     "a time from a text, from a date and time, or from its parts"},
    {"today", {form(&b::today, K::date, {})}, "the date of the evaluation", impure},
    {"union",
     {variadic(
         items(form(&b::set_union, K::list, {{"list", K::list}}), K::any, ResultType::lists))},
     "the items of all lists in one, each once"},
    {"upper case", {text_to(&b::upper_case, K::string)}, "the text in capital letters"},
    {"week of year",
     {date_to(&b::week_of_year, K::number)},
     "the week's number in its year (ISO 8601)"},
    {"working days between",
     {form(&b::working_days_between, K::number, {{"from"}, {"to"}})},
     "how many working days lie from the one date on and before the other",
     impure},
    {"years and months duration",
     {form(&b::make_years_and_months, K::years_months_duration, {{"from"}, {"to"}})},
     "the whole months between two dates"},
});

static_assert(std::ranges::adjacent_find(table, std::ranges::greater_equal{}, &Builtin::name) ==
                  table.end(),
              "the names are in order, each once");

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t place(const Signature& signature, std::string_view name) {
  const auto at = std::ranges::find(signature.parameters, name);
  return at == signature.parameters.end()
             ? none
             : static_cast<std::size_t>(at - signature.parameters.begin());
}

bool takes(const Signature& signature, std::span<const std::string_view> names,
           std::span<std::uint8_t> order, unsigned demanded) {
  unsigned given = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t at = place(signature, names[i]);
    if (at == none || (given >> at & 1U) != 0) return false;
    given |= 1U << at;
    order[i] = static_cast<std::uint8_t>(at);
  }
  const unsigned required = (1U << demanded) - 1;
  return (given & required) == required;
}

}  // namespace

std::span<const Builtin> builtins() noexcept {
  return table;
}

const Builtin* find_builtin(std::string_view name) noexcept {
  const auto at = std::ranges::lower_bound(table, name, {}, &Builtin::name);
  return at != table.end() && at->name == name ? &*at : nullptr;
}

const Signature* signature_for(const Builtin& builtin, std::size_t arguments) noexcept {
  for (const Signature& signature : builtin.signatures) {
    if (arguments < signature.required) continue;
    if (signature.variadic || arguments <= signature.parameters.size()) return &signature;
  }
  return nullptr;
}

const Signature* signature_for(const Builtin& builtin, std::span<const std::string_view> names,
                               std::span<std::uint8_t> order) noexcept {
  // `before` has (point, range) and (range, point): then the order of writing tells.
  for (const Signature& signature : builtin.signatures) {
    if (std::ranges::equal(signature.parameters, names) &&
        takes(signature, names, order, signature.required)) {
      return &signature;
    }
  }
  for (const bool whole : {true, false}) {
    for (const Signature& signature : builtin.signatures) {
      if (!names.empty() && names.size() <= signature.parameters.size() &&
          takes(signature, names, order, whole ? signature.required : 0U)) {
        return &signature;
      }
    }
  }
  return nullptr;
}

}  // namespace partnership::feel
