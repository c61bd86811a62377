// SPDX-License-Identifier: Apache-2.0
//
// The code behind the table of built-in functions: one function a name, whatever its signatures.
// Included by builtins*.cpp only.
#pragma once

#include <span>

#include "feel/evaluation.hpp"
#include "feel/value.hpp"

namespace partnership::feel::builtin {

using Code = Value(Evaluation& evaluation, std::span<const Value> given);

// builtins_conversion.cpp, builtins_moment.cpp
Code make_date, make_time, make_date_and_time, make_number, make_text, make_duration,
    make_years_and_months, make_range, negation;
Code is, day_of_year, day_of_week, month_of_year, week_of_year, now, today;
Code working_days_between, add_working_days, is_working_day;

// builtins_text.cpp, builtins_pattern.cpp
Code substring, string_length, upper_case, lower_case, substring_before, substring_after, contains,
    starts_with, ends_with, string_join;
Code replace, matches, split;

// builtins_list.cpp, builtins_set.cpp, builtins_sort.cpp
Code list_contains, count, sublist, append, concatenate, insert_before, remove, list_replace,
    reverse, index_of, flatten;
Code set_union, distinct_values, mode;
Code sort;

// builtins_aggregate.cpp
Code least, greatest, sum, mean, all, any, product, median, stddev;

// builtins_number.cpp
Code decimal, floor, ceiling, round_up, round_down, round_half_up, round_half_down, absolute,
    modulo, square_root, logarithm, exponential, odd, even;

// builtins_range.cpp
Code before, after, meets, met_by, overlaps, overlaps_before, overlaps_after, finishes, finished_by,
    includes, during, starts, started_by, coincides;

// builtins_context.cpp
Code get_value, get_entries, make_context, context_put, context_put_key, context_merge;

}  // namespace partnership::feel::builtin
