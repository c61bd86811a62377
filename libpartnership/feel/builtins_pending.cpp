// SPDX-License-Identifier: Apache-2.0
//
// Functions that are still to come.
#include "feel/builtins_functions.hpp"

namespace partnership::feel::builtin {

Value make_date(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_date");
}
Value make_time(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_time");
}
Value make_date_and_time(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_date_and_time");
}
Value make_number(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_number");
}
Value make_text(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_text");
}
Value make_duration(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_duration");
}
Value make_years_and_months(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_years_and_months");
}
Value make_range(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_range");
}
Value negation(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "negation");
}
Value is(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "is");
}
Value day_of_year(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "day_of_year");
}
Value day_of_week(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "day_of_week");
}
Value month_of_year(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "month_of_year");
}
Value week_of_year(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "week_of_year");
}
Value now(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "now");
}
Value today(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "today");
}
Value working_days_between(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "working_days_between");
}
Value add_working_days(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "add_working_days");
}
Value is_working_day(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "is_working_day");
}
Value substring(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "substring");
}
Value string_length(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "string_length");
}
Value upper_case(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "upper_case");
}
Value lower_case(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "lower_case");
}
Value substring_before(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "substring_before");
}
Value substring_after(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "substring_after");
}
Value contains(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "contains");
}
Value starts_with(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "starts_with");
}
Value ends_with(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "ends_with");
}
Value string_join(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "string_join");
}
Value replace(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "replace");
}
Value matches(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "matches");
}
Value split(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "split");
}
Value list_contains(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "list_contains");
}
Value count(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "count");
}
Value sublist(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "sublist");
}
Value append(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "append");
}
Value concatenate(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "concatenate");
}
Value insert_before(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "insert_before");
}
Value remove(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "remove");
}
Value list_replace(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "list_replace");
}
Value reverse(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "reverse");
}
Value index_of(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "index_of");
}
Value flatten(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "flatten");
}
Value set_union(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "set_union");
}
Value distinct_values(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "distinct_values");
}
Value mode(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "mode");
}
Value sort(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "sort");
}
Value least(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "least");
}
Value greatest(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "greatest");
}
Value sum(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "sum");
}
Value mean(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "mean");
}
Value all(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "all");
}
Value any(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "any");
}
Value product(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "product");
}
Value median(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "median");
}
Value stddev(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "stddev");
}
Value decimal(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "decimal");
}
Value floor(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "floor");
}
Value ceiling(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "ceiling");
}
Value round_up(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "round_up");
}
Value round_down(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "round_down");
}
Value round_half_up(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "round_half_up");
}
Value round_half_down(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "round_half_down");
}
Value absolute(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "absolute");
}
Value modulo(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "modulo");
}
Value square_root(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "square_root");
}
Value logarithm(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "logarithm");
}
Value exponential(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "exponential");
}
Value odd(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "odd");
}
Value even(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "even");
}
Value before(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "before");
}
Value after(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "after");
}
Value meets(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "meets");
}
Value met_by(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "met_by");
}
Value overlaps(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "overlaps");
}
Value overlaps_before(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "overlaps_before");
}
Value overlaps_after(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "overlaps_after");
}
Value finishes(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "finishes");
}
Value finished_by(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "finished_by");
}
Value includes(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "includes");
}
Value during(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "during");
}
Value starts(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "starts");
}
Value started_by(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "started_by");
}
Value coincides(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "coincides");
}
Value get_value(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "get_value");
}
Value get_entries(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "get_entries");
}
Value make_context(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "make_context");
}
Value context_put(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "context_put");
}
Value context_merge(Evaluation& evaluation, std::span<const Value>) {
  return evaluation.warn(WarningKind::no_result, "context_merge");
}

}  // namespace partnership::feel::builtin
