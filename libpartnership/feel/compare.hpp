// SPDX-License-Identifier: Apache-2.0
//
// Equality and order of FEEL's values (DMN 1.5, tables 42 and 43), and their texts.
//
// Times, and dates and times, are compared by whole seconds (as the standard's valuet and valuedt
// are, and its conformance suite asks); local ones never equal zoned ones and have no order with
// them. A time of day with a zone but without a date goes by the zone's standard time.
//
// All throw Error(limit) for values that would take more than 50 million steps or 64 MiB of text.
// What is nested more than 1,000 deep equals nothing, and its text ends in `...`.
#pragma once

#include <optional>
#include <string>

#include "feel/value.hpp"

namespace partnership::feel {

// The `=` of the language. nullopt: the values are of kinds that are never equal (which the
// language answers with null and a warning). null = null is true, null = anything else false.
std::optional<bool> equal(Value left, Value right);
// As equal, with false for nullopt; and what `is()` asks: the same kind, and the same parts (times
// of different zones differ though they are the same instant).
bool same(Value left, Value right);
bool identical(Value left, Value right);
// -1, 0, 1. nullopt: the two have no order (different kinds, lists, null, ...).
std::optional<int> order(Value left, Value right);
std::size_t hash(Value value);  // equal values have equal hashes

// FEEL's string(): texts plain at the top and in quotes inside lists and contexts.
void append_string(std::string& out, Value value);
// The value as an expression that gives it again, e.g. for explanations: texts in quotes, dates as
// @"2024-01-31".
void append_expression(std::string& out, Value value);
// As JSON, e.g. for other programs: numbers of at most 15 digits as numbers and others as texts,
// dates, times and durations as texts, ranges and functions as their expression.
void append_json(std::string& out, Value value);

}  // namespace partnership::feel
